// Trains static word vectors: structured skip-gram with negative sampling (Ling et al. 2015, "Two/Too Simple
// Adaptations of Word2Vec for Syntax Problems"): each neighbour position within two words has its own output
// matrix, and one neighbour at distance three to five is drawn from a shared matrix.
//
//   zstd -dc wikinews-en.txt.zst enwiki2015.txt.zst | train_vectors OUT VOCABULARY DIMENSIONS EPOCHS SEED
//   [SECONDS]
//
// Input: one paragraph a line. Output: "words dimensions", then a line a word: the word, its vector, the
// share of its occurrences inside sentences that start with an upper-case letter, and log10 of its count. One
// thread: the same seed gives the same file, unless SECONDS cuts the run.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "neural/word_form.h"

namespace {

using whowhom::extract::neural::NormForm;
using whowhom::extract::neural::StartsUpper;

constexpr int kNegatives = 5;
constexpr int kPositions = 5;  // -2, -1, +1, +2, far
constexpr double kSubsample = 1e-4;
constexpr float kFirstRate = 0.025f;

bool IsWordByte(unsigned char c) { return std::isalnum(c) != 0 || c >= 0x80; }

// A light tokenizer in the manner of UD English: punctuation and hyphens apart, clitics split.
void Tokenize(const std::string& line, std::vector<std::string>* tokens) {
  tokens->clear();
  size_t at = 0;
  while (at < line.size()) {
    unsigned char c = static_cast<unsigned char>(line[at]);
    if (std::isspace(c) != 0) {
      ++at;
      continue;
    }
    bool is_dash = line.compare(at, 3, "\u2013") == 0 || line.compare(at, 3, "\u2014") == 0;
    bool is_quote = line.compare(at, 2, "\xE2\x80") == 0;
    if (is_dash || is_quote) {
      tokens->push_back(line.substr(at, 3));
      at += 3;
      continue;
    }
    if (!IsWordByte(c)) {
      size_t end = at + 1;
      if (c == '.' || c == '-') {
        while (end < line.size() && line[end] == line[at]) ++end;
      }
      tokens->push_back(line.substr(at, end - at));
      at = end;
      continue;
    }
    size_t end = at;
    while (end < line.size()) {
      unsigned char d = static_cast<unsigned char>(line[end]);
      if (line.compare(end, 2, "\xE2\x80") == 0) break;
      if (IsWordByte(d)) {
        ++end;
        continue;
      }
      bool next_is_word = end + 1 < line.size() && IsWordByte(static_cast<unsigned char>(line[end + 1]));
      bool keep =
          next_is_word && (d == '.' || d == '\'' ||
                           (d == ',' && std::isdigit(static_cast<unsigned char>(line[end + 1])) != 0));
      if (!keep) break;
      ++end;
    }
    std::string word = line.substr(at, end - at);
    if (end < line.size() && line[end] == '.' &&
        (word.find('.') != std::string::npos || word.size() == 1 || word == "Mr" || word == "Dr")) {
      word.push_back('.');
      ++end;
    }
    at = end;
    size_t n = word.size();
    if (n > 3 && word.compare(n - 3, 3, "n't") == 0) {
      tokens->push_back(word.substr(0, n - 3));
      tokens->push_back("n't");
    } else if (size_t quote = word.rfind('\''); quote != std::string::npos && quote > 0 && n - quote <= 3) {
      tokens->push_back(word.substr(0, quote));
      tokens->push_back(word.substr(quote));
    } else {
      tokens->push_back(std::move(word));
    }
  }
}

struct Entry {
  int64_t count = 0;
  int64_t inside = 0;  // occurrences not at the start of a sentence
  int64_t inside_upper = 0;
};

struct Corpus {
  std::vector<std::string> words;
  std::vector<Entry> entries;
  std::vector<int32_t> ids;  // -1 ends a paragraph, -2 is an unknown word
};

Corpus ReadCorpus(std::istream& in, size_t vocabulary) {
  std::unordered_map<std::string, int32_t> index;
  std::vector<std::string> words;
  std::vector<Entry> entries;
  std::vector<int32_t> raw;
  std::string line;
  std::vector<std::string> tokens;
  while (std::getline(in, line)) {
    Tokenize(line, &tokens);
    bool at_start = true;
    for (const std::string& token : tokens) {
      std::string norm = NormForm(token);
      auto [it, is_new] = index.try_emplace(norm, static_cast<int32_t>(words.size()));
      if (is_new) {
        words.push_back(norm);
        entries.emplace_back();
      }
      Entry& entry = entries[static_cast<size_t>(it->second)];
      ++entry.count;
      if (!at_start) {
        ++entry.inside;
        if (StartsUpper(token)) ++entry.inside_upper;
      }
      at_start = norm == "." || norm == "?" || norm == "!" || norm == "\"" || norm == ":";
      raw.push_back(it->second);
    }
    if (!tokens.empty()) raw.push_back(-1);
  }
  std::vector<int32_t> order(words.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int32_t>(i);
  std::sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    int64_t x = entries[static_cast<size_t>(a)].count;
    int64_t y = entries[static_cast<size_t>(b)].count;
    return x != y ? x > y : words[static_cast<size_t>(a)] < words[static_cast<size_t>(b)];
  });
  if (order.size() > vocabulary) order.resize(vocabulary);
  std::vector<int32_t> rank(words.size(), -2);
  Corpus corpus;
  for (size_t i = 0; i < order.size(); ++i) {
    size_t old = static_cast<size_t>(order[i]);
    rank[old] = static_cast<int32_t>(i);
    corpus.words.push_back(words[old]);
    corpus.entries.push_back(entries[old]);
  }
  corpus.ids.reserve(raw.size());
  for (int32_t id : raw) corpus.ids.push_back(id < 0 ? -1 : rank[static_cast<size_t>(id)]);
  return corpus;
}

