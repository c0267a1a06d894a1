// Sorts more rows than memory holds: sorted runs in temporary files, merged at the end.
//
// Rows of one key are summed into one where their family allows it (SumRows); of others one stays.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
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

  // kResourceLimit when the disk is too full for a run, kIo.
  Status Add(std::string_view key, std::string_view value);

  // Hands out all rows in the order of keys, summed by key; stops at the first error of `visit`. kCorruption
  // when rows of one key do not sum. To be called once.
  using Visitor = std::function<Status(std::string_view key, std::string_view value)>;
  Status Merge(const Visitor& visit);

 private:
  struct Entry {
    uint64_t prefix;  // first 8 bytes of the key, so that most comparisons touch nothing else
    uint64_t offset;  // of the row in buffer_
  };
  Status Spill();
  void SortBuffer();
  bool IsLess(const Entry& a, const Entry& b) const;

  std::string folder_;
  std::string name_;
  uint64_t memory_bytes_;
  uint64_t min_free_bytes_;
  std::string buffer_;
  std::vector<Entry> entries_;
  std::vector<std::string> runs_;
};

}  // namespace whowhom::storage
