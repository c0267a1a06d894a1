// Bindings -> rows: grouped, sorted, cut, and completed with names, sources and the best sentence.
#include <algorithm>
#include <map>
#include <set>

#include "plan_runner.h"
#include "statement_filter.h"

namespace whowhom::graph {
namespace {

// A row before its names are looked up.
struct Draft {
  std::string text;  // kContents, kTimes, kPlaces
  std::vector<NodeId> nodes;
  MatchTier tier = MatchTier::kLemma;
  uint32_t statements = 0;
  std::vector<const EdgeHit*> hits;
  std::vector<storage::EvidenceRef> refs;  // if `own_refs`: the statements behind this very row
  bool own_refs = false;
  std::optional<DayRange> days;
};

void Widen(const std::optional<DayRange>& days, std::optional<DayRange>* range) {
  if (!days) return;
  if (!*range) *range = days;
  (*range)->from = std::min((*range)->from, days->from);
  (*range)->to = std::max((*range)->to, days->to);
}

class RowMaker {
 public:
  RowMaker(const Plan& plan, const ViewImpl& view, const RunOptions& options, PlanRunner* runner)
      : plan_(plan), view_(view), options_(options), runner_(*runner) {}

  Result<Answer> Make() {
    switch (plan_.aggregate) {
      case Aggregate::kRows:
      case Aggregate::kExists:
        DraftBindings();
        break;
      case Aggregate::kCountStatements:
        DraftBindings();
        WHOWHOM_TRY_STATUS(CountStatements());
        break;
      case Aggregate::kRank:
      case Aggregate::kCountValues:
        DraftValues();
        break;
      case Aggregate::kContents:
      case Aggregate::kTimes:
      case Aggregate::kPlaces:
      case Aggregate::kNumbers:
        WHOWHOM_TRY_STATUS(DraftTexts());
        break;
    }
    if (plan_.aggregate == Aggregate::kCountValues) answer_.count = drafts_.size();
    if (plan_.aggregate == Aggregate::kExists) answer_.yes = !drafts_.empty();
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
      if (a.tier != b.tier) return a.tier < b.tier;
      if (a.statements != b.statements) return a.statements > b.statements;
      if (EdgeOrder(a) != EdgeOrder(b)) return EdgeOrder(a) < EdgeOrder(b);
      return a.nodes != b.nodes ? a.nodes < b.nodes : a.text < b.text;
    });
    answer_.total = drafts_.size();
    answer_.truncated = runner_.truncated();
    answer_.steps = runner_.steps();
    for (const Draft& draft : drafts_) answer_.widest = std::max(answer_.widest, draft.tier);
    if (options_.limit > 0 && drafts_.size() > options_.limit) drafts_.resize(options_.limit);
    for (size_t node : plan_.select) answer_.columns.push_back(plan_.nodes[node].name);
    if (IsText()) answer_.columns.insert(answer_.columns.begin(), std::string(ToString(plan_.aggregate)));
    for (const Draft& draft : drafts_) WHOWHOM_TRY_STATUS(Complete(draft));
    return std::move(answer_);
  }

 private:
  static std::pair<int32_t, uint64_t> EdgeOrder(const Draft& draft) {
    int32_t day = draft.days ? draft.days->from.number : INT32_MAX;
    return {day, draft.hits.empty() ? 0 : draft.hits[0]->edge.id};
  }
  bool IsText() const {
    return plan_.aggregate == Aggregate::kContents || plan_.aggregate == Aggregate::kTimes ||
           plan_.aggregate == Aggregate::kPlaces || plan_.aggregate == Aggregate::kNumbers;
  }
  std::vector<NodeId> Selected(const Binding& binding) const {
    std::vector<NodeId> nodes;
    for (size_t node : plan_.select) nodes.push_back(binding.nodes[node]);
    return nodes;
  }

