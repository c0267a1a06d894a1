#include "time_scan.h"

#include <algorithm>
#include <array>
#include <climits>
#include <memory>

namespace whowhom::storage {
namespace {

// The earliest first day of a period of this level that can reach into `day`.
Day LookBack(Day day, int level) {
  const int64_t from = int64_t{day.number} - LongestOfLevel(level) + 1;
  return {static_cast<int32_t>(std::max<int64_t>(from, INT32_MIN))};
}

// The rows of one level that overlap the days, one after another.
class LevelScan {
 public:
  LevelScan(const ReadView& view, const TimeFamily& family, int level, const DayRange& days)
      : family_(family),
        days_(days),
        cursor_(view, family.prefix(level, LookBack(days.from, level)), EndOf(level)) {
    FindRow();
  }
  const std::optional<TimeRow>& row() const { return row_; }
  bool is_damaged() const { return is_damaged_; }
  Status status() const { return cursor_.status(); }
  void Next() {
    cursor_.Next();
    FindRow();
  }

 private:
  std::string EndOf(int level) const {
    if (days_.to.number == INT32_MAX) return PrefixEnd(family_.prefix(level, std::nullopt));
    return family_.prefix(level, Day{days_.to.number + 1});
  }
  void FindRow() {
    for (; cursor_.valid(); cursor_.Next()) {
      row_ = family_.read(cursor_.key());
      if (!row_) is_damaged_ = true;
      if (!row_ || row_->days.to >= days_.from) return;
    }
    row_.reset();
  }

  const TimeFamily& family_;
  DayRange days_;
  RowCursor cursor_;
  std::optional<TimeRow> row_;
  bool is_damaged_ = false;
};

}  // namespace

Status ScanPeriods(const ReadView& view, const TimeFamily& family, DayRange days,
                   const std::function<bool(const TimeRow& row)>& visit) {
  std::array<std::unique_ptr<LevelScan>, kTimeLevels> levels;
  for (int level = 0; level < kTimeLevels; ++level) {
    levels[static_cast<size_t>(level)] = std::make_unique<LevelScan>(view, family, level, days);
  }
  for (;;) {
    LevelScan* first = nullptr;
    for (const auto& level : levels) {
      if (level->is_damaged())
        return Corruption("scanning a period: a key has the wrong length; run `verify --repair`");
      if (!level->row()) continue;
      if (first == nullptr || level->row()->days.from < first->row()->days.from) first = level.get();
    }
    if (first == nullptr || !visit(*first->row())) break;
    first->Next();
  }
  for (const auto& level : levels) WHOWHOM_TRY_STATUS(level->status());
  return {};
}

}  // namespace whowhom::storage
