// The changes of the writer that are not yet in the database, on top of what is.
#pragma once

#include <rocksdb/write_batch.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "article_rows.h"
#include "database.h"
#include "layout.h"

namespace whowhom::storage {

// Thread-compatible.
class PendingRows {
 public:
  PendingRows(Database* database, const Totals& totals) : database_(database), totals_(totals) {}

  Result<std::optional<std::string>> Get(const std::string& key);
  void Put(const std::string& key, std::string value);
  void Delete(const std::string& key);

  // Adds an article's rows, or takes them away. On an error nothing has changed.
  // REQUIRES: sorted shares; for taking away: no changes are pending (days are read from the evidence in the
  // database).
  Status Apply(const Article& article, const ArticleRows& rows, bool take_away);

  bool empty() const { return dirty_.empty(); }
  uint64_t bytes() const { return bytes_; }
  const Totals& totals() const { return totals_; }
  // All changes, in the order of keys.
  void FillBatch(rocksdb::WriteBatch* batch) const;
  // The changes are in the database now.
  void MarkWritten();
  // Drops all changes.
  void Reset(const Totals& totals);

 private:
  using RowValue = std::optional<std::string>;  // empty = no such row

  // The values of the rows' keys, in their order.
  Result<std::vector<RowValue>> GetAll(const std::vector<Row>& rows) const;
  void Set(const std::string& key, RowValue value);
  // The days of an edge by the evidence of other articles.
  Result<std::optional<DayRange>> DaysWithout(const EdgeKey& edge, const DocId& doc) const;
  struct Change {
    std::string key;
    RowValue before;
    RowValue after;
  };
  Result<std::vector<Change>> SumShares(const Article& article, const std::vector<Row>& shares,
                                        bool take_away);
  void CountChange(const Change& change);
  void SetEdge(const Change& change);

  Database* database_;
  Totals totals_;
  std::unordered_map<std::string, RowValue> dirty_;
  uint64_t bytes_ = 0;
};

}  // namespace whowhom::storage
