// The edges at some actors, and what of their statements a filter lets pass.
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "edge_filter.h"

namespace whowhom::graph {

// Edges at the actors: of one, all; of several, those between two of them.
inline Status EdgesOfActors(const View& view, const std::vector<NodeId>& actors, const EdgeFilter& filter,
                            bool between, const std::function<bool(const FoldedEdge&)>& visit) {
  std::set<uint64_t> seen;
  std::set<NodeId> survivors;
  for (NodeId actor : actors) survivors.insert(view.identity().SurvivorOf(actor));
  auto offer = [&](const FoldedEdge& edge) {
    if (!PassesFilter(filter, edge)) return true;
    bool inside = survivors.contains(edge.key.subject) && survivors.contains(edge.key.object);
    if (between && survivors.size() > 1 && !inside) return true;
    return !seen.insert(edge.id).second || visit(edge);
  };
  for (NodeId actor : survivors) {
    WHOWHOM_TRY_STATUS(view.ScanEdges({actor, std::nullopt, std::nullopt}, offer));
    WHOWHOM_TRY_STATUS(view.ScanEdges({std::nullopt, std::nullopt, actor}, offer));
  }
  return {};
}

inline bool InDays(const EdgeFilter& filter, Day day) {
  return !filter.days || (filter.days->from <= day && day <= filter.days->to);
}

inline bool HasClass(const EdgeFilter& filter, EventClass event_class) {
  return filter.classes.empty() ||
         std::find(filter.classes.begin(), filter.classes.end(), event_class) != filter.classes.end();
}

}  // namespace whowhom::graph
