#include "whowhom/extract/minhash.h"

#include <algorithm>
#include <array>
#include <limits>

#include "read/strings.h"
#include "whowhom/core/hash.h"

namespace whowhom::extract {
namespace {

constexpr size_t kShingleWords = 3;
constexpr size_t kMinWords = 12;
constexpr size_t kDigitsPerValue = 4;
constexpr size_t kSignatureDigits = kSignaturePermutations * kDigitsPerValue;
static_assert(kSignatureBands * kSignatureRows <= kSignaturePermutations);

// splitmix64 (Steele, Lea, Flood 2014): a fixed bijection that mixes all bits. Stored values depend on it.
constexpr uint64_t Mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

struct Permutation {
  uint32_t multiplier;  // odd
  uint32_t addend;
};

constexpr std::array<Permutation, kSignaturePermutations> MakePermutations() {
  std::array<Permutation, kSignaturePermutations> out{};
  for (size_t i = 0; i < out.size(); ++i) {
    const uint64_t bits = Mix(i + 1);
    out[i] = {static_cast<uint32_t>(bits) | 1U, static_cast<uint32_t>(bits >> 32)};
  }
  return out;
}
constexpr std::array<Permutation, kSignaturePermutations> kPermutations = MakePermutations();

// FNV-1a over the letters, then mixed: words are short.
uint64_t HashWord(std::string_view word) {
  uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return Mix(hash);
}

// Multiply-shift style universal hashing on 32 bits; the loop is plain so that the compiler makes it vectors.
void AddShingle(uint64_t shingle, std::array<uint32_t, kSignaturePermutations>* minima) {
  const auto x = static_cast<uint32_t>(shingle ^ (shingle >> 32));
  for (size_t i = 0; i < kSignaturePermutations; ++i) {
    uint32_t value = x * kPermutations[i].multiplier + kPermutations[i].addend;
    value ^= value >> 15;
    value *= 0x2C1B3C6DU;
    (*minima)[i] = std::min((*minima)[i], value);
  }
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string MinHashSignature(std::string_view text) {
  std::array<uint32_t, kSignaturePermutations> minima;
  minima.fill(std::numeric_limits<uint32_t>::max());
  const std::string folded = read::FoldForCompare(text);
  std::array<uint64_t, kShingleWords> last{};
  size_t words = 0;
  for (size_t begin = 0; begin < folded.size();) {
    const size_t end = std::min(folded.find(' ', begin), folded.size());
    last[words % kShingleWords] = HashWord(std::string_view(folded).substr(begin, end - begin));
    ++words;
    if (words >= kShingleWords) {
      uint64_t shingle = 0;
      for (size_t i = 0; i < kShingleWords; ++i) shingle = Mix(shingle ^ last[(words + i) % kShingleWords]);
      AddShingle(shingle, &minima);
    }
    begin = end + 1;
  }
  if (words < kMinWords) return {};
  // The low bits of a minimum are as good as random; the high ones are nearly always zero.
  std::string signature;
  signature.reserve(kSignatureDigits);
  for (const uint32_t minimum : minima) {
    const std::string digits = ToHex(Mix(minimum));
    signature.append(digits, 0, kDigitsPerValue);
  }
  return signature;
}

std::optional<SignatureValues> ParseSignature(std::string_view signature) {
  if (signature.size() != kSignatureDigits) return std::nullopt;
  SignatureValues values{};
  for (size_t i = 0; i < signature.size(); ++i) {
    const int digit = HexValue(signature[i]);
    if (digit < 0) return std::nullopt;
    uint16_t& value = values[i / kDigitsPerValue];
    value = static_cast<uint16_t>(value << 4 | digit);
  }
  return values;
}

double SignatureSimilarity(const SignatureValues& a, const SignatureValues& b) {
  size_t equal = 0;
  for (size_t i = 0; i < kSignaturePermutations; ++i) equal += a[i] == b[i] ? 1 : 0;
  return static_cast<double>(equal) / kSignaturePermutations;
}

uint64_t SignatureBandKey(const SignatureValues& values, size_t band) {
  uint64_t key = 0;
  for (size_t i = 0; i < kSignatureRows; ++i) key = key << 16 | values[band * kSignatureRows + i];
  return key;
}

}  // namespace whowhom::extract
