#include "evaluate.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "neural/lemma_script.h"
#include "neural/name_decoder.h"
#include "neural/tree_decoder.h"

namespace whowhom::train {
namespace {

namespace neural = extract::neural;

std::string UniversalPart(const std::string& label) { return label.substr(0, label.find(':')); }

std::vector<Batch> BatchesOf(const std::vector<GoldSentence>& sentences) {
  std::vector<const GoldSentence*> order;
  for (const GoldSentence& sentence : sentences) {
    if (!sentence.tokens.empty()) order.push_back(&sentence);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->tokens.size() > b->tokens.size(); });
  std::vector<Batch> batches;
  for (size_t at = 0; at < order.size();) {
    size_t count = std::max<size_t>(1, 2000 / order[at]->tokens.size());
    size_t end = std::min(order.size(), at + count);
    batches.push_back(MakeBatch(
        {order.begin() + static_cast<std::ptrdiff_t>(at), order.begin() + static_cast<std::ptrdiff_t>(end)}));
    at = end;
  }
  return batches;
}

int64_t ArgMax(const float* values, int64_t count) {
  return std::max_element(values, values + count) - values;
}

// Coarse spans: 0 person, 1 organisation, 2 location; others are dropped.
using Span = std::tuple<size_t, uint32_t, uint32_t, int>;

void AddSpans(size_t sentence, const std::vector<uint8_t>& labels, std::set<Span>* spans) {
  for (const extract::NameSpan& name : neural::SpansOf(labels)) {
    auto type = static_cast<int>(name.type);
    if (type > 3) continue;
    spans->emplace(sentence, name.begin, name.end, type == 3 ? 2 : type);
  }
}

// Any label that the annotation allows, names before O.
uint8_t GoldLabel(uint32_t set) {
  if ((set & 1U) != 0) return 0;
  for (uint8_t label = 1; label < neural::kNameLabels; ++label) {
    if ((set >> label & 1U) != 0) return label;
  }
  return 0;
}

}  // namespace

TreeFigures EvaluateTrees(Network& network, const Corpus& corpus,
                          const std::vector<GoldSentence>& sentences) {
  torch::NoGradGuard guard;
  network->eval();
  std::mt19937 random(0);
  TreeFigures f;
  double total = 0;
  const auto labels = static_cast<int64_t>(corpus.deprels.names.size());
  const int64_t widths[4] = {
      static_cast<int64_t>(corpus.upos.names.size()), static_cast<int64_t>(corpus.xpos.names.size()),
      static_cast<int64_t>(corpus.feats.names.size()), static_cast<int64_t>(corpus.scripts.names.size())};
  for (const Batch& batch : BatchesOf(sentences)) {
    Scores scores = network->Forward(batch, {}, random);
    torch::Tensor arcs = scores.arcs.contiguous();
    torch::Tensor tags = scores.tags.contiguous();
    int64_t t = batch.longest;
    std::vector<int64_t> rows, flat_heads;
    std::vector<std::vector<int32_t>> heads;
    for (size_t s = 0; s < batch.sentences.size(); ++s) {
      auto n = static_cast<uint32_t>(batch.sentences[s]->tokens.size());
      std::vector<float> values(static_cast<size_t>(n) * (n + 1));
      for (uint32_t d = 0; d < n; ++d) {
        const float* from = arcs.data_ptr<float>() + (static_cast<int64_t>(s) * t + d) * (t + 1);
        std::copy(from, from + n + 1, values.begin() + static_cast<std::ptrdiff_t>(d) * (n + 1));
      }
      heads.push_back(neural::DecodeTree({values, n}));
      for (uint32_t d = 0; d < n; ++d) {
        rows.push_back(static_cast<int64_t>(s) * t + d);
        flat_heads.push_back(static_cast<int64_t>(s) * (t + 1) + heads.back()[d] + 1);
      }
    }
    torch::Tensor label_scores = network
                                     ->LabelScores(scores.hidden, torch::tensor(rows, torch::kLong),
                                                   torch::tensor(flat_heads, torch::kLong))
                                     .contiguous();
    int64_t row = 0;
    for (size_t s = 0; s < batch.sentences.size(); ++s) {
      const GoldSentence& gold = *batch.sentences[s];
      for (size_t i = 0; i < gold.tokens.size(); ++i, ++row) {
        const GoldToken& token = gold.tokens[i];
        const float* tag =
            tags.data_ptr<float>() + (static_cast<int64_t>(s) * t + static_cast<int64_t>(i)) * tags.size(2);
        int64_t best[4];
        for (int k = 0; k < 4; ++k) {
          best[k] = ArgMax(tag, widths[k]);
          tag += widths[k];
        }
        const float* label = label_scores.data_ptr<float>() + row * labels;
        const std::string& deprel = corpus.deprels.names[static_cast<size_t>(ArgMax(label, labels))];
        const std::string gold_deprel =
            token.deprel < 0 ? "?" : corpus.deprels.names[static_cast<size_t>(token.deprel)];
        total += 1;
        f.upos += best[0] == token.upos;
        f.xpos += best[1] == token.xpos;
        f.feats += corpus.feats.names[static_cast<size_t>(best[2])] == gold.feats[i];
        f.lemma +=
            neural::ApplyLemmaScript(corpus.types[token.type].form,
                                     corpus.scripts.names[static_cast<size_t>(best[3])]) == gold.lemmas[i];
        bool head_right = heads[s][i] == token.head;
        f.uas += head_right;
        f.las += head_right && UniversalPart(deprel) == UniversalPart(gold_deprel);
        f.las_subtypes += head_right && deprel == gold_deprel;
      }
    }
  }
  for (double* value : {&f.upos, &f.xpos, &f.feats, &f.lemma, &f.uas, &f.las, &f.las_subtypes})
    *value *= 100 / std::max(1.0, total);
  return f;
}

double EvaluateNames(Network& network, const Corpus&, const std::vector<GoldSentence>& sentences,
                     int64_t source) {
  torch::NoGradGuard guard;
  network->eval();
  std::mt19937 random(0);
  std::set<Span> gold, system;
  size_t id = 0;
  torch::Tensor transitions = network->name_transitions.contiguous();
  std::span<const float> transition_values(transitions.data_ptr<float>(),
                                           static_cast<size_t>(transitions.numel()));
  std::span<const float> first(network->name_first.data_ptr<float>(), neural::kNameLabels);
  for (const Batch& batch : BatchesOf(sentences)) {
    Scores scores = network->Forward(batch, std::vector<int64_t>(batch.sentences.size(), source), random);
    torch::Tensor names = scores.names.contiguous();
    for (size_t s = 0; s < batch.sentences.size(); ++s, ++id) {
      const auto& tokens = batch.sentences[s]->tokens;
      std::span<const float> emissions(
          names.data_ptr<float>() + static_cast<int64_t>(s) * batch.longest * neural::kNameLabels,
          tokens.size() * neural::kNameLabels);
      AddSpans(id, neural::DecodeNames(emissions, transition_values, first), &system);
      std::vector<uint8_t> labels;
      for (const GoldToken& token : tokens) labels.push_back(GoldLabel(token.names));
      AddSpans(id, labels, &gold);
    }
  }
  size_t right = 0;
  for (const Span& span : system) right += gold.count(span);
  double denominator = static_cast<double>(gold.size() + system.size());
  return denominator > 0 ? 200.0 * static_cast<double>(right) / denominator : 0;
}

}  // namespace whowhom::train
