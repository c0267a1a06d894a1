// Checks exported files for what schema validators miss and loaders stumble over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"

namespace whowhom::exports {

struct ExportProblem {
  std::string rule;   // "end-before-start", "missing-end-point" ...
  std::string where;  // element and id
  std::string what;
};

// GEXF, GraphML, CSV (edges beside their nodes file), Turtle, DOT, event tables or records, by content. At
// most 1000 problems. kUnsupported for other kinds; kResourceLimit above 2 GB. Never executes or loads
// anything the file names.
Result<std::vector<ExportProblem>> CheckExport(const std::string& path);

// The same for text in memory; `kind` is gexf, graphml, nodes-csv, edges-csv, ttl, dot, events or jsonl.
std::vector<ExportProblem> CheckExportText(std::string_view text, std::string_view kind);

}  // namespace whowhom::exports
