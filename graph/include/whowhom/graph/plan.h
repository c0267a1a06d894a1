// What a question means to the graph: a small typed plan, and the rows it gives. The place where a pattern
// language attaches.
//
//   Plan plan;                                   // who accused Iran in January 2020?
//   plan.nodes = {{.name = "who", .actors_only = true}, {.name = "Iran", .any_of = {iran}}};
//   plan.edges = {{.subject = 0, .object = 1, .any_relation = false, .relations = {{accuse,
//   MatchTier::kLemma}}}}; plan.filter.days = DayRange{*ParseDay("2020-01-01"), *ParseDay("2020-01-31")};
//   plan.select = {0};
//   WHOWHOM_TRY(Answer answer, RunPlan(plan, view, {}));
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

// One thing the question speaks of. Free if `any_of` is empty: then it is a variable, the same wherever its
// index stands.
struct PlanNode {
  std::string name = {};                  // "who", "whom", or the label of what is bound
  std::vector<NodeId> any_of = {};        // survivors, sorted
  std::vector<EntityType> types = {};     // of a variable: one of these; empty = any
  std::string country = {};               // of a variable: ISO 3166 alpha-3; empty = any
  std::vector<std::string> sectors = {};  // of a variable with a country: one of these; empty = any
  bool actors_only = false;               // of a variable: no things, and not "nobody expressed"
  bool expressed = false;                 // of a variable: not "nobody expressed"
  std::vector<std::string> label_words =
      {};  // of a variable that is no actor: its label ends in one, whatever `types`; sorted
  std::vector<std::string> label_stems = {};  // of a variable: its label has them, as PlanFilter::about
  bool is_choice = false;                     // of several that are bound: the question asks which of them
  std::vector<std::string> stems = {};        // of what is bound: the words it was asked by; no condition
};

// How close the relation of an edge is to the verb of the question; closer ones come first.
enum class MatchTier : uint8_t { kLemma = 0, kSynonym = 1, kPreposition = 2, kClass = 3 };
std::string_view ToString(MatchTier tier);

struct PlanRelation {
  RelationId id;
  MatchTier tier = MatchTier::kLemma;
  friend auto operator<=>(const PlanRelation&, const PlanRelation&) = default;
};

constexpr size_t kNoNode = SIZE_MAX;

// A condition on two nodes: some edge leads from one to the other.
struct PlanEdge {
  size_t subject = 0;       // index into Plan::nodes
  size_t object = kNoNode;  // kNoNode: whatever it is, or nothing at all
  bool any_relation = true;
  std::vector<PlanRelation> relations = {};  // sorted by id; meant if not any_relation
  std::vector<EventClass> classes =
      {};                         // with any_relation: one of these; else: further edges of tier kClass
  bool either_direction = false;  // "met", "is between"
  // Word stems that the sentence of this edge must have, as PlanFilter::about: "... that launched missiles".
  std::vector<std::string> sentence = {};
};

// Where the words of a topic are looked for.
enum class TopicScope : uint8_t {
  kContent,   // arguments, objects and the statements reported
  kSentence,  // the whole sentence
  kContext,   // the sentences before it and the title, too: for a statement whose object is not said or only
              // pointed at ("it", "the decision"), or that has half of the words itself
};

