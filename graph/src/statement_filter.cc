#include "statement_filter.h"

#include <algorithm>

#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

// Roles of arguments that say where.
bool IsWhere(std::string_view role) {
  return role == "place" || role == "in" || role == "at" || role == "near" || role == "outside";
}

void Append(std::string_view text, std::string* out) {
  if (text.empty()) return;
  if (!out->empty()) out->push_back(' ');
  out->append(text);
}

// A phrase and, where it names an actor in other words, the actor's name.
void AppendPhrase(const Phrase& phrase, std::string* out) {
  Append(phrase.text, out);
  if (!phrase.actor.name.empty() && phrase.actor.name != phrase.text) Append(phrase.actor.name, out);
  for (const ActorRef& member : phrase.members) Append(member.name, out);
}

std::string Sentence(const Statement& statement) {
  std::string text;
  Append(statement.subject.text, &text);
  Append(statement.predicate.text, &text);
  if (statement.object) Append(statement.object->text, &text);
  for (const Argument& argument : statement.arguments) {
    if (argument.role.size() <= 2 || IsWhere(argument.role)) Append(argument.role, &text);
    Append(argument.phrase.text, &text);
  }
  return text;
}

constexpr size_t kNumberReach = 4;  // words between a number and its noun, modifiers of both included

std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t i = 0; i < text.size();) {
    const size_t end = std::min(text.find(' ', i), text.size());
    if (end > i) words.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

std::string JoinedWords(const std::vector<std::string_view>& words, size_t begin, size_t end) {
  std::string text;
  for (size_t i = begin; i < end; ++i) Append(words[i], &text);
  while (!text.empty() && std::ispunct(static_cast<unsigned char>(text.back())) != 0) text.pop_back();
  return text;
}

bool HasName(std::string_view text) {
  const std::vector<std::string_view> words = WordsOf(text);
  return std::any_of(words.begin(), words.end(),
                     [](std::string_view word) { return IsUpper(DecodeUtf8(word, 0).value); });
}

// "in a drone strike near Baghdad's international airport": the phrase from the preposition's noun on, if it
// begins with a name.
std::string PlaceWithin(std::string_view text) {
  const std::vector<std::string_view> words = WordsOf(text);
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (!IsWhere(words[i])) continue;
    size_t begin = i + 1;
    if (words[begin] == "the" && begin + 1 < words.size()) ++begin;
    if (!IsUpper(DecodeUtf8(words[begin], 0).value)) continue;
    size_t end = begin + 1;
    while (end < words.size() && !IsWhere(words[end]) && words[end].size() > 3 &&
           words[end - 1].back() != ',')
      ++end;
    return JoinedWords(words, begin, end);
  }
  return {};
}

constexpr size_t kPhraseReach = 6;       // words of a phrase whose place is asked for
constexpr size_t kDescriptionReach = 5;  // "Basra, a port city in": from the comma to the preposition
constexpr size_t kPlaceReach = 5;        // "the eastern province of Harb": words before its first name

// "southern Iraq" from word `begin` on: up to the end of its first name; empty if no name comes soon.
std::string PlaceFrom(const std::vector<std::string_view>& words, size_t begin) {
  const auto is_name = [&](size_t i) { return IsUpper(DecodeUtf8(words[i], 0).value); };
  const auto ends = [&](size_t i) { return std::ispunct(static_cast<unsigned char>(words[i].back())) != 0; };
  size_t at = begin;
  while (at < words.size() && at < begin + kPlaceReach && !is_name(at) && !ends(at)) ++at;
  if (at >= words.size() || !is_name(at)) return {};
  while (!ends(at) && at + 1 < words.size() && is_name(at + 1)) ++at;
  return JoinedWords(words, begin, at + 1);
}

bool IsNumber(std::string_view word, const std::vector<std::string>& number_words) {
  if (std::isdigit(static_cast<unsigned char>(word.front())) != 0) return true;
  const std::string lower = ToLower(word);
  return std::find(number_words.begin(), number_words.end(), lower) != number_words.end();
}

