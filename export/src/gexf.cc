#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <unordered_map>
#include <vector>

#include "attributes.h"
#include "layout.h"
#include "text_escape.h"
#include "whowhom/export/graph_files.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::GraphNode;

constexpr std::array<std::string_view, 4> kTypeNames = {"string", "integer", "double", "boolean"};

void AppendSpell(const std::optional<DayRange>& days, std::string* row) {
  if (!days) return;
  row->append(" start=\"")
      .append(FormatDay(days->from))
      .append("\" end=\"")
      .append(FormatDay(days->to))
      .append("\"");
}

// The separate times of an edge, in order, those that touch joined; empty unless every statement is given.
std::vector<DayRange> SpellsOf(const GraphEdge& edge) {
  std::vector<DayRange> spells;
  if (edge.statements < 2 || edge.evidence.size() < edge.statements) return spells;
  for (const auto& evidence : edge.evidence) {
    if (!evidence.days) return {};
    spells.push_back(*evidence.days);
  }
  std::sort(spells.begin(), spells.end());
  size_t last = 0;
  for (size_t i = 1; i < spells.size(); ++i) {
    if (spells[i].from.number <= spells[last].to.number + 1) {
      spells[last].to = std::max(spells[last].to, spells[i].to);
    } else {
      spells[++last] = spells[i];
    }
  }
  spells.resize(last + 1);
  return spells;
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
void AppendAttributeValues(const std::vector<Column<Item>>& columns, const Item& item, std::string* scratch,
                           std::string* row) {
  *row += "<attvalues>";
  for (const auto& column : columns) {
    scratch->clear();
    column.append(item, scratch);
    if (scratch->empty()) continue;
    row->append("<attvalue for=\"").append(column.name).append("\" value=\"");
    AppendXml(*scratch, row);
    *row += "\"/>";
  }
  *row += "</attvalues>";
}

void AppendColor(Color color, std::string* row) {
  *row += "<viz:color r=\"";
  AppendNumber(color.red, row);
  *row += "\" g=\"";
  AppendNumber(color.green, row);
  *row += "\" b=\"";
  AppendNumber(color.blue, row);
  *row += "\"/>";
}

void AppendPlace(const Point& point, double size, std::string* row) {
  *row += "<viz:position x=\"";
  AppendTenths(point.x, row);
  *row += "\" y=\"";
  AppendTenths(point.y, row);
  *row += "\" z=\"0\"/><viz:size value=\"";
  AppendTenths(size, row);
  *row += "\"/>";
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

// How many edges each node has. Memory: O(nodes).
class Degrees {
 public:
  void Count(NodeId id) {
    counts_.emplace_back(id, 1);
    if (counts_.size() > 2 * distinct_ + kRoom) Compact();
  }
  // REQUIRES: sorted.
  uint32_t Of(NodeId id) const {
    const auto at = std::lower_bound(counts_.begin(), counts_.end(), std::pair<NodeId, uint32_t>(id, 0));
    return at == counts_.end() || at->first != id ? 0 : at->second;
  }
  void Sort() { Compact(); }
  size_t size() const { return counts_.size(); }

 private:
  static constexpr size_t kRoom = 65'536;
  void Compact() {
    std::sort(counts_.begin(), counts_.end());
    size_t kept = 0;
    for (size_t i = 0; i < counts_.size(); ++i) {
      if (kept > 0 && counts_[kept - 1].first == counts_[i].first) {
        counts_[kept - 1].second += counts_[i].second;
      } else {
        counts_[kept++] = counts_[i];
      }
    }
    counts_.resize(kept);
    distinct_ = kept;
  }
  std::vector<std::pair<NodeId, uint32_t>> counts_;
  size_t distinct_ = 0;
};

// What must be known before the first node is written.
struct Shape {
  Degrees degrees;
  std::vector<Point> points;  // by order of the nodes; empty for a graph too large to lay out
};

Result<Shape> ShapeOf(const graph::GraphSource& source) {
  Shape shape;
  std::vector<std::pair<NodeId, NodeId>> ends;
  WHOWHOM_TRY_STATUS(source.ForEachPair([&](NodeId from, NodeId to) {
    if (from.value == 0 || to.value == 0) return true;
    shape.degrees.Count(from);
    shape.degrees.Count(to);
    if (ends.size() <= kMaxLaidOutEdges) ends.emplace_back(from, to);
    return true;
  }));
  shape.degrees.Sort();
  if (ends.size() > kMaxLaidOutEdges || shape.degrees.size() > kMaxLaidOutNodes) return shape;
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
  std::string row, scratch;
  WHOWHOM_TRY_STATUS(source.ForEachNode([&](const GraphNode& node) {
    const double size = 6 + 4 * std::sqrt(shape.degrees.Of(node.id));
    const Point point = index < shape.points.size() ? shape.points[index] : SpiralPosition(index);
    ++index;
    row = "      <node id=\"";
    row.append(NodeKey(node.id)).append("\" label=\"");
    AppendXml(node.label, &row);
    row.push_back('"');
    AppendSpell(node.days, &row);
    row.push_back('>');
    AppendAttributeValues(NodeColumns(), node, &scratch, &row);
    AppendColor(NodeColor(node.type), &row);
    AppendPlace(point, size, &row);
    row += "</node>\n";
    output->Write(row);
    return true;
  }));
  output->Write("    </nodes>\n    <edges>\n");
  WHOWHOM_TRY_STATUS(source.ForEachEdge([&](const GraphEdge& edge) {
    if (!HasBothEnds(edge)) return true;
    row = "      <edge id=\"";
    row.append(EdgeKey(edge)).append("\" source=\"").append(NodeKey(edge.source)).append("\" target=\"");
    row.append(NodeKey(edge.target)).append("\" label=\"");
    AppendXml(edge.relation, &row);
    row += "\" weight=\"";
    AppendTenths(EdgeWeight(edge), &row);
    row.push_back('"');
    if (is_13) {
      row += " kind=\"";
      AppendXml(KindOf(edge), &row);
      row.push_back('"');
    }
    const std::vector<DayRange> spells = SpellsOf(edge);
    if (spells.size() < 2) AppendSpell(edge.days, &row);
    row.push_back('>');
    if (spells.size() > 1) {
      row += "<spells>";
      for (const DayRange& spell : spells) {
        row += "<spell";
        AppendSpell(spell, &row);
        row += "/>";
      }
      row += "</spells>";
    }
    AppendAttributeValues(EdgeColumns(), edge, &scratch, &row);
    AppendColor(EdgeColor(edge.quad), &row);
    row += "</edge>\n";
    output->Write(row);
    return true;
  }));
  output->Write("    </edges>\n  </graph>\n</gexf>\n");
  return {};
}

}  // namespace whowhom::exports
