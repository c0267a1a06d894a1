// Scores of the network on the development sets, on given tokens.
#pragma once

#include <string>

#include "network.h"

namespace whowhom::train {

struct TreeFigures {
  double upos = 0, xpos = 0, feats = 0, lemma = 0, uas = 0, las = 0, las_subtypes = 0;
};

// `las` compares universal parts of the labels, as the CoNLL 2018 evaluation does; `las_subtypes` the whole
// labels.
TreeFigures EvaluateTrees(Network& network, const Corpus& corpus, const std::vector<GoldSentence>& sentences);

// F1 of exact spans with types PER, ORG and LOC (GPE and PLACE taken together). `source`: source bias, -1 =
// none.
double EvaluateNames(Network& network, const Corpus& corpus, const std::vector<GoldSentence>& sentences,
                     int64_t source);

}  // namespace whowhom::train
