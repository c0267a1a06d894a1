#include "near_duplicates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace whowhom::graph {
namespace {

using extract::SignatureValues;

SignatureValues Fresh(std::mt19937* random) {
  SignatureValues values;
  for (uint16_t& value : values) value = static_cast<uint16_t>((*random)());
  return values;
}

// `from` with `count` of its values replaced, from `begin` on.
SignatureValues Edited(SignatureValues from, size_t begin, size_t count, std::mt19937* random) {
  for (size_t i = begin; i < begin + count; ++i) from[i] = static_cast<uint16_t>((*random)());
  return from;
}

TEST(NearDuplicates, JoinsCopiesAndNothingElse) {
  std::mt19937 random(1);
  const SignatureValues story = Fresh(&random);
  const auto leaders = ClusterNearDuplicates(
      {Fresh(&random), story, Fresh(&random), Edited(story, 0, 40, &random), Edited(story, 10, 90, &random)});
  EXPECT_EQ(leaders, (std::vector<uint32_t>{0, 1, 2, 1, 4}));
}

TEST(NearDuplicates, AreConnectedComponents) {
  // b is near to a and c, which share too little themselves.
  std::mt19937 random(2);
  const SignatureValues b = Fresh(&random);
  const SignatureValues a = Edited(b, 0, 60, &random), c = Edited(b, 64, 60, &random);
  ASSERT_LT(extract::SignatureSimilarity(a, c), extract::kNearDuplicateSimilarity);
  EXPECT_EQ(ClusterNearDuplicates({a, c, b}), (std::vector<uint32_t>{0, 0, 0}));
}

TEST(NearDuplicates, AreTheSameInAnyOrder) {
  std::mt19937 random(3);
  std::vector<SignatureValues> list;
  for (size_t story = 0; story < 60; ++story) {
    list.push_back(Fresh(&random));
    for (size_t copy = 0; copy < story % 5; ++copy)
      list.push_back(Edited(list.back(), copy * 20, 45, &random));
  }
  const auto leaders = ClusterNearDuplicates(list);
  std::vector<uint32_t> order(list.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), random);
  std::vector<SignatureValues> shuffled;
  for (const uint32_t i : order) shuffled.push_back(list[i]);
  const auto again = ClusterNearDuplicates(shuffled);
  for (size_t i = 0; i < order.size(); ++i) {
    for (size_t j = 0; j < i; ++j)
      EXPECT_EQ(again[i] == again[j], leaders[order[i]] == leaders[order[j]]) << i << " " << j;
  }
}

// The definition, pair by pair: connected components of the pairs that share a band and are similar enough.
std::vector<uint32_t> ComponentsOf(const std::vector<SignatureValues>& list) {
  std::vector<uint32_t> leaders(list.size());
  for (uint32_t i = 0; i < leaders.size(); ++i) leaders[i] = i;
  for (uint32_t i = 0; i < list.size(); ++i) {
    for (uint32_t j = 0; j < i; ++j) {
      if (leaders[i] == leaders[j]) continue;
      bool shares_band = false;
      for (size_t band = 0; band < extract::kSignatureBands && !shares_band; ++band)
        shares_band = extract::SignatureBandKey(list[i], band) == extract::SignatureBandKey(list[j], band);
      if (!shares_band || extract::SignatureSimilarity(list[i], list[j]) < extract::kNearDuplicateSimilarity)
        continue;
      const uint32_t from = std::max(leaders[i], leaders[j]), to = std::min(leaders[i], leaders[j]);
      std::replace(leaders.begin(), leaders.end(), from, to);
    }
  }
  return leaders;
}

// `list` in three other orders: each time the clusters are those of `leaders`.
void ExpectSameInAnyOrder(const std::vector<SignatureValues>& list, const std::vector<uint32_t>& leaders,
                          std::mt19937* random) {
  std::vector<uint32_t> order(list.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  for (int round = 0; round < 3; ++round) {
    std::shuffle(order.begin(), order.end(), *random);
    std::vector<SignatureValues> shuffled;
    for (const uint32_t i : order) shuffled.push_back(list[i]);
    const auto again = ClusterNearDuplicates(shuffled);
    std::vector<uint32_t> smallest(list.size(), UINT32_MAX);  // of a shuffled cluster, by its leader
    for (size_t i = 0; i < order.size(); ++i) smallest[again[i]] = std::min(smallest[again[i]], order[i]);
    size_t differing = 0;
    for (size_t i = 0; i < order.size(); ++i) differing += smallest[again[i]] != leaders[order[i]] ? 1 : 0;
    EXPECT_EQ(differing, 0U);
  }
}

TEST(NearDuplicates, AreExactWhereOneBandIsSharedByManyStories) {
  // All share the first band and little else; some are copies of each other that no other band finds.
  std::mt19937 random(5);
  const SignatureValues frame = Fresh(&random);
  std::vector<SignatureValues> list;
  for (size_t story = 0; story < 700; ++story) {
    list.push_back(Edited(frame, 3, frame.size() - 3, &random));
    SignatureValues copy = list.back();
    for (size_t i = 5; i < copy.size(); i += 3) ++copy[i];
    list.push_back(copy);
  }
  const auto leaders = ClusterNearDuplicates(list);
  EXPECT_EQ(leaders, ComponentsOf(list));
  for (uint32_t i = 0; i < list.size(); ++i) ASSERT_EQ(leaders[i], i / 2 * 2);
  ExpectSameInAnyOrder(list, leaders, &random);
}

TEST(NearDuplicates, AreExactForMoreThanAThousandDifferentCopiesOfOneStory) {
  // Copies of copies: the far ends share too little themselves, the chain joins them. A few strangers
  // between.
  std::mt19937 random(6);
  std::vector<SignatureValues> copies{Fresh(&random)}, list{copies[0]};
  for (size_t copy = 1; copy < 1200; ++copy) {
    copies.push_back(Edited(copies[copy / 2], random() % 80, 30, &random));
    list.push_back(copies.back());
    if (copy % 20 == 0) list.push_back(Fresh(&random));
  }
  const auto leaders = ClusterNearDuplicates(list);
  EXPECT_EQ(leaders, ComponentsOf(list));
  EXPECT_GT(std::count(leaders.begin(), leaders.end(), 0U), 1000);
  ExpectSameInAnyOrder(list, leaders, &random);
}

TEST(NearDuplicates, AStoryPrintedByThousandsIsOneClusterAtOnce) {
  std::mt19937 random(4);
  const std::vector<SignatureValues> list(20000, Fresh(&random));
  const auto leaders = ClusterNearDuplicates(list);
  EXPECT_TRUE(std::all_of(leaders.begin(), leaders.end(), [](uint32_t leader) { return leader == 0; }));
}

}  // namespace
}  // namespace whowhom::graph
