#include "whowhom/extract/sentence.h"

#include <algorithm>
#include <array>

namespace whowhom::extract {
namespace {

// In the order of the enums.
constexpr std::array<std::string_view, 17> kUposNames = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                         "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                         "PUNCT", "SCONJ", "SYM", "VERB", "X"};

constexpr std::array<std::string_view, 51> kDeprelNames = {
    "acl",           "acl:relcl",    "advcl",       "advcl:relcl", "advmod",      "amod",       "appos",
    "aux",           "aux:pass",     "case",        "cc",          "cc:preconj",  "ccomp",      "compound",
    "compound:prt",  "conj",         "cop",         "csubj",       "csubj:outer", "csubj:pass", "dep",
    "det",           "det:predet",   "discourse",   "dislocated",  "expl",        "fixed",      "flat",
    "goeswith",      "iobj",         "list",        "mark",        "nmod",        "nmod:desc",  "nmod:poss",
    "nmod:unmarked", "nsubj",        "nsubj:outer", "nsubj:pass",  "nummod",      "obj",        "obl",
    "obl:agent",     "obl:unmarked", "orphan",      "parataxis",   "punct",       "reparandum", "root",
    "vocative",      "xcomp"};
static_assert(static_cast<size_t>(Deprel::kXcomp) + 1 == kDeprelNames.size());
static_assert(std::is_sorted(kDeprelNames.begin(), kDeprelNames.end()), "ParseDeprel searches by halving");
static_assert(std::is_sorted(kUposNames.begin(), kUposNames.end()), "ParseUpos searches by halving");

constexpr std::array<std::string_view, 13> kNameTypeNames = {
    "PERSON",   "ORG",    "GPE",  "PLACE", "EVENT",    "WORK",   "GROUP",
    "FACILITY", "WEAPON", "DATE", "MONEY", "QUANTITY", "PERCENT"};
static_assert(static_cast<size_t>(NameType::kPercent) + 1 == kNameTypeNames.size());

template <typename Enum, size_t N>
std::optional<Enum> FindSorted(const std::array<std::string_view, N>& names, std::string_view text) {
  const auto found = std::lower_bound(names.begin(), names.end(), text);
  if (found == names.end() || *found != text) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view ToString(Upos upos) { return kUposNames[static_cast<size_t>(upos)]; }
std::string_view ToString(Deprel deprel) { return kDeprelNames[static_cast<size_t>(deprel)]; }
std::string_view ToString(NameType type) { return kNameTypeNames[static_cast<size_t>(type)]; }

std::optional<Upos> ParseUpos(std::string_view text) { return FindSorted<Upos>(kUposNames, text); }

std::optional<Deprel> ParseDeprel(std::string_view text) {
  if (const auto exact = FindSorted<Deprel>(kDeprelNames, text)) return exact;
  return FindSorted<Deprel>(kDeprelNames, text.substr(0, text.find(':')));
}

Deprel Universal(Deprel deprel) {
  const std::string_view name = ToString(deprel);
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos) return deprel;
  return FindSorted<Deprel>(kDeprelNames, name.substr(0, colon)).value_or(deprel);
}

std::optional<NameType> ParseNameType(std::string_view text) {
  const auto found = std::find(kNameTypeNames.begin(), kNameTypeNames.end(), text);
  if (found == kNameTypeNames.end()) return std::nullopt;
  return static_cast<NameType>(found - kNameTypeNames.begin());
}

std::vector<std::vector<uint32_t>> ChildrenOf(const Sentence& sentence) {
  const size_t count = sentence.tokens.size();
  std::vector<std::vector<uint32_t>> children(count);
  for (uint32_t i = 0; i < count; ++i) {
    const int32_t head = sentence.tokens[i].head;
    if (head >= 0 && static_cast<size_t>(head) < count) children[static_cast<size_t>(head)].push_back(i);
  }
  return children;
}

}  // namespace whowhom::extract
