// Filtered parts of the graph, streamed.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "evidence.h"
#include "sorted_rows.h"
#include "view_impl.h"

namespace whowhom::graph {
namespace {

// Beyond this an ego graph is cut: the strongest edges first.
constexpr size_t kBatchEdges = 32'768;  // completed at once: about 30 MB, and articles are read once for them
constexpr size_t kMaxEgoNodes = 2'000'000;

size_t SortUnique(std::vector<NodeId>* nodes) {
  std::sort(nodes->begin(), nodes->end());
  nodes->erase(std::unique(nodes->begin(), nodes->end()), nodes->end());
  return nodes->size();
}

class Selection : public GraphSource {
 public:
  Selection(const ViewImpl& view, const SubgraphFilter& filter) : view_(view), filter_(filter) {}

  // Decides which nodes belong, where the filter asks for a part.
  Status Prepare() {
    if (!filter_.around.empty()) WHOWHOM_TRY_STATUS(Spread());
    if (filter_.max_nodes) WHOWHOM_TRY_STATUS(KeepStrongest());
    return {};
  }

  Status ForEachNode(const std::function<bool(const GraphNode&)>& visit) const override {
    std::vector<NodeId> nodes;
    if (chosen_ && !filter_.around.empty()) {
      nodes.assign(chosen_->begin(), chosen_->end());
    } else {
      size_t distinct = 0;  // at the head of `nodes`, sorted
      WHOWHOM_TRY_STATUS(ForEachFolded([&](const FoldedEdge& edge) {
        for (const NodeId id : {edge.key.subject, edge.key.object}) {
          if (id.value != 0) nodes.push_back(id);
        }
        if (nodes.size() > 2 * distinct + kBatchEdges) distinct = SortUnique(&nodes);
        return true;
      }));
    }
    SortUnique(&nodes);
    for (NodeId id : nodes) {
      WHOWHOM_TRY(auto node, view_.FindNode(id));
      if (!node || (filter_.actors_only && !node->is_actor)) continue;
      if (!visit(*node)) break;
    }
    return {};
  }

  Status ForEachPair(const std::function<bool(NodeId source, NodeId target)>& visit) const override {
    // Whether an edge has enough independent sources is known only with its evidence.
    if (filter_.min_sources > 1) return GraphSource::ForEachPair(visit);
    return ForEachFolded([&](const FoldedEdge& edge) { return visit(edge.key.subject, edge.key.object); });
  }

  Status ForEachEdge(const std::function<bool(const GraphEdge&)>& visit) const override {
    WHOWHOM_TRY(const storage::StoreStats stats, view_.snapshot().Stats());
    const bool is_whole = !chosen_ && stats.edges > view_.options().max_edges_looked_up;
    return is_whole ? StreamedEdges(visit) : LookedUpEdges(visit);
  }

  std::optional<DayRange> days() const override {
    std::optional<DayRange> range;
    Status status = ForEachFolded([&](const FoldedEdge& edge) {
      if (!edge.days) return true;
      if (!range) range = edge.days;
      range->from = std::min(range->from, edge.days->from);
      range->to = std::max(range->to, edge.days->to);
      return true;
    });
    return status.ok() ? range : std::nullopt;
  }

 private:
  // Every article once, its sentences sorted by edge.
  Status StreamedEdges(const std::function<bool(const GraphEdge&)>& visit) const {
    EdgeStreamOptions options;
    options.wanted = [this](const storage::EdgeKey& key) { return PassesKey(key); };
    options.days = filter_.days;
    options.evidence = filter_.evidence_per_edge;
    return StreamEdges(
        view_, options, [&](const FoldedEdge& edge, ViewImpl::Sentences sentences) -> Result<bool> {
          if (!PassesSums(edge)) return true;
          WHOWHOM_TRY(const GraphEdge complete, view_.CompleteWith(edge, std::move(sentences)));
          return complete.independent_sources < filter_.min_sources || visit(complete);
        });
  }

  Status LookedUpEdges(const std::function<bool(const GraphEdge&)>& visit) const {
    std::vector<FoldedEdge> batch;
    Status problem;
    const auto flush = [&] {
      Result<std::vector<GraphEdge>> complete =
          view_.CompleteAll(batch, filter_.evidence_per_edge, filter_.days);
      batch.clear();
      if (!complete.ok()) problem = complete.error();
      if (!problem.ok()) return false;
      return std::all_of(complete->begin(), complete->end(), [&](const GraphEdge& edge) {
        return edge.independent_sources < filter_.min_sources || visit(edge);
      });
    };
    bool goes_on = true;
    WHOWHOM_TRY_STATUS(ForEachFolded([&](const FoldedEdge& edge) {
      batch.push_back(edge);
      goes_on = batch.size() < kBatchEdges || flush();
      return goes_on;
    }));
    if (goes_on && !batch.empty()) flush();
    return problem;
  }

