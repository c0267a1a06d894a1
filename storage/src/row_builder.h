// All rows of a set of articles, in the order of keys: what a store of them must hold.
//
// The bulk loader writes these rows, verify compares them with the rows found.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "article_rows.h"
#include "layout.h"
#include "whowhom/storage/external_sort.h"

namespace whowhom::storage {

struct RowBuilderOptions {
  std::string folder;  // for temporary files; exists
  uint64_t memory_bytes = uint64_t{512} << 20;
  uint64_t min_free_bytes = 0;
  // Rows that are there already, for building on top of a store; unset = none.
  std::function<Result<std::optional<std::string>>(std::string_view key)> find_existing;
};

// Thread-compatible.
class RowBuilder {
 public:
  explicit RowBuilder(RowBuilderOptions options);

  // REQUIRES: canonical; each document once, and none of the existing ones.
  Status Add(const Article& article);

  // Every row of the store but meta, judgement and commit, in order; an empty value = the existing row goes.
  // To be called once.
  using Visitor = std::function<Status(std::string_view key, const std::optional<std::string_view>& value)>;
  Status Build(const Visitor& visit);

  // What the articles add to the totals. Complete after Build.
  const Totals& totals() const { return totals_; }

 private:
  Status Emit(std::string_view key, std::string_view value, const Visitor& visit);
  Status EmitTop(const Visitor& visit);
  Status NoteEdge(std::string_view key, std::string_view before, std::string_view after);
  void Count(std::string_view key, std::string_view before, std::string_view after);

  RowBuilderOptions options_;
  ExternalSorter rows_;
  ExternalSorter top_;
  bool is_top_emitted_ = false;
  std::string key_;  // memory that is used again
  Totals totals_;
};

}  // namespace whowhom::storage
