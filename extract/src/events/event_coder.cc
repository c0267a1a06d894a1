#include "whowhom/extract/event_coder.h"

#include <algorithm>
#include <utility>

#include "events/event_lexicon.h"

namespace whowhom::extract {
namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

// One verb with its arguments: the statement's own, or that of its complement clause.
struct VerbView {
  const std::string& verb;
  const std::string& object_head;
  const Arguments& arguments;
  const EventFrame* frame;  // null for a complement clause, of which less is known
};

// A form under which the lexicon may hold the verb, with the noun that this form governs.
struct VerbKey {
  std::string text;
  const std::string* noun;  // null = none
  bool governs_object;
  int bonus;  // a form with more words is more specific
};

// Bonuses of longer forms, on the scale of ScoreOf.
constexpr int kPrepositionBonus = 5;
constexpr int kObjectBonus = 8;

// Scores of lexicon combinations on the scale of ScoreOf: below `o=word`, above every weaker condition.
constexpr int kKnownPartScore = 7;
constexpr int kUnknownPartScore = 2;

struct Candidate {
  Act act;
  int score = -1;
  bool found() const { return score >= 0; }
  void Offer(Act other, int other_score) {
    if (other_score > score) {
      act = std::move(other);
      score = other_score;
    }
  }
};

std::string RequestMode(EventClass part) {
  switch (part) {
    case EventClass::kAid:
    case EventClass::kCooperate:
      return "assist";
    case EventClass::kConsult:
      return "meet";
    case EventClass::kAgree:
    case EventClass::kConcede:
    case EventClass::kRetreat:
      return "yield";
    default:
      return "change";
  }
}

std::string ThreatMode(const Act& part) {
  switch (part.event_class) {
    case EventClass::kAssault:
    case EventClass::kMobilize:
      return "violence";
    case EventClass::kSanction:
      return part.mode == "expel" ? "expel" : "relations";
    case EventClass::kCoerce:
      if (part.mode == "arrest") return "arrest";
      if (part.mode == "deport") return "expel";
      return part.mode == "seize" ? "territory" : "restrict";
    default:
      return {};
  }
}

// The mode of a threat, demand or refusal follows from the act it is about.
std::string ModeFromPart(EventClass whole, const Act& part) {
  if (part.empty()) return {};
  if (whole == EventClass::kThreaten) return ThreatMode(part);
  if (whole == EventClass::kRequest || whole == EventClass::kReject) return RequestMode(part.event_class);
  return {};
}

Act Combine(const Combination& combination, const Act& part) {
  if (combination.passes) return part;
  Act whole = combination.act;
  if (combination.mode_from_part) whole.mode = ModeFromPart(whole.event_class, part);
  if (!part.empty()) whole.entry += " (" + part.entry + ")";
  return whole;
}

class Coder final : public EventCoder {
 public:
  explicit Coder(EventLexicon lexicon) : lexicon_(std::move(lexicon)) {}

  EventCode Code(const EventFrame& given) const override {
    EventFrame frame = given;
    RepairLemma(given.verb_form, given.verb_tag, &frame.verb);
    RepairLemma(given.content_form, given.content_tag, &frame.content_verb);
    if (frame.verb.empty() || IsUnasserted(frame) || IsIn("nonagent", frame.subject_head)) return {};
    ReadIntention(&frame);
    Act act = CodeClause(frame);
    act = ApplyMood(frame, std::move(act));
    if (act.event_class == EventClass::kRequest && IsWithinOneGovernment(frame)) return {};
    return Complete(std::move(act));
  }

  std::string Describe() const override;

 private:
  bool IsIn(std::string_view set_name, const std::string& word) const {
    const WordSet* set = lexicon_.FindSet(set_name);
    return set != nullptr && !word.empty() && set->count(word) != 0;
  }

  // The first word of `verb` by the rules of inflection; its particles stay.
  void RepairLemma(const std::string& form, const std::string& tag, std::string* verb) const {
    if (form.empty() || verb->empty() || verb->rfind("be ", 0) == 0) return;
    size_t end = std::min(verb->find(' '), verb->size());
    *verb = lexicon_.lemmas().LemmaOf(form, tag, verb->substr(0, end)) + verb->substr(end);
  }

  // What is only asked, ordered, or thought possible has not happened.
  bool IsUnasserted(const EventFrame& frame) const {
    switch (frame.modality) {
      case Modality::kQuestioned:
      case Modality::kOrdered:
      case Modality::kRequested:
        return true;
      case Modality::kPossible:
        return !(frame.content_is_chain && IsCommitment(frame));
      case Modality::kConditional:
        return !IsFuture(frame) && !(frame.has_condition && IsCommitment(frame));
      default:
        return IsIn("obligation", frame.modal);
    }
  }