  Result<bool> PassesKey(const storage::EdgeKey& key) const {
    if (filter_.facts_only && !key.qualifier.is_fact()) return false;
    if (filter_.claims_only && !key.qualifier.attributed()) return false;
    if (!filter_.actors_only) return true;
    if (key.subject.value == 0 || key.object.value == 0) return false;
    WHOWHOM_TRY(const bool subject, IsActor(key.subject));
    if (!subject) return false;
    return IsActor(key.object);
  }

  bool PassesSums(const FoldedEdge& edge) const {
    if (edge.documents < filter_.min_sources) return false;
    if (filter_.classes.empty()) return true;
    return std::any_of(edge.classes.begin(), edge.classes.end(), [&](const storage::ClassCount& c) {
      return std::find(filter_.classes.begin(), filter_.classes.end(), c.event_class) !=
             filter_.classes.end();
    });
  }

  // What an edge can be asked without reading its evidence, but for the days of edges that reach out of the
  // range.
  Result<std::optional<FoldedEdge>> Pass(const FoldedEdge& edge) const {
    WHOWHOM_TRY(const bool passes, PassesKey(edge.key));
    if (!passes || !PassesSums(edge)) return std::optional<FoldedEdge>();
    if (!filter_.days) return std::optional(edge);
    return RestrictDays(edge);
  }

  Result<std::optional<FoldedEdge>> RestrictDays(const FoldedEdge& edge) const {
    const DayRange& days = *filter_.days;
    if (!edge.days || edge.days->to < days.from || days.to < edge.days->from)
      return std::optional<FoldedEdge>();
    if (days.from <= edge.days->from && edge.days->to <= days.to) return std::optional(edge);
    WHOWHOM_TRY(auto refs, view_.EvidenceOf(edge));
    FoldedEdge part = edge;
    part.statements = part.documents = 0;
    part.days.reset();
    part.classes.clear();
    DocId last;
    for (const storage::EvidenceRef& ref : refs) {
      WHOWHOM_TRY(Statement statement, view_.snapshot().LoadStatement(ref));
      std::optional<DayRange> when = DaysOf(statement);
      if (!Overlaps(when, days)) continue;
      CountClass(statement.event_class, &part.classes);
      if (part.statements == 0 || last != ref.doc) ++part.documents;
      last = ref.doc;
      ++part.statements;
      if (!part.days) part.days = when;
      part.days->from = std::min(part.days->from, when->from);
      part.days->to = std::max(part.days->to, when->to);
    }
    return part.statements > 0 && PassesSums(part) ? std::optional(part) : std::optional<FoldedEdge>();
  }

  Result<bool> IsActor(NodeId id) const {
    auto it = is_actor_.find(id);
    if (it != is_actor_.end()) return it->second;
    WHOWHOM_TRY(auto node, view_.snapshot().FindNode(id));
    bool actor = node ? node->ref.is_actor : view_.overlay().splits().contains(id);
    is_actor_.emplace(id, actor);
    return actor;
  }

  // Breadth first from the nodes asked for, over edges that pass, both ways.
  Status Spread() {
    std::unordered_set<NodeId> seen;
    std::vector<NodeId> frontier;
    for (NodeId id : filter_.around) {
      NodeId survivor = view_.identity().SurvivorOf(id);
      if (seen.insert(survivor).second) frontier.push_back(survivor);
    }
    for (int depth = 0; depth < filter_.depth && !frontier.empty(); ++depth) {
      std::vector<NodeId> next;
      for (NodeId id : frontier) {
        WHOWHOM_TRY_STATUS(EdgesAt(id, [&](const FoldedEdge& edge) {
          NodeId other = edge.key.subject == id ? edge.key.object : edge.key.subject;
          if (other.value != 0 && seen.size() < kMaxEgoNodes && seen.insert(other).second)
            next.push_back(other);
          return true;
        }));
      }
      frontier = std::move(next);
    }
    chosen_.emplace(seen.begin(), seen.end());
    return {};
  }

  Status EdgesAt(NodeId id, const std::function<bool(const FoldedEdge&)>& visit) const {
    Status problem;
    auto pass = [&](const FoldedEdge& edge) {
      Result<std::optional<FoldedEdge>> part = Pass(edge);
      if (!part.ok()) {
        problem = part.error();
        return false;
      }
      return !*part || visit(**part);
    };
    WHOWHOM_TRY_STATUS(view_.ScanEdges({id, std::nullopt, std::nullopt}, pass));
    WHOWHOM_TRY_STATUS(problem);
    WHOWHOM_TRY_STATUS(view_.ScanEdges({std::nullopt, std::nullopt, id}, pass));
    return problem;
  }

