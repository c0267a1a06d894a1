#include "whowhom/export/check.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "whowhom/core/date.h"
#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom::exports {
namespace {

constexpr size_t kMaxProblems = 1000;

class Problems {
 public:
  void Add(std::string rule, std::string where, std::string what) {
    if (list_.size() < kMaxProblems) list_.push_back({std::move(rule), std::move(where), std::move(what)});
  }
  std::vector<ExportProblem> Take() { return std::move(list_); }

 private:
  std::vector<ExportProblem> list_;
};

std::string LocalName(const pugi::xml_node& node) {
  const std::string name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string::npos ? name : name.substr(colon + 1);
}

bool IsNumber(const std::string& text, bool is_whole) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0' && std::isfinite(value) && (!is_whole || value == std::floor(value));
}

bool FitsType(const std::string& type, const std::string& value) {
  if (type == "integer" || type == "int" || type == "long") return IsNumber(value, true);
  if (type == "double" || type == "float") return IsNumber(value, false);
  if (type == "boolean") return value == "true" || value == "false";
  return true;
}

void CheckText(std::string_view text, Problems* problems) {
  if (!IsValidUtf8(text)) problems->Add("invalid-utf8", "file", "bytes that are not UTF-8");
  const bool has_control = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  if (has_control) problems->Add("control-character", "file", "a control character that loaders refuse");
}

// Dates of one element: both valid, in order, no instants in an interval graph, no open intervals.
void CheckSpell(const pugi::xml_node& node, const std::string& where, Problems* problems) {
  const std::string start = node.attribute("start").value();
  const std::string end = node.attribute("end").value();
  const auto first = ParseDay(start.substr(0, 10));
  const auto last = ParseDay(end.substr(0, 10));
  if (!start.empty() && !first) problems->Add("bad-date", where, "start=\"" + start + "\" is no day");
  if (!end.empty() && !last) problems->Add("bad-date", where, "end=\"" + end + "\" is no day");
  if (first && last && *last < *first) problems->Add("end-before-start", where, start + " > " + end);
  if (node.attribute("timestamp")) problems->Add("timestamp-in-interval-graph", where, "Gephi drops it");
  if (node.attribute("startopen") || node.attribute("endopen"))
    problems->Add("open-interval", where, "Gephi warns and closes it");
}

struct Declared {
  std::map<std::string, std::string> types;  // attribute id -> type
};

void CheckGexfValues(const pugi::xml_node& item, const Declared& declared, const std::string& where,
                     Problems* problems) {
  std::set<std::string> seen;
  for (const pugi::xml_node& value : item.child("attvalues").children()) {
    const std::string key = value.attribute("for").value();
    const auto found = declared.types.find(key);
    if (found == declared.types.end()) {
      problems->Add("undeclared-attribute", where, key);
    } else if (!FitsType(found->second, value.attribute("value").value())) {
      problems->Add("wrong-type", where,
                    key + "=\"" + value.attribute("value").value() + "\" is no " + found->second);
    }
    const bool is_static = !value.attribute("start") && !value.attribute("end");
    if (is_static && !seen.insert(key).second) problems->Add("repeated-attribute", where, key);
  }
}

