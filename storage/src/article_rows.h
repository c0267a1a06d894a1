// What one article puts into the store: its own rows, and its shares in rows that other articles also feed.
//
// The one place that knows which rows an article has: adding, retracting, bulk loading and verifying all use
// it, so they cannot disagree.
#pragma once

#include <string>
#include <vector>

#include "record_codec.h"
#include "whowhom/core/result.h"

namespace whowhom::storage {

struct Row {
  std::string key;
  std::string value;
};

struct ArticleRows {
  std::vector<Row> own;  // doc, text, doc_ev, ev, statement: belong to this article alone
  std::vector<Row>
      shares;  // see SumRows; counts may repeat a key. Of the edge rows only spo: pos and osp repeat it
};

// Deterministic but for the order of the rows. kCorruption when two names of the article share the first 8
// bytes of their hash. REQUIRES: canonical. Cost: about a microsecond a row.
Result<ArticleRows> RowsOf(const Article& article);

// By key; rows of one key become one.
void SortAndSum(std::vector<Row>* rows);

}  // namespace whowhom::storage
