// The grammar of questions: words -> plan. One object per question.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "question_lexicon.h"
#include "question_words.h"
#include "whowhom/graph/question.h"

namespace whowhom::graph {

// A noun phrase of the question, resolved.
struct Operand {
  enum class Kind : uint8_t { kNone, kVariable, kBound, kWords, kUnknown, kBack };
  Kind kind = Kind::kNone;
  PlanNode node;                        // kVariable, kBound
  std::string text;                     // as written
  std::vector<std::string> stems;       // kWords (also kept for kBound: what to look for in a text)
  std::vector<std::string> kind_words;  // kVariable of a kind: the nouns for it; sorted
  bool is_place = false;                // kBound: all are GPE or PLACE
  bool is_thing = false;                // kBound: none is an actor
};

struct PrepGroup {
  std::string prep;
  Operand operand;
  size_t begin = 0, end = 0;  // words behind the preposition
};

struct Verb {
  std::string text;
  std::vector<std::string> lemmas;  // those that the graph knows, else those that the lexicon knows, else all
  bool known = false;
};

class QuestionGrammar {
 public:
  QuestionGrammar(const QuestionLexicon& lexicon, const extract::EventCoder* events, const View& view,
                  const QuestionOptions& options, bool by_words = false)
      : lexicon_(lexicon),
        events_(events),
        view_(view),
        options_(options),
        by_words_(by_words),
        lesser_(lexicon.WordsWith("lesser")) {}
  Result<Interpretation> Read(std::string_view question);

 private:
  // question_grammar.cc: shapes
  Status TakeTimes();
  Status TakeEventTimes();
  Status TakeAttribution();
  void TakeRank();
  void AskSpeaker();
  void DropPolite();
  Status DropAdverbs();
  Status SplitDeeds(std::vector<QuestionWord>* second);
  Status JoinDeed(std::vector<QuestionWord> second);
  Status ReadShape();
  Result<Operand> ReadKind(size_t* at);
  void AddModifier(size_t at, Operand* variable);
  Status ReadHow(size_t at);
  Status ReadHowMany(size_t at);
  // "where is the consulate", "where is X located": false if the question is about a deed.
  Result<bool> ReadWhereIs(size_t at);
  // Whatever is said, by whomever, in a sentence with these words.
  void AskOfWords(const std::vector<std::string>& stems, Aggregate aggregate);
  Status ReadRelationOfTwo(size_t at, bool path);
  Status ReadAfterWh(Operand variable, size_t at, Aggregate aggregate);
  size_t SubjectEnd(size_t begin, size_t verb_at) const;
  Status ReadSubjectClause(Operand subject, size_t at, Aggregate aggregate);
  Status ReadObjectClause(Operand variable, size_t aux, Aggregate aggregate);
  Status ReadPlainClause(size_t at);
  Status ReadHappened(size_t at);
  // "who is X"
  Status ReadWhoIs(Operand variable, size_t be, size_t at);
  // question_offices.cc
  struct Office {
    size_t begin = 0, end = 0;          // words of the office
    std::vector<std::string> wordings;  // the asked one first
    Operand owner;                      // kNone if it is not said, or nobody of the graph
    std::string iso;                    // of an owner that is a state
    std::vector<std::string> owner_stems;
  };
  Result<std::optional<Office>> OfficeParts(size_t begin, size_t end);
  Result<bool> SaysOffice(const Office& office, const FoldedEdge& edge, bool is_owned) const;
  Result<std::vector<NodeId>> HoldersOf(const Office& office);
  Result<bool> BindOffice(size_t begin, size_t end, Operand* operand);
  Result<Operand> OfficeVariable(size_t begin, size_t end);
  Result<bool> ReadWhoHolds(const Operand& variable, size_t at);
  std::string LowerWords(size_t begin, size_t end) const;
  // "who is president of X", "who is X's president"; false if it is neither.
  Result<bool> ReadRole(const Operand& variable, size_t at);
  struct RoleWords {
    size_t begin = 0, end = 0;
    Operand owner;
  };
  Result<std::optional<RoleWords>> RoleParts(size_t at);
  Operand TypedVariable(size_t begin, size_t* end) const;

