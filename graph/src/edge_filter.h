// EdgeFilter applied to edges of the flat view and to folded edges.
#pragma once

#include "view_impl.h"
#include "whowhom/graph/csr.h"
#include "whowhom/graph/traversal.h"

namespace whowhom::graph {

inline bool PassesQualifier(const EdgeFilter& filter, Qualifier qualifier) {
  if (filter.facts_only && !qualifier.is_fact()) return false;
  if (filter.claims_only && !qualifier.attributed()) return false;
  return !filter.positive_only || qualifier.polarity() == Polarity::kPositive;
}

inline bool PassesFilter(const EdgeFilter& filter, const CsrEdge& edge) {
  if (!PassesQualifier(filter, Qualifier{edge.qualifier}) || edge.documents < filter.min_documents)
    return false;
  if (filter.days && (edge.first_day == INT32_MAX || edge.last_day < filter.days->from.number ||
                      filter.days->to.number < edge.first_day)) {
    return false;
  }
  if (filter.classes.empty()) return true;
  for (EventClass event_class : filter.classes) {
    if ((edge.class_mask >> static_cast<uint8_t>(event_class) & 1U) != 0) return true;
  }
  return false;
}

inline bool PassesFilter(const EdgeFilter& filter, const FoldedEdge& edge) {
  if (!PassesQualifier(filter, edge.key.qualifier) || edge.documents < filter.min_documents) return false;
  if (filter.days && (!edge.days || edge.days->to < filter.days->from || filter.days->to < edge.days->from))
    return false;
  if (filter.classes.empty()) return true;
  for (const storage::ClassCount& count : edge.classes) {
    for (EventClass event_class : filter.classes) {
      if (count.event_class == event_class) return true;
    }
  }
  return false;
}

}  // namespace whowhom::graph
