// Communities by the Leiden algorithm (Traag, Waltman and van Eck 2019) as igraph has it.
#include <igraph/igraph.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "network.h"

namespace whowhom::graph {
namespace {

// igraph's random number generator and error handler are global.
std::mutex& IgraphMutex() {
  static std::mutex mutex;
  return mutex;
}

// Vectors of igraph, freed at the end of the block.
struct RealVector {
  igraph_vector_t v;
  explicit RealVector(size_t size) { igraph_vector_init(&v, static_cast<igraph_integer_t>(size)); }
  ~RealVector() { igraph_vector_destroy(&v); }
  RealVector(const RealVector&) = delete;
  RealVector& operator=(const RealVector&) = delete;
};
struct IntVector {
  igraph_vector_int_t v;
  explicit IntVector(size_t size) { igraph_vector_int_init(&v, static_cast<igraph_integer_t>(size)); }
  ~IntVector() { igraph_vector_int_destroy(&v); }
  IntVector(const IntVector&) = delete;
  IntVector& operator=(const IntVector&) = delete;
};

}  // namespace

Result<std::vector<uint32_t>> FindCommunities(const Network& network, bool weighted, uint32_t* count,
                                              double* modularity) {
  std::vector<uint32_t> community(network.size(), 0);
  *count = 0;
  *modularity = 0;
  if (network.size() == 0) return community;
  std::lock_guard<std::mutex> lock(IgraphMutex());
  igraph_set_error_handler(igraph_error_handler_ignore);
  igraph_rng_seed(igraph_rng_default(), 42);
  std::vector<size_t> kept;  // each undirected edge once
  for (size_t e = 0; e < network.source.size(); ++e) {
    if (network.source[e] < network.target[e]) kept.push_back(e);
  }
  IntVector ends(kept.size() * 2), membership(0);
  RealVector weights(kept.size()), strength(network.size());
  double total = 0;
  for (size_t i = 0; i < kept.size(); ++i) {
    size_t e = kept[i];
    double weight = weighted ? network.weight[e] : 1.0;
    VECTOR(ends.v)[2 * i] = network.source[e];
    VECTOR(ends.v)[2 * i + 1] = network.target[e];
    VECTOR(weights.v)[i] = weight;
    VECTOR(strength.v)[network.source[e]] += weight;
    VECTOR(strength.v)[network.target[e]] += weight;
    total += weight;
  }
  igraph_t graph;
  if (igraph_create(&graph, &ends.v, static_cast<igraph_integer_t>(network.size()), IGRAPH_UNDIRECTED) !=
      IGRAPH_SUCCESS) {
    return Error{ErrorCode::kResourceLimit, "finding communities: igraph could not hold the graph"};
  }
  igraph_integer_t clusters = 0;
  igraph_real_t quality = 0;
  // Modularity in igraph's terms: node weights = strengths, resolution 1 / (2 m).
  int status = igraph_community_leiden(&graph, &weights.v, &strength.v, 1.0 / (2.0 * total), 0.01, false, 2,
                                       &membership.v, &clusters, &quality);
  igraph_destroy(&graph);
  if (status != IGRAPH_SUCCESS)
    return Error{ErrorCode::kResourceLimit, "finding communities: igraph gave up"};
  // Numbered by falling size, then by smallest member.
  std::map<igraph_integer_t, std::pair<int64_t, uint32_t>> groups;
  for (uint32_t v = 0; v < network.size(); ++v) {
    auto [it, is_new] = groups.try_emplace(VECTOR(membership.v)[v], 0, v);
    --it->second.first;
  }
  std::vector<std::pair<std::pair<int64_t, uint32_t>, igraph_integer_t>> order;
  for (const auto& [id, group] : groups) order.emplace_back(group, id);
  std::sort(order.begin(), order.end());
  std::map<igraph_integer_t, uint32_t> number;
  for (const auto& [group, id] : order) number.emplace(id, static_cast<uint32_t>(number.size() + 1));
  for (uint32_t v = 0; v < network.size(); ++v) community[v] = number.at(VECTOR(membership.v)[v]);
  *count = static_cast<uint32_t>(order.size());
  *modularity = quality;
  return community;
}

}  // namespace whowhom::graph
