// How sentences are chosen for an edge.
#pragma once

#include "whowhom/core/record.h"
#include "whowhom/graph/subgraph.h"
#include "whowhom/storage/store.h"

namespace whowhom::graph {

// How well a statement stands for its edge; ties are broken by (day, document, sequence).
double WorthOf(const Statement& statement);

// How many of `found` statements are read to choose `wanted` from.
inline size_t CandidatesOf(size_t found, size_t wanted) {
  constexpr size_t kMaxCandidates = 48;  // of a much-reported edge
  if (wanted == 0) return 0;
  return wanted >= kMaxCandidates || found < kMaxCandidates ? found : kMaxCandidates;
}

inline bool Overlaps(const std::optional<DayRange>& days, const DayRange& wanted) {
  return days && wanted.from <= days->to && days->from <= wanted.to;
}

void CountClass(EventClass event_class, std::vector<storage::ClassCount>* counts);

// `document` is that of the statement, null if it is not known.
EdgeEvidence DescribeIn(const Statement& statement, const Document* document);

}  // namespace whowhom::graph