class Trainer {
 public:
  Trainer(const Corpus& corpus, int dimensions, uint64_t seed)
      : corpus_(corpus),
        dim_(dimensions),
        random_(seed),
        input_(corpus.words.size() * static_cast<size_t>(dimensions)) {
    std::uniform_real_distribution<float> start(-0.5f / static_cast<float>(dim_),
                                                0.5f / static_cast<float>(dim_));
    for (float& x : input_) x = start(random_);
    for (auto& matrix : output_) matrix.assign(input_.size(), 0.0f);
    int64_t total = 0;
    double mass = 0;
    for (const Entry& entry : corpus.entries) {
      total += entry.count;
      mass += std::pow(static_cast<double>(entry.count), 0.75);
    }
    size_t filled = 0;
    negative_table_.resize(1 << 22);
    double reached = 0;
    for (size_t word = 0; word < corpus.entries.size(); ++word) {
      reached += std::pow(static_cast<double>(corpus.entries[word].count), 0.75) / mass;
      size_t until = std::min(negative_table_.size(),
                              static_cast<size_t>(reached * static_cast<double>(negative_table_.size())));
      while (filled < until) negative_table_[filled++] = static_cast<int32_t>(word);
      double share = static_cast<double>(corpus.entries[word].count) / static_cast<double>(total);
      keep_.push_back(static_cast<float>(std::min(1.0, std::sqrt(kSubsample / share) + kSubsample / share)));
    }
    while (filled < negative_table_.size()) negative_table_[filled++] = 0;
    for (int i = 0; i < 2048; ++i) {
      double x = (i - 1024) / 128.0;
      sigmoid_[i] = static_cast<float>(1.0 / (1.0 + std::exp(-x)));
    }
  }

  void Run(int epochs, double seconds) {
    auto begin = std::chrono::steady_clock::now();
    const std::vector<int32_t>& ids = corpus_.ids;
    const double total = static_cast<double>(ids.size()) * epochs;
    double done = 0;
    for (int epoch = 0; epoch < epochs; ++epoch) {
      for (size_t at = 0; at < ids.size(); ++at) {
        done += 1;
        if ((at & 0xFFFF) == 0) {
          double used = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
          double progress = done / total;
          if (seconds > 0) progress = std::max(progress, used / seconds);
          rate_ = kFirstRate * static_cast<float>(std::max(1e-3, 1.0 - progress));
          if ((at & 0xFFFFFF) == 0)
            std::fprintf(stderr, "epoch %d token %zu/%zu %.0f s\n", epoch, at, ids.size(), used);
          if (seconds > 0 && used > seconds) return;
        }
        if (ids[at] >= 0) Centre(ids, at);
      }
    }
  }

