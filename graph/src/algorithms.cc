#include "whowhom/graph/algorithms.h"

#include <algorithm>
#include <array>
#include <boost/graph/betweenness_centrality.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "edge_filter.h"
#include "network.h"
#include "union_find.h"
#include "whowhom/graph/bgl.h"

namespace whowhom::graph {
namespace {

constexpr double kDamping = 0.85;
constexpr int kMaxRounds = 200;
constexpr double kPrecision = 1e-10;
// Exact betweenness up to vertices x edges of this: about 15 s (measured 6-8 ns each).
constexpr double kExactLimit = 2e9;
constexpr size_t kDefaultSamples = 512;

constexpr std::array<std::pair<Measure, std::string_view>, 9> kNames = {
    {{Measure::kDegree, "degree"},
     {Measure::kInDegree, "in-degree"},
     {Measure::kOutDegree, "out-degree"},
     {Measure::kStrength, "strength"},
     {Measure::kPageRank, "pagerank"},
     {Measure::kBetweenness, "betweenness"},
     {Measure::kComponent, "component"},
     {Measure::kCore, "core"},
     {Measure::kCommunity, "community"}}};

double Weight(const Network& network, size_t edge, bool weighted) {
  return weighted ? network.weight[edge] : 1.0;
}

std::vector<double> Degrees(const Network& network, Measure measure) {
  std::vector<double> values(network.size(), 0);
  for (size_t e = 0; e < network.source.size(); ++e) {
    if (measure == Measure::kInDegree) {
      ++values[network.target[e]];
    } else {
      values[network.source[e]] += measure == Measure::kStrength ? network.weight[e] : 1;
    }
  }
  return values;
}

// Power iteration in edge order: the same sums on every run. Dangling mass is spread evenly. What each edge
// hands on stands beside its source, by target, so that a round reads two arrays from end to end.
std::vector<double> PageRank(const Network& network, bool weighted) {
  size_t n = network.size();
  std::vector<double> rank(n, n == 0 ? 0 : 1.0 / static_cast<double>(n)), next(n), out(n, 0);
  for (size_t e = 0; e < network.source.size(); ++e) out[network.source[e]] += Weight(network, e, weighted);
  struct Share {
    uint32_t source;
    float weight;
  };
  std::vector<Share> shares(network.source.size());
  for (size_t i = 0; i < shares.size(); ++i) {
    const uint32_t e = network.in_edge[i];
    const uint32_t source = network.source[e];
    shares[i] = {source, static_cast<float>(Weight(network, e, weighted))};
  }
  std::vector<double> passed_on(n);  // by node, for each unit of weight
  for (int round = 0; round < kMaxRounds && n > 0; ++round) {
    double dangling = 0;
    for (size_t v = 0; v < n; ++v) {
      if (out[v] == 0) dangling += rank[v];
      passed_on[v] = out[v] == 0 ? 0 : rank[v] / out[v];
    }
    double base = (1 - kDamping + kDamping * dangling) / static_cast<double>(n);
    double change = 0;
    for (size_t v = 0; v < n; ++v) {
      double sum = 0;
      for (uint64_t i = network.in_offset[v]; i < network.in_offset[v + 1]; ++i) {
        sum += passed_on[shares[i].source] * static_cast<double>(shares[i].weight);
      }
      next[v] = base + kDamping * sum;
      change += std::abs(next[v] - rank[v]);
    }
    rank.swap(next);
    if (change < kPrecision) break;
  }
  return rank;
}

// One source of Brandes 2001, unweighted; adds its dependencies.
class BrandesPass {
 public:
  explicit BrandesPass(const Network& network)
      : network_(network), distance_(network.size()), paths_(network.size()), delta_(network.size()) {}
  const std::vector<double>& Run(uint32_t source) {
    std::fill(distance_.begin(), distance_.end(), -1);
    std::fill(paths_.begin(), paths_.end(), 0);
    std::fill(delta_.begin(), delta_.end(), 0);
    order_.assign(1, source);
    distance_[source] = 0;
    paths_[source] = 1;
    for (size_t i = 0; i < order_.size(); ++i) {
      uint32_t v = order_[i];
      for (uint64_t e = network_.out_offset[v]; e < network_.out_offset[v + 1]; ++e) {
        uint32_t w = network_.target[e];
        if (distance_[w] < 0) distance_[w] = distance_[v] + 1, order_.push_back(w);
        if (distance_[w] == distance_[v] + 1) paths_[w] += paths_[v];
      }
    }
    for (size_t i = order_.size(); i-- > 0;) {
      uint32_t w = order_[i];
      for (uint64_t e = network_.out_offset[w]; e < network_.out_offset[w + 1]; ++e) {
        uint32_t v = network_.target[e];
        if (distance_[v] == distance_[w] + 1) delta_[w] += paths_[w] / paths_[v] * (1 + delta_[v]);
      }
    }
    delta_[source] = 0;
    return delta_;
  }

