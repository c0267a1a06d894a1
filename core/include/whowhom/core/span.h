// A half-open range of UTF-8 bytes in a document's cleaned text.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace whowhom {

struct ByteSpan {
  uint32_t begin = 0;
  uint32_t end = 0;  // one past the last byte
  uint32_t size() const { return end - begin; }
  bool empty() const { return begin >= end; }
  bool Contains(const ByteSpan& other) const { return begin <= other.begin && other.end <= end; }
  bool Overlaps(const ByteSpan& other) const { return begin < other.end && other.begin < end; }
  friend auto operator<=>(const ByteSpan&, const ByteSpan&) = default;
};

// The smallest span that holds both.
inline ByteSpan Hull(const ByteSpan& a, const ByteSpan& b) {
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

}  // namespace whowhom
