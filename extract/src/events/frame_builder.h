// A fact of the clause rules -> the frame that the event coder is asked about.
#pragma once

#include "statements/fact.h"
#include "whowhom/extract/event_coder.h"

namespace whowhom::extract {

// Everything that can be read from the parse; who the actors are (is_actor, country, sector) is for the
// caller to add. In a chain ("agreed to withdraw") the outer verb is the frame's verb with its own negation
// and modal, and object and arguments belong to the content verb. Cost: linear in the children of the heads.
// `siblings`: all facts of the sentence, which know whether the content clause is negated.
EventFrame BuildEventFrame(const statements::Tree& tree, const statements::Fact& fact,
                           const std::vector<statements::Fact>& siblings);

}  // namespace whowhom::extract
