#include "whowhom/graph/question.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/graph/scene.h"

namespace whowhom::graph {
namespace {

using testing::Arg;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Group;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Nobody;
using ::testing::Not;
using testing::Person;
using testing::State;
using testing::Thing;
using ::testing::UnorderedElementsAre;

const testing::Actor kMinister = Person("Anna Berg", "NOR");
const testing::Actor kPresident = Person("Carl Dahl", "SWE");
const testing::Actor kSpokeswoman = Person("Eva Falk");
const testing::Actor kNorland = State("Norland", "NRL");
const testing::Actor kSudland = State("Sudland", "SDL");
const testing::Actor kFront = Group("Free Valley Front");
const testing::Actor kDaily = Group("Morning Courier");

class QuestionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    scene_.Article(
        "a1", "2020-01-08",
        {
            {kMinister,
             "accuse",
             "accused",
             kSudland,
             {Arg("of", "supporting the Free Valley Front")},
             EventClass::kAccuse},
            {kPresident,
             "accuse",
             "accused",
             kNorland,
             {},
             EventClass::kAccuse,
             Polarity::kPositive,
             Modality::kAsserted,
             kDaily},
            {kMinister,
             "order",
             "ordered",
             Thing("all missions"),
             {Arg("content", "to avoid the Free Valley Front")}},
            {kMinister,
             "meet",
             "met",
             {},
             {Arg("with", "Carl Dahl", kPresident)},
             EventClass::kConsult,
             Polarity::kPositive,
             Modality::kAsserted,
             {},
             "2020-01-06",
             "Harborough"},
            {kPresident, "meet", "met", kSpokeswoman, {}, EventClass::kConsult},
            {kNorland, "sanction", "sanctioned", kSudland, {}, EventClass::kSanction},
            {kSudland, "condemn", "condemned", kNorland, {}, EventClass::kAccuse},
            {kSpokeswoman,
             "say",
             "said",
             {},
             {Arg("content", "that the valley will hold"), Arg("about", "the valley")},
             EventClass::kStatement},
            {Nobody(), "kill", "killed", Person("Gustav Holm"), {Arg("in", "a raid")}, EventClass::kAssault},
            {Thing("cable"), "name", "named", kFront},
            {kPresident, "visit", "visited", kSudland, {}, EventClass::kConsult, Polarity::kNegative},
            {kPresident,
             "attack",
             "attack",
             kNorland,
             {},
             EventClass::kAssault,
             Polarity::kPositive,
             Modality::kPlanned},
        });
    scene_.Article("a2", "2020-02-03",
                   {
                       {kMinister, "accuse", "accused", kSudland, {}, EventClass::kAccuse},
                       {kMinister, "blame", "blamed", kFront, {}, EventClass::kAccuse},
                       {kSudland, "accuse", "accused", kMinister, {}, EventClass::kAccuse},
                       {kSudland, "sanction", "sanctioned", kPresident, {}, EventClass::kSanction},
                       {kPresident, "accuse", "accused", kSudland, {}, EventClass::kAccuse},
                   });
    Result<std::unique_ptr<View>> view = View::Build(scene_.snapshot);
    ASSERT_TRUE(view.ok()) << view.error().message;
    view_ = std::move(*view);
    Result<std::unique_ptr<QuestionReader>> reader =
        QuestionReader::Load(WHOWHOM_SOURCE_DIR "/data", nullptr);
    ASSERT_TRUE(reader.ok()) << reader.error().message;
    reader_ = std::move(*reader);
  }
  Reply AskFor(std::string_view question, const QuestionOptions& options = {}) {
    Result<Reply> reply = Ask(*reader_, *view_, question, options, {});
    EXPECT_TRUE(reply.ok()) << question << ": " << (reply.ok() ? "" : reply.error().message);
    if (reply.ok()) {
      Result<std::string> plan = ExplainPlan(reply->interpretation.plan, *view_);
      last_plan_ = plan.ok() ? *plan : "";
    }
    return reply.ok() ? *reply : Reply{};
  }
  std::vector<std::string> First(std::string_view question, const QuestionOptions& options = {}) {
    std::vector<std::string> values;
    for (const AnswerRow& row : AskFor(question, options).answer.rows)
      values.push_back(row.values.empty() ? "-" : row.values[0]);
    return values;
  }
  std::vector<std::string> Triples(std::string_view question, const QuestionOptions& options = {}) {
    std::vector<std::string> triples;
    for (const AnswerRow& row : AskFor(question, options).answer.rows)
      triples.push_back(row.subject + "/" + row.relation + "/" + row.object);
    return triples;
  }

