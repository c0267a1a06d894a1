// Backups: copies of a store's tables that share unchanged files, each checked after it was made.
#pragma once

#include <string>

#include "database.h"

namespace whowhom::storage {

// kResourceLimit when `folder` has no room for what is new.
Status MakeBackup(const Database& database, const std::string& folder, uint64_t min_free_bytes);

// The tables of the latest backup in `folder`, at `tables_folder`. kNotFound if there is none; kCorruption.
Status RestoreTables(const std::string& folder, const std::string& tables_folder, uint64_t min_free_bytes);

}  // namespace whowhom::storage
