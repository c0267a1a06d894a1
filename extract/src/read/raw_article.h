// What a format reader hands to the cleaner: blocks in page order and whatever the page says about itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "whowhom/core/date.h"
#include "whowhom/extract/reader.h"

namespace whowhom::extract::read {

enum class RawKind : uint8_t { kParagraph, kHeading, kListItem, kQuote };

struct RawBlock {
  std::string text;  // normalised, one line
  RawKind kind = RawKind::kParagraph;
  float link_share = 0;    // part of the characters that are links, 0..1
  bool gap_before = true;  // a blank line or a block border stood before it
};

struct RawArticle {
  std::string path;
  std::string given_id;
  std::string title;
  std::string author;
  std::string outlet;
  std::string url;
  std::string language;
  std::optional<Day> date;
  std::string date_source;
  std::vector<RawBlock> blocks;
  std::vector<DroppedBlock> dropped;
  std::vector<std::string> notes;
};

}  // namespace whowhom::extract::read
