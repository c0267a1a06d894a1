#include "corpus.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "fail.h"
#include "neural/lemma_script.h"
#include "neural/model_file.h"
#include "neural/name_decoder.h"
#include "neural/word_form.h"
#include "whowhom/core/hash.h"
#include "whowhom/core/utf8.h"

namespace whowhom::train {
namespace {

namespace neural = extract::neural;

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) Fail("cannot read " + path);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

std::vector<std::string> SplitTabs(const std::string& line) {
  std::vector<std::string> fields;
  size_t begin = 0;
  for (size_t tab = line.find('\t'); tab != std::string::npos; tab = line.find('\t', begin)) {
    fields.push_back(line.substr(begin, tab - begin));
    begin = tab + 1;
  }
  fields.push_back(line.substr(begin));
  return fields;
}

// Rows of a CoNLL-like file, sentence by sentence.
struct RawSentence {
  std::string id;
  std::vector<std::vector<std::string>> rows;
};

std::vector<RawSentence> ReadRows(const std::string& text) {
  std::vector<RawSentence> sentences;
  RawSentence current;
  std::istringstream in(text);
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty()) {
      if (!current.rows.empty()) sentences.push_back(std::move(current));
      current = {};
    } else if (line[0] == '#') {
      if (line.rfind("# sent_id = ", 0) == 0) current.id = line.substr(12);
    } else {
      std::vector<std::string> fields = SplitTabs(line);
      if (fields[0].find_first_of("-.") == std::string::npos) current.rows.push_back(std::move(fields));
    }
  }
  if (!current.rows.empty()) sentences.push_back(std::move(current));
  return sentences;
}

uint32_t TypeOf(const std::string& form, Corpus* corpus) {
  auto [it, is_new] = corpus->type_index.try_emplace(form, static_cast<uint32_t>(corpus->types.size()));
  if (is_new) {
    Type type;
    type.form = form;
    neural::ExtractFeatures(form, &type.features);
    corpus->types.push_back(std::move(type));
  }
  return it->second;
}

constexpr uint32_t Begin(uint32_t type) { return 1U << (1 + 2 * type); }
constexpr uint32_t Inside(uint32_t type) { return 1U << (2 + 2 * type); }
enum NameIndex : uint32_t { kPerson, kOrg, kGpe, kPlace, kEvent, kWork };

// What a source's annotation of a token allows. `extra` are the types that the source does not annotate.
struct SourceRules {
  bool annotates_event = false;
  bool annotates_work = false;
};

SourceRules RulesOf(const std::string& source) {
  SourceRules rules;
  bool is_crossner = source.rfind("crossner", 0) == 0;
  rules.annotates_event = is_crossner || source.rfind("gum", 0) == 0 || source.rfind("redocred", 0) == 0;
  rules.annotates_work = is_crossner || source.rfind("redocred", 0) == 0 || source.rfind("wnut", 0) == 0 ||
                         source.rfind("gum", 0) == 0;
  return rules;
}

// GPE, PLACE or both for a LOC span.
uint32_t PlaceKinds(const std::vector<std::string>& norms, const PlaceLists& lists) {
  std::string joined;
  bool has_place_word = false;
  for (const std::string& norm : norms) {
    if (!joined.empty()) joined.push_back(' ');
    joined += norm;
    has_place_word = has_place_word || lists.place_words.count(norm) > 0;
  }
  constexpr uint32_t kGpeBit = 1;
  constexpr uint32_t kPlaceBit = 2;
  if (lists.gpe.count(joined) > 0 || (joined.rfind("the ", 0) == 0 && lists.gpe.count(joined.substr(4)) > 0))
    return kGpeBit;
  if (has_place_word) return kPlaceBit;
  return kGpeBit | kPlaceBit;
}

