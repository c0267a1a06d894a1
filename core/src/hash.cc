#include "whowhom/core/hash.h"

#include <xxhash.h>

namespace whowhom {

Hash128 HashBytes(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

Hasher& Hasher::Add(std::string_view field) {
  Add(static_cast<int64_t>(field.size()));
  buffer_.append(field);
  return *this;
}

Hasher& Hasher::Add(int64_t number) {
  const auto bits = static_cast<uint64_t>(number);
  for (int shift = 56; shift >= 0; shift -= 8) buffer_.push_back(static_cast<char>((bits >> shift) & 0xff));
  return *this;
}

Hash128 Hasher::Finish() const { return HashBytes(buffer_); }

std::string ToHex(uint64_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(16, '0');
  for (int i = 15; i >= 0; --i, value >>= 4) hex[static_cast<size_t>(i)] = kDigits[value & 15];
  return hex;
}

std::string ToHex(const Hash128& hash) { return ToHex(hash.high) + ToHex(hash.low); }

std::optional<Hash128> ParseHash(std::string_view hex) {
  if (hex.size() != 32) return std::nullopt;
  uint64_t parts[2] = {0, 0};
  for (size_t i = 0; i < 32; ++i) {
    const char c = hex[i];
    uint64_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<uint64_t>(c - 'a' + 10);
    } else {
      return std::nullopt;
    }
    parts[i / 16] = parts[i / 16] << 4 | digit;
  }
  return Hash128{parts[0], parts[1]};
}

}  // namespace whowhom
