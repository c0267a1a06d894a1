// Reads articles, extracts them on several threads and hands the records on in input order, in bounded
// memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "context.h"
#include "whowhom/extract/pipeline.h"
#include "whowhom/extract/reader.h"

namespace whowhom::cli {

// Of a longer text only so much is analysed (extract/reader.h): 40,000 words, five seconds of one core.
inline constexpr size_t kMaxAnalysedBytes = size_t{256} << 10;

struct RunSummary {
  uint64_t articles = 0;   // read
  uint64_t unchanged = 0;  // skipped: already there
  uint64_t statements = 0;
  uint64_t words = 0;
  uint64_t failed = 0;
  uint64_t skipped = 0;  // on purpose: language, empty
  bool interrupted = false;
  double seconds = 0;
};

// What a run does with its articles. Called on the consuming thread, in input order.
struct RunHandlers {
  // Whether this article need not be extracted (already stored). Called on the reading thread; may be empty.
  std::function<bool(const extract::Article&)> is_known;
  // An error ends the run.
  std::function<Status(extract::ArticleRecords)> on_records;
};

// Paths "-" = standard input: a list of files, or article JSON Lines with --input jsonl.
// Failures are printed (unless --quiet), counted, and written to --errors.
Result<RunSummary> RunArticles(const Context& context, const extract::Pipeline& pipeline,
                               const extract::Reader& reader, const RunHandlers& handlers);

// "3 articles, 41 statements, ..." for the end of a run.
std::string Describe(const RunSummary& summary);

}  // namespace whowhom::cli
