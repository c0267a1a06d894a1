#include "whowhom/graph/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <random>

#include "unit/graph/scene.h"
#include "whowhom/graph/csr.h"
#include "whowhom/graph/judgements.h"

namespace whowhom::graph {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Group;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MemorySnapshot;
using testing::Person;
using testing::Scene;
using testing::State;
using testing::Thing;

NodeId Id(const std::string& name) { return ToNodeId(ComputeActorHash(name, "")); }

// Writes judgements into the snapshot in memory.
class MemoryWriter : public storage::Writer {
 public:
  explicit MemoryWriter(MemorySnapshot* snapshot) : snapshot_(snapshot) {}
  Result<Outcome> Add(const Document&, const std::vector<Statement>&) override { return Outcome::kAdded; }
  Result<Outcome> AddBare(const Statement&) override { return Outcome::kAdded; }
  Status Retract(DocId) override { return {}; }
  Result<uint64_t> Append(storage::Judgement judgement) override {
    return snapshot_->Append(std::move(judgement));
  }
  Status Commit() override { return {}; }

 private:
  MemorySnapshot* snapshot_;
};

std::unique_ptr<View> ViewOf(const Scene& scene, const ViewOptions& options = {}) {
  Result<std::unique_ptr<View>> view = View::Build(scene.snapshot, options);
  EXPECT_TRUE(view.ok());
  return std::move(*view);
}

// Everything a view answers, as text: two views with equal dumps answer every question alike.
std::string DumpOf(const View& view) {
  std::string dump;
  Result<Subgraph> graph = Collect(*view.Select({.evidence_per_edge = 100}));
  EXPECT_TRUE(graph.ok());
  for (const GraphNode& node : graph->nodes) {
    dump += FormatNodeId(node.id) + " " + node.label + " " + std::string(ToString(node.type)) + " " +
            node.country;
    for (const std::string& alias : node.aliases) dump += "|" + alias;
    dump += "\n";
  }
  for (const GraphEdge& edge : graph->edges) {
    dump += FormatEdgeId(edge.id) + " " + edge.relation + " " + std::to_string(edge.statements) + " " +
            std::to_string(edge.documents) + " " + std::to_string(edge.independent_sources);
    for (const EdgeEvidence& evidence : edge.evidence) dump += "|" + FormatStatementId(evidence.statement);
    dump += "\n";
  }
  return dump;
}

Scene Valley() {
  Scene scene;
  scene.Article("a", "2021-03-01",
                {{Person("Anna Berg", "NOR"), "accuse", "accused", State("Sudland")},
                 {Person("Carl Dahl"), "meet", "met", Person("Anna Berg", "NOR")}});
  scene.Article("b", "2021-03-02",
                {{Person("Berg", "NOR"), "accuse", "accused", State("Sudland")},
                 {Person("Qassem Suleiman"), "visit", "visited", State("Sudland")}});
  scene.Article("c", "2021-03-03",
                {{Person("Qasim Suleiman"), "visit", "visited", State("Norland")},
                 {Group("Free Valley Front"), "attack", "attacked", State("Norland")},
                 {Group("FVF"), "attack", "attacked", State("Sudland")}});
  return scene;
}

TEST(Identity, JoinsSpellingsOfOneNameAndSurnamesWithEvidence) {
  std::unique_ptr<View> view = ViewOf(Valley());
  EXPECT_EQ(view->identity().SurvivorOf(Id("Qasim Suleiman")),
            view->identity().SurvivorOf(Id("Qassem Suleiman")));
  EXPECT_EQ(view->identity().SurvivorOf(Id("Berg")), Id("Anna Berg"));
}

TEST(Identity, KeepsApartASurnameThatTwoBear) {
  Scene scene;
  scene.Article("a", "2021-03-01", {{Person("John Smith"), "accuse", "accused", State("Sudland")}});
  scene.Article("b", "2021-03-01", {{Person("Mary Smith"), "accuse", "accused", State("Sudland")}});
  scene.Article("c", "2021-03-01", {{Person("Smith"), "accuse", "accused", State("Sudland")}});
  std::unique_ptr<View> view = ViewOf(scene);
  EXPECT_EQ(view->identity().SurvivorOf(Id("Smith")), Id("Smith"));
  Result<std::vector<ResolveProposal>> proposals = ResolveProposals(*view, 10);
  ASSERT_TRUE(proposals.ok());
  EXPECT_EQ(proposals->size(), 2U);
  EXPECT_THAT((*proposals)[0].reasons_against, Contains(HasSubstr("2 full names")));
}

TEST(Identity, ProposesASurnameThatIsALetterOff) {
  Scene scene;
  scene.Article("a", "2021-03-01",
                {{Person("Anton Zardov"), "accuse", "accused", State("Sudland")},
                 {Person("Zadov"), "visit", "visited", State("Norland")}});
  scene.Article("b", "2021-03-02", {{Person("Zardof"), "leave", "left", State("Westland")}});  // elsewhere
  std::unique_ptr<View> view = ViewOf(scene);
  EXPECT_EQ(view->identity().SurvivorOf(Id("Zadov")), Id("Zadov")) << "shown, not joined";
  Result<std::vector<ResolveProposal>> proposals = ResolveProposals(*view, 10);
  ASSERT_TRUE(proposals.ok());
  ASSERT_EQ(proposals->size(), 1U);
  EXPECT_THAT((*proposals)[0].reasons_for, Contains(HasSubstr("a letter from the surname")));
  EXPECT_THAT((*proposals)[0].reasons_for, Contains(HasSubstr("one article")));
}

TEST(Identity, KeepsApartPeopleWithOtherInitialsBetweenTheirNames) {
  Scene scene;
  scene.Article("a", "2021-03-01", {{Person("John W. Smith"), "accuse", "accused", State("Sudland")}});
  scene.Article("b", "2021-03-01", {{Person("John H. W. Smith"), "accuse", "accused", State("Sudland")}});
  scene.Article("c", "2021-03-01", {{Person("Ada Berg"), "accuse", "accused", State("Sudland")}});
  scene.Article("d", "2021-03-01", {{Person("Ada W. Berg"), "accuse", "accused", State("Sudland")}});
  std::unique_ptr<View> view = ViewOf(scene);
  EXPECT_NE(view->identity().SurvivorOf(Id("John W. Smith")),
            view->identity().SurvivorOf(Id("John H. W. Smith")));
  EXPECT_EQ(view->identity().SurvivorOf(Id("Ada Berg")), view->identity().SurvivorOf(Id("Ada W. Berg")));
}

TEST(Identity, ALoneSurnameWithoutEvidenceIsOnlyProposed) {
  Scene scene;
  scene.Article("a", "2021-03-01", {{Person("John Smith"), "accuse", "accused", State("Sudland")}});
  scene.Article("b", "2021-03-01", {{Person("Smith"), "praise", "praised", State("Norland")}});
  std::unique_ptr<View> view = ViewOf(scene);
  EXPECT_EQ(view->identity().SurvivorOf(Id("Smith")), Id("Smith"));
  EXPECT_EQ(ResolveProposals(*view, 10)->size(), 1U);
}

TEST(Identity, DoesNotDependOnTheOrderOfArticles) {
  Scene one = Valley(), other;
  std::vector<std::pair<Document, std::vector<Statement>>> records;
  for (const auto& [doc, statements] : one.snapshot->all_statements()) {
    records.insert(records.begin(), {**one.snapshot->FindDocument(doc, true), statements});
  }
  for (auto& [document, statements] : records) other.snapshot->Add(document, statements);
  EXPECT_EQ(DumpOf(*ViewOf(one)), DumpOf(*ViewOf(other)));
}

TEST(Identity, MergedActorsAnswerAsOne) {
  std::unique_ptr<View> view = ViewOf(Valley());
  std::vector<FoldedEdge> edges;
  ASSERT_TRUE(view->ScanEdges({Id("Anna Berg"), std::nullopt, std::nullopt},
                              [&](const FoldedEdge& edge) {
                                edges.push_back(edge);
                                return true;
                              })
                  .ok());
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].statements, 2U);
  EXPECT_EQ(edges[0].documents, 2U);
}

