// Stores of released versions must stay readable: tests/compat/v<N> holds one of each, made by
//   WHOWHOM_WRITE_COMPAT=<empty folder> storage_test --gtest_filter=Compat.WritesAStoreOfThisVersion
// and the records that went into it (tests/compat/README.md).
#include <cstdlib>
#include <fstream>
#include <set>

#include "database.h"
#include "keys.h"
#include "layout.h"
#include "migrations.h"
#include "store_fixture.h"
#include "whowhom/core/record_json.h"
#include "whowhom/core/tsv.h"

namespace whowhom::storage {
namespace {

class Compat : public StoreFixture {
 protected:
  static std::multiset<std::string> RecordsOf(const Store& store) {
    std::multiset<std::string> records;
    const auto snapshot = store.TakeSnapshot();
    std::vector<DocId> ids;
    EXPECT_OK(snapshot->ScanDocuments([&](const Document& document) {
      ids.push_back(document.id);
      return true;
    }));
    for (const DocId& id : ids) {
      records.insert(ToJson(**snapshot->FindDocument(id, true)));
      const auto statements = snapshot->StatementsOf(id);
      for (const Statement& statement : *statements) records.insert(ToJson(statement));
    }
    return records;
  }

  static std::string Source(const std::string& version) {
    return std::string(WHOWHOM_SOURCE_DIR) + "/tests/compat/" + version;
  }
  void CopyStore(const std::string& version) {
    std::filesystem::copy(Source(version) + "/store", PathOf(version),
                          std::filesystem::copy_options::recursive);
  }
  void ExpectHoldsItsRecords(const std::string& version, OpenMode mode) {
    std::multiset<std::string> expected;
    std::ifstream file(Source(version) + "/records.jsonl");
    for (std::string line; std::getline(file, line);) expected.insert(line);
    ASSERT_FALSE(expected.empty());
    const auto store = OpenAt(PathOf(version), mode);
    ASSERT_NE(store, nullptr);
    EXPECT_TRUE(store->warnings().empty());
    EXPECT_EQ(RecordsOf(*store), expected);
    const auto report = store->Verify(false);
    ASSERT_OK(report);
    EXPECT_EQ(report->issue_count, 0U) << report->issues.front().what << ": " << report->issues.front().found;
    EXPECT_EQ(store->TakeSnapshot()->Judgements()->size(), 1U);
  }
};

TEST_F(Compat, WritesAStoreOfThisVersion) {
  const char* folder = std::getenv("WHOWHOM_WRITE_COMPAT");
  if (folder == nullptr) GTEST_SKIP() << "only to make a new store for tests/compat";
  const std::string path = std::string(folder) + "/store";
  {
    auto store = OpenAt(path);
    SampleMaker maker(2024);
    std::vector<SampleArticle> articles;
    for (int i = 0; i < 8; ++i) articles.push_back(maker.Make());
    AddAll(store.get(), articles);
    ASSERT_OK(store->Compact());
    auto writer = store->NewWriter();
    ASSERT_OK((*writer)->Append({0, JudgementKind::kReject, {"s:1"}, "not said", "2024-01-01", 0}));
    ASSERT_OK((*writer)->Commit());
    std::ofstream records(std::string(folder) + "/records.jsonl");
    for (const std::string& record : RecordsOf(*store)) records << record << "\n";
  }
  std::filesystem::remove(path + "/tables/LOG");
  std::filesystem::remove(path + "/tables/LOCK");
  std::filesystem::remove(LockFile(path));
}

TEST_F(Compat, AStoreOfVersion1IsBroughtUpToDateByTheFirstWriter) {
  CopyStore("v1");
  const auto reader = Store::Open(PathOf("v1"), {.mode = OpenMode::kReadOnly});
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, ErrorCode::kUnsupported);
  EXPECT_NE(reader.error().message.find("compact"), std::string::npos);
  ExpectHoldsItsRecords("v1", OpenMode::kReadWrite);
  ExpectHoldsItsRecords("v1", OpenMode::kReadOnly);
}

TEST_F(Compat, AStoreOfVersion2OpensAndHoldsItsRecords) {
  CopyStore("v2");
  ExpectHoldsItsRecords("v2", OpenMode::kReadOnly);
  ExpectHoldsItsRecords("v2", OpenMode::kReadWrite);
}

TEST_F(Compat, AnOldStoreHasTheRowsOfAFreshOneAfterwards) {
  CopyStore("v1");
  const auto old = OpenAt(PathOf("v1"), OpenMode::kReadWrite);
  const auto fresh = OpenAt(PathOf("fresh"));
  const auto writer = fresh->NewWriter();
  const auto snapshot = old->TakeSnapshot();
  std::vector<DocId> ids;
  ASSERT_OK(snapshot->ScanDocuments([&](const Document& document) {
    ids.push_back(document.id);
    return true;
  }));
  for (const DocId& id : ids) {
    ASSERT_OK((*writer)->Add(**snapshot->FindDocument(id, true), *snapshot->StatementsOf(id)));
  }
  ASSERT_OK((*writer)->Commit());
  EXPECT_EQ(Difference(DumpOf(*fresh), DumpOf(*old)), "");
}

TEST_F(Compat, AnOldStoreIsLeftAloneWhenTheDiskIsTooFull) {
  CopyStore("v1");
  {
    const auto database = Database::Open(TablesFolder(PathOf("v1")), OpenMode::kReadWrite);
    ASSERT_OK(database);
    const Status full =
        Migrate({*database, PathOf("v1"), uint64_t{1} << 60}, AllMigrations(), kSchemaVersion);
    ASSERT_FALSE(full.ok());
    EXPECT_EQ(full.error().code, ErrorCode::kResourceLimit);
    EXPECT_EQ(*ReadSchemaVersion(**database, PathOf("v1"), kSchemaVersion), 1U);
  }
  ExpectHoldsItsRecords("v1", OpenMode::kReadWrite);
  EXPECT_FALSE(std::filesystem::exists(TemporaryFolder(PathOf("v1"))));
}

TEST_F(Compat, AnOldStoreWithADamagedArticleIsRefusedRatherThanShortened) {
  CopyStore("v1");
  {
    const auto database = Database::Open(TablesFolder(PathOf("v1")), OpenMode::kReadWrite);
    ASSERT_OK(database);
    const std::string prefix = FamilyPrefix(Family::kDocEvidence);
    const ReadView view(*database);
    RowCursor cursor(view, prefix, PrefixEnd(prefix));
    ASSERT_TRUE(cursor.valid());
    const std::string key(cursor.key());
    (*database)->db()->Put({}, key, "damaged");
  }
  const auto store = Store::Open(PathOf("v1"), {.mode = OpenMode::kReadWrite});
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kCorruption);
}

}  // namespace
}  // namespace whowhom::storage
