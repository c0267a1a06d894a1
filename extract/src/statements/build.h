// Facts over tokens -> statements over bytes, with actors, times, places and event classes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "statements/fact.h"
#include "statements/lexicon.h"
#include "statements/tree.h"
#include "whowhom/extract/analysis.h"
#include "whowhom/extract/event_coder.h"
#include "whowhom/extract/time_normalizer.h"

namespace whowhom::extract::statements {

// Finds actors for phrases of one article. Immutable after construction; `article` must outlive it.
class ActorFinder {
 public:
  explicit ActorFinder(const AnalyzedArticle& article);
  // The mention whose head is this token, or the name this token lies in; null if there is none.
  const EntityMention* Find(uint32_t sentence, uint32_t head) const;
  // Actors a plural mention stands for ("they", "both countries").
  std::vector<ActorRef> MembersOf(const EntityMention& mention) const;

  // The first actor of the article with a name that ends in this word; null if there is none.
  const ActorRef* Named(const std::string& word) const;

  // The first country that the words within the spans name, as an actor or as an adjective; empty if none.
  std::string FirstCountry(uint32_t sentence, const std::vector<ByteSpan>& spans,
                           const Lexicon& lexicon) const;

 private:
  const AnalyzedArticle& article_;
  std::vector<size_t> first_;  // per sentence: index of its first mention; one past the end at the back
  std::vector<const ActorRef*> cluster_actor_;
};

// Makes statements of one article. `events`, `times` may be null.
class StatementBuilder {
 public:
  StatementBuilder(const AnalyzedArticle& article, DocId doc, const Lexicon& lexicon,
                   const EventCoder* events)
      : article_(article), doc_(doc), lexicon_(lexicon), events_(events), actors_(article) {}

  // Nothing for a fact without a trigger or without any participant. `trees[s]` belongs to sentence s;
  // `times` are those of the fact's sentence.
  std::optional<Statement> Build(const std::vector<const Tree*>& trees, uint32_t sentence, const Fact& fact,
                                 const std::vector<TimeMatch>& times,
                                 const std::vector<Fact>& siblings) const;

  Phrase MakePhrase(const Tree& tree, uint32_t sentence, const Slot& slot) const;

 private:
  std::vector<ByteSpan> Spans(const Tree& tree, const TokenSet& tokens) const;
  std::string Text(const std::vector<ByteSpan>& spans) const;
  std::string CountryBehind(const Tree& tree, uint32_t sentence, const Slot& slot) const;
  void AddSharers(const Tree& tree, uint32_t sentence, uint32_t head, Phrase* phrase) const;
  void AddInstances(const Tree& tree, uint32_t sentence, const Slot& slot, Phrase* phrase) const;
  bool LeadsToActor(const Tree& tree, uint32_t sentence, const Fact& fact) const;
  static bool IsLight(const Fact& fact);
  void LiftPreposition(const Tree& tree, const Fact& fact, Statement* statement) const;
  void AddArguments(const Tree& tree, uint32_t sentence, const Fact& fact, bool is_light,
                    Statement* statement) const;
  void TurnBlame(const Tree& tree, uint32_t sentence, const Fact& fact, Statement* statement) const;
  void TurnHolder(const Tree& tree, const Fact& fact, Statement* statement) const;
  static void TurnInstance(const Tree& tree, const Fact& fact, Statement* statement);
  void AddTime(const Tree& tree, const Fact& fact, const std::vector<TimeMatch>& times,
               Statement* statement) const;
  void AddAttribution(const std::vector<const Tree*>& trees, const Fact& fact, Statement* statement) const;
  void AddCountry(uint32_t sentence, Phrase* phrase) const;
  void AddEvent(const Tree& tree, const Fact& fact, const std::vector<Fact>& siblings,
                Statement* statement) const;
  // targets.cc
  void AddTarget(const Tree& tree, uint32_t sentence, const Fact& fact, Statement* statement) const;

  const AnalyzedArticle& article_;
  const DocId doc_;
  const Lexicon& lexicon_;
  const EventCoder* events_;
  const ActorFinder actors_;
};

// The minimal phrase that names a thing: head lemma with the modifiers that tell it apart, negation and
// quantifiers kept.
std::string HeadPhrase(const Tree& tree, const Lexicon& lexicon, uint32_t head);

}  // namespace whowhom::extract::statements
