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

// "He sued Georgia , FIRST and SECOND . Georgia won ."
AnalyzedArticle Sued(const std::string& first, const std::string& second) {
  return Analyze(
      DocumentOf({"He he PRON PRP Number=Sing 2 nsubj _", "sued sue VERB VBD _ 0 root _",
                  "Georgia Georgia PROPN NNP Number=Sing 2 obj NER=B-GPE", ", , PUNCT , _ 5 punct _",
                  first + " " + first + " PROPN NNP Number=Sing 3 conj NER=B-GPE",
                  "and and CCONJ CC _ 7 cc _",
                  second + " " + second + " PROPN NNP Number=Sing 3 conj NER=B-GPE",
                  ". . PUNCT . _ 2 punct _", "", "Georgia Georgia PROPN NNP Number=Sing 2 nsubj NER=B-GPE",
                  "won win VERB VBD _ 0 root _", ". . PUNCT . _ 2 punct _"}),
      kDay);
}

TEST(Groups, GeorgiaBesideAmericanStatesIsOne) {
  const AnalyzedArticle american = Sued("Michigan", "Wisconsin");
  EXPECT_EQ(ActorAt(american, 0, 2), "State of Georgia");
  EXPECT_EQ(At(american, 0, 2)->actor.country, "USA");
  EXPECT_EQ(ActorAt(american, 1, 0), "State of Georgia") << "in all of the article";
  EXPECT_EQ(ActorAt(Sued("Armenia", "Turkey"), 0, 2), "Georgia");
  EXPECT_EQ(ActorAt(Sued("Michigan", "Turkey"), 0, 2), "Georgia") << "one place tells too little";
}

}  // namespace
}  // namespace whowhom::extract
