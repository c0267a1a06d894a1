// Finds time phrases in the words of a sentence; no calendar, no publication date.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "events/time_lexicon.h"
#include "events/time_phrase.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// One sentence's view. The lexicon and the sentence must outlive it.
class TimeMatcher {
 public:
  TimeMatcher(const TimeLexicon& lexicon, const Sentence& sentence);

  // All phrases, disjoint, in order, with neighbours that speak of one time made one ("8 a.m. on Friday").
  // Cost: linear in tokens.
  std::vector<TimePhrase> FindAll() const;
  // The lower-case form of a token; empty beyond the sentence. Curly apostrophes are straight.
  const std::string& Word(size_t index) const;

 private:
  using Match = std::optional<TimePhrase>;
  Match MatchAt(uint32_t begin) const;
  Match MatchNumericDate(uint32_t begin) const;
  Match MatchMonthFirst(uint32_t begin) const;
  Match MatchDayFirst(uint32_t begin) const;
  Match MatchWeekday(uint32_t begin) const;
  Match MatchClock(uint32_t begin) const;
  Match MatchUnit(uint32_t begin) const;
  Match MatchCount(uint32_t begin) const;
  Match MatchYear(uint32_t begin) const;
  Match MatchDecade(uint32_t begin) const;
  Match MatchPartOfYear(uint32_t begin) const;
  Match MatchEdge(uint32_t begin) const;
  Match MatchRelative(uint32_t begin) const;
  Match MatchHoliday(uint32_t begin) const;

  // Reads "early", "last", "the", "mid-" before a name of a time; moves `at` behind them.
  void ReadPrefix(uint32_t* at, TimePhrase* phrase) const;
  std::optional<int> MonthAt(uint32_t at) const;  // a word that is surely a month
  std::optional<int> DayNumberAt(uint32_t at) const;
  std::optional<int> YearAt(uint32_t at) const;
  // A number of units: "three", "24", "a couple of"; moves `at`. 0 = vague ("several").
  std::optional<int> ReadAmount(uint32_t* at) const;
  void ReadYearBehind(TimePhrase* phrase) const;
  void ReadDayRange(TimePhrase* phrase) const;
  bool IsCapitalised(uint32_t at) const;
  bool Cue(std::string_view kind, size_t at) const { return lexicon_.IsCue(kind, Word(at)); }
  bool IsInPersonName(uint32_t at) const;
  bool Join(const TimePhrase& left, const TimePhrase& right, TimePhrase* joined) const;

  const TimeLexicon& lexicon_;
  const Sentence& sentence_;
  std::vector<std::string> words_;
};

}  // namespace whowhom::extract
