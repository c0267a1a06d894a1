// Clauses after ClausIE's types over Universal Dependencies: every verb (or predicate noun) with a subject of
// its own or one it shares becomes facts, one per coordinated subject and object.
#pragma once

#include <string>
#include <vector>

#include "statements/fact.h"
#include "statements/lexicon.h"
#include "statements/phrases.h"
#include "statements/tree.h"

namespace whowhom::extract::statements {

// A candidate that gave nothing, for `explain`.
struct Dropped {
  std::string rule;
  std::string reason;
};

// Reads one sentence. Not thread-safe; cheap to make.
class ClauseReader {
 public:
  // `dropped` may be null.
  ClauseReader(const Tree& tree, const Lexicon& lexicon, std::vector<Dropped>* dropped)
      : tree_(tree), lexicon_(lexicon), dropped_(dropped) {}

  // Appends the facts of all clauses, in the order of their heads.
  void Read(std::vector<Fact>* facts);

  bool IsClauseHead(uint32_t i) const;
  // The subject of a clause, its own or shared. `is_patient`: it undergoes the verb.
  struct Subject {
    std::vector<Slot> slots;
    bool is_patient = false;
    std::string_view rule;  // how it was found
  };
  Subject SubjectOf(uint32_t head, int depth = 0) const;
  bool IsPassive(uint32_t verb) const;
  // The object of `verb` is a deed of somebody else ("rejected plans to").
  bool ConcernsOthers(uint32_t verb) const;
  // "that Oslo leave": the form of what is asked for, not of what is so.
  bool IsBaseForm(uint32_t verb) const;

 private:
  struct Clause {
    uint32_t head = 0;
    std::vector<uint32_t> chain;  // verbs of one subject, outermost first; back() is head
    Fact base;                    // what all facts of the clause share
    std::vector<Slot> objects;
    std::vector<Slot> receivers;
    std::vector<Slot> agents;
    Subject subject;
  };

  bool IsMergedComplement(uint32_t i) const;
  bool HasMergedComplement(uint32_t i) const;
  std::vector<uint32_t> ChainOf(uint32_t head) const;
  void ReadClause(uint32_t head, std::vector<Fact>* facts);
  bool IsResult(uint32_t child) const;
  void ReadPredicate(Clause* clause) const;
  void ReadChainMeaning(Clause* clause) const;
  void ReadObjects(Clause* clause) const;
  void ReadCopula(Clause* clause) const;
  void ReadArguments(Clause* clause) const;
  void ReadOblique(uint32_t child, Clause* clause) const;
  void ReadAdverb(uint32_t child, Clause* clause) const;
  void ReadAdverbialClause(uint32_t child, Clause* clause) const;
  void ReadContent(uint32_t child, Clause* clause) const;
  int DeniedClause(uint32_t verb, uint32_t pronoun, uint32_t noun) const;
  void ReadRelative(Clause* clause) const;
  bool IsLightPair(uint32_t verb, uint32_t object) const;
  void ShareNounArguments(Clause* clause) const;
  void ReadNounArguments(uint32_t noun, Clause* clause) const;
  void ReadOperators(Clause* clause) const;
  void ApplySymmetry(Clause* clause) const;
  void Emit(const Clause& clause, std::vector<Fact>* facts) const;
  void AddNounPlaces(uint32_t noun, Fact* fact) const;
  void TurnNaming(Fact* fact) const;
  void TurnBetween(Fact* fact) const;
  bool IsThere(int word) const;  // "there" of "there is"
  void EmitExistential(const Clause& clause, uint32_t there, std::vector<Fact>* facts) const;
  int OuterMark(uint32_t head) const;
  int LastCopula(uint32_t head) const;
  void ReadOuterCopula(uint32_t head, std::vector<Fact>* facts) const;
  void EmitControlled(const Clause& clause, std::vector<Fact>* facts) const;
  Subject AdverbialSubject(uint32_t head, int governor, int depth) const;
  Subject NounSubject(uint32_t head, int governor, int depth) const;
  std::vector<Slot> BlamedByNoun(uint32_t verb, const std::string& preposition) const;
  Subject AccusedSubject(uint32_t head, int governor, int depth) const;
  // The object, or what stands behind the preposition, of a verb that makes somebody act ("ordered X to",
  // "called on X to").
  std::vector<Slot> ControlledBy(uint32_t verb) const;
  int RelativeGovernor(uint32_t head) const;
  bool KeepsSubject(uint32_t verb) const;
  bool IsReportedPast(uint32_t verb) const;
  int Antecedent(uint32_t pronoun) const;
  uint32_t MainSubject(uint32_t head, uint32_t first) const;
  bool IsDayName(uint32_t i) const;
  bool IsStray(uint32_t subject, uint32_t child) const;
  void Tidy(uint32_t head, Slot* slot) const;
  int InvertedSpeaker(uint32_t head, uint32_t subject) const;
  void Drop(uint32_t head, std::string_view rule, const std::string& reason) const;

  const Tree& tree_;
  const Lexicon& lexicon_;
  std::vector<Dropped>* dropped_;
};

// The doer of an action noun: possessor, "by X", or the subject of the verb whose object it is. Empty if
// unnamed.
std::vector<Slot> DoerOfNoun(const Tree& tree, const ClauseReader& clauses, uint32_t noun, int depth);

}  // namespace whowhom::extract::statements
