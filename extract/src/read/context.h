// One call of the reader: options, where results go, and how they are finished.
#pragma once

#include <cstdint>
#include <string>

#include "read/lexicon.h"
#include "read/raw_article.h"
#include "whowhom/extract/language.h"
#include "whowhom/extract/reader.h"

namespace whowhom::extract::read {

// Thread-compatible; lives for one ReadPath or ReadBytes.
class ReadContext {
 public:
  ReadContext(const Lexicon& words, const LanguageDetector& languages, const ReadOptions& read_options,
              bool with_dropped, ArticleSink* receiver)
      : lexicon(words), options(read_options), explain(with_dropped), language_(languages), sink_(receiver) {}

  // Cleans the page and gives it to the sink; an empty one, or one in another language, becomes a skipped
  // failure.
  void EmitPage(RawArticle raw, uint64_t offset);
  // An article whose text is kept as given.
  void EmitGiven(ReadArticle read, uint64_t offset);
  void Fail(const std::string& path, uint64_t offset, std::string reason, bool skipped = false);
  // The sink wants no more.
  bool stopped() const { return stopped_; }

  const Lexicon& lexicon;
  const ReadOptions& options;
  const bool explain;

 private:
  void Finish(ReadArticle read, uint64_t offset);

  bool IsEnglish(std::string_view text) const;

  const LanguageDetector& language_;
  ArticleSink* sink_;
  bool stopped_ = false;
};

}  // namespace whowhom::extract::read
