// Runs the examples and counter-examples of data/statements/rules.tsv with the installed parser. A parser makes mistakes,
// so a share is asked for; what fails is printed. The golden cases hold every rule to its word on hand-checked trees.
#include <gtest/gtest.h>

#include <filesystem>

#include "support/golden_case.h"
#include "whowhom/extract/language_model.h"
#include "whowhom/extract/statements.h"
#include "whowhom/extract/tokenizer.h"

namespace whowhom::extract {
namespace {

using whowhom::testing::Trim;

TEST(RuleExamples, HoldWithTheInstalledParser) {
  const std::string root = WHOWHOM_SOURCE_DIR;
  const std::string model_path = root + "/models/fast.model";
  if (!std::filesystem::exists(model_path)) GTEST_SKIP() << "no parser model";
  const auto model = LanguageModel::Load(model_path);
  const auto tokenizer = Tokenizer::Load(root + "/data", root + "/models");
  const auto extractor = StatementExtractor::Load(root + "/data", root + "/models", nullptr, nullptr);
  ASSERT_TRUE(model.ok() && tokenizer.ok() && extractor.ok());
  auto triples_of = [&](const std::string& text) {
    std::vector<Sentence> sentences =
        (*tokenizer)->Split(text, {Block{{0, static_cast<uint32_t>(text.size())}, BlockKind::kParagraph}});
    (*model)->Annotate(sentences);
    std::vector<SurfaceTriple> triples;
    for (const Sentence& sentence : sentences) {
      for (SurfaceTriple& triple : (*extractor)->SurfaceTriples(sentence)) triples.push_back(std::move(triple));
    }
    return triples;
  };
  size_t examples = 0, held = 0, counters = 0, silent = 0;
  for (const RuleDescription& rule : (*extractor)->rules()) {
    const size_t arrow = rule.example.find("->");
    ASSERT_NE(arrow, std::string::npos) << rule.id;
    const std::string wanted = Trim(rule.example.substr(arrow + 2));
    bool found = false;
    for (const SurfaceTriple& triple : triples_of(Trim(rule.example.substr(0, arrow)))) {
      found |= "(" + triple.subject + "; " + triple.predicate + "; " + triple.object.value_or("") + ")" == wanted;
    }
    ++examples;
    held += found;
    if (!found) std::printf("  example of %s: missing %s\n", rule.id.c_str(), wanted.c_str());
    bool fired = false;
    for (const SurfaceTriple& triple : triples_of(rule.counter)) {
      for (std::string_view name : triple.rules) fired |= name == rule.id;
    }
    ++counters;
    silent += !fired;
    if (fired) std::printf("  counter-example of %s: it fired\n", rule.id.c_str());
  }
  EXPECT_GE(held * 10, examples * 6) << held << " of " << examples;
  EXPECT_GE(silent * 10, counters * 8) << silent << " of " << counters;
}

}  // namespace
}  // namespace whowhom::extract
