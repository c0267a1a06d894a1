#include <gtest/gtest.h>

#include "whowhom/export/picture.h"

namespace whowhom::exports {
namespace {

using graph::Subgraph;

void Add(Subgraph* part, uint64_t source, uint64_t target, const char* relation,
         EventClass event_class = EventClass::kNone) {
  for (const uint64_t id : {source, target}) {
    graph::GraphNode node;
    node.id = NodeId{id};
    node.label = "Actor " + std::to_string(id);
    bool is_new = true;
    for (const auto& known : part->nodes) is_new = is_new && known.id != node.id;
    if (is_new) part->nodes.push_back(node);
  }
  graph::GraphEdge edge;
  edge.id = part->edges.size() + 1;
  edge.source = NodeId{source};
  edge.target = NodeId{target};
  edge.relation = relation;
  edge.event_class = event_class;
  part->edges.push_back(edge);
}

TEST(EventsOnly, LeavesOutRolesAndStandingButNoEventThatLooksLikeThem) {
  Subgraph part;
  Add(&part, 1, 2, "be president of");
  Add(&part, 2, 3, "have");
  Add(&part, 3, 4, "behead");
  Add(&part, 4, 5, "be allied with", EventClass::kCooperate);
  const Subgraph kept = EventsOnly(part);
  ASSERT_EQ(kept.edges.size(), 2u);
  EXPECT_EQ(kept.edges[0].relation, "behead");
  EXPECT_EQ(kept.nodes.size(), 3u);
}

TEST(EventsOnly, LeavesOutWhereItWas) {
  Subgraph part;
  Add(&part, 1, 2, "meet in", EventClass::kConsult);
  Add(&part, 1, 3, "write on", EventClass::kStatement);
  Add(&part, 1, 4, "impose sanction on", EventClass::kSanction);
  Add(&part, 1, 5, "fight in", EventClass::kAssault);
  Add(&part, 1, 6, "invest in");
  Add(&part, 1, 7, "speak at", EventClass::kStatement);
  Add(&part, 1, 8, "attack court on", EventClass::kAccuse);
  for (auto& node : part.nodes) node.type = node.id.value >= 6 ? EntityType::kOrg : EntityType::kGpe;
  for (auto& node : part.nodes) node.sector = node.id.value == 8 ? "MED" : "";
  part.edges[3].quad = Quad::kMaterialConflict;
  std::vector<std::string> kept;
  for (const auto& edge : EventsOnly(part).edges) kept.push_back(edge.relation);
  EXPECT_EQ(kept, (std::vector<std::string>{"impose sanction on", "fight in", "invest in"}));
}

TEST(EngineOf, RanksWhatCanBeReadSoAndSpreadsWhatIsDense) {
  Subgraph sparse;
  for (uint64_t id = 1; id < 70; ++id) Add(&sparse, id, id + 1, "accuse");
  EXPECT_EQ(EngineOf(sparse), "dot");
  Subgraph dense = sparse;
  for (uint64_t id = 1; id < 60; ++id) Add(&dense, id, id + 5, "warn");
  EXPECT_EQ(EngineOf(dense), "sfdp");
}

TEST(EventsOnly, KeepsRolesWhereThereIsNothingElse) {
  Subgraph part;
  Add(&part, 1, 2, "be president of");
  EXPECT_EQ(EventsOnly(part).edges.size(), 1u);
}

TEST(EventsOnly, CutsLonePairsBesideALargePictureOnly) {
  Subgraph part;
  Add(&part, 100, 101, "sue");
  for (uint64_t id = 1; id < 9; ++id) Add(&part, id, id + 1, "accuse");
  EXPECT_EQ(EventsOnly(part).edges.size(), 9u);
  Add(&part, 9, 10, "accuse");
  const Subgraph kept = EventsOnly(part);
  EXPECT_EQ(kept.edges.size(), 9u);
  EXPECT_EQ(kept.nodes.size(), 10u);
}

TEST(ToDot, TellsConflictFromCooperationWithoutColour) {
  Subgraph part;
  Add(&part, 1, 2, "accuse", EventClass::kAccuse);
  Add(&part, 1, 3, "support", EventClass::kSupport);
  part.edges[0].quad = Quad::kVerbalConflict;
  part.edges[1].quad = Quad::kVerbalCooperation;
  const std::string dot = ToDot(part, {.theme = Theme::kPrint, .plain_labels = true});
  EXPECT_NE(dot.find("label=\"accuse\", style=\"solid\", penwidth=\"1.5\", arrowhead=\"normal\""),
            std::string::npos)
      << dot;
  EXPECT_NE(dot.find("label=\"support\", style=\"solid\", penwidth=\"1.5\", arrowhead=\"onormal\""),
            std::string::npos);
}

TEST(ToDot, ExplainsOnlyWhatIsDrawn) {
  Subgraph part;
  Add(&part, 1, 2, "accuse", EventClass::kAccuse);
  part.edges[0].quad = Quad::kVerbalConflict;
  for (auto& node : part.nodes) node.type = EntityType::kPerson;
  const std::string dot = ToDot(part, {});
  EXPECT_NE(dot.find("conflict"), std::string::npos);
  EXPECT_NE(dot.find("person"), std::string::npos);
  for (const char* absent : {"cooperation", "other", "dashed", "organisation", "state"})
    EXPECT_EQ(dot.find(std::string(absent) + " "), std::string::npos) << absent;
}

TEST(ToDot, LeadsFromEachArrowToItsSentences) {
  Subgraph part;
  Add(&part, 1, 2, "accuse", EventClass::kAccuse);
  const std::string dot = ToDot(part, {.show_ids = true, .page = "page.html", .plain_labels = true});
  EXPECT_NE(dot.find("label=\"accuse e:00000000\""), std::string::npos) << dot;
  EXPECT_NE(dot.find("URL=\"page.html#e:0000000000000001\""), std::string::npos);
  EXPECT_NE(dot.find("URL=\"page.html#n0000000000000001\""), std::string::npos);
  EXPECT_NE(dot.find("whowhom why ID"), std::string::npos);
}

}  // namespace
}  // namespace whowhom::exports
