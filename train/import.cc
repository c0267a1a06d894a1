#include "import.h"

#include <vector>

#include "fail.h"
#include "neural/features.h"
#include "neural/model_file.h"

namespace whowhom::train {
namespace {

namespace neural = extract::neural;

class Importer {
 public:
  Importer(const neural::ModelFile& file, uint32_t number) : file_(file), number_(number) {}

  void Labels(const std::string& name, const std::vector<std::string>& names) const {
    if (Need(file_.GetLines(name)) != names)
      Fail(file_.path() + ": other " + name + " than the training files");
  }
  // The rows of an 8-bit table.
  std::vector<float> Table(const std::string& name, int64_t dimensions) const {
    const neural::Tensor tensor =
        Need(file_.Get(name, neural::TensorType::kInt8Rows, 0, static_cast<uint64_t>(dimensions), number_));
    const size_t count = tensor.rows * tensor.cols;
    const auto* values = reinterpret_cast<const int8_t*>(tensor.data.data());
    const auto* scales = reinterpret_cast<const float*>(tensor.data.data() + (count + 63) / 64 * 64);
    std::vector<float> floats(count);
    for (size_t i = 0; i < count; ++i) floats[i] = static_cast<float>(values[i]) * scales[i / tensor.cols];
    return floats;
  }
  void WholeTable(const std::string& name, torch::Tensor& target) const {
    Copy(Table(name, target.size(1)), name, target);
  }
  void Dense(const std::string& name, torch::Tensor& target) const {
    const bool is_row = target.dim() == 1;
    const auto rows = static_cast<uint64_t>(is_row ? 1 : target.size(0));
    const auto cols = static_cast<uint64_t>(is_row ? target.size(0) : target.size(1));
    Copy(Need(file_.GetFloats(name, rows, cols, number_)), name, target);
  }
  void Linear(const std::string& name, torch::nn::Linear& linear) const {
    Dense(name + ".weight", linear->weight);
    Dense(name + ".bias", linear->bias);
  }
  std::span<const uint64_t> Keys(const std::string& name) const {
    const neural::Tensor tensor = Need(file_.Get(name, neural::TensorType::kUint64, 1, 0, number_));
    return {reinterpret_cast<const uint64_t*>(tensor.data.data()), tensor.cols};
  }

 private:
  void Copy(const std::vector<float>& values, const std::string& name, torch::Tensor& target) const {
    if (static_cast<int64_t>(values.size()) != target.numel())
      Fail(file_.path() + ": '" + name + "' is of another size");
    target.data().copy_(torch::tensor(values).reshape(target.sizes()));
  }

  const neural::ModelFile& file_;
  uint32_t number_;
};

}  // namespace

void LoadModel(const std::string& path, uint32_t number, const Corpus& corpus, Network& network) {
  torch::NoGradGuard guard;
  const auto file = Need(neural::ModelFile::Open(path, neural::FeatureFingerprint()));
  if (number >= file->networks()) Fail(path + " has no network " + std::to_string(number));
  const Importer in(*file, number);
  in.Labels("labels.upos", corpus.upos.names);
  in.Labels("labels.xpos", corpus.xpos.names);
  in.Labels("labels.feats", corpus.feats.names);
  in.Labels("labels.scripts", corpus.scripts.names);
  in.Labels("labels.deprels", corpus.deprels.names);
  const int64_t dimensions = network->word_table.size(1);
  const std::vector<float> words = in.Table("word.table", dimensions);
  const std::span<const uint64_t> keys = in.Keys("word.keys");
  for (size_t row = 0; row <= corpus.word_keys.size(); ++row) {
    const uint32_t from = row == 0 ? 0 : neural::FindRow(keys, corpus.word_keys[row - 1]);
    if (row != 0 && from == 0) continue;
    for (int64_t d = 0; d < dimensions; ++d)
      network->word_table.data()[static_cast<int64_t>(row)][d] =
          words[static_cast<size_t>(from * dimensions + d)];
  }
  in.WholeTable("affix.table", network->affix_table);
  in.WholeTable("ngram.table", network->ngram_table);
  in.Linear("input", network->input);
  for (size_t layer = 0; layer < network->lstms.size(); ++layer) {
    auto parameters = network->lstms[layer]->named_parameters();
    for (const char* direction : {"", "_reverse"}) {
      const std::string suffix = std::string("_l0") + direction;
      const std::string name = "lstm" + std::to_string(layer) + (direction[0] == '\0' ? "f" : "b");
      in.Dense(name + ".input", parameters["weight_ih" + suffix]);
      in.Dense(name + ".state", parameters["weight_hh" + suffix]);
      in.Dense(name + ".bias", parameters["bias_ih" + suffix]);
      parameters["bias_hh" + suffix].zero_();
    }
  }
  in.Linear("tag_hidden", network->tag_hidden);
  in.Linear("tag_out", network->tag_out);
  in.Linear("name_hidden", network->name_hidden);
  in.Linear("name_out", network->name_out);
  in.Dense("name.transitions", network->name_transitions);
  in.Dense("name.first", network->name_first);
  in.Linear("arc_dependent", network->arc_dependent);
  in.Linear("arc_head", network->arc_head);
  in.Linear("label_dependent", network->label_dependent);
  in.Linear("label_head", network->label_head);
  in.Dense("arc.root", network->arc_root);
  in.Dense("label.root", network->label_root);
  in.Dense("arc.matrix", network->arc_matrix);
  in.Dense("arc.distance", network->distance_bias);
  in.Dense("label.matrix", network->label_matrix);
}

}  // namespace whowhom::train