  void DraftBindings() {
    for (const Binding& binding : runner_.bindings()) {
      Draft draft{{}, Selected(binding), binding.tier, binding.statements, {}, {}, false, {}};
      for (const EdgeHit& hit : binding.edges) {
        draft.hits.push_back(&hit);
        Widen(hit.edge.days, &draft.days);
      }
      drafts_.push_back(std::move(draft));
    }
  }

  // A row per value of the first selected node; an edge counts once for a value.
  void DraftValues() {
    std::map<NodeId, std::vector<const Binding*>> groups;
    for (const Binding& binding : runner_.bindings()) {
      NodeId value = plan_.select.empty() ? NodeId{} : binding.nodes[plan_.select[0]];
      if (value.value != 0) groups[value].push_back(&binding);
    }
    for (const auto& [value, bindings] : groups) {
      Draft draft;
      draft.nodes = {value};
      draft.tier = MatchTier::kClass;
      std::set<uint64_t> edges;
      for (const Binding* binding : bindings) {
        draft.tier = std::min(draft.tier, binding->tier);
        for (const EdgeHit& hit : binding->edges) {
          if (!edges.insert(hit.edge.id).second) continue;
          draft.hits.push_back(&hit);
          draft.statements += hit.edge.statements;
          Widen(hit.edge.days, &draft.days);
        }
      }
      std::stable_sort(draft.hits.begin(), draft.hits.end(), [](const EdgeHit* a, const EdgeHit* b) {
        return std::tuple(a->tier, ~a->edge.statements, a->edge.id) <
               std::tuple(b->tier, ~b->edge.statements, b->edge.id);
      });
      drafts_.push_back(std::move(draft));
    }
  }

  Status CountStatements() {
    std::set<std::pair<DocId, uint32_t>> statements;
    for (const Binding& binding : runner_.bindings()) {
      for (const EdgeHit& hit : binding.edges) {
        WHOWHOM_TRY(auto refs, runner_.EvidenceOf(hit));
        for (const storage::EvidenceRef& ref : refs) statements.insert({ref.doc, ref.sequence});
      }
    }
    answer_.count = statements.size();
    return {};
  }

  Result<std::string> TextOf(const Statement& statement) const {
    if (plan_.aggregate == Aggregate::kPlaces)
      return plan_.filter.located.empty() ? PlaceShown(statement) : PlaceOfPhrase(statement, plan_.filter);
    if (plan_.aggregate == Aggregate::kNumbers) return NumberShown(statement, plan_.filter);
    if (plan_.aggregate == Aggregate::kContents)
      return ContentShown(view_, statement, plan_.filter, plan_.edges[0].object == kNoNode);
    std::string time = TimeShown(statement);
    if (time.empty() && statement.published) time = FormatDay(*statement.published) + " (reported)";
    return time;
  }

  // A row per (text, selected nodes) over the statements of the first edge.
  Status DraftTexts() {
    std::map<std::pair<std::string, std::vector<NodeId>>, size_t> index;
    std::set<std::tuple<DocId, uint32_t>> seen;
    uint64_t left = options_.max_steps > runner_.steps() ? options_.max_steps - runner_.steps() : 0;
    for (const Binding& binding : runner_.bindings()) {
      WHOWHOM_TRY(auto refs, runner_.EvidenceOf(binding.edges[0]));
      for (const storage::EvidenceRef& ref : refs) {
        if (left-- == 0) return {};
        if (!seen.insert({ref.doc, ref.sequence}).second) continue;
        WHOWHOM_TRY(Statement statement, view_.snapshot().LoadStatement(ref));
        WHOWHOM_TRY(std::string text, TextOf(statement));
        if (text.empty()) continue;
        auto [it, is_new] = index.try_emplace({text, Selected(binding)}, drafts_.size());
        if (is_new) {
          drafts_.push_back({text, it->first.second, binding.tier, 0, {&binding.edges[0]}, {}, true, {}});
        }
        Draft& draft = drafts_[it->second];
        ++draft.statements;
        draft.refs.push_back(ref);
        Widen(DaysOf(statement), &draft.days);
      }
    }
    for (Draft& draft : drafts_) {
      std::sort(draft.refs.begin(), draft.refs.end(), [](const auto& a, const auto& b) {
        return std::tie(a.doc, a.sequence) < std::tie(b.doc, b.sequence);
      });
    }
    return {};
  }

