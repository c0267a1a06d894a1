#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "commands/commands.h"
#include "graph_session.h"
#include "whowhom/core/utf8.h"
#include "whowhom/extract/pipeline.h"
#include "whowhom/graph/algorithms.h"
#include "whowhom/graph/question.h"
#include "whowhom/graph/traversal.h"

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

Result<graph::EdgeFilter> EdgeFilterOf(const Context& context) {
  graph::EdgeFilter filter;
  WHOWHOM_TRY(filter.classes, ClassesOf(context));
  WHOWHOM_TRY(filter.days, DaysOf(context));
  filter.facts_only = context.in().Has("--facts");
  filter.claims_only = context.in().Has("--claims");
  WHOWHOM_TRY(const size_t sources, context.in().Number("--min-sources", 0, 0, 1000000));
  filter.min_documents = static_cast<uint32_t>(sources);
  return filter;
}

std::string TwoDigits(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%.2f", value);
  return buffer;
}

// A number in every format, rounded as scores are.
Cell Rounded(double value) { return std::round(value * 100) / 100; }

Result<int> Finished(Context& context, const Table& table, const std::string& nothing) {
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  if (!table.rows.empty()) return kDone;
  context.Note("no result: " + nothing);
  return kNoResult;
}

Result<int> RankDyads(Context& context, const graph::View& view, const graph::EdgeFilter& filter,
                      size_t limit) {
  WHOWHOM_TRY(const auto dyads, graph::Dyads(view, filter, limit));
  Table table;
  table.columns = {"actor", "and", "cooperation", "conflict", "balance"};
  for (const auto& dyad : dyads) {
    table.rows.push_back({Show(view, dyad.a), Show(view, dyad.b), static_cast<int64_t>(dyad.cooperative),
                          static_cast<int64_t>(dyad.conflictual), Rounded(dyad.balance)});
  }
  return Finished(context, table, "no pairs under these conditions");
}

Result<int> RankBrokers(Context& context, const graph::View& view, const graph::RankOptions& options,
                        size_t limit) {
  WHOWHOM_TRY(const auto brokers, graph::Brokers(view, options, limit));
  Table table;
  table.columns = {"actor", "participation", "communities", "strength"};
  for (const auto& broker : brokers) {
    table.rows.push_back({Show(view, broker.node), Rounded(broker.participation),
                          static_cast<int64_t>(broker.communities), static_cast<int64_t>(broker.strength)});
  }
  return Finished(context, table, "no brokers under these conditions");
}

}  // namespace

Result<int> PrintPath(Context& context, const graph::View& view, NodeId from, NodeId to) {
  if (from == to) return InvalidInput("path: both names are read as " + Show(view, from));
  graph::PathOptions options;
  WHOWHOM_TRY(options.count, context.in().Number("--k", 1, 1, 50));
  WHOWHOM_TRY(options.filter, EdgeFilterOf(context));
  const std::string by = context.in().Get("--by", "steps");
  if (by != "steps" && by != "evidence")
    return InvalidInput("option --by: expected steps or evidence, not \"" + by.substr(0, 40) + "\"");
  options.by_weight = by == "evidence";
  const std::string direction = context.in().Get("--direction", "both");
  if (direction != "both" && direction != "out")
    return InvalidInput("option --direction: expected out or both, not \"" + direction.substr(0, 40) + "\"");
  options.directed = direction == "out";
  WHOWHOM_TRY(options.max_degree, context.in().Number("--avoid-hubs", 0, 1, 1000000000));
  for (const std::string& name : context.in().GetAll("--avoid")) {
    WHOWHOM_TRY(const graph::GraphNode node, FindActor(context, view, name));
    options.avoid.push_back(node.id);
  }
  WHOWHOM_TRY(const auto paths, graph::FindPaths(view, from, to, options));
  if (paths.empty()) {
    context.Note("no result: no path from " + Show(view, from) + " to " + Show(view, to) + " within " +
                 std::to_string(options.max_steps) + " steps");
    return kNoResult;
  }
  Table table;
  table.columns = {"path", "step", "who", "did", "whom", "when", "kind", "id", "sentence"};
  for (size_t number = 0; number < paths.size(); ++number) {
    for (size_t step = 0; step < paths[number].edges.size(); ++step) {
      const auto& edge = paths[number].edges[step];
      table.rows.push_back({static_cast<int64_t>(number + 1), static_cast<int64_t>(step + 1),
                            Show(view, edge.source), edge.relation, Show(view, edge.target),
                            ShowDays(edge.days), ShowQualifier(edge.qualifier), graph::FormatEdgeId(edge.id),
                            edge.evidence.empty() ? std::string() : edge.evidence.front().sentence});
    }
  }
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  if (!context.in().Has("--render")) return kDone;
  std::vector<graph::GraphEdge> edges;
  for (const auto& path : paths) edges.insert(edges.end(), path.edges.begin(), path.edges.end());
  WHOWHOM_TRY_STATUS(
      DrawEdges(context, view, std::move(edges), "From " + Show(view, from) + " to " + Show(view, to)));
  return kDone;
}

