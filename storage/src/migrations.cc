#include "migrations.h"

#include <algorithm>

#include "article_scan.h"
#include "keys.h"
#include "layout.h"
#include "scratch_folder.h"
#include "verifier.h"

namespace whowhom::storage {

namespace {

// To version 2: periods are keyed by their length, records share strings, texts are not compressed by
// themselves. Every row follows from the articles, whose decoders read both versions: so the rows that differ
// are made anew. An article that cannot be read would be lost in that, so it must be dealt with before.
Status RewriteRows(const std::shared_ptr<Database>& database) {
  std::string damage;
  ArticleScan scan;
  scan.damage = [&](const std::string& what, const std::string& why) {
    if (damage.empty()) damage = what + ": " + why;
  };
  scan.article = [](const Article&) { return Status(); };
  WHOWHOM_TRY_STATUS(ScanArticles(ReadView(database), scan));
  if (!damage.empty()) {
    return Corruption("bringing the store to version 2: " + damage +
                      "; restore a backup, or export what can be read with an older whowhom");
  }
  WHOWHOM_TRY(const ScratchFolder scratch, ScratchFolder::Make(""));
  VerifierOptions options;
  options.temporary_folder = scratch.path();
  WHOWHOM_TRY(const VerifyOutcome outcome, VerifyRows(database, options, /*repair=*/true));
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
