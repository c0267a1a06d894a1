#include "database.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <sys/statvfs.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "keys.h"

namespace whowhom::storage {
namespace {

constexpr size_t kBlockBytes = size_t{16} << 10;
constexpr double kFilterBits = 8;  // a key; 2 in 100 look-ups of absent keys read a block for nothing
// A writer reads the rows that its articles touch, again and again: more does not make it faster, and what it
// holds should not grow with the store.
constexpr size_t kWriterCacheBytes = size_t{32} << 20;
// Cheaper to search than one of 64 MiB, and little more work for merges (measured: docs/figures/store.md).
constexpr size_t kWriteBufferBytes = size_t{24} << 20;
constexpr size_t kTableBytes = size_t{128} << 20;
// A reader beside a writer may see files vanish while it opens; the next try finds the new ones.
constexpr int kOpenTries = 8;
// A log longer than this is moved to tables at closing, so that the next reader need not replay it.
constexpr uint64_t kLongLogBytes = uint64_t{2} << 20;
constexpr size_t kIdleIterators = 8;

rocksdb::Status OpenOnce(const std::string& folder, OpenMode mode, std::unique_ptr<rocksdb::DB>* db) {
  rocksdb::Options options = MakeOptions(mode == OpenMode::kReadOnly ? kBlockCacheBytes : kWriterCacheBytes);
  options.create_if_missing = mode == OpenMode::kCreate;
  rocksdb::DB* raw = nullptr;
  const rocksdb::Status status = mode == OpenMode::kReadOnly
                                     ? rocksdb::DB::OpenForReadOnly(options, folder, &raw)
                                     : rocksdb::DB::Open(options, folder, &raw);
  db->reset(raw);
  return status;
}

}  // namespace

Error ToError(const rocksdb::Status& status, const std::string& doing) {
  const std::string message = doing + ": " + status.ToString();
  if (status.IsNotFound()) return NotFound(message);
  if (status.IsCorruption()) return Corruption(message + "; run `verify`, or restore a backup");
  if (status.IsNoSpace() || status.subcode() == rocksdb::Status::kNoSpace) {
    return ResourceLimit(message + "; free some space and start again");
  }
  if (status.IsBusy()) return {ErrorCode::kLocked, message};
  if (message.find("lock hold by current process") != std::string::npos) {
    return {ErrorCode::kLocked,
            doing + ": snapshots of the store are still in use in this process; close them first"};
  }
  return IoError(message);
}

rocksdb::Options MakeOptions(size_t cache_bytes) {
  rocksdb::Options options;
  rocksdb::BlockBasedTableOptions table;
  table.block_size = kBlockBytes;
  table.block_cache = rocksdb::NewLRUCache(cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBits));
  table.format_version = 5;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // No prefix extractor: prefix filters with range scans lose rows (measured on 7.8.3).
  options.prefix_extractor = nullptr;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.write_buffer_size = kWriteBufferBytes;
  options.memtable_prefix_bloom_size_ratio = 0.02;
  options.memtable_whole_key_filtering = true;
  // Groups come sorted: inside a family each insertion starts where the last one ended.
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  options.target_file_size_base = kTableBytes;
  options.level_compaction_dynamic_level_bytes = true;
  options.max_background_jobs = 2;
  options.max_open_files = -1;
  options.max_total_wal_size = 2 * kWriteBufferBytes;
  options.avoid_flush_during_recovery = true;
  options.skip_stats_update_on_db_open = true;
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.recycle_log_file_num = 0;
  // A log of tens of MB reserved ahead would count as used when free space is checked.
  options.allow_fallocate = false;
  options.manual_wal_flush = false;
  options.track_and_verify_wals_in_manifest = false;
  options.keep_log_file_num = 2;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  return options;
}

Status CheckFreeSpace(const std::string& path, uint64_t needed_bytes) {
  struct statvfs space = {};
  if (statvfs(path.c_str(), &space) != 0)
    return IoError("asking for the free space of " + path + ": not available");
  const uint64_t free_bytes = uint64_t{space.f_bavail} * space.f_frsize;
  if (free_bytes >= needed_bytes) return {};
  return ResourceLimit("writing to " + path + ": " + std::to_string(free_bytes >> 20) + " MiB are free, " +
                       std::to_string((needed_bytes >> 20) + 1) +
                       " MiB are needed; nothing was written, free some space");
}

