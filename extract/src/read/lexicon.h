// The word lists of the reader, from data/reader_*.tsv.
#pragma once

#include <array>
#include <bitset>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "whowhom/core/result.h"

namespace whowhom::extract::read {

enum class LineKind : uint8_t {
  kComments,
  kRelated,
  kAd,
  kShare,
  kPromo,
  kAbout,
  kNav,
  kLabel,
  kMore,
  kNote
};
enum class WordKind : uint8_t { kForm, kShare, kSubscribe, kCookie, kLegal, kAd, kNav };
inline constexpr size_t kWordKinds = 7;
// Words that speak to the reader.
inline constexpr std::array<std::string_view, 5> kReaderWords = {"you", "your", "our", "us", "we"};
inline constexpr size_t kMaxListedWord = 20;  // bytes
enum class LabelRole : uint8_t { kAuthor, kSource, kCredit, kPublished, kUpdated, kTags, kRelated, kNote };
enum class DateWordKind : uint8_t { kMonth, kWeekday, kPart, kZone, kFiller };
enum class FieldRole : uint8_t { kText, kTitle, kDate, kUrl, kId, kOutlet, kAuthor, kLanguage, kList };
inline constexpr size_t kFieldRoles = 9;
enum class ElementKind : uint8_t { kInline, kBlock, kHeading, kItem, kQuote, kBreak, kVoid, kRaw };
enum class ClassVerdict : uint8_t { kDrop, kBody };

struct Label {
  LabelRole role = LabelRole::kSource;
  bool needs_colon = true;
};

struct DateWord {
  DateWordKind kind = DateWordKind::kFiller;
  int value = 0;
};

// A field name of JSON or CSV: what it holds and how good a guess it is (1 = best).
struct FieldName {
  FieldRole role = FieldRole::kText;
  int rank = 1;
};

// How the text of an HTML element is laid out, and why it is no article's (empty: it may be).
struct Element {
  ElementKind kind = ElementKind::kInline;
  std::string reason;
};

// A word in the class or id of an HTML element.
struct ClassWord {
  ClassVerdict verdict = ClassVerdict::kDrop;
  std::string reason;
};

std::string_view ReasonOf(LineKind kind);
std::string_view ReasonOf(WordKind kind);
std::string_view ReasonOf(LabelRole role);

struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <typename T>
using StringMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

// Immutable after loading. Keys are lower case.
struct Lexicon {
  StringMap<LineKind> lines;                  // keyed by the folded phrase
  std::unordered_set<std::string> mastheads;  // words that end an outlet's name, lower case
  StringMap<WordKind> words;
  // Whether a word of `words` or `roles`, or one that speaks to the reader, has these first two letters and
  // this length.
  std::array<std::bitset<kMaxListedWord>, 26 * 26> listed_shapes;
  StringMap<Label> labels;       // up to three words
  StringMap<bool> label_starts;  // their first words
  StringMap<bool> roles;
  StringMap<DateWord> date_words;
  StringMap<FieldName> fields;
  StringMap<FieldName> meta;
  StringMap<Element> elements;
  StringMap<ClassWord> classes;
  StringMap<std::string> entities;  // HTML entity name (case matters) -> UTF-8

  // kIo or kInvalidInput with file and line.
  static Result<std::unique_ptr<Lexicon>> Load(const std::string& data_dir);

  // False for most words that are in none of those lists, whatever their case.
  bool MayBeListed(std::string_view word) const;
  void List(std::string_view word);

  template <typename T>
  static const T* Find(const StringMap<T>& map, std::string_view key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
  }
};

// The label that starts `line` ("Source: ...", "By ..."), the longest one; `length` is the bytes up to the
// value.
struct LabelMatch {
  LabelRole role = LabelRole::kSource;
  size_t length = 0;
};
std::optional<LabelMatch> MatchLabel(const Lexicon& lexicon, std::string_view line);

}  // namespace whowhom::extract::read
