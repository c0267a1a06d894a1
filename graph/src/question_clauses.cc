// Clauses: where the subject ends, which word is the verb, what is asked for.
#include <algorithm>
#include <set>

#include "question_grammar.h"
#include "view_impl.h"

namespace whowhom::graph {

// Where a subject that begins at `begin` ends: before what stands between it and the verb.
size_t QuestionGrammar::SubjectEnd(size_t begin, size_t verb_at) const {
  size_t end = verb_at;
  while (end > begin && (IsAux(end - 1) || Is(end - 1, "not") || Is(end - 1, "skip"))) --end;
  return end;
}

// "by X" of a passive clause becomes its subject.
void QuestionGrammar::TakeAgent(Clause* clause) {
  const auto by = std::find_if(clause->groups.begin(), clause->groups.end(),
                               [](const PrepGroup& group) { return group.prep == "by"; });
  if (by == clause->groups.end()) return;
  clause->subject = by->operand;
  clause->groups.erase(by);
}

Status QuestionGrammar::ReadSubjectClause(Operand subject, size_t at, Aggregate aggregate) {
  Clause clause;
  bool be = false, have = false;
  size_t verb_at = at;
  while (verb_at < words_.size() && (IsAux(verb_at) || Is(verb_at, "not") || Is(verb_at, "skip"))) {
    if (Lower(verb_at) == "no" && verb_at > at) break;  // "had no information": it is had
    be = Is(verb_at, "be");
    have = have || Is(verb_at, "have");
    negated_ = negated_ || Is(verb_at, "not");
    future_ = future_ || IsModal(verb_at);
    ++verb_at;
  }
  WHOWHOM_TRY(bool is_verb, IsVerb(verb_at));
  bool stop = verb_at >= words_.size() || Lower(verb_at) == "no" || Is(verb_at, "prep") ||
              Is(verb_at, "det") || Is(verb_at, "wh");
  if (stop || (!is_verb && verb_at > at &&
               words_[verb_at].capital)) {  // the auxiliary is the verb: "who had weapons", "who is in Iran"
    if (verb_at == at) return Unclear("no verb was found behind \"" + subject.node.name + "\"");
    --verb_at;
    while (verb_at > at && !IsAux(verb_at)) --verb_at;
    be = false;
  }
  WHOWHOM_TRY(clause.verb, ReadVerb(verb_at));
  clause.passive = be && !words_[verb_at].lower.ends_with("ing") && lexicon_.IsParticiple(Lower(verb_at));
  WHOWHOM_TRY(verb_at, TakeRefusal(verb_at, &clause.verb));
  WHOWHOM_TRY(const bool is_chain, TakeChain(&verb_at, &clause.verb));
  clause.passive = clause.passive && !is_chain;
  WHOWHOM_TRY_STATUS(TakeParticle(verb_at, &clause.verb));
  WHOWHOM_TRY(const bool has_content, IsContentClause(clause.verb, verb_at + 1));
  if (has_content && !clause.passive) {
    PrepGroup said;
    said.prep = "that";
    said.begin = verb_at + 1, said.end = words_.size();
    said.operand.kind = Operand::Kind::kWords;
    said.operand.stems = StemsOf(said.begin, said.end);
    said.operand.text = JoinWords(words_, said.begin, said.end);
    clause.groups = {std::move(said)};
  } else {
    WHOWHOM_TRY(clause.groups, ReadGroups(verb_at + 1));
  }
  if (clause.passive) {
    clause.object = subject;
    TakeAgent(&clause);
  } else {
    clause.subject = subject;
  }
  if (aggregate == Aggregate::kContents) aggregate = Aggregate::kRows;  // "what killed X": a row per what
  return Assemble(std::move(clause), subject, aggregate);
}

// aux + subject + verb + rest; the variable is the object, or what a stranded preposition governs.
Status QuestionGrammar::ReadObjectClause(Operand variable, size_t aux, Aggregate aggregate) {
  Clause clause;
  size_t at = aux;
  bool be = false;
  while (at < words_.size() && (IsAux(at) || Is(at, "not") || Is(at, "skip"))) {
    be = Is(at, "be");
    negated_ = negated_ || Is(at, "not");
    future_ = future_ || IsModal(at);
    ++at;
  }
  std::optional<size_t> verb_at;
  Operand subject;
  const PlanFilter before = out_.plan.filter;
  const std::vector<std::string> notes_before = out_.notes;
  const std::vector<Proposal> proposals_before = out_.proposals;
  PlanFilter of_subject = before;
  WHOWHOM_TRY(const size_t first_verb, NameEnd(at));
  for (size_t v = first_verb; v < words_.size(); ++v) {
    const size_t subject_end = SubjectEnd(at, v);
    WHOWHOM_TRY(bool verb, IsVerb(v));
    bool last_chance = v + 1 == words_.size() || Is(v + 1, "prep");
    if (subject_end == at || (!verb && !(last_chance && !verb_at && !words_[v].capital))) continue;
    const bool does_to = Is(v, "do") && v > first_verb - 1 && Is(v + 1, "prep");  // "do to"
    if (IsAux(v) && v + 1 < words_.size() && !does_to) continue;
    // "should the posts not meet": only a base form follows an auxiliary.
    const bool is_plural = Lower(v).ends_with("s") && !Lower(v).ends_with("ss") && v + 1 < words_.size();
    if (is_plural && (Is(aux, "do") || IsModal(aux))) {
      bool later = false;
      for (size_t k = v + 1; k < words_.size() && !later; ++k) {
        WHOWHOM_TRY(later, IsVerb(k));
      }
      if (later) continue;
    }
    if (v + 2 == words_.size() && Is(aux, "do")) {  // "did the drone strike kill"
      WHOWHOM_TRY(const bool later, IsVerb(v + 1));
      bool is_particle = Is(v + 1, "prep");
      for (const std::string& lemma : lexicon_.LemmasOf(Lower(v))) {  // "shoot down"
        const std::string particle = lemma + " " + Lower(v + 1);
        WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(particle));
        is_particle = is_particle || !relations.empty() || lexicon_.IsKnownVerb(particle);
      }
      if (later && !is_particle && lexicon_.LemmasOf(Lower(v + 1)).size() == 1) continue;
    }
    if (be && !lexicon_.IsParticiple(Lower(v))) {  // "was the emergency meeting requested": not "meeting"
      bool later = false;
      for (size_t k = v + 1; k < words_.size() && !later; ++k) {
        WHOWHOM_TRY(const bool participle, IsVerb(k));
        later = participle && lexicon_.IsParticiple(Lower(k));
      }
      if (later) continue;
    }
    std::vector<std::string> notes = out_.notes;
    std::vector<Proposal> proposals = out_.proposals;
    out_.plan.filter = before;
    WHOWHOM_TRY(Operand candidate, ReadPhrase(at, subject_end));
    bool good = candidate.kind == Operand::Kind::kBound || candidate.kind == Operand::Kind::kVariable;
    if (good || !verb_at) {
      verb_at = v;
      subject = candidate;
      of_subject = out_.plan.filter;
    } else {
      out_.notes = notes, out_.proposals = proposals;
    }
    for (size_t i = subject_end; i < v; ++i) {
      be = Is(i, "be") || (be && !Is(i, "have"));
      negated_ = negated_ || Is(i, "not");
    }
    if (good) break;
  }
  if (!verb_at) return Unclear("no verb was found");
  out_.plan.filter = std::move(of_subject);
  const size_t last = words_.size();
  if (Is(aux, "do") && last > *verb_at + 3 && Lower(last - 1) == "do" && Lower(last - 2) == "to")
    words_.resize(last - 2);  // "what did X urge Y to do"
  WHOWHOM_TRY(clause.verb, ReadVerb(*verb_at));
  WHOWHOM_TRY(const bool is_chain, TakeChain(&*verb_at, &clause.verb));
  clause.passive =
      be && !is_chain && !Lower(*verb_at).ends_with("ing") && lexicon_.IsParticiple(Lower(*verb_at));
  WHOWHOM_TRY_STATUS(TakeParticle(*verb_at, &clause.verb));
  if (words_.size() > *verb_at + 1 && Is(words_.size() - 1, "prep")) {  // stranded
    clause.prep = Lower(words_.size() - 1);
    words_.pop_back();
  }
  WHOWHOM_TRY(clause.groups, ReadGroups(*verb_at + 1));
  clause.subject = subject;
  bool asks_object = variable.kind == Operand::Kind::kVariable;
  if (clause.passive) {
    clause.object = subject;
    clause.subject = Operand{};
    if (clause.prep == "by" && asks_object) {
      clause.subject = variable;
      clause.prep.clear();
    }
    TakeAgent(&clause);
    return Assemble(std::move(clause), variable, aggregate);
  }
  // "when was the election due": no deed is asked about, but when something is said of it.
  const bool is_when = aggregate == Aggregate::kTimes || aggregate == Aggregate::kPlaces;
  if (const std::vector<std::string> stems = StemsOf(at, words_.size());
      is_when && !clause.verb.known && stems.size() > 1) {
    out_.plan.filter = before;
    out_.notes = notes_before;
    out_.proposals = proposals_before;
    AskOfWords(stems, aggregate);
    out_.understood =
        std::string(ToString(aggregate)) + ": what is said of " + JoinWords(words_, at, words_.size());
    return {};
  }
  const bool does = clause.verb.lemmas == std::vector<std::string>{"do"};
  if (does && clause.groups.size() == 1 && clause.groups[0].operand.kind == Operand::Kind::kBound) {
    clause.object = clause.groups[0].operand;  // "what did X do to Y": whatever leads from one to the other
    clause.groups.clear();
    return Assemble(std::move(clause), Operand{}, Aggregate::kRows);
  }
  bool has_object = !clause.groups.empty() && clause.groups[0].prep.empty();
  if (asks_object && (!has_object || clause.prep.empty() == false)) {
    if (!has_object) clause.object = variable;
    // "what did X accuse Y of": the variable is the content, Y the object
  }
  return Assemble(std::move(clause), variable, aggregate);
}

