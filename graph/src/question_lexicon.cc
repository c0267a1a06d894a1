#include "question_lexicon.h"

#include <algorithm>

#include "whowhom/core/tsv.h"

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

std::vector<std::string> SplitList(const std::string& list) {
  std::vector<std::string> items;
  for (size_t i = 0; i <= list.size();) {
    const size_t end = std::min(list.find(',', i), list.size());
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
    if (row.fields.size() >= 2) lexicon.irregular_[row.fields[0]].push_back(row.fields[1]);
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
  return lexicon;
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
