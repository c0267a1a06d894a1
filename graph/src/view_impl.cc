#include "view_impl.h"

#include <algorithm>
#include <map>

#include "cache_file.h"
#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxAliases = 20;
constexpr size_t kMaxLabels = 65'536;  // of relations kept in memory

storage::EdgeKey Folded(const storage::EdgeKey& key, const Identity& identity) {
  storage::EdgeKey folded = key;
  if (key.subject.value != 0) folded.subject = identity.SurvivorOf(key.subject);
  if (key.object.value != 0) folded.object = identity.SurvivorOf(key.object);
  return folded;
}

void AddClasses(const std::vector<storage::ClassCount>& from, std::vector<storage::ClassCount>* to) {
  for (const storage::ClassCount& count : from) {
    auto it = std::find_if(to->begin(), to->end(),
                           [&](const auto& c) { return c.event_class >= count.event_class; });
    if (it == to->end() || it->event_class != count.event_class) it = to->insert(it, {count.event_class, 0});
    it->count += count.count;
  }
}

void Widen(const std::optional<DayRange>& days, std::optional<DayRange>* range) {
  if (!days) return;
  if (!*range) *range = days;
  (*range)->from = std::min((*range)->from, days->from);
  (*range)->to = std::max((*range)->to, days->to);
}

}  // namespace

uint64_t EdgeIdOf(const storage::EdgeKey& key) {
  return Hasher()
      .Add("edge")
      .Add(static_cast<int64_t>(key.subject.value))
      .Add(static_cast<int64_t>(key.relation.value))
      .Add(static_cast<int64_t>(key.object.value))
      .Add(key.qualifier.bits)
      .Finish()
      .high;
}
std::string FormatEdgeId(uint64_t id) { return "e:" + ToHex(id); }
std::string FormatNodeId(NodeId id) { return "a:" + ToHex(id.value); }
std::string FormatStatementId(StatementId id) { return "s:" + ToHex(id.hash); }

std::optional<DayRange> DaysOf(const Statement& statement) {
  if (statement.time) return DayRange{statement.time->from, statement.time->to};
  if (statement.published) return DayRange{*statement.published, *statement.published};
  return std::nullopt;
}

Result<std::unique_ptr<View>> View::Build(std::shared_ptr<const storage::Snapshot> snapshot,
                                          const ViewOptions& options) {
  if (snapshot == nullptr) return InvalidInput("building a view: no snapshot given");
  auto view = std::make_unique<ViewImpl>(std::move(snapshot), options);
  WHOWHOM_TRY_STATUS(view->Open());
  return std::unique_ptr<View>(std::move(view));
}

const ViewImpl& Impl(const View& view) {
  const auto* impl = dynamic_cast<const ViewImpl*>(&view);
  WHOWHOM_CHECK(impl != nullptr, "views are made by View::Build");
  return *impl;
}

Status ViewImpl::Open() {
  WHOWHOM_TRY(auto judgements, snapshot_->Judgements());
  judgements_ = DecodeJudgements(judgements);
  WHOWHOM_TRY_STATUS(LoadOrComputeIdentity());
  WHOWHOM_TRY(overlay_, Overlay::Build(snapshot_, judgements_, clusters_));
  return {};
}

Status ViewImpl::LoadOrComputeIdentity() {
  IdentityCache cached;
  if (LoadIdentityCache(options_, snapshot_->watermark(), &cached)) {
    clusters_ = DocumentClusters(std::move(cached.leaders), std::move(cached.superseded));
    identity_ = RedirectIdentity(std::move(cached.redirects));
    return {};
  }
  if (options_.cluster_documents) {
    WHOWHOM_TRY(clusters_, DocumentClusters::Build(*snapshot_));
  }
  WHOWHOM_TRY(auto plan, ComputeIdentity(*snapshot_, judgements_, options_));
  identity_ = RedirectIdentity(std::move(plan.redirects));
  SaveIdentityCache(options_, snapshot_->watermark(),
                    {identity_.redirects(), clusters_.leaders(), clusters_.superseded()});
  return {};
}

Result<std::optional<storage::NodeInfo>> ViewImpl::MemberInfo(NodeId member) const {
  auto split = overlay_.splits().find(member);
  if (split == overlay_.splits().end()) return snapshot_->FindNode(member);
  storage::NodeInfo info;
  info.id = member;
  info.ref = split->second.node;
  info.documents = split->second.documents;
  return std::optional(std::move(info));
}

