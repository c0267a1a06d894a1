// One writer a store: a locked file that says who holds it.
#pragma once

#include <string>

#include "whowhom/core/result.h"

namespace whowhom::storage {

// Held until destroyed, also against other openings in the same process. The kernel lets go of it when a
// process dies.
class WriterLock {
 public:
  // kLocked names the process that holds it; kIo when the file cannot be made.
  static Result<WriterLock> Take(const std::string& path);
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&&) = delete;
  ~WriterLock();

 private:
  explicit WriterLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace whowhom::storage
