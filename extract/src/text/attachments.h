// Repairs attachments that parsers often miss: a day behind a name ("Israel Friday reimposed blockades")
// dates the verb; "accused the states of changing the rules". The deed belongs to the accusing verb (advcl),
// not to the accused (acl); without the repair the accused's name would swallow the deed. "denied for days
// that it came": what was denied, not what the days did. "X and Y proposed talks": a clause, no noun phrase.
// "the consulate in Basra, a city in the south": the city is Basra.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "whowhom/core/result.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// Immutable after loading; thread-safe.
class AttachmentRepair {
 public:
  // Verbs and the prepositions of their deeds: data/statements/accusations.tsv; weekdays:
  // data/time/calendar.tsv; nouns for places: data/statements/relational_nouns.tsv; verbs of saying:
  // data/statements/reporting_verbs.tsv.
  static Result<AttachmentRepair> Load(const std::string& data_dir);
  // REQUIRES: tokens are parsed. Moves a gerund clause opened by the verb's preposition from its object up to
  // the verb. The tree stays a tree. Cost: linear.
  // A modal that is a name becomes PROPN and subject, with a PERSON name where the model found none.
  void Repair(Sentence* sentence) const;
  // "hundreds of students protested": students did. Turns the tree so that what is counted heads the phrase;
  // no longer the tree of Universal Dependencies, in which the counting noun does.
  void LiftCounted(Sentence* sentence) const;

 private:
  void RepairDeeds(Sentence* sentence) const;
  void RepairNamedDeeds(Sentence* sentence) const;
  void RepairDays(Sentence* sentence) const;
  void RepairDeniedContent(Sentence* sentence) const;
  void RepairToldContent(Sentence* sentence) const;
  void RepairDaysOfClauses(Sentence* sentence) const;
  void RepairPlaces(Sentence* sentence) const;
  void RepairInstances(Sentence* sentence) const;
  std::unordered_map<std::string, std::unordered_set<std::string>> deed_prepositions_;  // verb -> "of", "for"
  std::unordered_set<std::string> days_;                                                // "friday", "today"
  std::unordered_set<std::string> units_;                                               // "day", "week"
  std::unordered_map<std::string, std::string> partitives_;  // "hundreds" -> article
  std::unordered_set<std::string> tellers_;                  // verbs of saying
  std::unordered_set<std::string> places_;                   // "city", "province"
};

}  // namespace whowhom::extract
