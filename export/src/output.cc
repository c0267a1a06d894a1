#include "whowhom/export/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace whowhom::exports {
namespace {

class FileOutput : public Output {
 public:
  explicit FileOutput(const std::string& path) : path_(path) {
    if (path_ == "-") {
      descriptor_ = STDOUT_FILENO;
      return;
    }
    temporary_ = path_ + ".part";
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0) {
      Fail();
      temporary_.clear();
    }
  }
  ~FileOutput() override {
    if (temporary_.empty()) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
  }
  FileOutput(const FileOutput&) = delete;
  FileOutput& operator=(const FileOutput&) = delete;

  void Write(std::string_view bytes) override {
    buffer_.append(bytes);
    if (buffer_.size() >= kBufferBytes) Flush();
  }

  Status Finish() override {
    Flush();
    if (error_ == 0 && !temporary_.empty()) {
      if (::fsync(descriptor_) != 0 || ::close(descriptor_) != 0 ||
          ::rename(temporary_.c_str(), path_.c_str()) != 0) {
        Fail();
      } else {
        temporary_.clear();
      }
    }
    if (error_ != 0) return IoError("writing " + path_ + ": " + std::strerror(error_));
    return {};
  }

 private:
  static constexpr size_t kBufferBytes = size_t{1} << 18;

  void Fail() {
    if (error_ == 0) error_ = errno != 0 ? errno : EIO;
  }
  void Flush() {
    for (size_t done = 0; error_ == 0 && done < buffer_.size();) {
      const ssize_t count = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
      if (count >= 0) {
        done += static_cast<size_t>(count);
      } else if (errno != EINTR) {
        Fail();
      }
    }
    buffer_.clear();
  }

  std::string path_;
  std::string temporary_;  // empty: standard output, or renamed
  std::string buffer_;
  int descriptor_ = -1;
  int error_ = 0;
};

class StringOutput : public Output {
 public:
  explicit StringOutput(std::string* text) : text_(text) {}
  void Write(std::string_view bytes) override { text_->append(bytes); }
  Status Finish() override { return {}; }

 private:
  std::string* text_;
};

}  // namespace

std::unique_ptr<Output> OpenFile(const std::string& path) { return std::make_unique<FileOutput>(path); }
std::unique_ptr<Output> IntoString(std::string* text) { return std::make_unique<StringOutput>(text); }

}  // namespace whowhom::exports
