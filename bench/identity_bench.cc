// Measures identity across articles: identity_bench ACTORS FOLDER
// Invented people (given names and surnames of syllables, a tenth of them by the surname alone, a tenth in a
// second spelling), ten to an article. FOLDER must not exist; the store is left there. Figures:
// docs/figures/actors.md.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "storage_world.h"
#include "whowhom/graph/view.h"
#include "whowhom/storage/store.h"

namespace whowhom::bench {
namespace {

constexpr int kPeopleOfAnArticle = 10;

template <typename T>
T Need(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}
void Need(const Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.error().message.c_str());
  std::exit(1);
}

class Names {
 public:
  explicit Names(uint64_t people) : given_(200 + people / 500), surnames_(500 + people / 20) {}
  std::string Next() {
    const std::string surname = Word(random_() % surnames_, 0);
    const std::string given = Word(random_() % given_, 7);
    const uint64_t kind = random_() % 10;
    if (kind == 0) return surname;
    if (kind == 1) return given + " " + Respelled(surname);
    return given + " " + surname;
  }

 private:
  // Syllables that spell the number.
  static std::string Word(uint64_t number, uint64_t salt) {
    static constexpr const char* kSyllables[] = {"ka", "ro",  "mi",  "ten", "sa",  "lu", "dor", "ve",
                                                 "na", "shi", "ber", "ol",  "kha", "zi", "mou", "tar"};
    std::string word;
    number = number * 31 + salt + 17;
    for (int i = 0; i < 4; ++i, number /= 16) word += kSyllables[number % 16];
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
  }
  static std::string Respelled(std::string word) {
    if (const size_t at = word.find("kh"); at != std::string::npos) word.erase(at + 1, 1);
    if (const size_t at = word.find("ou"); at != std::string::npos) word.replace(at, 2, "u");
    return word;
  }
  std::mt19937_64 random_{1};
  uint64_t given_, surnames_;
};

uint64_t Load(const std::string& path, uint64_t people) {
  Names names(people);
  auto loader = Need(storage::BulkLoader::Create(path, {}));
  for (uint64_t made = 0; made < people; made += kPeopleOfAnArticle) {
    Document document;
    std::vector<Statement> statements;
    for (int i = 0; i < kPeopleOfAnArticle; ++i) {
      Mention mention;
      mention.actor.name = names.Next();
      mention.actor.type = EntityType::kPerson;
      mention.kind = MentionKind::kName;
      mention.span.begin = static_cast<uint32_t>(document.text.size());
      document.text += mention.actor.name;
      mention.span.end = static_cast<uint32_t>(document.text.size());
      document.text += " spoke. ";
      Statement statement;
      statement.sentence = static_cast<uint32_t>(i);
      statement.subject.text = mention.actor.name;
      statement.subject.actor = mention.actor;
      statement.subject.spans = {mention.span};
      statement.predicate.text = "spoke";
      statement.predicate.lemma = "speak";
      statement.predicate.spans = {{mention.span.end + 1, mention.span.end + 6}};
      statement.span = {mention.span.begin, mention.span.end + 7};
      statement.text = document.text.substr(statement.span.begin, statement.span.size());
      document.mentions.push_back(std::move(mention));
      statements.push_back(std::move(statement));
    }
    document.given_id = std::to_string(made);
    document.date = Day{18000};
    document.extractor = "bench 1";
    document.id = ComputeDocId(document);
    for (Statement& statement : statements) {
      statement.doc = document.id;
      statement.published = document.date;
      statement.id = ComputeStatementId(statement);
    }
    Need(loader->Add(document, statements));
  }
  Need(loader->Finish());
  loader.reset();
  return Need(Need(storage::Store::Open(path, {.mode = storage::OpenMode::kReadOnly}))
                  ->TakeSnapshot()
                  ->Stats())
      .actors;
}

}  // namespace
}  // namespace whowhom::bench

int main(int argc, char** argv) {
  using namespace whowhom;
  using namespace whowhom::bench;
  if (argc != 3) {
    std::fprintf(stderr, "usage: identity_bench ACTORS FOLDER\n");
    return 2;
  }
  const uint64_t actors = Load(argv[2], std::strtoull(argv[1], nullptr, 10));
  const auto store = Need(storage::Store::Open(argv[2], {.mode = storage::OpenMode::kReadOnly}));
  for (const bool is_automatic : {false, true}) {
    const Times begin = Now();
    const auto view = Need(graph::View::Build(store->TakeSnapshot(), {.automatic_identity = is_automatic}));
    const Times spent = Now() - begin;
    std::printf("%-40s %llu actors %8.2f s cpu %8.2f s wall\n",
                is_automatic ? "opening, identity found out" : "opening, no identity",
                static_cast<unsigned long long>(actors), spent.cpu, spent.wall);
  }
  return 0;
}
