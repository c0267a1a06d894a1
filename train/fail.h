// How the trainers end on what they cannot read: a message and exit code 3. They are tools for their authors.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "whowhom/core/result.h"

namespace whowhom::train {

[[noreturn]] inline void Fail(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(3);
}

template <typename T>
T Need(Result<T> result) {
  if (!result.ok()) Fail(result.error().message);
  return std::move(*result);
}

}  // namespace whowhom::train
