// Facts -> surface triples: the wording of the sentence in three slots, one triple per argument, as open
// information extraction is measured.
#pragma once

#include <vector>

#include "statements/fact.h"
#include "statements/lexicon.h"
#include "statements/tree.h"
#include "whowhom/extract/statements.h"

namespace whowhom::extract::statements {

// The triples of one fact over the sentence's tokens, each joined by one blank. `confidence` is the fact's.
void RenderTriples(const Tree& tree, const Lexicon& lexicon, const Fact& fact, double confidence,
                   std::vector<SurfaceTriple>* triples);

}  // namespace whowhom::extract::statements