// Label sets of a sentence from its COARSE and FINE columns.
std::vector<uint32_t> NameSets(const RawSentence& raw, const std::string& source, const PlaceLists& lists) {
  SourceRules rules = RulesOf(source);
  const size_t n = raw.rows.size();
  uint32_t outside = 1U;
  if (!rules.annotates_event) outside |= Begin(kEvent) | Inside(kEvent);
  if (!rules.annotates_work) outside |= Begin(kWork) | Inside(kWork);
  std::vector<uint32_t> sets(n, outside);
  for (size_t i = 0; i < n;) {
    const std::string& fine = raw.rows[i][3];
    const std::string& coarse = raw.rows[i][2];
    if (coarse.size() < 3 || fine.size() < 3) {
      ++i;
      continue;
    }
    size_t end = i + 1;
    while (end < n && raw.rows[end][2].rfind("I-", 0) == 0) ++end;
    std::string coarse_type = coarse.substr(2);
    std::string fine_type = fine.substr(2);
    uint32_t begin_set = 1U;
    uint32_t inside_set = 1U;
    auto allow = [&](uint32_t type) {
      begin_set |= Begin(type);
      inside_set |= Inside(type);
    };
    bool keeps_outside = false;
    if (coarse_type == "PER") {
      allow(kPerson);
    } else if (coarse_type == "ORG") {
      allow(kOrg);
    } else if (fine_type == "GPE") {
      allow(kGpe);
    } else if (coarse_type == "LOC") {
      std::vector<std::string> norms;
      for (size_t t = i; t < end; ++t) norms.push_back(neural::NormForm(raw.rows[t][1]));
      uint32_t kinds = PlaceKinds(norms, lists);
      if ((kinds & 1) != 0) allow(kGpe);
      if ((kinds & 2) != 0) allow(kPlace);
    } else if (fine_type == "EVENT") {
      allow(kEvent);
    } else if (fine_type == "WORK") {
      allow(kWork);
    } else {
      keeps_outside = true;
      bool may_be_either =
          fine_type == "MISC" && (source.rfind("redocred", 0) == 0 || source.rfind("gum", 0) == 0);
      bool may_be_work = fine_type == "MISC" && source == "crossner_politics";
      if (may_be_either) allow(kEvent);
      if (may_be_either || may_be_work) allow(kWork);
    }
    if (!keeps_outside) {
      begin_set &= ~1U;
      inside_set &= ~1U;
    }
    for (size_t t = i; t < end; ++t) sets[t] = t == i ? begin_set : inside_set;
    i = end;
  }
  return sets;
}

PlaceLists ReadPlaces(const CorpusPaths& paths) {
  PlaceLists lists;
  auto read = [](const std::string& path, std::unordered_map<std::string, int>* into) {
    if (path.empty()) return;
    std::istringstream in(ReadAll(path));
    std::string line;
    while (std::getline(in, line)) {
      if (!line.empty() && line[0] != '#')
        into->emplace(neural::NormForm(line.substr(0, line.find('\t'))), 1);
    }
  };
  read(paths.gpe_list, &lists.gpe);
  read(paths.place_list, &lists.place_words);
  return lists;
}

// Class names seen at least `least` times, the most frequent first.
void Freeze(const std::map<std::string, int>& counts, int least, Labels* labels) {
  std::vector<std::pair<int, std::string>> order;
  for (const auto& [name, count] : counts) {
    if (count >= least) order.emplace_back(-count, name);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [count, name] : order) {
    labels->index.emplace(name, static_cast<int32_t>(labels->names.size()));
    labels->names.push_back(name);
  }
}

GoldSentence TreeOf(const RawSentence& raw, Corpus* corpus) {
  GoldSentence sentence;
  sentence.id = raw.id;
  sentence.has_tree = true;
  for (const auto& row : raw.rows) {
    GoldToken token;
    token.type = TypeOf(row[1], corpus);
    token.upos = corpus->upos.Find(row[3]);
    token.xpos = corpus->xpos.Find(row[4]);
    token.feats = corpus->feats.Find(row[5]);
    token.script = corpus->scripts.Find(neural::LemmaScript(row[1], row[2]));
    token.head = std::atoi(row[6].c_str()) - 1;
    token.deprel = corpus->deprels.Find(row[7]);
    sentence.tokens.push_back(token);
    sentence.lemmas.push_back(row[2]);
    sentence.feats.push_back(row[5]);
  }
  return sentence;
}

GoldSentence NamesOf(const RawSentence& raw, const std::string& source, const PlaceLists& lists,
                     Corpus* corpus) {
  GoldSentence sentence;
  sentence.id = raw.id;
  sentence.name_source = corpus->sources.Find(source);
  std::vector<uint32_t> sets = NameSets(raw, source, lists);
  for (size_t i = 0; i < raw.rows.size(); ++i) {
    GoldToken token;
    token.type = TypeOf(raw.rows[i][1], corpus);
    token.names = sets[i];
    sentence.tokens.push_back(token);
  }
  return sentence;
}

