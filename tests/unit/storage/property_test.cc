// Random sequences of additions, retractions, replacements, bulk loads and reopenings: after each sequence
// the store must hold byte for byte what a fresh store of the articles that are left holds, and what it
// answers must be what a plain walk over their records finds.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "store_fixture.h"
#include "whowhom/core/edge.h"
#include "whowhom/core/utf8.h"

namespace whowhom::storage {
namespace {

using Model = std::map<DocId, SampleArticle>;

class PropertyTest : public StoreFixture {
 protected:
  static std::vector<SampleArticle> Values(const Model& model) {
    std::vector<SampleArticle> articles;
    for (const auto& [id, article] : model) articles.push_back(article);
    return articles;
  }

  void BulkAdd(const std::vector<SampleArticle>& articles) {
    store_.reset();
    {
      BulkOptions options;
      options.memory_bytes = 1 << 18;
      auto loader = BulkLoader::Create(PathOf("graph"), options);
      ASSERT_OK(loader);
      for (const SampleArticle& article : articles)
        ASSERT_OK((*loader)->Add(article.document, article.statements));
      ASSERT_OK((*loader)->Finish());
    }
    Reopen();
  }

  // One random step on the store and on the model.
  void Step(std::mt19937_64* random, Writer* writer, const std::vector<SampleArticle>& pool, Model* model) {
    const SampleArticle& article = pool[(*random)() % pool.size()];
    const DocId id = article.document.id;
    switch ((*random)() % 5) {
      case 0:
      case 1:
        ASSERT_OK(writer->Add(article.document, article.statements));
        (*model)[id] = article;
        break;
      case 2: {
        const Status status = writer->Retract(id);
        ASSERT_EQ(status.ok(), model->erase(id) == 1);
        break;
      }
      case 3: {
        // One version for each extractor: what an extractor makes of an article does not vary.
        SampleArticle other = article;
        const uint64_t version = (*random)() % 3 + 2;
        other.document.extractor = "sample " + std::to_string(version);
        if (!other.statements.empty() && version % 2 == 0) other.statements.pop_back();
        ASSERT_OK(writer->Add(other.document, other.statements));
        (*model)[id] = other;
        break;
      }
      default:
        ASSERT_OK(writer->Commit());
    }
  }
};

TEST_F(PropertyTest, AnySequenceLeavesTheStoreOfTheArticlesThatAreLeft) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    std::filesystem::remove_all(PathOf("graph"));
    Reopen();
    std::mt19937_64 random(seed);
    SampleMaker maker(seed * 100, {.actors = 5, .max_sentences = 4, .has_crowds = true});
    std::vector<SampleArticle> pool;
    for (int i = 0; i < 14; ++i) pool.push_back(maker.Make());
    Model model;
    for (int session = 0; session < 3; ++session) {
      {
        auto writer = store_->NewWriter();
        ASSERT_OK(writer);
        for (int i = 0; i < 25; ++i) Step(&random, writer->get(), pool, &model);
        ASSERT_OK((*writer)->Commit());
      }
      std::vector<SampleArticle> loaded;
      for (const SampleArticle& article : pool) {
        if (random() % 6 == 0 && !model.contains(article.document.id)) loaded.push_back(article);
      }
      BulkAdd(loaded);
      for (const SampleArticle& article : loaded) model[article.document.id] = article;
      const DumpMap expected = DumpOfFresh(Values(model));
      const DumpMap found = DumpOf(*store_);
      ASSERT_TRUE(expected == found) << "seed " << seed << ":" << Difference(expected, found);
    }
    const auto report = store_->Verify(false);
    ASSERT_OK(report);
    ASSERT_EQ(report->issue_count, 0U);
  }
}

// What the records say about edges, counted plainly.
struct EdgeFacts {
  uint32_t statements = 0;
  std::set<DocId> documents;
  std::optional<DayRange> days;
};

