#include <gtest/gtest.h>

#include "whowhom/extract/surface.h"

namespace whowhom::extract {
namespace {

std::string Forms(const SentenceLine& line) {
  std::string out;
  for (const Token& token : line.sentence.tokens) out += token.form + "|";
  return out;
}

TEST(SentenceLine, KeepsGivenTokens) {
  const auto line = ParseSentenceLine("s1\tKenya 's envoy left Oslo , Inc. said .");
  ASSERT_TRUE(line.ok());
  EXPECT_EQ(line->article.given_id, "s1");
  EXPECT_EQ(Forms(*line), "Kenya|'s|envoy|left|Oslo|,|Inc.|said|.|");
}

TEST(SentenceLine, SpansPointIntoTheText) {
  const auto line = ParseSentenceLine("s1\tKenya  left .");
  ASSERT_TRUE(line.ok());
  for (const Token& token : line->sentence.tokens) {
    EXPECT_EQ(line->article.text.substr(token.span.begin, token.span.size()), token.form);
  }
}

TEST(SentenceLine, SplitsMarksOffPlainText) {
  const auto line = ParseSentenceLine("s1\t“He left,” Hart's aide said (again) at 3,000 feet.");
  ASSERT_TRUE(line.ok());
  EXPECT_EQ(Forms(*line), "“|He|left|,|”|Hart|'s|aide|said|(|again|)|at|3,000|feet|.|");
}

TEST(SentenceLine, RefusesLinesWithoutTabOrTokens) {
  EXPECT_FALSE(ParseSentenceLine("no tab here").ok());
  EXPECT_FALSE(ParseSentenceLine("s1\t").ok());
  EXPECT_FALSE(ParseSentenceLine("s1\t   ").ok());
}

TEST(SentenceLine, CapsTheNumberOfTokens) {
  std::string line = "s1\t";
  for (int i = 0; i < 2001; ++i) line += "a ";
  const auto result = ParseSentenceLine(line);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::kResourceLimit);
}

TEST(SentenceLine, SurvivesBrokenUtf8) {
  const auto line = ParseSentenceLine("s1\t\xff\xfe left .");
  ASSERT_TRUE(line.ok());
  EXPECT_EQ(line->sentence.tokens.size(), 3u);
}

TEST(TripleTsv, WritesNoneForAMissingObject) {
  SurfaceTriple triple;
  triple.subject = "The talks";
  triple.predicate = "collapsed";
  triple.confidence = 0.05;
  EXPECT_EQ(ToTsv("s1", triple), "s1\tThe talks\tcollapsed\t\\N\t0.05");
  triple.object = "x";
  triple.confidence = 1.0;
  triple.further = {"on Monday"};
  EXPECT_EQ(ToTsv("s1", triple), "s1\tThe talks\tcollapsed\tx\t1.00\ton Monday");
}

}  // namespace
}  // namespace whowhom::extract
