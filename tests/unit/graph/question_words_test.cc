// Questions whose words are not those of the articles: common nouns, numbers, offices, verbs of several
// words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/graph/scene.h"
#include "whowhom/graph/question.h"

namespace whowhom::graph {
namespace {

using testing::Actor;
using testing::Arg;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Group;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Nobody;
using testing::Person;
using testing::State;
using testing::Thing;

const Actor kNorland = State("Norland", "NRL");
const Actor kSudland = State("Sudland", "SDL");
const Actor kHolm = Person("Gustav Holm", "NRL");
const Actor kRiise = Person("Marta Riise", "NRL");
const Actor kSaree = Person("Yahya Sarea");
const Actor kForces = {"Sudland armed forces", EntityType::kOrg, "SDL", "", "MIL"};

class QuestionWordsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    scene_.Article(
        "a", "2021-03-01",
        {
            {kNorland, "expel", "expelled", Group("Sudland diplomats"), {}},
            {kHolm, "order", "ordered", Thing("the raid on the port")},
            {kForces, "call off", "called off", Thing("a naval exercise")},
            {kNorland, "impose sanction", "imposed sanctions", {}, {Arg("on", "Sudland", kSudland)}},
            {Nobody(), "kill", "killed", Group("people"), {Arg("in", "a strike near Harborough Bridge")}},
            {Thing("More than 40 families"), "flee", "fled", {}, {Arg("to", "Norland", kNorland)}},
            {kHolm, "be", "is", Thing("President")},
            {kRiise, "be", "is", Thing("Vice President")},
            {kRiise, "be finance minister of", "is", kNorland},
            {kSaree, "threaten", "threatened", kNorland},
            {Thing("Hundreds of protesters"), "storm", "stormed", Thing("the parliament")},
            {kRiise, "refuse to meet", "refused to meet", kHolm},
            {kSaree, "issue warning", "issued a warning", {}, {Arg("to", "Sudland", kSudland)}},
            {kHolm, "deny", "denied", {}, {Arg("content", "he had taken part in a rally")}},
        });
    scene_.Article(
        "b", "2021-03-02",
        {
            {State("United States", "USA"),
             "give",
             "gave",
             Thing("an estimated $10 billion"),
             {Arg("to", "Norland", kNorland)}},
            {kHolm, "declare", "declared", Thing("emergency rule")},
            {Group("Riise supporters"), "demand", "demanded", Thing("an inquiry")},
            {kRiise, "demand", "demanded", Thing("a vote")},
            {kHolm, "reject", "rejected", Thing("the accusation of fraud")},
            {Nobody(), "schedule", "scheduled", Thing("the regional poll"), {Arg("time", "May 4")}},
            {kRiise, "be", "is", Thing("U.S. Secretary of State")},
            {kHolm, "be", "is", Thing("the most powerful chief of the guard")},
            {Thing("a suicide attack"), "kill", "killed", Thing("241 marines")},
            {kNorland, "hold", "held", Thing("a general election")},
        });
    Result<std::unique_ptr<View>> view = View::Build(scene_.snapshot);
    ASSERT_TRUE(view.ok()) << view.error().message;
    view_ = std::move(*view);
    Result<std::unique_ptr<QuestionReader>> reader =
        QuestionReader::Load(WHOWHOM_SOURCE_DIR "/data", nullptr);
    ASSERT_TRUE(reader.ok()) << reader.error().message;
    reader_ = std::move(*reader);
  }
  Reply AskFor(std::string_view question) {
    Result<Reply> reply = Ask(*reader_, *view_, question, {}, {});
    EXPECT_TRUE(reply.ok()) << question << ": " << (reply.ok() ? "" : reply.error().message);
    return reply.ok() ? *reply : Reply{};
  }
  std::vector<std::string> First(std::string_view question) {
    std::vector<std::string> values;
    for (const AnswerRow& row : AskFor(question).answer.rows)
      values.push_back(row.values.empty() ? "-" : row.values[0]);
    return values;
  }

  testing::Scene scene_;
  std::unique_ptr<View> view_;
  std::unique_ptr<QuestionReader> reader_;
};

