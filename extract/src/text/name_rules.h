// The rules of NameFinder, one step after another on one sentence.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "text/name_lexicon.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract::text {

// A sentence with its names while rules work on it. Thread-compatible.
class NameBoard {
 public:
  explicit NameBoard(Sentence* sentence);

  const Sentence& sentence() const { return *sentence_; }
  uint32_t size() const { return static_cast<uint32_t>(sentence_->tokens.size()); }
  const Token& token(uint32_t i) const { return sentence_->tokens[i]; }
  std::string_view form(uint32_t i) const {
    return i < size() ? std::string_view(sentence_->tokens[i].form) : std::string_view();
  }
  // No tagger has run: tags cannot be asked.
  bool is_tagged() const { return is_tagged_; }

  // Index into names(), -1 = none.
  int NameAt(uint32_t i) const { return i < size() ? name_at_[i] : -1; }
  std::vector<NameSpan>& names() { return names_; }
  bool IsFree(uint32_t begin, uint32_t end) const;
  // Adds a name. REQUIRES: IsFree(begin, end).
  void Add(uint32_t begin, uint32_t end, NameType type);
  // Adds a name in place of all names that it overlaps.
  void Replace(uint32_t begin, uint32_t end, NameType type);
  // Call after changing names() by hand: drops empty ones.
  void Reindex();
  // Writes the names back, in order.
  void Finish();

  bool IsCapitalised(uint32_t i) const;
  // A hyphen written without blanks around it.
  bool IsJoint(uint32_t i) const;

 private:
  Sentence* sentence_;
  std::vector<NameSpan> names_;
  std::vector<int> name_at_;
  bool is_tagged_ = false;
};

// Repairs what a model found: no article, title, possessive or mark at the ends; whole hyphenated words;
// names of organisations with their head ("United Nations" + "Security Council"); the acronym in brackets
// after a name; "Ms Tarr" is a person.
void RepairNames(const NameLexicon& lexicon, NameBoard* board);
// PERCENT, MONEY, QUANTITY, DATE.
void FindAmounts(const NameLexicon& lexicon, NameBoard* board);
void FindDates(const NameLexicon& lexicon, NameBoard* board);
// WEAPON, FACILITY, GPE (states only), GROUP.
void FindWeapons(const NameLexicon& lexicon, NameBoard* board);
void FindFacilities(const NameLexicon& lexicon, NameBoard* board);
void FindStates(const NameLexicon& lexicon, NameBoard* board);
void FindGroups(const NameLexicon& lexicon, NameBoard* board);
// PERSON, ORG, GPE from capitals and context, where no model has run.
void GuessNames(const NameLexicon& lexicon, NameBoard* board);

}  // namespace whowhom::extract::text
