// A parsed sentence as the rules see it: sanitised heads, children, lower-case lemmas. Broken parses (cycles,
// heads out of range) are mended by cutting, so that every walk ends; "according to" is one preposition
// however it was parsed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "whowhom/extract/sentence.h"

namespace whowhom::extract::statements {

struct Lexicon;

// Token indices, sorted and unique.
using TokenSet = std::vector<uint32_t>;

constexpr int kNoToken = -1;

void Normalize(TokenSet* tokens);
TokenSet Union(const TokenSet& a, const TokenSet& b);
bool Contains(const TokenSet& tokens, uint32_t index);

inline bool IsOneOf(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Immutable after construction. `sentence` must outlive the tree; `lexicon` (null: no mends that know words)
// need not.
class Tree {
 public:
  explicit Tree(const Sentence& sentence, const Lexicon* lexicon = nullptr);

  const Sentence& sentence() const { return *sentence_; }
  uint32_t size() const { return static_cast<uint32_t>(sentence_->tokens.size()); }
  const Token& token(uint32_t i) const { return sentence_->tokens[i]; }
  Upos upos(uint32_t i) const { return uposes_[i]; }  // as mended
  Deprel rel(uint32_t i) const { return rels_[i]; }
  Deprel urel(uint32_t i) const { return Universal(rels_[i]); }
  int head(uint32_t i) const { return heads_[i]; }
  const std::vector<uint32_t>& children(uint32_t i) const { return children_[i]; }
  // Lower-case lemma (the form where the lemma is missing) and lower-case form.
  const std::string& lemma(uint32_t i) const { return lemmas_[i]; }
  const std::string& lower(uint32_t i) const { return lowers_[i]; }

  // First child with one of these exact relations, kNoToken if there is none.
  int Child(uint32_t i, std::initializer_list<Deprel> relations) const;
  bool HasChild(uint32_t i, std::initializer_list<Deprel> relations) const {
    return Child(i, relations) != kNoToken;
  }
  bool HasFeature(uint32_t i, std::string_view feature) const;  // "VerbForm=Part"
  bool IsClosingQuote(uint32_t i) const {
    const std::string& form = token(i).form;
    return form == "”" || form == "''" || form == "\"";
  }
  bool IsPunct(uint32_t i) const { return upos(i) == Upos::kPunct || rel(i) == Deprel::kPunct; }
  bool IsVerbal(uint32_t i) const { return upos(i) == Upos::kVerb || upos(i) == Upos::kAux; }
  bool IsNominal(uint32_t i) const;  // noun, name, pronoun, number, determiner used as a noun
  // `i` is `ancestor` or below it.
  bool Below(uint32_t i, uint32_t ancestor) const;
  uint32_t depth(uint32_t i) const { return depths_[i]; }

  // All tokens at or below `i`, skipping subtrees whose top `skip` refuses (never asked about `i` itself).
  TokenSet Yield(uint32_t i, const std::function<bool(uint32_t)>& skip) const;
  TokenSet Yield(uint32_t i) const;

 private:
  void MendHeads();
  void MendAccordingTo();
  void MendTitles(const Lexicon* lexicon);
  void MendBareTitles();
  void MendFiniteConjuncts();
  void MendDateline();
  // tree_mend.cc
  void MendObliques();
  void MendGerundSubjects();
  void MendByWords(const Lexicon& lexicon);
  void MendDoers(const Lexicon& lexicon);
  bool IsOfPassive(uint32_t place) const;
  int DeedBefore(uint32_t doer, uint32_t verb, const Lexicon& lexicon) const;
  void MendReceivers(const Lexicon& lexicon);
  void MendTimeObjects(const Lexicon& lexicon);
  void MendParticipleTerms(const Lexicon& lexicon);
  void MendEventRelatives(const Lexicon& lexicon);
  int CaseOf(uint32_t noun) const;
  // tree_mend_clauses.cc
  void MendClauses(const Lexicon& lexicon);
  void MendHeadlineVerbs(const Lexicon& lexicon);
  void MendSubordinators();
  void MendFrontedPhrases();
  void MendContents(const Lexicon& lexicon);
  void MendActiveParticiples();
  void MendRatherThan();
  void MendDates();
  void MendChains(const Lexicon& lexicon);
  void MendParticles(const Lexicon& lexicon);
  void MendShiftedObjects(const Lexicon& lexicon);
  void MendResults();
  void MendUpTo();
  void MendFillers(const Lexicon& lexicon);
  void MendGerunds(const Lexicon& lexicon);
  void MendNaming(const Lexicon& lexicon);
  void MendSharedNouns(const Lexicon& lexicon);
  // tree_mend_verbs.cc
  void MendVerbs(const Lexicon& lexicon);
  void MendBarePassives();
  void MendModalConjuncts(const Lexicon& lexicon);
  void MendSharedSubjects();
  void MendSaidClauses(const Lexicon& lexicon);
  void MendNounConjuncts();
  void MendHyphenTitles();
  void MendHyphenSubjects();
  void MendAccusedDeeds(const Lexicon& lexicon);
  void MendCountedNames();
  void MendDashLists();
  void MendInfinitiveConjuncts();
  void MendNounVerbs(const Lexicon& lexicon);
  void MendGoingOn();
  void MendSecondSpeakers(const Lexicon& lexicon);
  void MendForTo(const Lexicon& lexicon);
  void MendNeighbours();
  void MendPurposes(const Lexicon& lexicon);
  void MendAdding(const Lexicon& lexicon);
  void MendEarlier();
  void MendClosingReports(const Lexicon& lexicon);
  void MendGappedPassives();
  void MendForToNoun(uint32_t verb, uint32_t to, const Lexicon& lexicon);
  void MendGerundConjuncts();
  void MendNounInfinitives(const Lexicon& lexicon);
  void MendSpeakingParticiples(const Lexicon& lexicon);
  // tree_mend_order.cc
  void MendOrder(const Lexicon& lexicon);
  uint32_t FirstWord() const;
  int InvertedVerb(uint32_t opener, uint32_t comma) const;
  void MendInvertedConditions();
  void MendInvertedPassives();
  void MendIsTo();
  void MendJudgedDeeds(const Lexicon& lexicon);
  void MendSecondPassives();
  void MendAccusedByOf(const Lexicon& lexicon);
  void MendFarRelatives();
  void MendInLaws(const Lexicon& lexicon);
  void MendPartSubjects();
  void MendDispositions(const Lexicon& lexicon);
  // A child with one of these exact relations, without the child lists.
  bool HasHelper(uint32_t verb, std::initializer_list<Deprel> relations) const;
  int FindChild(uint32_t head, std::initializer_list<Deprel> relations) const;
  std::pair<uint32_t, uint32_t> Extent(uint32_t top) const;
  bool IsFinite(uint32_t verb) const;

  const Sentence* sentence_;
  std::vector<int> heads_;
  std::vector<Deprel> rels_;
  std::vector<Upos> uposes_;
  std::vector<std::vector<uint32_t>> children_;
  std::vector<uint32_t> depths_;
  std::vector<std::string> lemmas_;
  std::vector<std::string> lowers_;
};

// Drops punctuation at both ends of a token set, brackets and quotes included unless both ends match.
void TrimPunctuation(const Tree& tree, TokenSet* tokens);
// Parts joined by one blank where the tokens are apart or were written apart.
std::string TextOf(const Tree& tree, const TokenSet& tokens);
// The tokens' forms, each joined by one blank.
std::string TokenText(const Tree& tree, const TokenSet& tokens);

}  // namespace whowhom::extract::statements
