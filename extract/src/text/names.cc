#include "whowhom/extract/names.h"

#include <algorithm>
#include <utility>

#include "text/chars.h"
#include "text/name_agreement.h"
#include "text/name_lexicon.h"
#include "text/name_rules.h"

namespace whowhom::extract {
namespace text {

NameBoard::NameBoard(Sentence* sentence) : sentence_(sentence), names_(sentence->names) {
  is_tagged_ = std::any_of(sentence->tokens.begin(), sentence->tokens.end(),
                           [](const Token& token) { return token.upos != Upos::kX; });
  Reindex();
}

void NameBoard::Reindex() {
  std::erase_if(names_, [&](const NameSpan& name) { return name.begin >= name.end || name.end > size(); });
  std::sort(names_.begin(), names_.end(), [](const NameSpan& a, const NameSpan& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  // Of names that overlap the first, longest stays.
  std::vector<NameSpan> kept;
  for (const NameSpan& name : names_) {
    if (kept.empty() || name.begin >= kept.back().end) kept.push_back(name);
  }
  names_ = std::move(kept);
  name_at_.assign(size(), -1);
  for (size_t n = 0; n < names_.size(); ++n) {
    for (uint32_t i = names_[n].begin; i < names_[n].end; ++i) name_at_[i] = static_cast<int>(n);
  }
}

bool NameBoard::IsFree(uint32_t begin, uint32_t end) const {
  for (uint32_t i = begin; i < end && i < size(); ++i) {
    if (name_at_[i] >= 0) return false;
  }
  return begin < end && end <= size();
}

void NameBoard::Add(uint32_t begin, uint32_t end, NameType type) {
  names_.push_back({begin, end, type});
  for (uint32_t i = begin; i < end; ++i) name_at_[i] = static_cast<int>(names_.size() - 1);
}

void NameBoard::Replace(uint32_t begin, uint32_t end, NameType type) {
  for (uint32_t i = begin; i < end; ++i) {
    const int name = name_at_[i];
    if (name < 0) continue;
    NameSpan& old = names_[static_cast<size_t>(name)];
    for (uint32_t k = old.begin; k < old.end; ++k) name_at_[k] = -1;
    old.end = old.begin;  // dropped by the next Reindex
  }
  Add(begin, end, type);
}

void NameBoard::Finish() {
  Reindex();
  sentence_->names = names_;
}

bool NameBoard::IsCapitalised(uint32_t i) const {
  if (i >= size()) return false;
  const std::string& form = token(i).form;
  if (form.empty()) return false;
  const Char c = CharAt(form, 0);
  return c.length == 1 ? IsAsciiUpper(form[0]) : (c.kind == CharClass::kLetter && IsUpper(c.value));
}

bool NameBoard::IsJoint(uint32_t i) const {
  if (i == 0 || i + 1 >= size()) return false;
  const std::string_view text = form(i);
  return (text == "-" || text == "\u2010" || text == "\u2011" || text == "\u2013") && !token(i).space_after &&
         !token(i - 1).space_after;
}

}  // namespace text

namespace {

class RuleNameFinder : public NameFinder {
 public:
  explicit RuleNameFinder(text::NameLexicon lexicon) : lexicon_(std::move(lexicon)) {}

  void Annotate(Sentence* sentence) const override {
    if (sentence->tokens.empty()) return;
    text::NameBoard board(sentence);
    text::RepairNames(lexicon_, &board);
    text::FindAmounts(lexicon_, &board);
    text::FindDates(lexicon_, &board);
    text::FindWeapons(lexicon_, &board);
    text::FindFacilities(lexicon_, &board);
    text::FindStates(lexicon_, &board);
    text::FindGroups(lexicon_, &board);
    if (!board.is_tagged()) text::GuessNames(lexicon_, &board);
    board.Finish();
  }

  uint32_t PlaceEnd(const Sentence& sentence, uint32_t at) const override {
    return lexicon_.places.Longest(sentence, at).end;
  }

  void Agree(std::span<Sentence> sentences) const override { text::AgreeNames(lexicon_, sentences); }

 private:
  text::NameLexicon lexicon_;
};

}  // namespace

Result<std::unique_ptr<NameFinder>> NameFinder::Load(const std::string& data_dir) {
  WHOWHOM_TRY(text::NameLexicon lexicon, text::NameLexicon::Load(data_dir));
  return std::unique_ptr<NameFinder>(std::make_unique<RuleNameFinder>(std::move(lexicon)));
}

}  // namespace whowhom::extract
