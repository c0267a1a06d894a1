// Boxes around and within the article, its end, echoes and the dateline.
#include <algorithm>

#include "read/byline.h"
#include "read/dates.h"
#include "read/page.h"
#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

// The first words of a line as a phrase of reader_lines.tsv of two or three words; for invitations to the
// reader.
const LineKind* LeadingPhrase(const Lexicon& lexicon, std::string_view folded) {
  size_t end = 0;
  const LineKind* found = nullptr;
  for (int words = 1; words <= 3; ++words) {
    end = folded.find(' ', end + 1);
    const LineKind* kind = words > 1 ? Lexicon::Find(lexicon.lines, folded.substr(0, end)) : nullptr;
    if (kind != nullptr) found = kind;
    if (end == std::string_view::npos) break;
  }
  return found;
}

// A count before or behind a phrase ("Comments (12)", "3 Comments") does not change what it is.
std::string WithoutNumbers(std::string_view folded) {
  std::string out;
  for (const std::string_view word : SplitWords(folded)) {
    if (IsAsciiDigit(word[0])) continue;
    if (!out.empty()) out.push_back(' ');
    out.append(word);
  }
  return out;
}

const LineKind* WholeLineKind(const Lexicon& lexicon, const Line& line) {
  if (line.features.words > 5) return nullptr;
  const LineKind* kind = Lexicon::Find(lexicon.lines, line.folded);
  if (kind == nullptr) kind = Lexicon::Find(lexicon.lines, WithoutNumbers(line.folded));
  if (kind != nullptr) return kind;
  // "You may also like": a phrase with one word put in.
  const std::vector<std::string_view> words = SplitWords(line.folded);
  for (size_t out = 1; words.size() == 4 && out + 1 < words.size(); ++out) {
    std::string shorter;
    for (size_t i = 0; i < words.size(); ++i) {
      if (i != out) shorter += (shorter.empty() ? "" : " ") + std::string(words[i]);
    }
    kind = Lexicon::Find(lexicon.lines, shorter);
    if (kind != nullptr && *kind == LineKind::kRelated && !line.features.ends_sentence) return kind;
  }
  return nullptr;
}

// "More from The Courier": a phrase and a name.
const LineKind* RelatedHeading(const Lexicon& lexicon, const Line& line) {
  if (line.features.words > 7 || line.features.ends_sentence || line.features.has_quote) return nullptr;
  const LineKind* kind = LeadingPhrase(lexicon, line.folded);
  return kind != nullptr && *kind == LineKind::kRelated ? kind : nullptr;
}

// True if the words of boxes fill the line so that it is no sentence of an article.
bool IsBox(const LineFeatures& f, bool in_tail) {
  if (f.words == 0 || f.words > 60 || f.box_words == 0) return false;
  const double share = static_cast<double>(f.box_words) / static_cast<double>(f.words);
  if (f.has_quote && !in_tail) return false;
  if (!f.ends_sentence && f.box_words >= 2 && share >= 0.34) return true;
  if (f.addresses_reader && !f.has_quote && f.box_words >= 2 && share >= (in_tail ? 0.12 : 0.18)) return true;
  if (in_tail && f.box_words >= 2 && f.words <= 20 && share >= 0.4) return true;
  return in_tail && !f.ends_sentence && share >= 0.25 && f.words <= 12;
}

// Drops what hangs below a "related" heading: links and headlines without a full stop, and cut-off teasers.
void DropTeasersBelow(Page* page, size_t index) {
  for (size_t i = index + 1; i < page->lines.size(); ++i) {
    Line& line = page->lines[i];
    if (!line.kept()) continue;
    if (const LineKind* kind = WholeLineKind(page->lexicon, line);
        kind != nullptr && *kind == LineKind::kComments)
      return;
    const bool teaser =
        line.features.ends_ellipsis || line.block.link_share > 0.5F ||
        (!line.features.ends_sentence && line.features.words <= 25 && line.block.kind != RawKind::kHeading) ||
        (line.IsList() && line.features.words <= 25);
    if (!teaser) return;
    Page::Drop(&line, "related links");
  }
}