// The number before the first place where all counted stems stand.
std::string NumberWithin(std::string_view text, const PlanFilter& filter) {
  const std::vector<std::string_view> words = WordsOf(text);
  for (size_t noun = 0; noun < words.size(); ++noun) {
    if (filter.counted.empty() || !HasStems(words[noun], {filter.counted.back()})) continue;
    const size_t from = noun > kNumberReach ? noun - kNumberReach : 0;
    for (size_t i = noun; i-- > from;) {
      if (!IsNumber(words[i], filter.number_words)) continue;
      if (!HasStems(JoinedWords(words, i, noun + 1), filter.counted)) break;
      size_t begin = i;  // "more than", "at least", "hundreds of"
      while (begin > 0 && i - begin < 2 && IsNumber(words[begin - 1], filter.number_words)) --begin;
      if (begin >= 2 && (words[begin - 1] == "than" || words[begin - 1] == "least")) begin -= 2;
      return JoinedWords(words, begin, noun + 1);
    }
  }
  return {};
}

bool HasCurrency(std::string_view word) {
  static constexpr std::string_view kSigns[] = {"$", "€", "£", "¥"};
  return std::any_of(std::begin(kSigns), std::end(kSigns), [&](std::string_view sign) {
    return word.find(sign) != std::string_view::npos && word.find_first_of("0123456789") != std::string::npos;
  });
}

// The first sum of money: "US$10 billion", "3 million euros".
std::string MoneyWithin(std::string_view text, const PlanFilter& filter) {
  const std::vector<std::string_view> words = WordsOf(text);
  const auto is_unit = [&](size_t i) {
    return i < words.size() && std::find(filter.money_words.begin(), filter.money_words.end(),
                                         ToLower(words[i])) != filter.money_words.end();
  };
  for (size_t i = 0; i < words.size(); ++i) {
    size_t end = i + 1;
    while (end < words.size() && std::isalpha(static_cast<unsigned char>(words[end].front())) != 0 &&
           IsNumber(words[end], filter.number_words))
      ++end;
    const bool is_sum = IsNumber(words[i], filter.number_words) && is_unit(end);
    if (HasCurrency(words[i])) return JoinedWords(words, i, end);
    if (is_sum) return JoinedWords(words, i, end + 1);
  }
  return {};
}

}  // namespace

bool HasStems(std::string_view text, const std::vector<std::string>& stems) {
  if (stems.empty()) return true;
  std::string padded = " " + NormalizeName(text);
  for (char& c : padded) {
    if (std::ispunct(static_cast<unsigned char>(c)) != 0) c = ' ';
  }
  return std::all_of(stems.begin(), stems.end(), [&](const std::string& stem) {
    for (size_t i = 0; i <= stem.size();) {
      const size_t end = std::min(stem.find('|', i), stem.size());
      if (end > i && padded.find(" " + stem.substr(i, end - i)) != std::string::npos) return true;
      i = end + 1;
    }
    return false;
  });
}

Result<std::string> ContentText(const View& view, const Statement& statement) {
  std::string text;
  if (statement.predicate.lemma.starts_with("be ")) Append(statement.predicate.lemma.substr(3), &text);
  if (statement.object) AppendPhrase(*statement.object, &text);
  for (const Argument& argument : statement.arguments) AppendPhrase(argument.phrase, &text);
  for (StatementId id : statement.content) {
    WHOWHOM_TRY(auto content, view.snapshot().FindStatement(id));
    if (!content) continue;
    AppendPhrase(content->subject, &text);
    Append(content->predicate.text, &text);
    Append(content->predicate.lemma, &text);
    if (content->object) AppendPhrase(*content->object, &text);
    for (const Argument& argument : content->arguments) AppendPhrase(argument.phrase, &text);
  }
  return text;
}

Result<std::string> ContentShown(const View& view, const Statement& statement, const PlanFilter& filter,
                                 bool with_object) {
  std::string text;
  // "is secretary of state of": the office is part of what somebody is.
  if (statement.predicate.lemma.starts_with("be ") && with_object)
    Append(statement.predicate.lemma.substr(3), &text);
  if (statement.object && with_object) Append(statement.object->text, &text);
  bool has_content = false;
  for (const Argument& argument : statement.arguments) {
    if (argument.role == "content" || argument.role == "purpose") {
      Append(argument.phrase.text, &text);
      has_content = true;
    } else if (argument.role != "time" && argument.role != "place" && argument.role != "target") {
      const bool is_preposition =
          argument.role != "manner" && argument.role != "cause" && argument.role != "condition";
      if (is_preposition) Append(argument.role, &text);
      Append(argument.phrase.text, &text);
    }
  }
  if (has_content && HasStems(text, filter.about)) return text;
  for (const StatementId id : has_content ? statement.content : std::vector<StatementId>{}) {
    WHOWHOM_TRY(auto content,
                view.snapshot().FindStatement(id));  // said in another sentence of the quotation
    if (content && content->sentence != statement.sentence && HasStems(content->text, filter.about))
      return Sentence(*content);
  }
  if (has_content) return text;
  for (size_t i = 0; i < statement.content.size(); ++i) {
    WHOWHOM_TRY(auto content, view.snapshot().FindStatement(statement.content[i]));
    if (!content) continue;
    if (!text.empty()) text += i == 0 ? ": " : "; ";
    text += Sentence(*content);
  }
  const bool says = statement.event_class == EventClass::kStatement && !statement.object;
  if (text.empty() && says) return statement.text;  // what was said was not made out: the whole sentence
  return text;
}

