// What becomes of an article when more is said about it: the same for every order of saying it.
#pragma once

#include "record_codec.h"
#include "whowhom/core/result.h"

namespace whowhom::storage {

// An article of a document and its statements, or of one bare statement; canonical.
// kInvalidInput: a statement of another document, or a span that lies outside of the text.
Result<Article> MakeArticle(const Document& document, const std::vector<Statement>& statements);
Result<Article> MakeBareArticle(const Statement& statement);

enum class VersionRule : uint8_t {
  kNewerWins,     // another extractor's version replaces the stored one (add, refresh)
  kGreatestWins,  // the greatest extractor name wins (bulk loads, where no record is newer)
};

// What the store should hold when it holds `stored` and `incoming` is added. Two versions by one extractor
// differ only in where the article was found: the smaller encoding wins. Bare statements stay unless the
// winning version has them.
Article MergeArticles(const Article& stored, const Article& incoming, VersionRule rule);

bool SameArticle(const Article& a, const Article& b);

}  // namespace whowhom::storage
