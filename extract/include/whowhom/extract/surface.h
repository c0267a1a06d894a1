// Surface triples: statements as the text words them, for benchmarks and `extract --sentences`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/extract/analysis.h"

namespace whowhom::extract {

// Words of the sentence joined by one blank. A preposition that the predicate does not hold stands in the
// argument.
struct SurfaceTriple {
  std::string subject;
  std::string predicate;
  std::optional<std::string> object;
  double confidence = 1.0;
  std::vector<std::string> further;
  std::vector<std::string_view> rules;  // names of the rules that fired; live as long as the extractor
};

// A line `id<TAB>tokens joined by blanks`: one sentence whose tokens are kept as given; a line that is
// plainly not tokenised (words that end in a comma) gets its marks split off.
struct SentenceLine {
  Article article;  // given_id and path are the id; text is the tokens joined by blanks
  Sentence sentence;
};
// kInvalidInput without a tab or without tokens; kResourceLimit above 2,000 tokens.
Result<SentenceLine> ParseSentenceLine(std::string_view line);

// `id<TAB>subject<TAB>predicate<TAB>object<TAB>confidence[<TAB>further]...`; \N for no object.
std::string ToTsv(std::string_view id, const SurfaceTriple& triple);

}  // namespace whowhom::extract
