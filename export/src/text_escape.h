// Escaping of article text for each kind of file. Input may be anything; output is always valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace whowhom::exports {

// For XML 1.0 text and double-quoted attributes: characters that XML forbids and bidi controls are dropped.
std::string EscapeXml(std::string_view text);
void AppendXml(std::string_view text, std::string* out);

// One CSV cell, quoted where needed and safe to open in a spreadsheet.
std::string EscapeCsv(std::string_view text);
void AppendCsv(std::string_view text, std::string* out);

// A double-quoted DOT string: backslashes doubled, at most `max_bytes` before the quotes, cut at a character.
std::string QuoteDot(std::string_view text, size_t max_bytes = 8192);

// The URL if it is http or https and holds nothing that leaves an attribute; else empty.
std::string SafeUrl(std::string_view url);

// Valid UTF-8 without control and bidi characters; line ends and tabs stay.
std::string CleanText(std::string_view text);

// The same on one line: line ends become blanks.
std::string PlainText(std::string_view text);

// Cuts at a character so that at most `max_bytes` remain.
std::string_view CutUtf8(std::string_view text, size_t max_bytes);

}  // namespace whowhom::exports