Result<std::shared_ptr<Database>> Database::Open(const std::string& folder, OpenMode mode) {
  std::shared_ptr<Database> database(new Database());
  database->is_writable_ = mode != OpenMode::kReadOnly;
  rocksdb::Status status;
  const int tries = mode == OpenMode::kReadOnly ? kOpenTries : 1;
  for (int i = 0; i < tries; ++i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5 << i));
    status = OpenOnce(folder, mode, &database->db_);
    if (status.ok()) return database;
  }
  return ToError(status, "opening the store's tables in " + folder);
}

Database::~Database() { Close(); }

void Database::Close() {
  if (!db_) return;
  if (is_writable_) MoveLongLog();
  db_->Close().PermitUncheckedError();
  db_.reset();
}

void Database::MoveLongLog() {
  uint64_t log_bytes = 0;
  if (db_->GetIntProperty(rocksdb::DB::Properties::kCurSizeActiveMemTable, &log_bytes) &&
      log_bytes > kLongLogBytes && CheckFreeSpace(db_->GetName(), 2 * log_bytes).ok()) {
    // What is not moved now stays in the log: nothing is lost.
    Flush().ok();
  }
}

Result<std::optional<std::string>> Database::Get(std::string_view key,
                                                 const rocksdb::Snapshot* snapshot) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  std::string value;
  const rocksdb::Status status = db_->Get(options, ToSlice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) {
    return ToError(status, "reading a row of " + std::string(FamilyName(static_cast<uint8_t>(key.front()))));
  }
  return std::optional<std::string>(std::move(value));
}

Status Database::MultiGet(const std::vector<std::string_view>& keys,
                          std::vector<std::optional<std::string>>* values) const {
  std::vector<rocksdb::Slice> slices;
  slices.reserve(keys.size());
  for (std::string_view key : keys) slices.push_back(ToSlice(key));
  std::vector<rocksdb::PinnableSlice> found(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  db_->MultiGet(rocksdb::ReadOptions(), db_->DefaultColumnFamily(), keys.size(), slices.data(), found.data(),
                statuses.data(), /*sorted_input=*/true);
  values->assign(keys.size(), std::nullopt);
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].ok()) {
      (*values)[i] = found[i].ToString();
    } else if (!statuses[i].IsNotFound()) {
      return ToError(statuses[i], "reading rows before a change");
    }
  }
  return {};
}

Status Database::Write(rocksdb::WriteBatch* batch, bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  const rocksdb::Status status = db_->Write(options, batch);
  if (!status.ok()) return ToError(status, "writing to " + db_->GetName());
  return {};
}

Status Database::Flush() {
  const rocksdb::Status status = db_->Flush(rocksdb::FlushOptions());
  if (!status.ok()) return ToError(status, "moving the log to tables in " + db_->GetName());
  return {};
}

ReadView::ReadView(std::shared_ptr<Database> database)
    : database_(std::move(database)),
      snapshot_(database_->is_writable() ? database_->db()->GetSnapshot() : nullptr) {}

ReadView::~ReadView() {
  idle_.clear();
  if (snapshot_ != nullptr) database_->db()->ReleaseSnapshot(snapshot_);
}

std::unique_ptr<rocksdb::Iterator> ReadView::TakeIterator() const {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<rocksdb::Iterator> iterator = std::move(idle_.back());
      idle_.pop_back();
      return iterator;
    }
  }
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  options.total_order_seek = true;
  return std::unique_ptr<rocksdb::Iterator>(database_->db()->NewIterator(options));
}

void ReadView::GiveBack(std::unique_ptr<rocksdb::Iterator> iterator) const {
  if (!iterator->status().ok()) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  if (idle_.size() < kIdleIterators) idle_.push_back(std::move(iterator));
}

Status ReadView::ScanRange(std::string_view begin, std::string_view end, const RowVisitor& visit) const {
  RowCursor cursor(*this, begin, end);
  for (; cursor.valid(); cursor.Next()) {
    if (!visit(cursor.key(), cursor.value())) break;
  }
  return cursor.status();
}

Status ReadView::ScanPrefix(std::string_view prefix, const RowVisitor& visit) const {
  return ScanRange(prefix, PrefixEnd(prefix), visit);
}

RowCursor::RowCursor(const ReadView& view, std::string_view begin, std::string_view end)
    : view_(view), end_(end), iterator_(view.TakeIterator()) {
  iterator_->Seek(ToSlice(begin));
  Look();
}

RowCursor::~RowCursor() { view_.GiveBack(std::move(iterator_)); }

Status RowCursor::status() const {
  const rocksdb::Status status = iterator_->status();
  if (!status.ok()) return ToError(status, "scanning the store");
  return {};
}

}  // namespace whowhom::storage
