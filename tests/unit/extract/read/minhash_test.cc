#include "whowhom/extract/minhash.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whowhom::extract {
namespace {

std::string Story(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) {
    text += "Councillor number" + std::to_string(i) + " told the harbour board" + std::to_string(i * 7) +
            " that plan" + std::to_string(i * 13) + " would fail. ";
  }
  return text;
}

double Similarity(const std::string& a, const std::string& b) {
  const auto left = ParseSignature(MinHashSignature(a));
  const auto right = ParseSignature(MinHashSignature(b));
  return left && right ? SignatureSimilarity(*left, *right) : -1;
}

TEST(MinHash, EqualWordsGiveEqualSignatures) {
  const std::string text = Story(0, 20);
  std::string loud = text;
  std::transform(loud.begin(), loud.end(), loud.begin(), [](char c) { return c == ' ' ? '\n' : c; });
  EXPECT_EQ(MinHashSignature(text), MinHashSignature(loud));
  EXPECT_EQ(MinHashSignature(text).size(), 512U);
  EXPECT_EQ(Similarity(text, loud), 1.0);
}

TEST(MinHash, EstimatesTheShareOfCommonShingles) {
  // 20 of 25 sentences are common: Jaccard 20/30 = 0.67.
  const double similarity = Similarity(Story(0, 25), Story(5, 30));
  EXPECT_GT(similarity, 0.5);
  EXPECT_LT(similarity, 0.85);
}

TEST(MinHash, DifferentStoriesHaveNothingInCommon) {
  const double similarity = Similarity(Story(0, 20), Story(100, 120));
  EXPECT_GE(similarity, 0);
  EXPECT_LT(similarity, 0.1);
}

TEST(MinHash, CopiesShareABand) {
  const auto a = ParseSignature(MinHashSignature(Story(0, 20)));
  const auto b = ParseSignature(MinHashSignature(Story(0, 19)));
  ASSERT_TRUE(a && b);
  size_t shared = 0;
  for (size_t i = 0; i < kSignatureBands; ++i) {
    shared += SignatureBandKey(*a, i) == SignatureBandKey(*b, i) ? 1 : 0;
  }
  EXPECT_GT(shared, 0U);
}

TEST(MinHash, ShortAndMalformedInputIsNobodysCopy) {
  EXPECT_EQ(MinHashSignature(""), "");
  EXPECT_EQ(MinHashSignature("too short to tell"), "");
  EXPECT_FALSE(ParseSignature(""));
  EXPECT_FALSE(ParseSignature("zz"));
  EXPECT_FALSE(ParseSignature(std::string(512, 'X')));
}

}  // namespace
}  // namespace whowhom::extract