  // The nodes of the largest weight (statements on their edges); those asked for always stay.
  Status KeepStrongest() {
    std::unordered_map<NodeId, uint64_t> weight;
    WHOWHOM_TRY_STATUS(ForEachFolded([&](const FoldedEdge& edge) {
      for (NodeId id : {edge.key.subject, edge.key.object}) {
        if (id.value != 0) weight[id] += edge.statements;
      }
      return true;
    }));
    std::set<NodeId> asked;
    for (NodeId id : filter_.around) asked.insert(view_.identity().SurvivorOf(id));
    std::vector<std::tuple<bool, uint64_t, uint64_t>> order;
    for (const auto& [id, count] : weight) order.emplace_back(!asked.contains(id), ~count, id.value);
    std::sort(order.begin(), order.end());
    std::unordered_set<NodeId> kept(asked.begin(), asked.end());
    for (const auto& [unasked, count, id] : order) {
      if (kept.size() >= *filter_.max_nodes) break;
      kept.insert(NodeId{id});
    }
    chosen_ = std::move(kept);
    return {};
  }

  bool Belongs(NodeId id) const { return id.value == 0 || !chosen_ || chosen_->contains(id); }

  // Edges that pass, between nodes that belong, by (source, relation, target); the contract's order within a
  // source is restored below.
  Status ForEachFolded(const std::function<bool(const FoldedEdge&)>& visit) const {
    Status problem;
    std::vector<FoldedEdge> group;
    bool stopped = false;
    auto flush = [&] {
      std::sort(group.begin(), group.end(), [](const FoldedEdge& a, const FoldedEdge& b) {
        return std::tie(a.key.object, a.key.relation, a.key.qualifier) <
               std::tie(b.key.object, b.key.relation, b.key.qualifier);
      });
      for (size_t i = 0; !stopped && i < group.size(); ++i) stopped = !visit(group[i]);
      group.clear();
      return !stopped;
    };
    auto take = [&](const FoldedEdge& edge) {
      if (!Belongs(edge.key.subject) || !Belongs(edge.key.object)) return true;
      if (!group.empty() && group[0].key.subject != edge.key.subject && !flush()) return false;
      Result<std::optional<FoldedEdge>> part = Pass(edge);
      if (!part.ok()) {
        problem = part.error();
        return false;
      }
      if (*part) group.push_back(std::move(**part));
      return true;
    };
    if (chosen_ && !filter_.around.empty()) {
      std::set<NodeId> subjects(chosen_->begin(), chosen_->end());
      if (!filter_.actors_only) WHOWHOM_TRY_STATUS(AgentlessEdges(subjects, take));
      for (NodeId id : subjects) {
        if (!stopped && problem.ok())
          WHOWHOM_TRY_STATUS(view_.ScanEdges({id, std::nullopt, std::nullopt}, take));
      }
    } else {
      WHOWHOM_TRY_STATUS(view_.ScanEdges({}, take));
    }
    WHOWHOM_TRY_STATUS(problem);
    if (!stopped) flush();
    return {};
  }

  Status AgentlessEdges(const std::set<NodeId>& objects,
                        const std::function<bool(const FoldedEdge&)>& take) const {
    for (NodeId object : objects) {
      WHOWHOM_TRY_STATUS(view_.ScanEdges({NodeId{0}, std::nullopt, object}, take));
    }
    return {};
  }

  const ViewImpl& view_;
  SubgraphFilter filter_;
  std::optional<std::unordered_set<NodeId>> chosen_;
  mutable std::unordered_map<NodeId, bool> is_actor_;
};

// A selection that could not be made: every read says why.
class BrokenSource : public GraphSource {
 public:
  explicit BrokenSource(Error error) : error_(std::move(error)) {}
  Status ForEachNode(const std::function<bool(const GraphNode&)>&) const override { return error_; }
  Status ForEachEdge(const std::function<bool(const GraphEdge&)>&) const override { return error_; }
  std::optional<DayRange> days() const override { return std::nullopt; }

 private:
  Error error_;
};

}  // namespace

std::unique_ptr<GraphSource> ViewImpl::Select(const SubgraphFilter& filter) const {
  auto selection = std::make_unique<Selection>(*this, filter);
  Status status = selection->Prepare();
  if (!status.ok()) return std::make_unique<BrokenSource>(status.error());
  return selection;
}

Status GraphSource::ForEachPair(const std::function<bool(NodeId source, NodeId target)>& visit) const {
  return ForEachEdge([&](const GraphEdge& edge) { return visit(edge.source, edge.target); });
}

Result<Subgraph> Collect(const GraphSource& source) {
  Subgraph graph;
  WHOWHOM_TRY_STATUS(source.ForEachNode([&](const GraphNode& node) {
    graph.nodes.push_back(node);
    return true;
  }));
  WHOWHOM_TRY_STATUS(source.ForEachEdge([&](const GraphEdge& edge) {
    graph.edges.push_back(edge);
    return true;
  }));
  return graph;
}

}  // namespace whowhom::graph
