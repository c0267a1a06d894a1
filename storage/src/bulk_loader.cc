#include <unistd.h>

#include <filesystem>

#include "article_merge.h"
#include "article_reader.h"
#include "coding.h"
#include "journal.h"
#include "keys.h"
#include "layout.h"
#include "loss_report.h"
#include "row_builder.h"
#include "table_builder.h"
#include "values.h"
#include "whowhom/storage/store.h"
#include "writer.h"
#include "writer_lock.h"

namespace whowhom::storage {
namespace {

constexpr uint64_t kFilterShare = 16;
constexpr uint64_t kMinFreeBytes = uint64_t{64} << 20;

// Which documents were perhaps seen: never wrong about one that was. Document ids are hashes already.
class SeenDocuments {
 public:
  explicit SeenDocuments(uint64_t bytes) : words_(std::max<uint64_t>(bytes / 8, 1024)) {}
  // True if it was perhaps there before.
  bool Insert(const DocId& id) {
    bool was_there = true;
    for (uint64_t i = 0; i < 4; ++i) {
      const uint64_t bit = (id.hash.high + i * (id.hash.low | 1)) % (words_.size() * 64);
      const uint64_t mask = uint64_t{1} << (bit % 64);
      was_there = was_there && (words_[bit / 64] & mask) != 0;
      words_[bit / 64] |= mask;
    }
    return was_there;
  }

 private:
  std::vector<uint64_t> words_;
};

// Where sorted runs lie: other loads may use the same place for temporary files.
std::string RunsFolder(const std::string& store, const BulkOptions& options) {
  if (options.temp_dir.empty()) return TemporaryFolder(store);
  return options.temp_dir + "/whowhom-load-" + std::to_string(getpid());
}

std::string EncodeArticle(const Article& article) {
  const ArticleRecords records = EncodeRecords(article);
  std::string bytes;
  PutString(records.document, &bytes);
  PutString(article.document ? article.document->text : "", &bytes);
  PutString(records.statements, &bytes);
  return bytes;
}

std::optional<Article> DecodeArticle(const DocId& id, std::string_view bytes) {
  ByteReader reader(bytes);
  Article article;
  article.id = id;
  const std::string_view document = reader.String();
  const std::string_view text = reader.String();
  const std::string_view statements = reader.String();
  if (!reader.done()) return std::nullopt;
  if (!document.empty()) {
    article.document = DecodeDocument(id, document);
    if (!article.document) return std::nullopt;
    article.document->text = text;
  }
  std::optional<StoredStatements> stored =
      DecodeStatements(id, article.document ? &*article.document : nullptr, statements);
  if (!stored) return std::nullopt;
  article.statements = std::move(stored->statements);
  article.is_bare = std::move(stored->is_bare);
  return article;
}

class StoreBulkLoader : public BulkLoader {
 public:
  StoreBulkLoader(std::string path, const BulkOptions& options, WriterLock lock,
                  std::shared_ptr<Database> database)
      : path_(std::move(path)),
        options_(options),
        lock_(std::move(lock)),
        database_(std::move(database)),
        seen_(options.memory_bytes / kFilterShare),
        deferred_(RunsFolder(path_, options_), "later", options.memory_bytes / kFilterShare, kMinFreeBytes),
        builder_(BuilderOptions()) {}

  ~StoreBulkLoader() override {
    std::error_code error;
    std::filesystem::remove_all(TemporaryFolder(path_), error);
    std::filesystem::remove_all(NewTablesFolder(path_), error);
    std::filesystem::remove_all(RunsFolder(path_, options_), error);
  }

  Status Add(const Document& document, const std::vector<Statement>& statements) override {
    WHOWHOM_TRY(const Article article, MakeArticle(document, statements));
    WHOWHOM_TRY(const bool is_new, IsNew(article.id));
    return is_new ? builder_.Add(article) : Defer(article);
  }

  Status AddBare(const Statement& statement) override {
    WHOWHOM_TRY(const Article article, MakeBareArticle(statement));
    return Defer(article);
  }

  Status Finish() override {
    WHOWHOM_TRY_STATUS(LoadTables());
    return AddDeferred();
  }

 private:
  RowBuilderOptions BuilderOptions() {
    RowBuilderOptions options;
    options.folder = RunsFolder(path_, options_);
    options.memory_bytes = options_.memory_bytes - 2 * (options_.memory_bytes / kFilterShare);
    options.min_free_bytes = kMinFreeBytes;
    if (database_) {
      options.find_existing = [this](std::string_view key) { return database_->Get(key, nullptr); };
    }
    return options;
  }

  // Neither in the store nor perhaps among what was loaded. The others take the way of the writer.
  Result<bool> IsNew(const DocId& id) {
    if (seen_.Insert(id)) return false;
    if (!database_) return true;
    WHOWHOM_TRY(const std::optional<std::string> document, database_->Get(DocKey(Family::kDoc, id), nullptr));
    if (document) return false;
    WHOWHOM_TRY(const std::optional<std::string> evidence,
                database_->Get(DocKey(Family::kDocEvidence, id), nullptr));
    return !evidence;
  }

  Status Defer(const Article& article) {
    std::string key = DocKey(Family::kDoc, article.id);
    PutFixed64(deferred_count_++, &key);
    return deferred_.Add(key, EncodeArticle(article));
  }

