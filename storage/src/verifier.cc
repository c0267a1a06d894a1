#include "verifier.h"

#include "article_scan.h"
#include "coding.h"
#include "judgement_codec.h"
#include "keys.h"
#include "layout.h"
#include "row_builder.h"
#include "table_builder.h"
#include "values.h"
#include "writer.h"

namespace whowhom::storage {
namespace {

constexpr uint64_t kMaxIssues = 1000;
constexpr size_t kRepairBatchBytes = size_t{4} << 20;

std::string NameOf(std::string_view key) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string name(FamilyName(static_cast<uint8_t>(key.front())));
  name.push_back(' ');
  for (char c : key.substr(1)) {
    name.push_back(kDigits[static_cast<uint8_t>(c) >> 4]);
    name.push_back(kDigits[static_cast<uint8_t>(c) & 15]);
  }
  return name;
}

class Verifier {
 public:
  Verifier(const std::shared_ptr<Database>& database, const VerifierOptions& options, bool repair)
      : database_(database),
        view_(database),
        options_(options),
        repair_(repair),
        builder_({options.temporary_folder, options.memory_bytes, options.min_free_bytes, nullptr}) {}

  Result<VerifyOutcome> Run() {
    CheckChecksums();
    WHOWHOM_TRY_STATUS(ReadArticles());
    if (!(repair_ && outcome_.are_tables_damaged)) {
      WHOWHOM_TRY_STATUS(CompareRows());
      if (!outcome_.are_tables_damaged) WHOWHOM_TRY_STATUS(CompareTotals());
    }
    CheckJudgements();
    WHOWHOM_TRY_STATUS(FinishRepair());
    return std::move(outcome_);
  }

 private:
  void Report(const std::string& what, const std::string& found, bool repaired = false) {
    VerifyReport& report = outcome_.report;
    ++report.issue_count;
    if (report.issues.size() < kMaxIssues) report.issues.push_back({what, found, repaired});
  }

  void CheckChecksums() {
    const rocksdb::Status status = database_->db()->VerifyChecksum();
    if (status.ok()) return;
    outcome_.are_tables_damaged = true;
    Report("table files", status.ToString());
  }

  Status ReadArticles() {
    ArticleScan scan;
    scan.damage = [&](const std::string& what, const std::string& why) {
      Report(what, repair_ ? why + "; dropped: add the article again" : why);
    };
    scan.article = [&](const Article& article) -> Status {
      CheckArticle(article);
      return builder_.Add(article);
    };
    return ScanArticles(view_, scan);
  }

  void CheckArticle(const Article& article) {
    VerifyReport& report = outcome_.report;
    report.checked_documents += article.document ? 1 : 0;
    report.checked_statements += article.statements.size();
    if (!article.document) {
      report.without_text += article.statements.size();
      return;
    }
    for (const Statement& statement : article.statements) {
      const std::string wrong = FindWrongText(statement, article.document->text);
      if (wrong.empty()) continue;
      Report("statement s:" + ToHex(statement.id.hash) + " of d:" + ToHex(article.id.hash),
             "the words of its " + wrong + " are not those at its span");
    }
  }

  // Rows as they should be against rows as they are, both in the order of keys.
  Status CompareRows() {
    RowCursor actual(view_, FamilyPrefix(Family::kDoc), FamilyPrefix(Family::kJudgement));
    const RowBuilder::Visitor compare = [&](std::string_view key,
                                            const std::optional<std::string_view>& value) -> Status {
      while (actual.valid() && actual.key() < key) {
        WHOWHOM_TRY_STATUS(Differ(actual.key(), "no article gives this row", std::nullopt));
        actual.Next();
      }
      if (static_cast<Family>(key.front()) == Family::kSpo) ++outcome_.report.checked_edges;
      if (!actual.valid() && !actual.status().ok()) return {};
      if (!actual.valid() || actual.key() != key) return Differ(key, "the row is missing", value);
      if (actual.value() != *value) {
        WHOWHOM_TRY_STATUS(Differ(key, "the row does not hold what its articles say", value));
      }
      actual.Next();
      return {};
    };
    WHOWHOM_TRY_STATUS(builder_.Build(compare));
    for (; actual.valid(); actual.Next()) {
      WHOWHOM_TRY_STATUS(Differ(actual.key(), "no article gives this row", std::nullopt));
    }
    const Status status = actual.status();
    if (!status.ok()) {
      outcome_.are_tables_damaged = true;
      Report("table files", status.error().message);
    }
    return {};
  }

