#include "text/chars.h"

#include <string>

namespace whowhom::extract::text {
namespace {

constexpr CharClass AsciiClass(int c) {
  if (c <= ' ' || c == 0x7F) return CharClass::kBlank;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return CharClass::kLetter;
  if (c >= '0' && c <= '9') return CharClass::kDigit;
  switch (c) {
    case '\'':
    case '`':
      return CharClass::kApostrophe;
    case '.':
      return CharClass::kPeriod;
    case '!':
    case '?':
      return CharClass::kEnd;
    case '-':
      return CharClass::kHyphen;
    case '(':
    case '[':
    case '{':
      return CharClass::kOpen;
    case ')':
    case ']':
    case '}':
      return CharClass::kClose;
    case '"':
      return CharClass::kQuote;
    case ',':
    case ';':
    case ':':
    case '/':
    case '\\':
      return CharClass::kPunct;
    default:
      return CharClass::kSymbol;
  }
}

constexpr std::array<CharClass, 128> MakeAsciiTable() {
  std::array<CharClass, 128> table{};
  for (int c = 0; c < 128; ++c) table[static_cast<size_t>(c)] = AsciiClass(c);
  return table;
}
constexpr std::array<CharClass, 128> kAsciiTable = MakeAsciiTable();

bool IsInvisible(char32_t c) {
  return c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

CharClass ClassifyAscii(char c) { return kAsciiTable[static_cast<unsigned char>(c) & 0x7F]; }

CharClass Classify(char32_t c) {
  if (c < 0x80) return kAsciiTable[c];
  switch (c) {
    case 0x2018:  // ‘
    case 0x2019:  // ’
    case 0x02BC:
      return CharClass::kApostrophe;
    case 0x2026:
      return CharClass::kPeriod;
    case 0x2010:
    case 0x2011:
      return CharClass::kHyphen;
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
      return CharClass::kDash;
    case 0x201C:
    case 0x201E:
    case 0x00AB:
      return CharClass::kOpen;
    case 0x201D:
    case 0x00BB:
      return CharClass::kClose;
    case 0x00AD:  // soft hyphen and joiners stand inside words
    case 0x200C:
    case 0x200D:
      return CharClass::kLetter;
    case 0x0085:
    case 0x3002:
      return c == 0x85 ? CharClass::kBlank : CharClass::kEnd;
    default:
      break;
  }
  if (IsInvisible(c)) return CharClass::kIgnored;
  if (c < 0xA0) return CharClass::kBlank;  // C1 controls
  if (IsLetter(c)) return CharClass::kLetter;
  if ((c >= 0x0300 && c <= 0x036F) || (c >= 0x0900 && c <= 0x0DFF && !IsPunctuation(c) && !IsDigit(c))) {
    return CharClass::kLetter;  // marks that combine with the letter before
  }
  if (IsDigit(c)) return CharClass::kDigit;
  if (IsSpace(c)) return CharClass::kBlank;
  if (IsPunctuation(c)) return CharClass::kPunct;
  return CharClass::kSymbol;
}

std::string AsciiLower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = AsciiLower(c);
  return lower;
}

}  // namespace whowhom::extract::text
