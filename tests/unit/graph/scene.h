// Articles built in tests: each line is one sentence with one statement, spans exact.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "unit/graph/memory_snapshot.h"

namespace whowhom::graph::testing {

struct Actor {
  std::string name = {};
  EntityType type = EntityType::kPerson;
  std::string country = {};
  std::string surface = {};  // as written; empty = the name
  std::string sector = {};
};

// A statement to be; made by Scene::Article.
struct Line {
  Actor subject = {};  // name empty: nobody expressed
  std::string lemma = {};
  std::string verb = {};  // "accuse", "accused"
  Actor object = {};      // name empty: no object; type kThing: a thing
  std::vector<Argument> arguments = {};
  EventClass event_class = EventClass::kNone;
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kAsserted;
  Actor speaker = {};      // name empty: the article's own voice
  std::string time = {};   // ISO day
  std::string place = {};  // name
  int reports = -1;        // index of the line of the same article that it reports
};

inline Argument Arg(const std::string& role, const std::string& text, const Actor& actor = {}) {
  Argument argument;
  argument.role = role;
  argument.phrase.text = text;
  argument.phrase.head = text;
  if (!actor.name.empty()) argument.phrase.actor = {actor.name, actor.type, actor.country, actor.sector, ""};
  return argument;
}

struct Scene {
  std::shared_ptr<MemorySnapshot> snapshot = std::make_shared<MemorySnapshot>();

  DocId Article(const std::string& name, const std::string& date, std::vector<Line> lines,
                const std::string& signature = "", const std::string& url = "") {
    Document document;
    document.path = name;
    document.title = "Title of " + name;
    document.outlet = "Outlet";
    document.url = url;
    document.given_id = name;
    document.date = ParseDay(date);
    document.signature = signature;
    std::vector<Statement> statements;
    for (Line& line : lines) statements.push_back(Make(line, &document));
    document.id = ComputeDocId(document);
    for (Statement& statement : statements) {
      statement.doc = document.id;
      statement.path = document.path;
      statement.published = document.date;
      statement.id = ComputeStatementId(statement);
    }
    for (size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].reports >= 0)
        statements[i].content.push_back(statements.at(static_cast<size_t>(lines[i].reports)).id);
    }
    snapshot->Add(document, statements);
    return document.id;
  }

 private:
  static Phrase Write(const Actor& actor, Document* document) {
    Phrase phrase;
    phrase.text = actor.surface.empty() ? actor.name : actor.surface;
    uint32_t begin = static_cast<uint32_t>(document->text.size());
    document->text += phrase.text + " ";
    phrase.spans = {{begin, begin + static_cast<uint32_t>(phrase.text.size())}};
    if (actor.type == EntityType::kThing) {
      phrase.head = phrase.text;
    } else {
      phrase.actor = {actor.name, actor.type, actor.country, actor.sector, ""};
      Mention mention;
      mention.span = phrase.spans[0];
      mention.actor = phrase.actor;
      document->mentions.push_back(mention);
    }
    return phrase;
  }
  static Statement Make(const Line& line, Document* document) {
    Statement statement;
    uint32_t begin = static_cast<uint32_t>(document->text.size());
    if (!line.speaker.name.empty()) {
      Phrase speaker = Write(line.speaker, document);
      statement.attribution.push_back({speaker.actor, speaker.text, speaker.spans[0], "say"});
    }
    if (!line.subject.name.empty()) statement.subject = Write(line.subject, document);
    uint32_t verb_begin = static_cast<uint32_t>(document->text.size());
    statement.predicate.text = line.verb;
    statement.predicate.lemma = line.lemma;
    document->text += line.verb + " ";
    statement.predicate.spans = {{verb_begin, verb_begin + static_cast<uint32_t>(line.verb.size())}};
    if (!line.object.name.empty()) statement.object = Write(line.object, document);
    for (Argument argument : line.arguments) {
      uint32_t at = static_cast<uint32_t>(document->text.size() + argument.role.size() + 1);
      document->text += argument.role + " " + argument.phrase.text + " ";
      argument.phrase.spans = {{at, at + static_cast<uint32_t>(argument.phrase.text.size())}};
      statement.arguments.push_back(std::move(argument));
    }
    document->text.back() = '.';
    statement.span = {begin, static_cast<uint32_t>(document->text.size())};
    statement.text = document->text.substr(begin);
    document->text += " ";
    statement.event_class = line.event_class;
    statement.polarity = line.polarity;
    statement.modality = line.modality;
    if (!line.time.empty()) {
      Day day = *ParseDay(line.time);
      statement.time = TimeExpression{day, day, TimeGrain::kDay, line.time, {}};
    }
    if (!line.place.empty()) statement.place = ActorRef{line.place, EntityType::kGpe, "", "", ""};
    statement.confidence = 0.9;
    return statement;
  }
};

inline Actor Person(const std::string& name, const std::string& country = "") {
  return {name, EntityType::kPerson, country, "", ""};
}
inline Actor State(const std::string& name, const std::string& country = "") {
  return {name, EntityType::kGpe, country, "", ""};
}
inline Actor Group(const std::string& name) { return {name, EntityType::kOrg, "", "", ""}; }
inline Actor Thing(const std::string& name) { return {name, EntityType::kThing, "", "", ""}; }
inline Actor Nobody() { return {}; }

}  // namespace whowhom::graph::testing
