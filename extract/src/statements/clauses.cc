#include "statements/clauses.h"

#include <algorithm>

namespace whowhom::extract::statements {

namespace {

bool IsNegator(const Tree& tree, const Lexicon& lexicon, uint32_t i) {
  return lexicon.IsOperator(tree.lower(i), "negative") || lexicon.IsOperator(tree.lemma(i), "negative");
}

// "is not only a threat": it is one.
bool IsNotOnly(const Tree& tree, uint32_t i) {
  static constexpr std::string_view kMore[] = {"only", "just", "merely", "simply"};
  if (tree.lower(i) != "not" || i + 1 >= tree.size()) return false;
  return std::find(std::begin(kMore), std::end(kMore), tree.lower(i + 1)) != std::end(kMore);
}

}  // namespace

void ClauseReader::Drop(uint32_t head, std::string_view rule, const std::string& reason) const {
  if (dropped_ != nullptr)
    dropped_->push_back({std::string(rule), "\"" + tree_.token(head).form + "\": " + reason});
}

bool ClauseReader::IsClauseHead(uint32_t i) const {
  const Deprel relation = tree_.rel(i);
  if (tree_.IsPunct(i) || relation == Deprel::kAux || relation == Deprel::kAuxPass ||
      relation == Deprel::kCop || relation == Deprel::kFixed || relation == Deprel::kFlat ||
      relation == Deprel::kGoeswith || relation == Deprel::kReparandum) {
    return false;
  }
  if (tree_.HasChild(i, {Deprel::kCop})) return true;
  if (tree_.HasChild(i, {Deprel::kNsubj, Deprel::kNsubjPass, Deprel::kCsubj, Deprel::kCsubjPass})) {
    return tree_.IsVerbal(i) || tree_.upos(i) == Upos::kAdj || tree_.upos(i) == Upos::kX;
  }
  if (!tree_.IsVerbal(i)) return false;
  // "were shocked and outraged": the second quality, not a deed.
  if (relation == Deprel::kConj && tree_.token(i).xpos == "VBN" && tree_.head(i) != kNoToken) {
    const auto first = static_cast<uint32_t>(tree_.head(i));
    if (tree_.upos(first) == Upos::kAdj && tree_.HasChild(first, {Deprel::kCop}) &&
        Contains(Coordinated(tree_, first), i))
      return false;
  }
  switch (relation) {
    case Deprel::kRoot:
    case Deprel::kConj:
    case Deprel::kCcomp:
    case Deprel::kXcomp:
    case Deprel::kAdvcl:
    case Deprel::kAcl:
    case Deprel::kAclRelcl:
    case Deprel::kAdvclRelcl:
    case Deprel::kParataxis:
    case Deprel::kList:
    case Deprel::kDep:
      return true;
    default:
      return false;
  }
}

// A complement verb that continues its governor's predicate: same subject, no object between.
bool ClauseReader::IsMergedComplement(uint32_t i) const {
  if (tree_.rel(i) != Deprel::kXcomp || tree_.head(i) == kNoToken) return false;
  const uint32_t governor = static_cast<uint32_t>(tree_.head(i));
  if (!tree_.IsVerbal(i) && !tree_.HasChild(i, {Deprel::kCop})) return false;
  if (tree_.HasChild(governor, {Deprel::kObj, Deprel::kIobj})) return false;
  // "relied on ferries to carry them": the ferries carry.
  for (uint32_t child : tree_.children(governor)) {
    if (tree_.urel(child) != Deprel::kObl || child > i) continue;
    const std::string key = tree_.lemma(governor) + " " + MarkerText(tree_, CaseMarker(tree_, child));
    if (lexicon_.object_control.contains(key)) return false;
  }
  return tree_.IsVerbal(governor) || tree_.upos(governor) == Upos::kAdj;
}

bool ClauseReader::HasMergedComplement(uint32_t i) const {
  for (uint32_t child : tree_.children(i)) {
    if (IsMergedComplement(child) && tree_.upos(i) != Upos::kAdj) return true;
  }
  return false;
}

std::vector<uint32_t> ClauseReader::ChainOf(uint32_t head) const {
  std::vector<uint32_t> out{head};
  uint32_t at = head;
  while (out.size() < 8) {
    if (tree_.rel(at) == Deprel::kConj && tree_.head(at) != kNoToken &&
        !tree_.HasChild(at, {Deprel::kNsubj, Deprel::kNsubjPass, Deprel::kAux}) &&
        IsMergedComplement(static_cast<uint32_t>(tree_.head(at)))) {
      at = static_cast<uint32_t>(tree_.head(at));  // "agreed to sell A and buy B"
    }
    if (!IsMergedComplement(at)) break;
    at = static_cast<uint32_t>(tree_.head(at));
    out.push_back(at);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// "set the embassy ablaze": what the object becomes is part of the deed.
bool ClauseReader::IsResult(uint32_t child) const {
  return (tree_.rel(child) == Deprel::kAdvmod || tree_.rel(child) == Deprel::kXcomp) &&
         lexicon_.IsOperator(tree_.lower(child), "result") && tree_.head(child) < static_cast<int>(child);
}

void ClauseReader::ReadPredicate(Clause* clause) const {
  TokenSet words;
  for (size_t k = 0; k < clause->chain.size(); ++k) {
    const uint32_t verb = clause->chain[k];
    const bool is_copular = tree_.HasChild(verb, {Deprel::kCop});
    const bool is_last = k + 1 == clause->chain.size();
    if (!is_copular || !is_last || tree_.upos(verb) == Upos::kVerb) words.push_back(verb);
    uint32_t first_auxiliary = verb;
    // "The conclusion was that the war was legal": the first "was" is of the conclusion.
    const int mark =
        tree_.HasChild(verb, {Deprel::kNsubjOuter}) ? tree_.Child(verb, {Deprel::kMark}) : kNoToken;
    for (uint32_t child : tree_.children(verb)) {
      const Deprel relation = tree_.rel(child);
      const bool is_helper =
          (relation == Deprel::kAux || relation == Deprel::kAuxPass || relation == Deprel::kCop) &&
          static_cast<int>(child) > mark;
      if (is_helper && child < verb) first_auxiliary = std::min(first_auxiliary, child);
      const bool is_to = k > 0 && relation == Deprel::kMark && tree_.upos(child) == Upos::kPart;
      if (is_helper || relation == Deprel::kCompoundPrt || is_to) words.push_back(child);
      if (relation == Deprel::kCompoundPrt) clause->base.rules.push_back("particle");
      if (relation == Deprel::kAdvmod && IsNegator(tree_, lexicon_, child)) words.push_back(child);
      if (IsResult(child)) words.push_back(child);
    }
    for (uint32_t child : tree_.children(verb)) {
      const bool is_inside = child > first_auxiliary && child < verb && !is_copular;
      if (tree_.rel(child) == Deprel::kAdvmod && is_inside && tree_.children(child).empty())
        words.push_back(child);
    }
  }
  Normalize(&words);
  clause->base.predicate = std::move(words);
}

void ClauseReader::ReadChainMeaning(Clause* clause) const {
  Fact& fact = clause->base;
  const uint32_t head = clause->head;
  std::string lemma = fact.is_copular ? "be" : tree_.lemma(head);
  for (uint32_t child : tree_.children(head)) {
    if (tree_.rel(child) == Deprel::kCompoundPrt || IsResult(child)) lemma += " " + tree_.lower(child);
  }
  fact.event_verb = lemma;
  for (size_t k = clause->chain.size() - 1; k-- > 0;) {
    const uint32_t outer = clause->chain[k];
    const std::string& word = tree_.lemma(outer);
    const bool passive = IsPassive(outer);
    const ChainVerb* verb = nullptr;
    for (uint32_t child : tree_.children(outer)) {  // "has yet to", "ruled out", "stopped short of"
      const bool is_beside = tree_.rel(child) == Deprel::kAdvmod ||
                             tree_.rel(child) == Deprel::kCompoundPrt || tree_.upos(child) == Upos::kAdj;
      if (verb == nullptr && is_beside) verb = Find(lexicon_.chains, word + " " + tree_.lower(child));
    }
    if (verb == nullptr) verb = Find(passive ? lexicon_.object_control : lexicon_.chains, word);
    if (verb == nullptr) verb = Find(passive ? lexicon_.chains : lexicon_.object_control, word);
    if (!passive && lexicon_.StanceOf(word) == Stance::kDeny && !clause->subject.slots.empty())
      fact.voices.push_back({clause->subject.slots.front(), 0, word});
    if (passive && lexicon_.StanceOf(word) != Stance::kNone && lexicon_.StanceOf(word) != Stance::kOrder) {
      // "is expected to win" is a view of nobody in particular; "is believed to have sold" a report.
      if (lexicon_.StanceOf(word) == Stance::kThink)
        fact.modality = Stronger(fact.modality, Modality::kPossible);
      if (lexicon_.StanceOf(word) != Stance::kThink || verb == nullptr) fact.voices.push_back({{}, 0, word});
      continue;
    }
    // "is going to": the future, where "went to" is a journey.
    if (word == "go" && tree_.lower(outer) == "going") {
      fact.modality = Stronger(fact.modality, Modality::kPlanned);
      fact.is_future = true;
    }
    // "is willing to leave": nobody has left yet.
    const bool is_able = word == "able" || word == "unable" || word == "free";
    if (tree_.upos(outer) == Upos::kAdj && !is_able && lexicon_.IsHappening(word, "disposition"))
      fact.modality = Stronger(fact.modality, Modality::kPlanned);
    if (verb == nullptr) continue;
    // A kept verb states itself ("threatened to attack" is a threat made); a transparent one colours the
    // inner verb.
    if (!verb->keep || passive) {
      if (verb->modality) fact.modality = Stronger(fact.modality, *verb->modality);
      if (verb->negative) fact.polarity = Polarity::kNegative;
    } else {
      fact.content_verb = fact.event_verb;
      fact.event_verb = word;
      lemma = word + " to " + lemma;
      fact.rules.push_back("chain");
    }
  }
  if (clause->chain.size() > 1 && (fact.rules.empty() || fact.rules.back() != "chain"))
    fact.rules.push_back("chain");
  fact.lemma = std::move(lemma);
}

// "said it would leave": the future as it was seen then, not a condition.
bool ClauseReader::IsReportedPast(uint32_t verb) const {
  for (int step = 0; step < 4 && tree_.rel(verb) == Deprel::kConj && tree_.head(verb) != kNoToken; ++step)
    verb = static_cast<uint32_t>(tree_.head(verb));
  if (tree_.rel(verb) != Deprel::kCcomp || tree_.head(verb) == kNoToken) return false;
  const auto governor = static_cast<uint32_t>(tree_.head(verb));
  const Stance stance = lexicon_.StanceOf(tree_.lemma(governor));
  return (stance == Stance::kSay || stance == Stance::kClaim || stance == Stance::kDeny) &&
         (tree_.HasFeature(governor, "Tense=Past") || tree_.token(governor).xpos == "VBD");
}

void ClauseReader::ReadOperators(Clause* clause) const {
  Fact& fact = clause->base;
  bool negative = false;
  bool has_modal = false;
  auto read = [&](uint32_t verb) {
    for (uint32_t child : tree_.children(verb)) {
      const Deprel relation = tree_.rel(child);
      if (relation == Deprel::kAdvmod || relation == Deprel::kDet || relation == Deprel::kCcPreconj) {
        if (IsNegator(tree_, lexicon_, child) && !IsNotOnly(tree_, child)) negative = !negative;
        if (lexicon_.IsOperator(tree_.lower(child), "possible")) {
          fact.modality = Stronger(fact.modality, Modality::kPossible);
        }
        if (lexicon_.IsOperator(tree_.lower(child), "reported")) {
          fact.voices.push_back({{}, 0, tree_.lower(child)});
          fact.rules.push_back("hearsay");
        }
      }
      // "in no way widespread", "by no means".
      if (Universal(relation) == Deprel::kObl && lexicon_.IsOperator(tree_.lower(child), "no-way")) {
        const int word = tree_.Child(child, {Deprel::kDet});
        if (word != kNoToken && tree_.lower(static_cast<uint32_t>(word)) == "no") negative = !negative;
      }
      // "nor did it shell the port".
      if (relation == Deprel::kCc && tree_.lower(child) == "nor") negative = !negative;
      if (relation == Deprel::kAux) {
        if (const Modality* modal = Find(lexicon_.modals, tree_.lower(child))) {
          const Modality read_as = *modal == Modality::kConditional && IsReportedPast(clause->chain.front())
                                       ? Modality::kPlanned
                                       : *modal;
          fact.modality = Stronger(fact.modality, read_as);
          has_modal = true;
          if (read_as == Modality::kPlanned) fact.is_future = true;
        }
      }
    }
  };
  for (uint32_t verb : clause->chain) read(verb);
  // "has not met or called": the second verb shares auxiliaries and negation if it brings none of its own.
  if (tree_.rel(clause->head) == Deprel::kConj && clause->chain.size() == 1 &&
      tree_.head(clause->head) != kNoToken &&
      !tree_.HasChild(clause->head,
                      {Deprel::kNsubj, Deprel::kNsubjPass, Deprel::kAux, Deprel::kAuxPass, Deprel::kCop})) {
    const uint32_t first = static_cast<uint32_t>(tree_.head(clause->head));
    if (tree_.token(first).xpos == tree_.token(clause->head).xpos && tree_.HasChild(first, {Deprel::kAux}))
      read(first);
  }
  if (has_modal) fact.rules.push_back("modal");
  auto negative_phrase = [&](const Slot& slot) {
    if (slot.head == kNoToken || slot.is_clause) return false;
    // "nothing but praise": praise.
    const auto next = static_cast<uint32_t>(slot.head) + 1;
    if (lexicon_.IsOperator(tree_.lower(slot.head), "negative-phrase"))
      return next >= tree_.size() || tree_.lower(next) != "but";
    // "neither of them"
    const bool is_determiner = tree_.upos(slot.head) == Upos::kPron || tree_.upos(slot.head) == Upos::kDet;
    if (is_determiner && IsNegator(tree_, lexicon_, slot.head)) return true;
    for (uint32_t child : tree_.children(slot.head)) {
      const bool is_joined = tree_.urel(child) == Deprel::kDet ||
                             tree_.rel(child) == Deprel::kCcPreconj;  // "neither he nor she"
      if (is_joined && IsNegator(tree_, lexicon_, child)) {
        // The phrase leaves "neither" out; the negation stays in the wording.
        if (tree_.rel(child) == Deprel::kCcPreconj) fact.predicate = Union(fact.predicate, {child});
        return true;
      }
      // "not everyone"; not "not only Oslo".
      const bool is_quantity = tree_.upos(slot.head) == Upos::kPron || tree_.upos(slot.head) == Upos::kDet;
      if (is_quantity && tree_.rel(child) == Deprel::kAdvmod && tree_.lower(child) == "not" &&
          child + 1 == static_cast<uint32_t>(slot.head))
        return true;
    }
    return false;
  };
  for (const Slot& slot : clause->subject.slots) {
    if (negative_phrase(slot)) {
      negative = !negative;
      break;
    }
  }
  for (const Slot& slot : clause->objects) {
    if (negative_phrase(slot)) {
      negative = !negative;
      break;
    }
  }
  if (negative) {
    fact.polarity = fact.polarity == Polarity::kNegative ? Polarity::kPositive : Polarity::kNegative;
    fact.rules.push_back("negation");
  }
}

void ClauseReader::ReadCopula(Clause* clause) const {
  Fact& fact = clause->base;
  const uint32_t head = clause->head;
  fact.is_copular = true;
  fact.object_is_attribute = true;
  fact.rules.push_back("copula");
  if (const TokenSet marker = CaseMarker(tree_, head); !marker.empty() && tree_.IsNominal(head)) {
    // "is in Iraq": the preposition opens an argument.
    for (Slot& slot : SplitSlots(tree_, head)) {
      ArgSlot arg;
      arg.role = MarkerText(tree_, marker);
      arg.marker = marker;
      arg.phrase = std::move(slot);
      if (IsTime(tree_, lexicon_, head)) arg.kind = ArgKind::kTime;
      fact.args.push_back(std::move(arg));
    }
    return;
  }
  clause->objects = SplitSlots(tree_, head);
  if (tree_.IsNominal(head)) ReadNounArguments(head, clause);
}

// "issued a warning": the verb lends its slot to the noun.
bool ClauseReader::IsLightPair(uint32_t verb, uint32_t object) const {
  const std::string* direction = Find(lexicon_.light_verbs, tree_.lemma(verb));
  const std::string& noun = tree_.lemma(object);
  return direction != nullptr && direction->empty() &&
         (lexicon_.nominals.contains(noun) || lexicon_.light_nouns.contains(noun));
}

void ClauseReader::ReadObjects(Clause* clause) const {
  const uint32_t head = clause->head;
  Fact& fact = clause->base;
  int object = tree_.Child(head, {Deprel::kObj});
  const int receiver = tree_.Child(head, {Deprel::kIobj});
  // "froze and seized assets": the parser hangs the shared object on the first verb.
  if (object == kNoToken && tree_.rel(head) == Deprel::kConj && tree_.head(head) != kNoToken &&
      !clause->subject.is_patient &&
      !tree_.HasChild(head, {Deprel::kCcomp, Deprel::kXcomp, Deprel::kObl, Deprel::kNsubj})) {
    const int shared = tree_.Child(static_cast<uint32_t>(tree_.head(head)), {Deprel::kObj});
    if (shared != kNoToken && shared > static_cast<int>(head)) object = shared;
  }
  if (object != kNoToken && !IsRelativePronoun(tree_, static_cast<uint32_t>(object))) {
    clause->objects = SplitSlots(tree_, static_cast<uint32_t>(object));
    if (!clause->objects.empty()) fact.rules.push_back("obj");
    // "met Berg at the palace", with the palace hung on Berg.
    for (Slot& slot : clause->objects) {
      if (slot.head == kNoToken || !IsPersonName(tree_, static_cast<uint32_t>(slot.head))) continue;
      for (uint32_t child : tree_.children(static_cast<uint32_t>(slot.head))) {
        if (!IsStray(static_cast<uint32_t>(slot.head), child)) continue;
        std::erase_if(slot.tokens, [&](uint32_t i) { return tree_.Below(i, child); });
        ReadOblique(child, clause);
      }
    }
    ReadNounArguments(static_cast<uint32_t>(object), clause);
    ShareNounArguments(clause);
    if (IsLightPair(head, static_cast<uint32_t>(object))) {
      fact.is_light = true;
      fact.rules.push_back("light-verb");
    }
  }
  if (receiver != kNoToken && !IsRelativePronoun(tree_, static_cast<uint32_t>(receiver))) {
    clause->receivers = SplitSlots(tree_, static_cast<uint32_t>(receiver));
    if (!clause->receivers.empty()) fact.rules.push_back("iobj");
  }
  for (uint32_t child : tree_.children(head)) {
    if (tree_.rel(child) != Deprel::kXcomp || IsMergedComplement(child)) continue;
    if (tree_.IsVerbal(child)) continue;
    // "elected him president", "became president".
    Slot complement;
    complement.head = static_cast<int>(child);
    complement.tokens = NounPhrase(tree_, child, {.case_marker = true});
    if (complement.tokens.empty()) continue;
    fact.rules.push_back("complement");
    if (clause->objects.empty() && object == kNoToken) {
      clause->objects = SplitSlots(tree_, child, {.case_marker = true});
      fact.object_is_attribute = true;
      if (tree_.IsNominal(child)) ReadNounArguments(child, clause);
    } else {
      ArgSlot arg;
      arg.kind = ArgKind::kManner;
      arg.role = "as";
      arg.phrase = std::move(complement);
      fact.args.push_back(std::move(arg));
    }
  }
}

// "bombed the hospital, which Oslo denied": the head of the clause that is denied, kNoToken if it is the
// noun.
int ClauseReader::DeniedClause(uint32_t verb, uint32_t pronoun, uint32_t noun) const {
  const bool denies = lexicon_.StanceOf(tree_.lemma(verb)) == Stance::kDeny &&
                      !lexicon_.IsOperator(tree_.lemma(verb), "rejecting");
  const bool is_aside = tree_.lower(pronoun) == "which" && pronoun > 0 && tree_.lower(pronoun - 1) == ",";
  const bool is_content = lexicon_.content_nouns.contains(tree_.lemma(noun)) ||
                          lexicon_.nominals.contains(tree_.lemma(noun)) ||
                          lexicon_.IsHappening(tree_.lemma(noun), "message");
  if (!denies || !is_aside || is_content || tree_.rel(pronoun) != Deprel::kObj) return kNoToken;
  int at = static_cast<int>(noun);
  while (at != kNoToken && !IsClauseHead(static_cast<uint32_t>(at)))
    at = tree_.head(static_cast<uint32_t>(at));
  return at;
}

void ClauseReader::ReadRelative(Clause* clause) const {
  const int noun = RelativeGovernor(clause->head);
  if (noun == kNoToken || clause->subject.rule == "relative-subject") return;
  Slot antecedent;
  antecedent.head = noun;
  antecedent.tokens = NounPhrase(tree_, static_cast<uint32_t>(noun));
  // "what we expect": the phrase is the clause itself.
  if (antecedent.tokens.empty() || Contains(antecedent.tokens, clause->head)) return;
  bool has_gap_filler = false;
  for (uint32_t verb : clause->chain) {
    for (uint32_t child : tree_.children(verb)) {
      if (!IsRelativePronoun(tree_, child)) continue;
      has_gap_filler = true;
      if (const int told = DeniedClause(clause->head, child, static_cast<uint32_t>(noun)); told != kNoToken) {
        clause->base.content.push_back(static_cast<uint32_t>(told));
      } else if (tree_.rel(child) == Deprel::kObj) {
        clause->objects = {antecedent};
        clause->base.rules.push_back("relative-object");
      } else if (tree_.urel(child) == Deprel::kObl) {
        ArgSlot arg;
        arg.marker = CaseMarker(tree_, child);
        arg.role = MarkerText(tree_, arg.marker);
        arg.phrase = antecedent;
        if (arg.role.empty()) continue;
        clause->base.args.push_back(std::move(arg));
        clause->base.rules.push_back("relative-oblique");
      }
    }
    // "the palace, where he met her": there.
    const int where = tree_.Child(verb, {Deprel::kAdvmod});
    if (where != kNoToken && tree_.lower(static_cast<uint32_t>(where)) == "where") {
      // The noun right before it: of "the talks in the palace, where" the palace.
      auto place = static_cast<uint32_t>(where);
      while (place > 0 && (place == static_cast<uint32_t>(where) || tree_.IsPunct(place))) --place;
      while (tree_.head(place) > static_cast<int>(place) && tree_.head(place) < where) {
        place = static_cast<uint32_t>(tree_.head(place));
      }
      while (tree_.urel(place) == Deprel::kFlat && tree_.head(place) != kNoToken)
        place = static_cast<uint32_t>(tree_.head(place));
      Slot where_it_is = antecedent;
      if (tree_.IsNominal(place) && tree_.Below(place, static_cast<uint32_t>(noun))) {
        where_it_is.head = static_cast<int>(place);
        where_it_is.tokens = NounPhrase(tree_, place);
      }
      ArgSlot arg;
      arg.marker = CaseMarker(tree_, static_cast<uint32_t>(where_it_is.head));
      arg.role = MarkerText(tree_, arg.marker);
      if (arg.role != "at" && arg.role != "near" && arg.role != "outside" && arg.role != "inside") {
        arg.role = "in";
        arg.marker.clear();
      }
      arg.phrase = std::move(where_it_is);
      clause->base.args.push_back(std::move(arg));
      clause->base.rules.push_back("relative-place");
    }
    has_gap_filler |= tree_.HasChild(verb, {Deprel::kAdvmod}) && [&] {
      for (uint32_t child : tree_.children(verb)) {
        const std::string& word = tree_.lower(child);
        if (tree_.rel(child) == Deprel::kAdvmod && (word == "where" || word == "when" || word == "why"))
          return true;
      }
      return false;
    }();
  }
  // "three days after it was hit", "evidence that it came": no gap for the noun.
  has_gap_filler |=
      IsTime(tree_, lexicon_, static_cast<uint32_t>(noun)) || tree_.HasChild(clause->head, {Deprel::kMark});
  const bool is_bare = !has_gap_filler && clause->objects.empty() && !clause->subject.is_patient &&
                       !clause->base.is_copular && tree_.upos(clause->head) == Upos::kVerb &&
                       !tree_.HasChild(clause->head, {Deprel::kCcomp}) &&
                       clause->subject.rule.starts_with("nsubj");
  if (is_bare) {
    clause->objects = {antecedent};
    clause->base.rules.push_back("relative-object");
  }
}

int ClauseReader::LastCopula(uint32_t head) const {
  int last = kNoToken;
  for (uint32_t child : tree_.children(head)) {
    if (tree_.rel(child) == Deprel::kCop) last = static_cast<int>(child);
  }
  return last;
}

void ClauseReader::ReadClause(uint32_t head, std::vector<Fact>* facts) {
  Clause clause;
  clause.head = head;
  clause.chain = ChainOf(head);
  clause.base.clause = head;
  clause.subject = SubjectOf(clause.chain.front());
  // "There appears to be a leak": the leak hangs on "be".
  const int far_there =
      clause.chain.size() > 1 ? tree_.Child(clause.chain.front(), {Deprel::kExpl}) : kNoToken;
  if (IsThere(far_there) && tree_.HasChild(head, {Deprel::kNsubj})) clause.subject = SubjectOf(head);
  if (clause.chain.size() > 1) clause.subject.is_patient = IsPassive(head);
  if (!clause.subject.slots.empty()) clause.base.rules.push_back(clause.subject.rule);
  // "is done" with the auxiliary taken for a copula stays a passive.
  // "The aim is to win": no copula of "win".
  const int outer_mark = OuterMark(head);
  // "The trouble is that they make plans": none of "make" either.
  const int last_copula = outer_mark == kNoToken ? kNoToken : LastCopula(head);
  const bool has_outer =
      outer_mark != kNoToken && last_copula < outer_mark && tree_.upos(head) == Upos::kVerb;
  const bool is_aim = outer_mark != kNoToken && tree_.lower(static_cast<uint32_t>(outer_mark)) == "to" &&
                      tree_.upos(head) == Upos::kVerb;
  if (is_aim) clause.base.modality = Modality::kPlanned;
  const bool is_copular =
      (tree_.HasChild(head, {Deprel::kCop}) && !is_aim && !has_outer &&
       !(tree_.upos(head) == Upos::kVerb && tree_.HasChild(head, {Deprel::kNsubjPass}))) ||
      (!tree_.IsVerbal(head) && tree_.rel(head) != Deprel::kXcomp);
  clause.base.is_copular = is_copular;
  if (is_copular) clause.subject.is_patient = false;
  ReadPredicate(&clause);
  if (clause.base.predicate.empty()) {
    Drop(head, "copula", "no verb: no trigger");
    return;
  }
  ReadChainMeaning(&clause);
  if (is_copular) {
    ReadCopula(&clause);
  } else {
    ReadObjects(&clause);
  }
  ReadArguments(&clause);
  // "a poll suggests that they agree" asks nobody for anything.
  const int told = tree_.Child(head, {Deprel::kCcomp});
  if (told != kNoToken && clause.base.event_verb == tree_.lemma(head) &&
      lexicon_.IsOperator(tree_.lemma(head), "proposes") && !IsBaseForm(static_cast<uint32_t>(told)))
    clause.base.event_verb += " that";
  ReadRelative(&clause);
  ReadOperators(&clause);
  const Stance stance = lexicon_.StanceOf(tree_.lemma(head));
  clause.base.is_reporting = stance != Stance::kNone;
  int there = tree_.Child(head, {Deprel::kExpl});
  if (there == kNoToken && IsThere(far_there)) there = far_there;
  if (IsThere(there)) {
    EmitExistential(clause, static_cast<uint32_t>(there), facts);
    return;
  }
  if (clause.subject.slots.empty()) {
    Drop(head, "nsubj-active", "no subject of its own and none to share");
    return;
  }
  const bool own = clause.subject.rule.starts_with("nsubj") || clause.subject.rule == "conj-verb" ||
                   clause.subject.rule.starts_with("relative") ||
                   clause.subject.rule == "headline-infinitive";
  if (!own && clause.objects.empty() && clause.receivers.empty() && clause.agents.empty() &&
      clause.base.args.empty()) {
    Drop(head, clause.subject.rule, "a shared subject and nothing else");
    return;
  }
  // "the number required to win": no deed of the number.
  const bool is_need =
      clause.subject.rule == "participle-passive" && clause.chain.size() > 1 &&
      (tree_.lemma(clause.chain.front()) == "require" || tree_.lemma(clause.chain.front()) == "need");
  if (is_need) {
    Drop(head, clause.subject.rule, "what is needed for something does nothing");
    return;
  }
  if (tree_.upos(head) == Upos::kAux && !is_copular && clause.objects.empty() &&
      clause.base.content.empty()) {
    Drop(head, clause.subject.rule, "an auxiliary whose verb the parser lost");
    return;
  }
  if (tree_.lemma(head) == "have" && clause.chain.size() == 1 && !is_copular && !clause.subject.is_patient &&
      clause.objects.empty() && clause.base.content.empty()) {
    Drop(head, clause.subject.rule, "nothing that is had");
    return;
  }
  // An adjective without a copula whose phrase holds its own subject: a verb that the parser did not know.
  const bool holds_itself =
      is_copular && !tree_.HasChild(head, {Deprel::kCop}) && !clause.objects.empty() &&
      std::any_of(clause.subject.slots.begin(), clause.subject.slots.end(), [&](const Slot& s) {
        return s.head != kNoToken && Contains(clause.objects.front().tokens, static_cast<uint32_t>(s.head));
      });
  if (holds_itself) {
    Drop(head, "copula", "a phrase that holds its own subject");
    return;
  }
  // "That said, ...": a phrase, no report.
  const bool says_nothing = clause.base.is_reporting && clause.objects.empty() && clause.base.args.empty() &&
                            clause.receivers.empty() && clause.subject.slots.front().head != kNoToken &&
                            tree_.lower(static_cast<uint32_t>(clause.subject.slots.front().head)) == "that";
  if (says_nothing) {
    Drop(head, "reporting", "nobody speaks and nothing is said");
    return;
  }
  ApplySymmetry(&clause);
  Emit(clause, facts);
  EmitControlled(clause, facts);
}

void ClauseReader::Read(std::vector<Fact>* facts) {
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    if (IsClauseHead(i)) ReadOuterCopula(i, facts);
    if (IsClauseHead(i) && !HasMergedComplement(i)) ReadClause(i, facts);
  }
}

}  // namespace whowhom::extract::statements
