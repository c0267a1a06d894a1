#include "read/context.h"

#include <utility>

#include "read/cleaner.h"
#include "read/dates.h"
#include "read/strings.h"
#include "whowhom/core/utf8.h"
#include "whowhom/extract/language.h"

namespace whowhom::extract::read {
namespace {

// A hundred words tell nearly always; only where they do not look English more is looked at.
constexpr size_t kGlanceBytes = 640;

// Where a text that must end before `limit` is cut; without the blanks behind a paragraph.
size_t EndOfKept(std::string_view text, size_t limit) {
  const size_t end = BreakBefore(text, limit);
  return text[end] == '\n' ? Trim(text.substr(0, end)).size() : end;
}

}  // namespace

bool ReadContext::IsEnglish(std::string_view text) const {
  if (text.size() > kGlanceBytes) {
    const size_t end = text.rfind(' ', kGlanceBytes);
    if (end != std::string_view::npos && language_.LooksEnglish(text.substr(0, end))) return true;
  }
  return language_.LooksEnglish(text);
}

void ReadContext::Fail(const std::string& path, uint64_t offset, std::string reason, bool skipped) {
  sink_->OnFailure({path, offset, std::move(reason), skipped});
}

void ReadContext::EmitPage(RawArticle raw, uint64_t offset) {
  Finish(CleanArticle(lexicon, std::move(raw), explain), offset);
}

void ReadContext::EmitGiven(ReadArticle read, uint64_t offset) { Finish(std::move(read), offset); }

void ReadContext::Finish(ReadArticle read, uint64_t offset) {
  if (stopped_) return;
  Article& article = read.article;
  if (Trim(article.text).empty()) {
    Fail(article.path, offset, "holds no article text", true);
    return;
  }
  if (article.text.size() > options.max_article_bytes) {
    Fail(article.path, offset,
         "the article has " + std::to_string(article.text.size()) + " bytes, more than " +
             std::to_string(options.max_article_bytes));
    return;
  }
  if (article.text.size() > options.max_kept_bytes) {
    const size_t all = article.text.size();
    article.text.resize(EndOfKept(article.text, options.max_kept_bytes));
    Fail(article.path, offset,
         "the article has " + std::to_string(all) + " bytes; only the first " +
             std::to_string(article.text.size()) + " are read (at most " +
             std::to_string(options.max_kept_bytes) + ")");
  }
  if (options.date) {
    article.date = options.date;
    article.date_source = "option";
  }
  if (!options.outlet.empty()) article.outlet = options.outlet;
  if (!article.date) read.notes.emplace_back("no publication date was found");
  if (!options.force_language) {
    const bool declared_other = article.language.size() >= 2 && !StartsWithNoCase(article.language, "en");
    if (!IsEnglish(article.text)) {
      Fail(article.path, offset,
           "is not in English" + (declared_other ? " (" + article.language + ")" : std::string()), true);
      return;
    }
    if (declared_other) article.language = "en";
  }
  if (StartsWithNoCase(article.language, "en")) article.language = "en";
  if (!sink_->OnArticle(std::move(read))) stopped_ = true;
}

}  // namespace whowhom::extract::read
