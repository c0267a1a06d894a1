#include "neural/ensemble.h"

#include <utility>

namespace whowhom::extract::neural {
namespace {

void Add(std::span<const float> from, std::span<float> to) {
  for (size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

// Nothing is touched for a single network: its scores come out bit for bit.
void Divide(std::span<float> sums, size_t count) {
  if (count == 1) return;
  const float share = 1.0f / static_cast<float>(count);
  for (float& value : sums) value *= share;
}

}  // namespace

Result<std::unique_ptr<Ensemble>> Ensemble::Load(std::shared_ptr<const ModelFile> file,
                                                 const Kernels& kernels) {
  std::unique_ptr<Ensemble> ensemble(new Ensemble());
  for (uint32_t index = 0; index < file->networks(); ++index) {
    WHOWHOM_TRY(auto network, Network::Load(file, kernels, index));
    if (index == 0) {
      const auto transitions = network->name_transitions();
      const auto first = network->name_first();
      ensemble->name_transitions_.assign(transitions.begin(), transitions.end());
      ensemble->name_first_.assign(first.begin(), first.end());
    } else {
      const Network::Labels& labels = network->labels();
      const Network::Labels& expected = ensemble->labels();
      if (labels.upos != expected.upos || labels.xpos != expected.xpos || labels.feats != expected.feats ||
          labels.scripts != expected.scripts || labels.deprels != expected.deprels) {
        return Corruption("the networks of the model " + file->path() +
                          " have different labels; install it anew");
      }
      Add(network->name_transitions(), ensemble->name_transitions_);
      Add(network->name_first(), ensemble->name_first_);
    }
    ensemble->networks_.push_back(std::move(network));
  }
  Divide(ensemble->name_transitions_, ensemble->networks_.size());
  Divide(ensemble->name_first_, ensemble->networks_.size());
  return ensemble;
}

std::vector<Matrix> Ensemble::FormInputs(std::span<const std::string_view> forms) const {
  std::vector<Matrix> inputs;
  for (const auto& network : networks_) inputs.push_back(network->FormInputs(forms));
  return inputs;
}

std::vector<Outputs> Ensemble::Run(const Layout& layout, std::span<const Matrix> inputs,
                                   std::span<const uint32_t> rows) const {
  std::vector<Outputs> outputs;
  for (size_t k = 0; k < networks_.size(); ++k) {
    outputs.push_back(networks_[k]->Run(layout, inputs[k], rows));
    if (k == 0) continue;
    Add(outputs[k].tags.values, outputs[0].tags.values);
    Add(outputs[k].names.values, outputs[0].names.values);
    outputs[k].tags = {};
    outputs[k].names = {};
  }
  Divide(outputs[0].tags.values, networks_.size());
  Divide(outputs[0].names.values, networks_.size());
  return outputs;
}

std::vector<float> Ensemble::ArcScoresOf(const Layout& layout, std::span<const Outputs> outputs,
                                         size_t sentence) const {
  std::vector<float> sums = networks_[0]->ArcScoresOf(layout, outputs[0], sentence);
  for (size_t k = 1; k < networks_.size(); ++k)
    Add(networks_[k]->ArcScoresOf(layout, outputs[k], sentence), sums);
  Divide(sums, networks_.size());
  return sums;
}

Matrix Ensemble::LabelScoresOf(const Layout& layout, std::span<const Outputs> outputs, size_t sentence,
                               std::span<const int32_t> heads) const {
  Matrix sums = networks_[0]->LabelScoresOf(layout, outputs[0], sentence, heads);
  for (size_t k = 1; k < networks_.size(); ++k)
    Add(networks_[k]->LabelScoresOf(layout, outputs[k], sentence, heads).values, sums.values);
  Divide(sums.values, networks_.size());
  return sums;
}

}  // namespace whowhom::extract::neural
