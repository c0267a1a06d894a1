#include "events/time_lexicon.h"

#include <algorithm>
#include <charconv>

#include "whowhom/core/tsv.h"

namespace whowhom::extract {
namespace {

constexpr std::pair<std::string_view, TimeUnit> kUnits[] = {
    {"second", TimeUnit::kSecond},       {"minute", TimeUnit::kMinute},
    {"hour", TimeUnit::kHour},           {"day", TimeUnit::kDay},
    {"weekend", TimeUnit::kWeekend},     {"week", TimeUnit::kWeek},
    {"fortnight", TimeUnit::kFortnight}, {"month", TimeUnit::kMonth},
    {"quarter", TimeUnit::kQuarter},     {"year", TimeUnit::kYear},
    {"decade", TimeUnit::kDecade},       {"century", TimeUnit::kCentury}};

Error BadRow(const TsvTable& table, const TsvRow& row, const std::string& what) {
  return InvalidInput("reading " + table.path + ", line " + std::to_string(row.line) + ": " + what);
}

std::optional<int> ParseInt(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Reads rows (word, kind, value) and hands them on.
template <typename Visit>
Status ReadRows(const std::string& path, size_t columns, const Visit& visit) {
  WHOWHOM_TRY(TsvTable table, ReadTsv(path));
  if (table.columns.size() < columns)
    return InvalidInput("reading " + path + ": expected " + std::to_string(columns) + " columns");
  for (const TsvRow& row : table.rows) {
    if (!visit(row)) return BadRow(table, row, "the value does not fit its kind");
  }
  return {};
}

}  // namespace

Result<TimeLexicon> TimeLexicon::Load(const std::string& time_dir) {
  TimeLexicon lexicon;
  auto add_value = [&](const TsvRow& row) {
    const std::string& kind = row.fields[1];
    if (kind == "unit") {
      auto unit = std::find_if(std::begin(kUnits), std::end(kUnits),
                               [&](const auto& u) { return u.first == row.fields[2]; });
      if (unit == std::end(kUnits)) return false;
      lexicon.units_[row.fields[0]] = unit->second;
      return true;
    }
    auto value = ParseInt(row.fields[2]);
    if (value) lexicon.values_[kind][row.fields[0]] = *value;
    return value.has_value();
  };
  WHOWHOM_TRY_STATUS(ReadRows(time_dir + "/calendar.tsv", 3, add_value));
  WHOWHOM_TRY_STATUS(ReadRows(time_dir + "/numbers.tsv", 3, add_value));
  WHOWHOM_TRY_STATUS(ReadRows(time_dir + "/cues.tsv", 2, [&](const TsvRow& row) {
    lexicon.cues_[row.fields[1]].insert(row.fields[0]);
    return true;
  }));
  WHOWHOM_TRY_STATUS(ReadRows(time_dir + "/relative.tsv", 3, [&](const TsvRow& row) {
    auto value = ParseInt(row.fields[2]);
    if (!value) return false;
    lexicon.relatives_[row.fields[0]] = {row.fields[1], *value};
    size_t words = 1 + static_cast<size_t>(std::count(row.fields[0].begin(), row.fields[0].end(), ' '));
    lexicon.longest_relative_ = std::max(lexicon.longest_relative_, words);
    return true;
  }));
  return lexicon;
}

std::optional<int> TimeLexicon::Value(std::string_view kind, const std::string& word) const {
  auto words = values_.find(kind);
  if (words == values_.end()) return std::nullopt;
  auto found = words->second.find(word);
  if (found == words->second.end()) return std::nullopt;
  return found->second;
}

std::optional<TimeUnit> TimeLexicon::Unit(const std::string& word) const {
  auto found = units_.find(word);
  if (found == units_.end()) return std::nullopt;
  return found->second;
}

bool TimeLexicon::IsCue(std::string_view kind, const std::string& word) const {
  auto found = cues_.find(kind);
  return found != cues_.end() && found->second.count(word) != 0;
}

const TimeLexicon::Relative* TimeLexicon::FindRelative(const std::string& phrase) const {
  auto found = relatives_.find(phrase);
  return found == relatives_.end() ? nullptr : &found->second;
}

}  // namespace whowhom::extract
