#include "output.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "whowhom/core/record_json.h"
#include "whowhom/core/utf8.h"

namespace whowhom::cli {
namespace {

std::string NumberText(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%.6g", value);
  return buffer;
}

std::string Plain(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<int64_t>(&cell)) return std::to_string(*number);
  if (const auto* number = std::get_if<double>(&cell)) return NumberText(*number);
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "yes" : "no";
  if (const auto* json = std::get_if<Json>(&cell)) return json->text;
  return "";
}

std::string AsJson(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return JsonQuote(*text);
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "true" : "false";
  if (std::holds_alternative<std::monostate>(cell)) return "null";
  if (const auto* number = std::get_if<double>(&cell); number != nullptr && !std::isfinite(*number))
    return "null";
  return Plain(cell);
}

std::string JsonRow(const Table& table, const std::vector<Cell>& row) {
  std::string text = "{";
  for (size_t i = 0; i < row.size(); ++i) {
    if (i > 0) text += ",";
    text += JsonQuote(table.columns[i]) + ":" + AsJson(row[i]);
  }
  return text + "}";
}

// Line ends and tabs would break a row.
std::string OneLine(const std::string& text) { return WithoutControls(text, ' '); }

// What a spreadsheet would run. A lone dash and a number ("-1.00") are nothing to run.
bool IsFormula(std::string_view text) {
  if (text.empty() || std::string_view("=+-@\t\r").find(text[0]) == std::string_view::npos) return false;
  return text[0] != '-' || text.find_first_not_of("0123456789.", 1) != std::string_view::npos;
}

std::string Csv(const Cell& cell) {
  std::string text = Plain(cell);
  const bool is_text = std::holds_alternative<std::string>(cell) || std::holds_alternative<Json>(cell);
  if (is_text && IsFormula(text)) text.insert(0, "'");
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

std::string Markdown(const Cell& cell) {
  std::string text;
  for (const char c : OneLine(Plain(cell))) {
    if (c == '|' || c == '\\' || c == '<') text.push_back('\\');
    text.push_back(c);
  }
  return text;
}

int WidthOf(char32_t c) {
  if (c < 0x300) return 1;
  const bool combining =
      (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x20D0 && c <= 0x20FF);
  if (combining) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

std::string Cut(const std::string& text, size_t width) {
  if (DisplayWidth(text) <= width) return text;
  std::string out;
  size_t used = 0;
  for (size_t i = 0; i < text.size();) {
    const CodePoint point = DecodeUtf8(text, i);
    used += static_cast<size_t>(WidthOf(point.value));
    if (used + 1 > width) break;
    out.append(text, i, point.length);
    i += point.length;
  }
  return out + "\xE2\x80\xA6";
}

std::string RenderTable(const Table& table, size_t width) {
  const size_t count = table.columns.size();
  std::vector<std::vector<std::string>> lines;
  lines.push_back(table.columns);
  for (const auto& row : table.rows) {
    std::vector<std::string> line;
    for (const Cell& cell : row) line.push_back(OneLine(Plain(cell)));
    lines.push_back(std::move(line));
  }
  std::vector<size_t> widths(count, 0);
  for (const auto& line : lines) {
    for (size_t i = 0; i < count; ++i) widths[i] = std::max(widths[i], DisplayWidth(line[i]));
  }
  const auto shrinkable = [&](size_t i) {
    return table.shrinkable.empty() ? i + 1 == count : table.shrinkable[i];
  };
  size_t total = count > 0 ? 2 * (count - 1) : 0;
  for (const size_t column : widths) total += column;
  while (width > 0 && total > width) {  // cut the widest column that may be cut, never below 12
    size_t widest = count;
    for (size_t i = 0; i < count; ++i) {
      if (shrinkable(i) && widths[i] > 12 && (widest == count || widths[i] > widths[widest])) widest = i;
    }
    if (widest == count) break;
    const size_t cut = std::min(total - width, widths[widest] - 12);
    widths[widest] -= std::min<size_t>(cut, std::max<size_t>(1, cut / 2));
    total = 2 * (count - 1);
    for (const size_t column : widths) total += column;
  }
  std::string out;
  for (size_t row = 0; row < lines.size(); ++row) {
    std::string text;
    for (size_t i = 0; i < count; ++i) {
      const std::string cell = width > 0 ? Cut(lines[row][i], widths[i]) : lines[row][i];
      const std::string padding(widths[i] - std::min(widths[i], DisplayWidth(cell)), ' ');
      const bool is_number = row > 0 && (std::holds_alternative<int64_t>(table.rows[row - 1][i]) ||
                                         std::holds_alternative<double>(table.rows[row - 1][i]));
      if (i > 0) text += "  ";
      text += is_number ? padding + cell : cell + padding;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  }
  return out;
}

}  // namespace

std::string WithoutControls(std::string_view text, char instead, std::string_view kept) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_control = (byte < 0x20 || byte == 0x7f) && kept.find(c) == std::string_view::npos;
    out.push_back(is_control ? instead : c);
  }
  return out;
}

Result<Format> ParseFormat(std::string_view name) {
  static constexpr std::string_view kNames[] = {"table", "json", "jsonl", "csv", "tsv", "md"};
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<Format>(i);
  }
  return InvalidInput("no format \"" + std::string(name.substr(0, 40)) +
                      "\"; expected table, json, jsonl, csv, tsv or md");
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) {
    const CodePoint point = DecodeUtf8(text, i);
    width += static_cast<size_t>(WidthOf(point.value));
    i += point.length;
  }
  return width;
}

std::string Render(const Table& table, Format format, size_t width) {
  std::string out;
  switch (format) {
    case Format::kTable:
      return RenderTable(table, width);
    case Format::kJson:
      out = "[";
      for (size_t i = 0; i < table.rows.size(); ++i)
        out += (i > 0 ? ",\n " : "\n ") + JsonRow(table, table.rows[i]);
      return out + "\n]\n";
    case Format::kJsonl:
      for (const auto& row : table.rows) out += JsonRow(table, row) + "\n";
      return out;
    case Format::kCsv:
    case Format::kTsv: {
      const bool is_csv = format == Format::kCsv;
      const auto join = [&](const std::vector<std::string>& cells) {
        for (size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? (is_csv ? "," : "\t") : "") + cells[i];
        out += "\n";
      };
      std::vector<std::string> header;
      for (const auto& column : table.columns) header.push_back(is_csv ? Csv(column) : OneLine(column));
      join(header);
      for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (const Cell& cell : row) cells.push_back(is_csv ? Csv(cell) : OneLine(Plain(cell)));
        join(cells);
      }
      return out;
    }
    case Format::kMarkdown:
      for (const auto& column : table.columns) out += "| " + Markdown(column) + " ";
      out += "|\n";
      for (size_t i = 0; i < table.columns.size(); ++i) out += "| --- ";
      out += "|\n";
      for (const auto& row : table.rows) {
        for (const Cell& cell : row) out += "| " + Markdown(cell) + " ";
        out += "|\n";
      }
      return out;
  }
  return out;
}

}  // namespace whowhom::cli
