#include "text_escape.h"

#include <algorithm>

#include "whowhom/core/utf8.h"

namespace whowhom::exports {
namespace {

bool IsBidiControl(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F ||
         c == 0x061C;
}

bool IsDropped(char32_t c) {
  const bool is_control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F);
  return is_control || IsBidiControl(c) || c == 0xFFFE || c == 0xFFFF;
}

// Printable ASCII without what any format escapes: most labels and codes, copied as they are.
bool IsPlain(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
      return false;
  }
  return true;
}

// Calls `use` with each allowed character and its bytes.
template <typename Use>
void ForEachCharacter(std::string_view text, Use use) {
  const bool is_ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (is_ascii) {
    for (size_t i = 0; i < text.size(); ++i) {
      const auto value = static_cast<char32_t>(text[i]);
      if (!IsDropped(value)) use(value, text.substr(i, 1));
    }
    return;
  }
  const std::string repaired = RepairUtf8(text).text;
  for (size_t i = 0; i < repaired.size();) {
    const CodePoint point = DecodeUtf8(repaired, i);
    if (!IsDropped(point.value)) use(point.value, std::string_view(repaired).substr(i, point.length));
    i += point.length;
  }
}

}  // namespace

std::string EscapeXml(std::string_view text) {
  if (IsPlain(text)) return std::string(text);
  std::string out;
  out.reserve(text.size() + 16);
  ForEachCharacter(text, [&out](char32_t c, std::string_view bytes) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\t':
        out += "&#9;";
        break;
      default:
        out += bytes;
    }
  });
  return out;
}

std::string CleanText(std::string_view text) {
  if (IsPlain(text)) return std::string(text);
  std::string clean;
  ForEachCharacter(text, [&clean](char32_t, std::string_view bytes) { clean += bytes; });
  return clean;
}

std::string EscapeCsv(std::string_view text) {
  std::string plain = CleanText(text);
  const bool is_formula =
      !plain.empty() && std::string_view("=+-@\t\r").find(plain[0]) != std::string_view::npos;
  if (is_formula) plain.insert(0, "'");
  if (plain.find_first_of(",\"\n\r") == std::string::npos) return plain;
  std::string quoted = "\"";
  for (const char c : plain) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + "\"";
}

std::string PlainText(std::string_view text) {
  std::string out;
  ForEachCharacter(text, [&out](char32_t c, std::string_view bytes) {
    if (c == '\n' || c == '\r' || c == '\t') {
      out.push_back(' ');
    } else {
      out += bytes;
    }
  });
  return out;
}

std::string_view CutUtf8(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string QuoteDot(std::string_view text, size_t max_bytes) {
  const std::string plain = PlainText(text);
  std::string out = "\"";
  for (const char c : CutUtf8(plain, max_bytes)) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "\"";
}

std::string SafeUrl(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return {};
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '\'' ||
        c == '`')
      return {};
  }
  return IsValidUtf8(url) ? std::string(url) : std::string();
}

}  // namespace whowhom::exports
