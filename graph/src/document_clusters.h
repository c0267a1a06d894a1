// Which documents tell one story: near duplicates count as one source, and of the versions of one URL only
// the latest by (date, id) is read by questions. A pure function of the stored set of documents.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/storage/store.h"

namespace whowhom::graph {

// Immutable after building; thread-safe.
class DocumentClusters {
 public:
  // Cost: one scan of the documents; about 300 bytes a document while it runs.
  static Result<DocumentClusters> Build(const storage::Snapshot& snapshot);
  DocumentClusters() = default;
  // From what an earlier run found: pairs (document, smallest document of its cluster), and superseded
  // documents.
  DocumentClusters(std::vector<std::pair<DocId, DocId>> leaders, std::vector<DocId> superseded);

  // The smallest document of the cluster; the document itself when it has no copies.
  DocId LeaderOf(DocId id) const;
  bool IsSuperseded(DocId id) const { return superseded_index_.contains(id); }
  const std::vector<DocId>& superseded() const { return superseded_; }  // sorted
  // (document, leader) of all documents that are not their own leader; sorted.
  const std::vector<std::pair<DocId, DocId>>& leaders() const { return leaders_; }

 private:
  std::vector<std::pair<DocId, DocId>> leaders_;
  std::vector<DocId> superseded_;
  std::unordered_map<DocId, DocId> leader_index_;
  std::unordered_map<DocId, bool> superseded_index_;
};

}  // namespace whowhom::graph
