#include "statements/voices.h"

#include <algorithm>

namespace whowhom::extract::statements {

namespace {

bool Speaks(Stance stance) {
  return stance == Stance::kSay || stance == Stance::kClaim || stance == Stance::kThink ||
         stance == Stance::kDeny || stance == Stance::kDoubt;
}

// What is gathered on the way from a fact up to the root.
struct Standing {
  std::vector<Voice> voices;  // innermost first
  Modality modality = Modality::kAsserted;
  bool negative = false;
  bool main_line = true;       // never left the main clause and what it says: a question mark holds
  bool is_controlled = false;  // somebody else is made to do it ("let the court decide")
  bool is_closed = false;      // left a clause that holds whatever is planned or denied around it
  std::vector<std::string_view> rules;
};

class ContextWalk {
 public:
  ContextWalk(const Lexicon& lexicon, const SentenceFacts& sentence)
      : lexicon_(lexicon), tree_(*sentence.tree), clauses_(*sentence.clauses), index_(sentence.index) {
    is_question_ = EndsWithQuestion();
  }

  Standing From(uint32_t anchor) const {
    Standing standing;
    int below = kNoToken;
    int at = static_cast<int>(anchor);
    while (at != kNoToken) {
      const uint32_t here = static_cast<uint32_t>(at);
      Parenthesis(here, below, &standing);
      AccordingTo(here, below, &standing);
      if (tree_.head(here) != kNoToken) Climb(here, static_cast<uint32_t>(tree_.head(here)), &standing);
      below = at;
      at = tree_.head(here);
    }
    if (is_question_ && standing.main_line && standing.voices.empty()) {
      standing.modality = Stronger(standing.modality, Modality::kQuestioned);
    }
    return standing;
  }

 private:
  bool EndsWithQuestion() const {
    for (uint32_t i = tree_.size(); i-- > 0;) {
      const std::string& form = tree_.token(i).form;
      if (form == "?") return true;
      if (!tree_.IsPunct(i)) return false;
      // "Who knows?".
      const bool is_quoted = i >= 2 && i + 1 == tree_.size() && tree_.IsClosingQuote(i - 1);
      if ((form == "." && !is_quoted) || form == "!") return false;
    }
    return false;
  }

  // ""How can he come?" said Hart": what is said is a question.
  bool IsAsked(uint32_t clause) const {
    const std::vector<uint32_t>& children = tree_.children(clause);
    return std::any_of(children.begin(), children.end(),
                       [&](uint32_t child) { return child > clause && tree_.token(child).form == "?"; });
  }

  std::string Marker(uint32_t clause) const {
    std::string out;
    for (uint32_t child : tree_.children(clause)) {
      if ((tree_.rel(child) == Deprel::kMark || tree_.rel(child) == Deprel::kCase) && child < clause) {
        if (!out.empty()) out += ' ';
        out += tree_.lower(child);
      }
    }
    return out;
  }

  void AddVoice(uint32_t verb, const std::string& lemma, std::string_view rule, Standing* standing) const {
    ClauseReader::Subject subject = clauses_.SubjectOf(verb);
    Voice voice;
    voice.sentence = index_;
    voice.verb = lemma;
    if (!subject.slots.empty() && !subject.is_patient) voice.speaker = subject.slots.front();
    if (subject.is_patient) {
      const int agent = tree_.Child(verb, {Deprel::kOblAgent});
      if (agent != kNoToken) voice.speaker = WholeSlot(tree_, static_cast<uint32_t>(agent));
    }
    standing->voices.push_back(std::move(voice));
    standing->rules.push_back(rule);
  }

  void Parenthesis(uint32_t here, int below, Standing* standing) const {
    for (uint32_t child : tree_.children(here)) {
      if (static_cast<int>(child) == below || !IsParenthetical(tree_, lexicon_, child)) continue;
      if (!Speaks(lexicon_.StanceOf(tree_.lemma(child)))) continue;
      AddVoice(child, tree_.lemma(child), "parenthetical-report", standing);
    }
  }