class AnswersTest : public StoreFixture {
 protected:
  AnswersTest() {
    SampleMaker maker(500, {.actors = 6});
    for (int i = 0; i < 40; ++i) articles_.push_back(maker.Make());
    for (const SampleArticle& article : articles_) {
      for (const Statement& statement : article.statements) {
        for (const StatementEdge& edge : EdgesOf(statement)) {
          const EdgeKey key{edge.subject.id(), ToRelationId(ComputeRelationHash(edge.relation)),
                            edge.object.id(), edge.qualifier};
          EdgeFacts& facts = edges_[key];
          ++facts.statements;
          facts.documents.insert(article.document.id);
          if (!edge.days) continue;
          dated_.insert({key, *edge.days});
          if (!facts.days) facts.days = edge.days;
          facts.days->from = std::min(facts.days->from, edge.days->from);
          facts.days->to = std::max(facts.days->to, edge.days->to);
        }
      }
    }
    Reopen();
    AddAll(store_.get(), articles_);
    snapshot_ = store_->TakeSnapshot();
  }
  ~AnswersTest() override { snapshot_.reset(); }

  std::vector<SampleArticle> articles_;
  std::map<EdgeKey, EdgeFacts> edges_;
  std::set<std::pair<EdgeKey, DayRange>> dated_;
  std::shared_ptr<const Snapshot> snapshot_;
};

TEST_F(AnswersTest, EveryPatternFindsExactlyItsEdges) {
  const EdgeKey some = std::next(edges_.begin(), static_cast<ptrdiff_t>(edges_.size() / 2))->first;
  for (int bound = 0; bound < 8; ++bound) {
    EdgePattern pattern;
    if ((bound & 1) != 0) pattern.subject = some.subject;
    if ((bound & 2) != 0) pattern.relation = some.relation;
    if ((bound & 4) != 0) pattern.object = some.object;
    std::set<EdgeKey> expected;
    for (const auto& [key, facts] : edges_) {
      const bool fits = (!pattern.subject || key.subject == *pattern.subject) &&
                        (!pattern.relation || key.relation == *pattern.relation) &&
                        (!pattern.object || key.object == *pattern.object);
      if (fits) expected.insert(key);
    }
    std::set<EdgeKey> found;
    EXPECT_OK(snapshot_->ScanEdges(pattern, [&](const EdgeSummary& summary) {
      EXPECT_TRUE(found.insert(summary.key).second);
      const EdgeFacts& facts = edges_.at(summary.key);
      EXPECT_EQ(summary.statements, facts.statements);
      EXPECT_EQ(summary.documents, facts.documents.size());
      EXPECT_EQ(summary.days, facts.days);
      return true;
    }));
    EXPECT_EQ(found, expected) << bound;
  }
}

TEST_F(AnswersTest, EvidenceOfAnEdgeLeadsToStatementsThatGiveIt) {
  for (const auto& [key, facts] : edges_) {
    uint32_t count = 0;
    EXPECT_OK(snapshot_->ScanEvidence(key, [&](const EvidenceRef& ref) {
      ++count;
      const auto statement = snapshot_->LoadStatement(ref);
      EXPECT_OK(statement);
      const std::vector<StatementEdge> edges = EdgesOf(*statement);
      EXPECT_TRUE(std::any_of(edges.begin(), edges.end(), [&, k = key](const StatementEdge& edge) {
        return edge.subject.id() == k.subject && edge.object.id() == k.object &&
               edge.qualifier == k.qualifier;
      }));
      return true;
    }));
    EXPECT_EQ(count, facts.statements);
  }
}

