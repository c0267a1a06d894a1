// The trained model: tags, features, lemmas, dependencies and names for tokenised sentences.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "whowhom/core/result.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// Immutable after loading; thread-safe (each call brings its own scratch memory).
class LanguageModel {
 public:
  // kCorruption for a truncated or damaged file, kNewerVersion, kInvalidInput for a feature-set mismatch:
  // named each.
  static Result<std::unique_ptr<LanguageModel>> Load(const std::string& path);
  virtual ~LanguageModel() = default;

  // Fills upos, xpos, feats, lemma, head, deprel, margin of every token and `names` (PERSON, ORG, GPE, PLACE,
  // EVENT, WORK only). One root a sentence, always a tree. The result does not depend on how sentences are
  // batched.
  virtual void Annotate(std::span<Sentence> sentences) const = 0;

  // "fast 2026-11-22 <hash>": goes into Document.extractor.
  virtual const std::string& version() const = 0;
};

}  // namespace whowhom::extract