void CheckGexf(const pugi::xml_document& document, Problems* problems) {
  const pugi::xml_node graph = document.document_element().child("graph");
  if (!graph) return problems->Add("no-graph", "gexf", "no <graph> element");
  const bool is_dynamic = std::string(graph.attribute("mode").value()) == "dynamic";
  if (is_dynamic && !graph.attribute("timeformat"))
    problems->Add("no-timeformat", "graph", "dates would be read as numbers");
  std::map<std::string, Declared> declared;
  static const std::set<std::string> kTypes = {"integer", "long",       "double",    "float",
                                               "boolean", "string",     "byte",      "char",
                                               "short",   "bigdecimal", "biginteger"};
  for (const pugi::xml_node& list : graph.children("attributes")) {
    for (const pugi::xml_node& attribute : list.children("attribute")) {
      const std::string type = attribute.attribute("type").value();
      const std::string id = attribute.attribute("id").value();
      if (!kTypes.contains(type) && !type.starts_with("list"))
        problems->Add("unknown-type", "attribute " + id, type + " is refused by Gephi");
      if (!declared[list.attribute("class").value()].types.emplace(id, type).second)
        problems->Add("duplicate-id", "attribute " + id, "declared twice");
    }
  }
  std::set<std::string> nodes;
  for (const pugi::xml_node& node : graph.child("nodes").children("node")) {
    const std::string id = node.attribute("id").value();
    const std::string where = "node " + id;
    if (id.empty()) problems->Add("missing-id", "node", "no id");
    if (!nodes.insert(id).second) problems->Add("duplicate-id", where, "two nodes of this id");
    if (std::string(node.attribute("label").value()).empty())
      problems->Add("missing-label", where, "no label");
    CheckSpell(node, where, problems);
    CheckGexfValues(node, declared["node"], where, problems);
  }
  std::set<std::string> edges;
  std::set<std::string> parallel;
  for (const pugi::xml_node& edge : graph.child("edges").children("edge")) {
    const std::string id = edge.attribute("id").value();
    const std::string where = "edge " + id;
    if (!edges.insert(id).second) problems->Add("duplicate-id", where, "two edges of this id");
    const std::string source = edge.attribute("source").value();
    const std::string target = edge.attribute("target").value();
    if (!nodes.contains(source)) problems->Add("missing-end-point", where, "source " + source);
    if (!nodes.contains(target)) problems->Add("missing-end-point", where, "target " + target);
    const std::string weight = edge.attribute("weight").value();
    if (!weight.empty() && (!IsNumber(weight, false) || std::strtod(weight.c_str(), nullptr) <= 0))
      problems->Add("bad-weight", where, weight + " is not above 0");
    CheckSpell(edge, where, problems);
    CheckGexfValues(edge, declared["edge"], where, problems);
  }
}

void CheckGraphml(const pugi::xml_document& document, Problems* problems) {
  const pugi::xml_node root = document.document_element();
  std::map<std::string, std::string> types;
  for (const pugi::xml_node& key : root.children("key")) {
    const std::string id = key.attribute("id").value();
    if (!types.emplace(id, key.attribute("attr.type").value()).second)
      problems->Add("duplicate-id", "key " + id, "declared twice");
  }
  const auto check_data = [&](const pugi::xml_node& item, const std::string& where) {
    for (const pugi::xml_node& data : item.children("data")) {
      const auto found = types.find(data.attribute("key").value());
      if (found == types.end()) {
        problems->Add("undeclared-attribute", where, data.attribute("key").value());
      } else if (!FitsType(found->second, data.child_value()) && !data.first_child().first_child()) {
        problems->Add("wrong-type", where,
                      found->first + "=\"" + data.child_value() + "\" is no " + found->second);
      }
    }
  };
  const pugi::xml_node graph = root.child("graph");
  if (!graph) return problems->Add("no-graph", "graphml", "no <graph> element");
  std::set<std::string> nodes;
  std::set<std::string> edges;
  for (const pugi::xml_node& node : graph.children("node")) {
    const std::string id = node.attribute("id").value();
    if (!nodes.insert(id).second) problems->Add("duplicate-id", "node " + id, "two nodes of this id");
    check_data(node, "node " + id);
  }
  for (const pugi::xml_node& edge : graph.children("edge")) {
    const std::string id = edge.attribute("id").value();
    if (!id.empty() && !edges.insert(id).second)
      problems->Add("duplicate-id", "edge " + id, "two edges of this id");
    for (const char* end : {"source", "target"}) {
      if (!nodes.contains(edge.attribute(end).value()))
        problems->Add("missing-end-point", "edge " + id,
                      std::string(end) + " " + edge.attribute(end).value());
    }
    check_data(edge, "edge " + id);
  }
}

