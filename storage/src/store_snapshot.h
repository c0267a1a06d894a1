// Snapshot over the database.
#pragma once

#include <memory>
#include <string>

#include "database.h"
#include "whowhom/storage/store.h"

namespace whowhom::storage {

std::shared_ptr<const Snapshot> MakeSnapshot(std::shared_ptr<Database> database,
                                             const std::string& store_path);

}  // namespace whowhom::storage
