// What runs in the child process that lays a graph out: limits, then Graphviz. Layouts of hostile graphs may
// take any time and memory, so they never run in the program itself.
#pragma once

#include <graphviz/gvc.h>

#include <cstdint>
#include <string>

namespace whowhom::exports {

struct LaidOutGraph {
  GVC_t* context = nullptr;
  Agraph_t* graph = nullptr;
};

// Call only in a forked child. Limits processor time (seconds) and memory (2 GiB), restores default signals,
// silences standard error, lays `dot` out. Ends the child with a code other than 0 where that fails.
LaidOutGraph LayOutLimited(const std::string& dot, const std::string& engine, uint32_t seconds);

}  // namespace whowhom::exports