// RFC 4180 rows; a quote that never closes ends the last row.
std::vector<std::vector<std::string>> ParseCsv(std::string_view text) {
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
  if (!row.empty() || !cell.empty()) {
    row.push_back(std::move(cell));
    rows.push_back(std::move(row));
  }
  return rows;
}

// Returns the values of the first column.
std::set<std::string> CheckCsvRows(std::string_view text, const std::string& kind,
                                   const std::set<std::string>* nodes, Problems* problems) {
  std::set<std::string> ids;
  const auto rows = ParseCsv(text);
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
    if (nodes == nullptr) continue;
    for (size_t end = 1; end <= 2 && end < rows[i].size(); ++end) {
      if (!nodes->contains(rows[i][end])) problems->Add("missing-end-point", where, rows[i][end]);
    }
  }
  return ids;
}

void CheckXml(std::string_view text, Problems* problems) {
  CheckText(text, problems);
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) return problems->Add("not-xml", "byte " + std::to_string(parsed.offset), parsed.description());
  const std::string root = LocalName(document.document_element());
  if (root == "gexf") return CheckGexf(document, problems);
  if (root == "graphml") return CheckGraphml(document, problems);
  problems->Add("unknown-root", root, "expected gexf or graphml");
}

// Balance of strings, IRIs and brackets, and that every statement ends.
void CheckTurtle(std::string_view text, Problems* problems) {
  CheckText(text, problems);
  int depth = 0;
  char last = '.';
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '<') {
      const char closing = c == '"' ? '"' : '>';
      size_t end = i + 1;
      while (end < text.size() && text[end] != closing && text[end] != '\n')
        end += c == '"' && text[end] == '\\' ? 2 : 1;
      if (end >= text.size() || text[end] != closing) {
        problems->Add("open-string", "byte " + std::to_string(i), "a string or IRI does not end on its line");
        return;
      }
      i = end;
      last = closing;
      continue;
    }
    if (c == '[' || c == '(') ++depth;
    if (c == ']' || c == ')') --depth;
    if (c != ' ' && c != '\n' && c != '\t') last = c;
  }
  if (depth != 0) problems->Add("unbalanced", "file", "brackets do not match");
  if (last != '.') problems->Add("truncated", "file", "the last statement has no full stop");
}

}  // namespace

std::vector<ExportProblem> CheckExportText(std::string_view text, std::string_view kind) {
  Problems problems;
  if (kind == "ttl") {
    CheckTurtle(text, &problems);
  } else if (kind == "nodes-csv" || kind == "edges-csv") {
    CheckText(text, &problems);
    CheckCsvRows(text, std::string(kind), nullptr, &problems);
  } else {
    CheckXml(text, &problems);
  }
  return problems.Take();
}

Result<std::vector<ExportProblem>> CheckExport(const std::string& path) {
  WHOWHOM_TRY(const std::string text, ReadFile(path, size_t{2} << 30));
  const std::string_view start = std::string_view(text).substr(0, 200);
  if (path.ends_with(".edges.csv")) {
    Problems problems;
    WHOWHOM_TRY(const std::string nodes_text,
                ReadFile(path.substr(0, path.size() - 10) + ".nodes.csv", size_t{2} << 30));
    CheckText(text, &problems);
    const auto nodes = CheckCsvRows(nodes_text, "nodes", nullptr, &problems);
    CheckCsvRows(text, "edges", &nodes, &problems);
    return problems.Take();
  }
  if (start.starts_with("Id,")) return CheckExportText(text, "nodes-csv");
  if (start.find("@prefix") != std::string_view::npos) return CheckExportText(text, "ttl");
  if (start.find('<') != std::string_view::npos) return CheckExportText(text, "xml");
  return Error{
      ErrorCode::kUnsupported,
      "checking " + path + ": expected GEXF, GraphML, Turtle or CSV (NAME.edges.csv beside NAME.nodes.csv)"};
}

}  // namespace whowhom::exports
