// A small graph in memory, with names and sentences that try to break every format.
#pragma once

#include "whowhom/graph/subgraph.h"

namespace whowhom::exports {

class MemorySource : public graph::GraphSource {
 public:
  explicit MemorySource(graph::Subgraph part) : part_(std::move(part)) {}
  Status ForEachNode(const std::function<bool(const graph::GraphNode&)>& visit) const override {
    for (const auto& node : part_.nodes) {
      if (!visit(node)) break;
    }
    return {};
  }
  Status ForEachEdge(const std::function<bool(const graph::GraphEdge&)>& visit) const override {
    for (const auto& edge : part_.edges) {
      if (!visit(edge)) break;
    }
    return {};
  }
  std::optional<DayRange> days() const override { return DayRange{Day{18000}, Day{18010}}; }
  const graph::Subgraph& part() const { return part_; }

 private:
  graph::Subgraph part_;
};

inline graph::Subgraph SampleGraph(const std::string& name, const std::string& sentence,
                                   const std::string& url) {
  graph::Subgraph part;
  for (uint64_t id : {1, 2, 3}) {
    graph::GraphNode node;
    node.id = NodeId{id};
    node.label = id == 1 ? name : "Actor " + std::to_string(id);
    node.type = static_cast<EntityType>(id);
    node.is_actor = true;
    node.mentions = 2;
    node.aliases = {node.label, "also " + node.label};
    node.days = DayRange{Day{18000}, Day{18003}};
    part.nodes.push_back(node);
  }
  const auto add = [&](uint64_t id, uint64_t source, uint64_t target, const std::string& relation,
                       Quad quad) {
    graph::GraphEdge edge;
    edge.id = id;
    edge.source = NodeId{source};
    edge.target = NodeId{target};
    edge.relation = relation;
    edge.quad = quad;
    edge.event_class = EventClass::kAccuse;
    edge.scale = -3.5;
    edge.statements = 3;
    edge.documents = 2;
    edge.independent_sources = 2;
    edge.days = DayRange{Day{18000}, Day{18002}};
    graph::EdgeEvidence evidence;
    evidence.statement.hash = {id, 7};
    evidence.doc.hash = {9, id};
    evidence.sentence = sentence;
    evidence.span = {0, static_cast<uint32_t>(sentence.size())};
    evidence.title = sentence;
    evidence.path = "a.txt";
    evidence.url = url;
    evidence.speaker = name;
    edge.evidence.push_back(evidence);
    part.edges.push_back(edge);
  };
  add(11, 1, 2, "accuse", Quad::kVerbalConflict);
  add(12, 1, 2, "warn", Quad::kVerbalConflict);
  add(13, 2, 3, name, Quad::kMaterialCooperation);
  add(14, 2, 0, "resign", Quad::kNone);
  return part;
}

inline const std::string& HostileText() {
  static const std::string kText =
      std::string("=cmd|' /C calc'!A0 \"quoted\" <script>alert('x')</script> ]]> -- & \\N \\G ") + '\0' +
      "\x01\x1b[31m \xE2\x80\xAE"
      "evil\xE2\x80\xAC \xFF\xC0 \xF0\x9F\x98\x80 \xE6\xBC\xA2\n\r\t end\\";
  return kText;
}

}  // namespace whowhom::exports
