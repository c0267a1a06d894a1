// RocksDB behind the few operations the store needs. The only file beside bulk.cc and backup.cc that includes
// RocksDB; the only maker of iterators is RowCursor.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/storage/store.h"

namespace whowhom::storage {

inline rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// What a RocksDB status means to us, with what was being done in front of it.
Error ToError(const rocksdb::Status& status, const std::string& doing);

inline constexpr size_t kBlockCacheBytes = size_t{128} << 20;  // of a reader
rocksdb::Options MakeOptions(size_t cache_bytes = kBlockCacheBytes);

// kResourceLimit when the file system of `path` has less than `needed_bytes` free: RocksDB may abort on a
// full disk.
Status CheckFreeSpace(const std::string& path, uint64_t needed_bytes);

// Thread-safe.
class Database : public std::enable_shared_from_this<Database> {
 public:
  // `folder` is RocksDB's own. REQUIRES for writing: the caller holds the store's lock.
  static Result<std::shared_ptr<Database>> Open(const std::string& folder, OpenMode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB* db() const { return db_.get(); }
  bool is_writable() const { return is_writable_; }
  Result<std::optional<std::string>> Get(std::string_view key, const rocksdb::Snapshot* snapshot) const;
  // One value (empty optional = no row) for each key. REQUIRES: sorted keys.
  Status MultiGet(const std::vector<std::string_view>& keys,
                  std::vector<std::optional<std::string>>* values) const;
  Status Write(rocksdb::WriteBatch* batch, bool sync);
  // Moves everything from the log to table files.
  Status Flush();
  // Nothing but the destructor may be called afterwards. REQUIRES: no view of it is left.
  void Close();

 private:
  Database() = default;
  void MoveLongLog();
  std::unique_ptr<rocksdb::DB> db_;
  bool is_writable_ = false;
};

using RowVisitor = std::function<bool(std::string_view key, std::string_view value)>;

// A moment of the database. Thread-safe. Iterators are kept for the next scan: making one costs more than a
// look-up.
class ReadView {
 public:
  explicit ReadView(std::shared_ptr<Database> database);
  ~ReadView();
  ReadView(const ReadView&) = delete;
  ReadView& operator=(const ReadView&) = delete;

  Result<std::optional<std::string>> Get(std::string_view key) const {
    return database_->Get(key, snapshot_);
  }
  // Rows with begin <= key < end in order; an empty `end` = no end. `visit` returns false to stop. Checks the
  // iterator's status at the end: kCorruption, kIo.
  Status ScanRange(std::string_view begin, std::string_view end, const RowVisitor& visit) const;
  Status ScanPrefix(std::string_view prefix, const RowVisitor& visit) const;
  const std::shared_ptr<Database>& database() const { return database_; }

 private:
  friend class RowCursor;
  std::unique_ptr<rocksdb::Iterator> TakeIterator() const;
  void GiveBack(std::unique_ptr<rocksdb::Iterator> iterator) const;

  std::shared_ptr<Database> database_;
  const rocksdb::Snapshot* snapshot_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<rocksdb::Iterator>> idle_;
};

// A position in a range; what the scans are made of, and what merges of several ranges use.
// Thread-compatible; the view must outlive it.
class RowCursor {
 public:
  RowCursor(const ReadView& view, std::string_view begin, std::string_view end);
  ~RowCursor();
  RowCursor(const RowCursor&) = delete;
  RowCursor& operator=(const RowCursor&) = delete;
  bool valid() const { return is_valid_; }
  void Next() {
    iterator_->Next();
    Look();
  }
  std::string_view key() const { return key_; }
  std::string_view value() const { return ToView(iterator_->value()); }
  // To be asked when the cursor is no longer valid.
  Status status() const;

 private:
  // Notes where the iterator stands: asking it costs a few calls.
  void Look() {
    is_valid_ = iterator_->Valid();
    if (!is_valid_) return;
    key_ = ToView(iterator_->key());
    is_valid_ = end_.empty() || key_ < end_;
  }
  const ReadView& view_;
  std::string end_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  std::string_view key_;
  bool is_valid_ = false;
};

}  // namespace whowhom::storage