  // "threatened to attack if", "is willing to talk": what is possible or depends on something is the act
  // promised or threatened; the threat itself was made.
  bool IsCommitment(const EventFrame& frame) const {
    const std::vector<std::string>* groups = lexicon_.FindGroups(frame.verb);
    return frame.modal.empty() && groups != nullptr &&
           std::any_of(groups->begin(), groups->end(),
                       [&](const std::string& group) { return IsIn("commitment_group", group); });
  }

  // "said it intends to close the border": as "said it will close it".
  void ReadIntention(EventFrame* frame) const {
    if (frame->content_inner_verb.empty() || frame->content_is_chain || !frame->content_modal.empty()) return;
    const std::vector<std::string>* groups = lexicon_.FindGroups(frame->content_verb);
    const bool intends =
        groups != nullptr && std::any_of(groups->begin(), groups->end(), [](const std::string& group) {
          return group == "PROMISE" || group == "AGREE_TO";
        });
    if (!intends) return;
    frame->content_verb = frame->content_inner_verb;
    frame->content_object = frame->content_inner_object;
    frame->content_arguments = frame->content_inner_arguments;
    frame->content_form.clear();
    frame->content_modal = "will";
  }

  bool IsFuture(const EventFrame& frame) const {
    return frame.is_future || frame.modality == Modality::kPlanned || IsIn("future", frame.modal);
  }

  bool IsWithinOneGovernment(const EventFrame& frame) const {
    return !frame.subject_country.empty() && frame.subject_country == frame.object_country &&
           IsIn("government_sector", frame.subject_sector) && IsIn("government_sector", frame.object_sector);
  }

  std::vector<VerbKey> KeysOf(const VerbView& view) const {
    std::vector<VerbKey> keys;
    const std::string* object = view.object_head.empty() ? nullptr : &view.object_head;
    if (object != nullptr) keys.push_back({view.verb + " " + *object, nullptr, false, kObjectBonus});
    for (const auto& [preposition, head] : view.arguments) {
      std::string with_preposition = view.verb + " " + preposition;
      if (object != nullptr) {
        keys.push_back(
            {view.verb + " " + *object + " " + preposition, &head, false, kObjectBonus + kPrepositionBonus});
      }
      keys.push_back({with_preposition + " " + head, nullptr, false, kObjectBonus + kPrepositionBonus});
      keys.push_back({std::move(with_preposition), &head, false, kPrepositionBonus});
    }
    keys.push_back({view.verb, object, true, 0});
    return keys;
  }

  bool Holds(const FrameCondition& condition, const VerbView& view) const;
  const EventNoun* FindEventNoun(const VerbView& view, const VerbKey& key) const;
  void OfferEntries(const VerbView& view, const VerbKey& key, Candidate* best) const;
  void OfferNounCombinations(const VerbView& view, const VerbKey& key, Candidate* best) const;
  void OfferClauseCombinations(const EventFrame& frame, const VerbKey& key, const Act& content,
                               Candidate* best) const;
  Candidate CodeVerb(const VerbView& view) const;
  Act CodeClause(const EventFrame& frame) const;
  std::string GroupForContent(const EventFrame& frame, const std::string& group) const;
  Act ApplyMood(const EventFrame& frame, Act act) const;
  EventCode Complete(Act act) const;

  EventLexicon lexicon_;
};

bool Coder::Holds(const FrameCondition& condition, const VerbView& view) const {
  using Test = FrameCondition::Test;
  using Subject = FrameCondition::Subject;
  static const EventFrame kUnknown;  // of a complement clause neither subject nor polarity is known
  const EventFrame& frame = view.frame != nullptr ? *view.frame : kUnknown;
  if (condition.test == Test::kNegative) return frame.polarity == Polarity::kNegative;
  if (condition.test == Test::kPositive) return frame.polarity == Polarity::kPositive;
  auto test_word = [&](const std::string& word, bool is_actor) {
    switch (condition.test) {
      case Test::kPresent:
        return !word.empty();
      case Test::kAbsent:
        return word.empty();
      case Test::kActor:
        return is_actor;
      case Test::kThing:
        return !word.empty() && !is_actor;
      default:
        return condition.words.count(word) != 0;
    }
  };
  auto test_any = [&](const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return test_word(word, false); });
  };
  switch (condition.subject) {
    case Subject::kObject:
      return test_word(view.object_head, frame.object_is_actor);
    case Subject::kModifier:
      return test_any(frame.object_modifiers);
    case Subject::kObjectNoun:
      return test_any(frame.object_nouns);
    case Subject::kSubject:
      return test_word(frame.subject_head, frame.subject_is_actor);
    case Subject::kContent:
      return test_word(frame.content_verb, frame.content_subject_is_self);
    case Subject::kSubjectSector:
      return test_word(frame.subject_sector, false);
    case Subject::kObjectSector:
      return test_word(frame.object_sector, false);
    case Subject::kArgument:
      break;
  }
  return std::any_of(view.arguments.begin(), view.arguments.end(), [&](const auto& argument) {
    return argument.first == condition.preposition &&
           (condition.test != Test::kWords || test_word(argument.second, false));
  });
}

