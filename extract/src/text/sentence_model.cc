#include "text/sentence_model.h"

#include <algorithm>
#include <cstring>

#include "text/chars.h"
#include "whowhom/core/hash.h"

namespace whowhom::extract::text {
namespace {

constexpr std::string_view kMagic = "WWSENT";
constexpr uint32_t kFormatVersion = 1;
// Raise with every change of the features below: weights made for other features are refused.
constexpr uint32_t kFeatureVersion = 1;

enum Letter : uint8_t { kSmall, kCapital, kCapitals, kDigits, kMarkLetter, kSymbolLetter, kNone };
enum Mark : uint8_t {
  kNoMark,
  kStop,
  kExclaim,
  kQuestion,
  kEllipsis,
  kCommaMark,
  kColonMark,
  kSemicolonMark,
  kDashMark,
  kQuoteMark,
  kOpenMark,
  kCloseMark,
  kApostropheMark,
  kOtherMark,
  kMarkCount
};

uint64_t Mix(uint64_t a, uint64_t b) {
  uint64_t x = a * 0x9E3779B97F4A7C15ull ^ (b + 0xD1B54A32D192ED03ull);
  x ^= x >> 29;
  x *= 0xBF58476D1CE4E5B9ull;
  x ^= x >> 32;
  return x * 0x94D049BB133111EBull;
}

uint64_t FormHash(std::string_view form) {
  uint64_t hash = 1469598103934665603ull;
  for (const char c : form.substr(0, 24)) {
    hash = (hash ^ static_cast<unsigned char>(AsciiLower(c))) * 1099511628211ull;
  }
  return hash;
}

Mark MarkOf(std::string_view form, TokenKind kind) {
  if (kind != TokenKind::kPunct && kind != TokenKind::kSymbol && kind != TokenKind::kEmoticon) return kNoMark;
  const Char c = CharAt(form, 0);
  switch (c.kind) {
    case CharClass::kPeriod:
      return form.size() == 1 ? kStop : kEllipsis;
    case CharClass::kEnd:
      return c.value == '?' ? kQuestion : kExclaim;
    case CharClass::kHyphen:
    case CharClass::kDash:
      return kDashMark;
    case CharClass::kQuote:
      return kQuoteMark;
    case CharClass::kApostrophe:
      return form.size() > c.length ? kQuoteMark : kApostropheMark;
    case CharClass::kOpen:
      return c.value == 0x201C ? kQuoteMark : kOpenMark;
    case CharClass::kClose:
      return c.value == 0x201D ? kQuoteMark : kCloseMark;
    default:
      break;
  }
  if (form == ",") return kCommaMark;
  if (form == ":") return kColonMark;
  if (form == ";") return kSemicolonMark;
  return kOtherMark;
}

Letter LetterOf(std::string_view form) {
  const Char c = CharAt(form, 0);
  if (c.kind == CharClass::kDigit) return kDigits;
  if (c.kind == CharClass::kSymbol) return kSymbolLetter;
  if (c.kind != CharClass::kLetter) return kMarkLetter;
  const bool upper = c.length == 1 ? IsAsciiUpper(form[0]) : IsUpper(c.value);
  if (!upper) return kSmall;
  if (form.size() > 1 && std::none_of(form.begin(), form.end(), [](char x) { return IsAsciiLower(x); }))
    return kCapitals;
  return kCapital;
}

uint32_t Bucket(uint32_t value) {
  constexpr uint32_t kBounds[] = {0, 1, 2, 3, 4, 6, 8, 12, 20, 40};
  uint32_t bucket = 0;
  for (const uint32_t bound : kBounds) bucket += value >= bound;
  return bucket;
}

bool EndsSentence(uint8_t mark) {
  return mark == kStop || mark == kExclaim || mark == kQuestion || mark == kEllipsis;
}

}  // namespace

GapReader::GapReader(std::string_view text, std::span<const SurfaceToken> tokens)
    : text_(text), tokens_(tokens) {
  shapes_.resize(tokens.size());
  since_end_.resize(tokens.size());
  outside_.form = 7;
  outside_.letter = kNone;
  int32_t depth = 0;
  bool in_quote = false;
  uint32_t since = 0;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view form = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
    Shape& shape = shapes_[i];
    shape.form = FormHash(form);
    shape.letter = LetterOf(form);
    shape.mark = MarkOf(form, tokens[i].kind);
    shape.length = tokens[i].end - tokens[i].begin;
    if (shape.mark == kOpenMark) ++depth;
    if (shape.mark == kCloseMark && depth > 0) --depth;
    if (shape.mark == kQuoteMark)
      in_quote = form == "\"" || form == "''" ? !in_quote : CharAt(form, 0).kind == CharClass::kOpen;
    shape.bracket_depth = depth;
    shape.in_quote = in_quote;
    since_end_[i] = since;
    since = EndsSentence(shape.mark) ? 0 : since + 1;
  }
}

