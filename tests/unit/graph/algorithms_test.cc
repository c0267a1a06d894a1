#include "whowhom/graph/algorithms.h"

#include <gtest/gtest.h>

#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>
#include <map>
#include <random>

#include "unit/graph/scene.h"
#include "whowhom/graph/bgl.h"
#include "whowhom/graph/traversal.h"

namespace whowhom::graph {
namespace {

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<CsrTopology>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<CsrTopology>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<CsrTopology>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<CsrTopology>));

using testing::Person;
using testing::Scene;

NodeId Id(const std::string& name) { return ToNodeId(ComputeActorHash(name, "")); }

std::unique_ptr<View> ViewOf(const Scene& scene) {
  Result<std::unique_ptr<View>> view = View::Build(scene.snapshot, {.automatic_identity = false});
  EXPECT_TRUE(view.ok());
  return std::move(*view);
}

testing::Line Link(const std::string& from, const std::string& to, EventClass c = EventClass::kConsult) {
  return {Person(from), "tell", "told", Person(to), {}, c};
}

// Two triangles joined by a bridge c - d, and a pair of its own.
Scene Bridge() {
  Scene scene;
  scene.Article("a", "2021-03-01",
                {Link("a", "b"), Link("b", "c"), Link("c", "a"), Link("c", "d", EventClass::kAccuse),
                 Link("d", "e"), Link("e", "f"), Link("f", "d"), Link("x", "y", EventClass::kAssault)});
  scene.Article("b", "2021-04-01", {Link("c", "d", EventClass::kAccuse), Link("a", "z")});
  return scene;
}

std::map<std::string, double> Values(const Ranking& ranking) {
  std::map<std::string, double> values;
  for (const NodeScore& score : ranking.scores) {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "x", "y", "z"}) {
      if (Id(name) == score.node) values[name] = score.value;
    }
  }
  return values;
}

TEST(Algorithms, DegreesStrengthsAndCores) {
  std::unique_ptr<View> view = ViewOf(Bridge());
  EXPECT_EQ(Values(*Rank(*view, Measure::kDegree, {}))["c"], 3);
  EXPECT_EQ(Values(*Rank(*view, Measure::kStrength, {}))["c"], 4);
  EXPECT_EQ(Values(*Rank(*view, Measure::kInDegree, {}))["d"], 2);
  std::map<std::string, double> core = Values(*Rank(*view, Measure::kCore, {}));
  EXPECT_EQ(core["a"], 2);
  EXPECT_EQ(core["z"], 1);
  EXPECT_EQ(core["x"], 1);
}

TEST(Algorithms, PageRankSumsToOne) {
  Result<Ranking> ranking = Rank(*ViewOf(Bridge()), Measure::kPageRank, {});
  ASSERT_TRUE(ranking.ok());
  double sum = 0;
  for (const NodeScore& score : ranking->scores) sum += score.value;
  EXPECT_NEAR(sum, 1.0, 1e-9);
}

TEST(Algorithms, TheBridgeStandsBetween) {
  std::unique_ptr<View> view = ViewOf(Bridge());
  Result<Ranking> exact = Rank(*view, Measure::kBetweenness, {});
  ASSERT_TRUE(exact.ok());
  std::map<std::string, double> values = Values(*exact);
  EXPECT_GT(values["c"], values["a"]);
  EXPECT_GT(values["d"], values["e"]);
  EXPECT_EQ(values["b"], 0);
  Result<Ranking> all = Rank(*view, Measure::kBetweenness, {.samples = 1000});  // every vertex is a sample
  ASSERT_TRUE(all.ok());
  for (const auto& [name, value] : Values(*all)) EXPECT_NEAR(value, values[name], 1e-9) << name;
}

TEST(Algorithms, ComponentsAndCommunities) {
  std::unique_ptr<View> view = ViewOf(Bridge());
  Result<Ranking> components = Rank(*view, Measure::kComponent, {});
  EXPECT_EQ(components->groups, 2U);
  EXPECT_EQ(Values(*components)["a"], Values(*components)["f"]);
  Result<Ranking> communities = Rank(*view, Measure::kCommunity, {.weighted = false});
  ASSERT_TRUE(communities.ok());
  std::map<std::string, double> values = Values(*communities);
  EXPECT_EQ(values["a"], values["b"]);
  EXPECT_EQ(values["d"], values["e"]);
  EXPECT_NE(values["a"], values["e"]);
  EXPECT_GT(communities->modularity, 0.3);
  Result<std::vector<Broker>> brokers = Brokers(*view, {.weighted = false}, 10);
  ASSERT_TRUE(brokers.ok());
  ASSERT_FALSE(brokers->empty());
  for (const Broker& broker : *brokers) EXPECT_TRUE(broker.node == Id("c") || broker.node == Id("d"));
}

