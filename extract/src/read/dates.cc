#include "read/dates.h"

#include <cstdint>
#include <vector>

#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

constexpr int kFirstYear = 1700;
constexpr int kLastYear = 2199;
// A line or field longer than this holds no date line; also bounds the work on hostile input.
constexpr size_t kMaxDateText = 4096;

enum class DateTokenKind : uint8_t { kNumber, kWord, kMark };

struct DateToken {
  DateTokenKind kind = DateTokenKind::kMark;
  std::string_view text;
  size_t begin = 0;
  int value = -1;                  // of a number of up to 9 digits, else -1
  const DateWord* word = nullptr;  // of a word of dates
  size_t end() const { return begin + text.size(); }
};

int ToNumber(std::string_view digits) {
  if (digits.size() > 9) return -1;
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// Numbers, words and single marks; blanks are left out.
std::vector<DateToken> Tokenize(const Lexicon& lexicon, std::string_view text) {
  std::vector<DateToken> tokens;
  for (size_t i = 0; i < text.size();) {
    if (IsBlank(text[i])) {
      ++i;
      continue;
    }
    DateToken token;
    token.begin = i;
    size_t end = i;
    if (IsAsciiDigit(text[i])) {
      while (end < text.size() && IsAsciiDigit(text[end])) ++end;
      token.kind = DateTokenKind::kNumber;
      token.text = text.substr(i, end - i);
      token.value = ToNumber(token.text);
    } else if (IsAsciiLetter(text[i]) || static_cast<unsigned char>(text[i]) >= 0xC3) {
      while (end < text.size() && PunctuationLength(text, end) == 0 && !IsAsciiDigit(text[end]) &&
             !IsBlank(text[end])) {
        ++end;
      }
      if (end == i) end = i + 1;
      if (end + 1 < text.size() && text[end] == '.' && LowerAscii(text[end + 1]) == 'm' && end == i + 1)
        end += 2;
      token.kind = DateTokenKind::kWord;
      token.text = text.substr(i, end - i);
      token.word = Lexicon::Find(lexicon.date_words, LowerAscii(token.text));
    } else {
      end = i + std::max<size_t>(1, PunctuationLength(text, i));
      token.text = text.substr(i, end - i);
    }
    tokens.push_back(token);
    i = end;
  }
  return tokens;
}

bool IsMonth(const DateToken& token) {
  return token.word != nullptr && token.word->kind == DateWordKind::kMonth;
}
bool IsYear(const DateToken& token) {
  return token.kind == DateTokenKind::kNumber && token.text.size() == 4 && token.value >= kFirstYear &&
         token.value <= kLastYear;
}
bool IsDayNumber(const DateToken& token) {
  return token.kind == DateTokenKind::kNumber && token.text.size() <= 2 && token.value >= 1 &&
         token.value <= 31;
}
bool IsOrdinalEnding(const DateToken& token) {
  return token.text == "st" || token.text == "nd" || token.text == "rd" || token.text == "th";
}
bool IsSeparator(const DateToken& token) {
  return token.kind == DateTokenKind::kMark && (token.text == "-" || token.text == "/" || token.text == ".");
}

FoundDate Make(int year, int month, int day, const DateToken& first, const DateToken& last) {
  FoundDate found;
  found.begin = first.begin;
  found.end = last.end();
  found.day = MakeDay(year, month, day);
  if (!found.day) found.problem = "there is no such day";
  return found;
}

// 2020-01-08, 2020/1/8, 2020.01.08.
std::optional<FoundDate> YearFirst(const std::vector<DateToken>& t, size_t i) {
  if (i + 4 >= t.size() || !IsYear(t[i]) || !IsSeparator(t[i + 1]) || t[i + 3].text != t[i + 1].text)
    return {};
  if (t[i + 2].kind != DateTokenKind::kNumber || t[i + 4].kind != DateTokenKind::kNumber) return {};
  if (t[i + 2].text.size() > 2 || t[i + 4].text.size() > 2) return {};
  return Make(t[i].value, t[i + 2].value, t[i + 4].value, t[i], t[i + 4]);
}

// January 8, 2020; Jan. 8th 2020; January 8 | 2020 is not one.
std::optional<FoundDate> MonthFirst(const std::vector<DateToken>& t, size_t i) {
  if (!IsMonth(t[i])) return {};
  size_t j = i + 1;
  if (j < t.size() && t[j].text == ".") ++j;
  if (j >= t.size() || !IsDayNumber(t[j])) return {};
  const int day = t[j].value;
  ++j;
  if (j < t.size() && IsOrdinalEnding(t[j])) ++j;
  if (j < t.size() && t[j].text == ",") ++j;
  if (j >= t.size() || !IsYear(t[j])) return {};
  return Make(t[j].value, t[i].word->value, day, t[i], t[j]);
}

// 8 January 2020, 8th of January, 2020, 8-Jan-2020.
std::optional<FoundDate> DayFirst(const std::vector<DateToken>& t, size_t i) {
  if (!IsDayNumber(t[i])) return {};
  size_t j = i + 1;
  if (j < t.size() && IsOrdinalEnding(t[j])) ++j;
  if (j < t.size() && (t[j].text == "of" || t[j].text == "." || t[j].text == "-" || t[j].text == "/")) ++j;
  if (j >= t.size() || !IsMonth(t[j])) return {};
  const int month = t[j].word->value;
  ++j;
  for (int marks = 0; marks < 2 && j < t.size(); ++marks) {
    if (t[j].text == "." || t[j].text == "," || t[j].text == "-" || t[j].text == "/") ++j;
  }
  if (j >= t.size() || !IsYear(t[j])) return {};
  return Make(t[j].value, month, t[i].value, t[i], t[j]);
}

// 13/01/2020 and 01/13/2020 are clear, 08/01/2020 is not.
std::optional<FoundDate> Numeric(const std::vector<DateToken>& t, size_t i) {
  if (i + 4 >= t.size() || !IsDayNumber(t[i]) || !IsSeparator(t[i + 1]) || t[i + 3].text != t[i + 1].text)
    return {};
  if (!IsDayNumber(t[i + 2]) || !IsYear(t[i + 4])) return {};
  const int a = t[i].value;
  const int b = t[i + 2].value;
  const int year = t[i + 4].value;
  if (t[i + 1].text == "." || a > 12 || a == b) return Make(year, b, a, t[i], t[i + 4]);  // points: day first
  if (b > 12) return Make(year, a, b, t[i], t[i + 4]);
  FoundDate found;
  found.begin = t[i].begin;
  found.end = t[i + 4].end();
  found.problem = "day and month cannot be told apart";
  return found;
}

// 20200108
std::optional<FoundDate> Compact(const DateToken& token) {
  if (token.kind != DateTokenKind::kNumber || token.text.size() != 8) return {};
  const int year = token.value / 10000;
  if (year < 1900 || year > kLastYear) return {};
  FoundDate found = Make(year, token.value / 100 % 100, token.value % 100, token, token);
  if (!found.day) return {};
  return found;
}

}  // namespace

