// What judgements and superseded versions change about the stored edges, without touching them: hidden
// evidence, and evidence that moves to a split actor. Everything above reads edges through it.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <unordered_set>
#include <vector>

#include "document_clusters.h"
#include "identity_builder.h"
#include "whowhom/core/edge.h"
#include "whowhom/storage/store.h"

namespace whowhom::graph {

struct EdgeKeyHash {
  size_t operator()(const storage::EdgeKey& key) const noexcept {
    uint64_t h = key.subject.value * 0x9E3779B97F4A7C15ULL;
    h = (h ^ key.relation.value) * 0xC2B2AE3D27D4EB4FULL;
    h = (h ^ key.object.value) * 0x165667B19E3779F9ULL;
    return h ^ (h >> 29) ^ key.qualifier.bits;
  }
};

// Immutable, thread-safe.
class Overlay {
 public:
  // Cost: reads the statements of superseded, rejected and split documents only.
  static Result<Overlay> Build(std::shared_ptr<const storage::Snapshot> snapshot,
                               const JudgementState& judgements, const DocumentClusters& clusters);

  // As Snapshot::ScanEdges, with hidden evidence left out; edges of split actors come in key order when the
  // pattern is free, else last.
  Status ScanEdges(const storage::EdgePattern& pattern,
                   const std::function<bool(const storage::EdgeSummary&)>& visit) const;
  Status ScanEvidence(const storage::EdgeKey& key,
                      const std::function<bool(const storage::EvidenceRef&)>& visit) const;
  bool IsHidden(const Statement& statement) const;
  // The nodes that splits made, with the node they were split from.
  struct SplitInfo {
    NodeRef node;
    NodeId from;
    size_t documents = 0;
  };
  const std::map<NodeId, SplitInfo>& splits() const { return splits_; }
  // The edges of a statement as the graph has them: split actors replaced.
  struct Edge {
    storage::EdgeKey key;
    EventClass event_class = EventClass::kNone;
    std::optional<DayRange> days;
  };
  std::vector<Edge> EdgesOfStatement(const Statement& statement) const;
  // Sums of `refs`, all evidence of `key`. Loads the statements.
  Result<storage::EdgeSummary> Summarize(const storage::EdgeKey& key,
                                         const std::vector<storage::EvidenceRef>& refs) const;
  Result<std::vector<storage::EvidenceRef>> EvidenceOf(const storage::EdgeKey& key) const;

 private:
  NodeId Replace(NodeId node, DocId doc) const;
  Result<bool> Emit(const storage::EdgeSummary& stored,
                    const std::function<bool(const storage::EdgeSummary&)>& visit) const;

  std::shared_ptr<const storage::Snapshot> snapshot_;
  std::set<StatementId> rejected_;
  std::set<std::pair<DocId, uint32_t>> hidden_;  // (document, sequence) of rejected statements
  std::set<DocId> superseded_;
  std::map<std::pair<NodeId, DocId>, NodeId> moved_;
  std::map<NodeId, SplitInfo> splits_;
  std::unordered_set<storage::EdgeKey, EdgeKeyHash> touched_;  // stored edges that lose evidence
  std::map<storage::EdgeKey, std::vector<storage::EvidenceRef>>
      added_;  // edges of split actors: their evidence
};

}  // namespace whowhom::graph
