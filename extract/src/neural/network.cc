#include "neural/network.h"

#include <algorithm>
#include <cstring>

#include "neural/features.h"
#include "neural/name_decoder.h"

namespace whowhom::extract::neural {
namespace {

size_t Padded(size_t cols) { return (cols + kPanel - 1) / kPanel * kPanel; }

// Packs rows of `weights` ([out, in] as stored) into panels.
Dense Pack(std::span<const float> weights, std::span<const float> bias, size_t in, size_t out) {
  Dense dense;
  dense.in = in;
  dense.out = out;
  dense.padded_out = Padded(out);
  dense.panels.assign(dense.padded_out * in, 0.0f);
  for (size_t o = 0; o < out; ++o) {
    float* panel = dense.panels.data() + o / kPanel * kPanel * in + o % kPanel;
    for (size_t i = 0; i < in; ++i) panel[i * kPanel] = weights[o * in + i];
  }
  if (!bias.empty()) {
    dense.bias.assign(dense.padded_out, 0.0f);
    std::copy(bias.begin(), bias.end(), dense.bias.begin());
  }
  return dense;
}

std::span<const uint64_t> KeysOf(const Tensor& tensor) {
  return {reinterpret_cast<const uint64_t*>(tensor.data.data()), tensor.cols};
}

}  // namespace

void Matrix::Resize(size_t new_rows, size_t cols) {
  rows = new_rows;
  stride = Padded(cols);
  values.resize(rows * stride);
}

Layout MakeLayout(std::vector<uint32_t> falling_lengths) {
  Layout layout;
  layout.lengths = std::move(falling_lengths);
  const uint32_t longest = layout.lengths.empty() ? 0 : layout.lengths[0];
  size_t active = layout.lengths.size();
  for (uint32_t t = 0; t < longest; ++t) {
    while (active > 0 && layout.lengths[active - 1] <= t) --active;
    layout.first.push_back(layout.total);
    layout.active.push_back(static_cast<uint32_t>(active));
    layout.total += active;
  }
  return layout;
}

Result<Table> Network::LoadTable(std::string_view name, uint64_t rows) const {
  WHOWHOM_TRY(Tensor tensor, Get(name, TensorType::kInt8Rows, rows, 0));
  Table table;
  table.count = tensor.rows;
  table.dim = tensor.cols;
  table.rows = reinterpret_cast<const int8_t*>(tensor.data.data());
  table.scales =
      reinterpret_cast<const float*>(tensor.data.data() + (tensor.data.size() - tensor.rows * sizeof(float)));
  return table;
}

Result<Dense> Network::LoadDense(const std::string& weight, const std::string& bias, uint64_t in,
                                 uint64_t out) const {
  WHOWHOM_TRY(std::vector<float> weights, GetFloats(weight, out, in));
  if (bias.empty()) return Pack(weights, {}, in, out);
  WHOWHOM_TRY(std::vector<float> biases, GetFloats(bias, 1, out));
  return Pack(weights, biases, in, out);
}

Result<std::unique_ptr<Network>> Network::Load(std::shared_ptr<const ModelFile> file, const Kernels& kernels,
                                               uint32_t index) {
  std::unique_ptr<Network> network(new Network());
  network->file_ = std::move(file);
  network->kernels_ = &kernels;
  network->index_ = index;
  WHOWHOM_TRY_STATUS(network->LoadLabels());
  WHOWHOM_TRY_STATUS(network->LoadLemmas());
  WHOWHOM_TRY_STATUS(network->LoadInputs());
  WHOWHOM_TRY_STATUS(network->LoadLstms());
  WHOWHOM_TRY_STATUS(network->LoadHeads());
  return network;
}

Status Network::LoadLabels() {
  WHOWHOM_TRY(labels_.upos, file_->GetLines("labels.upos"));
  WHOWHOM_TRY(labels_.xpos, file_->GetLines("labels.xpos"));
  WHOWHOM_TRY(labels_.feats, file_->GetLines("labels.feats"));
  WHOWHOM_TRY(labels_.scripts, file_->GetLines("labels.scripts"));
  WHOWHOM_TRY(labels_.deprels, file_->GetLines("labels.deprels"));
  if (labels_.upos.empty() || labels_.xpos.empty() || labels_.feats.empty() || labels_.scripts.empty() ||
      labels_.deprels.empty()) {
    return Corruption("the model has an empty list of labels; install it anew");
  }
  WHOWHOM_TRY(Tensor xpos,
              Get("seen.xpos", TensorType::kBytes, 1, labels_.upos.size() * labels_.xpos.size()));
  WHOWHOM_TRY(Tensor feats,
              Get("seen.feats", TensorType::kBytes, 1, labels_.upos.size() * labels_.feats.size()));
  labels_.seen_xpos = xpos.data;
  labels_.seen_feats = feats.data;
  return {};
}

Status Network::LoadLemmas() {
  WHOWHOM_TRY(Tensor keys, Get("lemma.keys", TensorType::kUint64, 1, 0));
  WHOWHOM_TRY(Tensor scripts, Get("lemma.scripts", TensorType::kUint64, 1, (keys.cols + 3) / 4));
  lemma_keys_ = KeysOf(keys);
  lemma_scripts_ = KeysOf(scripts);
  return {};
}

size_t Network::KnownScript(std::string_view form, std::string_view xpos) const {
  const uint32_t row = FindRow(lemma_keys_, LemmaKey(form, xpos));
  if (row == 0) return labels_.scripts.size();
  const size_t script = lemma_scripts_[(row - 1) / 4] >> (row - 1) % 4 * 16 & 0xFFFF;
  return std::min(script, labels_.scripts.size());
}

Status Network::LoadInputs() {
  WHOWHOM_TRY(Tensor words, Get("word.keys", TensorType::kUint64, 1, 0));
  WHOWHOM_TRY(Tensor statics, Get("static.keys", TensorType::kUint64, 1, 0));
  word_keys_ = KeysOf(words);
  static_keys_ = KeysOf(statics);
  WHOWHOM_TRY(word_table_, LoadTable("word.table", word_keys_.size() + 1));
  WHOWHOM_TRY(affix_table_, LoadTable("affix.table", kAffixRows));
  WHOWHOM_TRY(ngram_table_, LoadTable("ngram.table", kNgramRows));
  if (!static_keys_.empty()) {
    WHOWHOM_TRY(static_table_, LoadTable("static.table", static_keys_.size() + 1));
  }
  size_t in = word_table_.dim + affix_table_.dim + ngram_table_.dim + static_table_.dim;
  WHOWHOM_TRY(Tensor weight, Get("input.weight", TensorType::kFloat16, 0, in));
  WHOWHOM_TRY(input_, LoadDense("input.weight", "input.bias", in, weight.rows));
  return {};
}

Status Network::LoadLstms() {
  size_t width = input_.out;
  for (int layer = 0; layer < 8; ++layer) {
    std::string name = "lstm" + std::to_string(layer);
    auto state = Get(name + "f.state", TensorType::kFloat16, 0, 0);
    if (!state.ok()) break;
    if (hidden_ == 0) hidden_ = state->cols;
    if (hidden_ == 0 || hidden_ % 16 != 0 || hidden_ > 4096)
      return Corruption("the model has an LSTM of an unexpected width; install it anew");
    LstmLayer loaded;
    for (auto [direction, letter] : {std::pair(&loaded.forward, "f"), std::pair(&loaded.backward, "b")}) {
      WHOWHOM_TRY(direction->input,
                  LoadDense(name + letter + ".input", name + letter + ".bias", width, 4 * hidden_));
      WHOWHOM_TRY(direction->state, LoadDense(name + letter + ".state", "", hidden_, 4 * hidden_));
    }
    lstms_.push_back(std::move(loaded));
    width = 2 * hidden_;
  }
  if (lstms_.empty()) return Corruption("the model has no LSTM layer; install it anew");
  return {};
}

Status Network::LoadHeads() {
  const size_t width = 2 * hidden_;
  auto rows_of = [&](const char* name) -> size_t {
    auto tensor = Get(name, TensorType::kFloat16, 0, width);
    return tensor.ok() ? tensor->rows : 1;
  };
  const size_t classes =
      labels_.upos.size() + labels_.xpos.size() + labels_.feats.size() + labels_.scripts.size();
  const size_t tag = rows_of("tag_hidden.weight");
  const size_t name = rows_of("name_hidden.weight");
  const size_t arc = rows_of("arc_head.weight");
  const size_t label = rows_of("label_head.weight");
  WHOWHOM_TRY(tag_hidden_, LoadDense("tag_hidden.weight", "tag_hidden.bias", width, tag));
  WHOWHOM_TRY(tag_out_, LoadDense("tag_out.weight", "tag_out.bias", tag, classes));
  WHOWHOM_TRY(name_hidden_, LoadDense("name_hidden.weight", "name_hidden.bias", width, name));
  WHOWHOM_TRY(name_out_, LoadDense("name_out.weight", "name_out.bias", name, kNameLabels));
  WHOWHOM_TRY(arc_dependent_, LoadDense("arc_dependent.weight", "arc_dependent.bias", width, arc));
  WHOWHOM_TRY(arc_head_, LoadDense("arc_head.weight", "arc_head.bias", width, arc));
  WHOWHOM_TRY(label_dependent_, LoadDense("label_dependent.weight", "label_dependent.bias", width, label));
  WHOWHOM_TRY(label_head_, LoadDense("label_head.weight", "label_head.bias", width, label));
  WHOWHOM_TRY(arc_root_, GetFloats("arc.root", 1, arc));
  WHOWHOM_TRY(label_root_, GetFloats("label.root", 1, label));
  WHOWHOM_TRY(distance_bias_, GetFloats("arc.distance", 1, 0));
  if (distance_bias_.size() % 2 == 0)
    return Corruption("the model's distance bias has an even length; install it anew");
  WHOWHOM_TRY(name_transitions_, GetFloats("name.transitions", kNameLabels, kNameLabels));
  WHOWHOM_TRY(name_first_, GetFloats("name.first", 1, kNameLabels));

  // Stored as [dependent + 1, head]: transpose, the last row becomes the bias.
  WHOWHOM_TRY(std::vector<float> arcs, GetFloats("arc.matrix", arc + 1, arc));
  std::vector<float> turned(arc * arc);
  for (size_t i = 0; i < arc; ++i) {
    for (size_t o = 0; o < arc; ++o) turned[o * arc + i] = arcs[i * arc + o];
  }
  arc_mix_ = Pack(turned, std::span(arcs).subspan(arc * arc), arc, arc);

  // Stored as [dependent + 1, labels * (head + 1)]. Each row of the product is laid out as panels of a weight
  // matrix [head + 1, labels], so that a second product with the head gives the scores.
  const size_t labels = labels_.deprels.size();
  const size_t depth = label + 1;
  label_width_ = depth * Padded(labels);
  WHOWHOM_TRY(std::vector<float> stored, GetFloats("label.matrix", depth, labels * depth));
  std::vector<float> reordered(label_width_ * label, 0.0f);
  std::vector<float> bias(label_width_, 0.0f);
  for (size_t l = 0; l < labels; ++l) {
    for (size_t j = 0; j < depth; ++j) {
      size_t to = l / kPanel * kPanel * depth + j * kPanel + l % kPanel;
      for (size_t i = 0; i < label; ++i)
        reordered[to * label + i] = stored[i * labels * depth + l * depth + j];
      bias[to] = stored[label * labels * depth + l * depth + j];
    }
  }
  label_mix_ = Pack(reordered, bias, label, label_width_);
  return {};
}

void Network::Apply(const Dense& dense, const Matrix& in, Matrix* out) const {
  out->Resize(in.rows, dense.out);
  kernels_->gemm({in.values.data(), in.stride, dense.panels.data(),
                  dense.bias.empty() ? nullptr : dense.bias.data(), out->values.data(), out->stride, in.rows,
                  dense.in, dense.padded_out, false});
}

Matrix Network::FormInputs(std::span<const std::string_view> forms) const {
  Matrix features;
  features.Resize(forms.size(), input_.in);
  std::fill(features.values.begin(), features.values.end(), 0.0f);
  WordFeatures word;
  auto add = [&](const Table& table, size_t row, float factor, float* to) {
    kernels_->add_row(table.rows + row * table.dim, factor * table.scales[row], to, table.dim);
  };
  for (size_t i = 0; i < forms.size(); ++i) {
    ExtractFeatures(forms[i], &word);
    float* at = features.Row(i);
    add(word_table_, FindRow(word_keys_, word.key), 1.0f, at);
    at += word_table_.dim;
    for (uint32_t row : word.affixes) add(affix_table_, row, 1.0f, at);
    at += affix_table_.dim;
    const float share = word.ngrams.empty() ? 0.0f : 1.0f / static_cast<float>(word.ngrams.size());
    for (uint32_t row : word.ngrams) add(ngram_table_, row, share, at);
    at += ngram_table_.dim;
    if (static_table_.count > 0) add(static_table_, FindRow(static_keys_, word.key), 1.0f, at);
  }
  Matrix inputs;
  Apply(input_, features, &inputs);
  kernels_->leaky(inputs.values.data(), inputs.values.size());
  return inputs;
}

void Network::RunDirection(const Layout& layout, const LstmDirection& lstm, const Matrix& in,
                           bool is_backward, Matrix* out) const {
  Matrix gates;
  Apply(lstm.input, in, &gates);
  Floats cell(layout.lengths.size() * hidden_, 0.0f);
  const size_t offset = is_backward ? hidden_ : 0;
  const size_t steps = layout.first.size();
  for (size_t step = 0; step < steps; ++step) {
    const size_t t = is_backward ? steps - 1 - step : step;
    const size_t active = layout.active[t];
    if (step > 0) {
      // Forward: all active rows were active before. Backward: those that end here start from zero.
      const size_t before = is_backward ? t + 1 : t - 1;
      const size_t known = std::min<size_t>(active, layout.active[before]);
      kernels_->gemm({out->Row(layout.first[before]) + offset, out->stride, lstm.state.panels.data(), nullptr,
                      gates.Row(layout.first[t]), gates.stride, known, hidden_, lstm.state.padded_out, true});
    }
    kernels_->lstm_cell(gates.Row(layout.first[t]), gates.stride, cell.data(),
                        out->Row(layout.first[t]) + offset, out->stride, active, hidden_);
  }
}

Outputs Network::Run(const Layout& layout, const Matrix& inputs, std::span<const uint32_t> rows) const {
  Matrix state;
  state.Resize(rows.size(), input_.out);
  for (size_t r = 0; r < rows.size(); ++r) std::copy_n(inputs.Row(rows[r]), inputs.stride, state.Row(r));
  for (const LstmLayer& layer : lstms_) {
    Matrix next;
    next.Resize(rows.size(), 2 * hidden_);
    RunDirection(layout, layer.forward, state, false, &next);
    RunDirection(layout, layer.backward, state, true, &next);
    state = std::move(next);
  }
  auto hidden = [&](const Dense& dense) {
    Matrix out;
    Apply(dense, state, &out);
    kernels_->leaky(out.values.data(), out.values.size());
    return out;
  };
  Outputs outputs;
  Apply(tag_out_, hidden(tag_hidden_), &outputs.tags);
  Apply(name_out_, hidden(name_hidden_), &outputs.names);
  Apply(arc_mix_, hidden(arc_dependent_), &outputs.arc_dependent);
  outputs.arc_head = hidden(arc_head_);
  outputs.label_dependent = hidden(label_dependent_);
  outputs.label_head = hidden(label_head_);
  return outputs;
}

std::vector<float> Network::ArcScoresOf(const Layout& layout, const Outputs& outputs, size_t sentence) const {
  const size_t n = layout.lengths[sentence];
  const size_t depth = arc_head_.out;
  Matrix dependents;
  dependents.Resize(n, depth);
  Floats heads(Padded(n + 1) * depth, 0.0f);
  auto put = [&](size_t column, const float* head) {
    float* panel = heads.data() + column / kPanel * kPanel * depth + column % kPanel;
    for (size_t i = 0; i < depth; ++i) panel[i * kPanel] = head[i];
  };
  put(0, arc_root_.data());
  for (size_t w = 0; w < n; ++w) {
    size_t row = layout.RowOf(sentence, w);
    std::copy_n(outputs.arc_dependent.Row(row), depth, dependents.Row(w));
    put(w + 1, outputs.arc_head.Row(row));
  }
  Matrix scores;
  scores.Resize(n, n + 1);
  kernels_->gemm({dependents.values.data(), dependents.stride, heads.data(), nullptr, scores.values.data(),
                  scores.stride, n, depth, scores.stride, false});
  std::vector<float> result(n * (n + 1));
  const auto reach = static_cast<int64_t>(distance_bias_.size() / 2);
  for (size_t d = 0; d < n; ++d) {
    const float* from = scores.Row(d);
    float* to = result.data() + d * (n + 1);
    to[0] = from[0];
    for (size_t h = 0; h < n; ++h) {
      int64_t distance = std::clamp(static_cast<int64_t>(h) - static_cast<int64_t>(d), -reach, reach);
      to[h + 1] = from[h + 1] + distance_bias_[static_cast<size_t>(distance + reach)];
    }
  }
  return result;
}

Matrix Network::LabelScoresOf(const Layout& layout, const Outputs& outputs, size_t sentence,
                              std::span<const int32_t> heads) const {
  const size_t n = layout.lengths[sentence];
  const size_t depth = label_head_.out;
  Matrix dependents;
  dependents.Resize(n, depth);
  for (size_t w = 0; w < n; ++w)
    std::copy_n(outputs.label_dependent.Row(layout.RowOf(sentence, w)), depth, dependents.Row(w));
  Matrix mixed;
  Apply(label_mix_, dependents, &mixed);
  Matrix scores;
  scores.Resize(n, labels_.deprels.size());
  Floats head(Padded(depth + 1), 0.0f);
  for (size_t w = 0; w < n; ++w) {
    const float* from = heads[w] < 0
                            ? label_root_.data()
                            : outputs.label_head.Row(layout.RowOf(sentence, static_cast<size_t>(heads[w])));
    std::copy_n(from, depth, head.begin());
    head[depth] = 1.0f;
    kernels_->gemm({head.data(), head.size(), mixed.Row(w), nullptr, scores.Row(w), scores.stride, 1,
                    depth + 1, scores.stride, false});
  }
  return scores;
}

}  // namespace whowhom::extract::neural