  void AccordingTo(uint32_t here, int below, Standing* standing) const {
    for (uint32_t child : tree_.children(here)) {
      if (static_cast<int>(child) == below) continue;
      if (tree_.urel(child) != Deprel::kObl && tree_.urel(child) != Deprel::kNmod) continue;
      if (MarkerText(tree_, CaseMarker(tree_, child)) != "according to") continue;
      Voice voice;
      voice.sentence = index_;
      voice.speaker = WholeSlot(tree_, child);
      voice.verb = "according to";
      standing->voices.push_back(std::move(voice));
      standing->rules.push_back("according-to");
    }
  }

  // `outer` is met through its complement or adverbial clause `inner`.
  void Climb(uint32_t inner, uint32_t outer, Standing* standing) const {
    const Modality modality = standing->modality;
    const bool negative = standing->negative;
    Enter(inner, outer, standing);
    if (standing->is_closed) {
      standing->modality = modality;
      standing->negative = negative;
    }
    standing->is_closed = standing->is_closed || HoldsAlone(inner, outer);
  }

  // The tag of the word that carries the tense of a clause; empty if none does.
  std::string_view TenseTag(uint32_t clause) const {
    for (uint32_t child : tree_.children(clause)) {
      const Deprel relation = tree_.rel(child);
      if (relation == Deprel::kAux || relation == Deprel::kAuxPass || relation == Deprel::kCop)
        return tree_.token(child).xpos;
    }
    const std::string& tag = tree_.token(clause).xpos;
    return tag == "VBD" || tag == "VBZ" || tag == "VBP" ? std::string_view(tag) : std::string_view();
  }

  bool IsDefinite(uint32_t noun) const {
    if (tree_.upos(noun) == Upos::kPropn || tree_.HasChild(noun, {Deprel::kNmodPoss})) return true;
    const int article = tree_.Child(noun, {Deprel::kDet});
    return article != kNoToken && tree_.lower(static_cast<uint32_t>(article)) == "the";
  }

  // "to question the men who fled", "to push them back as a helicopter hovered": what has happened, or is
  // told of somebody known, holds although the clause around it is only planned.
  bool HoldsAlone(uint32_t inner, uint32_t outer) const {
    const Deprel relation = tree_.rel(inner);
    const std::string_view tag = TenseTag(inner);
    if (tag != "VBD" && tag != "VBZ" && tag != "VBP") return false;
    if (relation == Deprel::kAclRelcl) return tag != "VBP" || IsDefinite(outer);
    if (relation != Deprel::kAdvcl) return false;
    static constexpr std::string_view kPast[] = {"when", "after", "before"};
    static constexpr std::string_view kAny[] = {"as", "while", "because", "since", "although", "though"};
    const std::string marker = OpenerOf(inner);
    const bool is_past =
        tag == "VBD" && std::find(std::begin(kPast), std::end(kPast), marker) != std::end(kPast);
    return is_past || std::find(std::begin(kAny), std::end(kAny), marker) != std::end(kAny);
  }

  // The word that opens an adverbial clause: its conjunction, or "when" read as an adverb.
  std::string OpenerOf(uint32_t clause) const {
    for (uint32_t child : tree_.children(clause)) {
      const bool opens = tree_.rel(child) == Deprel::kMark || tree_.rel(child) == Deprel::kAdvmod;
      if (opens && child < clause && lexicon_.clause_markers.contains(tree_.lower(child)))
        return tree_.lower(child);
    }
    return "";
  }

  // "will not leave until peace has come": it has not come yet.
  bool IsAwaited(uint32_t inner, uint32_t outer) const {
    static constexpr std::string_view kAwaiting[] = {"until", "till", "once", "after", "before", "when"};
    const std::string marker = OpenerOf(inner);
    const std::string_view tag = TenseTag(inner);
    if (std::find(std::begin(kAwaiting), std::end(kAwaiting), marker) == std::end(kAwaiting)) return false;
    if (tag != "VBZ" && tag != "VBP") return false;
    for (uint32_t child : tree_.children(outer)) {
      if (tree_.rel(child) == Deprel::kAux && lexicon_.modals.contains(tree_.lower(child))) return true;
    }
    return false;
  }

