#include "text/scanner.h"

#include <algorithm>
#include <cstring>

#include "text/address.h"

namespace whowhom::extract::text {
namespace {

// Deepest look-ahead inside one word; keeps every step constant-time.
constexpr uint32_t kMaxLook = 64;

class Scanner {
 public:
  Scanner(std::string_view text, uint32_t begin, uint32_t end, const Lexicon& lexicon,
          std::vector<SurfaceToken>* tokens)
      : text_(text), begin_(begin), end_(end), lexicon_(lexicon), tokens_(tokens) {}

  void Run() {
    uint32_t at = begin_;
    while (at < end_) {
      const Char c = CharAt(text_, at);
      if (c.kind == CharClass::kBlank || c.kind == CharClass::kIgnored) {
        at += c.length;
        continue;
      }
      const uint32_t next = ScanToken(at, c);
      at = std::max(next, at + 1);
    }
    MarkSpaces();
  }

 private:
  // The character at `at`, a blank beyond the block.
  Char Peek(uint32_t at) const { return at < end_ ? CharAt(text_, at) : Char{' ', 1, CharClass::kBlank}; }
  char Byte(uint32_t at) const { return at < end_ ? text_[at] : '\0'; }
  std::string_view View(uint32_t from, uint32_t to) const { return text_.substr(from, to - from); }
  bool IsBlankAt(uint32_t at) const {
    const CharClass kind = Peek(at).kind;
    return kind == CharClass::kBlank || kind == CharClass::kIgnored;
  }
  bool IsWordAt(uint32_t at) const {
    const CharClass kind = Peek(at).kind;
    return kind == CharClass::kLetter || kind == CharClass::kDigit;
  }
  bool IsLetterAt(uint32_t at) const { return Peek(at).kind == CharClass::kLetter; }
  bool StartsPiece(uint32_t at) const {
    if (at == begin_) return true;
    const unsigned char before = static_cast<unsigned char>(text_[at - 1]);
    if (before >= 0x80) return false;
    const CharClass kind = ClassifyAscii(static_cast<char>(before));
    return kind != CharClass::kLetter && kind != CharClass::kDigit;
  }

  uint32_t Emit(uint32_t from, uint32_t to, TokenKind kind) {
    // Cut what is too long, at character borders.
    while (to - from > kMaxTokenBytes) {
      uint32_t middle = from + kMaxTokenBytes;
      while (middle > from + kMaxTokenBytes - 4 && (static_cast<unsigned char>(text_[middle]) & 0xC0) == 0x80)
        --middle;
      Push(from, middle, kind);
      from = middle;
    }
    Push(from, to, kind);
    return to;
  }
  void Push(uint32_t from, uint32_t to, TokenKind kind) {
    SurfaceToken token;
    token.begin = from;
    token.end = to;
    token.kind = kind;
    tokens_->push_back(token);
  }

  void MarkSpaces() {
    // Only tokens of this block: the caller's vector may hold earlier blocks.
    for (size_t i = tokens_->size(); i-- > 0 && (*tokens_)[i].begin >= begin_;) {
      const uint32_t after = (*tokens_)[i].end;
      (*tokens_)[i].space_after = after >= end_ || Peek(after).kind == CharClass::kBlank;
    }
  }

  uint32_t ScanToken(uint32_t at, const Char& c);
  uint32_t ScanPunctuation(uint32_t at, const Char& c);
  uint32_t ScanRun(uint32_t at, TokenKind kind);
  uint32_t ScanApostrophe(uint32_t at, const Char& c);
  uint32_t ScanSymbol(uint32_t at, const Char& c);
  uint32_t ScanSpecial(uint32_t at);
  uint32_t ScanWord(uint32_t at);
  uint32_t ScanNumber(uint32_t at);
  uint32_t WordEnd(uint32_t at) const;
  uint32_t InitialismEnd(uint32_t at) const;
  uint32_t FinishWord(uint32_t at, uint32_t end);
  uint32_t JoinHyphen(uint32_t at, uint32_t end) const;
  bool CutContraction(SurfaceToken* token) const;
  bool TakesPeriod(uint32_t at, uint32_t end, SurfaceToken* token) const;
  bool AbbreviationHolds(AbbreviationKind kind, uint32_t after) const;
  uint32_t PossessiveEnd(uint32_t end);

