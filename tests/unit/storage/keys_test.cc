#include "keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace whowhom::storage {
namespace {

constexpr uint64_t kEdges[] = {0, 1, 0xff, 0x100, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff};

uint64_t AnyId(std::mt19937_64* random) {
  return (*random)() % 3 == 0 ? kEdges[(*random)() % std::size(kEdges)] : (*random)() >> ((*random)() % 64);
}
int32_t AnyDay(std::mt19937_64* random) {
  static constexpr int32_t kDays[] = {INT32_MIN, -1, 0, 1, 18000, INT32_MAX};
  return (*random)() % 3 == 0 ? kDays[(*random)() % std::size(kDays)]
                              : static_cast<int32_t>((*random)() % 40000) - 20000;
}
EdgeKey AnyEdge(std::mt19937_64* random) {
  return {{AnyId(random)}, {AnyId(random)}, {AnyId(random)}, {static_cast<uint8_t>((*random)() & 0x1f)}};
}

// `key(a) < key(b)` exactly when `tuple(a) < tuple(b)`.
template <typename Make, typename Key, typename Tuple>
void ExpectSameOrder(const Make& make, const Key& key, const Tuple& tuple) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 3000; ++i) {
    const auto a = make(&random);
    const auto b = make(&random);
    ASSERT_EQ(key(a) < key(b), tuple(a) < tuple(b));
    ASSERT_EQ(key(a) == key(b), tuple(a) == tuple(b));
  }
}

TEST(SpoKey, SortsBySubjectRelationObjectQualifier) {
  ExpectSameOrder(AnyEdge, SpoKey,
                  [](const EdgeKey& e) { return std::tuple(e.subject, e.relation, e.object, e.qualifier); });
}
TEST(PosKey, SortsByRelationObjectSubjectQualifier) {
  ExpectSameOrder(AnyEdge, PosKey,
                  [](const EdgeKey& e) { return std::tuple(e.relation, e.object, e.subject, e.qualifier); });
}
TEST(OspKey, SortsByObjectSubjectRelationQualifier) {
  ExpectSameOrder(AnyEdge, OspKey,
                  [](const EdgeKey& e) { return std::tuple(e.object, e.subject, e.relation, e.qualifier); });
}

TEST(EdgeKeys, ReadBackInAllThreeOrders) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 1000; ++i) {
    const EdgeKey edge = AnyEdge(&random);
    EXPECT_EQ(ReadEdgeKey(SpoKey(edge)), edge);
    EXPECT_EQ(ReadEdgeKey(PosKey(edge)), edge);
    EXPECT_EQ(ReadEdgeKey(OspKey(edge)), edge);
    std::string key;
    EXPECT_EQ(PosOfSpo(SpoKey(edge), &key), PosKey(edge));
    EXPECT_EQ(OspOfSpo(SpoKey(edge), &key), OspKey(edge));
  }
}

TEST(TopKey, SortsByFallingCountWithinARelation) {
  using Top = std::pair<EdgeKey, uint32_t>;
  ExpectSameOrder(
      [](std::mt19937_64* random) {
        return Top{AnyEdge(random), static_cast<uint32_t>(AnyId(random))};
      },
      [](const Top& top) { return TopKey(top.first, top.second); },
      [](const Top& top) {
        return std::tuple(top.first.relation, UINT32_MAX - top.second, top.first.object, top.first.subject,
                          top.first.qualifier);
      });
}

TEST(TopKey, ReadsBack) {
  std::mt19937_64 random(3);
  const EdgeKey edge = AnyEdge(&random);
  const auto row = ReadTopKey(TopKey(edge, 17));
  ASSERT_TRUE(row);
  EXPECT_EQ(row->edge, edge);
  EXPECT_EQ(row->statements, 17U);
}

TEST(EvidenceKey, SortsByEdgeDocumentSequenceAndReadsBack) {
  const auto make = [](std::mt19937_64* random) {
    return EvidenceRef{
        AnyEdge(random), {{AnyId(random), AnyId(random)}}, static_cast<uint32_t>(AnyId(random))};
  };
  ExpectSameOrder(make, EvidenceKey,
                  [](const EvidenceRef& r) { return std::tuple(r.edge, r.doc, r.sequence); });
  std::mt19937_64 random(4);
  const EvidenceRef ref = make(&random);
  const auto read = ReadEvidenceKey(EvidenceKey(ref));
  ASSERT_TRUE(read);
  EXPECT_EQ(std::tuple(read->edge, read->doc, read->sequence), std::tuple(ref.edge, ref.doc, ref.sequence));
}

TimeRow AnyTime(std::mt19937_64* random) {
  TimeRow row;
  const int32_t a = AnyDay(random);
  const int32_t b = AnyDay(random);
  row.days = {{std::min(a, b)}, {std::max(a, b)}};
  row.edge = AnyEdge(random);
  return row;
}

TEST(TimeKey, SortsByLevelThenDaysThenEdge) {
  ExpectSameOrder(AnyTime, TimeKey, [](const TimeRow& r) {
    return std::tuple(r.level(), r.days.from, r.days.to, r.edge.relation, r.edge.subject, r.edge.object,
                      r.edge.qualifier);
  });
}

