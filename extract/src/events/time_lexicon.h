// Words of time expressions: data/time/*.tsv in memory.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "whowhom/core/result.h"

namespace whowhom::extract {

enum class TimeUnit : uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kYear,
  kDecade,
  kCentury
};

// Immutable after Load; thread-safe. All lookups take lower case.
class TimeLexicon {
 public:
  // kIo or kInvalidInput with file and line.
  static Result<TimeLexicon> Load(const std::string& time_dir);

  // Values of calendar.tsv and numbers.tsv: Value("weekday", "friday") = 4.
  std::optional<int> Value(std::string_view kind, const std::string& word) const;
  std::optional<TimeUnit> Unit(const std::string& word) const;
  bool IsCue(std::string_view kind, const std::string& word) const;

  struct Relative {
    std::string kind;  // days | night | vague
    int value = 0;
  };
  // A phrase of relative.tsv, words joined by one blank.
  const Relative* FindRelative(const std::string& phrase) const;
  size_t longest_relative() const { return longest_relative_; }  // in words

 private:
  using Words = std::unordered_map<std::string, int>;
  std::map<std::string, Words, std::less<>> values_;
  std::map<std::string, std::unordered_set<std::string>, std::less<>> cues_;
  std::unordered_map<std::string, TimeUnit> units_;
  std::unordered_map<std::string, Relative> relatives_;
  size_t longest_relative_ = 0;
};

}  // namespace whowhom::extract
