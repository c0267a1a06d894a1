// Steps from one layout of the store to the next.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "database.h"

namespace whowhom::storage {

struct MigrationContext {
  std::shared_ptr<Database> database;
  std::string store_path;  // temporary files lie in it
  uint64_t min_free_bytes = 0;
};

struct MigrationStep {
  uint32_t from = 0;  // to from + 1
  std::function<Status(const MigrationContext& context)> run;
};

// The steps of this program, by version.
std::vector<MigrationStep> AllMigrations();

// Brings the store to version `to`, one step after another; each step ends with its version number on disk,
// so an interrupted migration goes on where it stopped. kNewerVersion above `to`; kUnsupported when a step is
// missing; kResourceLimit when the disk is too full for one, which has then changed nothing.
Status Migrate(const MigrationContext& context, const std::vector<MigrationStep>& steps, uint32_t to);

// kNewerVersion, kCorruption when the store does not say its version.
Result<uint32_t> ReadSchemaVersion(const Database& database, const std::string& store_path, uint32_t newest);

}  // namespace whowhom::storage
