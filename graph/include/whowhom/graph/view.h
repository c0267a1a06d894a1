// The graph as questions see it: a snapshot with identity across articles applied and rejected statements hidden.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/graph/subgraph.h"
#include "whowhom/storage/store.h"

namespace whowhom::graph {

// A name looked up among actors.
struct ActorMatch {
  GraphNode node;
  std::string matched;   // alias that matched
  double score = 0;      // 1 = exact
};

// Identity across articles: which base nodes are one actor. Derived from mentions and judgements, order-independent.
class Identity {
 public:
  virtual ~Identity() = default;
  virtual NodeId SurvivorOf(NodeId base) const = 0;
  virtual std::vector<NodeId> MembersOf(NodeId survivor) const = 0;  // sorted, with itself
};

// Immutable, thread-safe.
class View {
 public:
  static Result<std::unique_ptr<View>> Build(std::shared_ptr<const storage::Snapshot> snapshot);
  virtual ~View() = default;
  virtual const storage::Snapshot& snapshot() const = 0;
  virtual const Identity& identity() const = 0;
  // Exact alias, then normalised, then words, then near spellings; best first. Empty = unknown.
  virtual Result<std::vector<ActorMatch>> FindActors(std::string_view name, size_t limit) const = 0;
  virtual Result<std::optional<GraphNode>> FindNode(NodeId id) const = 0;
  virtual std::unique_ptr<GraphSource> Select(const SubgraphFilter& filter) const = 0;
};

}  // namespace whowhom::graph
