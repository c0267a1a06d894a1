#include "events/time_matcher.h"

#include <algorithm>
#include <utility>

#include "events/time_words.h"

namespace whowhom::extract {
namespace {

constexpr int kMostUnits = 1'000'000;

std::string LowerForm(std::string_view form) {
  std::string word;
  for (size_t i = 0; i < form.size(); ++i) {
    if (form.substr(i, 3) == "\u2019" || form.substr(i, 3) == "\u2018") {
      word += '\'';
      i += 2;
    } else if (form.substr(i, 3) == "\u2013" || form.substr(i, 3) == "\u2014") {
      word += '-';
      i += 2;
    } else {
      word += form[i] >= 'A' && form[i] <= 'Z' ? static_cast<char>(form[i] - 'A' + 'a') : form[i];
    }
  }
  return word;
}

std::string WithoutDot(std::string word) {
  if (word.size() > 1 && word.back() == '.') word.pop_back();
  return word;
}

bool IsDayNumber(int value) { return value >= 1 && value <= 31; }

}  // namespace

TimeMatcher::TimeMatcher(const TimeLexicon& lexicon, const Sentence& sentence)
    : lexicon_(lexicon), sentence_(sentence) {
  words_.reserve(sentence.tokens.size());
  for (const Token& token : sentence.tokens) words_.push_back(LowerForm(token.form));
}

const std::string& TimeMatcher::Word(size_t index) const {
  static const std::string kNone;
  return index < words_.size() ? words_[index] : kNone;
}

bool TimeMatcher::IsCapitalised(uint32_t at) const {
  if (at >= sentence_.tokens.size()) return false;
  const std::string& form = sentence_.tokens[at].form;
  return !form.empty() && form[0] >= 'A' && form[0] <= 'Z';
}

bool TimeMatcher::IsInPersonName(uint32_t at) const {
  return std::any_of(sentence_.names.begin(), sentence_.names.end(), [&](const NameSpan& name) {
    return name.type == NameType::kPerson && name.begin <= at && at < name.end;
  });
}

std::optional<int> TimeMatcher::MonthAt(uint32_t at) const {
  if (!IsCapitalised(at)) return std::nullopt;
  if (auto month = lexicon_.Value("month", Word(at))) return month;
  bool is_marked = Word(at).back() == '.' || DayNumberAt(at + 1) || NumberPair(Word(at + 1)) ||
                   YearAt(at + 1) || Word(at + 1) == ".";
  if (!is_marked && !DayNumberAt(at - 1)) return std::nullopt;
  return lexicon_.Value("month-short", WithoutDot(Word(at)));
}

std::optional<int> TimeMatcher::DayNumberAt(uint32_t at) const {
  const std::string& word = Word(at);
  auto value = ToInt(word);
  if (!value) value = OrdinalDigits(word);
  if (!value) value = lexicon_.Value("ordinal", word);
  if (!value || !IsDayNumber(*value) || word.size() > 14) return std::nullopt;
  return value;
}

std::optional<int> TimeMatcher::YearAt(uint32_t at) const {
  const std::string& word = Word(at);
  if (word.size() != 4) return std::nullopt;
  auto value = ToInt(word);
  if (!value || !IsYear(*value)) return std::nullopt;
  return value;
}

std::optional<int> TimeMatcher::ReadAmount(uint32_t* at) const {
  uint32_t begin = *at;
  const std::string& word = Word(begin);
  std::optional<int> amount = ToInt(word);
  if (!amount) amount = lexicon_.Value("cardinal", word);
  bool is_vague = lexicon_.Value("vague", word).has_value();
  if (!amount && !is_vague) return std::nullopt;
  ++*at;
  if (word == "a" || word == "an") {
    if (auto counted = lexicon_.Value("cardinal", Word(*at));
        counted && Word(*at) != "a") {  // "a dozen", "a hundred"
      amount = counted;
      ++*at;
      if (Word(*at) == "of") ++*at;
    } else if (lexicon_.Value("vague", Word(*at))) {  // "a few"
      amount = 0;
      ++*at;
    }
  } else if (is_vague) {
    amount = 0;
    if (Word(*at) == "hundred" || Word(*at) == "dozen") ++*at;
  }
  if (amount && *amount > kMostUnits) return std::nullopt;
  return amount;
}

void TimeMatcher::ReadPrefix(uint32_t* at, TimePhrase* phrase) const {
  if (Word(*at) == "the" && (Cue("last", *at + 1) || Cue("next", *at + 1) || Cue("mid", *at + 1))) ++*at;
  if (Cue("early", *at)) {
    phrase->part = Word(*at) == "earlier" ? TimePart::kEarlierThan : TimePart::kEarly;
    ++*at;
  } else if (Cue("late", *at) || Word(*at) == "later") {
    phrase->part = Word(*at) == "later" ? TimePart::kLaterThan : TimePart::kLate;
    ++*at;
  } else if (Cue("mid", *at)) {
    phrase->part = TimePart::kMiddle;
    ++*at;
    if (Word(*at) == "-") ++*at;
  }
  if (phrase->part != TimePart::kWhole && (Word(*at) == "in" || Word(*at) == "on"))
    ++*at;  // "late on Friday"
  if (Cue("last", *at)) phrase->relation = TimeRelation::kLast;
  if (Cue("next", *at)) phrase->relation = TimeRelation::kNext;
  if (Cue("this", *at)) phrase->relation = TimeRelation::kThis;
  if (phrase->relation != TimeRelation::kNone) ++*at;
}

void TimeMatcher::ReadYearBehind(TimePhrase* phrase) const {
  uint32_t at = phrase->end;
  if (Word(at) == "," || Word(at) == "of") ++at;
  if (auto year = YearAt(at)) {
    phrase->year = *year;
    phrase->end = at + 1;
  }
}

TimeMatcher::Match TimeMatcher::MatchNumericDate(uint32_t begin) const {
  const std::string& word = Word(begin);
  if (word.size() < 6 || word.size() > 10) return std::nullopt;
  for (char separator : {'-', '/', '.'}) {
    size_t first = word.find(separator);
    size_t second = first == std::string::npos ? first : word.find(separator, first + 1);
    if (second == std::string::npos) continue;
    auto a = ToInt(std::string_view(word).substr(0, first));
    auto b = ToInt(std::string_view(word).substr(first + 1, second - first - 1));
    auto c = ToInt(std::string_view(word).substr(second + 1));
    if (!a || !b || !c) continue;
    TimePhrase phrase;
    phrase.kind = TimeKind::kDate;
    phrase.begin = begin;
    phrase.end = begin + 1;
    if (IsYear(*a)) {  // 2018-09-07
      phrase.year = *a, phrase.month = *b, phrase.day = *c;
    } else if (IsYear(*c) && separator == '/') {  // 9/7/2018 in the American order, unless that cannot be
      phrase.year = *c, phrase.month = *a, phrase.day = *b;
      if (*a > 12) std::swap(phrase.month, phrase.day);
    } else if (IsYear(*c)) {  // 7.9.2018 and 7-9-2018, the day first
      phrase.year = *c, phrase.month = *b, phrase.day = *a;
    } else {
      continue;
    }
    if (MakeDay(phrase.year, phrase.month, phrase.day)) return phrase;
  }
  return std::nullopt;
}

// "7-9", "7 - 9", "30 to June 2" behind a first day.
void TimeMatcher::ReadDayRange(TimePhrase* phrase) const {
  uint32_t at = phrase->end;
  if (Word(at) != "-" && Word(at) != "to" && Word(at) != "through") return;
  uint32_t day_at = at + 1;
  int month_to = 0;
  if (auto month = MonthAt(day_at)) {
    month_to = *month;
    ++day_at;
    if (Word(day_at) == ".") ++day_at;
  }
  auto day = DayNumberAt(day_at);
  if (!day || lexicon_.Unit(Word(day_at + 1)) || (month_to == 0 && *day <= phrase->day)) return;
  phrase->month_to = month_to;
  phrase->day_to = *day;
  phrase->end = day_at + 1;
}

TimeMatcher::Match TimeMatcher::MatchMonthFirst(uint32_t begin) const {
  TimePhrase phrase;
  phrase.kind = TimeKind::kDate;
  phrase.begin = begin;
  uint32_t at = begin;
  ReadPrefix(&at, &phrase);
  std::string word = Word(at);
  std::optional<int> month;
  if (size_t dash = word.find('-'); dash != std::string::npos) {  // "mid-January"
    std::string prefix = word.substr(0, dash);
    TimePart part = lexicon_.IsCue("mid", prefix)     ? TimePart::kMiddle
                    : lexicon_.IsCue("early", prefix) ? TimePart::kEarly
                    : lexicon_.IsCue("late", prefix)  ? TimePart::kLate
                                                      : TimePart::kWhole;
    if (part == TimePart::kWhole) return std::nullopt;
    month = lexicon_.Value("month", word.substr(dash + 1));
    phrase.part = part;
  } else {
    month = MonthAt(at);
  }
  if (!month || IsInPersonName(at)) return std::nullopt;
  phrase.month = *month;
  phrase.end = at + 1;
  if (Word(at).back() != '.' && Word(at + 1) == "." && lexicon_.Value("month-short", Word(at)) &&
      at + 2 < words_.size()) {
    phrase.end = at + 2;  // "Sept" "."
  }
  if (auto pair = NumberPair(Word(phrase.end));
      pair && IsDayNumber(pair->first) && IsDayNumber(pair->second)) {
    phrase.day = pair->first;
    phrase.day_to = pair->second;
    ++phrase.end;
  } else if (auto day = DayNumberAt(phrase.end)) {
    phrase.day = *day;
    ++phrase.end;
    ReadDayRange(&phrase);
  }
  ReadYearBehind(&phrase);
  bool is_bare = phrase.day == 0 && phrase.year == 0 && at == begin && phrase.part == TimePart::kWhole;
  bool is_also_a_verb = word == "may" || word == "march";
  if (is_bare && is_also_a_verb && (begin == 0 || !Cue("month-cue", begin - 1))) return std::nullopt;
  return phrase;
}

TimeMatcher::Match TimeMatcher::MatchDayFirst(uint32_t begin) const {
  uint32_t at = begin;
  TimePhrase phrase;
  phrase.kind = TimeKind::kDate;
  phrase.begin = begin;
  bool has_article = Word(at) == "the";
  if (has_article) ++at;
  auto pair = NumberPair(Word(at));
  if (pair && IsDayNumber(pair->first) && IsDayNumber(pair->second)) {
    phrase.day = pair->first;
    phrase.day_to = pair->second;
  } else if (auto day = DayNumberAt(at)) {
    phrase.day = *day;
  } else {
    return std::nullopt;
  }
  bool is_ordinal = !IsDigits(Word(at));
  ++at;
  if (!pair && (Word(at) == "-" || Word(at) == "to" || Word(at) == "and")) {
    if (auto day = DayNumberAt(at + 1); day && *day > phrase.day && MonthAt(at + 2)) {
      phrase.day_to = Word(at) == "and" && *day != phrase.day + 1 ? 0 : *day;
      if (phrase.day_to == 0) return std::nullopt;
      at += 2;
    }
  }
  if (Word(at) == "of" && is_ordinal) ++at;
  if (auto month = MonthAt(at); month && !IsInPersonName(at)) {
    phrase.month = *month;
    phrase.end = at + 1;
    ReadYearBehind(&phrase);
    return phrase;
  }
  // "on the 7th": a day of the month of publication, if no noun follows.
  bool ends_phrase =
      at >= words_.size() || sentence_.tokens[at].upos == Upos::kPunct || Word(at) == "." || Word(at) == ",";
  if (!has_article || !is_ordinal || begin == 0 || Word(begin - 1) != "on" || !ends_phrase ||
      phrase.day_to != 0)
    return std::nullopt;
  phrase.kind = TimeKind::kDayOfMonth;
  phrase.end = at;
  return phrase;
}

TimeMatcher::Match TimeMatcher::MatchWeekday(uint32_t begin) const {
  TimePhrase phrase;
  phrase.kind = TimeKind::kWeekday;
  phrase.begin = begin;
  uint32_t at = begin;
  ReadPrefix(&at, &phrase);
  if (!IsCapitalised(at)) return std::nullopt;
  auto weekday = lexicon_.Value("weekday", Word(at));
  bool has_dot = Word(at).back() == '.';
  if (!weekday && (has_dot || Word(at + 1) == ","))
    weekday = lexicon_.Value("weekday-short", WithoutDot(Word(at)));
  if (!weekday || IsInPersonName(at)) return std::nullopt;
  phrase.weekday = *weekday;
  phrase.end = at + 1;
  if (Cue("early", phrase.end) && lexicon_.Value("part-of-day", Word(phrase.end + 1))) ++phrase.end;
  if (lexicon_.Value("part-of-day", Word(phrase.end))) ++phrase.end;
  if (Word(phrase.end) == "'s" && lexicon_.Value("part-of-day", Word(phrase.end + 1))) phrase.end += 2;
  return phrase;
}

TimeMatcher::Match TimeMatcher::MatchClock(uint32_t begin) const {
  TimePhrase phrase;
  phrase.kind = TimeKind::kClock;
  phrase.begin = begin;
  const std::string& word = Word(begin);
  uint32_t at = begin + 1;
  size_t digits = 0;
  while (digits < word.size() &&
         ((word[digits] >= '0' && word[digits] <= '9') || word[digits] == ':' || word[digits] == '.'))
    ++digits;
  if (digits == 0) {
    bool is_name = (word == "noon" || word == "midnight") && begin > 0 && Word(begin - 1) != "the";
    if (!is_name) return std::nullopt;
    phrase.end = at;
    return phrase;
  }
  std::string rest = word.substr(digits);
  bool has_colon = word.find(':') != std::string::npos && digits == word.size();
  bool is_clock = has_colon || (!rest.empty() && lexicon_.IsCue("meridiem", rest));
  if (rest.empty() && digits <= 5 && Cue("meridiem", at)) {
    is_clock = true;
    ++at;
  }
  if (rest.empty() && Word(at) == "o'clock") {
    is_clock = true;
    ++at;
  }
  if (!is_clock) return std::nullopt;
  if (has_colon && Cue("meridiem", at)) ++at;
  if (Cue("zone", at)) ++at;
  if (Word(at) == "time" && Cue("zone", at - 1)) ++at;
  phrase.end = at;
  return phrase;
}

TimeMatcher::Match TimeMatcher::MatchAt(uint32_t begin) const {
  using Matcher = Match (TimeMatcher::*)(uint32_t) const;
  static constexpr Matcher kMatchers[] = {
      &TimeMatcher::MatchNumericDate, &TimeMatcher::MatchMonthFirst, &TimeMatcher::MatchDayFirst,
      &TimeMatcher::MatchWeekday,     &TimeMatcher::MatchClock,      &TimeMatcher::MatchUnit,
      &TimeMatcher::MatchCount,       &TimeMatcher::MatchDecade,     &TimeMatcher::MatchPartOfYear,
      &TimeMatcher::MatchEdge,        &TimeMatcher::MatchRelative,   &TimeMatcher::MatchHoliday,
      &TimeMatcher::MatchYear};
  Match best;
  for (Matcher match : kMatchers) {
    Match found = (this->*match)(begin);
    if (found && (!best || found->end > best->end)) best = found;
  }
  return best;
}

// Two neighbours that say one time: "Friday" + "Sept. 7", "8 a.m." + "Tuesday", "May" + "last year".
bool TimeMatcher::Join(const TimePhrase& left, const TimePhrase& right, TimePhrase* joined) const {
  static constexpr std::string_view kLinks[] = {",", "on", "at", "of", "in", "around"};
  uint32_t gap = right.begin - left.end;
  if (gap > 2) return false;
  for (uint32_t i = left.end; i < right.begin; ++i) {
    if (std::find(std::begin(kLinks), std::end(kLinks), Word(i)) == std::end(kLinks)) return false;
  }
  auto is_day = [](const TimePhrase& p) {
    return p.kind == TimeKind::kWeekday || p.kind == TimeKind::kOffset ||
           (p.kind == TimeKind::kDate && p.day != 0);
  };
  bool is_placed = true;
  if (left.kind == TimeKind::kClock && is_day(right)) {
    *joined = right;
  } else if (is_day(left) && right.kind == TimeKind::kClock) {
    *joined = left;
  } else if (left.kind == TimeKind::kWeekday && right.kind == TimeKind::kDate && right.day != 0) {
    *joined = right;
  } else if (left.kind == TimeKind::kWeekday && right.kind == TimeKind::kUnit &&
             right.unit == TimeUnit::kWeek) {
    *joined = left;
    joined->week_offset = right.relation == TimeRelation::kLast   ? -1
                          : right.relation == TimeRelation::kNext ? 1
                                                                  : 0;
  } else if (right.kind == TimeKind::kUnit && right.unit == TimeUnit::kYear && left.year == 0 &&
             right.part == TimePart::kWhole &&
             (left.kind == TimeKind::kDate || left.kind == TimeKind::kQuarter ||
              left.kind == TimeKind::kHalf || left.kind == TimeKind::kSeason)) {
    *joined = left;
    joined->year_offset = right.relation == TimeRelation::kLast   ? -1
                          : right.relation == TimeRelation::kNext ? 1
                                                                  : 0;
  } else {
    is_placed = false;
  }
  joined->begin = left.begin;
  joined->end = right.end;
  return is_placed;
}

std::vector<TimePhrase> TimeMatcher::FindAll() const {
  std::vector<TimePhrase> phrases;
  for (uint32_t at = 0; at < words_.size();) {
    Match found = MatchAt(at);
    if (!found || found->end <= at) {
      ++at;
      continue;
    }
    at = found->end;
    TimePhrase joined;
    if (!phrases.empty() && Join(phrases.back(), *found, &joined)) {
      phrases.back() = joined;
    } else {
      phrases.push_back(*found);
    }
  }
  return phrases;
}

}  // namespace whowhom::extract
