#include "statements/lexicon.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::statements {
namespace {

// Reads <dir>/statements/<name>.tsv and hands the named columns of each row to `take`.
Status ReadList(const std::string& data_dir, const std::string& name, const std::vector<std::string>& columns,
                const std::function<Status(const std::vector<std::string>&, const std::string&)>& take) {
  const std::string path = data_dir + "/statements/" + name + ".tsv";
  WHOWHOM_TRY(const TsvTable table, ReadTsv(path));
  std::vector<size_t> index;
  for (const std::string& column : columns) {
    WHOWHOM_TRY(const size_t at, table.Column(column));
    index.push_back(at);
  }
  std::vector<std::string> fields(columns.size());
  for (const TsvRow& row : table.rows) {
    for (size_t k = 0; k < index.size(); ++k) fields[k] = row.fields[index[k]];
    if (fields[0].empty())
      return InvalidInput(path + ":" + std::to_string(row.line) + ": empty " + columns[0]);
    WHOWHOM_TRY_STATUS(take(fields, path + ":" + std::to_string(row.line)));
  }
  return {};
}

Status ReadWords(const std::string& data_dir, const std::string& name, const std::string& column,
                 WordSet* out) {
  return ReadList(data_dir, name, {column}, [out](const auto& f, const std::string&) -> Status {
    out->insert(f[0]);
    return {};
  });
}

Status ReadPairs(const std::string& data_dir, const std::string& name, const std::string& key,
                 const std::string& value, WordMap<std::string>* out) {
  return ReadList(data_dir, name, {key, value}, [out](const auto& f, const std::string&) -> Status {
    (*out)[f[0]] = f[1];
    return {};
  });
}

Result<std::optional<Modality>> OptionalModality(const std::string& text, const std::string& where) {
  if (text.empty()) return std::optional<Modality>();
  std::optional<Modality> parsed = ParseModality(text);
  if (!parsed) return InvalidInput(where + ": unknown modality '" + text + "'");
  return parsed;
}

Result<Stance> ParseStance(const std::string& text, const std::string& where) {
  static constexpr std::pair<std::string_view, Stance> kNames[] = {
      {"say", Stance::kSay},           {"claim", Stance::kClaim}, {"think", Stance::kThink},
      {"perceive", Stance::kPerceive}, {"deny", Stance::kDeny},   {"doubt", Stance::kDoubt},
      {"order", Stance::kOrder}};
  for (const auto& [name, stance] : kNames) {
    if (name == text) return stance;
  }
  return InvalidInput(where + ": unknown stance '" + text + "'");
}

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> out;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

Status ReadVerbs(const std::string& dir, Lexicon* lexicon) {
  WHOWHOM_TRY_STATUS(ReadList(dir, "reporting_verbs", {"verb", "stance"},
                              [&](const auto& f, const std::string& where) -> Status {
                                WHOWHOM_TRY(lexicon->reporting[f[0]], ParseStance(f[1], where));
                                return {};
                              }));
  WHOWHOM_TRY_STATUS(ReadList(dir, "chain_verbs", {"verb", "keep", "modality", "polarity"},
                              [&](const auto& f, const std::string& where) -> Status {
                                ChainVerb& verb = lexicon->chains[f[0]];
                                verb.keep = f[1] == "yes";
                                WHOWHOM_TRY(verb.modality, OptionalModality(f[2], where));
                                verb.negative = f[3] == "negative";
                                return {};
                              }));
  WHOWHOM_TRY_STATUS(ReadList(dir, "object_control", {"verb", "modality", "polarity"},
                              [&](const auto& f, const std::string& where) -> Status {
                                ChainVerb& verb = lexicon->object_control[f[0]];
                                WHOWHOM_TRY(verb.modality, OptionalModality(f[1], where));
                                verb.negative = f[2] == "negative";
                                return {};
                              }));
  WHOWHOM_TRY_STATUS(ReadList(dir, "accusations", {"verb", "target", "act", "standing"},
                              [&](const auto& f, const std::string&) -> Status {
                                lexicon->accusations[f[0]].push_back({f[1], f[2], f[3] == "claim"});
                                return {};
                              }));
  return ReadList(dir, "modals", {"modal", "modality"},
                  [&](const auto& f, const std::string& where) -> Status {
                    WHOWHOM_TRY(const std::optional<Modality> modality, OptionalModality(f[1], where));
                    lexicon->modals[f[0]] = modality.value_or(Modality::kAsserted);
                    return {};
                  });
}

Status ReadNouns(const std::string& dir, Lexicon* lexicon) {
  WHOWHOM_TRY_STATUS(ReadList(dir, "nominals", {"noun", "verb", "possessive", "doer", "undergoer"},
                              [&](const auto& f, const std::string&) -> Status {
                                lexicon->nominals[f[0]] = {f[1], f[2] == "doer", Words(f[3]), Words(f[4])};
                                return {};
                              }));
  return ReadList(dir, "compound_participles", {"participle", "lemma", "reading"},
                  [&](const auto& f, const std::string&) -> Status {
                    lexicon->compound_participles[f[0]] = {f[1], f[2]};
                    return {};
                  });
}

Status ReadRules(const std::string& dir, Lexicon* lexicon) {
  return ReadList(dir, "rules", {"id", "stage", "what", "pattern", "source", "example", "counter"},
                  [&](const auto& f, const std::string& where) -> Status {
                    for (const RuleDescription& rule : lexicon->rules) {
                      if (rule.id == f[0]) return InvalidInput(where + ": rule '" + f[0] + "' twice");
                    }
                    lexicon->rules.push_back({f[0], f[1], f[2], f[3], f[4], f[5], f[6]});
                    return {};
                  });
}

// Adjectives and names of peoples from the list of states.
Status ReadCountryWords(const std::string& data_dir, WordMap<std::string>* out) {
  WHOWHOM_TRY(const TsvTable table, ReadTsv(data_dir + "/actors/countries.tsv"));
  WHOWHOM_TRY(const size_t code, table.Column("iso3"));
  for (const std::string_view name : {"adjective", "demonyms"}) {
    WHOWHOM_TRY(const size_t column, table.Column(name));
    for (const TsvRow& row : table.rows) {
      std::string_view list = row.fields[column];
      while (!list.empty()) {
        const size_t bar = std::min(list.find('|'), list.size());
        const auto [word, is_new] = out->emplace(ToLower(list.substr(0, bar)), row.fields[code]);
        if (!is_new && word->second != row.fields[code]) word->second.clear();
        list.remove_prefix(std::min(bar + 1, list.size()));
      }
    }
  }
  return {};
}

// "roll back", "hand over" among the verbs of events.
Status ReadParticleVerbs(const std::string& data_dir, WordSet* out) {
  static constexpr std::string_view kParticles[] = {"back", "down", "off", "out", "over", "up", "away"};
  WHOWHOM_TRY(const TsvTable table, ReadTsv(data_dir + "/events/verbs.tsv"));
  for (const TsvRow& row : table.rows) {
    const std::string& verb = row.fields.front();
    const size_t blank = verb.find(' ');
    if (blank == std::string::npos) continue;
    const std::string particle = verb.substr(blank + 1);
    if (std::find(std::begin(kParticles), std::end(kParticles), particle) != std::end(kParticles))
      out->insert(verb);
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Lexicon>> Lexicon::Load(const std::string& data_dir) {
  auto lexicon = std::make_unique<Lexicon>();
  WHOWHOM_TRY_STATUS(ReadVerbs(data_dir, lexicon.get()));
  WHOWHOM_TRY_STATUS(ReadNouns(data_dir, lexicon.get()));
  WHOWHOM_TRY_STATUS(ReadRules(data_dir, lexicon.get()));
  WHOWHOM_TRY_STATUS(ReadPairs(data_dir, "light_verbs", "verb", "direction", &lexicon->light_verbs));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "light_nouns", "noun", &lexicon->light_nouns));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "time_words", "lemma", &lexicon->time_words));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "discourse_phrases", "phrase", &lexicon->discourse_phrases));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "prepositional_verbs", "verb", &lexicon->prepositional_verbs));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "place_adverbs", "adverb", &lexicon->place_adverbs));
  WHOWHOM_TRY_STATUS(ReadPairs(data_dir, "irregular_past", "verb", "past", &lexicon->irregular_past));
  WHOWHOM_TRY_STATUS(
      ReadList(data_dir, "symmetric", {"lemma", "kind"}, [&](const auto& f, const std::string&) -> Status {
        lexicon->symmetric.insert(f[1] + " " + f[0]);
        return {};
      }));
  WHOWHOM_TRY_STATUS(
      ReadList(data_dir, "happenings", {"word", "kind"}, [&](const auto& f, const std::string&) -> Status {
        lexicon->happenings.insert(f[1] + " " + f[0]);
        return {};
      }));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "content_nouns", "noun", &lexicon->content_nouns));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "giving_verbs", "verb", &lexicon->giving_verbs));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "naming_verbs", "verb", &lexicon->naming_verbs));
  WHOWHOM_TRY_STATUS(ReadWords(data_dir, "participle_terms", "term", &lexicon->participle_terms));
  WHOWHOM_TRY_STATUS(ReadPairs(data_dir, "operators", "word", "kind", &lexicon->operators));
  WHOWHOM_TRY_STATUS(ReadPairs(data_dir, "clause_markers", "marker", "role", &lexicon->clause_markers));
  WHOWHOM_TRY_STATUS(ReadPairs(data_dir, "relational_nouns", "noun", "kind", &lexicon->relational_nouns));
  WHOWHOM_TRY_STATUS(ReadParticleVerbs(data_dir, &lexicon->particle_verbs));
  WHOWHOM_TRY_STATUS(ReadCountryWords(data_dir, &lexicon->country_words));
  return lexicon;
}

Stance Lexicon::StanceOf(const std::string& verb) const {
  const Stance* stance = Find(reporting, verb);
  return stance ? *stance : Stance::kNone;
}

bool Lexicon::IsOperator(const std::string& word, std::string_view kind) const {
  const std::string* found = Find(operators, word);
  return found && *found == kind;
}

bool Lexicon::IsHappening(const std::string& word, std::string_view kind) const {
  return happenings.contains(std::string(kind) + " " + word);
}

}  // namespace whowhom::extract::statements
