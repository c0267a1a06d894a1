#include "neural/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace whowhom::extract::neural {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are little-endian");

constexpr char kMagic[8] = {'W', 'H', 'O', 'W', 'H', 'O', 'M', 'M'};
constexpr size_t kAlign = 64;

struct Header {
  char magic[8];
  uint32_t format_version;
  uint32_t tensor_count;
  uint64_t file_bytes;
  uint64_t features_high;
  uint64_t features_low;
  uint64_t training_high;
  uint64_t training_low;
  uint64_t checksum_high;
  uint64_t checksum_low;
  unsigned char reserved[56];
};
static_assert(sizeof(Header) == 128);

struct Entry {
  char name[24];
  uint32_t type;
  uint32_t network;
  uint64_t rows;
  uint64_t cols;
  uint64_t offset;
  uint64_t bytes;
};
static_assert(sizeof(Entry) == 64);

size_t Aligned(size_t size) { return (size + kAlign - 1) / kAlign * kAlign; }

// Bytes that a tensor of this shape must have; false on overflow or an unknown type.
bool BytesOf(uint32_t type, uint64_t rows, uint64_t cols, uint64_t* bytes) {
  constexpr uint64_t kMax = uint64_t{1} << 32;
  if (rows > kMax || cols > kMax || rows * cols > kMax) return false;
  switch (static_cast<TensorType>(type)) {
    case TensorType::kFloat32:
      *bytes = rows * cols * 4;
      return true;
    case TensorType::kFloat16:
      *bytes = rows * cols * 2;
      return true;
    case TensorType::kInt8Rows:
      *bytes = Aligned(rows * cols) + rows * 4;
      return true;
    case TensorType::kUint64:
      *bytes = rows * cols * 8;
      return true;
    case TensorType::kBytes:
      *bytes = rows * cols;
      return true;
  }
  return false;
}

template <typename T>
std::string_view BytesView(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

}  // namespace

uint16_t HalfOf(float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  const auto sign = static_cast<uint16_t>((bits >> 16) & 0x8000);
  bits &= 0x7FFFFFFF;
  if (bits >= 0x7F800000) return static_cast<uint16_t>(sign | 0x7C00 | (bits > 0x7F800000 ? 0x200 : 0));
  if (bits >= 0x477FF000) return static_cast<uint16_t>(sign | 0x7C00);  // rounds beyond the largest half
  if (bits < 0x38800000) {                                              // subnormal or zero
    float magnitude = std::bit_cast<float>(bits) * 16777216.0f;         // in units of 2^-24
    return static_cast<uint16_t>(sign | static_cast<uint16_t>(std::lrintf(magnitude)));
  }
  uint32_t rounded = bits + 0xFFF + ((bits >> 13) & 1) - 0x38000000;
  return static_cast<uint16_t>(sign | (rounded >> 13));
}

float FloatOf(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
  const uint32_t exponent = (half >> 10) & 0x1F;
  const uint32_t mantissa = half & 0x3FF;
  if (exponent == 0) {
    float magnitude = static_cast<float>(mantissa) / 16777216.0f;
    return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) | sign);
  }
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000 | (mantissa << 13));
  return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
}

void ModelFileWriter::AddFloat32(std::string name, uint64_t rows, uint64_t cols,
                                 std::span<const float> values) {
  WHOWHOM_CHECK(values.size() == rows * cols, "tensor shape");
  tensors_.push_back({std::move(name), TensorType::kFloat32, rows, cols, std::string(BytesView(values))});
}

void ModelFileWriter::AddFloat16(std::string name, uint64_t rows, uint64_t cols,
                                 std::span<const float> values) {
  WHOWHOM_CHECK(values.size() == rows * cols, "tensor shape");
  std::vector<uint16_t> halves(values.size());
  std::transform(values.begin(), values.end(), halves.begin(), HalfOf);
  tensors_.push_back({std::move(name), TensorType::kFloat16, rows, cols,
                      std::string(BytesView(std::span<const uint16_t>(halves)))});
}

void ModelFileWriter::AddInt8Rows(std::string name, uint64_t rows, uint64_t cols,
                                  std::span<const float> values) {
  WHOWHOM_CHECK(values.size() == rows * cols, "tensor shape");
  std::string bytes(Aligned(rows * cols), '\0');
  std::vector<float> scales(rows, 0.0f);
  for (uint64_t r = 0; r < rows; ++r) {
    float largest = 0;
    for (uint64_t c = 0; c < cols; ++c) largest = std::max(largest, std::fabs(values[r * cols + c]));
    if (largest == 0) continue;
    scales[r] = largest / 127.0f;
    for (uint64_t c = 0; c < cols; ++c) {
      bytes[r * cols + c] =
          static_cast<char>(static_cast<int8_t>(std::lrintf(values[r * cols + c] / scales[r])));
    }
  }
  bytes.append(BytesView(std::span<const float>(scales)));
  tensors_.push_back({std::move(name), TensorType::kInt8Rows, rows, cols, std::move(bytes)});
}

