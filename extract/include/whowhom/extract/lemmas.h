// Lemmas looked up and spelled right: corrects what the model proposes for forms it reads wrongly ("accused"
// -> accuse).
#pragma once

#include <memory>
#include <string>

#include "whowhom/core/result.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// Immutable after loading; thread-safe.
class Lemmatizer {
 public:
  // models/lemmas.tsv (form, upos, lemma) and the verbs of data/events/verbs.tsv and irregular_verbs.tsv.
  static Result<std::unique_ptr<Lemmatizer>> Load(const std::string& data_dir, const std::string& models_dir);
  virtual ~Lemmatizer() = default;
  // REQUIRES: tokens are tagged. Sets the lemma of forms that the table holds; for other inflected verbs and
  // plural nouns whose proposed lemma is no known word, takes the known base form that the spelling allows.
  // Cost: a look-up a token.
  virtual void Correct(Sentence* sentence) const = 0;
  // Whether the table holds the form, in small letters, as something else than a proper noun.
  virtual bool IsCommonWord(const std::string& form) const = 0;
};

}  // namespace whowhom::extract
