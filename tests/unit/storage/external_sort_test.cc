#include "whowhom/storage/external_sort.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <random>

#include "keys.h"
#include "store_fixture.h"
#include "values.h"
#include "whowhom/storage/scratch_folder.h"

namespace whowhom::storage {
namespace {

using Rows = std::map<std::string, std::string>;

// Keys as they come: many of a few hubs, many that differ late or in length only, many twice.
std::string AnyKey(std::mt19937_64* random) {
  const auto number = [&](uint64_t below) { return (*random)() % below; };
  const uint64_t hub = number(4) == 0 ? number(3) : number(100'000) * 0x9e3779b97f4a7c15U;
  switch (number(4)) {
    case 0:
      return TimelineKey({hub}, number(2) == 0, {{{18000}, {18000}}, {{hub}, {number(9)}, {number(5)}, {0}}});
    case 1:
      return TermKey("word" + std::to_string(number(50)), {number(20)});
    case 2:
      return LemmaKey(std::string(number(40), 'a'), {number(3)});
    default:
      return PublishedKey({static_cast<int32_t>(number(300))});
  }
}

Rows Sorted(const std::vector<std::string>& keys, uint64_t memory_bytes) {
  auto scratch = ScratchFolder::Make("");
  EXPECT_TRUE(scratch.ok());
  ExternalSorter sorter(scratch->path(), "rows", memory_bytes, 0);
  for (const std::string& key : keys) EXPECT_TRUE(sorter.Add(key, Encode(CountRow{1, 2})).ok());
  Rows rows;
  std::string last;
  const Status status = sorter.Merge([&](std::string_view key, std::string_view value) {
    EXPECT_LT(last, key);
    last = key;
    rows.emplace(key, value);
    return Status();
  });
  EXPECT_TRUE(status.ok());
  return rows;
}

TEST(ExternalSorter, GivesEachKeyOnceInOrderWithItsSum) {
  std::mt19937_64 random(7);
  std::vector<std::string> keys;
  std::map<std::string, CountRow> counts;
  for (int i = 0; i < 60'000; ++i) {
    keys.push_back(AnyKey(&random));
    counts[keys.back()].count += 1;
    counts[keys.back()].uses += 2;
  }
  Rows expected;
  for (const auto& [key, count] : counts) expected.emplace(key, Encode(count));
  EXPECT_EQ(Sorted(keys, uint64_t{64} << 20), expected);
  // Runs on disk, merged.
  EXPECT_EQ(Sorted(keys, uint64_t{1} << 18), expected);
}

TEST(ExternalSorter, RefusesToSumNamesThatShareHalfAHash) {
  auto scratch = ScratchFolder::Make("");
  ASSERT_TRUE(scratch.ok());
  ExternalSorter sorter(scratch->path(), "rows", uint64_t{1} << 20, 0);
  const NodeRow one{.hash_low = 1, .documents = 1, .variants = {}};
  const NodeRow other{.hash_low = 2, .documents = 1, .variants = {}};
  ASSERT_TRUE(sorter.Add(NodeKey({5}), Encode(one)).ok());
  ASSERT_TRUE(sorter.Add(NodeKey({5}), Encode(other)).ok());
  const Status status = sorter.Merge([](std::string_view, std::string_view) { return Status(); });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kCorruption);
}

// One sum of many rows is the sum of one after the other.
template <typename Row>
void ExpectSameSum(Family family, const std::vector<Row>& shares) {
  const auto tag = static_cast<uint8_t>(family);
  RowSum sum;
  ASSERT_TRUE(sum.Start(tag, Encode(shares.front())));
  std::string expected = Encode(shares.front());
  for (size_t i = 1; i < shares.size(); ++i) {
    EXPECT_EQ(sum.Add(Encode(shares[i])), SumOutcome::kOk);
    expected = SumRows(tag, expected, Encode(shares[i]), /*subtract=*/false)->value;
  }
  EXPECT_EQ(sum.Encode(), expected);
}

TEST(RowSum, IsTheSumOfOneRowAfterTheOther) {
  ExpectSameSum<CountRow>(Family::kTerm, {{1, 0}, {3, 4}, {0, 1}});
  ExpectSameSum<EdgeRow>(Family::kSpo, {{1, 1, DayRange{{5}, {6}}, {{EventClass::kConsult, 1}}},
                                        {2, 1, std::nullopt, {{EventClass::kConsult, 1}}},
                                        {1, 1, DayRange{{1}, {2}}, {{EventClass::kAssault, 1}}}});
  ExpectSameSum<AliasRow>(Family::kAlias, {{{{"Ann", 1, 0}}}, {{{"ANN", 0, 1}}}, {{{"Ann", 2, 2}}}});
  ExpectSameSum<RelationRow>(
      Family::kRelation, {{9, "meet with", 1, {{"meet", 1}}, {}}, {9, "meet with", 1, {{"greet", 1}}, {}}});
  ExpectSameSum<NodeRow>(Family::kNode, {{3, 1, 1, 1, {{"Ann", EntityType::kPerson, "", "", true, 1}}},
                                         {3, 2, 0, 1, {{"Ann", EntityType::kPerson, "FRA", "", true, 2}}}});
}

TEST(RowSum, RefusesWhatDoesNotDecode) {
  RowSum sum;
  EXPECT_FALSE(sum.Start(static_cast<uint8_t>(Family::kTerm), "x"));
  ASSERT_TRUE(sum.Start(static_cast<uint8_t>(Family::kTerm), Encode(CountRow{1, 1})));
  EXPECT_EQ(sum.Add("x"), std::nullopt);
}

}  // namespace
}  // namespace whowhom::storage