// Conditions on the evidence; an edge keeps the statements that meet all of them, and is gone without any.
struct PlanFilter {
  std::optional<DayRange> days;  // overlaps DaysOf(statement)
  bool facts_only = false;
  bool claims_only = false;
  std::optional<Polarity> polarity;
  std::vector<Modality> modalities;  // empty = all
  uint32_t min_sources = 0;          // independent ones
  std::vector<NodeId> said_by;       // survivors, sorted: one of them is a speaker
  // Word stems (lower case): each begins a word of the arguments, objects and content statements (first edge
  // only). "attack|strike": one of them is enough.
  std::vector<std::string> about;
  // Further stems of which so many must stand there, too.
  std::vector<std::string> about_some;
  size_t about_some_at_least = 0;
  TopicScope topic_scope = TopicScope::kContent;
  std::vector<std::string> place;                 // likewise in place, or in arguments that say where
  TopicScope place_scope = TopicScope::kContent;  // kContext: whatever the object is
  // kNumbers: the stems of the noun that is counted, and the words that are numbers ("dozens").
  std::vector<std::string> counted, number_words;
  // kNumbers: words for currencies, where sums of money are asked for; empty otherwise.
  std::vector<std::string> money_words;
  // kPlaces: the stems of the phrase whose place is asked for, its head last, and the words that may stand
  // between it and the place ("is located"). Empty: where the deed was done.
  std::vector<std::string> located, locating_words;
  std::vector<std::string> about_not;  // stems of which none may stand where `about` is looked for
  bool NeedsStatements() const {
    return !said_by.empty() || !about.empty() || !about_some.empty() || !place.empty();
  }
};

enum class Aggregate : uint8_t {
  kRows,             // a row per binding, by closeness, then by statements
  kRank,             // a row per value of the first selected node: statements added up
  kContents,         // a row per thing said, ordered, promised ...: the words of the first edge's statements
  kTimes,            // a row per time of the first edge's statements
  kPlaces,           // a row per place of them
  kNumbers,          // a row per number of PlanFilter::counted that they state: "23 diplomats"
  kCountValues,      // one number: values of the first selected node
  kCountStatements,  // one number: statements of the edges
  kExists,           // yes or no, with the rows that say so
};
std::string_view ToString(Aggregate aggregate);

struct Plan {
  std::vector<PlanNode> nodes;
  std::vector<PlanEdge> edges;  // joined; at most kMaxPlanEdges
  PlanFilter filter;
  std::vector<size_t> select;  // nodes that the question asks for
  Aggregate aggregate = Aggregate::kRows;
  MatchTier widest = MatchTier::kClass;  // edges of a wider tier are left out
  bool distinct_nodes = true;            // two variables never stand for one actor
};
constexpr size_t kMaxPlanEdges = 4;

struct RunOptions {
  size_t limit = 20;  // rows; 0 = all within the bounds below
  uint64_t max_steps =
      5'000'000;  // edges and statements looked at: the bound on time, the same on every machine
  size_t max_rows = 1'000'000;           // bindings held
  bool with_evidence = true;             // the best sentence of each row
  std::function<bool()> cancelled = {};  // asked every 256 steps; true ends with kCancelled
};

struct AnswerRow {
  std::vector<std::string> values;        // by Plan::select (texts such as kContents: the words first)
  std::vector<NodeId> nodes;              // by Plan::select; value 0 = none
  std::string subject, relation, object;  // of the first edge, as stored
  Qualifier qualifier;                    // of the first edge
  EventClass event_class = EventClass::kNone;
  MatchTier tier = MatchTier::kLemma;
  uint32_t statements = 0;  // of all edges
  uint32_t documents = 0;   // of the first edge (of all, for kRank)
  uint32_t independent_sources = 0;
  std::optional<DayRange> days;
  std::vector<uint64_t> edges;           // ids, for `why`
  std::optional<EdgeEvidence> evidence;  // the best sentence
};

struct Answer {
  std::vector<std::string> columns;  // names of AnswerRow::values
  std::vector<AnswerRow> rows;
  uint64_t total = 0;                    // rows before the limit
  bool truncated = false;                // a bound was met: `total` is a lower bound
  std::optional<uint64_t> count;         // kCountValues, kCountStatements
  std::optional<bool> yes;               // kExists
  MatchTier widest = MatchTier::kLemma;  // of the rows
  uint64_t steps = 0;
};

// Runs the plan over the view. kInvalidInput for a plan that is none (index out of range, no edge, too many);
// kCancelled. Cost: one scan per bound end and binding; rows are completed (names, sources, sentence) for
// those returned.
Result<Answer> RunPlan(const Plan& plan, const View& view, const RunOptions& options);

// The plan in words, a line an edge: what `ask --explain` prints.
Result<std::string> ExplainPlan(const Plan& plan, const View& view);

}  // namespace whowhom::graph