  testing::Scene scene_;
  std::unique_ptr<View> view_;
  std::unique_ptr<QuestionReader> reader_;
  std::string last_plan_;
};

TEST_F(QuestionTest, WhoVerbedWhomGivesEveryPairOfActors) {
  EXPECT_THAT(Triples("who accused whom"),
              UnorderedElementsAre("Anna Berg/accuse/Sudland", "Carl Dahl/accuse/Norland",
                                   "Anna Berg/blame/Free Valley Front", "Sudland/accuse/Anna Berg",
                                   "Carl Dahl/accuse/Sudland"));
}

TEST_F(QuestionTest, TheVerbItselfComesBeforeItsSynonymsAndMoreReportsFirst) {
  std::vector<std::string> triples = Triples("Who accused whom?");
  ASSERT_EQ(triples.size(), 5U);
  EXPECT_EQ(triples.front(), "Anna Berg/accuse/Sudland");
  EXPECT_EQ(triples.back(), "Anna Berg/blame/Free Valley Front");
}

TEST_F(QuestionTest, ExactTakesTheVerbOnly) {
  QuestionOptions exact;
  exact.exact = true;
  EXPECT_THAT(Triples("who accused whom", exact), Not(Contains("Anna Berg/blame/Free Valley Front")));
}

TEST_F(QuestionTest, WhoDidSubjectVerbAsksForObjects) {
  EXPECT_THAT(First("who did Anna Berg accuse"), UnorderedElementsAre("Sudland", "Free Valley Front"));
  EXPECT_THAT(First("Whom did Carl Dahl accuse?"), UnorderedElementsAre("Norland", "Sudland"));
}

TEST_F(QuestionTest, SurnamesAndLowerCaseNamesAreUnderstood) {
  EXPECT_THAT(First("who did berg accuse"), UnorderedElementsAre("Sudland", "Free Valley Front"));
}

TEST_F(QuestionTest, WhoVerbedObjectAsksForSubjects) {
  EXPECT_THAT(First("who accused Norland"), ElementsAre("Carl Dahl"));
  EXPECT_THAT(First("who accused Sudland"), UnorderedElementsAre("Anna Berg", "Carl Dahl"));
}

TEST_F(QuestionTest, PassiveAsksForTheOtherEnd) {
  EXPECT_THAT(First("who was accused by Sudland"), ElementsAre("Anna Berg"));
  EXPECT_THAT(First("who was killed"), ElementsAre("Gustav Holm"));
  EXPECT_THAT(First("by whom was Norland accused?"), ElementsAre("Carl Dahl"));
  EXPECT_THAT(First("who was Norland accused by?"), ElementsAre("Carl Dahl"));
}

TEST_F(QuestionTest, SymmetricVerbsAreAskedBothWays) {
  EXPECT_THAT(First("who met Carl Dahl"), UnorderedElementsAre("Anna Berg", "Eva Falk"));
  EXPECT_THAT(First("who did Eva Falk meet"), ElementsAre("Carl Dahl"));
  EXPECT_THAT(First("who met with Anna Berg?"), ElementsAre("Carl Dahl"));
}

TEST_F(QuestionTest, ContentWordsNarrowTheAnswer) {
  EXPECT_THAT(Triples("who accused Sudland of supporting the Free Valley Front"),
              ElementsAre("Anna Berg/accuse/Sudland"));
  EXPECT_THAT(Triples("who accused Sudland of stealing horses"), IsEmpty());
}

