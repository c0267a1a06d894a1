// Identity across articles, computed: which base nodes are one actor, by name, evidence and the user's
// judgements.
//
// Blocks of names that sound alike are compared pair by pair, never all with all; the pairs that hold are
// joined in a fixed order (best first, then by id), so the result is a function of the stored set and the
// judgements alone.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/graph/view.h"
#include "whowhom/storage/store.h"

namespace whowhom::graph {

// What the judgements in force say, decoded.
struct JudgementState {
  std::vector<std::pair<NodeId, NodeId>> same;  // in the order made
  std::set<std::pair<NodeId, NodeId>> differ;   // smaller id first
  std::map<NodeId, std::string> names;
  struct Retype {
    EntityType type = EntityType::kThing;
    std::optional<std::string> country, sector;
  };
  std::map<NodeId, Retype> types;
  std::set<StatementId> rejected;
  struct Split {
    NodeId node;
    std::string name;
    std::vector<DocId> documents;
  };
  std::vector<Split> splits;
};

// Later judgements win over earlier ones about the same thing. Judgements that do not decode are left out.
JudgementState DecodeJudgements(const std::vector<storage::Judgement>& judgements);

// The node that `split` makes of a node's mentions in some documents.
NodeRef SplitNode(const NodeRef& node, const std::string& name);

// A pair that was looked at: joined, or for the user to decide.
struct IdentityPair {
  NodeId a, b;  // a < b
  double score = 0;
  std::vector<std::string> reasons_for, reasons_against;
};

struct IdentityPlan {
  std::vector<std::pair<NodeId, NodeId>> redirects;  // base -> survivor, survivors left out; sorted
  std::vector<IdentityPair> proposals;               // doubtful pairs, by falling score, then ids
  uint64_t compared = 0;                             // pairs of names compared
};

// Cost: one scan of the nodes, O(n log n), a few look-ups for each short name and acronym.
Result<IdentityPlan> ComputeIdentity(const storage::Snapshot& snapshot, const JudgementState& judgements,
                                     const ViewOptions& options);

// Immutable, thread-safe.
class RedirectIdentity : public Identity {
 public:
  explicit RedirectIdentity(std::vector<std::pair<NodeId, NodeId>> redirects);
  NodeId SurvivorOf(NodeId base) const override;
  std::vector<NodeId> MembersOf(NodeId survivor) const override;
  bool IsMerged(NodeId survivor) const { return members_.contains(survivor); }
  const std::vector<std::pair<NodeId, NodeId>>& redirects() const { return redirects_; }

 private:
  std::vector<std::pair<NodeId, NodeId>> redirects_;
  std::unordered_map<NodeId, NodeId> survivor_;
  std::unordered_map<NodeId, std::vector<NodeId>> members_;
};

}  // namespace whowhom::graph
