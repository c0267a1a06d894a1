// What is new since a day.
#include <algorithm>
#include <map>

#include "edge_filter.h"

namespace whowhom::graph {
namespace {

struct Mean {
  double sum = 0;
  uint32_t count = 0;
  void Add(double value, uint32_t times) { sum += value * times, count += times; }
  double value() const { return count == 0 ? 0 : sum / count; }
};

class ChangeFinder {
 public:
  ChangeFinder(const View& view, Day day, const EdgeFilter& filter)
      : view_(view), impl_(Impl(view)), day_(day), filter_(filter) {}

  Status Scan() {
    Status problem;
    WHOWHOM_TRY_STATUS(view_.ScanEdges({}, [&](const FoldedEdge& edge) {
      if (PassesFilter(filter_, edge) && edge.days && edge.key.subject.value != 0) problem = Take(edge);
      return problem.ok();
    }));
    return problem;
  }

  Result<Changes> Finish(size_t limit) {
    Changes changes;
    std::stable_sort(new_edges_.begin(), new_edges_.end(),
                     [](const FoldedEdge& a, const FoldedEdge& b) { return a.statements > b.statements; });
    if (new_edges_.size() > limit) new_edges_.resize(limit);
    for (const FoldedEdge& edge : new_edges_) {
      WHOWHOM_TRY(GraphEdge complete, view_.Complete(edge, 1));
      changes.new_edges.push_back(std::move(complete));
    }
    for (const auto& [node, first] : first_day_) {
      if (first >= day_) changes.new_actors.push_back(node);
    }
    for (const auto& [pair, means] : dyads_) {
      double before = means.first.value(), after = means.second.value();
      if (before * after < 0) changes.turned.push_back({pair.first, pair.second, before, after});
    }
    std::stable_sort(changes.turned.begin(), changes.turned.end(),
                     [](const Changes::Turn& a, const Changes::Turn& b) {
                       return std::abs(a.before - a.after) > std::abs(b.before - b.after);
                     });
    if (changes.turned.size() > limit) changes.turned.resize(limit);
    if (changes.new_actors.size() > limit) changes.new_actors.resize(limit);
    return changes;
  }

 private:
  Result<bool> IsActor(NodeId id) {
    auto it = actors_.find(id);
    if (it != actors_.end()) return it->second;
    WHOWHOM_TRY(auto node, impl_.FindNodeBrief(id));
    return actors_[id] = node && node->is_actor;
  }

  Status Take(const FoldedEdge& edge) {
    WHOWHOM_TRY(bool subject, IsActor(edge.key.subject));
    WHOWHOM_TRY(bool object, edge.key.object.value == 0 ? Result<bool>(false) : IsActor(edge.key.object));
    for (NodeId id : {edge.key.subject, edge.key.object}) {
      if (!(id == edge.key.subject ? subject : object)) continue;
      auto [it, is_new] = first_day_.try_emplace(id, edge.days->from);
      if (!is_new) it->second = std::min(it->second, edge.days->from);
    }
    if (!subject || !object || edge.key.subject == edge.key.object) return {};
    if (edge.days->from >= day_) new_edges_.push_back(edge);
    return AddScale(edge);
  }

  // Means of the scale before and since the day; edges on both sides are read statement by statement.
  Status AddScale(const FoldedEdge& edge) {
    NodeId a = std::min(edge.key.subject, edge.key.object), b = std::max(edge.key.subject, edge.key.object);
    if (edge.days->to < day_ || edge.days->from >= day_) {
      for (const storage::ClassCount& count : edge.classes) {
        std::optional<double> scale = ScaleOf(count.event_class);
        if (!scale) continue;
        auto& means = dyads_[{a, b}];
        (edge.days->from >= day_ ? means.second : means.first).Add(*scale, count.count);
      }
      return {};
    }
    WHOWHOM_TRY(auto refs, view_.EvidenceOf(edge));
    for (const storage::EvidenceRef& ref : refs) {
      WHOWHOM_TRY(Statement statement, view_.snapshot().LoadStatement(ref));
      std::optional<double> scale = statement.scale ? statement.scale : ScaleOf(statement.event_class);
      std::optional<DayRange> days = DaysOf(statement);
      if (!scale || !days) continue;
      auto& means = dyads_[{a, b}];
      (days->from >= day_ ? means.second : means.first).Add(*scale, 1);
    }
    return {};
  }

  const View& view_;
  const ViewImpl& impl_;
  Day day_;
  const EdgeFilter& filter_;
  std::map<NodeId, bool> actors_;
  std::map<NodeId, Day> first_day_;
  std::vector<FoldedEdge> new_edges_;
  std::map<std::pair<NodeId, NodeId>, std::pair<Mean, Mean>> dyads_;
};

}  // namespace

Result<Changes> ChangesSince(const View& view, Day day, const EdgeFilter& filter, size_t limit) {
  ChangeFinder finder(view, day, filter);
  WHOWHOM_TRY_STATUS(finder.Scan());
  return finder.Finish(limit);
}

}  // namespace whowhom::graph