Result<int> RunPath(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 2, 2));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  WHOWHOM_TRY(const graph::GraphNode from, FindActor(context, *session.view, context.in().arguments()[0]));
  WHOWHOM_TRY(const graph::GraphNode to, FindActor(context, *session.view, context.in().arguments()[1]));
  return PrintPath(context, *session.view, from.id, to.id);
}

Result<int> RunTimeline(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 2));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  std::vector<NodeId> actors;
  for (const std::string& name : context.in().arguments()) {
    WHOWHOM_TRY(const graph::GraphNode node, FindActor(context, *session.view, name));
    actors.push_back(node.id);
  }
  graph::TimelineOptions options;
  const std::string grain = context.in().Get("--by", "month");
  const auto parsed = ParseTimeGrain(grain);
  if (!parsed)
    return InvalidInput("option --by: expected day, week, month, quarter or year, not \"" +
                        grain.substr(0, 40) + "\"");
  options.grain = *parsed;
  WHOWHOM_TRY(options.filter, EdgeFilterOf(context));
  options.filter.positive_only = false;
  WHOWHOM_TRY(const auto rows, graph::Timeline(*session.view, actors, options));
  WHOWHOM_TRY(const size_t limit, context.limit(1000));
  Table table;
  table.columns = {"from", "to", "statements", "cooperation", "conflict", "scale", "top edges"};
  for (const auto& row : rows) {
    if (table.rows.size() >= limit) break;
    std::string edges;
    for (const uint64_t id : row.edges) {
      WHOWHOM_TRY(const auto match, session.view->LookupId(graph::FormatEdgeId(id)));
      if (!match.edge) continue;
      edges += (edges.empty() ? "" : "; ") + Show(*session.view, match.edge->source) + " " +
               match.edge->relation + " " + Show(*session.view, match.edge->target);
    }
    table.rows.push_back({FormatDay(row.from), FormatDay(row.to), static_cast<int64_t>(row.statements),
                          static_cast<int64_t>(row.cooperative), static_cast<int64_t>(row.conflictual),
                          row.scale ? Rounded(*row.scale) : Cell(), edges});
  }
  return Finished(context, table, "nothing dated under these conditions");
}

Result<int> RunEvents(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 20));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  std::vector<NodeId> actors;
  for (const std::string& name : context.in().arguments()) {
    WHOWHOM_TRY(const graph::GraphNode node, FindActor(context, *session.view, name));
    actors.push_back(node.id);
  }
  WHOWHOM_TRY(const auto filter, EdgeFilterOf(context));
  WHOWHOM_TRY(const auto rows, graph::Events(*session.view, actors, filter));
  WHOWHOM_TRY(const size_t limit, context.limit(1000));
  Table table;
  table.columns = {"day",  "until", "source",  "class",   "relation", "target",
                   "quad", "scale", "reports", "sources", "id"};
  for (const auto& row : rows) {
    if (table.rows.size() >= limit) break;
    table.rows.push_back({FormatDay(row.day), row.until > row.day ? Cell(FormatDay(row.until)) : Cell(),
                          Show(*session.view, row.source), std::string(ToString(row.event_class)),
                          row.relation, Show(*session.view, row.target), std::string(ToString(row.quad)),
                          row.scale ? Rounded(*row.scale) : Cell(), static_cast<int64_t>(row.reports),
                          static_cast<int64_t>(row.independent_sources), graph::FormatEdgeId(row.edge)});
  }
  return Finished(context, table, "no coded events under these conditions");
}

