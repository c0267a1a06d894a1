// BIO labels of the model's six name types and their decoding.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "whowhom/extract/sentence.h"

namespace whowhom::extract::neural {

// Types that the model knows: the first six of NameType. Label 0 is O, 1 + 2t is B of type t, 2 + 2t is I of
// type t.
inline constexpr uint32_t kModelNameTypes = 6;
inline constexpr uint32_t kNameLabels = 1 + 2 * kModelNameTypes;

// Whether `to` may follow `from`: I only behind B or I of its type.
bool MayFollow(uint32_t from, uint32_t to);

// The best valid label sequence under emissions[word * kNameLabels + label] and
// transitions[from * kNameLabels + to]; first[label] is the score of starting (I may not start).
std::vector<uint8_t> DecodeNames(std::span<const float> emissions, std::span<const float> transitions,
                                 std::span<const float> first);

std::vector<NameSpan> SpansOf(std::span<const uint8_t> labels);

}  // namespace whowhom::extract::neural
