// PETRARCH and TABARI dictionaries: actors, agents, discards.
//
// Traps met in real files: several [..][..] on a line, tabs or blanks before "[", blanks inside "> 140608", a
// code glued to its date, phrases with digits and periods, primaries without any code, "[###]" (TABARI:
// discard), dates that do not exist.
#include <algorithm>
#include <map>

#include "actors/layer.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

struct Line {
  std::string text;  // without comment, right-trimmed
  size_t number = 0;
};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// Drops comments (# and ; outside brackets, <!-- --> over lines) and blank lines.
std::vector<Line> SplitLines(std::string_view content) {
  std::vector<Line> lines;
  bool in_comment = false;
  size_t number = 0;
  for (size_t begin = 0; begin < content.size();) {
    size_t end = content.find('\n', begin);
    if (end == std::string_view::npos) end = content.size();
    std::string_view raw = content.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    std::string text;
    int depth = 0;
    for (size_t i = 0; i < raw.size(); ++i) {
      if (in_comment) {
        if (raw.substr(i).starts_with("-->")) {
          in_comment = false;
          i += 2;
        }
        continue;
      }
      if (raw.substr(i).starts_with("<!--")) {
        in_comment = true;
        i += 3;
        continue;
      }
      if (raw[i] == '[') ++depth;
      if (raw[i] == ']') --depth;
      if (depth <= 0 && (raw[i] == '#' || raw[i] == ';')) break;
      text.push_back(raw[i]);
    }
    while (!text.empty() && IsBlank(text.back())) text.pop_back();
    if (text.empty() || text.find_first_not_of(" \t\r") == std::string::npos) continue;
    lines.push_back({text, number});
  }
  return lines;
}

Error Complain(const std::string& path, size_t line, const std::string& what) {
  return InvalidInput(path + ":" + std::to_string(line) + ": " + what);
}

// "UNITED_STATES_" -> "UNITED STATES", whole word.
std::string PhraseOf(std::string_view text, bool* whole_word) {
  std::string phrase = Trim(text);
  *whole_word = !phrase.empty() && phrase.back() == '_';
  std::replace(phrase.begin(), phrase.end(), '_', ' ');
  return Trim(phrase);
}

// Six or eight digits; years 00-30 are 20YY. Day or month 00 stands for the edge of the period.
std::optional<Day> CodeDate(const std::string& digits, bool last) {
  if (digits.size() != 6 && digits.size() != 8) return std::nullopt;
  const auto number = [&](size_t at, size_t count) {
    int value = 0;
    for (size_t i = at; i < at + count; ++i) value = value * 10 + (digits[i] - '0');
    return value;
  };
  int year = digits.size() == 8 ? number(0, 4) : number(0, 2);
  if (digits.size() == 6) year += year <= 30 ? 2000 : 1900;
  int month = number(digits.size() - 4, 2);
  int day = number(digits.size() - 2, 2);
  if (year < 1 || month > 12) return std::nullopt;
  if (month == 0) month = last ? 12 : 1;
  if (day == 0) day = last ? DaysInMonth(year, month) : 1;
  return MakeDay(year, month, day);
}

// One bracket: "USAGOV 930120-010120", "IRQ >030409", "USAELI".
Result<Tenure> ReadBracket(const std::string& inside, const std::string& path, size_t line) {
  Tenure tenure;
  std::string text = Trim(inside);
  size_t at = 0;
  while (at < text.size() && !IsBlank(text[at]) && text[at] != '<' && text[at] != '>' &&
         !(text[at] >= '0' && text[at] <= '9'))
    ++at;
  tenure.code = text.substr(0, at);
  std::string rest;
  for (char c : text.substr(at)) {
    if (!IsBlank(c)) rest.push_back(c);
  }
  if (tenure.code.empty()) return Complain(path, line, "expected a code behind '[', found '" + text + "'");
  if (rest.empty()) return tenure;
  const bool before = rest[0] == '<';
  const bool after = rest[0] == '>';
  const std::string dates = before || after ? rest.substr(1) : rest;
  if (dates.find_first_not_of("0123456789-") != std::string::npos) {
    return Complain(path, line, "expected a date of 6 or 8 digits, found '" + dates + "'");
  }
  const size_t dash = dates.find('-');
  const std::string first = dates.substr(0, dash);
  const std::string second = dash == std::string::npos ? first : dates.substr(dash + 1);
  const auto from = CodeDate(first, false);
  const auto to = CodeDate(second, true);
  if (!from || !to)
    return Complain(path, line, "no such date: '" + dates + "' (expected YYMMDD or YYYYMMDD)");
  if (before) {
    tenure.to = *CodeDate(first, true);
  } else if (after) {
    tenure.from = *from;
  } else {
    tenure.from = *from;
    tenure.to = *to;
    if (tenure.to < tenure.from)
      return Complain(path, line, "the period '" + dates + "' ends before it begins");
  }
  return tenure;
}

