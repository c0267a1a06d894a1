#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "whowhom/extract/analysis.h"

namespace whowhom::extract {
namespace {

namespace fs = std::filesystem;

bool HoldsResources(const fs::path& folder) {
  std::error_code error;
  return fs::is_directory(folder / "data", error) && fs::is_directory(folder / "models", error);
}

ResourcePaths PathsIn(const fs::path& folder) {
  return {(folder / "data").string(), (folder / "models").string()};
}

}  // namespace

Result<ResourcePaths> FindResources() {
  if (const char* given = std::getenv("WHOWHOM_DATA"); given != nullptr && *given != '\0') {
    if (HoldsResources(given)) return PathsIn(given);
    return Error{ErrorCode::kNotFound,
                 "looking for data/ and models/ in $WHOWHOM_DATA = " + std::string(given) +
                     ": not there; set it to a folder that holds both, or unset it"};
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    const fs::path installed = program.parent_path().parent_path() / "share" / "whowhom";
    if (HoldsResources(installed)) return PathsIn(installed);
    for (fs::path folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path()) {
      if (HoldsResources(folder)) return PathsIn(folder);
    }
  }
  return Error{
      ErrorCode::kNotFound,
      "looking for the folders data/ and models/: neither ../share/whowhom beside the program nor any folder "
      "above it holds them; set WHOWHOM_DATA"};
}

}  // namespace whowhom::extract
