#include <algorithm>
#include <utility>

#include "statements/clauses.h"
#include "statements/implicit.h"
#include "statements/lexicon.h"
#include "statements/surface.h"
#include "whowhom/extract/statements.h"

namespace whowhom::extract {
namespace {

using namespace statements;  // NOLINT: this file is the module's front

class Extractor : public StatementExtractor {
 public:
  std::vector<Statement> Extract(const AnalyzedArticle&, DocId, const StatementOptions&,
                                 ExtractionTrace*) const override {
    return {};
  }

  std::vector<SurfaceTriple> SurfaceTriples(const Sentence& sentence, double min_confidence) const override {
    const Tree tree(sentence);
    std::vector<SurfaceTriple> triples;
    std::vector<Fact> facts;
    ReadFacts(tree, &facts, nullptr);
    for (const Fact& fact : facts) {
      if (!fact.no_surface) RenderTriples(tree, *lexicon, fact, 1.0, &triples);
    }
    std::erase_if(triples, [&](const SurfaceTriple& t) { return t.confidence < min_confidence; });
    return triples;
  }

  const std::vector<RuleDescription>& rules() const override { return lexicon->rules; }

  std::unique_ptr<Lexicon> lexicon;
  const EventCoder* events = nullptr;
  const TimeNormalizer* times = nullptr;

 private:
  void ReadFacts(const Tree& tree, std::vector<Fact>* facts, std::vector<Dropped>* dropped) const {
    ClauseReader clauses(tree, *lexicon, dropped);
    clauses.Read(facts);
    ImplicitReader(tree, *lexicon, clauses).Read(facts);
  }
};

}  // namespace

Result<std::unique_ptr<StatementExtractor>> StatementExtractor::Load(const std::string& data_dir, const std::string&,
                                                                     const EventCoder* events,
                                                                     const TimeNormalizer* times) {
  auto extractor = std::make_unique<Extractor>();
  WHOWHOM_TRY(extractor->lexicon, Lexicon::Load(data_dir));
  extractor->events = events;
  extractor->times = times;
  return std::unique_ptr<StatementExtractor>(std::move(extractor));
}

}  // namespace whowhom::extract
