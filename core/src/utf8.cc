#include "whowhom/core/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace whowhom {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Decodes one code point; returns its length, or 0 if the bytes at `offset` are not valid UTF-8.
uint32_t DecodeStrict(std::string_view text, size_t offset, char32_t* value) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const size_t left = text.size() - offset;
  const unsigned char first = byte(0);
  if (first < 0x80) {
    *value = first;
    return 1;
  }
  uint32_t length = 0;
  char32_t minimum = 0;
  if ((first & 0xE0) == 0xC0) {
    length = 2, minimum = 0x80, *value = first & 0x1F;
  } else if ((first & 0xF0) == 0xE0) {
    length = 3, minimum = 0x800, *value = first & 0x0F;
  } else if ((first & 0xF8) == 0xF0) {
    length = 4, minimum = 0x10000, *value = first & 0x07;
  } else {
    return 0;
  }
  if (length > left) return 0;
  for (uint32_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    *value = *value << 6 | (byte(i) & 0x3F);
  }
  if (*value < minimum || *value > 0x10FFFF || (*value >= 0xD800 && *value <= 0xDFFF)) return 0;
  return length;
}

// The longest prefix of an ill-formed sequence that is replaced as one (Unicode 15, section 3.9, "maximal
// subpart").
size_t InvalidLength(std::string_view text, size_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  size_t expected = 1;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    expected = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    expected = 3;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    expected = 4;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  }
  size_t length = 1;
  while (length < expected && offset + length < text.size()) {
    const auto next = static_cast<unsigned char>(text[offset + length]);
    if (next < low || next > high) break;
    low = 0x80, high = 0xBF;
    ++length;
  }
  return length;
}

utf8proc_category_t Category(char32_t code_point) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
}

std::string Map(std::string_view text, int options) {
  const std::string repaired = RepairUtf8(text).text;
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(repaired.data()),
                                               static_cast<utf8proc_ssize_t>(repaired.size()), &mapped,
                                               static_cast<utf8proc_option_t>(options));
  if (length < 0) return repaired;
  std::string out(reinterpret_cast<char*>(mapped), static_cast<size_t>(length));
  std::free(mapped);  // allocated by utf8proc with malloc
  return out;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// What Map does to ASCII, at a twentieth of its cost.
std::string LowerAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

template <typename Convert>
std::string MapCodePoints(std::string_view text, Convert convert) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const CodePoint point = byte < 0x80 ? CodePoint{byte, 1} : DecodeUtf8(text, i);
    AppendUtf8(static_cast<char32_t>(convert(static_cast<utf8proc_int32_t>(point.value))), &out);
    i += point.length;
  }
  return out;
}

}  // namespace

bool IsValidUtf8(std::string_view bytes) {
  char32_t value = 0;
  for (size_t i = 0; i < bytes.size();) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
      continue;
    }
    const uint32_t length = DecodeStrict(bytes, i, &value);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

RepairedText RepairUtf8(std::string_view bytes) {
  RepairedText out;
  if (IsValidUtf8(bytes)) {
    out.text = std::string(bytes);
    return out;
  }
  out.text.reserve(bytes.size());
  char32_t value = 0;
  for (size_t i = 0; i < bytes.size();) {
    const uint32_t length = DecodeStrict(bytes, i, &value);
    if (length > 0) {
      out.text.append(bytes.substr(i, length));
      i += length;
    } else {
      out.text.append("\xEF\xBF\xBD");
      ++out.replaced;
      i += InvalidLength(bytes, i);
    }
  }
  return out;
}

CodePoint DecodeUtf8(std::string_view text, size_t offset) {
  char32_t value = 0;
  const uint32_t length = DecodeStrict(text, offset, &value);
  if (length == 0) return {kReplacement, 1};
  return {value, length};
}

void AppendUtf8(char32_t code_point, std::string* out) {
  if (code_point < 0x80) {
    out->push_back(static_cast<char>(code_point));
    return;
  }
  utf8proc_uint8_t buffer[4];
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), buffer);
  out->append(reinterpret_cast<char*>(buffer), static_cast<size_t>(length));
}

