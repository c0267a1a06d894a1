// Scorers: how well parses, names, coreference and statements agree with a gold standard.
//
//   auto scores = ScoreParse(gold_bytes, system_bytes);
//   std::cout << FormatScores(scores->rows());
//
// Everything is counted strictly and reported as precision, recall and F1. All functions are pure and
// thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"

namespace whowhom::extract {

// Counts behind an F1. `correct_in_system` differs from `correct` only for coreference measures, which credit
// precision and recall apart and in fractions.
struct Agreement {
  double correct = 0;            // of the gold side: recall = correct / gold
  double correct_in_system = 0;  // of the system side: precision = correct_in_system / system
  double gold = 0;
  double system = 0;
  double precision() const { return system == 0 ? 0 : correct_in_system / system; }
  double recall() const { return gold == 0 ? 0 : correct / gold; }
  double f1() const {
    const double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }
  void Count(double right) { correct += right, correct_in_system += right; }
};

struct ScoreRow {
  std::string name;
  Agreement agreement;
  bool has_counts = true;  // false: only `value` means something (averages, accuracies)
  double value = 0;
};

// A table: measure, precision, recall, F1 in per cent with two digits, gold and system counts.
std::string FormatScores(const std::vector<ScoreRow>& rows);
// The same as a JSON array of {"name","precision","recall","f1","gold","system"}.
std::string FormatScoresJson(const std::vector<ScoreRow>& rows);

// Scores of the CoNLL 2018 shared task: system tokens are aligned with gold tokens by their characters, words
// inside multiword tokens by longest common subsequence. Rows: Tokens, Sentences, Words, UPOS, XPOS, UFeats,
// AllTags, Lemmas, UAS, LAS, CLAS. Relations are compared without subtype, features only the universal ones,
// as there. kInvalidInput if a file does not parse or the two differ in their text (the first difference is
// quoted). Source: Zeman et al. 2018, "CoNLL 2018 Shared Task"; own implementation.
Result<std::vector<ScoreRow>> ScoreParse(std::string_view gold, std::string_view system);

// Names: strict span and type, per type and overall; and spans alone. Input: files of four columns (ID FORM
// COARSE FINE, BIO; COARSE is scored unless `fine`) or CoNLL-U with NER= in MISC, told apart by content. Both
// must hold the same tokens in the same sentences. `rename` maps system and gold types before scoring ("GPE"
// -> "LOC"; "" drops the type). If it is empty and gold has the types of CoNLL 2003 (PER, LOC), then PERSON
// is PER, GPE, PLACE and FACILITY are LOC, and whatever is not PER, ORG or LOC is dropped.
struct NameScoring {
  bool fine = false;
  std::map<std::string, std::string> rename;
};
Result<std::vector<ScoreRow>> ScoreNames(std::string_view gold, std::string_view system,
                                         const NameScoring& options);

// Coreference: MUC, B3, CEAF-e, their mean ("CoNLL"), LEA, and mentions. Formats, told apart by content:
// CoNLL-U with `Coref=c1,c2` (consecutive tokens with a cluster are one mention) or `Entity=(1-...`, `...)`
// as in GUM; and the columns of LitBank / CoNLL 2012, last column `(1`, `1)`, `(1)`, `|`. `singletons`: keep
// clusters of one mention. kInvalidInput if the documents or their token counts differ.
Result<std::vector<ScoreRow>> ScoreCoreference(std::string_view gold, std::string_view system,
                                               bool singletons);

// GAP: gold is the task's TSV (header; columns ID, Text, Pronoun, ..., A-coref, ..., B-coref), system is
// lines `ID<TAB>A-coref<TAB>B-coref` of TRUE/FALSE. Rows: overall, masculine, feminine (F1), bias.
Result<std::vector<ScoreRow>> ScoreGap(std::string_view gold, std::string_view system);

// Statements (JSON Lines of records v1; document lines are skipped). A pair matches when trigger, subject and
// object overlap. Statements are grouped by document (`path`) and sentence text positions; each is used once,
// best first. Rows: "who-whom lenient" (spans overlap), "who-whom tight" (same end of subject and object and
// same begin up to articles), then among lenient pairs: polarity, modality, speaker, class (accuracies).
Result<std::vector<ScoreRow>> ScoreStatements(std::string_view gold, std::string_view system);

}  // namespace whowhom::extract