  const std::vector<float>& vectors() const { return input_; }

 private:
  uint32_t Random() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<uint32_t>(state_ >> 33);
  }

  void Centre(const std::vector<int32_t>& ids, size_t at) {
    float draw = static_cast<float>(Random() & 0xFFFF) / 65536.0f;
    if (draw > keep_[static_cast<size_t>(ids[at])]) return;
    static constexpr int kOffsets[4] = {-2, -1, 1, 2};
    for (int p = 0; p < kPositions; ++p) {
      int offset = 0;
      if (p < 4) {
        offset = kOffsets[p];
      } else {
        offset = 3 + static_cast<int>(Random() % 3);
        if ((Random() & 1) != 0) offset = -offset;
      }
      int step = offset < 0 ? -1 : 1;
      bool inside = true;
      for (int k = step; inside && k != offset + step; k += step) {
        int64_t where = static_cast<int64_t>(at) + k;
        inside =
            where >= 0 && where < static_cast<int64_t>(ids.size()) && ids[static_cast<size_t>(where)] != -1;
      }
      if (!inside) continue;
      int32_t target = ids[static_cast<size_t>(static_cast<int64_t>(at) + offset)];
      if (target >= 0) Pair(ids[at], target, output_[p]);
    }
  }

  void Pair(int32_t centre, int32_t target, std::vector<float>& output) {
    float* in = &input_[static_cast<size_t>(centre) * static_cast<size_t>(dim_)];
    float gradient[512] = {};
    for (int k = 0; k <= kNegatives; ++k) {
      int32_t word = k == 0 ? target : negative_table_[Random() & (negative_table_.size() - 1)];
      if (k > 0 && word == target) continue;
      float* out = &output[static_cast<size_t>(word) * static_cast<size_t>(dim_)];
      float dot = 0;
      for (int d = 0; d < dim_; ++d) dot += in[d] * out[d];
      int slot = std::clamp(static_cast<int>(dot * 128.0f) + 1024, 0, 2047);
      float error = ((k == 0 ? 1.0f : 0.0f) - sigmoid_[slot]) * rate_;
      for (int d = 0; d < dim_; ++d) {
        gradient[d] += error * out[d];
        out[d] += error * in[d];
      }
    }
    for (int d = 0; d < dim_; ++d) in[d] += gradient[d];
  }

  const Corpus& corpus_;
  int dim_;
  std::mt19937_64 random_;
  uint64_t state_ = 88172645463325252ULL;
  float rate_ = kFirstRate;
  std::vector<float> input_;
  std::vector<float> output_[kPositions];
  std::vector<int32_t> negative_table_;
  std::vector<float> keep_;
  float sigmoid_[2048] = {};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fprintf(stderr, "usage: train_vectors OUT VOCABULARY DIMENSIONS EPOCHS SEED [SECONDS]\n");
    return 2;
  }
  const int dimensions = std::atoi(argv[3]);
  if (dimensions < 1 || dimensions > 512) return 2;
  std::ios::sync_with_stdio(false);
  Corpus corpus = ReadCorpus(std::cin, static_cast<size_t>(std::atoll(argv[2])));
  std::fprintf(stderr, "%zu words, %zu tokens\n", corpus.words.size(), corpus.ids.size());
  Trainer trainer(corpus, dimensions, static_cast<uint64_t>(std::atoll(argv[5])));
  trainer.Run(std::atoi(argv[4]), argc > 6 ? std::atof(argv[6]) : 0);
  std::ofstream out(argv[1]);
  out << corpus.words.size() << ' ' << dimensions + 2 << '\n';
  for (size_t word = 0; word < corpus.words.size(); ++word) {
    out << corpus.words[word];
    for (int d = 0; d < dimensions; ++d)
      out << ' ' << trainer.vectors()[word * static_cast<size_t>(dimensions) + static_cast<size_t>(d)];
    const Entry& entry = corpus.entries[word];
    double upper =
        entry.inside > 0 ? static_cast<double>(entry.inside_upper) / static_cast<double>(entry.inside) : 0.5;
    out << ' ' << upper << ' ' << std::log10(static_cast<double>(entry.count)) << '\n';
  }
  return out.good() ? 0 : 1;
}
