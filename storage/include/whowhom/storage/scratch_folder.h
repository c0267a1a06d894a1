// A folder for temporary files that goes with its owner.
#pragma once

#include <string>

#include "whowhom/core/result.h"

namespace whowhom::storage {

class ScratchFolder {
 public:
  // At `path`, emptied if it exists; an empty path = a new folder in the system's place for such.
  static Result<ScratchFolder> Make(const std::string& path);
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();
  const std::string& path() const { return path_; }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace whowhom::storage
