#include "read/line_features.h"

#include <algorithm>
#include <functional>

#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

// Longer blocks are articles' prose, whatever words they hold; also bounds the work.
constexpr size_t kMaxMeasuredBytes = 4000;

bool IsClosingMark(std::string_view text) {
  return text == "\"" || text == "'" || text == ")" || text == "]" || text == "\xE2\x80\x9D" ||
         text == "\xE2\x80\x99" || text == "\xC2\xBB";
}

// Takes the last character off and returns it.
std::string_view PopCharacter(std::string_view* text) {
  size_t begin = text->size() - 1;
  while (begin > 0 && (static_cast<unsigned char>((*text)[begin]) & 0xC0) == 0x80) --begin;
  const std::string_view last = text->substr(begin);
  text->remove_suffix(text->size() - begin);
  return last;
}

void MeasureEnd(std::string_view line, LineFeatures* features) {
  line = Trim(line);
  int closing = 0;
  while (!line.empty() && closing < 4) {
    const std::string_view last = PopCharacter(&line);
    if (IsClosingMark(last)) {
      ++closing;
      continue;
    }
    features->ends_ellipsis =
        last == "\xE2\x80\xA6" || (last == "." && line.size() >= 2 && line.ends_with(".."));
    features->ends_sentence = !features->ends_ellipsis && (last == "." || last == "!" || last == "?");
    return;
  }
}

bool AddressesReader(std::string_view word) {
  return word.size() <= 4 && std::find(kReaderWords.begin(), kReaderWords.end(), word) != kReaderWords.end();
}

std::string_view StripMarks(std::string_view word) {
  while (!word.empty()) {
    const size_t mark = PunctuationLength(word, 0);
    if (mark == 0) break;
    word.remove_prefix(mark);
  }
  while (!word.empty() && static_cast<unsigned char>(word.back()) < 0x80 &&
         PunctuationLength(word, word.size() - 1) > 0) {
    word.remove_suffix(1);
  }
  const size_t curly = word.find("\xE2\x80");
  return curly == std::string_view::npos ? word : word.substr(0, curly);
}

}  // namespace

LineFeatures MeasureLine(const Lexicon& lexicon, std::string_view line) {
  LineFeatures features;
  for (const char c : line) {
    const auto folded = static_cast<unsigned char>(static_cast<unsigned char>(c | 0x20) - 'a');
    features.letters +=
        (folded < 26 && static_cast<unsigned char>(c) < 0x80) || static_cast<unsigned char>(c) >= 0xC3 ? 1
                                                                                                       : 0;
  }
  features.has_quote =
      line.find('"') != std::string_view::npos || line.find("\xE2\x80\x9C") != std::string_view::npos;
  MeasureEnd(line, &features);
  if (line.size() > kMaxMeasuredBytes) {
    features.words = CountWords(line);
    return features;
  }
  std::array<size_t, kWordKinds> counts{};
  size_t index = 0;
  std::array<char, kMaxListedWord> lower;
  for (size_t pos = 0; pos < line.size();) {
    while (pos < line.size() && IsBlank(line[pos])) ++pos;
    const size_t begin = pos;
    while (pos < line.size() && !IsBlank(line[pos])) ++pos;
    if (pos == begin) break;
    ++features.words;
    const std::string_view bare = StripMarks(line.substr(begin, pos - begin));
    if (bare.empty()) continue;
    ++index;
    // Most words start with letters, or have lengths, that no listed word has.
    if (!lexicon.MayBeListed(bare)) continue;
    std::transform(bare.begin(), bare.end(), lower.begin(), [](char c) { return LowerAscii(c); });
    const std::string_view word(lower.data(), bare.size());
    features.addresses_reader = features.addresses_reader || AddressesReader(word);
    if (const WordKind* kind = Lexicon::Find(lexicon.words, word)) ++counts[static_cast<size_t>(*kind)];
    if (index <= 20 && Lexicon::Find(lexicon.roles, word) != nullptr) features.has_role = true;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  features.box_kind = static_cast<WordKind>(most - counts.begin());
  for (const size_t count : counts) {
    features.box_words += count;
    features.box_kinds += count > 0 ? 1 : 0;
  }
  return features;
}

size_t LeadingNameLength(std::string_view line) {
  size_t capitals = 0;
  size_t taken = 0;
  size_t end = 0;
  for (const std::string_view word : SplitWords(line.substr(0, 200))) {
    const bool capital = IsAsciiUpper(word[0]) || static_cast<unsigned char>(word[0]) == 0xC3;
    const bool particle = !capital && word.size() <= 3 && IsAsciiLower(word[0]) && capitals > 0 &&
                          word != "is" && word != "has" && word != "was" && word != "and";
    if (!capital && !particle) break;
    if (capital) {
      ++capitals;
      end = static_cast<size_t>(word.data() - line.data()) + word.size();
    }
    if (++taken == 5) break;
    const char last = word.back();
    if (last == ',' || last == ';' || last == ':' || last == '|') {
      end -= capital ? 1 : 0;
      break;
    }
  }
  return capitals >= 2 ? end : 0;
}

std::vector<uint64_t> ContentWords(std::string_view folded) {
  std::vector<uint64_t> words;
  for (size_t begin = 0; begin < folded.size();) {
    const size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end - begin >= 4) words.push_back(std::hash<std::string_view>{}(folded.substr(begin, end - begin)));
    begin = end + 1;
  }
  return words;
}

double OrderedShare(const std::vector<uint64_t>& words, const std::vector<uint64_t>& others) {
  if (words.empty()) return 0;
  std::vector<size_t> row(others.size() + 1, 0);
  for (const uint64_t word : words) {
    size_t diagonal = 0;
    for (size_t j = 1; j <= others.size(); ++j) {
      const size_t above = row[j];
      row[j] = word == others[j - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
      diagonal = above;
    }
  }
  return static_cast<double>(row[others.size()]) / static_cast<double>(words.size());
}

}  // namespace whowhom::extract::read
