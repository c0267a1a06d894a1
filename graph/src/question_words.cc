#include "question_words.h"

#include <algorithm>
#include <charconv>

#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

constexpr std::string_view kOpenQuote = "\xE2\x80\x9C", kCloseQuote = "\xE2\x80\x9D",
                           kApostrophe = "\xE2\x80\x99";

bool IsTrimmed(char c) { return std::string_view("?!,;:()[]{}<>").find(c) != std::string_view::npos; }

void Push(std::string text, int quote, std::vector<QuestionWord>* words) {
  if (text.empty()) return;
  QuestionWord word;
  word.capital = IsUpper(DecodeUtf8(text, 0).value);
  word.lower = ToLower(text);
  word.text = std::move(text);
  word.quote = quote;
  words->push_back(std::move(word));
}

// A run without blanks: trims punctuation, splits contractions and possessives.
void AddRun(std::string run, int quote, std::vector<QuestionWord>* words) {
  for (size_t at; (at = run.find(kApostrophe)) != std::string::npos;)
    run.replace(at, kApostrophe.size(), "'");
  while (!run.empty() && IsTrimmed(run.front())) run.erase(0, 1);
  while (!run.empty() && IsTrimmed(run.back())) run.pop_back();
  if (run.size() > 1 && run.back() == '.' && run.find('.') == run.size() - 1) run.pop_back();
  std::string lower = ToLower(run);
  if (lower.ends_with("n't") && lower.size() > 3) {
    std::string stem = run.substr(0, run.size() - 3);
    if (lower == "won't") stem = "will";
    if (lower == "can't") stem = "can";
    Push(stem, quote, words);
    Push("not", quote, words);
  } else if (lower.ends_with("'s") && lower.size() > 2) {
    Push(run.substr(0, run.size() - 2), quote, words);
    Push("'s", quote, words);
  } else {
    while (!run.empty() && run.back() == '\'') run.pop_back();
    while (!run.empty() && run.front() == '\'') run.erase(0, 1);
    Push(run, quote, words);
  }
}

std::optional<int> Number(const std::string& text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  std::string_view rest(end, static_cast<size_t>(text.data() + text.size() - end));
  if (rest.empty() || rest == "st" || rest == "nd" || rest == "rd" || rest == "th") return value;
  return std::nullopt;
}

bool IsYear(int number) { return number >= 1000 && number <= 9999; }

// A date without its preposition, from word `i` on.
class DateReader {
 public:
  DateReader(const std::vector<QuestionWord>& words, const QuestionLexicon& lexicon, std::optional<Day> today)
      : words_(words), lexicon_(lexicon), today_(today) {}

  struct Found {
    size_t end = 0;
    DayRange days;
  };

  std::optional<Found> Read(size_t i) const {
    if (i >= words_.size()) return std::nullopt;
    if (auto day = ParseDay(words_[i].text)) return Found{i + 1, {*day, *day}};
    if (auto found = ReadMonthFirst(i)) return found;
    if (auto found = ReadDayFirst(i)) return found;
    if (auto year = Number(words_[i].text); year && IsYear(*year) && words_[i].text.size() == 4)
      return Year(*year, i + 1);
    return today_ ? ReadRelative(i) : std::nullopt;
  }

 private:
  const std::string& Lower(size_t i) const {
    static const std::string kEmpty;
    return i < words_.size() ? words_[i].lower : kEmpty;
  }
  std::optional<int> MonthAt(size_t i) const {
    const std::string* value = lexicon_.Value(Lower(i), "month");
    return value != nullptr ? Number(*value) : std::nullopt;
  }
  std::optional<int> YearAt(size_t i) const {
    if (i >= words_.size()) return std::nullopt;
    std::optional<int> number = Number(words_[i].text);
    return number && IsYear(*number) ? number : std::nullopt;
  }
  // The year that a date without one means: the latest that is not in the future.
  int DefaultYear(int month, int day) const {
    if (!today_) return 0;
    CivilDate now = ToCivil(*today_);
    bool later = month > now.month || (month == now.month && day > now.day);
    return later ? now.year - 1 : now.year;
  }
  static std::optional<Found> Range(std::optional<Day> from, std::optional<Day> to, size_t end) {
    if (!from || !to || *to < *from) return std::nullopt;
    return Found{end, {*from, *to}};
  }
  static std::optional<Found> Year(int year, size_t end) {
    return Range(MakeDay(year, 1, 1), MakeDay(year, 12, 31), end);
  }
  static std::optional<Found> Month(int year, int month, size_t end) {
    if (year <= 0) return std::nullopt;
    return Range(MakeDay(year, month, 1), MakeDay(year, month, DaysInMonth(year, month)), end);
  }

  std::optional<Found> ReadMonthFirst(size_t i) const {
    std::optional<int> month = MonthAt(i);
    if (!month) return std::nullopt;
    if (auto year = YearAt(i + 1)) return Month(*year, *month, i + 2);
    std::optional<int> day = i + 1 < words_.size() ? Number(words_[i + 1].text) : std::nullopt;
    if (day && *day >= 1 && *day <= 31) {
      std::optional<int> year = YearAt(i + 2);
      std::optional<Day> date = MakeDay(year ? *year : DefaultYear(*month, *day), *month, *day);
      return Range(date, date, year ? i + 3 : i + 2);
    }
    return Month(DefaultYear(*month, 1), *month, i + 1);
  }

  std::optional<Found> ReadDayFirst(size_t i) const {  // 8 January 2020
    std::optional<int> day = Number(words_[i].text), month = MonthAt(i + 1);
    if (!day || !month || *day < 1 || *day > 31) return std::nullopt;
    std::optional<int> year = YearAt(i + 2);
    std::optional<Day> date = MakeDay(year ? *year : DefaultYear(*month, *day), *month, *day);
    return Range(date, date, year ? i + 3 : i + 2);
  }