TEST(Algorithms, DyadsAreBalanced) {
  Result<std::vector<Dyad>> dyads = Dyads(*ViewOf(Bridge()), {}, 100);
  ASSERT_TRUE(dyads.ok());
  EXPECT_EQ(dyads->at(0).conflictual, 2U);
  EXPECT_EQ(dyads->at(0).balance, -1);
}

TEST(Algorithms, BoostRunsOnTheFlatView) {
  auto csr = CsrGraph::Open(*ViewOf(Bridge()));
  ASSERT_TRUE(csr.ok());
  CsrTopology graph = (*csr)->topology();
  std::vector<int> component(num_vertices(graph));
  int count = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
  EXPECT_EQ(component[*(*csr)->VertexOf(Id("a"))], component[*(*csr)->VertexOf(Id("b"))]);
  EXPECT_NE(component[*(*csr)->VertexOf(Id("a"))], component[*(*csr)->VertexOf(Id("d"))]);
  EXPECT_EQ(count, 6);  // {nobody} {abc} {def} {x} {y} {z}
}

TEST(Traversal, PathsAreShortestAndFurtherOnesFollow) {
  Scene scene;
  scene.Article(
      "a", "2021-03-01",
      {Link("a", "b"), Link("b", "c"), Link("a", "d"), Link("d", "e"), Link("e", "c"), Link("q", "r")});
  std::unique_ptr<View> view = ViewOf(scene);
  Result<std::vector<Path>> paths = FindPaths(*view, Id("a"), Id("c"), {.count = 3});
  ASSERT_TRUE(paths.ok());
  ASSERT_EQ(paths->size(), 2U);
  EXPECT_EQ((*paths)[0].edges.size(), 2U);
  EXPECT_EQ((*paths)[1].edges.size(), 3U);
  EXPECT_TRUE((*paths)[0].forward[0]);
  EXPECT_TRUE(FindPaths(*view, Id("a"), Id("q"), {})->empty());
  EXPECT_TRUE(FindPaths(*view, Id("c"), Id("a"), {.directed = true})->empty());
  EXPECT_EQ(FindPaths(*view, Id("a"), Id("c"), {.avoid = {Id("b")}})->at(0).edges.size(), 3U);
  EXPECT_FALSE(FindPaths(*view, Id("a"), Id("nobody at all"), {}).ok());
}

TEST(Traversal, ShortestPathsEqualBreadthFirstSearchOnRandomGraphs) {
  std::mt19937 random(11);
  for (int g = 0; g < 4; ++g) {
    Scene scene;
    std::vector<testing::Line> lines;
    std::map<int, std::set<int>> links;
    for (int e = 0; e < 25; ++e) {
      int a = static_cast<int>(random() % 18), b = static_cast<int>(random() % 18);
      if (a == b) continue;
      lines.push_back(Link("n" + std::to_string(a), "n" + std::to_string(b)));
      links[a].insert(b), links[b].insert(a);
    }
    scene.Article("a", "2021-03-01", lines);
    std::unique_ptr<View> view = ViewOf(scene);
    for (const auto& [from, unused] : links) {
      std::map<int, size_t> distance = {{from, 0}};
      std::vector<int> queue = {from};
      for (size_t i = 0; i < queue.size(); ++i) {
        for (int next : links[queue[i]]) {
          if (distance.try_emplace(next, distance[queue[i]] + 1).second) queue.push_back(next);
        }
      }
      for (const auto& [to, ignored] : links) {
        for (bool weighted : {false, true}) {
          Result<std::vector<Path>> paths =
              FindPaths(*view, Id("n" + std::to_string(from)), Id("n" + std::to_string(to)),
                        {.max_steps = 30, .by_weight = weighted});
          ASSERT_TRUE(paths.ok());
          ASSERT_EQ(paths->empty(), !distance.contains(to));
          if (paths->empty() || weighted) continue;
          EXPECT_EQ((*paths)[0].edges.size(), distance[to]);
        }
      }
    }
  }
}

