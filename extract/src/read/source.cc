#include "read/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace whowhom::extract::read {
namespace {

constexpr size_t kChunk = size_t{1} << 17;

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  Result<size_t> Read(char* buffer, size_t size) override {
    size = std::min(size, bytes_.size());
    std::memcpy(buffer, bytes_.data(), size);
    bytes_.remove_prefix(size);
    return size;
  }

 private:
  std::string_view bytes_;
};

std::string ErrnoMessage() { return std::error_code(errno, std::generic_category()).message(); }

class DescriptorSource : public ByteSource {
 public:
  DescriptorSource(int descriptor, bool owned, std::atomic<uint64_t>* bytes_read = nullptr)
      : descriptor_(descriptor), owned_(owned), bytes_read_(bytes_read) {}
  ~DescriptorSource() override {
    if (owned_) ::close(descriptor_);
  }
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;

  Result<size_t> Read(char* buffer, size_t size) override {
    for (;;) {
      const ssize_t got = ::read(descriptor_, buffer, size);
      if (got > 0 && bytes_read_ != nullptr) *bytes_read_ += static_cast<uint64_t>(got);
      if (got >= 0) return static_cast<size_t>(got);
      if (errno != EINTR) return IoError("cannot be read: " + ErrnoMessage());
    }
  }

 private:
  int descriptor_;
  bool owned_;
  std::atomic<uint64_t>* bytes_read_;
};

}  // namespace

std::unique_ptr<ByteSource> OpenMemory(std::string_view bytes) {
  return std::make_unique<MemorySource>(bytes);
}

std::unique_ptr<ByteSource> OpenDescriptor(int file_descriptor) {
  return std::make_unique<DescriptorSource>(file_descriptor, false);
}

Result<std::unique_ptr<ByteSource>> OpenFile(const std::string& path, std::atomic<uint64_t>* bytes_read) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return IoError("cannot be opened: " + ErrnoMessage());
  auto source = std::make_unique<DescriptorSource>(descriptor, true, bytes_read);
  struct stat info {};
  if (::fstat(descriptor, &info) == 0 && S_ISDIR(info.st_mode)) return IoError("is a folder");
  return std::unique_ptr<ByteSource>(std::move(source));
}

bool BufferedSource::Fill(size_t wanted) {
  if (begin_ > 0 && (available() == 0 || begin_ >= kChunk)) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  while (!ended_ && available() < wanted) {
    const size_t old = buffer_.size();
    buffer_.resize(old + kChunk);
    Result<size_t> got = source_->Read(buffer_.data() + old, kChunk);
    buffer_.resize(old + (got.ok() ? got.value() : 0));
    if (!got.ok()) status_ = got.error();
    if (!got.ok() || got.value() == 0) ended_ = true;
  }
  return available() >= wanted;
}

std::string_view BufferedSource::Peek(size_t size) {
  Fill(size);
  return std::string_view(buffer_).substr(begin_, std::min(size, available()));
}

std::string_view BufferedSource::Take(size_t size) {
  if (available() == 0) Fill(1);
  const size_t taken = std::min(size, available());
  const std::string_view bytes = std::string_view(buffer_).substr(begin_, taken);
  begin_ += taken;
  offset_ += taken;
  return bytes;
}

bool BufferedSource::NextLine(size_t max_bytes, std::string_view* line, bool* truncated) {
  *truncated = false;
  size_t searched = 0;
  for (;;) {
    const size_t end = buffer_.find('\n', begin_ + searched);
    const bool found = end != std::string::npos;
    const size_t length = found ? end - begin_ : available();
    if (found || ended_ || length > max_bytes) {
      if (!found && length == 0) return false;
      *line = std::string_view(buffer_).substr(begin_, std::min(length, max_bytes));
      const size_t taken = std::min(length + (found ? 1 : 0), available());
      begin_ += taken;
      offset_ += taken;
      if (length <= max_bytes) return true;
      *truncated = true;
      if (found) return true;
      break;
    }
    searched = length;
    Fill(length + 1);
  }
  // Skips the rest of an overlong line; its beginning is not kept.
  *line = {};
  for (;;) {
    const std::string_view chunk = Take(kChunk);
    if (chunk.empty()) return true;
    const size_t end = chunk.find('\n');
    if (end == std::string_view::npos) continue;
    const size_t back = chunk.size() - end - 1;
    begin_ -= back;
    offset_ -= back;
    return true;
  }
}

std::string BufferedSource::TakeAll(size_t max_bytes, bool* truncated) {
  std::string all;
  *truncated = false;
  for (;;) {
    const std::string_view chunk = Take(kChunk);
    if (chunk.empty()) return all;
    if (all.size() + chunk.size() > max_bytes) {
      all.append(chunk.substr(0, max_bytes - all.size()));
      *truncated = true;
      return all;
    }
    all.append(chunk);
  }
}

}  // namespace whowhom::extract::read
