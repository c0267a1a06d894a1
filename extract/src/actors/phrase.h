// What an actor phrase says by its words alone: known names, nationality, the noun for a kind of actor.
//
//   "the former Iranian foreign minister" -> country IRN, sector ELI, role "foreign minister", agent "foreign
//   minister"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/gazetteer.h"

namespace whowhom::extract::actors {

struct PhraseToken {
  std::string text;   // as written
  std::string lower;  // NormalizeName of it; empty for punctuation
  bool capital = false;
  bool all_lower = true;
};

// A known name or noun found in a phrase, as a half-open range of tokens.
struct PhraseHit {
  size_t begin = 0;
  size_t end = 0;
  const Agent* agent = nullptr;  // set for nouns
  ActorId actor = kNoActor;      // set for names
  NameUse use = NameUse::kName;
};

// What is read off a phrase.
struct PhraseReading {
  ActorId actor = kNoActor;  // the phrase as a whole names it
  NameUse use = NameUse::kName;
  const Agent* agent = nullptr;  // the noun at its head
  std::string country;
  std::string sector;
  std::string role;  // canonical role, or the agent phrase for other roles
  std::string name;  // a person's or body's name without titles, where the phrase holds one that is unknown
  char gender = 0;
  bool former = false;
  bool plural = false;
  bool person = false;    // names or describes one person
  bool titled = false;    // a title stands before the name
  size_t name_begin = 0;  // tokens of the name part
  size_t name_end = 0;
  double confidence = 0;
};

// Immutable; the gazetteer must outlive it.
class PhraseReader {
 public:
  explicit PhraseReader(const Gazetteer* gazetteer) : gazetteer_(gazetteer) {}

  // Splits at blanks; possessive endings, commas, brackets and the hyphen of "Iran-backed" become tokens.
  std::vector<PhraseToken> Split(std::string_view phrase) const;
  PhraseToken MakeToken(std::string_view text) const;

  // Known names in tokens, longest first from the left, disjoint. `short_names`: surnames count too.
  std::vector<PhraseHit> FindNames(const std::vector<PhraseToken>& tokens, std::optional<Day> date,
                                   bool short_names) const;
  // The longest agent noun that ends at token `end`.
  PhraseHit AgentEndingAt(const std::vector<PhraseToken>& tokens, size_t begin, size_t end) const;

  PhraseReading Read(const std::vector<PhraseToken>& tokens, std::optional<Day> date,
                     std::string_view context) const;

  // Sector, country and role of a known actor on a day (no day: its latest).
  struct Standing {
    std::string sector;
    std::string country;
    std::string role;
    bool former = false;
  };
  Standing StandingOf(ActorId actor, std::optional<Day> date) const;

  // The code of a phrase by the user's PETRARCH dictionaries ("ARNREL"); empty if they know none of it.
  std::string Code(const std::vector<PhraseToken>& tokens, std::optional<Day> date) const;
  std::string CodeOf(ActorId actor, std::optional<Day> date) const;

  // The entry a name means on a day; kNoActor if unknown. `surface`: as written, for acronyms.
  struct Choice {
    ActorId actor = kNoActor;
    NameUse use = NameUse::kName;
  };
  Choice Choose(const std::string& key, std::string_view surface, std::optional<Day> date,
                bool short_names) const;

 private:
  struct Part {
    size_t begin = 0;
    size_t end = 0;
    std::string preposition;
  };
  std::vector<Part> SplitParts(const std::vector<PhraseToken>& tokens,
                               const std::vector<PhraseHit>& names) const;
  bool EndsAnothersName(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names,
                        const Part& part) const;
  void ReadHead(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names, const Part& part,
                std::optional<Day> date, PhraseReading* reading) const;
  void ReadAgent(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names,
                 const Part& part, const PhraseHit& agent, PhraseReading* reading) const;
  std::string CountryIn(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names,
                        const Part& part) const;
  std::string SectorIn(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names,
                       const Part& part, std::optional<Day> date) const;
  void Complete(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names,
                const std::vector<Part>& parts, std::optional<Day> date, std::string_view context,
                PhraseReading* reading) const;

  bool IsOfAnotherPerson(const std::vector<PhraseToken>& tokens, const PhraseHit& hit) const;
  PhraseHit CodedNameAt(const std::vector<PhraseToken>& tokens, size_t begin, std::optional<Day> date) const;

  const Gazetteer* gazetteer_;
};

}  // namespace whowhom::extract::actors
