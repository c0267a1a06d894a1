// What some claim and others deny.
#include <algorithm>
#include <map>
#include <set>

#include "edge_filter.h"
#include "view_impl.h"

namespace whowhom::graph {
namespace {

using EdgePair = std::pair<FoldedEdge, FoldedEdge>;

bool IsAsserted(const FoldedEdge& edge) { return edge.key.qualifier.modality() == Modality::kAsserted; }

class ContradictionFinder {
 public:
  ContradictionFinder(const View& view, const EdgeFilter& filter,
                      const std::vector<std::string>& denying_verbs)
      : view_(view), impl_(Impl(view)), filter_(filter), denying_verbs_(denying_verbs) {}

  Result<std::vector<Contradiction>> Find(size_t limit) {
    WHOWHOM_TRY_STATUS(Scan());
    std::vector<Contradiction> found;
    const auto by_statements = [](const EdgePair& a, const EdgePair& b) {
      return a.first.statements + a.second.statements > b.first.statements + b.second.statements;
    };
    std::stable_sort(opposed_.begin(), opposed_.end(), by_statements);
    for (const EdgePair& pair : opposed_) {
      if (found.size() == limit) return found;
      WHOWHOM_TRY(Contradiction item, Complete(pair.first, pair.second));
      if (!IsOneVoice(item)) found.push_back(std::move(item));
    }
    WHOWHOM_TRY_STATUS(FindStates());
    for (const FoldedEdge& denial : denials_) {
      if (found.size() == limit) return found;
      WHOWHOM_TRY(const FoldedEdge* accusation, AccusationOf(denial));
      if (accusation == nullptr) continue;
      WHOWHOM_TRY(Contradiction item, Complete(*accusation, denial));
      found.push_back(std::move(item));
    }
    return found;
  }

 private:
  Status Scan() {
    std::vector<FoldedEdge> same;  // edges of one (subject, relation, object)
    Status problem;
    WHOWHOM_TRY_STATUS(view_.ScanEdges({}, [&](const FoldedEdge& edge) {
      if (!PassesFilter(filter_, edge) || !IsAsserted(edge)) return true;
      const auto triple = [](const FoldedEdge& e) {
        return std::tie(e.key.subject, e.key.relation, e.key.object);
      };
      if (!same.empty() && triple(same[0]) != triple(edge)) problem = CloseTriple(&same);
      same.push_back(edge);
      if (problem.ok()) problem = TakeSides(edge);
      return problem.ok();
    }));
    if (problem.ok()) problem = CloseTriple(&same);
    return problem;
  }

  // The same thing said to be and not to be, of an actor and of something.
  Status CloseTriple(std::vector<FoldedEdge>* same) {
    const FoldedEdge* claimed = nullptr;
    const FoldedEdge* denied = nullptr;
    for (const FoldedEdge& edge : *same) {
      const FoldedEdge*& side = edge.key.qualifier.polarity() == Polarity::kPositive ? claimed : denied;
      if (side == nullptr || edge.statements > side->statements) side = &edge;
    }
    if (claimed != nullptr && denied != nullptr && claimed->key.object.value != 0) {
      WHOWHOM_TRY(const auto subject, impl_.FindNodeBrief(claimed->key.subject));
      if (subject && subject->is_actor) opposed_.emplace_back(*claimed, *denied);
    }
    same->clear();
    return {};
  }

  // Accusations of somebody, and what somebody denies.
  Status TakeSides(const FoldedEdge& edge) {
    if (edge.key.qualifier.polarity() != Polarity::kPositive || edge.key.subject.value == 0) return {};
    const bool accuses =
        std::any_of(edge.classes.begin(), edge.classes.end(), [](const storage::ClassCount& count) {
          return count.event_class == EventClass::kAccuse && count.count > 0;
        });
    if (accuses && edge.key.object.value != 0) accusations_[edge.key.object].push_back(edge);
    auto known = denies_.find(edge.key.relation);
    if (known == denies_.end()) {
      WHOWHOM_TRY(const std::string label, view_.RelationLabel(edge.key.relation));
      const std::string verb = label.substr(0, label.find(' '));
      const bool denies =
          std::find(denying_verbs_.begin(), denying_verbs_.end(), verb) != denying_verbs_.end();
      known = denies_.emplace(edge.key.relation, denies).first;
    }
    if (known->second && !accuses) denials_.push_back(edge);
    return {};
  }

