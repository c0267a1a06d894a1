#include "whowhom/graph/csr.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_map>

#include "cache_file.h"
#include "csr_cache.h"
#include "view_impl.h"

namespace whowhom::graph {
namespace {

constexpr char kMagic[8] = {'w', 'w', 'c', 's', 'r', '0', '0', '2'};
constexpr uint64_t kMaxIndex = UINT32_MAX - 1;

struct Header {
  char magic[8];
  uint64_t watermark;
  uint64_t options;
  uint64_t vertices, edges, relations;
  Hash128 checksum;  // of all that follows
};

// Where each array begins, in bytes from the start of the file; all begin on 8-byte borders.
struct Layout {
  uint64_t node_ids, node_flags, out_offset, target, source, in_offset, in_edge, edge, relations,
      relation_offset, relation_edge, by_id, size;
};

Layout LayoutOf(uint64_t n, uint64_t m, uint64_t r) {
  Layout layout{};
  uint64_t at = sizeof(Header);
  auto place = [&](uint64_t bytes) {
    uint64_t begin = at;
    at += (bytes + 7) / 8 * 8;
    return begin;
  };
  layout.node_ids = place(n * 8);
  layout.node_flags = place(n);
  layout.out_offset = place((n + 1) * 8);
  layout.target = place(m * 4);
  layout.source = place(m * 4);
  layout.in_offset = place((n + 1) * 8);
  layout.in_edge = place(m * 4);
  layout.edge = place(m * sizeof(CsrEdge));
  layout.relations = place(r * 8);
  layout.relation_offset = place((r + 1) * 8);
  layout.relation_edge = place(m * 4);
  layout.by_id = place(m * 4);
  layout.size = at;
  return layout;
}

uint64_t OptionBits(const ViewOptions& options) {
  return (options.cluster_documents ? 1U : 0U) | (options.automatic_identity ? 2U : 0U);
}

std::string CachePath(const View& view) { return view.options().cache_dir + "/graph.csr"; }

// The bytes of the flat view, mapped or owned.
class FlatGraph : public CsrGraph {
 public:
  explicit FlatGraph(std::string bytes) : owned_(std::move(bytes)) { Point(owned_.data(), owned_.size()); }
  FlatGraph(void* mapped, size_t size) : mapped_(mapped), mapped_size_(size) {
    Point(static_cast<const char*>(mapped), size);
  }
  ~FlatGraph() override {
    if (mapped_ != nullptr) munmap(mapped_, mapped_size_);
  }
  FlatGraph(const FlatGraph&) = delete;
  FlatGraph& operator=(const FlatGraph&) = delete;

  // The header's sizes are consistent with the file, and the file is what was written.
  static bool IsSound(const char* data, size_t size, uint64_t watermark, uint64_t options) {
    if (size < sizeof(Header)) return false;
    Header header;
    std::memcpy(&header, data, sizeof(header));
    if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) return false;
    if (header.watermark != watermark || header.options != options) return false;
    if (header.vertices > kMaxIndex || header.edges > kMaxIndex || header.relations > kMaxIndex) return false;
    if (LayoutOf(header.vertices, header.edges, header.relations).size != size) return false;
    return HashBytes({data + sizeof(Header), size - sizeof(Header)}) == header.checksum;
  }

  CsrTopology topology() const override { return topology_; }
  std::span<const uint64_t> node_ids() const override { return node_ids_; }
  std::span<const uint8_t> node_flags() const override { return node_flags_; }
  std::span<const CsrEdge> edges() const override { return edges_; }
  std::span<const uint64_t> relations() const override { return relations_; }
  std::span<const uint64_t> relation_offset() const override { return relation_offset_; }
  std::span<const uint32_t> relation_edge() const override { return relation_edge_; }
  std::span<const uint32_t> edges_by_id() const override { return by_id_; }
  const std::string& bytes() const { return owned_; }

 private:
  template <typename T>
  static std::span<const T> Array(const char* data, uint64_t offset, uint64_t count) {
    return {reinterpret_cast<const T*>(data + offset), count};
  }
  void Point(const char* data, size_t) {
    Header header;
    std::memcpy(&header, data, sizeof(header));
    uint64_t n = header.vertices, m = header.edges, r = header.relations;
    Layout layout = LayoutOf(n, m, r);
    node_ids_ = Array<uint64_t>(data, layout.node_ids, n);
    node_flags_ = Array<uint8_t>(data, layout.node_flags, n);
    topology_.out_offset = Array<uint64_t>(data, layout.out_offset, n + 1);
    topology_.target = Array<uint32_t>(data, layout.target, m);
    topology_.source = Array<uint32_t>(data, layout.source, m);
    topology_.in_offset = Array<uint64_t>(data, layout.in_offset, n + 1);
    topology_.in_edge = Array<uint32_t>(data, layout.in_edge, m);
    edges_ = Array<CsrEdge>(data, layout.edge, m);
    relations_ = Array<uint64_t>(data, layout.relations, r);
    relation_offset_ = Array<uint64_t>(data, layout.relation_offset, r + 1);
    relation_edge_ = Array<uint32_t>(data, layout.relation_edge, m);
    by_id_ = Array<uint32_t>(data, layout.by_id, m);
  }

