// What the CSR view kept on disk can answer for other parts of the view.
#pragma once

#include <string_view>
#include <vector>

#include "view_impl.h"

namespace whowhom::graph {

// False if no CSR view of this watermark is kept; else the edges whose id starts with the prefix, at most
// ten.
Result<bool> FindCachedEdges(const ViewImpl& view, std::string_view hex_prefix,
                             std::vector<FoldedEdge>* found);

}  // namespace whowhom::graph
