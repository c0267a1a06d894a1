#include "cache_file.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "whowhom/core/tsv.h"

namespace whowhom::graph {
namespace {

constexpr char kMagic[8] = {'w', 'w', 'i', 'd', 'e', 'n', '0', '2'};

struct Header {
  char magic[8];
  uint64_t watermark;
  uint64_t options;
  uint64_t redirects, leaders, superseded;
  Hash128 checksum;  // of what follows
};

uint64_t OptionBits(const ViewOptions& options) {
  return (options.cluster_documents ? 1U : 0U) | (options.automatic_identity ? 2U : 0U);
}

std::string PathOf(const ViewOptions& options) { return options.cache_dir + "/identity.cache"; }

template <typename T>
void AppendAll(const std::vector<T>& values, std::string* out) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (!values.empty()) out->append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

// std::pair is not trivially copyable everywhere, so pairs are written as plain structs.
template <typename T>
struct Pair {
  T first, second;
};

template <typename T>
std::vector<Pair<T>> Plain(const std::vector<std::pair<T, T>>& pairs) {
  std::vector<Pair<T>> plain;
  plain.reserve(pairs.size());
  for (const auto& [first, second] : pairs) plain.push_back({first, second});
  return plain;
}

template <typename T>
const char* TakeAll(const char* from, size_t count, std::vector<T>* values) {
  values->resize(count);
  if (count > 0) std::memcpy(values->data(), from, count * sizeof(T));
  return from + count * sizeof(T);
}

template <typename T>
std::vector<std::pair<T, T>> Pairs(const std::vector<Pair<T>>& plain) {
  std::vector<std::pair<T, T>> pairs;
  pairs.reserve(plain.size());
  for (const Pair<T>& pair : plain) pairs.emplace_back(pair.first, pair.second);
  return pairs;
}

}  // namespace

bool WriteCacheFile(const std::string& path, const std::string& bytes) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  if (error) return false;
  std::string beside = path + ".new";
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) return std::filesystem::remove(beside, error), false;
  }
  std::filesystem::rename(beside, path, error);
  return !error;
}

bool LoadIdentityCache(const ViewOptions& options, uint64_t watermark, IdentityCache* cache) {
  if (options.cache_dir.empty()) return false;
  Result<std::string> bytes = ReadFile(PathOf(options));
  if (!bytes.ok() || bytes->size() < sizeof(Header)) return false;
  Header header;
  std::memcpy(&header, bytes->data(), sizeof(Header));
  std::string_view body = std::string_view(*bytes).substr(sizeof(Header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0 || header.watermark != watermark) return false;
  if (header.options != OptionBits(options) || header.checksum != HashBytes(body)) return false;
  uint64_t limit = body.size();  // guards the products below against overflow
  if (header.redirects > limit || header.leaders > limit || header.superseded > limit) return false;
  if (header.redirects * sizeof(Pair<NodeId>) + header.leaders * sizeof(Pair<DocId>) +
          header.superseded * sizeof(DocId) !=
      body.size()) {
    return false;
  }
  std::vector<Pair<NodeId>> redirects;
  std::vector<Pair<DocId>> leaders;
  const char* at = TakeAll(body.data(), header.redirects, &redirects);
  at = TakeAll(at, header.leaders, &leaders);
  TakeAll(at, header.superseded, &cache->superseded);
  cache->redirects = Pairs(redirects);
  cache->leaders = Pairs(leaders);
  return true;
}

void SaveIdentityCache(const ViewOptions& options, uint64_t watermark, const IdentityCache& cache) {
  if (options.cache_dir.empty()) return;
  std::string body;
  AppendAll(Plain(cache.redirects), &body);
  AppendAll(Plain(cache.leaders), &body);
  AppendAll(cache.superseded, &body);
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.watermark = watermark;
  header.options = OptionBits(options);
  header.redirects = cache.redirects.size();
  header.leaders = cache.leaders.size();
  header.superseded = cache.superseded.size();
  header.checksum = HashBytes(body);
  WriteCacheFile(PathOf(options), std::string(reinterpret_cast<const char*>(&header), sizeof(header)) + body);
}

}  // namespace whowhom::graph