bool IsLetter(char32_t code_point) {
  if (code_point < 0x80) return (code_point | 32) >= 'a' && (code_point | 32) <= 'z';
  const auto category = Category(code_point);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC;
}
bool IsUpper(char32_t code_point) {
  if (code_point < 0x80) return code_point >= 'A' && code_point <= 'Z';
  const auto category = Category(code_point);
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}
bool IsLower(char32_t code_point) {
  if (code_point < 0x80) return code_point >= 'a' && code_point <= 'z';
  return Category(code_point) == UTF8PROC_CATEGORY_LL;
}
bool IsDigit(char32_t code_point) {
  if (code_point < 0x80) return code_point >= '0' && code_point <= '9';
  return Category(code_point) == UTF8PROC_CATEGORY_ND;
}
bool IsSpace(char32_t code_point) {
  if (code_point < 0x80) return code_point == ' ' || (code_point >= 9 && code_point <= 13);
  if (code_point == 0x85) return true;
  const auto category = Category(code_point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}
bool IsPunctuation(char32_t code_point) {
  const auto category = Category(code_point);
  return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}

std::string ToNfc(std::string_view text) { return Map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE); }
std::string ToLower(std::string_view text) { return MapCodePoints(text, utf8proc_tolower); }
std::string ToUpper(std::string_view text) { return MapCodePoints(text, utf8proc_toupper); }

std::string NormalizeName(std::string_view name) {
  const std::string folded = IsAscii(name)
                                 ? LowerAscii(name)
                                 : Map(name, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                 UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  std::string plain;  // quotes made straight, hyphens and control characters made blanks, periods dropped
  plain.reserve(folded.size());
  for (size_t i = 0; i < folded.size();) {
    const CodePoint point = DecodeUtf8(folded, i);
    const char32_t c = point.value;
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == '`') {
      plain.push_back('\'');
    } else if (c == 0x201C || c == 0x201D) {
      plain.push_back('"');
    } else if (c == '-' || (c >= 0x2010 && c <= 0x2015) || c < 0x20 || IsSpace(c)) {
      plain.push_back(' ');
    } else if (c == '.') {
      const bool inside_number = i > 0 && i + 1 < folded.size() &&
                                 IsDigit(static_cast<unsigned char>(folded[i - 1])) &&
                                 IsDigit(static_cast<unsigned char>(folded[i + 1]));
      if (inside_number) plain.push_back('.');
    } else {
      plain.append(folded, i, point.length);
    }
    i += point.length;
  }
  const auto strip_possessive = [&plain] {
    if (plain.size() > 2 && plain.ends_with("'s")) plain.resize(plain.size() - 2);
    if (plain.size() > 1 && plain.ends_with("'")) plain.resize(plain.size() - 1);
  };
  const auto is_edge = [](char c) {
    return c == ' ' || c == ',' || c == ';' || c == ':' || c == '"' || c == '\'' || c == '(' || c == ')' ||
           c == '!' || c == '?' || c == '[' || c == ']';
  };
  while (!plain.empty() && plain.back() == ' ') plain.pop_back();
  strip_possessive();
  size_t begin = 0;
  size_t end = plain.size();
  while (begin < end && is_edge(plain[begin])) ++begin;
  while (end > begin && is_edge(plain[end - 1])) --end;
  std::string out;
  for (size_t i = begin; i < end; ++i) {
    if (plain[i] == ' ' && !out.empty() && out.back() == ' ') continue;
    out.push_back(plain[i]);
  }
  return out;
}

size_t BreakBefore(std::string_view text, size_t limit) {
  for (const char c : {'\n', ' '}) {
    const size_t at = text.rfind(c, limit);
    if (at != std::string_view::npos && at > limit / 2) return at;
  }
  size_t end = limit;
  while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

}  // namespace whowhom
