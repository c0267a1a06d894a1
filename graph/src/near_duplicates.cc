#include "near_duplicates.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <span>
#include <utility>

#include "union_find.h"

namespace whowhom::graph {
namespace {

using Keyed = std::pair<uint64_t, uint32_t>;  // key of a band, rank of the signature

// Comparisons in one bucket, about two seconds. Reached only where more than ten thousand articles that are
// no copies of each other share a band: then a pair may be missed here (41 other bands look, too).
constexpr uint64_t kMaxComparisons = uint64_t{1} << 26;

constexpr int kSize = static_cast<int>(extract::kSignaturePermutations);

int Distance(const extract::SignatureValues& a, const extract::SignatureValues& b) {
  int differing = 0;
  for (size_t i = 0; i < a.size(); ++i) differing += a[i] != b[i] ? 1 : 0;
  return differing;
}

bool IsNear(int distance) {
  return static_cast<double>(kSize - distance) / kSize >= extract::kNearDuplicateSimilarity;
}

// Members of a bucket that are known to be of one cluster, each with its distance to the first. The number
// of differing values is a metric: what is far from the first in a different measure cannot be near.
struct Group {
  std::vector<std::pair<uint32_t, int>> members;
};

// Joins the members of one bucket: all pairs over the threshold, without comparing those of one cluster, so
// that a story printed by thousands costs little.
void JoinBucket(const std::vector<extract::SignatureValues>& signatures,
                const std::vector<uint32_t>& distinct, std::span<const Keyed> bucket, UnionFind* sets) {
  std::vector<Group> groups;
  uint64_t compared = 0;
  for (const Keyed& keyed : bucket) {
    const uint32_t i = distinct[keyed.second];
    Group* own = nullptr;
    int from_first_of_own = 0;
    for (Group& group : groups) {
      if (++compared > kMaxComparisons) return;
      const uint32_t first = group.members.front().first;
      const int from_first = Distance(signatures[first], signatures[i]);
      bool joined = sets->Find(first) == sets->Find(i);
      for (size_t j = 0; !joined && j < group.members.size(); ++j) {
        const auto [member, distance] = group.members[j];
        if (!IsNear(std::abs(from_first - distance))) continue;
        if (j > 0) ++compared;
        if (!IsNear(j == 0 ? from_first : Distance(signatures[member], signatures[i]))) continue;
        sets->Join(member, i);
        joined = true;
      }
      if (joined) own = &group, from_first_of_own = from_first;
    }
    if (own == nullptr) own = &groups.emplace_back();
    own->members.emplace_back(i, own->members.empty() ? 0 : from_first_of_own);
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
