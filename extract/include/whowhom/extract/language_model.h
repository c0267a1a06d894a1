// The trained model: tags, features, lemmas, dependencies and names for tokenised sentences.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "whowhom/core/result.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// Immutable after loading; thread-safe (each call brings its own scratch memory).
class LanguageModel {
 public:
  // kCorruption for a truncated or damaged file, kNewerVersion, kInvalidInput for a feature-set mismatch:
  // named each.
  // `kernels`: "best" for the widest instruction set of this processor, or "avx512", "avx2", "generic" to
  // compare them; kUnsupported if this processor or build lacks it. AVX-512 and AVX2 give the same bits.
  // Cost: about 30 ms.
  static Result<std::unique_ptr<LanguageModel>> Load(const std::string& path,
                                                     std::string_view kernels = "best");
  virtual ~LanguageModel() = default;

  // Fills upos, xpos, feats, lemma, head, deprel, margin of every token and `names` (PERSON, ORG, GPE, PLACE,
  // EVENT, WORK only). One root a sentence, always a tree. The result does not depend on how sentences are
  // batched.
  virtual void Annotate(std::span<Sentence> sentences) const = 0;

  // "fast 2026-11-22 <hash>": goes into Document.extractor.
  virtual const std::string& version() const = 0;
};

}  // namespace whowhom::extract