  void Enter(uint32_t inner, uint32_t outer, Standing* standing) const {
    const Deprel relation = tree_.rel(inner);
    switch (relation) {
      case Deprel::kCcomp:
        if (!IsParenthetical(tree_, lexicon_, inner)) Complement(inner, outer, standing);
        return;
      case Deprel::kCsubj:
      case Deprel::kCsubjPass:
        // "It is not known whether he left".
        if (const std::string marker = Marker(inner);
            marker.starts_with("whether") || marker.starts_with("if"))
          standing->modality = Stronger(standing->modality, Modality::kQuestioned);
        // "It is hard for Oslo to leave": whether it does stays open.
        if (Marker(inner) == "to" || Marker(inner) == "for to")
          standing->modality = Stronger(standing->modality, Modality::kPossible);
        Verdict(outer, standing);
        standing->main_line = false;
        return;
      case Deprel::kXcomp:
        Controlled(outer, standing);
        return;
      case Deprel::kAdvcl:
      case Deprel::kAcl:
        standing->main_line = false;
        Adverbial(inner, outer, relation == Deprel::kAcl, standing);
        if (relation == Deprel::kAdvcl && IsAwaited(inner, outer))
          standing->modality = Stronger(standing->modality, Modality::kPlanned);
        return;
      case Deprel::kConj:
      case Deprel::kObj:
      case Deprel::kObl:
      case Deprel::kNsubj:
      case Deprel::kNmod:
        return;
      default:
        standing->main_line = false;
    }
  }

  // "it is not true that he left", "it is false that", "it is possible that".
  void Verdict(uint32_t word, Standing* standing) const {
    const std::string& lemma = tree_.lemma(word);
    const bool fails = lexicon_.IsOperator(lemma, IsNegated(word) ? "true" : "false");
    if (fails) standing->negative = !standing->negative;
    if (lexicon_.IsOperator(lemma, "possible"))
      standing->modality = Stronger(standing->modality, Modality::kPossible);
  }

  void Complement(uint32_t inner, uint32_t outer, Standing* standing) const {
    if (tree_.upos(outer) == Upos::kAdj) Verdict(outer, standing);
    const std::string& verb = tree_.lemma(outer);
    const Stance stance = lexicon_.StanceOf(verb);
    const std::string marker = Marker(inner);
    if (marker.starts_with("whether") || marker.starts_with("if")) {
      standing->modality = Stronger(standing->modality, Modality::kQuestioned);
    }
    if (IsAsked(inner) || (lexicon_.IsOperator(verb, "proposes") && clauses_.IsBaseForm(inner)))
      standing->modality =
          Stronger(standing->modality, IsAsked(inner) ? Modality::kQuestioned : Modality::kRequested);
    if (stance == Stance::kDeny) standing->negative = !standing->negative;
    if ((stance == Stance::kSay || stance == Stance::kClaim) && IsUnsaid(outer)) {
      standing->modality = Stronger(standing->modality, Modality::kQuestioned);
      return;
    }
    if (stance == Stance::kDoubt) standing->modality = Stronger(standing->modality, Modality::kQuestioned);
    if (stance == Stance::kOrder) standing->modality = Stronger(standing->modality, Modality::kRequested);
    // "I do not think that it holds": the one who thinks holds it to be untrue.
    if (stance == Stance::kThink && lexicon_.IsOperator(verb, "raises") && IsNegated(outer))
      standing->negative = !standing->negative;
    if (Speaks(stance)) {
      const bool is_verb = tree_.upos(outer) == Upos::kVerb || tree_.upos(outer) == Upos::kAux;
      if (is_verb) AddVoice(outer, verb, "reporting", standing);
    }
    if (const ChainVerb* chain = Find(lexicon_.chains, verb);
        chain != nullptr && stance == Stance::kNone && verb != "mean") {
      if (chain->modality) standing->modality = Stronger(standing->modality, *chain->modality);
    }
  }