std::optional<FoundDate> FindDate(const Lexicon& lexicon, std::string_view text) {
  const std::vector<DateToken> tokens = Tokenize(lexicon, text.substr(0, kMaxDateText));
  std::optional<FoundDate> doubtful;
  for (size_t i = 0; i < tokens.size(); ++i) {
    std::optional<FoundDate> found = YearFirst(tokens, i);
    if (!found) found = MonthFirst(tokens, i);
    if (!found) found = DayFirst(tokens, i);
    if (!found) found = Numeric(tokens, i);
    if (!found) continue;
    if (found->day) return found;
    if (!doubtful) doubtful = found;
  }
  return doubtful;
}

std::optional<FoundDate> ParseDateField(const Lexicon& lexicon, std::string_view field) {
  field = Trim(field).substr(0, 256);
  if (field.empty()) return std::nullopt;
  if (field.size() >= 8 && IsAsciiDigit(field[0])) {
    size_t digits = 0;
    while (digits < field.size() && IsAsciiDigit(field[digits])) ++digits;
    if (digits == 8 && (field.size() == 8 || field[8] == 'T' || field[8] == ' ')) {
      const std::vector<DateToken> tokens = Tokenize(lexicon, field.substr(0, 8));
      if (auto found = Compact(tokens[0])) return found;
    }
    if (digits == 14) {  // 20200108195400
      const std::vector<DateToken> tokens = Tokenize(lexicon, field.substr(0, 8));
      if (auto found = Compact(tokens[0])) return found;
    }
    const bool whole = digits == field.size() || field[digits] == '.';
    if (whole && digits >= 9 && digits <= 13) {  // seconds or milliseconds since 1970
      int64_t value = 0;
      for (size_t i = 0; i < digits; ++i) value = value * 10 + (field[i] - '0');
      if (digits >= 12) value /= 1000;
      FoundDate found;
      found.end = field.size();
      found.day = Day{static_cast<int32_t>(value / 86400)};
      return found;
    }
  }
  std::optional<FoundDate> found = FindDate(lexicon, field);
  if (!found) {
    FoundDate none;
    none.end = field.size();
    none.problem = "no date was recognised in it";
    return none;
  }
  return found;
}