Result<int> RunChanges(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 0));
  WHOWHOM_TRY(const auto since, context.in().Date("--since"));
  if (!since) return InvalidInput("`changes` needs --since DAY");
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  WHOWHOM_TRY(const size_t limit, context.limit(50));
  WHOWHOM_TRY(const auto changes, graph::ChangesSince(*session.view, *since, {}, limit));
  Table table;
  table.columns = {"change", "who", "did", "whom", "when", "id", "sentence"};
  for (const auto& turn : changes.turned) {
    table.rows.push_back(
        {std::string(turn.after < turn.before ? "turned to conflict" : "turned to cooperation"),
         Show(*session.view, turn.a), TwoDigits(turn.before) + " -> " + TwoDigits(turn.after),
         Show(*session.view, turn.b), std::string(), std::string(), std::string()});
  }
  for (const NodeId actor : changes.new_actors) {
    table.rows.push_back({std::string("new actor"), Show(*session.view, actor), std::string(), std::string(),
                          std::string(), std::string(), std::string()});
  }
  for (const auto& edge : changes.new_edges) {
    table.rows.push_back({std::string("new edge"), Show(*session.view, edge.source), edge.relation,
                          Show(*session.view, edge.target), ShowDays(edge.days), graph::FormatEdgeId(edge.id),
                          edge.evidence.empty() ? std::string() : edge.evidence.front().sentence});
  }
  return Finished(context, table, "nothing new since " + FormatDay(*since));
}

Result<int> RunContradictions(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 0));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  WHOWHOM_TRY(graph::EdgeFilter filter, EdgeFilterOf(context));
  filter.positive_only = false;
  WHOWHOM_TRY(const size_t limit, context.limit(50));
  WHOWHOM_TRY(const auto resources, extract::FindResources());
  WHOWHOM_TRY(const auto reader, graph::QuestionReader::Load(resources.data_dir, nullptr));
  WHOWHOM_TRY(const auto found,
              graph::Contradictions(*session.view, filter, reader->VerbsLike("deny"), limit));
  Table table;
  table.columns = {"who", "did",    "whom",     "said by",         "denied by",
                   "id",  "denial", "sentence", "denying sentence"};
  const auto voice = [&](const graph::GraphEdge& edge, bool speaks_itself) {
    if (edge.evidence.empty()) return std::string();
    const auto& item = edge.evidence.front();
    if (speaks_itself && item.speaker.empty()) return Show(*session.view, edge.source);
    return item.speaker.empty() ? (item.outlet.empty() ? item.path : item.outlet) : item.speaker;
  };
  const auto sentence = [](const graph::GraphEdge& edge) {
    return edge.evidence.empty() ? std::string() : edge.evidence.front().sentence;
  };
  for (const auto& item : found) {
    // An accusation is said by who accuses, "denied" by who denies.
    const bool is_denial = item.denied.qualifier.polarity() == Polarity::kPositive;
    table.rows.push_back({Show(*session.view, item.claimed.source), item.claimed.relation,
                          Show(*session.view, item.claimed.target), voice(item.claimed, is_denial),
                          voice(item.denied, is_denial), graph::FormatEdgeId(item.claimed.id),
                          graph::FormatEdgeId(item.denied.id), sentence(item.claimed),
                          sentence(item.denied)});
  }
  return Finished(context, table, "nothing is both claimed and denied");
}