TEST(Judgements, EveryDecisionIsUndoneExactly) {
  Scene scene = Valley();
  MemoryWriter writer(scene.snapshot.get());
  const std::string before = DumpOf(*ViewOf(scene));
  std::mt19937 random(5);
  const std::vector<std::string> names = {"Anna Berg",       "Carl Dahl",         "Berg",
                                          "Qassem Suleiman", "Free Valley Front", "FVF"};
  std::vector<StatementId> statements;
  std::vector<DocId> documents;
  for (const auto& [doc, list] : scene.snapshot->all_statements()) {
    documents.push_back(doc);
    for (const Statement& statement : list) statements.push_back(statement.id);
  }
  std::vector<uint64_t> made;
  std::vector<std::string> dumps;
  for (int i = 0; i < 60; ++i) {
    std::unique_ptr<View> view = ViewOf(scene);
    NodeId a = Id(names[random() % names.size()]), b = Id(names[random() % names.size()]);
    Result<uint64_t> number = 0;
    switch (random() % 6) {
      case 0:
        number = JudgeSame(*view, &writer, a, b, {});
        break;
      case 1:
        number = JudgeDiffer(*view, &writer, a, b, {});
        break;
      case 2:
        number = Rename(*view, &writer, a, "Name " + std::to_string(i), {});
        break;
      case 3:
        number = Retype(*view, &writer, a, EntityType::kGroup, "XYZ", std::nullopt, {});
        break;
      case 4:
        number = Reject(*view, &writer, statements[random() % statements.size()], {});
        break;
      default:
        number = JudgeSplit(*view, &writer, a, "Other " + std::to_string(i),
                            {documents[random() % documents.size()]}, {});
    }
    if (!number.ok()) continue;
    dumps.push_back(DumpOf(*view));
    made.push_back(*number);
  }
  ASSERT_GT(made.size(), 15U);
  EXPECT_NE(DumpOf(*ViewOf(scene)), before);
  while (!made.empty()) {
    ASSERT_TRUE(Undo(*ViewOf(scene), &writer, made.back(), {}).ok());
    EXPECT_EQ(DumpOf(*ViewOf(scene)), dumps.back());
    made.pop_back();
    dumps.pop_back();
  }
  EXPECT_EQ(DumpOf(*ViewOf(scene)), before);
}

