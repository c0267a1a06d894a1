// Conditions of a plan that only the statements themselves can answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whowhom/graph/plan.h"

namespace whowhom::graph {

// True if each stem begins a word of `text` (any case); of "attack|strike" one.
bool HasStems(std::string_view text, const std::vector<std::string>& stems);

// The words that tell what a statement says, orders, is about: object, arguments, and the statements it
// reports.
Result<std::string> ContentText(const View& view, const Statement& statement);
// What an answer to "what did X say / order" shows of it; empty if the statement has neither object nor
// content.
// `with_object`: false where the question names the object itself ("what did X accuse Y of").
Result<std::string> ContentShown(const View& view, const Statement& statement, const PlanFilter& filter,
                                 bool with_object);
// Where it happened, as written; empty if it does not say. Without a place of its own: the places that its
// arguments name behind a preposition of place ("in a strike near Baghdad").
std::string PlaceShown(const Statement& statement);
// "western Iraq" of "the base is located in western Iraq": the place named right behind the phrase
// PlanFilter::located, in the sentence of the statement; empty if there is none.
std::string PlaceOfPhrase(const Statement& statement, const PlanFilter& filter);
// "more than 730,000 Rohingya": the counted noun with its number, from the phrases of the statement, else
// from its sentence; empty if no number stands before it.
std::string NumberShown(const Statement& statement, const PlanFilter& filter);
std::string TimeShown(const Statement& statement);

// Days, speakers, topic and place. `first_edge`: topic and place are asked of the first edge only.
Result<bool> PassesStatement(const View& view, const PlanFilter& filter, const Statement& statement,
                             bool first_edge);

}  // namespace whowhom::graph
