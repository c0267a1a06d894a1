#include "unit/extract/read/archive_testing.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

namespace whowhom::extract {
namespace {

la_ssize_t Append(archive*, void* client, const void* bytes, size_t size) {
  static_cast<std::string*>(client)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

void AddMember(archive* handle, const ArchiveMember& member) {
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, member.name.c_str());
  archive_entry_set_filetype(entry, member.link.empty() ? AE_IFREG : AE_IFLNK);
  if (!member.link.empty()) archive_entry_set_symlink(entry, member.link.c_str());
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size() * member.repeat));
  archive_write_header(handle, entry);
  for (size_t i = 0; i < member.repeat; ++i)
    archive_write_data(handle, member.bytes.data(), member.bytes.size());
  archive_entry_free(entry);
}

}  // namespace

std::string MakeArchive(const std::string& format, const std::vector<ArchiveMember>& members) {
  std::string out;
  archive* handle = archive_write_new();
  if (format == "zip") {
    archive_write_set_format_zip(handle);
  } else if (format == "raw") {
    archive_write_set_format_raw(handle);
  } else {
    archive_write_set_format_pax_restricted(handle);
  }
  if (format == "tar.gz" || format == "raw") archive_write_add_filter_gzip(handle);
  archive_write_set_bytes_per_block(handle, 0);
  archive_write_open(handle, &out, nullptr, Append, nullptr);
  for (const ArchiveMember& member : members) AddMember(handle, member);
  archive_write_close(handle);
  archive_write_free(handle);
  return out;
}

std::string Gzip(const std::string& bytes, size_t repeat) {
  return MakeArchive("raw", {{"data", bytes, "", repeat}});
}

TEST(ArchiveTesting, MakesGzip) { EXPECT_TRUE(Gzip("x").starts_with("\x1F\x8B")); }

}  // namespace whowhom::extract