 private:
  const Network& network_;
  std::vector<int32_t> distance_;
  std::vector<double> paths_, delta_;
  std::vector<uint32_t> order_;
};

std::vector<double> ExactBetweenness(const Network& network) {
  CsrTopology graph = network.topology();
  std::vector<double> values(network.size(), 0);
  boost::brandes_betweenness_centrality(
      graph, boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph)));
  double n = static_cast<double>(network.size());
  double pairs = std::max(1.0, (n - 1) * (n - 2));
  for (double& value : values) value /= pairs;
  return values;
}

// Sources spread evenly over a fixed permutation; the error is the 95 % half-width for the largest value.
std::vector<double> SampledBetweenness(const Network& network, size_t samples, double* error) {
  size_t n = network.size();
  std::vector<uint32_t> sources(n);
  std::iota(sources.begin(), sources.end(), 0);
  uint64_t state = 0x9E3779B97F4A7C15ULL;
  for (size_t i = n; i > 1; --i) {  // Fisher and Yates, with a fixed generator
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(sources[i - 1], sources[(state >> 33) % i]);
  }
  samples = std::min(samples, n);
  std::vector<double> sum(n, 0), squares(n, 0);
  BrandesPass pass(network);
  for (size_t i = 0; i < samples; ++i) {
    const std::vector<double>& delta = pass.Run(sources[i]);
    for (size_t v = 0; v < n; ++v) {
      double share = delta[v] / std::max(1.0, static_cast<double>(n) - 2);
      sum[v] += share;
      squares[v] += share * share;
    }
  }
  double count = static_cast<double>(std::max<size_t>(samples, 1));
  size_t top = static_cast<size_t>(std::max_element(sum.begin(), sum.end()) - sum.begin());
  if (n > 0) {
    double mean = sum[top] / count;
    double variance = std::max(0.0, squares[top] / count - mean * mean);
    *error = 1.96 * std::sqrt(variance / count);
  }
  // A vertex has no paths through itself: over all sources each counts in n - 1 of n.
  double rescale = n > 1 ? static_cast<double>(n) / static_cast<double>(n - 1) : 1;
  *error *= rescale;
  for (double& value : sum) value *= rescale / count;
  return sum;
}

// Batagelj and Zaversnik 2003: vertexes leave in the order of their remaining degree. Linear.
std::vector<double> Cores(const Network& network) {
  uint32_t n = network.size();
  std::vector<uint32_t> degree(n), position(n), order(n);
  uint32_t most = 0;
  for (uint32_t v = 0; v < n; ++v) {
    degree[v] = static_cast<uint32_t>(network.out_offset[v + 1] - network.out_offset[v]);
    most = std::max(most, degree[v]);
  }
  std::vector<uint32_t> bin(most + 2, 0);
  for (uint32_t v = 0; v < n; ++v) ++bin[degree[v] + 1];
  for (uint32_t d = 0; d <= most; ++d) bin[d + 1] += bin[d];
  std::vector<uint32_t> next(bin.begin(), bin.end());
  for (uint32_t v = 0; v < n; ++v) {
    position[v] = next[degree[v]]++;
    order[position[v]] = v;
  }
  for (uint32_t i = 0; i < n; ++i) {
    uint32_t v = order[i];
    for (uint64_t e = network.out_offset[v]; e < network.out_offset[v + 1]; ++e) {
      uint32_t w = network.target[e];
      if (degree[w] <= degree[v]) continue;
      uint32_t first = bin[degree[w]];
      uint32_t other = order[first];
      std::swap(order[position[w]], order[first]);
      std::swap(position[w], position[other]);
      ++bin[degree[w]];
      --degree[w];
    }
  }
  return {degree.begin(), degree.end()};
}

