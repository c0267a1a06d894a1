// Writes the network as a model file.
#pragma once

#include <string>

#include "network.h"

namespace whowhom::train {

// Dense weights as half floats, tables as 8-bit rows. The bias of `name_source` (-1 = none) is folded in.
void SaveModel(const std::string& path, Network& network, const Corpus& corpus, int64_t name_source,
               const std::string& card);

}  // namespace whowhom::train
