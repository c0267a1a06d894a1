// Who stands where in the graph: measures, groups, balance of pairs, brokers. All run on the CSR view,
// filtered like a question; parallel edges between two actors are one, weighted by their statements.
//
//   WHOWHOM_TRY(Ranking ranking, Rank(*view, Measure::kPageRank, {}));
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/graph/traversal.h"
#include "whowhom/graph/view.h"

namespace whowhom::graph {

enum class Measure : uint8_t {
  kDegree,       // neighbours
  kInDegree,     // actors that act on it
  kOutDegree,    // actors it acts on
  kStrength,     // statements on its edges
  kPageRank,     // damping 0.85, weighted, sums to 1
  kBetweenness,  // shortest paths through it, undirected, as a share of all pairs (0..1)
  kComponent,    // number of its weakly connected component, largest first
  kCore,         // largest k of whose k-core it is part (undirected)
  kCommunity,    // number of its community, largest first (Leiden, modularity, fixed seed)
};
std::string_view ToString(Measure measure);  // "pagerank"
std::optional<Measure> ParseMeasure(std::string_view name);

struct RankOptions {
  EdgeFilter filter = {};
  bool with_things = false;  // things are nodes too
  bool weighted = true;
  // kBetweenness: sources sampled; 0 = exact while vertices x edges <= 2e9, else 512.
  size_t samples = 0;
};

struct NodeScore {
  NodeId node;
  double value = 0;
};
struct Ranking {
  std::vector<NodeScore>
      scores;  // by falling value, then id (components and communities: by number, then id)
  bool sampled = false;
  double error = 0;       // sampled: half-width of the 95 % interval of the largest value
  uint32_t groups = 0;    // components, communities
  double modularity = 0;  // communities
};
Result<Ranking> Rank(const View& view, Measure measure, const RankOptions& options);

// What stands between two actors.
struct Dyad {
  NodeId a, b;               // a < b
  uint32_t cooperative = 0;  // statements by quad class, both ways
  uint32_t conflictual = 0;
  double balance = 0;  // (cooperative - conflictual) / both, -1 .. 1
};
// By falling number of statements, at most `limit`.
Result<std::vector<Dyad>> Dyads(const View& view, const EdgeFilter& filter, size_t limit);

// Actors whose neighbours belong to different communities.
struct Broker {
  NodeId node;
  double participation =
      0;  // 1 - sum of squared shares of its strength by community (Guimera and Amaral 2005)
  uint32_t communities = 0;  // that it reaches
  uint64_t strength = 0;
};
// By falling participation x log(strength), at most `limit`.
Result<std::vector<Broker>> Brokers(const View& view, const RankOptions& options, size_t limit);

}  // namespace whowhom::graph
