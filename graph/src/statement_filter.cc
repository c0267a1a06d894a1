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

}  // namespace

bool HasStems(std::string_view text, const std::vector<std::string>& stems) {
  if (stems.empty()) return true;
  std::string padded = " " + NormalizeName(text);
  for (char& c : padded) {
    if (std::ispunct(static_cast<unsigned char>(c)) != 0) c = ' ';
  }
  return std::all_of(stems.begin(), stems.end(),
                     [&](const std::string& stem) { return padded.find(" " + stem) != std::string::npos; });
}

Result<std::string> ContentText(const View& view, const Statement& statement) {
  std::string text;
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

Result<std::string> ContentShown(const View& view, const Statement& statement, bool with_object) {
  std::string text;
  if (statement.object && with_object) Append(statement.object->text, &text);
  bool has_content = false;
  for (const Argument& argument : statement.arguments) {
    if (argument.role == "content" || argument.role == "purpose") {
      Append(argument.phrase.text, &text);
      has_content = true;
    } else if (argument.role != "time" && argument.role != "place") {
      Append(argument.role, &text);
      Append(argument.phrase.text, &text);
    }
  }
  if (has_content) return text;
  for (size_t i = 0; i < statement.content.size(); ++i) {
    WHOWHOM_TRY(auto content, view.snapshot().FindStatement(statement.content[i]));
    if (!content) continue;
    if (!text.empty()) text += i == 0 ? ": " : "; ";
    text += Sentence(*content);
  }
  return text;
}

std::string PlaceShown(const Statement& statement) {
  for (const Argument& argument : statement.arguments) {
    if (argument.role == "place") return argument.phrase.text;
  }
  if (statement.place) return statement.place->name;
  for (const Argument& argument : statement.arguments) {
    bool is_place =
        argument.phrase.actor.type == EntityType::kGpe || argument.phrase.actor.type == EntityType::kPlace;
    if (IsWhere(argument.role) && is_place) return argument.phrase.text;
  }
  return {};
}

std::string TimeShown(const Statement& statement) {
  if (!statement.time) return {};
  std::string from = FormatDay(statement.time->from), to = FormatDay(statement.time->to);
  return from == to ? from : from + " to " + to;
}

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
  if (!filter.about.empty()) {
    if (filter.about_in_sentence) {
      if (!HasStems(statement.text, filter.about)) return false;
    } else {
      WHOWHOM_TRY(std::string content, ContentText(view, statement));
      if (!HasStems(content, filter.about)) return false;
    }
  }
  if (!filter.place.empty()) {
    std::string where = PlaceShown(statement);
    if (statement.place) where += " " + statement.place->name;
    for (const Argument& argument : statement.arguments) {
      if (IsWhere(argument.role)) AppendPhrase(argument.phrase, &where);
    }
    if (!HasStems(where, filter.place)) return false;
  }
  return true;
}

}  // namespace whowhom::graph
