#include "actors/coref_model.h"

#include <cstring>

#include "whowhom/core/hash.h"
#include "whowhom/core/tsv.h"

namespace whowhom::extract::actors {
namespace {

constexpr char kMagic[8] = {'W', 'W', 'C', 'O', 'R', 'E', 'F', '1'};

}  // namespace

Result<CorefModel> CorefModel::Load(const std::string& path) {
  WHOWHOM_TRY(const std::string bytes, ReadFile(path, size_t{64} << 20));
  constexpr size_t kHeader = sizeof(kMagic) + 8 + 16;
  if (bytes.size() < kHeader || std::memcmp(bytes.data(), kMagic, sizeof(kMagic)) != 0) {
    return Corruption(path + ": not a coreference model (its first bytes are not WWCOREF1)");
  }
  uint32_t fields[2];
  std::memcpy(fields, bytes.data() + sizeof(kMagic), sizeof(fields));
  if (fields[0] != kCorefFeatureSet) {
    return InvalidInput(path + ": made for feature set " + std::to_string(fields[0]) +
                        ", this program computes " + std::to_string(kCorefFeatureSet));
  }
  const size_t payload = (size_t{1} << kCorefBits) * sizeof(float);
  if (fields[1] != kCorefBits || bytes.size() != kHeader + payload)
    return Corruption(path + ": truncated or of another size than its header says");
  Hash128 stored;
  std::memcpy(&stored.high, bytes.data() + sizeof(kMagic) + 8, 8);
  std::memcpy(&stored.low, bytes.data() + sizeof(kMagic) + 16, 8);
  const std::string_view body = std::string_view(bytes).substr(kHeader);
  if (HashBytes(body) != stored) return Corruption(path + ": its checksum does not fit its content");
  std::vector<float> weights(size_t{1} << kCorefBits);
  std::memcpy(weights.data(), body.data(), payload);
  return CorefModel(std::move(weights));
}

std::string CorefModel::Serialize() const {
  const std::string body(reinterpret_cast<const char*>(weights_.data()), weights_.size() * sizeof(float));
  const Hash128 hash = HashBytes(body);
  const uint32_t fields[2] = {kCorefFeatureSet, kCorefBits};
  std::string out(kMagic, sizeof(kMagic));
  out.append(reinterpret_cast<const char*>(fields), sizeof(fields));
  out.append(reinterpret_cast<const char*>(&hash.high), 8);
  out.append(reinterpret_cast<const char*>(&hash.low), 8);
  return out + body;
}

}  // namespace whowhom::extract::actors