const GapReader::Shape& GapReader::At(ptrdiff_t i) const {
  return i < 0 || i >= static_cast<ptrdiff_t>(shapes_.size()) ? outside_ : shapes_[static_cast<size_t>(i)];
}

bool GapReader::IsCandidate(size_t i) const {
  const Shape& left = shapes_[i];
  const Shape& right = shapes_[i + 1];
  const bool left_is_word = left.mark == kNoMark && tokens_[i].kind != TokenKind::kAbbreviation &&
                            tokens_[i].kind != TokenKind::kAddress;
  if (left_is_word && right.letter == kSmall) return false;
  if (left_is_word && !tokens_[i].space_after) return false;
  return right.mark != kCommaMark && right.mark != kStop && right.mark != kSemicolonMark &&
         right.mark != kExclaim && right.mark != kQuestion && right.mark != kColonMark;
}

void GapReader::Read(size_t i, GapFeatures* features) const {
  features->count = 0;
  const auto at = static_cast<ptrdiff_t>(i);
  const Shape &p2 = At(at - 2), &p1 = At(at - 1), &p0 = At(at), &n0 = At(at + 1), &n1 = At(at + 2),
              &n2 = At(at + 3);
  const SurfaceToken& token = tokens_[i];
  const uint64_t space = token.space_after;
  const uint64_t kind = static_cast<uint64_t>(token.kind) * 16 + static_cast<uint64_t>(token.abbreviation);
  const uint64_t marks = p0.mark * 64u + p1.mark;
  const uint64_t state = (p0.in_quote ? 4u : 0u) + static_cast<uint64_t>(std::min(p0.bracket_depth, 2));
  const uint64_t since = Bucket(since_end_[i]);
  const uint64_t ahead = [&] {
    uint32_t distance = 0;
    for (size_t j = i + 1; j < shapes_.size() && distance < 12 && !EndsSentence(shapes_[j].mark); ++j)
      ++distance;
    return Bucket(distance);
  }();
  uint64_t id = 0;
  const auto add = [&](uint64_t value) { features->Add(Mix(++id, value)); };
  add(0);
  add(p0.form);
  add(n0.form);
  add(p1.form);
  add(n1.form);
  add(Mix(p0.form, n0.letter));
  add(Mix(p0.form, n0.form));
  add(Mix(p1.form, p0.form));
  add(Mix(p0.mark, n0.form));
  add(Mix(marks, n0.letter * 16u + n0.mark));
  add(Mix(marks, Mix(p1.letter, n0.letter)));
  add(Mix(p0.mark, Mix(space, n0.letter)));
  add(Mix(marks, Mix(state, n0.letter)));
  add(Mix(p0.mark * 16u + n0.mark, state));
  add(Mix(p0.mark, Mix(since, n0.letter)));
  add(Mix(p0.mark, Mix(ahead, n0.letter)));
  add(Mix(Mix(p0.mark, since), ahead));
  add(Mix(kind, n0.letter));
  add(Mix(kind, n0.form));
  add(Mix(kind, Mix(p1.letter, n0.letter)));
  add(Mix(p0.mark, Bucket(p1.length)));
  add(Mix(p0.mark, Mix(n0.letter, n1.letter * 16u + n1.mark)));
  add(Mix(n0.letter, Mix(n1.letter * 16u + n1.mark, n2.letter)));
  add(Mix(p0.mark, Mix(p1.mark, p2.mark * 8u + p2.letter)));
  add(Mix(p0.letter * 16u + p0.mark, Mix(p1.letter, Mix(n0.letter, n1.letter))));
  add(Mix(p0.mark, Mix(Bucket(static_cast<uint32_t>(i)), n0.letter)));
  add(Mix(p0.mark, Mix(Bucket(static_cast<uint32_t>(shapes_.size() - i)), n0.letter)));
  add(Mix(n0.form, n1.form));
  add(Mix(p0.mark, Mix(p1.form, n0.letter)));
  add(Mix(p0.mark * 16u + n0.mark, Mix(space, Mix(p1.mark, n1.letter))));
}

