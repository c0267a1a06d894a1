#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "whowhom/extract/scoring.h"

namespace whowhom::extract {
namespace {

struct NamedSentence {
  std::vector<std::string> forms;
  std::vector<std::string> tags;
};

std::vector<std::string_view> Columns(std::string_view line) {
  std::vector<std::string_view> columns;
  while (true) {
    const size_t tab = line.find('\t');
    columns.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos || columns.size() > 16) return columns;
    line.remove_prefix(tab + 1);
  }
}

std::string_view NerOf(std::string_view misc) {
  while (!misc.empty()) {
    const size_t bar = misc.find('|');
    const std::string_view part = misc.substr(0, bar);
    if (part.starts_with("NER=")) return part.substr(4);
    if (bar == std::string_view::npos) break;
    misc.remove_prefix(bar + 1);
  }
  return "O";
}

bool IsWordId(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::vector<NamedSentence>> ReadNamed(std::string_view bytes, const std::string& path, bool fine) {
  std::vector<NamedSentence> sentences;
  bool open = false;
  size_t number = 0;
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) {
      open = false;
      continue;
    }
    if (line.front() == '#') continue;
    const auto columns = Columns(line);
    if (columns.size() != 10 && columns.size() != 4 && columns.size() != 3) {
      return InvalidInput(path + ":" + std::to_string(number) + ": found " + std::to_string(columns.size()) +
                          " columns, expected 10 (CoNLL-U) or 4 (ID FORM COARSE FINE)");
    }
    if (columns.size() == 10 && !IsWordId(columns[0])) continue;  // ranges and empty nodes
    if (!open) sentences.emplace_back();
    open = true;
    sentences.back().forms.emplace_back(columns[1]);
    sentences.back().tags.emplace_back(columns.size() == 10 ? NerOf(columns[9])
                                                            : columns[fine && columns.size() == 4 ? 3 : 2]);
  }
  return sentences;
}

using Name = std::tuple<size_t, size_t, size_t, std::string>;  // sentence, begin, end, type

std::set<Name> NamesOf(const std::vector<NamedSentence>& sentences, const NameScoring& options) {
  std::set<Name> names;
  for (size_t s = 0; s < sentences.size(); ++s) {
    const auto& tags = sentences[s].tags;
    for (size_t i = 0; i < tags.size();) {
      if (tags[i].size() < 3 || tags[i][1] != '-') {
        ++i;
        continue;
      }
      std::string type = tags[i].substr(2);
      size_t end = i + 1;
      while (end < tags.size() && tags[end] == "I-" + type) ++end;
      if (const auto found = options.rename.find(type); found != options.rename.end()) type = found->second;
      if (!type.empty()) names.emplace(s, i, end, type);
      i = end;
    }
  }
  return names;
}

// Gold of the kind of CoNLL 2003 (PER, ORG, LOC): how the program's types are called there; others are
// dropped.
std::map<std::string, std::string> CoarseNaming(const std::vector<NamedSentence>& gold,
                                                const std::vector<NamedSentence>& system) {
  std::set<std::string> gold_types, types;
  for (const auto* sentences : {&gold, &system}) {
    for (const auto& [sentence, begin, end, type] : NamesOf(*sentences, {})) {
      types.insert(type);
      if (sentences == &gold) gold_types.insert(type);
    }
  }
  if (!gold_types.contains("PER") && !gold_types.contains("LOC")) return {};
  std::map<std::string, std::string> rename;
  for (const std::string& type : types) {
    const bool place = type == "GPE" || type == "PLACE" || type == "FACILITY" || type == "LOC";
    const bool person = type == "PERSON" || type == "PER";
    rename[type] = person ? "PER" : place ? "LOC" : type == "ORG" ? "ORG" : "";
  }
  return rename;
}

Status CheckSameTokens(const std::vector<NamedSentence>& gold, const std::vector<NamedSentence>& system) {
  if (gold.size() != system.size()) {
    return InvalidInput("gold has " + std::to_string(gold.size()) + " sentences, system " +
                        std::to_string(system.size()) + "; both must hold the same sentences");
  }
  for (size_t s = 0; s < gold.size(); ++s) {
    if (gold[s].forms != system[s].forms) {
      return InvalidInput("sentence " + std::to_string(s + 1) + " differs in its tokens; it begins \"" +
                          (gold[s].forms.empty() ? std::string() : gold[s].forms.front()) + "\" in gold");
    }
  }
  return {};
}

Agreement Compare(const std::set<Name>& gold, const std::set<Name>& system) {
  Agreement agreement;
  agreement.gold = static_cast<double>(gold.size());
  agreement.system = static_cast<double>(system.size());
  for (const Name& name : gold) agreement.Count(system.contains(name) ? 1 : 0);
  return agreement;
}

std::set<Name> OfType(const std::set<Name>& names, const std::string& type) {
  std::set<Name> kept;
  for (const Name& name : names) {
    if (std::get<3>(name) == type) kept.insert(name);
  }
  return kept;
}

std::set<Name> Untyped(const std::set<Name>& names) {
  std::set<Name> spans;
  for (const auto& [sentence, begin, end, type] : names) spans.emplace(sentence, begin, end, "");
  return spans;
}

}  // namespace

Result<std::vector<ScoreRow>> ScoreNames(std::string_view gold_bytes, std::string_view system_bytes,
                                         const NameScoring& options) {
  WHOWHOM_TRY(const auto gold_sentences, ReadNamed(gold_bytes, "gold", options.fine));
  WHOWHOM_TRY(const auto system_sentences, ReadNamed(system_bytes, "system", options.fine));
  WHOWHOM_TRY_STATUS(CheckSameTokens(gold_sentences, system_sentences));
  NameScoring naming = options;
  if (naming.rename.empty()) naming.rename = CoarseNaming(gold_sentences, system_sentences);
  const std::set<Name> gold = NamesOf(gold_sentences, naming), system = NamesOf(system_sentences, naming);
  std::set<std::string> types;
  for (const auto* names : {&gold, &system}) {
    for (const Name& name : *names) types.insert(std::get<3>(name));
  }
  std::vector<ScoreRow> rows;
  for (const std::string& type : types)
    rows.push_back({type, Compare(OfType(gold, type), OfType(system, type)), true, 0});
  rows.push_back({"all", Compare(gold, system), true, 0});
  rows.push_back({"spans", Compare(Untyped(gold), Untyped(system)), true, 0});
  return rows;
}

}  // namespace whowhom::extract
