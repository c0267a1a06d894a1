// Verbs of several words: "shoot down", "impose sanctions on".
#include <algorithm>

#include "question_grammar.h"

namespace whowhom::graph {

Status QuestionGrammar::TakeParticle(size_t verb_at, Verb* verb) {
  for (const size_t at : {verb_at + 1, words_.size() - 1}) {
    if (at <= verb_at || at >= words_.size() || words_[at].capital || words_[at].quote != 0) continue;
    std::vector<std::string> lemmas;
    // "stood up for": as a list knows it
    const bool is_double = at == verb_at + 1 && at + 1 < words_.size() && !words_[at + 1].capital;
    for (const std::string& lemma : lexicon_.LemmasOf(Lower(verb_at))) {
      const std::string particle = lemma + " " + Lower(at);
      if (is_double && lexicon_.IsKnownVerb(particle + " " + Lower(at + 1))) {
        verb->lemmas = {particle + " " + Lower(at + 1)};
        verb->known = true;
        words_.erase(words_.begin() + static_cast<ptrdiff_t>(at),
                     words_.begin() + static_cast<ptrdiff_t>(at + 2));
        return {};
      }
      WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(particle));
      if (!relations.empty() || (at == verb_at + 1 && !Is(at, "prep") && lexicon_.IsKnownVerb(particle)))
        lemmas.push_back(particle);
    }
    if (lemmas.empty()) continue;
    verb->lemmas = std::move(lemmas);
    verb->known = true;
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(at));
    return {};
  }
  return {};
}

// "refused to recognise": did not, whether the graph holds it as a refusal or as a denied deed.
Result<size_t> QuestionGrammar::TakeRefusal(size_t verb_at, Verb* verb) {
  const bool refuses = std::any_of(verb->lemmas.begin(), verb->lemmas.end(),
                                   [this](const std::string& lemma) { return lexicon_.Is(lemma, "refuse"); });
  if (!refuses || verb_at + 2 >= words_.size() || Lower(verb_at + 1) != "to") return verb_at;
  WHOWHOM_TRY(const bool is_verb, IsVerb(verb_at + 2));
  if (!is_verb) return verb_at;
  const std::string outer = verb->lemmas.front();
  WHOWHOM_TRY(*verb, ReadVerb(verb_at + 2));
  // The graph holds "refuse to meet" as a relation, which is not denied itself; else: did not meet.
  std::vector<std::string> chained;
  std::vector<std::string> refusals = lexicon_.WordsWith("refuse");
  refusals.insert(refusals.begin(), outer);
  for (const std::string& refusal : refusals) {
    for (const std::string& lemma : verb->lemmas) {
      WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(refusal + " to " + lemma));
      if (!relations.empty()) chained.push_back(refusal + " to " + lemma);
    }
  }
  negated_ = chained.empty();
  if (!chained.empty()) {
    verb->lemmas = std::move(chained);
    verb->known = true;
  }
  return verb_at + 2;
}

bool QuestionGrammar::IsGoingOn(size_t at) const {
  return Lower(at).size() > 5 && Lower(at).ends_with("ing") && !words_[at].capital && words_[at].quote == 0 &&
         !Is(at - 1, "det") && !Is(at - 1, "prep");
}

Result<bool> QuestionGrammar::TakeChain(size_t* verb_at, Verb* verb) {
  std::vector<std::string> outer = verb->lemmas;
  outer.push_back(Lower(*verb_at));
  const bool chains = std::any_of(outer.begin(), outer.end(),
                                  [this](const std::string& form) { return lexicon_.Is(form, "chain"); });
  if (!chains || *verb_at + 2 >= words_.size() || Lower(*verb_at + 1) != "to") return false;
  if (Is(*verb_at + 2, "do") && *verb_at + 3 == words_.size()) {  // "what did X threaten to do"
    words_.resize(*verb_at + 1);
    return false;
  }
  if (words_[*verb_at + 2].capital || lexicon_.IsFunctionWord(Lower(*verb_at + 2))) return false;
  *verb_at += 2;
  WHOWHOM_TRY(*verb, ReadVerb(*verb_at));
  const std::vector<std::string> inner = verb->lemmas;
  for (const std::string& chain : outer) {
    for (const std::string& lemma : inner) {
      WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(chain + " to " + lemma));
      if (!relations.empty()) verb->lemmas.push_back(chain + " to " + lemma);
    }
  }
  future_ = true;
  return true;
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
      const std::string listed =
          clause->groups.size() > 1 ? lemma + " " + noun + " " + clause->groups[1].prep : std::string();
      if (!relations.empty()) {
        lemmas.push_back(lemma + " " + noun);
      } else if (lexicon_.IsKnownVerb(listed)) {  // "extended an apology to": one of those who apologise
        lemmas.push_back(listed);
      }
    }
  }
  // "gave a speech": said something, in a speech
  if (lemmas.empty() && lexicon_.IsLight(clause->verb.lemmas) && Is(group.end - 1, "speech")) {
    clause->verb.lemmas = {"say"};
    clause->verb.known = true;
    return {};
  }
  // "made accusations": accused; "declared emergency rule" may be no ruling: read the second time as it
  // stands.
  if (lemmas.empty() && !by_words_ && lexicon_.IsLight(clause->verb.lemmas)) {
    for (const std::string& noun : lexicon_.LemmasOf(Lower(group.end - 1))) {
      for (const std::string& verb : lexicon_.VerbsOf(noun)) lemmas.push_back(verb);
    }
    size_t first = group.begin;
    while (first + 1 < group.end && Is(first, "det")) ++first;
    if (!lemmas.empty()) AddStems(StemsOf(first, group.end - 1), &out_.plan.filter.about);
  }
  if (lemmas.empty()) return {};
  clause->verb.lemmas = std::move(lemmas);
  clause->verb.known = true;
  clause->groups.erase(clause->groups.begin());
  return {};
}

// "who said nobody was hurt": a clause without "that". Its verb is finite, and no preposition leads to it.
Result<bool> QuestionGrammar::IsContentClause(const Verb& verb, size_t begin) {
  if (!IsSpeech(verb) || begin >= words_.size() || Lower(begin) == "that" || Is(begin, "prep")) return false;
  for (const std::string& lemma : verb.lemmas) {
    if (lexicon_.Is(lemma, "addresses")) return false;
  }
  for (size_t i = begin + 1; i < words_.size(); ++i) {
    if (Is(i, "wh") || Lower(i) == "that" || Is(i, "prep")) return false;
    if (Is(i, "be") || Is(i, "do") || Is(i, "have") || IsModal(i)) return true;
    if (Lower(i).ends_with("ing")) continue;
    WHOWHOM_TRY(const bool is_verb, IsVerb(i));
    if (is_verb && i + 1 < words_.size() && lexicon_.IsParticiple(Lower(i))) return true;
  }
  return false;
}

}  // namespace whowhom::graph