TEST_F(AnswersTest, StatementsAreFoundByIdAndPrefix) {
  const Statement& wanted = articles_[3].statements.front();
  const auto found = snapshot_->FindStatement(wanted.id);
  ASSERT_OK(found);
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->id, wanted.id);
  const auto missing = snapshot_->FindStatement({{1, 1}});
  ASSERT_OK(missing);
  EXPECT_FALSE(missing->has_value());
  for (size_t digits : {6U, 16U, 20U, 32U}) {
    const auto ids = snapshot_->StatementsByPrefix(ToHex(wanted.id.hash).substr(0, digits), 10);
    ASSERT_OK(ids);
    ASSERT_EQ(ids->size(), 1U) << digits;
    EXPECT_EQ(ids->front(), wanted.id);
  }
  EXPECT_EQ(snapshot_->StatementsByPrefix("", 7)->size(), 7U);
  EXPECT_TRUE(snapshot_->StatementsByPrefix("xyz", 7)->empty());
  const auto docs = snapshot_->DocumentsByPrefix(ToHex(articles_[5].document.id.hash).substr(0, 18), 10);
  ASSERT_OK(docs);
  EXPECT_EQ(*docs, std::vector<DocId>{articles_[5].document.id});
}

TEST_F(AnswersTest, TheTopOfARelationIsByFallingCount) {
  std::map<RelationId, std::vector<uint32_t>> counts;
  for (const auto& [key, facts] : edges_) counts[key.relation].push_back(facts.statements);
  for (auto& [relation, expected] : counts) {
    std::sort(expected.rbegin(), expected.rend());
    for (size_t limit : {size_t{1}, size_t{5}, expected.size(), expected.size() + 5}) {
      const auto top = snapshot_->TopOfRelation(relation, limit);
      ASSERT_OK(top);
      std::vector<uint32_t> found;
      std::set<EdgeKey> keys;
      for (const EdgeSummary& summary : *top) {
        found.push_back(summary.statements);
        EXPECT_TRUE(keys.insert(summary.key).second);
        EXPECT_EQ(summary.statements, edges_.at(summary.key).statements);
      }
      std::vector<uint32_t> best(expected.begin(),
                                 expected.begin() + static_cast<ptrdiff_t>(std::min(limit, expected.size())));
      EXPECT_EQ(found, best);
    }
  }
}

TEST_F(AnswersTest, PeriodsAndTimelinesFindWhatOverlapsByDay) {
  const NodeId node = ActorNode(SampleActor(2)).id();
  for (int32_t from = 17990; from < 18080; from += 7) {
    for (int32_t length : {0, 3, 40, 1000}) {
      const DayRange days{{from}, {from + length}};
      std::multiset<std::pair<Day, EdgeKey>> expected, expected_node, found, found_node;
      for (const auto& [key, range] : dated_) {
        if (range.to < days.from || days.to < range.from) continue;
        expected.insert({range.from, key});
        if (key.subject == node) expected_node.insert({range.from, key});
        if (key.object == node) expected_node.insert({range.from, key});
      }
      Day last{INT32_MIN};
      EXPECT_OK(snapshot_->ScanTime(days, [&](Day day, const EdgeKey& key) {
        EXPECT_LE(last, day);
        last = day;
        found.insert({day, key});
        return true;
      }));
      EXPECT_OK(snapshot_->ScanTimeline(node, days, [&](Day day, const EdgeKey& key) {
        found_node.insert({day, key});
        return true;
      }));
      EXPECT_EQ(found, expected);
      EXPECT_EQ(found_node, expected_node);
    }
  }
}

