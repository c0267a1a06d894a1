#include "near_duplicates.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "union_find.h"

namespace whowhom::graph {
namespace {

using Keyed = std::pair<uint64_t, uint32_t>;  // key of a band, rank of the signature

constexpr size_t kMaxComparisons = 256;

bool IsNear(const extract::SignatureValues& a, const extract::SignatureValues& b) {
  return extract::SignatureSimilarity(a, b) >= extract::kNearDuplicateSimilarity;
}

// Joins the members of one bucket. Those of one cluster are kept together, so that a story printed by
// thousands costs no comparisons once it is joined.
void JoinBucket(const std::vector<extract::SignatureValues>& signatures,
                const std::vector<uint32_t>& distinct, std::span<const Keyed> bucket, UnionFind* sets) {
  std::vector<std::vector<uint32_t>> groups;
  for (const Keyed& keyed : bucket) {
    const uint32_t i = distinct[keyed.second];
    size_t compared = 0;
    std::vector<uint32_t>* own = nullptr;
    for (std::vector<uint32_t>& group : groups) {
      bool joined = sets->Find(group.front()) == sets->Find(i);
      for (size_t j = 0; !joined && j < group.size() && compared < kMaxComparisons; ++j, ++compared) {
        if (!IsNear(signatures[group[j]], signatures[i])) continue;
        sets->Join(group[j], i);
        joined = true;
      }
      if (joined) own = &group;
      if (compared >= kMaxComparisons) break;
    }
    if (own == nullptr) own = &groups.emplace_back();
    own->push_back(i);
  }
}

}  // namespace

// Equal signatures are joined first and only one of each is looked at. They are visited in the order of their
// values: even where kMaxComparisons cuts a bucket short, the clusters do not depend on the order given.
std::vector<uint32_t> ClusterNearDuplicates(const std::vector<extract::SignatureValues>& signatures) {
  std::vector<uint32_t> order(signatures.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return signatures[a] != signatures[b] ? signatures[a] < signatures[b] : a < b;
  });
  UnionFind sets(signatures.size());
  std::vector<uint32_t> distinct;
  for (const uint32_t i : order) {
    if (!distinct.empty() && signatures[distinct.back()] == signatures[i]) {
      sets.Join(distinct.back(), i);
    } else {
      distinct.push_back(i);
    }
  }
  order = {};
  std::vector<Keyed> keys(distinct.size());
  for (size_t band = 0; band < extract::kSignatureBands; ++band) {
    for (uint32_t rank = 0; rank < distinct.size(); ++rank) {
      keys[rank] = {extract::SignatureBandKey(signatures[distinct[rank]], band), rank};
    }
    std::sort(keys.begin(), keys.end());
    for (size_t begin = 0; begin < keys.size();) {
      size_t end = begin + 1;
      while (end < keys.size() && keys[end].first == keys[begin].first) ++end;
      if (end - begin > 1) {
        JoinBucket(signatures, distinct, std::span(keys).subspan(begin, end - begin), &sets);
      }
      begin = end;
    }
  }
  std::vector<uint32_t> leaders(signatures.size());
  for (uint32_t i = 0; i < leaders.size(); ++i) leaders[i] = sets.Find(i);
  return leaders;
}

}  // namespace whowhom::graph
