#include "read/byline.h"

#include <algorithm>

#include "read/dates.h"
#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

bool IsNameWord(std::string_view word) {
  return IsAsciiUpper(word[0]) || static_cast<unsigned char>(word[0]) >= 0xC3;
}

// The mark that separates name and rest at `pos`: | • · – — or a hyphen between blanks; its length.
size_t SeparatorLength(std::string_view text, size_t pos) {
  if (text[pos] == '|' || text[pos] == ';' || text[pos] == '/' || text[pos] == '(') return 1;
  if (text[pos] == '-' && pos > 0 && IsBlank(text[pos - 1])) return 1;
  const size_t mark = PunctuationLength(text, pos);
  if (mark == 2) return 2;
  return mark == 3 && text.substr(pos, 3) != "\xE2\x80\x99" ? 3 : 0;
}

// The end of a list of names ("Ana Souza, Li Wei and Omar al-Said"); 0 if the text does not start with a
// name.
size_t NamesEnd(const Lexicon& lexicon, std::string_view text) {
  size_t end = 0;
  size_t words = 0;
  for (const std::string_view word : SplitWords(text)) {
    const auto begin = static_cast<size_t>(word.data() - text.data());
    if (SeparatorLength(text, begin) > 0 || IsAsciiDigit(word[0])) break;
    std::string bare = LowerAscii(word);
    while (!bare.empty() && (bare.back() == ',' || bare.back() == '.')) bare.pop_back();
    const DateWord* date_word = Lexicon::Find(lexicon.date_words, bare);
    const bool is_date =
        date_word != nullptr && words >= 2 &&
        (date_word->kind == DateWordKind::kMonth || date_word->kind == DateWordKind::kWeekday);
    if (is_date || Lexicon::Find(lexicon.roles, bare) != nullptr) break;
    const bool joins = bare == "and" || bare == "de" || bare == "al" || bare == "bin" || bare == "van";
    if (!IsNameWord(word) && !joins &&
        !(word.size() <= 3 && words > 0 && bare != "on" && bare != "at" && bare != "for" && bare != "in"))
      break;
    end = begin + word.size();
    if (++words > 14) return 0;
  }
  while (end > 0 && (text[end - 1] == ',' || IsBlank(text[end - 1]))) --end;
  if (end >= 4 && text.substr(end - 4, 4) == " and") end -= 4;
  return end;
}

// True if what stands behind the names does not continue a sentence.
bool IsBylineRest(const Lexicon& lexicon, std::string_view rest) {
  rest = Trim(rest);
  if (rest.empty()) return true;
  if (CountWords(rest) > 16) return false;
  if (SeparatorLength(rest, 0) > 0 || rest[0] == ',') return rest.back() != '.' || CountWords(rest) <= 6;
  if (FindDate(lexicon, rest).has_value()) return rest.back() != '.';
  for (const std::string_view word : SplitWords(rest)) {
    const std::string bare = LowerAscii(word);
    if (Lexicon::Find(lexicon.roles, bare) != nullptr) return rest.back() != '.';
  }
  return (StartsWithNoCase(rest, "for ") || StartsWithNoCase(rest, "in ")) && CountWords(rest) <= 6 &&
         rest.back() != '.';
}

// One capital place name: letters, points, blanks, hyphens, commas.
bool IsCapitalPlace(std::string_view text) {
  size_t capitals = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsAsciiUpper(c)) {
      ++capitals;
    } else if (IsAsciiLower(c) || IsAsciiDigit(c)) {
      return false;
    } else if (c != ' ' && c != ',' && c != '.' && c != '-' && c != '\'' && c != '/' &&
               static_cast<unsigned char>(c) < 0x80) {
      return false;
    }
  }
  return capitals >= 3;
}

bool AllCapitalised(std::string_view text) {
  const std::vector<std::string_view> words = SplitWords(text);
  if (words.empty() || words.size() > 4) return false;
  return std::all_of(words.begin(), words.end(), IsNameWord);
}

