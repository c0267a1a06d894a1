#include "read/lexicon.h"

#include <array>
#include <charconv>
#include <functional>

#include "read/strings.h"
#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

template <typename Kind, size_t N>
std::optional<Kind> ParseKind(const std::array<std::string_view, N>& names, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

// In the order of the enumerations.
constexpr std::array<std::string_view, 10> kLineKinds = {"comments", "related", "ad",    "share", "promo",
                                                         "about",    "nav",     "label", "more",  "note"};
constexpr std::array<std::string_view, kWordKinds> kWordKindNames = {"form",  "share", "subscribe", "cookie",
                                                                     "legal", "ad",    "nav"};
constexpr std::array<std::string_view, 8> kLabelRoles = {"author",  "source", "credit",  "published",
                                                         "updated", "tags",   "related", "note"};
constexpr std::array<std::string_view, 5> kDateWordKinds = {"month", "weekday", "part", "zone", "filler"};
constexpr std::array<std::string_view, kFieldRoles> kFieldRoleNames = {
    "text", "title", "date", "url", "id", "outlet", "author", "lang", "list"};
constexpr std::array<std::string_view, 8> kElementKinds = {"inline", "block", "heading", "item",
                                                           "quote",  "break", "void",    "raw"};
constexpr std::array<std::string_view, 2> kVerdicts = {"drop", "body"};

Error BadRow(const TsvTable& table, const TsvRow& row, std::string_view what) {
  return InvalidInput(table.path + ":" + std::to_string(row.line) + ": " + std::string(what));
}

using RowReader = std::function<bool(const TsvRow&)>;

// Reads data_dir/name, which must have at least `columns` columns; `read` says whether a row is well formed.
Status LoadTable(const std::string& data_dir, std::string_view name, size_t columns, const RowReader& read) {
  WHOWHOM_TRY(const TsvTable table, ReadTsv(data_dir + "/" + std::string(name)));
  if (table.columns.size() < columns) {
    return InvalidInput(table.path + ": has too few columns, expected " + std::to_string(columns));
  }
  for (const TsvRow& row : table.rows) {
    if (!read(row)) return BadRow(table, row, "unknown kind or empty word");
  }
  return {};
}

int ToInt(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// The code points of "U+2014" or "U+0041 U+0300" as UTF-8.
std::string DecodePoints(std::string_view text) {
  std::string out;
  for (const std::string_view word : SplitWords(text)) {
    if (word.size() < 3) return {};
    uint32_t value = 0;
    std::from_chars(word.data() + 2, word.data() + word.size(), value, 16);
    AppendUtf8(static_cast<char32_t>(value), &out);
  }
  return out;
}

Status LoadPhrases(const std::string& data_dir, Lexicon* lexicon) {
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_lines.tsv", 2, [lexicon](const TsvRow& row) {
    const auto kind = ParseKind<LineKind>(kLineKinds, row.fields[1]);
    if (kind) lexicon->lines.emplace(FoldForCompare(row.fields[0]), *kind);
    return kind.has_value() && !row.fields[0].empty();
  }));
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_words.tsv", 2, [lexicon](const TsvRow& row) {
    const auto kind = ParseKind<WordKind>(kWordKindNames, row.fields[1]);
    if (kind) lexicon->words.emplace(row.fields[0], *kind);
    lexicon->List(row.fields[0]);
    return kind.has_value() && !row.fields[0].empty() && row.fields[0].size() < kMaxListedWord;
  }));
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_labels.tsv", 3, [lexicon](const TsvRow& row) {
    const auto role = ParseKind<LabelRole>(kLabelRoles, row.fields[1]);
    if (role) lexicon->label_starts.emplace(row.fields[0].substr(0, row.fields[0].find(' ')), true);
    if (role) lexicon->labels.emplace(row.fields[0], Label{*role, row.fields[2] != "free"});
    return role.has_value() && !row.fields[0].empty();
  }));
  return LoadTable(data_dir, "reader_roles.tsv", 1, [lexicon](const TsvRow& row) {
    lexicon->roles.emplace(row.fields[0], true);
    lexicon->List(row.fields[0]);
    return !row.fields[0].empty() && row.fields[0].size() < kMaxListedWord;
  });
}

Status LoadFormats(const std::string& data_dir, Lexicon* lexicon) {
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_dates.tsv", 3, [lexicon](const TsvRow& row) {
    const auto kind = ParseKind<DateWordKind>(kDateWordKinds, row.fields[1]);
    if (kind) lexicon->date_words.emplace(row.fields[0], DateWord{*kind, ToInt(row.fields[2])});
    return kind.has_value();
  }));
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_fields.tsv", 3, [lexicon](const TsvRow& row) {
    const auto role = ParseKind<FieldRole>(kFieldRoleNames, row.fields[1]);
    if (role) lexicon->fields.emplace(row.fields[0], FieldName{*role, ToInt(row.fields[2])});
    return role.has_value();
  }));
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_meta.tsv", 3, [lexicon](const TsvRow& row) {
    const auto role = ParseKind<FieldRole>(kFieldRoleNames, row.fields[1]);
    if (role) lexicon->meta.emplace(row.fields[0], FieldName{*role, ToInt(row.fields[2])});
    return role.has_value();
  }));
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_elements.tsv", 3, [lexicon](const TsvRow& row) {
    const auto kind = ParseKind<ElementKind>(kElementKinds, row.fields[1]);
    if (kind) lexicon->elements.emplace(row.fields[0], Element{*kind, row.fields[2]});
    return kind.has_value();
  }));
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_html.tsv", 3, [lexicon](const TsvRow& row) {
    const auto verdict = ParseKind<ClassVerdict>(kVerdicts, row.fields[1]);
    if (verdict) lexicon->classes.emplace(row.fields[0], ClassWord{*verdict, row.fields[2]});
    return verdict.has_value();
  }));
  WHOWHOM_TRY_STATUS(LoadTable(data_dir, "reader_mastheads.tsv", 1, [lexicon](const TsvRow& row) {
    return lexicon->mastheads.insert(row.fields[0]).second;
  }));
  return LoadTable(data_dir, "reader_entities.tsv", 2, [lexicon](const TsvRow& row) {
    std::string text = DecodePoints(row.fields[1]);
    const bool usable = !text.empty();
    lexicon->entities.emplace(row.fields[0], std::move(text));
    return usable;
  });
}

}  // namespace

