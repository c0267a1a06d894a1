#include "journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "coding.h"
#include "values.h"
#include "whowhom/core/tsv.h"

namespace whowhom::storage {
namespace {

constexpr size_t kHeadBytes = 12;  // length, hash
constexpr size_t kMaxJournalBytes = size_t{1} << 30;

Error FileError(const std::string& doing, const std::string& path) {
  const std::string reason = std::strerror(errno);
  const std::string message = doing + " " + path + ": " + reason;
  return errno == ENOSPC ? ResourceLimit(message) : IoError(message);
}

std::string EncodeEntry(const JournalEntry& entry) {
  std::string payload = Encode(entry.mark);
  PutVarint(entry.changes.size(), &payload);
  for (const CommittedChange& change : entry.changes) {
    PutFixed8(static_cast<uint8_t>(change.action), &payload);
    PutHash(change.doc.hash, &payload);
    PutString(change.path, &payload);
  }
  std::string bytes;
  PutFixed32(static_cast<uint32_t>(payload.size()), &bytes);
  PutFixed64(HashBytes(payload).low, &bytes);
  return bytes + payload;
}

std::optional<JournalEntry> DecodeEntry(std::string_view payload) {
  constexpr size_t kMarkBytes = 17;
  if (payload.size() < kMarkBytes) return std::nullopt;
  const std::optional<CommitMark> mark = DecodeCommitMark(payload.substr(0, kMarkBytes));
  if (!mark) return std::nullopt;
  ByteReader reader(payload.substr(kMarkBytes));
  JournalEntry entry{*mark, {}};
  entry.changes.resize(reader.Count(18));
  for (CommittedChange& change : entry.changes) {
    change.action = static_cast<CommitAction>(reader.Fixed8());
    change.doc.hash = reader.Hash();
    change.path = reader.String();
  }
  if (!reader.done()) return std::nullopt;
  return entry;
}

// The entries and where the last whole one ends.
size_t ParseEntries(std::string_view bytes, std::vector<JournalEntry>* entries) {
  size_t end = 0;
  while (bytes.size() - end >= kHeadBytes) {
    ByteReader head(bytes.substr(end));
    const uint32_t length = head.Fixed32();
    const uint64_t hash = head.Fixed64();
    if (length > head.remaining()) break;
    const std::string_view payload = head.Bytes(length);
    if (HashBytes(payload).low != hash) break;
    std::optional<JournalEntry> entry = DecodeEntry(payload);
    if (!entry) break;
    entries->push_back(std::move(*entry));
    end += kHeadBytes + length;
  }
  return end;
}

Status WriteAll(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return FileError("writing", path);
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (fdatasync(file) != 0) return FileError("syncing", path);
  return {};
}

}  // namespace

std::string Encode(const CommitMark& mark) {
  std::string value(1, static_cast<char>(kFormat));
  PutFixed64(mark.number, &value);
  PutFixed64(mark.chain, &value);
  return value;
}

std::optional<CommitMark> DecodeCommitMark(std::string_view value) {
  ByteReader reader(value);
  if (reader.Fixed8() != kFormat) return std::nullopt;
  const uint64_t number = reader.Fixed64();
  const uint64_t chain = reader.Fixed64();
  if (!reader.done()) return std::nullopt;
  return CommitMark{number, chain};
}

Result<JournalContent> ReadJournal(const std::string& path) {
  JournalContent content;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    content.is_missing = true;
    return content;
  }
  WHOWHOM_TRY(const std::string bytes, ReadFile(path, kMaxJournalBytes));
  const size_t end = ParseEntries(bytes, &content.entries);
  // A torn tail is shorter than its head says; anything else was damaged afterwards.
  if (bytes.size() - end >= kHeadBytes) {
    ByteReader head(std::string_view(bytes).substr(end));
    content.is_damaged = head.Fixed32() <= bytes.size() - end - kHeadBytes;
  }
  return content;
}

Result<Journal> Journal::Open(const std::string& path) {
  size_t end = 0;
  std::error_code error;
  if (std::filesystem::exists(path, error)) {
    WHOWHOM_TRY(const std::string bytes, ReadFile(path, kMaxJournalBytes));
    std::vector<JournalEntry> entries;
    end = ParseEntries(bytes, &entries);
  }
  Journal journal;
  journal.path_ = path;
  journal.file_ = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (journal.file_ < 0) return FileError("opening", path);
  if (ftruncate(journal.file_, static_cast<off_t>(end)) != 0 || lseek(journal.file_, 0, SEEK_END) < 0) {
    return FileError("opening", path);
  }
  journal.size_bytes_ = end;
  return journal;
}

Status Journal::Replace(const std::string& path, const JournalEntry& entry) {
  const std::string fresh = path + ".new";
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return FileError("opening", fresh);
  const Status written = WriteAll(file, EncodeEntry(entry), fresh);
  close(file);
  WHOWHOM_TRY_STATUS(written);
  if (rename(fresh.c_str(), path.c_str()) != 0) return FileError("renaming to", path);
  const int folder =
      open(std::filesystem::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return FileError("opening the folder of", path);
  const bool is_synced = fsync(folder) == 0;
  close(folder);
  if (!is_synced) return FileError("syncing the folder of", path);
  return {};
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_bytes_(other.size_bytes_) {}

Journal& Journal::operator=(Journal&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(size_bytes_, other.size_bytes_);
  return *this;
}

Journal::~Journal() {
  if (file_ >= 0) close(file_);
}

Status Journal::Append(const JournalEntry& entry) {
  const std::string bytes = EncodeEntry(entry);
  WHOWHOM_TRY_STATUS(WriteAll(file_, bytes, path_));
  size_bytes_ += bytes.size();
  return {};
}

}  // namespace whowhom::storage
