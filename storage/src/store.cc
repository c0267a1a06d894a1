#include "whowhom/storage/store.h"

#include <filesystem>
#include <mutex>
#include <system_error>

#include "backup.h"
#include "database.h"
#include "journal.h"
#include "keys.h"
#include "layout.h"
#include "loss_report.h"
#include "migrations.h"
#include "store_snapshot.h"
#include "table_builder.h"
#include "verifier.h"
#include "whowhom/storage/scratch_folder.h"
#include "writer.h"
#include "writer_lock.h"

namespace whowhom::storage {
namespace {

// Opening a store of 64 MB log needs about as much for its tables.
constexpr uint64_t kOpenBytes = uint64_t{8} << 20;

class RocksStore : public Store {
 public:
  RocksStore(std::string path, OpenOptions options, std::optional<WriterLock> lock,
             std::shared_ptr<Database> database)
      : path_(std::move(path)), options_(options), lock_(std::move(lock)), database_(std::move(database)) {}

  std::shared_ptr<const Snapshot> TakeSnapshot() const override { return MakeSnapshot(database(), path_); }

  Result<std::unique_ptr<Writer>> NewWriter() override {
    if (!lock_)
      return InvalidInput("making a writer for " + path_ + ": the store was opened for reading only");
    if (*is_writing_)
      return Error{ErrorCode::kLocked, "making a writer for " + path_ + ": this process already has one"};
    return OpenWriter({database(), path_, options_.min_free_bytes, is_writing_});
  }

  const std::vector<std::string>& warnings() const override { return warnings_; }

  Result<VerifyReport> Verify(bool repair) override {
    if (repair && !lock_)
      return InvalidInput("repairing " + path_ + ": the store was opened for reading only");
    if (repair && *is_writing_) return InvalidInput("repairing " + path_ + ": a writer is at work");
    WHOWHOM_TRY(const ScratchFolder scratch, ScratchFolder::Make(lock_ ? TemporaryFolder(path_) : ""));
    VerifierOptions options;
    options.temporary_folder = scratch.path();
    options.min_free_bytes = options_.min_free_bytes;
    WHOWHOM_TRY(VerifyOutcome outcome, VerifyRows(database(), options, repair));
    if (repair && outcome.are_tables_damaged) {
      WHOWHOM_TRY_STATUS(Rebuild(options));
      for (VerifyIssue& issue : outcome.report.issues) issue.repaired = true;
    }
    return std::move(outcome.report);
  }

  // Makes the tables anew as a bulk load would; while snapshots or a writer use them, RocksDB merges them in
  // place, into somewhat larger ones.
  Status Compact() override {
    if (!lock_) return InvalidInput("compacting " + path_ + ": the store was opened for reading only");
    const std::lock_guard<std::mutex> lock(mutex_);
    uint64_t table_bytes = 0;
    database_->db()->GetIntProperty(rocksdb::DB::Properties::kTotalSstFilesSize, &table_bytes);
    WHOWHOM_TRY_STATUS(CheckFreeSpace(path_, options_.min_free_bytes + table_bytes));
    WHOWHOM_TRY_STATUS(database_->Flush());
    if (database_.use_count() > 1) return MergeInPlace();
    WHOWHOM_TRY(const ScratchFolder scratch, ScratchFolder::Make(TemporaryFolder(path_)));
    std::error_code error;
    std::filesystem::remove_all(NewTablesFolder(path_), error);
    const Status made =
        RewriteTables(database_, scratch.path(), options_.min_free_bytes, NewTablesFolder(path_));
    if (made.ok()) return TakeNewTables();
    std::filesystem::remove_all(NewTablesFolder(path_), error);
    return made;
  }

  Status Backup(const std::string& folder) const override {
    return MakeBackup(*database(), folder, options_.min_free_bytes);
  }

  Status Dump(const std::function<void(std::string_view family, std::string_view key,
                                       std::string_view value)>& visit) const override {
    const ReadView view(database());
    return view.ScanRange("", "", [&](std::string_view key, std::string_view value) {
      const auto tag = static_cast<uint8_t>(key.front());
      const auto family = static_cast<Family>(tag);
      if (family != Family::kJudgement && family != Family::kCommit) visit(FamilyName(tag), key, value);
      return true;
    });
  }

  std::vector<std::string>* mutable_warnings() { return &warnings_; }

 private:
  // Tables made anew of what can be read take the place of the damaged ones.
  Status Rebuild(const VerifierOptions& options) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (database_.use_count() > 1) {
      return InvalidInput("repairing " + path_ + ": snapshots of the store are in use; close them first");
    }
    std::error_code error;
    std::filesystem::remove_all(NewTablesFolder(path_), error);
    WHOWHOM_TRY(const CommitMark mark, RebuildTables(database_, options, NewTablesFolder(path_)));
    WHOWHOM_TRY_STATUS(TakeNewTables());
    return Journal::Replace(JournalFile(path_), {mark, {}});
  }

  Status TakeNewTables() {
    database_->Close();
    const Status swapped = SwapFolders(NewTablesFolder(path_), TablesFolder(path_));
    WHOWHOM_TRY(database_, Database::Open(TablesFolder(path_), OpenMode::kReadWrite));
    return swapped;
  }

