// A filtered part of the flat view as plain weighted arrays: what the algorithms run on. Parallel edges are
// one.
#pragma once

#include <vector>

#include "whowhom/graph/algorithms.h"
#include "whowhom/graph/csr.h"

namespace whowhom::graph {

struct Network {
  std::vector<uint32_t> vertex;  // index here -> vertex of the flat view; only vertexes with an edge
  std::vector<uint64_t> out_offset, in_offset;
  std::vector<uint32_t> source, target;  // by edge, sorted by (source, target)
  std::vector<uint32_t> in_edge;
  std::vector<double> weight;  // by edge: statements
  uint32_t size() const { return static_cast<uint32_t>(vertex.size()); }
  CsrTopology topology() const { return {out_offset, target, source, in_offset, in_edge}; }
};

// `undirected`: an edge each way with the weights of both directions. Self-loops are left out.
Network MakeNetwork(const CsrGraph& csr, const RankOptions& options, bool undirected);

// Communities by Leiden on modularity (igraph), fixed seed; `count` and `modularity` are set.
Result<std::vector<uint32_t>> FindCommunities(const Network& undirected, bool weighted, uint32_t* count,
                                              double* modularity);

}  // namespace whowhom::graph
