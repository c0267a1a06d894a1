// What is known before reading: states, organisations, people with dated roles, places, and nouns for kinds
// of actors.
//
// Built once from data/actors/*.tsv and the user's layers; later layers win. Names are found by a squeezed
// key (NormalizeName without blanks and apostrophes), so "Al-Qaeda", "al Qaeda" and "Al Qaida's" meet.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "whowhom/core/date.h"
#include "whowhom/core/record.h"
#include "whowhom/core/result.h"

namespace whowhom::extract::actors {

using ActorId = uint32_t;
inline constexpr ActorId kNoActor = UINT32_MAX;
inline constexpr Day kBeginningOfTime{-719162};  // 0001-01-01
inline constexpr Day kEndOfTime{2932896};        // 9999-12-31

// A role held over a closed interval of days.
struct Tenure {
  std::string role;     // canonical: "president", "foreign minister"; may be empty
  std::string country;  // ISO3 or the code of an international body
  std::string sector;   // PLOVER
  std::string code;     // of a PETRARCH entry ("USAGOV"), else empty
  Day from = kBeginningOfTime;
  Day to = kEndOfTime;
};

struct KnownActor {
  std::string name;  // canonical
  EntityType type = EntityType::kOrg;
  std::string country;
  std::string sector;
  char gender = 0;  // 'm', 'f' or 0
  bool is_state = false;
  bool is_place = false;        // a city or region: an actor only where the context says so
  std::vector<Tenure> tenures;  // by (from, to)
};

// How a name stands for its actor.
enum class NameUse : uint8_t {
  kName,       // a name or alias
  kAdjective,  // "British": belongs to
  kDemonym,    // "Britons": its people
  kCapital,    // "London": its government, or the city
  kShort,      // a surname: only where the article or the date allows it
};

struct NameEntry {
  ActorId actor = kNoActor;
  NameUse use = NameUse::kName;
  bool acronym = false;  // written in capitals only: "US" is not "us"
};

enum class AgentKind : uint8_t { kPerson, kGroup, kVehicle, kPlace };

// A noun for a kind of actor: "soldier".
struct Agent {
  std::string phrase;  // singular
  std::string sector;  // "UNK": says nothing by itself; empty for places
  AgentKind kind = AgentKind::kPerson;
  char gender = 0;
  bool relational = false;  // takes the sector of what it belongs to
  bool plural = false;      // the form found is the plural
  std::string code;         // from a PETRARCH agent file: "~GOV" (suffix) or "NGO~" (prefix), else empty
};

enum class WordClass : uint8_t {
  kDeterminer,
  kQuantifier,
  kFormer,
  kPreposition,
  kDependence,
  kBase,
  kSubordinator,
  kKeptModifier,
  kLocative,            // "in London", "near London": before a place
  kNobodyInParticular,  // "any country", "nobody"
  kStateBody            // "government": a state has one
};

// Removes blanks and apostrophes from a normalised name.
std::string Squeeze(std::string_view normalized);
std::string NameKey(std::string_view name);

// Immutable once loaded; thread-safe.
class Gazetteer {
 public:
  // Reads the shipped tables. kInvalidInput names file and line.
  static Result<Gazetteer> Load(const std::string& data_dir);

  // Entries for a squeezed key; empty if unknown.
  const std::vector<NameEntry>& Find(const std::string& key) const;
  // The same, or of the longest stem that cuts at most six letters off the last word (`last_word` letters
  // long).
  const std::vector<NameEntry>& FindStem(const std::string& key, size_t last_word) const;
  const KnownActor& actor(ActorId id) const { return actors_[id]; }
  size_t size() const { return actors_.size(); }

