#include "read/encoding.h"

#include <iconv.h>
#include <uchardet.h>

#include <algorithm>
#include <cerrno>

#include "read/normalize.h"
#include "read/strings.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";
// uchardet needs some text, not all of it.
constexpr size_t kDetectBytes = size_t{1} << 18;

struct Mark {
  std::string_view bytes;
  std::string_view encoding;
};
// The UTF-32 marks start like the UTF-16 ones, so they come first.
constexpr Mark kMarks[] = {{std::string_view("\x00\x00\xFE\xFF", 4), "UTF-32BE"},
                           {std::string_view("\xFF\xFE\x00\x00", 4), "UTF-32LE"},
                           {"\xEF\xBB\xBF", "UTF-8"},
                           {"\xFE\xFF", "UTF-16BE"},
                           {"\xFF\xFE", "UTF-16LE"}};

const Mark* FindMark(std::string_view bytes) {
  for (const Mark& mark : kMarks) {
    if (bytes.starts_with(mark.bytes)) return &mark;
  }
  return nullptr;
}

// UTF-16 without a mark: nearly every other byte of Latin text is zero.
std::string_view GuessUtf16(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 512);
  if (head.size() < 8) return {};
  size_t even = 0;
  size_t odd = 0;
  for (size_t i = 0; i < head.size(); ++i) {
    if (head[i] == 0) ++(i % 2 == 0 ? even : odd);
  }
  const size_t half = head.size() / 2;
  if (odd * 10 >= half * 7 && even * 10 <= half) return "UTF-16LE";
  if (even * 10 >= half * 7 && odd * 10 <= half) return "UTF-16BE";
  return {};
}

class Converter {
 public:
  explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (ok()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool ok() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // Invalid input bytes become U+FFFD, one per `unit` bytes.
  void Run(std::string_view bytes, size_t unit, Decoded* out) {
    char buffer[16384];
    auto* in = const_cast<char*>(bytes.data());  // iconv's signature; it does not write
    size_t in_left = bytes.size();
    while (in_left > 0) {
      char* to = buffer;
      size_t to_left = sizeof(buffer);
      const size_t done = iconv(handle_, &in, &in_left, &to, &to_left);
      out->text.append(buffer, sizeof(buffer) - to_left);
      if (done != static_cast<size_t>(-1) || errno == E2BIG) continue;
      out->text.append(kReplacement);
      ++out->replaced;
      const size_t skip = std::min(unit, in_left);
      in += skip;
      in_left -= skip;
    }
  }

 private:
  iconv_t handle_;
};

bool Convert(std::string_view bytes, const std::string& encoding, Decoded* out) {
  Converter converter(encoding);
  if (!converter.ok()) return false;
  const size_t unit = encoding.starts_with("UTF-16") ? 2 : encoding.starts_with("UTF-32") ? 4 : 1;
  out->encoding = encoding;
  converter.Run(bytes, unit, out);
  return true;
}

std::string UpperAscii(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = IsAsciiLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

// What pages mean by the charset they name (WHATWG Encoding Standard: Latin-1 and ASCII are read as
// Windows-1252). Empty for names that are not plain: iconv would read options behind "//".
std::string CanonicalCharset(std::string_view declared) {
  std::string name = UpperAscii(Trim(declared));
  for (const char c : name) {
    if (!IsAsciiDigit(c) && !IsAsciiUpper(c) && c != '-' && c != '_' && c != ':' && c != '.') return {};
  }
  if (name.size() > 40 || name.starts_with("UTF-16") || name.starts_with("UTF-32") ||
      name.starts_with("UTF-7"))
    return {};
  if (name == "ISO-8859-1" || name == "LATIN1" || name == "US-ASCII" || name == "ASCII" ||
      name == "ISO8859-1") {
    return "WINDOWS-1252";
  }
  if (name == "UTF8") return "UTF-8";
  return name;
}

std::string DetectCharset(std::string_view bytes) {
  uchardet_t detector = uchardet_new();
  uchardet_handle_data(detector, bytes.data(), std::min(bytes.size(), kDetectBytes));
  uchardet_data_end(detector);
  std::string name = CanonicalCharset(uchardet_get_charset(detector));
  uchardet_delete(detector);
  return name;
}

}  // namespace

bool IsWideEncoding(std::string_view head) {
  const Mark* mark = FindMark(head);
  if (mark != nullptr) return mark->encoding != "UTF-8";
  return !GuessUtf16(head).empty();
}

std::string DeclaredCharset(std::string_view head) {
  head = head.substr(0, 4096);
  for (const std::string_view key : {"charset=", "encoding="}) {
    size_t pos = FindNoCase(head, key);
    if (pos == std::string_view::npos) continue;
    pos += key.size();
    while (pos < head.size() && (head[pos] == '"' || head[pos] == '\'' || head[pos] == ' ')) ++pos;
    size_t end = pos;
    while (end < head.size() && head[end] != '"' && head[end] != '\'' && head[end] != '>' &&
           head[end] != ' ' && head[end] != ';' && head[end] != '/' && head[end] != '?') {
      ++end;
    }
    if (end > pos) return std::string(head.substr(pos, end - pos));
  }
  return {};
}

Decoded DecodeBytes(std::string_view bytes, std::string_view declared) {
  Decoded out;
  if (const Mark* mark = FindMark(bytes)) {
    bytes.remove_prefix(mark->bytes.size());
    if (mark->encoding != "UTF-8" && Convert(bytes, std::string(mark->encoding), &out)) return out;
    declared = "UTF-8";
  } else if (const std::string_view wide = GuessUtf16(bytes); !wide.empty()) {
    if (Convert(bytes, std::string(wide), &out)) return out;
  }
  if (IsAscii(bytes) || IsValidUtf8(bytes)) return {std::string(bytes), "UTF-8", 0};
  std::string encoding = CanonicalCharset(declared);
  if (encoding.empty()) encoding = DetectCharset(bytes);
  if (encoding == "UTF-8" || encoding.empty()) {
    RepairedText repaired = RepairUtf8(bytes);
    // Mostly broken as UTF-8: not UTF-8 at all.
    if (encoding == "UTF-8" || repaired.replaced * 50 < bytes.size())
      return {std::move(repaired.text), "UTF-8", repaired.replaced};
    encoding = "WINDOWS-1252";
  }
  if (!Convert(bytes, encoding, &out)) Convert(bytes, "WINDOWS-1252", &out);
  return out;
}

}  // namespace whowhom::extract::read
