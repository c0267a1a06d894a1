#include "question_lexicon.h"

#include <algorithm>

#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

void Push(std::string lemma, std::vector<std::string>* lemmas) {
  if (lemma.size() < 2 || std::find(lemmas->begin(), lemmas->end(), lemma) != lemmas->end()) return;
  lemmas->push_back(std::move(lemma));
}

// "stopp" -> "stop"
std::string Undouble(const std::string& stem) {
  size_t n = stem.size();
  if (n >= 3 && stem[n - 1] == stem[n - 2] && !IsVowel(stem[n - 1])) return stem.substr(0, n - 1);
  return {};
}

void StripEnding(const std::string& form, std::string_view ending, std::vector<std::string>* lemmas) {
  if (!form.ends_with(ending) || form.size() < ending.size() + 2) return;
  std::string stem = form.substr(0, form.size() - ending.size());
  if (std::string undoubled = Undouble(stem); !undoubled.empty()) Push(undoubled, lemmas);
  Push(stem + "e", lemmas);
  Push(stem, lemmas);
}

std::vector<std::string> SplitList(const std::string& list, char separator = ',') {
  std::vector<std::string> items;
  for (size_t i = 0; i <= list.size();) {
    const size_t end = std::min(list.find(separator, i), list.size());
    if (end > i) items.push_back(list.substr(i, end - i));
    i = end + 1;
  }
  return items;
}

}  // namespace

Result<QuestionLexicon> QuestionLexicon::Load(const std::string& data_dir) {
  QuestionLexicon lexicon;
  WHOWHOM_TRY(TsvTable words, ReadTsv(data_dir + "/questions/words.tsv"));
  for (const TsvRow& row : words.rows) {
    if (row.fields.size() >= 3) lexicon.words_[row.fields[0]][row.fields[1]] = row.fields[2];
  }
  WHOWHOM_TRY(TsvTable irregular, ReadTsv(data_dir + "/events/irregular_verbs.tsv"));
  for (const TsvRow& row : irregular.rows) {
    if (row.fields.size() < 2) continue;
    lexicon.irregular_[row.fields[0]].push_back(row.fields[1]);
    lexicon.irregular_forms_[row.fields[1]].push_back(row.fields[0]);
  }
  WHOWHOM_TRY(TsvTable synonyms, ReadTsv(data_dir + "/questions/synonyms.tsv"));
  for (const TsvRow& row : synonyms.rows) {
    if (row.fields.size() < 4) continue;
    Group group;
    group.name = row.fields[0];
    group.event_class = ParseEventClass(row.fields[1]).value_or(EventClass::kNone);
    group.symmetric = row.fields[2] == "yes";
    group.verbs = SplitList(row.fields[3]);
    for (const std::string& verb : group.verbs) lexicon.by_verb_[verb].push_back(lexicon.groups_.size());
    lexicon.groups_.push_back(std::move(group));
  }
  WHOWHOM_TRY(TsvTable nouns, ReadTsv(data_dir + "/questions/nouns.tsv"));
  for (const TsvRow& row : nouns.rows) {
    if (!row.fields.empty()) lexicon.noun_groups_.push_back(SplitList(row.fields[0]));
  }
  WHOWHOM_TRY_STATUS(lexicon.LoadOffices(data_dir));
  WHOWHOM_TRY_STATUS(lexicon.LoadLightForms(data_dir));
  return lexicon;
}

Status QuestionLexicon::LoadOffices(const std::string& data_dir) {
  WHOWHOM_TRY(const TsvTable countries, ReadTsv(data_dir + "/actors/countries.tsv"));
  for (const TsvRow& row : countries.rows) {
    for (size_t column = 1; column < std::min<size_t>(row.fields.size(), 5); ++column) {
      for (const std::string& name : SplitList(row.fields[column], '|'))
        countries_.try_emplace(NormalizeName(name), row.fields[0]);
    }
    for (size_t column = 5; column < std::min<size_t>(row.fields.size(), 8); ++column) {
      for (const std::string& seat : SplitList(row.fields[column], '|'))
        seats_.try_emplace(NormalizeName(seat), row.fields[1]);
    }
  }
  WHOWHOM_TRY(const TsvTable nouns, ReadTsv(data_dir + "/statements/relational_nouns.tsv"));
  for (const TsvRow& row : nouns.rows) {
    if (row.fields.size() >= 2 && row.fields[1] == "role") office_nouns_.insert(row.fields[0]);
  }
  WHOWHOM_TRY(const TsvTable roles, ReadTsv(data_dir + "/actors/roles.tsv"));
  for (const TsvRow& row : roles.rows) {
    if (row.fields.size() < 2) continue;
    offices_.push_back({row.fields[0], row.fields[1], row.fields.size() > 2 ? row.fields[2] : ""});
    const std::string& wording = row.fields[0];
    office_nouns_.insert(
        wording.substr(wording.rfind(' ') == std::string::npos ? 0 : wording.rfind(' ') + 1));
  }
  return {};
}

