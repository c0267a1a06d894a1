#include "read/english_guess.h"

#include "read/strings.h"

namespace whowhom::extract::read {

bool GuessEnglish(std::string_view text) {
  // Measured on news text: these five make 14 to 22 % of English words, under 4 % of those of other
  // languages.
  constexpr size_t kMinWords = 20;
  constexpr size_t kMinPercent = 6;
  size_t words = 0;
  size_t hits = 0;
  for (const std::string_view raw : SplitWords(text.substr(0, 4096))) {
    ++words;
    const std::string word = LowerAscii(raw);
    if (word == "the" || word == "of" || word == "and" || word == "to" || word == "in") ++hits;
  }
  return words < kMinWords || hits * 100 >= words * kMinPercent;
}

}  // namespace whowhom::extract::read
