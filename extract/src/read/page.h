// The lines of one article while they are being cleaned. A line is dropped by giving it a reason.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "read/lexicon.h"
#include "read/line_features.h"
#include "read/raw_article.h"

namespace whowhom::extract::read {

struct Line {
  RawBlock block;
  std::string folded;
  LineFeatures features;
  std::string reason;  // why it was dropped; empty = kept
  bool is_title = false;

  const std::string& text() const { return block.text; }
  bool kept() const { return reason.empty(); }
  bool IsList() const { return block.kind == RawKind::kListItem; }
  // Prose that counts as the article's body.
  bool IsBody() const { return kept() && !is_title && features.IsProse() && block.link_share < 0.6F; }
};

struct Page {
  const Lexicon& lexicon;
  RawArticle meta;  // its blocks have moved to `lines`
  std::vector<Line> lines;

  static void Drop(Line* line, std::string_view reason) {
    if (line->reason.empty() && !line->is_title) line->reason = reason;
  }
  // The first line that is body, or lines.size().
  size_t FirstBody() const;
};

// Steps in the order in which CleanArticle applies them; each only drops lines or fills page.meta.
void DropSymbolsAndCodes(Page* page);  // ad short-codes, lines without letters, runs of single letters
void ReadPageLines(Page* page);        // bylines, dates, sources, credits: their facts go to meta
void DropRepeats(Page* page);          // captions printed twice, paragraphs printed twice, truncated teasers
void ChooseHeadline(Page* page);       // marks the title line, or sets it from meta
void DropBoxes(Page* page);            // comment forms, share bars, sign-up boxes, related links, ads
void DropHead(Page* page);             // breadcrumbs, labels, captions before the first paragraph
void DropTail(Page* page);             // everything behind the article
void DropEchoes(Page* page);           // captions and pull quotes that repeat a sentence of the body
void StripDateline(Page* page);        // "TEHRAN — " at the start of the first paragraph

}  // namespace whowhom::extract::read
