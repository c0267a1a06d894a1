// Plain text -> blocks.
#pragma once

#include <string_view>
#include <vector>

#include "read/raw_article.h"

namespace whowhom::extract::read {

// Splits normalised text into blocks. Paragraphs end at blank lines; a line that is a paragraph of its own
// (text that is not hard-wrapped) is a block too; lines of hard-wrapped paragraphs are joined by a blank.
// Cost: linear.
std::vector<RawBlock> SplitPlainText(std::string_view text);

// True if the lines of this chunk look like one paragraph that was wrapped at a right margin.
bool LooksWrapped(const std::vector<std::string_view>& lines);

// The length of a list marker and the blanks behind it ("• ", "- ", "3. ") at the start of a line; 0 if there
// is none.
size_t ListMarkerLength(std::string_view line);

}  // namespace whowhom::extract::read
