#include "statements/surface.h"

#include "statements/phrases.h"

namespace whowhom::extract::statements {

namespace {

std::string_view RuleOf(const ArgSlot& arg) {
  if (arg.kind == ArgKind::kContent) return "content";
  if (arg.owner != kNoToken) return "noun-argument";
  if (arg.phrase.is_clause) return "adverbial-clause";
  if (arg.role == "time" || arg.role == "place") return "adverbial";
  return arg.marker.empty() ? "oblique-bare" : "oblique";
}

class Renderer {
 public:
  Renderer(const Tree& tree, const Fact& fact, const ConfidenceModel& confidence,
           std::vector<SurfaceTriple>* triples, std::vector<std::vector<std::string>>* features)
      : tree_(tree), fact_(fact), confidence_(confidence), triples_(triples), features_(features) {}

  void Render() {
    const Slot& left = fact_.is_passive ? fact_.object : fact_.subject;
    if (left.empty()) return;
    subject_ = TokenText(tree_, left.tokens);
    verb_ = fact_.predicate;
    bool said = false;
    if (fact_.is_passive && !fact_.subject.empty()) {
      Add({}, fact_.agent_marker, fact_.subject.tokens, "passive-agent");
      said = true;
    }
    const TokenSet& object = fact_.object.tokens;
    if (!fact_.is_passive && !fact_.object.empty()) {
      if (!fact_.receiver.empty()) {
        Add(fact_.receiver.tokens, {}, object, "obj");
        Add({}, {}, fact_.receiver.tokens, "iobj");
      } else {
        Add({}, {}, object, fact_.object_is_attribute ? "complement" : "obj");
      }
      said = true;
    } else if (!fact_.receiver.empty()) {
      Add({}, {}, fact_.receiver.tokens, "iobj");
      said = true;
    }
    for (const ArgSlot& arg : fact_.args) said |= RenderArgument(arg);
    if (!said && !fact_.is_reporting && !fact_.is_copular) Add({}, {}, {}, "nsubj-active");
  }

 private:
  // The object's words in the predicate of a further triple, without the object's own prepositional phrases.
  TokenSet Between() const {
    TokenSet between;
    if (fact_.is_passive) return between;
    if (!fact_.receiver.empty()) between = fact_.receiver.tokens;
    if (fact_.object.empty()) return between;
    if (fact_.object.is_clause || fact_.object.head == kNoToken) return Union(between, fact_.object.tokens);
    return Union(between, NounPhrase(tree_, static_cast<uint32_t>(fact_.object.head),
                                     {.prepositions = false, .infinitives = false}));
  }

  bool RenderArgument(const ArgSlot& arg) {
    if (arg.owner != kNoToken && arg.owner != fact_.object.head) return false;
    if (arg.kind == ArgKind::kPurpose && RenderPurpose(arg)) return true;
    Add(Between(), arg.marker, arg.phrase.tokens, RuleOf(arg));
    RenderNested(arg);
    return true;
  }

  // "went to Oslo to sign | a deal": the purpose joins the predicate.
  bool RenderPurpose(const ArgSlot& arg) {
    if (!arg.phrase.is_clause || arg.phrase.head == kNoToken) return false;
    const uint32_t verb = static_cast<uint32_t>(arg.phrase.head);
    const int object = tree_.Child(verb, {Deprel::kObj});
    if (object == kNoToken || tree_.HasChild(verb, {Deprel::kNsubj, Deprel::kCcomp, Deprel::kXcomp}))
      return false;
    TokenSet words = arg.marker;
    words.push_back(verb);
    for (uint32_t child : tree_.children(verb)) {
      if (tree_.rel(child) == Deprel::kCompoundPrt) words.push_back(child);
    }
    Normalize(&words);
    for (const Slot& slot : SplitSlots(tree_, static_cast<uint32_t>(object)))
      Add(Between(), words, slot.tokens, "purpose-chain");
    return true;
  }

