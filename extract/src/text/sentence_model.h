// Where sentences end: a linear model over hashed features of the tokens around a gap, with rules where there
// is no model.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/scanner.h"
#include "whowhom/core/result.h"

namespace whowhom::extract::text {

inline constexpr uint32_t kSentenceFeatureBits = 15;
inline constexpr size_t kMaxGapFeatures = 48;

// Hashed features of one gap.
struct GapFeatures {
  uint32_t index[kMaxGapFeatures];
  size_t count = 0;
  void Add(uint64_t hash) {
    if (count < kMaxGapFeatures) index[count++] = static_cast<uint32_t>(hash >> (64 - kSentenceFeatureBits));
  }
};

// A block's tokens, prepared for looking at gaps. Holds views into `text`. Thread-compatible.
class GapReader {
 public:
  GapReader(std::string_view text, std::span<const SurfaceToken> tokens);

  // Whether a sentence could end after token `i`: false between plain small-letter words. REQUIRES: i + 1 <
  // size.
  bool IsCandidate(size_t i) const;
  // The features of the gap after token `i`. REQUIRES: i + 1 < size.
  void Read(size_t i, GapFeatures* features) const;
  // The decision without a model: after . ! ? and their closing quotes, unless an abbreviation or a small
  // letter speaks against it. Positive = a sentence ends.
  double RuleScore(size_t i) const;

 private:
  struct Shape {
    uint64_t form = 0;   // hash of the form in small letters
    uint8_t letter = 0;  // class of the first letter: small, capital, all capitals, digit, mark ...
    uint8_t mark = 0;    // class of a punctuation mark
    uint32_t length = 0;
    int32_t bracket_depth = 0;  // round brackets open after this token
    bool in_quote = false;      // inside double quotes after this token
  };
  const Shape& At(ptrdiff_t i) const;
  std::string_view text_;
  std::span<const SurfaceToken> tokens_;
  std::vector<Shape> shapes_;
  std::vector<uint32_t> since_end_;  // tokens since the last . ! ?
  Shape outside_;
};

// Immutable after loading; thread-safe.
class SentenceModel {
 public:
  // No weights: RuleScore decides.
  SentenceModel() = default;
  // kCorruption (truncated, damaged), kNewerVersion, kInvalidInput (made for other features).
  static Result<SentenceModel> Parse(std::string_view bytes, const std::string& path);
  std::string Serialize() const;
  static SentenceModel FromWeights(std::vector<int8_t> weights, float scale, float bias);

  bool has_weights() const { return !weights_.empty(); }
  // Positive = a sentence ends after token `i`.
  double Score(const GapReader& reader, size_t i) const;

 private:
  std::vector<int8_t> weights_;
  float scale_ = 0;
  float bias_ = 0;
};

}  // namespace whowhom::extract::text
