// Rows of several period levels merged by day.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "database.h"
#include "keys.h"

namespace whowhom::storage {

// How to find and read the rows of one family: its prefix at a level from a day on, and the row of a key.
struct TimeFamily {
  std::function<std::string(int level, std::optional<Day> from)> prefix;
  std::function<std::optional<TimeRow>(std::string_view key)> read;
};

// Visits the rows whose period overlaps `days`, by (first day, level, key). Cost: a scan a level.
Status ScanPeriods(const ReadView& view, const TimeFamily& family, DayRange days,
                   const std::function<bool(const TimeRow& row)>& visit);

}  // namespace whowhom::storage
