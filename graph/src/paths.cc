// Shortest paths over the flat view: bidirectional breadth-first search; Dijkstra where edges weigh; Yen for
// several.
#include <algorithm>
#include <queue>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "edge_filter.h"

namespace whowhom::graph {
namespace {

// A path in vertexes, with its cost.
struct Route {
  std::vector<uint32_t> vertices;
  double cost = 0;
  friend bool operator<(const Route& a, const Route& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.vertices < b.vertices;
  }
};

class Router {
 public:
  Router(const CsrGraph& csr, const PathOptions& options)
      : csr_(csr), graph_(csr.topology()), options_(options) {}

  void Avoid(uint32_t vertex) { closed_.insert(vertex); }

  // The best route that uses none of the banned vertices and first steps.
  std::optional<Route> Find(uint32_t from, uint32_t to, const std::unordered_set<uint32_t>& banned,
                            const std::set<std::pair<uint32_t, uint32_t>>& banned_steps,
                            size_t max_steps) const {
    banned_ = &banned;
    banned_steps_ = &banned_steps;
    if (from == to) return Route{{from}, 0};
    return options_.by_weight ? FindWeighted(from, to, max_steps) : FindShortest(from, to, max_steps);
  }

  // Cost of one step; negative if there is none.
  double StepCost(uint32_t a, uint32_t b) const {
    double best = -1;
    ForEachStep(a, true, [&](uint32_t next, const CsrEdge& edge) {
      double cost = Cost(edge);
      if (next == b && (best < 0 || cost < best)) best = cost;
    });
    return best;
  }

 private:
  double Cost(const CsrEdge& edge) const {
    return options_.by_weight ? 1.0 + 1.0 / std::max<uint32_t>(edge.documents, 1) : 1.0;
  }

  bool IsOpen(uint32_t vertex) const {
    if (vertex == 0 || closed_.contains(vertex) || banned_->contains(vertex)) return false;
    if (!options_.through_things && !csr_.is_actor(vertex)) return false;
    uint64_t degree = graph_.out_offset[vertex + 1] - graph_.out_offset[vertex] +
                      graph_.in_offset[vertex + 1] - graph_.in_offset[vertex];
    return options_.max_degree == 0 || degree <= options_.max_degree;
  }

  // Steps that leave (`forward`) or enter a vertex, in a fixed order.
  template <typename Visit>
  void ForEachStep(uint32_t vertex, bool forward, const Visit& visit) const {
    if (forward || !options_.directed) {
      for (uint64_t e = graph_.out_offset[vertex]; e < graph_.out_offset[vertex + 1]; ++e) {
        if (PassesFilter(options_.filter, csr_.edges()[e])) visit(graph_.target[e], csr_.edges()[e]);
      }
    }
    if (!forward || !options_.directed) {
      for (uint64_t i = graph_.in_offset[vertex]; i < graph_.in_offset[vertex + 1]; ++i) {
        uint32_t e = graph_.in_edge[i];
        if (PassesFilter(options_.filter, csr_.edges()[e])) visit(graph_.source[e], csr_.edges()[e]);
      }
    }
  }

  // The smaller frontier grows by whole levels; of the meeting points the one that gives the smallest
  // vertexes wins.
  std::optional<Route> FindShortest(uint32_t from, uint32_t to, size_t max_steps) const {
    std::unordered_map<uint32_t, uint32_t> parent[2] = {{{from, from}}, {{to, to}}};
    std::vector<uint32_t> frontier[2] = {{from}, {to}};
    for (size_t steps = 0; steps < max_steps && !frontier[0].empty() && !frontier[1].empty(); ++steps) {
      int side = frontier[0].size() <= frontier[1].size() ? 0 : 1;
      std::sort(frontier[side].begin(), frontier[side].end());
      std::vector<uint32_t> next;
      std::optional<uint32_t> meeting;
      for (uint32_t vertex : frontier[side]) {
        ForEachStep(vertex, side == 0, [&](uint32_t other, const CsrEdge&) {
          bool end = other == (side == 0 ? to : from);
          uint32_t step_from = side == 0 ? vertex : other, step_to = side == 0 ? other : vertex;
          if (banned_steps_->contains({step_from, step_to}) || (!end && !IsOpen(other))) return;
          if (!parent[side].try_emplace(other, vertex).second) return;
          next.push_back(other);
          if (parent[1 - side].contains(other) && (!meeting || other < *meeting)) meeting = other;
        });
      }
      if (meeting) return Trace(parent, *meeting);
      frontier[side] = std::move(next);
    }
    return std::nullopt;
  }

  static Route Trace(std::unordered_map<uint32_t, uint32_t> (&parent)[2], uint32_t meeting) {
    Route route;
    for (uint32_t v = meeting;; v = parent[0].at(v)) {
      route.vertices.push_back(v);
      if (parent[0].at(v) == v) break;
    }
    std::reverse(route.vertices.begin(), route.vertices.end());
    for (uint32_t v = meeting; parent[1].at(v) != v;) {
      v = parent[1].at(v);
      route.vertices.push_back(v);
    }
    route.cost = static_cast<double>(route.vertices.size() - 1);
    return route;
  }

