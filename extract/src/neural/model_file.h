// The container of a trained model: named, 64-byte aligned tensors behind a checked header. Read by memory
// mapping.
//
// Layout (little-endian): Header (128 bytes), `tensor_count` entries of 64 bytes, then the data of each
// tensor, each aligned to 64 bytes, up to `file_bytes`. `checksum` is the XXH3-128 of all bytes behind the
// header.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/hash.h"
#include "whowhom/core/result.h"

namespace whowhom::extract::neural {

// Stored: never renumber.
enum class TensorType : uint32_t {
  kFloat32 = 0,
  kFloat16 = 1,
  kInt8Rows = 2,  // rows * cols int8, padded to 64 bytes, then rows float32 scales: value = scale * int8
  kUint64 = 3,
  kBytes = 4,  // cols bytes
};

// 1: one network. 2: several, see Tensor::network.
inline constexpr uint32_t kModelFormatVersion = 2;
inline constexpr uint32_t kMaxNetworks = 8;

struct Tensor {
  std::string name;
  uint32_t network =
      0;  // which network of the file it belongs to; the first one's stand in where another has none
  TensorType type = TensorType::kBytes;
  uint64_t rows = 0;
  uint64_t cols = 0;
  std::span<const unsigned char> data;  // owned by the ModelFile
};

// Collects tensors and writes the file.
class ModelFileWriter {
 public:
  void AddFloat32(std::string name, uint64_t rows, uint64_t cols, std::span<const float> values);
  void AddFloat16(std::string name, uint64_t rows, uint64_t cols, std::span<const float> values);
  void AddInt8Rows(std::string name, uint64_t rows, uint64_t cols, std::span<const float> values);
  void AddUint64(std::string name, std::span<const uint64_t> values);
  void AddBytes(std::string name, std::string_view bytes);
  // A tensor of another file, as it is, under its own network number.
  void AddCopy(const Tensor& tensor);
  // The whole file. `features` is the fingerprint of the feature code, `training_data` the hash of the
  // training files.
  std::string Finish(std::string_view features, const Hash128& training_data) const;

 private:
  struct Pending {
    std::string name;
    TensorType type;
    uint64_t rows;
    uint64_t cols;
    std::string bytes;
    uint32_t network = 0;
  };
  std::vector<Pending> tensors_;
};

// A mapped and checked model file. Immutable; thread-safe.
class ModelFile {
 public:
  // kIo: cannot be opened. kCorruption: not a model, truncated, damaged. kNewerVersion: a later format.
  // kInvalidInput: made with other features than `features`. Each message names the file and what to do.
  // Cost: one pass over the file for the checksum (about 2 ms for 12 MB).
  static Result<std::unique_ptr<ModelFile>> Open(const std::string& path, std::string_view features);
  ~ModelFile();
  ModelFile(const ModelFile&) = delete;
  ModelFile& operator=(const ModelFile&) = delete;

  // The tensor of a network, or the first network's if it has none of its own. kCorruption if it is absent or
  // not of the type and shape named; rows or cols of 0 accept any.
  Result<Tensor> Get(std::string_view name, TensorType type, uint64_t rows, uint64_t cols,
                     uint32_t network = 0) const;
  // A float tensor of either width as floats.
  Result<std::vector<float>> GetFloats(std::string_view name, uint64_t rows, uint64_t cols,
                                       uint32_t network = 0) const;
  // Lines of a text tensor.
  Result<std::vector<std::string>> GetLines(std::string_view name) const;

  std::span<const Tensor> tensors() const { return tensors_; }
  uint32_t networks() const { return networks_; }  // 1 .. kMaxNetworks
  const std::string& path() const { return path_; }
  const Hash128& checksum() const { return checksum_; }
  const Hash128& training_data() const { return training_data_; }

 private:
  ModelFile() = default;
  Status Check(std::string_view features);

  std::string path_;
  const unsigned char* bytes_ = nullptr;
  size_t size_ = 0;
  Hash128 checksum_;
  Hash128 training_data_;
  std::vector<Tensor> tensors_;
  uint32_t networks_ = 1;
};

// IEEE 754 half precision, round to nearest even.
uint16_t HalfOf(float value);
float FloatOf(uint16_t half);

}  // namespace whowhom::extract::neural
