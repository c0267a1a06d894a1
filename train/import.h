// Takes the weights of a model file, to train on from there.
#pragma once

#include <cstdint>
#include <string>

#include "network.h"

namespace whowhom::train {

// Network `number` of the file at `path` into `network`, whose sizes and labels must be the same. Rows of the
// word table go by key: words that the file does not know keep their first values. The source biases of names
// are left as they are. Prints to stderr and exits where the file does not fit.
void LoadModel(const std::string& path, uint32_t number, const Corpus& corpus, Network& network);

}  // namespace whowhom::train
