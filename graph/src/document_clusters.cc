#include "document_clusters.h"

#include <algorithm>
#include <numeric>

#include "near_duplicates.h"
#include "whowhom/extract/minhash.h"

namespace whowhom::graph {

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
  std::vector<DocId> signed_ids;
  std::vector<extract::SignatureValues> signatures;
  // Versions by URL hash: (date, id) of the latest seen so far, and all.
  struct Version {
    Hash128 url;
    int32_t day;
    DocId id;
    auto operator<=>(const Version&) const = default;
  };
  std::vector<Version> versions;
  WHOWHOM_TRY_STATUS(snapshot.ScanDocuments([&](const Document& document) {
    if (const auto values = extract::ParseSignature(document.signature)) {
      signed_ids.push_back(document.id);
      signatures.push_back(*values);
    }
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

  const std::vector<uint32_t> leader_of = ClusterNearDuplicates(signatures);
  std::vector<std::pair<DocId, DocId>>
      leaders;  // documents come by id, so the smallest index is the smallest id
  for (uint32_t i = 0; i < signed_ids.size(); ++i) {
    if (leader_of[i] != i) leaders.emplace_back(signed_ids[i], signed_ids[leader_of[i]]);
  }
  return DocumentClusters(std::move(leaders), std::move(superseded));
}

}  // namespace whowhom::graph