void Coder::OfferEntries(const VerbView& view, const VerbKey& key, Candidate* best) const {
  const std::vector<FrameEntry>* entries = lexicon_.FindEntries(key.text);
  if (entries == nullptr) return;
  for (const FrameEntry& entry : *entries) {  // by falling score: the first that holds is the best
    bool holds = std::all_of(entry.conditions.begin(), entry.conditions.end(),
                             [&](const FrameCondition& condition) { return Holds(condition, view); });
    if (holds) {
      best->Offer(entry.act, entry.score + key.bonus);
      return;
    }
  }
}

const EventNoun* Coder::FindEventNoun(const VerbView& view, const VerbKey& key) const {
  if (key.noun == nullptr) return nullptr;
  bool knows_modifiers = key.governs_object && view.frame != nullptr;
  if (knows_modifiers) {
    for (const std::string& modifier : view.frame->object_modifiers) {
      if (const EventNoun* noun = lexicon_.FindNoun(modifier + " " + *key.noun)) return noun;
    }
  }
  if (const EventNoun* noun = lexicon_.FindNoun(*key.noun)) return noun;
  if (!knows_modifiers || !IsIn("light_head", *key.noun)) return nullptr;
  for (const auto* words : {&view.frame->object_modifiers, &view.frame->object_nouns}) {
    for (const std::string& word : *words) {
      if (const EventNoun* noun = lexicon_.FindNoun(word)) return noun;
    }
  }
  return nullptr;
}

void Coder::OfferNounCombinations(const VerbView& view, const VerbKey& key, Candidate* best) const {
  const std::vector<std::string>* groups = lexicon_.FindGroups(key.text);
  if (groups == nullptr || key.noun == nullptr) return;
  if (key.governs_object && view.frame != nullptr && view.frame->object_is_actor) return;
  const EventNoun* noun = FindEventNoun(view, key);
  static const Act kNoAct;
  const Act& part = noun != nullptr ? noun->act : kNoAct;
  for (const std::string& group : *groups) {
    const Combination* combination = lexicon_.FindCombination(group, 'n', part, false);
    if (combination == nullptr) continue;
    Act whole = Combine(*combination, part);
    if (combination->passes) whole.entry = key.text + " + " + part.entry;
    best->Offer(std::move(whole), (noun != nullptr ? kKnownPartScore : kUnknownPartScore) + key.bonus);
  }
}

Candidate Coder::CodeVerb(const VerbView& view) const {
  Candidate best;
  for (const VerbKey& key : KeysOf(view)) {
    OfferEntries(view, key, &best);
    OfferNounCombinations(view, key, &best);
  }
  if (best.found()) return best;
  // The verb of a nominalisation may be written as its noun.
  if (const EventNoun* noun = lexicon_.FindNoun(view.verb)) best.Offer(noun->act, 0);
  return best;
}

// What a verb of saying does with its clause: "said that it would" promises, "said that they must" demands.
std::string Coder::GroupForContent(const EventFrame& frame, const std::string& group) const {
  // "wants to close the border": one's own intention asks nobody.
  if (group == "APPEAL" && frame.content_is_chain && IsIn("intention", frame.verb)) return "INTEND";
  if (group != "SAY") return group;
  if (IsIn("obligation", frame.content_modal)) return frame.content_subject_is_self ? group : "DEMAND";
  if (IsIn("future", frame.content_modal) && frame.content_subject_is_self) return "PROMISE";
  return group;
}

