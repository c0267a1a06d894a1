#include "neural/tree_decoder.h"

#include <cmath>
#include <limits>

namespace whowhom::extract::neural {
namespace {

// Larger than any sum of arc scores that a sentence can have (scores are clamped to kBound).
constexpr double kBound = 1e4;
constexpr double kRootPenalty = 1e9;
constexpr double kNone = -std::numeric_limits<double>::infinity();

// Dense Chu-Liu-Edmonds over nodes 0 (root) .. n. Contracts cycles iteratively; node labels stay those of the
// first member of a contracted cycle.
class MaximumArborescence {
 public:
  MaximumArborescence(std::vector<double> weights, uint32_t nodes)
      : weight_(std::move(weights)), nodes_(nodes) {}

  // Head of each node; entry 0 is unused.
  std::vector<uint32_t> Solve() {
    std::vector<uint32_t> active(nodes_);
    for (uint32_t i = 0; i < nodes_; ++i) active[i] = i;
    return SolveOver(active);
  }

 private:
  double& Weight(uint32_t head, uint32_t dependent) {
    return weight_[static_cast<size_t>(head) * nodes_ + dependent];
  }

  uint32_t BestHead(const std::vector<uint32_t>& active, uint32_t dependent) {
    uint32_t best = active[0] == dependent ? active[1] : active[0];
    for (uint32_t head : active) {
      if (head != dependent && Weight(head, dependent) > Weight(best, dependent)) best = head;
    }
    return best;
  }

  // Members of a cycle in `heads` over `active`, or empty.
  std::vector<uint32_t> FindCycle(const std::vector<uint32_t>& active,
                                  const std::vector<uint32_t>& heads) const {
    std::vector<uint32_t> mark(nodes_, 0);
    uint32_t round = 0;
    for (uint32_t start : active) {
      ++round;
      uint32_t at = start;
      while (at != 0 && mark[at] == 0) {
        mark[at] = round;
        at = heads[at];
      }
      if (at == 0 || mark[at] != round) continue;
      std::vector<uint32_t> cycle{at};
      for (uint32_t next = heads[at]; next != at; next = heads[next]) cycle.push_back(next);
      return cycle;
    }
    return {};
  }

  // How a contraction is undone: which cycle member an arc out of, or into, the contracted node really
  // touches.
  struct Contraction {
    std::vector<uint32_t> cycle;
    std::vector<uint32_t> heads;  // inside the cycle, by member index
    uint32_t name = 0;
    std::vector<uint32_t> leaves_from;  // by outside dependent
    std::vector<uint32_t> enters_at;    // by outside head
    std::vector<uint32_t> rest;         // active nodes after the contraction, `name` included
  };

  Contraction Contract(const std::vector<uint32_t>& active, const std::vector<uint32_t>& heads,
                       std::vector<uint32_t> cycle) {
    Contraction c;
    c.cycle = std::move(cycle);
    c.name = c.cycle[0];
    c.leaves_from.assign(nodes_, 0);
    c.enters_at.assign(nodes_, 0);
    std::vector<bool> in_cycle(nodes_, false);
    for (uint32_t node : c.cycle) {
      in_cycle[node] = true;
      c.heads.push_back(heads[node]);
    }
    for (uint32_t node : active) {
      if (!in_cycle[node] || node == c.name) c.rest.push_back(node);
    }
    std::vector<double> kept;
    for (uint32_t node : c.cycle) kept.push_back(Weight(heads[node], node));
    for (uint32_t outside : c.rest) {
      if (outside == c.name) continue;
      double best_out = kNone;
      double best_in = kNone;
      c.leaves_from[outside] = c.cycle[0];
      c.enters_at[outside] = c.cycle[0];
      for (size_t i = 0; i < c.cycle.size(); ++i) {
        double out = Weight(c.cycle[i], outside);
        double in = Weight(outside, c.cycle[i]) - kept[i];
        if (out > best_out) {
          best_out = out;
          c.leaves_from[outside] = c.cycle[i];
        }
        if (in > best_in) {
          best_in = in;
          c.enters_at[outside] = c.cycle[i];
        }
      }
      Weight(c.name, outside) = best_out;
      Weight(outside, c.name) = best_in;
    }
    return c;
  }

