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

TEST(MinHash, EqualWordsGiveEqualSignatures) {
  const std::string text = Story(0, 20);
  std::string loud = text;
  std::transform(loud.begin(), loud.end(), loud.begin(), [](char c) { return c == ' ' ? '\n' : c; });
  EXPECT_EQ(MinHashSignature(text), MinHashSignature(loud));
  EXPECT_EQ(MinHashSignature(text).size(), 512U);
  EXPECT_EQ(SignatureSimilarity(MinHashSignature(text), MinHashSignature(loud)), 1.0);
}

TEST(MinHash, EstimatesTheShareOfCommonShingles) {
  // 20 of 25 sentences are common: Jaccard 20/30 = 0.67.
  const double similarity =
      SignatureSimilarity(MinHashSignature(Story(0, 25)), MinHashSignature(Story(5, 30)));
  EXPECT_GT(similarity, 0.5);
  EXPECT_LT(similarity, 0.85);
}

TEST(MinHash, DifferentStoriesHaveNothingInCommon) {
  EXPECT_LT(SignatureSimilarity(MinHashSignature(Story(0, 20)), MinHashSignature(Story(100, 120))), 0.1);
}

TEST(MinHash, CopiesShareABand) {
  const std::vector<uint64_t> a = SignatureBandKeys(MinHashSignature(Story(0, 20)));
  const std::vector<uint64_t> b = SignatureBandKeys(MinHashSignature(Story(0, 19)));
  ASSERT_EQ(a.size(), kSignatureBands);
  size_t shared = 0;
  for (size_t i = 0; i < a.size(); ++i) shared += a[i] == b[i] ? 1 : 0;
  EXPECT_GT(shared, 0U);
}

TEST(MinHash, ShortAndMalformedInputIsNobodysCopy) {
  EXPECT_EQ(MinHashSignature(""), "");
  EXPECT_EQ(MinHashSignature("too short to tell"), "");
  EXPECT_EQ(SignatureSimilarity("", ""), 0.0);
  EXPECT_EQ(SignatureSimilarity("zz", "zz"), 0.0);
  EXPECT_TRUE(SignatureBandKeys(std::string(512, 'X')).empty());
}

}  // namespace
}  // namespace whowhom::extract
