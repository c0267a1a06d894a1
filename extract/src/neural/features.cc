#include "neural/features.h"

#include <algorithm>

#include "neural/word_form.h"
#include "whowhom/core/hash.h"

namespace whowhom::extract::neural {
namespace {

// Spreads a hash of bytes and a feature kind over all bits (the finaliser of SplitMix64).
uint64_t Mix(uint64_t value) {
  value ^= value >> 30;
  value *= 0xBF58476D1CE4E5B9ULL;
  value ^= value >> 27;
  value *= 0x94D049BB133111EBULL;
  value ^= value >> 31;
  return value;
}

// FNV-1a: forms and n-grams are short.
uint64_t HashShort(std::string_view bytes) {
  uint64_t hash = 0xCBF29CE484222325ULL;
  for (char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

uint32_t RowOf(std::string_view bytes, uint64_t kind, uint32_t rows) {
  return static_cast<uint32_t>(Mix(HashShort(bytes) + kind * 0x9E3779B97F4A7C15ULL) % rows);
}

// Byte offsets of the characters of `text`, and its size at the end.
void CharacterOffsets(std::string_view text, std::vector<uint32_t>* offsets) {
  offsets->clear();
  for (size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) offsets->push_back(static_cast<uint32_t>(at));
  }
  offsets->push_back(static_cast<uint32_t>(text.size()));
}

// Letter kinds of the whole form: all upper, title, all lower, mixed, with digits, without letters.
char CaseClass(std::string_view shape) {
  bool has_upper = shape.find('X') != std::string_view::npos;
  bool has_lower = shape.find('x') != std::string_view::npos;
  bool has_digit = shape.find('d') != std::string_view::npos;
  if (has_digit) return has_upper || has_lower ? 'm' : 'd';
  if (!has_upper && !has_lower) return 'p';
  if (!has_upper) return 'l';
  if (!has_lower) return shape.size() == 1 ? 'I' : 'U';
  return shape[0] == 'X' && shape.find('X', 1) == std::string_view::npos ? 'T' : 'M';
}

}  // namespace

std::string_view FeatureFingerprint() { return "whowhom-features-1 affix8192 ngram16384x3-4 norm1"; }

uint64_t WordKey(std::string_view norm) { return HashBytes(norm).low; }

uint64_t LemmaKey(std::string_view form, std::string_view xpos) {
  std::string key(form);
  key.append(1, '\t').append(xpos);
  return HashBytes(key).low;
}

void ExtractFeatures(std::string_view form, WordFeatures* out) {
  constexpr size_t kMaxBytes = 64;
  std::string norm = NormForm(form);
  out->key = WordKey(norm);
  out->affixes.clear();
  out->ngrams.clear();
  std::string bounded(1, '^');
  bounded.append(norm, 0, kMaxBytes).push_back('$');
  std::vector<uint32_t> at;
  CharacterOffsets(bounded, &at);
  const size_t characters = at.size() - 1;  // with the two bounds
  auto piece = [&](size_t begin, size_t end) {
    return std::string_view(bounded).substr(at[begin], at[end] - at[begin]);
  };

  const size_t length = characters - 2;
  for (size_t n = 1; n <= 3; ++n)
    out->affixes.push_back(RowOf(piece(1, 1 + std::min(n, length)), n, kAffixRows));
  for (size_t n = 1; n <= 4; ++n) {
    out->affixes.push_back(RowOf(piece(1 + length - std::min(n, length), 1 + length), 10 + n, kAffixRows));
  }
  std::string shape = ShapeOf(form.substr(0, kMaxBytes));
  out->affixes.push_back(RowOf(shape, 20, kAffixRows));
  char kind = CaseClass(shape);
  out->affixes.push_back(RowOf(std::string_view(&kind, 1), 21, kAffixRows));

  for (size_t n = 3; n <= 4; ++n) {
    for (size_t begin = 0; begin + n <= characters; ++begin) {
      out->ngrams.push_back(RowOf(piece(begin, begin + n), 30 + n, kNgramRows));
    }
  }
}

uint32_t FindRow(std::span<const uint64_t> sorted_keys, uint64_t key) {
  size_t low = 0;
  size_t high = sorted_keys.size();  // the key, if present, is in [low, high)
  while (low < high) {
    uint64_t first = sorted_keys[low];
    uint64_t last = sorted_keys[high - 1];
    if (key < first || key > last) return 0;
    double share = last == first ? 0.0 : static_cast<double>(key - first) / static_cast<double>(last - first);
    size_t probe =
        low + std::min(high - low - 1, static_cast<size_t>(share * static_cast<double>(high - low - 1)));
    if (sorted_keys[probe] == key) return static_cast<uint32_t>(probe + 1);
    if (sorted_keys[probe] < key) {
      low = probe + 1;
    } else {
      high = probe;
    }
  }
  return 0;
}

}  // namespace whowhom::extract::neural
