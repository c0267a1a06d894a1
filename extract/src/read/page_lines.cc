// Steps that look at single lines: codes, bylines, dates, credits, repeats.
#include <algorithm>
#include <unordered_map>

#include "read/byline.h"
#include "read/dates.h"
#include "read/page.h"
#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

// "[name_with_underscore key=value]" and "[/name]": what a content system would have replaced.
bool IsShortCode(std::string_view inside) {
  if (inside.empty() || inside.size() > 300) return false;
  if (inside[0] == '/') inside.remove_prefix(1);
  size_t name = 0;
  while (name < inside.size() && (IsAsciiLower(inside[name]) || IsAsciiDigit(inside[name]) ||
                                  inside[name] == '_' || inside[name] == '-')) {
    ++name;
  }
  if (name == 0) return false;
  const std::string_view rest = inside.substr(name);
  const bool marked = inside.substr(0, name).find('_') != std::string_view::npos;
  if (rest.empty()) return marked;
  return IsBlank(rest[0]) && rest.find('=') != std::string_view::npos;
}

// Removes short-codes from a line; true if there were any.
bool StripShortCodes(std::string* text) {
  std::string out;
  bool found = false;
  for (size_t i = 0; i < text->size();) {
    if ((*text)[i] == '[') {
      const size_t close = text->find(']', i);
      if (close == std::string::npos) {
        out.append(*text, i);
        break;
      }
      if (IsShortCode(std::string_view(*text).substr(i + 1, close - i - 1))) {
        found = true;
        i = close + 1;
        continue;
      }
    }
    out.push_back((*text)[i++]);
  }
  if (found) *text = CollapseBlanks(out);
  return found;
}

void TakeDate(Page* page, std::string_view text, std::string_view source) {
  const std::optional<FoundDate> found = FindDate(page->lexicon, text);
  if (!found) return;
  if (!found->day) {
    page->meta.notes.push_back("date \"" + std::string(text.substr(found->begin, found->end - found->begin)) +
                               "\": " + found->problem);
    return;
  }
  if (page->meta.date) return;
  page->meta.date = found->day;
  page->meta.date_source = source;
}

// A photo credit that ends a line: "(Photo: X)", "(AP Photo/X)", "/ Agency" behind a caption.
bool EndsWithCredit(const Lexicon& lexicon, std::string_view line) {
  line = Trim(line);
  // "... | Photo Credit: X"
  if (const size_t bar = line.rfind(" | "); bar != std::string_view::npos && line.size() - bar < 80) {
    const std::optional<LabelMatch> label = MatchLabel(lexicon, line.substr(bar + 3));
    if (label && label->role == LabelRole::kCredit) return true;
  }
  if (!line.empty() && line.back() == '.') line.remove_suffix(1);
  if (line.empty() || (line.back() != ')' && line.back() != ']')) return false;
  const size_t open = line.find_last_of("([");
  if (open == std::string_view::npos || open == 0) return false;
  const std::string_view inside = line.substr(open + 1, line.size() - open - 2);
  if (inside.empty() || inside.size() > 80) return false;
  const std::optional<LabelMatch> label = MatchLabel(lexicon, inside);
  if (label && label->role == LabelRole::kCredit) return true;
  const std::string lower = LowerAscii(inside);
  return FindNoCase(lower, "photo") != std::string::npos || FindNoCase(lower, "getty") != std::string::npos ||
         FindNoCase(lower, "image") != std::string::npos;
}

// "FILE - ", "FILE PHOTO: " before a caption.
bool StartsAsFilePicture(std::string_view line) {
  if (!line.starts_with("FILE")) return false;
  line.remove_prefix(4);
  if (line.starts_with(" PHOTO") || line.starts_with(" IMAGE")) line.remove_prefix(6);
  line = Trim(line);
  return line.starts_with("-") || line.starts_with(":") || line.starts_with("\xE2\x80\x93") ||
         line.starts_with("\xE2\x80\x94");
}

bool IsCopyright(std::string_view line) {
  return line.starts_with("\xC2\xA9") || line.starts_with("(c) ") || line.starts_with("(C) ") ||
         (StartsWithNoCase(line, "copyright ") && line.size() < 300);
}

// "Ana Souza contributed to this report.", and the author's own "... reported from Rome."
bool IsContributorNote(const Page& page, const Line& line) {
  if (line.features.words > 25 || line.features.has_quote) return false;
  const std::string_view text = line.text();
  const size_t name = LeadingNameLength(text);
  if (name == 0) return false;
  if (text.find("contributed to this ") != std::string_view::npos ||
      text.find("contributed reporting") != std::string_view::npos) {
    return true;
  }
  return line.features.words <= 14 && EqualsNoCase(page.meta.author, text.substr(0, name)) &&
         Trim(text.substr(name)).starts_with("reported ");
}

// Facts of a labelled line, and the reason to drop it; empty = it stays.
std::string_view ReadLabelled(Page* page, const Line& line) {
  const std::optional<LabelMatch> label = MatchLabel(page->lexicon, line.text());
  if (!label) return {};
  const std::string_view value = std::string_view(line.text()).substr(label->length);
  const bool is_short = CountWords(value) <= 12 && !line.features.ends_sentence;
  switch (label->role) {
    case LabelRole::kPublished:
    case LabelRole::kUpdated:
      if (!IsDateLine(page->lexicon, value) && !FindDate(page->lexicon, value)) return {};
      if (!is_short && CountWords(value) > 10) return {};
      TakeDate(page, value, "byline");
      return ReasonOf(label->role);
    case LabelRole::kSource:
      if (!is_short && CountWords(value) > 6) return {};
      if (page->meta.outlet.empty() && !value.empty() && CountWords(value) <= 6)
        page->meta.outlet = std::string(value);
      return ReasonOf(label->role);
    case LabelRole::kCredit:
      return CountWords(value) <= 40 ? ReasonOf(label->role) : std::string_view{};
    case LabelRole::kTags:
    case LabelRole::kNote:
      return line.features.ends_sentence && CountWords(value) > 8 ? std::string_view{}
                                                                  : ReasonOf(label->role);
    case LabelRole::kRelated:
      return CountWords(value) <= 30 ? ReasonOf(label->role) : std::string_view{};
    case LabelRole::kAuthor:
      break;
  }
  return {};
}

