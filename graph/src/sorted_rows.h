// The whole graph in order, more than memory holds: what the articles say is sorted in temporary files.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "report_row.h"
#include "whowhom/storage/external_sort.h"
#include "whowhom/storage/scratch_folder.h"

namespace whowhom::graph {

// Reports sorted by a key. Keys never repeat: they begin with kRowTag and end with document and place
// (AppendPlace). About 400 bytes a report in temporary files; kResourceLimit when the disk is too full.
class SortedRows {
 public:
  static Result<SortedRows> Make();
  Status Add(std::string_view key, const Report& report) { return sorter_->Add(key, EncodeReport(report)); }
  // In order, until `visit` gives false. To be called once.
  using Visitor = std::function<Result<bool>(std::string_view key, Report report)>;
  Status ForEach(const Visitor& visit);

 private:
  explicit SortedRows(storage::ScratchFolder folder);
  storage::ScratchFolder folder_;
  std::unique_ptr<storage::ExternalSorter> sorter_;
};

inline constexpr char kRowTag = '\0';  // no family of the store: its rows are never summed
void AppendPlace(const Occurrence& occurrence, std::string* key);

struct EdgeStreamOptions {
  std::function<Result<bool>(const storage::EdgeKey&)> wanted;  // other edges are left out
  std::optional<DayRange> days = {};                            // statements of other days do not count
  size_t evidence = 1;                                          // an edge
};
// Edges by (subject, object, relation, qualifier), with sums and sentences; `base` of an edge stays empty.
// Stops when `visit` gives false. Cost: every article is read once; memory a fixed buffer and one edge.
using EdgeStreamVisitor = std::function<Result<bool>(const FoldedEdge&, ViewImpl::Sentences)>;
Status StreamEdges(const ViewImpl& view, const EdgeStreamOptions& options, const EdgeStreamVisitor& visit);

}  // namespace whowhom::graph
