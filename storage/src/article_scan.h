// All articles of a database, one after another, also past damaged parts of it.
#pragma once

#include <functional>
#include <string>

#include "database.h"
#include "record_codec.h"

namespace whowhom::storage {

struct ArticleScan {
  std::function<Status(const Article& article)> article;
  // What could not be read: a document, or an unknown number of them; and why.
  std::function<void(const std::string& what, const std::string& why)> damage;
};
// Stops at the first error of `article`.
Status ScanArticles(const ReadView& view, const ArticleScan& scan);

// Where the words of a statement are not what stands at its spans; empty if they are.
std::string FindWrongText(const Statement& statement, const std::string& text);

}  // namespace whowhom::storage
