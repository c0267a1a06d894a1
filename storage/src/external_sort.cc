#include "whowhom/storage/external_sort.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "database.h"
#include "keys.h"
#include "values.h"

namespace whowhom::storage {
namespace {

constexpr size_t kReadBytes = size_t{512} << 10;
constexpr size_t kMinBufferBytes = size_t{1} << 16;
constexpr size_t kHeadBytes = 8;  // key size, value size
constexpr size_t kPieceBytes = size_t{1} << 20;
constexpr size_t kLineBytes = 64;
constexpr size_t kPrefetch = 12;  // rows ahead; sorted rows lie anywhere in memory
constexpr size_t kMinRadix = 64;  // entries worth more than comparing
constexpr int kMaxRadixBits = 11;
constexpr size_t kFanIn = 256;  // runs merged at once; bounds the open files and the read buffers

struct RowView {
  std::string_view key;
  std::string_view value;
};

// REQUIRES: room for kHeadBytes, the key and the value.
void PutRow(std::string_view key, std::string_view value, char* out) {
  const uint32_t sizes[2] = {static_cast<uint32_t>(key.size()), static_cast<uint32_t>(value.size())};
  std::memcpy(out, sizes, kHeadBytes);
  std::memcpy(out + kHeadBytes, key.data(), key.size());
  std::memcpy(out + kHeadBytes + key.size(), value.data(), value.size());
}

// REQUIRES: a whole row of ours stands there.
RowView RowAt(const char* bytes) {
  uint32_t sizes[2];
  std::memcpy(sizes, bytes, kHeadBytes);
  return {{bytes + kHeadBytes, sizes[0]}, {bytes + kHeadBytes + sizes[0], sizes[1]}};
}

void Prefetch(const char* row) {
  __builtin_prefetch(row);
  __builtin_prefetch(row + kLineBytes);
}

// Eight bytes as a number that orders as they do; what is missing counts as zero.
uint64_t WordOf(std::string_view bytes) {
  uint64_t word = 0;
  std::memcpy(&word, bytes.data(), std::min<size_t>(bytes.size(), sizeof word));
  return __builtin_bswap64(word);
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
    if (is_sum_) value_ = sum_.Encode();
    is_sum_ = false;
    return visit_(key_, value_);
  }

 private:
  Status Sum(std::string_view value) {
    const auto tag = static_cast<uint8_t>(key_.front());
    if (KindOf(tag) == RowKind::kUnique) return {};  // the same row, said twice
    if (!is_sum_ && !sum_.Start(tag, value_)) return Undecodable();
    is_sum_ = true;
    const std::optional<SumOutcome> outcome = sum_.Add(value);
    if (!outcome) return Undecodable();
    if (*outcome == SumOutcome::kOk) return {};
    return Corruption("summing rows of " + std::string(FamilyName(tag)) +
                      ": two different names share the first 8 bytes of their hash");
  }
  Status Undecodable() const {
    return Corruption("summing rows of " + std::string(FamilyName(static_cast<uint8_t>(key_.front()))) +
                      ": a row does not decode; the temporary file was changed");
  }

