// Bytes of keys and values: fixed-width big-endian integers for keys, varints and strings for values.
//
// A ByteReader never reads beyond its input: the first read that would makes it not ok(), and every read
// after that gives zero or empty. So a decoder reads all its fields and asks ok() once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "whowhom/core/hash.h"

namespace whowhom::storage {

inline void PutFixed(uint64_t value, int bytes, std::string* out) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out->push_back(static_cast<char>(value >> shift));
}
inline void PutFixed8(uint8_t value, std::string* out) { PutFixed(value, 1, out); }
inline void PutFixed32(uint32_t value, std::string* out) { PutFixed(value, 4, out); }
inline void PutFixed64(uint64_t value, std::string* out) { PutFixed(value, 8, out); }
inline void PutHash(const Hash128& hash, std::string* out) {
  PutFixed64(hash.high, out);
  PutFixed64(hash.low, out);
}
// Signed days in the order of their bytes: the sign bit is flipped.
inline void PutDay(int32_t day, std::string* out) {
  PutFixed32(static_cast<uint32_t>(day) ^ 0x80000000U, out);
}

void PutVarint(uint64_t value, std::string* out);
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
  void Fail();

  uint64_t Fixed(int bytes);
  uint8_t Fixed8() { return static_cast<uint8_t>(Fixed(1)); }
  uint32_t Fixed32() { return static_cast<uint32_t>(Fixed(4)); }
  uint64_t Fixed64() { return Fixed(8); }
  Hash128 Hash();
  int32_t DayNumber() { return static_cast<int32_t>(Fixed32() ^ 0x80000000U); }
  uint64_t Varint();
  uint32_t Varint32();  // fails above 2^32-1
  int64_t Signed();
  std::string_view String();
  std::string_view Bytes(size_t count);
  // A number of items that follow, each of at least `min_item_bytes`: fails when the rest cannot hold them,
  // so that a damaged count never makes a decoder reserve memory.
  size_t Count(size_t min_item_bytes = 1);

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace whowhom::storage
