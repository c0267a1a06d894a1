// Names without a model: runs of capitalised words, typed by gazetteers, heads of organisations and the words
// around.
#include <algorithm>
#include <string>

#include "text/chars.h"
#include "text/name_rules.h"

namespace whowhom::extract::text {
namespace {

class Guesser {
 public:
  Guesser(const NameLexicon& lexicon, NameBoard* board) : lexicon_(lexicon), board_(board) {}

  void Run() {
    if (IsMostlyCapitals()) return;  // a headline in title case says nothing by its capitals
    for (uint32_t i = 0; i < board_->size();) {
      const uint32_t end = RunEnd(i);
      if (end == i) {
        ++i;
        continue;
      }
      Take(i, end);
      i = end;
    }
  }

 private:
  bool IsMostlyCapitals() const {
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = 0; i < board_->size(); ++i) {
      if (!IsAsciiLetter(board_->form(i)[0])) continue;
      ++words;
      capitals += board_->IsCapitalised(i);
    }
    return words >= 6 && capitals * 4 > words * 3;
  }

  bool IsFunctionWord(uint32_t i) const { return lexicon_.function_words.Find(board_->form(i)).has_value(); }
  bool IsPerson(uint32_t i, PersonWord word) const {
    if (i >= board_->size()) return false;
    std::string form(board_->form(i));
    if (form.size() > 2 && form.back() == '.') form.pop_back();
    const auto found = lexicon_.persons.Find(form);
    return found && static_cast<PersonWord>(*found) == word;
  }
  bool IsTitleAt(uint32_t i) const {
    return IsPerson(i, PersonWord::kTitle) || IsPerson(i, PersonWord::kHonorific);
  }
  bool IsNameWord(uint32_t i) const {
    return i < board_->size() && board_->IsCapitalised(i) && board_->NameAt(i) < 0 &&
           board_->form(i) != "I" && !(IsFunctionWord(i) && board_->form(i).size() <= 5);
  }

  // The end of the run of name words that starts at i, with "of", "al -" and the like inside.
  uint32_t RunEnd(uint32_t i) const {
    if (!IsNameWord(i) || (i > 0 && board_->IsJoint(i - 1))) return i;
    uint32_t end = i + 1;
    while (end < board_->size()) {
      if (IsNameWord(end)) {
        ++end;
        continue;
      }
      uint32_t inner = end;
      while (inner < board_->size() && inner < end + 2 &&
             (board_->form(inner) == "of" || board_->IsJoint(inner) ||
              (IsPerson(inner, PersonWord::kParticle) && !board_->IsCapitalised(inner)))) {
        ++inner;
      }
      if (inner == end || !IsNameWord(inner)) break;
      end = inner + 1;
    }
    return end;
  }

  void Take(uint32_t begin, uint32_t end) {
    bool title_before = begin > 0 && IsTitleAt(begin - 1);
    while (begin < end && IsTitleAt(begin) && end - begin > 1) {
      title_before = true;
      ++begin;
    }
    if (begin == end || IsTitleAt(begin)) return;
    const auto place = lexicon_.places.Longest(board_->sentence(), begin);
    const bool is_place = place.end == end;
    // A lone word at the start of a sentence is capitalised anyway.
    const bool starts = begin == 0 || board_->form(begin - 1) == "\"" || board_->form(begin - 1) == "\u201C";
    const bool is_acronym =
        board_->form(begin).size() > 1 && std::all_of(board_->form(begin).begin(), board_->form(begin).end(),
                                                      [](char c) { return IsAsciiUpper(c) || c == '.'; });
    if (starts && end - begin == 1 && !is_place && !is_acronym && !SpeaksNext(end)) return;
    board_->Add(begin, end, TypeOf(begin, end, title_before, is_place, is_acronym));
  }

  // A verb in the past after a lone first word speaks for a name: "Okoro resigned".
  bool SpeaksNext(uint32_t end) const {
    return end < board_->size() && board_->form(end).size() > 4 && board_->form(end).ends_with("ed");
  }

  NameType TypeOf(uint32_t begin, uint32_t end, bool title_before, bool is_place, bool is_acronym) const {
    if (title_before) return NameType::kPerson;
    if (is_place) return NameType::kGpe;
    for (uint32_t i = begin; i < end; ++i) {
      if (lexicon_.organisations.Find(board_->form(i)).has_value()) return NameType::kOrg;
    }
    if (is_acronym && end - begin == 1) return NameType::kOrg;
    const std::string before = begin > 0 ? AsciiLower(board_->form(begin - 1)) : std::string();
    if (end - begin == 1 && (before == "in" || before == "near" || before == "at" || before == "from"))
      return NameType::kGpe;
    if (before == "the") return NameType::kOrg;
    return NameType::kPerson;
  }

  const NameLexicon& lexicon_;
  NameBoard* board_;
};

}  // namespace

void GuessNames(const NameLexicon& lexicon, NameBoard* board) { Guesser(lexicon, board).Run(); }

}  // namespace whowhom::extract::text