Result<std::optional<GraphNode>> ViewImpl::FindNodeBrief(NodeId id) const {
  NodeId survivor = identity_.SurvivorOf(id);
  GraphNode node;
  node.id = survivor;
  bool found = false;
  const std::string* name = nullptr;
  for (NodeId member : identity_.MembersOf(survivor)) {
    WHOWHOM_TRY(auto info, MemberInfo(member));
    if (!info) continue;
    const NodeRef& ref = info->ref;
    if (!found || member == survivor) {
      node.label = ref.label;
      node.type = ref.type;
      node.is_actor = ref.is_actor;
    }
    if (!ref.country.empty() && (member == survivor || node.country.empty())) node.country = ref.country;
    if (!ref.sector.empty() && (member == survivor || node.sector.empty())) node.sector = ref.sector;
    node.mentions += info->mentions;
    node.documents += info->documents;
    if (auto it = judgements_.names.find(member); it != judgements_.names.end()) name = &it->second;
    found = true;
  }
  if (!found) return std::optional<GraphNode>();
  for (NodeId member : identity_.MembersOf(survivor)) {
    auto retype = judgements_.types.find(member);
    if (retype == judgements_.types.end()) continue;
    node.type = retype->second.type;
    if (retype->second.country) node.country = *retype->second.country;
    if (retype->second.sector) node.sector = *retype->second.sector;
  }
  if (name != nullptr) node.label = *name;
  return std::optional<GraphNode>(std::move(node));
}

Result<std::optional<GraphNode>> ViewImpl::FindNode(NodeId id) const {
  WHOWHOM_TRY(auto node, FindNodeBrief(id));
  if (!node) return node;
  std::map<std::string, uint64_t> aliases;
  for (NodeId member : identity_.MembersOf(node->id)) {
    if (auto split = overlay_.splits().find(member); split != overlay_.splits().end()) {
      ++aliases[split->second.node.label];
    } else {
      WHOWHOM_TRY(auto hits, snapshot_->AliasesOf(member));
      for (const storage::AliasHit& hit : hits) aliases[hit.alias] += std::max<uint64_t>(hit.count, 1);
    }
    if (auto name = judgements_.names.find(member); name != judgements_.names.end()) ++aliases[name->second];
  }
  std::vector<std::pair<std::string, uint64_t>> ordered(aliases.begin(), aliases.end());
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (ordered.size() > kMaxAliases) ordered.resize(kMaxAliases);
  for (auto& [alias, count] : ordered) node->aliases.push_back(std::move(alias));
  return node;
}

Result<std::vector<storage::EdgeSummary>> ViewImpl::Gather(const storage::EdgePattern& base) const {
  std::vector<storage::EdgeSummary> edges;
  WHOWHOM_TRY_STATUS(overlay_.ScanEdges(base, [&](const storage::EdgeSummary& edge) {
    edges.push_back(edge);
    return true;
  }));
  return edges;
}

Result<std::vector<FoldedEdge>> ViewImpl::Fold(std::vector<storage::EdgeSummary> edges) const {
  std::vector<std::pair<storage::EdgeKey, uint32_t>> order;
  order.reserve(edges.size());
  for (uint32_t i = 0; i < edges.size(); ++i) order.emplace_back(Folded(edges[i].key, identity_), i);
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return std::tie(a.first, edges[a.second].key) < std::tie(b.first, edges[b.second].key);
  });
  std::vector<FoldedEdge> folded;
  for (size_t i = 0; i < order.size();) {
    FoldedEdge edge;
    edge.key = order[i].first;
    edge.id = EdgeIdOf(edge.key);
    for (; i < order.size() && order[i].first == edge.key; ++i) {
      const storage::EdgeSummary& summary = edges[order[i].second];
      if (!edge.base.empty() && edge.base.back() == summary.key) continue;
      edge.base.push_back(summary.key);
      edge.statements += summary.statements;
      edge.documents += summary.documents;
      AddClasses(summary.classes, &edge.classes);
      Widen(summary.days, &edge.days);
    }
    if (edge.base.size() > 1) {  // one statement may name both members: count it once
      WHOWHOM_TRY(auto refs, EvidenceOf(edge));
      edge.statements = static_cast<uint32_t>(refs.size());
      edge.documents = 0;
      for (size_t r = 0; r < refs.size(); ++r) edge.documents += r == 0 || refs[r].doc != refs[r - 1].doc;
    }
    folded.push_back(std::move(edge));
  }
  return folded;
}

Result<std::vector<storage::EvidenceRef>> ViewImpl::EvidenceOf(const FoldedEdge& edge) const {
  std::vector<storage::EvidenceRef> refs;
  std::vector<storage::EdgeKey> base = edge.base;
  if (base.empty()) {  // an edge of the flat view: any of the members may have it
    auto members = [&](NodeId id) {
      return id.value == 0 ? std::vector<NodeId>{id} : identity_.MembersOf(id);
    };
    for (NodeId subject : members(edge.key.subject)) {
      for (NodeId object : members(edge.key.object))
        base.push_back({subject, edge.key.relation, object, edge.key.qualifier});
    }
  }
  for (const storage::EdgeKey& key : base) {
    WHOWHOM_TRY_STATUS(overlay_.ScanEvidence(key, [&](const storage::EvidenceRef& ref) {
      refs.push_back(ref);
      return true;
    }));
  }
  auto by_place = [](const auto& a, const auto& b) {
    return std::tie(a.doc, a.sequence) < std::tie(b.doc, b.sequence);
  };
  auto same_place = [](const auto& a, const auto& b) { return a.doc == b.doc && a.sequence == b.sequence; };
  std::stable_sort(refs.begin(), refs.end(), by_place);
  refs.erase(std::unique(refs.begin(), refs.end(), same_place), refs.end());
  return refs;
}

