#include "coding.h"

namespace whowhom::storage {

void PutVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
}

void PutSigned(int64_t value, std::string* out) {
  PutVarint((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63), out);
}

void PutString(std::string_view value, std::string* out) {
  PutVarint(value.size(), out);
  out->append(value);
}

void ByteReader::Fail() {
  ok_ = false;
  rest_ = {};
}

uint64_t ByteReader::Fixed(int bytes) {
  const auto width = static_cast<size_t>(bytes);
  if (rest_.size() < width) {
    Fail();
    return 0;
  }
  uint64_t value = 0;
  for (size_t i = 0; i < width; ++i) value = value << 8 | static_cast<uint8_t>(rest_[i]);
  rest_.remove_prefix(width);
  return value;
}

Hash128 ByteReader::Hash() {
  const uint64_t high = Fixed64();
  return {high, Fixed64()};
}

uint64_t ByteReader::Varint() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) break;
    const auto byte = static_cast<uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    if (shift == 63 && byte > 1) break;  // more than 64 bits
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  Fail();
  return 0;
}

uint32_t ByteReader::Varint32() {
  const uint64_t value = Varint();
  if (value > UINT32_MAX) Fail();
  return ok_ ? static_cast<uint32_t>(value) : 0;
}

int64_t ByteReader::Signed() {
  const uint64_t value = Varint();
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

std::string_view ByteReader::Bytes(size_t count) {
  if (count > rest_.size()) {
    Fail();
    return {};
  }
  const std::string_view bytes = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return bytes;
}

std::string_view ByteReader::String() {
  const uint64_t size = Varint();
  return Bytes(size > rest_.size() ? rest_.size() + 1 : static_cast<size_t>(size));
}

size_t ByteReader::Count(size_t min_item_bytes) {
  const uint64_t count = Varint();
  if (count > rest_.size() / min_item_bytes) {
    Fail();
    return 0;
  }
  return static_cast<size_t>(count);
}

}  // namespace whowhom::storage
