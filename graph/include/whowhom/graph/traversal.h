// Ways through the graph and through time: neighbourhoods (View::Select with `around`), paths, timelines,
// events, changes, contradictions.
//
//   WHOWHOM_TRY(auto paths, FindPaths(*view, giuliani, mek, {.count = 3}));
//   WHOWHOM_TRY(auto months, Timeline(*view, {iran}, {.grain = TimeGrain::kMonth}));
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/graph/view.h"

namespace whowhom::graph {

// Which edges count. Shared by everything below and by algorithms.h.
struct EdgeFilter {
  std::vector<EventClass> classes = {};  // empty = all
  std::optional<DayRange> days = {};     // the edge's days overlap
  bool facts_only = false;
  bool claims_only = false;
  bool positive_only = true;  // leave out what is said not to have happened
  uint32_t min_documents = 0;
};

struct PathOptions {
  size_t count = 1;                // paths to find, shortest first
  size_t max_steps = 6;            // edges of a path
  bool directed = false;           // follow edges from subject to object only
  bool by_weight = false;          // prefer much-reported edges: an edge costs 1 + 1 / documents
  bool through_things = false;     // let things stand between actors
  size_t max_degree = 0;           // never pass through actors of more neighbours; 0 = no limit
  std::vector<NodeId> avoid = {};  // never pass through these
  EdgeFilter filter = {};
};
struct Path {
  std::vector<NodeId> nodes;     // from ... to
  std::vector<GraphEdge> edges;  // the strongest edge of each step, with one sentence
  std::vector<bool> forward;     // the edge leads along the path (else against it)
  double cost = 0;
};
// Empty: there is none within the bounds. kNotFound: an actor the graph does not have.
// Cost: bidirectional breadth-first search over the CSR view (Yen's algorithm over it for more than one
// path).
Result<std::vector<Path>> FindPaths(const View& view, NodeId from, NodeId to, const PathOptions& options);

struct TimelineOptions {
  TimeGrain grain = TimeGrain::kMonth;  // kDay, kWeek (from Monday), kMonth, kQuarter, kYear
  EdgeFilter filter = {};
};
struct TimelineRow {
  Day from, to;
  uint32_t statements = 0;
  uint32_t cooperative = 0, conflictual = 0;  // by quad class
  std::optional<double> scale;                // mean of the statements that have one
  std::vector<uint64_t> edges;                // most reported first, at most five
};
// One actor's statements by time, or those between two actors. Periods without any are left out. A statement
// counts on the first day of its time, else on the day of publication.
Result<std::vector<TimelineRow>> Timeline(const View& view, const std::vector<NodeId>& actors,
                                          const TimelineOptions& options);

// What happened once, however often it was reported: one row per (day, source, target, class).
struct EventRow {
  Day day;                // the first of the time told
  Day until;              // the last one: of "in 2017" December 31
  NodeId source, target;  // value 0 = not expressed / none
  EventClass event_class = EventClass::kNone;
  Quad quad = Quad::kNone;
  std::optional<double> scale;
  std::string relation;  // of the report that stands best for it, as are scale and edge
  uint32_t reports = 0;  // statements
  uint32_t independent_sources = 0;
  uint64_t edge = 0;
};
// By day, source, target, class. `actors`: those with one of them as source or target; empty = all. Days,
// classes and documents of the filter are asked of the event, not of the edges behind it.
Result<std::vector<EventRow>> Events(const View& view, const std::vector<NodeId>& actors,
                                     const EdgeFilter& filter);

// The report that stands best for an event.
struct EventReport {
  EdgeEvidence evidence;
  std::string cameo;                 // root code, "11"
  std::string place, place_country;  // country: ISO 3166 alpha-3
  uint32_t sentence_number = 0;      // from 1
};
// All events, in the same order, without holding them: every article is read once, what it tells is sorted in
// temporary files (about 400 bytes an event's report). Stops when `visit` gives false. kResourceLimit when
// the disk is too full.
using EventVisitor = std::function<bool(const EventRow&, const EventReport&)>;
Status ForEachEvent(const View& view, const EdgeFilter& filter, const EventVisitor& visit);

struct Changes {
  std::vector<GraphEdge> new_edges;  // between actors, first seen on or after the day; most reported first
  std::vector<NodeId> new_actors;    // whose first edge is
  struct Turn {
    NodeId a, b;                   // a < b
    double before = 0, after = 0;  // mean scale of what stands between them
  };
  std::vector<Turn> turned;  // from cooperation (mean above 0) to conflict (below), or back
};
Result<Changes> ChangesSince(const View& view, Day day, const EdgeFilter& filter, size_t limit);

// The same thing said to have happened and not to have happened by two voices, or an accusation and what the
// accused, or who speaks for the accused state, denies in the same article.
struct Contradiction {
  GraphEdge claimed, denied;  // with evidence: who says so
};
// `denying_verbs`: lemmas as QuestionReader::VerbsLike("deny") gives them. First the same things, by
// statements, then accusations by the order of the denials' edges. Cost: one scan of the edges, and per
// denial the evidence of the accusations of one actor.
Result<std::vector<Contradiction>> Contradictions(const View& view, const EdgeFilter& filter,
                                                  const std::vector<std::string>& denying_verbs,
                                                  size_t limit);

}  // namespace whowhom::graph
