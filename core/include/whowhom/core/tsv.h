// Reader of data files: TSV, UTF-8, first non-comment line is the header, `#` starts a comment line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"

namespace whowhom {

struct TsvRow {
  std::vector<std::string> fields;  // as many as the header has; missing trailing ones are empty
  size_t line = 0;                  // 1-based, for messages
};

struct TsvTable {
  std::string path;
  std::vector<std::string> columns;
  std::vector<TsvRow> rows;
  // The index of a column; kInvalidInput if the file lacks it.
  Result<size_t> Column(std::string_view name) const;
};

// kIo if the file cannot be read; kInvalidInput (file, line, what was expected) for a row with too many
// fields.
Result<TsvTable> ReadTsv(const std::string& path);
Result<TsvTable> ParseTsv(std::string_view content, const std::string& path);

// The whole file. kIo with the path and reason; kResourceLimit above max_bytes.
Result<std::string> ReadFile(const std::string& path, size_t max_bytes = size_t{1} << 30);

}  // namespace whowhom
