// Names of actors as identity across articles compares them: words without titles, folded over
// transliterations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/record.h"

namespace whowhom::graph {

struct NameKey {
  std::vector<std::string> words;   // normalised, titles and articles dropped
  std::vector<std::string> strict;  // the same, spellings of one sound made one ("qassem" = "qasem")
  std::vector<std::string> loose;   // consonants only, behind the first letter
  std::string acronym;              // "mek" if the name is written as one, else empty
  std::string initials;             // of the words, small words left out: what an acronym of it would be
  bool empty() const { return words.empty(); }
};

// Thread-safe. Cost: linear in the name; names over 1 kB give an empty key.
NameKey MakeNameKey(std::string_view name, EntityType type);

// What comparing two names says, without any other evidence.
enum class NameRelation : uint8_t {
  kDifferent,
  kConflict,  // they name two: "George W. Bush", "Laura Bush"
  kPossible,  // close, but not enough by itself
  kShort,     // one is the surname of the other
  kVariant,   // spelling, initials or a middle name apart
  kSame,      // equal but for titles
};
NameRelation CompareNames(const NameKey& a, const NameKey& b, EntityType type);

// Edits (insert, delete, replace a byte) from a to b, or limit + 1 if more than `limit`.
size_t EditDistance(std::string_view a, std::string_view b, size_t limit);

}  // namespace whowhom::graph
