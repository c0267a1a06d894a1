#include "overlay.h"

#include <algorithm>

#include "whowhom/graph/view.h"

namespace whowhom::graph {
namespace {

bool Matches(const storage::EdgePattern& pattern, const storage::EdgeKey& key) {
  return (!pattern.subject || *pattern.subject == key.subject) &&
         (!pattern.relation || *pattern.relation == key.relation) &&
         (!pattern.object || *pattern.object == key.object);
}

storage::EdgeKey StoredKey(const StatementEdge& edge) {
  return {edge.subject.id(), ToRelationId(ComputeRelationHash(edge.relation)), edge.object.id(),
          edge.qualifier};
}

}  // namespace

NodeId Overlay::Replace(NodeId node, DocId doc) const {
  auto it = moved_.find({node, doc});
  return it == moved_.end() ? node : it->second;
}

std::vector<Overlay::Edge> Overlay::EdgesOfStatement(const Statement& statement) const {
  std::vector<Edge> edges;
  for (const StatementEdge& edge : EdgesOf(statement)) {
    storage::EdgeKey key = StoredKey(edge);
    key.subject = Replace(key.subject, statement.doc);
    key.object = Replace(key.object, statement.doc);
    edges.push_back({key, edge.event_class, edge.days});
  }
  return edges;
}

bool Overlay::IsHidden(const Statement& statement) const {
  return rejected_.contains(statement.id) || superseded_.contains(statement.doc);
}

Result<Overlay> Overlay::Build(std::shared_ptr<const storage::Snapshot> snapshot,
                               const JudgementState& judgements, const DocumentClusters& clusters) {
  Overlay overlay;
  overlay.snapshot_ = std::move(snapshot);
  const storage::Snapshot& store = *overlay.snapshot_;
  overlay.rejected_ = judgements.rejected;
  overlay.superseded_.insert(clusters.superseded().begin(), clusters.superseded().end());
  std::set<DocId> documents(overlay.superseded_);
  for (const StatementId& id : judgements.rejected) {
    WHOWHOM_TRY(auto statement, store.FindStatement(id));
    if (statement) documents.insert(statement->doc);
  }
  for (const JudgementState::Split& split : judgements.splits) {
    WHOWHOM_TRY(auto info, store.FindNode(split.node));
    if (!info) continue;
    NodeRef node = SplitNode(info->ref, split.name);
    for (DocId doc : split.documents) {
      overlay.moved_[{split.node, doc}] = node.id();
      documents.insert(doc);
    }
    overlay.splits_[node.id()] = {node, split.node, split.documents.size()};
  }
  for (DocId doc : documents) {
    WHOWHOM_TRY(auto statements, store.StatementsOf(doc));
    for (uint32_t sequence = 0; sequence < statements.size(); ++sequence) {
      const Statement& statement = statements[sequence];
      bool hidden = overlay.IsHidden(statement);
      if (overlay.rejected_.contains(statement.id)) overlay.hidden_.insert({doc, sequence});
      for (const StatementEdge& edge : EdgesOf(statement)) {
        storage::EdgeKey stored = StoredKey(edge), shown = stored;
        shown.subject = overlay.Replace(stored.subject, doc);
        shown.object = overlay.Replace(stored.object, doc);
        if (hidden || shown != stored) overlay.touched_.insert(stored);
        if (!hidden && shown != stored) overlay.added_[shown].push_back({stored, doc, sequence});
      }
    }
  }
  return overlay;
}

Status Overlay::ScanEvidence(const storage::EdgeKey& key,
                             const std::function<bool(const storage::EvidenceRef&)>& visit) const {
  if (auto it = added_.find(key); it != added_.end()) {
    for (const storage::EvidenceRef& ref : it->second) {
      if (!visit(ref)) return {};
    }
  }
  if (!touched_.contains(key)) return snapshot_->ScanEvidence(key, visit);
  return snapshot_->ScanEvidence(key, [&](const storage::EvidenceRef& ref) {
    bool gone = superseded_.contains(ref.doc) || hidden_.contains({ref.doc, ref.sequence}) ||
                moved_.contains({key.subject, ref.doc}) || moved_.contains({key.object, ref.doc});
    return gone || visit(ref);
  });
}

Result<std::vector<storage::EvidenceRef>> Overlay::EvidenceOf(const storage::EdgeKey& key) const {
  std::vector<storage::EvidenceRef> refs;
  WHOWHOM_TRY_STATUS(ScanEvidence(key, [&](const storage::EvidenceRef& ref) {
    refs.push_back(ref);
    return true;
  }));
  return refs;
}

Result<storage::EdgeSummary> Overlay::Summarize(const storage::EdgeKey& key,
                                                const std::vector<storage::EvidenceRef>& refs) const {
  storage::EdgeSummary summary;
  summary.key = key;
  std::set<DocId> documents;
  std::map<EventClass, uint32_t> classes;
  for (const storage::EvidenceRef& ref : refs) {
    WHOWHOM_TRY(Statement statement, snapshot_->LoadStatement(ref));
    ++summary.statements;
    documents.insert(ref.doc);
    for (const Edge& edge : EdgesOfStatement(statement)) {
      if (edge.key != key) continue;
      ++classes[edge.event_class];
      if (!edge.days) break;
      if (!summary.days) summary.days = edge.days;
      summary.days->from = std::min(summary.days->from, edge.days->from);
      summary.days->to = std::max(summary.days->to, edge.days->to);
      break;
    }
  }
  summary.documents = static_cast<uint32_t>(documents.size());
  for (const auto& [event_class, count] : classes) summary.classes.push_back({event_class, count});
  return summary;
}

Result<bool> Overlay::Emit(const storage::EdgeSummary& stored,
                           const std::function<bool(const storage::EdgeSummary&)>& visit) const {
  if (!touched_.contains(stored.key)) return visit(stored);
  WHOWHOM_TRY(auto refs, EvidenceOf(stored.key));
  if (refs.empty()) return true;
  WHOWHOM_TRY(auto summary, Summarize(stored.key, refs));
  return visit(summary);
}

Status Overlay::ScanEdges(const storage::EdgePattern& pattern,
                          const std::function<bool(const storage::EdgeSummary&)>& visit) const {
  if (touched_.empty() && added_.empty()) return snapshot_->ScanEdges(pattern, visit);
  bool in_order = !pattern.subject && !pattern.relation && !pattern.object;
  auto next = added_.begin();
  Status problem;
  bool stopped = false;
  auto keep = [&](const Result<bool>& result) {
    if (!result.ok()) problem = result.error();
    stopped = !result.ok() || !*result;
    return !stopped;
  };
  auto emit_added = [&](const storage::EdgeKey* before) {
    for (; !stopped && next != added_.end() && (before == nullptr || next->first < *before); ++next) {
      if (!Matches(pattern, next->first)) continue;
      Result<storage::EdgeSummary> summary = Summarize(next->first, next->second);
      keep(summary.ok() ? Result<bool>(visit(*summary)) : Result<bool>(summary.error()));
    }
    return !stopped;
  };
  WHOWHOM_TRY_STATUS(snapshot_->ScanEdges(pattern, [&](const storage::EdgeSummary& stored) {
    if (in_order && !emit_added(&stored.key)) return false;
    return keep(Emit(stored, visit));
  }));
  if (!stopped) emit_added(nullptr);
  return problem;
}

}  // namespace whowhom::graph