  // question_phrases.cc: noun phrases and verbs
  Result<Operand> ReadPhrase(size_t begin, size_t end);
  Result<bool> BindNames(size_t begin, size_t end, Operand* operand);
  Result<bool> BindName(size_t begin, size_t end, bool near, Operand* operand);
  Result<bool> AddCrowds(const std::string& name, const GraphNode& best, Operand* operand);
  Result<bool> BindThing(size_t begin, size_t end, Operand* operand);
  Result<bool> BindSpelling(const std::string& name, Operand* operand);
  Result<std::vector<ActorMatch>> Lookup(const std::string& name);
  std::vector<std::string> StemsOf(size_t begin, size_t end) const;
  Result<Verb> ReadVerb(size_t at);
  // question_verbs.cc: verbs of several words
  // "shoot ... down": takes the particle behind the verb or at the end into the verb, and out of the words.
  Status TakeParticle(size_t verb_at, Verb* verb);
  // Where the verb stands that decides: behind "refused to".
  Result<size_t> TakeRefusal(size_t verb_at, Verb* verb);
  // "wants to meet", "is expected to win": the verb behind "to", done or not; false if it is none.
  Result<bool> TakeChain(size_t* verb_at, Verb* verb);
  bool IsGoingOn(size_t at) const;  // "looking"
  Result<bool> IsContentClause(const Verb& verb, size_t begin);
  Result<bool> IsVerb(size_t at);
  Result<size_t> PhraseEnd(size_t begin);
  // Behind the longest name that begins at `at` (or behind its determiner), at least one word on.
  Result<size_t> NameEnd(size_t at);
  Result<std::vector<PrepGroup>> ReadGroups(size_t begin);

  // question_relations.cc: verbs -> relations; the plan put together
  struct Clause {
    Operand subject, object;
    Verb verb;
    std::string prep;               // stranded, or of the object
    std::vector<PrepGroup> groups;  // further ones
    bool passive = false;
    bool any_target = false;  // the question asks for no object
  };
  static void TakeAgent(Clause* clause);
  Status Assemble(Clause clause, const Operand& asked, Aggregate aggregate);
  // "imposed sanctions on X": the noun joins the verb where the graph holds the two as one relation.
  Status TakeLightNoun(Clause* clause);
  Status ChooseTarget(Clause* clause, const Operand& asked);
  void AddStems(const std::vector<std::string>& stems, std::vector<std::string>* to);
  Status AddGroups(const Clause& clause);
  Result<PlanEdge> RelationsOf(const Clause& clause);
  Status AddRelation(const std::string& label, MatchTier tier, std::map<RelationId, MatchTier>* found);
  Status AddJoin(size_t subject_node, size_t typed_node);
  size_t AddNode(const Operand& operand, const std::string& fallback, bool may_be_missing);
  bool IsSpeech(const Verb& verb) const;
  bool IsSymmetric(const Verb& verb) const;
  std::vector<EventClass> ClassesOf(const Verb& verb,
                                    const std::vector<storage::RelationInfo>& relations) const;
  void Describe(const Clause& clause, Aggregate aggregate);

  const std::string& Lower(size_t i) const;
  bool Is(size_t i, std::string_view role) const {
    return i < words_.size() && words_[i].quote == 0 && lexicon_.Is(Lower(i), role);
  }
  // "May" inside a question is a name.
  bool IsModal(size_t i) const { return Is(i, "modal") && !(i > 0 && words_[i].capital); }
  bool IsAux(size_t i) const { return Is(i, "do") || Is(i, "have") || Is(i, "be") || IsModal(i); }
  Error Unclear(const std::string& what) const;

  const QuestionLexicon& lexicon_;
  const extract::EventCoder* events_;
  const View& view_;
  const QuestionOptions& options_;
  // Common nouns are looked for by their words instead of as nodes: "diplomats" finds "23 Russian diplomats".
  const bool by_words_;
  const std::vector<std::string> lesser_;  // make an office a lower or a past one
  std::string question_;
  std::vector<QuestionWord> words_;
  Interpretation out_;
  std::optional<std::pair<size_t, size_t>>
      join_;                  // words of "sanctioned him" in "a country that sanctioned him"
  bool happened_ = false;     // "what happened": events of any class
  bool is_headline_ = false;  // Every Word Begins With A Capital: they tell nothing
  bool negated_ = false, future_ = false, rank_ = false;
  std::map<std::string, std::vector<ActorMatch>> lookups_;
  std::map<std::string, Verb> verbs_;
};

}  // namespace whowhom::graph
