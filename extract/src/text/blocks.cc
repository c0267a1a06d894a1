// Cleaned text -> blocks. Lines are paragraphs unless the text is hard-wrapped; whether it is, is read off
// the line lengths: in wrapped text the first word of the next line would not have fitted on this one.
#include <algorithm>
#include <string_view>

#include "whowhom/extract/article.h"

namespace whowhom::extract {
namespace {

// Text editors and mail programs wrap at 60-100 columns; longer lines are paragraphs.
constexpr size_t kMaxWrapColumns = 120;
constexpr size_t kMinWrapColumns = 40;
// Headlines and subheadings are short; agencies cap headlines near 20 words.
constexpr size_t kMaxHeadlineBytes = 220;
constexpr size_t kMaxHeadlineWords = 25;
constexpr size_t kMaxSubheadingWords = 12;

struct Line {
  size_t begin = 0;  // without blanks around
  size_t end = 0;
  size_t columns = 0;  // code points
  bool empty() const { return begin == end; }
};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

std::vector<Line> SplitLines(std::string_view text) {
  std::vector<Line> lines;
  size_t start = 0;
  while (start <= text.size()) {
    size_t end = text.find('\n', start);
    if (end == std::string_view::npos) end = text.size();
    Line line{start, end, 0};
    while (line.begin < line.end && IsBlank(text[line.begin])) ++line.begin;
    while (line.end > line.begin && IsBlank(text[line.end - 1])) --line.end;
    for (size_t i = line.begin; i < line.end; ++i) line.columns += (text[i] & 0xC0) != 0x80;
    lines.push_back(line);
    start = end + 1;
  }
  return lines;
}

// The column at which the text is hard-wrapped; 0 = every line is a paragraph.
size_t WrapColumn(const std::vector<Line>& lines) {
  size_t filled = 0, longer = 0, widest = 0;
  for (const Line& line : lines) {
    if (line.empty()) continue;
    ++filled;
    if (line.columns > kMaxWrapColumns) {
      ++longer;
    } else {
      widest = std::max(widest, line.columns);
    }
  }
  // A few overlong lines (addresses, tables) do not hide that the rest is wrapped.
  if (longer * 20 > filled || widest < kMinWrapColumns) return 0;
  return widest;
}

bool StartsListItem(std::string_view line) {
  if (line.size() < 3) return false;
  for (std::string_view bullet : {"- ", "* ", "\u2022", "\u2013 ", "\u2014 "}) {
    if (line.starts_with(bullet)) return true;
  }
  size_t i = line.front() == '(' ? 1 : 0;
  const size_t first = i;
  while (i < line.size() && i < first + 2 && line[i] >= '0' && line[i] <= '9') ++i;
  return i > first && i + 1 < line.size() && (line[i] == '.' || line[i] == ')') && line[i + 1] == ' ';
}

size_t FirstWordColumns(std::string_view text, const Line& line) {
  size_t columns = 0;
  for (size_t i = line.begin; i < line.end && !IsBlank(text[i]); ++i) columns += (text[i] & 0xC0) != 0x80;
  return columns;
}

bool EndsSentence(std::string_view text) {
  for (std::string_view quote : {"\"", "'", ")", "\u201D", "\u2019"}) {
    if (text.ends_with(quote)) text.remove_suffix(quote.size());
  }
  for (std::string_view mark : {".", "!", "?", ":", "\u2026"}) {
    if (text.ends_with(mark)) return true;
  }
  return text.ends_with(",") || text.ends_with(";");
}

bool StartsLower(std::string_view text, const Line& line) {
  const char c = text[line.begin];
  return c >= 'a' && c <= 'z';
}

// Whether the line end between two non-empty lines separates blocks.
bool BreaksBlock(std::string_view text, const Line& line, const Line& next, size_t wrap) {
  if (StartsListItem(text.substr(next.begin, next.end - next.begin))) return true;
  if (wrap == 0) {
    const bool runs_on =
        !EndsSentence(text.substr(line.begin, line.end - line.begin)) && StartsLower(text, next);
    return !runs_on;
  }
  const bool is_full = line.columns + 1 + FirstWordColumns(text, next) > wrap;
  return !is_full && !(line.columns * 4 > wrap * 3 && StartsLower(text, next));
}

size_t CountWords(std::string_view text) {
  size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = IsBlank(c) || c == '\n';
    words += !blank && !inside;
    inside = !blank;
  }
  return words;
}

// Letters and digits only, ASCII letters lowered: how a headline is compared with the title.
std::string Skeleton(std::string_view text) {
  std::string skeleton;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) >= 0xC3))
      skeleton += c;
    if (c >= 'A' && c <= 'Z') skeleton += static_cast<char>(c - 'A' + 'a');
  }
  return skeleton;
}

bool IsHeadline(std::string_view block, std::string_view title, bool has_more) {
  if (block.size() > kMaxHeadlineBytes || CountWords(block) > kMaxHeadlineWords) return false;
  if (!title.empty()) {
    const std::string own = Skeleton(block), given = Skeleton(title);
    if (own.size() >= 8 && given.starts_with(own)) return true;
    return own == given;
  }
  return has_more && CountWords(block) >= 2 && !EndsSentence(block);
}

void Classify(std::string_view text, std::string_view title, std::vector<Block>* blocks) {
  for (size_t i = 0; i < blocks->size(); ++i) {
    Block& block = (*blocks)[i];
    const std::string_view own = text.substr(block.span.begin, block.span.size());
    const bool has_more = i + 1 < blocks->size();
    if (i == 0 && IsHeadline(own, title, has_more)) {
      block.kind = BlockKind::kHeadline;
    } else if (StartsListItem(own)) {
      block.kind = BlockKind::kListItem;
    } else if (has_more && own.size() <= kMaxHeadlineBytes && !EndsSentence(own) &&
               CountWords(own) <= kMaxSubheadingWords && (*blocks)[i + 1].span.size() > 2 * own.size()) {
      block.kind = BlockKind::kSubheading;
    }
  }
}

}  // namespace

std::vector<Block> SplitBlocks(const std::string& text, const std::string& title) {
  std::vector<Block> blocks;
  if (text.size() > UINT32_MAX) return blocks;  // spans hold 32 bits; readers cap articles far below
  const std::vector<Line> lines = SplitLines(text);
  const size_t wrap = WrapColumn(lines);
  const Line* previous = nullptr;  // the line before, if it belongs to the open block
  for (const Line& line : lines) {
    if (line.empty()) {
      previous = nullptr;
      continue;
    }
    if (previous != nullptr && !BreaksBlock(text, *previous, line, wrap)) {
      blocks.back().span.end = static_cast<uint32_t>(line.end);
    } else {
      blocks.push_back(
          {{static_cast<uint32_t>(line.begin), static_cast<uint32_t>(line.end)}, BlockKind::kParagraph});
    }
    previous = &line;
  }
  Classify(text, title, &blocks);
  return blocks;
}

}  // namespace whowhom::extract
