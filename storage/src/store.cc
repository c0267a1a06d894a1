#include "whowhom/storage/store.h"

#include <filesystem>
#include <system_error>

#include "database.h"
#include "journal.h"
#include "keys.h"
#include "layout.h"
#include "loss_report.h"
#include "store_snapshot.h"
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

  std::shared_ptr<const Snapshot> TakeSnapshot() const override { return MakeSnapshot(database_, path_); }

  Result<std::unique_ptr<Writer>> NewWriter() override {
    if (!lock_)
      return InvalidInput("making a writer for " + path_ + ": the store was opened for reading only");
    if (*is_writing_)
      return Error{ErrorCode::kLocked, "making a writer for " + path_ + ": this process already has one"};
    return OpenWriter({database_, path_, options_.min_free_bytes, is_writing_});
  }

  const std::vector<std::string>& warnings() const override { return warnings_; }

  Result<VerifyReport> Verify(bool) override { return Error{ErrorCode::kUnsupported, "verify"}; }
  Status Compact() override { return Error{ErrorCode::kUnsupported, "compact"}; }
  Status Backup(const std::string&) const override { return Error{ErrorCode::kUnsupported, "backup"}; }

  Status Dump(const std::function<void(std::string_view family, std::string_view key,
                                       std::string_view value)>& visit) const override {
    const ReadView view(database_);
    return view.ScanRange("", "", [&](std::string_view key, std::string_view value) {
      const auto tag = static_cast<uint8_t>(key.front());
      const auto family = static_cast<Family>(tag);
      if (family != Family::kJudgement && family != Family::kCommit) visit(FamilyName(tag), key, value);
      return true;
    });
  }

  std::vector<std::string>* mutable_warnings() { return &warnings_; }

 private:
  std::string path_;
  OpenOptions options_;
  std::optional<WriterLock> lock_;
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

// Writes the rows of an empty store, or checks the version of one that exists.
Status CheckSchema(const Database& database, const std::string& path) {
  WHOWHOM_TRY(const std::optional<std::string> row, database.Get(MetaKey(kSchemaRow), nullptr));
  const std::optional<uint32_t> version = row ? DecodeSchema(*row) : std::nullopt;
  if (!version)
    return Corruption("opening " + path + ": the store does not say its version; restore a backup");
  if (*version > kSchemaVersion) {
    return Error{ErrorCode::kNewerVersion, "opening " + path + ": the store has version " +
                                               std::to_string(*version) + ", this program reads up to " +
                                               std::to_string(kSchemaVersion) + "; use a newer whowhom"};
  }
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
  WHOWHOM_TRY(JournalContent journal, ReadJournal(JournalFile(path)));
  WHOWHOM_TRY(std::shared_ptr<Database> database, Database::Open(TablesFolder(path), options.mode));
  if (options.mode == OpenMode::kCreate) {
    WHOWHOM_TRY(const std::optional<std::string> schema, database->Get(MetaKey(kSchemaRow), nullptr));
    if (!schema) journal = {};
    WHOWHOM_TRY_STATUS(InitialiseEmpty(database.get(), path));
  }
  WHOWHOM_TRY_STATUS(CheckSchema(*database, path));
  WHOWHOM_TRY(std::vector<std::string> warnings, ReportLoss(path, journal, database.get(), may_write));
  auto store = std::make_unique<RocksStore>(path, options, std::move(lock), std::move(database));
  *store->mutable_warnings() = std::move(warnings);
  return std::unique_ptr<Store>(std::move(store));
}

Status Store::Restore(const std::string&, const std::string&) {
  return Error{ErrorCode::kUnsupported, "restore"};
}

}  // namespace whowhom::storage
