// Small random numbers that are the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace whowhom::tools {

// splitmix64 (Steele, Lea, Flood 2014). Thread-compatible.
class Random {
 public:
  // The seed is mixed: streams of neighbouring seeds would be each other's, one number later.
  explicit Random(uint64_t seed) : state_(Mix(seed + kStep)) {}
  uint64_t Next() { return Mix(state_ += kStep); }
  size_t Below(size_t limit) { return static_cast<size_t>(Next() % limit); }
  // 0 <= x < 1.
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

 private:
  static constexpr uint64_t kStep = 0x9E3779B97F4A7C15ULL;
  static uint64_t Mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  uint64_t state_;
};

}  // namespace whowhom::tools
