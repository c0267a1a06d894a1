// Trees and name labels are valid and best, whatever the scores.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "neural/name_decoder.h"
#include "neural/tree_decoder.h"

namespace whowhom::extract::neural {
namespace {

std::vector<float> RandomScores(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<float> scores(count);
  for (float& score : scores) score = static_cast<float>(random() % 2001) / 100.0f - 10.0f;
  return scores;
}

double ScoreOf(const ArcScores& scores, const std::vector<int32_t>& heads) {
  double sum = 0;
  for (uint32_t d = 0; d < scores.words; ++d) sum += scores.At(d, static_cast<uint32_t>(heads[d] + 1));
  return sum;
}

// The best score of any single-root tree, by trying all.
double BestByForce(const ArcScores& scores) {
  std::vector<int32_t> heads(scores.words, -1);
  double best = -std::numeric_limits<double>::infinity();
  while (true) {
    if (IsSingleRootTree(heads)) best = std::max(best, ScoreOf(scores, heads));
    size_t at = 0;
    while (at < heads.size() && ++heads[at] == static_cast<int32_t>(scores.words)) heads[at++] = -1;
    if (at == heads.size()) return best;
  }
}

TEST(IsSingleRootTree, RejectsCyclesForestsAndStrayHeads) {
  EXPECT_TRUE(IsSingleRootTree(std::vector<int32_t>{-1}));
  EXPECT_TRUE(IsSingleRootTree(std::vector<int32_t>{1, -1, 1}));
  EXPECT_FALSE(IsSingleRootTree(std::vector<int32_t>{-1, -1}));
  EXPECT_FALSE(IsSingleRootTree(std::vector<int32_t>{1, 0, -1}));
  EXPECT_FALSE(IsSingleRootTree(std::vector<int32_t>{0}));
  EXPECT_FALSE(IsSingleRootTree(std::vector<int32_t>{5, -1}));
}

TEST(DecodeTree, GivesTheBestSingleRootTree) {
  for (uint32_t n = 2; n <= 5; ++n) {
    for (uint32_t seed = 0; seed < 60; ++seed) {
      std::vector<float> values = RandomScores(size_t{n} * (n + 1), seed * 10 + n);
      ArcScores scores{values, n};
      std::vector<int32_t> heads = DecodeTree(scores);
      ASSERT_TRUE(IsSingleRootTree(heads)) << n << " " << seed;
      EXPECT_NEAR(ScoreOf(scores, heads), BestByForce(scores), 1e-4) << n << " " << seed;
    }
  }
}

TEST(DecodeTree, GivesOneRootForLongRandomSentences) {
  for (uint32_t n : {1U, 2U, 17U, 60U, 150U}) {
    for (uint32_t seed = 0; seed < 10; ++seed) {
      std::vector<float> values = RandomScores(size_t{n} * (n + 1), seed);
      EXPECT_TRUE(IsSingleRootTree(DecodeTree({values, n}))) << n << " " << seed;
    }
  }
}

TEST(DecodeTree, SurvivesEqualInfiniteAndMissingScores) {
  for (float value : {0.0f, std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                      std::nanf("")}) {
    std::vector<float> values(size_t{12} * 13, value);
    EXPECT_TRUE(IsSingleRootTree(DecodeTree({values, 12}))) << value;
  }
}

TEST(DecodeTree, OfNothingIsNothing) { EXPECT_TRUE(DecodeTree({{}, 0}).empty()); }

double ScoreOfLabels(const std::vector<uint8_t>& labels, const std::vector<float>& emissions,
                     const std::vector<float>& transitions, const std::vector<float>& first) {
  double sum = first[labels[0]];
  for (size_t t = 0; t < labels.size(); ++t) {
    sum += emissions[t * kNameLabels + labels[t]];
    if (t > 0) sum += transitions[labels[t - 1] * kNameLabels + labels[t]];
  }
  return sum;
}

bool IsValid(const std::vector<uint8_t>& labels) {
  uint32_t before = 0;
  for (uint8_t label : labels) {
    if (!MayFollow(before, label)) return false;
    before = label;
  }
  return true;
}

TEST(DecodeNames, GivesTheBestValidSequence) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    std::vector<float> emissions = RandomScores(3 * kNameLabels, seed);
    std::vector<float> transitions = RandomScores(kNameLabels * kNameLabels, seed + 100);
    std::vector<float> first = RandomScores(kNameLabels, seed + 200);
    std::vector<uint8_t> labels = DecodeNames(emissions, transitions, first);
    ASSERT_TRUE(IsValid(labels));
    double best = -1e9;
    std::vector<uint8_t> all(3);
    for (uint32_t code = 0; code < kNameLabels * kNameLabels * kNameLabels; ++code) {
      all = {static_cast<uint8_t>(code % kNameLabels), static_cast<uint8_t>(code / kNameLabels % kNameLabels),
             static_cast<uint8_t>(code / kNameLabels / kNameLabels)};
      if (IsValid(all)) best = std::max(best, ScoreOfLabels(all, emissions, transitions, first));
    }
    EXPECT_NEAR(ScoreOfLabels(labels, emissions, transitions, first), best, 1e-3);
  }
}

TEST(SpansOf, JoinsBeginAndInside) {
  // O B-PERSON I-PERSON B-PERSON O B-WORK
  std::vector<NameSpan> spans = SpansOf(std::vector<uint8_t>{0, 1, 2, 1, 0, 11});
  ASSERT_EQ(spans.size(), 3U);
  EXPECT_EQ(spans[0], (NameSpan{1, 3, NameType::kPerson}));
  EXPECT_EQ(spans[1], (NameSpan{3, 4, NameType::kPerson}));
  EXPECT_EQ(spans[2], (NameSpan{5, 6, NameType::kWork}));
}

}  // namespace
}  // namespace whowhom::extract::neural
