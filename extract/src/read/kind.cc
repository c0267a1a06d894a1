#include "read/kind.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "read/encoding.h"
#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

struct Magic {
  std::string_view bytes;
  size_t offset;
  FileKind kind;
  std::string_view detail;
};
constexpr Magic kMagics[] = {
    {"\x1F\x8B", 0, FileKind::kArchive, "gzip"},
    {"PK\x03\x04", 0, FileKind::kArchive, "zip"},
    {"PK\x05\x06", 0, FileKind::kArchive, "zip"},
    {"ustar", 257, FileKind::kArchive, "tar"},
    {"BZh", 0, FileKind::kArchive, "bzip2"},
    {std::string_view("\xFD"
                      "7zXZ\0",
                      6),
     0, FileKind::kArchive, "xz"},
    {"\x28\xB5\x2F\xFD", 0, FileKind::kArchive, "zstd"},
    {"%PDF-", 0, FileKind::kBinary, "a PDF"},
    {"\x89PNG", 0, FileKind::kBinary, "an image"},
    {"\xFF\xD8\xFF", 0, FileKind::kBinary, "an image"},
    {"GIF8", 0, FileKind::kBinary, "an image"},
    {"\x7F"
     "ELF",
     0, FileKind::kBinary, "a program"},
};

std::string_view Extension(std::string_view name) {
  const size_t slash = name.rfind('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
}

// Control bytes that no text holds.
size_t CountControls(std::string_view bytes) {
  size_t controls = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' && byte != 0x1B)
      ++controls;
  }
  return controls;
}

bool LooksBinary(std::string_view head) {
  size_t controls = 0;
  size_t begin = 0;
  while (begin + 8 <= head.size()) {  // eight bytes without a control at once
    uint64_t word = 0;
    std::memcpy(&word, head.data() + begin, 8);
    const bool any = ((word - 0x2020202020202020ULL) & ~word & 0x8080808080808080ULL) != 0;
    if (any) controls += CountControls(head.substr(begin, 8));
    begin += 8;
  }
  controls += CountControls(head.substr(begin));
  return controls * 10 > head.size();
}

bool IsFeed(std::string_view head) {
  head = head.substr(0, 4096);
  for (const std::string_view root : {"<rss", "<feed", "<rdf:rdf"}) {
    const size_t pos = FindNoCase(head, root);
    if (pos == std::string_view::npos) continue;
    // An HTML page may show or link a feed; a feed's root comes first.
    const size_t html = FindNoCase(head, "<html");
    if (html == std::string_view::npos || pos < html) return true;
  }
  return false;
}

size_t CountTags(std::string_view head) {
  size_t tags = 0;
  for (const std::string_view tag : {"<p>", "</p>", "<div", "<br", "<a href"}) {
    for (size_t pos = head.find(tag); pos != std::string_view::npos && tags < 8;
         pos = head.find(tag, pos + 1))
      ++tags;
  }
  return tags;
}

bool IsHtml(std::string_view head, std::string_view extension) {
  const std::string_view start = head.substr(0, 1024);
  if (FindNoCase(start, "<!doctype html") != std::string_view::npos ||
      FindNoCase(start, "<html") != std::string_view::npos ||
      FindNoCase(start, "<head>") != std::string_view::npos ||
      FindNoCase(start, "<body") != std::string_view::npos) {
    return true;
  }
  const bool named =
      EqualsNoCase(extension, "html") || EqualsNoCase(extension, "htm") || EqualsNoCase(extension, "xhtml");
  if (named) return head.find('<') != std::string_view::npos;
  const bool tag_first = head.size() > 1 && head[0] == '<' && (IsAsciiLetter(head[1]) || head[1] == '!');
  const size_t tags = CountTags(head);
  return tags >= 4 || (tag_first && (tags >= 1 || head.find('>') != std::string_view::npos));
}

// JSON starts with { or [ and then a thing that JSON has there.
FileKind GuessJson(std::string_view head) {
  size_t pos = 1;
  while (pos < head.size() && IsBlank(head[pos])) ++pos;
  if (pos >= head.size()) return head.size() == 1 ? FileKind::kText : FileKind::kJson;
  if (head[0] == '[') {
    return head[pos] == '{' || head[pos] == '[' || head[pos] == ']' ? FileKind::kJson : FileKind::kText;
  }
  if (head[pos] != '"' && head[pos] != '}') return FileKind::kText;
  const size_t line_end = head.find('\n');
  if (line_end == std::string_view::npos) return FileKind::kJsonLines;  // one line, however long
  const std::string_view line = Trim(head.substr(0, line_end));
  return line.size() > 1 && line.back() == '}' ? FileKind::kJsonLines : FileKind::kJson;
}

// The delimiter if the first line is a header that names a column of text; 0 if not.
char TableDelimiter(const Lexicon& lexicon, std::string_view head, std::string_view extension) {
  const std::string_view line = Trim(head.substr(0, std::min(head.find('\n'), size_t{4096})));
  const bool named = EqualsNoCase(extension, "csv") || EqualsNoCase(extension, "tsv");
  for (const char delimiter : {'\t', ',', ';', '|'}) {
    size_t cells = 0;
    size_t known = 0;
    bool has_text = false;
    for (size_t begin = 0; begin <= line.size();) {
      const size_t end = std::min(line.find(delimiter, begin), line.size());
      std::string cell = LowerAscii(Trim(line.substr(begin, end - begin)));
      if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"')
        cell = cell.substr(1, cell.size() - 2);
      std::replace(cell.begin(), cell.end(), ' ', '_');
      ++cells;
      if (const FieldName* field = Lexicon::Find(lexicon.fields, cell)) {
        ++known;
        has_text = has_text || field->role == FieldRole::kText;
      }
      begin = end + 1;
    }
    if (cells >= 2 && (named || (has_text && known >= 2 && known * 3 >= cells))) return delimiter;
  }
  return EqualsNoCase(extension, "tsv") ? '\t' : EqualsNoCase(extension, "csv") ? ',' : '\0';
}

}  // namespace

KindGuess GuessKind(const Lexicon& lexicon, std::string_view head, std::string_view name) {
  for (const Magic& magic : kMagics) {
    if (head.size() >= magic.offset + magic.bytes.size() &&
        head.substr(magic.offset, magic.bytes.size()) == magic.bytes) {
      return {magic.kind, 0, std::string(magic.detail)};
    }
  }
  std::string wide;
  if (IsWideEncoding(head)) {
    wide = DecodeBytes(head, {}).text;
    head = wide;
  } else if (LooksBinary(head)) {
    return {FileKind::kBinary, 0, "binary data"};
  }
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  while (!head.empty() && IsBlank(head[0])) head.remove_prefix(1);
  if (head.empty()) return {FileKind::kEmpty, 0, {}};
  const std::string_view extension = Extension(name);
  if (head[0] == '{' || head[0] == '[') {
    const FileKind kind = GuessJson(head);
    if (kind != FileKind::kText) return {kind, 0, {}};
  }
  if (head[0] == '<' && IsFeed(head)) return {FileKind::kFeed, 0, {}};
  if (const char delimiter = TableDelimiter(lexicon, head, extension); delimiter != 0 && head[0] != '<') {
    return {FileKind::kTable, delimiter, {}};
  }
  if (IsHtml(head, extension)) return {FileKind::kHtml, 0, {}};
  return {FileKind::kText, 0, {}};
}

}  // namespace whowhom::extract::read