  std::string owned_;
  void* mapped_ = nullptr;
  size_t mapped_size_ = 0;
  CsrTopology topology_;
  std::span<const uint64_t> node_ids_, relations_, relation_offset_;
  std::span<const uint8_t> node_flags_;
  std::span<const CsrEdge> edges_;
  std::span<const uint32_t> relation_edge_, by_id_;
};

struct RawEdge {
  uint64_t source, target, relation, id;
  CsrEdge data;
};

CsrEdge Pack(const FoldedEdge& edge) {
  CsrEdge data;
  data.statements = edge.statements;
  data.documents = edge.documents;
  data.first_day = edge.days ? edge.days->from.number : INT32_MAX;
  data.last_day = edge.days ? edge.days->to.number : INT32_MIN;
  uint32_t most = 0;
  for (const storage::ClassCount& count : edge.classes) {
    data.class_mask |= 1U << static_cast<uint8_t>(count.event_class);
    if (count.event_class != EventClass::kNone && count.count > most) {
      most = count.count;
      data.event_class = static_cast<uint8_t>(count.event_class);
    }
  }
  data.qualifier = edge.key.qualifier.bits;
  return data;
}

template <typename T>
T* At(std::string* bytes, uint64_t offset) {
  return reinterpret_cast<T*>(bytes->data() + offset);
}

std::vector<uint64_t> Distinct(std::vector<uint64_t> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

uint32_t IndexIn(const std::vector<uint64_t>& sorted, uint64_t value) {
  return static_cast<uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin());
}

// Counting sort of edge indexes by a key below `keys`; stable, so edge order is kept within a key.
template <typename Key>
void GroupEdges(uint64_t m, uint64_t keys, const Key& key, uint64_t* offset, uint32_t* grouped) {
  std::fill(offset, offset + keys + 1, 0);
  for (uint64_t e = 0; e < m; ++e) ++offset[key(e) + 1];
  for (uint64_t k = 0; k < keys; ++k) offset[k + 1] += offset[k];
  std::vector<uint64_t> next(offset, offset + keys);
  for (uint64_t e = 0; e < m; ++e) grouped[next[key(e)]++] = static_cast<uint32_t>(e);
}

void FillEdges(const std::vector<RawEdge>& raw, const std::vector<uint64_t>& nodes,
               const std::vector<uint64_t>& relations, const Layout& layout, std::string* bytes) {
  uint64_t n = nodes.size(), m = raw.size();
  uint32_t* source = At<uint32_t>(bytes, layout.source);
  uint32_t* target = At<uint32_t>(bytes, layout.target);
  CsrEdge* data = At<CsrEdge>(bytes, layout.edge);
  uint64_t* out_offset = At<uint64_t>(bytes, layout.out_offset);
  for (uint64_t e = 0; e < m; ++e) {
    source[e] = e > 0 && raw[e].source == raw[e - 1].source ? source[e - 1] : IndexIn(nodes, raw[e].source);
    target[e] = IndexIn(nodes, raw[e].target);
    data[e] = raw[e].data;
    data[e].relation = IndexIn(relations, raw[e].relation);
    ++out_offset[source[e] + 1];
  }
  for (uint64_t v = 0; v < n; ++v) out_offset[v + 1] += out_offset[v];
  GroupEdges(
      m, n, [&](uint64_t e) { return target[e]; }, At<uint64_t>(bytes, layout.in_offset),
      At<uint32_t>(bytes, layout.in_edge));
  GroupEdges(
      m, relations.size(), [&](uint64_t e) { return data[e].relation; },
      At<uint64_t>(bytes, layout.relation_offset), At<uint32_t>(bytes, layout.relation_edge));
  uint32_t* by_id = At<uint32_t>(bytes, layout.by_id);
  for (uint64_t e = 0; e < m; ++e) by_id[e] = static_cast<uint32_t>(e);
  std::sort(by_id, by_id + m, [&](uint32_t a, uint32_t b) { return raw[a].id < raw[b].id; });
}

Result<std::string> MakeBytes(const ViewImpl& view) {
  std::vector<RawEdge> raw;
  std::vector<uint64_t> ends = {0}, relation_ids;
  WHOWHOM_TRY_STATUS(view.ScanEdges({}, [&](const FoldedEdge& edge) {
    raw.push_back(
        {edge.key.subject.value, edge.key.object.value, edge.key.relation.value, edge.id, Pack(edge)});
    if (ends.back() != edge.key.subject.value) ends.push_back(edge.key.subject.value);
    return raw.size() < kMaxIndex;
  }));
  for (const RawEdge& edge : raw) {
    ends.push_back(edge.target);
    relation_ids.push_back(edge.relation);
  }
  std::vector<uint64_t> nodes = Distinct(std::move(ends)), relations = Distinct(std::move(relation_ids));
  std::sort(raw.begin(), raw.end(), [](const RawEdge& a, const RawEdge& b) {
    return std::tie(a.source, a.target, a.relation, a.data.qualifier) <
           std::tie(b.source, b.target, b.relation, b.data.qualifier);
  });
  Layout layout = LayoutOf(nodes.size(), raw.size(), relations.size());
  std::string bytes(layout.size, '\0');
  std::memcpy(At<uint64_t>(&bytes, layout.node_ids), nodes.data(), nodes.size() * 8);
  if (!relations.empty())
    std::memcpy(At<uint64_t>(&bytes, layout.relations), relations.data(), relations.size() * 8);
  uint8_t* flags = At<uint8_t>(&bytes, layout.node_flags);
  for (size_t v = 1; v < nodes.size(); ++v) {
    WHOWHOM_TRY(auto node, view.FindNodeBrief(NodeId{nodes[v]}));
    if (node) flags[v] = static_cast<uint8_t>(static_cast<uint8_t>(node->type) | (node->is_actor ? 128 : 0));
  }
  FillEdges(raw, nodes, relations, layout, &bytes);
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.watermark = view.snapshot().watermark();
  header.options = OptionBits(view.options());
  header.vertices = nodes.size();
  header.edges = raw.size();
  header.relations = relations.size();
  header.checksum = HashBytes(std::string_view(bytes).substr(sizeof(Header)));
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes;
}

}  // namespace

