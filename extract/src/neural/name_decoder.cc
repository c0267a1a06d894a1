#include "neural/name_decoder.h"

#include <limits>

namespace whowhom::extract::neural {

bool MayFollow(uint32_t from, uint32_t to) {
  if (to == 0 || to % 2 == 1) return true;
  return from == to || from + 1 == to;
}

std::vector<uint8_t> DecodeNames(std::span<const float> emissions, std::span<const float> transitions,
                                 std::span<const float> first) {
  constexpr float kNone = -std::numeric_limits<float>::infinity();
  const size_t words = emissions.size() / kNameLabels;
  std::vector<uint8_t> labels(words, 0);
  if (words == 0) return labels;
  std::vector<uint8_t> back(words * kNameLabels, 0);
  std::vector<float> score(kNameLabels);
  std::vector<float> next(kNameLabels);
  for (uint32_t y = 0; y < kNameLabels; ++y) score[y] = MayFollow(0, y) ? first[y] + emissions[y] : kNone;
  for (size_t t = 1; t < words; ++t) {
    for (uint32_t y = 0; y < kNameLabels; ++y) {
      float best = kNone;
      uint8_t from = 0;
      for (uint32_t x = 0; x < kNameLabels; ++x) {
        if (!MayFollow(x, y)) continue;
        float s = score[x] + transitions[x * kNameLabels + y];
        if (s > best) {
          best = s;
          from = static_cast<uint8_t>(x);
        }
      }
      next[y] = best + emissions[t * kNameLabels + y];
      back[t * kNameLabels + y] = from;
    }
    score.swap(next);
  }
  uint8_t at = 0;
  for (uint32_t y = 1; y < kNameLabels; ++y) {
    if (score[y] > score[at]) at = static_cast<uint8_t>(y);
  }
  for (size_t t = words; t-- > 0;) {
    labels[t] = at;
    at = back[t * kNameLabels + at];
  }
  return labels;
}

std::vector<NameSpan> SpansOf(std::span<const uint8_t> labels) {
  std::vector<NameSpan> spans;
  for (uint32_t t = 0; t < labels.size(); ++t) {
    if (labels[t] == 0) continue;
    bool continues = labels[t] % 2 == 0 && !spans.empty() && spans.back().end == t;
    if (continues) {
      spans.back().end = t + 1;
    } else {
      spans.push_back({t, t + 1, static_cast<NameType>((labels[t] - 1) / 2)});
    }
  }
  return spans;
}

}  // namespace whowhom::extract::neural
