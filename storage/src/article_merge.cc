#include "article_merge.h"

#include <algorithm>
#include <unordered_set>

namespace whowhom::storage {
namespace {

bool IsInside(const std::vector<ByteSpan>& spans, size_t size) {
  return std::all_of(spans.begin(), spans.end(),
                     [&](const ByteSpan& span) { return span.begin <= span.end && span.end <= size; });
}

bool HasSpansInside(const Statement& statement, size_t size) {
  bool is_inside = IsInside({statement.span}, size) && IsInside(statement.subject.spans, size) &&
                   IsInside(statement.predicate.spans, size);
  if (statement.object) is_inside = is_inside && IsInside(statement.object->spans, size);
  for (const Argument& argument : statement.arguments) {
    is_inside = is_inside && IsInside(argument.phrase.spans, size);
  }
  for (const Attribution& voice : statement.attribution)
    is_inside = is_inside && IsInside({voice.span}, size);
  if (statement.time) is_inside = is_inside && IsInside({statement.time->span}, size);
  return is_inside;
}

// The document with the statements that came with it.
Article WithoutBare(const Article& article) {
  Article full{article.id, article.document, {}, {}};
  for (size_t i = 0; i < article.statements.size(); ++i) {
    if (article.is_bare[i]) continue;
    full.statements.push_back(article.statements[i]);
    full.is_bare.push_back(false);
  }
  return full;
}

std::string VersionBytes(const Article& full) {
  return EncodeDocument(*full.document) + EncodeStatements(full);
}

// Whether the incoming version takes the place of the stored one.
bool IncomingWins(const Article& stored, const Article& incoming, VersionRule rule) {
  if (!incoming.document) return false;
  if (!stored.document) return true;
  const std::string& old_extractor = stored.document->extractor;
  const std::string& new_extractor = incoming.document->extractor;
  if (old_extractor != new_extractor) {
    return rule == VersionRule::kNewerWins || new_extractor > old_extractor;
  }
  return VersionBytes(WithoutBare(incoming)) < VersionBytes(WithoutBare(stored));
}

}  // namespace

Result<Article> MakeArticle(const Document& document, const std::vector<Statement>& statements) {
  Article article{document.id, document, statements, std::vector<bool>(statements.size(), false)};
  for (const Statement& statement : statements) {
    if (statement.doc != document.id) {
      return InvalidInput("storing " + document.path + ": the statement s:" + ToHex(statement.id.hash) +
                          " belongs to another document, d:" + ToHex(statement.doc.hash));
    }
    if (!HasSpansInside(statement, document.text.size())) {
      return InvalidInput("storing " + document.path +
                          ": a span of the statement s:" + ToHex(statement.id.hash) +
                          " lies outside of the text's " + std::to_string(document.text.size()) + " bytes");
    }
  }
  Canonicalise(&article);
  return article;
}

Result<Article> MakeBareArticle(const Statement& statement) {
  Article article{statement.doc, std::nullopt, {statement}, {true}};
  Canonicalise(&article);
  return article;
}

Article MergeArticles(const Article& stored, const Article& incoming, VersionRule rule) {
  const bool incoming_wins = IncomingWins(stored, incoming, rule);
  const Article& winner = incoming_wins ? incoming : stored;
  const Article& other = incoming_wins ? stored : incoming;
  Article merged = winner;
  for (size_t i = 0; i < other.statements.size(); ++i) {
    if (!other.is_bare[i]) continue;
    merged.statements.push_back(other.statements[i]);
    merged.is_bare.push_back(true);
  }
  Canonicalise(&merged);
  return merged;
}

bool SameArticle(const Article& a, const Article& b) {
  if (a.document.has_value() != b.document.has_value()) return false;
  if (a.document && EncodeDocument(*a.document) != EncodeDocument(*b.document)) return false;
  return EncodeStatements(a) == EncodeStatements(b);
}

}  // namespace whowhom::storage
