#include "read/cleaner.h"

#include "read/dates.h"
#include "read/page.h"
#include "read/plain_text.h"
#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

void Append(std::string* text, std::string_view paragraph) {
  if (paragraph.empty()) return;
  if (!text->empty()) text->append("\n\n");
  text->append(paragraph);
}

void Assemble(Page* page, bool explain, ReadArticle* out) {
  Article& article = out->article;
  for (const Line& line : page->lines) {
    if (line.is_title) Append(&article.text, line.text());
  }
  for (Line& line : page->lines) {
    if (line.is_title) continue;
    if (!line.kept()) {
      if (explain) out->dropped.push_back({line.text(), line.reason});
    } else if (line.IsList() && ListMarkerLength(line.text()) == 0) {
      Append(&article.text, "\xE2\x80\xA2 " + line.text());
    } else {
      Append(&article.text, line.text());
    }
  }
}

}  // namespace

ReadArticle CleanArticle(const Lexicon& lexicon, RawArticle raw, bool explain) {
  Page page{lexicon, std::move(raw), {}};
  page.lines.reserve(page.meta.blocks.size() + 1);
  for (RawBlock& block : page.meta.blocks) {
    if (block.text.empty()) continue;
    Line line;
    line.folded = FoldForCompare(block.text);
    line.features = MeasureLine(lexicon, block.text);
    line.block = std::move(block);
    page.lines.push_back(std::move(line));
  }
  page.meta.blocks.clear();
  DropSymbolsAndCodes(&page);
  ReadPageLines(&page);
  if (!page.meta.date && !page.meta.url.empty()) {
    page.meta.date = DateFromUrl(lexicon, page.meta.url);
    if (page.meta.date) page.meta.date_source = "url";
  }
  DropRepeats(&page);
  DropBoxes(&page);
  ChooseHeadline(&page);
  DropHead(&page);
  DropTail(&page);
  DropEchoes(&page);
  StripDateline(&page);

  ReadArticle out;
  Article& article = out.article;
  RawArticle& meta = page.meta;
  article.path = std::move(meta.path);
  article.given_id = std::move(meta.given_id);
  article.title = CollapseBlanks(meta.title);
  article.author = CollapseBlanks(meta.author);
  article.outlet = CollapseBlanks(meta.outlet);
  article.url = std::string(Trim(meta.url));
  article.date = meta.date;
  article.date_source = std::move(meta.date_source);
  if (!meta.language.empty()) article.language = std::move(meta.language);
  if (explain) out.dropped = std::move(meta.dropped);
  out.notes = std::move(meta.notes);
  Assemble(&page, explain, &out);
  return out;
}

}  // namespace whowhom::extract::read
