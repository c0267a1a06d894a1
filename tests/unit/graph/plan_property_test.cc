// Every plan on random graphs equals brute force: all tuples of edges, checked one by one, over records
// alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "unit/graph/random_scene.h"
#include "whowhom/graph/csr.h"
#include "whowhom/graph/plan.h"

namespace whowhom::graph {
namespace {

using testing::Pick;
using testing::Random;
using testing::RandomScene;

constexpr int kGraphs = 6;
constexpr int kPlansPerGraph =
    50;  // 300 cases in the fast set; WHOWHOM_PLAN_GRAPHS sets another number of graphs

NodeId IdOfActor(int i) {
  if (i % 4 == 3) return ToNodeId(ComputeThingHash("Name" + std::to_string(i)));
  return ToNodeId(ComputeActorHash("Name" + std::to_string(i), ""));
}

Plan RandomPlan(Random* random) {
  Plan plan;
  int nodes = 1 + Pick(random, 3);
  for (int i = 0; i < nodes; ++i) {
    PlanNode node;
    node.name = "n" + std::to_string(i);
    switch (Pick(random, 5)) {
      case 0:
        node.any_of = {IdOfActor(Pick(random, 7))};
        break;
      case 1:
        node.actors_only = true;
        break;
      case 2:
        node.types = {EntityType::kPerson, EntityType::kGpe};
        break;
      case 3:
        node.country = "AAA";
        break;
      case 4:
        node.expressed = Pick(random, 2) == 0;
        break;
      default:
        break;
    }
    plan.nodes.push_back(node);
  }
  int edges = 1 + Pick(random, 3);
  for (int i = 0; i < edges; ++i) {
    PlanEdge edge;
    edge.subject = static_cast<size_t>(Pick(random, nodes));
    if (Pick(random, 5) != 0) edge.object = static_cast<size_t>(Pick(random, nodes));
    if (Pick(random, 2) == 0) {
      edge.any_relation = false;
      std::map<RelationId, MatchTier> relations;
      for (int r = 0; r < 1 + Pick(random, 3); ++r) {
        std::string label = "verb" + std::to_string(Pick(random, 3)) + (Pick(random, 3) == 0 ? " with" : "");
        relations[ToRelationId(ComputeRelationHash(label))] = static_cast<MatchTier>(Pick(random, 3));
      }
      for (const auto& [id, tier] : relations) edge.relations.push_back({id, tier});
    }
    if (Pick(random, 4) == 0) edge.classes = {EventClass::kAccuse};
    edge.either_direction = Pick(random, 4) == 0;
    plan.edges.push_back(edge);
  }
  plan.widest = static_cast<MatchTier>(Pick(random, 4));
  plan.distinct_nodes = Pick(random, 2) == 0;
  PlanFilter& filter = plan.filter;
  if (Pick(random, 3) == 0) filter.days = DayRange{*ParseDay("2020-01-12"), *ParseDay("2020-01-17")};
  if (Pick(random, 6) == 0) filter.facts_only = true;
  if (Pick(random, 6) == 0) filter.claims_only = true;
  if (Pick(random, 3) == 0) filter.polarity = Polarity::kPositive;
  if (Pick(random, 4) == 0) filter.modalities = {Modality::kAsserted};
  if (Pick(random, 5) == 0) filter.min_sources = 2;
  if (Pick(random, 6) == 0) filter.said_by = {ToNodeId(ComputeActorHash("Speaker0", ""))};
  plan.select = {0};
  return plan;
}

// (nodes, statements, tier) of every binding.
using Row = std::tuple<std::vector<uint64_t>, uint32_t, int>;

class BruteForce {
 public:
  BruteForce(const testing::MemorySnapshot& snapshot, const Plan& plan) : plan_(plan) {
    for (const auto& [doc, statements] : snapshot.all_statements()) {
      for (const Statement& statement : statements) {
        for (const StatementEdge& edge : EdgesOf(statement)) {
          storage::EdgeKey key{edge.subject.id(), ToRelationId(ComputeRelationHash(edge.relation)),
                               edge.object.id(), edge.qualifier};
          nodes_[edge.subject.id()] = edge.subject;
          nodes_[edge.object.id()] = edge.object;
          classes_[key].insert(edge.event_class);
          if (Passes(statement, edge)) evidence_[key].push_back(&statement);
        }
      }
    }
    for (const auto& [key, statements] : evidence_) {
      std::set<DocId> documents;
      for (const Statement* statement : statements) documents.insert(statement->doc);
      if (documents.size() >= plan.filter.min_sources) keys_.push_back(key);
    }
  }
  std::multiset<Row> Run() {
    turnable_ = Turnable();
    Choose({});
    return rows_;
  }

