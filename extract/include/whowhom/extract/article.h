// An article after reading and cleaning: the text that every offset refers to, and what is known about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "whowhom/core/date.h"
#include "whowhom/core/record.h"
#include "whowhom/core/span.h"

namespace whowhom::extract {

struct Article {
  std::string path;      // the path, or the id given in article JSON
  std::string given_id;  // empty unless article JSON gave one
  std::string title;
  std::string
      text;  // cleaned: UTF-8 NFC; paragraphs separated by one blank line. A headline, where the source
             // had one in its text or markup, is the first paragraph; article JSON's `text` is kept as given
  std::string url;
  std::string outlet;
  std::string author;
  std::string language = "en";
  std::optional<Day> date;
  std::string date_source;  // "option", "metadata", "byline", "url", "dateline" or "" when there is no date
};

enum class BlockKind : uint8_t { kHeadline, kSubheading, kParagraph, kListItem };

// A paragraph of the cleaned text.
struct Block {
  ByteSpan span;
  BlockKind kind = BlockKind::kParagraph;
};

// Splits cleaned text into blocks at blank lines (single line ends too where lines are whole paragraphs). A
// pure function of text and title, so that stored texts can be re-extracted. Cost: linear.
std::vector<Block> SplitBlocks(const std::string& text, const std::string& title);

}  // namespace whowhom::extract
