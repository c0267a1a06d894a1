// The user's decisions on actors and statements: checked against the graph and one another, appended to the
// store, undone by number. Nothing is ever rewritten: a view reads the decisions in force, so undoing one
// restores every answer.
//
//   WHOWHOM_TRY(auto number, JudgeSame(*view, writer.get(), a, b, {.why = "both are the general"}));
//   WHOWHOM_TRY(auto undo, Undo(*view, writer.get(), number, {}));
// After a decision build a new view over a new snapshot.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/graph/view.h"
#include "whowhom/storage/store.h"

namespace whowhom::graph {

struct JudgementNote {
  std::string why = {};
  std::string date = {};  // as the caller wants it shown; may be empty
};

// All return the number of the decision, for `undo`. They commit. kNotFound: an actor, document or statement
// that the graph does not have; kInvalidInput: a decision that contradicts one in force (the message names
// its number) or changes nothing.

// `a` and `b` are one actor.
Result<uint64_t> JudgeSame(const View& view, storage::Writer* writer, NodeId a, NodeId b,
                           const JudgementNote& note);
// `a` and `b` are two actors, whatever their names say.
Result<uint64_t> JudgeDiffer(const View& view, storage::Writer* writer, NodeId a, NodeId b,
                             const JudgementNote& note);
// The mentions of `node` in these documents are another actor, called `name` ("John Smith (banker)").
Result<uint64_t> JudgeSplit(const View& view, storage::Writer* writer, NodeId node, const std::string& name,
                            const std::vector<DocId>& documents, const JudgementNote& note);
Result<uint64_t> Rename(const View& view, storage::Writer* writer, NodeId node, const std::string& name,
                        const JudgementNote& note);
// country and sector: empty optional = as it was.
Result<uint64_t> Retype(const View& view, storage::Writer* writer, NodeId node, EntityType type,
                        const std::optional<std::string>& country, const std::optional<std::string>& sector,
                        const JudgementNote& note);
// Hides a statement from every answer; Accept shows it again.
Result<uint64_t> Reject(const View& view, storage::Writer* writer, StatementId statement,
                        const JudgementNote& note);
Result<uint64_t> Accept(const View& view, storage::Writer* writer, StatementId statement,
                        const JudgementNote& note);
// Takes back decision `number`. kNotFound: there is none; kInvalidInput: already undone, or itself an undo.
Result<uint64_t> Undo(const View& view, storage::Writer* writer, uint64_t number, const JudgementNote& note);

struct HistoryLine {
  storage::Judgement judgement;
  std::string text;  // "same: Mike Pompeo, Pompeo"
  bool in_force = true;
};
Result<std::vector<HistoryLine>> History(const View& view);

// A pair that identity left apart and the user may join, with the evidence.
struct ResolveProposal {
  GraphNode a, b;
  double score = 0;  // 0 .. 1
  std::vector<std::string> reasons_for, reasons_against;
};
// Doubtful pairs, best first. Cost: identity is computed anew.
Result<std::vector<ResolveProposal>> ResolveProposals(const View& view, size_t limit);

}  // namespace whowhom::graph
