#include "neural/word_form.h"

#include <utf8proc.h>

#include <cstdint>

namespace whowhom::extract::neural {
namespace {

struct Decoded {
  int32_t code_point;
  uint32_t length;
};

// One code point; an invalid byte is returned as its negated value with length 1.
Decoded DecodeAt(std::string_view text, size_t at) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at);
  if (bytes[0] < 0x80) return {bytes[0], 1};
  utf8proc_int32_t code_point = -1;
  utf8proc_ssize_t length =
      utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
  if (length <= 0 || code_point < 0) return {-static_cast<int32_t>(bytes[0]), 1};
  return {code_point, static_cast<uint32_t>(length)};
}

// ASCII stand-in of a typographic character, or null.
const char* AsciiOf(int32_t code_point) {
  switch (code_point) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x00B4:
      return "'";
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
      return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2212:
      return "-";
    case 0x2014:
    case 0x2015:
      return "--";
    case 0x2026:
      return "...";
    default:
      return nullptr;
  }
}

enum class Kind : uint8_t { kUpper, kLower, kDigit, kOther, kCaseless };

Kind KindOf(int32_t code_point) {
  if (code_point >= 0 && code_point < 0x80) {
    if (code_point >= 'a' && code_point <= 'z') return Kind::kLower;
    if (code_point >= 'A' && code_point <= 'Z') return Kind::kUpper;
    if (code_point >= '0' && code_point <= '9') return Kind::kDigit;
    return Kind::kOther;
  }
  if (code_point < 0) return Kind::kOther;
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return Kind::kUpper;
    case UTF8PROC_CATEGORY_LL:
      return Kind::kLower;
    case UTF8PROC_CATEGORY_ND:
      return Kind::kDigit;
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_LM:
      return Kind::kCaseless;
    default:
      return Kind::kOther;
  }
}

void AppendCodePoint(int32_t code_point, std::string* out) {
  utf8proc_uint8_t buffer[4];
  utf8proc_ssize_t length = utf8proc_encode_char(code_point, buffer);
  out->append(reinterpret_cast<const char*>(buffer), static_cast<size_t>(length));
}

}  // namespace

std::string NormForm(std::string_view form) {
  constexpr int kMaxDigitRun = 4;
  std::string norm;
  norm.reserve(form.size());
  int digit_run = 0;
  for (size_t at = 0; at < form.size();) {
    Decoded c = DecodeAt(form, at);
    Kind kind = KindOf(c.code_point);
    digit_run = kind == Kind::kDigit ? digit_run + 1 : 0;
    if (kind == Kind::kDigit) {
      if (digit_run <= kMaxDigitRun) norm.push_back('0');
    } else if (c.code_point < 0) {
      norm.push_back(form[at]);
    } else if (const char* ascii = AsciiOf(c.code_point)) {
      norm.append(ascii);
    } else if (c.code_point < 0x80) {
      norm.push_back(static_cast<char>(kind == Kind::kUpper ? c.code_point + ('a' - 'A') : c.code_point));
    } else {
      AppendCodePoint(utf8proc_tolower(c.code_point), &norm);
    }
    at += c.length;
  }
  if (norm == "``" || norm == "''") norm = "\"";
  return norm;
}

std::string ShapeOf(std::string_view form) {
  constexpr int kMaxRun = 3;
  std::string shape;
  char last = 0;
  int run = 0;
  for (size_t at = 0; at < form.size();) {
    Decoded c = DecodeAt(form, at);
    at += c.length;
    char mark = 'o';
    switch (KindOf(c.code_point)) {
      case Kind::kUpper:
        mark = 'X';
        break;
      case Kind::kLower:
        mark = 'x';
        break;
      case Kind::kDigit:
        mark = 'd';
        break;
      case Kind::kCaseless:
        mark = 'o';
        break;
      case Kind::kOther:
        if (c.code_point >= 0 && c.code_point < 0x80)
          mark = static_cast<char>(c.code_point);
        else if (const char* ascii = AsciiOf(c.code_point))
          mark = ascii[0];
        else
          mark = '?';
        break;
    }
    run = mark == last ? run + 1 : 1;
    last = mark;
    if (run <= kMaxRun) shape.push_back(mark);
  }
  return shape;
}

bool StartsUpper(std::string_view form) {
  return !form.empty() && KindOf(DecodeAt(form, 0).code_point) == Kind::kUpper;
}

}  // namespace whowhom::extract::neural
