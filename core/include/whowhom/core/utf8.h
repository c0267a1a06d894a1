// UTF-8: validation, repair, normal forms of names. Locale-independent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace whowhom {

bool IsValidUtf8(std::string_view bytes);

// Replaces every maximal invalid part by U+FFFD; `replaced` counts them. Valid input is returned unchanged.
struct RepairedText {
  std::string text;
  size_t replaced = 0;
};
RepairedText RepairUtf8(std::string_view bytes);

// The code point that starts at `text[offset]` and its length in bytes; invalid bytes give U+FFFD, length 1.
// REQUIRES: offset < text.size().
struct CodePoint {
  char32_t value = 0;
  uint32_t length = 1;
};
CodePoint DecodeUtf8(std::string_view text, size_t offset);
void AppendUtf8(char32_t code_point, std::string* out);

// Unicode general classes, by utf8proc.
bool IsLetter(char32_t code_point);
bool IsUpper(char32_t code_point);
bool IsLower(char32_t code_point);
bool IsDigit(char32_t code_point);
bool IsSpace(char32_t code_point);
bool IsPunctuation(char32_t code_point);

// NFC. Invalid input is repaired first.
std::string ToNfc(std::string_view text);
// Full case folding / simple lower case of valid UTF-8.
std::string ToLower(std::string_view text);
std::string ToUpper(std::string_view text);

// The form by which names are compared and hashed: NFKC, case-folded, diacritics stripped, curly quotes made
// straight, possessive 's and surrounding punctuation dropped, periods inside acronyms dropped ("U.S." ->
// "us"), hyphens kept as blanks, runs of blanks made one.
std::string NormalizeName(std::string_view name);

// Where a text longer than `limit` bytes may be cut: at the last line end up to `limit`, else at the last
// blank (each only in its last half), else between two characters. Cost: linear in `limit`.
size_t BreakBefore(std::string_view text, size_t limit);

}  // namespace whowhom
