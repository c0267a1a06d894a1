// The word lists of the tokenizer: data/tokenizer_*.tsv in memory.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "whowhom/core/result.h"

namespace whowhom::extract::text {

// Looks up without making a string.
struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <typename Value>
using StringMap = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;
using StringSet = std::unordered_set<std::string, StringHash, std::equal_to<>>;

// What the final period of an abbreviation says about the sentence.
enum class AbbreviationKind : uint8_t {
  kNone,
  kTitle,
  kName,
  kMonth,
  kPlace,
  kState,
  kLatin,
  kTime,
  kDigit,
  kUnit,
  kOther
};

// Immutable after loading.
struct Lexicon {
  // With the final period; every accepted casing is an entry of its own.
  StringMap<AbbreviationKind> abbreviations;
  StringSet prefixes;  // lower case: "non"
  StringSet suffixes;  // lower case: "esque"
  StringMap<std::vector<uint32_t>>
      contractions;  // lower case form -> byte offsets where the next part begins
  StringSet emoticons;
  StringSet elisions;  // lower case: "'em"
  StringSet words;     // as written: "C++"
  StringSet units;     // as written: "kg"
  StringSet domains;   // lower case, with files
  size_t longest_emoticon = 0;
  size_t longest_contraction = 0;

  // kIo or kInvalidInput with file and line.
  static Result<Lexicon> Load(const std::string& data_dir);
};

}  // namespace whowhom::extract::text
