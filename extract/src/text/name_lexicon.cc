#include "text/name_lexicon.h"

#include <algorithm>
#include <filesystem>
#include <initializer_list>

#include "text/chars.h"
#include "whowhom/core/tsv.h"

namespace whowhom::extract::text {
namespace {

// Adds the rows of a form/kind file; the value is the kind's place in `kinds`, 0 for a file whose kinds do
// not matter.
Status LoadKinds(const std::string& path, std::initializer_list<std::string_view> kinds, PhraseTable* table,
                 PhraseTable* small = nullptr) {
  WHOWHOM_TRY(const TsvTable file, ReadTsv(path));
  WHOWHOM_TRY(const size_t form, file.Column("form"));
  WHOWHOM_TRY(const size_t kind, file.Column("kind"));
  for (const TsvRow& row : file.rows) {
    const auto found = std::find(kinds.begin(), kinds.end(), row.fields[kind]);
    if (kinds.size() != 0 && found == kinds.end()) {
      return InvalidInput(path + ":" + std::to_string(row.line) + ": unknown kind \"" + row.fields[kind] +
                          "\"");
    }
    const auto value = static_cast<uint8_t>(kinds.size() == 0 ? 0 : found - kinds.begin());
    const bool is_small = !row.fields[form].empty() && !IsAsciiUpper(row.fields[form].front());
    (small != nullptr && is_small ? small : table)->Add(row.fields[form], value);
  }
  return {};
}

// Adds the items of a list joined by |, but for those that `except` holds.
void AddList(std::string_view list, uint8_t value, PhraseTable* table, const PhraseTable* except = nullptr) {
  while (!list.empty()) {
    const size_t bar = list.find('|');
    const std::string_view item = list.substr(0, bar);
    if (except == nullptr || !except->Find(item).has_value()) table->Add(item, value);
    if (bar == std::string_view::npos) return;
    list.remove_prefix(bar + 1);
  }
}

Status LoadCountries(const std::string& path, NameLexicon* lexicon) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return {};
  WHOWHOM_TRY(const TsvTable file, ReadTsv(path));
  for (const std::string_view column : {"name", "aliases", "capital"}) {
    WHOWHOM_TRY(const size_t index, file.Column(column));
    const auto value = static_cast<uint8_t>(column == "capital" ? PlaceWord::kCapital : PlaceWord::kCountry);
    for (const TsvRow& row : file.rows) AddList(row.fields[index], value, &lexicon->places);
  }
  for (const std::string_view column : {"adjective", "demonyms"}) {
    WHOWHOM_TRY(const size_t index, file.Column(column));
    // "U.S." and "New Zealand" stand before nouns too, but name the state
    for (const TsvRow& row : file.rows) AddList(row.fields[index], 0, &lexicon->groups, &lexicon->places);
  }
  return {};
}

Status LoadFunctionWords(const std::string& path, PhraseTable* table) {
  WHOWHOM_TRY(const TsvTable file, ReadTsv(path));
  WHOWHOM_TRY(const size_t language, file.Column("language"));
  WHOWHOM_TRY(const size_t word, file.Column("word"));
  for (const TsvRow& row : file.rows) {
    if (row.fields[language] == "en") table->Add(row.fields[word], 0);
  }
  return {};
}

}  // namespace

Result<NameLexicon> NameLexicon::Load(const std::string& data_dir) {
  NameLexicon lexicon;
  const std::string base = data_dir + "/names/";
  WHOWHOM_TRY_STATUS(LoadKinds(base + "groups.tsv", {}, &lexicon.groups));
  WHOWHOM_TRY_STATUS(LoadKinds(base + "dates.tsv",
                               {"month", "weak_month", "weekday", "relative", "unit", "part", "season",
                                "which", "shift", "edge", "era", "before_year"},
                               &lexicon.dates, &lexicon.small_dates));
  WHOWHOM_TRY_STATUS(LoadKinds(base + "facilities.tsv", {"strong", "head", "small", "start", "name", "not"},
                               &lexicon.facilities));
  WHOWHOM_TRY_STATUS(
      LoadKinds(base + "weapons.tsv", {"name", "designator", "weak", "noun"}, &lexicon.weapons));
  WHOWHOM_TRY_STATUS(LoadKinds(base + "currencies.tsv", {"symbol", "word", "weak", "code"}, &lexicon.money));
  WHOWHOM_TRY_STATUS(
      LoadKinds(base + "numbers.tsv", {"number", "magnitude", "vague", "about"}, &lexicon.numbers));
  // 1 = per cent
  WHOWHOM_TRY_STATUS(LoadKinds(
      base + "units.tsv",
      {"length", "percent", "area", "weight", "volume", "speed", "temperature", "power", "data", "other"},
      &lexicon.units));
  WHOWHOM_TRY_STATUS(
      LoadKinds(base + "persons.tsv", {"title", "after", "particle", "keep", "honorific"}, &lexicon.persons));
  WHOWHOM_TRY_STATUS(LoadKinds(base + "organisations.tsv", {"head"}, &lexicon.organisations));
  WHOWHOM_TRY_STATUS(LoadFunctionWords(data_dir + "/language_words.tsv", &lexicon.function_words));
  WHOWHOM_TRY_STATUS(LoadCountries(data_dir + "/actors/countries.tsv", &lexicon));
  return lexicon;
}

}  // namespace whowhom::extract::text
