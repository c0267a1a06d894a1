#include "read/plain_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

// Lines of wrapped text stay below this; longer lines are paragraphs.
constexpr size_t kMaxWrappedLine = 130;
constexpr size_t kMinWrappedLine = 40;
// Bytes by which wrapped lines stay short of the width: accents and quotes take more bytes than columns.
constexpr size_t kWrapSlack = 8;

bool EndsParagraph(std::string_view line) {
  if (line.empty()) return true;
  const char last = line.back();
  return last == '.' || last == '!' || last == '?' || last == '"' || last == ':' ||
         (line.size() >= 3 && line.substr(line.size() - 3) == "\xE2\x80\x9D");
}

bool IsBulletMark(std::string_view line, size_t length) {
  if (length == 1) return line[0] == '*' || line[0] == '-';
  if (length == 2) return line.substr(0, 2) == "\xC2\xB7";
  // Bullets, triangles and dashes of U+2012..U+2BFF; quotes are no bullets.
  const auto second = static_cast<unsigned char>(line[1]);
  const auto third = static_cast<unsigned char>(line[2]);
  if (second == 0x80) return third == 0x93 || third == 0x94 || third == 0xA2 || third == 0xA3;
  return second == 0x81 || (second >= 0x96 && second <= 0x9E);
}

// Bytes of the first word of a line.
size_t FirstWord(std::string_view line) { return std::min(line.find(' '), line.size()); }

// The width at which a document was wrapped; 0 if it cannot be told, nothing if every line is a paragraph.
// Read off the line breaks inside paragraphs: in wrapped text the next word would not have fitted.
std::optional<size_t> WrapWidth(const std::vector<std::string_view>& lines) {
  size_t filled = 0;
  size_t longer = 0;
  size_t widest = 0;
  for (const std::string_view raw : lines) {
    const std::string_view line = Trim(raw);
    if (line.empty()) continue;
    ++filled;
    if (line.size() > kMaxWrappedLine) {
      ++longer;
    } else {
      widest = std::max(widest, line.size());
    }
  }
  if (longer * 20 > filled || widest < kMinWrappedLine) return std::nullopt;
  // The width is that of the lines that go on; a long line that stands alone says nothing.
  std::vector<size_t> broken;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    const size_t length = Trim(lines[i]).size();
    if (length > 0 && length <= kMaxWrappedLine && !Trim(lines[i + 1]).empty()) broken.push_back(length);
  }
  if (broken.size() < 4) return 0;
  std::sort(broken.begin(), broken.end());
  widest = broken[broken.size() * 9 / 10];
  if (widest < kMinWrappedLine) return std::nullopt;
  size_t breaks = 0;
  size_t full = 0;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    const std::string_view line = Trim(lines[i]);
    const std::string_view next = Trim(lines[i + 1]);
    if (line.empty() || next.empty()) continue;
    ++breaks;
    if (line.size() + 1 + FirstWord(next) + kWrapSlack >= widest) ++full;
  }
  return breaks >= 4 && full * 10 >= breaks * 6 ? widest : 0;
}

struct TextLine {
  std::string_view text;  // without blanks at both ends
  size_t indent = 0;
  bool is_indented = false;  // more than other lines of its chunk
};

// A line of dashes or the like.
bool IsRule(std::string_view line) {
  return std::none_of(line.begin(), line.end(), [](char c) {
    return IsAsciiLetter(c) || IsAsciiDigit(c) || static_cast<unsigned char>(c) >= 0x80;
  });
}

// True if wrapping at `width` made the break between two lines: the next word would not have fitted, or a
// sentence goes on in lower case. An indented line begins a paragraph.
bool Continues(const TextLine& line, const TextLine& next, size_t width) {
  if (IsRule(line.text) || IsRule(next.text)) return false;
  if (ListMarkerLength(next.text) > 0 || next.is_indented) return false;
  if (line.text.size() + 1 + FirstWord(next.text) + kWrapSlack >= width) return true;
  return line.text.size() >= kMinWrappedLine && !EndsParagraph(line.text) && IsAsciiLower(next.text[0]);
}

