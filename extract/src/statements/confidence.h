// How sure a fact is: logistic regression over rule names, labels, lengths and the parser's margin.
//
// models/confidence.model is text: "whowhom-confidence 1", then "feature<TAB>weight" lines; the feature
// "bias" is the constant. Trained by train/train_confidence.cc.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "statements/fact.h"
#include "statements/lexicon.h"
#include "statements/tree.h"
#include "whowhom/core/result.h"

namespace whowhom::extract::statements {

// Names of the features that hold for a fact. `part` is the rule that gave the triple's last slot ("obj",
// "oblique", "noun-argument"); `last` are that slot's tokens. Order is fixed.
std::vector<std::string> FeaturesOf(const Tree& tree, const Fact& fact, std::string_view part,
                                    const TokenSet& last);

// Immutable after loading; thread-safe.
class ConfidenceModel {
 public:
  // A missing file gives the constant model (0.7 for everything): kCorruption for a file that is not a model,
  // kNewerVersion for a later format.
  static Result<ConfidenceModel> Load(const std::string& path);
  // 0.01 .. 0.99, rounded to two digits.
  double Score(const std::vector<std::string>& features) const;

 private:
  std::unordered_map<std::string, double> weights_;
};

}  // namespace whowhom::extract::statements
