// Articles made by a seeded generator: real texts with statements whose spans fit, from a small world of
// names so that articles share actors, relations and edges.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "whowhom/core/record.h"

namespace whowhom::storage {

struct SampleArticle {
  Document document;
  std::vector<Statement> statements;
};

struct SampleOptions {
  int actors = 12;
  int min_sentences = 1;
  int max_sentences = 6;
  bool has_crowds = false;  // every fifth actor is "protesters", others in each article
  std::string extractor = "sample 1";
};

inline ActorRef SampleActor(int number) {
  static constexpr EntityType kTypes[] = {EntityType::kPerson, EntityType::kOrg, EntityType::kGpe};
  ActorRef actor;
  actor.name = "Actor " + std::to_string(number);
  actor.type = kTypes[number % 3];
  if (number % 2 == 0) actor.country = number % 4 == 0 ? "FRA" : "ITA";
  if (number % 3 == 0) actor.sector = "GOV";
  return actor;
}

// Writes text and keeps the spans of what it wrote.
class TextBuilder {
 public:
  ByteSpan Add(std::string_view words) {
    if (!text_.empty() && text_.back() != ' ') text_.push_back(' ');
    const auto begin = static_cast<uint32_t>(text_.size());
    text_.append(words);
    return {begin, static_cast<uint32_t>(text_.size())};
  }
  void EndSentence() { text_.append(". "); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class SampleMaker {
 public:
  explicit SampleMaker(uint64_t seed, SampleOptions options = {})
      : random_(seed), options_(std::move(options)) {}

  SampleArticle Make() {
    ++made_;
    SampleArticle article;
    TextBuilder text;
    const int sentences = Pick(options_.min_sentences, options_.max_sentences);
    for (int i = 0; i < sentences; ++i) AddSentence(static_cast<uint32_t>(i), &text, &article);
    Document& document = article.document;
    document.text = text.text();
    const int number = Pick(0, 1 << 30);
    document.path = "news/" + std::to_string(number) + ".txt";
    document.title = "Title " + std::to_string(number % 7);
    document.outlet = "The Outlet " + std::to_string(number % 3);
    document.given_id = std::to_string(number);
    if (Pick(0, 9) > 0) document.date = Day{18000 + Pick(0, 40)};
    document.extractor = options_.extractor;
    document.id = ComputeDocId(document);
    for (Statement& statement : article.statements) {
      statement.doc = document.id;
      statement.path = document.path;
      statement.published = document.date;
      statement.text = document.text.substr(statement.span.begin, statement.span.size());
      statement.id = ComputeStatementId(statement);
    }
    return article;
  }

  int Pick(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<uint64_t>(high - low + 1));
  }

 private:
  Phrase Name(TextBuilder* text, SampleArticle* article, int number) {
    Phrase phrase;
    phrase.actor = SampleActor(number);
    if (options_.has_crowds && number % 5 == 0) {
      phrase.actor.name = "protesters";
      phrase.actor.type = EntityType::kGroup;
      phrase.actor.discriminator = std::to_string(made_);
    }
    // The same name in different spelling, and sometimes with a better known country.
    phrase.text = Pick(0, 4) == 0 ? "ACTOR " + std::to_string(number) : phrase.actor.name;
    if (Pick(0, 5) == 0) phrase.actor.country = "ESP";
    phrase.spans = {text->Add(phrase.text)};
    article->document.mentions.push_back({phrase.spans.front(), phrase.actor, MentionKind::kName, number});
    return phrase;
  }

  void AddSentence(uint32_t index, TextBuilder* text, SampleArticle* article) {
    static constexpr const char* kVerbs[] = {"accused", "met", "praised", "warned", "left"};
    static constexpr const char* kLemmas[] = {"accuse", "meet", "praise", "warn", "leave"};
    static constexpr EventClass kClasses[] = {EventClass::kAccuse, EventClass::kConsult, EventClass::kSupport,
                                              EventClass::kThreaten, EventClass::kNone};
    const int verb = Pick(0, 4);
    Statement statement;
    statement.sentence = index;
    statement.subject = Name(text, article, Pick(1, options_.actors));
    statement.predicate.text = kVerbs[verb];
    statement.predicate.lemma = kLemmas[verb];
    statement.predicate.spans = {text->Add(kVerbs[verb])};
    if (Pick(0, 5) > 0) {
      statement.object = Name(text, article, Pick(1, options_.actors));
    }
    if (Pick(0, 3) == 0) {
      text->Add("with");
      statement.arguments.push_back({"with", Name(text, article, Pick(1, options_.actors))});
    }
    if (Pick(0, 4) == 0) {
      Attribution voice;
      voice.actor = SampleActor(Pick(1, options_.actors));
      voice.text = voice.actor.name;
      voice.span = text->Add(voice.text);
      voice.verb = "say";
      statement.attribution.push_back(voice);
    }
    if (Pick(0, 3) == 0) {
      TimeExpression time;
      time.from = Day{18000 + Pick(0, 30)};
      time.to = Day{time.from.number + (Pick(0, 1) == 0 ? 0 : Pick(0, 400))};
      time.text = "then";
      time.span = text->Add("then");
      statement.time = time;
    }
    statement.event_class = kClasses[verb];
    statement.polarity = Pick(0, 6) == 0 ? Polarity::kNegative : Polarity::kPositive;
    statement.rules = {"nsubj-active", "obj"};
    statement.confidence = Pick(0, 100) / 100.0;
    statement.scale = Pick(-100, 100) / 10.0;
    statement.span = {statement.subject.spans.front().begin, static_cast<uint32_t>(text->text().size())};
    text->EndSentence();
    article->statements.push_back(std::move(statement));
  }

  std::mt19937_64 random_;
  SampleOptions options_;
  int made_ = 0;
};

}  // namespace whowhom::storage
