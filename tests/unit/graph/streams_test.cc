// What is sorted in temporary files equals what is looked up.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "report_row.h"
#include "unit/graph/random_scene.h"
#include "whowhom/graph/traversal.h"
#include "whowhom/graph/view.h"

namespace whowhom::graph {
namespace {

using testing::Pick;
using testing::Random;
using testing::RandomScene;
using testing::Scene;

std::string HexOf(int actor) { return ToHex(ComputeActorHash("Name" + std::to_string(actor), "").high); }

// Two actors made one, and a statement rejected.
void Judge(Random* random, Scene* scene) {
  storage::Judgement same;
  same.kind = storage::JudgementKind::kSame;
  same.arguments = {HexOf(0), HexOf(1)};
  scene->snapshot->Append(same);
  std::vector<StatementId> ids;
  EXPECT_TRUE(scene->snapshot
                  ->ScanArticles([&ids](DocId, const Document*, const std::vector<Statement>& statements) {
                    for (const Statement& statement : statements) ids.push_back(statement.id);
                    return true;
                  })
                  .ok());
  storage::Judgement reject;
  reject.kind = storage::JudgementKind::kReject;
  reject.arguments = {ToHex(ids[static_cast<size_t>(Pick(random, static_cast<int>(ids.size())))].hash)};
  scene->snapshot->Append(reject);
}

SubgraphFilter RandomFilter(Random* random) {
  SubgraphFilter filter;
  filter.evidence_per_edge = static_cast<size_t>(Pick(random, 4));
  if (Pick(random, 2) == 0) filter.days = DayRange{*ParseDay("2020-01-12"), *ParseDay("2020-01-17")};
  if (Pick(random, 3) == 0) filter.classes = {EventClass::kAccuse};
  if (Pick(random, 4) == 0) filter.min_sources = 2;
  filter.facts_only = Pick(random, 4) == 0;
  filter.claims_only = Pick(random, 4) == 0;
  filter.actors_only = Pick(random, 4) == 0;
  return filter;
}

std::vector<std::string> LinesOf(const View& view, const SubgraphFilter& filter) {
  std::vector<std::string> lines;
  const auto source = view.Select(filter);
  EXPECT_TRUE(source
                  ->ForEachEdge([&lines](const GraphEdge& edge) {
                    std::string line =
                        FormatNodeId(edge.source) + FormatNodeId(edge.target) + edge.relation + " " +
                        std::to_string(edge.qualifier.bits) + FormatEdgeId(edge.id) +
                        std::string(ToString(edge.event_class)) + " " +
                        std::to_string(edge.scale.value_or(99)) + " " + std::to_string(edge.statements) +
                        " " + std::to_string(edge.documents) + " " + std::to_string(edge.independent_sources);
                    if (edge.days) line += FormatDay(edge.days->from) + FormatDay(edge.days->to);
                    for (const EdgeEvidence& evidence : edge.evidence) {
                      line += "|" + FormatStatementId(evidence.statement) + evidence.sentence +
                              evidence.title + evidence.speaker + std::to_string(evidence.marks.size());
                    }
                    lines.push_back(line);
                    return true;
                  })
                  .ok());
  return lines;
}

TEST(Streams, EdgesAreThoseThatAreLookedUp) {
  Random random(11);
  size_t edges = 0;
  for (int g = 0; g < 200; ++g) {
    Scene scene = RandomScene(&random);
    Judge(&random, &scene);
    const auto looked_up = View::Build(scene.snapshot);
    const auto streamed = View::Build(scene.snapshot, {.max_edges_looked_up = 0});
    ASSERT_TRUE(looked_up.ok() && streamed.ok());
    const SubgraphFilter filter = RandomFilter(&random);
    const auto expected = LinesOf(**looked_up, filter);
    ASSERT_EQ(LinesOf(**streamed, filter), expected) << g;
    edges += expected.size();
  }
  EXPECT_GT(edges, 200U);  // the cases are not vacuous
}

TEST(Streams, PairsAreTheEndsOfTheEdges) {
  Random random(12);
  for (int g = 0; g < 50; ++g) {
    const Scene scene = RandomScene(&random);
    const auto view = View::Build(scene.snapshot);
    const SubgraphFilter filter = RandomFilter(&random);
    const auto source = (*view)->Select(filter);
    std::vector<std::pair<NodeId, NodeId>> pairs, ends;
    ASSERT_TRUE(source
                    ->ForEachPair([&pairs](NodeId from, NodeId to) {
                      pairs.emplace_back(from, to);
                      return true;
                    })
                    .ok());
    ASSERT_TRUE(source
                    ->ForEachEdge([&ends](const GraphEdge& edge) {
                      ends.emplace_back(edge.source, edge.target);
                      return true;
                    })
                    .ok());
    EXPECT_EQ(pairs, ends);
  }
}

TEST(Streams, ReadingStopsWhenItIsEnough) {
  Random random(13);
  const Scene scene = RandomScene(&random);
  const auto view = View::Build(scene.snapshot, {.max_edges_looked_up = 0});
  size_t edges = 0, events = 0;
  ASSERT_TRUE((*view)->Select({})->ForEachEdge([&edges](const GraphEdge&) { return ++edges < 2; }).ok());
  EXPECT_EQ(edges, 2U);
  ASSERT_TRUE(
      ForEachEvent(**view, {}, [&events](const EventRow&, const EventReport&) { return ++events < 2; }).ok());
  EXPECT_EQ(events, 2U);
}

TEST(Streams, EventsOfEverythingAreThoseOfItsActors) {
  Random random(14);
  const auto line_of = [](const EventRow& row) {
    return FormatDay(row.day) + FormatNodeId(row.source) + FormatNodeId(row.target) +
           std::string(ToString(row.event_class)) + row.relation + FormatEdgeId(row.edge) + " " +
           std::to_string(row.reports) + " " + std::to_string(row.independent_sources) + " " +
           std::to_string(row.scale.value_or(99));
  };
  size_t count = 0;
  for (int g = 0; g < 100; ++g) {
    Scene scene = RandomScene(&random);
    Judge(&random, &scene);
    const auto view = View::Build(scene.snapshot);
    EdgeFilter filter;
    if (Pick(&random, 2) == 0) filter.days = DayRange{*ParseDay("2020-01-12"), *ParseDay("2020-01-17")};
    if (Pick(&random, 3) == 0) filter.classes = {EventClass::kAccuse, EventClass::kAssault};
    if (Pick(&random, 3) == 0) filter.min_documents = 2;
    const auto all = Events(**view, {}, filter);
    ASSERT_TRUE(all.ok());
    for (int i = 0; i < 8; ++i) {
      for (const Hash128& hash :
           {ComputeActorHash("Name" + std::to_string(i), ""), ComputeThingHash("Name" + std::to_string(i))}) {
        const NodeId actor = ToNodeId(hash);
        const NodeId survivor = (*view)->identity().SurvivorOf(actor);
        std::vector<std::string> expected, found;
        for (const EventRow& row : *all) {
          if (row.source == survivor || row.target == survivor) expected.push_back(line_of(row));
        }
        const auto own = Events(**view, {actor}, filter);
        ASSERT_TRUE(own.ok());
        for (const EventRow& row : *own) found.push_back(line_of(row));
        EXPECT_EQ(found, expected);
        count += found.size();
      }
    }
  }
  EXPECT_GT(count, 100U);
}

TEST(Streams, ReportsSurviveTheirBytes) {
  Report report;
  report.event_class = EventClass::kAccuse;
  report.scale = -3.5;
  report.worth = 0.7;
  report.place = "Basra";
  report.sentence_number = 300;
  report.evidence.sentence = std::string("a\0b", 3);
  report.evidence.marks = {{1, 2}, {300, 70'000}};
  report.evidence.days = DayRange{Day{-5}, Day{20'000}};
  const std::string bytes = EncodeReport(report);
  const auto again = DecodeReport(bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(EncodeReport(*again), bytes);
  EXPECT_EQ(again->evidence.days->from.number, -5);
  EXPECT_EQ(again->evidence.marks, report.evidence.marks);
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(DecodeReport(bytes.substr(0, size))) << size;
}

}  // namespace
}  // namespace whowhom::graph
