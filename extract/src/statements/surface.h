// Facts -> surface triples: the wording of the sentence in three slots, one triple per argument, as open
// information extraction is measured.
#pragma once

#include <vector>

#include "statements/confidence.h"
#include "statements/fact.h"
#include "statements/tree.h"
#include "whowhom/extract/statements.h"

namespace whowhom::extract::statements {

// How far to trust the fact: the confidence of the first triple it is worded as.
double ScoreOf(const Tree& tree, const Fact& fact, const ConfidenceModel& confidence);

// The triples of one fact over the sentence's tokens, each joined by one blank, wordings already there left
// out. `features` may be null; else it receives the confidence features of each triple added.
void RenderTriples(const Tree& tree, const Fact& fact, const ConfidenceModel& confidence,
                   std::vector<SurfaceTriple>* triples, std::vector<std::vector<std::string>>* features);

}  // namespace whowhom::extract::statements