// Names of a silver sentence (train/select_silver.py): NER=LABEL or NER=* in the last column.
void AddSilverNames(const RawSentence& raw, int32_t source, GoldSentence* sentence) {
  sentence->name_source = source;
  for (size_t i = 0; i < raw.rows.size(); ++i) {
    const std::string& cell = raw.rows[i][9];
    if (cell.rfind("NER=", 0) != 0) Fail("silver sentence " + raw.id + ": no NER= in the last column");
    uint32_t set = cell == "NER=O" ? 1U : ~0U;
    for (uint32_t type = kPerson; type <= kWork; ++type) {
      const std::string name(extract::ToString(static_cast<extract::NameType>(type)));
      if (cell == "NER=B-" + name) set = Begin(type);
      if (cell == "NER=I-" + name) set = Inside(type);
    }
    sentence->tokens[i].names = set;
  }
}

// Copies the name annotation onto the tree sentence with the same id, where the tokens agree.
size_t MergeNames(const std::vector<GoldSentence>& named, std::vector<GoldSentence>* trees) {
  std::unordered_map<std::string, size_t> by_id;
  for (size_t i = 0; i < trees->size(); ++i) by_id.emplace((*trees)[i].id, i);
  size_t merged = 0;
  for (const GoldSentence& names : named) {
    auto it = by_id.find(names.id);
    if (it == by_id.end()) continue;
    GoldSentence& tree = (*trees)[it->second];
    bool same = tree.tokens.size() == names.tokens.size();
    for (size_t t = 0; same && t < names.tokens.size(); ++t)
      same = tree.tokens[t].type == names.tokens[t].type;
    if (!same) continue;
    for (size_t t = 0; t < names.tokens.size(); ++t) tree.tokens[t].names = names.tokens[t].names;
    tree.name_source = names.name_source;
    ++merged;
  }
  return merged;
}

// The sentence in the letter case of a headline (or all upper case), so that the network does not lean on
// case alone.
GoldSentence Recased(const GoldSentence& sentence, bool all_upper, Corpus* corpus) {
  GoldSentence copy = sentence;
  for (size_t i = 0; i < copy.tokens.size(); ++i) {
    std::string form = corpus->types[copy.tokens[i].type].form;
    if (all_upper) {
      form = ToUpper(form);
    } else if (form.size() > 3 || i == 0) {
      uint32_t first = DecodeUtf8(form, 0).length;
      form = ToUpper(form.substr(0, first)) + form.substr(first);
    }
    copy.tokens[i].type = TypeOf(form, corpus);
    copy.tokens[i].script = corpus->scripts.Find(neural::LemmaScript(form, copy.lemmas[i]));
  }
  return copy;
}

// Headline case for one sentence in twenty, upper case for one in fifty.
void AddRecased(Corpus* corpus) {
  const size_t count = corpus->trees.size();
  for (size_t i = 0; i < count; ++i) {
    bool headline = i % 20 == 7 && corpus->trees[i].tokens.size() <= 20;
    if (headline || i % 50 == 3) {
      GoldSentence copy = Recased(corpus->trees[i], !headline, corpus);
      corpus->trees.push_back(std::move(copy));
    }
  }
}

// The vectors of an earlier model, as its file holds them: networks trained on the same ones can share the
// table.
void ReadVectorsOfModel(const std::string& path, StaticVectors* vectors) {
  auto file = neural::ModelFile::Open(path, neural::FeatureFingerprint());
  if (!file.ok()) Fail(file.error().message);
  auto found_keys = file.value()->Get("static.keys", neural::TensorType::kUint64, 0, 0);
  auto found_table = file.value()->Get("static.table", neural::TensorType::kInt8Rows, 0, 0);
  if (!found_keys.ok() || !found_table.ok()) Fail(path + " holds no static vectors");
  const neural::Tensor& keys = found_keys.value();
  const neural::Tensor& table = found_table.value();
  const auto* key = reinterpret_cast<const uint64_t*>(keys.data.data());
  vectors->keys.assign(key, key + keys.cols);
  vectors->dimensions = static_cast<uint32_t>(table.cols);
  const size_t padded = (table.rows * table.cols + 63) / 64 * 64;
  const auto* values = reinterpret_cast<const int8_t*>(table.data.data());
  const auto* scales = reinterpret_cast<const float*>(table.data.data() + padded);
  for (size_t i = 0; i < table.rows * table.cols; ++i)
    vectors->values.push_back(static_cast<float>(values[i]) * scales[i / table.cols]);
}