TEST_F(QuestionTest, WhatGivesTheWordsOfTheStatement) {
  EXPECT_THAT(First("what did Anna Berg order"), ElementsAre("all missions to avoid the Free Valley Front"));
  EXPECT_THAT(First("what did Eva Falk say about the valley"),
              ElementsAre(HasSubstr("that the valley will hold")));
  EXPECT_THAT(First("what did Eva Falk say about taxes"), IsEmpty());
}

TEST_F(QuestionTest, WhatOfAnObjectGivesTheRest) {
  EXPECT_THAT(First("what did Anna Berg accuse Sudland of"), Contains("of supporting the Free Valley Front"));
}

TEST_F(QuestionTest, VerbsInsideNamesAreNoVerbs) {
  scene_.Article("a3", "2020-03-01",
                 {{State("United States"), "strike", "struck", kFront, {}, EventClass::kAssault}});
  Result<std::unique_ptr<View>> view = View::Build(scene_.snapshot);
  ASSERT_TRUE(view.ok());
  view_ = std::move(*view);
  EXPECT_THAT(First("who did the United States strike"), ElementsAre("Free Valley Front"));
  EXPECT_THAT(First("what happened in Harborough"), Contains("Anna Berg"));
}

TEST_F(QuestionTest, ThingsCanBeSubjects) {
  EXPECT_THAT(First("which groups did the cable name"), ElementsAre("Free Valley Front"));
}

TEST_F(QuestionTest, TypesRestrictVariables) {
  EXPECT_THAT(First("which countries accused Anna Berg"), ElementsAre("Sudland"));
  EXPECT_THAT(First("which groups accused Anna Berg"), IsEmpty());
}

TEST_F(QuestionTest, TimesAndPlaces) {
  EXPECT_THAT(First("when did Anna Berg meet Carl Dahl"), ElementsAre("2020-01-06"));
  EXPECT_THAT(First("where did Anna Berg meet Carl Dahl"), ElementsAre("Harborough"));
  EXPECT_THAT(First("who accused Sudland in January 2020"), ElementsAre("Anna Berg"));
  EXPECT_THAT(First("who accused Sudland since February 2020"),
              UnorderedElementsAre("Anna Berg", "Carl Dahl"));
  EXPECT_THAT(First("who accused Sudland before 2020-01-01"), IsEmpty());
}

TEST_F(QuestionTest, WhereSomethingIsStandsBehindIt) {
  testing::Scene scene;
  scene.Article(
      "a", "2020-01-08",
      {{kMinister, "close", "closed", Thing("the consulate in Harborough, a port city in eastern Norland")},
       {kMinister, "visit", "visited", Thing("the old base")},
       {Thing("The depot"), "be", "is", {}, {Arg("located in", "the eastern province of Valley")}},
       {kMinister, "meet", "met", kSpokeswoman, {Arg("in", "the Oval Office")}},
       {kPresident, "meet", "met", kSpokeswoman, {Arg("in", "a letter")}}});
  const auto view = View::Build(scene.snapshot);
  ASSERT_TRUE(view.ok());
  const auto where = [&](const std::string& question) -> std::string {
    const auto reply = Ask(*reader_, **view, question, {}, {});
    if (!reply.ok() || reply->answer.rows.empty()) return "";
    return reply->answer.rows[0].values.at(0);
  };
  EXPECT_EQ(where("where is the consulate"), "Harborough");
  EXPECT_EQ(where("Where is Harborough?"), "eastern Norland");
  EXPECT_EQ(where("where is the depot located"), "the eastern province of Valley");
  EXPECT_EQ(where("where is the old base"), "");
  EXPECT_EQ(where("where did Berg meet Eva Falk"), "the Oval Office");
  EXPECT_EQ(where("where did Dahl meet Eva Falk"), "");
}

TEST_F(QuestionTest, PlacesNarrowTheAnswer) {
  EXPECT_THAT(First("who did Anna Berg meet in Harborough"), ElementsAre("Carl Dahl"));
  EXPECT_THAT(First("who did Anna Berg meet in Oldtown"), IsEmpty());
}