// The dash that ends a dateline: position and length; searched in the first 90 bytes.
struct DashAt {
  size_t pos = std::string_view::npos;
  size_t length = 0;
};
DashAt FindDash(std::string_view text) {
  const std::string_view head = text.substr(0, 90);
  for (size_t i = 1; i + 1 < head.size(); ++i) {
    const std::string_view three = head.substr(i, 3);
    const bool spaced = IsBlank(head[i - 1]) || head[i - 1] == ')';
    if (three == "\xE2\x80\x94" || (three == "\xE2\x80\x93" && spaced)) return {i, 3};
    if (head.substr(i, 2) == "--") return {i, 2};
    if (head[i] == '-' && spaced && IsBlank(head[i + 1])) return {i, 1};
  }
  return {};
}

}  // namespace

std::optional<Byline> ParseByline(const Lexicon& lexicon, std::string_view line) {
  line = Trim(line);
  if (line.size() > 250) return std::nullopt;
  const std::optional<LabelMatch> label = MatchLabel(lexicon, line);
  if (!label || label->role != LabelRole::kAuthor) return std::nullopt;
  const std::string_view value = line.substr(label->length);
  if (value.empty()) return Byline{};
  const size_t end = NamesEnd(lexicon, value);
  const std::string_view rest = value.substr(end);
  if (!IsBylineRest(lexicon, rest)) return std::nullopt;
  if (end == 0 && CountWords(value) > 6) return std::nullopt;
  Byline byline;
  byline.author = std::string(Trim(value.substr(0, end)));
  // "BY ANA SOUZA." ends with a point at most; a sentence has more words.
  if (!byline.author.empty() && byline.author.back() == '.' && CountWords(byline.author) > 4)
    return std::nullopt;
  size_t skip = 0;
  while (skip < rest.size() &&
         (IsBlank(rest[skip]) || rest[skip] == ',' || SeparatorLength(rest, skip) > 0)) {
    skip += std::max<size_t>(1, SeparatorLength(rest, skip));
  }
  byline.rest = std::string(Trim(rest.substr(std::min(skip, rest.size()))));
  return byline;
}

std::optional<Dateline> ParseDateline(const Lexicon& lexicon, std::string_view paragraph) {
  const DashAt dash = FindDash(paragraph);
  if (dash.pos == std::string_view::npos) return std::nullopt;
  std::string_view head = Trim(paragraph.substr(0, dash.pos));
  Dateline line;
  line.length = dash.pos + dash.length;
  while (line.length < paragraph.size() && IsBlank(paragraph[line.length])) ++line.length;
  if (CountWords(paragraph.substr(line.length)) < 4) return std::nullopt;
  if (!head.empty() && head.back() == ')') {
    const size_t open = head.rfind('(');
    if (open == std::string_view::npos) return std::nullopt;
    const std::string_view inside = Trim(head.substr(open + 1, head.size() - open - 2));
    if (inside.empty() || CountWords(inside) > 4 || !IsNameWord(inside)) return std::nullopt;
    line.agency = std::string(inside);
    head = Trim(head.substr(0, open));
    if (head.empty()) return line;
  }
  // A date may stand behind the place: "ROME, May 3" or "ROME, Jan. 8, 2020".
  const size_t comma = head.find(", ");
  std::string_view place = head;
  if (comma != std::string_view::npos && IsDateLine(lexicon, head.substr(comma + 2))) {
    line.date = std::string(head.substr(comma + 2));
    place = head.substr(0, comma);
  }
  const size_t first_comma = place.find(',');
  const std::string_view town = place.substr(0, first_comma);
  const bool certain = !line.agency.empty() || !line.date.empty();
  if (!IsCapitalPlace(town) && !(certain && AllCapitalised(place))) return std::nullopt;
  if (CountWords(place) > 6) return std::nullopt;
  line.place = std::string(place);
  return line;
}

}  // namespace whowhom::extract::read
