// Shared by the fuzz targets of the reader: reads the bytes as a file of one name and checks what comes out.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "whowhom/core/utf8.h"
#include "whowhom/extract/minhash.h"
#include "whowhom/extract/reader.h"

namespace whowhom::extract {

// Aborts if an article breaks a promise: valid UTF-8, no control characters, a text.
class CheckingSink : public ArticleSink {
 public:
  bool OnArticle(ReadArticle read) override {
    const Article& article = read.article;
    if (!IsValidUtf8(article.text) || !IsValidUtf8(article.title) || article.text.empty()) std::abort();
    if (article.text.find('\0') != std::string::npos) std::abort();
    const std::string signature = MinHashSignature(article.text);
    if (!signature.empty() && !ParseSignature(signature)) std::abort();
    return ++articles_ < 1000;
  }
  void OnFailure(const ReadFailure& failure) override {
    if (failure.reason.empty()) std::abort();
  }

 private:
  size_t articles_ = 0;
};

inline int FuzzReader(const uint8_t* data, size_t size, const std::string& name) {
  static const std::unique_ptr<Reader> reader = [] {
    Result<std::unique_ptr<Reader>> loaded = Reader::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data");
    if (!loaded.ok()) std::abort();
    return std::move(loaded).value();
  }();
  ReadOptions options;
  options.force_language = true;
  CheckingSink sink;
  reader->ReadBytes(std::string_view(reinterpret_cast<const char*>(data), size), name, options, true, &sink);
  return 0;
}

}  // namespace whowhom::extract
