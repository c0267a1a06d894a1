// What a file holds, by its first bytes; the name only breaks ties.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "read/lexicon.h"

namespace whowhom::extract::read {

enum class FileKind : uint8_t { kText, kHtml, kJson, kJsonLines, kFeed, kTable, kArchive, kBinary, kEmpty };

struct KindGuess {
  FileKind kind = FileKind::kText;
  char delimiter = 0;  // of a table
  std::string detail;  // of kBinary: what it seems to be
};

// Bytes that are looked at.
inline constexpr size_t kSniffBytes = size_t{1} << 16;

// head: the first kSniffBytes bytes. name: path, for its extension. Cost: linear in head.
KindGuess GuessKind(const Lexicon& lexicon, std::string_view head, std::string_view name);

}  // namespace whowhom::extract::read