void ModelFileWriter::AddUint64(std::string name, std::span<const uint64_t> values) {
  tensors_.push_back(
      {std::move(name), TensorType::kUint64, 1, values.size(), std::string(BytesView(values))});
}

void ModelFileWriter::AddBytes(std::string name, std::string_view bytes) {
  tensors_.push_back({std::move(name), TensorType::kBytes, 1, bytes.size(), std::string(bytes)});
}

void ModelFileWriter::AddCopy(const Tensor& tensor) {
  std::string bytes(reinterpret_cast<const char*>(tensor.data.data()), tensor.data.size());
  tensors_.push_back({tensor.name, tensor.type, tensor.rows, tensor.cols, std::move(bytes), tensor.network});
}

std::string ModelFileWriter::Finish(std::string_view features, const Hash128& training_data) const {
  std::vector<Entry> entries(tensors_.size());
  uint32_t last_network = 0;
  size_t offset = Aligned(sizeof(Header) + sizeof(Entry) * tensors_.size());
  for (size_t i = 0; i < tensors_.size(); ++i) {
    const Pending& tensor = tensors_[i];
    WHOWHOM_CHECK(tensor.name.size() < sizeof(Entry::name), "tensor name too long");
    Entry& entry = entries[i];
    std::memset(&entry, 0, sizeof(entry));
    std::memcpy(entry.name, tensor.name.data(), tensor.name.size());
    entry.type = static_cast<uint32_t>(tensor.type);
    entry.network = tensor.network;
    last_network = std::max(last_network, tensor.network);
    entry.rows = tensor.rows;
    entry.cols = tensor.cols;
    entry.offset = offset;
    entry.bytes = tensor.bytes.size();
    offset = Aligned(offset + tensor.bytes.size());
  }
  std::string file(offset, '\0');
  std::memcpy(file.data() + sizeof(Header), entries.data(), entries.size() * sizeof(Entry));
  for (size_t i = 0; i < tensors_.size(); ++i) {
    std::memcpy(file.data() + entries[i].offset, tensors_[i].bytes.data(), tensors_[i].bytes.size());
  }
  Header header;
  std::memset(&header, 0, sizeof(header));
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.format_version = last_network == 0 ? 1 : 2;
  header.tensor_count = static_cast<uint32_t>(tensors_.size());
  header.file_bytes = file.size();
  Hash128 feature_hash = HashBytes(features);
  header.features_high = feature_hash.high;
  header.features_low = feature_hash.low;
  header.training_high = training_data.high;
  header.training_low = training_data.low;
  Hash128 sum = HashBytes(std::string_view(file).substr(sizeof(Header)));
  header.checksum_high = sum.high;
  header.checksum_low = sum.low;
  std::memcpy(file.data(), &header, sizeof(header));
  return file;
}

ModelFile::~ModelFile() {
  if (bytes_ != nullptr) munmap(const_cast<unsigned char*>(bytes_), size_);
}

Result<std::unique_ptr<ModelFile>> ModelFile::Open(const std::string& path, std::string_view features) {
  int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return IoError("cannot open the model " + path + ": " + std::strerror(errno));
  struct stat info {};
  if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) {
    close(descriptor);
    return IoError("the model " + path + " is not a regular file");
  }
  const auto size = static_cast<size_t>(info.st_size);
  if (size < sizeof(Header)) {
    close(descriptor);
    return Corruption("the model " + path + " is truncated: " + std::to_string(size) +
                      " bytes; install it anew");
  }
  void* mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  close(descriptor);
  if (mapped == MAP_FAILED) return IoError("cannot map the model " + path + ": " + std::strerror(errno));
  std::unique_ptr<ModelFile> file(new ModelFile());
  file->path_ = path;
  file->bytes_ = static_cast<const unsigned char*>(mapped);
  file->size_ = size;
  WHOWHOM_TRY_STATUS(file->Check(features));
  return file;
}