void Coder::OfferClauseCombinations(const EventFrame& frame, const VerbKey& key, const Act& content,
                                    Candidate* best) const {
  const std::vector<std::string>* groups = lexicon_.FindGroups(key.text);
  if (groups == nullptr) return;
  for (const std::string& group : *groups) {
    const Combination* combination =
        lexicon_.FindCombination(GroupForContent(frame, group), 'c', content, frame.content_negative);
    if (combination == nullptr) continue;
    Act whole = Combine(*combination, content);
    if (combination->passes) whole.entry = key.text + " + " + content.entry;
    best->Offer(std::move(whole), (content.empty() ? kUnknownPartScore : kKnownPartScore) + key.bonus);
  }
}

Act Coder::CodeClause(const EventFrame& frame) const {
  VerbView view{frame.verb, frame.object_head, frame.arguments, &frame};
  Candidate best = CodeVerb(view);
  if (!frame.content_verb.empty()) {
    VerbView content_view{frame.content_verb, frame.content_object, frame.content_arguments, nullptr};
    Act content = CodeVerb(content_view).act;
    const bool knows_outer = best.found() || lexicon_.FindGroups(frame.verb) != nullptr;
    if (frame.content_is_chain && !knows_outer && !frame.content_negative) return content;
    for (const VerbKey& key : KeysOf(view)) OfferClauseCombinations(frame, key, content, &best);
  }
  return best.act;
}

Act Coder::ApplyMood(const EventFrame& frame, Act act) const {
  bool negative = frame.polarity == Polarity::kNegative;
  // Entries with the condition `not` have seen the negation already.
  if (act.entry.find(" not]") != std::string::npos || act.entry.find("[not") != std::string::npos)
    negative = false;
  bool future = IsFuture(frame);
  if (act.empty() || (!negative && !future)) return act;
  const char* group = "NEGATED";
  if (future) group = "PROMISE";
  if (!future && frame.modal == "can") group = "PROMISE";
  const Combination* combination = lexicon_.FindCombination(group, 'c', act, negative);
  if (combination == nullptr) return negative ? Act() : act;
  return Combine(*combination, act);
}

EventCode Coder::Complete(Act act) const {
  EventCode code;
  if (act.empty()) return code;
  code.event_class = act.event_class;
  code.mode = std::move(act.mode);
  code.entry = std::move(act.entry);
  const ClassInfo* info = lexicon_.FindClass(code.event_class);
  if (info != nullptr) {
    code.cameo = info->cameo;
    code.quad = info->quad;
    code.scale = info->scale;
  }
  if (const ModeInfo* mode = lexicon_.FindMode(code.event_class, code.mode)) {
    if (!mode->cameo.empty()) code.cameo = mode->cameo;
    if (mode->scale) code.scale = mode->scale;
  }
  if (!act.cameo.empty()) code.cameo = std::move(act.cameo);
  return code;
}

std::string FormatScale(const std::optional<double>& scale) {
  if (!scale) return "-";
  int tenths = static_cast<int>(*scale * 10 + (*scale < 0 ? -0.5 : 0.5));
  std::string text = tenths < 0 ? "-" : "";
  int magnitude = tenths < 0 ? -tenths : tenths;
  return text + std::to_string(magnitude / 10) + "." + std::to_string(magnitude % 10);
}

std::string Coder::Describe() const {
  std::string text =
      "Event classes: what kind of act a statement reports.\n"
      "The classes follow PLOVER 2.0, with STATEMENT added for plain saying; `cameo` is the CAMEO root; the "
      "quad class is\n"
      "that of PLOVER; the scale runs from -10 (conflict) to 10 (cooperation). Definitions are our own.\n";
  for (const ClassInfo& info : lexicon_.classes()) {
    std::string quad(ToString(info.quad));
    text += "\n" + std::string(ToString(info.event_class)) + "  cameo " + info.cameo + "  quad " +
            (quad.empty() ? "-" : quad) + "  scale " + FormatScale(info.scale) + "\n  " + info.definition +
            "\n";
    for (const ModeInfo& mode : lexicon_.modes()) {
      if (mode.event_class != info.event_class) continue;
      text += "    " + mode.mode + ": " + mode.definition;
      if (!mode.cameo.empty() && mode.cameo != info.cameo) text += " (cameo " + mode.cameo + ")";
      text += "\n";
    }
  }
  return text;
}

}  // namespace

Result<std::unique_ptr<EventCoder>> EventCoder::Load(const std::string& data_dir) {
  WHOWHOM_TRY(EventLexicon lexicon, EventLexicon::Load(data_dir + "/events"));
  return std::unique_ptr<EventCoder>(std::make_unique<Coder>(std::move(lexicon)));
}

}  // namespace whowhom::extract
