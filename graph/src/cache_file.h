// What a view derives, kept beside the store between runs: a file is used only if it was made from the same
// watermark, by the same format and options; anything else about it makes it as if it were not there.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "whowhom/core/id.h"
#include "whowhom/graph/view.h"

namespace whowhom::graph {

struct IdentityCache {
  std::vector<std::pair<NodeId, NodeId>> redirects;
  std::vector<std::pair<DocId, DocId>> leaders;
  std::vector<DocId> superseded;
};

bool LoadIdentityCache(const ViewOptions& options, uint64_t watermark, IdentityCache* cache);
// Best effort: a folder that cannot be written is no error. Written beside and renamed.
void SaveIdentityCache(const ViewOptions& options, uint64_t watermark, const IdentityCache& cache);

// Writes `bytes` beside `path` and renames. False if that is not possible.
bool WriteCacheFile(const std::string& path, const std::string& bytes);

}  // namespace whowhom::graph
