#include "whowhom/storage/scratch_folder.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace whowhom::storage {

Result<ScratchFolder> ScratchFolder::Make(const std::string& path) {
  std::error_code error;
  if (!path.empty()) {
    std::filesystem::remove_all(path, error);
    std::filesystem::create_directories(path, error);
    if (error) return IoError("making the temporary folder " + path + ": " + error.message());
    return ScratchFolder(path);
  }
  std::string pattern = (std::filesystem::temp_directory_path(error) / "whowhom-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return IoError("making a temporary folder like " + pattern);
  return ScratchFolder(pattern);
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  if (!path_.empty()) std::filesystem::remove_all(path_, error);
}

}  // namespace whowhom::storage
