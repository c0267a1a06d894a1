// The one implementation of View: a snapshot read through the overlay and folded by identity.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "document_clusters.h"
#include "identity_builder.h"
#include "overlay.h"
#include "whowhom/graph/csr.h"
#include "whowhom/graph/view.h"

namespace whowhom::graph {

class ViewImpl : public View {
 public:
  ViewImpl(std::shared_ptr<const storage::Snapshot> snapshot, const ViewOptions& options)
      : snapshot_(std::move(snapshot)), options_(options), identity_({}) {}
  Status Open();

  const storage::Snapshot& snapshot() const override { return *snapshot_; }
  const Identity& identity() const override { return identity_; }
  const ViewOptions& options() const override { return options_; }
  Result<std::vector<ActorMatch>> FindActors(std::string_view name, size_t limit) const override;
  Result<std::optional<GraphNode>> FindNode(NodeId id) const override;
  Result<std::optional<GraphNode>> FindNodeBrief(NodeId id) const override;
  std::unique_ptr<GraphSource> Select(const SubgraphFilter& filter) const override;
  Status ScanEdges(const storage::EdgePattern& pattern,
                   const std::function<bool(const FoldedEdge&)>& visit) const override;
  Result<std::vector<storage::EvidenceRef>> EvidenceOf(const FoldedEdge& edge) const override;
  Result<EdgeEvidence> Describe(const Statement& statement) const override;
  Result<GraphEdge> Complete(const FoldedEdge& edge, size_t evidence) const override;
  // The same of many edges: articles that several of them rest on are read once. In the order given. Of the
  // sentences only those that speak of `days`.
  Result<std::vector<GraphEdge>> CompleteAll(const std::vector<FoldedEdge>& edges, size_t evidence,
                                             const std::optional<DayRange>& days) const;
  DocId StoryOf(DocId document) const override { return clusters_.LeaderOf(document); }
  uint32_t IndependentSources(const std::vector<DocId>& documents) const override;
  Result<std::string> RelationLabel(RelationId relation) const override;
  bool IsHidden(const Statement& statement) const override { return overlay_.IsHidden(statement); }
  Result<IdMatch> LookupId(std::string_view id) const override;

  // The flat view, made (or mapped) once.
  Result<std::shared_ptr<const CsrGraph>> Flat(
      const std::function<Result<std::shared_ptr<const CsrGraph>>()>& make) const {
    std::lock_guard<std::mutex> lock(flat_mutex_);
    if (flat_ == nullptr) {
      WHOWHOM_TRY(flat_, make());
    }
    return flat_;
  }
  const JudgementState& judgements() const { return judgements_; }
  // The sentences of some evidence, best first, and what the best of them says of the scale.
  struct Sentences {
    std::vector<EdgeEvidence> best;
    std::vector<DocId> documents;  // of all of `refs`
    std::optional<double> scale;
    Quad quad = Quad::kNone;
  };
  Result<Sentences> ChooseSentences(const std::vector<storage::EvidenceRef>& refs, size_t limit) const;
  // The edge with its sentences.
  Result<GraphEdge> CompleteWith(const FoldedEdge& edge, Sentences sentences) const;
  const Overlay& overlay() const { return overlay_; }

 private:
  Result<GraphEdge> WithoutEvidence(const FoldedEdge& edge) const;
  bool NeedsEvidence(const FoldedEdge& edge, size_t evidence) const;
  void Take(Sentences sentences, GraphEdge* edge) const;

 private:
  Status LoadOrComputeIdentity();
  Result<std::optional<storage::NodeInfo>> MemberInfo(NodeId member) const;
  Status ScanAll(const std::function<bool(const FoldedEdge&)>& visit) const;
  // Groups base edges (already through the overlay) into folded ones, sorted by key.
  Result<std::vector<FoldedEdge>> Fold(std::vector<storage::EdgeSummary> edges) const;
  Result<std::vector<storage::EdgeSummary>> Gather(const storage::EdgePattern& base) const;
  Result<IdMatch> StatementMatch(const std::vector<StatementId>& found) const;
  Result<IdMatch> EdgeMatch(std::string_view hex_prefix) const;

  std::shared_ptr<const storage::Snapshot> snapshot_;
  ViewOptions options_;
  JudgementState judgements_;
  DocumentClusters clusters_;
  Overlay overlay_;
  RedirectIdentity identity_;
  mutable std::mutex labels_mutex_;
  mutable std::unordered_map<RelationId, std::string> labels_;  // of relations looked up
  mutable std::mutex flat_mutex_;
  mutable std::shared_ptr<const CsrGraph> flat_;
};

const ViewImpl& Impl(const View& view);

}  // namespace whowhom::graph