  Status LoadTables() {
    CommitMark before;
    Totals totals;
    if (database_) {
      WHOWHOM_TRY(before, ReadCommitMark(*database_));
      WHOWHOM_TRY(totals, ReadTotals(*database_));
    }
    TableBuilder tables(TemporaryFolder(path_), kMinFreeBytes);
    WHOWHOM_TRY_STATUS(
        builder_.Build([&](std::string_view key, const std::optional<std::string_view>& value) {
          return tables.Add(key, value);
        }));
    WHOWHOM_TRY(const TableBuilder::Finished finished, tables.Finish(Sum(totals, builder_.totals()), before));
    if (database_) {
      WHOWHOM_TRY_STATUS(IngestTables(database_.get(), finished.files));
    } else {
      WHOWHOM_TRY_STATUS(MakeTables(NewTablesFolder(path_), finished.files));
      WHOWHOM_TRY_STATUS(SwapFolders(NewTablesFolder(path_), TablesFolder(path_)));
    }
    std::error_code error;
    if (!std::filesystem::exists(JournalFile(path_), error)) {
      return Journal::Replace(JournalFile(path_), {finished.mark, {}});
    }
    WHOWHOM_TRY(Journal journal, Journal::Open(JournalFile(path_)));
    return journal.Append({finished.mark, {{CommitAction::kBulk, {}, {}}}});
  }

  static Totals Sum(const Totals& a, const Totals& b) {
    return {a.documents + b.documents, a.statements + b.statements, a.nodes + b.nodes,    a.actors + b.actors,
            a.relations + b.relations, a.edges + b.edges,           a.aliases + b.aliases};
  }

  Status AddDeferred() {
    if (deferred_count_ == 0) return {};
    if (!database_) {
      WHOWHOM_TRY(database_, Database::Open(TablesFolder(path_), OpenMode::kReadWrite));
    }
    WriterContext context{database_, path_, kMinFreeBytes, std::make_shared<bool>(false),
                          VersionRule::kGreatestWins};
    WHOWHOM_TRY(const std::unique_ptr<Writer> writer, OpenWriter(std::move(context)));
    WHOWHOM_TRY_STATUS(deferred_.Merge([&](std::string_view key, std::string_view value) -> Status {
      const std::optional<DocId> id = ReadDocKey(key.substr(0, key.size() - sizeof(uint64_t)));
      const std::optional<Article> article = id ? DecodeArticle(*id, value) : std::nullopt;
      if (!article) return IoError("reading back a repeated article: the temporary file was changed");
      if (article->document) {
        WHOWHOM_TRY([[maybe_unused]] const auto outcome,
                    writer->Add(*article->document, article->statements));
      } else {
        WHOWHOM_TRY([[maybe_unused]] const auto outcome, writer->AddBare(article->statements.front()));
      }
      return {};
    }));
    return writer->Commit();
  }

  std::string path_;
  BulkOptions options_;
  WriterLock lock_;
  std::shared_ptr<Database>
      database_;  // null: the store is new or empty, its tables are built beside and swapped in
  SeenDocuments seen_;
  ExternalSorter deferred_;
  uint64_t deferred_count_ = 0;
  RowBuilder builder_;
};

Status MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return IoError("making the folder " + path + ": " + error.message());
  return {};
}

// Removes what an interrupted load left behind and makes the folders for this one. REQUIRES: the lock is
// held.
Status PrepareFolders(const std::string& path, const BulkOptions& options) {
  std::error_code error;
  std::filesystem::remove_all(TemporaryFolder(path), error);
  std::filesystem::remove_all(NewTablesFolder(path), error);
  WHOWHOM_TRY_STATUS(MakeFolder(TemporaryFolder(path)));
  return MakeFolder(RunsFolder(path, options));
}

// The store's tables if there is anything in them.
Result<std::shared_ptr<Database>> OpenFilled(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(TablesFolder(path) + "/CURRENT", error)) return std::shared_ptr<Database>();
  {
    WHOWHOM_TRY(const std::unique_ptr<Store> store, Store::Open(path, {.mode = OpenMode::kReadOnly}));
    WHOWHOM_TRY(const StoreStats stats, store->TakeSnapshot()->Stats());
    const bool is_empty = stats.documents == 0 && stats.statements == 0 && stats.judgements == 0;
    if (is_empty && store->TakeSnapshot()->watermark() == 0) return std::shared_ptr<Database>();
  }
  return Database::Open(TablesFolder(path), OpenMode::kReadWrite);
}

}  // namespace

Result<std::unique_ptr<BulkLoader>> BulkLoader::Create(const std::string& store_path,
                                                       const BulkOptions& options) {
  WHOWHOM_TRY_STATUS(MakeFolder(store_path));
  WHOWHOM_TRY(WriterLock lock, WriterLock::Take(LockFile(store_path)));
  WHOWHOM_TRY_STATUS(PrepareFolders(store_path, options));
  WHOWHOM_TRY_STATUS(CheckFreeSpace(store_path, kMinFreeBytes));
  WHOWHOM_TRY(std::shared_ptr<Database> database, OpenFilled(store_path));
  if (database) {
    WHOWHOM_TRY(const JournalContent journal, ReadJournal(JournalFile(store_path)));
    WHOWHOM_TRY(const std::vector<std::string> warnings,
                ReportLoss(store_path, journal, database.get(), /*may_write=*/true));
  }
  return std::unique_ptr<BulkLoader>(
      std::make_unique<StoreBulkLoader>(store_path, options, std::move(lock), std::move(database)));
}

}  // namespace whowhom::storage