  Status FindStates() {
    for (const auto& [accused, edges] : accusations_) {
      WHOWHOM_TRY(const auto node, impl_.FindNodeBrief(accused));
      if (node && node->type == EntityType::kGpe && !node->country.empty())
        states_.try_emplace(node->country, accused);
    }
    return {};
  }

  // The accusation against the denier, or against the state that the denier speaks for, which stands nearest
  // before the denial in one article; null if there is none.
  Result<const FoldedEdge*> AccusationOf(const FoldedEdge& denial) {
    const FoldedEdge* best = nullptr;
    uint32_t nearest = UINT32_MAX;
    WHOWHOM_TRY(const auto denier, impl_.FindNodeBrief(denial.key.subject));
    if (!denier || !denier->is_actor) return best;
    std::vector<NodeId> accused = {denial.key.subject};
    if (denier->sector == "GOV" && denier->type != EntityType::kGpe && !denier->country.empty()) {
      const auto state = states_.find(denier->country);
      if (state != states_.end()) accused.push_back(state->second);
    }
    WHOWHOM_TRY(const auto refs, view_.EvidenceOf(denial));
    for (const NodeId id : accused) {
      const auto edges = accusations_.find(id);
      if (edges == accusations_.end()) continue;
      for (const FoldedEdge& edge : edges->second) {
        if (edge.key.subject == denial.key.subject || edges_left_ == 0) continue;
        --edges_left_;
        WHOWHOM_TRY(const auto accuser, impl_.FindNodeBrief(edge.key.subject));
        if (!accuser || !accuser->is_actor) continue;
        WHOWHOM_TRY(const auto others, view_.EvidenceOf(edge));
        for (const storage::EvidenceRef& a : others) {
          for (const storage::EvidenceRef& d : refs) {
            const uint32_t apart =
                a.sequence < d.sequence ? d.sequence - a.sequence : kBehind + a.sequence - d.sequence;
            if (a.doc == d.doc && apart < nearest) nearest = apart, best = &edge;
          }
        }
      }
    }
    return best;
  }

  Result<Contradiction> Complete(const FoldedEdge& claimed, const FoldedEdge& denied) {
    WHOWHOM_TRY(GraphEdge yes, view_.Complete(claimed, kEvidence));
    WHOWHOM_TRY(GraphEdge no, view_.Complete(denied, kEvidence));
    return Contradiction{std::move(yes), std::move(no)};
  }

  // "He speaks French; he never speaks French", said by one person in one article: no contradiction of two.
  static bool IsOneVoice(const Contradiction& item) {
    std::set<std::pair<DocId, std::string>> voices;
    for (const GraphEdge* edge : {&item.claimed, &item.denied}) {
      for (const EdgeEvidence& evidence : edge->evidence) voices.insert({evidence.doc, evidence.speaker});
    }
    return voices.size() < 2;
  }

  static constexpr size_t kEvidence = 3;
  static constexpr size_t kMaxEdgesRead = 100'000;
  static constexpr uint32_t kBehind = 1 << 20;  // an accusation behind the denial counts as far away

  const View& view_;
  const ViewImpl& impl_;
  const EdgeFilter& filter_;
  const std::vector<std::string>& denying_verbs_;
  std::vector<EdgePair> opposed_;
  std::map<NodeId, std::vector<FoldedEdge>> accusations_;  // by the accused
  std::map<std::string, NodeId> states_;                   // accused states by country
  std::vector<FoldedEdge> denials_;
  size_t edges_left_ = kMaxEdgesRead;
  std::map<RelationId, bool> denies_;
};

}  // namespace

Result<std::vector<Contradiction>> Contradictions(const View& view, const EdgeFilter& filter,
                                                  const std::vector<std::string>& denying_verbs,
                                                  size_t limit) {
  EdgeFilter both = filter;
  both.positive_only = false;
  return ContradictionFinder(view, both, denying_verbs).Find(limit);
}

}  // namespace whowhom::graph
