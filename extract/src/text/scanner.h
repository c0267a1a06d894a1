// Text of one block -> surface tokens, with the cuts of multiword tokens. Style of UD English 2.16: hyphens
// between words are tokens ("al - Ani"), prefixes keep theirs ("non-stop"), contractions are multiword tokens
// ("do|n't").
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "text/chars.h"
#include "text/lexicon.h"

namespace whowhom::extract::text {

// What a token is, as far as sentence ends need to know.
enum class TokenKind : uint8_t {
  kWord,
  kNumber,
  kAbbreviation,
  kInitial,
  kPunct,
  kAddress,
  kEmoticon,
  kSymbol
};

// A run of text without blanks that is one token of the surface.
struct SurfaceToken {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t cut = 0;         // where the second word of a multiword token begins; 0 = a single word
  uint32_t second_cut = 0;  // where the third begins; 0 = none
  TokenKind kind = TokenKind::kWord;
  AbbreviationKind abbreviation = AbbreviationKind::kNone;
  bool space_after = true;
  uint32_t words() const { return cut == 0 ? 1 : (second_cut == 0 ? 2 : 3); }
};

// No token is longer than this; what is written in one piece beyond it is cut (data URIs, other scripts).
inline constexpr uint32_t kMaxTokenBytes = 512;

// Appends the tokens of text[begin, end) in order. Cost: linear in the bytes. `lexicon` must outlive the
// call.
void ScanTokens(std::string_view text, uint32_t begin, uint32_t end, const Lexicon& lexicon,
                std::vector<SurfaceToken>* tokens);

}  // namespace whowhom::extract::text