  std::optional<Route> FindWeighted(uint32_t from, uint32_t to, size_t max_steps) const {
    struct Reached {
      double cost;
      uint32_t vertex;
      size_t steps;
      bool operator>(const Reached& other) const {
        return std::tie(cost, vertex) > std::tie(other.cost, other.vertex);
      }
    };
    std::unordered_map<uint32_t, std::pair<double, uint32_t>> best = {{from, {0, from}}};
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue;
    queue.push({0, from, 0});
    while (!queue.empty()) {
      Reached top = queue.top();
      queue.pop();
      if (top.cost > best.at(top.vertex).first) continue;
      if (top.vertex == to) break;
      if (top.steps >= max_steps) continue;
      ForEachStep(top.vertex, true, [&](uint32_t other, const CsrEdge& edge) {
        if (banned_steps_->contains({top.vertex, other}) || (other != to && !IsOpen(other))) return;
        double cost = top.cost + Cost(edge);
        auto [it, is_new] = best.try_emplace(other, cost, top.vertex);
        bool better = cost < it->second.first || (cost == it->second.first && top.vertex < it->second.second);
        if (!is_new && !better) return;
        it->second = {cost, top.vertex};
        queue.push({cost, other, top.steps + 1});
      });
    }
    auto it = best.find(to);
    if (it == best.end()) return std::nullopt;
    Route route{{}, it->second.first};
    for (uint32_t v = to;; v = best.at(v).second) {
      route.vertices.push_back(v);
      if (v == from) break;
    }
    std::reverse(route.vertices.begin(), route.vertices.end());
    return route;
  }

  const CsrGraph& csr_;
  CsrTopology graph_;
  const PathOptions& options_;
  std::unordered_set<uint32_t> closed_;
  mutable const std::unordered_set<uint32_t>* banned_ = nullptr;
  mutable const std::set<std::pair<uint32_t, uint32_t>>* banned_steps_ = nullptr;
};

// Yen 1971: each further path leaves an earlier one at some vertex by a step not taken before.
std::vector<Route> FindRoutes(const Router& router, uint32_t from, uint32_t to, const PathOptions& options) {
  std::vector<Route> found;
  std::set<Route> candidates;
  std::optional<Route> first = router.Find(from, to, {}, {}, options.max_steps);
  if (!first) return found;
  candidates.insert(*first);
  std::set<std::vector<uint32_t>> seen = {first->vertices};
  while (!candidates.empty() && found.size() < options.count) {
    Route route = *candidates.begin();
    candidates.erase(candidates.begin());
    found.push_back(route);
    if (found.size() == options.count) break;
    std::unordered_set<uint32_t> banned;
    double root_cost = 0;
    for (size_t i = 0; i + 1 < route.vertices.size(); ++i) {
      std::set<std::pair<uint32_t, uint32_t>> steps;
      for (const Route& other : found) {
        bool same_root =
            other.vertices.size() > i + 1 &&
            std::equal(route.vertices.begin(), route.vertices.begin() + static_cast<ptrdiff_t>(i) + 1,
                       other.vertices.begin());
        if (same_root) steps.insert({other.vertices[i], other.vertices[i + 1]});
      }
      std::optional<Route> spur = router.Find(route.vertices[i], to, banned, steps, options.max_steps - i);
      if (spur) {
        Route joined{{route.vertices.begin(), route.vertices.begin() + static_cast<ptrdiff_t>(i)},
                     root_cost + spur->cost};
        joined.vertices.insert(joined.vertices.end(), spur->vertices.begin(), spur->vertices.end());
        if (seen.insert(joined.vertices).second) candidates.insert(std::move(joined));
      }
      banned.insert(route.vertices[i]);
      root_cost += std::max(0.0, router.StepCost(route.vertices[i], route.vertices[i + 1]));
    }
  }
  return found;
}

// The strongest edge between two vertexes of a route.
std::optional<uint32_t> StrongestEdge(const CsrGraph& csr, uint32_t a, uint32_t b,
                                      const PathOptions& options) {
  CsrTopology graph = csr.topology();
  std::optional<uint32_t> best;
  auto offer = [&](uint32_t e) {
    if (!PassesFilter(options.filter, csr.edges()[e])) return;
    if (!best || csr.edges()[e].statements > csr.edges()[*best].statements) best = e;
  };
  for (uint64_t e = graph.out_offset[a]; e < graph.out_offset[a + 1]; ++e) {
    if (graph.target[e] == b) offer(static_cast<uint32_t>(e));
  }
  for (uint64_t e = graph.out_offset[b]; !options.directed && e < graph.out_offset[b + 1]; ++e) {
    if (graph.target[e] == a) offer(static_cast<uint32_t>(e));
  }
  return best;
}

}  // namespace

Result<std::vector<Path>> FindPaths(const View& view, NodeId from, NodeId to, const PathOptions& options) {
  std::vector<Path> paths;
  for (NodeId end : {from, to}) {
    WHOWHOM_TRY(auto node, view.FindNode(end));
    if (!node) return NotFound("looking for a path: the graph has no actor " + FormatNodeId(end));
  }
  WHOWHOM_TRY(auto csr, CsrGraph::Open(view));
  std::optional<uint32_t> source = csr->VertexOf(view.identity().SurvivorOf(from));
  std::optional<uint32_t> target = csr->VertexOf(view.identity().SurvivorOf(to));
  if (!source || !target || options.count == 0) return paths;
  Router router(*csr, options);
  for (NodeId node : options.avoid) {
    if (auto vertex = csr->VertexOf(view.identity().SurvivorOf(node))) router.Avoid(*vertex);
  }
  for (const Route& route : FindRoutes(router, *source, *target, options)) {
    Path path;
    path.cost = route.cost;
    for (uint32_t vertex : route.vertices) path.nodes.push_back(NodeId{csr->node_ids()[vertex]});
    for (size_t i = 0; i + 1 < route.vertices.size(); ++i) {
      std::optional<uint32_t> edge = StrongestEdge(*csr, route.vertices[i], route.vertices[i + 1], options);
      if (!edge) continue;
      WHOWHOM_TRY(GraphEdge complete, view.Complete(csr->EdgeAt(*edge), 1));
      path.forward.push_back(complete.source == path.nodes[i]);
      path.edges.push_back(std::move(complete));
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace whowhom::graph
