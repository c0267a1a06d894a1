#include "text/true_case.h"

#include <algorithm>
#include <unordered_set>

#include "text/chars.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::text {
namespace {

// "Meets", not "MEETS" nor "McCann".
bool IsTitleWord(const std::string& form) {
  return form.size() > 1 && IsAsciiUpper(form[0]) &&
         std::none_of(form.begin() + 1, form.end(), [](char c) { return IsAsciiUpper(c); });
}

bool IsTitleCase(const Sentence& sentence) {
  constexpr size_t kLongest = 25;  // longer ones on the development sets are lists and signatures
  if (sentence.tokens.empty() || sentence.tokens.size() > kLongest || sentence.tokens.back().form == ".")
    return false;
  size_t words = 0, titles = 0;
  for (const Token& token : sentence.tokens) {
    if (token.form.size() <= 3 || !IsAsciiLetter(token.form[0])) continue;  // "of", "the", "and" stay small
    ++words;
    titles += IsTitleWord(token.form) ? 1 : 0;
  }
  return words >= 4 && titles * 5 >= words * 4;
}

bool HasSmallVerb(const Sentence& copy, const Sentence& original) {
  for (size_t i = 0; i < copy.tokens.size(); ++i) {
    if (copy.tokens[i].upos == Upos::kVerb && copy.tokens[i].form != original.tokens[i].form) return true;
  }
  return false;
}

}  // namespace

TrueCased TrueCasedHeadlines(const Lemmatizer& words, const NameFinder& names,
                             std::span<const Sentence> sentences) {
  TrueCased result;
  for (size_t s = 0; s < sentences.size(); ++s) {
    if (IsTitleCase(sentences[s])) result.at.push_back(s);
  }
  if (result.at.empty()) return result;
  std::unordered_set<std::string> small, capital;  // forms inside the other sentences
  for (const Sentence& sentence : sentences) {
    if (IsTitleCase(sentence)) continue;
    for (size_t i = 0; i < sentence.tokens.size(); ++i) {
      const std::string& form = sentence.tokens[i].form;
      if (!IsTitleWord(form)) {
        small.insert(form);
      } else if (i > 0) {
        capital.insert(form);
      }
    }
  }
  for (const size_t s : result.at) {
    const Sentence& original = sentences[s];
    Sentence& copy = result.sentences.emplace_back(original);
    uint32_t place_end = names.PlaceEnd(original, 0);
    for (uint32_t i = 1; i < original.tokens.size(); ++i) {
      if (i >= place_end) place_end = names.PlaceEnd(original, i);
      const std::string& form = original.tokens[i].form;
      if (i < place_end || !IsTitleWord(form) || capital.contains(form)) continue;
      std::string lower = ToLower(form);
      if (small.contains(lower) || words.IsCommonWord(lower)) copy.tokens[i].form = std::move(lower);
    }
  }
  return result;
}

void TakeTrees(const TrueCased& headlines, std::span<Sentence> sentences) {
  for (size_t h = 0; h < headlines.at.size(); ++h) {
    if (!HasSmallVerb(headlines.sentences[h], sentences[headlines.at[h]])) continue;
    std::vector<Token>& tokens = sentences[headlines.at[h]].tokens;
    for (size_t i = 0; i < tokens.size(); ++i) {
      std::string form = std::move(tokens[i].form);
      tokens[i] = headlines.sentences[h].tokens[i];
      tokens[i].form = std::move(form);
    }
  }
}

}  // namespace whowhom::extract::text