TEST(Judgements, RejectedStatementsAreHiddenEverywhere) {
  Scene scene = Valley();
  MemoryWriter writer(scene.snapshot.get());
  std::unique_ptr<View> view = ViewOf(scene);
  StatementId rejected;
  for (const auto& [doc, list] : scene.snapshot->all_statements()) {
    for (const Statement& statement : list) {
      if (statement.predicate.lemma == "meet") rejected = statement.id;
    }
  }
  ASSERT_TRUE(Reject(*view, &writer, rejected, {}).ok());
  view = ViewOf(scene);
  EXPECT_EQ(DumpOf(*view).find(" meet "), std::string::npos);
  EXPECT_FALSE(Reject(*view, &writer, rejected, {}).ok());
  ASSERT_TRUE(Accept(*view, &writer, rejected, {}).ok());
  EXPECT_NE(DumpOf(*ViewOf(scene)).find(" meet "), std::string::npos);
}

TEST(Judgements, ContradictionsAreRefusedByNumber) {
  Scene scene = Valley();
  MemoryWriter writer(scene.snapshot.get());
  std::unique_ptr<View> view = ViewOf(scene);
  ASSERT_TRUE(JudgeSame(*view, &writer, Id("Anna Berg"), Id("Carl Dahl"), {}).ok());
  ASSERT_TRUE(JudgeSame(*view, &writer, Id("Carl Dahl"), Id("FVF"), {}).ok());
  EXPECT_FALSE(JudgeDiffer(*view, &writer, Id("Anna Berg"), Id("FVF"), {}).ok());
  EXPECT_FALSE(JudgeSame(*view, &writer, Id("Anna Berg"), Id("Anna Berg"), {}).ok());
  EXPECT_FALSE(JudgeSame(*view, &writer, Id("Anna Berg"), Id("Nobody Known"), {}).ok());
  EXPECT_FALSE(Undo(*view, &writer, 99, {}).ok());
  ASSERT_TRUE(Undo(*ViewOf(scene), &writer, 1, {}).ok());
  EXPECT_FALSE(Undo(*ViewOf(scene), &writer, 1, {}).ok());
  Result<std::vector<HistoryLine>> history = History(*ViewOf(scene));
  ASSERT_TRUE(history.ok());
  ASSERT_EQ(history->size(), 3U);
  EXPECT_FALSE((*history)[0].in_force);
  EXPECT_THAT((*history)[0].text, HasSubstr("Anna Berg"));
}