std::string_view ReasonOf(LineKind kind) {
  switch (kind) {
    case LineKind::kComments:
      return "comment form";
    case LineKind::kRelated:
      return "related links";
    case LineKind::kAd:
      return "advertisement";
    case LineKind::kShare:
      return "share bar";
    case LineKind::kPromo:
      return "sign-up box";
    case LineKind::kAbout:
      return "author box";
    case LineKind::kNav:
      return "navigation";
    case LineKind::kLabel:
      return "section label";
    case LineKind::kMore:
      return "link to more";
    case LineKind::kNote:
      return "page note";
  }
  return "furniture";
}

std::string_view ReasonOf(WordKind kind) {
  switch (kind) {
    case WordKind::kForm:
      return "comment form";
    case WordKind::kShare:
      return "share bar";
    case WordKind::kSubscribe:
      return "sign-up box";
    case WordKind::kCookie:
      return "cookie note";
    case WordKind::kLegal:
      return "legal note";
    case WordKind::kAd:
      return "advertisement";
    case WordKind::kNav:
      return "navigation";
  }
  return "furniture";
}

std::string_view ReasonOf(LabelRole role) {
  switch (role) {
    case LabelRole::kAuthor:
      return "byline";
    case LabelRole::kSource:
      return "source line";
    case LabelRole::kCredit:
      return "caption";
    case LabelRole::kPublished:
    case LabelRole::kUpdated:
      return "date line";
    case LabelRole::kTags:
      return "tags";
    case LabelRole::kRelated:
      return "related links";
    case LabelRole::kNote:
      return "page note";
  }
  return "furniture";
}

bool Lexicon::MayBeListed(std::string_view word) const {
  if (word.size() < 2 || word.size() >= kMaxListedWord || !IsAsciiLetter(word[0]) || !IsAsciiLetter(word[1]))
    return false;
  const auto first = static_cast<size_t>(LowerAscii(word[0]) - 'a');
  const auto second = static_cast<size_t>(LowerAscii(word[1]) - 'a');
  return listed_shapes[first * 26 + second][word.size()];
}

void Lexicon::List(std::string_view word) {
  if (word.size() < 2 || word.size() >= kMaxListedWord) return;
  if (!IsAsciiLower(word[0]) || !IsAsciiLower(word[1])) return;
  listed_shapes[static_cast<size_t>(word[0] - 'a') * 26 + static_cast<size_t>(word[1] - 'a')].set(
      word.size());
}

Result<std::unique_ptr<Lexicon>> Lexicon::Load(const std::string& data_dir) {
  auto lexicon = std::make_unique<Lexicon>();
  for (const std::string_view word : kReaderWords) lexicon->List(word);
  WHOWHOM_TRY_STATUS(LoadPhrases(data_dir, lexicon.get()));
  WHOWHOM_TRY_STATUS(LoadFormats(data_dir, lexicon.get()));
  return lexicon;
}

std::optional<LabelMatch> MatchLabel(const Lexicon& lexicon, std::string_view line) {
  constexpr size_t kMaxLabelBytes = 32;
  size_t first = 0;
  while (first < line.size() && first < kMaxLabelBytes && IsAsciiLetter(line[first])) ++first;
  if (first == 0 || !lexicon.label_starts.contains(LowerAscii(line.substr(0, first)))) return std::nullopt;
  const std::string head = LowerAscii(line.substr(0, kMaxLabelBytes));
  // The longest label that ends at a word border.
  for (size_t end = head.size(); end >= 2; --end) {
    if (end < head.size() && IsAsciiLetter(head[end])) continue;
    const Label* label = Lexicon::Find(lexicon.labels, std::string_view(head).substr(0, end));
    if (label == nullptr) continue;
    size_t pos = end;
    while (pos < line.size() && IsBlank(line[pos])) ++pos;
    bool marked = false;
    if (pos < line.size() && (line[pos] == ':' || line[pos] == '|' || line[pos] == '/')) {
      marked = true;
      ++pos;
    } else if (pos + 1 < line.size() && line[pos] == '-' && line[pos + 1] == ' ') {
      marked = true;
      pos += 2;
    } else if (line.substr(pos, 3) == "\xE2\x80\x94" || line.substr(pos, 3) == "\xE2\x80\x93") {
      marked = true;
      pos += 3;
    }
    if (label->needs_colon && !marked) continue;
    if (!marked && pos == end && pos < line.size()) continue;  // "By-law"
    while (pos < line.size() && IsBlank(line[pos])) ++pos;
    return LabelMatch{label->role, pos};
  }
  return std::nullopt;
}

}  // namespace whowhom::extract::read
