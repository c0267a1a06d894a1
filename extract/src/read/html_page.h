// A page as blocks of text in a shallow tree of block elements.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "read/article_fields.h"
#include "read/lexicon.h"
#include "read/raw_article.h"

namespace whowhom::extract::read {

// A block element. Children come after their parents.
struct HtmlNode {
  uint32_t parent = 0;                  // index; the root is its own parent
  uint32_t link_bytes = 0;              // of the blocks in it, without those of its children
  uint32_t prose_bytes = 0;             // likewise, of paragraphs that are prose
  uint64_t prose_total = 0;             // with those of its children
  const std::string* reason = nullptr;  // why it is furniture, by element or class; null = it may be article
  bool body_hint = false;               // marked as the article's body
  bool article = false;                 // an <article> or <main> element
  bool has_link_heading = false;        // holds a heading that is a link: a teaser
};

struct HtmlBlock {
  RawBlock raw;
  uint32_t node = 0;
  uint8_t level = 0;  // of a heading, 1-6
};

struct HtmlPage {
  std::vector<HtmlNode> nodes;
  std::vector<HtmlBlock> blocks;
  ArticleFields meta;  // what meta tags, JSON-LD, <time> and <link> say
  std::string title_tag;
  std::vector<std::string> structured;  // contents of JSON-LD scripts
};

// html: valid UTF-8. Cost: linear, about 100 MB/s; memory about the size of the text plus 48 bytes an
// element.
HtmlPage ParseHtmlPage(const Lexicon& lexicon, std::string_view html);

// Reads JSON-LD (schema.org NewsArticle and the like) into `meta`; broken JSON is ignored.
void ReadStructuredData(const Lexicon& lexicon, std::string_view json, ArticleFields* meta);

}  // namespace whowhom::extract::read
