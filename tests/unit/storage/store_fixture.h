// A store in a folder of its own that is removed afterwards.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sample_articles.h"
#include "whowhom/storage/store.h"

namespace whowhom::storage {

template <typename T>
::testing::AssertionResult IsOk(const T& result) {
  if (result.ok()) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << ErrorOf(result).message;
}
#define ASSERT_OK(...) ASSERT_TRUE(IsOk(__VA_ARGS__))
#define EXPECT_OK(...) EXPECT_TRUE(IsOk(__VA_ARGS__))

using DumpMap = std::map<std::string, std::string>;

class StoreFixture : public ::testing::Test {
 protected:
  StoreFixture() {
    // In memory where the system has a place for that: these tests sync often.
    const bool has_memory = access("/dev/shm", W_OK) == 0;
    const std::filesystem::path base = has_memory ? "/dev/shm" : std::filesystem::temp_directory_path();
    std::string pattern = (base / "whowhom-store-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~StoreFixture() override {
    store_.reset();
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }

  std::string PathOf(const std::string& name) const { return folder_ + "/" + name; }

  static std::unique_ptr<Store> OpenAt(const std::string& path, OpenMode mode = OpenMode::kCreate) {
    OpenOptions options;
    options.mode = mode;
    auto store = Store::Open(path, options);
    EXPECT_OK(store);
    return store.ok() ? std::move(store).value() : nullptr;
  }

  void Reopen(OpenMode mode = OpenMode::kCreate) {
    store_.reset();
    store_ = OpenAt(PathOf("graph"), mode);
  }

  static DumpMap DumpOf(const Store& store) {
    DumpMap rows;
    EXPECT_OK(store.Dump([&](std::string_view family, std::string_view key, std::string_view value) {
      rows[std::string(family) + "/" + std::string(key)] = std::string(value);
    }));
    return rows;
  }

  static void AddAll(Store* store, const std::vector<SampleArticle>& articles) {
    auto writer = store->NewWriter();
    ASSERT_OK(writer);
    for (const SampleArticle& article : articles)
      ASSERT_OK((*writer)->Add(article.document, article.statements));
    ASSERT_OK((*writer)->Commit());
  }

  // The dump of a fresh store that saw exactly these articles.
  DumpMap DumpOfFresh(const std::vector<SampleArticle>& articles) {
    const std::string path = PathOf("fresh" + std::to_string(fresh_++));
    DumpMap rows;
    {
      auto store = OpenAt(path);
      AddAll(store.get(), articles);
      rows = DumpOf(*store);
    }
    std::filesystem::remove_all(path);
    return rows;
  }

  // Where two dumps differ, in words.
  static std::string Difference(const DumpMap& expected, const DumpMap& found) {
    std::map<std::string, int> missing, extra, changed;
    const auto family = [](const std::string& key) { return key.substr(0, key.find('/')); };
    for (const auto& [key, value] : expected) {
      const auto place = found.find(key);
      if (place == found.end()) {
        ++missing[family(key)];
      } else if (place->second != value) {
        ++changed[family(key)];
      }
    }
    for (const auto& [key, value] : found) {
      if (!expected.contains(key)) ++extra[family(key)];
    }
    std::string text;
    for (const auto& [name, count] : missing) text += " missing " + name + ":" + std::to_string(count);
    for (const auto& [name, count] : extra) text += " extra " + name + ":" + std::to_string(count);
    for (const auto& [name, count] : changed) text += " changed " + name + ":" + std::to_string(count);
    return text;
  }

  std::string folder_;
  std::unique_ptr<Store> store_;
  int fresh_ = 0;
};

}  // namespace whowhom::storage