  Status MergeInPlace() {
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
    const rocksdb::Status status = database_->db()->CompactRange(options, nullptr, nullptr);
    if (!status.ok()) return ToError(status, "compacting " + path_);
    return {};
  }

  // While new tables take their place, nobody gets the old ones.
  std::shared_ptr<Database> database() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return database_;
  }

  std::string path_;
  OpenOptions options_;
  std::optional<WriterLock> lock_;
  mutable std::mutex mutex_;  // of the pointer
  std::shared_ptr<Database> database_;
  std::shared_ptr<bool> is_writing_ = std::make_shared<bool>(false);
  std::vector<std::string> warnings_;
};

Status CheckExists(const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(TablesFolder(path) + "/CURRENT", error)) return {};
  if (std::filesystem::exists(path, error) && !std::filesystem::is_empty(path, error)) {
    return NotFound("opening " + path + ": this folder holds no store; name another with --graph");
  }
  return NotFound("opening " + path + ": there is no store; `add` makes one, --graph names another");
}

Status MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return IoError("making the store's folder " + path + ": " + error.message());
  return {};
}

Status InitialiseEmpty(Database* database, const std::string& path) {
  WHOWHOM_TRY(const std::optional<std::string> row, database->Get(MetaKey(kSchemaRow), nullptr));
  if (row) return {};
  rocksdb::WriteBatch batch;
  batch.Put(ToSlice(MetaKey(kSchemaRow)), ToSlice(EncodeSchema(kSchemaVersion)));
  batch.Put(ToSlice(MetaKey(kTotalsRow)), ToSlice(Encode(Totals{})));
  batch.Put(ToSlice(FamilyPrefix(Family::kCommit)), ToSlice(Encode(CommitMark{})));
  WHOWHOM_TRY_STATUS(database->Write(&batch, /*sync=*/true));
  return Journal::Replace(JournalFile(path), {});
}

}  // namespace

Result<std::unique_ptr<Store>> Store::Open(const std::string& path, const OpenOptions& options) {
  const bool may_write = options.mode != OpenMode::kReadOnly;
  if (options.mode != OpenMode::kCreate) WHOWHOM_TRY_STATUS(CheckExists(path));
  if (options.mode == OpenMode::kCreate) WHOWHOM_TRY_STATUS(MakeFolder(path));
  std::optional<WriterLock> lock;
  if (may_write) {
    WHOWHOM_TRY(WriterLock taken, WriterLock::Take(LockFile(path)));
    lock.emplace(std::move(taken));
    WHOWHOM_TRY_STATUS(CheckFreeSpace(path, options.min_free_bytes + kOpenBytes));
  }
  // Before the tables: what it names was in RocksDB's log by then.
  WHOWHOM_TRY(const JournalContent journal, ReadJournal(JournalFile(path)));
  WHOWHOM_TRY(std::shared_ptr<Database> database, Database::Open(TablesFolder(path), options.mode));
  if (options.mode == OpenMode::kCreate) {
    WHOWHOM_TRY_STATUS(InitialiseEmpty(database.get(), path));
  }
  WHOWHOM_TRY(const uint32_t version, ReadSchemaVersion(*database, path, kSchemaVersion));
  if (version < kSchemaVersion) {
    if (!may_write) {
      return Error{ErrorCode::kUnsupported, "opening " + path + ": the store has the older version " +
                                                std::to_string(version) +
                                                "; any command that writes (`compact`) brings it up to date"};
    }
    WHOWHOM_TRY_STATUS(Migrate({database, path, options.min_free_bytes}, AllMigrations(), kSchemaVersion));
  }
  WHOWHOM_TRY(std::vector<std::string> warnings, ReportLoss(path, journal, database.get(), may_write));
  auto store = std::make_unique<RocksStore>(path, options, std::move(lock), std::move(database));
  *store->mutable_warnings() = std::move(warnings);
  return std::unique_ptr<Store>(std::move(store));
}

Status Store::Restore(const std::string& folder, const std::string& path) {
  std::error_code error;
  if (std::filesystem::exists(TablesFolder(path), error)) {
    return InvalidInput("restoring to " + path +
                        ": there is a store already; name a new folder or move it away");
  }
  WHOWHOM_TRY_STATUS(MakeFolder(path));
  WHOWHOM_TRY(const WriterLock lock, WriterLock::Take(LockFile(path)));
  std::filesystem::remove_all(NewTablesFolder(path), error);
  WHOWHOM_TRY_STATUS(RestoreTables(folder, NewTablesFolder(path), OpenOptions().min_free_bytes));
  CommitMark mark;
  {
    WHOWHOM_TRY(const std::shared_ptr<Database> database,
                Database::Open(NewTablesFolder(path), OpenMode::kReadOnly));
    WHOWHOM_TRY([[maybe_unused]] const uint32_t version, ReadSchemaVersion(*database, path, kSchemaVersion));
    WHOWHOM_TRY(mark, ReadCommitMark(*database));
  }
  WHOWHOM_TRY_STATUS(Journal::Replace(JournalFile(path), {mark, {}}));
  return SwapFolders(NewTablesFolder(path), TablesFolder(path));
}

}  // namespace whowhom::storage
