// Whom possessives, reflexives and the pronouns of quotes mean where grammar leaves one answer.
#include "resolve_testing.h"

namespace whowhom::extract {
namespace {

constexpr char kDay[] = "2006-05-01";

AnalyzedArticle Neighbours(const char* possessive) {
  return Analyze(
      Document({"Sweden Sweden PROPN NNP Number=Sing 2 nsubj NER=B-GPE",
                "fell fall VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 2 punct _", "",
                "Norway Norway PROPN NNP Number=Sing 5 nsubj NER=B-GPE", "and and CCONJ CC _ 4 cc _",
                possessive, "allies ally NOUN NNS Number=Plur 1 conj _",
                "left leave VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 5 punct _", ""}),
      kDay);
}

TEST(Owners, AlliesBesideANameAreItsAllies) {
  EXPECT_EQ(ActorAt(Neighbours("its its PRON PRP$ _ 4 nmod:poss _"), 1, 2), "Norway");
}

TEST(Owners, AlliesOfSomebodyElseAreNotOfTheStateBesideThem) {
  EXPECT_NE(ActorAt(Neighbours("her her PRON PRP$ _ 4 nmod:poss _"), 1, 2), "Norway");
}

AnalyzedArticle Plan(const char* possessive) {
  return Analyze(
      Document({"Sweden Sweden PROPN NNP Number=Sing 2 nsubj NER=B-GPE", "opposes oppose VERB VBZ _ 0 root _",
                "Norway Norway PROPN NNP Number=Sing 5 nmod:poss NER=B-GPE|SpaceAfter=No",
                "'s 's PART POS _ 3 case _", "attempts attempt NOUN NNS Number=Plur 2 obj _",
                "to to PART TO _ 7 mark _", "spread spread VERB VB _ 5 acl _", possessive,
                "influence influence NOUN NN Number=Sing 7 obj SpaceAfter=No", ". . PUNCT . _ 2 punct _",
                ""}),
      kDay);
}

TEST(Owners, WhatAPlanIsToDoIsDoneByWhoHasIt) {
  EXPECT_EQ(ActorAt(Plan("its its PRON PRP$ _ 9 nmod:poss _"), 0, 7), "Norway");
  EXPECT_NE(ActorAt(Plan("his his PRON PRP$ _ 9 nmod:poss _"), 0, 7), "Norway");
}

AnalyzedArticle Report(const char* verb) {
  return Analyze(
      Document({"Norway Norway PROPN NNP Number=Sing 2 nsubj NER=B-GPE",
                "attacked attack VERB VBD _ 0 root _",
                "Sweden Sweden PROPN NNP Number=Sing 2 obj NER=B-GPE|SpaceAfter=No",
                ", , PUNCT , _ 7 punct _", "its its PRON PRP$ _ 6 nmod:poss _",
                "spokesman spokesman NOUN NN Number=Sing 7 nsubj _", verb, ". . PUNCT . _ 2 punct _", ""}),
      kDay);
}

TEST(Owners, ASpokesmanWhoReportsADeedIsOfWhoDidIt) {
  EXPECT_EQ(ActorAt(Report("said say VERB VBD _ 2 parataxis SpaceAfter=No"), 0, 4), "Norway");
}

TEST(Owners, AReflexiveIsTheSubject) {
  const AnalyzedArticle article =
      Analyze(Document({"Sudland Sudland PROPN NNP Number=Sing 2 nsubj NER=B-GPE",
                        "watched watch VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 2 punct _", "",
                        "Norland Norland PROPN NNP Number=Sing 3 nmod:poss NER=B-GPE|SpaceAfter=No",
                        "'s 's PART POS _ 1 case _", "parliament parliament NOUN NN Number=Sing 4 nsubj _",
                        "dissolved dissolve VERB VBD _ 0 root _",
                        "itself itself PRON PRP _ 4 obj SpaceAfter=No", ". . PUNCT . _ 4 punct _", ""}),
              kDay);
  ASSERT_NE(At(article, 1, 4), nullptr);
  EXPECT_EQ(ActorAt(article, 1, 4), ActorAt(article, 1, 2));
  EXPECT_NE(ActorAt(article, 1, 4), "Norland");
}

// "'I won. We sang. They left. It is over,' said Nils Berg."; the pronoun is the first word.
AnalyzedArticle LongQuote(const char* pronoun, const char* block) {
  const std::string text =
      Document({"“ “ PUNCT `` _ 3 punct SpaceAfter=No", pronoun, "won win VERB VBD _ 0 root SpaceAfter=No",
                ". . PUNCT . _ 3 punct _", "", "People people NOUN NNS Number=Plur 2 nsubj _",
                "sang sing VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 2 punct _", "",
                "People people NOUN NNS Number=Plur 2 nsubj _", "left leave VERB VBD _ 0 root SpaceAfter=No",
                ". . PUNCT . _ 2 punct SpaceAfter=No", "” ” PUNCT '' _ 2 punct _", "",
                "Nils Nils PROPN NNP Number=Sing 3 nsubj NER=B-PERSON",
                "Berg Berg PROPN NNP Number=Sing 1 flat NER=I-PERSON",
                "spoke speak VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 3 punct _", ""});
  std::string out = text;
  out.insert(out.find("# sent_id = 4"), block);
  return Analyze(out, kDay);
}

TEST(Owners, WhoSpeaksAtTheEndOfALongQuoteIsItsI) {
  const char* kI = "I I PRON PRP _ 3 nsubj _";
  EXPECT_EQ(ActorAt(LongQuote(kI, ""), 0, 1), "Nils Berg");
  EXPECT_NE(ActorAt(LongQuote(kI, "# newpar\n"), 0, 1), "Nils Berg");
}

TEST(Owners, HeInAQuoteIsNotWhoSpeaks) {
  const AnalyzedArticle article =
      Analyze(Document({"Nils Nils PROPN NNP Number=Sing 3 nsubj NER=B-PERSON",
                        "Berg Berg PROPN NNP Number=Sing 1 flat NER=I-PERSON",
                        "spoke speak VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 3 punct _", "",
                        "“ “ PUNCT `` _ 3 punct SpaceAfter=No", "He he PRON PRP _ 3 nsubj _",
                        "left leave VERB VBD _ 6 ccomp SpaceAfter=No", "” ” PUNCT '' _ 3 punct _",
                        "Berg Berg PROPN NNP Number=Sing 6 nsubj NER=B-PERSON",
                        "said say VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 6 punct _", ""}),
              kDay);
  EXPECT_EQ(ActorAt(article, 1, 4), "Nils Berg");
  EXPECT_NE(ActorAt(article, 1, 1), "Nils Berg");
}

TEST(Owners, WhoSaysItMayBeTheSubjectOfAnEarlierVerb) {
  const AnalyzedArticle article = Analyze(
      Document({"Sudland Sudland PROPN NNP Number=Sing 2 nsubj NER=B-GPE",
                "fell fall VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 2 punct _", "",
                "Norland Norland PROPN NNP Number=Sing 2 nsubj NER=B-GPE", "fights fight VERB VBZ _ 0 root _",
                "Sudland Sudland PROPN NNP Number=Sing 2 obj NER=B-GPE", "and and CCONJ CC _ 5 cc _",
                "says say VERB VBZ _ 2 conj _", "it it PRON PRP _ 7 nsubj _",
                "wins win VERB VBZ _ 5 ccomp SpaceAfter=No", ". . PUNCT . _ 2 punct _", ""}),
      kDay);
  EXPECT_EQ(ActorAt(article, 1, 5), "Norland");
}

}  // namespace
}  // namespace whowhom::extract
