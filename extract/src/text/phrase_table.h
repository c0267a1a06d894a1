// A gazetteer of phrases, matched token by token from a given token on; hyphens and blanks are alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "text/lexicon.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract::text {

// Immutable after filling; then thread-safe.
class PhraseTable {
 public:
  // fold: compare in small letters (ASCII).
  explicit PhraseTable(bool fold = false) : fold_(fold) {}
  // Keeps the first value of a phrase that is added twice.
  void Add(std::string_view phrase, uint8_t value);
  bool empty() const { return phrases_.empty(); }

  struct Match {
    uint32_t end = 0;  // one past the last token; 0 = no match
    uint8_t value = 0;
  };
  // The longest phrase that starts at token `at`. Cost: constant (phrases hold at most kMaxWords words).
  Match Longest(const Sentence& sentence, uint32_t at) const;
  std::optional<uint8_t> Find(std::string_view word) const;

 private:
  static constexpr uint32_t kMaxWords = 8;
  std::string Key(std::string_view text) const;
  bool fold_;
  StringMap<uint8_t> phrases_;
  StringMap<uint8_t> longest_;  // first word -> most words of a phrase that starts so
};

}  // namespace whowhom::extract::text
