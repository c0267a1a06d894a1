#include <array>
#include <cmath>
#include <cstdio>
#include <unordered_map>

#include "attributes.h"
#include "layout.h"
#include "text_escape.h"
#include "whowhom/export/graph_files.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::GraphNode;

constexpr std::array<std::string_view, 4> kTypeNames = {"string", "integer", "double", "boolean"};

std::string Spell(const std::optional<DayRange>& days) {
  if (!days) return {};
  return " start=\"" + FormatDay(days->from) + "\" end=\"" + FormatDay(days->to) + "\"";
}

template <typename Item>
void WriteAttributeList(std::string_view item_class, const std::vector<Column<Item>>& columns,
                        Output* output) {
  std::string text = "    <attributes class=\"" + std::string(item_class) + "\">\n";
  for (const auto& column : columns) {
    text += "      <attribute id=\"" + std::string(column.name) + "\" title=\"" + std::string(column.name) +
            "\" type=\"" + std::string(kTypeNames[static_cast<size_t>(column.type)]) + "\"/>\n";
  }
  output->Write(text + "    </attributes>\n");
}

template <typename Item>
std::string AttributeValues(const std::vector<Column<Item>>& columns, const Item& item) {
  std::string text = "<attvalues>";
  for (const auto& column : columns) {
    const std::string value = column.value(item);
    if (value.empty()) continue;
    text.append("<attvalue for=\"")
        .append(column.name)
        .append("\" value=\"")
        .append(EscapeXml(value))
        .append("\"/>");
  }
  return text + "</attvalues>";
}

std::string ColorElement(Color color) {
  return "<viz:color r=\"" + std::to_string(color.red) + "\" g=\"" + std::to_string(color.green) + "\" b=\"" +
         std::to_string(color.blue) + "\"/>";
}

std::string PositionElement(const Point& point) {
  char buffer[80];
  std::snprintf(buffer, sizeof(buffer), "<viz:position x=\"%.1f\" y=\"%.1f\" z=\"0\"/>", point.x, point.y);
  return buffer;
}

std::string SizeElement(double size) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "<viz:size value=\"%.1f\"/>", size);
  return buffer;
}

// Gephi merges parallel edges of one kind, so what an edge says and how it is said make the kind.
std::string KindOf(const GraphEdge& edge) {
  std::string kind = edge.relation;
  if (edge.qualifier.polarity() == Polarity::kNegative) kind.insert(0, "not ");
  if (edge.qualifier.modality() != Modality::kAsserted)
    kind.append(" (").append(ToString(edge.qualifier.modality())).append(")");
  if (edge.qualifier.attributed()) kind += " (claim)";
  return kind;
}

// What must be known before the first node is written.
struct Shape {
  std::unordered_map<NodeId, uint32_t> degree;
  std::vector<Point> points;  // by order of the nodes; empty for a graph too large to lay out
};

Result<Shape> ShapeOf(const graph::GraphSource& source) {
  Shape shape;
  std::vector<std::pair<NodeId, NodeId>> ends;
  WHOWHOM_TRY_STATUS(source.ForEachEdge([&](const GraphEdge& edge) {
    if (!HasBothEnds(edge)) return true;
    ++shape.degree[edge.source];
    ++shape.degree[edge.target];
    if (ends.size() <= kMaxLaidOutEdges) ends.emplace_back(edge.source, edge.target);
    return true;
  }));
  if (ends.size() > kMaxLaidOutEdges || shape.degree.size() > kMaxLaidOutNodes) return shape;
  std::unordered_map<NodeId, uint32_t> order;
  WHOWHOM_TRY_STATUS(source.ForEachNode([&order](const GraphNode& node) {
    order.emplace(node.id, static_cast<uint32_t>(order.size()));
    return order.size() <= kMaxLaidOutNodes;
  }));
  if (order.size() > kMaxLaidOutNodes) return shape;
  std::vector<std::pair<uint32_t, uint32_t>> edges;
  for (const auto& [a, b] : ends) {
    const auto first = order.find(a);
    const auto second = order.find(b);
    if (first != order.end() && second != order.end()) edges.emplace_back(first->second, second->second);
  }
  shape.points = LayOut(order.size(), edges);
  return shape;
}

}  // namespace

Status WriteGexf(const graph::GraphSource& source, const GexfOptions& options, Output* output) {
  const bool is_13 = options.version == GexfVersion::k13;
  const std::string space = is_13 ? "http://gexf.net/1.3" : "http://www.gexf.net/1.2draft";
  output->Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"" + space + "\" xmlns:viz=\"" +
                space + "/viz\" version=\"" + (is_13 ? "1.3" : "1.2") + "\">\n");
  output->Write("  <meta>\n    <creator>whowhom</creator>\n    <description>" + EscapeXml(options.title) +
                "</description>\n  </meta>\n");
  output->Write(std::string("  <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\"") +
                (is_13 ? " timerepresentation=\"interval\"" : "") + ">\n");
  WriteAttributeList("node", NodeColumns(), output);
  WriteAttributeList("edge", EdgeColumns(), output);
  WHOWHOM_TRY(const Shape shape, ShapeOf(source));
  output->Write("    <nodes>\n");
  size_t index = 0;
  WHOWHOM_TRY_STATUS(source.ForEachNode([&](const GraphNode& node) {
    const auto found = shape.degree.find(node.id);
    const double size = 6 + 4 * std::sqrt(found == shape.degree.end() ? 0.0 : found->second);
    const Point point = index < shape.points.size() ? shape.points[index] : SpiralPosition(index);
    ++index;
    output->Write("      <node id=\"" + NodeKey(node.id) + "\" label=\"" + EscapeXml(node.label) + "\"" +
                  Spell(node.days) + ">" + AttributeValues(NodeColumns(), node) +
                  ColorElement(NodeColor(node.type)) + PositionElement(point) + SizeElement(size) +
                  "</node>\n");
    return true;
  }));
  output->Write("    </nodes>\n    <edges>\n");
  WHOWHOM_TRY_STATUS(source.ForEachEdge([&](const GraphEdge& edge) {
    if (!HasBothEnds(edge)) return true;
    char weight[32];
    std::snprintf(weight, sizeof(weight), "%.1f", EdgeWeight(edge));
    std::string kind;
    if (is_13) kind = " kind=\"" + EscapeXml(KindOf(edge)) + "\"";
    output->Write("      <edge id=\"" + EdgeKey(edge) + "\" source=\"" + NodeKey(edge.source) +
                  "\" target=\"" + NodeKey(edge.target) + "\" label=\"" + EscapeXml(edge.relation) +
                  "\" weight=\"" + weight + "\"" + kind + Spell(edge.days) + ">" +
                  AttributeValues(EdgeColumns(), edge) + ColorElement(EdgeColor(edge.quad)) + "</edge>\n");
    return true;
  }));
  output->Write("    </edges>\n  </graph>\n</gexf>\n");
  return {};
}

}  // namespace whowhom::exports
