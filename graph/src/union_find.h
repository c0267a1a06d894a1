// Disjoint sets of indexes; the root of a set is always its smallest index, so the result does not depend on
// the order.
#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace whowhom::graph {

class UnionFind {
 public:
  explicit UnionFind(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }
  uint32_t Find(uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  // False if they were one already.
  bool Join(uint32_t a, uint32_t b) {
    a = Find(a), b = Find(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    return true;
  }

 private:
  std::vector<uint32_t> parent_;
};

}  // namespace whowhom::graph
