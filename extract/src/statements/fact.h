// What the rules produce inside: a fact over token indices of one sentence. Both layers are made from it:
// surface triples (surface.h) and statements (build.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "statements/tree.h"
#include "whowhom/core/record.h"

namespace whowhom::extract::statements {

enum class ArgKind : uint8_t { kPreposition, kTime, kPlace, kContent, kPurpose, kCondition, kCause, kManner };

// A phrase of a fact.
struct Slot {
  TokenSet tokens;  // as written; empty = absent
  int head = kNoToken;
  bool is_clause = false;
  std::vector<uint32_t>
      members;  // heads of coordinated members where the coordination stays whole, else empty
  bool empty() const { return tokens.empty(); }
};

struct ArgSlot {
  ArgKind kind = ArgKind::kPreposition;
  std::string role;  // preposition in lower case ("because of"), or the kind's name
  TokenSet marker;   // the preposition or conjunction as written; may be empty
  Slot phrase;
  int owner = kNoToken;  // the object or predicate noun it hangs on; kNoToken: the verb
};

// A speaker found by the rules; text layer of Attribution.
struct Voice {
  Slot speaker;           // in `sentence`; empty for "reportedly"
  uint32_t sentence = 0;  // where the speaker stands
  std::string verb;
};

struct Fact {
  uint32_t clause = 0;  // head token of the clause or phrase that made it
  TokenSet predicate;   // the trigger, as written; never empty
  std::string lemma;
  std::string shown;         // wording supplied where the text has none of its own
  std::string event_verb;    // what the event coder is asked for; empty = lemma
  std::string content_verb;  // verb below a chain verb: "withdraw" in "agreed to withdraw"
  Slot subject;
  Slot object;
  Slot receiver;     // indirect object
  TokenSet between;  // object words that stand in the predicate of later triples ("elected him | president")
  std::vector<ArgSlot> args;
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kAsserted;
  bool is_future = false;
  bool is_passive = false;  // the surface subject is `object`, the agent (if any) is `subject`
  bool is_copular = false;
  bool is_implicit = false;
  bool is_light = false;  // the object noun joins the relation in the graph layer
  bool is_symmetric = false;
  bool is_reporting = false;
  bool object_is_attribute = false;  // copular or predicative complement
  bool surface_only = false;         // shown as a triple, carries no statement of its own
  bool no_surface = false;           // the reverse
  TokenSet agent_marker;             // "by" of a passive
  std::vector<uint32_t> content;     // clause heads of what is said, ordered, denied
  std::vector<Voice> voices;         // outermost first
  std::vector<std::string_view> rules;
};

// The stronger of two standings: a plan that is only possible stays possible; a question outweighs all.
Modality Stronger(Modality a, Modality b);

}  // namespace whowhom::extract::statements
