// Compares what was acknowledged with what the tables hold.
#pragma once

#include <string>
#include <vector>

#include "database.h"
#include "journal.h"

namespace whowhom::storage {

// What to tell the user, empty if nothing is lost. When `may_write`, the journal is brought in step with the
// tables; changes that are still missing stay noted in it, so that the next opening warns too.
Result<std::vector<std::string>> ReportLoss(const std::string& store_path, const JournalContent& journal,
                                            Database* database, bool may_write);

}  // namespace whowhom::storage