  Result<std::string> Label(NodeId id) {
    if (id.value == 0) return std::string();
    auto it = labels_.find(id);
    if (it != labels_.end()) return it->second;
    WHOWHOM_TRY(auto node, view_.FindNodeBrief(id));
    return labels_[id] = node ? node->label : FormatNodeId(id);
  }

  Status Complete(const Draft& draft) {
    AnswerRow row;
    if (IsText()) row.values.push_back(draft.text);
    for (NodeId id : draft.nodes) {
      WHOWHOM_TRY(std::string label, Label(id));
      row.values.push_back(std::move(label));
    }
    row.nodes = draft.nodes;
    row.tier = draft.tier;
    row.statements = draft.statements;
    row.days = draft.days;
    const EdgeHit& first = *draft.hits[0];
    WHOWHOM_TRY(row.subject, Label(first.edge.key.subject));
    WHOWHOM_TRY(row.object, Label(first.edge.key.object));
    WHOWHOM_TRY(row.relation, view_.RelationLabel(first.edge.key.relation));
    row.qualifier = first.edge.key.qualifier;
    for (const storage::ClassCount& c : first.edge.classes) {
      if (c.event_class != EventClass::kNone) row.event_class = c.event_class;
    }
    for (const EdgeHit* hit : draft.hits) row.edges.push_back(hit->edge.id);
    std::vector<storage::EvidenceRef> refs = draft.refs;
    if (!draft.own_refs) {
      size_t hits = plan_.aggregate == Aggregate::kRank || plan_.aggregate == Aggregate::kCountValues
                        ? draft.hits.size()
                        : 1;
      for (size_t i = 0; i < hits; ++i) {
        WHOWHOM_TRY(auto some, runner_.EvidenceOf(*draft.hits[i]));
        refs.insert(refs.end(), some.begin(), some.end());
      }
    }
    WHOWHOM_TRY(auto sentences, view_.ChooseSentences(refs, options_.with_evidence ? 1 : 0));
    std::set<DocId> documents(sentences.documents.begin(), sentences.documents.end());
    row.documents = static_cast<uint32_t>(documents.size());
    row.independent_sources = view_.IndependentSources(sentences.documents);
    if (!sentences.best.empty()) row.evidence = std::move(sentences.best[0]);
    answer_.rows.push_back(std::move(row));
    return {};
  }

  const Plan& plan_;
  const ViewImpl& view_;
  const RunOptions& options_;
  PlanRunner& runner_;
  std::vector<Draft> drafts_;
  std::map<NodeId, std::string> labels_;
  Answer answer_;
};

}  // namespace

std::string_view ToString(MatchTier tier) {
  switch (tier) {
    case MatchTier::kLemma:
      return "verb";
    case MatchTier::kSynonym:
      return "synonym";
    case MatchTier::kPreposition:
      return "preposition";
    case MatchTier::kClass:
      return "class";
  }
  return "";
}

std::string_view ToString(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::kRows:
      return "rows";
    case Aggregate::kRank:
      return "rank";
    case Aggregate::kContents:
      return "what";
    case Aggregate::kTimes:
      return "when";
    case Aggregate::kPlaces:
      return "where";
    case Aggregate::kNumbers:
      return "how many";
    case Aggregate::kCountValues:
      return "count";
    case Aggregate::kCountStatements:
      return "times";
    case Aggregate::kExists:
      return "exists";
  }
  return "";
}

Result<Answer> RunPlan(const Plan& plan, const View& view, const RunOptions& options) {
  const ViewImpl& impl = Impl(view);
  PlanRunner runner(plan, impl, options);
  WHOWHOM_TRY_STATUS(runner.Run());
  return RowMaker(plan, impl, options, &runner).Make();
}

}  // namespace whowhom::graph
