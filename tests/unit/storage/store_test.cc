#include "whowhom/storage/store.h"

#include <algorithm>
#include <random>
#include <set>

#include "store_fixture.h"
#include "whowhom/core/record_json.h"

namespace whowhom::storage {
namespace {

class StoreTest : public StoreFixture {
 protected:
  StoreTest() {
    Reopen();
    SampleMaker maker(7);
    for (int i = 0; i < 25; ++i) articles_.push_back(maker.Make());
  }
  std::vector<SampleArticle> articles_;
};

TEST_F(StoreTest, GivesBackDocumentsAndStatementsAsTheyWereAdded) {
  AddAll(store_.get(), articles_);
  Reopen(OpenMode::kReadOnly);
  const auto snapshot = store_->TakeSnapshot();
  for (const SampleArticle& article : articles_) {
    const auto document = snapshot->FindDocument(article.document.id, true);
    ASSERT_OK(document);
    ASSERT_TRUE(document->has_value());
    EXPECT_EQ(ToJson(article.document), ToJson(**document));
    const auto statements = snapshot->StatementsOf(article.document.id);
    ASSERT_OK(statements);
    std::multiset<std::string> expected, found;
    for (const Statement& statement : article.statements) expected.insert(ToJson(statement));
    for (const Statement& statement : *statements) found.insert(ToJson(statement));
    EXPECT_EQ(expected, found);
  }
}

TEST_F(StoreTest, AScanOfArticlesGivesWhatEachLookUpGives) {
  AddAll(store_.get(), articles_);
  SampleMaker maker(8);
  const SampleArticle unknown = maker.Make();
  auto writer = store_->NewWriter();
  ASSERT_OK(writer);
  ASSERT_OK((*writer)->AddBare(unknown.statements.front()));
  ASSERT_OK((*writer)->Commit());
  const auto snapshot = store_->TakeSnapshot();
  std::vector<DocId> ids;
  ASSERT_OK(snapshot->ScanArticles(
      [&](DocId id, const Document* document, const std::vector<Statement>& statements) {
        ids.push_back(id);
        const auto alone = snapshot->FindDocument(id, true);
        EXPECT_EQ(document != nullptr, (*alone).has_value());
        if (document != nullptr) {
          EXPECT_EQ(ToJson(*document), ToJson(**alone));
        }
        const auto expected = snapshot->StatementsOf(id);
        EXPECT_EQ(statements.size(), expected->size());
        for (size_t i = 0; i < statements.size() && i < expected->size(); ++i)
          EXPECT_EQ(ToJson(statements[i]), ToJson((*expected)[i]));
        return true;
      }));
  size_t with_statements = 1;
  for (const SampleArticle& article : articles_) with_statements += article.statements.empty() ? 0 : 1;
  EXPECT_EQ(ids.size(), with_statements);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
}

TEST_F(StoreTest, AddingAgainChangesNothing) {
  AddAll(store_.get(), articles_);
  const DumpMap before = DumpOf(*store_);
  const uint64_t watermark = store_->TakeSnapshot()->watermark();
  auto writer = store_->NewWriter();
  ASSERT_OK(writer);
  for (const SampleArticle& article : articles_) {
    const auto outcome = (*writer)->Add(article.document, article.statements);
    ASSERT_OK(outcome);
    EXPECT_EQ(*outcome, Writer::Outcome::kAlreadyThere);
  }
  ASSERT_OK((*writer)->Commit());
  EXPECT_EQ(before, DumpOf(*store_));
  EXPECT_EQ(watermark, store_->TakeSnapshot()->watermark());
}

TEST_F(StoreTest, HoldsTheSameRowsWhateverTheOrderOfAdding) {
  AddAll(store_.get(), articles_);
  const DumpMap rows = DumpOf(*store_);
  std::mt19937_64 random(3);
  for (int round = 0; round < 3; ++round) {
    std::shuffle(articles_.begin(), articles_.end(), random);
    const DumpMap other = DumpOfFresh(articles_);
    EXPECT_TRUE(rows == other) << Difference(rows, other);
  }
}

TEST_F(StoreTest, RetractingLeavesTheStoreThatNeverSawTheArticle) {
  AddAll(store_.get(), articles_);
  while (!articles_.empty()) {
    auto writer = store_->NewWriter();
    ASSERT_OK(writer);
    for (int i = 0; i < 5 && !articles_.empty(); ++i) {
      ASSERT_OK((*writer)->Retract(articles_.back().document.id));
      articles_.pop_back();
    }
    ASSERT_OK((*writer)->Commit());
    const DumpMap expected = DumpOfFresh(articles_);
    const DumpMap found = DumpOf(*store_);
    ASSERT_TRUE(expected == found) << Difference(expected, found);
  }
}

TEST_F(StoreTest, RetractingAnUnknownArticleIsNotFound) {
  auto writer = store_->NewWriter();
  ASSERT_OK(writer);
  const Status status = (*writer)->Retract({{1, 2}});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kNotFound);
}

TEST_F(StoreTest, AnotherExtractorReplacesTheArticle) {
  SampleMaker same_text(11, {.extractor = "sample 1"});
  SampleMaker newer_text(11, {.extractor = "sample 2"});
  const SampleArticle old_version = same_text.Make();
  SampleArticle new_version = newer_text.Make();
  ASSERT_EQ(old_version.document.id, new_version.document.id);
  new_version.statements.pop_back();
  AddAll(store_.get(), articles_);
  AddAll(store_.get(), {old_version});
  auto writer = store_->NewWriter();
  ASSERT_OK(writer);
  const auto outcome = (*writer)->Add(new_version.document, new_version.statements);
  ASSERT_OK(outcome);
  EXPECT_EQ(*outcome, Writer::Outcome::kReplaced);
  ASSERT_OK((*writer)->Commit());
  articles_.push_back(new_version);
  const DumpMap expected = DumpOfFresh(articles_);
  const DumpMap found = DumpOf(*store_);
  EXPECT_TRUE(expected == found) << Difference(expected, found);
}

TEST_F(StoreTest, ReadersSeeAnAdditionAfterItsCommit) {
  const auto before = store_->TakeSnapshot();
  AddAll(store_.get(), articles_);
  const auto after = store_->TakeSnapshot();
  EXPECT_EQ(before->Stats()->documents, 0U);
  EXPECT_EQ(after->Stats()->documents, articles_.size());
  EXPECT_NE(before->watermark(), after->watermark());
}

TEST_F(StoreTest, WhatWasNotCommittedIsNotThereAfterwards) {
  {
    auto writer = store_->NewWriter();
    ASSERT_OK(writer);
    ASSERT_OK((*writer)->Add(articles_[0].document, articles_[0].statements));
  }
  Reopen();
  EXPECT_TRUE(store_->warnings().empty());
  EXPECT_EQ(store_->TakeSnapshot()->Stats()->documents, 0U);
}

TEST_F(StoreTest, OnlyOneWriterAtATime) {
  auto first = store_->NewWriter();
  ASSERT_OK(first);
  const auto second = store_->NewWriter();
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
}

TEST_F(StoreTest, ASecondOpenerIsToldWhoHoldsTheLock) {
  const auto second = Store::Open(PathOf("graph"), {.mode = OpenMode::kReadWrite});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
  EXPECT_NE(second.error().message.find("process " + std::to_string(getpid())), std::string::npos);
}

TEST_F(StoreTest, ASnapshotOutlivesItsStoreAndKeepsItFromBeingOpenedForWriting) {
  AddAll(store_.get(), articles_);
  auto snapshot = store_->TakeSnapshot();
  store_.reset();
  EXPECT_EQ(snapshot->Stats()->documents, articles_.size());
  const auto again = Store::Open(PathOf("graph"), {.mode = OpenMode::kReadWrite});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::kLocked);
  snapshot.reset();
  Reopen();
  EXPECT_NE(store_, nullptr);
}

TEST_F(StoreTest, AMissingStoreIsNotFoundWithAdvice) {
  const auto store = Store::Open(PathOf("nowhere"), {.mode = OpenMode::kReadOnly});
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, ErrorCode::kNotFound);
  EXPECT_NE(store.error().message.find("add"), std::string::npos);
}

TEST_F(StoreTest, AReaderOpensBesideAWriter) {
  AddAll(store_.get(), articles_);
  const auto reader = OpenAt(PathOf("graph"), OpenMode::kReadOnly);
  ASSERT_NE(reader, nullptr);
  EXPECT_EQ(DumpOf(*reader), DumpOf(*store_));
}

}  // namespace
}  // namespace whowhom::storage
