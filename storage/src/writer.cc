#include "writer.h"

#include "article_reader.h"
#include "judgement_codec.h"
#include "keys.h"
#include "values.h"

namespace whowhom::storage {
namespace {

// A group ends when it holds this much; each group costs two syncs of the disk (measured:
// docs/figures/store.md).
constexpr uint64_t kGroupBytes = uint64_t{8} << 20;
constexpr size_t kGroupChanges = 256;
// What a group may need on disk beside itself: its log, the table it becomes, and room to merge that table.
constexpr uint64_t kSpaceFactor = 4;
constexpr uint64_t kMaxJournalBytes = uint64_t{4} << 20;

class StoreWriter : public Writer {
 public:
  StoreWriter(WriterContext context, Journal journal, CommitMark mark, const Totals& totals)
      : context_(std::move(context)),
        journal_(std::move(journal)),
        mark_(mark),
        written_totals_(totals),
        pending_(context_.database.get(), totals) {
    *context_.is_writing = true;
  }
  ~StoreWriter() override { *context_.is_writing = false; }

  Result<Outcome> Add(const Document& document, const std::vector<Statement>& statements) override {
    WHOWHOM_TRY(const Article incoming, MakeArticle(document, statements));
    return Store(incoming, document.path);
  }

  Result<Outcome> AddBare(const Statement& statement) override {
    WHOWHOM_TRY(const Article incoming, MakeBareArticle(statement));
    return Store(incoming, statement.path);
  }

  Status Retract(DocId id) override {
    WHOWHOM_TRY_STATUS(Ready());
    WHOWHOM_TRY(const std::optional<Article> stored, ReadArticle(getter(), id));
    if (!stored) return NotFound("retracting d:" + ToHex(id.hash) + ": the store has no such document");
    WHOWHOM_TRY_STATUS(WriteOut(/*sync=*/false));
    WHOWHOM_TRY_STATUS(Change(&*stored, nullptr));
    Note({CommitAction::kRetracted, id, stored->document ? stored->document->path : ""});
    return EndOfChange();
  }

  Result<uint64_t> Append(Judgement judgement) override {
    WHOWHOM_TRY_STATUS(Ready());
    if (next_judgement_ == 0) {
      WHOWHOM_TRY(next_judgement_, FirstFreeJudgement());
    }
    judgement.sequence = next_judgement_;
    WHOWHOM_TRY_STATUS(CheckFreeSpace(context_.store_path, context_.min_free_bytes));
    pending_.Put(JudgementKey(judgement.sequence), EncodeJudgement(judgement));
    ++next_judgement_;
    Note({CommitAction::kJudged, {}, {}});
    WHOWHOM_TRY_STATUS(EndOfChange());
    return judgement.sequence;
  }

  Status Commit() override {
    WHOWHOM_TRY_STATUS(Ready());
    if (changes_.empty() && pending_.empty()) return {};
    WHOWHOM_TRY_STATUS(WriteOut(/*sync=*/true));
    const Status noted = journal_.Append({mark_, changes_});
    if (!noted.ok()) return Fail(noted.error());
    changes_.clear();
    if (journal_.size_bytes() > kMaxJournalBytes) return ShortenJournal();
    return {};
  }

 private:
  RowGetter getter() {
    return [this](const std::string& key) { return pending_.Get(key); };
  }

  // An error of the disk ends the writer: what follows could contradict what is on disk.
  Status Ready() const { return failure_; }
  Status Fail(const Error& error) {
    failure_ =
        Error{error.code, error.message + "; this writer is closed, what was committed before is safe"};
    return failure_;
  }

  Result<Outcome> Store(const Article& incoming, const std::string& path) {
    WHOWHOM_TRY_STATUS(Ready());
    WHOWHOM_TRY(const std::optional<Article> stored, ReadArticle(getter(), incoming.id));
    Outcome outcome = Outcome::kAdded;
    if (stored) {
      const Article merged = MergeArticles(*stored, incoming, context_.rule);
      if (SameArticle(merged, *stored)) return Outcome::kAlreadyThere;
      if (stored->document && incoming.document) {
        const bool is_same_version = stored->document->extractor == incoming.document->extractor;
        outcome = is_same_version ? Outcome::kAlreadyThere : Outcome::kReplaced;
      }
      WHOWHOM_TRY_STATUS(WriteOut(/*sync=*/false));
      WHOWHOM_TRY_STATUS(Change(&*stored, &merged));
    } else {
      WHOWHOM_TRY_STATUS(Change(nullptr, &incoming));
    }
    Note({CommitAction::kAdded, incoming.id, path});
    WHOWHOM_TRY_STATUS(EndOfChange());
    return outcome;
  }

