// Stores of released versions must stay readable: tests/compat/v<N> holds one of each, made by
//   WHOWHOM_WRITE_COMPAT=<empty folder> storage_test --gtest_filter=Compat.WritesAStoreOfThisVersion
// and the records that went into it (tests/compat/README.md).
#include <cstdlib>
#include <fstream>
#include <set>

#include "layout.h"
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

TEST_F(Compat, AStoreOfVersion1OpensAndHoldsItsRecords) {
  const std::string source = std::string(WHOWHOM_SOURCE_DIR) + "/tests/compat/v1";
  std::filesystem::copy(source + "/store", PathOf("v1"), std::filesystem::copy_options::recursive);
  std::multiset<std::string> expected;
  std::ifstream file(source + "/records.jsonl");
  for (std::string line; std::getline(file, line);) expected.insert(line);
  ASSERT_FALSE(expected.empty());
  {
    const auto reader = OpenAt(PathOf("v1"), OpenMode::kReadOnly);
    ASSERT_NE(reader, nullptr);
    EXPECT_EQ(RecordsOf(*reader), expected);
  }
  const auto store = OpenAt(PathOf("v1"), OpenMode::kReadWrite);
  ASSERT_NE(store, nullptr);
  EXPECT_TRUE(store->warnings().empty());
  const auto report = store->Verify(false);
  ASSERT_OK(report);
  EXPECT_EQ(report->issue_count, 0U) << report->issues.front().what << ": " << report->issues.front().found;
  EXPECT_EQ(store->TakeSnapshot()->Judgements()->size(), 1U);
}

}  // namespace
}  // namespace whowhom::storage
