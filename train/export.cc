#include "export.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "neural/features.h"
#include "neural/model_file.h"
#include "neural/name_decoder.h"
#include "whowhom/core/hash.h"

namespace whowhom::train {
namespace {

using extract::neural::ModelFileWriter;

std::span<const float> ValuesOf(const torch::Tensor& tensor) {
  return {tensor.data_ptr<float>(), static_cast<size_t>(tensor.numel())};
}

class Exporter {
 public:
  explicit Exporter(ModelFileWriter* out) : out_(out) {}

  void Table(const std::string& name, const torch::Tensor& tensor) {
    torch::Tensor t = tensor.detach().contiguous();
    out_->AddInt8Rows(name, static_cast<uint64_t>(t.size(0)), static_cast<uint64_t>(t.size(1)), ValuesOf(t));
  }
  void Dense(const std::string& name, const torch::Tensor& tensor) {
    torch::Tensor t = tensor.detach().contiguous();
    if (t.dim() == 1) t = t.unsqueeze(0);
    out_->AddFloat16(name, static_cast<uint64_t>(t.size(0)), static_cast<uint64_t>(t.size(1)), ValuesOf(t));
  }
  // Weights are stored as [out, in], as torch has them.
  void Linear(const std::string& name, const torch::nn::Linear& linear) {
    Dense(name + ".weight", linear->weight);
    Dense(name + ".bias", linear->bias);
  }
  void Lines(const std::string& name, const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    out_->AddBytes(name, text);
  }

 private:
  ModelFileWriter* out_;
};

// Which classes of a second layer go with each tag: [upos, classes] bytes, by the training trees.
std::string SeenWith(const Corpus& corpus, size_t classes, int32_t GoldToken::*field) {
  std::string seen(corpus.upos.names.size() * classes, '\0');
  for (const GoldSentence& sentence : corpus.trees) {
    for (const GoldToken& token : sentence.tokens) {
      if (token.upos >= 0 && token.*field >= 0)
        seen[static_cast<size_t>(token.upos) * classes + static_cast<size_t>(token.*field)] = 1;
    }
  }
  return seen;
}

// The most frequent script of each form and Penn tag in the training trees. Proper nouns are left to the
// classifier.
void AddLemmaLexicon(const Corpus& corpus, ModelFileWriter* writer) {
  std::map<uint64_t, std::map<int32_t, int>> counts;
  const int32_t proper = corpus.xpos.Find("NNP");
  for (const GoldSentence& sentence : corpus.trees) {
    for (const GoldToken& token : sentence.tokens) {
      if (token.xpos < 0 || token.script < 0 || token.xpos == proper) continue;
      uint64_t key = extract::neural::LemmaKey(corpus.types[token.type].form,
                                               corpus.xpos.names[static_cast<size_t>(token.xpos)]);
      ++counts[key][token.script];
    }
  }
  std::vector<uint64_t> keys;
  std::vector<uint64_t> scripts((counts.size() + 3) / 4, 0);
  for (const auto& [key, by_script] : counts) {
    auto best = std::max_element(by_script.begin(), by_script.end(),
                                 [](const auto& a, const auto& b) { return a.second < b.second; });
    scripts[keys.size() / 4] |= static_cast<uint64_t>(best->first) << keys.size() % 4 * 16;
    keys.push_back(key);
  }
  writer->AddUint64("lemma.keys", keys);
  writer->AddUint64("lemma.scripts", scripts);
}

}  // namespace

void SaveModel(const std::string& path, Network& network, const Corpus& corpus, int64_t name_source,
               const std::string& card) {
  torch::NoGradGuard guard;
  ModelFileWriter writer;
  Exporter out(&writer);
  out.Lines("card", {card});
  out.Lines("labels.upos", corpus.upos.names);
  out.Lines("labels.xpos", corpus.xpos.names);
  out.Lines("labels.feats", corpus.feats.names);
  out.Lines("labels.scripts", corpus.scripts.names);
  out.Lines("labels.deprels", corpus.deprels.names);
  writer.AddBytes("seen.xpos", SeenWith(corpus, corpus.xpos.names.size(), &GoldToken::xpos));
  writer.AddBytes("seen.feats", SeenWith(corpus, corpus.feats.names.size(), &GoldToken::feats));
  AddLemmaLexicon(corpus, &writer);
  writer.AddUint64("word.keys", corpus.word_keys);
  out.Table("word.table", network->word_table);
  out.Table("affix.table", network->affix_table);
  out.Table("ngram.table", network->ngram_table);
  writer.AddUint64("static.keys", corpus.vectors.keys);
  if (network->static_table.defined()) out.Table("static.table", network->static_table);
  out.Linear("input", network->input);
  for (size_t layer = 0; layer < network->lstms.size(); ++layer) {
    auto parameters = network->lstms[layer]->named_parameters();
    for (const char* direction : {"", "_reverse"}) {
      std::string suffix = std::string("_l0") + direction;
      std::string name = "lstm" + std::to_string(layer) + (direction[0] == '\0' ? "f" : "b");
      out.Dense(name + ".input", parameters["weight_ih" + suffix]);
      out.Dense(name + ".state", parameters["weight_hh" + suffix]);
      out.Dense(name + ".bias", parameters["bias_ih" + suffix] + parameters["bias_hh" + suffix]);
    }
  }
  out.Linear("tag_hidden", network->tag_hidden);
  out.Linear("tag_out", network->tag_out);
  torch::Tensor name_bias = network->name_hidden->bias;
  if (name_source >= 0) name_bias = name_bias + network->name_source[name_source];
  out.Dense("name_hidden.weight", network->name_hidden->weight);
  out.Dense("name_hidden.bias", name_bias);
  out.Linear("name_out", network->name_out);
  out.Dense("name.transitions", network->name_transitions);
  out.Dense("name.first", network->name_first);
  out.Linear("arc_dependent", network->arc_dependent);
  out.Linear("arc_head", network->arc_head);
  out.Linear("label_dependent", network->label_dependent);
  out.Linear("label_head", network->label_head);
  out.Dense("arc.root", network->arc_root);
  out.Dense("label.root", network->label_root);
  out.Dense("arc.matrix", network->arc_matrix);
  out.Dense("arc.distance", network->distance_bias);
  out.Dense("label.matrix", network->label_matrix);
  std::string bytes =
      writer.Finish(extract::neural::FeatureFingerprint(), HashBytes(corpus.content_hash_input));
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.good()) {
    std::fprintf(stderr, "cannot write %s\n", path.c_str());
    std::exit(3);
  }
}

}  // namespace whowhom::train
