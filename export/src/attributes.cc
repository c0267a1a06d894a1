#include "attributes.h"

#include <algorithm>
#include <cstdio>

#include "text_escape.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::GraphNode;

std::string Number(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%.2f", value);
  return buffer;
}

template <typename Item>
std::string FirstDay(const Item& item) {
  return item.days ? FormatDay(item.days->from) : std::string();
}
template <typename Item>
std::string LastDay(const Item& item) {
  return item.days ? FormatDay(item.days->to) : std::string();
}

std::string Aliases(const GraphNode& node) {
  std::string joined;
  for (const std::string& alias : node.aliases) {
    if (!joined.empty()) joined += " | ";
    joined += alias;
  }
  return joined;
}

}  // namespace

const std::vector<Column<GraphNode>>& NodeColumns() {
  static const std::vector<Column<GraphNode>> kColumns = {
      {"type", ColumnType::kString, [](const GraphNode& n) { return std::string(ToString(n.type)); }},
      {"country", ColumnType::kString, [](const GraphNode& n) { return n.country; }},
      {"sector", ColumnType::kString, [](const GraphNode& n) { return n.sector; }},
      {"actor", ColumnType::kBoolean,
       [](const GraphNode& n) { return std::string(n.is_actor ? "true" : "false"); }},
      {"mentions", ColumnType::kInteger, [](const GraphNode& n) { return std::to_string(n.mentions); }},
      {"documents", ColumnType::kInteger, [](const GraphNode& n) { return std::to_string(n.documents); }},
      {"aliases", ColumnType::kString, Aliases},
      {"first_seen", ColumnType::kString, FirstDay<GraphNode>},
      {"last_seen", ColumnType::kString, LastDay<GraphNode>},
  };
  return kColumns;
}

const std::vector<Column<GraphEdge>>& EdgeColumns() {
  const auto best = [](const GraphEdge& e, auto get) {
    return e.evidence.empty() ? std::string() : get(e.evidence.front());
  };
  static const std::vector<Column<GraphEdge>> kColumns = {
      {"relation", ColumnType::kString, [](const GraphEdge& e) { return e.relation; }},
      {"class", ColumnType::kString, [](const GraphEdge& e) { return std::string(ToString(e.event_class)); }},
      {"quad", ColumnType::kString, [](const GraphEdge& e) { return std::string(ToString(e.quad)); }},
      {"scale", ColumnType::kDouble,
       [](const GraphEdge& e) { return e.scale ? Number(*e.scale) : std::string(); }},
      {"polarity", ColumnType::kString,
       [](const GraphEdge& e) { return std::string(ToString(e.qualifier.polarity())); }},
      {"modality", ColumnType::kString,
       [](const GraphEdge& e) { return std::string(ToString(e.qualifier.modality())); }},
      {"claim", ColumnType::kBoolean,
       [](const GraphEdge& e) { return std::string(e.qualifier.is_fact() ? "false" : "true"); }},
      {"statements", ColumnType::kInteger, [](const GraphEdge& e) { return std::to_string(e.statements); }},
      {"documents", ColumnType::kInteger, [](const GraphEdge& e) { return std::to_string(e.documents); }},
      {"sources", ColumnType::kInteger,
       [](const GraphEdge& e) { return std::to_string(e.independent_sources); }},
      {"first_seen", ColumnType::kString, FirstDay<GraphEdge>},
      {"last_seen", ColumnType::kString, LastDay<GraphEdge>},
      {"speaker", ColumnType::kString,
       [best](const GraphEdge& e) { return best(e, [](const auto& x) { return x.speaker; }); }},
      {"sentence", ColumnType::kString,
       [best](const GraphEdge& e) { return best(e, [](const auto& x) { return x.sentence; }); }},
      {"statement", ColumnType::kString,
       [best](const GraphEdge& e) {
         return best(e, [](const auto& x) { return "s:" + ToHex(x.statement.hash); });
       }},
      {"url", ColumnType::kString,
       [best](const GraphEdge& e) { return best(e, [](const auto& x) { return SafeUrl(x.url); }); }},
  };
  return kColumns;
}

std::string NodeKey(NodeId id) { return "n" + ToHex(id.value); }
std::string EdgeKey(const GraphEdge& edge) { return "e:" + ToHex(edge.id); }
bool HasBothEnds(const GraphEdge& edge) { return edge.source.value != 0 && edge.target.value != 0; }
double EdgeWeight(const GraphEdge& edge) { return std::max<uint32_t>(1, edge.independent_sources); }

Color NodeColor(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return {86, 180, 233};  // sky blue
    case EntityType::kGpe:
      return {230, 159, 0};  // orange
    case EntityType::kOrg:
      return {0, 158, 115};  // green
    case EntityType::kGroup:
      return {204, 121, 167};  // purple
    case EntityType::kPlace:
      return {240, 228, 66};  // yellow
    case EntityType::kEvent:
      return {213, 94, 0};  // vermilion
    case EntityType::kThing:
      break;
  }
  return {187, 187, 187};
}

Color EdgeColor(Quad quad) {
  switch (quad) {
    case Quad::kVerbalCooperation:
      return {86, 180, 233};
    case Quad::kMaterialCooperation:
      return {0, 114, 178};
    case Quad::kVerbalConflict:
      return {230, 159, 0};
    case Quad::kMaterialConflict:
      return {213, 94, 0};
    case Quad::kNone:
      break;
  }
  return {128, 128, 128};
}

}  // namespace whowhom::exports