  bool IsNegated(uint32_t verb) const {
    const std::vector<uint32_t>& children = tree_.children(verb);
    return std::any_of(children.begin(), children.end(), [&](uint32_t child) {
      return tree_.rel(child) == Deprel::kAdvmod && lexicon_.IsOperator(tree_.lower(child), "negative");
    });
  }

  // "refused to say whether", "did not say that".
  bool IsUnsaid(uint32_t verb) const {
    if (IsNegated(verb)) return true;
    if (tree_.rel(verb) != Deprel::kXcomp || tree_.head(verb) == kNoToken) return false;
    const ChainVerb* chain = Find(lexicon_.chains, tree_.lemma(static_cast<uint32_t>(tree_.head(verb))));
    return chain != nullptr && chain->negative;
  }

  // "called on X to", "relied on X to".
  const ChainVerb* CalledOn(uint32_t verb) const {
    for (uint32_t child : tree_.children(verb)) {
      if (tree_.urel(child) != Deprel::kObl) continue;
      const std::string key = tree_.lemma(verb) + " " + MarkerText(tree_, CaseMarker(tree_, child));
      if (const ChainVerb* called = Find(lexicon_.object_control, key)) return called;
    }
    return nullptr;
  }

  void Controlled(uint32_t outer, Standing* standing) const {
    if (!tree_.HasChild(outer, {Deprel::kObj, Deprel::kIobj})) {
      // "intends to force X to leave": X has not left.
      const ChainVerb* chain = standing->is_controlled ? Find(lexicon_.chains, tree_.lemma(outer)) : nullptr;
      if (chain != nullptr && chain->modality)
        standing->modality = Stronger(standing->modality, *chain->modality);
      if (standing->is_controlled && lexicon_.IsHappening(tree_.lemma(outer), "disposition"))
        standing->modality = Stronger(standing->modality, Modality::kPlanned);
      const ChainVerb* called = CalledOn(outer);
      if (called != nullptr && called->modality)
        standing->modality = Stronger(standing->modality, *called->modality);
      return;
    }
    standing->is_controlled = true;
    // "would help the city pay": it has not paid yet.
    for (uint32_t child : tree_.children(outer)) {
      if (tree_.rel(child) != Deprel::kAux) continue;
      if (const Modality* modal = Find(lexicon_.modals, tree_.lower(child)))
        standing->modality = Stronger(standing->modality, *modal);
    }
    // "has ten days to leave": it has not left yet.
    if (tree_.lemma(outer) == "have") standing->modality = Stronger(standing->modality, Modality::kPlanned);
    const ChainVerb* control = Find(lexicon_.object_control, tree_.lemma(outer));
    if (control == nullptr) return;
    if (control->modality) standing->modality = Stronger(standing->modality, *control->modality);
    const bool is_forbidden =
        control->modality == Modality::kPossible && IsNegated(outer);  // "does not allow X to leave"
    if (control->negative || is_forbidden) standing->negative = !standing->negative;
  }

