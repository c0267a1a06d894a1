// A small model with random weights: enough to run every stage of the network without a trained file.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "neural/features.h"
#include "neural/model_file.h"
#include "neural/name_decoder.h"

namespace whowhom::extract::neural {

class TinyModelBuilder {
 public:
  explicit TinyModelBuilder(uint32_t seed = 1, const std::string& upos = "NOUN\nVERB\nPUNCT\n")
      : random_(seed) {
    writer_.AddBytes("labels.upos", upos);
    writer_.AddBytes("labels.xpos", "NN\nVBD\n.\n");
    writer_.AddBytes("labels.feats", "_\nNumber=Sing\nTense=Past\n");
    writer_.AddBytes("labels.scripts", "K0|\nL0|\nK1|\n");
    writer_.AddBytes("labels.deprels", "root\nnsubj\nobj\npunct\nnsubj:pass\n");
    writer_.AddBytes("seen.xpos", std::string("\1\0\0\0\1\0\0\0\1", 9));
    writer_.AddBytes("seen.feats", std::string("\1\1\0\1\0\1\1\0\0", 9));
    writer_.AddUint64("lemma.keys", std::vector<uint64_t>{LemmaKey("besieged", "NN")});
    writer_.AddUint64("lemma.scripts", std::vector<uint64_t>{2});
    std::vector<uint64_t> keys{WordKey("armies"), WordKey("towns")};
    std::sort(keys.begin(), keys.end());
    writer_.AddUint64("word.keys", keys);
    writer_.AddInt8Rows("word.table", 3, 8, Values(3 * 8));
    writer_.AddInt8Rows("affix.table", kAffixRows, 4, Values(kAffixRows * 4));
    writer_.AddInt8Rows("ngram.table", kNgramRows, 4, Values(kNgramRows * 4));
    writer_.AddUint64("static.keys", std::vector<uint64_t>{});
    Linear("input", 16, 24);
    for (const char* direction : {"lstm0f", "lstm0b"}) Lstm(direction, 24, 16);
    for (const char* direction : {"lstm1f", "lstm1b"}) Lstm(direction, 32, 16);
    Linear("tag_hidden", 32, 16);
    Linear("tag_out", 16, 12);
    Linear("name_hidden", 32, 16);
    Linear("name_out", 16, kNameLabels);
    Half("name.transitions", kNameLabels, kNameLabels);
    Half("name.first", 1, kNameLabels);
    Linear("arc_dependent", 32, 20);
    Linear("arc_head", 32, 20);
    Linear("label_dependent", 32, 10);
    Linear("label_head", 32, 10);
    Half("arc.root", 1, 20);
    Half("label.root", 1, 10);
    Half("arc.matrix", 21, 20);
    Half("arc.distance", 1, 9);
    Half("label.matrix", 11, 5 * 11);
  }

  std::string Finish() const { return writer_.Finish(FeatureFingerprint(), Hash128{7, 9}); }

 private:
  std::vector<float> Values(size_t count) {
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(random_() % 2001) / 2000.0f - 0.5f;
    return values;
  }
  void Half(const std::string& name, size_t rows, size_t cols) {
    writer_.AddFloat16(name, rows, cols, Values(rows * cols));
  }
  void Linear(const std::string& name, size_t in, size_t out) {
    Half(name + ".weight", out, in);
    Half(name + ".bias", 1, out);
  }
  void Lstm(const std::string& name, size_t in, size_t hidden) {
    Half(name + ".input", 4 * hidden, in);
    Half(name + ".state", 4 * hidden, hidden);
    Half(name + ".bias", 1, 4 * hidden);
  }

  std::mt19937 random_;
  ModelFileWriter writer_;
};

// A file that is removed with its object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes) {
    char name[] = "/tmp/whowhom_model_XXXXXX";
    int descriptor = mkstemp(name);
    path_ = name;
    if (descriptor >= 0) close(descriptor);
    Write(bytes);
  }
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  void Write(const std::string& bytes) const {
    std::ofstream file(path_, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace whowhom::extract::neural