std::vector<double> Components(const Network& network, uint32_t* groups) {
  UnionFind sets(network.size());
  for (size_t e = 0; e < network.source.size(); ++e) sets.Join(network.source[e], network.target[e]);
  std::map<uint32_t, int64_t> sizes;
  for (uint32_t v = 0; v < network.size(); ++v) --sizes[sets.Find(v)];
  std::vector<std::pair<int64_t, uint32_t>> order;
  for (const auto& [root, size] : sizes) order.emplace_back(size, root);
  std::sort(order.begin(), order.end());
  std::map<uint32_t, double> number;
  for (const auto& [size, root] : order) number.emplace(root, static_cast<double>(number.size() + 1));
  std::vector<double> values(network.size());
  for (uint32_t v = 0; v < network.size(); ++v) values[v] = number.at(sets.Find(v));
  *groups = static_cast<uint32_t>(order.size());
  return values;
}

Ranking ToRanking(const CsrGraph& csr, const Network& network, const std::vector<double>& values,
                  bool by_number) {
  Ranking ranking;
  for (uint32_t i = 0; i < network.size(); ++i) {
    ranking.scores.push_back({NodeId{csr.node_ids()[network.vertex[i]]}, values[i]});
  }
  std::stable_sort(ranking.scores.begin(), ranking.scores.end(), [&](const NodeScore& a, const NodeScore& b) {
    if (a.value != b.value) return by_number ? a.value < b.value : a.value > b.value;
    return a.node < b.node;
  });
  return ranking;
}

// Components do not need it: joining the two ends of an edge knows no direction, and no sort is needed.
bool IsUndirected(Measure measure) {
  return measure != Measure::kInDegree && measure != Measure::kOutDegree && measure != Measure::kPageRank &&
         measure != Measure::kComponent;
}

}  // namespace

std::string_view ToString(Measure measure) {
  for (const auto& [known, name] : kNames) {
    if (known == measure) return name;
  }
  return "";
}

std::optional<Measure> ParseMeasure(std::string_view name) {
  for (const auto& [measure, known] : kNames) {
    if (known == name) return measure;
  }
  return std::nullopt;
}

Result<Ranking> Rank(const View& view, Measure measure, const RankOptions& options) {
  WHOWHOM_TRY(auto csr, CsrGraph::Open(view));
  Network network = MakeNetwork(*csr, options, IsUndirected(measure));
  switch (measure) {
    case Measure::kDegree:
    case Measure::kInDegree:
    case Measure::kOutDegree:
    case Measure::kStrength:
      return ToRanking(*csr, network, Degrees(network, measure), false);
    case Measure::kPageRank:
      return ToRanking(*csr, network, PageRank(network, options.weighted), false);
    case Measure::kCore:
      return ToRanking(*csr, network, Cores(network), false);
    case Measure::kBetweenness: {
      double work = static_cast<double>(network.size()) * static_cast<double>(network.source.size());
      size_t samples = options.samples > 0 ? options.samples : work <= kExactLimit ? 0 : kDefaultSamples;
      if (samples == 0) return ToRanking(*csr, network, ExactBetweenness(network), false);
      double error = 0;
      Ranking ranking = ToRanking(*csr, network, SampledBetweenness(network, samples, &error), false);
      ranking.sampled = true;
      ranking.error = error;
      return ranking;
    }
    case Measure::kComponent: {
      uint32_t groups = 0;
      Ranking ranking = ToRanking(*csr, network, Components(network, &groups), true);
      ranking.groups = groups;
      return ranking;
    }
    case Measure::kCommunity: {
      uint32_t groups = 0;
      double modularity = 0;
      WHOWHOM_TRY(auto community, FindCommunities(network, options.weighted, &groups, &modularity));
      Ranking ranking = ToRanking(*csr, network, {community.begin(), community.end()}, true);
      ranking.groups = groups;
      ranking.modularity = modularity;
      return ranking;
    }
  }
  return InvalidInput("ranking actors: no such measure");
}

