// Publication dates as pages write them.
//
// A date is the calendar day in the time zone that the page itself uses ("2020-01-08T23:30:00-05:00" is the
// 8th): that is the day readers were told. Nothing is guessed: "08/01/2020" can be two days and gives none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "read/lexicon.h"
#include "whowhom/core/date.h"

namespace whowhom::extract::read {

struct FoundDate {
  std::optional<Day> day;  // empty: looks like a date but is none; `problem` says why
  std::string problem;
  size_t begin = 0;  // bytes of the expression
  size_t end = 0;
};

// The first date with a year in `text`. Years 1700 to 2199. Cost: linear.
std::optional<FoundDate> FindDate(const Lexicon& lexicon, std::string_view text);

// A whole field: ISO 8601, RFC 822, seconds or milliseconds since 1970 (UTC day), or any form of FindDate.
std::optional<FoundDate> ParseDateField(const Lexicon& lexicon, std::string_view field);

// /2020/01/08/, /2020-01-08-, -20200108 or /2020/jan/08/ in the path of a URL.
std::optional<Day> DateFromUrl(const Lexicon& lexicon, std::string_view url);

// True if the line holds nothing but a date or a time, words that go with it and separators
// ("Updated: January 8, 2020 - 19:54", "3 hours ago").
bool IsDateLine(const Lexicon& lexicon, std::string_view line);

}  // namespace whowhom::extract::read