  std::optional<Found> ReadRelative(size_t i) const {
    if (const std::string* shift = lexicon_.Value(Lower(i), "today")) {
      Day day{today_->number + Number(shift->starts_with('-') ? shift->substr(1) : *shift).value_or(0) *
                                   (shift->starts_with('-') ? -1 : 1)};
      return Found{i + 1, {day, day}};
    }
    bool last = lexicon_.Is(Lower(i), "last"), current = lexicon_.Is(Lower(i), "this");
    size_t next = last || current ? i + 1 : i;
    if (const std::string* weekday = lexicon_.Value(Lower(next), "weekday")) {
      int back = (Weekday(*today_) - Number(*weekday).value_or(0) + 7) % 7;
      if (last && back == 0) back = 7;
      Day day{today_->number - back};
      return Found{next + 1, {day, day}};
    }
    if (!last && !current) return std::nullopt;
    int count = 1;
    bool counted = false;
    if (next < words_.size()) {
      if (auto number = Number(words_[next].text); number && *number > 0 && *number < 1000)
        count = *number, counted = true, ++next;
    }
    const std::string* unit = lexicon_.Value(Lower(next), "unit");
    if (unit == nullptr) return std::nullopt;
    return Span(*unit, count, counted, current, next + 1);
  }

  std::optional<Found> Span(const std::string& unit, int count, bool counted, bool current,
                            size_t end) const {
    CivilDate now = ToCivil(*today_);
    if (counted) {  // "the last 3 weeks": up to today
      int days = unit == "day" ? 1 : unit == "week" ? 7 : unit == "month" ? 30 : 365;
      return Found{end, {Day{today_->number - days * count}, *today_}};
    }
    if (unit == "day") return Found{end, {Day{today_->number - 1}, Day{today_->number - 1}}};
    if (unit == "week") {
      int monday = today_->number - Weekday(*today_) - (current ? 0 : 7);
      return Found{end, {Day{monday}, Day{monday + 6}}};
    }
    if (unit == "year") return Year(current ? now.year : now.year - 1, end);
    int month = current ? now.month : now.month - 1;
    return month == 0 ? Month(now.year - 1, 12, end) : Month(now.year, month, end);
  }

  const std::vector<QuestionWord>& words_;
  const QuestionLexicon& lexicon_;
  std::optional<Day> today_;
};

bool IsOneOf(const std::string& word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

std::vector<QuestionWord> SplitQuestion(std::string_view question) {
  std::vector<QuestionWord> words;
  std::string run;
  int quote = 0, quotes = 0;
  auto end_run = [&] {
    AddRun(std::move(run), quote, &words);
    run.clear();
  };
  for (size_t i = 0; i < question.size();) {
    CodePoint point = DecodeUtf8(question, i);
    std::string_view bytes = question.substr(i, point.length);
    i += point.length;
    if (bytes == "\"" || bytes == kOpenQuote || bytes == kCloseQuote) {
      end_run();
      quote = quote == 0 ? ++quotes : 0;
    } else if (IsSpace(point.value) || point.value < 0x20) {
      end_run();
    } else {
      AppendUtf8(point.value, &run);
    }
  }
  end_run();
  return words;
}

std::string JoinWords(const std::vector<QuestionWord>& words, size_t begin, size_t end) {
  std::string text;
  for (size_t i = begin; i < end; ++i) {
    if (!text.empty() && words[i].text != "'s") text.push_back(' ');
    text += words[i].text;
  }
  return text;
}

std::optional<TimePhrase> FindTime(const std::vector<QuestionWord>& words, size_t from,
                                   const QuestionLexicon& lexicon, std::optional<Day> today) {
  DateReader reader(words, lexicon, today);
  const Day first = *MakeDay(1, 1, 1), last = *MakeDay(9999, 12, 31);
  for (size_t i = from; i < words.size(); ++i) {
    if (words[i].quote != 0) continue;
    const std::string& prep = words[i].lower;
    size_t at = i + 1;
    if (at < words.size() && words[at].lower == "the") ++at;
    std::optional<DateReader::Found> found = reader.Read(at);
    if (found && IsOneOf(prep, {"between", "from"}) && found->end + 1 < words.size() &&
        IsOneOf(words[found->end].lower, {"and", "to", "until"})) {
      std::optional<DateReader::Found> second = reader.Read(found->end + 1);
      if (second && found->days.from <= second->days.to)
        return TimePhrase{i, second->end, {found->days.from, second->days.to}};
    }
    if (found && IsOneOf(prep, {"since", "from"})) return TimePhrase{i, found->end, {found->days.from, last}};
    if (found && prep == "after") return TimePhrase{i, found->end, {Day{found->days.to.number + 1}, last}};
    if (found && prep == "before")
      return TimePhrase{i, found->end, {first, Day{found->days.from.number - 1}}};
    if (found && IsOneOf(prep, {"until", "by"})) return TimePhrase{i, found->end, {first, found->days.to}};
    if (found && IsOneOf(prep, {"in", "on", "during", "within", "of"}))
      return TimePhrase{i, found->end, found->days};
    // Without a preposition a bare month or weekday may be a verb or a name: "who may march", "April
    // accused".
    bool relative = lexicon.Is(prep, "today") || lexicon.Is(prep, "last") || lexicon.Is(prep, "this");
    std::optional<DateReader::Found> bare =
        relative || ParseDay(words[i].text) ? reader.Read(i) : std::nullopt;
    if (bare) return TimePhrase{i, bare->end, bare->days};
  }
  return std::nullopt;
}

}  // namespace whowhom::graph
