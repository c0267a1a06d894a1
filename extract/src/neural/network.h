// The network at run time: forms -> scores. The trainer's counterpart is train/network.h.
#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "neural/kernels.h"
#include "neural/model_file.h"
#include "whowhom/core/result.h"

namespace whowhom::extract::neural {

template <typename T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <typename U>
  CacheLineAllocator(const CacheLineAllocator<U>&) {}  // NOLINT: required by the allocator concept
  T* allocate(size_t n) { return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{64})); }
  void deallocate(T* p, size_t) { ::operator delete (p, std::align_val_t{64}); }
  friend bool operator==(const CacheLineAllocator&, const CacheLineAllocator&) { return true; }
};
using Floats = std::vector<float, CacheLineAllocator<float>>;

// A row-major matrix whose rows are padded to whole panels.
struct Matrix {
  size_t rows = 0;
  size_t stride = 0;
  Floats values;
  void Resize(size_t new_rows, size_t cols);
  float* Row(size_t r) { return values.data() + r * stride; }
  const float* Row(size_t r) const { return values.data() + r * stride; }
};

// Weights of a linear layer, packed for the kernels.
struct Dense {
  size_t in = 0;
  size_t out = 0;
  size_t padded_out = 0;
  Floats panels;
  Floats bias;  // padded; empty = none
};

// An 8-bit embedding table in the mapped file.
struct Table {
  const int8_t* rows = nullptr;
  const float* scales = nullptr;
  size_t count = 0;
  size_t dim = 0;
};

// Which sentence holds which rows of the results: sentence s, word t is row `first[t] + s`, where sentences
// are sorted by falling length. One batch of sentences; the rows of one position of all sentences lie
// together.
struct Layout {
  std::vector<uint32_t> lengths;  // falling
  std::vector<size_t> first;      // by position
  std::vector<uint32_t> active;   // sentences longer than the position
  size_t total = 0;
  size_t RowOf(size_t sentence, size_t word) const { return first[word] + sentence; }
};
Layout MakeLayout(std::vector<uint32_t> falling_lengths);

// What the heads say about each row.
struct Outputs {
  Matrix tags;           // upos, xpos, feats, scripts one after the other
  Matrix names;          // kNameLabels emissions
  Matrix arc_dependent;  // already multiplied by the arc matrix
  Matrix arc_head;
  Matrix label_dependent;
  Matrix label_head;
};

// Immutable after loading; thread-safe. Keeps the ModelFile mapped.
class Network {
 public:
  // Network `index` of the file. kCorruption if a tensor is missing or shapes contradict each other.
  static Result<std::unique_ptr<Network>> Load(std::shared_ptr<const ModelFile> file, const Kernels& kernels,
                                               uint32_t index = 0);

  // The context-free input of each form: one row each.
  Matrix FormInputs(std::span<const std::string_view> forms) const;
  // `rows` names for each row of the layout the row of `inputs` that it reads.
  Outputs Run(const Layout& layout, const Matrix& inputs, std::span<const uint32_t> rows) const;
  // Arc scores of a sentence as tree_decoder.h wants them.
  std::vector<float> ArcScoresOf(const Layout& layout, const Outputs& outputs, size_t sentence) const;
  // Label scores of each word for its head; heads as in Token::head. Row w holds labels().deprels scores.
  Matrix LabelScoresOf(const Layout& layout, const Outputs& outputs, size_t sentence,
                       std::span<const int32_t> heads) const;

  struct Labels {
    std::vector<std::string> upos, xpos, feats, scripts, deprels;
    std::span<const unsigned char> seen_xpos, seen_feats;  // [upos, class]
  };
  const Labels& labels() const { return labels_; }
  // The script that a form with a Penn tag had in training; labels().scripts.size() if it was not seen.
  size_t KnownScript(std::string_view form, std::string_view xpos) const;
  std::span<const float> name_transitions() const { return name_transitions_; }
  std::span<const float> name_first() const { return name_first_; }

 private:
  struct LstmDirection {
    Dense input;
    Dense state;
  };
  struct LstmLayer {
    LstmDirection forward;
    LstmDirection backward;
  };

  Network() = default;
  Status LoadInputs();
  Status LoadLabels();
  Status LoadLemmas();
  Status LoadLstms();
  Status LoadHeads();
  Result<Tensor> Get(std::string_view name, TensorType type, uint64_t rows, uint64_t cols) const {
    return file_->Get(name, type, rows, cols, index_);
  }
  Result<std::vector<float>> GetFloats(std::string_view name, uint64_t rows, uint64_t cols) const {
    return file_->GetFloats(name, rows, cols, index_);
  }
  Result<Table> LoadTable(std::string_view name, uint64_t rows) const;
  Result<Dense> LoadDense(const std::string& weight, const std::string& bias, uint64_t in,
                          uint64_t out) const;
  void Apply(const Dense& dense, const Matrix& in, Matrix* out) const;
  void RunDirection(const Layout& layout, const LstmDirection& lstm, const Matrix& in, bool is_backward,
                    Matrix* out) const;

  std::shared_ptr<const ModelFile> file_;  // shared by the networks of one file
  uint32_t index_ = 0;
  const Kernels* kernels_ = nullptr;
  Labels labels_;
  std::span<const uint64_t> word_keys_;
  std::span<const uint64_t> static_keys_;
  std::span<const uint64_t> lemma_keys_;
  std::span<const uint64_t> lemma_scripts_;  // four 16-bit script numbers in each
  Table word_table_, affix_table_, ngram_table_, static_table_;
  Dense input_;
  std::vector<LstmLayer> lstms_;
  size_t hidden_ = 0;
  Dense tag_hidden_, tag_out_, name_hidden_, name_out_, arc_dependent_, arc_head_, label_dependent_,
      label_head_;
  Dense arc_mix_;    // dependent -> head space; its bias is the row of the constant
  Dense label_mix_;  // dependent -> one panel-packed matrix of label scores over the head
  size_t label_width_ = 0;
  std::vector<float> arc_root_, label_root_, distance_bias_;
  std::vector<float> name_transitions_, name_first_;
};

}  // namespace whowhom::extract::neural
