// Whom an event is aimed at where neither the object nor a preposition of the verb names an actor.
#include <algorithm>

#include "statements/build.h"
#include "statements/phrases.h"

namespace whowhom::extract::statements {
namespace {

constexpr int kMaxDepth = 3;  // noun phrases and verb chains one inside the other

// A place or time where something happens is nobody it is done to.
bool IsSetting(const std::string& preposition) {
  static constexpr std::string_view kSettings[] = {
      "in", "at",   "near",  "during", "since",  "after",  "before", "under",     "among",
      "as", "like", "until", "across", "within", "inside", "amid",   "throughout"};
  return std::find(std::begin(kSettings), std::end(kSettings), preposition) != std::end(kSettings);
}

// "the man's family": somebody, though nobody by name.
bool IsSomebody(const Phrase& phrase) {
  const EntityType type = phrase.actor.type;
  return type == EntityType::kPerson || type == EntityType::kOrg || type == EntityType::kGroup ||
         type == EntityType::kGpe;
}

// "its troops"
bool IsOwn(const Tree& tree, uint32_t noun) {
  const int owner = tree.Child(noun, {Deprel::kNmodPoss});
  return owner != kNoToken && tree.upos(static_cast<uint32_t>(owner)) == Upos::kPron;
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
  std::vector<Argument> Below(uint32_t noun, bool with_settings = true) const {
    // "rejected Oslo's request for the return of": whose request it was, before what it was for.
    if (IsJudged() && lexicon_.nominals.contains(tree_.lemma(noun))) {
      if (auto owner = OwnerOf(noun); !owner.empty()) return owner;
    }
    for (const bool settings : {false, true}) {
      if (settings && !with_settings) break;
      if (auto found = Behind(noun, settings, 0); !found.empty()) return found;
      if (!settings && MayBeOwner(noun)) {
        if (auto owner = OwnerOf(noun); !owner.empty()) return owner;
      }
      // "a grant and a loan to Chad"
      for (const uint32_t member : settings ? std::vector<uint32_t>{} : Coordinated(tree_, noun)) {
        if (member == noun) continue;
        if (auto found = Behind(member, settings, 0); !found.empty()) return found;
      }
    }
    return {};
  }
  // Who is to do what is said, else to whom.
  std::vector<Argument> Within(uint32_t verb, int depth = 0) const {
    if (depth >= kMaxDepth) return {};
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
      if (auto found = ActorsAt(candidate, "target"); !found.empty()) return found;
    }
    for (const uint32_t candidate : candidates) {
      auto below = Below(candidate);
      for (Argument& argument : below) argument.role = "target";
      if (!below.empty()) return below;
    }
    const int chained = tree_.Child(verb, {Deprel::kXcomp, Deprel::kCcomp});
    return chained == kNoToken ? std::vector<Argument>{} : Within(static_cast<uint32_t>(chained), depth + 1);
  }

