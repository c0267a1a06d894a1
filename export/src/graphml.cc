#include <array>
#include <cstdio>

#include "attributes.h"
#include "text_escape.h"
#include "whowhom/export/graph_files.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::GraphNode;

constexpr std::array<std::string_view, 4> kTypeNames = {"string", "int", "double", "boolean"};

template <typename Item>
void WriteKeys(std::string_view item_class, char prefix, const std::vector<Column<Item>>& columns,
               Output* output) {
  for (const auto& column : columns) {
    output->Write("  <key id=\"" + std::string(1, prefix) + "_" + std::string(column.name) + "\" for=\"" +
                  std::string(item_class) + "\" attr.name=\"" + std::string(column.name) + "\" attr.type=\"" +
                  std::string(kTypeNames[static_cast<size_t>(column.type)]) + "\"/>\n");
  }
}

template <typename Item>
void AppendData(char prefix, const std::vector<Column<Item>>& columns, const Item& item, std::string* scratch,
                std::string* row) {
  for (const auto& column : columns) {
    scratch->clear();
    column.append(item, scratch);
    if (scratch->empty()) continue;
    *row += "<data key=\"";
    row->push_back(prefix);
    row->append("_").append(column.name).append("\">");
    AppendXml(*scratch, row);
    *row += "</data>";
  }
}

std::string Hex(Color color) {
  char buffer[8];
  std::snprintf(buffer, sizeof(buffer), "#%02X%02X%02X", color.red, color.green, color.blue);
  return buffer;
}

std::string YedNode(const GraphNode& node) {
  return "<data key=\"y_node\"><y:ShapeNode><y:Fill color=\"" + Hex(NodeColor(node.type)) +
         "\"/><y:NodeLabel>" + EscapeXml(node.label) + "</y:NodeLabel><y:Shape type=\"" +
         (node.type == EntityType::kPerson ? "ellipse" : "roundrectangle") + "\"/></y:ShapeNode></data>";
}

std::string YedEdge(const GraphEdge& edge) {
  return "<data key=\"y_edge\"><y:PolyLineEdge><y:LineStyle color=\"" + Hex(EdgeColor(edge.quad)) +
         "\" type=\"" + (edge.qualifier.is_fact() ? "line" : "dashed") +
         "\" width=\"1.0\"/><y:Arrows source=\"none\" target=\"standard\"/><y:EdgeLabel>" +
         EscapeXml(edge.relation) + "</y:EdgeLabel></y:PolyLineEdge></data>";
}

}  // namespace

Status WriteGraphml(const graph::GraphSource& source, GraphmlDialect dialect, Output* output) {
  const bool yed = dialect == GraphmlDialect::kYed;
  output->Write(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"" +
      std::string(yed ? " xmlns:y=\"http://www.yworks.com/xml/graphml\"" : "") + ">\n");
  output->Write("  <key id=\"n_label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n");
  WriteKeys("node", 'n', NodeColumns(), output);
  output->Write("  <key id=\"e_label\" for=\"edge\" attr.name=\"label\" attr.type=\"string\"/>\n");
  output->Write("  <key id=\"e_weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n");
  WriteKeys("edge", 'e', EdgeColumns(), output);
  if (yed) {
    output->Write(
        "  <key id=\"y_node\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n  <key id=\"y_edge\" for=\"edge\" "
        "yfiles.type=\"edgegraphics\"/>\n");
  }
  output->Write("  <graph id=\"whowhom\" edgedefault=\"directed\">\n");
  std::string row, scratch;
  WHOWHOM_TRY_STATUS(source.ForEachNode([&](const GraphNode& node) {
    row = "    <node id=\"";
    row.append(NodeKey(node.id)).append("\"><data key=\"n_label\">");
    AppendXml(node.label, &row);
    row += "</data>";
    AppendData('n', NodeColumns(), node, &scratch, &row);
    if (yed) row += YedNode(node);
    row += "</node>\n";
    output->Write(row);
    return true;
  }));
  WHOWHOM_TRY_STATUS(source.ForEachEdge([&](const GraphEdge& edge) {
    if (!HasBothEnds(edge)) return true;
    row = "    <edge id=\"";
    row.append(EdgeKey(edge)).append("\" source=\"").append(NodeKey(edge.source)).append("\" target=\"");
    row.append(NodeKey(edge.target)).append("\"><data key=\"e_label\">");
    AppendXml(edge.relation, &row);
    row += "</data><data key=\"e_weight\">";
    AppendTenths(EdgeWeight(edge), &row);
    row += "</data>";
    AppendData('e', EdgeColumns(), edge, &scratch, &row);
    if (yed) row += YedEdge(edge);
    row += "</edge>\n";
    output->Write(row);
    return true;
  }));
  output->Write("  </graph>\n</graphml>\n");
  return {};
}

}  // namespace whowhom::exports