// The paragraphs of lines without an empty one between them, in a document wrapped at `width`.
void AddWrapped(std::vector<TextLine> lines, size_t width, std::vector<RawBlock>* blocks) {
  size_t least = lines[0].indent;
  for (const TextLine& line : lines) least = std::min(least, line.indent);
  for (TextLine& line : lines) line.is_indented = line.indent >= least + 2;
  std::string joined;
  bool first = true;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!joined.empty()) joined.push_back(' ');
    joined.append(lines[i].text);
    if (i + 1 < lines.size() && Continues(lines[i], lines[i + 1], width)) continue;
    const RawKind kind = ListMarkerLength(joined) > 0 ? RawKind::kListItem : RawKind::kParagraph;
    blocks->push_back({CollapseBlanks(joined), kind, 0, first});
    joined.clear();
    first = false;
  }
}

}  // namespace

size_t ListMarkerLength(std::string_view line) {
  if (line.empty()) return 0;
  size_t mark = PunctuationLength(line, 0);
  if (mark > 0) {
    if (!IsBulletMark(line, mark)) return 0;
  } else {
    size_t digits = 0;
    while (digits < line.size() && digits < 3 && IsAsciiDigit(line[digits])) ++digits;
    if (digits == 0 || digits > 2 || digits >= line.size()) return 0;
    if (line[digits] != '.' && line[digits] != ')') return 0;
    mark = digits + 1;
  }
  size_t end = mark;
  while (end < line.size() && IsBlank(line[end])) ++end;
  return end > mark && end < line.size() ? end : 0;
}

bool LooksWrapped(const std::vector<std::string_view>& lines) {
  if (lines.size() < 2) return false;
  size_t longest = 0;
  for (const std::string_view line : lines) longest = std::max(longest, line.size());
  if (longest < kMinWrappedLine || longest > kMaxWrappedLine) return false;
  size_t continued = 0;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    if (ListMarkerLength(lines[i + 1]) > 0) return false;
    // The next line's first word would not have fitted.
    const size_t first_word = lines[i + 1].find(' ');
    const size_t word = first_word == std::string_view::npos ? lines[i + 1].size() : first_word;
    if (lines[i].size() + 1 + word + 12 >= longest) ++continued;
  }
  // One break says little: only a sentence that goes on in lower case was broken.
  if (lines.size() == 2 && (EndsParagraph(lines[0]) || !IsAsciiLower(lines[1][0]))) return false;
  const size_t breaks = lines.size() - 1;
  if (continued * 10 < breaks * 8) return false;
  // Two or three full sentences of like length on lines of their own are not a wrapped paragraph.
  size_t finished = 0;
  for (size_t i = 0; i + 1 < lines.size(); ++i) finished += EndsParagraph(lines[i]) ? 1 : 0;
  return finished * 2 < breaks || breaks > 4;
}

std::vector<RawBlock> SplitPlainText(std::string_view text) {
  std::vector<RawBlock> blocks;
  std::vector<TextLine> chunk;
  const std::vector<std::string_view> lines = SplitLines(text);
  const std::optional<size_t> width = WrapWidth(lines);
  const auto flush = [&]() {
    if (chunk.empty()) return;
    if (width && *width > 0) {
      AddWrapped(std::move(chunk), *width, &blocks);
      chunk.clear();
      return;
    }
    std::vector<std::string_view> texts;
    for (const TextLine& line : chunk) texts.push_back(line.text);
    const bool is_one = width && LooksWrapped(texts);
    std::string joined;
    for (size_t i = 0; i < texts.size(); ++i) {
      if (is_one) {
        joined.append(i > 0 ? " " : "").append(texts[i]);
        continue;
      }
      const RawKind kind = ListMarkerLength(texts[i]) > 0 ? RawKind::kListItem : RawKind::kParagraph;
      blocks.push_back({CollapseBlanks(texts[i]), kind, 0, i == 0});
    }
    if (is_one) blocks.push_back({CollapseBlanks(joined), RawKind::kParagraph, 0, true});
    chunk.clear();
  };
  for (const std::string_view line : lines) {
    const std::string_view trimmed = Trim(line);
    if (trimmed.empty()) {
      flush();
    } else {
      chunk.push_back({trimmed, static_cast<size_t>(trimmed.data() - line.data()), false});
    }
  }
  flush();
  return blocks;
}

}  // namespace whowhom::extract::read
