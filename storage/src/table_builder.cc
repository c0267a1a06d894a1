#include "table_builder.h"

#include <fcntl.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "keys.h"
#include "values.h"

namespace whowhom::storage {
namespace {

constexpr uint64_t kTableBytes = uint64_t{192} << 20;
constexpr uint64_t kSpaceCheckBytes = uint64_t{16} << 20;

// Filters serve look-ups of single rows, which some families never get (measured at 100,000 statements:
// filters of all families take 11 bytes a statement, 5 of them here).
bool IsLookedUp(Family family) {
  return family < Family::kPos ||
         (family > Family::kTop && family != Family::kEvidence && family != Family::kStatement);
}

// Edges are read a few at a time: small blocks, many places to begin reading. Twice as large ones save 9
// bytes a statement elsewhere, half as many places 2 more.
bool IsEdge(Family family) { return family >= Family::kSpo && family <= Family::kTop; }

TableShape ShapeOf(std::string_view key) {
  const auto family = static_cast<Family>(key.front());
  return {IsLookedUp(family), !IsEdge(family)};
}

rocksdb::Options TableOptions(const TableShape& shape) {
  rocksdb::Options options = MakeOptions();
  options.compression = rocksdb::kZSTD;
  auto table = *options.table_factory->GetOptions<rocksdb::BlockBasedTableOptions>();
  if (shape.has_large_blocks) {
    table.block_size *= 2;
    table.block_restart_interval *= 2;
  }
  if (!shape.has_filter) table.filter_policy.reset();
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

Status SyncFolder(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return IoError("opening the folder " + path + ": " + std::strerror(errno));
  const bool is_synced = fsync(folder) == 0;
  close(folder);
  if (!is_synced) return IoError("syncing the folder " + path + ": " + std::strerror(errno));
  return {};
}

}  // namespace

TableBuilder::TableBuilder(std::string folder, uint64_t min_free_bytes)
    : folder_(std::move(folder)), min_free_bytes_(min_free_bytes) {}

Status TableBuilder::OpenFile(const TableShape& shape) {
  shape_ = shape;
  files_.push_back(folder_ + "/" + std::to_string(files_.size()) + ".sst");
  file_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), TableOptions(shape));
  const rocksdb::Status status = file_->Open(files_.back());
  if (!status.ok()) return ToError(status, "making the table file " + files_.back());
  return {};
}

Status TableBuilder::CloseFile() {
  if (!file_) return {};
  WHOWHOM_TRY_STATUS(CheckFreeSpace(folder_, min_free_bytes_));
  const rocksdb::Status status = file_->Finish();
  file_.reset();
  if (!status.ok()) return ToError(status, "closing the table file " + files_.back());
  return {};
}

Status TableBuilder::Add(std::string_view key, const std::optional<std::string_view>& value) {
  const TableShape shape = ShapeOf(key);
  if (file_ && shape != shape_) WHOWHOM_TRY_STATUS(CloseFile());
  if (!file_) WHOWHOM_TRY_STATUS(OpenFile(shape));
  const rocksdb::Status status =
      value ? file_->Put(ToSlice(key), ToSlice(*value)) : file_->Delete(ToSlice(key));
  if (!status.ok()) return ToError(status, "writing the table file " + files_.back());
  digest_ = (digest_ ^ HashBytes(key).low) * 0x9e3779b97f4a7c15U + (value ? HashBytes(*value).low : 1);
  ++rows_;
  unchecked_bytes_ += key.size() + (value ? value->size() : 0);
  if (unchecked_bytes_ > kSpaceCheckBytes) {
    WHOWHOM_TRY_STATUS(CheckFreeSpace(folder_, min_free_bytes_ + 2 * kSpaceCheckBytes));
    unchecked_bytes_ = 0;
  }
  if (rows_ % 1024 == 0 && file_->FileSize() > kTableBytes) WHOWHOM_TRY_STATUS(CloseFile());
  return {};
}

Status TableBuilder::AddAlone(std::string_view key, std::string_view value) {
  WHOWHOM_TRY_STATUS(CloseFile());
  WHOWHOM_TRY_STATUS(Add(key, value));
  return CloseFile();
}

Result<TableBuilder::Finished> TableBuilder::Finish(const Totals& totals, const CommitMark& before) {
  WHOWHOM_TRY_STATUS(CloseFile());
  std::vector<std::string> middle;
  middle.swap(files_);
  // Names go on counting.
  files_ = middle;
  const uint64_t chain = Hasher()
                             .Add(static_cast<int64_t>(before.chain))
                             .Add(static_cast<int64_t>(digest_))
                             .Add(static_cast<int64_t>(rows_))
                             .Finish()
                             .high;
  Finished finished;
  finished.mark = {before.number + 1, chain};
  WHOWHOM_TRY_STATUS(AddAlone(MetaKey(kSchemaRow), EncodeSchema(kSchemaVersion)));
  finished.files.push_back(files_.back());
  WHOWHOM_TRY_STATUS(AddAlone(MetaKey(kTotalsRow), Encode(totals)));
  finished.files.push_back(files_.back());
  finished.files.insert(finished.files.end(), middle.begin(), middle.end());
  WHOWHOM_TRY_STATUS(AddAlone(FamilyPrefix(Family::kCommit), Encode(finished.mark)));
  finished.files.push_back(files_.back());
  return finished;
}

Result<std::vector<std::string>> TableBuilder::FinishCopy() {
  WHOWHOM_TRY_STATUS(CloseFile());
  return std::move(files_);
}

Status IngestTables(Database* database, const std::vector<std::string>& files) {
  WHOWHOM_TRY_STATUS(database->Flush());
  rocksdb::IngestExternalFileOptions options;
  options.move_files = true;
  options.failed_move_fall_back_to_copy = true;
  const rocksdb::Status status = database->db()->IngestExternalFile(files, options);
  if (!status.ok()) return ToError(status, "taking the new tables into the store");
  return {};
}

Status MakeTables(const std::string& folder, const std::vector<std::string>& files) {
  WHOWHOM_TRY(const std::shared_ptr<Database> database, Database::Open(folder, OpenMode::kCreate));
  return IngestTables(database.get(), files);
}

Status RewriteTables(const std::shared_ptr<Database>& database, const std::string& scratch,
                     uint64_t min_free_bytes, const std::string& folder) {
  TableBuilder tables(scratch, min_free_bytes);
  Status added;
  WHOWHOM_TRY_STATUS(ReadView(database).ScanRange("", "", [&](std::string_view key, std::string_view value) {
    const auto family = static_cast<Family>(key.front());
    const bool describes_store = family == Family::kMeta || family == Family::kCommit;
    added = describes_store ? tables.AddAlone(key, value) : tables.Add(key, value);
    return added.ok();
  }));
  WHOWHOM_TRY_STATUS(added);
  WHOWHOM_TRY(const std::vector<std::string> files, tables.FinishCopy());
  return MakeTables(folder, files);
}

Status SwapFolders(const std::string& fresh, const std::string& folder) {
  std::error_code error;
  const bool is_exchange = std::filesystem::exists(folder, error);
  const unsigned flags = is_exchange ? RENAME_EXCHANGE : 0;
  if (renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, folder.c_str(), flags) != 0) {
    return IoError("putting the new tables in the place of " + folder + ": " + std::strerror(errno));
  }
  WHOWHOM_TRY_STATUS(SyncFolder(std::filesystem::path(folder).parent_path().string()));
  if (is_exchange) std::filesystem::remove_all(fresh, error);
  return {};
}

}  // namespace whowhom::storage