  void Adverbial(uint32_t inner, uint32_t outer, bool of_noun, Standing* standing) const {
    const std::string marker = Marker(inner);
    const bool is_nominal_fact = !clauses_.IsClauseHead(inner);
    if (is_nominal_fact) return;
    const auto* frames = Find(lexicon_.accusations, tree_.lemma(outer));
    if (frames != nullptr) {
      for (const AccusationFrame& frame : *frames) {
        if (frame.target != "obj" || frame.act != marker || !frame.is_claim) continue;
        AddVoice(outer, tree_.lemma(outer), "accusation", standing);
        return;
      }
    }
    const ChainVerb* control = Find(lexicon_.object_control, tree_.lemma(outer));
    // "would not discourage X from fighting": then they may fight.
    if (control != nullptr && control->negative && marker == "from") {
      if (IsNegated(outer)) {
        standing->modality = Stronger(standing->modality, Modality::kPossible);
      } else {
        standing->negative = !standing->negative;
      }
    }
    // "quoted an official as saying": the paper says that he said it.
    const bool quotes = marker == "as" && !of_noun && Speaks(lexicon_.StanceOf(tree_.lemma(outer))) &&
                        Speaks(lexicon_.StanceOf(tree_.lemma(inner)));
    if (quotes) AddVoice(outer, tree_.lemma(outer), "reporting", standing);
    if (marker == "whether") standing->modality = Stronger(standing->modality, Modality::kQuestioned);
    // "was not pressed into signing"
    if (marker == "into" && IsNegated(outer)) standing->negative = !standing->negative;
    if (marker == "without" || marker.starts_with("instead") || marker.starts_with("rather"))
      standing->negative = !standing->negative;
    const std::string* role = Find(lexicon_.clause_markers, marker);
    if (marker == "if" && inner > outer && lexicon_.IsHappening(tree_.lower(outer), "doubt")) {
      standing->modality = Stronger(standing->modality, Modality::kQuestioned);
    } else if (role != nullptr && *role == "condition") {
      standing->modality = Stronger(standing->modality, Modality::kConditional);
      standing->rules.push_back("condition");
    }
    // "will win, permitting them to govern": as far off as the winning.
    const bool is_result = marker.empty() && !of_noun && tree_.token(inner).xpos == "VBG" && inner > outer;
    for (uint32_t child : is_result ? tree_.children(outer) : std::vector<uint32_t>{}) {
      const Modality* modal =
          tree_.rel(child) == Deprel::kAux ? Find(lexicon_.modals, tree_.lower(child)) : nullptr;
      if (modal != nullptr) standing->modality = Stronger(standing->modality, *modal);
    }
    const bool is_infinitive = marker == "to" || marker == "in order to" || marker == "for to";
    if (is_infinitive && !of_noun) {
      const ChainVerb* called = CalledOn(outer);
      if (called == nullptr && tree_.HasChild(outer, {Deprel::kObj})) called = control;
      const bool forces = lexicon_.IsHappening(tree_.lemma(outer), "forces");
      standing->is_controlled = forces || (called != nullptr && called->modality);
      if (called != nullptr && forces) return;  // "forced X to leave": X left
      if (called != nullptr && called->modality) {
        standing->modality = Stronger(standing->modality, *called->modality);
        return;
      }
    }
    if (of_noun && is_infinitive && IsOrdinal(tree_, outer)) return;
    if (is_infinitive && (of_noun || role == nullptr || *role == "purpose")) {
      standing->modality = Stronger(standing->modality, Modality::kPlanned);
    }
    if (of_noun && marker == "that") NounContent(outer, standing);
    // "has no plans to leave", "no proof that he left".
    // "no doubt that he left": he did; "doubts that he left" leave it open.
    const bool doubts =
        of_noun && marker == "that" && lexicon_.StanceOf(tree_.lemma(outer)) == Stance::kDoubt;
    if (doubts && !IsDenied(outer)) standing->modality = Stronger(standing->modality, Modality::kQuestioned);
    if (of_noun && !doubts && (is_infinitive || marker == "that") && IsDenied(outer))
      standing->negative = !standing->negative;
    // "its refusal to leave".
    const NominalAction* action =
        of_noun && is_infinitive ? Find(lexicon_.nominals, tree_.lemma(outer)) : nullptr;
    const ChainVerb* verb = action != nullptr ? Find(lexicon_.chains, action->verb) : nullptr;
    if (verb != nullptr && verb->negative) standing->negative = !standing->negative;
  }

  bool IsDenied(uint32_t noun) const {
    for (uint32_t child : tree_.children(noun)) {
      if (tree_.urel(child) == Deprel::kDet && lexicon_.IsOperator(tree_.lower(child), "negative"))
        return true;
    }
    return false;
  }

