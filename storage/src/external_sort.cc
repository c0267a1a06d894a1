#include "external_sort.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <queue>

#include "database.h"
#include "keys.h"
#include "values.h"

namespace whowhom::storage {
namespace {

constexpr size_t kReadBytes = size_t{512} << 10;
constexpr size_t kMinBufferBytes = size_t{1} << 16;
constexpr size_t kHeadBytes = 8;  // key size, value size
constexpr size_t kFanIn = 256;    // runs merged at once; bounds the open files and the read buffers

struct RowView {
  std::string_view key;
  std::string_view value;
};

void PutRow(std::string_view key, std::string_view value, std::string* out) {
  const uint32_t sizes[2] = {static_cast<uint32_t>(key.size()), static_cast<uint32_t>(value.size())};
  out->append(reinterpret_cast<const char*>(sizes), kHeadBytes);
  out->append(key);
  out->append(value);
}

// REQUIRES: a whole row of ours stands there.
RowView RowAt(const char* bytes) {
  uint32_t sizes[2];
  std::memcpy(sizes, bytes, kHeadBytes);
  return {{bytes + kHeadBytes, sizes[0]}, {bytes + kHeadBytes + sizes[0], sizes[1]}};
}

uint64_t PrefixOf(std::string_view key) {
  uint64_t prefix = 0;
  for (size_t i = 0; i < 8; ++i) prefix = prefix << 8 | (i < key.size() ? static_cast<uint8_t>(key[i]) : 0);
  return prefix;
}

Error FileError(const std::string& doing, const std::string& path) {
  const std::string message = doing + " the temporary file " + path + ": " + std::strerror(errno);
  return errno == ENOSPC ? ResourceLimit(message) : IoError(message);
}

// Sums rows of one key on their way.
class Folder {
 public:
  explicit Folder(const ExternalSorter::Visitor& visit) : visit_(visit) {}

  Status Take(std::string_view key, std::string_view value) {
    if (has_row_ && key == key_) return Sum(value);
    WHOWHOM_TRY_STATUS(Finish());
    key_.assign(key);
    value_.assign(value);
    has_row_ = true;
    return {};
  }
  Status Finish() {
    if (!has_row_) return {};
    has_row_ = false;
    return visit_(key_, value_);
  }

 private:
  Status Sum(std::string_view value) {
    const auto tag = static_cast<uint8_t>(key_.front());
    if (KindOf(tag) == RowKind::kUnique) return {};  // the same row, said twice
    std::optional<SumResult> sum = SumRows(tag, value_, value, /*subtract=*/false);
    if (!sum || sum->outcome != SumOutcome::kOk) {
      return Corruption("summing rows of " + std::string(FamilyName(tag)) +
                        ": two different names share the first 8 bytes of their hash");
    }
    value_ = std::move(sum->value);
    return {};
  }

  const ExternalSorter::Visitor& visit_;
  std::string key_;
  std::string value_;
  bool has_row_ = false;
};

// The rows of one run file, in order.
class RunReader {
 public:
  static Result<std::unique_ptr<RunReader>> Open(const std::string& path) {
    auto reader = std::unique_ptr<RunReader>(new RunReader());
    reader->path_ = path;
    reader->file_ = std::fopen(path.c_str(), "rb");
    if (reader->file_ == nullptr) return FileError("opening", path);
    WHOWHOM_TRY_STATUS(reader->Next());
    return reader;
  }
  ~RunReader() {
    if (file_ != nullptr) std::fclose(file_);
  }
  bool valid() const { return valid_; }
  const RowView& row() const { return row_; }

  Status Next() {
    valid_ = false;
    WHOWHOM_TRY_STATUS(Fill(kHeadBytes));
    if (available() == 0) return {};
    if (available() >= kHeadBytes) {
      uint32_t sizes[2];
      std::memcpy(sizes, buffer_.data() + begin_, kHeadBytes);
      const size_t size = kHeadBytes + size_t{sizes[0]} + sizes[1];
      WHOWHOM_TRY_STATUS(Fill(size));
      if (available() >= size) {
        row_ = RowAt(buffer_.data() + begin_);
        begin_ += size;
        valid_ = true;
        return {};
      }
    }
    return IoError("reading the temporary file " + path_ + ": it is shorter than what was written");
  }

 private:
  RunReader() = default;
  size_t available() const { return buffer_.size() - begin_; }
  Status Fill(size_t needed) {
    if (available() >= needed) return {};
    buffer_.erase(0, begin_);
    begin_ = 0;
    const size_t had = buffer_.size();
    const size_t wanted = std::max(needed, kReadBytes);
    buffer_.resize(wanted);
    const size_t got = std::fread(buffer_.data() + had, 1, wanted - had, file_);
    if (got < wanted - had && std::ferror(file_) != 0) return FileError("reading", path_);
    buffer_.resize(had + got);
    return {};
  }

  std::string path_;
  std::FILE* file_ = nullptr;
  std::string buffer_;
  size_t begin_ = 0;
  RowView row_;
  bool valid_ = false;
};

class RunWriter {
 public:
  RunWriter(std::string path, std::string folder, uint64_t min_free_bytes)
      : path_(std::move(path)), folder_(std::move(folder)), min_free_bytes_(min_free_bytes) {}
  ~RunWriter() {
    if (file_ != nullptr) std::fclose(file_);
  }
  Status Open() {
    file_ = std::fopen(path_.c_str(), "wb");
    if (file_ == nullptr) return FileError("making", path_);
    return {};
  }
  Status Add(std::string_view key, std::string_view value) {
    PutRow(key, value, &buffer_);
    return buffer_.size() >= kWriteBytes ? Write() : Status();
  }
  Status Close() {
    WHOWHOM_TRY_STATUS(Write());
    std::FILE* file = std::exchange(file_, nullptr);
    if (std::fclose(file) != 0) return FileError("closing", path_);
    return {};
  }

