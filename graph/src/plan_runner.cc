#include "plan_runner.h"

#include <algorithm>
#include <set>

#include "statement_filter.h"
#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

// A bound end with more relations than this is read whole and filtered.
constexpr size_t kMaxRelationScans = 4;

bool HasClass(const FoldedEdge& edge, const std::vector<EventClass>& classes) {
  return std::any_of(edge.classes.begin(), edge.classes.end(), [&](const storage::ClassCount& c) {
    return std::find(classes.begin(), classes.end(), c.event_class) != classes.end();
  });
}

}  // namespace

PlanRunner::PlanRunner(const Plan& plan, const ViewImpl& view, const RunOptions& options)
    : plan_(plan), view_(view), options_(options), assigned_(plan.nodes.size(), false) {
  current_.nodes.resize(plan.nodes.size());
  current_.edges.resize(plan.edges.size());
}

Status PlanRunner::Check() const {
  if (plan_.edges.empty() || plan_.edges.size() > kMaxPlanEdges) {
    return InvalidInput("running a plan of " + std::to_string(plan_.edges.size()) + " edges: expected 1 to " +
                        std::to_string(kMaxPlanEdges));
  }
  for (const PlanEdge& edge : plan_.edges) {
    if (edge.subject >= plan_.nodes.size() || (edge.object != kNoNode && edge.object >= plan_.nodes.size())) {
      return InvalidInput("running a plan: an edge names a node that the plan does not have");
    }
  }
  for (size_t node : plan_.select) {
    if (node >= plan_.nodes.size())
      return InvalidInput("running a plan: it selects a node that it does not have");
  }
  return {};
}

bool PlanRunner::IsBound(size_t node) const { return assigned_[node] || !plan_.nodes[node].any_of.empty(); }

std::vector<NodeId> PlanRunner::ValuesOf(size_t node) const {
  return assigned_[node] ? std::vector<NodeId>{current_.nodes[node]} : plan_.nodes[node].any_of;
}

// Most bound ends first; each edge then binds its ends for the next ones.
void PlanRunner::OrderEdges() {
  std::set<size_t> bound;
  for (size_t i = 0; i < plan_.nodes.size(); ++i) {
    if (!plan_.nodes[i].any_of.empty()) bound.insert(i);
  }
  std::vector<bool> used(plan_.edges.size(), false);
  while (order_.size() < plan_.edges.size()) {
    size_t best = kNoNode;
    size_t best_ends = 0;
    for (size_t i = 0; i < plan_.edges.size(); ++i) {
      if (used[i]) continue;
      const PlanEdge& edge = plan_.edges[i];
      size_t ends = bound.count(edge.subject) + (edge.object != kNoNode ? bound.count(edge.object) : 0);
      if (best == kNoNode || ends > best_ends) best = i, best_ends = ends;
    }
    used[best] = true;
    order_.push_back(best);
    bound.insert(plan_.edges[best].subject);
    if (plan_.edges[best].object != kNoNode) bound.insert(plan_.edges[best].object);
  }
}

Status PlanRunner::Step() {
  if ((++steps_ & 255) == 0 && options_.cancelled && options_.cancelled()) {
    return Error{ErrorCode::kCancelled, "answering the question: cancelled"};
  }
  if (steps_ >= options_.max_steps || bindings_.size() >= options_.max_rows) truncated_ = true;
  return {};
}

Status PlanRunner::Run() {
  WHOWHOM_TRY_STATUS(Check());
  OrderEdges();
  return Extend(0);
}

Status PlanRunner::Scan(const storage::EdgePattern& pattern, std::vector<FoldedEdge>* found) {
  Status problem;
  WHOWHOM_TRY_STATUS(view_.ScanEdges(pattern, [&](const FoldedEdge& edge) {
    problem = Step();
    if (!problem.ok() || truncated_) return false;
    found->push_back(edge);
    return true;
  }));
  return problem;
}

// Edges between given ends: by relation where there are few, else all of the ends.
Status PlanRunner::ScanRelations(const storage::EdgePattern& ends, const PlanEdge& edge,
                                 std::vector<FoldedEdge>* found) {
  bool free_ends = !ends.subject && !ends.object;
  bool by_class = !edge.classes.empty() && (edge.any_relation || plan_.widest >= MatchTier::kClass);
  if (edge.any_relation && (!free_ends || !by_class)) return Scan(ends, found);
  std::set<RelationId> relations;
  if (!edge.any_relation) {
    for (const PlanRelation& relation : edge.relations) {
      if (relation.tier <= plan_.widest) relations.insert(relation.id);
    }
  }
  if (by_class) {
    if (!free_ends) return Scan(ends, found);
    for (EventClass event_class : edge.classes) {
      WHOWHOM_TRY(auto infos, view_.snapshot().RelationsOfClass(event_class));
      for (const storage::RelationInfo& info : infos) relations.insert(info.id);
    }
  }
  if (!free_ends && relations.size() > kMaxRelationScans) return Scan(ends, found);
  for (RelationId relation : relations) {
    WHOWHOM_TRY_STATUS(Scan({ends.subject, relation, ends.object}, found));
  }
  return {};
}