TEST_F(AnswersTest, NodesAreFoundByAliasWordAndId) {
  const NodeRef actor = ActorNode(SampleActor(4));
  const auto hits = snapshot_->FindAlias("ACTOR 4");
  ASSERT_OK(hits);
  ASSERT_EQ(hits->size(), 1U);
  EXPECT_EQ(hits->front().node, actor.id());
  EXPECT_EQ(hits->front().alias, "Actor 4");
  const auto node = snapshot_->FindNode(actor.id());
  ASSERT_OK(node);
  ASSERT_TRUE(node->has_value());
  EXPECT_EQ((*node)->ref.label, "Actor 4");
  EXPECT_EQ((*node)->ref.country, "FRA");
  EXPECT_TRUE((*node)->ref.is_actor);
  uint64_t mentions = 0;
  for (const SampleArticle& article : articles_) {
    for (const Mention& mention : article.document.mentions)
      mentions += mention.actor.name == "Actor 4" ? 1 : 0;
  }
  EXPECT_EQ((*node)->mentions, mentions);
  EXPECT_EQ(hits->front().count, mentions);
  const auto words = snapshot_->SearchTerm("act", 3);
  ASSERT_OK(words);
  EXPECT_EQ(words->size(), 3U);
  EXPECT_GE(words->front().count, words->back().count);
  const auto aliases = snapshot_->AliasesOf(actor.id());
  ASSERT_OK(aliases);
  ASSERT_EQ(aliases->size(), 1U);
  EXPECT_TRUE(snapshot_->FindAlias("")->empty());
  EXPECT_TRUE(snapshot_->FindAlias("nobody at all")->empty());
}

TEST_F(AnswersTest, RelationsAreFoundByLemmaAndClass) {
  const auto by_lemma = snapshot_->RelationsOfLemma("accuse");
  ASSERT_OK(by_lemma);
  std::set<std::string> labels;
  for (const RelationInfo& info : *by_lemma) labels.insert(info.label);
  EXPECT_EQ(labels, (std::set<std::string>{"accuse", "accuse with"}));
  const auto by_class = snapshot_->RelationsOfClass(EventClass::kAccuse);
  ASSERT_OK(by_class);
  EXPECT_EQ(by_class->size(), by_lemma->size());
  EXPECT_TRUE(snapshot_->RelationsOfClass(EventClass::kAid)->empty());
}

TEST_F(AnswersTest, TotalsAreThoseOfTheRows) {
  const auto stats = snapshot_->Stats();
  ASSERT_OK(stats);
  uint64_t nodes = 0;
  uint64_t relations = 0;
  EXPECT_OK(snapshot_->ScanNodes([&](const NodeInfo&) { return ++nodes > 0; }));
  EXPECT_OK(snapshot_->ScanRelations([&](const RelationInfo&) { return ++relations > 0; }));
  EXPECT_EQ(stats->nodes, nodes);
  EXPECT_EQ(stats->relations, relations);
  EXPECT_EQ(stats->edges, edges_.size());
  EXPECT_EQ(stats->documents, articles_.size());
  EXPECT_EQ(stats->extractors,
            (std::vector<std::pair<std::string, uint64_t>>{{"sample 1", articles_.size()}}));
  EXPECT_GT(stats->disk_bytes, 0U);
  ASSERT_TRUE(stats->published);
}

TEST_F(AnswersTest, JudgementsAreKeptInOrderAndUndone) {
  {
    auto writer = store_->NewWriter();
    ASSERT_OK(writer);
    EXPECT_EQ(*(*writer)->Append({0, JudgementKind::kSame, {"a", "b"}, "one person", "2020-01-01", 0}), 1U);
    EXPECT_EQ(*(*writer)->Append({0, JudgementKind::kUndo, {"1"}, "", "", 0}), 2U);
    ASSERT_OK((*writer)->Commit());
  }
  snapshot_.reset();
  Reopen();
  auto writer = store_->NewWriter();
  EXPECT_EQ(*(*writer)->Append({0, JudgementKind::kUndo, {"2"}, "", "", 0}), 3U);
  ASSERT_OK((*writer)->Commit());
  const auto judgements = store_->TakeSnapshot()->Judgements();
  ASSERT_OK(judgements);
  ASSERT_EQ(judgements->size(), 3U);
  EXPECT_EQ((*judgements)[0].undone_by, 0U) << "the undo was itself undone";
  EXPECT_EQ((*judgements)[1].undone_by, 3U);
  EXPECT_EQ((*judgements)[0].why, "one person");
}

}  // namespace
}  // namespace whowhom::storage