// Words of body before each line, so that many markers cost no more than one.
class BodyCounts {
 public:
  explicit BodyCounts(const Page& page) : before_(page.lines.size() + 1, 0) {
    for (size_t i = 0; i < page.lines.size(); ++i) {
      before_[i + 1] = before_[i] + (page.lines[i].IsBody() ? page.lines[i].features.words : 0);
    }
  }
  size_t Before(size_t index) const { return before_[index]; }
  size_t Behind(size_t index) const { return before_.back() - before_[index + 1]; }

 private:
  std::vector<size_t> before_;
};

// Everything from `index` on is dropped.
void CutFrom(Page* page, size_t index, std::string_view reason) {
  for (size_t i = index; i < page->lines.size(); ++i) Page::Drop(&page->lines[i], reason);
}

// True if a marker at `index` ends the article: enough of it stands before, little behind.
bool EndsArticle(const BodyCounts& counts, size_t index, LineKind kind) {
  const size_t before = counts.Before(index);
  const size_t behind = counts.Behind(index);
  if (kind == LineKind::kComments) return before >= 40 || before > behind;
  if (kind == LineKind::kRelated || kind == LineKind::kAbout) return before >= 60 && behind * 3 <= before;
  return before >= 60 && behind * 12 <= before;
}

bool IsAuthorBox(const Page& page, const Line& line, bool is_last) {
  if (line.features.words > 90) return false;
  const std::string_view text = line.text();
  const size_t name = LeadingNameLength(text);
  if (name == 0) return false;
  // Nobody begins a paragraph of an article with the author's own full name.
  if (EqualsNoCase(page.meta.author, text.substr(0, name)) && text.size() > name && !line.features.has_quote)
    return true;
  if (!line.features.has_role) return false;
  const std::string_view rest = Trim(text.substr(name));
  const bool describes = rest.starts_with("is ") || rest.starts_with("covers ") ||
                         rest.starts_with("writes ") || rest.starts_with("reports ") ||
                         rest.starts_with(", ");
  if (!describes || line.features.has_quote) return false;
  const std::string_view person = text.substr(0, name);
  if (!page.meta.author.empty() && FindNoCase(page.meta.author, LowerAscii(person)) != std::string::npos)
    return true;
  const std::string folded = FoldForCompare(person);
  for (const Line& other : page.lines) {
    if (other.folded == folded) return true;  // the name stands alone, as a heading of the box
  }
  if (!is_last) return false;
  // Someone the article speaks about is not its author.
  for (const Line& other : page.lines) {
    if (&other != &line && other.IsBody() && other.text().find(person) != std::string::npos) return false;
  }
  return true;
}

// The outlet in "... is a reporter at Some News": the capitalised words at the end.
std::string OutletOfAuthorBox(std::string_view text) {
  const size_t full_stop = text.find(". ");
  text = Trim(text.substr(0, full_stop));
  while (!text.empty() && text.back() == '.') text.remove_suffix(1);
  size_t begin = std::string_view::npos;
  for (const std::string_view marker : {" at ", " for ", " with "}) {
    const size_t pos = text.rfind(marker);
    if (pos != std::string_view::npos && (begin == std::string_view::npos || pos + marker.size() > begin)) {
      begin = pos + marker.size();
    }
  }
  if (begin == std::string_view::npos) return {};
  const std::string_view name = text.substr(begin);
  for (const std::string_view word : SplitWords(name)) {
    if (!IsAsciiUpper(word[0]) && word != "of" && word != "the") return {};
  }
  return CountWords(name) <= 5 ? std::string(name) : std::string();
}

// "A version of this article appeared ...", "(With inputs from agencies)", "Disclaimer: ...".
bool IsClosingNote(const Lexicon& lexicon, const Line& line) {
  if (line.features.words > 80 || line.features.has_quote) return false;
  const LineKind* lead = LeadingPhrase(lexicon, line.folded);
  if (lead != nullptr && *lead == LineKind::kNote) return true;
  const std::optional<LabelMatch> label = MatchLabel(lexicon, line.text());
  return label && label->role == LabelRole::kNote;
}

