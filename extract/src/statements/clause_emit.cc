// Facts of a clause that has been read: one for each subject, object and receiver; what the wording turns
// round.
#include <algorithm>

#include "statements/clauses.h"

namespace whowhom::extract::statements {

bool ClauseReader::IsThere(int word) const {
  return word != kNoToken && tree_.lower(static_cast<uint32_t>(word)) == "there";
}

// "The aim is to win", "The conclusion was that it held": what stands before "to" or "that" is of the outer
// subject.
int ClauseReader::OuterMark(uint32_t head) const {
  const int outer = tree_.Child(head, {Deprel::kNsubjOuter});
  const int mark = tree_.Child(head, {Deprel::kMark});
  return outer != kNoToken && outer < mark && mark < static_cast<int>(head) ? mark : kNoToken;
}

void ClauseReader::ReadOuterCopula(uint32_t head, std::vector<Fact>* facts) const {
  const int mark = OuterMark(head);
  if (mark == kNoToken) return;
  const auto outer = static_cast<uint32_t>(tree_.Child(head, {Deprel::kNsubjOuter}));
  Fact fact;
  fact.clause = head;
  fact.lemma = fact.event_verb = "be";
  fact.is_copular = fact.object_is_attribute = true;
  fact.rules = {"nsubj-active", "copula"};
  for (uint32_t child : tree_.children(head)) {
    const Deprel relation = tree_.rel(child);
    const bool is_between = child > outer && static_cast<int>(child) < mark;
    const bool is_not = relation == Deprel::kAdvmod && tree_.lower(child) == "not";
    const bool is_verb = relation == Deprel::kCop || relation == Deprel::kAux;
    if (is_between && (is_verb || is_not)) fact.predicate.push_back(child);
    if (is_between && is_not) fact.polarity = Polarity::kNegative;
    if (is_between && relation == Deprel::kAux) {
      if (const Modality* modal = Find(lexicon_.modals, tree_.lower(child))) fact.modality = *modal;
    }
  }
  if (fact.predicate.empty()) return;
  fact.object.head = static_cast<int>(head);
  fact.object.is_clause = true;
  const bool keeps_marker = tree_.lower(static_cast<uint32_t>(mark)) == "to";
  fact.object.tokens = ClauseText(tree_, head, false);
  std::erase_if(fact.object.tokens, [&](uint32_t i) {
    return static_cast<int>(i) < mark || (!keeps_marker && static_cast<int>(i) == mark);
  });
  for (uint32_t child : tree_.children(head)) {
    const bool is_next = tree_.rel(child) == Deprel::kConj &&
                         tree_.HasChild(child, {Deprel::kNsubj, Deprel::kNsubjPass, Deprel::kNsubjOuter});
    if (is_next) std::erase_if(fact.object.tokens, [&](uint32_t i) { return tree_.Below(i, child); });
  }
  TrimPunctuation(tree_, &fact.object.tokens);
  fact.content.push_back(head);
  for (Slot& slot : SplitSlots(tree_, outer)) {
    Fact one = fact;
    one.subject = std::move(slot);
    if (!one.subject.tokens.empty() && !one.object.tokens.empty()) facts->push_back(std::move(one));
  }
}

// "Omar Dahl, also known as Falcon": two names of one, not something done to him.
void ClauseReader::TurnNaming(Fact* fact) const {
  if (fact->lemma != "know" && fact->lemma != "refer") return;
  for (size_t k = 0; k < fact->args.size(); ++k) {
    if (fact->args[k].role != "as") continue;
    fact->subject = fact->object;
    fact->object = fact->args[k].phrase;
    fact->predicate = Union(fact->predicate, fact->args[k].marker);
    fact->args.erase(fact->args.begin() + static_cast<std::ptrdiff_t>(k));
    fact->lemma = "be known as";
    fact->is_passive = false;
    fact->rules.push_back("also-known");
    return;
  }
}

// "Talks were held between Chad and Niger": those who stand behind "between" act together.
void ClauseReader::TurnBetween(Fact* fact) const {
  for (size_t k = 0; k < fact->args.size(); ++k) {
    if (fact->args[k].role != "between" || fact->args[k].phrase.head == kNoToken) continue;
    const auto first = static_cast<uint32_t>(fact->args[k].phrase.head);
    Slot parties = WholeSlot(tree_, first);
    if (parties.members.size() < 2) continue;
    fact->subject = std::move(parties);
    fact->is_symmetric = true;
    fact->agent_marker = fact->args[k].marker;
    std::erase_if(fact->args, [](const ArgSlot& arg) { return arg.role == "between"; });
    fact->rules.push_back("collective");
    return;
  }
}

void ClauseReader::Emit(const Clause& clause, std::vector<Fact>* facts) const {
  const bool patient = clause.subject.is_patient;
  std::vector<Slot> none{Slot{}};
  const std::vector<Slot>& subjects = patient ? clause.agents : clause.subject.slots;
  const std::vector<Slot>& objects = patient ? clause.subject.slots : clause.objects;
  const std::vector<Slot>& receivers = clause.receivers;
  const bool split = subjects.size() > 1 || objects.size() > 1;
  for (const Slot& subject : subjects.empty() ? none : subjects) {
    for (const Slot& object : objects.empty() ? none : objects) {
      for (const Slot& receiver : receivers.empty() ? none : receivers) {
        Fact fact = clause.base;
        fact.subject = subject;
        fact.object = object;
        fact.receiver = receiver;
        fact.is_passive = patient;
        if (split) fact.rules.push_back("conj-split");
        if (!patient && objects.size() > 1 && object.head != kNoToken && !clause.base.is_copular)
          fact.is_light = IsLightPair(clause.head, static_cast<uint32_t>(object.head));
        if (patient && subject.empty()) TurnNaming(&fact);
        if (patient && subject.empty()) TurnBetween(&fact);
        if (patient && !clause.objects.empty()) {
          // "was given money", "was elected president": what remains of the verb's objects.
          ArgSlot arg;
          arg.kind = ArgKind::kManner;
          arg.role = "as";
          arg.phrase = clause.objects.front();
          fact.args.insert(fact.args.begin(), std::move(arg));
        }
        facts->push_back(std::move(fact));
      }
    }
  }
}

// "could help Berg calm | its voters": the whole chain as a surface triple.
void ClauseReader::EmitControlled(const Clause& clause, std::vector<Fact>* facts) const {
  const uint32_t head = clause.head;
  if (tree_.rel(head) != Deprel::kXcomp || clause.subject.rule != "object-control" ||
      tree_.head(head) == kNoToken)
    return;
  const uint32_t governor = static_cast<uint32_t>(tree_.head(head));
  if (clause.objects.empty()) return;
  Clause outer;
  outer.head = governor;
  outer.chain = ChainOf(governor);
  outer.base.clause = head;
  outer.subject = SubjectOf(outer.chain.front());
  if (outer.subject.slots.empty() || outer.subject.is_patient) return;
  ReadPredicate(&outer);
  outer.base.predicate = Union(outer.base.predicate, clause.base.predicate);
  for (uint32_t child : tree_.children(head)) {
    if (tree_.rel(child) == Deprel::kMark) outer.base.predicate = Union(outer.base.predicate, {child});
  }
  for (const Slot& slot : clause.subject.slots)
    outer.base.predicate = Union(outer.base.predicate, slot.tokens);
  outer.base.surface_only = true;
  outer.base.lemma = clause.base.lemma;
  outer.base.rules.push_back("object-control");
  outer.objects = clause.objects;
  Emit(outer, facts);
}

// "There were protests in Cairo": worded as it stands, and for the graph the protests were in Cairo.
void ClauseReader::EmitExistential(const Clause& clause, uint32_t there, std::vector<Fact>* facts) const {
  for (const Slot& slot : clause.subject.slots) {
    Fact fact = clause.base;
    fact.rules.push_back("existential");
    Fact shown = fact;
    shown.surface_only = true;
    shown.subject.tokens = {there};
    shown.subject.head = static_cast<int>(there);
    shown.object = slot;
    facts->push_back(std::move(shown));
    std::erase_if(fact.args, [](const ArgSlot& arg) {
      return arg.kind != ArgKind::kPreposition || arg.role == "including";
    });
    if (fact.args.empty() && slot.head != kNoToken) AddNounPlaces(static_cast<uint32_t>(slot.head), &fact);
    if (fact.args.empty()) continue;
    fact.lemma = "be " + fact.args.front().role;
    fact.predicate = Union(fact.predicate, fact.args.front().marker);
    fact.object = fact.args.front().phrase;
    fact.args.erase(fact.args.begin());
    fact.subject = slot;
    std::erase_if(fact.subject.tokens,
                  [&](uint32_t i) { return tree_.Below(i, static_cast<uint32_t>(fact.object.head)); });
    fact.no_surface = true;
    facts->push_back(std::move(fact));
  }
}

}  // namespace whowhom::extract::statements
