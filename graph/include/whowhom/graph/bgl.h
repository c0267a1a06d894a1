// Boost.Graph over the flat view: include this to run the algorithms of Boost on a CsrTopology. The one
// public header of this module that includes another library; nothing else needs it.
//
//   CsrTopology graph = csr->topology();
//   std::vector<int> component(num_vertices(graph));
//   boost::strong_components(graph, boost::make_iterator_property_map(component.begin(),
//   get(boost::vertex_index, graph)));
#pragma once

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

#include "whowhom/graph/csr.h"

namespace whowhom::graph {

struct CsrEdgeDescriptor {
  uint32_t source = 0, target = 0, index = 0;
  friend bool operator==(const CsrEdgeDescriptor& a, const CsrEdgeDescriptor& b) {
    return a.index == b.index;
  }
  friend bool operator!=(const CsrEdgeDescriptor& a, const CsrEdgeDescriptor& b) {
    return a.index != b.index;
  }
  friend bool operator<(const CsrEdgeDescriptor& a, const CsrEdgeDescriptor& b) { return a.index < b.index; }
};

namespace bgl_detail {
struct EdgeAt {  // position in edge order -> edge
  const CsrTopology* graph = nullptr;
  CsrEdgeDescriptor operator()(uint64_t i) const {
    return {graph->source[i], graph->target[i], static_cast<uint32_t>(i)};
  }
};
struct InEdgeAt {  // position in in_edge -> edge
  const CsrTopology* graph = nullptr;
  CsrEdgeDescriptor operator()(uint64_t i) const {
    uint32_t edge = graph->in_edge[i];
    return {graph->source[edge], graph->target[edge], edge};
  }
};
struct TargetAt {
  const CsrTopology* graph = nullptr;
  uint32_t operator()(uint64_t i) const { return graph->target[i]; }
};
using Counter = boost::counting_iterator<uint64_t>;
struct Traversal : boost::bidirectional_graph_tag,
                   boost::adjacency_graph_tag,
                   boost::vertex_list_graph_tag,
                   boost::edge_list_graph_tag {};
}  // namespace bgl_detail

}  // namespace whowhom::graph

template <>
struct boost::graph_traits<whowhom::graph::CsrTopology> {
  using vertex_descriptor = uint32_t;
  using edge_descriptor = whowhom::graph::CsrEdgeDescriptor;
  using directed_category = boost::bidirectional_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = whowhom::graph::bgl_detail::Traversal;
  using vertices_size_type = uint32_t;
  using edges_size_type = uint64_t;
  using degree_size_type = uint64_t;
  using vertex_iterator = boost::counting_iterator<uint32_t>;
  using edge_iterator =
      boost::transform_iterator<whowhom::graph::bgl_detail::EdgeAt, whowhom::graph::bgl_detail::Counter>;
  using out_edge_iterator = edge_iterator;
  using in_edge_iterator =
      boost::transform_iterator<whowhom::graph::bgl_detail::InEdgeAt, whowhom::graph::bgl_detail::Counter>;
  using adjacency_iterator =
      boost::transform_iterator<whowhom::graph::bgl_detail::TargetAt, whowhom::graph::bgl_detail::Counter>;
  static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

// Some algorithms ask for the traits of the const type.
template <>
struct boost::graph_traits<const whowhom::graph::CsrTopology>
    : boost::graph_traits<whowhom::graph::CsrTopology> {};

template <>
struct boost::property_map<whowhom::graph::CsrTopology, boost::vertex_index_t> {
  using type = boost::typed_identity_property_map<uint32_t>;
  using const_type = type;
};

namespace whowhom::graph {

namespace bgl_detail {
template <typename Iterator, typename Function>
std::pair<Iterator, Iterator> Range(const CsrTopology& graph, uint64_t begin, uint64_t end) {
  Function function{&graph};
  return {Iterator(Counter(begin), function), Iterator(Counter(end), function)};
}
using Traits = boost::graph_traits<CsrTopology>;
}  // namespace bgl_detail

// The names below are those that Boost.Graph looks up. The topology must outlive the iterators.
inline uint32_t num_vertices(const CsrTopology& g) { return g.vertex_count(); }
inline uint64_t num_edges(const CsrTopology& g) { return g.edge_count(); }
inline uint32_t source(const CsrEdgeDescriptor& e, const CsrTopology&) { return e.source; }
inline uint32_t target(const CsrEdgeDescriptor& e, const CsrTopology&) { return e.target; }
inline std::pair<bgl_detail::Traits::vertex_iterator, bgl_detail::Traits::vertex_iterator> vertices(
    const CsrTopology& g) {
  return {bgl_detail::Traits::vertex_iterator(0), bgl_detail::Traits::vertex_iterator(g.vertex_count())};
}
inline std::pair<bgl_detail::Traits::edge_iterator, bgl_detail::Traits::edge_iterator> edges(
    const CsrTopology& g) {
  return bgl_detail::Range<bgl_detail::Traits::edge_iterator, bgl_detail::EdgeAt>(g, 0, g.edge_count());
}
inline std::pair<bgl_detail::Traits::out_edge_iterator, bgl_detail::Traits::out_edge_iterator> out_edges(
    uint32_t v, const CsrTopology& g) {
  return bgl_detail::Range<bgl_detail::Traits::out_edge_iterator, bgl_detail::EdgeAt>(g, g.out_offset[v],
                                                                                      g.out_offset[v + 1]);
}
inline std::pair<bgl_detail::Traits::in_edge_iterator, bgl_detail::Traits::in_edge_iterator> in_edges(
    uint32_t v, const CsrTopology& g) {
  return bgl_detail::Range<bgl_detail::Traits::in_edge_iterator, bgl_detail::InEdgeAt>(g, g.in_offset[v],
                                                                                       g.in_offset[v + 1]);
}
inline std::pair<bgl_detail::Traits::adjacency_iterator, bgl_detail::Traits::adjacency_iterator>
adjacent_vertices(uint32_t v, const CsrTopology& g) {
  return bgl_detail::Range<bgl_detail::Traits::adjacency_iterator, bgl_detail::TargetAt>(g, g.out_offset[v],
                                                                                         g.out_offset[v + 1]);
}
inline uint64_t out_degree(uint32_t v, const CsrTopology& g) { return g.out_offset[v + 1] - g.out_offset[v]; }
inline uint64_t in_degree(uint32_t v, const CsrTopology& g) { return g.in_offset[v + 1] - g.in_offset[v]; }
inline uint64_t degree(uint32_t v, const CsrTopology& g) { return out_degree(v, g) + in_degree(v, g); }
inline boost::typed_identity_property_map<uint32_t> get(boost::vertex_index_t, const CsrTopology&) {
  return {};
}
inline uint32_t get(boost::vertex_index_t, const CsrTopology&, uint32_t v) { return v; }

}  // namespace whowhom::graph