std::optional<Day> DateFromUrl(const Lexicon& lexicon, std::string_view url) {
  const size_t scheme = url.find("://");
  const size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (path == std::string_view::npos) return std::nullopt;
  url = url.substr(path, 1024);
  url = url.substr(0, url.find_first_of("?#"));
  const std::vector<DateToken> tokens = Tokenize(lexicon, url);
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (i == 0) continue;
    std::optional<FoundDate> found = YearFirst(tokens, i);
    if (!found) found = Compact(tokens[i]);
    if (!found && i + 4 < tokens.size() && IsYear(tokens[i]) && IsMonth(tokens[i + 2]) &&
        IsDayNumber(tokens[i + 4])) {
      found = Make(tokens[i].value, tokens[i + 2].word->value, tokens[i + 4].value, tokens[i], tokens[i + 4]);
    }
    if (found && found->day) return found->day;
  }
  return std::nullopt;
}

bool IsDateLine(const Lexicon& lexicon, std::string_view line) {
  constexpr size_t kMaxLine = 120;
  if (line.empty() || line.size() > kMaxLine) return false;
  // Most lines start with a word that no date has.
  size_t letters = 0;
  while (letters < line.size() && IsAsciiLetter(line[letters])) ++letters;
  const std::string_view first = line.substr(0, letters);
  if (letters > 2 && letters < line.size() && line[letters] == ' ' &&
      Lexicon::Find(lexicon.date_words, LowerAscii(first)) == nullptr) {
    return false;
  }
  size_t anchors = 0;  // numbers next to words of dates, months, weekdays
  size_t numbers = 0;
  size_t fillers = 0;
  for (const DateToken& token : Tokenize(lexicon, line)) {
    if (token.kind == DateTokenKind::kNumber) {
      ++numbers;
      continue;
    }
    if (token.kind == DateTokenKind::kMark) {
      if (token.text == "?" || token.text == "!" || token.text == "%" || token.text == "$") return false;
      continue;
    }
    if (IsOrdinalEnding(token) || token.text == "T" || token.text == "Z") continue;
    if (token.word == nullptr) return false;
    if (token.word->kind == DateWordKind::kFiller) {
      ++fillers;
    } else {
      ++anchors;
    }
  }
  if (numbers == 0) return anchors > 0 && fillers <= 2;
  return anchors > 0 || fillers > 0 || FindDate(lexicon, line).has_value();
}

}  // namespace whowhom::extract::read
