#include <map>
#include <variant>

#include "check_problems.h"
#include "whowhom/core/date.h"
#include "whowhom/core/record_json.h"

namespace whowhom::exports {
namespace {

// RFC 4180 rows; `is_closed`: no quote is left open.
std::vector<std::vector<std::string>> ParseCsv(std::string_view text, bool* is_closed) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        cell.push_back('"');
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        cell.push_back(c);
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',' || c == '\n') {
      row.push_back(std::move(cell));
      cell.clear();
      if (c == '\n') {
        rows.push_back(std::move(row));
        row.clear();
      }
    } else if (c != '\r') {
      cell.push_back(c);
    }
  }
  *is_closed = !quoted;
  if (!row.empty() || !cell.empty()) {
    row.push_back(std::move(cell));
    rows.push_back(std::move(row));
  }
  return rows;
}

// What a column of our tables holds, by its name; empty for any text.
std::string TypeOf(const std::string& column) {
  static const std::map<std::string, std::string> kTypes = {
      {"mentions", "integer"},       {"documents", "integer"}, {"statements", "integer"},
      {"sources", "integer"},        {"Reports", "integer"},   {"Independent Sources", "integer"},
      {"Events", "integer"},         {"Intensity", "double"},  {"scale", "double"},
      {"Mean Intensity", "double"},  {"actor", "boolean"},     {"claim", "boolean"},
      {"Sentence Number", "integer"}};
  const auto found = kTypes.find(column);
  return found == kTypes.end() ? "" : found->second;
}

// Types, weights and days of one row.
void CheckCells(const std::vector<std::string>& header, const std::vector<std::string>& row,
                const std::string& where, Problems* problems) {
  std::string first;
  std::string last;
  for (size_t i = 0; i < row.size(); ++i) {
    const std::string type = TypeOf(header[i]);
    if (!row[i].empty() && !FitsType(type, row[i]))
      problems->Add("wrong-type", where, header[i] + "=\"" + row[i].substr(0, 40) + "\" is no " + type);
    if (header[i] == "Weight") CheckWeight(row[i], where, problems);
    if (header[i] == "first_seen" || header[i] == "Event Date") first = row[i];
    if (header[i] == "last_seen") last = row[i];
  }
  CheckDays(first, last, where, problems);
}

std::vector<std::string> Split(std::string_view line, char separator) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(separator, begin), line.size());
    parts.emplace_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

void CheckRecord(const Statement& statement, const std::set<std::string>& documents, const std::string& where,
                 Problems* problems) {
  if (!documents.contains(ToHex(statement.doc.hash)))
    problems->Add("missing-end-point", where, "its document does not stand before it");
  if (statement.span.end < statement.span.begin)
    problems->Add("end-before-start", where, "the sentence ends before it begins");
  if (statement.time && statement.time->to < statement.time->from)
    problems->Add("end-before-start", where, "its time ends before it begins");
}

}  // namespace

std::set<std::string> CheckCsv(std::string_view text, const std::string& kind,
                               const std::set<std::string>* nodes, Problems* problems) {
  std::set<std::string> ids;
  CheckText(text, problems);
  bool is_closed = true;
  const auto rows = ParseCsv(text, &is_closed);
  if (!is_closed) problems->Add("open-quote", kind, "a quoted cell does not end");
  if (rows.empty() || rows[0].empty() || rows[0][0] != "Id") {
    problems->Add("no-header", kind, "expected a header row that starts with Id");
    return ids;
  }
  for (size_t i = 1; i < rows.size(); ++i) {
    const std::string where = kind + " row " + std::to_string(i + 1);
    if (rows[i].size() != rows[0].size()) {
      problems->Add(
          "ragged-row", where,
          std::to_string(rows[i].size()) + " cells, the header has " + std::to_string(rows[0].size()));
      continue;
    }
    if (!ids.insert(rows[i][0]).second) problems->Add("duplicate-id", where, rows[i][0]);
    for (const std::string& cell : rows[i]) {
      const bool is_formula =
          !cell.empty() && std::string_view("=+@").find(cell[0]) != std::string_view::npos;
      if (is_formula) problems->Add("formula", where, "a spreadsheet would run " + cell.substr(0, 40));
    }
    CheckCells(rows[0], rows[i], where, problems);
    if (nodes == nullptr) continue;
    for (size_t end = 1; end <= 2 && end < rows[i].size(); ++end) {
      if (!nodes->contains(rows[i][end])) problems->Add("missing-end-point", where, rows[i][end]);
    }
  }
  return ids;
}

void CheckEventTable(std::string_view text, Problems* problems) {
  CheckText(text, problems);
  std::vector<std::string> lines = Split(text, '\n');
  if (lines.back().empty()) {
    lines.pop_back();
  } else {
    problems->Add("truncated", "file", "the last line does not end");
  }
  const std::vector<std::string> header = Split(lines.empty() ? "" : lines[0], '\t');
  const bool has_ids = header[0] == "Event ID";
  std::set<std::string> ids;
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> row = Split(lines[i], '\t');
    const std::string where = "line " + std::to_string(i + 1);
    if (row.size() != header.size()) {
      problems->Add("ragged-row", where,
                    std::to_string(row.size()) + " cells, the header has " + std::to_string(header.size()));
      continue;
    }
    const std::string key = has_ids ? row[0] : row[0] + "\t" + row[1] + "\t" + row[2];
    if (!ids.insert(key).second) problems->Add("duplicate-id", where, key);
    if (has_ids && row[1].empty()) problems->Add("bad-date", where, "no day");
    CheckCells(header, row, where, problems);
  }
}

void CheckRecords(std::string_view text, Problems* problems) {
  CheckText(text, problems);
  std::set<std::string> documents;
  std::set<std::string> statements;
  size_t number = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string where = "line " + std::to_string(++number);
    const auto record = ParseRecord(text.substr(begin, end - begin));
    begin = end + 1;
    if (!record.ok()) {
      problems->Add("wrong-type", where, record.error().message);
    } else if (const auto* document = std::get_if<Document>(&*record)) {
      if (!documents.insert(ToHex(document->id.hash)).second)
        problems->Add("duplicate-id", where, "two documents of this id");
    } else {
      const auto& statement = std::get<Statement>(*record);
      if (!statements.insert(ToHex(statement.id.hash)).second)
        problems->Add("duplicate-id", where, "two statements of this id");
      CheckRecord(statement, documents, where, problems);
    }
  }
}

}  // namespace whowhom::exports