 private:
  static constexpr size_t kWriteBytes = size_t{4} << 20;
  Status Write() {
    WHOWHOM_TRY_STATUS(CheckFreeSpace(folder_, min_free_bytes_ + buffer_.size()));
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size())
      return FileError("writing", path_);
    buffer_.clear();
    return {};
  }

  std::string path_;
  std::string folder_;
  uint64_t min_free_bytes_;
  std::FILE* file_ = nullptr;
  std::string buffer_;
};

// Hands out the rows of several runs in order.
Status MergeRuns(const std::vector<std::string>& paths, const ExternalSorter::Visitor& visit) {
  std::vector<std::unique_ptr<RunReader>> runs;
  for (const std::string& path : paths) {
    WHOWHOM_TRY(std::unique_ptr<RunReader> run, RunReader::Open(path));
    runs.push_back(std::move(run));
  }
  // Equal rows in the order of bytes of their values, so that the result does not depend on which run holds
  // what.
  const auto later = [&](size_t a, size_t b) {
    const RowView& left = runs[a]->row();
    const RowView& right = runs[b]->row();
    const int order = left.key.compare(right.key);
    return order != 0 ? order > 0 : left.value > right.value;
  };
  std::priority_queue<size_t, std::vector<size_t>, decltype(later)> queue(later);
  for (size_t i = 0; i < runs.size(); ++i) {
    if (runs[i]->valid()) queue.push(i);
  }
  Folder folder(visit);
  while (!queue.empty()) {
    const size_t first = queue.top();
    queue.pop();
    WHOWHOM_TRY_STATUS(folder.Take(runs[first]->row().key, runs[first]->row().value));
    WHOWHOM_TRY_STATUS(runs[first]->Next());
    if (runs[first]->valid()) queue.push(first);
  }
  return folder.Finish();
}

}  // namespace

ExternalSorter::ExternalSorter(std::string folder, std::string name, uint64_t memory_bytes,
                               uint64_t min_free_bytes)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      memory_bytes_(std::max<uint64_t>(memory_bytes, kMinBufferBytes)),
      min_free_bytes_(min_free_bytes) {}

ExternalSorter::~ExternalSorter() {
  for (const std::string& run : runs_) std::remove(run.c_str());
}

Status ExternalSorter::Add(std::string_view key, std::string_view value) {
  const uint64_t used = buffer_.size() + entries_.size() * sizeof(Entry);
  if (!entries_.empty() && used + key.size() + value.size() > memory_bytes_) WHOWHOM_TRY_STATUS(Spill());
  entries_.push_back({PrefixOf(key), buffer_.size()});
  PutRow(key, value, &buffer_);
  return {};
}

bool ExternalSorter::IsLess(const Entry& a, const Entry& b) const {
  if (a.prefix != b.prefix) return a.prefix < b.prefix;
  const RowView left = RowAt(buffer_.data() + a.offset);
  const RowView right = RowAt(buffer_.data() + b.offset);
  const int order = left.key.compare(right.key);
  return order != 0 ? order < 0 : left.value < right.value;
}

void ExternalSorter::SortBuffer() {
  std::sort(entries_.begin(), entries_.end(),
            [this](const Entry& a, const Entry& b) { return IsLess(a, b); });
}

Status ExternalSorter::Spill() {
  SortBuffer();
  runs_.push_back(folder_ + "/" + name_ + "." + std::to_string(runs_.size()) + ".run");
  RunWriter run(runs_.back(), folder_, min_free_bytes_);
  WHOWHOM_TRY_STATUS(run.Open());
  const Visitor write = [&](std::string_view key, std::string_view value) { return run.Add(key, value); };
  Folder folder(write);
  for (const Entry& entry : entries_) {
    const RowView row = RowAt(buffer_.data() + entry.offset);
    WHOWHOM_TRY_STATUS(folder.Take(row.key, row.value));
  }
  WHOWHOM_TRY_STATUS(folder.Finish());
  entries_.clear();
  buffer_.clear();
  return run.Close();
}

Status ExternalSorter::Merge(const Visitor& visit) {
  if (runs_.empty()) {
    SortBuffer();
    Folder folder(visit);
    for (const Entry& entry : entries_) {
      const RowView row = RowAt(buffer_.data() + entry.offset);
      WHOWHOM_TRY_STATUS(folder.Take(row.key, row.value));
    }
    return folder.Finish();
  }
  if (!entries_.empty()) WHOWHOM_TRY_STATUS(Spill());
  buffer_ = {};
  entries_ = {};
  // Earlier runs are merged into longer ones until one pass suffices.
  size_t done = 0;
  while (runs_.size() - done > kFanIn) {
    const std::vector<std::string> group(runs_.begin() + static_cast<ptrdiff_t>(done),
                                         runs_.begin() + static_cast<ptrdiff_t>(done + kFanIn));
    runs_.push_back(folder_ + "/" + name_ + "." + std::to_string(runs_.size()) + ".run");
    RunWriter run(runs_.back(), folder_, min_free_bytes_);
    WHOWHOM_TRY_STATUS(run.Open());
    WHOWHOM_TRY_STATUS(
        MergeRuns(group, [&](std::string_view key, std::string_view value) { return run.Add(key, value); }));
    WHOWHOM_TRY_STATUS(run.Close());
    for (const std::string& path : group) std::remove(path.c_str());
    done += kFanIn;
  }
  return MergeRuns({runs_.begin() + static_cast<ptrdiff_t>(done), runs_.end()}, visit);
}

}  // namespace whowhom::storage
