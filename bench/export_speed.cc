// Edges a second of processor time of the streaming exports, from a source in memory to /dev/null.
//   export_speed [edges]
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "whowhom/export/graph_files.h"

namespace {

using namespace whowhom;

// Edges between `nodes` actors, made as they are asked for.
class RingSource : public graph::GraphSource {
 public:
  RingSource(uint64_t nodes, uint64_t edges) : nodes_(nodes), edges_(edges) {}
  Status ForEachNode(const std::function<bool(const graph::GraphNode&)>& visit) const override {
    graph::GraphNode node;
    node.type = EntityType::kPerson;
    node.is_actor = true;
    for (uint64_t i = 1; i <= nodes_; ++i) {
      node.id = NodeId{i};
      node.label = "Actor number " + std::to_string(i);
      node.aliases = {node.label};
      if (!visit(node)) break;
    }
    return {};
  }
  Status ForEachEdge(const std::function<bool(const graph::GraphEdge&)>& visit) const override {
    graph::GraphEdge edge;
    edge.relation = "accuse";
    edge.event_class = EventClass::kAccuse;
    edge.quad = Quad::kVerbalConflict;
    edge.scale = -3.5;
    edge.statements = edge.documents = edge.independent_sources = 2;
    edge.days = DayRange{Day{18000}, Day{18002}};
    edge.evidence.resize(1);
    edge.evidence[0].sentence =
        "The minister accused the company of hiding \"the truth\" from parliament on Monday.";
    edge.evidence[0].url = "https://news.example/a?b=1&c=2";
    for (uint64_t i = 0; i < edges_; ++i) {
      edge.id = i + 1;
      edge.source = NodeId{1 + i % nodes_};
      edge.target = NodeId{1 + (i * 7 + 3) % nodes_};
      if (!visit(edge)) break;
    }
    return {};
  }
  std::optional<DayRange> days() const override { return std::nullopt; }

 private:
  uint64_t nodes_, edges_;
};

class Discard : public exports::Output {
 public:
  void Write(std::string_view bytes) override { bytes_ += bytes.size(); }
  Status Finish() override { return {}; }
  uint64_t bytes() const { return bytes_; }

 private:
  uint64_t bytes_ = 0;
};

template <typename Write>
void Measure(const char* name, uint64_t edges, Write write) {
  Discard output;
  const std::clock_t begin = std::clock();
  const Status status = write(&output);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  if (!status.ok()) std::exit(1);
  std::printf("%s: %.0f edges/s, %.2f s, %.0f MB\n", name, static_cast<double>(edges) / seconds, seconds,
              static_cast<double>(output.bytes()) / 1e6);
}

}  // namespace

int main(int count, char** arguments) {
  const uint64_t edges = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1000000;
  const RingSource source(edges / 10 + 1, edges);
  Measure("gexf", edges, [&](exports::Output* output) { return exports::WriteGexf(source, {}, output); });
  Measure("edges csv", edges,
          [&](exports::Output* output) { return exports::WriteEdgesCsv(source, output); });
  Measure("graphml", edges, [&](exports::Output* output) {
    return exports::WriteGraphml(source, exports::GraphmlDialect::kStandard, output);
  });
  return 0;
}