TEST_F(QuestionTest, Counts) {
  EXPECT_EQ(AskFor("how often did Anna Berg accuse Sudland").answer.count, 2U);
  EXPECT_EQ(AskFor("how many times did Carl Dahl accuse Norland?").answer.count, 1U);
  EXPECT_EQ(AskFor("how many actors did Anna Berg accuse").answer.count, 2U);
}

TEST_F(QuestionTest, YesAndNo) {
  EXPECT_EQ(AskFor("did Anna Berg accuse Sudland").answer.yes, true);
  EXPECT_EQ(AskFor("did Eva Falk accuse Sudland").answer.yes, false);
}

TEST_F(QuestionTest, NegationAsksForDenials) {
  EXPECT_THAT(First("who did not visit Sudland"), ElementsAre("Carl Dahl"));
  EXPECT_THAT(First("who visited Sudland"), IsEmpty());
  EXPECT_THAT(First("who didn't visit Sudland"), ElementsAre("Carl Dahl"));
}

TEST_F(QuestionTest, AttributionNamesTheSpeaker) {
  EXPECT_THAT(First("according to the Morning Courier who accused Norland"), ElementsAre("Carl Dahl"));
  EXPECT_THAT(First("who accused Sudland according to Morning Courier"), IsEmpty());
  QuestionOptions facts;
  facts.facts_only = true;
  EXPECT_THAT(First("who accused Norland", facts), Not(Contains("Carl Dahl")));
}

TEST_F(QuestionTest, RankingAddsUpByActor) {
  Reply reply = AskFor("who accused Sudland most often");
  ASSERT_EQ(reply.answer.rows.size(), 2U);
  EXPECT_EQ(reply.answer.rows[0].values[0], "Anna Berg");
  EXPECT_EQ(reply.answer.rows[0].statements, 2U);
}

TEST_F(QuestionTest, TwoActorsAreRelatedBothWays) {
  EXPECT_THAT(Triples("what is between Anna Berg and Sudland"),
              UnorderedElementsAre("Anna Berg/accuse/Sudland", "Sudland/accuse/Anna Berg"));
  EXPECT_EQ(AskFor("how is Eva Falk connected to Sudland").interpretation.shape, QuestionShape::kPath);
}

TEST_F(QuestionTest, RelativeClausesJoinTwoEdges) {
  EXPECT_THAT(First("who accused a country that sanctioned him"), ElementsAre("Carl Dahl")) << last_plan_;
  EXPECT_THAT(First("who accused a country that Norland sanctioned"),
              UnorderedElementsAre("Anna Berg", "Carl Dahl"));
  EXPECT_THAT(First("who accused a country that Eva Falk sanctioned"), IsEmpty());
}

TEST_F(QuestionTest, PlannedDeedsAnswerOnlyWhenNothingWasDone) {
  Reply reply = AskFor("who attacked Norland");
  ASSERT_EQ(reply.answer.rows.size(), 1U);
  EXPECT_EQ(reply.answer.rows[0].qualifier.modality(), Modality::kPlanned);
  EXPECT_THAT(reply.interpretation.notes, Contains(HasSubstr("planned")));
}

TEST_F(QuestionTest, TheEventClassAnswersOnlyWhenAskedFor) {
  EXPECT_THAT(AskFor("who investigated Norland").answer.rows, IsEmpty());
  QuestionOptions options;
  options.related = true;
  Reply reply = AskFor("who investigated Norland", options);
  ASSERT_FALSE(reply.answer.rows.empty());
  EXPECT_EQ(reply.answer.widest, MatchTier::kClass);
  EXPECT_THAT(reply.interpretation.notes, Contains(HasSubstr("class")));
}

TEST_F(QuestionTest, UnknownNamesGiveProposalsAndNoRows) {
  Reply reply = AskFor("who accused Sudlund");
  EXPECT_THAT(reply.answer.rows, IsEmpty());
  ASSERT_TRUE(reply.interpretation.has_unknown());
  EXPECT_THAT(reply.interpretation.proposals[0].instead, Contains("Sudland"));
  EXPECT_THAT(AskFor("who accused Zanzibar").answer.rows, IsEmpty());
  EXPECT_THAT(AskFor("whom did Professor Moriarty accuse").answer.rows, IsEmpty());
}

