// Facts without a verb of their own: appositions, titles, possessives, places, action nouns, "Iran-backed
// forces".
#pragma once

#include <string>
#include <vector>

#include "statements/clauses.h"

namespace whowhom::extract::statements {

// Reads one sentence; appends to the facts of its clauses. Not thread-safe; cheap to make.
class ImplicitReader {
 public:
  ImplicitReader(const Tree& tree, const Lexicon& lexicon, const ClauseReader& clauses)
      : tree_(tree), lexicon_(lexicon), clauses_(clauses) {}
  void Read(std::vector<Fact>* facts);

 private:
  bool IsName(uint32_t i) const;
  // A place, organisation or country by name.
  bool IsPlaceName(uint32_t i) const;
  int FieldOwner(uint32_t field) const;
  bool IsDate(uint32_t i) const;
  TokenSet WithOf(const TokenSet& words) const;
  bool IsPerson(uint32_t i) const;
  bool IsHonorific(uint32_t i) const { return lexicon_.IsOperator(tree_.lower(i), "honorific"); }
  Slot NounSlot(uint32_t head, bool prepositions = true) const;
  Slot NameSlot(uint32_t head) const;
  bool SumsUp(uint32_t noun, uint32_t apposed) const;
  bool IsListed(uint32_t apposed) const;
  bool IsOneOfMany(uint32_t named, uint32_t kind, std::vector<Fact>* facts) const;
  uint32_t HolderOf(uint32_t noun, uint32_t apposed) const;
  int NameBefore(uint32_t apposed) const;
  void Apposition(uint32_t noun, uint32_t apposed, std::vector<Fact>* facts) const;
  void Title(uint32_t name, uint32_t title, std::vector<Fact>* facts) const;
  void RoleOf(const Slot& holder, uint32_t role, std::string_view rule, std::vector<Fact>* facts) const;
  void Possessive(uint32_t noun, uint32_t owner, std::vector<Fact>* facts) const;
  void Place(uint32_t noun, uint32_t place, std::vector<Fact>* facts) const;
  void Instances(uint32_t noun, uint32_t child, std::vector<Fact>* facts) const;
  void Nominal(uint32_t noun, std::vector<Fact>* facts) const;
  // Who is blamed for the act `noun` names, with the voice that blames; empty if nobody is.
  std::vector<Slot> Accused(uint32_t noun, Voice* voice) const;
  // "drew condemnation from Oslo": the act is done to the subject of the verb.
  std::vector<Slot> Receiver(uint32_t noun) const;
  void CompoundParticiple(uint32_t participle, std::vector<Fact>* facts) const;
  std::string Past(const std::string& verb) const;
  Fact Make(uint32_t clause, TokenSet trigger, std::string shown, std::string lemma,
            std::string_view rule) const;

  const Tree& tree_;
  const Lexicon& lexicon_;
  const ClauseReader& clauses_;
};

}  // namespace whowhom::extract::statements
