// The steps of extraction that trainers share with the extractor.
#pragma once

#include <string>
#include <vector>

#include "statements/confidence.h"
#include "statements/lexicon.h"
#include "whowhom/extract/surface.h"

namespace whowhom::extract::statements {

// All surface triples of a parsed sentence; `features` may be null.
void TriplesOf(const Sentence& sentence, const Lexicon& lexicon, const ConfidenceModel& confidence,
               std::vector<SurfaceTriple>* triples, std::vector<std::vector<std::string>>* features);

}  // namespace whowhom::extract::statements