TEST(View, OfTheVersionsOfOneUrlOnlyTheLatestCounts) {
  Scene scene;
  scene.Article("old", "2021-03-01", {{Person("Anna Berg"), "accuse", "accused", State("Sudland")}}, "",
                "https://x.example/1");
  scene.Article("new", "2021-03-02", {{Person("Anna Berg"), "accuse", "accused", State("Norland")}}, "",
                "https://x.example/1");
  Result<Subgraph> graph = Collect(*ViewOf(scene)->Select({}));
  ASSERT_TRUE(graph.ok());
  ASSERT_EQ(graph->edges.size(), 1U);
  EXPECT_EQ(graph->edges[0].target, Id("Norland"));
}

TEST(View, CopiesOfOneStoryAreOneSource) {
  Scene scene;
  std::string signature(512, 'a');
  for (const char* name : {"one", "two"}) {
    scene.Article(name, "2021-03-01", {{Person("Anna Berg"), "accuse", "accused", State("Sudland")}},
                  signature);
  }
  scene.Article("three", "2021-03-01", {{Person("Anna Berg"), "accuse", "accused", State("Sudland")}},
                std::string(512, 'b'));
  Result<Subgraph> graph = Collect(*ViewOf(scene)->Select({}));
  ASSERT_TRUE(graph.ok());
  ASSERT_EQ(graph->edges.size(), 1U);
  EXPECT_EQ(graph->edges[0].documents, 3U);
  EXPECT_EQ(graph->edges[0].independent_sources, 2U);
}

// A selection reads each article once for many edges; a single edge is completed by its own statements.
TEST(View, EdgesOfASelectionHaveTheSentencesThatEachAloneHas) {
  Scene scene;
  const testing::Actor people[] = {Person("Anna Berg"), Person("Carl Dahl"), State("Sudland"),
                                   State("Norland")};
  for (int day = 1; day <= 9; ++day) {
    std::vector<testing::Line> deeds;
    for (int i = 0; i < 6; ++i) {
      const char* verb = (day + i) % 3 == 0 ? "accuse" : "meet";
      deeds.push_back({people[static_cast<size_t>(day * i + i) % 4], verb, verb,
                       people[static_cast<size_t>(day + i + 1) % 4]});
    }
    scene.Article("article" + std::to_string(day), "2021-03-0" + std::to_string(day), deeds);
  }
  std::unique_ptr<View> view = ViewOf(scene);
  for (const size_t sentences : {size_t{0}, size_t{1}, size_t{2}, size_t{100}}) {
    Result<Subgraph> graph = Collect(*view->Select({.evidence_per_edge = sentences}));
    ASSERT_TRUE(graph.ok());
    ASSERT_GT(graph->edges.size(), 5U);
    std::map<uint64_t, GraphEdge> alone;
    ASSERT_TRUE(view->ScanEdges({},
                                [&](const FoldedEdge& edge) {
                                  Result<GraphEdge> complete = view->Complete(edge, sentences);
                                  EXPECT_TRUE(complete.ok());
                                  if (complete.ok()) alone.emplace(complete->id, *complete);
                                  return true;
                                })
                    .ok());
    for (const GraphEdge& edge : graph->edges) {
      const GraphEdge& expected = alone.at(edge.id);
      EXPECT_EQ(edge.independent_sources, expected.independent_sources);
      EXPECT_EQ(edge.scale, expected.scale);
      ASSERT_EQ(edge.evidence.size(), expected.evidence.size());
      for (size_t i = 0; i < edge.evidence.size(); ++i) {
        EXPECT_EQ(edge.evidence[i].statement, expected.evidence[i].statement);
        EXPECT_EQ(edge.evidence[i].path, expected.evidence[i].path);
      }
    }
  }
}