TEST_F(QuestionTest, EveryRowHasItsBestSentenceAndAnIdThatLeadsToAll) {
  Reply reply = AskFor("who accused Sudland");
  ASSERT_FALSE(reply.answer.rows.empty());
  const AnswerRow& row = reply.answer.rows[0];
  ASSERT_TRUE(row.evidence.has_value());
  EXPECT_THAT(row.evidence->sentence, HasSubstr("Anna Berg accused Sudland"));
  Result<IdMatch> match = view_->LookupId(FormatEdgeId(row.edges[0]));
  ASSERT_TRUE(match.ok());
  EXPECT_EQ(match->evidence.size(), 2U);
  EXPECT_EQ(row.statements, 2U);
  EXPECT_EQ(row.independent_sources, 2U);
}

TEST_F(QuestionTest, TwoDeedsOfOneWhoAreBothAsked) {
  EXPECT_THAT(First("who accused Sudland and met Eva Falk"), ElementsAre("Carl Dahl"));
  EXPECT_THAT(First("who accused Norland and sanctioned Sudland"), IsEmpty());
  Result<Reply> both = Ask(*reader_, *view_, "who accused Sudland and who met Eva Falk", {}, {});
  ASSERT_FALSE(both.ok());
  EXPECT_THAT(both.error().message, HasSubstr("two things at once"));
}

TEST_F(QuestionTest, AThingAnswersWhoWhereNobodyDoes) {
  EXPECT_THAT(First("who named the Free Valley Front"), ElementsAre("cable"));
  EXPECT_THAT(First("who named Sudland"), IsEmpty());
}

TEST_F(QuestionTest, WhomBehindALightVerbIsTheOneBehindThePreposition) {
  testing::Scene scene;
  scene.Article("a", "2020-01-08",
                {{kMinister, "issue warning", "issued a warning", {}, {Arg("to", "Sudland", kSudland)}},
                 {kSpokeswoman, "order", "ordered", {}, {Arg("closure of", "the port", Group("Port"))}}});
  const auto view = View::Build(scene.snapshot);
  ASSERT_TRUE(view.ok());
  const auto warned = Ask(*reader_, **view, "whom did Berg issue a warning to", {}, {});
  ASSERT_TRUE(warned.ok());
  ASSERT_EQ(warned->answer.rows.size(), 1U) << warned->interpretation.understood;
  EXPECT_EQ(warned->answer.rows[0].values.at(0), "Sudland");
  // Who orders a deed is shown as its doer; who only asks for it is not.
  const auto closed = Ask(*reader_, **view, "who closed the Port", {}, {});
  ASSERT_TRUE(closed.ok());
  ASSERT_EQ(closed->answer.rows.size(), 1U);
  EXPECT_EQ(closed->answer.rows[0].values.at(0), "Eva Falk");
}

TEST_F(QuestionTest, TimesMayBeGivenByAnEvent) {
  testing::Scene scene;
  scene.Article("a", "2020-01-20",
                {{Nobody(),
                  "kill",
                  "killed",
                  Person("Gustav Holm"),
                  {Arg("in", "the raid")},
                  EventClass::kAssault,
                  Polarity::kPositive,
                  Modality::kAsserted,
                  {},
                  "2020-01-10"},
                 {kMinister,
                  "accuse",
                  "accused",
                  kSudland,
                  {},
                  EventClass::kAccuse,
                  Polarity::kPositive,
                  Modality::kAsserted,
                  {},
                  "2020-01-05"},
                 {kPresident,
                  "accuse",
                  "accused",
                  kSudland,
                  {},
                  EventClass::kAccuse,
                  Polarity::kPositive,
                  Modality::kAsserted,
                  {},
                  "2020-01-15"}});
  const auto view = View::Build(scene.snapshot);
  ASSERT_TRUE(view.ok());
  const auto before = Ask(*reader_, **view, "who accused Sudland before the raid", {}, {});
  ASSERT_TRUE(before.ok());
  ASSERT_EQ(before->answer.rows.size(), 1U);
  EXPECT_EQ(before->answer.rows[0].values.at(0), "Anna Berg");
  EXPECT_THAT(before->interpretation.notes, Contains(HasSubstr("before 2020-01-10")));
  const auto after = Ask(*reader_, **view, "who accused Sudland after the raid", {}, {});
  ASSERT_EQ(after->answer.rows.size(), 1U);
  EXPECT_EQ(after->answer.rows[0].values.at(0), "Carl Dahl");
  // No such event: the words stay what they were, and nothing has them.
  const auto unknown = Ask(*reader_, **view, "who accused Sudland before the flood", {}, {});
  EXPECT_THAT(unknown->answer.rows, IsEmpty());
}

