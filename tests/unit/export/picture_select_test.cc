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

}  // namespace
}  // namespace whowhom::exports
