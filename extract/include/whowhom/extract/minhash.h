// Near duplicates: wire copies, re-headed and lightly edited versions of one story.
//
// An article's signature holds 128 MinHash values of its word shingles, 16 bits each, as 512 hex digits. The
// share of equal values estimates how much of the two shingle sets is common (Jaccard; Broder 1997), less the
// 2^-16 that agree by chance. Two articles are copies if SignatureSimilarity >= kNearDuplicateSimilarity.
//
// Pairs are found without comparing all: articles that share one of their kSignatureBands band keys are
// candidates (locality-sensitive hashing; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3).
//
//   signature = MinHashSignature(article.text);
//   for (uint64_t key : SignatureBandKeys(signature)) candidates[key].push_back(doc);
//
// Measured: docs/figures/read.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace whowhom::extract {

inline constexpr size_t kSignaturePermutations = 128;
inline constexpr size_t kSignatureBands = 32;  // of 4 values each
inline constexpr double kNearDuplicateSimilarity = 0.5;

// Lower-case hex; a pure function of the words of `text` (case, punctuation and blanks do not count), the
// same on every machine: stored. Empty for texts of fewer than 12 words, which are never anyone's copies.
// Cost: about 25 MB/s of text; memory of one shingle at a time.
std::string MinHashSignature(std::string_view text);

// The estimated similarity, 0..1; 0 if either signature is empty or malformed. Cost: 128 compares.
double SignatureSimilarity(std::string_view a, std::string_view b);

// One key per band; two articles of similarity s share at least one with probability 1 - (1 - s^4)^32: 0.87
// at 0.5, 0.99 at 0.6, 1 - 2e-8 at 0.8. Empty for an empty or malformed signature. Keys of different bands
// never collide on purpose: the band is hashed in.
std::vector<uint64_t> SignatureBandKeys(std::string_view signature);

}  // namespace whowhom::extract
