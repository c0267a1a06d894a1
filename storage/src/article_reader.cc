#include "article_reader.h"

#include "keys.h"

namespace whowhom::storage {
namespace {

Error Damaged(const char* what, const DocId& id) {
  return Corruption(std::string("reading ") + what + " of d:" + ToHex(id.hash) +
                    ": the row does not decode; run `verify`, then retract and add the article again");
}

}  // namespace

Result<std::optional<Document>> ReadDocument(const RowGetter& get, const DocId& id, bool with_text) {
  WHOWHOM_TRY(const std::optional<std::string> row, get(DocKey(Family::kDoc, id)));
  if (!row) return std::optional<Document>();
  std::optional<Document> document = DecodeDocument(id, *row);
  if (!document) return Damaged("the metadata", id);
  if (with_text) {
    WHOWHOM_TRY(const std::optional<std::string> text_row, get(DocKey(Family::kText, id)));
    std::optional<std::string> text = text_row ? DecodeText(*text_row) : std::nullopt;
    if (!text) return Damaged("the text", id);
    document->text = std::move(*text);
  }
  return document;
}

Result<std::optional<StoredStatements>> ReadStatements(const RowGetter& get, const DocId& id,
                                                       std::optional<uint32_t> only) {
  WHOWHOM_TRY(const std::optional<std::string> row, get(DocKey(Family::kDocEvidence, id)));
  if (!row) return std::optional<StoredStatements>();
  WHOWHOM_TRY(const std::optional<Document> document, ReadDocument(get, id, /*with_text=*/true));
  std::optional<StoredStatements> stored = DecodeStatements(id, document ? &*document : nullptr, *row, only);
  if (!stored) return Damaged("the statements", id);
  return stored;
}

Result<std::optional<Article>> ReadArticle(const RowGetter& get, const DocId& id) {
  Article article;
  article.id = id;
  WHOWHOM_TRY(article.document, ReadDocument(get, id, /*with_text=*/true));
  WHOWHOM_TRY(const std::optional<std::string> row, get(DocKey(Family::kDocEvidence, id)));
  if (!row && !article.document) return std::optional<Article>();
  if (row) {
    std::optional<StoredStatements> stored =
        DecodeStatements(id, article.document ? &*article.document : nullptr, *row);
    if (!stored) return Damaged("the statements", id);
    article.statements = std::move(stored->statements);
    article.is_bare = std::move(stored->is_bare);
  }
  return std::optional<Article>(std::move(article));
}

}  // namespace whowhom::storage
