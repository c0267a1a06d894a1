// The word lists of data/statements/*.tsv, loaded once. Immutable after loading; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/extract/statements.h"

namespace whowhom::extract::statements {

enum class Stance : uint8_t { kNone, kSay, kClaim, kThink, kPerceive, kDeny, kDoubt, kOrder };

// What an outer verb does to the verb it governs. Empty = nothing changes.
struct ChainVerb {
  bool keep = false;  // the outer verb names the relation too: "threaten to attack"
  std::optional<Modality> modality;
  bool negative = false;
};

// "accuse X of V-ing", "blame Y on X" (data/statements/accusations.tsv).
struct AccusationFrame {
  std::string target;  // "obj" or a preposition
  std::string act;     // "obj" or a preposition
  bool is_claim = false;
};

struct NominalAction {
  std::string verb;
  bool possessive_is_doer =
      true;  // "Iran's attack"; false: unclear ("the journalist's killing"), then read as undergoer
  std::vector<std::string> doer;       // prepositions
  std::vector<std::string> undergoer;  // prepositions
};

struct CompoundParticiple {
  std::string lemma;
  std::string reading;  // agent | place | tie
};

using WordSet = std::unordered_set<std::string>;
template <typename T>
using WordMap = std::unordered_map<std::string, T>;

struct Lexicon {
  WordMap<Stance> reporting;
  WordMap<ChainVerb> chains;
  WordMap<ChainVerb> object_control;
  WordMap<std::vector<AccusationFrame>> accusations;
  WordMap<std::string> light_verbs;  // verb -> "" | receives
  WordSet light_nouns;
  WordSet symmetric;  // "verb meet", "noun ally", "adj friendly"
  WordMap<Modality> modals;
  WordMap<std::string> operators;  // word -> kind
  WordMap<std::string> clause_markers;
  WordMap<CompoundParticiple> compound_participles;
  WordSet time_words;
  WordSet place_adverbs;
  WordSet prepositional_verbs;            // "call on": what follows is its object
  WordSet happenings;                     // "event blast", "place airport", "deed kill", "occurs come"
  WordSet particle_verbs;                 // "hand over": verbs that lists of events know with a particle
  WordSet content_nouns;                  // "evidence": a that-clause behind says what
  WordSet giving_verbs;                   // "give": a country right behind receives
  WordSet naming_verbs;                   // "call": its second object says what the first is
  WordSet participle_terms;               // "targeted killing": no verb and its object
  WordSet discourse_phrases;              // "for example": no argument
  WordMap<std::string> relational_nouns;  // noun -> family | role | place
  WordMap<std::string> country_words;     // "israeli", "north korean" -> ISO3; "" if of several countries
  WordMap<NominalAction> nominals;
  WordMap<std::string> irregular_past;
  std::vector<RuleDescription> rules;

  // kIo or kInvalidInput, naming file and line.
  static Result<std::unique_ptr<Lexicon>> Load(const std::string& data_dir);

  Stance StanceOf(const std::string& verb) const;
  bool IsOperator(const std::string& word, std::string_view kind) const;
  // `kind`: event | place | deed | occurs | summary | aims | message | stance | disposition | gift, see
  // data/statements/happenings.tsv.
  bool IsHappening(const std::string& word, std::string_view kind) const;
};

template <typename T>
const T* Find(const WordMap<T>& map, const std::string& key) {
  auto it = map.find(key);
  return it == map.end() ? nullptr : &it->second;
}

}  // namespace whowhom::extract::statements
