#include "attributes.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "text_escape.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::GraphNode;

// |value| small enough to be printed through integers.
constexpr double kMaxFixed = 1e12;

void AppendFixed(double value, int64_t scale, std::string* out) {
  if (!(std::abs(value) < kMaxFixed)) {
    char buffer[400];
    out->append(buffer, static_cast<size_t>(
                            std::snprintf(buffer, sizeof(buffer), scale == 10 ? "%.1f" : "%.2f", value)));
    return;
  }
  const auto scaled = static_cast<int64_t>(std::llround(std::abs(value) * static_cast<double>(scale)));
  if (value < 0 && scaled > 0) out->push_back('-');
  AppendNumber(static_cast<uint64_t>(scaled / scale), out);
  out->push_back('.');
  const int64_t rest = scaled % scale;
  if (scale == 100) out->push_back(static_cast<char>('0' + rest / 10));
  out->push_back(static_cast<char>('0' + rest % 10));
}

template <typename Item>
void FirstDay(const Item& item, std::string* out) {
  if (item.days) *out += FormatDay(item.days->from);
}
template <typename Item>
void LastDay(const Item& item, std::string* out) {
  if (item.days) *out += FormatDay(item.days->to);
}

void Aliases(const GraphNode& node, std::string* out) {
  for (size_t i = 0; i < node.aliases.size(); ++i) {
    if (i > 0) *out += " | ";
    *out += node.aliases[i];
  }
}

}  // namespace

void AppendNumber(uint64_t value, std::string* out) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  out->append(digits, static_cast<size_t>(end - digits));
}
void AppendTenths(double value, std::string* out) { AppendFixed(value, 10, out); }
void AppendHundredths(double value, std::string* out) { AppendFixed(value, 100, out); }

const std::vector<Column<GraphNode>>& NodeColumns() {
  static const std::vector<Column<GraphNode>> kColumns = {
      {"type", ColumnType::kString, [](const GraphNode& n, std::string* out) { *out += ToString(n.type); }},
      {"country", ColumnType::kString, [](const GraphNode& n, std::string* out) { *out += n.country; }},
      {"sector", ColumnType::kString, [](const GraphNode& n, std::string* out) { *out += n.sector; }},
      {"actor", ColumnType::kBoolean,
       [](const GraphNode& n, std::string* out) { *out += n.is_actor ? "true" : "false"; }},
      {"mentions", ColumnType::kInteger,
       [](const GraphNode& n, std::string* out) { AppendNumber(n.mentions, out); }},
      {"documents", ColumnType::kInteger,
       [](const GraphNode& n, std::string* out) { AppendNumber(n.documents, out); }},
      {"aliases", ColumnType::kString, Aliases},
      {"first_seen", ColumnType::kString, FirstDay<GraphNode>},
      {"last_seen", ColumnType::kString, LastDay<GraphNode>},
  };
  return kColumns;
}

const std::vector<Column<GraphEdge>>& EdgeColumns() {
  static const std::vector<Column<GraphEdge>> kColumns = {
      {"relation", ColumnType::kString, [](const GraphEdge& e, std::string* out) { *out += e.relation; }},
      {"class", ColumnType::kString,
       [](const GraphEdge& e, std::string* out) { *out += ToString(e.event_class); }},
      {"quad", ColumnType::kString, [](const GraphEdge& e, std::string* out) { *out += ToString(e.quad); }},
      {"scale", ColumnType::kDouble,
       [](const GraphEdge& e, std::string* out) {
         if (e.scale) AppendHundredths(*e.scale, out);
       }},
      {"polarity", ColumnType::kString,
       [](const GraphEdge& e, std::string* out) { *out += ToString(e.qualifier.polarity()); }},
      {"modality", ColumnType::kString,
       [](const GraphEdge& e, std::string* out) { *out += ToString(e.qualifier.modality()); }},
      {"claim", ColumnType::kBoolean,
       [](const GraphEdge& e, std::string* out) { *out += e.qualifier.is_fact() ? "false" : "true"; }},
      {"statements", ColumnType::kInteger,
       [](const GraphEdge& e, std::string* out) { AppendNumber(e.statements, out); }},
      {"documents", ColumnType::kInteger,
       [](const GraphEdge& e, std::string* out) { AppendNumber(e.documents, out); }},
      {"sources", ColumnType::kInteger,
       [](const GraphEdge& e, std::string* out) { AppendNumber(e.independent_sources, out); }},
      {"first_seen", ColumnType::kString, FirstDay<GraphEdge>},
      {"last_seen", ColumnType::kString, LastDay<GraphEdge>},
      {"speaker", ColumnType::kString,
       [](const GraphEdge& e, std::string* out) {
         if (!e.evidence.empty()) *out += e.evidence.front().speaker;
       }},
      {"sentence", ColumnType::kString,
       [](const GraphEdge& e, std::string* out) {
         if (!e.evidence.empty()) *out += e.evidence.front().sentence;
       }},
      {"statement", ColumnType::kString,
       [](const GraphEdge& e, std::string* out) {
         if (!e.evidence.empty()) out->append("s:").append(ToHex(e.evidence.front().statement.hash));
       }},
      {"url", ColumnType::kString,
       [](const GraphEdge& e, std::string* out) {
         if (!e.evidence.empty()) *out += SafeUrl(e.evidence.front().url);
       }},
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