  std::vector<uint32_t> SolveOver(std::vector<uint32_t> active) {
    std::vector<Contraction> undo;
    std::vector<uint32_t> heads(nodes_, 0);
    for (uint32_t node : active) {
      if (node != 0) heads[node] = BestHead(active, node);
    }
    for (std::vector<uint32_t> cycle = FindCycle(active, heads); !cycle.empty();
         cycle = FindCycle(active, heads)) {
      undo.push_back(Contract(active, heads, std::move(cycle)));
      const Contraction& c = undo.back();
      active = c.rest;
      // Only the contracted node needs a new head; whoever hung on a member hangs on it now, by the same
      // weight.
      std::vector<bool> in_cycle(nodes_, false);
      for (uint32_t node : c.cycle) in_cycle[node] = true;
      for (uint32_t node : active) {
        if (node != 0 && node != c.name && in_cycle[heads[node]]) heads[node] = c.name;
      }
      heads[c.name] = BestHead(active, c.name);
    }
    while (!undo.empty()) {
      const Contraction& c = undo.back();
      uint32_t outer_head = heads[c.name];
      for (uint32_t node : c.rest) {
        if (node != c.name && node != 0 && heads[node] == c.name) heads[node] = c.leaves_from[node];
      }
      for (size_t i = 0; i < c.cycle.size(); ++i) heads[c.cycle[i]] = c.heads[i];
      heads[c.enters_at[outer_head]] = outer_head;
      undo.pop_back();
    }
    return heads;
  }

  std::vector<double> weight_;
  uint32_t nodes_;
};

double Clean(float score) {
  if (std::isnan(score)) return -kBound;
  return std::fmin(kBound, std::fmax(-kBound, static_cast<double>(score)));
}

}  // namespace

bool IsSingleRootTree(std::span<const int32_t> heads) {
  const auto n = static_cast<int32_t>(heads.size());
  std::vector<int32_t> mark(heads.size(), 0);
  int roots = 0;
  for (int32_t start = 0; start < n; ++start) {
    int32_t at = start;
    while (at >= 0 && mark[static_cast<size_t>(at)] == 0) {
      mark[static_cast<size_t>(at)] = start + 1;
      int32_t head = heads[static_cast<size_t>(at)];
      if (head >= n || head == at) return false;
      if (head < 0) ++roots;
      at = head;
    }
    if (at >= 0 && mark[static_cast<size_t>(at)] == start + 1) return false;
  }
  return roots == 1;
}

std::vector<int32_t> DecodeTree(const ArcScores& scores) {
  const uint32_t n = scores.words;
  std::vector<int32_t> heads(n, -1);
  if (n <= 1) return heads;
  for (uint32_t d = 0; d < n; ++d) {
    double best = kNone;
    for (uint32_t column = 0; column <= n; ++column) {
      if (column == d + 1) continue;
      double score = Clean(scores.At(d, column));
      if (score > best) {
        best = score;
        heads[d] = static_cast<int32_t>(column) - 1;
      }
    }
  }
  if (IsSingleRootTree(heads)) return heads;
  const uint32_t nodes = n + 1;
  std::vector<double> weights(static_cast<size_t>(nodes) * nodes, kNone);
  for (uint32_t d = 0; d < n; ++d) {
    for (uint32_t column = 0; column <= n; ++column) {
      if (column == d + 1) continue;
      weights[static_cast<size_t>(column) * nodes + d + 1] =
          Clean(scores.At(d, column)) - (column == 0 ? kRootPenalty : 0);
    }
  }
  std::vector<uint32_t> solved = MaximumArborescence(std::move(weights), nodes).Solve();
  for (uint32_t d = 0; d < n; ++d) heads[d] = static_cast<int32_t>(solved[d + 1]) - 1;
  return heads;
}

}  // namespace whowhom::extract::neural
