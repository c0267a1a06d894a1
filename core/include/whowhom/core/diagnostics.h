// Where libraries report what the user should hear of, without printing themselves.
#pragma once

#include <string>

namespace whowhom {

// Thread contract: implementations given to parallel stages must be thread-safe.
class Diagnostics {
 public:
  virtual ~Diagnostics() = default;
  virtual void Warn(const std::string& message) = 0;
};

}  // namespace whowhom
