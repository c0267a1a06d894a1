// Raw blocks -> the article as it is stored.
#pragma once

#include "read/lexicon.h"
#include "read/raw_article.h"
#include "whowhom/extract/reader.h"

namespace whowhom::extract::read {

// Drops page furniture, finds headline, byline and date, and joins what is left: headline first, paragraphs
// separated by one blank line. Never fails; an article of which nothing is left has an empty text.
// explain: report what was dropped. Cost: linear in the text (echo search is bounded per line).
ReadArticle CleanArticle(const Lexicon& lexicon, RawArticle raw, bool explain);

}  // namespace whowhom::extract::read