Status QuestionLexicon::LoadLightForms(const std::string& data_dir) {
  WHOWHOM_TRY(const TsvTable verbs, ReadTsv(data_dir + "/statements/light_verbs.tsv"));
  for (const TsvRow& row : verbs.rows) {
    const bool receives = row.fields.size() > 1 && !row.fields[1].empty();
    if (!row.fields.empty() && !receives) light_verbs_.push_back(row.fields[0]);
  }
  std::sort(light_verbs_.begin(), light_verbs_.end());
  WHOWHOM_TRY(const TsvTable nouns, ReadTsv(data_dir + "/statements/nominals.tsv"));
  for (const TsvRow& row : nouns.rows) {
    if (row.fields.size() < 2) continue;
    nouns_of_verb_[row.fields[1]].push_back(row.fields[0]);
    verbs_of_noun_[row.fields[0]].push_back(row.fields[1]);
    action_nouns_.push_back(row.fields[0]);
  }
  std::sort(action_nouns_.begin(), action_nouns_.end());
  return {};
}

std::vector<std::string> QuestionLexicon::LightForms(const std::string& verb) const {
  std::vector<std::string> forms;
  const auto nouns = nouns_of_verb_.find(verb);
  if (nouns == nouns_of_verb_.end()) return forms;
  for (const std::string& light : light_verbs_) {
    for (const std::string& noun : nouns->second) forms.push_back(light + " " + noun);
  }
  return forms;
}

const std::vector<std::string>& QuestionLexicon::NounsOf(const std::string& verb) const {
  static const std::vector<std::string> kNone;
  const auto nouns = nouns_of_verb_.find(verb);
  return nouns == nouns_of_verb_.end() ? kNone : nouns->second;
}

const std::vector<std::string>& QuestionLexicon::VerbsOf(const std::string& noun) const {
  static const std::vector<std::string> kNone;
  const auto verbs = verbs_of_noun_.find(noun);
  return verbs == verbs_of_noun_.end() ? kNone : verbs->second;
}

bool QuestionLexicon::IsLight(const std::vector<std::string>& lemmas) const {
  return std::any_of(lemmas.begin(), lemmas.end(), [this](const std::string& lemma) {
    return std::binary_search(light_verbs_.begin(), light_verbs_.end(), lemma);
  });
}

std::vector<std::string> QuestionLexicon::IrregularForms(const std::string& form) const {
  std::vector<std::string> lemmas;
  if (const auto known = irregular_.find(form); known != irregular_.end()) lemmas = known->second;
  if (irregular_forms_.contains(form)) Push(form, &lemmas);
  std::vector<std::string> forms;
  for (const std::string& lemma : lemmas) {
    Push(lemma, &forms);
    for (const std::string& other : irregular_forms_.at(lemma)) Push(other, &forms);
  }
  return forms;
}

std::string QuestionLexicon::CountryOf(std::string_view words) const {
  auto it = countries_.find(NormalizeName(words));
  return it == countries_.end() ? std::string() : it->second;
}

std::string QuestionLexicon::StateSeatedIn(std::string_view words) const {
  auto it = seats_.find(NormalizeName(words));
  return it == seats_.end() ? std::string() : it->second;
}

