#include <map>
#include <set>

#include "attributes.h"
#include "whowhom/export/picture.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::Subgraph;

constexpr size_t kLargePicture = 10;  // actors: beside that many a lone pair only takes room

bool IsStanding(const GraphEdge& edge) {
  if (edge.event_class != EventClass::kNone) return false;
  const std::string verb = edge.relation.substr(0, edge.relation.find(' '));
  return verb == "be" || verb == "have";
}

// "Mira Dahl - meet in - New York", "... - write on - Twitter": where it was, nobody it was done to. Material
// conflict in a country is with somebody there and stays.
bool IsSetting(const GraphEdge& edge, const std::map<NodeId, const graph::GraphNode*>& nodes) {
  const size_t blank = edge.relation.rfind(' ');
  if (blank == std::string::npos) return false;
  const std::string_view preposition = std::string_view(edge.relation).substr(blank + 1);
  const auto found = nodes.find(edge.target);
  if (preposition == "on" && found != nodes.end() && found->second->sector == "MED") return true;
  if (edge.quad == Quad::kMaterialConflict) return false;
  const bool is_silent = edge.event_class == EventClass::kNone || edge.event_class == EventClass::kStatement;
  if (preposition == "on") return is_silent;
  if (preposition != "in" && preposition != "at" && preposition != "near" && preposition != "outside")
    return false;
  if (found == nodes.end()) return false;
  const EntityType type = found->second->type;
  const bool is_house = type == EntityType::kOrg && (edge.event_class == EventClass::kStatement ||
                                                     edge.event_class == EventClass::kConsult);
  return type == EntityType::kGpe || type == EntityType::kPlace || is_house;  // "spoke at the White House"
}

// Each node's component, named by its smallest node.
class Components {
 public:
  NodeId Of(NodeId node) {
    NodeId root = node;
    while (Parent(root) != root) root = Parent(root);
    while (Parent(node) != root) {
      const NodeId next = Parent(node);
      parents_[node] = root;
      node = next;
    }
    return root;
  }
  void Join(NodeId a, NodeId b) {
    const NodeId first = Of(a);
    const NodeId second = Of(b);
    parents_[std::max(first, second)] = std::min(first, second);
  }

 private:
  NodeId Parent(NodeId node) { return parents_.emplace(node, node).first->second; }
  std::map<NodeId, NodeId> parents_;
};

}  // namespace

Subgraph EventsOnly(const Subgraph& subgraph) {
  std::map<NodeId, const graph::GraphNode*> by_id;
  for (const auto& node : subgraph.nodes) by_id.emplace(node.id, &node);
  Subgraph kept;
  for (const GraphEdge& edge : subgraph.edges) {
    const bool is_event = !IsStanding(edge) && !IsSetting(edge, by_id);
    if (HasBothEnds(edge) && edge.source != edge.target && is_event) kept.edges.push_back(edge);
  }
  if (kept.edges.empty()) return subgraph;
  Components components;
  std::set<NodeId> nodes;
  for (const GraphEdge& edge : kept.edges) {
    components.Join(edge.source, edge.target);
    nodes.insert({edge.source, edge.target});
  }
  std::map<NodeId, size_t> sizes;
  size_t largest = 0;
  for (const NodeId node : nodes) largest = std::max(largest, ++sizes[components.Of(node)]);
  if (largest >= kLargePicture) {
    std::erase_if(kept.edges, [&](const GraphEdge& edge) { return sizes[components.Of(edge.source)] < 3; });
    std::erase_if(nodes, [&](const NodeId node) { return sizes[components.Of(node)] < 3; });
  }
  for (const auto& node : subgraph.nodes) {
    if (nodes.contains(node.id)) kept.nodes.push_back(node);
  }
  return kept;
}

}  // namespace whowhom::exports
