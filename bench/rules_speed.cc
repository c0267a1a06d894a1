// Sentences a second of the statement rules alone: parse, names and actors given, one thread.
//
//   rules_speed DATA MODELS FILE.conllu [ROUNDS]
//
// Reads the documents, resolves their actors once, then extracts the statements ROUNDS times (default 5),
// event classes, times and confidence included, and prints the best round in CPU time.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "whowhom/extract/actors.h"
#include "whowhom/extract/conllu.h"
#include "whowhom/extract/event_coder.h"
#include "whowhom/extract/statements.h"
#include "whowhom/extract/time_normalizer.h"

int main(int argc, char** argv) {
  using namespace whowhom;
  using namespace whowhom::extract;
  if (argc < 4) {
    std::fprintf(stderr, "usage: rules_speed DATA MODELS FILE.conllu [ROUNDS]\n");
    return 2;
  }
  const std::string data = argv[1], models = argv[2];
  const int rounds = argc > 4 ? std::atoi(argv[4]) : 5;
  std::ifstream in(argv[3]);
  const std::string conllu((std::istreambuf_iterator<char>(in)), {});
  auto documents = ReadConllu(conllu, argv[3], {});
  auto actors = ActorResolver::Load(data, models, {});
  auto events = EventCoder::Load(data);
  auto times = TimeNormalizer::Load(data);
  if (!documents.ok() || !actors.ok() || !events.ok() || !times.ok()) {
    std::fprintf(stderr, "rules_speed: cannot read %s, %s or %s\n", argv[1], argv[2], argv[3]);
    return 1;
  }
  auto extractor = StatementExtractor::Load(data, models, events->get(), times->get());
  if (!extractor.ok()) {
    std::fprintf(stderr, "rules_speed: %s\n", extractor.error().message.c_str());
    return 1;
  }
  std::vector<AnalyzedArticle> articles;
  size_t sentences = 0;
  for (ConlluDocument& document : *documents) {
    AnalyzedArticle article;
    article.article.text = document.text;
    article.blocks = document.blocks;
    article.sentences = std::move(document.sentences);
    sentences += article.sentences.size();
    (*actors)->Resolve(&article);
    articles.push_back(std::move(article));
  }
  double best = std::numeric_limits<double>::infinity();
  size_t statements = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::clock_t begin = std::clock();
    statements = 0;
    for (const AnalyzedArticle& article : articles)
      statements += (*extractor)->Extract(article, DocId{}, StatementOptions{}, nullptr).size();
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  std::printf("%zu sentences, %zu statements: %.0f sentences/s\n", sentences, statements,
              static_cast<double>(sentences) / best);
  return 0;
}