std::string_view ReadLine(Page* page, const Line& line) {
  const std::string_view text = line.text();
  if (text.size() > 600) return {};
  if (const std::optional<Byline> byline = ParseByline(page->lexicon, text)) {
    if (page->meta.author.empty()) page->meta.author = byline->author;
    TakeDate(page, byline->rest, "byline");
    return "byline";
  }
  if (IsDateLine(page->lexicon, text)) {
    TakeDate(page, text, "byline");
    return "date line";
  }
  if (const std::string_view reason = ReadLabelled(page, line); !reason.empty()) return reason;
  if (EndsWithCredit(page->lexicon, text) && line.features.words <= 60) return "caption";
  if (StartsAsFilePicture(text)) return "caption";
  if (IsCopyright(text)) return "legal note";
  if (IsContributorNote(*page, line)) return "byline";
  // "Rome, 3 May 2021 (Agency)" or "Ana Souza | May 3, 2021 | World": short, with a date, no sentence.
  if (line.features.words <= 14 && !line.features.ends_sentence &&
      text.find_first_of("|") != std::string_view::npos) {
    if (const std::optional<FoundDate> date = FindDate(page->lexicon, text); date && date->day) {
      TakeDate(page, text, "byline");
      const size_t name = LeadingNameLength(text);
      const bool labelled =
          MatchLabel(page->lexicon, text).has_value();  // "By Staff Writer | ..." names nobody
      if (page->meta.author.empty() && !labelled && name > 0 && name < date->begin)
        page->meta.author = std::string(text.substr(0, name));
      return "byline";
    }
  }
  return {};
}

}  // namespace

size_t Page::FirstBody() const {
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].IsBody()) return i;
  }
  return lines.size();
}

void DropSymbolsAndCodes(Page* page) {
  size_t run = 0;  // of very short lines, such as letters that set the size of the print
  const auto close_run = [&](size_t end) {
    for (size_t i = end - run; run >= 3 && i < end; ++i) Page::Drop(&page->lines[i], "page controls");
    run = 0;
  };
  for (size_t i = 0; i < page->lines.size(); ++i) {
    Line& line = page->lines[i];
    std::string stripped;
    if (line.text().find('[') != std::string::npos) stripped = line.text();
    if (StripShortCodes(&stripped)) {
      if (stripped.empty()) {
        Page::Drop(&line, "short-code");
      } else {
        line.block.text = std::move(stripped);
        line.features = MeasureLine(page->lexicon, line.block.text);
        line.folded = FoldForCompare(line.block.text);
      }
    }
    if (line.kept() && line.features.letters == 0 && !IsDateLine(page->lexicon, line.text())) {
      Page::Drop(&line, "symbols only");
    }
    const bool tiny = line.kept() && line.text().size() <= 3 && line.features.words == 1;
    if (!tiny) close_run(i);
    run = tiny ? run + 1 : 0;
  }
  close_run(page->lines.size());
}

void ReadPageLines(Page* page) {
  // Published dates win over updated ones, wherever they stand.
  for (Line& line : page->lines) {
    if (!line.kept()) continue;
    const std::optional<LabelMatch> label = MatchLabel(page->lexicon, line.text());
    if (!label || label->role != LabelRole::kPublished || line.features.words > 16) continue;
    TakeDate(page, std::string_view(line.text()).substr(label->length), "byline");
  }
  for (Line& line : page->lines) {
    if (!line.kept() || line.IsList()) continue;
    const std::string_view reason = ReadLine(page, line);
    if (!reason.empty()) Page::Drop(&line, reason);
  }
}

void DropRepeats(Page* page) {
  constexpr size_t kTeaserHead = 60;  // bytes that must be the same
  constexpr size_t kTeaserMin = 30;
  constexpr size_t kTeaserReach = 8;  // lines
  std::vector<Line>& lines = page->lines;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    Line& line = lines[i];
    Line& next = lines[i + 1];
    if (!line.kept() || line.folded.empty() || line.folded != next.folded) continue;
    // A label printed twice may be the headline; ChooseHeadline decides.
    if (!line.features.ends_sentence && !line.features.IsProse()) continue;
    if (line.features.words <= 60) Page::Drop(&line, "caption printed twice");
    Page::Drop(&next, line.features.words <= 60 ? "caption printed twice" : "repeated paragraph");
  }
  std::unordered_map<std::string_view, size_t> seen;
  for (size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    if (!line.kept() || line.features.words < 8) continue;
    if (!seen.emplace(line.folded, i).second && line.features.IsProse())
      Page::Drop(&line, "repeated paragraph");
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    if (!line.kept() || line.folded.size() < kTeaserMin || line.features.ends_sentence || line.IsList())
      continue;
    // A short one must be the beginning of a line as a whole.
    std::string_view head = line.folded;
    if (line.features.words >= 12) head = head.substr(0, kTeaserHead);
    for (size_t j = i + 1; j < lines.size() && j <= i + kTeaserReach; ++j) {
      if (lines[j].kept() && lines[j].folded.starts_with(head) &&
          (line.features.words >= 12 || lines[j].features.IsProse())) {
        Page::Drop(&line, "truncated teaser");
        break;
      }
    }
  }
}

}  // namespace whowhom::extract::read