std::optional<MatchTier> PlanRunner::TierOf(const PlanEdge& plan_edge, const FoldedEdge& edge) const {
  if (plan_edge.any_relation) {
    if (!plan_edge.classes.empty() && !HasClass(edge, plan_edge.classes)) return std::nullopt;
    return MatchTier::kLemma;
  }
  std::optional<MatchTier> tier;
  auto it = std::lower_bound(plan_edge.relations.begin(), plan_edge.relations.end(),
                             PlanRelation{edge.key.relation, MatchTier::kLemma});
  if (it != plan_edge.relations.end() && it->id == edge.key.relation && it->tier <= plan_.widest)
    tier = it->tier;
  bool by_class = plan_.widest >= MatchTier::kClass && HasClass(edge, plan_edge.classes);
  if (!tier && by_class) tier = MatchTier::kClass;
  return tier;
}

bool PlanRunner::PassesQualifier(const Qualifier& qualifier) const {
  const PlanFilter& filter = plan_.filter;
  if (filter.facts_only && !qualifier.is_fact()) return false;
  if (filter.claims_only && !qualifier.attributed()) return false;
  if (filter.polarity && qualifier.polarity() != *filter.polarity) return false;
  return filter.modalities.empty() || std::find(filter.modalities.begin(), filter.modalities.end(),
                                                qualifier.modality()) != filter.modalities.end();
}

Result<std::vector<storage::EvidenceRef>> PlanRunner::EvidenceOf(const EdgeHit& hit) const {
  if (hit.restricted) return hit.refs;
  return view_.EvidenceOf(hit.edge);
}

Result<std::optional<EdgeHit>> PlanRunner::Restrict(const FoldedEdge& edge, MatchTier tier, size_t index) {
  const bool first_edge = index == 0;
  const std::vector<std::string>& words = plan_.edges[index].sentence;
  const PlanFilter& filter = plan_.filter;
  std::optional<EdgeHit> none;
  if (!PassesQualifier(edge.key.qualifier)) return none;
  if (!filter.said_by.empty() && !edge.key.qualifier.attributed()) return none;
  bool partly = false;
  if (filter.days) {
    if (!edge.days || edge.days->to < filter.days->from || filter.days->to < edge.days->from) return none;
    partly = edge.days->from < filter.days->from || filter.days->to < edge.days->to;
  }
  if (edge.documents < filter.min_sources) return none;
  EdgeHit hit{edge, tier, false, {}};
  if (partly || filter.NeedsStatements() || !words.empty()) {
    WHOWHOM_TRY(auto refs, view_.EvidenceOf(edge));
    hit.restricted = true;
    hit.edge.statements = hit.edge.documents = 0;
    hit.edge.days.reset();
    for (const storage::EvidenceRef& ref : refs) {
      WHOWHOM_TRY_STATUS(Step());
      if (truncated_) break;
      WHOWHOM_TRY(Statement statement, view_.snapshot().LoadStatement(ref));
      WHOWHOM_TRY(bool passes, PassesStatement(view_, filter, statement, first_edge));
      if (!passes || !HasStems(statement.text, words)) continue;
      ++hit.edge.statements;
      if (hit.refs.empty() || hit.refs.back().doc != ref.doc) ++hit.edge.documents;
      hit.refs.push_back(ref);
      std::optional<DayRange> days = DaysOf(statement);
      if (!days) continue;
      if (!hit.edge.days) hit.edge.days = days;
      hit.edge.days->from = std::min(hit.edge.days->from, days->from);
      hit.edge.days->to = std::max(hit.edge.days->to, days->to);
    }
    if (hit.refs.empty()) return none;
  }
  if (filter.min_sources > 1) {
    WHOWHOM_TRY(auto refs, EvidenceOf(hit));
    std::vector<DocId> documents;
    for (const storage::EvidenceRef& ref : refs) documents.push_back(ref.doc);
    if (view_.IndependentSources(documents) < filter.min_sources) return none;
  }
  return std::optional(std::move(hit));
}

