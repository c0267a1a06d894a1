// Runs the golden cases of tests/golden (see the README there).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "support/golden_case.h"
#include "whowhom/extract/event_coder.h"
#include "whowhom/extract/statements.h"
#include "whowhom/extract/time_normalizer.h"

namespace whowhom::extract {
namespace {

using testing::GoldenCase;  // NOLINT

std::vector<GoldenCase> AllCases() {
  std::vector<std::string> files;
  const std::string root = std::string(WHOWHOM_SOURCE_DIR) + "/tests/golden";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".case") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  std::vector<GoldenCase> cases;
  for (const std::string& file : files) {
    for (GoldenCase& golden : whowhom::testing::LoadCases(file)) cases.push_back(std::move(golden));
  }
  return cases;
}

const StatementExtractor& Shared() {
  static const auto events = EventCoder::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data");
  static const auto times = TimeNormalizer::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data");
  static const auto extractor = StatementExtractor::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data", "",
                                                         events.value().get(), times.value().get());
  return **extractor;
}

class GoldenTest : public ::testing::TestWithParam<GoldenCase> {};

std::string All(const std::vector<Statement>& statements) {
  std::string out = "came out:\n";
  for (const Statement& statement : statements) out += "  " + whowhom::testing::Describe(statement) + "\n";
  return out;
}

TEST_P(GoldenTest, GivesWhatItMustAndNothingItMustNot) {
  const GoldenCase& golden = GetParam();
  ASSERT_EQ(golden.error, "");
  ASSERT_FALSE(golden.article.sentences.empty()) << "no tree";
  const auto statements = Shared().Extract(golden.article, DocId{}, {}, nullptr);
  auto matched = [&](const std::string& line) {
    return std::any_of(statements.begin(), statements.end(),
                       [&](const Statement& s) { return whowhom::testing::Matches(line, s); });
  };
  for (const std::string& line : golden.expect)
    EXPECT_TRUE(matched(line)) << "missing: " << line << "\n" << All(statements);
  for (const std::string& line : golden.exactly)
    EXPECT_TRUE(matched(line)) << "missing: " << line << "\n" << All(statements);
  for (const std::string& line : golden.refuse)
    EXPECT_FALSE(matched(line)) << "must not come out: " << line << "\n" << All(statements);
  if (!golden.exactly.empty()) {
    for (const Statement& statement : statements) {
      const bool known =
          std::any_of(golden.exactly.begin(), golden.exactly.end(),
                      [&](const std::string& line) { return whowhom::testing::Matches(line, statement); });
      EXPECT_TRUE(known) << "not expected: " << whowhom::testing::Describe(statement);
    }
  }
  for (const Statement& statement : statements) {
    EXPECT_FALSE(statement.predicate.spans.empty()) << "a statement without a trigger";
    EXPECT_FALSE(statement.rules.empty()) << "a statement without a rule";
  }
  if (golden.triples.empty() && golden.no_triples.empty()) return;
  std::vector<std::string> triples;
  for (const Sentence& sentence : golden.article.sentences) {
    for (const SurfaceTriple& triple : Shared().SurfaceTriples(sentence)) {
      triples.push_back(triple.subject + " ; " + triple.predicate + " ; " + triple.object.value_or("-"));
    }
  }
  for (const std::string& line : golden.triples) EXPECT_THAT(triples, ::testing::Contains(line));
  for (const std::string& line : golden.no_triples)
    EXPECT_THAT(triples, ::testing::Not(::testing::Contains(line)));
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenTest, ::testing::ValuesIn(AllCases()),
                         [](const ::testing::TestParamInfo<GoldenCase>& tested) {
                           std::string name;
                           for (char c : tested.param.name)
                             name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
                           return name + "_" + std::to_string(tested.index);
                         });

}  // namespace
}  // namespace whowhom::extract
