// 128-bit content hashes (XXH3): the base of every id. Stable across machines and versions; stored.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace whowhom {

// A 128-bit hash. Ordered as its 32 hex digits are ordered.
struct Hash128 {
  uint64_t high = 0;
  uint64_t low = 0;
  friend auto operator<=>(const Hash128&, const Hash128&) = default;
};

// XXH3-128 of `bytes`. Cost: about 10 GB/s. Thread-safe.
Hash128 HashBytes(std::string_view bytes);

// Collects fields unambiguously (each with its length before it) and hashes them.
//   Hash128 id = Hasher().Add("actor").Add(name).Finish();
class Hasher {
 public:
  Hasher& Add(std::string_view field);
  Hasher& Add(int64_t number);
  Hash128 Finish() const;

 private:
  std::string buffer_;
};

// 32 lower-case hex digits; the inverse is empty unless given exactly that.
std::string ToHex(const Hash128& hash);
std::optional<Hash128> ParseHash(std::string_view hex);
// 16 lower-case hex digits.
std::string ToHex(uint64_t value);

}  // namespace whowhom

template <>
struct std::hash<whowhom::Hash128> {
  size_t operator()(const whowhom::Hash128& value) const noexcept { return value.low; }
};