// path: a text file of train_vectors, or a model (`.model`) whose vectors are taken.
void ReadVectors(const std::string& path, StaticVectors* vectors) {
  if (path.empty()) return;
  if (path.ends_with(".model")) return ReadVectorsOfModel(path, vectors);
  std::istringstream in(ReadAll(path));
  size_t words = 0;
  in >> words >> vectors->dimensions;
  std::vector<std::pair<uint64_t, std::vector<float>>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    size_t blank = line.find(' ');
    std::vector<float> values;
    const char* at = line.c_str() + blank;
    for (uint32_t d = 0; d < vectors->dimensions; ++d) {
      char* end = nullptr;
      values.push_back(std::strtof(at, &end));
      at = end;
    }
    // Bring the share of upper case and the log count into the range of the other dimensions.
    values[vectors->dimensions - 2] = 2 * values[vectors->dimensions - 2] - 1;
    values[vectors->dimensions - 1] = (values[vectors->dimensions - 1] - 3) / 2;
    rows.emplace_back(neural::WordKey(line.substr(0, blank)), std::move(values));
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  vectors->values.assign(vectors->dimensions, 0.0f);
  double squares = 0;
  for (auto& [key, values] : rows) {
    vectors->keys.push_back(key);
    for (uint32_t d = 0; d + 2 < vectors->dimensions; ++d)
      squares += static_cast<double>(values[d]) * values[d];
  }
  // Root mean square 0.5 over all learned dimensions, so that the scale does not depend on how they were
  // trained.
  double mean = squares / (static_cast<double>(rows.size()) * (vectors->dimensions - 2));
  const float scale = static_cast<float>(0.5 / std::max(1e-6, std::sqrt(mean)));
  for (auto& [key, values] : rows) {
    for (uint32_t d = 0; d + 2 < vectors->dimensions; ++d)
      values[d] = std::clamp(values[d] * scale, -2.5f, 2.5f);
    vectors->values.insert(vectors->values.end(), values.begin(), values.end());
  }
}

void CountTokens(const std::vector<GoldSentence>& sentences, Corpus* corpus) {
  for (const GoldSentence& sentence : sentences) {
    for (const GoldToken& token : sentence.tokens) ++corpus->types[token.type].count;
  }
}

// The trained word table: normal forms seen at least twice.
void BuildWordTable(Corpus* corpus) {
  constexpr size_t kMaxWords = 20000;
  std::unordered_map<uint64_t, uint32_t> counts;
  for (const Type& type : corpus->types) counts[type.features.key] += type.count;
  std::vector<std::pair<uint32_t, uint64_t>> order;
  for (const auto& [key, count] : counts) {
    if (count >= 2) order.emplace_back(count, key);
  }
  std::sort(order.begin(), order.end(), std::greater<>());
  if (order.size() > kMaxWords) order.resize(kMaxWords);
  for (const auto& [count, key] : order) corpus->word_keys.push_back(key);
  std::sort(corpus->word_keys.begin(), corpus->word_keys.end());
  for (Type& type : corpus->types) {
    type.count = counts[type.features.key];
    type.word_row = neural::FindRow(corpus->word_keys, type.features.key);
    type.static_row = neural::FindRow(corpus->vectors.keys, type.features.key);
  }
}

std::string ReadTraining(const std::string& path, Corpus* corpus) {
  std::string text = ReadAll(path);
  corpus->content_hash_input += path.substr(path.rfind('/') + 1) + ' ' + ToHex(HashBytes(text)) + '\n';
  return text;
}

}  // namespace

