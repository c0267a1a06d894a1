// One model file out of several: how the ensemble of `accurate.model` is made (train/join_models.cc).
#pragma once

#include <span>
#include <string>

#include "neural/model_file.h"
#include "whowhom/core/result.h"

namespace whowhom::extract::neural {

// The bytes of a model that holds the network of each file, in order. What is the same in all (keys, static
// vectors) is stored once; tags seen together and the lemma lexicon are the first file's.
// kInvalidInput: fewer than two or more than kMaxNetworks files, a file that holds several networks, or label
// lists that differ: the scores of such networks cannot be averaged.
Result<std::string> JoinModels(std::span<const ModelFile* const> files);

}  // namespace whowhom::extract::neural