  // Takes `before` away and adds `after`, in one group.
  Status Change(const Article* before, const Article* after) {
    WHOWHOM_TRY_STATUS(
        CheckFreeSpace(context_.store_path, context_.min_free_bytes + kSpaceFactor * pending_.bytes()));
    ArticleRows new_rows;
    if (after != nullptr) {
      WHOWHOM_TRY(new_rows, RowsOf(*after));
      SortAndSum(&new_rows.shares);
    }
    if (before != nullptr) {
      WHOWHOM_TRY(ArticleRows old_rows, RowsOf(*before));
      SortAndSum(&old_rows.shares);
      WHOWHOM_TRY_STATUS(pending_.Apply(*before, old_rows, /*take_away=*/true));
    }
    if (after != nullptr) {
      const Status applied = pending_.Apply(*after, new_rows, /*take_away=*/false);
      if (!applied.ok()) {
        // Half a replacement must not stay: nothing else is pending then.
        if (before != nullptr) pending_.Reset(written_totals_);
        return applied;
      }
    }
    return {};
  }

  void Note(CommittedChange change) { changes_.push_back(std::move(change)); }

  Status EndOfChange() {
    if (pending_.bytes() < kGroupBytes && changes_.size() < kGroupChanges) return {};
    return Commit();
  }

  // One atomic batch of all that is pending. With `sync`, all written before is on disk afterwards.
  Status WriteOut(bool sync) {
    if (pending_.empty() && !sync) return {};
    WHOWHOM_TRY_STATUS(
        CheckFreeSpace(context_.store_path, context_.min_free_bytes + kSpaceFactor * pending_.bytes()));
    pending_.Put(MetaKey(kTotalsRow), Encode(pending_.totals()));
    rocksdb::WriteBatch batch;
    pending_.FillBatch(&batch);
    const CommitMark next{mark_.number + 1, NextChain(batch)};
    const std::string mark = Encode(next);
    batch.Put(ToSlice(FamilyPrefix(Family::kCommit)), ToSlice(mark));
    const Status written = context_.database->Write(&batch, sync);
    if (!written.ok()) return Fail(written.error());
    mark_ = next;
    written_totals_ = pending_.totals();
    pending_.MarkWritten();
    return {};
  }

  uint64_t NextChain(const rocksdb::WriteBatch& batch) const {
    return Hasher().Add(static_cast<int64_t>(mark_.chain)).Add(batch.Data()).Finish().high;
  }

  Status ShortenJournal() {
    WHOWHOM_TRY_STATUS(CheckFreeSpace(context_.store_path, context_.min_free_bytes));
    const Status flushed = context_.database->Flush();
    if (!flushed.ok()) return Fail(flushed.error());
    WHOWHOM_TRY_STATUS(Journal::Replace(JournalFile(context_.store_path), {mark_, {}}));
    WHOWHOM_TRY(journal_, Journal::Open(JournalFile(context_.store_path)));
    return {};
  }

  Result<uint64_t> FirstFreeJudgement() const {
    const ReadView view(context_.database);
    uint64_t last = 0;
    WHOWHOM_TRY_STATUS(
        view.ScanPrefix(FamilyPrefix(Family::kJudgement), [&](std::string_view key, std::string_view) {
          last = ReadJudgementKey(key).value_or(last);
          return true;
        }));
    return last + 1;
  }

  WriterContext context_;
  Journal journal_;
  CommitMark mark_;
  Totals written_totals_;
  PendingRows pending_;
  std::vector<CommittedChange> changes_;  // since the last entry of the journal
  uint64_t next_judgement_ = 0;           // 0 = not yet read
  Status failure_;
};

}  // namespace

Result<CommitMark> ReadCommitMark(const Database& database) {
  WHOWHOM_TRY(const std::optional<std::string> row, database.Get(FamilyPrefix(Family::kCommit), nullptr));
  if (!row) return CommitMark{};
  const std::optional<CommitMark> mark = DecodeCommitMark(*row);
  if (!mark) return Corruption("reading the store's commit row: it does not decode; restore a backup");
  return *mark;
}

Result<Totals> ReadTotals(const Database& database) {
  WHOWHOM_TRY(const std::optional<std::string> row, database.Get(MetaKey(kTotalsRow), nullptr));
  if (!row) return Totals{};
  const std::optional<Totals> totals = DecodeTotals(*row);
  if (!totals)
    return Corruption("reading the store's totals: the row does not decode; run `verify --repair`");
  return *totals;
}

Result<std::unique_ptr<Writer>> OpenWriter(WriterContext context) {
  WHOWHOM_TRY(const CommitMark mark, ReadCommitMark(*context.database));
  WHOWHOM_TRY(const Totals totals, ReadTotals(*context.database));
  WHOWHOM_TRY(Journal journal, Journal::Open(JournalFile(context.store_path)));
  return std::unique_ptr<Writer>(
      std::make_unique<StoreWriter>(std::move(context), std::move(journal), mark, totals));
}

}  // namespace whowhom::storage
