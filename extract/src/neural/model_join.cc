#include "neural/model_join.h"

#include <algorithm>
#include <string_view>

#include "neural/features.h"

namespace whowhom::extract::neural {
namespace {

// Tensors that only the first network's are read of.
bool IsFirstOnly(std::string_view name) {
  return name.starts_with("labels.") || name.starts_with("seen.") || name.starts_with("lemma.");
}

const Tensor* Find(const ModelFile& file, std::string_view name) {
  for (const Tensor& tensor : file.tensors()) {
    if (tensor.name == name) return &tensor;
  }
  return nullptr;
}

bool IsSame(const Tensor* a, const Tensor* b) {
  return a != nullptr && b != nullptr && a->type == b->type && a->rows == b->rows && a->cols == b->cols &&
         std::equal(a->data.begin(), a->data.end(), b->data.begin(), b->data.end());
}

Status CheckLabels(const ModelFile& first, const ModelFile& other) {
  for (const char* name :
       {"labels.upos", "labels.xpos", "labels.feats", "labels.scripts", "labels.deprels"}) {
    if (!IsSame(Find(first, name), Find(other, name))) {
      return InvalidInput("cannot join the models " + first.path() + " and " + other.path() + ": their '" +
                          name + "' differ; train both on the same files");
    }
  }
  return {};
}

}  // namespace

Result<std::string> JoinModels(std::span<const ModelFile* const> files) {
  if (files.size() < 2 || files.size() > kMaxNetworks) {
    return InvalidInput("cannot join " + std::to_string(files.size()) + " models; give 2 to " +
                        std::to_string(kMaxNetworks));
  }
  ModelFileWriter writer;
  std::string training;
  const ModelFile& first = *files[0];
  for (uint32_t k = 0; k < files.size(); ++k) {
    const ModelFile& file = *files[k];
    if (file.networks() != 1)
      return InvalidInput("the model " + file.path() + " holds several networks already; join single ones");
    if (k > 0) WHOWHOM_TRY_STATUS(CheckLabels(first, file));
    training += ToHex(file.training_data());
    for (Tensor tensor : file.tensors()) {
      if (k > 0 && (IsFirstOnly(tensor.name) || IsSame(Find(first, tensor.name), &tensor))) continue;
      tensor.network = k;
      writer.AddCopy(tensor);
    }
  }
  return writer.Finish(FeatureFingerprint(), HashBytes(training));
}

}  // namespace whowhom::extract::neural
