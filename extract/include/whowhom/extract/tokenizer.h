// Text -> sentences of tokens with exact byte offsets (UD English / Penn style).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/extract/article.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// Immutable after loading; thread-safe.
class Tokenizer {
 public:
  // Reads data/tokenizer_*.tsv and, where it exists, models/sentences.model.
  static Result<std::unique_ptr<Tokenizer>> Load(const std::string& data_dir, const std::string& models_dir);
  virtual ~Tokenizer() = default;

  // Tokens with span, form, space_after, multiword ranges set; nothing else. A sentence never crosses a block
  // and never has more than kMaxSentenceTokens tokens (longer ones are split at the best boundary before the
  // cap). Cost: linear.
  virtual std::vector<Sentence> Split(std::string_view text, const std::vector<Block>& blocks) const = 0;

  static constexpr uint32_t kMaxSentenceTokens = 400;
};

}  // namespace whowhom::extract