 private:
  // Who owns a deed did it: to condemn or to defend it is aimed at him, to order it is not.
  bool IsJudged() const {
    const EventClass c = statement_.event_class;
    return c == EventClass::kAccuse || c == EventClass::kReject || c == EventClass::kSupport ||
           c == EventClass::kProtest || c == EventClass::kConcede;
  }
  bool MayBeOwner(uint32_t noun) const {
    return IsJudged() || !lexicon_.nominals.contains(tree_.lemma(noun));
  }
  std::vector<Argument> Behind(uint32_t noun, bool settings, int depth) const {
    for (const uint32_t child : tree_.children(noun)) {
      // "lifted the sanctions imposed on Chad"
      if (tree_.rel(child) == Deprel::kAcl && tree_.token(child).xpos == "VBN" && !settings &&
          depth < kMaxDepth) {
        if (auto found = BehindParticiple(noun, child); !found.empty()) return found;
      }
      const bool is_clause = tree_.rel(child) == Deprel::kAcl && depth < kMaxDepth && !settings;
      if (is_clause && (TellsSomething(noun, child) || AsksWhether(child))) {
        if (auto found = Within(child); !found.empty()) return found;
      }
      if (tree_.rel(child) != Deprel::kNmod || depth >= kMaxDepth) continue;
      const std::string preposition = MarkerText(tree_, CaseMarker(tree_, child));
      const bool is_around = preposition == "in" || preposition == "across" || preposition == "throughout";
      const bool fits = settings ? is_around : !IsSetting(preposition);
      if (preposition.empty() || !fits) continue;
      if (preposition == "for" && lexicon_.IsHappening(tree_.lemma(noun), "cause")) continue;
      // Only the noun itself joins the relation: "issue reminder to", but not "launch base in".
      const bool joins = depth == 0;
      const std::string role = joins ? tree_.lemma(noun) + " " + preposition : "target";
      auto found = ActorsAt(child, role);
      // What is done in a house, or in one's own country, is not done to it.
      const std::string& own = statement_.subject.actor.country;
      if (settings) {
        std::erase_if(found, [&](const Argument& a) {
          return a.phrase.actor.type != EntityType::kGpe || (!own.empty() && a.phrase.actor.country == own);
        });
      }
      if (!found.empty()) return found;
      if (auto deeper = Behind(child, settings, depth + 1); !deeper.empty()) return deeper;
      // "the blockade on Norlander lorries"
      if (auto owner = OwnerOf(child); !owner.empty() && !settings) return owner;
    }
    return {};
  }

  // "a lawsuit accusing Oslo"
  bool TellsSomething(uint32_t noun, uint32_t participle) const {
    return tree_.token(participle).xpos == "VBG" && participle > noun &&
           (lexicon_.StanceOf(tree_.lemma(participle)) != Stance::kNone ||
            lexicon_.IsHappening(tree_.lemma(noun), "message"));
  }

  // "an inquiry into whether Oslo paid"
  bool AsksWhether(uint32_t clause) const {
    return std::any_of(tree_.children(clause).begin(), tree_.children(clause).end(), [&](uint32_t child) {
      return tree_.rel(child) == Deprel::kMark && tree_.lower(child) == "whether";
    });
  }

  std::vector<Argument> BehindParticiple(uint32_t noun, uint32_t participle) const {
    // "an inquiry into crimes committed by rebels": who is judged is the doer.
    const int agent = tree_.Child(participle, {Deprel::kOblAgent});
    if (IsJudged() && agent != kNoToken) {
      if (auto found = ActorsAt(static_cast<uint32_t>(agent), tree_.lemma(noun) + " by"); !found.empty())
        return found;
    }
    for (const uint32_t child : tree_.children(participle)) {
      const std::string preposition = MarkerText(tree_, CaseMarker(tree_, child));
      if (tree_.urel(child) != Deprel::kObl ||
          (preposition != "on" && preposition != "against" && preposition != "to"))
        continue;
      if (auto found = ActorsAt(child, tree_.lemma(noun) + " " + preposition); !found.empty()) return found;
    }
    return {};
  }

  std::vector<Argument> OwnerOf(uint32_t noun) const {
    for (const uint32_t child : tree_.children(noun)) {
      const bool is_origin = tree_.rel(child) == Deprel::kAmod &&
                             lexicon_.country_words.contains(tree_.lower(child));  // "the Norlander raid"
      if (tree_.rel(child) != Deprel::kNmodPoss && tree_.rel(child) != Deprel::kCompound && !is_origin)
        continue;
      if (auto found = ActorsAt(child, tree_.lemma(noun) + " of"); !found.empty()) return found;
    }
    return {};
  }

  // Each of several ("relations with Chad and Niger") is aimed at.
  std::vector<Argument> ActorsAt(uint32_t head, const std::string& role) const {
    std::vector<Argument> out;
    for (const uint32_t member : Coordinated(tree_, head)) {
      if (auto phrase = ActorAt(member)) out.push_back({role, std::move(*phrase)});
    }
    return out;
  }

