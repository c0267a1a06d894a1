// Arguments of a clause: obliques, adverbs, adverbial clauses, what is said.
#include <algorithm>

#include "statements/clauses.h"

namespace whowhom::extract::statements {

namespace {

Slot ClauseSlot(const Tree& tree, uint32_t head, bool drop_marker) {
  Slot slot;
  slot.head = static_cast<int>(head);
  slot.is_clause = true;
  slot.tokens = ClauseText(tree, head, drop_marker);
  return slot;
}

// "was shortened by half", "by 20 per cent": how much, not by whom.
bool IsMeasure(const Tree& tree, uint32_t noun) {
  static constexpr std::string_view kShares[] = {"half", "percent", "cent", "third", "quarter"};
  if (std::find(std::begin(kShares), std::end(kShares), tree.lemma(noun)) != std::end(kShares)) return true;
  return std::any_of(tree.sentence().names.begin(), tree.sentence().names.end(), [&](const NameSpan& name) {
    const bool is_amount = name.type == NameType::kMoney || name.type == NameType::kQuantity;
    return is_amount && name.begin <= noun && noun < name.end;
  });
}

ArgKind KindOfRole(const std::string& role) {
  if (role == "time") return ArgKind::kTime;
  if (role == "place") return ArgKind::kPlace;
  if (role == "condition") return ArgKind::kCondition;
  if (role == "cause") return ArgKind::kCause;
  if (role == "purpose") return ArgKind::kPurpose;
  return ArgKind::kManner;
}

}  // namespace

bool ClauseReader::IsBaseForm(uint32_t verb) const {
  const int subject = tree_.Child(verb, {Deprel::kNsubj, Deprel::kNsubjPass});
  if (subject == kNoToken) return false;
  uint32_t finite = verb;
  for (uint32_t child : tree_.children(verb)) {
    const Deprel relation = tree_.rel(child);
    if (relation != Deprel::kAux && relation != Deprel::kAuxPass && relation != Deprel::kCop) continue;
    finite = child;
    break;
  }
  if (tree_.lower(finite) == "be") return true;
  // "that they leave" tells nothing.
  const auto noun = static_cast<uint32_t>(subject);
  const bool is_singular =
      (tree_.token(noun).xpos == "NN" || tree_.token(noun).xpos == "NNP" || tree_.lower(noun) == "he" ||
       tree_.lower(noun) == "she" || tree_.lower(noun) == "it") &&
      !tree_.HasChild(noun, {Deprel::kConj});
  const std::string& tag = tree_.token(finite).xpos;
  return is_singular && (tag == "VB" || tag == "VBP") && tree_.lower(finite) == tree_.lemma(finite);
}

void ClauseReader::ReadOblique(uint32_t child, Clause* clause) const {
  Fact& fact = clause->base;
  if (IsRelativePronoun(tree_, child)) return;
  const TokenSet marker = CaseMarker(tree_, child);
  const std::string role = MarkerText(tree_, marker);
  if (role == "according to") {
    fact.rules.push_back("according-to");
    return;
  }
  if (lexicon_.discourse_phrases.contains(
          MarkerText(tree_, tree_.Yield(child, [&](uint32_t i) { return tree_.IsPunct(i); })))) {
    return;
  }
  const bool is_time = IsTime(tree_, lexicon_, child);
  const bool is_agent =
      tree_.rel(child) == Deprel::kOblAgent || (role == "by" && clause->subject.is_patient && !is_time);
  if (is_agent && clause->subject.is_patient && !IsMeasure(tree_, child)) {
    clause->agents = SplitSlots(tree_, child);
    fact.agent_marker = marker;
    fact.rules.push_back("passive-agent");
    return;
  }
  for (Slot& slot : SplitSlots(tree_, child)) {
    ArgSlot arg;
    arg.kind = is_time ? ArgKind::kTime : ArgKind::kPreposition;
    if (marker.empty() && !is_time) arg.kind = ArgKind::kManner;
    // A coordinated member may bring its own preposition ("in Paris and at sea").
    const TokenSet own = CaseMarker(tree_, static_cast<uint32_t>(slot.head));
    arg.marker = own.empty() ? marker : own;
    arg.role = MarkerText(tree_, arg.marker);
    arg.phrase = std::move(slot);
    // "complained over two raids": before a number the preposition is read as a measure.
    TokenSet& words = arg.phrase.tokens;
    if (arg.marker.empty() && !is_time && words.size() > 1 && tree_.lower(words.front()) == "over") {
      arg.kind = ArgKind::kPreposition;
      arg.marker = {words.front()};
      arg.role = "over";
      words.erase(words.begin());
    }
    fact.args.push_back(std::move(arg));
  }
  fact.rules.push_back(marker.empty() ? "oblique-bare" : "oblique");
}

void ClauseReader::ReadAdverb(uint32_t child, Clause* clause) const {
  if (Contains(clause->base.predicate, child)) return;
  const bool is_place = lexicon_.place_adverbs.contains(tree_.lower(child));
  const bool is_time = IsTime(tree_, lexicon_, child);
  if (!is_place && !is_time) return;
  ArgSlot arg;
  arg.kind = is_time ? ArgKind::kTime : ArgKind::kPlace;
  arg.role = is_time ? "time" : "place";
  arg.phrase.head = static_cast<int>(child);
  arg.phrase.tokens = tree_.Yield(child);
  TrimPunctuation(tree_, &arg.phrase.tokens);
  if (arg.phrase.tokens.empty()) return;
  clause->base.args.push_back(std::move(arg));
  clause->base.rules.push_back("adverbial");
}

void ClauseReader::ReadAdverbialClause(uint32_t child, Clause* clause) const {
  ArgSlot arg;
  for (uint32_t word : tree_.children(child)) {
    const bool opens =
        tree_.rel(word) == Deprel::kMark ||
        (tree_.rel(word) == Deprel::kCase && !tree_.HasChild(child, {Deprel::kCop})) ||
        (tree_.rel(word) == Deprel::kAdvmod && lexicon_.clause_markers.contains(tree_.lower(word)) &&
         tree_.lower(word).starts_with("wh"));
    if (opens && word < child) {
      const TokenSet part = tree_.Yield(word);
      arg.marker = Union(arg.marker, part);
    }
  }
  const std::string text = MarkerText(tree_, arg.marker);
  const std::string* role = nullptr;
  if (!arg.marker.empty()) {
    role = Find(lexicon_.clause_markers, text);
    if (role == nullptr) role = Find(lexicon_.clause_markers, tree_.lower(arg.marker.front()));
  }
  // Participles without a marker are facts of their own and no argument.
  if (arg.marker.empty()) return;
  // "is unsure if": what is asked, no condition.
  if (text == "if" && static_cast<int>(child) > tree_.head(child) &&
      lexicon_.IsHappening(tree_.lower(static_cast<uint32_t>(tree_.head(child))), "doubt")) {
    ReadContent(child, clause);
    return;
  }
  // "see Oslo as being to blame": what it is seen as, no time.
  const bool is_as = text == "as" && (tree_.token(child).xpos == "VBG" || tree_.lower(child) == "being" ||
                                      std::any_of(tree_.children(child).begin(), tree_.children(child).end(),
                                                  [&](uint32_t i) { return tree_.lower(i) == "being"; }));
  if (is_as && tree_.HasChild(static_cast<uint32_t>(tree_.head(child)), {Deprel::kObj})) role = nullptr;
  arg.kind = role != nullptr ? KindOfRole(*role) : ArgKind::kManner;
  arg.role = role != nullptr ? *role : text;
  arg.phrase = ClauseSlot(tree_, child, true);
  std::erase_if(arg.phrase.tokens, [&](uint32_t i) { return Contains(arg.marker, i); });
  TrimPunctuation(tree_, &arg.phrase.tokens);
  if (arg.phrase.tokens.empty()) return;
  if (arg.kind == ArgKind::kCondition) {
    clause->base.modality = Stronger(clause->base.modality, Modality::kConditional);
    clause->base.rules.push_back("condition");
  }
  clause->base.args.push_back(std::move(arg));
}

void ClauseReader::ReadContent(uint32_t child, Clause* clause) const {
  ArgSlot arg;
  arg.kind = ArgKind::kContent;
  arg.role = "content";
  for (uint32_t word : tree_.children(child)) {
    if (tree_.rel(word) == Deprel::kMark && word < child) arg.marker.push_back(word);
  }
  arg.phrase = ClauseSlot(tree_, child, true);
  if (arg.phrase.tokens.empty()) return;
  clause->base.content.push_back(child);
  clause->base.args.push_back(std::move(arg));
  clause->base.rules.push_back("content");
}

void ClauseReader::ReadArguments(Clause* clause) const {
  for (uint32_t verb : clause->chain) {
    for (uint32_t child : tree_.children(verb)) {
      switch (tree_.rel(child)) {
        case Deprel::kObl:
        case Deprel::kOblAgent:
        case Deprel::kOblUnmarked:
          ReadOblique(child, clause);
          break;
        case Deprel::kAdvmod:
          ReadAdverb(child, clause);
          break;
        case Deprel::kAdvcl:
          ReadAdverbialClause(child, clause);
          break;
        case Deprel::kCcomp:
          if (!IsParenthetical(tree_, lexicon_, child)) ReadContent(child, clause);
          break;
        case Deprel::kXcomp:
          if (!IsMergedComplement(child) && tree_.IsVerbal(child)) {
            ReadContent(child, clause);
          }
          break;
        default:
          break;
      }
    }
  }
  const std::vector<Slot>& subjects = clause->subject.slots;
  if (clause->subject.rule.starts_with("nsubj") && subjects.size() == 1 &&
      subjects.front().head != kNoToken) {
    const auto subject = static_cast<uint32_t>(subjects.front().head);
    for (uint32_t child : tree_.children(subject)) {
      if (IsStray(subject, child)) ReadOblique(child, clause);
    }
  }
  // "The bridge, he said, collapsed": the clause that holds the parenthesis is what is said.
  if (IsParenthetical(tree_, lexicon_, clause->head) && clause->base.content.empty()) {
    const uint32_t host = static_cast<uint32_t>(tree_.head(clause->head));
    ArgSlot arg;
    arg.kind = ArgKind::kContent;
    arg.role = "content";
    arg.phrase = ClauseSlot(tree_, host, true);
    std::erase_if(arg.phrase.tokens, [&](uint32_t i) { return tree_.Below(i, clause->head); });
    TrimPunctuation(tree_, &arg.phrase.tokens);
    if (!arg.phrase.tokens.empty()) {
      clause->base.content.push_back(host);
      clause->base.args.push_back(std::move(arg));
      clause->base.rules.push_back("parenthetical-report");
    }
  }
}

void ClauseReader::ReadNounArguments(uint32_t noun, Clause* clause) const {
  for (uint32_t child : tree_.children(noun)) {
    if (tree_.urel(child) != Deprel::kNmod) continue;
    const TokenSet marker = CaseMarker(tree_, child);
    if (marker.empty() || child < noun) continue;
    for (Slot& slot : SplitSlots(tree_, child)) {
      ArgSlot arg;
      arg.role = MarkerText(tree_, marker);
      arg.marker = marker;
      arg.phrase = std::move(slot);
      arg.owner = static_cast<int>(noun);
      clause->base.args.push_back(std::move(arg));
    }
  }
}

// "voiced anger and strong condemnation of the raid": what stands behind the last of several objects is of
// each.
void ClauseReader::ShareNounArguments(Clause* clause) const {
  if (clause->objects.size() < 2) return;
  const int last = clause->objects.back().head;
  if (last == kNoToken) return;
  const size_t before = clause->base.args.size();
  for (size_t k = 1; k < clause->objects.size(); ++k) {
    if (clause->objects[k].head != kNoToken)
      ReadNounArguments(static_cast<uint32_t>(clause->objects[k].head), clause);
  }
  const std::vector<ArgSlot> all = clause->base.args;
  for (const Slot& object : clause->objects) {
    const bool has_own =
        std::any_of(all.begin(), all.end(), [&](const ArgSlot& arg) { return arg.owner == object.head; });
    for (size_t k = before; k < all.size() && !has_own; ++k) {
      if (all[k].owner != last) continue;
      clause->base.args.push_back(all[k]);
      clause->base.args.back().owner = object.head;
    }
  }
}

// "protests in Cairo": the place below a noun, as an argument of the clause.
void ClauseReader::AddNounPlaces(uint32_t noun, Fact* fact) const {
  for (uint32_t child : tree_.children(noun)) {
    if (tree_.rel(child) != Deprel::kNmod || child < noun) continue;
    ArgSlot arg;
    arg.marker = CaseMarker(tree_, child);
    arg.role = MarkerText(tree_, arg.marker);
    if (arg.role != "in" && arg.role != "at" && arg.role != "near" && arg.role != "on") continue;
    arg.phrase.head = static_cast<int>(child);
    arg.phrase.tokens = NounPhrase(tree_, child);
    std::erase_if(fact->subject.tokens, [&](uint32_t i) { return tree_.Below(i, child); });
    if (!arg.phrase.tokens.empty()) fact->args.push_back(std::move(arg));
  }
}

void ClauseReader::ApplySymmetry(Clause* clause) const {
  const std::string& lemma = clause->base.is_copular ? tree_.lemma(clause->head) : clause->base.lemma;
  const bool holds = clause->base.is_copular ? lexicon_.symmetric.contains("noun " + lemma) ||
                                                   lexicon_.symmetric.contains("adj " + lemma)
                                             : lexicon_.symmetric.contains("verb " + lemma);
  // "Kenya and Sudan agreed to share water": the kept outer verb is the one that holds between them.
  const size_t first_word = clause->base.lemma.find(" to ");
  const bool chain_holds = first_word != std::string::npos && clause->chain.size() > 1 &&
                           lexicon_.symmetric.contains("verb " + clause->base.lemma.substr(0, first_word));
  // "Kenya and Sudan signed a pact": the verb with this object holds between them.
  const int object = clause->objects.empty() ? kNoToken : clause->objects.front().head;
  bool object_holds = object != kNoToken && !clause->base.is_copular &&
                      lexicon_.symmetric.contains("verb-object " + clause->base.lemma + " " +
                                                  tree_.lemma(static_cast<uint32_t>(object)));
  // "held three days of talks"
  if (object != kNoToken && IsTime(tree_, lexicon_, static_cast<uint32_t>(object))) {
    for (uint32_t part : tree_.children(static_cast<uint32_t>(object))) {
      const bool is_part =
          tree_.urel(part) == Deprel::kNmod && MarkerText(tree_, CaseMarker(tree_, part)) == "of";
      object_holds |= is_part && lexicon_.symmetric.contains("verb-object " + clause->base.lemma + " " +
                                                             tree_.lemma(part));
    }
  }
  if (!holds && !chain_holds && !object_holds) return;
  clause->base.is_symmetric = true;
  if (clause->subject.slots.size() < 2) return;
  if (!clause->objects.empty() && !clause->base.is_copular && !chain_holds && !object_holds) return;
  const uint32_t first = static_cast<uint32_t>(clause->subject.slots.front().head);
  clause->subject.slots = {WholeSlot(tree_, first)};
  clause->base.rules.push_back("collective");
}

}  // namespace whowhom::extract::statements
