#include "migrations.h"

#include <algorithm>

#include "keys.h"
#include "layout.h"

namespace whowhom::storage {

std::vector<MigrationStep> AllMigrations() { return {}; }

Result<uint32_t> ReadSchemaVersion(const Database& database, const std::string& store_path, uint32_t newest) {
  WHOWHOM_TRY(const std::optional<std::string> row, database.Get(MetaKey(kSchemaRow), nullptr));
  const std::optional<uint32_t> version = row ? DecodeSchema(*row) : std::nullopt;
  if (!version) {
    return Corruption("opening " + store_path + ": the store does not say its version; restore a backup");
  }
  if (*version > newest) {
    return Error{ErrorCode::kNewerVersion, "opening " + store_path + ": the store has version " +
                                               std::to_string(*version) + ", this program reads up to " +
                                               std::to_string(newest) + "; use a newer whowhom"};
  }
  return *version;
}

Status Migrate(const std::shared_ptr<Database>& database, const std::string& store_path,
               const std::vector<MigrationStep>& steps, uint32_t to) {
  WHOWHOM_TRY(uint32_t version, ReadSchemaVersion(*database, store_path, to));
  while (version < to) {
    const auto step =
        std::find_if(steps.begin(), steps.end(), [&](const MigrationStep& s) { return s.from == version; });
    if (step == steps.end()) {
      return Error{ErrorCode::kUnsupported,
                   "opening " + store_path + ": the store has version " + std::to_string(version) +
                       ", which this program no longer reads; export it with an older whowhom"};
    }
    WHOWHOM_TRY_STATUS(step->run(database));
    ++version;
    rocksdb::WriteBatch batch;
    batch.Put(ToSlice(MetaKey(kSchemaRow)), ToSlice(EncodeSchema(version)));
    WHOWHOM_TRY_STATUS(database->Write(&batch, /*sync=*/true));
  }
  return {};
}

}  // namespace whowhom::storage
