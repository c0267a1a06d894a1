// The headline, and what stands between the top of the page and the first paragraph.
#include <algorithm>
#include <unordered_set>

#include "read/dates.h"
#include "read/page.h"
#include "read/strings.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

constexpr size_t kMaxTitleWords = 32;

// The parts of a path of page names ("Home / World / Headline"); fewer than two if it is none.
std::vector<std::string_view> BreadcrumbParts(std::string_view text) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    size_t length = 0;
    const bool spaced = IsBlank(text[i - 1]);
    if ((text[i] == '/' || text[i] == '>' || text[i] == '|') && spaced) length = 1;
    const std::string_view three = text.substr(i, 3);
    if (three == "\xE2\x80\xBA" || three == "\xE2\x86\x92" || three == "\xE2\x96\xB8") length = 3;
    if (text.substr(i, 2) == "\xC2\xBB") length = 2;
    if (length == 0 || i + length >= text.size()) continue;
    parts.push_back(Trim(text.substr(begin, i - begin)));
    begin = i + length;
  }
  parts.push_back(Trim(text.substr(begin)));
  return parts;
}

bool IsBreadcrumb(const Line& line, std::string_view title) {
  const std::vector<std::string_view> parts = BreadcrumbParts(line.text());
  if (parts.size() < 2 || line.features.ends_sentence) return false;
  if (parts.size() >= 3) return true;
  return EqualsNoCase(parts[0], "home") || (!title.empty() && FoldForCompare(parts.back()) == title);
}

// The content words of the first paragraphs of the body.
std::unordered_set<uint64_t> BodyWords(const Page& page) {
  std::unordered_set<uint64_t> words;
  size_t paragraphs = 0;
  for (const Line& line : page.lines) {
    if (!line.IsBody()) continue;
    for (const uint64_t word : ContentWords(std::string_view(line.folded).substr(0, 3000)))
      words.insert(word);
    if (++paragraphs == 6) break;
  }
  return words;
}

bool IsName(std::string_view text) {
  const std::vector<std::string_view> words = SplitWords(text);
  return std::all_of(words.begin(), words.end(), [](std::string_view word) { return IsAsciiUpper(word[0]); });
}

// Whether a line of five words or more stands close above.
bool HasLongerLineAbove(const Page& page, size_t index) {
  constexpr size_t kReach = 3;
  for (size_t i = index; i > 0 && index - i < kReach; --i) {
    if (page.lines[i - 1].features.words >= 5) return true;
  }
  return false;
}

// How much a line before the body looks like its headline; below zero it is none.
double HeadlineScore(const Page& page, size_t index, const std::unordered_set<uint64_t>& body) {
  const Line& line = page.lines[index];
  if (!line.kept() || line.IsList() || line.features.words < 2 || line.features.words > kMaxTitleWords)
    return -1;
  if (line.features.letters < 6 || IsBreadcrumb(line, {})) return -1;
  // "[Photo] ...", "(Ana Souza / The Courier)": remarks about a picture.
  if (line.text().front() == '(' || line.text().front() == '[') return -1;
  if (Lexicon::Find(page.lexicon.lines, line.folded) != nullptr) return -1;
  const std::vector<uint64_t> words = ContentWords(line.folded);
  size_t shared = 0;
  for (const uint64_t word : words) shared += body.count(word);
  double score = words.empty() ? 0 : 3.0 * static_cast<double>(shared) / static_cast<double>(words.size());
  if (line.features.words >= 5 && line.features.words <= 20) score += 1;
  if (line.features.words < 4) score -= 1.5;
  if (line.text().back() == '.') score -= 2;
  if (line.block.kind == RawKind::kHeading) score += 1;
  if (line.block.link_share > 0.5F) score -= 1;
  // A byline or date follows the headline.
  if (line.features.words >= 4 && index + 1 < page.lines.size()) {
    const std::string& next = page.lines[index + 1].reason;
    if (next == ReasonOf(LabelRole::kAuthor) || next == ReasonOf(LabelRole::kPublished)) score += 1;
  }
  // A few capitalised words at the very top name the site.
  if (index == 0 && line.features.words <= 5 && IsName(line.text())) score -= 1.5;
  // A name below a longer line is its author's.
  if (line.features.words <= 3 && IsName(line.text()) && HasLongerLineAbove(page, index)) score -= 1.5;
  // A few more capitalised words below a headline name the paper.
  if (index > 0 && line.features.words >= 4 && line.features.words <= 5 && IsName(line.text())) {
    const Line& above = page.lines[index - 1];
    if (above.kept() && above.features.words >= 5 && !above.features.ends_sentence &&
        !IsBreadcrumb(above, {}))
      score -= 2.5;
  }
  bool repeated = false;
  for (size_t i = 0; i < page.lines.size() && i < index + 40; ++i) {
    if (i == index) continue;
    const Line& other = page.lines[i];
    if (other.folded == line.folded) repeated = true;
    if (i < index && other.folded.size() > line.folded.size() && other.folded.ends_with(line.folded) &&
        IsBreadcrumb(other, line.folded)) {
      repeated = true;
    }
  }
  if (repeated && !line.features.ends_sentence) score += 2.5;
  return score;
}

