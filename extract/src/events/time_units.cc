// The part of TimeMatcher that reads units, counts, years and what is named after them.
#include "events/time_matcher.h"
#include "events/time_words.h"

namespace whowhom::extract {

TimeMatcher::Match TimeMatcher::MatchUnit(uint32_t begin) const {
  TimePhrase phrase;
  phrase.kind = TimeKind::kUnit;
  phrase.begin = begin;
  uint32_t at = begin;
  bool has_article = Word(at) == "the";
  ReadPrefix(&at, &phrase);
  if (phrase.relation == TimeRelation::kNone) return std::nullopt;
  bool is_rolling = has_article || Word(at - 1) == "past";
  uint32_t amount_at = at;
  if (auto amount = ReadAmount(&amount_at)) {
    auto unit = lexicon_.Unit(Word(amount_at));
    if (!unit || phrase.relation == TimeRelation::kThis) return std::nullopt;
    phrase.kind = TimeKind::kSpan;
    phrase.amount = *amount;
    phrase.unit = *unit;
    phrase.end = amount_at + 1;
    return phrase;
  }
  auto unit = lexicon_.Unit(Word(at));
  if (!unit || *unit < TimeUnit::kDay || lexicon_.Value("part-of-day", Word(at))) return std::nullopt;
  phrase.unit = *unit;
  phrase.end = at + 1;
  if (*unit == TimeUnit::kWeekend) phrase.kind = TimeKind::kWeekend;
  bool is_plural = Word(at).back() == 's';
  if (is_plural || (*unit == TimeUnit::kDay && !is_rolling)) {  // "the coming weeks", "next day"
    phrase.kind = TimeKind::kVague;
    phrase.direction = phrase.relation == TimeRelation::kNext   ? 1
                       : phrase.relation == TimeRelation::kLast ? -1
                                                                : 0;
  } else if (is_rolling && *unit != TimeUnit::kWeekend) {
    phrase.kind = TimeKind::kSpan;
    phrase.amount = 1;
  }
  return phrase;
}

// "three weeks ago", "in two weeks", "for five hours", "two days earlier".
TimeMatcher::Match TimeMatcher::MatchCount(uint32_t begin) const {
  TimePhrase phrase;
  phrase.begin = begin;
  uint32_t at = begin;
  while (Cue("approximate", at) && at < begin + 3) ++at;
  bool is_bare_article = Word(at) == "a" || Word(at) == "an";
  auto amount = ReadAmount(&at);
  if (!amount && !Cue("approximate", at - 1) && !lexicon_.Unit(Word(at))) return std::nullopt;
  auto unit = lexicon_.Unit(Word(at));
  if (!unit) return std::nullopt;
  bool is_plural = Word(at).back() == 's';
  ++at;
  if (Word(at) == "and" && Word(at + 1) == "a" && Word(at + 2) == "half") at += 3;
  phrase.amount = amount.value_or(0);
  phrase.unit = *unit;
  if (Word(at) == "ago") {
    if (!amount && !is_plural) return std::nullopt;
    phrase.kind = TimeKind::kAgo;
    phrase.end = at + 1;
    return phrase;
  }
  if (!amount) return std::nullopt;
  if (Word(at) == "earlier" || Word(at) == "later" || Word(at) == "before" || Word(at) == "after" ||
      Word(at) == "previously") {
    phrase.kind = TimeKind::kVague;  // counted from another time of the text
    phrase.end = at + (Word(at) == "before" || Word(at) == "after" ? 0 : 1);
    if (phrase.end == at) phrase.kind = TimeKind::kDuration;
    return phrase;
  }
  if (Word(at) == "old" || Word(at) == "-") return std::nullopt;
  phrase.end = at;
  phrase.kind = TimeKind::kDuration;
  bool after_in = begin > 0 && (Word(begin - 1) == "in" || Word(begin - 1) == "within");
  if (Word(at) == "'" && Word(at + 1) == "time") phrase.end = at + 2;
  if (Word(at) == "'" && Word(at + 1) != "time") return phrase;  // "three days' notice"
  if (after_in) phrase.kind = TimeKind::kAhead;  // or a duration, if nothing speaks of the future
  bool is_measure = begin > 0 && Cue("duration", begin - 1);
  if (is_bare_article && !after_in && !is_measure) return std::nullopt;  // "once a day"
  return phrase;
}

TimeMatcher::Match TimeMatcher::MatchYear(uint32_t begin) const {
  TimePhrase phrase;
  phrase.begin = begin;
  uint32_t at = begin;
  ReadPrefix(&at, &phrase);
  std::string word = Word(at);
  if (word.rfind("mid-", 0) == 0) {
    phrase.part = TimePart::kMiddle;
    word = word.substr(4);
  }
  phrase.end = at + 1;
  if (auto pair = NumberPair(word); pair && word.size() >= 7 && IsYear(pair->first)) {
    int last = pair->second < 100 ? pair->first / 100 * 100 + pair->second : pair->second;
    if (!IsYear(last) || last <= pair->first) return std::nullopt;
    phrase.kind = TimeKind::kYears;
    phrase.year = pair->first;
    phrase.year_to = last;
    return phrase;
  }
  auto year = word.size() == 4 ? ToInt(word) : std::nullopt;
  if (!year || !IsYear(*year) || phrase.relation != TimeRelation::kNone) return std::nullopt;
  bool has_cue = phrase.part != TimePart::kWhole || (at > 0 && Cue("year-cue", at - 1));
  if (at + 1 < sentence_.tokens.size()) {
    Upos next = sentence_.tokens[at + 1].upos;
    bool counts_things = next == Upos::kNoun || next == Upos::kPropn || next == Upos::kAdj ||
                         lexicon_.Unit(Word(at + 1)) || Word(at + 1) == "%";
    if (counts_things) return std::nullopt;
  }
  if (!has_cue) return std::nullopt;
  phrase.kind = TimeKind::kYear;
  phrase.year = *year;
  return phrase;
}

TimeMatcher::Match TimeMatcher::MatchDecade(uint32_t begin) const {
  TimePhrase phrase;
  phrase.begin = begin;
  uint32_t at = begin;
  if (Word(at) == "the") ++at;
  ReadPrefix(&at, &phrase);
  if (Word(at) == "the") ++at;
  std::string word = Word(at);
  if (word.rfind("mid-", 0) == 0) {
    phrase.part = TimePart::kMiddle;
    word = word.substr(4);
  }
  phrase.end = at + 1;
  std::optional<int> century = OrdinalDigits(word);
  if (!century) century = lexicon_.Value("ordinal", word);
  if (century && Word(at + 1) == "century" && *century >= 1 && *century <= 99) {
    phrase.kind = TimeKind::kCentury;
    phrase.number = *century;
    phrase.end = at + 2;
    return phrase;
  }
  phrase.kind = TimeKind::kDecade;
  if (auto decade = lexicon_.Value("decade", word); decade && at > begin) {
    phrase.number = *decade;
    return phrase;
  }
  if (word == "'" && Word(at + 1).size() == 3) word = "'" + Word(++at);
  phrase.end = at + 1;
  if (word.size() < 3 || word.back() != 's') return std::nullopt;
  word.pop_back();
  if (word.back() == '\'') word.pop_back();
  bool is_short = word.size() == 3 && word.front() == '\'';
  if (is_short) word.erase(0, 1);
  auto value = ToInt(word);
  if (!value || *value % 10 != 0) return std::nullopt;
  if (word.size() == 4 && IsYear(*value)) phrase.number = *value;
  if (word.size() == 2 && (is_short || at > begin)) phrase.number = 1900 + *value;
  if (phrase.number == 0) return std::nullopt;
  return phrase;
}

TimeMatcher::Match TimeMatcher::MatchPartOfYear(uint32_t begin) const {
  TimePhrase phrase;
  phrase.begin = begin;
  uint32_t at = begin;
  if (Word(at) == "the" && !Cue("last", at + 1) && !Cue("next", at + 1)) ++at;
  ReadPrefix(&at, &phrase);
  const std::string& word = Word(at);
  if (word.size() == 2 && word[0] == 'q' && word[1] >= '1' && word[1] <= '4') {
    phrase.kind = TimeKind::kQuarter;
    phrase.number = word[1] - '0';
    phrase.end = at + 1;
  } else if (auto ordinal = lexicon_.Value("ordinal", word);
             ordinal && *ordinal <= 4 && Word(at + 1) == "quarter") {
    phrase.kind = TimeKind::kQuarter;
    phrase.number = *ordinal;
    phrase.end = at + 2;
  } else if (ordinal && *ordinal <= 2 && Word(at + 1) == "half" && Word(at + 2) == "of") {
    phrase.kind = TimeKind::kHalf;
    phrase.number = *ordinal;
    phrase.end = at + 2;
    uint32_t end_before = phrase.end;
    ReadYearBehind(&phrase);
    if (phrase.end == end_before && Word(at + 4) != "year" && Word(at + 3) != "year") return std::nullopt;
    if (phrase.end == end_before && Word(at + 3) == "the" && Word(at + 4) == "year") phrase.end = at + 5;
    return phrase;
  } else if (auto season = lexicon_.Value("season", word)) {
    phrase.kind = TimeKind::kSeason;
    phrase.month = *season;
    phrase.end = at + 1;
    ReadYearBehind(&phrase);
    bool has_cue =
        phrase.year != 0 || phrase.relation != TimeRelation::kNone || phrase.part != TimePart::kWhole ||
        (begin > 0 && Cue("month-cue", begin - 1) && Word(begin - 1) != "to" && Word(begin - 1) != "and");
    if (!has_cue) return std::nullopt;
    return phrase;
  } else {
    return std::nullopt;
  }
  ReadYearBehind(&phrase);
  if (Word(phrase.end) == "of" && Word(phrase.end + 1) == "the" && Word(phrase.end + 2) == "year")
    phrase.end += 3;
  return phrase;
}

// "the end of the year", "the beginning of June", "the start of next week"
TimeMatcher::Match TimeMatcher::MatchEdge(uint32_t begin) const {
  uint32_t at = begin;
  if (Word(at) == "the") ++at;
  TimePart part = Cue("edge-start", at)    ? TimePart::kStart
                  : Cue("edge-end", at)    ? TimePart::kEnd
                  : Cue("edge-middle", at) ? TimePart::kMiddle
                                           : TimePart::kWhole;
  if (part == TimePart::kWhole || Word(at + 1) != "of") return std::nullopt;
  at += 2;
  Match inner;
  if (Word(at) == "the" && lexicon_.Unit(Word(at + 1)) && *lexicon_.Unit(Word(at + 1)) >= TimeUnit::kWeek) {
    inner = TimePhrase();
    inner->kind = TimeKind::kUnit;
    inner->relation = TimeRelation::kThis;
    inner->unit = *lexicon_.Unit(Word(at + 1));
    inner->end = at + 2;
  } else {
    inner = MatchMonthFirst(at);
    if (!inner) inner = MatchUnit(at);
    if (!inner) inner = MatchYear(at);
    if (!inner) inner = MatchDecade(at);
  }
  if (!inner || inner->day != 0 || inner->part != TimePart::kWhole || inner->kind == TimeKind::kVague)
    return std::nullopt;
  inner->begin = begin;
  inner->part = part;
  return inner;
}

TimeMatcher::Match TimeMatcher::MatchRelative(uint32_t begin) const {
  std::string phrase_text;
  Match best;
  for (size_t length = 1; length <= lexicon_.longest_relative() && begin + length <= words_.size();
       ++length) {
    if (length > 1) phrase_text += ' ';
    phrase_text += Word(begin + length - 1);
    const TimeLexicon::Relative* relative = lexicon_.FindRelative(phrase_text);
    if (relative == nullptr) continue;
    best = TimePhrase();
    best->begin = begin;
    best->end = begin + static_cast<uint32_t>(length);
    best->kind = relative->kind == "days"    ? TimeKind::kOffset
                 : relative->kind == "night" ? TimeKind::kNight
                                             : TimeKind::kVague;
    best->amount = best->kind == TimeKind::kOffset ? relative->value : 0;
    best->direction = relative->value;
  }
  if (!best && Word(begin) == "the" && Word(begin + 1) == "weekend") {
    best = TimePhrase();
    best->begin = begin;
    best->end = begin + 2;
    best->kind = TimeKind::kWeekend;
  }
  return best;
}

TimeMatcher::Match TimeMatcher::MatchHoliday(uint32_t begin) const {
  if (!IsCapitalised(begin)) return std::nullopt;
  std::string name;
  Match best;
  for (uint32_t length = 1; length <= 4; ++length) {
    const std::string& word = Word(begin + length - 1);
    if (length > 1 && word != "'s") name += ' ';
    name += word;
    auto date = lexicon_.Value("holiday", name);
    if (!date) continue;
    best = TimePhrase();
    best->kind = TimeKind::kDate;
    best->begin = begin;
    best->end = begin + length;
    best->month = *date / 100;
    best->day = *date % 100;
  }
  if (best) ReadYearBehind(&*best);
  return best;
}

}  // namespace whowhom::extract