Status ModelFile::Check(std::string_view features) {
  Header header;
  std::memcpy(&header, bytes_, sizeof(header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) {
    return Corruption("the file " + path_ + " is not a whowhom model (wrong magic); install it anew");
  }
  if (header.format_version > kModelFormatVersion) {
    return Error{ErrorCode::kNewerVersion, "the model " + path_ + " has format " +
                                               std::to_string(header.format_version) +
                                               ", this program reads up to " +
                                               std::to_string(kModelFormatVersion) + "; update the program"};
  }
  if (header.format_version == 0)
    return Corruption("the model " + path_ + " has format version 0; install it anew");
  if (header.file_bytes != size_) {
    return Corruption("the model " + path_ + " is truncated or grown: " + std::to_string(size_) +
                      " bytes, its header says " + std::to_string(header.file_bytes) + "; install it anew");
  }
  Hash128 sum = HashBytes({reinterpret_cast<const char*>(bytes_) + sizeof(Header), size_ - sizeof(Header)});
  if (sum.high != header.checksum_high || sum.low != header.checksum_low) {
    return Corruption("the model " + path_ + " is damaged (checksum); install it anew");
  }
  Hash128 expected = HashBytes(features);
  if (expected.high != header.features_high || expected.low != header.features_low) {
    return InvalidInput(
        "the model " + path_ +
        " was trained with other features than this program computes; use the model that came with it");
  }
  checksum_ = sum;
  training_data_ = {header.training_high, header.training_low};
  if (header.tensor_count > (size_ - sizeof(Header)) / sizeof(Entry)) {
    return Corruption("the model " + path_ + " lists more tensors than it can hold; install it anew");
  }
  for (uint32_t i = 0; i < header.tensor_count; ++i) {
    Entry entry;
    std::memcpy(&entry, bytes_ + sizeof(Header) + i * sizeof(Entry), sizeof(entry));
    uint64_t bytes = 0;
    bool fits = BytesOf(entry.type, entry.rows, entry.cols, &bytes) && bytes == entry.bytes &&
                entry.offset % kAlign == 0 && entry.offset <= size_ && entry.bytes <= size_ - entry.offset &&
                entry.name[sizeof(entry.name) - 1] == '\0' && entry.network < kMaxNetworks;
    if (!fits)
      return Corruption("tensor " + std::to_string(i) + " of the model " + path_ +
                        " is malformed; install it anew");
    networks_ = std::max(networks_, entry.network + 1);
    tensors_.push_back({entry.name,
                        entry.network,
                        static_cast<TensorType>(entry.type),
                        entry.rows,
                        entry.cols,
                        {bytes_ + entry.offset, entry.bytes}});
  }
  return {};
}

Result<Tensor> ModelFile::Get(std::string_view name, TensorType type, uint64_t rows, uint64_t cols,
                              uint32_t network) const {
  const Tensor* found = nullptr;
  for (const Tensor& tensor : tensors_) {
    if (tensor.name != name || (tensor.network != network && tensor.network != 0)) continue;
    if (found == nullptr || found->network != network) found = &tensor;
  }
  if (found != nullptr) {
    const Tensor& tensor = *found;
    if (tensor.type != type || (rows != 0 && tensor.rows != rows) || (cols != 0 && tensor.cols != cols)) {
      return Corruption("tensor '" + std::string(name) + "' of the model " + path_ +
                        " has an unexpected type or shape (" + std::to_string(tensor.rows) + " x " +
                        std::to_string(tensor.cols) + "); install the model anew");
    }
    return tensor;
  }
  return Corruption("the model " + path_ + " has no tensor '" + std::string(name) + "'; install it anew");
}

Result<std::vector<float>> ModelFile::GetFloats(std::string_view name, uint64_t rows, uint64_t cols,
                                                uint32_t network) const {
  if (auto half = Get(name, TensorType::kFloat16, rows, cols, network); half.ok()) {
    std::vector<float> values(half->rows * half->cols);
    for (size_t i = 0; i < values.size(); ++i) {
      uint16_t bits = 0;
      std::memcpy(&bits, half->data.data() + 2 * i, sizeof(bits));
      values[i] = FloatOf(bits);
    }
    return values;
  }
  WHOWHOM_TRY(Tensor tensor, Get(name, TensorType::kFloat32, rows, cols, network));
  std::vector<float> values(tensor.rows * tensor.cols);
  std::memcpy(values.data(), tensor.data.data(), tensor.data.size());
  return values;
}

Result<std::vector<std::string>> ModelFile::GetLines(std::string_view name) const {
  WHOWHOM_TRY(Tensor tensor, Get(name, TensorType::kBytes, 1, 0));
  std::vector<std::string> lines;
  std::string line;
  for (unsigned char c : tensor.data) {
    if (c == '\n') {
      lines.push_back(std::move(line));
      line.clear();
    } else {
      line.push_back(static_cast<char>(c));
    }
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace whowhom::extract::neural
