// One or more networks of a model file that answer as one: their scores are averaged before anything is
// decided. Tags, arcs and labels are decided by differences of scores, so that the average of scores is the
// average of log-probabilities (each network's normaliser adds the same to all choices); for names it is the
// product of the networks' chain models, with its own normaliser.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "neural/network.h"
#include "whowhom/core/result.h"

namespace whowhom::extract::neural {

// Immutable after loading; thread-safe. Cost: that of each network, one after the other.
class Ensemble {
 public:
  // All networks of the file. kCorruption as Network::Load.
  static Result<std::unique_ptr<Ensemble>> Load(std::shared_ptr<const ModelFile> file,
                                                const Kernels& kernels);

  // As those of Network; each vector has one element for each network.
  std::vector<Matrix> FormInputs(std::span<const std::string_view> forms) const;
  // Tags and names of the first element are averaged already; the others' are empty.
  std::vector<Outputs> Run(const Layout& layout, std::span<const Matrix> inputs,
                           std::span<const uint32_t> rows) const;
  std::vector<float> ArcScoresOf(const Layout& layout, std::span<const Outputs> outputs,
                                 size_t sentence) const;
  Matrix LabelScoresOf(const Layout& layout, std::span<const Outputs> outputs, size_t sentence,
                       std::span<const int32_t> heads) const;

  // The first network's: all have the same.
  const Network::Labels& labels() const { return networks_[0]->labels(); }
  size_t KnownScript(std::string_view form, std::string_view xpos) const {
    return networks_[0]->KnownScript(form, xpos);
  }
  std::span<const float> name_transitions() const { return name_transitions_; }
  std::span<const float> name_first() const { return name_first_; }

 private:
  Ensemble() = default;

  std::vector<std::unique_ptr<Network>> networks_;
  std::vector<float> name_transitions_, name_first_;
};

}  // namespace whowhom::extract::neural
