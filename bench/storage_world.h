// A synthetic world for the storage measurements: actors by a power law (number = N * u^3), relations by
// Zipf's law, articles of 15 statements with short sentences. The same seed gives the same articles.
#pragma once

#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "whowhom/core/record.h"

namespace whowhom::bench {

struct WorldArticle {
  Document document;
  std::vector<Statement> statements;
};

class World {
 public:
  World(uint64_t statements, uint64_t seed) : random_(seed), actors_(statements / 5 + 10) {
    relations_ = statements >= 10'000'000 ? 500 : 200;
    double sum = 0;
    for (int i = 1; i <= relations_; ++i) weights_.push_back(sum += 1.0 / i);
  }

  WorldArticle Make(int statements = 15) {
    WorldArticle article;
    std::string& text = article.document.text;
    for (int i = 0; i < statements; ++i) AddSentence(static_cast<uint32_t>(i), &text, &article);
    Document& document = article.document;
    document.given_id = std::to_string(next_++);
    document.path = "news/" + document.given_id + ".txt";
    document.outlet = "Outlet";
    document.date = Day{18000 + static_cast<int32_t>(random_() % 1000)};
    document.extractor = "bench 1";
    document.id = ComputeDocId(document);
    for (Statement& statement : article.statements) {
      statement.doc = document.id;
      statement.path = document.path;
      statement.published = document.date;
      statement.id = ComputeStatementId(statement);
    }
    return article;
  }

  static std::string ActorName(uint64_t number) { return "Actor " + std::to_string(number); }
  static std::string Verb(int relation) { return "verb" + std::to_string(relation); }
  uint64_t PickActor() {
    const double u = static_cast<double>(random_() >> 11) * 0x1.0p-53;
    return static_cast<uint64_t>(static_cast<double>(actors_) * u * u * u);
  }
  int PickRelation() {
    const double u = static_cast<double>(random_() >> 11) * 0x1.0p-53 * weights_.back();
    return static_cast<int>(std::lower_bound(weights_.begin(), weights_.end(), u) - weights_.begin());
  }
  uint64_t actors() const { return actors_; }
  std::mt19937_64& random() { return random_; }

 private:
  static ByteSpan Write(const std::string& words, std::string* text) {
    const auto begin = static_cast<uint32_t>(text->size());
    text->append(words);
    const auto end = static_cast<uint32_t>(text->size());
    text->push_back(' ');
    return {begin, end};
  }
  Phrase Name(uint64_t number, std::string* text, WorldArticle* article) {
    Phrase phrase;
    phrase.actor.name = ActorName(number);
    phrase.actor.type = static_cast<EntityType>(1 + number % 3);
    if (number % 4 == 0) phrase.actor.country = "FRA";
    phrase.text = phrase.actor.name;
    phrase.spans = {Write(phrase.text, text)};
    article->document.mentions.push_back({phrase.spans[0], phrase.actor, MentionKind::kName, std::nullopt});
    return phrase;
  }
  void AddSentence(uint32_t index, std::string* text, WorldArticle* article) {
    Statement statement;
    statement.sentence = index;
    const int relation = PickRelation();
    statement.subject = Name(PickActor(), text, article);
    statement.predicate.text = statement.predicate.lemma = Verb(relation);
    statement.predicate.spans = {Write(statement.predicate.text, text)};
    statement.object = Name(PickActor(), text, article);
    statement.span = {statement.subject.spans[0].begin, statement.object->spans[0].end};
    statement.text = text->substr(statement.span.begin, statement.span.size());
    statement.event_class = static_cast<EventClass>(1 + relation % 17);
    statement.rules = {"nsubj-active", "obj"};
    statement.confidence = 0.91;
    article->statements.push_back(std::move(statement));
  }

  std::mt19937_64 random_;
  uint64_t actors_;
  int relations_;
  std::vector<double> weights_;
  uint64_t next_ = 0;
};

// CPU seconds of this process (all threads) and wall seconds.
struct Times {
  double cpu = 0;
  double wall = 0;
};
inline Times Now() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  const auto wall = std::chrono::steady_clock::now().time_since_epoch();
  return {seconds(usage.ru_utime) + seconds(usage.ru_stime), std::chrono::duration<double>(wall).count()};
}
inline Times operator-(const Times& a, const Times& b) { return {a.cpu - b.cpu, a.wall - b.wall}; }
inline Times& operator+=(Times& a, const Times& b) {
  a.cpu += b.cpu;
  a.wall += b.wall;
  return a;
}

}  // namespace whowhom::bench
