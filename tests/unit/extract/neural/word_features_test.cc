// Normal forms, shapes and feature rows of words.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "neural/features.h"
#include "neural/word_form.h"

namespace whowhom::extract::neural {
namespace {

TEST(NormForm, LowersAndMakesDigitsAlike) {
  EXPECT_EQ(NormForm("Berlin"), "berlin");
  EXPECT_EQ(NormForm("1,200"), "0,000");
  EXPECT_EQ(NormForm("ÉTAT"), "état");
}

TEST(NormForm, CutsLongRunsOfDigits) { EXPECT_EQ(NormForm("No123456789"), "no0000"); }

TEST(NormForm, MakesTypographyAscii) {
  EXPECT_EQ(NormForm("Don\u2019t"), "don't");
  EXPECT_EQ(NormForm("\u201C"), "\"");
  EXPECT_EQ(NormForm("``"), "\"");
  EXPECT_EQ(NormForm("\u2013"), "-");
  EXPECT_EQ(NormForm("\u2026"), "...");
}

TEST(NormForm, KeepsInvalidBytesAndEmptyForms) {
  EXPECT_EQ(NormForm(""), "");
  EXPECT_EQ(NormForm("A\xFF\xC3"), "a\xFF\xC3");
}

TEST(NormForm, IsIdempotent) {
  for (const char* form : {"U.S.", "\u2018Tis", "3\u20444", "Z\u00FCrich", "''"})
    EXPECT_EQ(NormForm(NormForm(form)), NormForm(form));
}

TEST(ShapeOf, MarksKindsAndCutsRuns) {
  EXPECT_EQ(ShapeOf("McDonald's"), "XxXxxx'x");
  EXPECT_EQ(ShapeOf("2020-01"), "ddd-dd");
  EXPECT_EQ(ShapeOf("NATO"), "XXX");
  EXPECT_EQ(ShapeOf(""), "");
}

TEST(StartsUpper, LooksAtTheFirstLetter) {
  EXPECT_TRUE(StartsUpper("Ägypten"));
  EXPECT_FALSE(StartsUpper("iPhone"));
  EXPECT_FALSE(StartsUpper(""));
}

TEST(ExtractFeatures, StaysInsideTheTables) {
  WordFeatures features;
  for (const std::string& form :
       {std::string(), std::string("a"), std::string(5000, 'x'), std::string("\xF0\x9F\x98\x80"),
        std::string("\xFF\xFE"), std::string("\0a", 2)}) {
    ExtractFeatures(form, &features);
    EXPECT_FALSE(features.affixes.empty());
    for (uint32_t row : features.affixes) EXPECT_LT(row, kAffixRows);
    for (uint32_t row : features.ngrams) EXPECT_LT(row, kNgramRows);
    EXPECT_LE(features.ngrams.size(), 140U);
  }
}

TEST(ExtractFeatures, IsStable) {
  // Stored models depend on these numbers: if this test must change, so must FeatureFingerprint.
  WordFeatures features;
  ExtractFeatures("Paris", &features);
  WordFeatures again;
  again.affixes = {1, 2, 3};
  ExtractFeatures("Paris", &again);
  EXPECT_EQ(features.affixes, again.affixes);
  EXPECT_EQ(features.ngrams, again.ngrams);
  EXPECT_EQ(features.affixes.size(), 9U);
  EXPECT_EQ(features.ngrams.size(), 9U);
  EXPECT_EQ(features.key, WordKey("paris"));
}

TEST(ExtractFeatures, SeparatesCaseInTheShapeOnly) {
  WordFeatures lower;
  WordFeatures upper;
  ExtractFeatures("apple", &lower);
  ExtractFeatures("Apple", &upper);
  EXPECT_EQ(lower.key, upper.key);
  EXPECT_EQ(lower.ngrams, upper.ngrams);
  EXPECT_NE(lower.affixes, upper.affixes);
}

TEST(FindRow, FindsEveryKeyAndNoOther) {
  std::vector<uint64_t> keys;
  uint64_t state = 1;
  for (int i = 0; i < 1000; ++i)
    keys.push_back(state = state * 6364136223846793005ULL + 1442695040888963407ULL);
  keys.push_back(0);
  keys.push_back(~uint64_t{0});
  std::sort(keys.begin(), keys.end());
  for (size_t i = 0; i < keys.size(); ++i) {
    EXPECT_EQ(FindRow(keys, keys[i]), i + 1);
    bool next_is_key = keys[i] + 1 == 0 || (i + 1 < keys.size() && keys[i + 1] == keys[i] + 1);
    EXPECT_TRUE(next_is_key || FindRow(keys, keys[i] + 1) == 0U);
  }
  EXPECT_EQ(FindRow({}, 5), 0U);
}

}  // namespace
}  // namespace whowhom::extract::neural
