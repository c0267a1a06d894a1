// Binary form of documents and statements (docs/formats/keys.md, values of doc and doc_ev).
//
// A text that equals the bytes of its spans in the document is not stored again: decoding takes it from the
// document's text. Strings that repeat (names, lemmas, rules) stand once in a table at the head of the value;
// those of the document, and the actors of its mentions, serve its statements too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/record.h"

namespace whowhom::storage {

// An article as the store holds it.
struct Article {
  DocId id;
  std::optional<Document> document;   // empty: only bare statements are known
  std::vector<Statement> statements;  // canonical order; their `doc` is `id`
  std::vector<bool> is_bare;          // as many as statements: came without its document
};

// The parts of `text` that the spans mark, joined by one blank; empty when a span lies outside.
std::optional<std::string> JoinSpans(std::string_view text, const std::vector<ByteSpan>& spans);

// Sorts the statements (sentence, begin, predicate, id), drops repeated ids (the smaller encoding stays, one
// that came with its document before a bare one).
void Canonicalise(Article* article);

// The text is not part of it (see EncodeText).
std::string EncodeDocument(const Document& document);
std::optional<Document> DecodeDocument(const DocId& id, std::string_view value);

// REQUIRES: canonical.
std::string EncodeStatements(const Article& article);

// EncodeDocument and EncodeStatements in one pass; `document` is empty where the article has none.
struct ArticleRecords {
  std::string document;
  std::string statements;
};
ArticleRecords EncodeRecords(const Article& article);

struct StoredStatements {
  std::vector<Statement> statements;
  std::vector<bool> is_bare;
};
// Decodes all statements, or only number `only`. `document` (may be null) gives path and text.
std::optional<StoredStatements> DecodeStatements(const DocId& id, const Document* document,
                                                 std::string_view value,
                                                 std::optional<uint32_t> only = std::nullopt);

std::string EncodeText(std::string_view text);
// Empty when damaged.
std::optional<std::string> DecodeText(std::string_view value);

}  // namespace whowhom::storage
