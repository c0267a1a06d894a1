// Phrase extents: which tokens of a subtree belong to a noun phrase, a complement or a clause as written.
#pragma once

#include "statements/fact.h"
#include "statements/lexicon.h"
#include "statements/tree.h"

namespace whowhom::extract::statements {

struct PhraseOptions {
  bool prepositions = true;  // keep prepositional phrases
  bool only_of = false;      // of these keep "of" alone
  bool participles = false;  // keep reduced relatives
  bool infinitives = true;   // keep "plan to leave"
  bool case_marker = false;  // keep the head's own preposition
};

// The noun (or adjective) phrase of `head`: without relative clauses (kept for pronouns: "those who fled"),
// appositions, coordinated siblings, and for predicate nouns without what belongs to the clause.
TokenSet NounPhrase(const Tree& tree, uint32_t head, const PhraseOptions& options = {});
// The whole clause of `head` as written, without its subordinator when `drop_marker`.
TokenSet ClauseText(const Tree& tree, uint32_t head, bool drop_marker);
// `head` and what is coordinated with it, in text order.
std::vector<uint32_t> Coordinated(const Tree& tree, uint32_t head);
// Slots for the coordinated members; a modifier behind the last member is shared by all.
std::vector<Slot> SplitSlots(const Tree& tree, uint32_t head, const PhraseOptions& options = {});
// One slot for the coordination as a whole, members listed.
Slot WholeSlot(const Tree& tree, uint32_t head, const PhraseOptions& options = {});
// Tokens of the preposition of a noun ("because of", "in front of"), empty if it has none.
TokenSet CaseMarker(const Tree& tree, uint32_t head);
// The preposition's words in lower case joined by a blank.
std::string MarkerText(const Tree& tree, const TokenSet& marker);
// Token of a relative pronoun (who, which, that, whose excluded).
bool IsRelativePronoun(const Tree& tree, uint32_t i);
// "..., he said, ...": a reporting verb with a subject and nothing said of its own, beside the clause it
// reports.
bool IsParenthetical(const Tree& tree, const Lexicon& lexicon, uint32_t verb);
// `i` lies in a person's name.
bool IsPersonName(const Tree& tree, uint32_t i);

// Whether `title` and `name` hang side by side on one head: "Foreign Minister" + "Anna Berg".
bool IsTitledName(const Tree& tree, uint32_t title, uint32_t name);

// "the first woman", "the only state": an infinitive behind it tells what was done.
bool IsOrdinal(const Tree& tree, uint32_t noun);

// "Monday", "this year", "10 days": head is a time word or lies in a date name.
bool IsTime(const Tree& tree, const Lexicon& lexicon, uint32_t head);

}  // namespace whowhom::extract::statements