TEST(Traversal, TimelinesEventsChangesAndContradictions) {
  Scene scene;
  scene.Article("a", "2021-03-01",
                {{Person("a"), "praise", "praised", Person("b"), {}, EventClass::kSupport},
                 {Person("a"), "bomb", "bombed", Person("c"), {}, EventClass::kAssault}});
  scene.Article("b", "2021-03-01",
                {{Person("a"), "shell", "shelled", Person("c"), {}, EventClass::kAssault}});
  scene.Article(
      "c", "2021-05-02",
      {{Person("a"), "accuse", "accused", Person("b"), {}, EventClass::kAccuse},
       {Person("n"), "accuse", "accused", Person("b"), {}, EventClass::kAccuse},
       {Person("a"), "bomb", "bombed", Person("c"), {}, EventClass::kAssault, Polarity::kNegative}});
  std::unique_ptr<View> view = ViewOf(scene);
  Result<std::vector<TimelineRow>> months = Timeline(*view, {Id("a")}, {});
  ASSERT_TRUE(months.ok());
  ASSERT_EQ(months->size(), 2U);
  EXPECT_EQ((*months)[0].statements, 3U);
  EXPECT_EQ((*months)[0].cooperative, 1U);
  EXPECT_EQ((*months)[0].conflictual, 2U);
  EXPECT_EQ(Timeline(*view, {Id("a"), Id("b")}, {})->at(0).statements, 1U);
  Result<std::vector<EventRow>> events = Events(*view, {}, {});
  ASSERT_TRUE(events.ok());
  auto assault = std::find_if(events->begin(), events->end(),
                              [](const EventRow& e) { return e.event_class == EventClass::kAssault; });
  ASSERT_NE(assault, events->end());
  EXPECT_EQ(assault->reports, 2U);
  EXPECT_EQ(assault->independent_sources, 2U);
  Result<Changes> changes = ChangesSince(*view, *ParseDay("2021-04-01"), {}, 100);
  ASSERT_TRUE(changes.ok());
  EXPECT_EQ(changes->new_edges.size(), 2U);
  EXPECT_EQ(changes->new_actors, std::vector<NodeId>{Id("n")});
  ASSERT_EQ(changes->turned.size(), 1U);
  EXPECT_LT(changes->turned[0].after, 0);
  Result<std::vector<Contradiction>> contradictions = Contradictions(*view, {}, {"deny"}, 10);
  ASSERT_TRUE(contradictions.ok());
  ASSERT_EQ(contradictions->size(), 1U);
  EXPECT_EQ((*contradictions)[0].denied.qualifier.polarity(), Polarity::kNegative);
}

}  // namespace
TEST(Traversal, AnAccusationIsDeniedByTheAccusedOrWhoSpeaksForTheState) {
  Scene scene;
  testing::Actor state = testing::State("Norland", "NRL");
  testing::Actor envoy = Person("Eva Falk", "NRL");
  envoy.sector = "GOV";
  scene.Article("a", "2021-03-01",
                {{Person("a"), "accuse", "accused", Person("b"), {}, EventClass::kAccuse},
                 {Person("b"), "deny", "denied", {}, {}, EventClass::kStatement},
                 {Person("c"), "blame", "blamed", state, {}, EventClass::kAccuse},
                 {envoy, "deny", "denied", {}, {}, EventClass::kStatement}});
  scene.Article(
      "b", "2021-03-02",
      {{Person("a"), "accuse", "accused", Person("d"), {}, EventClass::kAccuse},
       {Person("e"), "deny", "denied", {}, {}, EventClass::kStatement},
       {Person("f"), "speak", "speaks", Person("b")},
       {Person("f"), "speak", "never speaks", Person("b"), {}, EventClass::kNone, Polarity::kNegative}});
  std::unique_ptr<View> view = ViewOf(scene);
  Result<std::vector<Contradiction>> found = Contradictions(*view, {}, {"deny"}, 10);
  ASSERT_TRUE(found.ok());
  std::set<std::string> pairs;
  for (const Contradiction& item : *found) {
    pairs.insert(view->FindNode(item.claimed.target).value()->label + " by " +
                 view->FindNode(item.denied.source).value()->label);
  }
  EXPECT_EQ(pairs, (std::set<std::string>{"b by b", "Norland by Eva Falk"}));
}

}  // namespace whowhom::graph