  Status Differ(std::string_view key, const std::string& found,
                const std::optional<std::string_view>& right) {
    Report(NameOf(key), found, repair_);
    if (!repair_) return {};
    if (right) {
      repairs_.Put(ToSlice(key), ToSlice(*right));
    } else {
      repairs_.Delete(ToSlice(key));
    }
    return repairs_.GetDataSize() > kRepairBatchBytes ? WriteRepairs(false) : Status();
  }

  Status CompareTotals() {
    const Result<Totals> stored = ReadTotals(*database_);
    if (stored.ok() && *stored == builder_.totals()) return {};
    return Differ(MetaKey(kTotalsRow),
                  stored.ok() ? "the totals are not those of the rows" : stored.error().message,
                  Encode(builder_.totals()));
  }

  void CheckJudgements() {
    const Status status =
        view_.ScanPrefix(FamilyPrefix(Family::kJudgement), [&](std::string_view key, std::string_view value) {
          const std::optional<uint64_t> sequence = ReadJudgementKey(key);
          if (!sequence || !DecodeJudgement(*sequence, value))
            Report(NameOf(key), "the judgement does not decode");
          return true;
        });
    if (!status.ok()) Report("judgement", status.error().message);
  }

  Status WriteRepairs(bool sync) {
    WHOWHOM_TRY_STATUS(
        CheckFreeSpace(options_.temporary_folder, options_.min_free_bytes + 2 * kRepairBatchBytes));
    WHOWHOM_TRY_STATUS(database_->Write(&repairs_, sync));
    repairs_.Clear();
    is_changed_ = true;
    return {};
  }

  Status FinishRepair() {
    if (!repair_ || outcome_.are_tables_damaged) return {};
    if (repairs_.Count() == 0 && !is_changed_) return {};
    WHOWHOM_TRY(const CommitMark mark, ReadCommitMark(*database_));
    const uint64_t chain = Hasher().Add(static_cast<int64_t>(mark.chain)).Add("repair").Finish().high;
    repairs_.Put(ToSlice(FamilyPrefix(Family::kCommit)), ToSlice(Encode(CommitMark{mark.number + 1, chain})));
    return WriteRepairs(true);
  }

  std::shared_ptr<Database> database_;
  ReadView view_;
  const VerifierOptions& options_;
  bool repair_;
  RowBuilder builder_;
  VerifyOutcome outcome_;
  rocksdb::WriteBatch repairs_;
  bool is_changed_ = false;
};

}  // namespace

Result<VerifyOutcome> VerifyRows(const std::shared_ptr<Database>& database, const VerifierOptions& options,
                                 bool repair) {
  return Verifier(database, options, repair).Run();
}

Result<CommitMark> RebuildTables(const std::shared_ptr<Database>& database, const VerifierOptions& options,
                                 const std::string& folder) {
  const ReadView view(database);
  RowBuilder builder({options.temporary_folder, options.memory_bytes, options.min_free_bytes, nullptr});
  ArticleScan scan;
  scan.damage = [](const std::string&, const std::string&) {};  // reported by VerifyRows
  scan.article = [&](const Article& article) { return builder.Add(article); };
  WHOWHOM_TRY_STATUS(ScanArticles(view, scan));
  TableBuilder tables(options.temporary_folder, options.min_free_bytes);
  WHOWHOM_TRY_STATUS(builder.Build([&](std::string_view key, const std::optional<std::string_view>& value) {
    return tables.Add(key, value);
  }));
  Status added;
  // What can be read of the judgements; an error of the scan itself was reported by VerifyRows.
  const Status scanned =
      view.ScanPrefix(FamilyPrefix(Family::kJudgement), [&](std::string_view key, std::string_view value) {
        added = tables.Add(key, value);
        return added.ok();
      });
  WHOWHOM_TRY_STATUS(added);
  const Result<CommitMark> mark = ReadCommitMark(*database);
  WHOWHOM_TRY(const TableBuilder::Finished finished,
              tables.Finish(builder.totals(), mark.ok() ? *mark : CommitMark{}));
  WHOWHOM_TRY_STATUS(MakeTables(folder, finished.files));
  return finished.mark;
}

}  // namespace whowhom::storage