// All brackets of a text.
Status ReadBrackets(const std::string& text, const std::string& path, size_t line, std::vector<Tenure>* out) {
  for (size_t at = 0; at < text.size();) {
    if (IsBlank(text[at])) {
      ++at;
      continue;
    }
    if (text[at] != '[')
      return Complain(path, line, "expected '[code]', found '" + Trim(text.substr(at, 40)) + "'");
    const size_t close = text.find(']', at);
    if (close == std::string::npos)
      return Complain(path, line, "expected ']' at the end of '" + Trim(text.substr(at, 40)) + "'");
    WHOWHOM_TRY(Tenure tenure, ReadBracket(text.substr(at + 1, close - at - 1), path, line));
    out->push_back(std::move(tenure));
    at = close + 1;
  }
  return {};
}

bool IsSectionMark(const std::string& text) { return text.front() == '<' && text.back() == '>'; }

}  // namespace

Result<Layer> ParsePetrarchActors(std::string_view content, const std::string& path) {
  Layer layer;
  layer.kind = LayerKind::kPetrarchActors;
  for (const Line& line : SplitLines(content)) {
    const std::string trimmed = Trim(line.text);
    if (IsSectionMark(trimmed)) continue;
    if (trimmed[0] == '[') {
      if (layer.actors.empty())
        return Complain(path, line.number, "a code without a phrase before it; expected PHRASE [CODE]");
      WHOWHOM_TRY_STATUS(ReadBrackets(trimmed, path, line.number, &layer.actors.back().tenures));
      continue;
    }
    const size_t bracket = trimmed.find('[');
    bool whole_word = false;
    if (trimmed[0] == '+') {
      if (layer.actors.empty())
        return Complain(path, line.number, "a synonym without a phrase before it; expected PHRASE [CODE]");
      const std::string phrase =
          PhraseOf(std::string_view(trimmed).substr(1, bracket == std::string::npos ? bracket : bracket - 1),
                   &whole_word);
      if (phrase.empty()) return Complain(path, line.number, "expected a phrase behind '+'");
      layer.actors.back().names.push_back(phrase);
      layer.actors.back().whole_word.push_back(whole_word);
    } else {
      LayerActor actor;
      actor.name = PhraseOf(std::string_view(trimmed).substr(0, bracket), &whole_word);
      if (NameKey(actor.name).empty())
        return Complain(path, line.number, "expected a phrase, found '" + trimmed.substr(0, 40) + "'");
      actor.whole_word.push_back(whole_word);
      actor.line = line.number;
      layer.actors.push_back(std::move(actor));
    }
    if (bracket != std::string::npos) {
      WHOWHOM_TRY_STATUS(
          ReadBrackets(trimmed.substr(bracket), path, line.number, &layer.actors.back().tenures));
    }
  }
  return layer;
}

