// Verify, repair, compact, backup and restore.
#include <fstream>

#include "database.h"
#include "keys.h"
#include "layout.h"
#include "store_fixture.h"

namespace whowhom::storage {
namespace {

class MaintenanceTest : public StoreFixture {
 protected:
  MaintenanceTest() {
    SampleMaker maker(31);
    for (int i = 0; i < 30; ++i) articles_.push_back(maker.Make());
    Reopen();
    AddAll(store_.get(), articles_);
  }

  // Changes rows behind the store's back.
  void Tamper(const std::function<void(rocksdb::DB* db)>& change) {
    store_.reset();
    {
      auto database = Database::Open(TablesFolder(PathOf("graph")), OpenMode::kReadWrite);
      ASSERT_OK(database);
      change((*database)->db());
    }
    Reopen();
  }

  static std::string FirstKey(rocksdb::DB* db, Family family) {
    const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator({}));
    it->Seek(FamilyPrefix(family));
    EXPECT_TRUE(it->Valid());
    return it->key().ToString();
  }

  // Turns one byte in the middle of each file whose name ends so and that is not smaller.
  int FlipByteIn(const std::string& extension, uintmax_t min_bytes = 1) {
    int flipped = 0;
    for (const auto& entry : std::filesystem::directory_iterator(TablesFolder(PathOf("graph")))) {
      if (entry.path().extension() != extension || entry.file_size() < min_bytes) continue;
      std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
      const auto place = static_cast<std::streamoff>(entry.file_size() / 2);
      file.seekg(place);
      const int byte = file.get();
      file.seekp(place);
      file.put(static_cast<char>(byte ^ 0x55));
      ++flipped;
    }
    return flipped;
  }

  void ExpectRepaired(const std::vector<SampleArticle>& articles) {
    const auto again = store_->Verify(false);
    ASSERT_OK(again);
    EXPECT_EQ(again->issue_count, 0U) << again->issues.front().what << ": " << again->issues.front().found;
    const DumpMap expected = DumpOfFresh(articles);
    const DumpMap found = DumpOf(*store_);
    EXPECT_TRUE(expected == found) << Difference(expected, found);
  }

