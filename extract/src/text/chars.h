// Character classes for tokenizing: a table for ASCII, Unicode categories beyond it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "whowhom/core/utf8.h"

namespace whowhom::extract::text {

enum class CharClass : uint8_t {
  kBlank,    // white space and control characters: never part of a token
  kIgnored,  // invisible marks (direction, zero width): no token, no space
  kLetter,   // letters, marks, and joiners inside words
  kDigit,
  kApostrophe,  // ' ` and their curly forms
  kPeriod,      // . and the ellipsis sign
  kEnd,         // ! ?
  kHyphen,      // - and the Unicode hyphens
  kDash,        // en dash, em dash, horizontal bar
  kOpen,        // ( [ { and opening quotes
  kClose,       // ) ] } and closing quotes
  kQuote,       // "
  kPunct,       // , ; : and other punctuation
  kSymbol       // everything else: currency, mathematics, emoji, invalid bytes
};

struct Char {
  char32_t value = 0;
  uint32_t length = 1;
  CharClass kind = CharClass::kBlank;
};

CharClass ClassifyAscii(char c);
// Any code point.
CharClass Classify(char32_t code_point);

// The character at `text[offset]`. REQUIRES: offset < text.size().
inline Char CharAt(std::string_view text, size_t offset) {
  const auto byte = static_cast<unsigned char>(text[offset]);
  if (byte < 0x80) return {byte, 1, ClassifyAscii(text[offset])};
  const CodePoint point = DecodeUtf8(text, offset);
  return {point.value, point.length, Classify(point.value)};
}

inline bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAsciiUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsAsciiLower(char c) { return c >= 'a' && c <= 'z'; }
inline bool IsAsciiLetter(char c) { return IsAsciiUpper(c) || IsAsciiLower(c); }
inline char AsciiLower(char c) { return IsAsciiUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
// ASCII letters lowered, other bytes kept: enough for lexicons of English function words.
std::string AsciiLower(std::string_view text);

}  // namespace whowhom::extract::text
