#include "whowhom/export/check.h"

#include <map>
#include <pugixml.hpp>
#include <set>

#include "check_problems.h"
#include "whowhom/core/tsv.h"

namespace whowhom::exports {
namespace {

std::string LocalName(const pugi::xml_node& node) {
  const std::string name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string::npos ? name : name.substr(colon + 1);
}

// Dates of one element: both valid, in order, no instants in an interval graph, no open intervals.
void CheckSpell(const pugi::xml_node& node, const std::string& where, Problems* problems) {
  CheckDays(node.attribute("start").value(), node.attribute("end").value(), where, problems);
  for (const pugi::xml_node& spell : node.child("spells").children("spell"))
    CheckDays(spell.attribute("start").value(), spell.attribute("end").value(), where, problems);
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
    CheckWeight(edge.attribute("weight").value(), where, problems);
    CheckSpell(edge, where, problems);
    CheckGexfValues(edge, declared["edge"], where, problems);
  }
}

void CheckGraphml(const pugi::xml_document& document, Problems* problems) {
  const pugi::xml_node root = document.document_element();
  std::map<std::string, std::string> types;
  std::map<std::string, std::string> names;
  for (const pugi::xml_node& key : root.children("key")) {
    const std::string id = key.attribute("id").value();
    names[id] = key.attribute("attr.name").value();
    if (!types.emplace(id, key.attribute("attr.type").value()).second)
      problems->Add("duplicate-id", "key " + id, "declared twice");
  }
  const auto check_data = [&](const pugi::xml_node& item, const std::string& where) {
    std::map<std::string, std::string> values;
    for (const pugi::xml_node& data : item.children("data")) {
      values[names[data.attribute("key").value()]] = data.child_value();
      const auto found = types.find(data.attribute("key").value());
      if (found == types.end()) {
        problems->Add("undeclared-attribute", where, data.attribute("key").value());
      } else if (!FitsType(found->second, data.child_value()) && !data.first_child().first_child()) {
        problems->Add("wrong-type", where,
                      found->first + "=\"" + data.child_value() + "\" is no " + found->second);
      }
    }
    CheckWeight(values["weight"], where, problems);
    CheckDays(values["first_seen"], values["last_seen"], where, problems);
  };
  const pugi::xml_node graph = root.child("graph");
  if (!graph) return problems->Add("no-graph", "graphml", "no <graph> element");
  std::set<std::string> nodes;
  std::set<std::string> edges;
  for (const pugi::xml_node& node : graph.children("node")) {
    const std::string id = node.attribute("id").value();
    if (id.empty()) problems->Add("missing-id", "node", "no id");
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

}  // namespace

std::vector<ExportProblem> CheckExportText(std::string_view text, std::string_view kind) {
  Problems problems;
  if (kind == "ttl") {
    CheckTurtle(text, &problems);
  } else if (kind == "nodes-csv" || kind == "edges-csv") {
    CheckCsv(text, std::string(kind), nullptr, &problems);
  } else if (kind == "events") {
    CheckEventTable(text, &problems);
  } else if (kind == "jsonl") {
    CheckRecords(text, &problems);
  } else if (kind == "dot") {
    CheckDot(text, &problems);
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
    const auto nodes = CheckCsv(nodes_text, "nodes", nullptr, &problems);
    CheckCsv(text, "edges", &nodes, &problems);
    return problems.Take();
  }
  const auto kind = [&]() -> std::string_view {
    if (start.starts_with("Id,")) return "nodes-csv";
    if (start.starts_with("Event ID\t") || start.starts_with("Month\t")) return "events";
    if (start.starts_with("{")) return "jsonl";
    if (start.starts_with("digraph ")) return "dot";
    if (start.find("@prefix") != std::string_view::npos) return "ttl";
    return start.starts_with("<") && !start.starts_with("<!DOCTYPE html") ? "xml" : "";
  }();
  if (!kind.empty()) return CheckExportText(text, kind);
  return Error{ErrorCode::kUnsupported,
               "checking " + path +
                   ": expected GEXF, GraphML, Turtle, DOT, event TSV, records or CSV "
                   "(NAME.edges.csv beside NAME.nodes.csv)"};
}

}  // namespace whowhom::exports
