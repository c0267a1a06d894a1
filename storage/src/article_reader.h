// Reads whole articles back from their rows.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "record_codec.h"
#include "whowhom/core/result.h"

namespace whowhom::storage {

using RowGetter = std::function<Result<std::optional<std::string>>(const std::string& key)>;

// Empty if the store knows nothing of the document. kCorruption names the row that does not decode.
Result<std::optional<Article>> ReadArticle(const RowGetter& get, const DocId& id);

// Without text unless asked for.
Result<std::optional<Document>> ReadDocument(const RowGetter& get, const DocId& id, bool with_text);

// All statements of an article, or only one; empty if there are none.
Result<std::optional<StoredStatements>> ReadStatements(const RowGetter& get, const DocId& id,
                                                       std::optional<uint32_t> only);

}  // namespace whowhom::storage
