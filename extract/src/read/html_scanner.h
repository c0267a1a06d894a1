// HTML -> tags and text, in one linear pass, whatever the bytes: no tree, no recursion, nothing that grows
// with nesting.
//
// Why not a full parser: gumbo is quadratic on unclosed tags (100 kB take 13 GB), and libxml2's HTML parser
// stops at depth 256 or recurses. Articles need the text, the block structure and a few attributes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "read/lexicon.h"

namespace whowhom::extract::read {

enum class HtmlToken : uint8_t { kText, kOpen, kClose, kEnd };

// Thread-compatible. Views point into the page.
class HtmlScanner {
 public:
  explicit HtmlScanner(std::string_view html) : html_(html) {}

  HtmlToken Next();
  // Of kText: raw text, entities not decoded (CDATA is given as it is).
  std::string_view text() const { return text_; }
  // Of kOpen and kClose: lower case, without attributes.
  const std::string& name() const { return name_; }
  // Of kOpen: the raw bytes between name and '>'.
  std::string_view attributes() const { return attributes_; }

  // After kOpen of a raw element (script, style, title): its content up to the closing tag, which is
  // consumed. Empty if it is never closed; then scanning goes on behind the opening tag, except in scripts
  // and styles, which end the page.
  std::string_view TakeRaw();

 private:
  bool ReadTag();
  void SkipMarkup();
  size_t TagEnd(size_t from) const;

  std::string_view html_;
  size_t pos_ = 0;
  std::string_view text_;
  std::string name_;
  std::string_view attributes_;
  std::string
      unclosed_;  // raw elements known to have no closing tag, "|title|noscript|": looked for only once
};

// The value of an attribute, raw; empty if absent. `name` is lower case.
std::string_view FindAttribute(std::string_view attributes, std::string_view name);

// Decodes entities and appends.
void AppendDecoded(const Lexicon& lexicon, std::string_view raw, std::string* out);
std::string DecodeEntities(const Lexicon& lexicon, std::string_view raw);

}  // namespace whowhom::extract::read
