#include <gtest/gtest.h>

#include "resolve_testing.h"

namespace whowhom::extract {
namespace {

// Own sentences, parsed by hand. Names in MISC as `whowhom parse` writes them.
constexpr char kVisit[] =
    "# newdoc id = visit\n# newpar\n# sent_id = 1\n"
    "1\tPresident\tpresident\tPROPN\tNNP\t_\t2\tnmod:desc\t_\t_\n"
    "2\tDonald\tDonald\tPROPN\tNNP\t_\t3\tnsubj\t_\tNER=B-PERSON\n"
    "3\tvisited\tvisit\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\tOslo\tOslo\tPROPN\tNNP\t_\t3\tobj\t_\tNER=B-GPE|SpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

constexpr char kMinister[] =
    "# newdoc id = minister\n# newpar\n# sent_id = 1\n"
    "1\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t6\tnsubj\t_\tNER=B-PERSON\n"
    "2\tHolm\tHolm\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\tNER=I-PERSON|SpaceAfter=No\n"
    "3\t,\t,\tPUNCT\t,\t_\t5\tpunct\t_\t_\n"
    "4\ta\ta\tDET\tDT\t_\t5\tdet\t_\t_\n"
    "5\tlawyer\tlawyer\tNOUN\tNN\tNumber=Sing\t1\tappos\t_\t_\n"
    "6\taccused\taccuse\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "7\tNorwegian\tNorwegian\tADJ\tJJ\t_\t8\tamod\t_\t_\n"
    "8\tofficials\tofficial\tNOUN\tNNS\tNumber=Plur\t6\tobj\t_\tSpaceAfter=No\n"
    "9\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_\n\n"
    "# sent_id = 2\n"
    "1\tMs.\tMs.\tPROPN\tNNP\t_\t2\tnmod:desc\t_\t_\n"
    "2\tHolm\tHolm\tPROPN\tNNP\tNumber=Sing\t3\tnsubj\t_\tNER=B-PERSON\n"
    "3\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\tshe\tshe\tPRON\tPRP\tNumber=Sing\t5\tnsubj\t_\t_\n"
    "5\tsued\tsue\tVERB\tVBD\t_\t3\tccomp\t_\t_\n"
    "6\tthe\tthe\tDET\tDT\t_\t7\tdet\t_\t_\n"
    "7\tman\tman\tNOUN\tNN\tNumber=Sing\t5\tobj\t_\t_\n"
    "8\twho\twho\tPRON\tWP\tPronType=Rel\t9\tnsubj\t_\t_\n"
    "9\tleft\tleave\tVERB\tVBD\t_\t7\tacl:relcl\t_\tSpaceAfter=No\n"
    "10\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

constexpr char kSecretary[] =
    "# newdoc id = secretary\n# newpar\n# sent_id = 1\n"
    "1\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\t_\n"
    "2\tU.S.\tU.S.\tPROPN\tNNP\tNumber=Sing\t3\tcompound\t_\tNER=B-GPE\n"
    "3\tsecretary\tsecretary\tNOUN\tNN\tNumber=Sing\t6\tnsubj\t_\t_\n"
    "4\tof\tof\tADP\tIN\t_\t5\tcase\t_\t_\n"
    "5\tstate\tstate\tNOUN\tNN\tNumber=Sing\t3\tnmod\t_\t_\n"
    "6\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "7\tprotesters\tprotester\tNOUN\tNNS\tNumber=Plur\t6\tobj\t_\t_\n"
    "8\tin\tin\tADP\tIN\t_\t9\tcase\t_\t_\n"
    "9\tAmerica\tAmerica\tPROPN\tNNP\tNumber=Sing\t6\tobl\t_\tNER=B-GPE|SpaceAfter=No\n"
    "10\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_\n\n";

// "After her return Ada Holm praised Eva Lund. Brask resigned; he left. American troops and U.S. troops met."
constexpr char kReturn[] =
    "# newdoc id = return\n# newpar\n# sent_id = 1\n"
    "1\tAfter\tafter\tADP\tIN\t_\t3\tcase\t_\t_\n"
    "2\ther\ther\tPRON\tPRP$\tPoss=Yes\t3\tnmod:poss\t_\t_\n"
    "3\treturn\treturn\tNOUN\tNN\tNumber=Sing\t6\tobl\t_\t_\n"
    "4\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t6\tnsubj\t_\tNER=B-PERSON\n"
    "5\tHolm\tHolm\tPROPN\tNNP\tNumber=Sing\t4\tflat\t_\tNER=I-PERSON\n"
    "6\tpraised\tpraise\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "7\tEva\tEva\tPROPN\tNNP\tNumber=Sing\t6\tobj\t_\tNER=B-PERSON\n"
    "8\tLund\tLund\tPROPN\tNNP\tNumber=Sing\t7\tflat\t_\tNER=I-PERSON|SpaceAfter=No\n"
    "9\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_\n\n"
    "# sent_id = 2\n"
    "1\tBrask\tBrask\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\tNER=B-ORG\n"
    "2\tresigned\tresign\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\tbefore\tbefore\tSCONJ\tIN\t_\t5\tmark\t_\t_\n"
    "4\the\the\tPRON\tPRP\tNumber=Sing\t5\tnsubj\t_\t_\n"
    "5\tleft\tleave\tVERB\tVBD\t_\t2\tadvcl\t_\tSpaceAfter=No\n"
    "6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
    "# sent_id = 3\n"
    "1\tAmerican\tAmerican\tADJ\tJJ\t_\t2\tamod\t_\t_\n"
    "2\ttroops\ttroop\tNOUN\tNNS\tNumber=Plur\t3\tnsubj\t_\t_\n"
    "3\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\tU.S.\tU.S.\tPROPN\tNNP\tNumber=Sing\t5\tcompound\t_\tNER=B-GPE\n"
    "5\tofficials\tofficial\tNOUN\tNNS\tNumber=Plur\t3\tobj\t_\tSpaceAfter=No\n"
    "6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

TEST(Resolve, GivesSurnamePronounAndAppositionTheFullName) {
  const AnalyzedArticle article = Analyze(kMinister, "2031-03-01");
  EXPECT_EQ(ActorAt(article, 0, 0), "Ada Holm");
  EXPECT_EQ(ActorAt(article, 0, 4), "Ada Holm");  // "a lawyer"
  EXPECT_EQ(ActorAt(article, 1, 1), "Ada Holm");  // "Ms. Holm"
  EXPECT_EQ(ActorAt(article, 1, 3), "Ada Holm");  // "she"
  ASSERT_NE(At(article, 0, 0), nullptr);
  EXPECT_EQ(At(article, 0, 0)->type, EntityType::kPerson);
}

TEST(Resolve, JoinsAnOfficeTaggedAsANameToThePersonBesideIt) {
  const AnalyzedArticle article = Analyze(
      "# newdoc id = o\n# newpar\n# sent_id = 1\n1\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\t_\n"
      "2\tHarbour\tHarbour\tPROPN\tNNP\tNumber=Sing\t3\tcompound\t_\tNER=B-PERSON\n"
      "3\tSecretary\tsecretary\tPROPN\tNNP\tNumber=Sing\t8\tnsubj\t_\tNER=I-PERSON|SpaceAfter=No\n"
      "4\t,\t,\tPUNCT\t,\t_\t5\tpunct\t_\t_\n"
      "5\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t8\tparataxis\t_\tNER=B-PERSON\n"
      "6\tHolm\tHolm\tPROPN\tNNP\tNumber=Sing\t5\tflat\t_\tNER=I-PERSON|SpaceAfter=No\n"
      "7\t,\t,\tPUNCT\t,\t_\t5\tpunct\t_\t_\n"
      "8\tresigned\tresign\tVERB\tVBD\t_\t0\troot\t_\t_\n\n",
      "2031-03-01");
  EXPECT_EQ(ActorAt(article, 0, 2), ActorAt(article, 0, 4));
  EXPECT_NE(ActorAt(article, 0, 2), "(no mention)");
}

TEST(Resolve, FindsTheSubjectThatFollowsAPronoun) {
  const AnalyzedArticle article = Analyze(kReturn, "2031-03-01");
  EXPECT_EQ(ActorAt(article, 0, 1), "Ada Holm");
}

TEST(Resolve, AStatesOwnBodiesCarryItsName) {
  const AnalyzedArticle article = Analyze(
      "# newdoc id = b\n# newpar\n# sent_id = "
      "1\n1\tNorway\tNorway\tPROPN\tNNP\tNumber=Sing\t2\tnsubj\t_\tNER=B-GPE\n"
      "2\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
      "3\tits\tits\tPRON\tPRP$\tPoss=Yes\t5\tnmod:poss\t_\t_\n"
      "4\tarmed\tarmed\tADJ\tJJ\t_\t5\tamod\t_\t_\n"
      "5\tforces\tforce\tNOUN\tNNS\tNumber=Plur\t6\tnsubj\t_\t_\n"
      "6\twithdrew\twithdraw\tVERB\tVBD\t_\t2\tccomp\t_\t_\n\n",
      "2031-03-01");
  EXPECT_EQ(ActorAt(article, 0, 4), "Norwegian armed forces");
  ASSERT_NE(At(article, 0, 4), nullptr);
  EXPECT_EQ(At(article, 0, 4)->actor.country, "NOR");
}

TEST(Resolve, WhatARelativeClauseSaysSomethingIsBeginsBehindItsVerb) {
  const AnalyzedArticle article = Analyze(
      "# newdoc id = c\n# newpar\n# sent_id = 1\n1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n"
      "2\tcourt\tcourt\tNOUN\tNN\tNumber=Sing\t10\tnsubj\t_\tSpaceAfter=No\n"
      "3\t,\t,\tPUNCT\t,\t_\t8\tpunct\t_\t_\n"
      "4\twhich\twhich\tPRON\tWDT\tPronType=Rel\t8\tnsubj\t_\t_\n"
      "5\tis\tbe\tAUX\tVBZ\t_\t8\tcop\t_\t_\n"
      "6\tthe\tthe\tDET\tDT\t_\t8\tdet\t_\t_\n"
      "7\thighest\thigh\tADJ\tJJS\t_\t8\tamod\t_\t_\n"
      "8\tcourt\tcourt\tNOUN\tNN\tNumber=Sing\t2\tacl:relcl\t_\tSpaceAfter=No\n"
      "9\t,\t,\tPUNCT\t,\t_\t2\tpunct\t_\t_\n"
      "10\truled\trule\tVERB\tVBD\t_\t0\troot\t_\t_\n\n",
      "2031-03-01");
  ASSERT_NE(At(article, 0, 7), nullptr);
  EXPECT_EQ(At(article, 0, 7)->begin, 5U);
}

TEST(Resolve, KeepsDifferentlyNamedPeopleApart) {
  const AnalyzedArticle article = Analyze(kReturn, "2031-03-01");
  EXPECT_EQ(ActorAt(article, 0, 3), "Ada Holm");
  EXPECT_EQ(ActorAt(article, 0, 6), "Eva Lund");
}

TEST(Resolve, MakesAPersonOfAnUnknownNameThatIsHe) {
  const AnalyzedArticle article = Analyze(kReturn, "2031-03-01");
  EXPECT_EQ(ActorAt(article, 1, 3), "Brask");
  ASSERT_NE(At(article, 1, 0), nullptr);
  EXPECT_EQ(At(article, 1, 0)->type, EntityType::kPerson);
}

TEST(Resolve, GivesAStateOneAdjective) {
  const AnalyzedArticle article = Analyze(kReturn, "2031-03-01");
  EXPECT_EQ(ActorAt(article, 2, 1), "U.S. troops");
  EXPECT_EQ(ActorAt(article, 2, 4), "U.S. officials");
}

TEST(Resolve, TakesANameOfTenThousandCharactersAndLettersOfTwoScripts) {
  const std::string long_name(10000, 'N');
  const std::string mixed = "Ad\xD0\xB0";  // the last letter is Cyrillic
  for (const std::string& name : {long_name, mixed}) {
    const AnalyzedArticle article = Analyze(
        "# newdoc id = n\n# newpar\n# sent_id = 1\n1\tAda\tAda\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-PERSON\n"
        "2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3\t" +
            name + "\t" + name + "\tPROPN\tNNP\t_\t2\tobj\t_\tNER=B-PERSON\n\n",
        "2031-03-01");
    ASSERT_NE(At(article, 0, 0), nullptr);
    EXPECT_EQ(At(article, 0, 0)->actor.name, "Ada");
    EXPECT_NE(ActorAt(article, 0, 2), "Ada");  // never the one of plain letters
  }
}

TEST(Resolve, KeepsOfficialsApartFromTheirState) {
  const AnalyzedArticle article = Analyze(kMinister, "2031-03-01");
  const EntityMention* officials = At(article, 0, 7);
  ASSERT_NE(officials, nullptr);
  EXPECT_EQ(officials->actor.name, "Norwegian officials");
  EXPECT_EQ(officials->actor.country, "NOR");
  EXPECT_EQ(officials->actor.type, EntityType::kGroup);
}

TEST(Resolve, LeavesNobodyInParticularWithoutActorAndLinksItsRelativePronoun) {
  const AnalyzedArticle article = Analyze(kMinister, "2031-03-01");
  const EntityMention* man = At(article, 1, 6);
  const EntityMention* who = At(article, 1, 7);
  ASSERT_NE(man, nullptr);
  ASSERT_NE(who, nullptr);
  EXPECT_EQ(man->actor.name, "");
  EXPECT_EQ(man->cluster, who->cluster);
  EXPECT_FALSE(who->markable);
}

TEST(Resolve, ReadsARoleByTheDateOfTheArticle) {
  EXPECT_EQ(ActorAt(Analyze(kSecretary, "2020-01-08"), 0, 2), "Mike Pompeo");
  EXPECT_EQ(ActorAt(Analyze(kSecretary, "2014-01-08"), 0, 2), "John Kerry");
}

TEST(Resolve, GivesAStateOneNode) {
  const AnalyzedArticle article = Analyze(kSecretary, "2020-01-08");
  EXPECT_EQ(ActorAt(article, 0, 1), "United States");
  EXPECT_EQ(ActorAt(article, 0, 8), "United States");
  EXPECT_EQ(ActorAt(article, 0, 6), "protesters");
}

TEST(Resolve, KeepsEveryMentionInsideItsSentence) {
  for (const char* text : {kVisit, kMinister, kSecretary}) {
    const AnalyzedArticle article = Analyze(text, "2020-01-08");
    for (const EntityMention& mention : article.mentions) {
      ASSERT_LT(mention.sentence, article.sentences.size());
      EXPECT_LT(mention.begin, mention.end);
      EXPECT_LE(mention.end, article.sentences[mention.sentence].tokens.size());
      EXPECT_LE(mention.full_begin, mention.begin);
      EXPECT_LE(mention.begin, mention.head);
      EXPECT_LT(mention.head, mention.end);
    }
  }
}

TEST(Resolve, WhoEndsAQuoteIsWhomTheSentenceBeforeWasAbout) {
  const auto quote = [](const char* subject_ner, const char* number) {
    const std::string feats = std::string("Number=") + number;
    static std::string holm, kept;
    holm = "Holm Holm PROPN NNP Number=Sing 2 nsubj " + std::string(subject_ner);
    kept = "warned warn VERB VBD " + feats + " 0 root _";
    return Document({holm.c_str(), kept.c_str(), "Ada Ada PROPN NNP Number=Sing 2 obj NER=B-PERSON",
                     "Lund Lund PROPN NNP Number=Sing 3 flat NER=I-PERSON", ". . PUNCT . _ 2 punct _", "",
                     "“ “ PUNCT `` _ 3 punct SpaceAfter=No", "It it PRON PRP Number=Sing 3 nsubj _",
                     "failed fail VERB VBD _ 7 ccomp SpaceAfter=No", ", , PUNCT , _ 7 punct SpaceAfter=No",
                     "” ” PUNCT '' _ 7 punct _", "she she PRON PRP Gender=Fem|Number=Sing 7 nsubj _",
                     "said say VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 7 punct _", ""});
  };
  EXPECT_EQ(ActorAt(Analyze(quote("NER=B-PERSON", "Sing"), "2020-01-08"), 1, 5), "Holm");
  // Counter-example: no person was spoken of.
  EXPECT_NE(ActorAt(Analyze(quote("NER=B-GPE", "Sing"), "2020-01-08"), 1, 5), "Holm");
}

TEST(Resolve, GovernmentsOfDifferentPeopleAreTwo) {
  const AnalyzedArticle article =
      Analyze(Document({"The the DET DT _ 3 det _", "Holm Holm PROPN NNP Number=Sing 3 compound NER=B-PERSON",
                        "government government NOUN NN Number=Sing 4 nsubj _",
                        "fell fall VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 4 punct _", "",
                        "The the DET DT _ 3 det _", "Lund Lund PROPN NNP Number=Sing 3 compound NER=B-PERSON",
                        "government government NOUN NN Number=Sing 4 nsubj _",
                        "came come VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 4 punct _", ""}),
              "2020-01-08");
  EXPECT_NE(ActorAt(article, 0, 2), ActorAt(article, 1, 2));
}

TEST(Resolve, ADescribedBodyIsTheKnownOneJustNamed) {
  const auto article = [](const char* adjective) {
    static std::string described;
    described = std::string(adjective) + " " + adjective + " ADJ JJ _ 4 amod _";
    return Analyze(
        Document({"Hezbollah Hezbollah PROPN NNP Number=Sing 2 nsubj NER=B-ORG",
                  "fired fire VERB VBD _ 0 root _", "rockets rocket NOUN NNS Number=Plur 2 obj SpaceAfter=No",
                  ". . PUNCT . _ 2 punct _", "", "The the DET DT _ 4 det _", described.c_str(),
                  "armed armed ADJ JJ _ 4 amod _", "group group NOUN NN Number=Sing 5 nsubj _",
                  "stopped stop VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 5 punct _", ""}),
        "2020-01-08");
  };
  EXPECT_EQ(ActorAt(article("Lebanese"), 1, 3), "Hezbollah");
  EXPECT_NE(ActorAt(article("Syrian"), 1, 3), "Hezbollah");
}

TEST(Resolve, ABareWordForABodyIsTheLastOneThatDidSomething) {
  const AnalyzedArticle article = Analyze(
      Document({"The the DET DT _ 3 det _", "Harbour Harbour PROPN NNP Number=Sing 3 compound NER=B-ORG",
                "Front Front PROPN NNP Number=Sing 4 nsubj NER=I-ORG", "met meet VERB VBD _ 0 root _",
                "Amnesty Amnesty PROPN NNP Number=Sing 4 obj NER=B-ORG",
                "International International PROPN NNP Number=Sing 5 flat NER=I-ORG|SpaceAfter=No",
                ". . PUNCT . _ 4 punct _", "", "The the DET DT _ 2 det _",
                "group group NOUN NN Number=Sing 3 nsubj _", "left leave VERB VBD _ 0 root SpaceAfter=No",
                ". . PUNCT . _ 3 punct _", ""}),
      "2020-01-08");
  EXPECT_EQ(ActorAt(article, 1, 1), "Harbour Front");
}

TEST(Resolve, WhatIsCalledByANameIsItsBearer) {
  const auto article = [](const char* verb) {
    static std::string named;
    named = std::string(verb) + " " + verb + " VERB VBN _ 2 acl _";
    return Analyze(Document({"A a DET DT _ 2 det _", "militia militia NOUN NN Number=Sing 6 nsubj _",
                             named.c_str(), "Red Red PROPN NNP Number=Sing 3 xcomp NER=B-ORG",
                             "Dawn Dawn PROPN NNP Number=Sing 4 flat NER=I-ORG",
                             "fled flee VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 6 punct _", ""}),
                   "2020-01-08");
  };
  EXPECT_EQ(ActorAt(article("call"), 0, 1), "Red Dawn");
  EXPECT_NE(ActorAt(article("help"), 0, 1), "Red Dawn");
}

TEST(Resolve, NoneOfAListBesideAGroupIsTheGroup) {
  const auto article = [](const char* second) {
    static std::string joined;
    joined = std::string("Sweden Sweden PROPN NNP Number=Sing ") + second + " NER=B-GPE";
    return Analyze(
        Document({"The the DET DT _ 3 det _", "contact contact NOUN NN Number=Sing 3 compound _",
                  "group group NOUN NN Number=Sing 8 nsubj SpaceAfter=No", ", , PUNCT , _ 5 punct _",
                  "Norway Norway PROPN NNP Number=Sing 3 appos NER=B-GPE", "and and CCONJ CC _ 7 cc _",
                  joined.c_str(), "met meet VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 8 punct _", ""}),
        "2020-01-08");
  };
  EXPECT_NE(ActorAt(article("5 conj"), 0, 2), "Norway");
}

TEST(Resolve, GroupsWithoutANameOrStateAreThoseOfTheirArticle) {
  const auto crowd = [](const char* verb) {
    static std::string row;
    row = std::string(verb) + " " + verb + " VERB VBD _ 0 root SpaceAfter=No";
    return Analyze(Document({"Norwegian norwegian ADJ JJ _ 2 amod _",
                             "officials official NOUN NNS Number=Plur 5 nsubj _", "and and CCONJ CC _ 4 cc _",
                             "protesters protester NOUN NNS Number=Plur 2 conj _", row.c_str(),
                             ". . PUNCT . _ 5 punct _", ""}),
                   "2020-01-08");
  };
  const AnalyzedArticle one = crowd("met");
  const AnalyzedArticle two = crowd("fought");
  const auto reference = [](const AnalyzedArticle& article, uint32_t head) {
    const EntityMention* mention = At(article, 0, head);
    return mention == nullptr ? ActorRef() : mention->actor;
  };
  EXPECT_EQ(reference(one, 3).name, "protesters");
  EXPECT_FALSE(reference(one, 3).discriminator.empty());
  EXPECT_NE(reference(one, 3).discriminator, reference(two, 3).discriminator);
  EXPECT_EQ(reference(one, 1).name, "Norwegian officials");
  EXPECT_TRUE(reference(one, 1).discriminator.empty());
}

// "The killing of Ada Holm, which ...", "Ada Holm, who ...".
TEST(Resolve, WhichIsNeverAPerson) {
  const auto article = [](const char* relative) {
    static std::string row;
    row = relative;
    return Analyze(Document({"Ada Ada PROPN NNP Number=Sing 5 nsubj NER=B-PERSON",
                             "Holm Holm PROPN NNP Number=Sing 1 flat NER=I-PERSON", row.c_str(),
                             "helped help VERB VBD _ 1 acl:relcl _",
                             "died die VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 5 punct _", ""}),
                   "2020-01-08");
  };
  EXPECT_EQ(ActorAt(article("who who PRON WP PronType=Rel 4 nsubj _"), 0, 2), "Ada Holm");
  EXPECT_NE(ActorAt(article("which which PRON WDT PronType=Rel 4 nsubj _"), 0, 2), "Ada Holm");
}

// "Against a spy, Ada Holm spoke": taken as her description; not where the name brings an office of its own.
TEST(Resolve, AnyoneBesideAMinisterIsNotTheMinister) {
  const AnalyzedArticle bare =
      Analyze(Document({"Against against ADP IN _ 3 case _", "a a DET DT _ 3 det _",
                        "spy spy NOUN NN Number=Sing 7 obl SpaceAfter=No", ", , PUNCT , _ 7 punct _",
                        "Ada Ada PROPN NNP Number=Sing 7 nsubj NER=B-PERSON",
                        "Holm Holm PROPN NNP Number=Sing 5 flat NER=I-PERSON",
                        "spoke speak VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 7 punct _", ""}),
              "2020-01-08");
  EXPECT_EQ(ActorAt(bare, 0, 2), "Ada Holm");
  const AnalyzedArticle titled =
      Analyze(Document({"Against against ADP IN _ 3 case _", "a a DET DT _ 3 det _",
                        "spy spy NOUN NN Number=Sing 8 obl SpaceAfter=No", ", , PUNCT , _ 8 punct _",
                        "Minister minister PROPN NNP Number=Sing 6 nmod:desc _",
                        "Ada Ada PROPN NNP Number=Sing 8 nsubj NER=B-PERSON",
                        "Holm Holm PROPN NNP Number=Sing 6 flat NER=I-PERSON",
                        "spoke speak VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 8 punct _", ""}),
              "2020-01-08");
  EXPECT_EQ(ActorAt(titled, 0, 5), "Ada Holm");
  EXPECT_NE(ActorAt(titled, 0, 2), "Ada Holm");
}

TEST(Resolve, ThingsAreNoBodyThatSeemsToStandBesideThem) {
  const auto article = [](const char* noun) {
    static std::string row;
    row = noun;
    return Analyze(
        Document({row.c_str(), "from from ADP IN _ 3 case _",
                  "abroad abroad NOUN NN Number=Sing 1 nmod SpaceAfter=No", ", , PUNCT , _ 5 punct _",
                  "Amnesty Amnesty PROPN NNP Number=Sing 1 appos NER=B-ORG",
                  "International International PROPN NNP Number=Sing 5 flat NER=I-ORG",
                  "came come VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 7 punct _", ""}),
        "2020-01-08");
  };
  EXPECT_NE(ActorAt(article("Threats threat NOUN NNS Number=Plur 7 nsubj _"), 0, 0), "Amnesty International");
  EXPECT_EQ(ActorAt(article("Campaigners campaigner NOUN NNS Number=Plur 7 nsubj _"), 0, 0),
            "Amnesty International");
}

// "Harbour Forces Central Command (HARCENT)": beginnings of words.
TEST(Resolve, AShortNameInBracketsMayHoldBeginningsOfWords) {
  const auto article = [](const char* letters) {
    static std::string row;
    row = std::string(letters) + " " + letters + " PROPN NNP Number=Sing 4 appos NER=B-ORG|SpaceAfter=No";
    return Analyze(
        Document({"Harbour Harbour PROPN NNP Number=Sing 4 compound NER=B-ORG",
                  "Forces Forces PROPN NNP Number=Sing 4 compound NER=I-ORG",
                  "Central Central PROPN NNP Number=Sing 4 compound NER=I-ORG",
                  "Command Command PROPN NNP Number=Sing 8 nsubj NER=I-ORG",
                  "( ( PUNCT -LRB- _ 6 punct SpaceAfter=No", row.c_str(), ") ) PUNCT -RRB- _ 6 punct _",
                  "left leave VERB VBD _ 0 root SpaceAfter=No", ". . PUNCT . _ 8 punct _", ""}),
        "2020-01-08");
  };
  EXPECT_EQ(ActorAt(article("HARCENT"), 0, 5), "Harbour Forces Central Command");
}

// "The guild and its partner agreed to set them aside": not the guild nor the partner.
TEST(Resolve, AnObjectIsNobodyOfItsOwnSubject) {
  const auto article = [](const char* object) {
    static std::string row;
    row = object;
    return Analyze(
        Document({"Fishers fisher NOUN NNS Number=Plur 2 nsubj _", "met meet VERB VBD _ 0 root SpaceAfter=No",
                  ". . PUNCT . _ 2 punct _", "", "Farmers farmer NOUN NNS Number=Plur 4 nsubj _",
                  "and and CCONJ CC _ 3 cc _", "bakers baker NOUN NNS Number=Plur 1 conj _",
                  "agreed agree VERB VBD _ 0 root _", "to to PART TO _ 6 mark _",
                  "help help VERB VB _ 4 xcomp _", row.c_str(), ". . PUNCT . _ 4 punct _", ""}),
        "2020-01-08");
  };
  const AnalyzedArticle them = article("them they PRON PRP Number=Plur 6 obj SpaceAfter=No");
  EXPECT_NE(ActorAt(them, 1, 6), "Farmers");
  EXPECT_NE(ActorAt(them, 1, 6), "bakers");
}

TEST(Resolve, IsDeterministic) {
  const AnalyzedArticle one = Analyze(kMinister, "2031-03-01");
  const AnalyzedArticle two = Analyze(kMinister, "2031-03-01");
  ASSERT_EQ(one.mentions.size(), two.mentions.size());
  for (size_t i = 0; i < one.mentions.size(); ++i) {
    EXPECT_EQ(one.mentions[i].cluster, two.mentions[i].cluster);
    EXPECT_EQ(one.mentions[i].actor.name, two.mentions[i].actor.name);
  }
}

TEST(Resolve, TakesAnEmptyArticleAndADamagedModelIsRefused) {
  AnalyzedArticle empty;
  auto resolver = ActorResolver::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data", "", {});
  ASSERT_TRUE(resolver.ok());
  (*resolver)->Resolve(&empty);
  EXPECT_TRUE(empty.mentions.empty());
  const std::string dir = ::testing::TempDir();
  FILE* file = std::fopen((dir + "/coref.model").c_str(), "wb");
  ASSERT_NE(file, nullptr);
  std::fputs("WWCOREF1 truncated", file);
  std::fclose(file);
  EXPECT_FALSE(ActorResolver::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data", dir, {}).ok());
  std::remove((dir + "/coref.model").c_str());
}

}  // namespace
}  // namespace whowhom::extract