void SetTitle(Page* page, size_t index) {
  Line& title = page->lines[index];
  title.is_title = true;
  title.block.kind = RawKind::kHeading;
  if (page->meta.title.empty()) page->meta.title = title.text();
  for (size_t i = 0; i < page->lines.size(); ++i) {
    if (i != index && page->lines[i].folded == title.folded) Page::Drop(&page->lines[i], "repeated headline");
  }
}

// "Headline - Site" or "Headline | Site" starts with the headline.
bool NamesSameHeadline(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::string_view longer = a.size() > b.size() ? a : b;
  const std::string_view shorter = a.size() > b.size() ? b : a;
  return shorter.size() >= 16 && longer.starts_with(shorter) && longer.size() - shorter.size() < 40;
}

}  // namespace

void ChooseHeadline(Page* page) {
  const size_t body = page->FirstBody();
  if (!page->meta.title.empty()) {
    const std::string known = FoldForCompare(page->meta.title);
    for (size_t i = 0; i < page->lines.size() && i < body + 3; ++i) {
      Line& line = page->lines[i];
      if (line.features.words > 60 || !NamesSameHeadline(line.folded, known)) continue;
      line.reason.clear();
      SetTitle(page, i);
      return;
    }
    Line title;
    title.block.text = page->meta.title;
    title.block.kind = RawKind::kHeading;
    title.folded = known;
    title.features = MeasureLine(page->lexicon, title.block.text);
    page->lines.insert(page->lines.begin(), std::move(title));
    SetTitle(page, 0);
    return;
  }
  const std::unordered_set<uint64_t> words = BodyWords(*page);
  double best = 0;
  size_t choice = page->lines.size();
  for (size_t i = 0; i < body && i < page->lines.size() && i < 60; ++i) {
    const double score = HeadlineScore(*page, i, words);
    if (score > best + 0.01) {
      best = score;
      choice = i;
    }
  }
  // A page of one line has no headline.
  if (choice < page->lines.size() && (body < page->lines.size() || choice + 1 < page->lines.size())) {
    SetTitle(page, choice);
  }
}

// "The Meridian Post": a few capitalised words, the last one such as ends the names of outlets.
bool IsMasthead(const Page& page, const Line& line) {
  constexpr size_t kMaxWords = 5;
  const std::string_view text = line.text();
  if (line.features.words < 2 || line.features.words > kMaxWords) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == ' ';
    const bool is_small = text.substr(i, 3) == "of " || text.substr(i, 4) == "the ";
    if (begins && !is_small && !IsUpper(DecodeUtf8(text, i).value)) return false;
  }
  return page.lexicon.mastheads.contains(ToLower(text.substr(text.rfind(' ') + 1)));
}

void DropHead(Page* page) {
  const size_t body = page->FirstBody();
  size_t title = page->lines.size();
  std::string_view folded;
  for (size_t i = 0; i < page->lines.size(); ++i) {
    if (!page->lines[i].is_title) continue;
    title = i;
    folded = page->lines[i].folded;
    break;
  }
  const size_t end = body < page->lines.size() ? body : title;
  bool beneath_title = false;
  for (size_t i = 0; i < end && i < page->lines.size(); ++i) {
    Line& line = page->lines[i];
    if (line.is_title) {
      beneath_title = true;
      continue;
    }
    if (!line.kept()) {
      beneath_title = false;
      continue;
    }
    if (IsBreadcrumb(line, folded)) {
      Page::Drop(&line, "breadcrumb");
    } else if (page->meta.outlet.empty() && IsMasthead(*page, line)) {
      page->meta.outlet = line.text();
      Page::Drop(&line, "name of the outlet");
    } else if (title < page->lines.size() && i < title) {
      Page::Drop(&line, line.features.words <= 3 ? "section label" : "line above the headline");
    } else if (line.IsList() && line.features.words >= 5 && line.block.link_share < 0.5F) {
      continue;  // summary points
    } else if (line.features.ends_sentence && line.features.words >= 4) {
      continue;  // a short first sentence
    } else if (beneath_title && line.features.words >= 7 && line.block.link_share < 0.5F) {
      beneath_title = false;  // the line beneath the headline
      continue;
    } else if (title < page->lines.size()) {
      Page::Drop(&line, line.features.words <= 3 ? "section label" : "caption");
    }
    beneath_title = false;
  }
}

}  // namespace whowhom::extract::read
