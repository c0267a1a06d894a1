// Sorts more rows than memory holds: sorted runs in temporary files, merged at the end.
//
// Rows of one key are summed into one where their family allows it (SumRows); of others one stays.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"

namespace whowhom::storage {

// Thread-compatible. Deterministic: equal input sets give equal output, whatever the order and the memory.
class ExternalSorter {
 public:
  // Run files are made in `folder` (which exists) and removed by the destructor.
  ExternalSorter(std::string folder, std::string name, uint64_t memory_bytes, uint64_t min_free_bytes);
  ~ExternalSorter();
  ExternalSorter(const ExternalSorter&) = delete;
  ExternalSorter& operator=(const ExternalSorter&) = delete;

  // REQUIRES: no empty key. kResourceLimit when the disk is too full for a run, kIo.
  Status Add(std::string_view key, std::string_view value);

  // Hands out all rows in the order of keys, summed by key; stops at the first error of `visit`. kCorruption
  // when rows of one key do not sum. To be called once.
  using Visitor = std::function<Status(std::string_view key, std::string_view value)>;
  Status Merge(const Visitor& visit);

 private:
  // Rows one after another in large pieces: none is moved when more come.
  class Arena {
   public:
    explicit Arena(uint64_t piece_bytes) : piece_bytes_(piece_bytes) {}
    char* Take(size_t bytes);
    uint64_t bytes() const { return used_bytes_; }
    // The memory stays for the next rows.
    void Clear();

   private:
    struct Piece {
      std::unique_ptr<char[]> bytes;
      size_t size = 0;
    };
    uint64_t piece_bytes_;
    std::vector<Piece> pieces_;
    size_t current_ = 0;  // the piece that is being filled
    size_t position_ = 0;
    uint64_t used_bytes_ = 0;
  };
  static constexpr size_t kPrefixWords = 3;
  // The bytes of the key behind the family, as far as they go: most comparisons touch nothing else.
  struct Entry {
    uint64_t prefix[kPrefixWords];
    const char* row;  // in the arena
  };
  static Entry EntryOf(std::string_view key, const char* row);
  struct IsLess;
  static bool HaveSameKey(const Entry& a, const Entry& b);
  static void SortEntries(std::span<Entry> entries);
  Status Spill();
  // Hands out the rows in memory in order.
  Status VisitBuffered(const Visitor& visit);

  std::string folder_;
  std::string name_;
  uint64_t memory_bytes_;
  uint64_t min_free_bytes_;
  Arena arena_;
  std::array<std::vector<Entry>, 256> entries_;  // by the first byte of the key
  uint64_t entry_count_ = 0;
  std::vector<std::string> runs_;
};

}  // namespace whowhom::storage