  std::vector<SampleArticle> articles_;
};

TEST_F(MaintenanceTest, VerifyFindsNothingWrongWithASoundStore) {
  const auto report = store_->Verify(false);
  ASSERT_OK(report);
  EXPECT_EQ(report->issue_count, 0U);
  EXPECT_EQ(report->checked_documents, articles_.size());
  const auto stats = store_->TakeSnapshot()->Stats();
  EXPECT_EQ(report->checked_statements, stats->statements);
  EXPECT_EQ(report->checked_edges, stats->edges);
  EXPECT_EQ(report->without_text, 0U);
}

TEST_F(MaintenanceTest, VerifyNamesARowThatIsMissingInEachFamilyAndRepairsIt) {
  for (Family family : {Family::kPublished, Family::kExtractor, Family::kNode, Family::kAlias,
                        Family::kAliasOf, Family::kTerm, Family::kRelation, Family::kLemma, Family::kClass,
                        Family::kSpo, Family::kPos, Family::kOsp, Family::kTop, Family::kEvidence,
                        Family::kStatement, Family::kTime, Family::kTimeline}) {
    Tamper([&](rocksdb::DB* db) { db->Delete({}, FirstKey(db, family)); });
    const auto report = store_->Verify(false);
    ASSERT_OK(report);
    ASSERT_EQ(report->issue_count, 1U) << FamilyName(static_cast<uint8_t>(family));
    EXPECT_TRUE(report->issues[0].what.starts_with(FamilyName(static_cast<uint8_t>(family))));
    EXPECT_FALSE(report->issues[0].repaired);
    const auto repair = store_->Verify(true);
    ASSERT_OK(repair);
    EXPECT_TRUE(repair->issues[0].repaired);
  }
  ExpectRepaired(articles_);
}

TEST_F(MaintenanceTest, VerifyFindsAForeignRowAndAWrongCount) {
  Tamper([](rocksdb::DB* db) {
    db->Put({}, TermKey("ghost", NodeId{77}), "\x01\x01\x01");
    db->Put({}, FirstKey(db, Family::kPos), "\x01\x63\x01\x00\x00");
    db->Put({}, MetaKey(kTotalsRow), "damaged");
  });
  const auto report = store_->Verify(false);
  ASSERT_OK(report);
  EXPECT_EQ(report->issue_count, 3U);
  ASSERT_OK(store_->Verify(true));
  ExpectRepaired(articles_);
}

TEST_F(MaintenanceTest, ADamagedArticleIsNamedAndDroppedByRepair) {
  const DocId lost = articles_.back().document.id;
  Tamper([&](rocksdb::DB* db) { db->Put({}, DocKey(Family::kText, lost), "\x01nonsense"); });
  const auto report = store_->Verify(false);
  ASSERT_OK(report);
  ASSERT_GE(report->issue_count, 1U);
  EXPECT_NE(report->issues[0].what.find(ToHex(lost.hash)), std::string::npos);
  ASSERT_OK(store_->Verify(true));
  articles_.pop_back();
  ExpectRepaired(articles_);
}

TEST_F(MaintenanceTest, EvidenceThatIsNotInTheTextIsFound) {
  SampleArticle wrong = SampleMaker(99).Make();
  wrong.statements.front().predicate.text = "never said";
  AddAll(store_.get(), {wrong});
  const auto report = store_->Verify(false);
  ASSERT_OK(report);
  ASSERT_EQ(report->issue_count, 1U);
  EXPECT_NE(report->issues[0].found.find("predicate"), std::string::npos);
}

TEST_F(MaintenanceTest, AFlippedByteInATableFileIsFoundAndRepairKeepsWhatCanBeRead) {
  ASSERT_OK(store_->Compact());
  store_.reset();
  // All but the files of one row each that describe the store: damage to those is refused at opening.
  ASSERT_GT(FlipByteIn(".sst", 2000), 3);
  Reopen();
  const auto report = store_->Verify(false);
  ASSERT_OK(report);
  EXPECT_GE(report->issue_count, 1U);
  ASSERT_OK(store_->Verify(true));
  const auto again = store_->Verify(false);
  ASSERT_OK(again);
  EXPECT_EQ(again->issue_count, 0U);
  AddAll(store_.get(), articles_);
  ExpectRepaired(articles_);
}

TEST_F(MaintenanceTest, BareStatementsAreReportedAsWithoutText) {
  auto writer = store_->NewWriter();
  ASSERT_OK(writer);
  const SampleArticle unknown = SampleMaker(77).Make();
  ASSERT_OK((*writer)->AddBare(unknown.statements.front()));
  ASSERT_OK((*writer)->Commit());
  const auto report = store_->Verify(false);
  ASSERT_OK(report);
  EXPECT_EQ(report->issue_count, 0U);
  EXPECT_EQ(report->without_text, 1U);
}

TEST_F(MaintenanceTest, CompactingKeepsEveryRow) {
  const DumpMap before = DumpOf(*store_);
  ASSERT_OK(store_->Compact());
  EXPECT_EQ(before, DumpOf(*store_));
}

TEST_F(MaintenanceTest, CompactingBesideASnapshotKeepsBoth) {
  const DumpMap before = DumpOf(*store_);
  const auto snapshot = store_->TakeSnapshot();
  ASSERT_OK(store_->Compact());
  EXPECT_EQ(before, DumpOf(*store_));
  EXPECT_EQ(snapshot->Stats()->documents, articles_.size());
}

TEST_F(MaintenanceTest, ACompactedStoreIsAsSmallAsOneThatWasLoadedAndGoesOn) {
  SampleMaker maker(32);
  std::vector<SampleArticle> more;
  for (int i = 0; i < 300; ++i) more.push_back(maker.Make());
  AddAll(store_.get(), more);
  const uint64_t watermark = store_->TakeSnapshot()->watermark();
  ASSERT_OK(store_->Compact());
  EXPECT_EQ(store_->TakeSnapshot()->watermark(), watermark);
  {
    auto loader = BulkLoader::Create(PathOf("loaded"), {});
    ASSERT_OK(loader);
    for (const auto* articles : {&articles_, &more}) {
      for (const SampleArticle& article : *articles)
        ASSERT_OK((*loader)->Add(article.document, article.statements));
    }
    ASSERT_OK((*loader)->Finish());
  }
  const auto table_bytes = [&](const std::string& name) {
    uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(TablesFolder(PathOf(name)))) {
      if (entry.path().extension() == ".sst") bytes += entry.file_size();
    }
    return bytes;
  };
  EXPECT_GT(table_bytes("loaded"), 0U);
  EXPECT_LE(table_bytes("graph"), table_bytes("loaded") + table_bytes("loaded") / 100);
  // What follows is written to the new tables.
  articles_.insert(articles_.end(), more.begin(), more.end());
  articles_.push_back(maker.Make());
  AddAll(store_.get(), {articles_.back()});
  Reopen();
  EXPECT_TRUE(store_->warnings().empty());
  EXPECT_EQ(Difference(DumpOfFresh(articles_), DumpOf(*store_)), "");
}

TEST_F(MaintenanceTest, ARestoredBackupIsTheStoreOfThatMoment) {
  ASSERT_OK(store_->Backup(PathOf("backup")));
  const DumpMap first = DumpOf(*store_);
  AddAll(store_.get(), {SampleMaker(55).Make()});
  const DumpMap second = DumpOf(*store_);
  ASSERT_OK(Store::Restore(PathOf("backup"), PathOf("one")));
  EXPECT_EQ(first, DumpOf(*OpenAt(PathOf("one"))));
  ASSERT_OK(store_->Backup(PathOf("backup")));
  ASSERT_OK(Store::Restore(PathOf("backup"), PathOf("two")));
  const auto restored = OpenAt(PathOf("two"));
  EXPECT_TRUE(restored->warnings().empty());
  EXPECT_EQ(second, DumpOf(*restored));
}

TEST_F(MaintenanceTest, RestoringOverAStoreIsRefused) {
  ASSERT_OK(store_->Backup(PathOf("backup")));
  const Status status = Store::Restore(PathOf("backup"), PathOf("graph"));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidInput);
}

TEST_F(MaintenanceTest, RestoringFromAnEmptyFolderIsNotFound) {
  const Status status = Store::Restore(PathOf("nothing"), PathOf("one"));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kNotFound);
}

TEST_F(MaintenanceTest, ADamagedBackupIsNotRestored) {
  ASSERT_OK(store_->Compact());
  ASSERT_OK(store_->Backup(PathOf("backup")));
  for (const auto& entry : std::filesystem::directory_iterator(PathOf("backup/shared_checksum"))) {
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file.put('\x7f');
    file.put('\x01');
  }
  const Status status = Store::Restore(PathOf("backup"), PathOf("one"));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kCorruption);
  EXPECT_FALSE(std::filesystem::exists(TablesFolder(PathOf("one"))));
}

}  // namespace
}  // namespace whowhom::storage
