// Bytes of keys and values: fixed-width big-endian integers for keys, varints and strings for values.
//
// A ByteReader never reads beyond its input: the first read that would makes it not ok(), and every read
// after that gives zero or empty. So a decoder reads all its fields and asks ok() once.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "whowhom/core/hash.h"

namespace whowhom::storage {

// Between the order of bytes on disk and that of this machine, either way.
inline uint32_t DiskOrder(uint32_t value) {
  return std::endian::native == std::endian::little ? __builtin_bswap32(value) : value;
}
inline uint64_t DiskOrder(uint64_t value) {
  return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

template <typename Number>
void PutNumber(Number value, std::string* out) {
  const Number ordered = DiskOrder(value);
  char bytes[sizeof ordered];
  std::memcpy(bytes, &ordered, sizeof ordered);
  out->append(bytes, sizeof bytes);
}
inline void PutFixed8(uint8_t value, std::string* out) { out->push_back(static_cast<char>(value)); }
inline void PutFixed32(uint32_t value, std::string* out) { PutNumber(value, out); }
inline void PutFixed64(uint64_t value, std::string* out) { PutNumber(value, out); }
inline void PutHash(const Hash128& hash, std::string* out) {
  PutFixed64(hash.high, out);
  PutFixed64(hash.low, out);
}
// Signed days in the order of their bytes: the sign bit is flipped.
inline void PutDay(int32_t day, std::string* out) {
  PutFixed32(static_cast<uint32_t>(day) ^ 0x80000000U, out);
}

inline void PutVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}
void PutSigned(int64_t value, std::string* out);  // zigzag
void PutString(std::string_view value, std::string* out);

// Thread-compatible. `bytes` must outlive it and the views it gives.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  bool ok() const { return ok_; }
  size_t remaining() const { return rest_.size(); }
  std::string_view rest() const { return rest_; }
  // Everything was read and nothing beyond it.
  bool done() const { return ok_ && rest_.empty(); }
  void Fail() {
    ok_ = false;
    rest_ = {};
  }

  uint8_t Fixed8() {
    if (rest_.empty()) {
      Fail();
      return 0;
    }
    const auto value = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  uint32_t Fixed32() { return ReadNumber<uint32_t>(); }
  uint64_t Fixed64() { return ReadNumber<uint64_t>(); }
  Hash128 Hash() {
    const uint64_t high = Fixed64();
    return {high, Fixed64()};
  }
  int32_t DayNumber() { return static_cast<int32_t>(Fixed32() ^ 0x80000000U); }
  uint64_t Varint() {
    if (rest_.empty() || static_cast<uint8_t>(rest_.front()) >= 0x80) return LongVarint();
    const auto value = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  // Fails above 2^32-1.
  uint32_t Varint32() {
    const uint64_t value = Varint();
    if (value > UINT32_MAX) Fail();
    return ok_ ? static_cast<uint32_t>(value) : 0;
  }
  int64_t Signed() {
    const uint64_t value = Varint();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  std::string_view String();
  std::string_view Bytes(size_t count);
  // A number of items that follow, each of at least `min_item_bytes`: fails when the rest cannot hold them,
  // so that a damaged count never makes a decoder reserve memory.
  size_t Count(size_t min_item_bytes = 1);

 private:
  template <typename Number>
  Number ReadNumber() {
    Number value = 0;
    if (rest_.size() < sizeof value) {
      Fail();
      return 0;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return DiskOrder(value);
  }
  uint64_t LongVarint();

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace whowhom::storage