  const ExternalSorter::Visitor& visit_;
  std::string key_;
  std::string value_;
  RowSum sum_;  // of what was taken, if there was more than one row
  bool has_row_ = false;
  bool is_sum_ = false;
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
  // By key, then by value.
  bool IsBehind(const RunReader& other) const {
    if (words_ != other.words_) return words_ > other.words_;
    const int order = row_.key.compare(other.row_.key);
    return order != 0 ? order > 0 : row_.value > other.row_.value;
  }

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
        words_ = {WordOf(row_.key), WordOf(row_.key.substr(std::min(row_.key.size(), sizeof(uint64_t))))};
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
  std::array<uint64_t, 2> words_ = {};  // the first 16 bytes of the key: they decide most comparisons
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
    const size_t had = buffer_.size();
    buffer_.resize(had + kHeadBytes + key.size() + value.size());
    PutRow(key, value, buffer_.data() + had);
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

// Restores the heap after its first element was changed: half the comparisons of taking it out and putting it
// back.
template <typename Element, typename Later>
void SinkFirst(std::vector<Element>* heap, const Later& later) {
  for (size_t parent = 0;;) {
    size_t child = 2 * parent + 1;
    if (child >= heap->size()) return;
    if (child + 1 < heap->size() && later((*heap)[child], (*heap)[child + 1])) ++child;
    if (!later((*heap)[parent], (*heap)[child])) return;
    std::swap((*heap)[parent], (*heap)[child]);
    parent = child;
  }
}

// Hands out the rows of several runs in order.
Status MergeRuns(const std::vector<std::string>& paths, const ExternalSorter::Visitor& visit) {
  std::vector<std::unique_ptr<RunReader>> runs;
  for (const std::string& path : paths) {
    WHOWHOM_TRY(std::unique_ptr<RunReader> run, RunReader::Open(path));
    runs.push_back(std::move(run));
  }
  // Equal rows in the order of bytes of their values, so that the result does not depend on which run holds
  // what.
  const auto later = [](const std::unique_ptr<RunReader>& a, const std::unique_ptr<RunReader>& b) {
    return a->IsBehind(*b);
  };
  std::erase_if(runs, [](const std::unique_ptr<RunReader>& run) { return !run->valid(); });
  std::make_heap(runs.begin(), runs.end(), later);
  Folder folder(visit);
  while (!runs.empty()) {
    WHOWHOM_TRY_STATUS(folder.Take(runs.front()->row().key, runs.front()->row().value));
    WHOWHOM_TRY_STATUS(runs.front()->Next());
    if (runs.front()->valid()) {
      SinkFirst(&runs, later);
    } else {
      std::pop_heap(runs.begin(), runs.end(), later);
      runs.pop_back();
    }
  }
  return folder.Finish();
}

}  // namespace

char* ExternalSorter::Arena::Take(size_t bytes) {
  while (current_ < pieces_.size() && pieces_[current_].size - position_ < bytes) {
    ++current_;
    position_ = 0;
  }
  if (current_ == pieces_.size()) {
    const size_t size = std::max<size_t>(bytes, piece_bytes_);
    pieces_.push_back({std::make_unique_for_overwrite<char[]>(size), size});
  }
  char* place = pieces_[current_].bytes.get() + position_;
  position_ += bytes;
  used_bytes_ += bytes;
  return place;
}

void ExternalSorter::Arena::Clear() {
  current_ = 0;
  position_ = 0;
  used_bytes_ = 0;
}

ExternalSorter::ExternalSorter(std::string folder, std::string name, uint64_t memory_bytes,
                               uint64_t min_free_bytes)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      memory_bytes_(std::max<uint64_t>(memory_bytes, kMinBufferBytes)),
      min_free_bytes_(min_free_bytes),
      arena_(std::min<uint64_t>(kPieceBytes, memory_bytes_ / 16)) {}

ExternalSorter::~ExternalSorter() {
  for (const std::string& run : runs_) std::remove(run.c_str());
}

ExternalSorter::Entry ExternalSorter::EntryOf(std::string_view key, const char* row) {
  Entry entry{{}, row};
  key.remove_prefix(1);
  for (uint64_t& word : entry.prefix) {
    word = WordOf(key);
    key.remove_prefix(std::min<size_t>(key.size(), sizeof word));
  }
  return entry;
}

Status ExternalSorter::Add(std::string_view key, std::string_view value) {
  const size_t row_bytes = kHeadBytes + key.size() + value.size();
  const uint64_t used = arena_.bytes() + (entry_count_ + 1) * sizeof(Entry);
  if (entry_count_ > 0 && used + row_bytes > memory_bytes_) WHOWHOM_TRY_STATUS(Spill());
  char* row = arena_.Take(row_bytes);
  PutRow(key, value, row);
  entries_[static_cast<uint8_t>(key.front())].push_back(EntryOf(key, row));
  ++entry_count_;
  return {};
}

struct ExternalSorter::IsLess {
  bool operator()(const Entry& a, const Entry& b) const {
    for (size_t i = 0; i < kPrefixWords; ++i) {
      if (a.prefix[i] != b.prefix[i]) return a.prefix[i] < b.prefix[i];
    }
    const RowView left = RowAt(a.row);
    const RowView right = RowAt(b.row);
    const int order = left.key.compare(right.key);
    return order != 0 ? order < 0 : left.value < right.value;
  }
};

bool ExternalSorter::HaveSameKey(const Entry& a, const Entry& b) {
  return std::equal(a.prefix, a.prefix + kPrefixWords, b.prefix) && RowAt(a.row).key == RowAt(b.row).key;
}

// Puts entries into buckets by the first bits in which they differ, then sorts the buckets: half the time of
// comparing alone. Most keys begin with a hash, so buckets are even but for those of hubs.
void ExternalSorter::SortEntries(std::span<Entry> entries) {
  if (entries.size() < kMinRadix) return std::sort(entries.begin(), entries.end(), IsLess());
  size_t word = 0;
  uint64_t difference = 0;
  for (; word < kPrefixWords && difference == 0; ++word) {
    for (const Entry& entry : entries) difference |= entry.prefix[word] ^ entries.front().prefix[word];
  }
  if (difference == 0) return std::sort(entries.begin(), entries.end(), IsLess());
  --word;
  const int top = std::bit_width(difference);
  const int bits = std::min({top, kMaxRadixBits, static_cast<int>(std::bit_width(entries.size())) - 3});
  const int shift = top - bits;
  const uint64_t mask = (uint64_t{1} << bits) - 1;
  const auto bucket_of = [&](const Entry& entry) { return (entry.prefix[word] >> shift) & mask; };
  std::vector<size_t> ends(mask + 2);
  for (const Entry& entry : entries) ++ends[bucket_of(entry) + 1];
  for (size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  // ends[i] is where the next entry of bucket i goes, until it is the end of the bucket.
  const std::vector<size_t> begins = ends;
  for (size_t bucket = 0; bucket <= mask; ++bucket) {
    while (ends[bucket] < begins[bucket + 1]) {
      Entry& here = entries[ends[bucket]];
      const size_t home = bucket_of(here);
      if (home == bucket) {
        ++ends[bucket];
      } else {
        std::swap(here, entries[ends[home]++]);
      }
    }
  }
  for (size_t bucket = 0; bucket <= mask; ++bucket) {
    const size_t size = begins[bucket + 1] - begins[bucket];
    if (size > 1) SortEntries(entries.subspan(begins[bucket], size));
  }
}

Status ExternalSorter::VisitBuffered(const Visitor& visit) {
  Folder folder(visit);
  for (std::vector<Entry>& entries : entries_) {
    SortEntries(entries);
    bool is_repeated = false;  // the row before had the same key
    for (size_t i = 0; i < entries.size(); ++i) {
      if (i + kPrefetch < entries.size()) Prefetch(entries[i + kPrefetch].row);
      const RowView row = RowAt(entries[i].row);
      const bool is_repeated_next = i + 1 < entries.size() && HaveSameKey(entries[i], entries[i + 1]);
      if (is_repeated || is_repeated_next) {
        WHOWHOM_TRY_STATUS(folder.Take(row.key, row.value));
        if (!is_repeated_next) WHOWHOM_TRY_STATUS(folder.Finish());
      } else {
        WHOWHOM_TRY_STATUS(visit(row.key, row.value));
      }
      is_repeated = is_repeated_next;
    }
  }
  return {};
}

Status ExternalSorter::Spill() {
  runs_.push_back(folder_ + "/" + name_ + "." + std::to_string(runs_.size()) + ".run");
  RunWriter run(runs_.back(), folder_, min_free_bytes_);
  WHOWHOM_TRY_STATUS(run.Open());
  WHOWHOM_TRY_STATUS(
      VisitBuffered([&](std::string_view key, std::string_view value) { return run.Add(key, value); }));
  for (std::vector<Entry>& entries : entries_) entries.clear();
  entry_count_ = 0;
  arena_.Clear();
  return run.Close();
}

Status ExternalSorter::Merge(const Visitor& visit) {
  if (runs_.empty()) return VisitBuffered(visit);
  if (entry_count_ > 0) WHOWHOM_TRY_STATUS(Spill());
  arena_ = Arena(kPieceBytes);
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