double GapReader::RuleScore(size_t i) const {
  const auto at = static_cast<ptrdiff_t>(i);
  const Shape& next = At(at + 1);
  // Step back over closing quotes and brackets.
  ptrdiff_t mark = at;
  while (mark > 0 && at - mark < 3 && tokens_[static_cast<size_t>(mark) - 1].space_after == false &&
         (At(mark).mark == kQuoteMark || At(mark).mark == kCloseMark || At(mark).mark == kApostropheMark)) {
    --mark;
  }
  const Shape& last = At(mark);
  if (mark == at && !tokens_[i].space_after &&
      (next.mark == kQuoteMark || next.mark == kCloseMark || next.mark == kApostropheMark)) {
    return -1;  // the closing mark belongs to this sentence
  }
  const TokenKind kind = tokens_[static_cast<size_t>(mark)].kind;
  const AbbreviationKind abbreviation = tokens_[static_cast<size_t>(mark)].abbreviation;
  if (kind == TokenKind::kInitial || next.letter == kSmall) return -1;
  if (kind == TokenKind::kAbbreviation) {
    // "at 5 p.m. The" ends a sentence; "Gen. Smith", "Jan. 7" do not.
    const bool may_end = abbreviation == AbbreviationKind::kTime || abbreviation == AbbreviationKind::kLatin;
    return may_end && next.letter == kCapital ? 0.5 : -1;
  }
  if (last.mark == kStop || last.mark == kExclaim || last.mark == kQuestion) return 2;
  return last.mark == kEllipsis && next.letter == kCapital ? 1 : -1;
}

double SentenceModel::Score(const GapReader& reader, size_t i) const {
  if (weights_.empty()) return reader.RuleScore(i);
  GapFeatures features;
  reader.Read(i, &features);
  int32_t sum = 0;  // integers: the same on every machine
  for (size_t k = 0; k < features.count; ++k) sum += weights_[features.index[k]];
  return static_cast<double>(sum) * static_cast<double>(scale_) + static_cast<double>(bias_);
}

SentenceModel SentenceModel::FromWeights(std::vector<int8_t> weights, float scale, float bias) {
  SentenceModel model;
  model.weights_ = std::move(weights);
  model.scale_ = scale;
  model.bias_ = bias;
  return model;
}

namespace {

template <typename Number>
void Append(Number value, std::string* bytes) {
  static_assert(sizeof(Number) == 4);
  uint32_t bits = 0;
  std::memcpy(&bits, &value, 4);
  for (int shift = 0; shift < 32; shift += 8) *bytes += static_cast<char>((bits >> shift) & 0xFF);
}

template <typename Number>
Number Read4(std::string_view bytes, size_t offset) {
  uint32_t bits = 0;
  for (size_t k = 0; k < 4; ++k)
    bits |= static_cast<uint32_t>(static_cast<unsigned char>(bytes[offset + k])) << (8 * k);
  Number value;
  std::memcpy(&value, &bits, 4);
  return value;
}

constexpr size_t kHeaderBytes = 6 + 4 * 5;
constexpr size_t kHashBytes = 32;

}  // namespace

// magic, format version, feature version, bits, scale, bias, weights, hash of all before it in hex
std::string SentenceModel::Serialize() const {
  std::string bytes(kMagic);
  Append(kFormatVersion, &bytes);
  Append(kFeatureVersion, &bytes);
  Append(kSentenceFeatureBits, &bytes);
  Append(scale_, &bytes);
  Append(bias_, &bytes);
  bytes.append(reinterpret_cast<const char*>(weights_.data()), weights_.size());
  return bytes + ToHex(HashBytes(bytes));
}

Result<SentenceModel> SentenceModel::Parse(std::string_view bytes, const std::string& path) {
  if (!bytes.starts_with(kMagic))
    return Corruption(path + ": not a sentence model (no " + std::string(kMagic) + " at its start)");
  if (bytes.size() < kHeaderBytes) return Corruption(path + ": sentence model ends within its header");
  const auto format = Read4<uint32_t>(bytes, 6);
  if (format > kFormatVersion) {
    return Error{ErrorCode::kNewerVersion, path + ": format version " + std::to_string(format) +
                                               ", this program reads up to " +
                                               std::to_string(kFormatVersion)};
  }
  if (Read4<uint32_t>(bytes, 10) != kFeatureVersion || Read4<uint32_t>(bytes, 14) != kSentenceFeatureBits) {
    return InvalidInput(path + ": made for another feature set; train it again");
  }
  constexpr size_t kWeights = size_t{1} << kSentenceFeatureBits;
  if (bytes.size() != kHeaderBytes + kWeights + kHashBytes) {
    return Corruption(path + ": " + std::to_string(bytes.size()) + " bytes, expected " +
                      std::to_string(kHeaderBytes + kWeights + kHashBytes));
  }
  const std::string_view body = bytes.substr(0, bytes.size() - kHashBytes);
  if (ToHex(HashBytes(body)) != bytes.substr(body.size()))
    return Corruption(path + ": checksum does not match");
  std::vector<int8_t> weights(kWeights);
  std::memcpy(weights.data(), bytes.data() + kHeaderBytes, kWeights);
  return FromWeights(std::move(weights), Read4<float>(bytes, 18), Read4<float>(bytes, 22));
}

}  // namespace whowhom::extract::text