Result<bool> PlanRunner::Accepts(size_t index, NodeId id) {
  const PlanNode& node = plan_.nodes[index];
  if (assigned_[index]) return current_.nodes[index] == id;
  if (!node.any_of.empty()) return std::binary_search(node.any_of.begin(), node.any_of.end(), id);
  if (id.value == 0)
    return !node.actors_only && !node.expressed && node.label_words.empty() && node.types.empty() &&
           node.country.empty() && node.label_stems.empty();
  if (plan_.distinct_nodes) {
    for (size_t other = 0; other < plan_.nodes.size(); ++other) {
      if (other != index && assigned_[other] && plan_.nodes[other].any_of.empty() &&
          current_.nodes[other] == id)
        return false;
    }
  }
  const bool is_any = !node.actors_only && node.types.empty() && node.country.empty() &&
                      node.label_words.empty() && node.label_stems.empty();
  if (is_any) return true;
  auto it = brief_.find(id);
  if (it == brief_.end()) {
    WHOWHOM_TRY(auto brief, view_.FindNodeBrief(id));
    it = brief_.emplace(id, brief.value_or(GraphNode{})).first;
  }
  if (node.actors_only && !it->second.is_actor) return false;
  if (!HasStems(it->second.label, node.label_stems)) return false;
  if (!node.label_words.empty()) {
    const std::string label = NormalizeName(it->second.label);
    const std::string last = label.substr(label.rfind(' ') == std::string::npos ? 0 : label.rfind(' ') + 1);
    const auto& allowed = node.label_words;
    if (!it->second.is_actor && !std::binary_search(allowed.begin(), allowed.end(), last)) return false;
  }
  if (!node.country.empty() && it->second.country != node.country) return false;
  const std::vector<std::string>& sectors = node.sectors;
  if (!sectors.empty() && std::find(sectors.begin(), sectors.end(), it->second.sector) == sectors.end())
    return false;
  const bool is_named_kind = !it->second.is_actor && !node.label_words.empty();
  return node.types.empty() || is_named_kind ||
         std::find(node.types.begin(), node.types.end(), it->second.type) != node.types.end();
}

// All edges that can stand for plan edge `index` now; the flag says that subject and object are exchanged.
Status PlanRunner::Candidates(size_t index, std::vector<std::pair<EdgeHit, bool>>* found) {
  const PlanEdge& edge = plan_.edges[index];
  bool subject_bound = IsBound(edge.subject), object_bound = edge.object != kNoNode && IsBound(edge.object);
  std::vector<std::optional<NodeId>> subjects = {std::nullopt}, objects = {std::nullopt};
  if (subject_bound) {
    std::vector<NodeId> values = ValuesOf(edge.subject);
    subjects.assign(values.begin(), values.end());
  }
  if (object_bound) {
    std::vector<NodeId> values = ValuesOf(edge.object);
    objects.assign(values.begin(), values.end());
  }
  bool reverse = edge.either_direction && edge.object != kNoNode && (subject_bound || object_bound);
  for (bool exchanged : {false, true}) {
    if (exchanged && !reverse) break;
    std::vector<FoldedEdge> edges;
    for (const auto& subject : exchanged ? objects : subjects) {
      for (const auto& object : exchanged ? subjects : objects) {
        WHOWHOM_TRY_STATUS(ScanRelations({subject, std::nullopt, object}, edge, &edges));
      }
    }
    for (const FoldedEdge& folded : edges) {
      std::optional<MatchTier> tier = TierOf(edge, folded);
      if (!tier || (exchanged && folded.key.subject == folded.key.object)) continue;
      WHOWHOM_TRY(auto hit, Restrict(folded, *tier, index));
      if (hit) found->emplace_back(std::move(*hit), exchanged);
      if (truncated_) return {};
    }
  }
  return {};
}

Status PlanRunner::Extend(size_t depth) {
  if (depth == order_.size()) {
    current_.statements = 0;
    current_.tier = MatchTier::kLemma;
    for (const EdgeHit& hit : current_.edges) {
      current_.statements += hit.edge.statements;
      current_.tier = std::max(current_.tier, hit.tier);
    }
    bindings_.push_back(current_);
    return Step();
  }
  size_t index = order_[depth];
  const PlanEdge& edge = plan_.edges[index];
  std::vector<std::pair<EdgeHit, bool>> hits;
  WHOWHOM_TRY_STATUS(Candidates(index, &hits));
  for (auto& [hit, exchanged] : hits) {
    if (truncated_) return {};
    WHOWHOM_TRY_STATUS(Step());
    NodeId subject = exchanged ? hit.edge.key.object : hit.edge.key.subject;
    NodeId object = exchanged ? hit.edge.key.subject : hit.edge.key.object;
    WHOWHOM_TRY(bool subject_fits, Accepts(edge.subject, subject));
    if (!subject_fits) continue;
    bool was_assigned = assigned_[edge.subject];
    assigned_[edge.subject] = true;
    current_.nodes[edge.subject] = subject;
    bool object_fits = true, object_was_assigned = true;
    if (edge.object != kNoNode) {
      object_was_assigned = assigned_[edge.object];
      Result<bool> fits = Accepts(edge.object, object);
      if (!fits.ok()) return fits.error();
      object_fits = *fits;
      if (object_fits) {
        assigned_[edge.object] = true;
        current_.nodes[edge.object] = object;
      }
    }
    if (object_fits) {
      current_.edges[index] = std::move(hit);
      WHOWHOM_TRY_STATUS(Extend(depth + 1));
    }
    if (edge.object != kNoNode) assigned_[edge.object] = object_was_assigned;
    assigned_[edge.subject] = was_assigned;
  }
  return {};
}

}  // namespace whowhom::graph