TEST(TimeKey, ReadsBack) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 500; ++i) {
    const TimeRow row = AnyTime(&random);
    const auto read = ReadTimeKey(TimeKey(row));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->days, row.days);
    EXPECT_EQ(read->edge, row.edge);
  }
}

TEST(TimelineKey, ReadsBackFromBothEnds) {
  std::mt19937_64 random(6);
  for (int i = 0; i < 500; ++i) {
    const TimeRow row = AnyTime(&random);
    for (bool as_subject : {true, false}) {
      const NodeId node = as_subject ? row.edge.subject : row.edge.object;
      const std::string key = TimelineKey(node, as_subject, row);
      EXPECT_TRUE(key.starts_with(TimelinePrefix(node, row.level(), row.days.from)));
      const auto read = ReadTimelineKey(key);
      ASSERT_TRUE(read);
      EXPECT_EQ(read->days, row.days);
      EXPECT_EQ(read->edge, row.edge);
    }
  }
}

TEST(TimeLevel, CoversEveryLength) {
  EXPECT_EQ(TimeLevel({{5}, {5}}), 0);
  EXPECT_EQ(TimeLevel({{5}, {11}}), 1);
  EXPECT_EQ(TimeLevel({{5}, {12}}), 2);
  EXPECT_EQ(TimeLevel({{INT32_MIN}, {INT32_MAX}}), kTimeLevels - 1);
}

TEST(NameKeys, ReadBackAndGroupByName) {
  const std::string name = "banque de france";
  for (const std::string& key : {AliasKey(name, {0}), AliasKey(name, {0xffffffff00000000})}) {
    EXPECT_TRUE(key.starts_with(AliasPrefix(name)));
    const auto read = ReadAliasKey(key);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->name, name);
  }
  EXPECT_FALSE(AliasKey("banque de france 2", {1}).starts_with(AliasPrefix(name)));
  const std::string alias_of_key = AliasOfKey({9}, name);
  const auto of = ReadAliasOfKey(alias_of_key);
  ASSERT_TRUE(of);
  EXPECT_EQ(of->name, name);
  EXPECT_EQ(of->node, NodeId{9});
  const std::string term_key = TermKey("banque", {7});
  const auto term = ReadTermKey(term_key);
  ASSERT_TRUE(term);
  EXPECT_EQ(term->name, "banque");
}

TEST(StatementKey, ReadsBack) {
  const auto row = ReadStatementKey(StatementKey({{5, 6}}, {{7, 8}}, 9));
  ASSERT_TRUE(row);
  EXPECT_EQ(std::tuple(row->id_prefix, row->doc_prefix, row->sequence), std::tuple(5U, 7U, 9U));
}

TEST(KeyName, KeepsNamesWithinBoundsAndWithoutZeroBytes) {
  EXPECT_EQ(KeyName(std::string("a\0b", 3)), "a");
  EXPECT_EQ(KeyName(std::string(300, 'x')).size(), 256U);
  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "ü";
  umlauts = "a" + umlauts;
  EXPECT_EQ(KeyName(umlauts).size(), 255U);
}

TEST(PrefixEnd, IsTheFirstKeyBehindThePrefix) {
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd("a\xff"), "b");
  EXPECT_EQ(PrefixEnd("\xff\xff"), "");
  EXPECT_EQ(PrefixEnd(""), "");
}

TEST(Readers, RefuseTruncatedLongerAndForeignKeys) {
  std::mt19937_64 random(8);
  const EdgeKey edge = AnyEdge(&random);
  const TimeRow time = AnyTime(&random);
  const std::vector<std::string> keys = {SpoKey(edge),
                                         TopKey(edge, 3),
                                         EvidenceKey({edge, {{1, 2}}, 3}),
                                         TimeKey(time),
                                         TimelineKey({4}, true, time),
                                         StatementKey({{1, 2}}, {{3, 4}}, 5),
                                         NodeKey({1}),
                                         RelationKey({2}),
                                         JudgementKey(3),
                                         DocKey(Family::kDoc, {{1, 2}}),
                                         PublishedKey({4})};
  const auto reads = [](std::string_view key) {
    return int{ReadEdgeKey(key).has_value()} + int{ReadTopKey(key).has_value()} +
           int{ReadEvidenceKey(key).has_value()} + int{ReadTimeKey(key).has_value()} +
           int{ReadTimelineKey(key).has_value()} + int{ReadStatementKey(key).has_value()} +
           int{ReadNodeKey(key).has_value()} + int{ReadRelationKey(key).has_value()} +
           int{ReadJudgementKey(key).has_value()} + int{ReadDocKey(key).has_value()} +
           int{ReadPublishedKey(key).has_value()};
  };
  for (const std::string& key : keys) {
    EXPECT_EQ(reads(key), 1);
    for (size_t size = 0; size < key.size(); ++size)
      EXPECT_EQ(reads(std::string_view(key).substr(0, size)), 0);
    EXPECT_EQ(reads(key + "x"), 0);
    EXPECT_EQ(reads("\x7f" + key.substr(1)), 0);
  }
}

}  // namespace
}  // namespace whowhom::storage
