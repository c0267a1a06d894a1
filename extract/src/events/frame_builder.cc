#include "events/frame_builder.h"

#include <algorithm>
#include <utility>

#include "events/verb_lemmas.h"

namespace whowhom::extract {
namespace {

using statements::ArgKind;
using statements::ArgSlot;
using statements::Fact;
using statements::kNoToken;
using statements::Slot;
using statements::Tree;

bool IsNegated(const Tree& tree, uint32_t verb) {
  return std::any_of(tree.children(verb).begin(), tree.children(verb).end(), [&](uint32_t child) {
    return tree.rel(child) == Deprel::kAdvmod && (tree.lemma(child) == "not" || tree.lemma(child) == "never");
  });
}

// The modal of a verb in its full form: "would", "must"; empty = none. "has to" counts as "have".
std::string ModalOf(const Tree& tree, uint32_t verb) {
  for (uint32_t child : tree.children(verb)) {
    if (tree.rel(child) != Deprel::kAux || tree.token(child).xpos != "MD") continue;
    const std::string& form = tree.lower(child);
    if (form == "wo" || form == "'ll") return "will";
    if (form == "'d") return "would";
    return form == "ca" ? "can" : form;
  }
  return {};
}

// Lemma of a noun or name by its form: plurals by rule.
std::string NounOf(const Tree& tree, uint32_t noun) {
  const std::string& tag = tree.token(noun).xpos;
  if (tag == "NNS" || tag == "NNPS") return SingularOf(tree.lower(noun));
  return tag == "NN" || tag == "NNP" ? tree.lower(noun) : tree.lemma(noun);
}

std::string VerbOf(const Tree& tree, uint32_t verb) {
  std::string lemma = tree.HasChild(verb, {Deprel::kCop}) ? "be " + tree.lemma(verb) : tree.lemma(verb);
  for (uint32_t child : tree.children(verb)) {
    if (tree.rel(child) == Deprel::kCompoundPrt) lemma += " " + tree.lower(child);
  }
  return lemma;
}

// The nearest clause below `verb` that completes it.
int ComplementOf(const Tree& tree, uint32_t verb) {
  return tree.Child(verb, {Deprel::kXcomp, Deprel::kCcomp});
}

void ReadObject(const Tree& tree, const Slot& object, EventFrame* frame) {
  if (object.empty() || object.head == kNoToken || object.is_clause) return;
  uint32_t head = static_cast<uint32_t>(object.head);
  // "gave some of the equipment": what it is of.
  if (tree.upos(head) == Upos::kPron || tree.upos(head) == Upos::kDet || tree.upos(head) == Upos::kNum) {
    for (uint32_t child : tree.children(head)) {
      const int marker = tree.rel(child) == Deprel::kNmod ? tree.Child(child, {Deprel::kCase}) : kNoToken;
      if (marker == kNoToken || tree.lower(static_cast<uint32_t>(marker)) != "of") continue;
      head = child;
      break;
    }
  }
  frame->object_head = NounOf(tree, head);
  for (uint32_t child : tree.children(head)) {
    const Deprel relation = tree.urel(child);
    if (relation == Deprel::kAmod || relation == Deprel::kCompound)
      frame->object_modifiers.push_back(NounOf(tree, child));
    if (relation != Deprel::kNmod || tree.rel(child) == Deprel::kNmodPoss) continue;
    // "part of an aid program": the whole term, its head, what stands before the head.
    std::vector<std::string> parts;
    for (uint32_t part : tree.children(child)) {
      if (tree.urel(part) == Deprel::kCompound && part < child) parts.push_back(NounOf(tree, part));
    }
    const std::string noun = NounOf(tree, child);
    if (!parts.empty()) frame->object_nouns.push_back(parts.back() + " " + noun);
    frame->object_nouns.push_back(noun);
    frame->object_nouns.insert(frame->object_nouns.end(), parts.begin(), parts.end());
  }
}

// "to stop the march": an infinitive below another clause tells what something is for, not what somebody
// promises.
bool IsPurpose(const Tree& tree, uint32_t verb) {
  const Deprel relation = tree.urel(verb);
  if (relation == Deprel::kRoot || relation == Deprel::kParataxis) return false;
  return std::any_of(tree.children(verb).begin(), tree.children(verb).end(), [&](uint32_t child) {
    return tree.rel(child) == Deprel::kMark && tree.lower(child) == "to";
  });
}

// "to back rebels who fight Oslo": what is planned only because the clause around it is, is nobody's promise.
bool IsSetInPurpose(const Tree& tree, const Fact& fact, const EventFrame& frame) {
  const Deprel relation = tree.rel(fact.clause);
  const bool is_inside = relation == Deprel::kAclRelcl || relation == Deprel::kAdvcl;
  return !fact.is_implicit && is_inside && frame.modal.empty();
}

void ReadObliques(const Tree& tree, uint32_t verb, std::vector<std::pair<std::string, std::string>>* out) {
  for (uint32_t child : tree.children(verb)) {
    if (tree.urel(child) != Deprel::kObl) continue;
    const int marker = tree.Child(child, {Deprel::kCase});
    if (marker != kNoToken) out->emplace_back(tree.lower(static_cast<uint32_t>(marker)), NounOf(tree, child));
  }
}

// The content clause with its own object, modal, negation and subject.
void ReadContent(const Tree& tree, uint32_t head, const Fact& fact, EventFrame* frame) {
  frame->content_verb = VerbOf(tree, head);
  frame->content_form = tree.lower(head);
  frame->content_tag = tree.token(head).xpos;
  frame->content_negative = IsNegated(tree, head);
  frame->content_modal = ModalOf(tree, head);
  int object = tree.Child(head, {Deprel::kObj});
  if (object == kNoToken) object = tree.Child(head, {Deprel::kNsubjPass});
  if (object != kNoToken) frame->content_object = NounOf(tree, static_cast<uint32_t>(object));
  ReadObliques(tree, head, &frame->content_arguments);
  const int inner = tree.Child(head, {Deprel::kXcomp});
  if (inner != kNoToken && object == kNoToken && tree.IsVerbal(static_cast<uint32_t>(inner))) {
    const auto verb = static_cast<uint32_t>(inner);
    frame->content_inner_verb = VerbOf(tree, verb);
    const int thing = tree.Child(verb, {Deprel::kObj});
    if (thing != kNoToken) frame->content_inner_object = NounOf(tree, static_cast<uint32_t>(thing));
    ReadObliques(tree, verb, &frame->content_inner_arguments);
  }
  const int subject = tree.Child(head, {Deprel::kNsubj, Deprel::kNsubjPass});
  if (subject == kNoToken) {
    frame->content_subject_is_self =
        tree.rel(head) != Deprel::kXcomp || fact.object.empty() || fact.object.head == kNoToken;
    return;
  }
  const uint32_t word = static_cast<uint32_t>(subject);
  const bool is_pronoun =
      tree.upos(word) == Upos::kPron && tree.lower(word) != "there" && tree.lower(word) != "this";
  const bool is_same_word = fact.subject.head != kNoToken &&
                            tree.lemma(word) == tree.lemma(static_cast<uint32_t>(fact.subject.head));
  frame->content_subject_is_self = is_pronoun || is_same_word;
}

// The first verb of the chain that ends in the clause's head and stands in the predicate as written; the head
// itself where there is no chain.
uint32_t OuterVerb(const Tree& tree, const Fact& fact) {
  uint32_t at = fact.clause;
  while (tree.rel(at) == Deprel::kXcomp && tree.head(at) != kNoToken) {
    const uint32_t head = static_cast<uint32_t>(tree.head(at));
    const bool is_verbal = tree.upos(head) == Upos::kVerb || tree.upos(head) == Upos::kAdj;
    if (!is_verbal || !statements::Contains(fact.predicate, head)) break;
    // "is reported to have killed": what is reported, by nobody by name.
    const bool is_report = std::any_of(fact.voices.begin(), fact.voices.end(), [&](const auto& voice) {
      return voice.speaker.empty() && voice.verb == tree.lemma(head);
    });
    if (is_report) break;
    at = head;
  }
  return at;
}

}  // namespace

EventFrame BuildEventFrame(const Tree& tree, const Fact& fact, const std::vector<Fact>& siblings) {
  EventFrame frame;
  frame.verb = fact.event_verb.empty() ? fact.lemma : fact.event_verb;
  if (fact.subject.head != kNoToken)
    frame.subject_head = NounOf(tree, static_cast<uint32_t>(fact.subject.head));
  frame.polarity = fact.polarity;
  frame.modality = fact.modality;
  frame.is_future = fact.is_future;
  ReadObject(tree, fact.object, &frame);
  int content_head = kNoToken;
  for (const ArgSlot& arg : fact.args) {
    if (arg.phrase.head == kNoToken || arg.kind == ArgKind::kTime) continue;
    if (arg.kind == ArgKind::kContent) {
      if (content_head == kNoToken) content_head = arg.phrase.head;
    } else {
      frame.arguments.emplace_back(arg.role, NounOf(tree, static_cast<uint32_t>(arg.phrase.head)));
    }
  }
  if (fact.receiver.head != kNoToken)
    frame.arguments.emplace_back("to", NounOf(tree, static_cast<uint32_t>(fact.receiver.head)));
  auto set_form = [&](uint32_t verb, std::string* form, std::string* tag) {
    *form = tree.lower(verb);
    *tag = tree.token(verb).xpos;
  };
  frame.has_condition = std::any_of(fact.args.begin(), fact.args.end(),
                                    [](const ArgSlot& arg) { return arg.kind == ArgKind::kCondition; });
  if (!fact.is_implicit) {
    frame.modal = ModalOf(tree, fact.clause);
    if (!fact.is_copular) set_form(fact.clause, &frame.verb_form, &frame.verb_tag);
  }
  const bool is_headline =
      std::find(fact.rules.begin(), fact.rules.end(), "headline-infinitive") != fact.rules.end();
  const bool is_purpose = !fact.is_implicit && !is_headline && IsPurpose(tree, fact.clause);
  const uint32_t outer = fact.is_implicit ? fact.clause : OuterVerb(tree, fact);
  if (outer != fact.clause) {
    frame.content_is_chain = true;
    frame.verb = VerbOf(tree, outer);
    frame.content_verb = VerbOf(tree, fact.clause);
    frame.content_negative = IsNegated(tree, fact.clause);
    frame.content_object = std::exchange(frame.object_head, {});
    frame.content_arguments = std::exchange(frame.arguments, {});
    frame.modal = ModalOf(tree, outer);
    set_form(outer, &frame.verb_form, &frame.verb_tag);
    set_form(fact.clause, &frame.content_form, &frame.content_tag);
    frame.polarity = IsNegated(tree, outer) ? Polarity::kNegative : Polarity::kPositive;
    // The chain itself made the act planned; what else weakens it stays.
    if (frame.modality == Modality::kPlanned) frame.modality = Modality::kAsserted;
    frame.is_future = false;
  } else if (frame.modality == Modality::kPlanned && (is_purpose || IsSetInPurpose(tree, fact, frame))) {
    frame.modality = Modality::kRequested;  // at best somebody else's wish; never an event by itself
  } else if (content_head != kNoToken) {
    ReadContent(tree, static_cast<uint32_t>(content_head), fact, &frame);
    for (const Fact& other : siblings) {
      if (other.clause != static_cast<uint32_t>(content_head) || other.is_implicit) continue;
      frame.content_negative = frame.content_negative || other.polarity == Polarity::kNegative;
    }
  } else if (!fact.is_implicit && !fact.is_copular) {
    const int complement = ComplementOf(tree, fact.clause);
    if (complement != kNoToken && tree.upos(static_cast<uint32_t>(complement)) != Upos::kNoun) {
      ReadContent(tree, static_cast<uint32_t>(complement), fact, &frame);
    }
  }
  return frame;
}

}  // namespace whowhom::extract
