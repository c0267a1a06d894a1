#include "whowhom/core/tsv.h"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace whowhom {
namespace {

std::vector<std::string> SplitTabs(std::string_view line) {
  std::vector<std::string> fields;
  size_t begin = 0;
  for (;;) {
    const size_t tab = line.find('\t', begin);
    fields.emplace_back(line.substr(begin, tab == std::string_view::npos ? tab : tab - begin));
    if (tab == std::string_view::npos) return fields;
    begin = tab + 1;
  }
}

}  // namespace

Result<size_t> TsvTable::Column(std::string_view name) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == name) return i;
  }
  return InvalidInput("reading " + path + ": no column \"" + std::string(name) + "\" in the header");
}

Result<TsvTable> ParseTsv(std::string_view content, const std::string& path) {
  TsvTable table;
  table.path = path;
  size_t line_number = 0;
  for (size_t begin = 0; begin < content.size();) {
    size_t end = content.find('\n', begin);
    if (end == std::string_view::npos) end = content.size();
    std::string_view line = content.substr(begin, end - begin);
    begin = end + 1;
    ++line_number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> fields = SplitTabs(line);
    if (table.columns.empty()) {
      table.columns = std::move(fields);
      continue;
    }
    if (fields.size() > table.columns.size()) {
      return InvalidInput("reading " + path + ", line " + std::to_string(line_number) + ": " +
                          std::to_string(fields.size()) + " fields, but the header has " +
                          std::to_string(table.columns.size()));
    }
    fields.resize(table.columns.size());
    table.rows.push_back({std::move(fields), line_number});
  }
  if (table.columns.empty()) return InvalidInput("reading " + path + ": no header line");
  return table;
}

Result<TsvTable> ReadTsv(const std::string& path) {
  WHOWHOM_TRY(const std::string content, ReadFile(path));
  return ParseTsv(content, path);
}

Result<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return IoError("opening " + path + ": " + std::strerror(errno != 0 ? errno : ENOENT));
  std::string content;
  char buffer[1 << 16];
  while (file.read(buffer, sizeof(buffer)) || file.gcount() > 0) {
    content.append(buffer, static_cast<size_t>(file.gcount()));
    if (content.size() > max_bytes) {
      return ResourceLimit("reading " + path + ": larger than " + std::to_string(max_bytes) + " bytes");
    }
  }
  if (file.bad()) return IoError("reading " + path + ": " + std::strerror(errno != 0 ? errno : EIO));
  return content;
}

}  // namespace whowhom
