// What can be seen on one line or paragraph without understanding it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "read/lexicon.h"

namespace whowhom::extract::read {

struct LineFeatures {
  size_t words = 0;
  size_t letters = 0;          // ASCII letters and bytes of other scripts
  bool ends_sentence = false;  // . ! ? or a closing quote or bracket behind one
  bool ends_ellipsis = false;  // "..." or its sign
  bool has_quote = false;
  bool addresses_reader = false;        // "you", "your", "our", "us", "we"
  size_t box_words = 0;                 // words of boxes around articles (reader_words.tsv)
  WordKind box_kind = WordKind::kForm;  // the kind most of them have
  size_t box_kinds = 0;                 // different kinds
  bool has_role = false;                // "reporter", "editor" ... among the first twenty words
  // A sentence or paragraph, not a label: ends as one, or is long.
  bool IsProse() const { return (ends_sentence && words >= 8) || words >= 30; }
};

LineFeatures MeasureLine(const Lexicon& lexicon, std::string_view line);

// The leading name of a line: two to five capitalised words ("Ana de Souza"); length in bytes, 0 if there is
// none.
size_t LeadingNameLength(std::string_view line);

// Hashes of the words of four bytes or more of a folded text, in order: what echoes are recognised by.
std::vector<uint64_t> ContentWords(std::string_view folded);

// The share of `words` that occurs in `others` in the same order (longest common subsequence), 0..1.
// Cost: words * others, so callers bound both.
double OrderedShare(const std::vector<uint64_t>& words, const std::vector<uint64_t>& others);

}  // namespace whowhom::extract::read
