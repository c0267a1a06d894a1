// Small string helpers of the reader. ASCII-only case folding: locale-independent and linear.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whowhom::extract::read {

inline bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAsciiUpper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsAsciiLower(char c) { return c >= 'a' && c <= 'z'; }
inline bool IsAsciiLetter(char c) { return IsAsciiUpper(c) || IsAsciiLower(c); }
inline bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
inline char LowerAscii(char c) { return IsAsciiUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// Without blanks at both ends.
std::string_view Trim(std::string_view text);
std::string LowerAscii(std::string_view text);
bool StartsWithNoCase(std::string_view text, std::string_view lower_prefix);
bool EqualsNoCase(std::string_view a, std::string_view b);
// Position of `lower_needle` in `text` at or after `from`, ignoring ASCII case; npos if absent.
size_t FindNoCase(std::string_view text, std::string_view lower_needle, size_t from = 0);
// Runs of blanks (line ends too) become one blank; none at the ends.
std::string CollapseBlanks(std::string_view text);
// Views into `text`, separated by blanks.
std::vector<std::string_view> SplitWords(std::string_view text);
size_t CountWords(std::string_view text);
// Lines without their line ends.
std::vector<std::string_view> SplitLines(std::string_view text);

// What two lines are compared by: lower case, quotes straight, only letters, digits and non-ASCII letters
// kept, single blanks between words.
std::string FoldForCompare(std::string_view text);

// A single punctuation mark or symbol of any script ends or fills a line: length in bytes of the UTF-8 quote,
// dash, bullet or dots that starts at `pos`; 0 if there is none. ASCII punctuation counts 1.
size_t PunctuationLength(std::string_view text, size_t pos);

}  // namespace whowhom::extract::read