std::string PlaceShown(const Statement& statement) {
  for (const Argument& argument : statement.arguments) {
    if (argument.role == "place") return argument.phrase.text;
  }
  for (const Argument& argument : statement.arguments) {
    bool is_place =
        argument.phrase.actor.type == EntityType::kGpe || argument.phrase.actor.type == EntityType::kPlace;
    if (IsWhere(argument.role) && is_place) return argument.phrase.text;  // "Baghdad", whatever state it is
  }
  if (statement.place) return statement.place->name;
  for (const Argument& argument : statement.arguments) {
    if (argument.role == "time" || argument.role == "content") continue;
    if (std::string place = PlaceWithin(argument.phrase.text); !place.empty()) return place;
  }
  for (const Argument& argument : statement.arguments) {  // "in the Oval Office", "at a news conference"
    const bool is_event = argument.role == "at" || argument.role == "near" || argument.role == "outside";
    if (IsWhere(argument.role) && (is_event || HasName(argument.phrase.text))) return argument.phrase.text;
  }
  return statement.object ? PlaceWithin(statement.object->text) : std::string();
}

std::string PlaceOfPhrase(const Statement& statement, const PlanFilter& filter) {
  const std::vector<std::string_view> words = WordsOf(statement.text);
  const auto is_locating = [&](std::string_view word) {
    return std::find(filter.locating_words.begin(), filter.locating_words.end(), word) !=
           filter.locating_words.end();
  };
  for (size_t head = 0; head + 2 < words.size(); ++head) {
    if (filter.located.empty() || !HasStems(words[head], {filter.located.back()})) continue;
    const size_t from = head >= kPhraseReach ? head - kPhraseReach : 0;
    if (!HasStems(JoinedWords(words, from, head + 1), filter.located)) continue;
    size_t at = head + 1;
    const bool is_described =
        words[head].back() == ',' && (words[at] == "a" || words[at] == "an" || words[at] == "the");
    if (is_described) {
      while (at < words.size() && at < head + kDescriptionReach && !IsWhere(words[at])) ++at;
    } else if (words[head].back() == '.' || words[head].back() == ',') {
      continue;
    }
    while (at < words.size() && is_locating(words[at])) ++at;
    if (at + 1 >= words.size() || !IsWhere(words[at])) continue;
    if (std::string place = PlaceFrom(words, at + 1); !place.empty()) return place;
  }
  return {};
}

std::string NumberShown(const Statement& statement, const PlanFilter& filter) {
  std::vector<std::string_view> texts = {statement.subject.text};
  if (statement.object) texts.push_back(statement.object->text);
  for (const Argument& argument : statement.arguments) texts.push_back(argument.phrase.text);
  texts.push_back(statement.text);
  for (const std::string_view text : texts) {
    std::string number = filter.money_words.empty() ? NumberWithin(text, filter) : MoneyWithin(text, filter);
    if (!number.empty()) return number;
  }
  return {};
}

std::string TimeShown(const Statement& statement) {
  if (!statement.time) return {};
  std::string from = FormatDay(statement.time->from), to = FormatDay(statement.time->to);
  return from == to ? from : from + " to " + to;
}

