// Lemmas of inflected verbs and nouns by rule, for words that the event lexicon knows.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "whowhom/core/result.h"

namespace whowhom::extract {

// Immutable after Load; thread-safe.
class VerbLemmas {
 public:
  // Reads irregular_verbs.tsv. kIo or kInvalidInput.
  static Result<VerbLemmas> Load(const std::string& events_dir);
  void AddKnown(const std::string& verb);

  // The lemma of `form` (lower case, Penn tag VBD, VBZ ...); `lemma`, what the tagger thinks, where the rules
  // know no better.
  std::string LemmaOf(const std::string& form, const std::string& tag, const std::string& lemma) const;

 private:
  std::unordered_map<std::string, std::string> irregular_;
  std::unordered_set<std::string> known_;
};

// "sanctions" -> "sanction", "allies" -> "ally": the singular of a plural noun in lower case.
std::string SingularOf(const std::string& plural);

}  // namespace whowhom::extract
