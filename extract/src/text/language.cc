#include "whowhom/extract/language.h"

#include <algorithm>
#include <vector>

#include "text/chars.h"
#include "text/lexicon.h"
#include "whowhom/core/tsv.h"

namespace whowhom::extract {
namespace {

using text::CharAt;
using text::CharClass;

constexpr size_t kMaxLookBytes = size_t{32} << 10;
constexpr size_t kTooShortWords = 8;
constexpr size_t kShortWords = 25;  // a sentence
// English news has 35-45 % of these words, tables and lists of names 5-15 %, other languages below 4 %.
constexpr double kMinShare = 0.08;
constexpr size_t kMaxWordBytes = 32;

struct Counts {
  size_t words = 0;
  size_t latin_letters = 0;
  size_t other_letters = 0;
  std::vector<size_t> hits;  // by language
};

class WordProfiles : public LanguageDetector {
 public:
  Status Add(const TsvTable& table) {
    WHOWHOM_TRY(const size_t language, table.Column("language"));
    WHOWHOM_TRY(const size_t word, table.Column("word"));
    for (const TsvRow& row : table.rows) {
      const std::string& name = row.fields[language];
      auto found = std::find(names_.begin(), names_.end(), name);
      if (found == names_.end()) found = names_.insert(names_.end(), name);
      languages_[row.fields[word]].push_back(static_cast<size_t>(found - names_.begin()));
    }
    english_ = static_cast<size_t>(std::find(names_.begin(), names_.end(), "en") - names_.begin());
    if (english_ == names_.size()) return InvalidInput(table.path + ": has no words for language \"en\"");
    return {};
  }

  LanguageGuess Guess(std::string_view text) const override {
    const Counts counts = Count(text);
    LanguageGuess guess;
    guess.words = counts.words;
    if (counts.words == 0 || counts.other_letters > counts.latin_letters) return guess;
    size_t best = english_;
    for (size_t i = 0; i < counts.hits.size(); ++i) {
      if (counts.hits[i] > counts.hits[best]) best = i;
    }
    if (counts.hits[best] == 0) return guess;
    guess.language = names_[best];
    guess.share = static_cast<double>(counts.hits[best]) / static_cast<double>(counts.words);
    return guess;
  }

  bool LooksEnglish(std::string_view text) const override {
    const Counts counts = Count(text);
    if (counts.words == 0 || counts.other_letters > counts.latin_letters) return false;
    const size_t own = counts.hits[english_];
    const size_t other = *std::max_element(counts.hits.begin(), counts.hits.end());
    // One sentence may hold two words that another language has too ("met ... in"); three tell.
    if (counts.words < kShortWords && (other < 3 || other < own + 2) && counts.words >= kTooShortWords)
      return own > 0 || other == 0;
    if (counts.words < kTooShortWords) return own == other || other < 2 || (own > 0 && other < 3);
    // Names and figures can crowd out function words; another language must then not fit better.
    const double share = static_cast<double>(own) / static_cast<double>(counts.words);
    return own == other && share >= (counts.words < 40 ? kMinShare / 2 : kMinShare);
  }

 private:
  Counts Count(std::string_view text) const {
    text = text.substr(0, kMaxLookBytes);
    Counts counts;
    counts.hits.assign(names_.size(), 0);
    size_t at = 0;
    while (at < text.size()) {
      const size_t start = at;
      while (at < text.size()) {
        const text::Char c = CharAt(text, at);
        if (c.kind != CharClass::kLetter) break;
        // Latin and its extensions end below Greek; vowels with accents from 1E00 on are Latin again.
        ++(c.value < 0x370 || (c.value >= 0x1E00 && c.value < 0x1F00) ? counts.latin_letters
                                                                      : counts.other_letters);
        at += c.length;
      }
      if (at == start) {
        at += CharAt(text, at).length;
        continue;
      }
      // "Oslo's"
      const bool is_ending = at - start == 1 && start > 0 && (text[start] == 's' || text[start] == 't') &&
                             (text[start - 1] == '\'' || text.substr(0, start).ends_with("’"));
      if (is_ending) continue;
      ++counts.words;
      if (at - start > kMaxWordBytes) continue;
      const auto found = languages_.find(text::AsciiLower(text.substr(start, at - start)));
      if (found == languages_.end()) continue;
      for (const size_t language : found->second) ++counts.hits[language];
    }
    return counts;
  }

  std::vector<std::string> names_;
  text::StringMap<std::vector<size_t>> languages_;
  size_t english_ = 0;
};

}  // namespace

Result<std::unique_ptr<LanguageDetector>> LanguageDetector::Load(const std::string& data_dir) {
  WHOWHOM_TRY(const TsvTable table, ReadTsv(data_dir + "/language_words.tsv"));
  auto profiles = std::make_unique<WordProfiles>();
  WHOWHOM_TRY_STATUS(profiles->Add(table));
  return std::unique_ptr<LanguageDetector>(std::move(profiles));
}

}  // namespace whowhom::extract
