// Signatures -> clusters of near duplicates: the connected components of the pairs that are similar enough
// and share a band (extract/minhash.h).
#pragma once

#include <cstdint>
#include <vector>

#include "whowhom/extract/minhash.h"

namespace whowhom::graph {

// For each signature the smallest index of its cluster. A pure function of the list.
//
// Cost: a sort a band; in a bucket the members that are not of one cluster are compared pair by pair, up to a
// bound that ten thousand of them reach (near_duplicates.cc). Memory: 24 bytes a signature.
std::vector<uint32_t> ClusterNearDuplicates(const std::vector<extract::SignatureValues>& signatures);

}  // namespace whowhom::graph
