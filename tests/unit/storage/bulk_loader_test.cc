#include <algorithm>
#include <random>

#include "store_fixture.h"

namespace whowhom::storage {
namespace {

class BulkLoaderTest : public StoreFixture {
 protected:
  BulkLoaderTest() {
    SampleMaker maker(21);
    for (int i = 0; i < 60; ++i) articles_.push_back(maker.Make());
  }

  void Load(const std::string& path, const std::vector<SampleArticle>& articles,
            uint64_t memory_bytes = 1 << 20) {
    BulkOptions options;
    options.memory_bytes = memory_bytes;
    auto loader = BulkLoader::Create(path, options);
    ASSERT_OK(loader);
    for (const SampleArticle& article : articles)
      ASSERT_OK((*loader)->Add(article.document, article.statements));
    ASSERT_OK((*loader)->Finish());
  }

  void ExpectSameAsFresh(const std::string& path, const std::vector<SampleArticle>& articles) {
    const auto store = OpenAt(path, OpenMode::kReadOnly);
    ASSERT_NE(store, nullptr);
    EXPECT_TRUE(store->warnings().empty()) << store->warnings().front();
    const DumpMap expected = DumpOfFresh(articles);
    const DumpMap found = DumpOf(*store);
    EXPECT_TRUE(expected == found) << Difference(expected, found);
  }

  std::vector<SampleArticle> articles_;
};

TEST_F(BulkLoaderTest, GivesTheSameRowsAsTheWriter) {
  Load(PathOf("bulk"), articles_);
  ExpectSameAsFresh(PathOf("bulk"), articles_);
}

TEST_F(BulkLoaderTest, GivesTheSameRowsInAnyOrderWithRepetitionsAndLittleMemory) {
  std::vector<SampleArticle> input = articles_;
  input.insert(input.end(), articles_.begin(), articles_.begin() + 20);
  std::mt19937_64 random(5);
  std::shuffle(input.begin(), input.end(), random);
  Load(PathOf("bulk"), input, 1);
  ExpectSameAsFresh(PathOf("bulk"), articles_);
}

TEST_F(BulkLoaderTest, LoadsIntoAStoreThatHasArticles) {
  const std::vector<SampleArticle> first(articles_.begin(), articles_.begin() + 25);
  const std::vector<SampleArticle> second(articles_.begin() + 15, articles_.end());
  {
    auto store = OpenAt(PathOf("bulk"));
    AddAll(store.get(), first);
  }
  Load(PathOf("bulk"), second);
  ExpectSameAsFresh(PathOf("bulk"), articles_);
}

TEST_F(BulkLoaderTest, LoadsIntoAnEmptyStore) {
  OpenAt(PathOf("bulk"));
  Load(PathOf("bulk"), articles_);
  ExpectSameAsFresh(PathOf("bulk"), articles_);
}

TEST_F(BulkLoaderTest, AStoreOnceFilledTakesAdditionsAndRetractions) {
  Load(PathOf("bulk"), articles_);
  {
    auto store = OpenAt(PathOf("bulk"));
    auto writer = store->NewWriter();
    ASSERT_OK(writer);
    for (int i = 0; i < 10; ++i) {
      ASSERT_OK((*writer)->Retract(articles_.back().document.id));
      articles_.pop_back();
    }
    ASSERT_OK((*writer)->Commit());
  }
  ExpectSameAsFresh(PathOf("bulk"), articles_);
}

TEST_F(BulkLoaderTest, WithoutFinishNothingHappens) {
  OpenAt(PathOf("bulk"));
  {
    auto loader = BulkLoader::Create(PathOf("bulk"), {});
    ASSERT_OK(loader);
    ASSERT_OK((*loader)->Add(articles_[0].document, articles_[0].statements));
  }
  ExpectSameAsFresh(PathOf("bulk"), {});
}

TEST_F(BulkLoaderTest, LoadingNothingMakesAnEmptyStore) {
  Load(PathOf("bulk"), {});
  ExpectSameAsFresh(PathOf("bulk"), {});
}

TEST_F(BulkLoaderTest, HoldsTheWritersLock) {
  const auto loader = BulkLoader::Create(PathOf("bulk"), {});
  ASSERT_OK(loader);
  const auto store = Store::Open(PathOf("bulk"), {.mode = OpenMode::kCreate});
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kLocked);
}

TEST_F(BulkLoaderTest, BareStatementsJoinTheirDocumentInAnyOrder) {
  std::vector<SampleArticle> articles(articles_.begin(), articles_.begin() + 3);
  const Statement bare = articles[1].statements.front();
  articles[1].statements.erase(articles[1].statements.begin());
  DumpMap expected;
  {
    auto store = OpenAt(PathOf("one"));
    auto writer = store->NewWriter();
    ASSERT_OK(writer);
    ASSERT_OK((*writer)->AddBare(bare));
    for (const SampleArticle& article : articles)
      ASSERT_OK((*writer)->Add(article.document, article.statements));
    ASSERT_OK((*writer)->AddBare(bare));
    ASSERT_OK((*writer)->Commit());
    expected = DumpOf(*store);
  }
  auto loader = BulkLoader::Create(PathOf("bulk"), {});
  ASSERT_OK(loader);
  ASSERT_OK((*loader)->AddBare(bare));
  for (const SampleArticle& article : articles)
    ASSERT_OK((*loader)->Add(article.document, article.statements));
  ASSERT_OK((*loader)->Finish());
  loader->reset();
  const DumpMap found = DumpOf(*OpenAt(PathOf("bulk"), OpenMode::kReadOnly));
  EXPECT_TRUE(expected == found) << Difference(expected, found);
}

}  // namespace
}  // namespace whowhom::storage