TEST(View, EdgesOfASelectionComeInTheOrderPromised) {
  std::unique_ptr<View> view = ViewOf(Valley());
  Result<Subgraph> graph = Collect(*view->Select({}));
  ASSERT_TRUE(graph.ok());
  for (size_t i = 1; i < graph->nodes.size(); ++i) EXPECT_LT(graph->nodes[i - 1].id, graph->nodes[i].id);
  for (size_t i = 1; i < graph->edges.size(); ++i) {
    EXPECT_LE(std::tie(graph->edges[i - 1].source, graph->edges[i - 1].target),
              std::tie(graph->edges[i].source, graph->edges[i].target));
  }
}

TEST(View, NeighbourhoodsAndLimits) {
  std::unique_ptr<View> view = ViewOf(Valley());
  Result<Subgraph> near = Collect(*view->Select({.around = {Id("Carl Dahl")}, .depth = 1}));
  ASSERT_TRUE(near.ok());
  EXPECT_EQ(near->nodes.size(), 2U);
  EXPECT_EQ(Collect(*view->Select({.around = {Id("Carl Dahl")}, .depth = 2}))->nodes.size(), 3U);
  EXPECT_LE(Collect(*view->Select({.max_nodes = 2}))->nodes.size(), 2U);
  EXPECT_THAT(
      Collect(*view->Select({.days = DayRange{*ParseDay("1999-01-01"), *ParseDay("1999-12-31")}}))->edges,
      IsEmpty());
}

TEST(View, FindsActorsByNameWordsAndNearSpellings) {
  std::unique_ptr<View> view = ViewOf(Valley());
  EXPECT_EQ(view->FindActors("anna berg", 5)->at(0).node.label, "Anna Berg");
  EXPECT_EQ(view->FindActors("Valley", 5)->at(0).node.label, "Free Valley Front");
  EXPECT_EQ(view->FindActors("Sudlund", 5)->at(0).node.label, "Sudland");
  EXPECT_THAT(*view->FindActors("", 5), IsEmpty());
  EXPECT_THAT(*view->FindActors(std::string(100000, 'x'), 5), IsEmpty());
}

TEST(View, IdsLeadToEvidenceAndBadIdsAreRefused) {
  std::unique_ptr<View> view = ViewOf(Valley());
  Result<Subgraph> graph = Collect(*view->Select({}));
  for (const GraphEdge& edge : graph->edges) {
    Result<IdMatch> match = view->LookupId(FormatEdgeId(edge.id));
    ASSERT_TRUE(match.ok());
    EXPECT_EQ(match->evidence.size(), edge.statements);
    Result<IdMatch> statement = view->LookupId(FormatStatementId(match->evidence[0].statement));
    ASSERT_TRUE(statement.ok());
    EXPECT_EQ(statement->evidence[0].sentence, match->evidence[0].sentence);
  }
  for (const char* bad : {"", "e:", "x:12", "e:zz", "hello", "e:0123456789abcdef0"})
    EXPECT_FALSE(view->LookupId(bad).ok()) << bad;
}

TEST(View, WhatIsKeptOnDiskAnswersAlikeAndDamageIsNoticed) {
  std::string folder = ::testing::TempDir() + "whowhom_view_cache";
  std::filesystem::remove_all(folder);
  Scene scene = Valley();
  const std::string fresh = DumpOf(*ViewOf(scene));
  ViewOptions cached;
  cached.cache_dir = folder;
  EXPECT_EQ(DumpOf(*ViewOf(scene, cached)), fresh);
  EXPECT_EQ(DumpOf(*ViewOf(scene, cached)), fresh);  // from the file
  std::unique_ptr<View> view = ViewOf(scene, cached);
  EXPECT_EQ(CsrGraph::OpenCached(*view), nullptr);
  ASSERT_TRUE(CsrGraph::Open(*view).ok());
  EXPECT_NE(CsrGraph::OpenCached(*view), nullptr);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::filesystem::resize_file(entry.path(), std::filesystem::file_size(entry.path()) - 1);
  }
  EXPECT_EQ(CsrGraph::OpenCached(*view), nullptr);
  EXPECT_EQ(DumpOf(*ViewOf(scene, cached)), fresh);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace whowhom::graph
