// Whom an event is aimed at where neither the object nor a preposition of the verb names an actor.
#include <algorithm>

#include "statements/build.h"
#include "statements/phrases.h"

namespace whowhom::extract::statements {
namespace {

constexpr int kMaxDepth = 3;  // noun phrases and verb chains one inside the other

// A place or time where something happens is nobody it is done to.
bool IsSetting(const std::string& preposition) {
  static constexpr std::string_view kSettings[] = {"in",     "at",    "near",  "during", "since", "after",
                                                   "before", "under", "among", "as",     "like",  "until"};
  return std::find(std::begin(kSettings), std::end(kSettings), preposition) != std::end(kSettings);
}

bool NamesActor(const Phrase& phrase) { return !phrase.actor.name.empty() || !phrase.members.empty(); }

}  // namespace

// The event is given a target of its own: "issued a stern reminder to Iraq" (role "reminder to"), "demanded
// that Hamas renounce violence" (role "target").
class TargetFinder {
 public:
  TargetFinder(const StatementBuilder& builder, const Lexicon& lexicon, const Tree& tree, uint32_t sentence,
               const Statement& statement)
      : builder_(builder), lexicon_(lexicon), tree_(tree), sentence_(sentence), statement_(statement) {}

  // An actor below a noun: behind a preposition, else as its possessor ("Norland's decision", "the UN
  // visit"), else (`settings`) where it is.
  std::optional<Argument> Below(uint32_t noun) const {
    for (const bool settings : {false, true}) {
      if (settings && !IsMaterial()) break;  // only deeds are done to those who are in a place
      if (auto found = Behind(noun, settings, 0)) return found;
      if (!settings && MayBeOwner(noun)) {
        if (auto owner = OwnerOf(noun)) return owner;
      }
    }
    return std::nullopt;
  }
  // Who is to do what is said, else to whom.
  std::optional<Argument> Within(uint32_t verb, int depth = 0) const {
    if (depth >= kMaxDepth) return std::nullopt;
    std::vector<uint32_t> candidates;
    for (const Deprel relation : {Deprel::kNsubj, Deprel::kNsubjPass, Deprel::kObj, Deprel::kIobj}) {
      if (const int found = tree_.Child(verb, {relation}); found != kNoToken)
        candidates.push_back(static_cast<uint32_t>(found));
    }
    for (const uint32_t child : tree_.children(verb)) {
      const bool is_setting = IsSetting(MarkerText(tree_, CaseMarker(tree_, child)));
      if (tree_.urel(child) == Deprel::kObl && !is_setting) candidates.push_back(child);
    }
    for (const uint32_t candidate : candidates) {
      if (auto phrase = ActorAt(candidate)) return Argument{"target", std::move(*phrase)};
    }
    for (const uint32_t candidate : candidates) {
      if (auto below = Below(candidate)) return Argument{"target", std::move(below->phrase)};
    }
    const int chained = tree_.Child(verb, {Deprel::kXcomp, Deprel::kCcomp});
    return chained == kNoToken ? std::nullopt : Within(static_cast<uint32_t>(chained), depth + 1);
  }

 private:
  bool IsMaterial() const {
    return statement_.quad == Quad::kMaterialConflict || statement_.quad == Quad::kMaterialCooperation;
  }
  // Who owns a deed did it: to condemn or to defend it is aimed at him, to order it is not.
  bool MayBeOwner(uint32_t noun) const {
    const EventClass c = statement_.event_class;
    const bool is_judged = c == EventClass::kAccuse || c == EventClass::kReject ||
                           c == EventClass::kSupport || c == EventClass::kProtest ||
                           c == EventClass::kConcede;
    return is_judged || !lexicon_.nominals.contains(tree_.lemma(noun));
  }
  std::optional<Argument> Behind(uint32_t noun, bool settings, int depth) const {
    for (const uint32_t child : tree_.children(noun)) {
      if (tree_.rel(child) != Deprel::kNmod || depth >= kMaxDepth) continue;
      const std::string preposition = MarkerText(tree_, CaseMarker(tree_, child));
      const bool fits = settings ? preposition == "in" : !IsSetting(preposition);
      if (preposition.empty() || !fits) continue;
      if (auto phrase = ActorAt(child)) {
        return Argument{tree_.lemma(noun) + " " + preposition, std::move(*phrase)};
      }
      if (auto deeper = Behind(child, settings, depth + 1)) return deeper;
    }
    return std::nullopt;
  }

  std::optional<Argument> OwnerOf(uint32_t noun) const {
    for (const uint32_t child : tree_.children(noun)) {
      if (tree_.rel(child) != Deprel::kNmodPoss && tree_.rel(child) != Deprel::kCompound) continue;
      if (auto phrase = ActorAt(child)) return Argument{tree_.lemma(noun) + " of", std::move(*phrase)};
    }
    return std::nullopt;
  }

  std::optional<Phrase> ActorAt(uint32_t head) const {
    if (tree_.upos(head) == Upos::kPron && tree_.lower(head) != "them") return std::nullopt;
    Slot slot;
    slot.tokens = NounPhrase(tree_, head);
    slot.head = static_cast<int>(head);
    Phrase phrase = builder_.MakePhrase(tree_, sentence_, slot);
    const bool is_self = !phrase.actor.name.empty() && phrase.actor == statement_.subject.actor;
    if (!NamesActor(phrase) || is_self) return std::nullopt;
    return phrase;
  }

  const StatementBuilder& builder_;
  const Lexicon& lexicon_;
  const Tree& tree_;
  const uint32_t sentence_;
  const Statement& statement_;
};

void StatementBuilder::AddTarget(const Tree& tree, uint32_t sentence, const Fact& fact,
                                 Statement* statement) const {
  if (statement->event_class == EventClass::kNone || statement->event_class == EventClass::kStatement) return;
  if (statement->subject.text.empty() || (statement->object && NamesActor(*statement->object))) return;
  if (statement->symmetric && statement->subject.members.size() > 1) return;
  for (const Argument& argument : statement->arguments) {
    const bool is_content = argument.role == "content" || argument.role == "purpose";
    if (!is_content && argument.role != "time" && !IsSetting(argument.role) && NamesActor(argument.phrase))
      return;
  }
  const TargetFinder finder(*this, lexicon_, tree, sentence, *statement);
  std::optional<Argument> target;
  const bool has_object = fact.object.head != kNoToken && !fact.object.is_clause;
  if (has_object) target = finder.Below(static_cast<uint32_t>(fact.object.head));
  for (const ArgSlot& arg : fact.args) {
    if (target || arg.phrase.head == kNoToken) continue;
    const auto head = static_cast<uint32_t>(arg.phrase.head);
    const bool is_content = arg.kind == ArgKind::kContent || arg.kind == ArgKind::kPurpose;
    if (arg.kind == ArgKind::kPreposition && !arg.phrase.is_clause && !IsSetting(arg.role))
      target = finder.Below(head);
    if (!has_object && is_content) target = finder.Within(head);
  }
  if (!target) return;
  statement->arguments.push_back(std::move(*target));
  statement->rules.emplace_back("event-target");
}

}  // namespace whowhom::extract::statements
