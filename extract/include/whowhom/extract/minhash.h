// Near duplicates: wire copies, re-headed and lightly edited versions of one story.
//
// An article's signature holds 128 MinHash values of its shingles of three words, 16 bits each, as 512 hex
// digits. The share of equal values estimates how much of the two shingle sets is common (Jaccard; Broder
// 1997), less the 2^-16 that agree by chance. Two articles are copies if their similarity is
// kNearDuplicateSimilarity or more.
//
// Pairs are found without comparing all: articles with the same key in one of kSignatureBands bands are
// candidates (locality-sensitive hashing; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3).
//
//   const auto values = ParseSignature(MinHashSignature(article.text));
//   for (size_t band = 0; band < kSignatureBands; ++band) candidates[{band, SignatureBandKey(*values,
//   band)}]...
//
// Measured: docs/figures/read.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace whowhom::extract {

inline constexpr size_t kSignaturePermutations = 128;
// Articles of similarity s share a band with probability 1 - (1 - s^3)^42: 0.94 at 0.4, 0.997 at 0.5, 0.9999
// at 0.58.
inline constexpr size_t kSignatureBands = 42;
inline constexpr size_t kSignatureRows = 3;  // values of a band
// Between copies of which one word in ten was changed anywhere (least 0.43, measured) and stories of one
// matter that repeat a paragraph of background (most 0.3).
inline constexpr double kNearDuplicateSimilarity = 0.4;

// Lower-case hex; a pure function of the words of `text` (case, punctuation and blanks do not count), the
// same on every machine: stored. Empty for texts of fewer than 12 words, which are never anyone's copies.
// Cost: about 25 MB/s of text; memory of one shingle at a time.
std::string MinHashSignature(std::string_view text);

// A signature for comparing: half the size.
using SignatureValues = std::array<uint16_t, kSignaturePermutations>;
// Empty if `signature` is empty or malformed.
std::optional<SignatureValues> ParseSignature(std::string_view signature);

// The estimated similarity, 0..1. Cost: 128 compares.
double SignatureSimilarity(const SignatureValues& a, const SignatureValues& b);

// Articles with equal keys in one band are candidates. REQUIRES: band < kSignatureBands.
uint64_t SignatureBandKey(const SignatureValues& values, size_t band);

}  // namespace whowhom::extract
