#include "text_escape.h"

#include <algorithm>
#include <array>

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
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t byte = 0x20; byte < 0x7F; ++byte) {
    plain[byte] = byte != '&' && byte != '<' && byte != '>' && byte != '"' && byte != '\'';
  }
  return plain;
}();

// The length of the plain run that `text` begins with.
size_t PlainRun(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && kPlain[static_cast<unsigned char>(text[end])]) ++end;
  return end;
}

bool IsPlain(std::string_view text) { return PlainRun(text) == text.size(); }

// Calls `use` with each allowed character and its bytes; a plain run comes as one, with its first character.
template <typename Use>
void ForEachCharacter(std::string_view text, Use use) {
  std::string repaired;
  if (!IsValidUtf8(text)) {
    repaired = RepairUtf8(text).text;
    text = repaired;
  }
  for (size_t i = 0; i < text.size();) {
    if (const size_t run = PlainRun(text.substr(i)); run > 0) {
      use(static_cast<char32_t>(text[i]), text.substr(i, run));
      i += run;
      continue;
    }
    const CodePoint point = DecodeUtf8(text, i);
    if (!IsDropped(point.value)) use(point.value, text.substr(i, point.length));
    i += point.length;
  }
}

}  // namespace

void AppendXml(std::string_view text, std::string* out) {
  if (IsPlain(text)) {
    out->append(text);
    return;
  }
  ForEachCharacter(text, [out](char32_t c, std::string_view bytes) {
    switch (c) {
      case '&':
        *out += "&amp;";
        break;
      case '<':
        *out += "&lt;";
        break;
      case '>':
        *out += "&gt;";
        break;
      case '"':
        *out += "&quot;";
        break;
      case '\'':
        *out += "&apos;";
        break;
      case '\n':
        *out += "&#10;";
        break;
      case '\r':
        *out += "&#13;";
        break;
      case '\t':
        *out += "&#9;";
        break;
      default:
        out->append(bytes);
    }
  });
}

std::string EscapeXml(std::string_view text) {
  std::string out;
  AppendXml(text, &out);
  return out;
}

std::string CleanText(std::string_view text) {
  if (IsPlain(text)) return std::string(text);
  std::string clean;
  ForEachCharacter(text, [&clean](char32_t, std::string_view bytes) { clean += bytes; });
  return clean;
}

void AppendCsv(std::string_view text, std::string* out) {
  const bool is_plain = IsPlain(text);
  const std::string clean = is_plain ? std::string() : CleanText(text);
  const std::string_view cell = is_plain ? text : clean;
  const bool is_formula =
      !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos;
  const bool is_quoted = cell.find_first_of(",\"\n\r") != std::string_view::npos;
  if (is_quoted) out->push_back('"');
  if (is_formula) out->push_back('\'');
  if (is_quoted && !is_plain) {
    for (const char c : cell) {
      if (c == '"') out->push_back('"');
      out->push_back(c);
    }
  } else {
    out->append(cell);
  }
  if (is_quoted) out->push_back('"');
}

std::string EscapeCsv(std::string_view text) {
  std::string out;
  AppendCsv(text, &out);
  return out;
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
