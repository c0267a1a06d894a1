// What the tests of the reader share: a loaded reader and a sink that keeps everything.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/date.h"
#include "whowhom/extract/reader.h"

namespace whowhom::extract {

class KeepingSink : public ArticleSink {
 public:
  bool OnArticle(ReadArticle article) override {
    articles.push_back(std::move(article));
    return articles.size() < stop_after;
  }
  void OnFailure(const ReadFailure& failure) override { failures.push_back(failure); }

  std::vector<ReadArticle> articles;
  std::vector<ReadFailure> failures;
  size_t stop_after = SIZE_MAX;
};

inline const Reader& TestReader() {
  static const std::unique_ptr<Reader> reader = [] {
    Result<std::unique_ptr<Reader>> loaded = Reader::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data");
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().message);
    return loaded.ok() ? std::move(loaded).value() : nullptr;
  }();
  return *reader;
}

inline KeepingSink ReadAll(std::string_view bytes, const std::string& name = "page",
                           const ReadOptions& options = {}) {
  KeepingSink sink;
  TestReader().ReadBytes(bytes, name, options, true, &sink);
  return sink;
}

// The single article in `bytes`; an empty one, with a failed expectation, if there is none.
inline ReadArticle ReadOne(std::string_view bytes, const std::string& name = "page",
                           const ReadOptions& options = {}) {
  KeepingSink sink = ReadAll(bytes, name, options);
  for (const ReadFailure& failure : sink.failures) ADD_FAILURE() << failure.path << ": " << failure.reason;
  EXPECT_EQ(sink.articles.size(), 1U);
  return sink.articles.empty() ? ReadArticle{} : std::move(sink.articles[0]);
}

// The reason for which `text` was dropped; empty if it was not.
inline std::string ReasonFor(const ReadArticle& read, std::string_view text) {
  for (const DroppedBlock& block : read.dropped) {
    if (block.text == text) return block.reason;
  }
  return {};
}

inline std::string DateOf(const ReadArticle& read) {
  return read.article.date ? FormatDay(*read.article.date) : "";
}

}  // namespace whowhom::extract
