// The readers of the single formats. Each streams what it can and reports what it cannot read; none ever
// throws.
#pragma once

#include <string>
#include <string_view>

#include "read/context.h"
#include "read/source.h"

namespace whowhom::extract::read {

// Pages larger than this are cut (the rest is reported): scripts and menus take more room than text.
inline constexpr size_t kMaxPageBytes = size_t{32} << 20;

// One plain-text article. bytes: in any encoding.
void ReadTextPage(std::string_view bytes, const std::string& path, ReadContext* context);

// One HTML page: what it says about itself, and its main text.
void ReadHtmlPage(std::string_view bytes, const std::string& path, ReadContext* context);

// The blocks of a piece of HTML that holds an article and nothing else (feeds, JSON), added to raw->blocks.
// html: valid UTF-8.
void AddHtmlFragment(std::string_view html, const Lexicon& lexicon, RawArticle* raw);

// RSS 0.9 to 2.0, RDF, Atom: one article an item, with its embedded content, else its description.
void ReadFeed(std::string_view bytes, const std::string& path, ReadContext* context);

// Article JSON as a document, streamed: an object, an array, an object that holds the array, or several in a
// row.
void ReadJsonDocument(BufferedSource* source, const std::string& path, ReadContext* context);

// Article JSON, one object a line. A broken line is reported and the next one read.
void ReadJsonLineStream(BufferedSource* source, const std::string& path, ReadContext* context);

// Rows of CSV (RFC 4180) or TSV with a header that names a text column; one article a row, streamed.
void ReadTable(BufferedSource* source, char delimiter, const std::string& path, ReadContext* context);

}  // namespace whowhom::extract::read