Result<std::vector<Dyad>> Dyads(const View& view, const EdgeFilter& filter, size_t limit) {
  WHOWHOM_TRY(auto csr, CsrGraph::Open(view));
  CsrTopology graph = csr->topology();
  std::map<std::pair<uint32_t, uint32_t>, Dyad> dyads;
  for (uint32_t e = 0; e < graph.edge_count(); ++e) {
    uint32_t a = graph.source[e], b = graph.target[e];
    const CsrEdge& edge = csr->edges()[e];
    if (a == 0 || b == 0 || a == b || !csr->is_actor(a) || !csr->is_actor(b) || !PassesFilter(filter, edge))
      continue;
    Quad quad = QuadOf(static_cast<EventClass>(edge.event_class));
    if (quad == Quad::kNone) continue;
    bool cooperative = quad == Quad::kVerbalCooperation || quad == Quad::kMaterialCooperation;
    Dyad& dyad = dyads[{std::min(a, b), std::max(a, b)}];
    (cooperative ? dyad.cooperative : dyad.conflictual) += edge.statements;
  }
  std::vector<Dyad> rows;
  for (auto& [ends, dyad] : dyads) {
    dyad.a = NodeId{csr->node_ids()[ends.first]};
    dyad.b = NodeId{csr->node_ids()[ends.second]};
    double both = dyad.cooperative + dyad.conflictual;
    dyad.balance = (static_cast<double>(dyad.cooperative) - static_cast<double>(dyad.conflictual)) / both;
    rows.push_back(dyad);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Dyad& a, const Dyad& b) {
    return a.cooperative + a.conflictual > b.cooperative + b.conflictual;
  });
  if (rows.size() > limit) rows.resize(limit);
  return rows;
}

Result<std::vector<Broker>> Brokers(const View& view, const RankOptions& options, size_t limit) {
  WHOWHOM_TRY(auto csr, CsrGraph::Open(view));
  Network network = MakeNetwork(*csr, options, true);
  uint32_t groups = 0;
  double modularity = 0;
  WHOWHOM_TRY(auto community, FindCommunities(network, options.weighted, &groups, &modularity));
  std::vector<Broker> brokers;
  for (uint32_t v = 0; v < network.size(); ++v) {
    std::map<uint32_t, double> by_group;
    double strength = 0;
    for (uint64_t e = network.out_offset[v]; e < network.out_offset[v + 1]; ++e) {
      by_group[community[network.target[e]]] += network.weight[e];
      strength += network.weight[e];
    }
    Broker broker{NodeId{csr->node_ids()[network.vertex[v]]}, 1, static_cast<uint32_t>(by_group.size()),
                  static_cast<uint64_t>(strength)};
    for (const auto& [group, weight] : by_group)
      broker.participation -= weight / strength * (weight / strength);
    if (broker.communities > 1) brokers.push_back(broker);
  }
  std::stable_sort(brokers.begin(), brokers.end(), [](const Broker& a, const Broker& b) {
    double left = a.participation * std::log1p(static_cast<double>(a.strength));
    double right = b.participation * std::log1p(static_cast<double>(b.strength));
    return left != right ? left > right : a.node < b.node;
  });
  if (brokers.size() > limit) brokers.resize(limit);
  return brokers;
}

}  // namespace whowhom::graph
