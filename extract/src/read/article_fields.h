// Fields of a record (JSON object, table row) -> an article whose text is kept as given.
#pragma once

#include <array>
#include <climits>
#include <string>
#include <string_view>

#include "read/context.h"
#include "read/lexicon.h"

namespace whowhom::extract::read {

// Which role a field name has, by the options first, then by guess. Immutable; views into `options`.
class FieldNames {
 public:
  FieldNames(const Lexicon& lexicon, const ReadOptions& options);
  // rank INT_MAX: the name says nothing.
  FieldName Find(std::string_view name) const;

 private:
  const Lexicon& lexicon_;
  std::array<std::string, kFieldRoles> given_;  // lower case, by role; empty = guess
};

// The fields collected so far; of several for one role the one with the best rank wins.
class ArticleFields {
 public:
  ArticleFields() { Clear(); }
  void Clear();
  void Set(FieldName name, std::string_view value);
  // Adds a further part (of an array) to the role's value, if `name` is the field that holds it.
  void Append(FieldName name, std::string_view value, std::string_view separator);
  const std::string& Get(FieldRole role) const { return values_[static_cast<size_t>(role)]; }
  bool has_text() const { return !values_[0].empty(); }

  // Emits the article. place: "file.jsonl#12", its path if it has no id of its own; offset: where it starts.
  // Text with markup in it (and not in a field called "text") is read as a piece of HTML.
  void Emit(const std::string& place, uint64_t offset, ReadContext* context);

 private:
  std::string& value(FieldRole role) { return values_[static_cast<size_t>(role)]; }

  std::array<std::string, kFieldRoles> values_;
  std::array<int, kFieldRoles> ranks_{};
};

}  // namespace whowhom::extract::read