Corpus ReadCorpus(const CorpusPaths& paths) {
  Corpus corpus;
  PlaceLists lists = ReadPlaces(paths);
  std::vector<RawSentence> raw;
  for (const char* name : {"en_ewt-train.conllu", "en_gumopen-train.conllu"}) {
    std::vector<RawSentence> part = ReadRows(ReadTraining(paths.treebank_dir + "/" + name, &corpus));
    raw.insert(raw.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  }
  std::map<std::string, int> upos, xpos, feats, scripts, deprels;
  for (const RawSentence& sentence : raw) {
    for (const auto& row : sentence.rows) {
      ++upos[row[3]];
      ++xpos[row[4]];
      ++feats[row[5]];
      ++scripts[neural::LemmaScript(row[1], row[2])];
      ++deprels[row[7]];
    }
  }
  upos.erase("_");
  xpos.erase("_");
  Freeze(upos, 2, &corpus.upos);
  Freeze(xpos, 3, &corpus.xpos);
  Freeze(feats, 3, &corpus.feats);
  Freeze(scripts, 4, &corpus.scripts);
  Freeze(deprels, 2, &corpus.deprels);
  for (const RawSentence& sentence : raw) corpus.trees.push_back(TreeOf(sentence, &corpus));
  const std::vector<std::string> sources = {"uner_ewt",
                                            "gum_derived",
                                            "crossner_politics",
                                            "crossner_science",
                                            "crossner_literature",
                                            "crossner_music",
                                            "redocred",
                                            "wnut17",
                                            "btc",
                                            "sec_fin"};
  auto add_source = [&corpus](const std::string& source) {
    corpus.sources.index.emplace(source, static_cast<int32_t>(corpus.sources.names.size()));
    corpus.sources.names.push_back(source);
  };
  for (const std::string& source : sources) add_source(source);
  add_source("silver");
  for (const std::string& source : sources) {
    std::vector<GoldSentence> named;
    for (const RawSentence& sentence :
         ReadRows(ReadTraining(paths.ner_dir + "/" + source + "-train.ner", &corpus))) {
      named.push_back(NamesOf(sentence, source, lists, &corpus));
    }
    if (source == "uner_ewt" || source == "gum_derived") {
      std::fprintf(stderr, "%s: names of %zu of %zu sentences merged\n", source.c_str(),
                   MergeNames(named, &corpus.trees), named.size());
      continue;
    }
    // CrossNER has no development part of its own here: every tenth sentence of politics is kept for
    // choosing.
    std::vector<GoldSentence> train;
    for (size_t i = 0; i < named.size(); ++i) {
      bool is_dev = source == "crossner_politics" && i % 10 == 9;
      (is_dev ? corpus.dev_names[source] : train).push_back(std::move(named[i]));
    }
    corpus.names.push_back(std::move(train));
  }
  AddRecased(&corpus);
  CountTokens(corpus.trees, &corpus);
  for (const auto& part : corpus.names) CountTokens(part, &corpus);
  if (!paths.silver.empty()) {
    for (const RawSentence& sentence : ReadRows(ReadTraining(paths.silver, &corpus))) {
      corpus.trees.push_back(TreeOf(sentence, &corpus));
      AddSilverNames(sentence, corpus.sources.Find("silver"), &corpus.trees.back());
    }
  }
  for (const char* name : {"en_ewt", "en_gumopen"}) {
    for (const RawSentence& sentence : ReadRows(ReadAll(paths.treebank_dir + "/" + name + "-dev.conllu"))) {
      corpus.dev_trees[name].push_back(TreeOf(sentence, &corpus));
    }
  }
  for (const char* name : {"uner_ewt", "wnut17", "gum_derived"}) {
    for (const RawSentence& sentence : ReadRows(ReadAll(paths.ner_dir + "/" + name + "-dev.ner"))) {
      corpus.dev_names[name].push_back(NamesOf(sentence, name, lists, &corpus));
    }
  }
  ReadVectors(paths.vectors, &corpus.vectors);
  BuildWordTable(&corpus);
  std::fprintf(stderr,
               "%zu trees, %zu types, %zu words, %zu upos, %zu xpos, %zu feats, %zu scripts, %zu deprels, "
               "%zu vectors\n",
               corpus.trees.size(), corpus.types.size(), corpus.word_keys.size(), corpus.upos.names.size(),
               corpus.xpos.names.size(), corpus.feats.names.size(), corpus.scripts.names.size(),
               corpus.deprels.names.size(), corpus.vectors.keys.size());
  return corpus;
}

}  // namespace whowhom::train
