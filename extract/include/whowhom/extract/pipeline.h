// All stages wired: an article -> records. What `add`, `extract`, `parse`, `mentions` and `explain` call.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/extract/actors.h"
#include "whowhom/extract/analysis.h"
#include "whowhom/extract/statements.h"

namespace whowhom::extract {

struct PipelineOptions {
  std::string model = "fast";            // fast | accurate
  std::vector<std::string> user_layers;  // knowledge files
  StatementOptions statements;
};

struct ArticleRecords {
  Document document;
  std::vector<Statement> statements;
};

// Immutable after loading; thread-safe: one article per call, any number of threads.
class Pipeline {
 public:
  static Result<std::unique_ptr<Pipeline>> Load(const ResourcePaths& resources,
                                                const PipelineOptions& options);
  virtual ~Pipeline() = default;

  // Blocks, sentences, tags, dependencies, names.
  virtual AnalyzedArticle Parse(const Article& article) const = 0;
  // The same from given sentences (CoNLL-U input, tokens kept): tags, dependencies, names are made anew.
  virtual AnalyzedArticle ParseTokens(const Article& article, std::vector<Sentence> sentences) const = 0;
  // Parse + mentions and actors.
  virtual AnalyzedArticle Analyze(const Article& article) const = 0;
  // Everything. A pure function of the article and the loaded resources.
  virtual ArticleRecords Extract(const Article& article) const = 0;
  virtual std::vector<Statement> Statements(const AnalyzedArticle& article, DocId doc,
                                            ExtractionTrace* trace) const = 0;

  // `extract --sentences -f tsv`: the triples of all sentences, worded as the text words them.
  virtual std::vector<SurfaceTriple> SurfaceTriples(const AnalyzedArticle& article) const = 0;

  virtual const ActorResolver& actors() const = 0;
  virtual const EventCoder& events() const = 0;
  // Name, version, model and knowledge of this extractor; goes into Document.extractor.
  virtual const std::string& version() const = 0;
};

}  // namespace whowhom::extract
