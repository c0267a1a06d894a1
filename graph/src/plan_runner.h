// Finds the bindings of a plan: which nodes and edges satisfy it. Rows are made of them by run_plan.cc.
#pragma once

#include <unordered_map>
#include <vector>

#include "view_impl.h"
#include "whowhom/graph/plan.h"

namespace whowhom::graph {

struct EdgeHit {
  FoldedEdge edge;  // counts as the filter leaves them
  MatchTier tier = MatchTier::kLemma;
  bool restricted = false;  // `refs` holds the evidence that passed; else all evidence counts
  std::vector<storage::EvidenceRef> refs;
};

struct Binding {
  std::vector<NodeId> nodes;   // by Plan::nodes; value 0 = none or not bound by an edge
  std::vector<EdgeHit> edges;  // by Plan::edges
  MatchTier tier = MatchTier::kLemma;
  uint32_t statements = 0;
};

// Thread-compatible; one run.
class PlanRunner {
 public:
  PlanRunner(const Plan& plan, const ViewImpl& view, const RunOptions& options);
  // kInvalidInput, kCancelled, or what the store reports.
  Status Run();
  std::vector<Binding>& bindings() { return bindings_; }
  bool truncated() const { return truncated_; }
  uint64_t steps() const { return steps_; }
  Result<std::vector<storage::EvidenceRef>> EvidenceOf(const EdgeHit& hit) const;

 private:
  Status Check() const;
  void OrderEdges();
  Status Extend(size_t depth);
  Status Candidates(size_t edge, std::vector<std::pair<EdgeHit, bool>>* found);
  Status ScanRelations(const storage::EdgePattern& ends, const PlanEdge& edge,
                       std::vector<FoldedEdge>* found);
  Status Scan(const storage::EdgePattern& pattern, std::vector<FoldedEdge>* found);
  std::optional<MatchTier> TierOf(const PlanEdge& plan_edge, const FoldedEdge& edge) const;
  bool PassesQualifier(const Qualifier& qualifier) const;
  // Empty: the filter leaves nothing.
  Result<std::optional<EdgeHit>> Restrict(const FoldedEdge& edge, MatchTier tier, size_t index);
  Result<bool> Accepts(size_t node, NodeId id);
  bool IsBound(size_t node) const;
  std::vector<NodeId> ValuesOf(size_t node) const;  // REQUIRES: IsBound
  Status Step();

  const Plan& plan_;
  const ViewImpl& view_;
  const RunOptions& options_;
  std::vector<size_t> order_;
  Binding current_;
  std::vector<bool> assigned_;
  std::vector<Binding> bindings_;
  std::unordered_map<NodeId, GraphNode> brief_;
  uint64_t steps_ = 0;
  bool truncated_ = false;
};

}  // namespace whowhom::graph
