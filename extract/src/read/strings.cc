#include "read/strings.h"

#include <algorithm>
#include <cstring>

namespace whowhom::extract::read {

std::string_view Trim(std::string_view text) {
  size_t begin = 0;
  size_t end = text.size();
  while (begin < end && IsBlank(text[begin])) ++begin;
  while (end > begin && IsBlank(text[end - 1])) --end;
  return text.substr(begin, end - begin);
}

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = LowerAscii(c);
  return lower;
}

bool StartsWithNoCase(std::string_view text, std::string_view lower_prefix) {
  return text.size() >= lower_prefix.size() &&
         EqualsNoCase(text.substr(0, lower_prefix.size()), lower_prefix);
}

bool EqualsNoCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (LowerAscii(a[i]) != LowerAscii(b[i])) return false;
  }
  return true;
}

size_t FindNoCase(std::string_view text, std::string_view lower_needle, size_t from) {
  if (lower_needle.empty() || text.size() < lower_needle.size()) return std::string_view::npos;
  if (!IsAsciiLetter(lower_needle[0])) {  // one byte to look for
    for (size_t pos = text.find(lower_needle[0], from); pos != std::string_view::npos;
         pos = text.find(lower_needle[0], pos + 1)) {
      if (StartsWithNoCase(text.substr(pos), lower_needle)) return pos;
    }
    return std::string_view::npos;
  }
  for (size_t pos = from; pos + lower_needle.size() <= text.size(); ++pos) {
    if (LowerAscii(text[pos]) == lower_needle[0] && StartsWithNoCase(text.substr(pos), lower_needle))
      return pos;
  }
  return std::string_view::npos;
}

std::string CollapseBlanks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (!IsBlank(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::vector<std::string_view> SplitWords(std::string_view text) {
  std::vector<std::string_view> words;
  size_t pos = 0;
  while (pos < text.size()) {
    while (pos < text.size() && IsBlank(text[pos])) ++pos;
    const size_t begin = pos;
    while (pos < text.size() && !IsBlank(text[pos])) ++pos;
    if (pos > begin) words.push_back(text.substr(begin, pos - begin));
  }
  return words;
}

size_t CountWords(std::string_view text) {
  size_t count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = IsBlank(c);
    if (!blank && !inside) ++count;
    inside = !blank;
  }
  return count;
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    begin = end + 1;
  }
  return lines;
}

size_t PunctuationLength(std::string_view text, size_t pos) {
  const auto c = static_cast<unsigned char>(text[pos]);
  if (c < 0x80) return (c > ' ' && !IsAsciiDigit(text[pos]) && !IsAsciiLetter(text[pos])) ? 1 : 0;
  if (c == 0xC2 && pos + 1 < text.size()) {  // Latin-1 signs: guillemets, section, copyright, middle dot ...
    const auto d = static_cast<unsigned char>(text[pos + 1]);
    return (d >= 0xA1 && d <= 0xBF && d != 0xAA && d != 0xBA) ? 2 : 0;
  }
  if (c == 0xE2 && pos + 2 < text.size()) {  // U+2010..U+2BFF: dashes, quotes, bullets, dots, arrows, signs
    const auto d = static_cast<unsigned char>(text[pos + 1]);
    return (d >= 0x80 && d <= 0xAF) ? 3 : 0;
  }
  return 0;
}

std::string FoldForCompare(std::string_view text) {
  // Never longer than the text: a blank is only put where a mark or blank stood.
  std::string out(text.size(), '\0');
  char* end = out.data();
  bool gap = false;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (IsAsciiLetter(c) || IsAsciiDigit(c)) {
      if (gap && end != out.data()) *end++ = ' ';
      gap = false;
      *end++ = LowerAscii(c);
      ++i;
      continue;
    }
    const size_t mark = IsBlank(text[i]) ? 1 : PunctuationLength(text, i);
    if (mark == 0) {
      if (gap && end != out.data()) *end++ = ' ';
      gap = false;
      *end++ = c;
      ++i;
      continue;
    }
    // An apostrophe or point inside a word joins it: "don't", "U.S."
    const bool quote =
        text[i] == '\'' || text[i] == '.' || (mark == 3 && text.substr(i, 3) == "\xE2\x80\x99");
    if (!quote) gap = true;
    i += mark;
  }
  out.resize(static_cast<size_t>(end - out.data()));
  return out;
}

}  // namespace whowhom::extract::read