  // "was tied to the bars of | a window".
  void RenderNested(const ArgSlot& arg) {
    if (arg.phrase.is_clause || arg.phrase.head == kNoToken || arg.marker.empty()) return;
    const uint32_t head = static_cast<uint32_t>(arg.phrase.head);
    if (!tree_.IsNominal(head)) return;
    const TokenSet core = NounPhrase(tree_, head, {.prepositions = false, .infinitives = false});
    for (uint32_t child : tree_.children(head)) {
      if (tree_.rel(child) != Deprel::kNmod || child < head) continue;
      const TokenSet marker = CaseMarker(tree_, child);
      if (marker.empty()) continue;
      const TokenSet words = Union(Union(arg.marker, core), marker);
      // "home to networks such as X": X itself fills the slot.
      const std::string role = MarkerText(tree_, marker);
      if (role == "such as" || role == "including") {
        for (const Slot& slot : SplitSlots(tree_, child)) Add(Between(), arg.marker, slot.tokens, "instance");
        continue;
      }
      for (const Slot& slot : SplitSlots(tree_, child))
        Add(Between(), words, slot.tokens, "noun-argument-nested");
    }
  }

  // The predicate reads verb, `between`, `marker`, wherever these stand in the sentence; `between` joins the
  // verb where it follows it anyway.
  void Add(const TokenSet& between, const TokenSet& marker, const TokenSet& object, std::string_view rule) {
    SurfaceTriple triple;
    triple.subject = subject_;
    const bool in_order = between.empty() || verb_.empty() || between.front() > verb_.front();
    triple.predicate = TokenText(tree_, in_order ? Union(verb_, between) : verb_);
    if (!in_order) triple.predicate += " " + TokenText(tree_, between);
    if (!fact_.shown.empty()) triple.predicate = fact_.shown;
    if (!marker.empty()) triple.predicate += " " + TokenText(tree_, marker);
    triple.rules = fact_.rules;
    triple.rules.push_back(rule);
    if (!object.empty()) triple.object = TokenText(tree_, object);
    for (const SurfaceTriple& other : *triples_) {
      if (other.subject == triple.subject && other.predicate == triple.predicate &&
          other.object == triple.object)
        return;
    }
    std::vector<std::string> features = FeaturesOf(tree_, fact_, rule, object);
    triple.confidence = confidence_.Score(features);
    triples_->push_back(std::move(triple));
    if (features_ != nullptr) features_->push_back(std::move(features));
  }

  const Tree& tree_;
  const Fact& fact_;
  const ConfidenceModel& confidence_;
  std::vector<SurfaceTriple>* triples_;
  std::vector<std::vector<std::string>>* features_;
  std::string subject_;
  TokenSet verb_;
};

}  // namespace

double ScoreOf(const Tree& tree, const Fact& fact, const ConfidenceModel& confidence) {
  std::string_view part = "nsubj-active";
  const TokenSet* last = &fact.object.tokens;
  if (fact.is_passive && !fact.subject.empty()) {
    part = "passive-agent";
    last = &fact.subject.tokens;
  } else if (!fact.is_passive && !fact.object.empty()) {
    part = fact.object_is_attribute ? "complement" : "obj";
  } else if (!fact.receiver.empty()) {
    part = "iobj";
    last = &fact.receiver.tokens;
  } else if (!fact.args.empty()) {
    part = RuleOf(fact.args.front());
    last = &fact.args.front().phrase.tokens;
  }
  const TokenSet none;
  return confidence.Score(FeaturesOf(tree, fact, part, part == "nsubj-active" ? none : *last));
}

void RenderTriples(const Tree& tree, const Fact& fact, const ConfidenceModel& confidence,
                   std::vector<SurfaceTriple>* triples, std::vector<std::vector<std::string>>* features) {
  Renderer(tree, fact, confidence, triples, features).Render();
}

}  // namespace whowhom::extract::statements