  std::string_view text_;
  uint32_t begin_;
  uint32_t end_;
  const Lexicon& lexicon_;
  std::vector<SurfaceToken>* tokens_;
  uint32_t open_quotes_ = 0;  // single quotes opened and not closed in this block
};

uint32_t Scanner::ScanToken(uint32_t at, const Char& c) {
  if (const uint32_t end = ScanSpecial(at); end != at) return end;
  switch (c.kind) {
    case CharClass::kLetter:
      return ScanWord(at);
    case CharClass::kDigit:
      return ScanNumber(at);
    case CharClass::kApostrophe:
      return ScanApostrophe(at, c);
    case CharClass::kSymbol:
      return ScanSymbol(at, c);
    default:
      return ScanPunctuation(at, c);
  }
}

// Addresses, emoticons and listed words, where a piece starts; `at` if there is none.
uint32_t Scanner::ScanSpecial(uint32_t at) {
  if (!StartsPiece(at)) return at;
  if (const uint32_t end = AddressEnd(text_, at, end_, lexicon_); end != at)
    return Emit(at, end, TokenKind::kAddress);
  const char first = text_[at];
  const bool alone = at == begin_ || IsBlankAt(at - 1);
  if (!IsAsciiLetter(first) || first == 'X' || first == 'x' || first == 'D') {
    for (uint32_t size = static_cast<uint32_t>(std::min<size_t>(lexicon_.longest_emoticon, end_ - at));
         size >= 2; --size) {
      const uint32_t end = at + size;
      if (!lexicon_.emoticons.contains(View(at, end))) continue;
      // ":)" may follow a word or a mark; one with letters stands between blanks.
      const bool ends_well = !IsWordAt(end) && (alone || !IsAsciiLetter(text_[end - 1]));
      const bool starts_well = alone || !(first == '(' || IsAsciiDigit(first) || first == '/');
      if (ends_well && starts_well) return Emit(at, end, TokenKind::kEmoticon);
    }
  }
  // Listed words hold something else than letters and are short.
  uint32_t size = 0;
  bool plain = true;
  while (at + size < end_ && size < 10 && static_cast<unsigned char>(text_[at + size]) > ' ') {
    plain = plain && IsAsciiLetter(text_[at + size]);
    ++size;
  }
  if (plain) return at;
  for (; size >= 2; --size) {
    if (lexicon_.words.contains(View(at, at + size)) && !IsWordAt(at + size))
      return Emit(at, at + size, TokenKind::kWord);
  }
  return at;
}

// A run of the same character.
uint32_t Scanner::ScanRun(uint32_t at, TokenKind kind) {
  uint32_t end = at;
  while (end < end_ && text_[end] == text_[at]) ++end;
  return Emit(at, end, kind);
}

uint32_t Scanner::ScanPunctuation(uint32_t at, const Char& c) {
  if (c.value == '.' || c.value == 0x2026) {
    uint32_t end = at;
    while (end < end_ && Peek(end).kind == CharClass::kPeriod) end += Peek(end).length;
    // ".5" is a number
    if (end == at + 1 && IsAsciiDigit(Byte(end)) && (at == begin_ || !IsWordAt(at - 1)))
      return ScanNumber(at);
    return Emit(at, end, TokenKind::kPunct);
  }
  if (c.kind == CharClass::kEnd && c.length == 1) {
    uint32_t end = at;
    while (Byte(end) == '!' || Byte(end) == '?') ++end;
    return Emit(at, end, TokenKind::kPunct);
  }
  if (c.value == '[' && View(at, std::min(at + 5, end_)) == "[...]")
    return Emit(at, at + 5, TokenKind::kPunct);
  // "[w]e": a word whose first letter the writer changed.
  if (c.value == '[' && IsAsciiLetter(Byte(at + 1)) && Byte(at + 2) == ']' && IsLetterAt(at + 3))
    return FinishWord(at, WordEnd(at + 3));
  if (c.kind == CharClass::kHyphen && c.length == 1) return ScanRun(at, TokenKind::kPunct);
  return Emit(at, at + c.length, TokenKind::kPunct);
}

uint32_t Scanner::ScanApostrophe(uint32_t at, const Char& c) {
  const uint32_t after = at + c.length;
  const Char next = Peek(after);
  if (next.value == c.value) {  // two single quotes are one double quote
    return Emit(at, after + next.length, TokenKind::kPunct);
  }
  const bool starts = at == begin_ || IsBlankAt(at - 1) || Peek(at - 1).kind == CharClass::kOpen ||
                      (text_[at - 1] == '"' || text_[at - 1] == '-');
  if (next.kind == CharClass::kLetter && c.value != 0x2018) {
    uint32_t end = after;
    while (end < end_ && end - after < kMaxLook && IsAsciiLetter(text_[end])) ++end;
    const std::string word = "'" + AsciiLower(View(after, end));
    if (!IsWordAt(end)) {
      const bool is_ending = word == "'s" || word == "'re" || word == "'ve" || word == "'ll" || word == "'m";
      if (is_ending && c.value != '`') return Emit(at, end, TokenKind::kWord);
      if (lexicon_.elisions.contains(word) && starts) return Emit(at, end, TokenKind::kWord);
      if (const auto found = lexicon_.contractions.find(word);
          found != lexicon_.contractions.end() && c.length == 1) {
        Emit(at, end, TokenKind::kWord);
        tokens_->back().cut = at + found->second.front();
        return end;
      }
    }
  }
  if (next.kind == CharClass::kDigit && starts && c.value != 0x2018) {
    // '90s, '06
    uint32_t end = after;
    while (IsAsciiDigit(Byte(end)) && end < after + 3) ++end;
    const uint32_t digits = end - after;
    if (Byte(end) == 's' && digits == 2) ++end;
    if (digits == 2 && !IsWordAt(end) && Peek(end).kind != CharClass::kApostrophe)
      return Emit(at, end, TokenKind::kNumber);
  }
  if (starts && !IsBlankAt(after)) {
    ++open_quotes_;
  } else if (open_quotes_ > 0) {
    --open_quotes_;
  }
  return Emit(at, after, TokenKind::kPunct);
}

uint32_t Scanner::ScanSymbol(uint32_t at, const Char& c) {
  if (c.length == 1 && std::strchr("*=_~+<>#|^$%&@", static_cast<char>(c.value)) != nullptr &&
      c.value < 0x80) {
    // "#tag" and "@name" are words; "#1" is not
    if ((c.value == '#' || c.value == '@') && IsLetterAt(at + 1) && StartsPiece(at)) {
      uint32_t end = at + 1;
      while (IsWordAt(end)) end += Peek(end).length;
      return Emit(at, end, TokenKind::kWord);
    }
    if (c.value == '%') return Emit(at, at + 1, TokenKind::kSymbol);
    return ScanRun(at, TokenKind::kSymbol);
  }
  // Emoji with their joiners and variation signs, runs of broken bytes: one token each.
  uint32_t end = at + c.length;
  const bool broken = c.value == 0xFFFD;
  while (end < end_) {
    const Char next = Peek(end);
    const bool joins = next.value == 0x200D || (next.value >= 0xFE00 && next.value <= 0xFE0F) ||
                       (next.value >= 0x1F3FB && next.value <= 0x1F3FF) || (broken && next.value == 0xFFFD);
    if (!joins) break;
    end += next.length;
    if (next.value == 0x200D && Peek(end).kind == CharClass::kSymbol) end += Peek(end).length;
  }
  return Emit(at, end, TokenKind::kSymbol);
}

// "713-853-3989", "11-20-2000", "9/11", "7:30", "3,500.25", "1600-" ... : the end of the number without its
// unit.
uint32_t Scanner::ScanNumber(uint32_t at) {
  uint32_t end = NumberEnd(text_, at, end_);
  const uint32_t digits_end = end;
  uint32_t suffix = end;
  while (suffix < end_ && suffix - end < kMaxLook && IsLetterAt(suffix)) suffix += Peek(suffix).length;
  if (suffix == digits_end) {
    // "1." at the start of a block or after an opening bracket is left as number and period
    if (const uint32_t apostrophe = Peek(end).kind == CharClass::kApostrophe ? Peek(end).length : 0;
        apostrophe != 0) {
      const uint32_t after = end + apostrophe;
      if ((Byte(after) == 's' || Byte(after) == 'S') && !IsWordAt(after + 1)) {  // "47's"
        Emit(at, after + 1, TokenKind::kNumber);
        tokens_->back().cut = end;
        return after + 1;
      }
    }
    return Emit(at, end, TokenKind::kNumber);
  }
  std::string_view unit = View(digits_end, suffix);
  if (lexicon_.units.contains(unit) && !IsWordAt(suffix)) {
    Emit(at, digits_end, TokenKind::kNumber);
    return FinishWord(digits_end, suffix);
  }
  // "5p.m.", "5a.m.": the abbreviation is a token of its own
  if (const uint32_t initials = InitialismEnd(digits_end); initials > digits_end + 1) {
    Emit(at, digits_end, TokenKind::kNumber);
    return FinishWord(digits_end, initials);
  }
  return FinishWord(at, WordEnd(suffix));
}

// "U.S", "a.k.a", "p.m" (without the final period); `at` if there is none.
uint32_t Scanner::InitialismEnd(uint32_t at) const {
  uint32_t end = at;
  uint32_t letters = 0;
  while (end < end_ && letters < 12) {
    const Char letter = Peek(end);
    if (letter.kind != CharClass::kLetter) break;
    const uint32_t after = end + letter.length;
    if (IsWordAt(after)) break;  // more than one letter
    ++letters;
    end = after;
    if (Byte(end) != '.' || !IsLetterAt(end + 1)) break;
    const Char follower = Peek(end + 1);
    if (IsWordAt(end + 1 + follower.length)) break;
    ++end;
  }
  if (letters < 2) return at;
  return Byte(end - 1) == '.' ? end - 1 : end;
}

// Letters, digits and what holds them together, from inside a word.
uint32_t Scanner::WordEnd(uint32_t at) const {
  uint32_t end = at;
  while (end < end_) {
    const Char c = Peek(end);
    if (c.kind == CharClass::kLetter || c.kind == CharClass::kDigit) {
      end += c.length;
      continue;
    }
    const bool inside = end > at && IsWordAt(end + c.length);
    if (!inside) break;
    if (c.kind == CharClass::kApostrophe && c.value != 0x2018) {
      if (!IsLetterAt(end + c.length)) break;
      end += c.length;
      continue;
    }
    // AT&T, R&D: capitals on both sides
    if (c.value == '&' && IsAsciiUpper(text_[end - 1]) && IsAsciiUpper(Byte(end + 1))) {
      ++end;
      continue;
    }
    break;
  }
  return end;
}

uint32_t Scanner::ScanWord(uint32_t at) {
  if (const uint32_t end = InitialismEnd(at); end != at) {
    return FinishWord(at, end);
  }
  uint32_t end = WordEnd(at);
  // Abbreviations with a period inside that are not single letters: "Ph.D."
  if (Byte(end) == '.' && end - at <= 5 && IsLetterAt(end + 1)) {
    uint32_t more = end + 1;
    while (more < end_ && more - at < 12 && (IsAsciiLetter(text_[more]) || text_[more] == '.')) ++more;
    for (uint32_t to = more; to > end + 1; --to) {
      if (text_[to - 1] == '.' && lexicon_.abbreviations.contains(View(at, to)))
        return FinishWord(at, to - 1);
    }
  }
  // US$, HK$
  if (Byte(end) == '$' && end - at <= 3 && (IsAsciiDigit(Byte(end + 1)) || IsBlankAt(end + 1)) &&
      IsAsciiUpper(text_[end - 1])) {
    return Emit(at, end + 1, TokenKind::kSymbol);
  }
  end = JoinHyphen(at, end);
  return FinishWord(at, end);
}

// Prefixes keep their hyphen; returns the end of the whole.
uint32_t Scanner::JoinHyphen(uint32_t at, uint32_t end) const {
  for (int joints = 0; joints < 3; ++joints) {
    const Char hyphen = Peek(end);
    if (hyphen.kind != CharClass::kHyphen || !IsWordAt(end + hyphen.length) || end - at > kMaxLook)
      return end;
    const uint32_t next = end + hyphen.length;
    const uint32_t next_end = WordEnd(next);
    const bool is_prefix = joints == 0 && lexicon_.prefixes.contains(AsciiLower(View(at, end)));
    const bool is_suffix =
        next_end - next <= kMaxLook && lexicon_.suffixes.contains(AsciiLower(View(next, next_end)));
    if (!is_prefix && !is_suffix) return end;
    end = next_end;
    if (is_suffix) return end;
  }
  return end;
}

bool Scanner::AbbreviationHolds(AbbreviationKind kind, uint32_t after) const {
  uint32_t next = after;
  while (next < end_ && next - after < 4 && IsBlankAt(next)) next += Peek(next).length;
  const Char follower = Peek(next);
  switch (kind) {
    case AbbreviationKind::kNone:
      return false;
    case AbbreviationKind::kDigit:
      return follower.kind == CharClass::kDigit || Byte(after) == ',' || follower.value == '#';
    case AbbreviationKind::kState:
      return tokens_->size() >= 2 && View(tokens_->back().begin, tokens_->back().end) == ",";
    case AbbreviationKind::kTitle:
      return follower.kind != CharClass::kBlank;  // nothing follows: it is the sentence that ends
    default:
      return true;
  }
}

// Whether the period at `end` belongs to the word [at, end).
bool Scanner::TakesPeriod(uint32_t at, uint32_t end, SurfaceToken* token) const {
  if (Byte(end) != '.' || Byte(end + 1) == '.' || end - at > 12) return false;
  const std::string_view with_period = View(at, end + 1);
  if (with_period.size() > 2 &&
      with_period.substr(0, with_period.size() - 1).find('.') != std::string_view::npos) {
    token->kind = TokenKind::kAbbreviation;  // "U.S.", "p.m."
    if (const auto found = lexicon_.abbreviations.find(with_period); found != lexicon_.abbreviations.end()) {
      token->abbreviation = found->second;
    } else {
      token->abbreviation = AbbreviationKind::kOther;
    }
    return true;
  }
  if (const auto found = lexicon_.abbreviations.find(with_period);
      found != lexicon_.abbreviations.end() && AbbreviationHolds(found->second, end + 1)) {
    token->kind = TokenKind::kAbbreviation;
    token->abbreviation = found->second;
    return true;
  }
  const Char letter = Peek(at);
  if (at + letter.length != end || letter.kind != CharClass::kLetter || letter.value == 'I') return false;
  // "J. Smith", "W. Bush": an initial, if a capitalised word or another initial follows
  uint32_t next = end + 1;
  while (next < end_ && next - end < 4 && IsBlankAt(next)) next += Peek(next).length;
  const Char follower = Peek(next);
  const bool capital = IsAsciiUpper(text_[at]) || (letter.length > 1 && IsUpper(letter.value));
  const bool name_follows =
      follower.kind == CharClass::kLetter && (follower.length > 1 || IsAsciiUpper(Byte(next)));
  if (!capital || !(name_follows || Byte(end + 1) == ',')) return false;
  token->kind = TokenKind::kInitial;
  return true;
}

// A bare apostrophe after -s: possessive unless a quotation is open.
uint32_t Scanner::PossessiveEnd(uint32_t end) {
  const Char c = Peek(end);
  if (c.kind != CharClass::kApostrophe || c.value == 0x2018 || c.value == '`') return end;
  const char before = text_[end - 1];
  if ((before != 's' && before != 'S' && before != 'z' && before != 'x') || IsWordAt(end + c.length))
    return end;
  if (Peek(end + c.length).value == c.value) return end;
  if (open_quotes_ > 0) return end;
  if (before == 'z' || before == 'x') {
    if (!IsBlankAt(end + c.length)) return end;
  }
  return end + c.length;
}

bool Scanner::CutContraction(SurfaceToken* token) const {
  const uint32_t size = token->end - token->begin;
  if (size <= lexicon_.longest_contraction) {
    const auto found = lexicon_.contractions.find(AsciiLower(View(token->begin, token->end)));
    if (found != lexicon_.contractions.end()) {
      token->cut = token->begin + found->second[0];
      if (found->second.size() > 1) token->second_cut = token->begin + found->second[1];
      return true;
    }
  }
  // The last apostrophe and what follows it, once or twice ("shouldn't've").
  uint32_t end = token->end;
  for (int round = 0; round < 2; ++round) {
    uint32_t apostrophe = 0, length = 0;
    for (uint32_t at = end; at-- > token->begin + 1 && end - at < 6;) {
      if (text_[at] == '\'' || text_[at] == '`') {
        apostrophe = at;
        length = 1;
        break;
      }
      if (static_cast<unsigned char>(text_[at]) == 0xE2 && Peek(at).kind == CharClass::kApostrophe) {
        apostrophe = at;
        length = 3;
        break;
      }
    }
    if (apostrophe == 0) break;
    const std::string ending = AsciiLower(View(apostrophe + length, end));
    uint32_t cut = 0;
    if (ending == "s" || ending == "re" || ending == "ve" || ending == "ll" || ending == "d" ||
        ending == "m") {
      cut = apostrophe;
    } else if (ending == "t" && AsciiLower(text_[apostrophe - 1]) == 'n' && apostrophe - 1 > token->begin) {
      cut = apostrophe - 1;
    }
    if (cut == 0) break;
    if (token->cut != 0) token->second_cut = token->cut;
    token->cut = cut;
    end = cut;
  }
  return token->cut != 0;
}

uint32_t Scanner::FinishWord(uint32_t at, uint32_t end) {
  if (end - at > kMaxTokenBytes) return Emit(at, end, TokenKind::kWord);
  SurfaceToken token;
  token.begin = at;
  token.end = end;
  if (const uint32_t possessive = PossessiveEnd(end); possessive != end) {
    token.end = possessive;
    token.cut = end;
  } else if (TakesPeriod(at, end, &token)) {
    token.end = end + 1;
    // "U.S.'s"
    const Char quote = Peek(token.end);
    if (quote.kind == CharClass::kApostrophe && AsciiLower(Byte(token.end + quote.length)) == 's' &&
        !IsWordAt(token.end + quote.length + 1)) {
      token.cut = token.end;
      token.end += quote.length + 1;
    }
  } else {
    CutContraction(&token);
  }
  tokens_->push_back(token);
  return token.end;
}

}  // namespace

void ScanTokens(std::string_view text, uint32_t begin, uint32_t end, const Lexicon& lexicon,
                std::vector<SurfaceToken>* tokens) {
  Scanner(text, begin, end, lexicon, tokens).Run();
}

}  // namespace whowhom::extract::text
