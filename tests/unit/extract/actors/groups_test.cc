// Nouns that count those who were named side by side.
#include <gtest/gtest.h>

#include "unit/extract/actors/resolve_testing.h"

namespace whowhom::extract {
namespace {

constexpr const char* kDay = "2020-05-01";

// "Norway and Sweden met . The NUMBER NOUN left ."
AnalyzedArticle Counted(const std::string& number, const std::string& noun) {
  return Analyze(
      DocumentOf({"Norway Norway PROPN NNP Number=Sing 4 nsubj NER=B-GPE", "and and CCONJ CC _ 3 cc _",
                  "Sweden Sweden PROPN NNP Number=Sing 1 conj NER=B-GPE", "met meet VERB VBD _ 0 root _",
                  ". . PUNCT . _ 4 punct _", "", "The the DET DT _ 3 det _",
                  number + " " + number + " NUM CD NumType=Card 3 nummod _",
                  noun + "s " + noun + " NOUN NNS Number=Plur 4 nsubj _", "left leave VERB VBD _ 0 root _",
                  ". . PUNCT . _ 4 punct _"}),
      kDay);
}

TEST(Groups, AsManyAsWereNamedAreThose) {
  const AnalyzedArticle article = Counted("two", "state");
  const EntityMention* states = At(article, 1, 2);
  ASSERT_NE(states, nullptr);
  EXPECT_EQ(states->members.size(), 2U);
  EXPECT_EQ(states->actor.name, "") << "they stand for the two, not for a third";
}

TEST(Groups, AnotherNumberOrKindIsSomebodyElse) {
  for (const auto& [number, noun] : {std::pair("three", "state"), std::pair("two", "leader")}) {
    const AnalyzedArticle article = Counted(number, noun);
    const EntityMention* others = At(article, 1, 2);
    EXPECT_TRUE(others == nullptr || others->members.empty()) << number << " " << noun;
  }
}

}  // namespace
}  // namespace whowhom::extract