  std::optional<Phrase> ActorAt(uint32_t head) const {
    if (tree_.upos(head) == Upos::kPron && tree_.lower(head) != "them") return std::nullopt;
    // "withdraw its troops": one's own.
    if (IsOwn(tree_, head)) return std::nullopt;
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
  // Whoever moves troops moves them against somebody else; "withdraw its troops from Chad" is aimed at Chad.
  const bool is_own = statement->event_class == EventClass::kMobilize ||
                      (fact.object.head != kNoToken && !fact.object.is_clause &&
                       IsOwn(tree, static_cast<uint32_t>(fact.object.head)));
  if (statement->subject.text.empty() || (statement->object && NamesActor(*statement->object) && !is_own))
    return;
  if (statement->symmetric && statement->subject.members.size() > 1) return;
  // "fired rockets at": where they go, no place where it happens.
  const bool aims = statement->object && lexicon_.IsHappening(fact.lemma, "aims");
  auto is_setting = [&](const std::string& role) { return IsSetting(role) && !(aims && role == "at"); };
  // "complained to the council over Oslo's raids": who is told is not who is accused.
  const bool is_complaint =
      statement->event_class == EventClass::kAccuse && !statement->object &&
      std::any_of(statement->arguments.begin(), statement->arguments.end(),
                  [](const Argument& a) { return a.role == "over" || a.role == "about"; });
  for (const Argument& argument : statement->arguments) {
    if (is_complaint && argument.role == "to") continue;
    const bool is_content = argument.role == "content" || argument.role == "purpose";
    if (!is_content && argument.role != "time" && !is_setting(argument.role) &&
        (NamesActor(argument.phrase) || IsSomebody(argument.phrase)))
      return;
  }
  const TargetFinder finder(*this, lexicon_, tree, sentence, *statement);
  std::vector<Argument> targets;
  const bool has_object = fact.object.head != kNoToken && !fact.object.is_clause;
  if (has_object) targets = finder.Below(static_cast<uint32_t>(fact.object.head));
  // "marched to demand that Oslo pay", "gave money to help Oslo", "will strike unless Oslo pays"
  const bool serves =
      statement->event_class == EventClass::kProtest || statement->event_class == EventClass::kAid;
  const bool is_threat = statement->event_class == EventClass::kThreaten;
  for (const ArgSlot& arg : fact.args) {
    if (!targets.empty() || arg.phrase.head == kNoToken) continue;
    const auto head = static_cast<uint32_t>(arg.phrase.head);
    // "an inquiry into whether Oslo paid"
    const bool asks = arg.phrase.is_clause && arg.role.ends_with("whether");
    const bool is_content = arg.kind == ArgKind::kContent || arg.kind == ArgKind::kPurpose || asks;
    // "in defiance of Oslo" names whom it is against.
    const bool takes_sides = arg.role == "in" && lexicon_.IsHappening(tree.lemma(head), "stance");
    if (is_complaint && arg.role == "to") continue;
    if (arg.kind == ArgKind::kPreposition && !arg.phrase.is_clause &&
        (takes_sides || !is_setting(arg.role))) {
      targets = finder.Below(head, arg.role != "against" && arg.role != "on");
      for (Argument& target : targets) target.role = "target";
    }
    const bool looks_in = is_content && (!has_object || asks || (serves && arg.kind == ArgKind::kPurpose));
    // "will strike if Oslo is bombed" is no threat to Oslo.
    const bool warns =
        is_threat && arg.kind == ArgKind::kCondition && !tree.HasChild(head, {Deprel::kNsubjPass});
    if (looks_in || warns) targets = finder.Within(head);
  }
  if (targets.empty()) return;
  // "launched missiles at two bases in Chad": "launch missile against", where the verb alone would read as
  // done to Chad.
  const bool is_against = statement->quad == Quad::kMaterialConflict;
  const bool is_for = statement->quad == Quad::kMaterialCooperation;
  std::string thing = has_object ? tree.lemma(static_cast<uint32_t>(fact.object.head)) : "";
  if (has_object && tree.upos(static_cast<uint32_t>(fact.object.head)) == Upos::kSym) thing = "money";  // "$"
  for (Argument& target : targets) {
    if (target.role == "target" && !thing.empty() && (is_against || is_for))
      target.role = thing + (is_against ? " against" : " for");
    statement->arguments.push_back(std::move(target));
  }
  statement->rules.emplace_back("event-target");
}

}  // namespace whowhom::extract::statements
