// Proves that the store is what its articles say, or finds where it is not.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "database.h"
#include "journal.h"
#include "whowhom/storage/store.h"

namespace whowhom::storage {

struct VerifierOptions {
  std::string temporary_folder;  // exists
  uint64_t memory_bytes = uint64_t{256} << 20;
  uint64_t min_free_bytes = 0;
};

struct VerifyOutcome {
  VerifyReport report;
  bool are_tables_damaged = false;  // rows could not be read: only tables made anew help
};

// Reads every table file against its checksums, every article, and every row against the rows that the
// articles give. With `repair`, rows that differ are set right in place (articles that cannot be read are
// dropped, and named). Cost: a few times that of a bulk load.
Result<VerifyOutcome> VerifyRows(const std::shared_ptr<Database>& database, const VerifierOptions& options,
                                 bool repair);

// New tables of all articles and judgements that can be read, at `folder`. Returns the commit they stand for.
Result<CommitMark> RebuildTables(const std::shared_ptr<Database>& database, const VerifierOptions& options,
                                 const std::string& folder);

}  // namespace whowhom::storage