TEST_F(QuestionWordsTest, CommonNounsAreLookedForByTheirWordsAndTheirNearSynonyms) {
  EXPECT_THAT(First("who expelled diplomats"), ElementsAre("Norland"));
  EXPECT_THAT(First("who ordered the attack on the port"), ElementsAre("Gustav Holm"));
  EXPECT_THAT(First("who ordered the election"), IsEmpty());
  QuestionOptions exact;
  exact.exact = true;
  EXPECT_THAT(Ask(*reader_, *view_, "who ordered the attack on the port", exact, {})->answer.rows, IsEmpty());
}

TEST_F(QuestionWordsTest, ParticlesAndLightNounsBelongToTheVerb) {
  EXPECT_THAT(First("who called off an exercise"), ElementsAre("Sudland armed forces"));
  EXPECT_THAT(First("who imposed sanctions on Sudland"), ElementsAre("Norland"));
  EXPECT_THAT(First("who imposed sanctions on Norland"), IsEmpty());
}

TEST_F(QuestionWordsTest, TheBodiesOfAStateAnswerForItAndItIsSaid) {
  Reply reply = AskFor("what did Sudland call off");
  ASSERT_FALSE(reply.answer.rows.empty()) << ExplainPlan(reply.interpretation.plan, *view_).value();
  EXPECT_EQ(reply.answer.rows[0].subject, "Sudland armed forces");
  EXPECT_THAT(reply.interpretation.notes, Contains(HasSubstr("bodies")));
  EXPECT_THAT(First("what did Norland call off"), IsEmpty());
}

TEST_F(QuestionWordsTest, NumbersAreThoseThatTheSentenceStates) {
  EXPECT_THAT(First("how many families fled to Norland"), ElementsAre("More than 40 families"));
  EXPECT_THAT(First("how many soldiers fled to Norland"), IsEmpty());
}

TEST_F(QuestionWordsTest, OfficesGoToThosePeopleOfTheCountryWhoHoldThem) {
  EXPECT_THAT(First("who is president of Norland"), ElementsAre("Gustav Holm"));
  EXPECT_THAT(First("who is Norland's president"), ElementsAre("Gustav Holm"));
  EXPECT_THAT(First("who is the finance minister of Norland"), ElementsAre("Marta Riise"));
  EXPECT_THAT(First("who is president of Sudland"), IsEmpty());
  EXPECT_THAT(First("who is Marta Riise"), Contains("finance minister of Norland"));
}

TEST_F(QuestionWordsTest, AnOfficeStandsForItsHolder) {
  EXPECT_THAT(First("whom did the president of Norland order"), IsEmpty());
  EXPECT_THAT(First("what did the Norland president order"), ElementsAre("the raid on the port"));
  EXPECT_THAT(First("what did Norland's finance minister order"), IsEmpty());
}

TEST_F(QuestionWordsTest, ACapitalThatNobodyNamesStandsForItsState) {
  EXPECT_THAT(First("how much money did Washington give to Norland"), ElementsAre("$10 billion"));
  EXPECT_THAT(First("how much money did Norland give to Sudland"), IsEmpty());
  EXPECT_THAT(First("what did Copenhagen give"), IsEmpty());  // Denmark is in no article
}

TEST_F(QuestionWordsTest, ANounOfADeedWithWordsBeforeItMayStandForItself) {
  EXPECT_THAT(First("who declared emergency rule"), ElementsAre("Gustav Holm"));
  EXPECT_THAT(First("who declared colonial rule"), IsEmpty());
}

TEST_F(QuestionWordsTest, ASubjectOfWordsIsWhoeverIsCalledSo) {
  EXPECT_THAT(First("what do Riise's supporters demand"), ElementsAre("an inquiry"));
}

TEST_F(QuestionWordsTest, ANounBeforeDidIsWhatIsAskedFor) {
  EXPECT_THAT(First("which accusations did Holm reject"), ElementsAre(HasSubstr("fraud")));
  EXPECT_THAT(First("which accusations did Riise reject"), IsEmpty());
}

TEST_F(QuestionWordsTest, AStateBeforeAnOfficeOfSeveralWordsOwnsIt) {
  EXPECT_THAT(First("Who is the US Secretary of State?"), Contains("Marta Riise"));
}

