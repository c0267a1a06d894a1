// A mention while identity within the article is being worked out: where it stands and what its words say.
#pragma once

#include <string>
#include <vector>

#include "actors/phrase.h"
#include "whowhom/extract/analysis.h"

namespace whowhom::extract::actors {

struct MentionInfo {
  EntityMention place;  // sentence, tokens, head, kind, type
  PhraseReading reading;
  std::vector<PhraseToken> tokens;  // of begin..end
  std::string key;                  // squeezed name without determiner, title and possessive ending
  std::vector<std::string> words;   // normalised words of the name or noun phrase, without determiners
  std::string head_lemma;
  const Gazetteer::PronounInfo* pronoun = nullptr;
  uint8_t person = 3;
  char number = 0;           // s, p or 0
  char gender = 0;           // m, f, n or 0
  bool is_person = false;    // one or more people
  bool is_definite = false;  // "the", "this", possessive
  bool is_indefinite = false;
  bool is_demonstrative = false;
  bool is_relative = false;
  bool is_generic = false;     // bare plural or mass
  bool is_seat = false;        // a capital that stands for the city, not for the government
  bool is_quantified = false;  // "any country", "nobody": refers to nothing that was named
  bool is_predicate = false;   // stands after a copula: says what somebody is
  bool is_apposition = false;
  bool is_modifier = false;  // a name inside a noun phrase: "[U.S.] forces"
  bool in_quote = false;
  bool is_coordination = false;
  int32_t antecedent = -1;     // given by grammar: relative pronoun, apposition; -1 none
  int32_t called = -1;         // "the agreement known as [X]": the name; -1 none
  int32_t subject_of = -1;     // for predicates: the mention they speak of
  std::vector<int32_t> parts;  // coordination: its members
  uint32_t order = 0;          // index in the article
};

// Finds mentions of one article. Stateless.
class MentionFinder {
 public:
  MentionFinder(const Gazetteer* gazetteer, const PhraseReader* reader)
      : gazetteer_(gazetteer), reader_(reader) {}

  // Every noun phrase, name and pronoun, ordered by (sentence, begin, -end).
  std::vector<MentionInfo> Find(const AnalyzedArticle& article) const;

 private:
  struct Tree;  // a sentence with its children
  void FindInSentence(const AnalyzedArticle& article, uint32_t index, std::vector<MentionInfo>* out) const;
  uint32_t WithoutLeadIn(const Sentence& sentence, uint32_t begin, uint32_t name) const;
  uint32_t EndOfKnownName(const Sentence& sentence, uint32_t begin, uint32_t end) const;
  bool IsCapitalisedNoun(const Sentence& sentence, uint32_t begin, uint32_t head, uint32_t end) const;
  bool IsPlaceOfSomething(const Sentence& sentence, const MentionInfo& mention) const;
  bool EndsAnOffice(const Sentence& sentence, uint32_t token) const;
  void AddGroup(uint32_t head, const Tree& tree, uint32_t index, std::vector<MentionInfo>* out) const;
  void Describe(const AnalyzedArticle& article, MentionInfo* mention) const;
  void ForgetPartOfName(const NameSpan& name, MentionInfo* mention) const;
  void DescribePronoun(const Sentence& sentence, MentionInfo* mention) const;
  static bool IsSurelyNoPerson(const MentionInfo& mention);
  void AgreeOnTypes(std::vector<MentionInfo>* mentions) const;
  void AgreeOnPlaces(std::vector<MentionInfo>* mentions) const;
  EntityType TypeOf(const Sentence& sentence, const MentionInfo& mention) const;

  const Gazetteer* gazetteer_;
  const PhraseReader* reader_;
};

// Token ranges between quotation marks of a paragraph are inside a quote; result by token. `open` carries
// over sentences.
std::vector<bool> QuotedTokens(const Sentence& sentence, bool* open);

}  // namespace whowhom::extract::actors
