// Our own record of what was acknowledged, beside RocksDB's log.
//
// RocksDB drops the tail of a damaged log without a word. So each commit appends to `commits.log` its number,
// its chain value and the articles it touched, and syncs it, after RocksDB has synced. At open the number in
// the tables is compared with the last one here: if the tables are behind, acknowledged work is lost, and the
// articles of the missing commits are named. Layout: docs/formats/keys.md#commits-log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "whowhom/core/id.h"
#include "whowhom/core/result.h"

namespace whowhom::storage {

// stored: never renumber
enum class CommitAction : uint8_t { kAdded = 1, kRetracted = 2, kJudged = 3, kBulk = 4 };

struct CommittedChange {
  CommitAction action = CommitAction::kAdded;
  DocId doc;
  std::string path;  // as the record gave it
};

struct CommitMark {
  uint64_t number = 0;
  uint64_t chain = 0;  // hash of the previous chain value and the change: names the state
  friend bool operator==(const CommitMark&, const CommitMark&) = default;
};
std::string Encode(const CommitMark& mark);
std::optional<CommitMark> DecodeCommitMark(std::string_view value);

struct JournalEntry {
  CommitMark mark;
  std::vector<CommittedChange> changes;
};

struct JournalContent {
  bool is_missing = false;
  std::vector<JournalEntry> entries;  // by number; a torn last entry was never acknowledged and is left out
  bool is_damaged = false;            // a damaged entry before others
};
// Never fails on content; kIo if the file exists but cannot be read.
Result<JournalContent> ReadJournal(const std::string& path);

// Thread-compatible.
class Journal {
 public:
  // Appends behind the last whole entry.
  static Result<Journal> Open(const std::string& path);
  // A new journal with one entry replaces the file atomically.
  static Status Replace(const std::string& path, const JournalEntry& entry);
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&& other) noexcept;
  ~Journal();

  // Returns when the entry is on disk.
  Status Append(const JournalEntry& entry);
  uint64_t size_bytes() const { return size_bytes_; }

 private:
  Journal() = default;
  std::string path_;
  int file_ = -1;
  uint64_t size_bytes_ = 0;
};

}  // namespace whowhom::storage
