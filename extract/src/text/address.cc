#include "text/address.h"

#include <algorithm>
#include <array>

#include "text/chars.h"

namespace whowhom::extract::text {
namespace {

// Longest domain or file name that is recognised without a scheme (RFC 1035 caps names at 253).
constexpr uint32_t kMaxBareAddress = 256;

bool StartsWithAnyCase(std::string_view text, std::string_view prefix) {
  if (text.size() < prefix.size()) return false;
  for (size_t i = 0; i < prefix.size(); ++i) {
    if (AsciiLower(text[i]) != prefix[i]) return false;
  }
  return true;
}

bool IsAddressByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > ' ' && byte != 0x7F && c != '<' && c != '>' && c != '"' && c != '[' && c != ']' && c != '{' &&
         c != '}' && c != '|' && c != '\\' && c != '^';
}

// Drops the marks that belong to the sentence around the address.
uint32_t TrimAddress(std::string_view text, uint32_t begin, uint32_t end) {
  bool has_open = text.substr(begin, end - begin).find('(') != std::string_view::npos;
  while (end > begin) {
    const char last = text[end - 1];
    const bool is_mark = last == '.' || last == ',' || last == ';' || last == ':' || last == '!' ||
                         last == '?' || last == '\'' || last == '*' || last == '_' ||
                         (last == ')' && !has_open);
    if (!is_mark) break;
    --end;
  }
  return end;
}

uint32_t UrlEnd(std::string_view text, uint32_t at, uint32_t end) {
  uint32_t to = at;
  while (to < end && IsAddressByte(text[to])) {
    // curly quotes end an address
    if (static_cast<unsigned char>(text[to]) == 0xE2 && CharAt(text, to).kind != CharClass::kLetter) break;
    ++to;
  }
  return TrimAddress(text, at, to);
}

bool IsNameByte(char c) {
  return IsAsciiLetter(c) || IsAsciiDigit(c) || c == '.' || c == '-' || c == '_' || c == '@' || c == '%' ||
         c == '+' || c == '#';
}

// Whether [at, to) is labels joined by periods, the last of them a known ending.
bool IsDomain(std::string_view name, const Lexicon& lexicon) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 >= name.size()) return false;
  const std::string_view ending = name.substr(dot + 1);
  if (ending.size() > 6 || !lexicon.domains.contains(AsciiLower(ending))) return false;
  // "here.In" is two sentences: the ending is all small or the whole is capitals
  const bool small = std::all_of(ending.begin(), ending.end(), [](char c) { return !IsAsciiUpper(c); });
  const bool capitals = std::none_of(name.begin(), name.end(), [](char c) { return IsAsciiLower(c); });
  const bool ending_capitals =
      std::none_of(ending.begin(), ending.end(), [](char c) { return IsAsciiLower(c); });
  if (!small && !capitals && !ending_capitals) return false;
  return name.find("..") == std::string_view::npos;
}

// "comp.sources.unix": at least two periods between small letters.
bool IsNewsgroup(std::string_view name) {
  size_t dots = 0, run = 0;
  for (const char c : name) {
    if (c == '.') {
      if (run < 2) return false;
      ++dots;
      run = 0;
    } else if (IsAsciiLower(c) || c == '-') {
      ++run;
    } else {
      return false;
    }
  }
  return dots >= 2 && run >= 1;
}

// Digits from `at`; their number.
uint32_t CountDigits(std::string_view text, uint32_t at, uint32_t end) {
  uint32_t to = at;
  while (to < end && IsAsciiDigit(text[to])) ++to;
  return to - at;
}

// Groups of digits joined by `mark`: at most four are read. Returns how many groups, their sizes, and the
// end.
struct Groups {
  std::array<uint32_t, 4> size{};
  uint32_t count = 0;
  uint32_t end = 0;
};
Groups ReadGroups(std::string_view text, uint32_t at, uint32_t end, char mark) {
  Groups groups;
  uint32_t to = at;
  while (groups.count < 4) {
    const uint32_t digits = CountDigits(text, to, std::min(end, to + 12));
    if (digits == 0) break;
    groups.size[groups.count++] = digits;
    to += digits;
    groups.end = to;
    if (to >= end || text[to] != mark) break;
    ++to;
  }
  return groups;
}

