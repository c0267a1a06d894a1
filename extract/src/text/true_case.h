// Headlines in title case as the model should see them: only words that are names keep their capital.
#pragma once

#include <span>
#include <vector>

#include "whowhom/extract/lemmas.h"
#include "whowhom/extract/names.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract::text {

// Copies of headlines with common words in small letters, and where they stand.
struct TrueCased {
  std::vector<size_t> at;
  std::vector<Sentence> sentences;
};

// A sentence is a headline in title case if it has no full stop and at most 25 tokens, and of its words of
// more than three letters four at least, and four in five, begin with a capital. A word of it is written
// small if the other sentences of the article have it in small letters only, or have it not at all while the
// lemma table knows it as something else than a name; a word that stands capitalised inside another sentence
// keeps its capital. First words, words of capitals alone and states stay as they are. Cost: linear in the
// tokens.
TrueCased TrueCasedHeadlines(const Lemmatizer& words, const NameFinder& names,
                             std::span<const Sentence> sentences);

// Gives the headlines the tags and trees of their annotated copies, if a word made small is a verb there:
// names of things and signatures look alike, but say nothing. Names stay: the model finds more of them with
// the capitals.
void TakeTrees(const TrueCased& headlines, std::span<Sentence> sentences);

}  // namespace whowhom::extract::text
