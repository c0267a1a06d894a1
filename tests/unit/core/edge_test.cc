#include "whowhom/core/edge.h"

#include <gtest/gtest.h>

namespace whowhom {
namespace {

ActorRef Actor(const std::string& name) { return {name, EntityType::kPerson, "", "", ""}; }

Phrase ActorPhrase(const std::string& name) { return {name, {{0, 1}}, Actor(name), "", {}}; }
Phrase ThingPhrase(const std::string& text, const std::string& head) {
  return {text, {{2, 3}}, {}, head, {}};
}
Phrase Coordinated(const std::vector<std::string>& names) {
  Phrase phrase{"several", {{0, 1}}, {}, "", {}};
  for (const auto& name : names) phrase.members.push_back(Actor(name));
  return phrase;
}
Statement Say(Phrase subject, const std::string& lemma) {
  Statement statement;
  statement.subject = std::move(subject);
  statement.predicate = {lemma, lemma, "", {{1, 2}}};
  return statement;
}
std::vector<std::string> Shown(const Statement& statement) {
  std::vector<std::string> shown;
  for (const auto& edge : EdgesOf(statement)) {
    shown.push_back(edge.subject.label + "|" + edge.relation + "|" + edge.object.label);
  }
  return shown;
}

TEST(EdgesOf, GivesOneEdgeForTheObject) {
  Statement statement = Say(ActorPhrase("Pompeo"), "accuse");
  statement.object = ActorPhrase("Iran");
  EXPECT_EQ(Shown(statement), std::vector<std::string>{"Pompeo|accuse|Iran"});
}

TEST(EdgesOf, AddsPrepositionalActorsButNotThings) {
  Statement statement = Say(ActorPhrase("Trump"), "discuss");
  statement.object = ThingPhrase("the new deal", "deal");
  statement.arguments = {{"with", ActorPhrase("Macron")},
                         {"in", ThingPhrase("the garden", "garden")},
                         {"time", ThingPhrase("Friday", "friday")}};
  EXPECT_EQ(Shown(statement), (std::vector<std::string>{"Trump|discuss|deal", "Trump|discuss with|Macron"}));
}

TEST(EdgesOf, UsesTheFirstPrepositionalThingWhenThereIsNoObject) {
  Statement statement = Say(ActorPhrase("Trump"), "withdraw");
  statement.arguments = {{"time", ThingPhrase("May", "may")},
                         {"from", ThingPhrase("the deal", "deal")},
                         {"with", ThingPhrase("fanfare", "fanfare")}};
  EXPECT_EQ(Shown(statement), std::vector<std::string>{"Trump|withdraw from|deal"});
}

TEST(EdgesOf, GivesNoObjectForAnIntransitive) {
  EXPECT_EQ(Shown(Say(ActorPhrase("Rossi"), "resign")), std::vector<std::string>{"Rossi|resign|"});
}

TEST(EdgesOf, PairsTheSubjectsOfASymmetricStatement) {
  Statement statement = Say(Coordinated({"A", "B", "C"}), "meet");
  statement.symmetric = true;
  EXPECT_EQ(Shown(statement), (std::vector<std::string>{"A|meet|B", "A|meet|C", "B|meet|C"}));
}

TEST(EdgesOf, MultipliesCoordinatedActors) {
  Statement statement = Say(Coordinated({"A", "B"}), "sanction");
  statement.object = Coordinated({"X", "Y"});
  EXPECT_EQ(Shown(statement).size(), 4u);
}

TEST(EdgesOf, KeepsAgentlessPassives) {
  Statement statement = Say(Phrase{}, "kill");
  statement.object = ActorPhrase("Soleimani");
  const auto edges = EdgesOf(statement);
  ASSERT_EQ(edges.size(), 1u);
  EXPECT_EQ(edges[0].subject.hash, Hash128{});
  EXPECT_EQ(edges[0].subject.id().value, 0u);
}

TEST(EdgesOf, LeadsToTheTargetThatAnEventIsGiven) {
  Statement statement = Say(ActorPhrase("A"), "demand");
  statement.arguments.push_back({"target", ActorPhrase("B")});
  statement.arguments.push_back({"reminder to", ActorPhrase("C")});
  const std::vector<StatementEdge> edges = EdgesOf(statement);
  ASSERT_EQ(edges.size(), 2U);
  EXPECT_EQ(edges[0].relation, "demand");
  EXPECT_EQ(edges[0].object.label, "B");
  EXPECT_EQ(edges[1].relation, "demand reminder to");
}

TEST(EdgesOf, TakesTheEventTimeBeforeThePublicationDay) {
  Statement statement = Say(ActorPhrase("A"), "resign");
  statement.published = Day{100};
  EXPECT_EQ(EdgesOf(statement)[0].days, (DayRange{Day{100}, Day{100}}));
  statement.time = TimeExpression{Day{5}, Day{6}, TimeGrain::kDay, "", {}};
  EXPECT_EQ(EdgesOf(statement)[0].days, (DayRange{Day{5}, Day{6}}));
}

TEST(Qualifier, RoundTripsItsParts) {
  for (int polarity = 0; polarity < 2; ++polarity) {
    for (int modality = 0; modality < 7; ++modality) {
      for (bool attributed : {false, true}) {
        const auto q =
            Qualifier::Of(static_cast<Polarity>(polarity), static_cast<Modality>(modality), attributed);
        EXPECT_EQ(static_cast<int>(q.polarity()), polarity);
        EXPECT_EQ(static_cast<int>(q.modality()), modality);
        EXPECT_EQ(q.attributed(), attributed);
        EXPECT_EQ(q.is_fact(), modality == 0 && !attributed);
      }
    }
  }
}

TEST(NodeRef, OneNameIsOneActorHoweverItIsWritten) {
  EXPECT_EQ(ActorNode(Actor("U.S.")).hash, ActorNode(Actor("US")).hash);
  EXPECT_NE(ActorNode(Actor("Iran")).hash, ThingNode(ThingPhrase("Iran", "iran")).hash);
}

}  // namespace
}  // namespace whowhom