namespace {

constexpr uint32_t kContextBytes = 600;  // about four sentences of news

// The sentence, what stands before it, and what the article is about: its title and beginning.
Result<std::string> ContextText(const View& view, const Statement& statement) {
  WHOWHOM_TRY(const auto document, view.snapshot().FindDocument(statement.doc, true));
  if (!document) return statement.text;
  const size_t end = std::min<size_t>(statement.span.begin, document->text.size());
  const size_t begin = end > kContextBytes ? document->text.find(' ', end - kContextBytes) : 0;
  return document->title + " " + document->text.substr(0, kContextBytes) + " " +
         document->text.substr(std::min(begin, end), end - std::min(begin, end)) + " " + statement.text;
}

// Nothing said of what it is done to, or only pointed at: "it", "the decision".
bool PointsBack(const Statement& statement) {
  if (!statement.object) return true;
  if (!statement.object->actor.name.empty()) return false;
  const std::string first = ToLower(statement.object->text.substr(0, statement.object->text.find(' ')));
  return first == "it" || first == "the" || first == "this" || first == "that" || first == "them";
}

bool StandsIn(std::string_view text, const PlanFilter& filter) {
  if (!HasStems(text, filter.about)) return false;
  const auto standing = std::count_if(filter.about_some.begin(), filter.about_some.end(),
                                      [&](const std::string& stem) { return HasStems(text, {stem}); });
  return static_cast<size_t>(standing) >= filter.about_some_at_least;
}

// "the attack" where the question says "the missile attack on the base": half of the words at least.
bool SaysMostOf(std::string_view content, const PlanFilter& filter) {
  const auto standing = std::count_if(filter.about.begin(), filter.about.end(),
                                      [&](const std::string& stem) { return HasStems(content, {stem}); });
  return standing > 0 && 2 * static_cast<size_t>(standing) >= filter.about.size();
}

Result<bool> HasTopic(const View& view, const PlanFilter& filter, const Statement& statement) {
  if (filter.about.empty() && filter.about_some.empty()) return true;
  if (filter.topic_scope == TopicScope::kContent) {
    WHOWHOM_TRY(const std::string content, ContentText(view, statement));
    const bool has_lesser = std::any_of(filter.about_not.begin(), filter.about_not.end(),
                                        [&](const std::string& stem) { return HasStems(content, {stem}); });
    return !has_lesser && StandsIn(content, filter);
  }
  if (StandsIn(statement.text, filter)) return true;
  if (filter.topic_scope == TopicScope::kSentence) return false;
  if (!PointsBack(statement)) {
    WHOWHOM_TRY(const std::string content, ContentText(view, statement));
    if (!SaysMostOf(content, filter)) return false;
  }
  // Words to nobody about nothing that is named: the sentence itself must have a word of it.
  const auto stands = [&](const std::string& stem) { return HasStems(statement.text, {stem}); };
  const bool is_bare = !statement.object && statement.event_class == EventClass::kStatement &&
                       filter.about.size() + filter.about_some.size() > 1;
  if (is_bare && std::none_of(filter.about.begin(), filter.about.end(), stands) &&
      std::none_of(filter.about_some.begin(), filter.about_some.end(), stands))
    return false;
  WHOWHOM_TRY(const std::string context, ContextText(view, statement));
  return StandsIn(context, filter);
}

std::string WhereText(const Statement& statement) {
  std::string where = PlaceShown(statement);
  if (statement.place) where += " " + statement.place->name;
  for (const Argument& argument : statement.arguments) {
    if (IsWhere(argument.role)) AppendPhrase(argument.phrase, &where);
  }
  return where;
}

}  // namespace

Result<bool> PassesStatement(const View& view, const PlanFilter& filter, const Statement& statement,
                             bool first_edge) {
  if (filter.days) {
    std::optional<DayRange> days = DaysOf(statement);
    if (!days || days->to < filter.days->from || filter.days->to < days->from) return false;
  }
  if (!filter.said_by.empty()) {
    bool said =
        std::any_of(statement.attribution.begin(), statement.attribution.end(), [&](const Attribution& a) {
          if (a.actor.name.empty()) return false;
          NodeId speaker = view.identity().SurvivorOf(ActorNode(a.actor).id());
          return std::binary_search(filter.said_by.begin(), filter.said_by.end(), speaker);
        });
    if (!said) return false;
  }
  if (!first_edge) return true;
  WHOWHOM_TRY(const bool has_topic, HasTopic(view, filter, statement));
  if (!has_topic || filter.place.empty()) return has_topic;
  if (HasStems(WhereText(statement), filter.place)) return true;
  if (filter.place_scope == TopicScope::kContent) return false;
  if (HasStems(statement.text, filter.place)) return true;
  if (filter.place_scope == TopicScope::kSentence) return false;
  WHOWHOM_TRY(const std::string context, ContextText(view, statement));
  return HasStems(context, filter.place);
}

}  // namespace whowhom::graph