// "Staff writer Ana Souza can be reached at newsdesk@paper.example": how to reach the author or the paper.
bool IsContactNote(const Line& line) {
  if (line.features.words > 40 || line.features.has_quote) return false;
  for (const std::string_view word : SplitWords(line.text())) {
    const size_t at = word.find('@');
    if (at == 0 || at == std::string_view::npos) continue;
    const size_t point = word.find('.', at);
    if (point != std::string_view::npos && point > at + 1 && point + 1 < word.size()) return true;
  }
  return false;
}

bool DropAuthorBox(Page* page) {
  size_t seen = 0;
  for (size_t i = page->lines.size(); i-- > 0 && seen < 3;) {
    Line& line = page->lines[i];
    if (!line.kept() || line.is_title) continue;
    ++seen;
    if (!IsAuthorBox(*page, line, seen == 1)) continue;
    const std::string name = line.text().substr(0, LeadingNameLength(line.text()));
    if (page->meta.author.empty()) page->meta.author = name;
    if (page->meta.outlet.empty()) page->meta.outlet = OutletOfAuthorBox(line.text());
    Page::Drop(&line, "author box");
    const std::string folded = FoldForCompare(name);
    for (Line& other : page->lines) {
      if (other.kept() && other.folded == folded) Page::Drop(&other, "author box");
    }
    return true;
  }
  return false;
}

// True if a longer paragraph near by holds the whole line word for word. A whole sentence that is no quote
// may be the article's own, told again in other company later: it stays.
bool RepeatsSentence(const Page& page, size_t index) {
  constexpr size_t kReach = 20;  // paragraphs either side
  const Line& line = page.lines[index];
  const bool candidate = line.kept() && !line.is_title && !line.IsList() && line.features.words >= 5 &&
                         line.features.words <= 40 && line.block.kind != RawKind::kHeading;
  const bool is_sentence =
      line.features.ends_sentence && !line.features.has_quote && line.block.kind == RawKind::kParagraph;
  if (!candidate || is_sentence) return false;
  const size_t end = std::min(page.lines.size(), index + kReach + 1);
  for (size_t j = index > kReach ? index - kReach : 0; j < end; ++j) {
    const Line& other = page.lines[j];
    if (j == index || !other.IsBody() || other.folded.size() <= line.folded.size()) continue;
    const size_t at = other.folded.find(line.folded);
    if (at == std::string::npos) continue;
    const bool begins = at == 0 || other.folded[at - 1] == ' ';
    const size_t behind = at + line.folded.size();
    if (begins && (behind == other.folded.size() || other.folded[behind] == ' ')) return true;
  }
  return false;
}

}  // namespace

void DropBoxes(Page* page) {
  const BodyCounts counts(*page);
  for (size_t i = 0; i < page->lines.size(); ++i) {
    Line& line = page->lines[i];
    if (!line.kept() || line.is_title) continue;
    const LineKind* kind = WholeLineKind(page->lexicon, line);
    if (kind == nullptr) kind = RelatedHeading(page->lexicon, line);
    if (kind != nullptr) {
      if (EndsArticle(counts, i, *kind)) {
        CutFrom(page, i, ReasonOf(*kind));
        return;
      }
      Page::Drop(&line, ReasonOf(*kind));
      if (*kind == LineKind::kRelated) DropTeasersBelow(page, i);
      continue;
    }
    const LineKind* lead = line.features.words <= 16 && !line.features.has_quote
                               ? LeadingPhrase(page->lexicon, line.folded)
                               : nullptr;
    if (lead != nullptr &&
        (*lead == LineKind::kComments || *lead == LineKind::kShare || *lead == LineKind::kPromo ||
         (*lead == LineKind::kMore && !line.features.ends_sentence))) {
      Page::Drop(&line, ReasonOf(*lead));
      continue;
    }
    if (IsBox(line.features, false)) Page::Drop(&line, ReasonOf(line.features.box_kind));
    if (line.kept() && line.block.link_share > 0.85F && line.features.words <= 25 &&
        !line.features.ends_sentence) {
      Page::Drop(&line, "link");
    }
  }
}

