// Reader and writer of records, JSONL v1 (docs/formats/records.md). Iterative, depth- and size-capped.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"

namespace whowhom {

using Record = std::variant<Document, Statement>;

struct RecordLimits {
  size_t max_bytes = size_t{64} << 20;  // of one line
  int max_depth = 16;
};

// One JSON object without line end. Fields in a fixed order; same record, same bytes.
std::string ToJson(const Document& document);
std::string ToJson(const Statement& statement);

// Reads one line. Missing optional fields mean null; unknown ones are kept. kInvalidInput says the field and
// what was expected; kNewerVersion for another schema; kResourceLimit above the limits. Ids present in the
// line are taken as they are: compare with Compute*Id to check them.
Result<Record> ParseRecord(std::string_view line, const RecordLimits& limits = {});

// JSON string escaping of valid UTF-8, with quotes. Also escapes U+2028/2029.
std::string JsonQuote(std::string_view text);

}  // namespace whowhom
