// Names by gazetteer and rule: GROUP, FACILITY, WEAPON, DATE, MONEY, QUANTITY, PERCENT, and repair of the
// model's names.
#pragma once

#include <memory>
#include <string>

#include "whowhom/core/result.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// Immutable after loading; thread-safe.
class NameFinder {
 public:
  static Result<std::unique_ptr<NameFinder>> Load(const std::string& data_dir);
  virtual ~NameFinder() = default;
  // REQUIRES: tokens are tagged. Adds to sentence.names what the model did not find; keeps them disjoint and
  // in order.
  virtual void Annotate(Sentence* sentence) const = 0;
};

}  // namespace whowhom::extract
