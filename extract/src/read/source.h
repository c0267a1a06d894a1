// Where bytes come from: a file, memory, an archive member. One interface, read in order.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "whowhom/core/result.h"

namespace whowhom::extract::read {

// Thread-compatible.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Reads up to `size` bytes; 0 = the end. kIo, kResourceLimit or kInvalidInput (broken archive) otherwise.
  virtual Result<size_t> Read(char* buffer, size_t size) = 0;
};

// REQUIRES: `bytes` outlives the source.
std::unique_ptr<ByteSource> OpenMemory(std::string_view bytes);
// Does not close the descriptor.
std::unique_ptr<ByteSource> OpenDescriptor(int file_descriptor);
// kIo with path and reason; folders are refused. `bytes_read` counts what was read; may be null.
Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path, std::atomic<uint64_t>* bytes_read);

// A source whose first bytes can be looked at before they are read, and that is read by lines.
class BufferedSource {
 public:
  explicit BufferedSource(ByteSource* source) : source_(source) {}

  // The next up to `size` bytes without taking them; fewer at the end. An error of the source ends the data:
  // status().
  std::string_view Peek(size_t size);
  // The next line without its line end, valid until the next call; false at the end. A line longer than
  // `max_bytes` is cut there and the rest of it skipped: `truncated`.
  bool NextLine(size_t max_bytes, std::string_view* line, bool* truncated);
  // Takes up to `size` bytes, valid until the next call; empty = the end.
  std::string_view Take(size_t size);
  // Everything that is left, at most max_bytes; `truncated` if there was more.
  std::string TakeAll(size_t max_bytes, bool* truncated);
  // Bytes taken so far.
  uint64_t offset() const { return offset_; }
  const Status& status() const { return status_; }

 private:
  bool Fill(size_t wanted);
  size_t available() const { return buffer_.size() - begin_; }

  ByteSource* source_;
  std::string buffer_;
  size_t begin_ = 0;
  uint64_t offset_ = 0;
  bool ended_ = false;
  Status status_;
};

}  // namespace whowhom::extract::read
