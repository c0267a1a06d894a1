// The columns that every tabular export shares, in one place: names, types and values of nodes and edges.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/graph/subgraph.h"

namespace whowhom::exports {

enum class ColumnType : uint8_t { kString, kInteger, kDouble, kBoolean };

template <typename Item>
struct Column {
  std::string_view name;
  ColumnType type = ColumnType::kString;
  void (*append)(const Item&, std::string*) = nullptr;  // the value, not escaped; nothing = no value
};

// label, type, country, sector, mentions, documents, aliases, first_seen, last_seen
const std::vector<Column<graph::GraphNode>>& NodeColumns();
// relation, class, quad, scale, polarity, modality, claim, statements, documents, sources, first_seen,
// last_seen, speaker, sentence, statement, url
const std::vector<Column<graph::GraphEdge>>& EdgeColumns();

std::string NodeKey(NodeId id);                     // "n" + 16 hex
std::string EdgeKey(const graph::GraphEdge& edge);  // "e:" + 16 hex
bool HasBothEnds(const graph::GraphEdge& edge);
// Independent sources, at least 1.
double EdgeWeight(const graph::GraphEdge& edge);

void AppendNumber(uint64_t value, std::string* out);
// Appends a number as "%.1f" and "%.2f" would print it.
void AppendTenths(double value, std::string* out);
void AppendHundredths(double value, std::string* out);

struct Color {
  uint8_t red = 0, green = 0, blue = 0;
};
// Okabe-Ito palette (safe for colour-blind readers), by type of actor and by kind of event.
Color NodeColor(EntityType type);
Color EdgeColor(Quad quad);

}  // namespace whowhom::exports