// Dates and phone numbers: groups of digits that stay together. `at` if there is none.
uint32_t GroupedEnd(std::string_view text, uint32_t at, uint32_t end) {
  const Groups hyphens = ReadGroups(text, at, end, '-');
  const auto& h = hyphens.size;
  const bool phone3 = hyphens.count == 3 && h[0] == 3 && h[1] == 3 && h[2] == 4;
  const bool phone4 = hyphens.count == 4 && h[0] <= 2 && h[1] == 3 && h[2] == 3 && h[3] == 4;
  const bool phone2 = hyphens.count == 2 && h[0] == 3 && h[1] == 4;
  const bool date = hyphens.count == 3 && ((h[0] <= 2 && h[1] <= 2 && (h[2] == 4 || h[2] == 2)) ||
                                           (h[0] == 4 && h[1] == 2 && h[2] == 2));
  if (phone3 || phone4 || phone2 || date) return hyphens.end;
  const Groups slashes = ReadGroups(text, at, end, '/');
  const auto& s = slashes.size;
  const bool slash_date = slashes.count == 3 && s[0] <= 4 && s[1] <= 2 && s[2] <= 4;
  const bool month_day = slashes.count == 2 && s[0] <= 2 && s[1] <= 2;
  if (slash_date || month_day) return slashes.end;
  const Groups periods = ReadGroups(text, at, end, '.');
  if (periods.count >= 3) return periods.end;  // versions, phone numbers, 11.9.2001
  return at;
}

}  // namespace

uint32_t AddressEnd(std::string_view text, uint32_t at, uint32_t end, const Lexicon& lexicon) {
  const char first = text[at];
  if (!IsAsciiLetter(first) && !IsAsciiDigit(first)) return at;
  const std::string_view rest = text.substr(at, std::min<uint32_t>(end - at, 16));
  for (std::string_view scheme : {"http://", "https://", "ftp://", "mailto:", "www."}) {
    if (StartsWithAnyCase(rest, scheme) && rest.size() > scheme.size()) {
      const uint32_t to = UrlEnd(text, at, end);
      if (to > at + scheme.size()) return to;
    }
  }
  // A bare name: only worth reading if it holds a period or @ inside.
  uint32_t to = at;
  bool has_at = false, has_dot = false;
  while (to < end && to - at < kMaxBareAddress && IsNameByte(text[to])) {
    has_at = has_at || text[to] == '@';
    has_dot = has_dot || text[to] == '.';
    ++to;
  }
  if (!has_at && !has_dot) return at;
  to = TrimAddress(text, at, to);
  const std::string_view name = text.substr(at, to - at);
  if (const size_t sign = name.find('@');
      sign != std::string_view::npos && sign > 0 && sign + 1 < name.size())
    return to;
  if (IsDomain(name, lexicon)) {
    if (to < end && text[to] == '/' && to + 1 < end && IsAddressByte(text[to + 1]))
      return UrlEnd(text, at, end);
    return to;
  }
  return IsNewsgroup(name) ? to : at;
}

uint32_t NumberEnd(std::string_view text, uint32_t at, uint32_t end) {
  if (const uint32_t to = GroupedEnd(text, at, end); to != at) return to;
  uint32_t to = at;
  bool has_point = false;
  while (to < end) {
    const char c = text[to];
    if (IsAsciiDigit(c)) {
      ++to;
      continue;
    }
    if (static_cast<unsigned char>(c) >= 0x80 && CharAt(text, to).kind == CharClass::kDigit) {
      to += CharAt(text, to).length;
      continue;
    }
    const uint32_t digits = to + 1 < end ? CountDigits(text, to + 1, std::min(end, to + 6)) : 0;
    const bool point = c == '.' && digits > 0 && !has_point;
    const bool thousands = c == ',' && !has_point && to > at &&
                           (digits == 3 || (digits == 2 && to + 3 < end && text[to + 3] == ','));
    const bool clock =
        c == ':' && digits == 2 && to > at && to - at <= 8 && to >= 1 && IsAsciiDigit(text[to - 1]);
    if (!point && !thousands && !clock) break;
    has_point = has_point || point;
    to += 1 + digits;
  }
  return to;
}

}  // namespace whowhom::extract::text
