// What a time expression says, before it is placed in the calendar.
//
//   words -> TimeMatcher -> TimePhrase ("last Friday": weekday 4, relation last) -> Resolve(published) ->
//   days
#pragma once

#include <cstdint>
#include <optional>

#include "events/time_lexicon.h"
#include "whowhom/core/date.h"
#include "whowhom/core/record.h"

namespace whowhom::extract {

enum class TimeKind : uint8_t {
  kClock,       // "8 a.m."
  kWeekday,     // "Friday night", "last Friday"
  kDate,        // month with or without day and year
  kDayOfMonth,  // "the 7th"
  kYear,
  kYears,
  kDecade,
  kCentury,
  kQuarter,
  kHalf,
  kSeason,
  kUnit,    // "last week", "this month": one calendar unit
  kSpan,    // "the past 24 hours", "the next three days"
  kAgo,     // "three weeks ago"
  kAhead,   // "in two weeks"
  kOffset,  // "yesterday": amount in days
  kNight,   // "overnight"
  kWeekend,
  kVague,    // a time, but nobody can say when
  kDuration  // "for five hours"
};

enum class TimeRelation : uint8_t { kNone, kLast, kThis, kNext };
// kEarlierThan: "earlier this week", up to the day of publication; kStart, kEnd: narrower than kEarly, kLate.
enum class TimePart : uint8_t { kWhole, kEarly, kMiddle, kLate, kEarlierThan, kLaterThan, kStart, kEnd };

struct TimePhrase {
  uint32_t begin = 0;  // half-open token range
  uint32_t end = 0;
  TimeKind kind = TimeKind::kVague;
  TimeRelation relation = TimeRelation::kNone;
  TimePart part = TimePart::kWhole;
  TimeUnit unit = TimeUnit::kDay;
  int amount = 0;                  // of units or days; 0 = not said ("several")
  int year = 0;                    // 0 = not said, likewise below
  int year_to = 0;                 // last year of kYears
  std::optional<int> year_offset;  // "May last year": -1 from the year of publication
  std::optional<int> week_offset;  // "Friday last week"
  int month = 0;                   // kSeason: its first month
  int day = 0;
  int month_to = 0;  // "May 30 - June 2"
  int day_to = 0;
  int weekday = -1;
  int number = 0;     // of quarter, half, decade (1990) or century
  int direction = 0;  // of a vague phrase: -1 past, 1 future
};

struct PlacedTime {
  std::optional<DayRange> days;
  TimeGrain grain = TimeGrain::kDay;
};

// Places a phrase. `future`: the words around it speak of the future, so that "on Friday" is the next one.
// Without a day of publication only absolute expressions get days. Total: impossible dates give no days.
PlacedTime Resolve(const TimePhrase& phrase, std::optional<Day> published, bool future);

}  // namespace whowhom::extract
