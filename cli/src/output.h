// Tables on stdout in every format; data only, nothing else ever goes there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "whowhom/core/result.h"

namespace whowhom::cli {

enum class Format : uint8_t { kTable, kJson, kJsonl, kCsv, kTsv, kMarkdown };
Result<Format> ParseFormat(std::string_view name);

// Json holds text that is JSON already (an object or array); it is quoted in the flat formats.
struct Json {
  std::string text;
};
using Cell = std::variant<std::monostate, std::string, int64_t, double, bool, Json>;

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<bool> shrinkable;  // columns that may be cut on a narrow terminal; empty = the last one
};

// width 0 = not a terminal: plain and untruncated. CSV cells that a spreadsheet would run get a quote before
// them.
std::string Render(const Table& table, Format format, size_t width);

// Width in columns of valid UTF-8 (wide characters count 2, combining ones 0).
size_t DisplayWidth(std::string_view text);

// Text of articles and names of files for a terminal, which must not obey them: `instead` for each control
// character that is not one of `kept`.
std::string WithoutControls(std::string_view text, char instead, std::string_view kept = {});

}  // namespace whowhom::cli
