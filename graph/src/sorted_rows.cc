#include "sorted_rows.h"

namespace whowhom::graph {
namespace {

constexpr uint64_t kSortBytes = uint64_t{64} << 20;
constexpr uint64_t kMinFreeBytes = uint64_t{256} << 20;  // of the disk, that is never used

}  // namespace

SortedRows::SortedRows(storage::ScratchFolder folder)
    : folder_(std::move(folder)),
      sorter_(std::make_unique<storage::ExternalSorter>(folder_.path(), "graph", kSortBytes, kMinFreeBytes)) {
}

Result<SortedRows> SortedRows::Make() {
  WHOWHOM_TRY(storage::ScratchFolder folder, storage::ScratchFolder::Make(""));
  return SortedRows(std::move(folder));
}

Status SortedRows::ForEach(const Visitor& visit) {
  bool stopped = false;
  const Status status = sorter_->Merge([&](std::string_view key, std::string_view value) -> Status {
    std::optional<Report> report = DecodeReport(value);
    if (!report) return Corruption("sorting the graph: a row does not decode; a temporary file was changed");
    WHOWHOM_TRY(const bool goes_on, visit(key, std::move(*report)));
    stopped = !goes_on;
    return stopped ? Status(InvalidInput("stopped")) : Status();
  });
  return stopped ? Status() : status;
}

void AppendPlace(const Occurrence& occurrence, std::string* key) {
  AppendOrdered(occurrence.statement.doc.hash.high, key);
  AppendOrdered(occurrence.statement.doc.hash.low, key);
  AppendOrdered32(occurrence.sequence, key);
}

}  // namespace whowhom::graph
