// Files, folders and globs -> a sorted list of files (reader.h).
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "whowhom/extract/reader.h"

namespace whowhom::extract {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxDepth = 64;

class Lister {
 public:
  explicit Lister(FileList* list) : list_(list) {}

  void Add(const std::string& path, size_t depth) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
      const std::error_code error(errno, std::generic_category());
      Fail(path,
           errno == ELOOP ? "a link that leads back to itself" : "cannot be opened: " + error.message());
      return;
    }
    if (!S_ISDIR(info.st_mode)) {
      if (S_ISREG(info.st_mode) || depth == 0) {
        list_->files.push_back(path);
      }
      return;  // sockets, devices and pipes inside folders are not articles
    }
    if (depth >= kMaxDepth) {
      Fail(path, "folders are nested deeper than " + std::to_string(kMaxDepth));
      return;
    }
    const std::pair<uint64_t, uint64_t> identity(info.st_dev, info.st_ino);
    if (!visited_.insert(identity).second) {
      Fail(path, "a link to a folder that is already read");
      return;
    }
    AddFolder(path, depth);
  }

 private:
  void AddFolder(const std::string& path, size_t depth) {
    std::error_code error;
    std::vector<std::string> names;
    fs::directory_iterator entry(path, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      std::string name = entry->path().filename().string();
      if (!name.empty() && name[0] != '.') names.push_back(std::move(name));
    }
    if (error) Fail(path, "cannot be listed: " + error.message());
    std::sort(names.begin(), names.end());
    const std::string prefix = path.ends_with('/') ? path : path + "/";
    for (const std::string& name : names) Add(prefix + name, depth + 1);
  }

  void Fail(const std::string& path, std::string reason) {
    list_->failures.push_back({path, 0, std::move(reason), false});
  }

  FileList* list_;
  std::set<std::pair<uint64_t, uint64_t>> visited_;
};

bool HasWildcard(const std::string& path) { return path.find_first_of("*?[") != std::string::npos; }

}  // namespace

FileList ListFiles(const std::vector<std::string>& paths) {
  FileList list;
  Lister lister(&list);
  for (const std::string& path : paths) {
    std::error_code error;
    if (!HasWildcard(path) || fs::exists(path, error)) {
      lister.Add(path, 0);
      continue;
    }
    glob_t matches{};
    const int code = ::glob(path.c_str(), 0, nullptr, &matches);
    if (code == 0) {
      for (size_t i = 0; i < matches.gl_pathc; ++i) lister.Add(matches.gl_pathv[i], 0);
    } else {
      list.failures.push_back({path, 0, "no file matches this pattern", false});
    }
    ::globfree(&matches);
  }
  std::sort(list.files.begin(), list.files.end());
  list.files.erase(std::unique(list.files.begin(), list.files.end()), list.files.end());
  return list;
}

}  // namespace whowhom::extract
