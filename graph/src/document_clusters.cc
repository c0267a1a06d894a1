#include "document_clusters.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "union_find.h"
#include "whowhom/extract/minhash.h"

namespace whowhom::graph {
namespace {

// Of one band bucket at most this many are compared with each of its members; a wire story printed by
// thousands is then joined through its first ones.
constexpr size_t kMaxComparisons = 32;

struct Signed {
  DocId id;
  std::string signature;
  std::vector<uint64_t> bands;
};

// Joins what shares a band and is similar enough. Linear in documents x bands for buckets of copies.
void JoinNearDuplicates(const std::vector<Signed>& documents, UnionFind* sets) {
  std::vector<std::pair<uint64_t, uint32_t>> keys;
  for (size_t band = 0; band < extract::kSignatureBands; ++band) {
    keys.clear();
    for (uint32_t i = 0; i < documents.size(); ++i) {
      if (!documents[i].bands.empty()) keys.emplace_back(documents[i].bands[band], i);
    }
    std::sort(keys.begin(), keys.end());
    for (size_t i = 0; i < keys.size(); ++i) {
      size_t compared = 0;
      for (size_t j = i; j-- > 0 && keys[j].first == keys[i].first && compared < kMaxComparisons;
           ++compared) {
        uint32_t a = keys[i].second, b = keys[j].second;
        if (sets->Find(a) == sets->Find(b)) break;
        double similarity = extract::SignatureSimilarity(documents[a].signature, documents[b].signature);
        if (similarity >= extract::kNearDuplicateSimilarity) {
          sets->Join(a, b);
          break;
        }
      }
    }
  }
}

}  // namespace

DocumentClusters::DocumentClusters(std::vector<std::pair<DocId, DocId>> leaders,
                                   std::vector<DocId> superseded)
    : leaders_(std::move(leaders)), superseded_(std::move(superseded)) {
  for (const auto& [id, leader] : leaders_) leader_index_.emplace(id, leader);
  for (const DocId& id : superseded_) superseded_index_.emplace(id, true);
}

DocId DocumentClusters::LeaderOf(DocId id) const {
  auto it = leader_index_.find(id);
  return it == leader_index_.end() ? id : it->second;
}

Result<DocumentClusters> DocumentClusters::Build(const storage::Snapshot& snapshot) {
  std::vector<Signed> documents;
  // Versions by URL hash: (date, id) of the latest seen so far, and all.
  struct Version {
    Hash128 url;
    int32_t day;
    DocId id;
    auto operator<=>(const Version&) const = default;
  };
  std::vector<Version> versions;
  WHOWHOM_TRY_STATUS(snapshot.ScanDocuments([&](const Document& document) {
    if (!document.signature.empty())
      documents.push_back({document.id, document.signature, extract::SignatureBandKeys(document.signature)});
    if (!document.url.empty()) {
      versions.push_back(
          {HashBytes(document.url), document.date ? document.date->number : INT32_MIN, document.id});
    }
    return true;
  }));
  std::vector<DocId> superseded;
  std::sort(versions.begin(), versions.end());
  for (size_t i = 0; i + 1 < versions.size(); ++i) {
    if (versions[i].url == versions[i + 1].url) superseded.push_back(versions[i].id);
  }
  std::sort(superseded.begin(), superseded.end());

  std::sort(documents.begin(), documents.end(), [](const Signed& a, const Signed& b) { return a.id < b.id; });
  UnionFind sets(documents.size());
  JoinNearDuplicates(documents, &sets);
  std::vector<std::pair<DocId, DocId>>
      leaders;  // documents are by id, so the smallest index is the smallest id
  for (uint32_t i = 0; i < documents.size(); ++i) {
    uint32_t leader = sets.Find(i);
    if (leader != i) leaders.emplace_back(documents[i].id, documents[leader].id);
  }
  return DocumentClusters(std::move(leaders), std::move(superseded));
}

}  // namespace whowhom::graph
