// The writer: changes are gathered in memory and written in groups, each group one atomic batch.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "article_merge.h"
#include "database.h"
#include "journal.h"
#include "pending_rows.h"
#include "whowhom/storage/store.h"

namespace whowhom::storage {

struct WriterContext {
  std::shared_ptr<Database> database;
  std::string store_path;
  uint64_t min_free_bytes = 0;
  std::shared_ptr<bool> is_writing;  // true while a writer exists
  VersionRule rule = VersionRule::kNewerWins;
};

// What every opener of a writer reads first.
Result<CommitMark> ReadCommitMark(const Database& database);
Result<Totals> ReadTotals(const Database& database);

Result<std::unique_ptr<Writer>> OpenWriter(WriterContext context);

}  // namespace whowhom::storage
