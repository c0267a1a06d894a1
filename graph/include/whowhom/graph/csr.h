// The whole graph in flat arrays: what traversal and algorithms run on. Made from a view by one scan, kept
// beside the store by watermark and memory-mapped from then on.
//
// Vertex 0 stands for "nobody / nothing" (NodeId 0); the others are the survivors, by id. Edges are sorted by
// (source, target, relation, qualifier); an edge's index is its position.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/graph/view.h"

namespace whowhom::graph {

// Adjacency alone, in arrays owned by somebody else. Models the Boost.Graph concepts VertexListGraph,
// EdgeListGraph, BidirectionalGraph and AdjacencyGraph through bgl.h.
struct CsrTopology {
  std::span<const uint64_t> out_offset;  // vertices + 1
  std::span<const uint32_t> target;      // by edge
  std::span<const uint32_t> source;      // by edge
  std::span<const uint64_t> in_offset;   // vertices + 1
  std::span<const uint32_t> in_edge;     // edge indexes, by (target, source)
  uint32_t vertex_count() const {
    return out_offset.empty() ? 0 : static_cast<uint32_t>(out_offset.size() - 1);
  }
  uint32_t edge_count() const { return static_cast<uint32_t>(target.size()); }
};

// What the flat view keeps of an edge.
struct CsrEdge {
  uint32_t relation = 0;  // index into relations()
  uint32_t statements = 0;
  uint32_t documents = 0;
  int32_t first_day = 0;  // INT32_MAX = no day
  int32_t last_day = 0;
  uint32_t class_mask = 0;  // bit of each EventClass that occurs
  uint8_t event_class = 0;  // the most frequent
  uint8_t qualifier = 0;
  uint16_t reserved = 0;
};

// Immutable, thread-safe.
class CsrGraph {
 public:
  // From the cache of the view's watermark, else made (and cached where the view has a cache_dir). Cost of
  // making it: one scan of edges and one look-up a node; of loading: a mapping and a checksum of the header.
  static Result<std::shared_ptr<const CsrGraph>> Open(const View& view);
  // From the cache only; null if there is none of this watermark.
  static std::shared_ptr<const CsrGraph> OpenCached(const View& view);
  virtual ~CsrGraph() = default;

  virtual CsrTopology topology() const = 0;
  virtual std::span<const uint64_t> node_ids() const = 0;   // by vertex
  virtual std::span<const uint8_t> node_flags() const = 0;  // bit 7: actor; low bits: EntityType
  virtual std::span<const CsrEdge> edges() const = 0;
  virtual std::span<const uint64_t> relations() const = 0;        // sorted
  virtual std::span<const uint64_t> relation_offset() const = 0;  // relations + 1
  virtual std::span<const uint32_t> relation_edge() const = 0;    // edge indexes by relation, in edge order
  virtual std::span<const uint32_t> edges_by_id() const = 0;      // edge indexes by GraphEdge::id
  bool is_actor(uint32_t vertex) const { return (node_flags()[vertex] & 128) != 0; }

  std::optional<uint32_t> VertexOf(NodeId survivor) const;
  storage::EdgeKey KeyOf(uint32_t edge) const;
  uint64_t IdOf(uint32_t edge) const { return EdgeIdOf(KeyOf(edge)); }
  // As View::ScanEdges gives it, without `base` (EvidenceOf finds those again) and with class counts of 1.
  FoldedEdge EdgeAt(uint32_t edge) const;
};

}  // namespace whowhom::graph