 private:
  bool Passes(const Statement& statement, const StatementEdge& edge) const {
    const PlanFilter& f = plan_.filter;
    if (f.facts_only && !edge.qualifier.is_fact()) return false;
    if (f.claims_only && !edge.qualifier.attributed()) return false;
    if (f.polarity && statement.polarity != *f.polarity) return false;
    if (!f.modalities.empty() && statement.modality != f.modalities[0]) return false;
    if (f.days && (!edge.days || edge.days->to < f.days->from || f.days->to < edge.days->from)) return false;
    if (f.said_by.empty()) return true;
    return std::any_of(statement.attribution.begin(), statement.attribution.end(),
                       [&](const Attribution& a) { return ActorNode(a.actor).id() == f.said_by[0]; });
  }
  int TierOf(const PlanEdge& edge, const storage::EdgeKey& key) const {
    auto has_class = [&] {
      return std::any_of(edge.classes.begin(), edge.classes.end(),
                         [&](EventClass c) { return classes_.at(key).contains(c); });
    };
    if (edge.any_relation) return edge.classes.empty() || has_class() ? 0 : -1;
    for (const PlanRelation& relation : edge.relations) {
      if (relation.id == key.relation && relation.tier <= plan_.widest)
        return static_cast<int>(relation.tier);
    }
    return plan_.widest >= MatchTier::kClass && has_class() ? 3 : -1;
  }
  bool Fits(const PlanNode& node, NodeId id) const {
    if (!node.any_of.empty()) return node.any_of[0] == id;
    if (id.value == 0)
      return !node.actors_only && !node.expressed && node.types.empty() && node.country.empty();
    const NodeRef& ref = nodes_.at(id);
    if (node.actors_only && !ref.is_actor) return false;
    if (!node.country.empty() && ref.country != node.country) return false;
    return node.types.empty() ||
           std::find(node.types.begin(), node.types.end(), ref.type) != node.types.end();
  }
  // Whether one end of edge `index` is known before it is looked at: constants, and ends of edges that come
  // earlier in the runner's order. Only edges with a known end are turned round; the order is the runner's
  // own (most known ends first).
  std::vector<bool> Turnable() const {
    std::set<size_t> bound;
    for (size_t i = 0; i < plan_.nodes.size(); ++i) {
      if (!plan_.nodes[i].any_of.empty()) bound.insert(i);
    }
    std::vector<bool> turnable(plan_.edges.size()), used(plan_.edges.size());
    for (size_t round = 0; round < plan_.edges.size(); ++round) {
      size_t best = SIZE_MAX, most = 0;
      for (size_t i = 0; i < plan_.edges.size(); ++i) {
        const PlanEdge& e = plan_.edges[i];
        size_t ends = bound.count(e.subject) + (e.object == kNoNode ? 0 : bound.count(e.object));
        if (!used[i] && (best == SIZE_MAX || ends > most)) best = i, most = ends;
      }
      used[best] = true;
      turnable[best] = plan_.edges[best].either_direction && plan_.edges[best].object != kNoNode && most > 0;
      bound.insert(plan_.edges[best].subject);
      if (plan_.edges[best].object != kNoNode) bound.insert(plan_.edges[best].object);
    }
    return turnable;
  }
  void Choose(std::vector<std::pair<storage::EdgeKey, bool>> chosen) {
    if (chosen.size() == plan_.edges.size()) return Check(chosen);
    for (const storage::EdgeKey& key : keys_) {
      for (bool turned : {false, true}) {
        if (turned && (!turnable_[chosen.size()] || key.subject == key.object)) continue;
        auto next = chosen;
        next.emplace_back(key, turned);
        Choose(std::move(next));
      }
    }
  }
  void Check(const std::vector<std::pair<storage::EdgeKey, bool>>& chosen) {
    std::map<size_t, NodeId> nodes;
    uint32_t statements = 0;
    int tier = 0;
    for (size_t i = 0; i < chosen.size(); ++i) {
      const auto& [key, turned] = chosen[i];
      int edge_tier = TierOf(plan_.edges[i], key);
      if (edge_tier < 0) return;
      tier = std::max(tier, edge_tier);
      statements += static_cast<uint32_t>(evidence_.at(key).size());
      NodeId subject = turned ? key.object : key.subject, object = turned ? key.subject : key.object;
      if (!nodes.emplace(plan_.edges[i].subject, subject).second && nodes[plan_.edges[i].subject] != subject)
        return;
      size_t o = plan_.edges[i].object;
      if (o != kNoNode && !nodes.emplace(o, object).second && nodes[o] != object) return;
    }
    for (const auto& [index, id] : nodes) {
      if (!Fits(plan_.nodes[index], id)) return;
      for (const auto& [other, other_id] : nodes) {
        bool both_free = plan_.nodes[index].any_of.empty() && plan_.nodes[other].any_of.empty();
        if (plan_.distinct_nodes && index != other && both_free && id == other_id && id.value != 0) return;
      }
    }
    std::vector<uint64_t> row = {nodes.contains(0) ? nodes[0].value : 0};
    rows_.insert({row, statements, tier});
  }

