// Signatures -> clusters of near duplicates: the connected components of the pairs that are similar enough
// and share a band (extract/minhash.h).
#pragma once

#include <cstdint>
#include <vector>

#include "whowhom/extract/minhash.h"

namespace whowhom::graph {

// For each signature the smallest index of its cluster. A pure function of the list.
//
// Cost: a sort a band; in a bucket of articles that share a band but not a cluster each is compared with at
// most 256 others, so that a text which thousands of other articles quote stays linear. Memory: 24 bytes a
// signature.
std::vector<uint32_t> ClusterNearDuplicates(const std::vector<extract::SignatureValues>& signatures);

}  // namespace whowhom::graph