// "Pompeo accused whom", "US sanctions Iran"
Status QuestionGrammar::ReadPlainClause(size_t at) {
  WHOWHOM_TRY(const size_t first_verb, NameEnd(at));
  for (size_t v = first_verb; v < words_.size(); ++v) {
    const size_t subject_end = SubjectEnd(at, v);
    WHOWHOM_TRY(bool verb, IsVerb(v));
    if (!verb || subject_end == at || (IsAux(v) && v + 1 < words_.size())) continue;
    Clause clause;
    WHOWHOM_TRY(clause.subject, ReadPhrase(at, subject_end));
    if (clause.subject.kind == Operand::Kind::kWords) continue;
    bool be = false;
    for (size_t i = subject_end; i < v; ++i) {
      negated_ = negated_ || Is(i, "not");
      future_ = future_ || IsModal(i);
      be = Is(i, "be");
    }
    WHOWHOM_TRY(clause.verb, ReadVerb(v));
    clause.passive = be && lexicon_.IsParticiple(Lower(v));
    WHOWHOM_TRY_STATUS(TakeParticle(v, &clause.verb));
    WHOWHOM_TRY(clause.groups, ReadGroups(v + 1));
    Operand asked;
    for (const PrepGroup& group : clause.groups) {
      if (group.operand.kind == Operand::Kind::kVariable) asked = group.operand;
    }
    if (clause.passive) {
      clause.object = clause.subject;
      clause.subject = Operand{};
      TakeAgent(&clause);
    }
    bool asks = asked.kind == Operand::Kind::kVariable;
    return Assemble(std::move(clause), asked, asks ? Aggregate::kRows : Aggregate::kExists);
  }
  return Unclear("neither a question word nor a verb was found");
}

}  // namespace whowhom::graph
