#include "events/verb_lemmas.h"

#include <string_view>
#include <vector>

#include "whowhom/core/tsv.h"

namespace whowhom::extract {
namespace {

bool EndsWith(std::string_view word, std::string_view suffix) {
  return word.size() > suffix.size() && word.substr(word.size() - suffix.size()) == suffix;
}

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// Candidate lemmas of a form without its suffix: "accus" -> accus, accuse; "stopp" -> stopp, stoppe, stop.
void AddStems(const std::string& stem, std::vector<std::string>* candidates) {
  size_t size = stem.size();
  bool is_doubled = size > 2 && stem[size - 1] == stem[size - 2] && !IsVowel(stem[size - 1]);
  candidates->push_back(stem);
  if (is_doubled) candidates->push_back(stem.substr(0, size - 1));
  candidates->push_back(stem + "e");
  if (EndsWith(stem, "i")) candidates->push_back(stem.substr(0, size - 1) + "y");
}

}  // namespace

Result<VerbLemmas> VerbLemmas::Load(const std::string& events_dir) {
  VerbLemmas lemmas;
  WHOWHOM_TRY(TsvTable table, ReadTsv(events_dir + "/irregular_verbs.tsv"));
  WHOWHOM_TRY(size_t form, table.Column("form"));
  WHOWHOM_TRY(size_t lemma, table.Column("lemma"));
  for (const TsvRow& row : table.rows) {
    lemmas.irregular_[row.fields[form]] = row.fields[lemma];
    lemmas.known_.insert(row.fields[lemma]);
  }
  return lemmas;
}

void VerbLemmas::AddKnown(const std::string& verb) { known_.insert(verb.substr(0, verb.find(' '))); }

std::string VerbLemmas::LemmaOf(const std::string& form, const std::string& tag,
                                const std::string& lemma) const {
  if (form.empty() || tag.rfind("VB", 0) != 0) return lemma;
  bool is_base = tag == "VB" || tag == "VBP";
  if (is_base && known_.count(form) != 0) return form;
  if (auto found = irregular_.find(form); found != irregular_.end()) return found->second;
  std::vector<std::string> candidates;
  if (EndsWith(form, "ing")) AddStems(form.substr(0, form.size() - 3), &candidates);
  if (EndsWith(form, "ed")) AddStems(form.substr(0, form.size() - 2), &candidates);
  if (EndsWith(form, "s")) AddStems(form.substr(0, form.size() - 1), &candidates);
  if (EndsWith(form, "es")) AddStems(form.substr(0, form.size() - 2), &candidates);
  if (is_base) candidates.push_back(form);
  for (const std::string& candidate : candidates) {
    if (candidate == lemma && known_.count(candidate) != 0) return candidate;
  }
  // "accused": accuse before accus; a lemma in e wins where both are known ("planed", "planned" differ by the
  // doubling).
  for (const std::string& candidate : candidates) {
    if (known_.count(candidate) != 0) return candidate;
  }
  return lemma;
}

std::string SingularOf(const std::string& plural) {
  static constexpr std::pair<std::string_view, std::string_view> kIrregular[] = {
      {"men", "man"},       {"women", "woman"},         {"children", "child"},
      {"people", "person"}, {"policemen", "policeman"}, {"arms", "arms"},
      {"goods", "goods"},   {"clothes", "clothes"},     {"lives", "life"},
      {"wives", "wife"},    {"knives", "knife"},        {"halves", "half"},
      {"thieves", "thief"}, {"crises", "crisis"},       {"feet", "foot"}};
  for (const auto& [form, lemma] : kIrregular) {
    if (plural == form) return std::string(lemma);
  }
  if (EndsWith(plural, "men")) return plural.substr(0, plural.size() - 3) + "man";
  if (EndsWith(plural, "ies") && plural.size() > 4) return plural.substr(0, plural.size() - 3) + "y";
  for (std::string_view suffix : {"sses", "ches", "shes", "xes", "zes"}) {
    if (EndsWith(plural, suffix)) return plural.substr(0, plural.size() - 2);
  }
  if (EndsWith(plural, "s") && !EndsWith(plural, "ss") && !EndsWith(plural, "us"))
    return plural.substr(0, plural.size() - 1);
  return plural;
}

}  // namespace whowhom::extract
