// Measures the graph on a store: graph_bench FOLDER
// FOLDER is a store, for example of `storage_bench 1000000 FOLDER load`; its flat view is made anew.
// PageRank, components and breadth-first search against igraph on the same edges in one run, results
// compared; then plans of one and of two edges. Figures: docs/figures/graph.md.
#include <igraph/igraph.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "network.h"
#include "storage_world.h"
#include "whowhom/graph/algorithms.h"
#include "whowhom/graph/csr.h"
#include "whowhom/graph/plan.h"
#include "whowhom/graph/view.h"
#include "whowhom/storage/store.h"

namespace whowhom::bench {
namespace {

using graph::CsrGraph;
using graph::CsrTopology;
using graph::Measure;
using graph::Network;
using graph::View;

template <typename T>
T Need(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

void Print(const char* what, const Times& times) {
  std::printf("%-52s %9.3f s cpu %9.3f s wall\n", what, times.cpu, times.wall);
}

// The distance of every vertex along the edges; -1 = not reached.
std::vector<int32_t> Distances(const CsrTopology& graph, uint32_t root) {
  std::vector<int32_t> distance(graph.vertex_count(), -1);
  std::vector<uint32_t> order = {root};
  distance[root] = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const uint32_t v = order[i];
    for (uint64_t e = graph.out_offset[v]; e < graph.out_offset[v + 1]; ++e) {
      const uint32_t w = graph.target[e];
      if (distance[w] >= 0) continue;
      distance[w] = distance[v] + 1;
      order.push_back(w);
    }
  }
  return distance;
}

// The network as igraph holds it.
struct Peer {
  igraph_t graph = {};
  igraph_vector_t weights = {};
  explicit Peer(const Network& network) {
    igraph_vector_int_t ends;
    const auto edges = static_cast<igraph_integer_t>(network.source.size());
    igraph_vector_int_init(&ends, 2 * edges);
    igraph_vector_init(&weights, edges);
    for (size_t e = 0; e < network.source.size(); ++e) {
      VECTOR(ends)[2 * e] = network.source[e];
      VECTOR(ends)[2 * e + 1] = network.target[e];
      VECTOR(weights)[e] = network.weight[e];
    }
    igraph_create(&graph, &ends, network.size(), IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
  }
  ~Peer() {
    igraph_destroy(&graph);
    igraph_vector_destroy(&weights);
  }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
};

void ComparePageRank(const View& view, const CsrGraph& csr, const Network& network, const Peer& peer) {
  Times begin = Now();
  const auto ranking = Need(graph::Rank(view, Measure::kPageRank, {}));
  Print("pagerank, flat view mapped and filtered", Now() - begin);
  igraph_vector_t theirs;
  igraph_vector_init(&theirs, 0);
  begin = Now();
  igraph_pagerank(&peer.graph, IGRAPH_PAGERANK_ALGO_PRPACK, &theirs, nullptr, igraph_vss_all(), true, 0.85,
                  &peer.weights, nullptr);
  Print("pagerank, igraph (PRPACK), in memory", Now() - begin);
  std::map<NodeId, double> ours;
  for (const auto& score : ranking.scores) ours[score.node] = score.value;
  double worst = 0;
  for (uint32_t v = 0; v < network.size(); ++v) {
    worst = std::max(worst, std::abs(ours[NodeId{csr.node_ids()[network.vertex[v]]}] - VECTOR(theirs)[v]));
  }
  igraph_vector_destroy(&theirs);
  std::printf("  largest difference of a score %.2e\n", worst);
}

void CompareComponents(const View& view, const Peer& peer) {
  Times begin = Now();
  const auto ranking = Need(graph::Rank(view, Measure::kComponent, {}));
  Print("components, flat view mapped and filtered", Now() - begin);
  igraph_vector_int_t membership;
  igraph_vector_int_init(&membership, 0);
  igraph_integer_t count = 0;
  begin = Now();
  igraph_connected_components(&peer.graph, &membership, nullptr, &count, IGRAPH_WEAK);
  Print("components, igraph, in memory", Now() - begin);
  igraph_vector_int_destroy(&membership);
  std::printf("  %u components, igraph %lld\n", ranking.groups, static_cast<long long>(count));
}

void CompareSearch(const Network& network, const Peer& peer) {
  Times ours, theirs;
  uint64_t differences = 0;
  for (uint32_t i = 0; i < 10; ++i) {
    const uint32_t root = static_cast<uint32_t>(uint64_t{network.size()} * i / 10);
    Times begin = Now();
    const std::vector<int32_t> distance = Distances(network.topology(), root);
    ours += Now() - begin;
    igraph_vector_int_t order, layers, parents;
    igraph_vector_int_init(&order, 0);
    igraph_vector_int_init(&layers, 0);
    igraph_vector_int_init(&parents, 0);
    begin = Now();
    igraph_bfs_simple(&peer.graph, root, IGRAPH_OUT, &order, &layers, &parents);
    theirs += Now() - begin;
    const auto reached = std::count_if(distance.begin(), distance.end(), [](int32_t d) { return d >= 0; });
    if (reached != igraph_vector_int_size(&order)) ++differences;
    for (igraph_integer_t layer = 0; layer + 1 < igraph_vector_int_size(&layers); ++layer) {
      for (auto k = VECTOR(layers)[layer]; k < VECTOR(layers)[layer + 1]; ++k) {
        if (distance[static_cast<size_t>(VECTOR(order)[k])] != layer) ++differences;
      }
    }
    igraph_vector_int_destroy(&order);
    igraph_vector_int_destroy(&layers);
    igraph_vector_int_destroy(&parents);
  }
  Print("breadth-first search, 10 roots, flat arrays", ours);
  Print("breadth-first search, 10 roots, igraph", theirs);
  std::printf("  %llu vertexes at another distance\n", static_cast<unsigned long long>(differences));
}

// One edge: whom did A verb? Two: whom did those verb whom A did? Actors and verbs as often as in the store.
void AskPlans(const View& view, World* world, int edges) {
  std::vector<double> cpu, wall;
  uint64_t rows = 0;
  for (int i = 0; i < 1000; ++i) {
    graph::Plan plan;
    const NodeId actor = ToNodeId(ComputeActorHash(World::ActorName(world->PickActor()), ""));
    plan.nodes = {{.name = "A", .any_of = {actor}}, {.name = "whom"}, {.name = "whom2"}};
    plan.nodes.resize(static_cast<size_t>(edges) + 1);
    for (int e = 0; e < edges; ++e) {
      const RelationId verb = ToRelationId(ComputeRelationHash(World::Verb(world->PickRelation())));
      plan.edges.push_back({.subject = static_cast<size_t>(e),
                            .object = static_cast<size_t>(e) + 1,
                            .any_relation = false,
                            .relations = {{verb, graph::MatchTier::kLemma}}});
    }
    plan.select = {static_cast<size_t>(edges)};
    const Times begin = Now();
    rows += Need(graph::RunPlan(plan, view, {})).total;
    const Times spent = Now() - begin;
    cpu.push_back(1e3 * spent.cpu);
    wall.push_back(1e3 * spent.wall);
  }
  std::sort(cpu.begin(), cpu.end());
  std::sort(wall.begin(), wall.end());
  std::printf("%d-edge plan: p50 %.3f p99 %.3f ms cpu, p50 %.3f p99 %.3f ms wall; %.1f rows on average\n",
              edges, cpu[500], cpu[990], wall[500], wall[990], static_cast<double>(rows) / 1000);
}

void Run(const std::string& path, const std::string& cache) {
  const auto store = Need(storage::Store::Open(path, {.mode = storage::OpenMode::kReadOnly}));
  const std::shared_ptr<const storage::Snapshot> snapshot = store->TakeSnapshot();
  const uint64_t statements = Need(snapshot->Stats()).statements;
  graph::ViewOptions options;
  options.cache_dir = cache;
  Times begin = Now();
  const auto view = Need(View::Build(snapshot, options));
  Print("view", Now() - begin);
  begin = Now();
  const auto csr = Need(CsrGraph::Open(*view));
  Print("flat view, first opening", Now() - begin);
  begin = Now();
  Need(CsrGraph::Open(*view));
  Print("flat view, next opening", Now() - begin);
  begin = Now();
  const Network network = graph::MakeNetwork(*csr, {}, false);
  Print("filtered network of the flat view", Now() - begin);
  std::printf("%llu statements, %u vertexes, %zu edges\n", static_cast<unsigned long long>(statements),
              network.size(), network.source.size());
  begin = Now();
  const Peer peer(network);
  Print("igraph made of the same arrays", Now() - begin);
  ComparePageRank(*view, *csr, network, peer);
  CompareComponents(*view, peer);
  CompareSearch(network, peer);
  World world(statements, 7);
  AskPlans(*view, &world, 1);
  AskPlans(*view, &world, 2);
}

}  // namespace
}  // namespace whowhom::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: graph_bench FOLDER\n");
    return 2;
  }
  whowhom::bench::Run(argv[1], std::string(argv[1]) + "/cache");
  return 0;
}