Status ViewImpl::ScanEdges(const storage::EdgePattern& pattern,
                           const std::function<bool(const FoldedEdge&)>& visit) const {
  if (!pattern.subject && !pattern.relation && !pattern.object) return ScanAll(visit);
  std::vector<NodeId> subjects, objects;
  if (pattern.subject) subjects = identity_.MembersOf(*pattern.subject);
  if (pattern.object) objects = identity_.MembersOf(*pattern.object);
  std::vector<storage::EdgeSummary> edges;
  auto gather = [&](const storage::EdgePattern& base) -> Status {
    WHOWHOM_TRY(auto some, Gather(base));
    edges.insert(edges.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    return {};
  };
  if (pattern.subject && pattern.object) {
    for (NodeId subject : subjects) {
      for (NodeId object : objects) WHOWHOM_TRY_STATUS(gather({subject, pattern.relation, object}));
    }
  } else if (pattern.subject) {
    for (NodeId subject : subjects) WHOWHOM_TRY_STATUS(gather({subject, pattern.relation, std::nullopt}));
  } else if (pattern.object) {
    for (NodeId object : objects) WHOWHOM_TRY_STATUS(gather({std::nullopt, pattern.relation, object}));
  } else {
    WHOWHOM_TRY_STATUS(gather(pattern));
  }
  WHOWHOM_TRY(auto folded, Fold(std::move(edges)));
  for (const FoldedEdge& edge : folded) {
    if (!visit(edge)) break;
  }
  return {};
}

// Subject by subject: a merged subject is read when its survivor's turn comes, its other members are passed
// over.
Status ViewImpl::ScanAll(const std::function<bool(const FoldedEdge&)>& visit) const {
  std::vector<storage::EdgeSummary> buffer;
  std::vector<NodeId> pending;  // survivors of merged groups not yet read, sorted
  for (const auto& [base, survivor] : identity_.redirects()) pending.push_back(survivor);
  std::sort(pending.begin(), pending.end());
  pending.erase(std::unique(pending.begin(), pending.end()), pending.end());
  size_t next = 0;
  bool stopped = false;
  Status problem;
  auto flush = [&](std::vector<storage::EdgeSummary> edges) {
    Result<std::vector<FoldedEdge>> folded = Fold(std::move(edges));
    if (!folded.ok()) problem = folded.error();
    stopped = !folded.ok();
    for (size_t i = 0; !stopped && i < folded->size(); ++i) stopped = !visit((*folded)[i]);
    return !stopped;
  };
  auto flush_merged_before = [&](NodeId limit, bool all) {
    for (; !stopped && next < pending.size() && (all || pending[next] < limit); ++next) {
      std::vector<storage::EdgeSummary> edges;
      for (NodeId member : identity_.MembersOf(pending[next])) {
        Result<std::vector<storage::EdgeSummary>> some = Gather({member, std::nullopt, std::nullopt});
        if (!some.ok()) return problem = some.error(), stopped = true, false;
        edges.insert(edges.end(), some->begin(), some->end());
      }
      if (!edges.empty() && !flush(std::move(edges))) return false;
    }
    return !stopped;
  };
  WHOWHOM_TRY_STATUS(overlay_.ScanEdges({}, [&](const storage::EdgeSummary& edge) {
    if (!buffer.empty() && buffer[0].key.subject != edge.key.subject) {
      std::vector<storage::EdgeSummary> done;
      done.swap(buffer);
      if (!flush_merged_before(done[0].key.subject, false) || !flush(std::move(done))) return false;
    }
    NodeId survivor = identity_.SurvivorOf(edge.key.subject);
    if (survivor == edge.key.subject && !identity_.IsMerged(survivor)) buffer.push_back(edge);
    return true;
  }));
  if (!stopped && !buffer.empty() && flush_merged_before(buffer[0].key.subject, false))
    flush(std::move(buffer));
  if (!stopped) flush_merged_before({}, true);
  return problem;
}

Result<std::string> ViewImpl::RelationLabel(RelationId relation) const {
  std::lock_guard<std::mutex> lock(labels_mutex_);
  const auto known = labels_.find(relation);
  if (known != labels_.end()) return known->second;
  WHOWHOM_TRY(const auto info, snapshot_->FindRelation(relation));
  if (labels_.size() >= kMaxLabels) labels_.clear();
  return labels_.emplace(relation, info ? info->label : "?").first->second;
}

uint32_t ViewImpl::IndependentSources(const std::vector<DocId>& documents) const {
  std::vector<DocId> leaders;
  leaders.reserve(documents.size());
  for (DocId doc : documents) leaders.push_back(clusters_.LeaderOf(doc));
  std::sort(leaders.begin(), leaders.end());
  return static_cast<uint32_t>(std::unique(leaders.begin(), leaders.end()) - leaders.begin());
}

}  // namespace whowhom::graph
