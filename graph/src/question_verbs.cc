// Verbs of several words: "shoot down", "impose sanctions on".
#include <algorithm>

#include "question_grammar.h"

namespace whowhom::graph {

Status QuestionGrammar::TakeParticle(size_t verb_at, Verb* verb) {
  for (const size_t at : {verb_at + 1, words_.size() - 1}) {
    if (at <= verb_at || at >= words_.size() || words_[at].capital || words_[at].quote != 0) continue;
    std::vector<std::string> lemmas;
    for (const std::string& lemma : verb->lemmas) {
      WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(lemma + " " + Lower(at)));
      if (!relations.empty()) lemmas.push_back(lemma + " " + Lower(at));
    }
    if (lemmas.empty()) continue;
    verb->lemmas = std::move(lemmas);
    verb->known = true;
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(at));
    return {};
  }
  return {};
}

Status QuestionGrammar::TakeLightNoun(Clause* clause) {
  if (clause->groups.empty()) return {};
  const PrepGroup& group = clause->groups.front();
  const bool is_noun = group.prep.empty() && group.end > group.begin && group.end <= words_.size() &&
                       group.operand.kind != Operand::Kind::kVariable && !words_[group.end - 1].capital;
  if (!is_noun) return {};
  std::vector<std::string> lemmas;
  for (const std::string& lemma : clause->verb.lemmas) {
    for (const std::string& noun : lexicon_.LemmasOf(Lower(group.end - 1))) {
      WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(lemma + " " + noun));
      if (!relations.empty()) lemmas.push_back(lemma + " " + noun);
    }
  }
  if (lemmas.empty()) return {};
  clause->verb.lemmas = std::move(lemmas);
  clause->verb.known = true;
  clause->groups.erase(clause->groups.begin());
  return {};
}

}  // namespace whowhom::graph
