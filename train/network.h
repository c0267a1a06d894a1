// The network as libtorch modules: what neural/network.h computes at run time, with dropout and losses.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <random>
#include <vector>

#include "corpus.h"

namespace whowhom::train {

struct NetworkSize {
  int64_t word_dim = 64;
  int64_t affix_dim = 48;
  int64_t ngram_dim = 48;
  int64_t input = 160;   // after the projection
  int64_t hidden = 128;  // per direction
  int64_t layers = 2;
  int64_t arc = 128;
  int64_t label = 48;
  int64_t tag_hidden = 128;
  int64_t name_hidden = 64;
  double dropout = 0.33;
  double word_dropout_alpha = 0.25;
};

// Relative positions head - dependent beyond this share a bias.
inline constexpr int64_t kMaxDistance = 32;

// A padded batch; tensors are [sentence, position] unless said otherwise.
struct Batch {
  std::vector<const GoldSentence*> sentences;  // longest first
  int64_t longest = 0;
  torch::Tensor lengths;  // [B]
  torch::Tensor type_of;  // index into the batch's distinct types
  std::vector<uint32_t> types;
  torch::Tensor mask;  // float
  bool has_tree = false;
};

struct Scores {
  torch::Tensor hidden;  // [B, T, 2H]
  torch::Tensor tags;    // [B, T, upos + xpos + feats + scripts]
  torch::Tensor arcs;    // [B, T, T + 1]
  torch::Tensor names;   // [B, T, kNameLabels]
};

class NetworkImpl : public torch::nn::Module {
 public:
  NetworkImpl(const Corpus& corpus, NetworkSize size);

  // name_source: row of the source bias for each sentence; -1 = none.
  Scores Forward(const Batch& batch, const std::vector<int64_t>& name_sources, std::mt19937& random);
  // Label scores for given heads: heads and dependents are flat indices [N] into [B * T] and [B * (T + 1)].
  torch::Tensor LabelScores(const torch::Tensor& hidden, const torch::Tensor& dependents,
                            const torch::Tensor& heads);
  torch::Tensor Loss(const Batch& batch, std::mt19937& random);

  const NetworkSize& size() const { return size_; }

  torch::Tensor word_table, affix_table, ngram_table, static_table;  // static_table is not trained
  torch::nn::Linear input{nullptr};
  std::vector<torch::nn::LSTM> lstms;
  torch::nn::Linear tag_hidden{nullptr}, tag_out{nullptr}, name_hidden{nullptr}, name_out{nullptr};
  torch::Tensor name_source, name_transitions, name_first;
  torch::nn::Linear arc_dependent{nullptr}, arc_head{nullptr}, label_dependent{nullptr}, label_head{nullptr};
  torch::Tensor arc_root, label_root, arc_matrix, distance_bias, label_matrix;

 private:
  torch::Tensor TypeInputs(const Batch& batch, std::mt19937& random);
  torch::Tensor Encode(const Batch& batch, std::mt19937& random);
  torch::Tensor ParseLoss(const Batch& batch, const Scores& scores);
  torch::Tensor TagLoss(const Batch& batch, const Scores& scores);
  torch::Tensor NameLoss(const Batch& batch, const Scores& scores);

  const Corpus& corpus_;
  NetworkSize size_;
};
TORCH_MODULE(Network);

Batch MakeBatch(std::vector<const GoldSentence*> sentences);

}  // namespace whowhom::train
