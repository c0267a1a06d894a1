#include "network.h"

#include <algorithm>
#include <unordered_map>

#include "neural/name_decoder.h"

namespace whowhom::train {
namespace {

using extract::neural::kAffixRows;
using extract::neural::kNameLabels;
using extract::neural::kNgramRows;
namespace F = torch::nn::functional;
using torch::indexing::Slice;

constexpr double kForbidden = -1e4;
constexpr double kSlope = 0.1;  // of the leaky rectifier; the runtime uses the same

torch::Tensor LongTensor(const std::vector<int64_t>& values, at::IntArrayRef shape) {
  return torch::tensor(values, torch::kLong).reshape(shape);
}

torch::Tensor Leaky(const torch::Tensor& x) { return torch::leaky_relu(x, kSlope); }

// One mask for all positions of a sentence (Gal and Ghahramani 2016).
torch::Tensor LockedDropout(const torch::Tensor& x, double p, bool training) {
  if (!training || p <= 0) return x;
  torch::Tensor mask = torch::empty({x.size(0), 1, x.size(2)}).bernoulli_(1 - p).div_(1 - p);
  return x * mask;
}

}  // namespace

NetworkImpl::NetworkImpl(const Corpus& corpus, NetworkSize size) : corpus_(corpus), size_(size) {
  auto table = [&](const char* name, int64_t rows, int64_t dim) {
    return register_parameter(name, torch::randn({rows, dim}) * 0.1);
  };
  word_table = table("word_table", static_cast<int64_t>(corpus.word_keys.size()) + 1, size.word_dim);
  affix_table = table("affix_table", kAffixRows, size.affix_dim);
  ngram_table = table("ngram_table", kNgramRows, size.ngram_dim);
  int64_t static_dim = corpus.vectors.dimensions;
  if (static_dim > 0) {
    static_table =
        register_buffer("static_table", torch::tensor(corpus.vectors.values).reshape({-1, static_dim}));
  }
  auto linear = [&](const char* name, int64_t in, int64_t out) {
    return register_module(name, torch::nn::Linear(in, out));
  };
  input = linear("input", size.word_dim + size.affix_dim + size.ngram_dim + static_dim, size.input);
  int64_t width = size.input;
  for (int64_t layer = 0; layer < size.layers; ++layer) {
    lstms.push_back(
        register_module("lstm" + std::to_string(layer),
                        torch::nn::LSTM(torch::nn::LSTMOptions(width, size.hidden).bidirectional(true))));
    width = 2 * size.hidden;
    for (auto& parameter : lstms.back()->named_parameters()) {
      torch::NoGradGuard guard;
      if (parameter.key().find("bias") != std::string::npos) parameter.value().zero_();
      if (parameter.key().find("weight_hh") != std::string::npos) {
        for (int gate = 0; gate < 4; ++gate)
          torch::nn::init::orthogonal_(parameter.value().narrow(0, gate * size.hidden, size.hidden));
      }
      if (parameter.key().find("bias_ih") != std::string::npos)
        parameter.value().narrow(0, size.hidden, size.hidden).fill_(1.0);
    }
  }
  int64_t classes = static_cast<int64_t>(corpus.upos.names.size() + corpus.xpos.names.size() +
                                         corpus.feats.names.size() + corpus.scripts.names.size());
  tag_hidden = linear("tag_hidden", width, size.tag_hidden);
  tag_out = linear("tag_out", size.tag_hidden, classes);
  name_hidden = linear("name_hidden", width, size.name_hidden);
  name_out = linear("name_out", size.name_hidden, kNameLabels);
  name_source = register_parameter(
      "name_source", torch::zeros({static_cast<int64_t>(corpus.sources.names.size()), size.name_hidden}));
  name_transitions = register_parameter("name_transitions", torch::zeros({kNameLabels, kNameLabels}));
  name_first = register_parameter("name_first", torch::zeros({kNameLabels}));
  arc_dependent = linear("arc_dependent", width, size.arc);
  arc_head = linear("arc_head", width, size.arc);
  label_dependent = linear("label_dependent", width, size.label);
  label_head = linear("label_head", width, size.label);
  arc_root = register_parameter("arc_root", torch::randn({size.arc}) * 0.1);
  label_root = register_parameter("label_root", torch::randn({size.label}) * 0.1);
  arc_matrix = register_parameter("arc_matrix", torch::randn({size.arc + 1, size.arc}) * 0.03);
  distance_bias = register_parameter("distance_bias", torch::zeros({2 * kMaxDistance + 1}));
  label_matrix = register_parameter(
      "label_matrix",
      torch::randn({size.label + 1, static_cast<int64_t>(corpus.deprels.names.size()) * (size.label + 1)}) *
          0.03);
}

torch::Tensor NetworkImpl::TypeInputs(const Batch& batch, std::mt19937& random) {
  std::vector<int64_t> words, statics, affixes, ngrams, affix_starts, ngram_starts;
  std::uniform_real_distribution<double> draw(0, 1);
  for (uint32_t id : batch.types) {
    const Type& type = corpus_.types[id];
    int64_t word = type.word_row;
    int64_t fixed = type.static_row;
    if (is_training()) {
      double alpha = size_.word_dropout_alpha;
      if (draw(random) < alpha / (alpha + static_cast<double>(type.count))) word = 0;
      if (draw(random) < 0.03) fixed = 0;
      if (draw(random) < 0.03) word = 0;
    }
    words.push_back(word);
    statics.push_back(fixed);
    affix_starts.push_back(static_cast<int64_t>(affixes.size()));
    ngram_starts.push_back(static_cast<int64_t>(ngrams.size()));
    affixes.insert(affixes.end(), type.features.affixes.begin(), type.features.affixes.end());
    ngrams.insert(ngrams.end(), type.features.ngrams.begin(), type.features.ngrams.end());
  }
  auto n = static_cast<int64_t>(batch.types.size());
  auto longs = [](const std::vector<int64_t>& v) { return torch::tensor(v, torch::kLong); };
  auto bag = [&](const torch::Tensor& tab, const std::vector<int64_t>& rows,
                 const std::vector<int64_t>& starts, bool mean) {
    F::EmbeddingBagFuncOptions options;
    options.offsets(longs(starts));
    if (mean)
      options.mode(torch::kMean);
    else
      options.mode(torch::kSum);
    return F::embedding_bag(longs(rows), tab, options);
  };
  std::vector<torch::Tensor> parts = {word_table.index_select(0, longs(words)),
                                      bag(affix_table, affixes, affix_starts, false),
                                      bag(ngram_table, ngrams, ngram_starts, true)};
  if (static_table.defined()) parts.push_back(static_table.index_select(0, longs(statics)));
  torch::Tensor x = torch::cat(parts, 1);
  if (is_training()) x = torch::dropout(x, 0.15, true);
  x = Leaky(input->forward(x));
  return torch::cat({x, torch::zeros({1, size_.input})}, 0).reshape({n + 1, size_.input});
}

torch::Tensor NetworkImpl::Encode(const Batch& batch, std::mt19937& random) {
  torch::Tensor types = TypeInputs(batch, random);
  auto b = static_cast<int64_t>(batch.sentences.size());
  torch::Tensor x =
      types.index_select(0, batch.type_of.reshape({-1})).reshape({b, batch.longest, size_.input});
  for (auto& lstm : lstms) {
    x = LockedDropout(x, size_.dropout, is_training());
    auto packed = torch::nn::utils::rnn::pack_padded_sequence(x.transpose(0, 1), batch.lengths);
    auto out = std::get<0>(lstm->forward_with_packed_input(packed));
    x = std::get<0>(torch::nn::utils::rnn::pad_packed_sequence(out, false, 0.0, batch.longest))
            .transpose(0, 1);
  }
  return LockedDropout(x, size_.dropout, is_training());
}

Scores NetworkImpl::Forward(const Batch& batch, const std::vector<int64_t>& name_sources,
                            std::mt19937& random) {
  Scores scores;
  scores.hidden = Encode(batch, random);
  const torch::Tensor& h = scores.hidden;
  auto drop = [&](const torch::Tensor& x) { return LockedDropout(x, size_.dropout, is_training()); };
  auto b = static_cast<int64_t>(batch.sentences.size());
  int64_t t = batch.longest;
  if (!is_training() || batch.has_tree) {
    scores.tags = tag_out->forward(drop(Leaky(tag_hidden->forward(h))));
    torch::Tensor dependent = drop(Leaky(arc_dependent->forward(h)));
    torch::Tensor head = drop(Leaky(arc_head->forward(h)));
    head = torch::cat({arc_root.reshape({1, 1, -1}).expand({b, 1, size_.arc}), head}, 1);
    dependent = torch::cat({dependent, torch::ones({b, t, 1})}, 2);
    scores.arcs = torch::matmul(torch::matmul(dependent, arc_matrix), head.transpose(1, 2));
    torch::Tensor at = torch::arange(t);
    torch::Tensor distance =
        (at.reshape({1, t}) - at.reshape({t, 1})).clamp(-kMaxDistance, kMaxDistance) + kMaxDistance;
    torch::Tensor bias = distance_bias.index_select(0, distance.reshape({-1})).reshape({t, t});
    scores.arcs = scores.arcs + torch::cat({torch::zeros({t, 1}), bias}, 1).unsqueeze(0);
    torch::Tensor allowed = torch::cat({torch::ones({b, 1}), batch.mask}, 1).unsqueeze(1);
    torch::Tensor self = torch::cat({torch::zeros({t, 1}), torch::eye(t)}, 1).unsqueeze(0);
    scores.arcs = scores.arcs + (1 - allowed) * kForbidden + self * kForbidden;
  }
  torch::Tensor hidden = name_hidden->forward(h);
  bool any_source = std::any_of(name_sources.begin(), name_sources.end(), [](int64_t s) { return s >= 0; });
  if (any_source) {
    torch::Tensor rows = torch::cat({name_source, torch::zeros({1, size_.name_hidden})}, 0);
    std::vector<int64_t> at;
    for (int64_t s : name_sources) at.push_back(s >= 0 ? s : name_source.size(0));
    hidden = hidden + rows.index_select(0, torch::tensor(at, torch::kLong)).unsqueeze(1);
  }
  scores.names = name_out->forward(drop(Leaky(hidden)));
  return scores;
}

torch::Tensor NetworkImpl::LabelScores(const torch::Tensor& hidden, const torch::Tensor& dependents,
                                       const torch::Tensor& heads) {
  auto drop = [&](const torch::Tensor& x) { return LockedDropout(x, size_.dropout, is_training()); };
  int64_t b = hidden.size(0);
  int64_t labels = static_cast<int64_t>(corpus_.deprels.names.size());
  torch::Tensor dependent =
      drop(Leaky(label_dependent->forward(hidden))).reshape({-1, size_.label}).index_select(0, dependents);
  torch::Tensor head = drop(Leaky(label_head->forward(hidden)));
  head = torch::cat({label_root.reshape({1, 1, -1}).expand({b, 1, size_.label}), head}, 1)
             .reshape({-1, size_.label})
             .index_select(0, heads);
  torch::Tensor ones = torch::ones({dependent.size(0), 1});
  dependent = torch::cat({dependent, ones}, 1);
  head = torch::cat({head, ones}, 1);
  torch::Tensor mixed = torch::matmul(dependent, label_matrix).reshape({-1, labels, size_.label + 1});
  return torch::bmm(mixed, head.unsqueeze(2)).squeeze(2);
}

torch::Tensor NetworkImpl::ParseLoss(const Batch& batch, const Scores& scores) {
  std::vector<int64_t> rows, columns, flat_heads, labels;
  int64_t t = batch.longest;
  for (size_t s = 0; s < batch.sentences.size(); ++s) {
    const auto& tokens = batch.sentences[s]->tokens;
    for (size_t i = 0; i < tokens.size(); ++i) {
      rows.push_back(static_cast<int64_t>(s) * t + static_cast<int64_t>(i));
      columns.push_back(tokens[i].head + 1);
      flat_heads.push_back(static_cast<int64_t>(s) * (t + 1) + tokens[i].head + 1);
      labels.push_back(tokens[i].deprel < 0 ? -100 : tokens[i].deprel);
    }
  }
  auto longs = [](const std::vector<int64_t>& v) { return torch::tensor(v, torch::kLong); };
  torch::Tensor row_index = longs(rows);
  torch::Tensor arcs = scores.arcs.reshape({-1, t + 1}).index_select(0, row_index);
  torch::Tensor arc_loss = F::cross_entropy(arcs, longs(columns));
  torch::Tensor label_scores = LabelScores(scores.hidden, row_index, longs(flat_heads));
  return arc_loss +
         F::cross_entropy(label_scores, longs(labels), F::CrossEntropyFuncOptions().ignore_index(-100));
}

torch::Tensor NetworkImpl::TagLoss(const Batch& batch, const Scores& scores) {
  std::vector<int64_t> rows, gold[4];
  for (size_t s = 0; s < batch.sentences.size(); ++s) {
    const auto& tokens = batch.sentences[s]->tokens;
    for (size_t i = 0; i < tokens.size(); ++i) {
      rows.push_back(static_cast<int64_t>(s) * batch.longest + static_cast<int64_t>(i));
      int32_t values[4] = {tokens[i].upos, tokens[i].xpos, tokens[i].feats, tokens[i].script};
      for (int k = 0; k < 4; ++k) gold[k].push_back(values[k] < 0 ? -100 : values[k]);
    }
  }
  torch::Tensor flat =
      scores.tags.reshape({-1, scores.tags.size(2)}).index_select(0, torch::tensor(rows, torch::kLong));
  const size_t sizes[4] = {corpus_.upos.names.size(), corpus_.xpos.names.size(), corpus_.feats.names.size(),
                           corpus_.scripts.names.size()};
  const double weights[4] = {1.0, 0.5, 0.5, 0.5};
  torch::Tensor loss = torch::zeros({});
  int64_t begin = 0;
  for (int k = 0; k < 4; ++k) {
    auto width = static_cast<int64_t>(sizes[k]);
    loss = loss + weights[k] * F::cross_entropy(flat.narrow(1, begin, width),
                                                torch::tensor(gold[k], torch::kLong),
                                                F::CrossEntropyFuncOptions().ignore_index(-100));
    begin += width;
  }
  return loss;
}

// Negative log likelihood of the allowed label sequences of a linear-chain CRF.
torch::Tensor NetworkImpl::NameLoss(const Batch& batch, const Scores& scores) {
  std::vector<int64_t> chosen;
  for (size_t s = 0; s < batch.sentences.size(); ++s) {
    if (batch.sentences[s]->name_source >= 0) chosen.push_back(static_cast<int64_t>(s));
  }
  if (chosen.empty()) return torch::zeros({});
  auto b = static_cast<int64_t>(chosen.size());
  int64_t t = batch.longest;
  std::vector<float> penalty(static_cast<size_t>(b * t * kNameLabels), 0.0f);
  double tokens = 0;
  for (int64_t s = 0; s < b; ++s) {
    const auto& sentence = *batch.sentences[static_cast<size_t>(chosen[static_cast<size_t>(s)])];
    tokens += static_cast<double>(sentence.tokens.size());
    for (size_t i = 0; i < sentence.tokens.size(); ++i) {
      for (uint32_t y = 0; y < kNameLabels; ++y) {
        if ((sentence.tokens[i].names >> y & 1U) == 0)
          penalty[(static_cast<size_t>(s * t) + i) * kNameLabels + y] = static_cast<float>(kForbidden);
      }
    }
  }
  torch::Tensor index = torch::tensor(chosen, torch::kLong);
  torch::Tensor emissions = scores.names.index_select(0, index);
  torch::Tensor mask = batch.mask.index_select(0, index);
  torch::Tensor both =
      torch::cat({emissions, emissions + torch::tensor(penalty).reshape({b, t, kNameLabels})}, 0);
  mask = torch::cat({mask, mask}, 0);
  std::vector<float> invalid(kNameLabels * kNameLabels, 0.0f);
  std::vector<float> invalid_first(kNameLabels, 0.0f);
  for (uint32_t x = 0; x < kNameLabels; ++x) {
    if (!extract::neural::MayFollow(0, x)) invalid_first[x] = static_cast<float>(kForbidden);
    for (uint32_t y = 0; y < kNameLabels; ++y) {
      if (!extract::neural::MayFollow(x, y)) invalid[x * kNameLabels + y] = static_cast<float>(kForbidden);
    }
  }
  torch::Tensor transitions =
      (name_transitions + torch::tensor(invalid).reshape({kNameLabels, kNameLabels})).unsqueeze(0);
  torch::Tensor alpha = both.select(1, 0) + name_first + torch::tensor(invalid_first);
  for (int64_t i = 1; i < t; ++i) {
    torch::Tensor next = torch::logsumexp(alpha.unsqueeze(2) + transitions, 1) + both.select(1, i);
    torch::Tensor keep = mask.select(1, i).unsqueeze(1);
    alpha = keep * next + (1 - keep) * alpha;
  }
  torch::Tensor total = torch::logsumexp(alpha, 1);
  return (total.narrow(0, 0, b) - total.narrow(0, b, b)).sum() / tokens;
}

torch::Tensor NetworkImpl::Loss(const Batch& batch, std::mt19937& random) {
  // A third of the sentences are read without their source, so that the network works where there is none.
  std::vector<int64_t> sources;
  for (const GoldSentence* sentence : batch.sentences) {
    sources.push_back(random() % 3 == 0 ? -1 : sentence->name_source);
  }
  Scores scores = Forward(batch, sources, random);
  torch::Tensor loss = 4.0 * NameLoss(batch, scores);
  if (batch.has_tree) loss = loss + ParseLoss(batch, scores) + TagLoss(batch, scores);
  return loss;
}

Batch MakeBatch(std::vector<const GoldSentence*> sentences) {
  Batch batch;
  std::stable_sort(sentences.begin(), sentences.end(),
                   [](const auto* a, const auto* b) { return a->tokens.size() > b->tokens.size(); });
  batch.sentences = std::move(sentences);
  batch.has_tree = true;
  auto b = static_cast<int64_t>(batch.sentences.size());
  batch.longest = static_cast<int64_t>(batch.sentences[0]->tokens.size());
  std::unordered_map<uint32_t, int64_t> index;
  std::vector<int64_t> lengths, type_of(static_cast<size_t>(b * batch.longest), -1);
  std::vector<float> mask(type_of.size(), 0.0f);
  for (int64_t s = 0; s < b; ++s) {
    const GoldSentence& sentence = *batch.sentences[static_cast<size_t>(s)];
    batch.has_tree = batch.has_tree && sentence.has_tree;
    lengths.push_back(static_cast<int64_t>(sentence.tokens.size()));
    for (size_t i = 0; i < sentence.tokens.size(); ++i) {
      auto [it, is_new] =
          index.try_emplace(sentence.tokens[i].type, static_cast<int64_t>(batch.types.size()));
      if (is_new) batch.types.push_back(sentence.tokens[i].type);
      type_of[static_cast<size_t>(s * batch.longest) + i] = it->second;
      mask[static_cast<size_t>(s * batch.longest) + i] = 1.0f;
    }
  }
  for (int64_t& value : type_of) {
    if (value < 0) value = static_cast<int64_t>(batch.types.size());
  }
  batch.lengths = torch::tensor(lengths, torch::kLong);
  batch.type_of = LongTensor(type_of, {b, batch.longest});
  batch.mask = torch::tensor(mask).reshape({b, batch.longest});
  return batch;
}

}  // namespace whowhom::train
