// A question asked again in wider terms while nothing is found.
#pragma once

#include "whowhom/graph/question.h"

namespace whowhom::graph {

inline bool Found(const Answer& answer) { return !answer.rows.empty(); }

// Runs the plan, then wider ones: other prepositions; the topic anywhere in the sentence; planned and
// possible deeds; people without a name and the bodies of a state. Leaves the plan that was run last, and a
// note for what helped.
Status RunWidening(const View& view, const QuestionOptions& options, const RunOptions& run_options,
                   Reply* reply);

// "who" of a question without an answer may be a thing: "the air strike". REQUIRES: nothing found yet.
Status RunThings(const View& view, const RunOptions& run_options, Reply* reply);

// Looks further from where RunWidening stopped: an actor as a part of what is named ("praised X" finds
// "praised X's decision"); near-synonyms of the topic's words; most of them; what the sentences before say of
// "it". REQUIRES: nothing found yet.
Status RunFurther(const View& view, const RunOptions& run_options, Reply* reply);

// The same actors under any verb of the same event class: what comes closest to a question without an answer.
Result<Answer> RunClosest(const View& view, const RunOptions& run_options, const Plan& plan);

}  // namespace whowhom::graph