  const Plan& plan_;
  std::map<NodeId, NodeRef> nodes_;
  std::map<storage::EdgeKey, std::set<EventClass>> classes_;
  std::map<storage::EdgeKey, std::vector<const Statement*>> evidence_;
  std::vector<storage::EdgeKey> keys_;
  std::vector<bool> turnable_;
  std::multiset<Row> rows_;
};

std::multiset<Row> RowsOf(const Answer& answer) {
  std::multiset<Row> rows;
  for (const AnswerRow& row : answer.rows) {
    std::vector<uint64_t> nodes;
    for (NodeId id : row.nodes) nodes.push_back(id.value);
    rows.insert({nodes, row.statements, static_cast<int>(row.tier)});
  }
  return rows;
}

TEST(PlanProperty, EveryPlanGivesWhatBruteForceGives) {
  const char* asked = std::getenv("WHOWHOM_PLAN_GRAPHS");
  int graphs = asked != nullptr ? std::atoi(asked) : kGraphs;
  Random random(20260101);
  size_t with_rows = 0;
  for (int g = 0; g < graphs; ++g) {
    testing::Scene scene = RandomScene(&random);
    Result<std::unique_ptr<View>> view = View::Build(scene.snapshot, {.automatic_identity = false});
    ASSERT_TRUE(view.ok());
    for (int p = 0; p < kPlansPerGraph; ++p) {
      Plan plan = RandomPlan(&random);
      Result<Answer> answer = RunPlan(plan, **view, {.limit = 0, .with_evidence = false});
      ASSERT_TRUE(answer.ok()) << answer.error().message;
      std::multiset<Row> expected = BruteForce(*scene.snapshot, plan).Run();
      ASSERT_EQ(RowsOf(*answer), expected) << "graph " << g << ", plan " << p << "\n"
                                           << *ExplainPlan(plan, **view);
      with_rows += expected.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(with_rows, static_cast<size_t>(graphs) * kPlansPerGraph / 10);  // the cases are not vacuous
}

TEST(PlanProperty, BadPlansAreRefused) {
  testing::Scene scene;
  auto view = View::Build(scene.snapshot);
  ASSERT_TRUE(view.ok());
  Plan plan;
  EXPECT_FALSE(RunPlan(plan, **view, {}).ok());
  plan.edges.resize(kMaxPlanEdges + 1);
  EXPECT_FALSE(RunPlan(plan, **view, {}).ok());
  plan.edges.resize(1);
  EXPECT_FALSE(RunPlan(plan, **view, {}).ok());  // no node 0
  plan.nodes.resize(1);
  plan.select = {7};
  EXPECT_FALSE(RunPlan(plan, **view, {}).ok());
}

TEST(PlanProperty, StepsBoundTheWorkAndCancellingEndsIt) {
  Random random(7);
  testing::Scene scene = RandomScene(&random);
  auto view = View::Build(scene.snapshot);
  ASSERT_TRUE(view.ok());
  Plan plan;
  plan.nodes.resize(2);
  plan.edges.resize(1);
  plan.edges[0].object = 1;
  Result<Answer> bounded = RunPlan(plan, **view, {.limit = 0, .max_steps = 2});
  ASSERT_TRUE(bounded.ok());
  EXPECT_TRUE(bounded->truncated);
}

TEST(CsrView, HasTheEdgesOfTheLazyView) {
  Random random(99);
  for (int g = 0; g < 30; ++g) {
    testing::Scene scene = RandomScene(&random);
    auto view = View::Build(scene.snapshot);
    ASSERT_TRUE(view.ok());
    auto csr = CsrGraph::Open(**view);
    ASSERT_TRUE(csr.ok());
    std::map<storage::EdgeKey, std::pair<uint32_t, uint32_t>> lazy, flat;
    ASSERT_TRUE((*view)
                    ->ScanEdges({},
                                [&](const FoldedEdge& edge) {
                                  lazy[edge.key] = {edge.statements, edge.documents};
                                  return true;
                                })
                    .ok());
    for (uint32_t e = 0; e < (*csr)->topology().edge_count(); ++e) {
      FoldedEdge edge = (*csr)->EdgeAt(e);
      flat[edge.key] = {edge.statements, edge.documents};
      EXPECT_EQ((*view)->EvidenceOf(edge)->size(), edge.statements);
    }
    EXPECT_EQ(lazy, flat);
  }
}

}  // namespace
}  // namespace whowhom::graph
