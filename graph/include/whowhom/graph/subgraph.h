// A filtered part of the graph as pictures, exports and answers need it: nodes after identity, edges bundled
// by evidence.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "whowhom/core/edge.h"
#include "whowhom/core/record.h"
#include "whowhom/core/result.h"

namespace whowhom::graph {

struct GraphNode {
  NodeId id;  // survivor of identity
  std::string label;
  EntityType type = EntityType::kThing;
  std::string country, sector;
  bool is_actor = false;
  uint64_t mentions = 0;
  uint64_t documents = 0;
  std::vector<std::string> aliases;  // by falling count, at most 20
  std::optional<DayRange> days;
};

// The sentence that stands best for an edge.
struct EdgeEvidence {
  StatementId statement;
  DocId doc;
  std::string sentence;
  ByteSpan span;                // of the sentence in the document
  std::vector<ByteSpan> marks;  // subject, predicate, object spans in the document
  std::string title, outlet, path, url;
  std::optional<Day> published;
  std::optional<DayRange> days;  // that the statement speaks of
  std::string speaker;           // display; empty = the article's own voice
  double confidence = 0;
};

struct GraphEdge {
  uint64_t id =
      0;  // stable: first 8 bytes of the hash of (subject, relation, object, qualifier); on screen `e:` + hex
  NodeId source;  // value 0 = not expressed
  NodeId target;  // value 0 = none
  std::string relation;
  Qualifier qualifier;
  EventClass event_class = EventClass::kNone;  // most frequent
  Quad quad = Quad::kNone;
  std::optional<double> scale;
  uint32_t statements = 0;
  uint32_t documents = 0;
  uint32_t independent_sources = 0;  // near-duplicate clusters of documents
  std::optional<DayRange> days;
  std::vector<EdgeEvidence> evidence;  // best first; as many as asked for
};

struct SubgraphFilter {
  std::vector<NodeId> around = {};  // empty = everything
  int depth = 1;
  std::vector<EventClass> classes = {};  // empty = all
  std::optional<DayRange> days = {};
  uint32_t min_sources = 0;
  bool facts_only = false;
  bool claims_only = false;
  bool actors_only = false;  // no THING nodes
  bool include_rejected = false;
  std::optional<size_t> max_nodes = {};  // top by weight
  size_t evidence_per_edge = 1;
};

// Streams a part of the graph. Nodes by id, then edges by (source, target, relation, qualifier).
// Thread-compatible; reads one snapshot.
class GraphSource {
 public:
  virtual ~GraphSource() = default;
  virtual Status ForEachNode(const std::function<bool(const GraphNode&)>& visit) const = 0;
  virtual Status ForEachEdge(const std::function<bool(const GraphEdge&)>& visit) const = 0;
  // The ends of every edge, in the same order; cheaper than the edges where the source can do better.
  virtual Status ForEachPair(const std::function<bool(NodeId source, NodeId target)>& visit) const;
  virtual std::optional<DayRange> days() const = 0;
};

// The same in memory, for pictures.
struct Subgraph {
  std::vector<GraphNode> nodes;  // by id
  std::vector<GraphEdge> edges;
};
Result<Subgraph> Collect(const GraphSource& source);

}  // namespace whowhom::graph