namespace {

// Substitution sets: "!PERSON! = MAN, WOMAN".
using Sets = std::map<std::string, std::vector<std::string>>;

// Replaces every !SET! of a phrase by each of its words.
Result<std::vector<std::string>> Expand(const std::string& phrase, const Sets& sets, const std::string& path,
                                        size_t line) {
  std::vector<std::string> done;
  std::vector<std::string> open = {phrase};
  while (!open.empty()) {
    const std::string next = open.back();
    open.pop_back();
    const size_t mark = next.find('!');
    if (mark == std::string::npos) {
      done.push_back(next);
      continue;
    }
    const size_t end = next.find('!', mark + 1);
    if (end == std::string::npos) return Complain(path, line, "expected a second '!' in '" + phrase + "'");
    const auto found = sets.find(next.substr(mark, end - mark + 1));
    if (found == sets.end())
      return Complain(path, line, "the set " + next.substr(mark, end - mark + 1) + " is not defined above");
    for (const std::string& word : found->second)
      open.push_back(next.substr(0, mark) + word + next.substr(end + 1));
    if (open.size() + done.size() > 10000)
      return Error{ErrorCode::kResourceLimit,
                   path + ":" + std::to_string(line) + ": more than 10,000 phrases from one line"};
  }
  std::sort(done.begin(), done.end());
  return done;
}

}  // namespace

Result<Layer> ParsePetrarchAgents(std::string_view content, const std::string& path) {
  Layer layer;
  layer.kind = LayerKind::kPetrarchAgents;
  Sets sets;
  for (const Line& line : SplitLines(content)) {
    const std::string text = Trim(line.text);
    if (IsSectionMark(text)) continue;
    const size_t equals = text.find('=');
    if (text[0] == '!' && equals != std::string::npos) {
      const std::string name = Trim(std::string_view(text).substr(0, equals));
      if (name.size() < 3 || name.back() != '!')
        return Complain(path, line.number, "expected !SET! = WORD, WORD, found '" + text.substr(0, 40) + "'");
      sets[name] = SplitList(std::string_view(text).substr(equals + 1), ',');
      continue;
    }
    const size_t bracket = text.find('[');
    const size_t close = text.find(']', bracket == std::string::npos ? 0 : bracket);
    if (bracket == std::string::npos || close == std::string::npos)
      return Complain(path, line.number, "expected PHRASE [~CODE], found '" + text.substr(0, 40) + "'");
    const std::string code = Trim(std::string_view(text).substr(bracket + 1, close - bracket - 1));
    const bool marked = code.size() > 1 && (code.front() == '~' || code.back() == '~');
    if (!marked && code != "###" && code != "~")
      return Complain(path, line.number, "expected [~CODE] or [CODE~], found '[" + code + "]'");
    std::string head = text.substr(0, bracket);
    std::optional<std::string> plural;
    if (const size_t brace = head.find('{'); brace != std::string::npos) {
      const size_t end = head.find('}', brace);
      if (end == std::string::npos)
        return Complain(path, line.number, "expected '}' in '" + text.substr(0, 40) + "'");
      plural = head.substr(brace + 1, end - brace - 1);
      head = head.substr(0, brace);
    }
    WHOWHOM_TRY(const std::vector<std::string> phrases, Expand(Trim(head), sets, path, line.number));
    for (const std::string& raw : phrases) {
      bool whole_word = false;
      LayerAgent entry;
      entry.agent.phrase = NormalizeName(PhraseOf(raw, &whole_word));
      if (entry.agent.phrase.empty()) return Complain(path, line.number, "expected a phrase before '['");
      entry.agent.code = code == "###" || code == "~" ? "" : code;
      if (plural) {
        entry.plural = NormalizeName(PhraseOf(*plural, &whole_word));
      } else {
        entry.plural = RegularPlural(entry.agent.phrase);
      }
      layer.agents.push_back(std::move(entry));
    }
  }
  return layer;
}

Result<Layer> ParseDiscards(std::string_view content, const std::string& path) {
  Layer layer;
  layer.kind = LayerKind::kDiscards;
  for (const Line& line : SplitLines(content)) {
    std::string text = Trim(line.text);
    if (IsSectionMark(text)) continue;
    const bool story = text[0] == '+';
    bool whole_word = false;
    const std::string phrase = PhraseOf(std::string_view(text).substr(story ? 1 : 0), &whole_word);
    if (NormalizeName(phrase).empty())
      return Complain(path, line.number, "expected a phrase, found '" + text.substr(0, 40) + "'");
    (story ? layer.story_discards : layer.discards).push_back(phrase);
  }
  return layer;
}

}  // namespace whowhom::extract::actors
