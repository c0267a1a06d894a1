#include "coding.h"

namespace whowhom::storage {

void PutSigned(int64_t value, std::string* out) {
  PutVarint((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63), out);
}

void PutString(std::string_view value, std::string* out) {
  PutVarint(value.size(), out);
  out->append(value);
}

uint64_t ByteReader::LongVarint() {
  uint64_t value = 0;
  size_t size = 0;
  for (int shift = 0; shift < 64 && size < rest_.size(); shift += 7) {
    const auto byte = static_cast<uint8_t>(rest_[size++]);
    if (shift == 63 && byte > 1) break;  // more than 64 bits
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) != 0) continue;
    rest_.remove_prefix(size);
    return value;
  }
  Fail();
  return 0;
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
