// Who the subject of a clause is: its own, or one shared through coordination, control, relative clauses,
// participles.
#include <algorithm>

#include "statements/clauses.h"

namespace whowhom::extract::statements {

namespace {

constexpr int kMaxDepth = 12;  // of borrowing; trees of real sentences stay under 6

Slot NounSlot(const Tree& tree, uint32_t head) {
  Slot slot;
  slot.head = static_cast<int>(head);
  slot.tokens = NounPhrase(tree, head);
  return slot;
}

// With two objects ("gave them orders to leave") the receiver acts.
std::vector<Slot> ObjectSlots(const Tree& tree, uint32_t verb) {
  int object = tree.Child(verb, {Deprel::kIobj});
  if (object == kNoToken) object = tree.Child(verb, {Deprel::kObj});
  if (object == kNoToken) return {};
  return SplitSlots(tree, static_cast<uint32_t>(object));
}

bool IsInfinitive(const Tree& tree, uint32_t verb) {
  for (uint32_t child : tree.children(verb)) {
    if (tree.rel(child) == Deprel::kMark && tree.lower(child) == "to") return true;
  }
  return false;
}

// Only forms that show their number: "were", "oppose", not "opposed".
bool IsPluralVerb(const Tree& tree, uint32_t head) {
  const auto is_plural = [&tree](uint32_t token) {
    const std::string& form = tree.lower(token);
    return form == "were" || form == "are" || form == "have" || form == "do" ||
           (tree.HasFeature(token, "Number=Plur") && tree.HasFeature(token, "Tense=Pres"));
  };
  for (const uint32_t child : tree.children(head)) {
    if (tree.urel(child) == Deprel::kAux || tree.rel(child) == Deprel::kCop) return is_plural(child);
  }
  return is_plural(head);
}

// "a guard from the Labour Party, who was hurt": a party is nobody who is hurt, so the noun above.
uint32_t NoBody(const Tree& tree, uint32_t noun) {
  const auto is_body = [&tree](uint32_t token) {
    for (const NameSpan& name : tree.sentence().names) {
      if (name.begin <= token && token < name.end)
        return name.type == NameType::kOrg || name.type == NameType::kGpe || name.type == NameType::kPlace;
    }
    return false;
  };
  uint32_t at = noun;
  for (int step = 0; step < kMaxDepth && is_body(at); ++step) {
    const Deprel relation = tree.urel(at);
    const bool climbs = relation == Deprel::kNmod || relation == Deprel::kFlat || relation == Deprel::kAppos;
    if (!climbs || tree.head(at) == kNoToken || !tree.IsNominal(static_cast<uint32_t>(tree.head(at))))
      return noun;
    at = static_cast<uint32_t>(tree.head(at));
  }
  return at;
}

// "the killing of Hart, which Oslo ordered": "which" is no person, so the noun above.
uint32_t NoPerson(const Tree& tree, uint32_t noun, uint32_t pronoun) {
  if (tree.lower(pronoun) == "who") return NoBody(tree, noun);
  if (tree.lower(pronoun) != "which") return noun;
  const auto is_person = [&tree](uint32_t token) {
    for (const NameSpan& name : tree.sentence().names) {
      if (name.begin <= token && token < name.end) return name.type == NameType::kPerson;
    }
    return false;
  };
  // "handed his letter to Hart, which was opened": what was handed.
  const int verb =
      tree.urel(noun) == Deprel::kObl || tree.rel(noun) == Deprel::kIobj ? tree.head(noun) : kNoToken;
  if (verb != kNoToken && is_person(noun)) {
    const int thing = tree.Child(static_cast<uint32_t>(verb), {Deprel::kObj});
    if (thing != kNoToken && thing < static_cast<int>(noun) && !is_person(static_cast<uint32_t>(thing)))
      return static_cast<uint32_t>(thing);
  }
  uint32_t at = noun;
  for (int step = 0; step < kMaxDepth && (is_person(at) || tree.urel(at) == Deprel::kFlat); ++step) {
    const Deprel relation = tree.urel(at);
    const bool climbs = relation == Deprel::kNmod || relation == Deprel::kAppos || relation == Deprel::kFlat;
    if (!climbs || tree.head(at) == kNoToken || !tree.IsNominal(static_cast<uint32_t>(tree.head(at)))) break;
    at = static_cast<uint32_t>(tree.head(at));
  }
  // "overthrew Hart, which led to war": what happened, no noun.
  return is_person(at) ? static_cast<uint32_t>(kNoToken) : at;
}

// What a relative clause behind a comma tells of: of "X and his daughter, who were hurt" both. A plural verb
// behind the last of several tells of all where it alone is one, or belongs to the others ("its neighbours").
uint32_t WholeAntecedent(const Tree& tree, uint32_t noun, uint32_t pronoun, uint32_t clause) {
  if (tree.rel(noun) != Deprel::kConj || tree.head(noun) == kNoToken || pronoun == 0) return noun;
  const auto first = static_cast<uint32_t>(tree.head(noun));
  const bool has_comma = tree.lower(pronoun - 1) == ",";
  const bool is_one = tree.HasFeature(noun, "Number=Sing");
  const int owner = tree.Child(noun, {Deprel::kNmodPoss});
  const bool is_theirs = owner != kNoToken && tree.upos(static_cast<uint32_t>(owner)) == Upos::kPron;
  const bool are_all =
      has_comma && tree.IsNominal(first) && (is_one || is_theirs) && IsPluralVerb(tree, clause);
  return are_all ? first : noun;
}

}  // namespace

bool ClauseReader::IsPassive(uint32_t verb) const {
  if (tree_.HasChild(verb, {Deprel::kAuxPass, Deprel::kNsubjPass})) return true;
  if (tree_.HasChild(verb, {Deprel::kNsubj, Deprel::kAux})) return false;
  const Deprel relation = tree_.rel(verb);
  // "has on several occasions indicated": the parser took the auxiliary for a verb.
  if (relation == Deprel::kXcomp && tree_.head(verb) != kNoToken) {
    const auto governor = static_cast<uint32_t>(tree_.head(verb));
    if (tree_.lemma(governor) == "have" && !tree_.HasChild(governor, {Deprel::kObj})) return false;
  }
  // "was seized and taken away", "was found and declared dead": tagged as past tenses.
  const std::string& form = tree_.lower(verb);
  const bool ends_so = form.ends_with("en") || form.ends_with("wn");
  const int result = tree_.Child(verb, {Deprel::kXcomp});
  const bool is_declared = result != kNoToken && tree_.upos(static_cast<uint32_t>(result)) == Upos::kAdj;
  const bool is_mistagged = relation == Deprel::kConj && tree_.token(verb).xpos == "VBD" &&
                            (ends_so || is_declared) && !tree_.HasChild(verb, {Deprel::kObj});
  const bool is_past_participle =
      tree_.token(verb).xpos == "VBN" || is_mistagged ||
      (tree_.HasFeature(verb, "VerbForm=Part") && !tree_.HasFeature(verb, "Tense=Pres") &&
       tree_.token(verb).xpos != "VBG" && !form.ends_with("ing"));
  if (!is_past_participle) return false;
  if (relation == Deprel::kConj && tree_.head(verb) != kNoToken)
    return IsPassive(static_cast<uint32_t>(tree_.head(verb)));
  return relation == Deprel::kAcl || relation == Deprel::kAdvcl || relation == Deprel::kXcomp;
}

// "diminishes efforts to leave", "rejected plans to build": whoever hinders or judges a deed does not do it.
bool ClauseReader::ConcernsOthers(uint32_t verb) const {
  return lexicon_.IsOperator(tree_.lemma(verb), "rejecting") ||
         lexicon_.IsOperator(tree_.lemma(verb), "others-deed") ||
         lexicon_.StanceOf(tree_.lemma(verb)) == Stance::kDeny;
}

int ClauseReader::RelativeGovernor(uint32_t head) const {
  int at = static_cast<int>(head);
  for (int step = 0; at != kNoToken && step < kMaxDepth; ++step) {
    if (tree_.rel(at) == Deprel::kAclRelcl) return tree_.head(at);
    const bool climbs =
        (tree_.rel(at) == Deprel::kConj && !tree_.HasChild(at, {Deprel::kNsubj, Deprel::kNsubjPass})) ||
        tree_.rel(at) == Deprel::kXcomp;
    if (!climbs) return kNoToken;
    at = tree_.head(at);
  }
  return kNoToken;
}

std::vector<Slot> DoerOfNoun(const Tree& tree, const ClauseReader& clauses, uint32_t noun, int depth) {
  if (const int owner = tree.Child(noun, {Deprel::kNmodPoss}); owner != kNoToken) {
    return SplitSlots(tree, static_cast<uint32_t>(owner));
  }
  for (uint32_t child : tree.children(noun)) {
    if (tree.urel(child) == Deprel::kNmod && MarkerText(tree, CaseMarker(tree, child)) == "by") {
      return SplitSlots(tree, child);
    }
  }
  const int governor = tree.head(noun);
  if (governor != kNoToken && clauses.ConcernsOthers(static_cast<uint32_t>(governor))) return {};
  if (governor != kNoToken && tree.urel(noun) == Deprel::kObj && depth < kMaxDepth) {
    ClauseReader::Subject subject = clauses.SubjectOf(static_cast<uint32_t>(governor), depth + 1);
    if (!subject.is_patient) return subject.slots;
  }
  return {};
}

// "a plan to attack", "the first woman to lead", "the village shelled by", "troops guarding".
ClauseReader::Subject ClauseReader::NounSubject(uint32_t head, int governor, int depth) const {
  Subject out;
  if (governor == kNoToken) return out;
  // "the conclusion that there will be a war": a finite clause of the noun is its content, not its deed.
  if (tree_.HasFeature(head, "VerbForm=Fin") || tree_.HasChild(head, {Deprel::kExpl, Deprel::kCop}))
    return out;
  const uint32_t noun = static_cast<uint32_t>(governor);
  if (IsInfinitive(tree_, head)) {
    const bool is_action =
        lexicon_.nominals.contains(tree_.lemma(noun)) || lexicon_.light_nouns.contains(tree_.lemma(noun));
    if (is_action) {
      out.slots = DoerOfNoun(tree_, *this, noun, depth);
      out.rule = "infinitive-noun";
    } else if ((tree_.rel(noun) == Deprel::kRoot || tree_.sentence().is_headline) &&
               !tree_.HasChild(noun, {Deprel::kCop})) {
      out.slots = SplitSlots(tree_, noun, {.infinitives = false});
      out.rule = "headline-infinitive";
    } else {
      if (IsOrdinal(tree_, noun)) {
        Slot first = NounSlot(tree_, noun);
        first.tokens = NounPhrase(tree_, noun, {.infinitives = false});
        out.slots = {std::move(first)};
        out.is_patient = IsPassive(head);
        out.rule = out.is_patient ? "participle-passive" : "participle-active";
      }
    }
    return out;
  }
  // "the goal of covering the costs": what the noun is about.
  const int marker = tree_.Child(head, {Deprel::kMark, Deprel::kCase});
  if (marker != kNoToken && marker < static_cast<int>(head) &&
      (tree_.token(head).xpos == "VBG" || tree_.HasFeature(head, "VerbForm=Ger")))
    return out;
  out.is_patient = IsPassive(head);
  out.slots = SplitSlots(tree_, noun, {.infinitives = false});
  out.rule = out.is_patient ? "participle-passive" : "participle-active";
  // "issued a statement urging Oslo to pay": whoever issued it urges.
  if (!out.is_patient && lexicon_.IsHappening(tree_.lemma(noun), "message")) {
    std::vector<Slot> speakers = DoerOfNoun(tree_, *this, noun, depth);
    if (!speakers.empty()) out.slots = std::move(speakers);
  }
  return out;
}

// "voiced his criticism of X for V-ing": those whom the noun criticises.
std::vector<Slot> ClauseReader::BlamedByNoun(uint32_t verb, const std::string& preposition) const {
  const int object = tree_.Child(verb, {Deprel::kObj});
  if (object == kNoToken) return {};
  const auto noun = static_cast<uint32_t>(object);
  const NominalAction* action = Find(lexicon_.nominals, tree_.lemma(noun));
  const auto* frames = action != nullptr ? Find(lexicon_.accusations, action->verb) : nullptr;
  const bool blames =
      frames != nullptr && std::any_of(frames->begin(), frames->end(), [&](const auto& frame) {
        return frame.target == "obj" && frame.act == preposition;
      });
  if (!blames) return {};
  for (const uint32_t governor : {noun, verb}) {
    for (const uint32_t child : tree_.children(governor)) {
      if (tree_.urel(child) != Deprel::kNmod && tree_.urel(child) != Deprel::kObl) continue;
      const std::string marker = MarkerText(tree_, CaseMarker(tree_, child));
      const bool is_blamed =
          std::find(action->undergoer.begin(), action->undergoer.end(), marker) != action->undergoer.end();
      if (is_blamed) return SplitSlots(tree_, child);
    }
  }
  return {};
}

// "accused X of V-ing": the accused, not the accuser.
ClauseReader::Subject ClauseReader::AccusedSubject(uint32_t head, int governor, int depth) const {
  Subject out;
  if (governor == kNoToken) return out;
  const uint32_t verb = static_cast<uint32_t>(governor);
  const int marker = tree_.Child(head, {Deprel::kMark, Deprel::kCase});
  if (marker == kNoToken) return out;
  const std::string& word = tree_.lower(static_cast<uint32_t>(marker));
  const auto* frames = Find(lexicon_.accusations, tree_.lemma(verb));
  const ChainVerb* control = Find(lexicon_.object_control, tree_.lemma(verb));
  bool applies = control != nullptr && control->negative && word == "from";
  if (frames != nullptr) {
    // "accused X of murder for shooting": what X is accused for, whatever else he is accused of.
    for (const AccusationFrame& frame : *frames)
      applies |= frame.target == "obj" && (frame.act == word || word == "for");
  }
  if (!applies) {
    out.slots = BlamedByNoun(verb, word);
    out.rule = "accusation";
    out.is_patient = IsPassive(head);
    return out;
  }
  out.slots = ObjectSlots(tree_, verb);
  if (out.slots.empty() && IsPassive(verb)) out.slots = SubjectOf(verb, depth + 1).slots;
  out.is_patient = IsPassive(head);
  out.rule = control != nullptr && frames == nullptr ? "object-control" : "accusation";
  return out;
}

std::vector<Slot> ClauseReader::ControlledBy(uint32_t verb) const {
  for (uint32_t child : tree_.children(verb)) {
    if (tree_.urel(child) != Deprel::kObl) continue;
    const std::string key = tree_.lemma(verb) + " " + MarkerText(tree_, CaseMarker(tree_, child));
    if (lexicon_.object_control.contains(key)) return SplitSlots(tree_, child);
  }
  const ChainVerb* control = Find(lexicon_.object_control, tree_.lemma(verb));
  const bool is_wish = control != nullptr && control->modality && *control->modality != Modality::kPlanned;
  const bool wants = control != nullptr && !control->negative &&
                     (is_wish || lexicon_.IsHappening(tree_.lemma(verb), "forces"));
  return wants ? ObjectSlots(tree_, verb) : std::vector<Slot>{};
}

ClauseReader::Subject ClauseReader::AdverbialSubject(uint32_t head, int governor, int depth) const {
  Subject out = AccusedSubject(head, governor, depth);
  if (!out.slots.empty() || governor == kNoToken) return out;
  if (IsInfinitive(tree_, head)) {
    out.slots = ControlledBy(static_cast<uint32_t>(governor));
    if (!out.slots.empty()) {
      out.is_patient = IsPassive(head);
      out.rule = "object-control";
      return out;
    }
  }
  // "the method used by the army to count the dead": the army counts.
  const int agent = tree_.Child(static_cast<uint32_t>(governor), {Deprel::kOblAgent});
  if (agent != kNoToken && IsInfinitive(tree_, head) && !IsPassive(head) &&
      tree_.lemma(static_cast<uint32_t>(governor)) == "use") {
    out.slots = SplitSlots(tree_, static_cast<uint32_t>(agent));
    out.rule = "adverbial-clause";
    return out;
  }
  const int marker = tree_.Child(head, {Deprel::kMark});
  const bool is_as = marker != kNoToken && tree_.lower(static_cast<uint32_t>(marker)) == "as";
  // "quoted an official as saying": the one quoted speaks.
  if (is_as && !IsPassive(head) &&
      lexicon_.StanceOf(tree_.lemma(static_cast<uint32_t>(governor))) != Stance::kNone) {
    out.slots = ObjectSlots(tree_, static_cast<uint32_t>(governor));
    if (out.slots.empty() && IsPassive(static_cast<uint32_t>(governor)))
      out.slots = SubjectOf(static_cast<uint32_t>(governor), depth + 1).slots;
    if (!out.slots.empty()) {
      out.rule = "object-control";
      return out;
    }
  }
  // "as decided by the court": what is decided is the main clause, not its subject.
  const std::string word = marker == kNoToken ? "" : tree_.lower(static_cast<uint32_t>(marker));
  // "whether ordered by the king": said of something else than the subject.
  // "rather than adjusting the sum, it is based on prices": nobody is named who would adjust it.
  const bool is_undone = word == "rather" && IsPassive(static_cast<uint32_t>(governor)) && !IsPassive(head);
  // "peace was reached through talking to the rebels": not by the peace.
  const bool is_means = (word == "by" || word == "through") && IsPassive(static_cast<uint32_t>(governor));
  // "there are problems in holding the vote": the problems hold nothing.
  const bool is_there = word == "in" && tree_.HasChild(static_cast<uint32_t>(governor), {Deprel::kExpl});
  if ((is_means || is_there) && tree_.token(head).xpos == "VBG") return {};
  const bool is_than = word == "than" || is_undone || (word == "whether" && IsPassive(head));
  // "more of this than paying that" names no doer at all.
  if (is_than || (IsPassive(head) && is_as)) return {};
  // A finite clause without a subject is a broken parse, not a participle.
  if (tree_.HasFeature(head, "VerbForm=Fin")) return {};
  out = SubjectOf(static_cast<uint32_t>(governor), depth + 1);
  out.is_patient = IsPassive(head);
  out.rule = "adverbial-clause";
  return out;
}

// "Berg, from Bergen, Norway, who founded the club": where the parser lost the relative clause, the noun
// right before the pronoun.
int ClauseReader::Antecedent(uint32_t pronoun) const {
  if (pronoun < 2) return kNoToken;
  uint32_t at = tree_.IsPunct(pronoun - 1) ? pronoun - 2 : pronoun - 1;
  if (!tree_.IsNominal(at)) return kNoToken;
  for (int step = 0; step < kMaxDepth; ++step) {
    const Deprel relation = tree_.urel(at);
    const int governor = tree_.head(at);
    const bool climbs =
        relation == Deprel::kFlat || relation == Deprel::kCompound ||
        (tree_.lower(pronoun) == "who" && (relation == Deprel::kNmod || relation == Deprel::kAppos));
    if (!climbs || governor == kNoToken || governor > static_cast<int>(pronoun) ||
        !tree_.IsNominal(static_cast<uint32_t>(governor)))
      break;
    at = static_cast<uint32_t>(governor);
  }
  return static_cast<int>(at);
}

// The parser may give a verb two subjects: "Foreign Minister | Anna Berg said" is one phrase; of words quoted
// and the speaker behind them, the one nearest to the reporting verb speaks.
uint32_t ClauseReader::MainSubject(uint32_t head, uint32_t first) const {
  uint32_t best = first;
  for (uint32_t child : tree_.children(head)) {
    if (child <= best || tree_.rel(child) != tree_.rel(first) || !tree_.IsNominal(child)) continue;
    auto distance = [&](uint32_t i) { return i < head ? head - i : i - head; };
    const bool speaks = lexicon_.StanceOf(tree_.lemma(head)) != Stance::kNone;
    if (IsTitledName(tree_, best, child) || (speaks && distance(child) < distance(best))) best = child;
  }
  return best;
}

// ""We lost," said Berg": the speaker behind the verb, where the parser made a quoted noun the subject.
int ClauseReader::InvertedSpeaker(uint32_t head, uint32_t subject) const {
  if (subject > head || head + 1 >= tree_.size() || lexicon_.StanceOf(tree_.lemma(head)) == Stance::kNone)
    return kNoToken;
  if (head == 0 || !tree_.IsClosingQuote(head - 1)) return kNoToken;
  const int object = tree_.Child(head, {Deprel::kObj});
  if (object == kNoToken || tree_.upos(object) == Upos::kPron || object < static_cast<int>(head))
    return kNoToken;
  return tree_.Yield(static_cast<uint32_t>(object)).front() == head + 1 ? object : kNoToken;
}

// "Monday", "May 7": a day by name.
bool ClauseReader::IsDayName(uint32_t i) const {
  for (const NameSpan& name : tree_.sentence().names) {
    if (name.begin <= i && i < name.end) return name.type == NameType::kDate && tree_.upos(i) != Upos::kNoun;
  }
  return false;
}

// "Berg in a letter said": what stands between a person's name and the verb belongs to the verb.
bool ClauseReader::IsStray(uint32_t subject, uint32_t child) const {
  static constexpr std::string_view kAdverbial[] = {"in",    "on",     "at",  "during",
                                                    "after", "before", "via", "through"};
  if (tree_.rel(child) != Deprel::kNmod || child < subject) return false;
  // "the army on Monday shelled": of what happens ("the talks on Monday") the day may be part.
  const std::string& noun = tree_.lemma(subject);
  const bool is_event = lexicon_.nominals.contains(noun) || lexicon_.light_nouns.contains(noun) ||
                        lexicon_.IsHappening(noun, "event");
  const bool is_day = !is_event && IsTime(tree_, lexicon_, child) && IsDayName(child);
  if (!IsPersonName(tree_, subject) && !is_day) return false;
  const std::string marker = MarkerText(tree_, CaseMarker(tree_, child));
  return std::find(std::begin(kAdverbial), std::end(kAdverbial), marker) != std::end(kAdverbial);
}

// What the parser hung on the subject by mistake: a stray adverbial, and before a speaker's name the end of
// what he says ("any more, spokesman Lars Dahl said").
void ClauseReader::Tidy(uint32_t head, Slot* slot) const {
  if (slot->head == kNoToken || slot->tokens.empty()) return;
  const auto subject = static_cast<uint32_t>(slot->head);
  for (uint32_t child : tree_.children(subject)) {
    if (!IsStray(subject, child)) continue;
    std::erase_if(slot->tokens, [&](uint32_t i) { return tree_.Below(i, child); });
  }
  if (lexicon_.StanceOf(tree_.lemma(head)) == Stance::kNone || !IsPersonName(tree_, subject)) return;
  if (slot->tokens.empty()) return;
  for (uint32_t i = subject; i-- > slot->tokens.front();) {
    const std::string& form = tree_.token(i).form;
    if (form != "," && !tree_.IsClosingQuote(i)) continue;
    std::erase_if(slot->tokens, [&](uint32_t k) { return k <= i; });
    return;
  }
}

// "spent their lives fighting", "have ten days to leave": a time is no doer.
bool ClauseReader::KeepsSubject(uint32_t verb) const {
  if (tree_.lemma(verb) == "spend") return true;
  const int object = tree_.Child(verb, {Deprel::kObj});
  return tree_.lemma(verb) == "have" && object != kNoToken &&
         IsTime(tree_, lexicon_, static_cast<uint32_t>(object));
}

ClauseReader::Subject ClauseReader::SubjectOf(uint32_t head, int depth) const {
  Subject out;
  if (depth > kMaxDepth) return out;
  const int governor = tree_.head(head);
  for (uint32_t child : tree_.children(head)) {
    const Deprel relation = tree_.rel(child);
    const Deprel base = Universal(relation);
    if (base != Deprel::kNsubj && base != Deprel::kCsubj) continue;
    if (relation == Deprel::kNsubjOuter) continue;
    if (base == Deprel::kNsubj) {
      if (const int speaker = InvertedSpeaker(head, child); speaker != kNoToken) {
        out.slots = SplitSlots(tree_, static_cast<uint32_t>(speaker));
        out.rule = "nsubj-active";
        return out;
      }
      if (const uint32_t main = MainSubject(head, child); main != child) {
        out.is_patient = relation == Deprel::kNsubjPass;
        out.rule = out.is_patient ? "nsubj-passive" : "nsubj-active";
        out.slots = SplitSlots(tree_, main);
        if (IsTitledName(tree_, child, main) && !out.slots.empty())
          out.slots.front().tokens = Union(NounPhrase(tree_, child), out.slots.front().tokens);
        if (!out.slots.empty()) return out;
      }
    }
    out.is_patient = relation == Deprel::kNsubjPass || relation == Deprel::kCsubjPass;
    out.rule = out.is_patient ? "nsubj-passive" : "nsubj-active";
    const int noun = RelativeGovernor(head);
    if (noun != kNoToken && IsRelativePronoun(tree_, child)) {
      // "were beaten last night, which is another matter": what happened, not the night.
      const Deprel place = tree_.rel(static_cast<uint32_t>(noun));
      if ((place == Deprel::kOblUnmarked || place == Deprel::kNmodUnmarked) &&
          IsTime(tree_, lexicon_, static_cast<uint32_t>(noun)))
        return {};
      const uint32_t antecedent = NoPerson(tree_, static_cast<uint32_t>(noun), child);
      if (antecedent == static_cast<uint32_t>(kNoToken)) return {};
      const uint32_t whole = WholeAntecedent(tree_, antecedent, child, head);
      if (whole != static_cast<uint32_t>(noun)) {
        out.slots = SplitSlots(tree_, whole);
        out.rule = "relative-subject";
        return out;
      }
      out.slots = {NounSlot(tree_, static_cast<uint32_t>(noun))};
      // "those who fled": the phrase of a pronoun keeps its relative clause; here it must not hold the clause
      // itself.
      if (Contains(out.slots.front().tokens, head)) out.slots.front().tokens = {static_cast<uint32_t>(noun)};
      out.rule = "relative-subject";
      return out;
    }
    const bool is_open = tree_.lower(child) == "who" || tree_.lower(child) == "which";
    // "which, he said, had sunk", "which he said had sunk": the pronoun stands before the verb of saying.
    const bool is_far = tree_.rel(head) == Deprel::kCcomp && governor != kNoToken &&
                        static_cast<int>(child) < governor &&
                        RelativeGovernor(static_cast<uint32_t>(governor)) != kNoToken;
    if (is_open && IsRelativePronoun(tree_, child) && (tree_.rel(head) != Deprel::kCcomp || is_far)) {
      const int antecedent = Antecedent(child);
      if (antecedent == kNoToken) return out;
      out.slots = {NounSlot(tree_, static_cast<uint32_t>(antecedent))};
      if (Contains(out.slots.front().tokens, head))
        out.slots.front().tokens = {static_cast<uint32_t>(antecedent)};
      out.rule = "relative-subject";
      return out;
    }
    if (base == Deprel::kCsubj) {
      // "It is sad to see": the clause is no doer.
      if (child > head) continue;
      Slot slot;
      slot.head = static_cast<int>(child);
      slot.is_clause = true;
      slot.tokens = ClauseText(tree_, child, false);
      out.slots = {slot};
    } else {
      out.slots = SplitSlots(tree_, child);
    }
    if (!out.slots.empty()) {
      if (base == Deprel::kNsubj) Tidy(head, &out.slots.front());
      return out;
    }
  }
  // "Norway's aim is to win": Norway is to win.
  if (OuterMark(head) != kNoToken && IsInfinitive(tree_, head)) {
    const int aim = tree_.Child(head, {Deprel::kNsubjOuter});
    const int owner = tree_.Child(static_cast<uint32_t>(aim), {Deprel::kNmodPoss});
    if (owner == kNoToken) return out;
    out.slots = SplitSlots(tree_, static_cast<uint32_t>(owner));
    out.is_patient = IsPassive(head);
    out.rule = "infinitive-noun";
    return out;
  }
  switch (tree_.rel(head)) {
    case Deprel::kConj: {
      if (governor == kNoToken) return out;
      out = SubjectOf(static_cast<uint32_t>(governor), depth + 1);
      out.is_patient = IsPassive(head);
      if (!out.slots.empty() && out.rule.starts_with("nsubj")) out.rule = "conj-verb";
      return out;
    }
    case Deprel::kXcomp: {
      if (governor == kNoToken) return out;
      if (KeepsSubject(static_cast<uint32_t>(governor))) {
        out = SubjectOf(static_cast<uint32_t>(governor), depth + 1);
        out.rule = "chain";
        out.is_patient = IsPassive(head);
        return out;
      }
      out.slots = ObjectSlots(tree_, static_cast<uint32_t>(governor));
      out.rule = "object-control";
      if (out.slots.empty()) out.slots = ControlledBy(static_cast<uint32_t>(governor));
      if (out.slots.empty()) {
        out = SubjectOf(static_cast<uint32_t>(governor), depth + 1);
        out.rule = "chain";
      }
      out.is_patient = IsPassive(head);
      return out;
    }
    case Deprel::kAcl:
      out = AccusedSubject(head, governor, depth);
      return out.slots.empty() ? NounSubject(head, governor, depth) : out;
    case Deprel::kAclRelcl:
      return out;
    case Deprel::kAdvcl:
      return AdverbialSubject(head, governor, depth);
    default:
      return out;
  }
}

}  // namespace whowhom::extract::statements