std::vector<std::string> QuestionLexicon::NamesOfCountry(const std::string& iso) const {
  std::vector<std::string> names;
  for (const auto& [name, code] : countries_) {
    if (code == iso) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> QuestionLexicon::OfficeWordings(const std::string& office,
                                                         const std::string& iso) const {
  std::vector<std::string> wordings = {office};
  auto is_there = [&](const Office& o) {
    return o.countries.empty() || (!iso.empty() && o.countries.find(iso) != std::string::npos);
  };
  for (const Office& asked : offices_) {
    if (asked.wording != office || !is_there(asked) || (iso.empty() && asked.role != office)) continue;
    for (const Office& other : offices_) {
      const bool is_same = other.role == asked.role && is_there(other);
      if (is_same && std::find(wordings.begin(), wordings.end(), other.wording) == wordings.end())
        wordings.push_back(other.wording);
    }
  }
  return wordings;
}

const std::string* QuestionLexicon::Value(std::string_view word, std::string_view role) const {
  auto it = words_.find(std::string(word));
  if (it == words_.end()) return nullptr;
  auto value = it->second.find(std::string(role));
  return value == it->second.end() ? nullptr : &value->second;
}

bool QuestionLexicon::IsFunctionWord(std::string_view word) const {
  for (std::string_view role : {"wh", "do", "have", "be", "modal"}) {
    if (Is(word, role)) return true;
  }
  for (std::string_view role : {"not", "det", "prep", "back", "and"}) {
    if (Is(word, role)) return true;
  }
  return Is(word, "skip") || Is(word, "polite");
}

std::vector<std::string> QuestionLexicon::LemmasOf(std::string_view form_view) const {
  std::string form(form_view);
  std::vector<std::string> lemmas;
  if (auto it = irregular_.find(form); it != irregular_.end()) {
    for (const std::string& lemma : it->second) Push(lemma, &lemmas);
  }
  Push(form, &lemmas);
  if (form.ends_with("ies") || form.ends_with("ied")) Push(form.substr(0, form.size() - 3) + "y", &lemmas);
  StripEnding(form, "ed", &lemmas);
  StripEnding(form, "ing", &lemmas);
  if (form.ends_with("es")) Push(form.substr(0, form.size() - 2), &lemmas);
  if (form.ends_with("s") && !form.ends_with("ss")) Push(form.substr(0, form.size() - 1), &lemmas);
  return lemmas;
}

bool QuestionLexicon::IsParticiple(std::string_view form) const {
  return form.ends_with("ed") || irregular_.contains(std::string(form));
}

const QuestionLexicon::Group* QuestionLexicon::GroupNamed(std::string_view name) const {
  for (const Group& group : groups_) {
    if (group.name == name) return &group;
  }
  return nullptr;
}

std::string QuestionLexicon::NounStems(const std::string& stem) const {
  std::string all = stem;
  for (const std::vector<std::string>& group : noun_groups_) {
    const bool is_in = std::any_of(group.begin(), group.end(),
                                   [&](const std::string& member) { return stem.starts_with(member); });
    for (size_t i = 0; is_in && i < group.size(); ++i) {
      if (!stem.starts_with(group[i])) all += "|" + group[i];
    }
  }
  return all;
}

std::string QuestionLexicon::WiderStems(const std::string& stem) const {
  std::string all = NounStems(stem);
  std::set<std::string> listed = {stem};
  auto add = [&](const std::string& verb) {
    std::vector<std::string> forms = {verb.ends_with('e') ? verb.substr(0, verb.size() - 1) : verb};
    if (auto it = irregular_forms_.find(verb); it != irregular_forms_.end())
      forms.insert(forms.end(), it->second.begin(), it->second.end());
    for (const std::string& form : forms) {
      if (form.size() > 2 && listed.insert(form).second) all += "|" + form;
    }
  };
  for (const std::string& lemma : {stem, stem + "e"}) {
    if (!IsKnownVerb(lemma)) continue;
    add(lemma);
    for (const Group* group : GroupsOf(lemma)) {
      for (const std::string& verb : group->verbs) {
        if (group->name != "say" && verb.find(' ') == std::string::npos) add(verb);
      }
    }
  }
  return all;
}

std::vector<std::string> QuestionLexicon::WordsWith(std::string_view role) const {
  std::vector<std::string> words;
  for (const auto& [word, roles] : words_) {
    if (roles.contains(std::string(role))) words.push_back(word);
  }
  std::sort(words.begin(), words.end());
  return words;
}

std::vector<std::string> QuestionLexicon::PeopleWords() const {
  std::vector<std::string> words = WordsWith("people");
  for (const std::string& word : WordsWith("type")) {
    const std::string& types = *Value(word, "type");
    if (types.find("PERSON") != std::string::npos || types.find("GROUP") != std::string::npos)
      words.push_back(word);
  }
  std::sort(words.begin(), words.end());
  return words;
}

std::vector<const QuestionLexicon::Group*> QuestionLexicon::GroupsOf(std::string_view lemma) const {
  if (const Group* own = GroupNamed(lemma)) return {own};
  std::vector<const Group*> groups;
  const Group* say = nullptr;
  auto it = by_verb_.find(std::string(lemma));
  if (it == by_verb_.end()) return groups;
  for (size_t index : it->second) {
    if (groups_[index].name == "say") {
      say = &groups_[index];
    } else {
      groups.push_back(&groups_[index]);
    }
  }
  if (groups.empty() && say != nullptr) groups.push_back(say);
  return groups;
}

}  // namespace whowhom::graph
