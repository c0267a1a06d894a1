// DATE: calendar expressions and those relative to the day of writing. What they mean is TimeNormalizer's
// affair.
#include <algorithm>
#include <optional>
#include <string>

#include "text/chars.h"
#include "text/name_rules.h"

namespace whowhom::extract::text {
namespace {

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsAsciiDigit);
}

bool IsYear(std::string_view form) {
  return form.size() == 4 && AllDigits(form) && (form[0] == '1' || form.starts_with("20"));
}

bool IsDay(std::string_view form) {
  for (std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (form.ends_with(ending)) form.remove_suffix(ending.size());
  }
  if (!AllDigits(form) || form.size() > 2) return false;
  const int value = form.size() == 1 ? form[0] - '0' : (form[0] - '0') * 10 + form[1] - '0';
  return value >= 1 && value <= 31;
}

bool IsOrdinal(std::string_view form) {
  return form.size() > 2 && IsAsciiDigit(form[0]) &&
         (form.ends_with("th") || form.ends_with("st") || form.ends_with("nd") || form.ends_with("rd"));
}

// "1990s", "'90s", "mid-1990s"
bool IsDecade(std::string_view form) {
  if (form.starts_with("mid-")) form.remove_prefix(4);
  if (form.starts_with("'")) form.remove_prefix(1);
  if (!form.ends_with("0s")) return false;
  form.remove_suffix(1);
  return AllDigits(form) && (form.size() == 4 || form.size() == 2);
}

// "11/28/2019", "2019-11-28": two marks and at least one group that can be a year.
bool IsNumericDate(std::string_view form) {
  size_t marks = 0;
  for (const char c : form) {
    if (c == '/' || c == '-') {
      ++marks;
    } else if (!IsAsciiDigit(c)) {
      return false;
    }
  }
  return marks == 2 && form.size() >= 6 && form.size() <= 10;
}

class DateRules {
 public:
  DateRules(const NameLexicon& lexicon, NameBoard* board) : lexicon_(lexicon), board_(board) {}

  void Run() {
    for (uint32_t i = 0; i < board_->size();) {
      const uint32_t end = At(i);
      if (end <= i) {
        ++i;
        continue;
      }
      if (board_->IsFree(i, end)) board_->Add(i, end, NameType::kDate);
      i = end;
    }
  }

 private:
  std::optional<DateWord> WordOf(uint32_t i) const {
    std::string_view form = board_->form(i);
    if (form.starts_with("mid-")) form.remove_prefix(4);
    auto found = lexicon_.dates.Find(form);
    if (!found) found = lexicon_.small_dates.Find(form);
    if (!found) return std::nullopt;
    return static_cast<DateWord>(*found);
  }
  bool IsWord(uint32_t i, DateWord word) const { return i < board_->size() && WordOf(i) == word; }
  bool IsEdge(uint32_t i) const { return IsWord(i, DateWord::kEdge); }
  bool FollowsBeforeYear(uint32_t i) const {
    return i > 0 && (IsWord(i - 1, DateWord::kBeforeYear) || IsEdge(i - 1));
  }

  bool IsMonth(uint32_t i) const {
    if (IsWord(i, DateWord::kMonth)) return true;
    if (!IsWord(i, DateWord::kWeakMonth)) return false;
    // "May", "March": with a day or year, or after a preposition or "last"
    const bool dated =
        IsDay(board_->form(i + 1)) || IsYear(board_->form(i + 1)) || (i > 0 && IsDay(board_->form(i - 1)));
    const bool led = i > 0 && (FollowsBeforeYear(i) || IsWord(i - 1, DateWord::kWhich));
    const Upos upos = board_->token(i).upos;
    return dated || (led && upos != Upos::kAux && upos != Upos::kVerb);
  }

  // The end after an optional ", 2019" or "2019".
  uint32_t WithYear(uint32_t end) const {
    if (IsYear(board_->form(end))) return end + 1;
    if (board_->form(end) == "," && IsYear(board_->form(end + 1))) return end + 2;
    return end;
  }

  // month [day [, year]] | month year; 0 = none
  uint32_t MonthAt(uint32_t i) const {
    if (!IsMonth(i)) return 0;
    uint32_t end = i + 1;
    if (IsDay(board_->form(end))) {
      ++end;
      // "March 3 - 5"
      if (end + 1 < board_->size() && (board_->form(end) == "-" || board_->form(end) == "\u2013") &&
          IsDay(board_->form(end + 1)))
        end += 2;
      return WithYear(end);
    }
    if (board_->form(end) == "of" && IsYear(board_->form(end + 1))) return end + 2;
    return WithYear(end);
  }

  // day [of] month [year]; 0 = none
  uint32_t DayMonthAt(uint32_t i) const {
    if (!IsDay(board_->form(i))) return 0;
    uint32_t month = i + 1;
    if (board_->form(month) == "of") ++month;
    if (month >= board_->size() || !(IsWord(month, DateWord::kMonth) || IsWord(month, DateWord::kWeakMonth)))
      return 0;
    if (IsWord(month, DateWord::kWeakMonth) && board_->token(month).upos == Upos::kAux) return 0;
    return WithYear(month + 1);
  }

