#include "text/lexicon.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/chars.h"
#include "whowhom/core/tsv.h"

namespace whowhom::extract::text {
namespace {

// In the order of AbbreviationKind, without kNone.
constexpr std::array<std::string_view, 10> kKindNames = {"title", "name", "month", "place", "state",
                                                         "latin", "time", "digit", "unit",  "other"};

struct Entry {
  std::string form;
  std::string value;  // second column
  size_t line = 0;
};

Result<std::vector<Entry>> LoadPairs(const std::string& path, std::string_view second) {
  WHOWHOM_TRY(const TsvTable table, ReadTsv(path));
  WHOWHOM_TRY(const size_t form, table.Column("form"));
  WHOWHOM_TRY(const size_t value, table.Column(second));
  std::vector<Entry> entries;
  entries.reserve(table.rows.size());
  for (const TsvRow& row : table.rows) entries.push_back({row.fields[form], row.fields[value], row.line});
  return entries;
}

Error BadEntry(const std::string& path, const Entry& entry, std::string_view expected) {
  return InvalidInput(path + ":" + std::to_string(entry.line) + ": found \"" + entry.value + "\", expected " +
                      std::string(expected));
}

std::string Capitals(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = IsAsciiLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

Status LoadAbbreviations(const std::string& path, Lexicon* lexicon) {
  WHOWHOM_TRY(const std::vector<Entry> entries, LoadPairs(path, "kind"));
  for (const Entry& entry : entries) {
    const auto found = std::find(kKindNames.begin(), kKindNames.end(), entry.value);
    if (found == kKindNames.end() || entry.form.empty())
      return BadEntry(path, entry, "a kind of abbreviation");
    const auto kind = static_cast<AbbreviationKind>(found - kKindNames.begin() + 1);
    lexicon->abbreviations[entry.form] = kind;
    std::string capitalised = entry.form;
    capitalised.front() = Capitals(capitalised.substr(0, 1)).front();
    // An entry of its own wins over the casing of another.
    lexicon->abbreviations.emplace(std::move(capitalised), kind);
    if (entry.form.size() > 3) lexicon->abbreviations.emplace(Capitals(entry.form), kind);
  }
  return {};
}

Status LoadContractions(const std::string& path, Lexicon* lexicon) {
  WHOWHOM_TRY(const std::vector<Entry> entries, LoadPairs(path, "parts"));
  for (const Entry& entry : entries) {
    std::string joined;
    std::vector<uint32_t> cuts;
    for (const char c : entry.value) {
      if (c == '|') {
        cuts.push_back(static_cast<uint32_t>(joined.size()));
      } else {
        joined += c;
      }
    }
    if (joined != entry.form || cuts.empty()) return BadEntry(path, entry, "parts that spell the form");
    lexicon->longest_contraction = std::max(lexicon->longest_contraction, entry.form.size());
    lexicon->contractions.emplace(entry.form, std::move(cuts));
  }
  return {};
}

// Sorts the entries of a two-column file into sets by kind.
Status LoadKinds(const std::string& path, const std::vector<std::pair<std::string_view, StringSet*>>& sets) {
  WHOWHOM_TRY(const std::vector<Entry> entries, LoadPairs(path, "kind"));
  for (const Entry& entry : entries) {
    const auto found =
        std::find_if(sets.begin(), sets.end(), [&](const auto& set) { return set.first == entry.value; });
    if (found == sets.end() || entry.form.empty())
      return BadEntry(path, entry, "a kind named in the file's comment");
    found->second->insert(entry.form);
  }
  return {};
}

}  // namespace

Result<Lexicon> Lexicon::Load(const std::string& data_dir) {
  Lexicon lexicon;
  const std::string base = data_dir + "/tokenizer_";
  WHOWHOM_TRY_STATUS(LoadAbbreviations(base + "abbreviations.tsv", &lexicon));
  WHOWHOM_TRY_STATUS(LoadContractions(base + "contractions.tsv", &lexicon));
  WHOWHOM_TRY_STATUS(
      LoadKinds(base + "prefixes.tsv", {{"prefix", &lexicon.prefixes}, {"suffix", &lexicon.suffixes}}));
  WHOWHOM_TRY_STATUS(LoadKinds(
      base + "special.tsv",
      {{"emoticon", &lexicon.emoticons}, {"elision", &lexicon.elisions}, {"word", &lexicon.words}}));
  WHOWHOM_TRY_STATUS(LoadKinds(base + "units.tsv", {{"unit", &lexicon.units}}));
  WHOWHOM_TRY_STATUS(
      LoadKinds(base + "domains.tsv", {{"domain", &lexicon.domains}, {"file", &lexicon.domains}}));
  for (const std::string& form : lexicon.emoticons) {
    lexicon.longest_emoticon = std::max(lexicon.longest_emoticon, form.size());
  }
  return lexicon;
}

}  // namespace whowhom::extract::text
