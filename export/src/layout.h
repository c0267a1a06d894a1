// Where nodes lie: positions for files and pages whose reader has no layout of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace whowhom::exports {

struct Point {
  double x = 0, y = 0;
};

inline constexpr size_t kMaxLaidOutNodes = 2000;
inline constexpr size_t kMaxLaidOutEdges = 20000;

// A sunflower spiral: every node has its own place. Cost: O(1).
Point SpiralPosition(size_t index);

// Positions of nodes 0..count-1, connected ones near each other, unconnected ones around them. Graphviz's
// sfdp in a child process (2 GB, 20 s); the spiral when there are too many nodes or edges or the layout gives
// up. Deterministic: the same graph gives the same places.
std::vector<Point> LayOut(size_t count, const std::vector<std::pair<uint32_t, uint32_t>>& edges);

}  // namespace whowhom::exports
