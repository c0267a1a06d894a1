// Is a text English? By function words and scripts: articles in other languages are skipped with a reason.
//
//   auto detector = LanguageDetector::Load(data_dir);
//   if (!detector->LooksEnglish(article.text)) ...
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "whowhom/core/result.h"

namespace whowhom::extract {

struct LanguageGuess {
  std::string language = "und";  // ISO 639-1, "und" if no known language fits or another script is used
  double share = 0;              // share of its function words among all words, 0..1
  size_t words = 0;              // words that were looked at
};

// Immutable after loading; thread-safe.
class LanguageDetector {
 public:
  // Reads data/language_words.tsv.
  static Result<std::unique_ptr<LanguageDetector>> Load(const std::string& data_dir);
  virtual ~LanguageDetector() = default;

  // The language of the first 32 kB. Cost: linear in what is looked at.
  virtual LanguageGuess Guess(std::string_view text) const = 0;

  // True for English, and for texts too short to tell (fewer than 8 words in Latin letters) unless another
  // language is plainly there. False for empty text.
  virtual bool LooksEnglish(std::string_view text) const = 0;
};

}  // namespace whowhom::extract
