// "on Friday", "three weeks ago", "Sept. 7", "in 2015" -> closed day intervals, against the publication date.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

struct TimeMatch {
  uint32_t begin = 0;  // half-open token range, without the preposition
  uint32_t end = 0;
  std::optional<DayRange> days;  // empty: recognised, but cannot be placed (no publication date, "recently")
  TimeGrain grain = TimeGrain::kDay;
  bool is_future = false;
  bool is_duration = false;  // "for nearly five hours": a length, not a place in time
};

// Immutable after loading; thread-safe.
class TimeNormalizer {
 public:
  static Result<std::unique_ptr<TimeNormalizer>> Load(const std::string& data_dir);
  virtual ~TimeNormalizer() = default;
  // All time expressions of the sentence, disjoint, in order. REQUIRES: tokens with forms; tags help, heads
  // are not used.
  virtual std::vector<TimeMatch> Find(const Sentence& sentence, std::optional<Day> published) const = 0;
};

}  // namespace whowhom::extract
