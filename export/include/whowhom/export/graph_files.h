// The graph as files of other programs: GEXF (Gephi), GraphML, CSV, DOT text. All stream, are deterministic
// and escape whatever articles contain.
//
//   auto output = OpenFile("graph.gexf");
//   WHOWHOM_TRY_STATUS(WriteGexf(*view->Select(filter), {}, output.get()));
//   WHOWHOM_TRY_STATUS(output->Finish());
#pragma once

#include <cstdint>
#include <string>

#include "whowhom/core/result.h"
#include "whowhom/export/output.h"
#include "whowhom/graph/subgraph.h"

namespace whowhom::exports {

enum class GexfVersion : uint8_t { k13, k12 };

struct GexfOptions {
  GexfVersion version = GexfVersion::k13;
  std::string title = "whowhom";
};

// GEXF 1.3 (or 1.2draft): directed, dynamic by days (closed intervals), typed attributes, colours, sizes,
// positions. Parallel edges differ in `kind`. An edge whose every statement is given (evidence) and that was
// heard of at separate times has a spell for each, others one from the first to the last day. Cost: two
// passes over the source; memory O(nodes).
Status WriteGexf(const graph::GraphSource& source, const GexfOptions& options, Output* output);

enum class GraphmlDialect : uint8_t { kStandard, kYed };

// GraphML: a directed multigraph, standard types only, keys declared. kYed adds labels and shapes that yEd
// shows.
Status WriteGraphml(const graph::GraphSource& source, GraphmlDialect dialect, Output* output);

// RFC 4180 with a header row; cells that a spreadsheet would run as a formula start with an apostrophe.
Status WriteNodesCsv(const graph::GraphSource& source, Output* output);
Status WriteEdgesCsv(const graph::GraphSource& source, Output* output);

}  // namespace whowhom::exports
