#include "near_duplicates.h"

#include <algorithm>
#include <span>
#include <utility>

#include "union_find.h"

namespace whowhom::graph {
namespace {

using Keyed = std::pair<uint64_t, uint32_t>;  // key of a band, index of the signature

constexpr size_t kMaxComparisons = 256;

bool IsNear(const extract::SignatureValues& a, const extract::SignatureValues& b) {
  return extract::SignatureSimilarity(a, b) >= extract::kNearDuplicateSimilarity;
}

// Joins the members of one bucket. Those of one cluster are kept together, so that a story printed by
// thousands costs no comparisons once it is joined.
void JoinBucket(const std::vector<extract::SignatureValues>& signatures, std::span<const Keyed> bucket,
                UnionFind* sets) {
  std::vector<std::vector<uint32_t>> groups;
  for (const Keyed& keyed : bucket) {
    const uint32_t i = keyed.second;
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

std::vector<uint32_t> ClusterNearDuplicates(const std::vector<extract::SignatureValues>& signatures) {
  UnionFind sets(signatures.size());
  std::vector<Keyed> keys(signatures.size());
  for (size_t band = 0; band < extract::kSignatureBands; ++band) {
    for (uint32_t i = 0; i < signatures.size(); ++i) {
      keys[i] = {extract::SignatureBandKey(signatures[i], band), i};
    }
    std::sort(keys.begin(), keys.end());
    for (size_t begin = 0; begin < keys.size();) {
      size_t end = begin + 1;
      while (end < keys.size() && keys[end].first == keys[begin].first) ++end;
      if (end - begin > 1) JoinBucket(signatures, std::span(keys).subspan(begin, end - begin), &sets);
      begin = end;
    }
  }
  std::vector<uint32_t> leaders(signatures.size());
  for (uint32_t i = 0; i < leaders.size(); ++i) leaders[i] = sets.Find(i);
  return leaders;
}

}  // namespace whowhom::graph