TEST_F(QuestionWordsTest, WhatHappenedToSomebodyIsWhatHeDidWhereNothingWasDoneToHim) {
  const Reply reply = AskFor("what happened to Yahya Sarea");
  ASSERT_FALSE(reply.answer.rows.empty());
  EXPECT_THAT(reply.interpretation.notes, Contains(HasSubstr("what Yahya Sarea did")));
  EXPECT_THAT(First("what happened to Riga"), IsEmpty());
}

TEST_F(QuestionWordsTest, WhoeverIsSaidToBeSomethingIsWhoIsThat) {
  EXPECT_THAT(First("who was the most powerful chief"), ElementsAre("Gustav Holm"));
  EXPECT_THAT(First("who was the most powerful judge"), IsEmpty());
}

TEST_F(QuestionWordsTest, ThoseWhoDiedWereKilled) {
  const Reply reply = AskFor("how many marines died in the suicide attack");
  ASSERT_FALSE(reply.answer.rows.empty());
  EXPECT_THAT(reply.answer.rows[0].values, ElementsAre("241 marines"));
  EXPECT_THAT(reply.interpretation.notes, Contains(HasSubstr("killed")));
  EXPECT_THAT(First("how many marines died in the flood"), IsEmpty());
}

TEST_F(QuestionWordsTest, ANounOfADeedMayBeWhatWasHeld) {
  EXPECT_FALSE(AskFor("did Norland hold an election").answer.rows.empty());
  EXPECT_TRUE(AskFor("did Sudland hold an election").answer.rows.empty());
}

TEST_F(QuestionWordsTest, WhatIsCloseIsShownAsCloseAndNeverAsTheAnswer) {
  Reply reply = AskFor("who expelled Norland");
  EXPECT_THAT(reply.answer.rows, IsEmpty());  // Norland expels, it is not expelled
  // Words of a topic may not be dropped where there are few.
  EXPECT_THAT(First("who called off a rally"), IsEmpty());
}

TEST_F(QuestionWordsTest, RefusalsAndLightVerbsAreTheVerbAskedFor) {
  EXPECT_THAT(First("who refused to meet Gustav Holm"), ElementsAre("Marta Riise"));
  EXPECT_THAT(First("who declined to meet Gustav Holm"), ElementsAre("Marta Riise"));
  EXPECT_THAT(First("who met Gustav Holm"), IsEmpty());
  EXPECT_THAT(First("who warned Sudland"), ElementsAre("Yahya Sarea"));
  EXPECT_THAT(First("whom did Yahya Sarea warn"), Contains("Sudland"));
}

TEST_F(QuestionWordsTest, PlacesMayStandInsideAnotherPhrase) {
  EXPECT_THAT(First("where were people killed"), ElementsAre("Harborough Bridge"));
}

TEST_F(QuestionWordsTest, APersonIsFoundByTheNearestSpellingAStateIsNot) {
  Reply reply = AskFor("whom did Yahya Saree threaten");
  ASSERT_EQ(reply.answer.rows.size(), 1U);
  EXPECT_THAT(reply.interpretation.notes, Contains(HasSubstr("nearest spelling")));
  EXPECT_THAT(First("who threatened Nordland"), IsEmpty());
}

TEST_F(QuestionWordsTest, WhoeverTheArticlesNameAnswersWhereNoActorDoes) {
  EXPECT_THAT(First("who stormed the parliament"), ElementsAre("Hundreds of protesters"));
}

TEST_F(QuestionWordsTest, TheSecondPartOfAQuestionMayNameThingsAndBePassive) {
  EXPECT_THAT(First("who threatened a country that expelled diplomats"), ElementsAre("Yahya Sarea"));
  EXPECT_THAT(First("who threatened a country that expelled journalists"), IsEmpty());
  EXPECT_THAT(First("who ordered a raid against a country that was threatened"), IsEmpty());
}

TEST_F(QuestionWordsTest, WhatWasDoneStandsInTheContent) {
  EXPECT_THAT(First("who denied having taken part in a rally"), ElementsAre("Gustav Holm"));
  EXPECT_THAT(First("who denied having taken part in a coup"), IsEmpty());
}

}  // namespace
}  // namespace whowhom::graph