void DropTail(Page* page) {
  const bool had_box = DropAuthorBox(page);
  const size_t first = page->FirstBody();
  for (size_t i = page->lines.size(); i-- > first;) {
    Line& line = page->lines[i];
    if (!line.kept()) continue;
    if (line.is_title) break;
    const LineFeatures& f = line.features;
    if (IsBox(f, true)) {
      Page::Drop(&line, ReasonOf(f.box_kind));
    } else if (IsClosingNote(page->lexicon, line)) {
      Page::Drop(&line, "page note");
    } else if (IsContactNote(line)) {
      Page::Drop(&line, "contact note");
    } else if (f.ends_ellipsis && f.words >= 8 && line.block.gap_before) {
      break;
    } else if (!f.IsProse() && !f.ends_sentence && !(line.IsList() && f.words >= 4) &&
               line.block.kind != RawKind::kQuote && f.words < 12) {
      Page::Drop(&line, "line behind the article");
    } else {
      break;
    }
  }
  if (!had_box) DropAuthorBox(page);
}

void DropEchoes(Page* page) {
  constexpr size_t kReach = 4;     // paragraphs either side
  constexpr size_t kMinWords = 5;  // content words
  static constexpr size_t kMaxOthers = 250;
  constexpr double kShare = 0.8;
  std::vector<std::vector<uint64_t>> content(page->lines.size());  // filled when looked at
  const auto words_of = [page, &content](size_t i) -> const std::vector<uint64_t>& {
    if (content[i].empty()) {
      content[i] = ContentWords(page->lines[i].folded);
      content[i].resize(std::min(content[i].size(), kMaxOthers));
    }
    return content[i];
  };
  for (size_t i = 0; i < page->lines.size(); ++i) {
    Line& line = page->lines[i];
    const LineFeatures& f = line.features;
    const bool candidate =
        line.IsBody() && !line.IsList() && f.words <= 26 && line.block.kind == RawKind::kParagraph;
    if (RepeatsSentence(*page, i)) {
      Page::Drop(&line, "pull quote that repeats a sentence");
      continue;
    }
    // Any other whole sentence is somebody's statement: it stays.
    if (!candidate || f.ends_sentence || words_of(i).size() < kMinWords) continue;
    const size_t begin = i > kReach ? i - kReach : 0;
    for (size_t j = begin; j < page->lines.size() && j <= i + kReach; ++j) {
      const Line& other = page->lines[j];
      if (j == i || !other.IsBody() || other.features.words < f.words + 6) continue;
      if (OrderedShare(words_of(i), words_of(j)) < kShare) continue;
      Page::Drop(&line, "caption that repeats a sentence");
      break;
    }
  }
}

void StripDateline(Page* page) {
  constexpr size_t kMaxStandfirstWords = 40;
  size_t at = page->FirstBody();
  if (at >= page->lines.size()) return;
  std::optional<Dateline> dateline = ParseDateline(page->lexicon, page->lines[at].text());
  if (!dateline && page->lines[at].features.words <= kMaxStandfirstWords) {
    // Behind the line beneath the headline.
    do ++at;
    while (at < page->lines.size() && !page->lines[at].IsBody());
    if (at < page->lines.size()) dateline = ParseDateline(page->lexicon, page->lines[at].text());
  }
  if (!dateline) return;
  Line& line = page->lines[at];
  RawArticle& meta = page->meta;
  if (!dateline->date.empty() && !meta.date) {
    const std::optional<FoundDate> found = FindDate(page->lexicon, dateline->date);
    if (found && found->day) {
      meta.date = found->day;
      meta.date_source = "dateline";
    }
  }
  if (meta.outlet.empty() && !dateline->agency.empty()) meta.outlet = dateline->agency;
  meta.dropped.push_back({line.text().substr(0, dateline->length), "dateline"});
  line.block.text.erase(0, dateline->length);
}

}  // namespace whowhom::extract::read
