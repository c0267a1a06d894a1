// The words of questions: data/questions/*.tsv, loaded.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"

namespace whowhom::graph {

// Immutable after loading; thread-safe. All words are lower case.
class QuestionLexicon {
 public:
  static Result<QuestionLexicon> Load(const std::string& data_dir);

  bool Is(std::string_view word, std::string_view role) const { return Value(word, role) != nullptr; }
  // The value of a word in a role; null if it has not the role.
  const std::string* Value(std::string_view word, std::string_view role) const;
  // True for words that a question is made of, whatever it asks: they are never a name in lower case.
  bool IsFunctionWord(std::string_view word) const;

  // What lemmas a form may have, irregular ones first; the form itself is always among them.
  std::vector<std::string> LemmasOf(std::string_view form) const;
  bool IsParticiple(std::string_view form) const;

  struct Group {
    std::string name;
    EventClass event_class = EventClass::kNone;
    bool symmetric = false;
    std::vector<std::string> verbs;
  };
  // The groups a lemma stands for: its own if one is named after it; else those it stands in, that of "say"
  // last resort.
  std::vector<const Group*> GroupsOf(std::string_view lemma) const;
  const Group* GroupNamed(std::string_view name) const;
  // The stems that mean nearly the same as a noun's, joined by "|", its own first; the stem if there are
  // none.
  std::string NounStems(const std::string& stem) const;
  // As NounStems, with the irregular forms and the near-synonyms of a verb.
  std::string WiderStems(const std::string& stem) const;
  // "issue warning", "give warning" of "warn": light verbs with a noun that stands for the verb. Sorted.
  std::vector<std::string> LightForms(const std::string& verb) const;
  std::vector<std::string> WordsWith(std::string_view role) const;  // sorted
  std::vector<std::string> PeopleWords() const;  // nouns for people and bodies of people, sorted
  // ISO 3166 alpha-3 of "iraqi", "iraq", "u.s."; empty if it is no state.
  std::string CountryOf(std::string_view words) const;
  // The state whose capital or seat of government is called so ("Washington"): its usual name; empty if none.
  std::string StateSeatedIn(std::string_view words) const;
  std::vector<std::string> NamesOfCountry(const std::string& iso) const;  // names and adjectives, sorted
  // "minister", "spokesman": a noun for what somebody is.
  bool IsOfficeNoun(std::string_view noun) const { return office_nouns_.contains(std::string(noun)); }
  // The wordings of an office, the asked one first: "leader" of Venezuela is "president", too.
  std::vector<std::string> OfficeWordings(const std::string& office, const std::string& iso) const;
  bool IsKnownVerb(std::string_view lemma) const {
    const std::string verb(lemma);
    if (by_verb_.contains(verb)) return true;
    const bool is_small = IsFunctionWord(verb) && !Is(verb, "polite") && !Is(verb, "skip");
    return !is_small && (nouns_of_verb_.contains(verb) || irregular_forms_.contains(verb));
  }
  // The nouns that name the verb's action: "closure".
  const std::vector<std::string>& NounsOf(const std::string& verb) const;
  // The verbs whose action the noun names: "accuse" of "accusation".
  const std::vector<std::string>& VerbsOf(const std::string& noun) const;
  // All nouns that name an action, sorted.
  const std::vector<std::string>& ActionNouns() const { return action_nouns_; }
  // A verb that lends its slot to a noun: "make" of "make accusations".
  bool IsLight(const std::vector<std::string>& lemmas) const;
  // Every form of the irregular verb of which this is one: "held", "hold".
  std::vector<std::string> IrregularForms(const std::string& form) const;

 private:
  std::unordered_map<std::string, std::unordered_map<std::string, std::string>> words_;
  std::unordered_map<std::string, std::vector<std::string>> irregular_;
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::vector<size_t>> by_verb_;
  std::vector<std::vector<std::string>> noun_groups_;
  std::unordered_map<std::string, std::vector<std::string>> irregular_forms_;  // by lemma
  Status LoadOffices(const std::string& data_dir);
  Status LoadLightForms(const std::string& data_dir);
  std::vector<std::string> light_verbs_;
  std::vector<std::string> action_nouns_;
  std::unordered_map<std::string, std::vector<std::string>> nouns_of_verb_, verbs_of_noun_;
  std::unordered_map<std::string, std::string> seats_;      // capital or seat -> usual name of the state
  std::unordered_map<std::string, std::string> countries_;  // by name, adjective, demonym
  std::set<std::string> office_nouns_;
  struct Office {
    std::string wording, role, countries;  // countries: ISO codes, blank between them; empty = everywhere
  };
  std::vector<Office> offices_;
};

}  // namespace whowhom::graph