  // The agent that a lower-case phrase is, singular or plural; null if none.
  const Agent* FindAgent(const std::string& phrase) const;
  // The title that a word is ("gen", "mr"); null if none.
  struct Title {
    char gender = 0;
    std::string sector;
    std::string role;
  };
  const Title* FindTitle(const std::string& word) const;
  bool Is(WordClass word_class, const std::string& word) const;
  // 'm', 'f' or 0 for a given name.
  char GenderOf(const std::string& given_name) const;
  // A surname that many bear: alone it means a known person only while he or she leads. By NameKey.
  bool IsCommonSurname(const std::string& key) const { return common_surnames_.contains(key); }
  // The canonical role of a phrase in a state ("foreign secretary", GBR -> "foreign minister"); empty if
  // none.
  std::string RoleOf(const std::string& phrase, const std::string& country) const;
  // Who held the role in the state on the day. Two at once (a change of office on that day): the later one.
  ActorId HolderOf(const std::string& country, const std::string& role, Day day) const;
  // The actor of a state by ISO3; kNoActor if unknown.
  ActorId StateOf(const std::string& iso3) const;
  // "British" for GBR; empty if the state has none.
  std::string AdjectiveOf(const std::string& iso3) const;

  struct PronounInfo {
    uint8_t person = 3;
    char number = 's';  // s, p or 0 for either
    char gender = 0;    // m, f, n or 0
    std::string kind;   // personal, possessive, reflexive, relative, demonstrative
  };
  const PronounInfo* FindPronoun(const std::string& word) const;

  // Building. AddActor joins entries of one canonical name; aliases of later layers replace earlier readings.
  ActorId AddActor(const KnownActor& actor);
  void AddName(std::string_view name, ActorId actor, NameUse use);
  // Later layers: a name means this and nothing else.
  // any_case: capitals of the entry say nothing (dictionaries written in capitals).
  void OverrideName(std::string_view name, ActorId actor, NameUse use, bool any_case);
  void RemoveName(std::string_view name);
  // Whether a name also stands for longer words: "AUSTRALIA" finds "Australian".
  void SetStem(std::string_view name, bool is_stem);
  // A phrase that names no actor; `story`: an article that holds it is left without actors.
  void Discard(const std::string& phrase, bool story);
  bool IsDiscarded(const std::string& key) const { return discards_.count(key) != 0; }
  const std::vector<std::string>& story_discards() const { return story_discards_; }
  bool has_codes() const { return has_codes_; }
  void AddTenure(ActorId actor, const Tenure& tenure);
  void AddAgent(const Agent& agent, const std::string& plural, bool override_existing);
  KnownActor* mutable_actor(ActorId id) { return &actors_[id]; }
  ActorId FindByCanonicalName(const std::string& name) const;
  // Sorts tenures and builds the index of role holders. Call after the last layer.
  void Finish();
  size_t longest_agent() const { return longest_agent_; }
  size_t longest_name() const { return longest_name_; }

 private:
  Status LoadStates(const std::string& path);
  Status LoadOrganisations(const std::string& path);
  void AddGovernments();
  Status LoadPeople(const std::string& path);
  Status LoadPlaces(const std::string& path);
  Status LoadAgents(const std::string& path);
  Status LoadSmallTables(const std::string& dir);

  std::vector<KnownActor> actors_;
  std::unordered_map<std::string, std::vector<NameEntry>> names_;
  std::unordered_map<std::string, ActorId> by_canonical_;
  std::unordered_set<std::string> stems_;
  std::unordered_set<std::string> discards_;
  std::vector<std::string> story_discards_;  // normalised
  bool has_codes_ = false;
  std::unordered_map<std::string, Agent> agents_;
  std::unordered_map<std::string, Title> titles_;
  std::unordered_map<std::string, PronounInfo> pronouns_;
  std::unordered_map<std::string, std::vector<WordClass>> words_;
  std::unordered_map<std::string, char> given_names_;
  std::unordered_set<std::string> common_surnames_;  // by NameKey
  std::unordered_map<std::string, ActorId> states_;
  std::unordered_map<std::string, std::string> adjectives_;
  std::multimap<std::string, std::pair<std::string, std::string>> roles_;  // phrase -> (role, countries)
  struct Holder {
    Day from;
    Day to;
    ActorId actor;
  };
  std::unordered_map<std::string, std::vector<Holder>> holders_;  // "USA|president"
  size_t longest_agent_ = 1;                                      // words
  size_t longest_name_ = 1;
};

// "2009-01-20", "2009-01", "2009": the first or the last day meant. Empty text: beginning or end of time.
std::optional<Day> ParseLooseDay(std::string_view text, bool last);
// The regular plural of an English noun phrase.
std::string RegularPlural(const std::string& phrase);
std::vector<std::string> SplitList(std::string_view text, char separator);

}  // namespace whowhom::extract::actors
