// What the network sees of a word. Shared by the trainers and the runtime, so that they cannot drift apart.
// All features depend on the form alone; context comes from the encoder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace whowhom::extract::neural {

inline constexpr uint32_t kAffixRows = 8192;
inline constexpr uint32_t kNgramRows = 16384;

// Changes with every change of the features: stored in the model file and compared when it is loaded.
std::string_view FeatureFingerprint();

// 64-bit key of a normal form in the vocabularies.
uint64_t WordKey(std::string_view norm);

// 64-bit key of a form with its Penn tag in the lemma lexicon.
uint64_t LemmaKey(std::string_view form, std::string_view xpos);

// The features of one form.
struct WordFeatures {
  uint64_t key = 0;  // WordKey of the normal form
  std::vector<uint32_t>
      affixes;  // rows below kAffixRows: prefixes, suffixes, shape, kinds of letters; summed
  std::vector<uint32_t>
      ngrams;  // rows below kNgramRows: character 3- and 4-grams of the normal form; averaged
};

// Cost: linear in the form, which is cut at 64 bytes for n-grams. `out` is overwritten (its memory is
// reused).
void ExtractFeatures(std::string_view form, WordFeatures* out);

// Row of a word key in a sorted list of keys, counted from 1; 0 = unknown. Cost: about four probes (the keys
// are hashes, so interpolation finds them).
uint32_t FindRow(std::span<const uint64_t> sorted_keys, uint64_t key);

}  // namespace whowhom::extract::neural
