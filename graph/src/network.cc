#include "network.h"

#include <algorithm>

#include "edge_filter.h"

namespace whowhom::graph {

Network MakeNetwork(const CsrGraph& csr, const RankOptions& options, bool undirected) {
  CsrTopology flat = csr.topology();
  struct Link {
    uint32_t source, target;
    double weight;
  };
  std::vector<Link> links;
  for (uint32_t e = 0; e < flat.edge_count(); ++e) {
    uint32_t source = flat.source[e], target = flat.target[e];
    if (source == 0 || target == 0 || source == target) continue;
    if (!options.with_things && (!csr.is_actor(source) || !csr.is_actor(target))) continue;
    if (!PassesFilter(options.filter, csr.edges()[e])) continue;
    links.push_back({source, target, static_cast<double>(csr.edges()[e].statements)});
    if (undirected) links.push_back({target, source, static_cast<double>(csr.edges()[e].statements)});
  }
  // Edges of the flat view are sorted already; only the exchanged ones are not.
  if (undirected) {
    std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
      return std::tie(a.source, a.target) < std::tie(b.source, b.target);
    });
  }
  Network network;
  for (const Link& link : links) {
    network.vertex.push_back(link.source);
    network.vertex.push_back(link.target);
  }
  std::sort(network.vertex.begin(), network.vertex.end());
  network.vertex.erase(std::unique(network.vertex.begin(), network.vertex.end()), network.vertex.end());
  std::vector<uint32_t> index(flat.vertex_count(), 0);
  for (uint32_t i = 0; i < network.vertex.size(); ++i) index[network.vertex[i]] = i;
  for (const Link& link : links) {
    uint32_t source = index[link.source], target = index[link.target];
    if (!network.source.empty() && network.source.back() == source && network.target.back() == target) {
      network.weight.back() += link.weight;
      continue;
    }
    network.source.push_back(source);
    network.target.push_back(target);
    network.weight.push_back(link.weight);
  }
  size_t n = network.vertex.size(), m = network.source.size();
  network.out_offset.assign(n + 1, 0);
  network.in_offset.assign(n + 1, 0);
  for (size_t e = 0; e < m; ++e) {
    ++network.out_offset[network.source[e] + 1];
    ++network.in_offset[network.target[e] + 1];
  }
  for (size_t v = 0; v < n; ++v) {
    network.out_offset[v + 1] += network.out_offset[v];
    network.in_offset[v + 1] += network.in_offset[v];
  }
  network.in_edge.resize(m);
  std::vector<uint64_t> next(network.in_offset.begin(), network.in_offset.end());
  for (size_t e = 0; e < m; ++e) network.in_edge[next[network.target[e]]++] = static_cast<uint32_t>(e);
  return network;
}

}  // namespace whowhom::graph
