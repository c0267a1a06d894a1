#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "statements/build.h"
#include "statements/clauses.h"
#include "statements/confidence.h"
#include "statements/extractor_parts.h"
#include "statements/implicit.h"
#include "statements/lexicon.h"
#include "statements/surface.h"
#include "statements/voices.h"
#include "whowhom/core/utf8.h"
#include "whowhom/extract/statements.h"

namespace whowhom::extract {
namespace {

using namespace statements;  // NOLINT: this file is the module's front

// Trees, readers and facts of one article; kept together because facts point into trees.
struct Analysis {
  std::vector<std::unique_ptr<Tree>> trees;
  std::vector<std::unique_ptr<ClauseReader>> readers;
  std::vector<SentenceFacts> sentences;
  std::vector<std::vector<Dropped>> dropped;  // by sentence
};

uint32_t BeginOf(const Phrase& phrase) { return phrase.spans.empty() ? 0 : phrase.hull().begin; }

bool Before(const Statement& a, const Statement& b) {
  auto key = [](const Statement& s) {
    return std::make_tuple(s.sentence, s.predicate.hull().begin, BeginOf(s.subject),
                           s.object ? BeginOf(*s.object) : 0u, s.predicate.hull().end, s.id);
  };
  return key(a) < key(b);
}

void ReadFacts(const Tree& tree, const Lexicon& lexicon, std::vector<Dropped>* dropped,
               SentenceFacts* sentence) {
  ClauseReader reader(tree, lexicon, dropped);
  reader.Read(&sentence->facts);
  ImplicitReader(tree, lexicon, reader).Read(&sentence->facts);
  ApplyContext(lexicon, sentence);
}

// "X condemned the attack. Y also condemned it": the thing behind the same verb, in the same sentence or the
// one before. Actors are named by coreference; this names things, in the graph layer only.
void LinkThings(std::vector<Statement>* statements) {
  const auto is_thing = [](const Statement& s) {
    return s.object && s.object->actor.name.empty() && s.object->members.empty() && !s.object->spans.empty();
  };
  const auto is_pronoun = [](const std::string& written) {
    const std::string text = ToLower(written);
    return text == "it" || text == "this" || text == "that" || text == "them";
  };
  for (size_t i = 0; i < statements->size(); ++i) {
    Statement& later = (*statements)[i];
    if (!is_thing(later) || !is_pronoun(later.object->text)) continue;
    for (size_t k = i; k-- > 0;) {
      const Statement& earlier = (*statements)[k];
      if (earlier.sentence + 1 < later.sentence) break;
      const bool is_same = earlier.predicate.lemma == later.predicate.lemma && is_thing(earlier) &&
                           !earlier.implicit && !is_pronoun(earlier.object->head);
      if (!is_same) continue;
      later.object->head = earlier.object->head;
      later.object->actor.type = earlier.object->actor.type;
      break;
    }
  }
}

// "The days are numbered. The time has come," he said: what the sentences before tell is said, too.
void LinkQuotations(std::vector<Statement>* statements) {
  using Saying = std::tuple<uint32_t, uint32_t, std::string_view>;  // the speaker's words, the verb
  std::map<Saying, Statement*> sayings;
  for (Statement& said : *statements) {
    if (said.implicit || said.subject.spans.empty()) continue;
    const ByteSpan hull = said.subject.hull();
    sayings.try_emplace({hull.begin, hull.end, said.predicate.lemma}, &said);
  }
  for (const Statement& told : *statements) {
    if (told.implicit || told.attribution.empty()) continue;
    const Attribution& voice = told.attribution.back();
    const auto said = sayings.find({voice.span.begin, voice.span.end, voice.verb});
    if (said == sayings.end() || said->second->sentence == told.sentence) continue;
    if (said->second->attribution.size() + 1 == told.attribution.size())
      said->second->content.push_back(told.id);
  }
}

class Extractor : public StatementExtractor {
 public:
  std::vector<Statement> Extract(const AnalyzedArticle& article, DocId doc, const StatementOptions& options,
                                 ExtractionTrace* trace) const override {
    Analysis analysis;
    Analyze(article, trace != nullptr, &analysis);
    ApplyQuotations(*lexicon, article, &analysis.sentences);
    std::vector<const Tree*> trees;
    for (const auto& tree : analysis.trees) trees.push_back(tree.get());
    const StatementBuilder builder(article, doc, *lexicon, events);
    std::vector<Statement> statements;
    for (const SentenceFacts& sentence : analysis.sentences) {
      ExtractSentence(article, sentence, trees, builder, options, trace, &statements);
      for (const Dropped& drop : analysis.dropped[sentence.index]) {
        if (trace != nullptr) trace->steps.push_back({sentence.index, drop.rule, drop.reason, true});
      }
    }
    std::sort(statements.begin(), statements.end(), Before);
    LinkThings(&statements);
    LinkQuotations(&statements);
    return statements;
  }

  std::vector<SurfaceTriple> SurfaceTriples(const Sentence& sentence, double min_confidence) const override {
    std::vector<SurfaceTriple> triples;
    TriplesOf(sentence, *lexicon, confidence, &triples, nullptr);
    std::erase_if(triples, [&](const SurfaceTriple& t) { return t.confidence < min_confidence; });
    return triples;
  }

  const std::vector<RuleDescription>& rules() const override { return lexicon->rules; }

  std::unique_ptr<Lexicon> lexicon;
  ConfidenceModel confidence;
  const EventCoder* events = nullptr;
  const TimeNormalizer* times = nullptr;

