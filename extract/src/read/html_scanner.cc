#include "read/html_scanner.h"

#include <algorithm>
#include <array>

#include "read/strings.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

constexpr size_t kMaxTagName = 40;
constexpr size_t kMaxEntity = 32;

bool IsNameChar(char c) { return IsAsciiLetter(c) || IsAsciiDigit(c) || c == '-' || c == ':' || c == '_'; }

// What pages mean by &#128; to &#159;: Windows-1252 (WHATWG HTML, numeric character references).
constexpr std::array<char32_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// &#8220; or &#x201C; as the code point; 0 if it is none.
char32_t NumericEntity(std::string_view body) {
  const bool hex = body.size() > 1 && LowerAscii(body[1]) == 'x';
  uint32_t value = 0;
  size_t digits = 0;
  for (size_t i = hex ? 2 : 1; i < body.size(); ++i, ++digits) {
    const char c = LowerAscii(body[i]);
    uint32_t digit = 0;
    if (IsAsciiDigit(c)) {
      digit = static_cast<uint32_t>(c - '0');
    } else if (hex && c >= 'a' && c <= 'f') {
      digit = static_cast<uint32_t>(c - 'a' + 10);
    } else {
      return 0;
    }
    value = std::min<uint32_t>(value * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (digits == 0 || value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return digits == 0 ? 0 : 0xFFFD;
  if (value >= 0x80 && value <= 0x9F) return kWindows1252[value - 0x80];
  return value;
}

}  // namespace

size_t HtmlScanner::TagEnd(size_t from) const {
  char quote = 0;
  for (size_t i = from; i < html_.size(); ++i) {
    const char c = html_[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return i;
    } else if ((c == '"' || c == '\'') && i > from && (html_[i - 1] == '=' || IsBlank(html_[i - 1]))) {
      // A quote opens a value only behind '=': stray ones do not swallow the page.
      size_t before = i;
      while (before > from && IsBlank(html_[before - 1])) --before;
      if (before > from && html_[before - 1] == '=') quote = c;
    }
  }
  return std::min(html_.find('>', from), html_.size());
}

bool HtmlScanner::ReadTag() {
  size_t i = pos_ + 1;
  const bool closing = i < html_.size() && html_[i] == '/';
  if (closing) ++i;
  if (i >= html_.size() || !IsAsciiLetter(html_[i])) return false;
  name_.clear();
  while (i < html_.size() && IsNameChar(html_[i])) {
    if (name_.size() < kMaxTagName) name_.push_back(LowerAscii(html_[i]));
    ++i;
  }
  const size_t end = TagEnd(i);
  attributes_ = html_.substr(i, end - i);
  pos_ = std::min(end + 1, html_.size());
  text_ = closing ? std::string_view("/") : std::string_view();
  return true;
}

void HtmlScanner::SkipMarkup() {
  if (html_.substr(pos_, 4) == "<!--") {
    const size_t end = html_.find("-->", pos_ + 2);
    pos_ = end == std::string_view::npos ? html_.size() : end + 3;
    return;
  }
  const size_t end = html_.find('>', pos_);
  pos_ = end == std::string_view::npos ? html_.size() : end + 1;
}

HtmlToken HtmlScanner::Next() {
  while (pos_ < html_.size()) {
    if (html_[pos_] != '<') {
      const size_t end = std::min(html_.find('<', pos_), html_.size());
      text_ = html_.substr(pos_, end - pos_);
      pos_ = end;
      return HtmlToken::kText;
    }
    const char next = pos_ + 1 < html_.size() ? html_[pos_ + 1] : '\0';
    if (next == '!' && html_.substr(pos_, 9) == "<![CDATA[") {
      const size_t end = std::min(html_.find("]]>", pos_), html_.size());
      text_ = html_.substr(pos_ + 9, end - std::min(end, pos_ + 9));
      pos_ = std::min(end + 3, html_.size());
      return HtmlToken::kText;
    }
    if (next == '!' || next == '?') {
      SkipMarkup();
      continue;
    }
    if (ReadTag()) return text_.empty() ? HtmlToken::kOpen : HtmlToken::kClose;
    // A bare '<' is text.
    const size_t end = std::min(html_.find('<', pos_ + 1), html_.size());
    text_ = html_.substr(pos_, end - pos_);
    pos_ = end;
    return HtmlToken::kText;
  }
  return HtmlToken::kEnd;
}

std::string_view HtmlScanner::TakeRaw() {
  const std::string mark = "|" + name_ + "|";
  const bool ends_page = name_ == "script" || name_ == "style";
  size_t end = std::string_view::npos;
  if (unclosed_.find(mark) == std::string::npos) {
    for (size_t at = html_.find("</", pos_); at != std::string_view::npos; at = html_.find("</", at + 2)) {
      if (!StartsWithNoCase(html_.substr(at + 2), name_)) continue;
      const size_t behind = at + 2 + name_.size();
      if (behind < html_.size() && IsNameChar(html_[behind])) continue;
      end = at;
      break;
    }
  }
  if (end == std::string_view::npos) {
    unclosed_ += mark;
    if (ends_page) pos_ = html_.size();
    return {};
  }
  const std::string_view content = html_.substr(pos_, end - pos_);
  pos_ = std::min(html_.find('>', end), html_.size() - 1) + 1;
  return content;
}

std::string_view FindAttribute(std::string_view attributes, std::string_view name) {
  size_t i = 0;
  while (i < attributes.size()) {
    while (i < attributes.size() && !IsNameChar(attributes[i])) ++i;
    const size_t begin = i;
    while (i < attributes.size() && attributes[i] != '=' && attributes[i] != '/' && !IsBlank(attributes[i]))
      ++i;
    const std::string_view key = attributes.substr(begin, i - begin);
    while (i < attributes.size() && IsBlank(attributes[i])) ++i;
    std::string_view value;
    if (i < attributes.size() && attributes[i] == '=') {
      ++i;
      while (i < attributes.size() && IsBlank(attributes[i])) ++i;
      if (i < attributes.size() && (attributes[i] == '"' || attributes[i] == '\'')) {
        const size_t end = std::min(attributes.find(attributes[i], i + 1), attributes.size());
        value = attributes.substr(i + 1, end - i - 1);
        i = std::min(end + 1, attributes.size());
      } else {
        const size_t start = i;
        while (i < attributes.size() && !IsBlank(attributes[i])) ++i;
        value = attributes.substr(start, i - start);
      }
    } else if (i == begin) {
      ++i;
    }
    if (EqualsNoCase(key, name)) return value.empty() ? key : value;
  }
  return {};
}

void AppendDecoded(const Lexicon& lexicon, std::string_view raw, std::string* out) {
  size_t pos = 0;
  while (pos < raw.size()) {
    const size_t mark = std::min(raw.find('&', pos), raw.size());
    out->append(raw.substr(pos, mark - pos));
    pos = mark;
    if (pos >= raw.size()) return;
    const std::string_view rest = raw.substr(pos + 1, kMaxEntity);
    size_t length = 0;
    if (!rest.empty() && rest[0] == '#') length = 1;
    while (length < rest.size() && (IsAsciiLetter(rest[length]) || IsAsciiDigit(rest[length]))) ++length;
    const std::string_view body = rest.substr(0, length);
    const bool closed = length < rest.size() && rest[length] == ';';
    char32_t numeric = 0;
    const std::string* named = nullptr;
    if (length > 1 && body[0] == '#') {
      numeric = NumericEntity(body);
    } else if (length > 1 && closed) {
      named = Lexicon::Find(lexicon.entities, body);
    }
    if (numeric == 0 && named == nullptr) {
      out->push_back('&');
      ++pos;
      continue;
    }
    if (numeric != 0) AppendUtf8(numeric, out);
    if (named != nullptr) out->append(*named);
    pos += 1 + length + (closed ? 1 : 0);
  }
}

std::string DecodeEntities(const Lexicon& lexicon, std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  AppendDecoded(lexicon, raw, &out);
  return out;
}

}  // namespace whowhom::extract::read
