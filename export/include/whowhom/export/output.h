// Where exports go: a sink of bytes; files appear whole or not at all.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "whowhom/core/result.h"

namespace whowhom::exports {

// Thread-compatible. Errors are kept and returned by Finish.
class Output {
 public:
  virtual ~Output() = default;
  virtual void Write(std::string_view bytes) = 0;
  // Makes the result visible. kIo with path and reason (disk full, no permission).
  virtual Status Finish() = 0;
};

// Writes `path`.part and renames it on Finish; without Finish nothing is left behind. "-" is standard output.
std::unique_ptr<Output> OpenFile(const std::string& path);

// Appends to `text`, which must outlive the output.
std::unique_ptr<Output> IntoString(std::string* text);

}  // namespace whowhom::exports