 private:
  void Analyze(const AnalyzedArticle& article, bool with_trace, Analysis* analysis) const {
    for (uint32_t s = 0; s < article.sentences.size(); ++s) {
      analysis->trees.push_back(std::make_unique<Tree>(article.sentences[s], lexicon.get()));
      const Tree& tree = *analysis->trees.back();
      analysis->readers.push_back(std::make_unique<ClauseReader>(tree, *lexicon, nullptr));
      SentenceFacts sentence{s, &tree, analysis->readers.back().get(), {}};
      analysis->dropped.emplace_back();
      ReadFacts(tree, *lexicon, with_trace ? &analysis->dropped.back() : nullptr, &sentence);
      analysis->sentences.push_back(std::move(sentence));
    }
  }

  void ExtractSentence(const AnalyzedArticle& article, const SentenceFacts& sentence,
                       const std::vector<const Tree*>& trees, const StatementBuilder& builder,
                       const StatementOptions& options, ExtractionTrace* trace,
                       std::vector<Statement>* statements) const {
    std::vector<TimeMatch> matches;
    if (times != nullptr) matches = times->Find(article.sentences[sentence.index], article.article.date);
    std::map<uint32_t, std::vector<StatementId>> by_clause;
    std::vector<std::pair<Statement, const Fact*>> made;
    for (const Fact& fact : sentence.facts) {
      std::optional<Statement> statement =
          builder.Build(trees, sentence.index, fact, matches, sentence.facts);
      if (!statement) continue;
      statement->confidence = ScoreOf(*sentence.tree, fact, confidence);
      const bool repeated = std::any_of(made.begin(), made.end(), [&](const auto& other) {
        return other.first.id == statement->id || SaysTheSame(other.first, *statement);
      });
      if (repeated || statement->confidence < options.min_confidence) {
        Note(trace, sentence.index, fact, *statement,
             repeated ? "said already" : "below the confidence asked for");
        continue;
      }
      Note(trace, sentence.index, fact, *statement, "");
      if (!fact.is_implicit) by_clause[fact.clause].push_back(statement->id);
      made.emplace_back(std::move(*statement), &fact);
    }
    for (auto& [statement, fact] : made) {
      for (uint32_t head : fact->content) {
        for (StatementId id : ContentOf(*sentence.tree, by_clause, head)) {
          if (id != statement.id) statement.content.push_back(id);
        }
      }
      statements->push_back(std::move(statement));
    }
  }

  // "Ali Rahim, the king's envoy": apposition and possessive give the same tie of the same two actors.
  static bool SaysTheSame(const Statement& a, const Statement& b) {
    const bool is_tie = a.implicit && b.implicit && a.object && b.object && !a.subject.actor.name.empty() &&
                        !a.object->actor.name.empty();
    return is_tie && a.predicate.lemma == b.predicate.lemma && a.subject.actor.name == b.subject.actor.name &&
           a.object->actor.name == b.object->actor.name && a.polarity == b.polarity &&
           a.modality == b.modality;
  }

  // Statements of the clause `head`, of the clauses coordinated with it and of the verb that ends its chain.
  static std::vector<StatementId> ContentOf(const Tree& tree,
                                            const std::map<uint32_t, std::vector<StatementId>>& made,
                                            uint32_t head) {
    std::vector<StatementId> out;
    for (const auto& [clause, ids] : made) {
      uint32_t at = clause;
      while (at != head && tree.head(at) != kNoToken &&
             (tree.rel(at) == Deprel::kConj || tree.rel(at) == Deprel::kXcomp)) {
        at = static_cast<uint32_t>(tree.head(at));
      }
      if (at == head) out.insert(out.end(), ids.begin(), ids.end());
    }
    return out;
  }

  static void Note(ExtractionTrace* trace, uint32_t sentence, const Fact& fact, const Statement& statement,
                   const std::string& dropped) {
    if (trace == nullptr) return;
    const std::string wording = statement.subject.text + " | " + statement.predicate.text + " | " +
                                (statement.object ? statement.object->text : "");
    for (std::string_view rule : fact.rules)
      trace->steps.push_back({sentence, std::string(rule), wording, false});
    if (!dropped.empty())
      trace->steps.push_back({sentence, std::string(fact.rules.front()), wording + ": " + dropped, true});
  }
};

}  // namespace

void statements::TriplesOf(const Sentence& sentence, const Lexicon& lexicon,
                           const ConfidenceModel& confidence, std::vector<SurfaceTriple>* triples,
                           std::vector<std::vector<std::string>>* features) {
  const Tree tree(sentence, &lexicon);
  const ClauseReader clauses(tree, lexicon, nullptr);
  SentenceFacts facts{0, &tree, &clauses, {}};
  ReadFacts(tree, lexicon, nullptr, &facts);
  for (const Fact& fact : facts.facts) {
    if (!fact.no_surface) RenderTriples(tree, fact, confidence, triples, features);
  }
}

Result<std::unique_ptr<StatementExtractor>> StatementExtractor::Load(const std::string& data_dir,
                                                                     const std::string& models_dir,
                                                                     const EventCoder* events,
                                                                     const TimeNormalizer* times) {
  auto extractor = std::make_unique<Extractor>();
  WHOWHOM_TRY(extractor->lexicon, Lexicon::Load(data_dir));
  if (!models_dir.empty()) {
    WHOWHOM_TRY(extractor->confidence, ConfidenceModel::Load(models_dir + "/confidence.model"));
  } else {
    WHOWHOM_TRY(extractor->confidence, ConfidenceModel::Load(""));
  }
  extractor->events = events;
  extractor->times = times;
  return std::unique_ptr<StatementExtractor>(std::move(extractor));
}

}  // namespace whowhom::extract
