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
void AppendCells(const std::vector<Column<Item>>& columns, const Item& item, std::string* scratch,
                 std::string* row) {
  for (const auto& column : columns) {
    row->push_back(',');
    if (column.type != ColumnType::kString) {
      column.append(item, row);
      continue;
    }
    scratch->clear();
    column.append(item, scratch);
    AppendCsv(*scratch, row);
  }
  row->push_back('\n');
}

}  // namespace

// Column names that Gephi's and Neo4j's importers know: Id, Label; Source, Target, Type, Weight.
Status WriteNodesCsv(const graph::GraphSource& source, Output* output) {
  output->Write("Id,Label" + Header(NodeColumns()));
  std::string row, scratch;
  return source.ForEachNode([&](const graph::GraphNode& node) {
    row = NodeKey(node.id);
    row.push_back(',');
    AppendCsv(node.label, &row);
    AppendCells(NodeColumns(), node, &scratch, &row);
    output->Write(row);
    return true;
  });
}

Status WriteEdgesCsv(const graph::GraphSource& source, Output* output) {
  output->Write("Id,Source,Target,Type,Weight" + Header(EdgeColumns()));
  std::string row, scratch;
  return source.ForEachEdge([&](const graph::GraphEdge& edge) {
    if (!HasBothEnds(edge)) return true;
    row = EdgeKey(edge);
    row.append(",")
        .append(NodeKey(edge.source))
        .append(",")
        .append(NodeKey(edge.target))
        .append(",Directed,");
    AppendNumber(static_cast<uint64_t>(EdgeWeight(edge)), &row);
    AppendCells(EdgeColumns(), edge, &scratch, &row);
    output->Write(row);
    return true;
  });
}

}  // namespace whowhom::exports
