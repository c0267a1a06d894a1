// The graph as one HTML page that opens from disk: search, filters, and the sentences behind each edge.
//
//   filter.evidence_per_edge = 5;
//   WHOWHOM_TRY_STATUS(WriteExplorer(*view->Select(filter), {.title = "Baghdad"}, output.get()));
#pragma once

#include <cstddef>
#include <string>

#include "whowhom/core/result.h"
#include "whowhom/export/output.h"
#include "whowhom/graph/subgraph.h"

namespace whowhom::exports {

struct ExplorerOptions {
  std::string title = "whowhom";
  // What a browser draws smoothly.
  size_t max_nodes = 5000;
  size_t max_edges = 20000;
};

// One self-contained page: nothing is loaded from elsewhere, and its content security policy allows only the
// script and style that stand in it (by hash). Article text is data, never markup. Shows as many sentences
// per edge as the source gives. Edges without both ends and nodes without edges are left out. Deterministic.
// kResourceLimit, with advice and before anything is written, above the limits. Memory: O(page).
Status WriteExplorer(const graph::GraphSource& source, const ExplorerOptions& options, Output* output);

}  // namespace whowhom::exports
