// Clauses and named rules: an analysed article -> statements, and sentence -> surface triples.
//
//   auto extractor = StatementExtractor::Load(data_dir, models_dir, events.get(), times.get());
//   for (const Statement& s : (*extractor)->Extract(article, doc_id, {}, nullptr)) ...
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/extract/analysis.h"
#include "whowhom/extract/event_coder.h"
#include "whowhom/extract/surface.h"
#include "whowhom/extract/time_normalizer.h"

namespace whowhom::extract {

// What `explain` shows beside the statements.
struct ExtractionTrace {
  struct Step {
    uint32_t sentence = 0;
    std::string rule;    // name of the rule
    std::string detail;  // what it did, or why the candidate was dropped
    bool dropped = false;
  };
  std::vector<Step> steps;
};

struct StatementOptions {
  double min_confidence = 0;
  bool surface_only = false;  // `extract --sentences`: no actor substitution, no event coding needed
};

// A named rule of data/statements/rules.tsv, for `schema` and `explain`.
struct RuleDescription {
  std::string id, stage, what, pattern, source, example, counter;
};

// Immutable after loading; thread-safe.
class StatementExtractor {
 public:
  // data/statements/*.tsv; models/confidence.model where it exists. `events` and `times` must outlive the
  // extractor and may be null: then no event classes, no time intervals.
  static Result<std::unique_ptr<StatementExtractor>> Load(const std::string& data_dir,
                                                          const std::string& models_dir,
                                                          const EventCoder* events,
                                                          const TimeNormalizer* times);
  virtual ~StatementExtractor() = default;
  // Statements with ids, in the order (sentence, predicate begin, subject begin, object begin). `trace` may
  // be null. Statement.doc is the id given. Never a statement without a trigger span. Cost: linear in tokens
  // x clause depth.
  virtual std::vector<Statement> Extract(const AnalyzedArticle& article, DocId doc,
                                         const StatementOptions& options, ExtractionTrace* trace) const = 0;
  // Surface triples of one parsed sentence (mentions are not looked at), each wording once. Cost as Extract.
  virtual std::vector<SurfaceTriple> SurfaceTriples(const Sentence& sentence,
                                                    double min_confidence = 0) const = 0;
  // All rules, in the order of the file.
  virtual const std::vector<RuleDescription>& rules() const = 0;
};

}  // namespace whowhom::extract
