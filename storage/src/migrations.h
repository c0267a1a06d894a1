// Steps from one layout of the store to the next.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "database.h"

namespace whowhom::storage {

struct MigrationStep {
  uint32_t from = 0;  // to from + 1
  std::function<Status(const std::shared_ptr<Database>& database)> run;
};

// The steps of this program, by version.
std::vector<MigrationStep> AllMigrations();

// Brings the store to version `to`, one step after another; each step ends with its version number on disk,
// so an interrupted migration goes on where it stopped. kNewerVersion above `to`; kUnsupported when a step is
// missing.
Status Migrate(const std::shared_ptr<Database>& database, const std::string& store_path,
               const std::vector<MigrationStep>& steps, uint32_t to);

// kNewerVersion, kCorruption when the store does not say its version.
Result<uint32_t> ReadSchemaVersion(const Database& database, const std::string& store_path, uint32_t newest);

}  // namespace whowhom::storage
