#include "article_scan.h"

#include <algorithm>

#include "article_reader.h"
#include "keys.h"

namespace whowhom::storage {
namespace {

// The distance of the first jump over a damaged block, in the first 8 bytes of a document id; it doubles from
// there.
constexpr uint64_t kFirstJump = uint64_t{1} << 36;

// The documents of one family in order, jumping over what cannot be read.
class DocumentKeys {
 public:
  DocumentKeys(const ReadView& view, Family family, const ArticleScan& scan)
      : view_(view), family_(family), scan_(scan) {
    OpenAtPosition();
    Find();
  }
  const std::optional<DocId>& id() const { return id_; }
  void Next() {
    cursor_->Next();
    Find();
  }

 private:
  void OpenAtPosition() {
    cursor_ =
        std::make_unique<RowCursor>(view_, DocKey(family_, position_), PrefixEnd(FamilyPrefix(family_)));
  }
  void Find() {
    for (;;) {
      for (; cursor_->valid(); cursor_->Next()) {
        id_ = ReadDocKey(cursor_->key());
        if (!id_) continue;
        position_ = *id_;
        jump_ = kFirstJump;
        return;
      }
      id_.reset();
      const Status status = cursor_->status();
      if (status.ok()) return;
      if (jump_ == kFirstJump) {
        scan_.damage(std::string(FamilyName(static_cast<uint8_t>(family_))), status.error().message);
      }
      // Each jump lands further behind the damage: the last one is beyond every document.
      if (jump_ > (UINT64_MAX >> 1) || position_.hash.high > UINT64_MAX - jump_) return;
      position_ = DocId{{position_.hash.high + jump_, 0}};
      jump_ *= 2;
      OpenAtPosition();
    }
  }

  const ReadView& view_;
  Family family_;
  const ArticleScan& scan_;
  std::unique_ptr<RowCursor> cursor_;
  DocId position_;
  std::optional<DocId> id_;
  uint64_t jump_ = kFirstJump;
};

bool Stands(std::string_view words, const std::vector<ByteSpan>& spans, const std::string& text) {
  if (spans.empty()) return true;
  const std::optional<std::string> joined = JoinSpans(text, spans);
  return joined && *joined == words;
}

}  // namespace

Status ScanArticles(const ReadView& view, const ArticleScan& scan) {
  DocumentKeys documents(view, Family::kDoc, scan);
  DocumentKeys evidence(view, Family::kDocEvidence, scan);
  const RowGetter getter = [&](const std::string& key) { return view.Get(key); };
  while (documents.id() || evidence.id()) {
    DocId id = documents.id() ? *documents.id() : *evidence.id();
    if (evidence.id()) id = std::min(id, *evidence.id());
    const Result<std::optional<Article>> article = ReadArticle(getter, id);
    if (!article.ok()) {
      scan.damage("document d:" + ToHex(id.hash), article.error().message);
    } else if (*article) {
      WHOWHOM_TRY_STATUS(scan.article(**article));
    }
    if (documents.id() && *documents.id() == id) documents.Next();
    if (evidence.id() && *evidence.id() == id) evidence.Next();
  }
  return {};
}

std::string FindWrongText(const Statement& statement, const std::string& text) {
  if (!Stands(statement.text, {statement.span}, text)) return "sentence";
  if (!Stands(statement.subject.text, statement.subject.spans, text)) return "subject";
  if (!Stands(statement.predicate.text, statement.predicate.spans, text)) return "predicate";
  if (statement.object && !Stands(statement.object->text, statement.object->spans, text)) return "object";
  for (const Argument& argument : statement.arguments) {
    if (!Stands(argument.phrase.text, argument.phrase.spans, text)) return "argument " + argument.role;
  }
  for (const Attribution& voice : statement.attribution) {
    if (!voice.text.empty() && !Stands(voice.text, {voice.span}, text)) return "speaker";
  }
  if (statement.time && !Stands(statement.time->text, {statement.time->span}, text)) return "time";
  return {};
}

}  // namespace whowhom::storage
