// Standing of facts: who says so, whether it is denied, wanted, planned, conditional, asked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "statements/clauses.h"
#include "whowhom/extract/analysis.h"

namespace whowhom::extract::statements {

// A sentence with its facts; `tree` and `clauses` outlive the voices pass.
struct SentenceFacts {
  uint32_t index = 0;
  const Tree* tree = nullptr;
  const ClauseReader* clauses = nullptr;
  std::vector<Fact> facts;
};

// Fills voices, polarity and modality of each fact from the clauses above it: reporting verbs, parentheses,
// "according to", denials, orders, purposes, conditions, questions. Cost: facts x depth.
void ApplyContext(const Lexicon& lexicon, SentenceFacts* sentence);

// Gives words between quotation marks, and paragraphs behind "he wrote:", to the speaker next to them, across
// sentences and paragraphs. Run after ApplyContext on the whole article, sentences in order.
void ApplyQuotations(const Lexicon& lexicon, const AnalyzedArticle& article,
                     std::vector<SentenceFacts>* sentences);

}  // namespace whowhom::extract::statements
