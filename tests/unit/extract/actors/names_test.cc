// Who is meant by a name: what is joined and what is not.
#include "resolve_testing.h"

namespace whowhom::extract {
namespace {

constexpr char kDay[] = "2006-05-01";

TEST(Names, AStateThatOnlyEndsAnotherNameIsNotMeant) {
  const AnalyzedArticle article = Analyze(
      Document({"Nordic Nordic PROPN NNP Number=Sing 2 compound NER=B-PLACE",
                "America America PROPN NNP Number=Sing 3 nsubj NER=I-PLACE", "met meet VERB VBD _ 0 root _",
                "America America PROPN NNP Number=Sing 3 obj NER=B-GPE|SpaceAfter=No",
                ". . PUNCT . _ 3 punct _", "", "General General PROPN NNP _ 2 nmod:desc _",
                "George George PROPN NNP _ 4 nsubj NER=B-PERSON",
                "Washington Washington PROPN NNP _ 2 flat NER=I-PERSON",
                "left leave VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 4 punct _", ""}),
      kDay);
  EXPECT_EQ(ActorAt(article, 0, 1), "Nordic America");
  EXPECT_EQ(ActorAt(article, 0, 3), "United States");
  EXPECT_EQ(ActorAt(article, 1, 1), "George Washington");
}

TEST(Names, ACapitalInAPlaceIsTheCityAndAsASpeakerTheState) {
  const AnalyzedArticle article =
      Analyze(Document({"He he PRON PRP Number=Sing 2 nsubj _", "met meet VERB VBD _ 0 root _",
                        "her she PRON PRP _ 2 obj _", "in in ADP IN _ 5 case _",
                        "Oslo Oslo PROPN NNP Number=Sing 2 obl NER=B-GPE|SpaceAfter=No",
                        ". . PUNCT . _ 2 punct _", "", "Oslo Oslo PROPN NNP Number=Sing 2 nsubj NER=B-GPE",
                        "protested protest VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 2 punct _", ""}),
              kDay);
  EXPECT_EQ(ActorAt(article, 0, 4), "Oslo");
  EXPECT_EQ(ActorAt(article, 1, 0), "Norway");
  ASSERT_NE(At(article, 0, 4), nullptr);
  EXPECT_EQ(At(article, 0, 4)->actor.country, "NOR");
}

TEST(Names, AStateBehindACityIsNotTheCity) {
  const AnalyzedArticle article =
      Analyze(Document({"They they PRON PRP Number=Plur 2 nsubj _", "left leave VERB VBD _ 0 root _",
                        "Bergen Bergen PROPN NNP Number=Sing 2 obj NER=B-GPE|SpaceAfter=No",
                        ", , PUNCT , _ 5 punct _",
                        "Norway Norway PROPN NNP Number=Sing 3 appos NER=B-GPE|SpaceAfter=No",
                        ". . PUNCT . _ 2 punct _", ""}),
              kDay);
  EXPECT_EQ(ActorAt(article, 0, 2), "Bergen");
  EXPECT_EQ(ActorAt(article, 0, 4), "Norway");
}

TEST(Names, ASurnameIsThePersonWhoseFullNameStandsThereMostOften) {
  const AnalyzedArticle article = Analyze(
      Document({"Ada Ada PROPN NNP Number=Sing 3 nsubj NER=B-PERSON",
                "Holm Holm PROPN NNP Number=Sing 1 flat NER=I-PERSON", "met meet VERB VBD _ 0 root _",
                "Eva Eva PROPN NNP Number=Sing 3 obj NER=B-PERSON",
                "Lund Lund PROPN NNP Number=Sing 4 flat NER=I-PERSON|SpaceAfter=No",
                ". . PUNCT . _ 3 punct _", "", "Holm Holm PROPN NNP Number=Sing 2 nsubj NER=B-PERSON",
                "married marry VERB VBD _ 0 root _", "Nils Nils PROPN NNP Number=Sing 2 obj NER=B-PERSON",
                "Holm Holm PROPN NNP Number=Sing 3 flat NER=I-PERSON|SpaceAfter=No",
                ". . PUNCT . _ 2 punct _", ""}),
      kDay);
  EXPECT_EQ(ActorAt(article, 1, 0), "Ada Holm");
  EXPECT_EQ(ActorAt(article, 1, 2), "Nils Holm");
}

TEST(Names, WhatLeadsInToANameIsNoPartOfIt) {
  const AnalyzedArticle article =
      Analyze(Document({"He he PRON PRP Number=Sing 2 nsubj _", "praised praise VERB VBD _ 0 root _",
                        "especially especially ADV RB _ 4 advmod _",
                        "Norway Norway PROPN NNP Number=Sing 2 obj NER=B-GPE|SpaceAfter=No",
                        ". . PUNCT . _ 2 punct _", ""}),
              kDay);
  ASSERT_NE(At(article, 0, 3), nullptr);
  EXPECT_EQ(At(article, 0, 3)->begin, 3U);
  EXPECT_EQ(At(article, 0, 3)->full_begin, 2U);
}

TEST(Names, TheStateOfASecretaryOfStateIsNoBody) {
  const AnalyzedArticle article =
      Analyze(Document({"U.S. U.S. PROPN NNP Number=Sing 2 compound NER=B-GPE",
                        "Secretary Secretary PROPN NNP Number=Sing 5 nmod:desc _", "of of ADP IN _ 4 case _",
                        "State State PROPN NNP Number=Sing 2 nmod _",
                        "Condoleezza Condoleezza PROPN NNP Number=Sing 7 nsubj NER=B-PERSON",
                        "Rice Rice PROPN NNP Number=Sing 5 flat NER=I-PERSON",
                        "spoke speak VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 7 punct _", ""}),
              kDay);
  EXPECT_EQ(At(article, 0, 3), nullptr);
  EXPECT_EQ(ActorAt(article, 0, 4), "Condoleezza Rice");
}

TEST(Names, AKnownNameReachesOverItsPreposition) {
  const AnalyzedArticle article =
      Analyze(Document({"Al-Qaeda Al-Qaeda PROPN NNP Number=Sing 4 nsubj NER=B-ORG",
                        "in in ADP IN _ 3 case _", "Iraq Iraq PROPN NNP Number=Sing 1 nmod NER=B-GPE",
                        "left leave VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 4 punct _", ""}),
              kDay);
  EXPECT_EQ(ActorAt(article, 0, 0), "Al-Qaeda in Iraq");
  EXPECT_EQ(At(article, 0, 2), nullptr);
}

TEST(Names, TwoNamesOfABodyOneInBracketsAreOne) {
  const AnalyzedArticle article = Analyze(
      Document({"Nordlys Nordlys PROPN NNP Number=Sing 7 nsubj NER=B-ORG",
                "Vakt Vakt PROPN NNP Number=Sing 1 flat NER=I-ORG", "( ( PUNCT -LRB- _ 5 punct SpaceAfter=No",
                "Northern Northern PROPN NNP _ 5 compound NER=B-ORG",
                "Watch Watch PROPN NNP Number=Sing 1 appos NER=I-ORG|SpaceAfter=No",
                ") ) PUNCT -RRB- _ 5 punct _", "left leave VERB VBD _ 0 root SpaceAfter=No",
                ". . PUNCT . _ 7 punct _", ""}),
      kDay);
  EXPECT_EQ(ActorAt(article, 0, 0), ActorAt(article, 0, 4));
}

TEST(Names, WhoIsAppointedIsWhatHeIsMade) {
  const AnalyzedArticle article =
      Analyze(Document({"They they PRON PRP Number=Plur 2 nsubj _", "appointed appoint VERB VBD _ 0 root _",
                        "Ada Ada PROPN NNP Number=Sing 2 obj NER=B-PERSON",
                        "Holm Holm PROPN NNP Number=Sing 3 flat NER=I-PERSON", "the the DET DT _ 6 det _",
                        "commander commander NOUN NN Number=Sing 2 xcomp SpaceAfter=No",
                        ". . PUNCT . _ 2 punct _", ""}),
              kDay);
  EXPECT_EQ(ActorAt(article, 0, 5), "Ada Holm");
}

TEST(Names, AnOfficeThatIsSoughtIsNobody) {
  const AnalyzedArticle article = Analyze(
      Document({"Ada Ada PROPN NNP Number=Sing 3 nsubj NER=B-PERSON",
                "Holm Holm PROPN NNP Number=Sing 1 flat NER=I-PERSON", "ran run VERB VBD _ 0 root _",
                "for for ADP IN _ 5 case _", "President President PROPN NNP Number=Sing 3 obl SpaceAfter=No",
                ". . PUNCT . _ 3 punct _", ""}),
      kDay);
  const EntityMention* office = At(article, 0, 4);
  EXPECT_TRUE(office == nullptr || office->actor.name.empty()) << office->actor.name;
}

TEST(Names, AKnownSurnameIsWhoeverBearsItInTheArticle) {
  const auto article = [](const char* given) {
    static std::string row;
    row = std::string(given) + " " + given + " PROPN NNP Number=Sing 3 nsubj NER=B-PERSON";
    return Analyze(Document({row.c_str(), "Blair Blair PROPN NNP Number=Sing 1 flat NER=I-PERSON",
                             "won win VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 3 punct _", "",
                             "Blair Blair PROPN NNP Number=Sing 2 nsubj NER=B-PERSON",
                             "left leave VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 2 punct _", ""}),
                   kDay);
  };
  EXPECT_EQ(ActorAt(article("Bonnie"), 1, 0), "Bonnie Blair");
  EXPECT_EQ(ActorAt(article("Tony"), 1, 0), "Tony Blair");
}

TEST(Names, WhoServesInAnOfficeIsItThere) {
  const AnalyzedArticle article = Analyze(
      Document({"Ada Ada PROPN NNP Number=Sing 3 nsubj NER=B-PERSON",
                "Holm Holm PROPN NNP Number=Sing 1 flat NER=I-PERSON", "served serve VERB VBD _ 0 root _",
                "as as ADP IN _ 5 case _", "minister minister NOUN NN Number=Sing 3 obl SpaceAfter=No",
                ". . PUNCT . _ 3 punct _", ""}),
      kDay);
  EXPECT_EQ(ActorAt(article, 0, 4), "Ada Holm");
}

TEST(Names, TheLeaderOfAPartyIsNotTheLeaderOfItsState) {
  const AnalyzedArticle article =
      Analyze(Document({"Azmi Azmi PROPN NNP Number=Sing 8 nsubj NER=B-PERSON",
                        "Holm Holm PROPN NNP Number=Sing 1 flat NER=I-PERSON|SpaceAfter=No",
                        ", , PUNCT , _ 4 punct _", "prime prime ADJ JJ _ 5 amod _",
                        "minister minister NOUN NN Number=Sing 1 appos _", "of of ADP IN _ 7 case _",
                        "Israel Israel PROPN NNP Number=Sing 5 nmod NER=B-GPE",
                        "left leave VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 8 punct _", ""}),
              kDay);
  EXPECT_EQ(ActorAt(article, 0, 0), "Azmi Holm");
}

TEST(Names, PeopleOfOneSurnameAreTwoUnlessOneNameMayBeTheOther) {
  const auto article = [](const char* given) {
    static std::string row;
    row = std::string(given) + " " + given + " PROPN NNP Number=Sing 1 appos NER=B-PERSON";
    return Analyze(Document({"Ada Ada PROPN NNP Number=Sing 6 nsubj NER=B-PERSON",
                             "Holm Holm PROPN NNP Number=Sing 1 flat NER=I-PERSON|SpaceAfter=No",
                             ", , PUNCT , _ 4 punct _", row.c_str(),
                             "Holm Holm PROPN NNP Number=Sing 4 flat NER=I-PERSON",
                             "left leave VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 6 punct _", ""}),
                   kDay);
  };
  EXPECT_EQ(ActorAt(article("Eva"), 0, 3), "Eva Holm");
  EXPECT_EQ(ActorAt(article("Eva"), 0, 0), "Ada Holm");
  EXPECT_EQ(ActorAt(article("A."), 0, 3), "Ada Holm");
}

TEST(Names, AnySoldierIsAnotherInTheNextArticle) {
  const auto soldier = [](const char* verb) {
    static std::string row;
    row = std::string(verb) + " " + verb + " VERB VBD _ 0 root SpaceAfter=No";
    const AnalyzedArticle article =
        Analyze(Document({"A a DET DT _ 3 det _", "Norwegian Norwegian ADJ JJ _ 3 amod _",
                          "soldier soldier NOUN NN Number=Sing 4 nsubj _", row.c_str(),
                          ". . PUNCT . _ 4 punct _", ""}),
                kDay);
    const EntityMention* mention = At(article, 0, 2);
    return mention == nullptr ? ActorRef{} : mention->actor;
  };
  const ActorRef one = soldier("left"), two = soldier("came");
  EXPECT_EQ(one.name, "Norwegian soldier");
  EXPECT_EQ(two.name, "Norwegian soldier");
  EXPECT_NE(one.discriminator, two.discriminator);
}

TEST(Names, NobodyInParticularIsNobodyThatWasNamed) {
  const AnalyzedArticle article =
      Analyze(Document({"Norway Norway PROPN NNP Number=Sing 2 nsubj NER=B-GPE",
                        "refused refuse VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 2 punct _", "",
                        "It it PRON PRP Number=Sing 2 nsubj _", "asked ask VERB VBD _ 0 root _",
                        "no no DET DT _ 4 det _", "country country NOUN NN Number=Sing 2 obj SpaceAfter=No",
                        ". . PUNCT . _ 2 punct _", ""}),
              kDay);
  EXPECT_NE(ActorAt(article, 1, 3), "Norway");
}

TEST(Names, GovernmentsOfTwoStatesAreTwo) {
  const AnalyzedArticle article =
      Analyze(Document({"The the DET DT _ 3 det _", "Norwegian Norwegian ADJ JJ _ 3 amod _",
                        "government government NOUN NN Number=Sing 4 nsubj _",
                        "fell fall VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 4 punct _", "",
                        "The the DET DT _ 3 det _", "UK UK PROPN NNP _ 3 compound NER=B-GPE",
                        "government government NOUN NN Number=Sing 4 nsubj _",
                        "fell fall VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 4 punct _", ""}),
              kDay);
  EXPECT_EQ(ActorAt(article, 0, 2), "Norwegian government");
  EXPECT_EQ(ActorAt(article, 1, 2), "British government");
}

TEST(Names, WhoReportsIsTheSubjectOfTheReport) {
  const AnalyzedArticle article = Analyze(
      Document({"Norway Norway PROPN NNP Number=Sing 2 nsubj NER=B-GPE", "accused accuse VERB VBD _ 0 root _",
                "Sweden Sweden PROPN NNP Number=Sing 2 obj NER=B-GPE|SpaceAfter=No",
                ". . PUNCT . _ 2 punct _", "", "NATO NATO PROPN NNP Number=Sing 2 nsubj NER=B-ORG",
                "said say VERB VBD _ 0 root _", "it it PRON PRP Number=Sing 4 nsubj _",
                "waited wait VERB VBD _ 2 ccomp SpaceAfter=No", ". . PUNCT . _ 2 punct _", ""}),
      kDay);
  EXPECT_EQ(ActorAt(article, 1, 2), "NATO");
}

TEST(Names, ASpeakersLabelTellsWhoIsI) {
  std::string text = Document(
      {"Ada Ada PROPN NNP Number=Sing 3 nsubj NER=B-PERSON",
       "Holm Holm PROPN NNP Number=Sing 1 flat NER=I-PERSON", "met meet VERB VBD _ 0 root _",
       "Eva Eva PROPN NNP Number=Sing 3 obj NER=B-PERSON",
       "Lund Lund PROPN NNP Number=Sing 4 flat NER=I-PERSON|SpaceAfter=No", ". . PUNCT . _ 3 punct _", "",
       "I I PRON PRP Number=Sing 2 nsubj _", "came come VERB VBD _ 0 root SpaceAfter=No",
       ". . PUNCT . _ 2 punct _", "", "I I PRON PRP Number=Sing 2 nsubj _",
       "left leave VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 2 punct _", ""});
  text.insert(text.find("# sent_id = 2"), "# speaker = Holm\n");
  text.insert(text.find("# sent_id = 3"), "# speaker = Lund\n");
  const AnalyzedArticle article = Analyze(text, kDay);
  EXPECT_EQ(ActorAt(article, 1, 0), "Ada Holm");
  EXPECT_EQ(ActorAt(article, 2, 0), "Eva Lund");
}

// Four sentences about `state`, one with a government, one with a minister; `other` in the one with the
// government.
std::string AboutAState(const std::string& other) {
  std::string text;
  std::vector<std::string> rows;
  for (int i = 0; i < 4; ++i) {
    rows.insert(rows.end(), {"Chad Chad PROPN NNP Number=Sing 2 nsubj NER=B-GPE",
                             "votes vote VERB VBZ _ 0 root _", ". . PUNCT . _ 2 punct _", ""});
  }
  rows.insert(rows.end(), {"The the DET DT _ 2 det _", "government government NOUN NN Number=Sing 3 nsubj _",
                           "warned warn VERB VBD _ 0 root _", other, ". . PUNCT . _ 3 punct _", "",
                           "Defence defence NOUN NN _ 2 compound _",
                           "Minister minister PROPN NNP Number=Sing 3 compound _",
                           "Berg Berg PROPN NNP Number=Sing 4 nsubj NER=B-PERSON",
                           "left leave VERB VBD _ 0 root _", ". . PUNCT . _ 4 punct _"});
  return DocumentOf(rows);
}

TEST(Names, AnOfficeWithoutAStateIsAnothersInAnotherArticle) {
  const AnalyzedArticle article =
      Analyze(Document({"The the DET DT _ 3 det _", "Prime prime PROPN NNP _ 3 compound NER=B-PERSON",
                        "Minister Minister PROPN NNP Number=Sing 4 nsubj NER=I-PERSON",
                        "left leave VERB VBD _ 0 root _", ". . PUNCT . _ 4 punct _", "",
                        "Ada Ada PROPN NNP Number=Sing 3 nsubj NER=B-PERSON",
                        "Holm Holm PROPN NNP Number=Sing 1 flat NER=I-PERSON",
                        "left leave VERB VBD _ 0 root _", ". . PUNCT . _ 3 punct _", ""}),
              kDay);
  ASSERT_NE(At(article, 0, 2), nullptr);
  EXPECT_NE(At(article, 0, 2)->actor.discriminator, "");
  EXPECT_EQ(At(article, 1, 0)->actor.discriminator, "") << "a name is the same everywhere";
}

TEST(Names, ABodyOfTheStateThatAnArticleIsAboutIsThatStates) {
  const AnalyzedArticle alone =
      Analyze(AboutAState("people people NOUN NNS Number=Plur 3 obj _"), "2020-05-01");
  EXPECT_EQ(ActorAt(alone, 4, 1), "Chadian government");
  ASSERT_NE(At(alone, 5, 2), nullptr);
  EXPECT_EQ(At(alone, 5, 2)->actor.country, "TCD");
  const AnalyzedArticle other =
      Analyze(AboutAState("Niger Niger PROPN NNP Number=Sing 3 obj NER=B-GPE"), "2020-05-01");
  EXPECT_EQ(ActorAt(other, 4, 1), "") << "it may be Niger's";
}

}  // namespace
}  // namespace whowhom::extract
