// Archives made in memory for tests.
#pragma once

#include <string>
#include <vector>

namespace whowhom::extract {

struct ArchiveMember {
  std::string name;
  std::string bytes;
  std::string link = {};  // target; empty = a regular file
  size_t repeat = 1;      // `bytes` so many times
};

// format: zip, tar, tar.gz.
std::string MakeArchive(const std::string& format, const std::vector<ArchiveMember>& members);
std::string Gzip(const std::string& bytes, size_t repeat = 1);

}  // namespace whowhom::extract