Result<int> RunActor(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  const graph::View& view = *session.view;
  WHOWHOM_TRY(const graph::GraphNode actor, FindActor(context, view, context.in().arguments()[0]));
  WHOWHOM_TRY(const Format format, context.format());
  graph::SubgraphFilter filter;
  filter.around = {actor.id};
  WHOWHOM_TRY(graph::Subgraph part, graph::Collect(*view.Select(filter)));
  std::erase_if(part.edges,
                [&](const auto& edge) { return edge.source != actor.id && edge.target != actor.id; });
  WHOWHOM_TRY(const size_t limit, context.limit(20));
  const Table relations = EdgeTable(view, part.edges, limit);
  if (format != Format::kTable) {
    WHOWHOM_TRY_STATUS(context.WriteTable(relations));
    return kDone;
  }
  context.Write(actor.label + "  (" + std::string(ToString(actor.type)) +
                (actor.country.empty() ? "" : ", " + actor.country) +
                (actor.sector.empty() ? "" : ", " + actor.sector) + ")  a:" + ToHex(actor.id.value) + "\n");
  context.Write(std::to_string(actor.mentions) + " mentions in " + std::to_string(actor.documents) +
                " articles" + (actor.days ? ", " + ShowDays(actor.days) : "") + "\n");
  std::string names;
  for (const std::string& alias : actor.aliases) names += (names.empty() ? "" : "; ") + alias;
  context.Write("names seen: " + names + "\n");
  const auto members = view.identity().MembersOf(actor.id);
  if (members.size() > 1) {
    std::string text;
    for (const NodeId member : members) {
      WHOWHOM_TRY(const auto node, view.snapshot().FindNode(member));
      if (node) text += (text.empty() ? "" : "; ") + node->ref.label;
    }
    context.Write("joined from: " + text + "\n");
  }
  std::set<std::string> roles;
  for (const auto& edge : part.edges) {
    const bool is_role =
        edge.source == actor.id && edge.qualifier.is_fact() && edge.relation.starts_with("be ");
    if (is_role)
      roles.insert(edge.relation.substr(3) + (edge.target.value == 0 ? "" : " " + Show(view, edge.target)) +
                   (edge.days ? " (" + ShowDays(edge.days) + ")" : ""));
  }
  for (const std::string& role : roles) context.Write("role: " + role + "\n");
  std::set<std::string> articles;
  for (const auto& edge : part.edges) {
    for (const auto& item : edge.evidence) articles.insert(item.path);
  }
  for (const std::string& path : articles) context.Write("article: " + path + "\n");
  context.Write("\n");
  WHOWHOM_TRY_STATUS(context.WriteTable(relations));
  return kDone;
}

Result<int> RunRank(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 0));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  graph::RankOptions options;
  WHOWHOM_TRY(options.filter, EdgeFilterOf(context));
  WHOWHOM_TRY(const size_t limit, context.limit(20));
  const std::string by = context.in().Get("--by", "pagerank");
  if (by == "balance") return RankDyads(context, *session.view, options.filter, limit);
  if (by == "broker") return RankBrokers(context, *session.view, options, limit);
  const auto measure = graph::ParseMeasure(by);
  if (!measure) {
    return InvalidInput(
        "option --by: expected degree, in-degree, out-degree, strength, pagerank, betweenness, core, "
        "community, component, balance "
        "or broker, not \"" +
        by.substr(0, 40) + "\"");
  }
  WHOWHOM_TRY(options.samples, context.in().Number("--samples", 0, 1, 1000000));
  if (options.samples > 0 && measure != graph::Measure::kBetweenness) {
    return InvalidInput("option --samples: only for --by betweenness");
  }
  WHOWHOM_TRY(const graph::Ranking ranking, graph::Rank(*session.view, *measure, options));
  Table table;
  table.columns = {"actor", std::string(graph::ToString(*measure))};
  for (const auto& score : ranking.scores) {
    if (table.rows.size() >= limit) break;
    table.rows.push_back({Show(*session.view, score.node), score.value});
  }
  if (ranking.sampled) context.Note("sampled: +-" + std::to_string(ranking.error));
  if (ranking.groups > 0) context.Note(std::to_string(ranking.groups) + " groups");
  return Finished(context, table, "no actors under these conditions");
}

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
  WHOWHOM_TRY_STATUS(context.WriteTable(EdgeTable(*session.view, part.edges, limit)));
  if (context.in().Has("--render"))
    WHOWHOM_TRY_STATUS(DrawEdges(context, *session.view, std::move(part.edges), actor.label));
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
