// From arc scores to a dependency tree with one root.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace whowhom::extract::neural {

// Scores of all arcs of a sentence of n words: row d (0..n-1) holds n+1 scores; column 0 is the root, column
// h+1 the word h as head of d.
struct ArcScores {
  std::span<const float> values;  // n * (n + 1)
  uint32_t words = 0;
  float At(uint32_t dependent, uint32_t column) const { return values[dependent * (words + 1) + column]; }
};

// The best tree with exactly one root: head of each word, -1 for the root. Greedy where that is a tree, else
// Chu-Liu-Edmonds (McDonald et al. 2005) with a penalty that allows one root arc. Scores that are not numbers
// count as very low. Ties go to the leftmost head. Cost: O(n^2) for the scores, O(n) more for each
// contracted cycle and member.
std::vector<int32_t> DecodeTree(const ArcScores& scores);

// Whether `heads` is a tree with one root.
bool IsSingleRootTree(std::span<const int32_t> heads);

}  // namespace whowhom::extract::neural