  uint32_t WeekdayAt(uint32_t i) const {
    if (!IsWord(i, DateWord::kWeekday)) return 0;
    uint32_t end = i + 1;
    if (IsWord(end, DateWord::kPart)) return end + 1;
    const uint32_t next = board_->form(end) == "," ? end + 1 : end;
    if (const uint32_t month = MonthAt(next); month != 0) return month;
    if (const uint32_t day = DayMonthAt(next); day != 0) return day;
    return end;
  }

  bool IsCount(uint32_t i) const {
    if (i >= board_->size()) return false;
    if (AllDigits(board_->form(i))) return true;
    const auto found = lexicon_.numbers.Find(AsciiLower(board_->form(i)));
    return found && static_cast<NumberWord>(*found) != NumberWord::kAbout;
  }

  // "last week", "the past two years", "next Monday", "this morning"; 0 = none
  uint32_t WhichAt(uint32_t i) const {
    if (!IsWord(i, DateWord::kWhich)) return 0;
    uint32_t end = i + 1;
    if (IsCount(end)) {
      ++end;
      return IsWord(end, DateWord::kUnit) ? end + 1 : 0;
    }
    if (IsWord(end, DateWord::kWeekday)) return WeekdayAt(end);
    if (IsMonth(end)) return WithYear(end + 1);
    const auto word = WordOf(end);
    const bool fits = word == DateWord::kUnit || word == DateWord::kPart || word == DateWord::kSeason;
    return end < board_->size() && fits ? end + 1 : 0;
  }

  // "three weeks ago", "a year earlier", "several days later"; 0 = none
  uint32_t AgoAt(uint32_t i) const {
    uint32_t end = i;
    const std::string_view first = board_->form(i);
    const bool counted = IsCount(i) || first == "a" || first == "an" || first == "several" || first == "few";
    if (!counted) return 0;
    ++end;
    while (end < board_->size() && end < i + 4 && IsCount(end)) ++end;
    if (first == "a" && (board_->form(end) == "few" || board_->form(end) == "couple"))
      end += board_->form(end) == "couple" ? 2 : 1;
    if (end >= board_->size() || !IsWord(end, DateWord::kUnit)) return 0;
    return IsWord(end + 1, DateWord::kShift) ? end + 2 : 0;
  }

  uint32_t YearAt(uint32_t i) const {
    const std::string_view form = board_->form(i);
    if (!IsYear(form)) return 0;
    if (IsWord(i + 1, DateWord::kEra)) return i + 2;
    const bool bracketed =
        i > 0 && board_->form(i - 1) == "(" &&
        (board_->form(i + 1) == ")" || board_->form(i + 1) == "-" || board_->form(i + 1) == "\u2013");
    if (!FollowsBeforeYear(i) && !bracketed) return 0;
    if (form[0] == '1' && form[1] < '4' && !bracketed && board_->form(i - 1) != "in" &&
        board_->form(i - 1) != "In")
      return 0;
    // a year does not count things
    if (board_->is_tagged() && i + 1 < board_->size() && board_->token(i + 1).upos == Upos::kNoun &&
        board_->token(i).deprel == Deprel::kNummod)
      return 0;
    const bool range =
        (board_->form(i + 1) == "-" || board_->form(i + 1) == "\u2013" || board_->form(i + 1) == "to");
    if (range &&
        (IsYear(board_->form(i + 2)) || (board_->form(i + 2).size() == 2 && AllDigits(board_->form(i + 2)))))
      return i + 3;
    return i + 1;
  }

  uint32_t At(uint32_t i) const {
    if (IsEdge(i)) {
      if (const uint32_t month = MonthAt(i + 1); month != 0) return month;
      if (i + 1 < board_->size() && (IsYear(board_->form(i + 1)) || IsDecade(board_->form(i + 1))))
        return i + 2;
      if (IsWord(i + 1, DateWord::kWhich)) {
        if (const uint32_t which = WhichAt(i + 1); which != 0) return which;
      }
    }
    for (const auto rule : {&DateRules::WeekdayAt, &DateRules::DayMonthAt, &DateRules::MonthAt,
                            &DateRules::WhichAt, &DateRules::AgoAt, &DateRules::YearAt}) {
      if (const uint32_t end = (this->*rule)(i); end != 0) return std::min(end, board_->size());
    }
    const std::string_view form = board_->form(i);
    if (IsWord(i, DateWord::kRelative)) return IsWord(i + 1, DateWord::kPart) ? i + 2 : i + 1;
    if (IsDecade(form) || IsNumericDate(form)) return i + 1;
    if (IsOrdinal(form) && (board_->form(i + 1) == "century" || board_->form(i + 1) == "centuries"))
      return i + 2;
    if (IsWord(i, DateWord::kSeason)) {
      if (IsYear(board_->form(i + 1))) return i + 2;
      if (board_->form(i + 1) == "of" && IsYear(board_->form(i + 2))) return i + 3;
    }
    return 0;
  }

  const NameLexicon& lexicon_;
  NameBoard* board_;
};

}  // namespace

void FindDates(const NameLexicon& lexicon, NameBoard* board) { DateRules(lexicon, board).Run(); }

}  // namespace whowhom::extract::text
