#include "migrations.h"

#include <algorithm>

#include "article_scan.h"
#include "keys.h"
#include "layout.h"
#include "verifier.h"
#include "whowhom/storage/scratch_folder.h"

namespace whowhom::storage {

namespace {

// Free space that making all rows anew needs, in sizes of the tables: sorted runs, which are not compressed,
// take somewhat more than four (measured at 10 million statements), rows that differ one more, and one while
// they are merged.
constexpr uint64_t kRewriteSpaceFactor = 6;

// To version 2: periods are keyed by their length, records share strings, texts are not compressed by
// themselves. Every row follows from the articles, whose decoders read both versions: so the rows that differ
// are made anew. An article that cannot be read would be lost in that, so it must be dealt with before.
Status RewriteRows(const MigrationContext& context) {
  uint64_t table_bytes = 0;
  context.database->db()->GetIntProperty(rocksdb::DB::Properties::kTotalSstFilesSize, &table_bytes);
  WHOWHOM_TRY_STATUS(
      CheckFreeSpace(context.store_path, context.min_free_bytes + kRewriteSpaceFactor * table_bytes));
  std::string damage;
  ArticleScan scan;
  scan.damage = [&](const std::string& what, const std::string& why) {
    if (damage.empty()) damage = what + ": " + why;
  };
  scan.article = [](const Article&) { return Status(); };
  WHOWHOM_TRY_STATUS(ScanArticles(ReadView(context.database), scan));
  if (!damage.empty()) {
    return Corruption("bringing the store to version 2: " + damage +
                      "; restore a backup, or export what can be read with an older whowhom");
  }
  WHOWHOM_TRY(const ScratchFolder scratch, ScratchFolder::Make(TemporaryFolder(context.store_path)));
  VerifierOptions options;
  options.temporary_folder = scratch.path();
  options.min_free_bytes = context.min_free_bytes;
  WHOWHOM_TRY(const VerifyOutcome outcome, VerifyRows(context.database, options, /*repair=*/true));
  if (outcome.are_tables_damaged) {
    return Corruption("bringing the store to version 2: its tables cannot be read; restore a backup");
  }
  return {};
}

}  // namespace

std::vector<MigrationStep> AllMigrations() { return {{1, RewriteRows}}; }

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

Status Migrate(const MigrationContext& context, const std::vector<MigrationStep>& steps, uint32_t to) {
  WHOWHOM_TRY(uint32_t version, ReadSchemaVersion(*context.database, context.store_path, to));
  while (version < to) {
    const auto step =
        std::find_if(steps.begin(), steps.end(), [&](const MigrationStep& s) { return s.from == version; });
    if (step == steps.end()) {
      return Error{ErrorCode::kUnsupported,
                   "opening " + context.store_path + ": the store has version " + std::to_string(version) +
                       ", which this program no longer reads; export it with an older whowhom"};
    }
    WHOWHOM_TRY_STATUS(step->run(context));
    ++version;
    rocksdb::WriteBatch batch;
    batch.Put(ToSlice(MetaKey(kSchemaRow)), ToSlice(EncodeSchema(version)));
    WHOWHOM_TRY_STATUS(context.database->Write(&batch, /*sync=*/true));
  }
  return {};
}

}  // namespace whowhom::storage
