// Calendar days (proleptic Gregorian, UTC) and closed day intervals. No clock, no time zone data base.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace whowhom {

// Days since 1970-01-01. Valid range: years 1 to 9999.
struct Day {
  int32_t number = 0;
  friend auto operator<=>(const Day&, const Day&) = default;
};

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

// A closed interval of days.
struct DayRange {
  Day from;
  Day to;
  friend auto operator<=>(const DayRange&, const DayRange&) = default;
};

// Empty for a day that does not exist (2021-02-29) or is out of range.
std::optional<Day> MakeDay(int year, int month, int day);
CivilDate ToCivil(Day day);
// 0 = Monday ... 6 = Sunday.
int Weekday(Day day);
int DaysInMonth(int year, int month);
// "2020-01-08"
std::string FormatDay(Day day);
// Exactly YYYY-MM-DD; empty otherwise.
std::optional<Day> ParseDay(std::string_view text);

}  // namespace whowhom
