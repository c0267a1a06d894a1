#include <algorithm>
#include <map>

#include "commands/commands.h"
#include "graph_session.h"
#include "whowhom/core/utf8.h"

namespace whowhom::cli {
namespace {

std::string Show(const graph::View& view, NodeId id) {
  if (id.value == 0) return "-";
  const auto node = view.FindNode(id);
  return node.ok() && node->has_value() ? (*node)->label : "?";
}

Table EdgeTable(const graph::View& view, std::vector<graph::GraphEdge> edges, size_t limit) {
  std::stable_sort(edges.begin(), edges.end(), [](const auto& a, const auto& b) {
    return std::tie(a.independent_sources, a.statements) > std::tie(b.independent_sources, b.statements);
  });
  Table table;
  table.columns = {"who", "did", "whom", "class", "count", "sources", "when", "kind", "id", "sentence"};
  for (const auto& edge : edges) {
    if (table.rows.size() >= limit) break;
    table.rows.push_back({Show(view, edge.source), edge.relation, Show(view, edge.target),
                          std::string(ToString(edge.event_class)), static_cast<int64_t>(edge.statements),
                          static_cast<int64_t>(edge.independent_sources), ShowDays(edge.days),
                          ShowQualifier(edge.qualifier), graph::FormatEdgeId(edge.id),
                          edge.evidence.empty() ? std::string() : edge.evidence.front().sentence});
  }
  return table;
}

}  // namespace

Result<int> RunNear(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  const std::string direction = context.in().Get("--direction", "both");
  if (direction != "both" && direction != "out" && direction != "in") {
    return InvalidInput("option --direction: expected out, in or both, not \"" + direction.substr(0, 40) +
                        "\"");
  }
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  WHOWHOM_TRY(const graph::GraphNode actor, FindActor(context, *session.view, context.in().arguments()[0]));
  WHOWHOM_TRY(graph::SubgraphFilter filter, FilterOf(context, *session.view));
  filter.around = {actor.id};
  WHOWHOM_TRY(graph::Subgraph part, graph::Collect(*session.view->Select(filter)));
  if (direction != "both" && filter.depth == 1) {
    std::erase_if(part.edges, [&](const auto& edge) {
      return (direction == "out" ? edge.source : edge.target) != actor.id;
    });
  }
  WHOWHOM_TRY(const size_t limit, context.limit(30));
  if (part.edges.empty()) {
    context.Note("no result: nothing about " + actor.label + " under these conditions");
    return kNoResult;
  }
  const size_t total = part.edges.size();
  WHOWHOM_TRY_STATUS(context.WriteTable(EdgeTable(*session.view, std::move(part.edges), limit)));
  if (total > limit)
    context.Note("(" + std::to_string(limit) + " of " + std::to_string(total) + " edges; -n shows more)");
  return kDone;
}

Result<int> RunActors(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 1));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  std::optional<EntityType> type;
  if (context.in().Has("--type")) {
    type = ParseEntityType(ToUpper(context.in().Get("--type")));
    if (!type) return InvalidInput("option --type: expected PERSON, ORG, GPE, GROUP, PLACE or EVENT");
  }
  const std::string country = ToUpper(context.in().Get("--country"));
  const std::string sector = ToUpper(context.in().Get("--sector"));
  const std::string word = context.in().arguments().empty() ? "" : NormalizeName(context.in().arguments()[0]);
  struct Row {
    graph::GraphNode node;
    uint64_t statements = 0;
  };
  std::map<NodeId, uint64_t> statements;
  graph::SubgraphFilter filter;
  filter.evidence_per_edge = 0;
  const auto source = session.view->Select(filter);
  WHOWHOM_TRY_STATUS(source->ForEachEdge([&](const graph::GraphEdge& edge) {
    statements[edge.source] += edge.statements;
    if (edge.target != edge.source) statements[edge.target] += edge.statements;
    return true;
  }));
  std::vector<Row> rows;
  WHOWHOM_TRY_STATUS(source->ForEachNode([&](const graph::GraphNode& node) {
    const bool named = word.empty() || NormalizeName(node.label).find(word) != std::string::npos ||
                       std::any_of(node.aliases.begin(), node.aliases.end(), [&word](const auto& alias) {
                         return NormalizeName(alias).find(word) != std::string::npos;
                       });
    if (node.is_actor && named && (!type || node.type == *type) &&
        (country.empty() || node.country == country) && (sector.empty() || node.sector == sector)) {
      rows.push_back({node, statements[node.id]});
    }
    return true;
  }));
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tie(a.statements, a.node.mentions) > std::tie(b.statements, b.node.mentions);
  });
  WHOWHOM_TRY(const size_t limit, context.limit(50));
  Table table;
  table.columns = {"actor", "type", "country", "sector", "statements", "mentions", "articles", "also"};
  for (const Row& row : rows) {
    if (table.rows.size() >= limit) break;
    std::string also;
    for (const std::string& alias : row.node.aliases) {
      if (alias != row.node.label) also += (also.empty() ? "" : "; ") + alias;
    }
    table.rows.push_back({row.node.label, std::string(ToString(row.node.type)), row.node.country,
                          row.node.sector, static_cast<int64_t>(row.statements),
                          static_cast<int64_t>(row.node.mentions), static_cast<int64_t>(row.node.documents),
                          also});
  }
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  return table.rows.empty() ? kNoResult : kDone;
}

}  // namespace whowhom::cli