  // "the allegation that X did Y".
  void NounContent(uint32_t noun, Standing* standing) const {
    const NominalAction* action = Find(lexicon_.nominals, tree_.lemma(noun));
    if (action == nullptr || !Speaks(lexicon_.StanceOf(action->verb))) return;
    Voice voice;
    voice.sentence = index_;
    voice.verb = action->verb;
    const int governor = tree_.rel(noun) == Deprel::kObj ? tree_.head(noun) : kNoToken;
    const std::string above = governor == kNoToken ? "" : tree_.lemma(static_cast<uint32_t>(governor));
    if (lexicon_.StanceOf(above) == Stance::kDeny || lexicon_.IsOperator(above, "rejecting")) {
      // "rejected claims that he fled": whose claims they are stays open; he says it is not so.
      AddVoice(static_cast<uint32_t>(governor), above, "reporting", standing);
      standing->negative = !standing->negative;
      return;
    }
    const bool makes_it = governor == kNoToken || lexicon_.light_verbs.contains(above);
    std::vector<Slot> doers = DoerOfNoun(tree_, clauses_, noun, 0);
    const bool own = tree_.HasChild(noun, {Deprel::kNmodPoss, Deprel::kNmod});
    if (!doers.empty() && (makes_it || own)) voice.speaker = doers.front();
    if (lexicon_.StanceOf(action->verb) == Stance::kDeny) standing->negative = !standing->negative;
    standing->voices.push_back(std::move(voice));
    standing->rules.push_back("reporting");
  }

  const Lexicon& lexicon_;
  const Tree& tree_;
  const ClauseReader& clauses_;
  const uint32_t index_;
  bool is_question_ = false;
};

// An action noun takes over the standing of the verb it depends on ("may order an attack", "if an attack
// takes place").
void ShareVerbStanding(SentenceFacts* sentence) {
  const Tree& tree = *sentence->tree;
  std::vector<Modality> modality(tree.size(), Modality::kAsserted);
  for (const Fact& fact : sentence->facts) {
    if (!fact.is_implicit) modality[fact.clause] = Stronger(modality[fact.clause], fact.modality);
  }
  for (Fact& fact : sentence->facts) {
    if (!fact.is_implicit || fact.rules.front() != "nominal") continue;
    for (int at = tree.head(fact.clause); at != kNoToken; at = tree.head(static_cast<uint32_t>(at))) {
      const Deprel relation = tree.urel(static_cast<uint32_t>(at));
      fact.modality = Stronger(fact.modality, modality[at]);
      const bool is_clause = tree.upos(static_cast<uint32_t>(at)) == Upos::kVerb;
      if (is_clause && relation != Deprel::kXcomp) break;
    }
  }
}

}  // namespace

void ApplyContext(const Lexicon& lexicon, SentenceFacts* sentence) {
  const ContextWalk walk(lexicon, *sentence);
  for (Fact& fact : sentence->facts) {
    // What somebody is holds whatever the sentence makes of him.
    static constexpr std::string_view kRoles[] = {"title", "role-of", "possessive-role"};
    const std::string_view first = fact.rules.empty() ? std::string_view() : fact.rules.front();
    const bool is_role = std::find(std::begin(kRoles), std::end(kRoles), first) != std::end(kRoles);
    Standing standing = is_role ? Standing{} : walk.From(fact.clause);
    if (first == "apposition" || first == "possessive" || first == "noun-place") {
      standing.modality = Modality::kAsserted;
      standing.negative = false;
    }
    std::vector<Voice> own = std::move(fact.voices);
    for (Voice& voice : own) voice.sentence = sentence->index;
    std::reverse(standing.voices.begin(), standing.voices.end());
    fact.voices = std::move(standing.voices);
    for (Voice& voice : own) fact.voices.push_back(std::move(voice));
    fact.modality = Stronger(fact.modality, standing.modality);
    if (standing.modality == Modality::kPlanned) fact.is_future = true;
    if (standing.negative) {
      fact.polarity = fact.polarity == Polarity::kPositive ? Polarity::kNegative : Polarity::kPositive;
    }
    for (std::string_view rule : standing.rules) {
      if (std::find(fact.rules.begin(), fact.rules.end(), rule) == fact.rules.end())
        fact.rules.push_back(rule);
    }
  }
  ShareVerbStanding(sentence);
}

}  // namespace whowhom::extract::statements