std::shared_ptr<const CsrGraph> CsrGraph::OpenCached(const View& view) {
  if (view.options().cache_dir.empty()) return nullptr;
  int file = open(CachePath(view).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  struct stat status {};
  void* mapped = MAP_FAILED;
  size_t size = 0;
  if (fstat(file, &status) == 0 && status.st_size > 0) {
    size = static_cast<size_t>(status.st_size);
    mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  }
  close(file);
  if (mapped == MAP_FAILED) return nullptr;
  if (!FlatGraph::IsSound(static_cast<const char*>(mapped), size, view.snapshot().watermark(),
                          OptionBits(view.options()))) {
    munmap(mapped, size);
    return nullptr;
  }
  return std::make_shared<FlatGraph>(mapped, size);
}

Result<std::shared_ptr<const CsrGraph>> CsrGraph::Open(const View& view) {
  return Impl(view).Flat([&]() -> Result<std::shared_ptr<const CsrGraph>> {
    if (auto cached = OpenCached(view)) return cached;
    WHOWHOM_TRY(std::string bytes, MakeBytes(Impl(view)));
    if (!view.options().cache_dir.empty()) WriteCacheFile(CachePath(view), bytes);
    return std::shared_ptr<const CsrGraph>(std::make_shared<FlatGraph>(std::move(bytes)));
  });
}

std::optional<uint32_t> CsrGraph::VertexOf(NodeId survivor) const {
  std::span<const uint64_t> ids = node_ids();
  auto it = std::lower_bound(ids.begin(), ids.end(), survivor.value);
  if (it == ids.end() || *it != survivor.value) return std::nullopt;
  return static_cast<uint32_t>(it - ids.begin());
}

storage::EdgeKey CsrGraph::KeyOf(uint32_t edge) const {
  CsrTopology graph = topology();
  const CsrEdge& data = edges()[edge];
  return {NodeId{node_ids()[graph.source[edge]]}, RelationId{relations()[data.relation]},
          NodeId{node_ids()[graph.target[edge]]}, Qualifier{data.qualifier}};
}

FoldedEdge CsrGraph::EdgeAt(uint32_t edge) const {
  const CsrEdge& data = edges()[edge];
  FoldedEdge folded;
  folded.key = KeyOf(edge);
  folded.id = EdgeIdOf(folded.key);
  folded.statements = data.statements;
  folded.documents = data.documents;
  if (data.first_day != INT32_MAX) folded.days = DayRange{Day{data.first_day}, Day{data.last_day}};
  for (uint8_t c = 0; c < 32; ++c) {
    if ((data.class_mask >> c & 1U) == 0) continue;
    folded.classes.push_back({static_cast<EventClass>(c), c == data.event_class && c != 0 ? 2U : 1U});
  }
  return folded;
}

Result<bool> FindCachedEdges(const ViewImpl& view, std::string_view hex_prefix,
                             std::vector<FoldedEdge>* found) {
  std::shared_ptr<const CsrGraph> csr = CsrGraph::OpenCached(view);
  if (csr == nullptr) return false;
  std::string padded(hex_prefix);
  padded.resize(16, '0');
  uint64_t first = std::stoull(padded, nullptr, 16);
  std::span<const uint32_t> ids = csr->edges_by_id();
  auto it = std::lower_bound(ids.begin(), ids.end(), first,
                             [&](uint32_t edge, uint64_t id) { return csr->IdOf(edge) < id; });
  for (; it != ids.end() && found->size() < 10 && ToHex(csr->IdOf(*it)).starts_with(hex_prefix); ++it) {
    found->push_back(csr->EdgeAt(*it));
  }
  return true;
}

}  // namespace whowhom::graph
