#include "read/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <vector>

#include "read/normalize.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

struct ArchiveCloser {
  void operator()(archive* handle) const { archive_read_free(handle); }
};
using ArchiveHandle = std::unique_ptr<archive, ArchiveCloser>;

// What libarchive reads from, and how much it took.
struct PackedInput {
  BufferedSource* source;
  uint64_t bytes = 0;
};

la_ssize_t ReadPacked(archive* handle, void* client, const void** buffer) {
  auto* input = static_cast<PackedInput*>(client);
  const std::string_view chunk = input->source->Take(size_t{1} << 16);
  if (chunk.empty() && !input->source->status().ok()) {
    archive_set_error(handle, 5, "%s", input->source->status().error().message.c_str());
    return -1;
  }
  input->bytes += chunk.size();
  *buffer = chunk.data();
  return static_cast<la_ssize_t>(chunk.size());
}

std::string ErrorOf(archive* handle) {
  const char* message = archive_error_string(handle);
  return message == nullptr ? "the archive is broken" : message;
}

// The unpacked bytes of the current member, under the caps.
class MemberSource : public ByteSource {
 public:
  MemberSource(archive* handle, const PackedInput* input, uint64_t* unpacked)
      : handle_(handle), input_(input), unpacked_(unpacked) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    const la_ssize_t got = archive_read_data(handle_, buffer, size);
    if (got < 0) return InvalidInput("cannot be unpacked: " + ErrorOf(handle_));
    *unpacked_ += static_cast<uint64_t>(got);
    if (*unpacked_ > kRatioFree && *unpacked_ / kMaxRatio > input_->bytes) {
      stopped_ = true;
      return ResourceLimit("unpacks to more than " + std::to_string(kMaxRatio) +
                           " times its size; the rest was not read");
    }
    if (*unpacked_ > kMaxUnpackedBytes) {
      stopped_ = true;
      return ResourceLimit("unpacks to more than " + std::to_string(kMaxUnpackedBytes >> 30) +
                           " GiB; the rest was not read");
    }
    return static_cast<size_t>(got);
  }
  bool stopped() const { return stopped_; }

  // Reads to the end; false if a cap was met on the way.
  bool Drain() {
    if (stopped_) return true;  // already reported
    std::vector<char> buffer(size_t{1} << 16);
    for (;;) {
      const Result<size_t> got = Read(buffer.data(), buffer.size());
      if (!got.ok() || got.value() == 0) return !stopped_;
    }
  }

 private:
  archive* handle_;
  const PackedInput* input_;
  uint64_t* unpacked_;
  bool stopped_ = false;
};

// Whole archives, and single compressed files (libarchive's "raw").
ArchiveHandle OpenArchive(PackedInput* input) {
  ArchiveHandle handle(archive_read_new());
  if (handle == nullptr) return handle;
  archive_read_support_filter_gzip(handle.get());
  archive_read_support_filter_bzip2(handle.get());
  archive_read_support_filter_xz(handle.get());
  archive_read_support_filter_zstd(handle.get());
  archive_read_support_format_tar(handle.get());
  archive_read_support_format_zip_streamable(handle.get());
  archive_read_support_format_raw(handle.get());
  archive_read_open(handle.get(), input, nullptr, ReadPacked, nullptr);
  return handle;
}

std::string MemberName(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  std::string text = name == nullptr ? "?" : RepairUtf8(name).text;
  BlankControls(&text);
  return text.substr(0, 1024);
}

// Why a member is not read; empty for regular files.
std::string_view Refusal(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr)
    return "is a link inside an archive";
  const auto type = archive_entry_filetype(entry);
  if (type != AE_IFREG && type != 0) return "is no regular file";
  if (archive_entry_is_encrypted(entry) != 0) return "is encrypted";
  return {};
}

}  // namespace

void ReadArchive(BufferedSource* source, const std::string& path, ReadContext* context,
                 const MemberReader& read) {
  PackedInput input{source};
  const ArchiveHandle handle = OpenArchive(&input);
  if (handle == nullptr) {
    context->Fail(path, 0, "cannot be unpacked: out of memory");
    return;
  }
  uint64_t unpacked = 0;
  for (uint64_t members = 0; !context->stopped(); ++members) {
    archive_entry* entry = nullptr;
    const int code = archive_read_next_header(handle.get(), &entry);
    if (code == ARCHIVE_EOF) return;
    if (code == ARCHIVE_FATAL || code == ARCHIVE_RETRY) {
      context->Fail(path, input.bytes, "cannot be unpacked: " + ErrorOf(handle.get()));
      return;
    }
    if (members >= kMaxMembers) {
      context->Fail(path, input.bytes,
                    "has more than " + std::to_string(kMaxMembers) + " members; the rest was not read");
      return;
    }
    // A single compressed file keeps the name of the outer one.
    const bool single = archive_format(handle.get()) == ARCHIVE_FORMAT_RAW;
    const std::string place = single ? path : path + "!" + MemberName(entry);
    if (archive_entry_filetype(entry) == AE_IFDIR) continue;
    if (const std::string_view refusal = Refusal(entry); !refusal.empty()) {
      context->Fail(place, input.bytes, std::string(refusal));
      continue;
    }
    MemberSource member(handle.get(), &input, &unpacked);
    read(&member, place);
    // What was not read is unpacked under the same caps: libarchive would do it without them.
    if (!single && !member.Drain()) {
      context->Fail(place, input.bytes, "unpacks to too much; the rest of the archive was not read");
      return;
    }
    if (member.stopped()) return;
  }
}

}  // namespace whowhom::extract::read
