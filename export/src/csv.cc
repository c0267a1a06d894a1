#include "attributes.h"
#include "text_escape.h"
#include "whowhom/export/graph_files.h"

namespace whowhom::exports {
namespace {

template <typename Item>
std::string Header(const std::vector<Column<Item>>& columns) {
  std::string text;
  for (const auto& column : columns) text.append(",").append(column.name);
  return text + "\n";
}

template <typename Item>
std::string Cells(const std::vector<Column<Item>>& columns, const Item& item) {
  std::string text;
  for (const auto& column : columns) {
    const std::string value = column.value(item);
    text += "," + (column.type == ColumnType::kString ? EscapeCsv(value) : value);
  }
  return text + "\n";
}

}  // namespace

// Column names that Gephi's and Neo4j's importers know: Id, Label; Source, Target, Type, Weight.
Status WriteNodesCsv(const graph::GraphSource& source, Output* output) {
  output->Write("Id,Label" + Header(NodeColumns()));
  return source.ForEachNode([output](const graph::GraphNode& node) {
    output->Write(NodeKey(node.id) + "," + EscapeCsv(node.label) + Cells(NodeColumns(), node));
    return true;
  });
}

Status WriteEdgesCsv(const graph::GraphSource& source, Output* output) {
  output->Write("Id,Source,Target,Type,Weight" + Header(EdgeColumns()));
  return source.ForEachEdge([output](const graph::GraphEdge& edge) {
    if (!HasBothEnds(edge)) return true;
    output->Write(EdgeKey(edge) + "," + NodeKey(edge.source) + "," + NodeKey(edge.target) + ",Directed," +
                  std::to_string(static_cast<uint32_t>(EdgeWeight(edge))) + Cells(EdgeColumns(), edge));
    return true;
  });
}

}  // namespace whowhom::exports