TEST_F(QuestionTest, WhoSaysItIsShownWhereNobodyAccuses) {
  testing::Scene scene;
  scene.Article("a", "2020-01-20",
                {{kMinister,
                  "claim",
                  "claimed",
                  {},
                  {Arg("content", "Sudland is supporting rebels")},
                  EventClass::kStatement},
                 {kPresident, "visit", "visited", kSudland}});
  const auto view = View::Build(scene.snapshot);
  ASSERT_TRUE(view.ok());
  const auto reply = Ask(*reader_, **view, "who accused Sudland of supporting rebels", {}, {});
  ASSERT_TRUE(reply.ok());
  ASSERT_EQ(reply->answer.rows.size(), 1U);
  EXPECT_EQ(reply->answer.rows[0].values.at(0), "Anna Berg");
  EXPECT_THAT(Ask(*reader_, **view, "who accused Sudland of selling grain", {}, {})->answer.rows, IsEmpty());
}

TEST_F(QuestionTest, CrowdsOfOneNameAreAllMeant) {
  testing::Scene scene;
  for (const char* article : {"a", "b"}) {
    testing::Actor crowd{"protesters", EntityType::kGroup, "", "", ""};
    scene.Article(article, "2020-01-20", {{crowd, "storm", "stormed", kSudland}});
  }
  // Each article has its own.
  std::vector<std::pair<Document, std::vector<Statement>>> records;
  for (const auto& [doc, statements] : scene.snapshot->all_statements()) {
    records.emplace_back(**scene.snapshot->FindDocument(doc, true), statements);
    for (Mention& mention : records.back().first.mentions) {
      if (mention.actor.name == "protesters") mention.actor.discriminator = records.back().first.path;
    }
    for (Statement& statement : records.back().second)
      statement.subject.actor.discriminator = records.back().first.path;
  }
  testing::Scene apart;
  apart.snapshot->AddAll(records);
  const auto view = View::Build(apart.snapshot);
  ASSERT_TRUE(view.ok());
  const auto reply = Ask(*reader_, **view, "what did the protesters storm", {}, {});
  ASSERT_TRUE(reply.ok());
  EXPECT_EQ(reply->interpretation.plan.nodes.at(0).any_of.size(), 2U);
  EXPECT_FALSE(reply->answer.rows.empty());
}

TEST_F(QuestionTest, HostileQuestionsEndWithAnErrorOrAnEmptyAnswer) {
  for (const std::string& question :
       {std::string(), std::string("?"), std::string("   "), std::string(1 << 20, 'a'),
        std::string("who ") + std::string(500, '('), std::string("\xFF\xFE who accused \xC0"),
        std::string("'\"><script>alert(1)</script>"), std::string("who who who who"),
        std::string("who did did did"), std::string("by whom"), std::string("how many"),
        std::string("what is between"), std::string("in in in in"), std::string("according to"),
        std::string("a country that that that"),
        std::string("who accused a country that sanctioned a country that sanctioned him"),
        std::string("\0who\0", 5)}) {
    Result<Reply> reply = Ask(*reader_, *view_, question, {}, {});
    if (reply.ok()) {
      EXPECT_THAT(reply->answer.rows, IsEmpty()) << question.substr(0, 60);
    } else {
      EXPECT_EQ(reply.error().code, ErrorCode::kInvalidInput) << question.substr(0, 60);
    }
  }
}

}  // namespace
}  // namespace whowhom::graph
