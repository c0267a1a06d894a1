#include "writer_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace whowhom::storage {

Result<WriterLock> WriterLock::Take(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return IoError("opening the lock file " + path + ": " + std::strerror(errno));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    const ssize_t size = pread(file, holder, sizeof holder - 1, 0);
    close(file);
    std::string who =
        size > 0 ? "process " + std::string(holder, static_cast<size_t>(size)) : "another process";
    while (!who.empty() && who.back() == '\n') who.pop_back();
    return Error{ErrorCode::kLocked, "opening the store for writing: " + who + " is writing to it (" + path +
                                         "); wait until it ends, reading is possible meanwhile"};
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    const std::string reason = std::strerror(errno);
    close(file);
    return IoError("writing the lock file " + path + ": " + reason);
  }
  return WriterLock(file);
}

WriterLock::WriterLock(WriterLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

WriterLock::~WriterLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace whowhom::storage
