#include "statements/phrases.h"

#include <algorithm>

namespace whowhom::extract::statements {

Modality Stronger(Modality a, Modality b) {
  auto rank = [](Modality m) {
    switch (m) {
      case Modality::kAsserted:
        return 0;
      case Modality::kPossible:
        return 2;
      case Modality::kPlanned:
        return 1;
      case Modality::kOrdered:
        return 4;
      case Modality::kRequested:
        return 3;
      case Modality::kConditional:
        return 5;
      case Modality::kQuestioned:
        return 6;
    }
    return 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

namespace {

// Relations that never belong to the phrase of their head.
bool IsOutsidePhrase(Deprel relation) {
  switch (relation) {
    case Deprel::kAppos:
    case Deprel::kAclRelcl:
    case Deprel::kAdvclRelcl:
    case Deprel::kParataxis:
    case Deprel::kList:
    case Deprel::kDislocated:
    case Deprel::kDiscourse:
    case Deprel::kVocative:
    case Deprel::kReparandum:
    case Deprel::kOrphan:
      return true;
    default:
      return false;
  }
}

// Relations of a predicate noun or adjective that belong to its clause.
bool IsClausal(Deprel relation) {
  switch (Universal(relation)) {
    case Deprel::kNsubj:
    case Deprel::kCsubj:
    case Deprel::kCop:
    case Deprel::kAux:
    case Deprel::kExpl:
    case Deprel::kMark:
    case Deprel::kAdvcl:
    case Deprel::kCcomp:
      return true;
    default:
      return false;
  }
}

bool IsParticiple(const Tree& tree, uint32_t i) {
  return !tree.HasChild(i, {Deprel::kMark}) || tree.HasFeature(i, "VerbForm=Part");
}

void AddInnerPunctuation(const Tree& tree, TokenSet* tokens) {
  if (tokens->size() < 2) return;
  TokenSet extra;
  for (size_t k = 0; k + 1 < tokens->size(); ++k) {
    bool only_punct = true;
    for (uint32_t i = (*tokens)[k] + 1; i < (*tokens)[k + 1] && only_punct; ++i) only_punct = tree.IsPunct(i);
    if (!only_punct) continue;
    for (uint32_t i = (*tokens)[k] + 1; i < (*tokens)[k + 1]; ++i) extra.push_back(i);
  }
  *tokens = Union(*tokens, extra);
}

}  // namespace

namespace {

// "Berg and Company": both lie in one name.
bool IsOneName(const Tree& tree, uint32_t a, uint32_t b) {
  const auto& names = tree.sentence().names;
  return std::any_of(names.begin(), names.end(), [&](const NameSpan& span) {
    return span.type == NameType::kOrg && span.begin <= a && a < span.end && span.begin <= b && b < span.end;
  });
}

}  // namespace

TokenSet NounPhrase(const Tree& tree, uint32_t head, const PhraseOptions& options) {
  const int copula = tree.Child(head, {Deprel::kCop});
  const bool is_pronoun = tree.upos(head) == Upos::kPron || tree.upos(head) == Upos::kDet;
  auto skip_top = [&](uint32_t child) {
    const Deprel relation = tree.rel(child);
    if (tree.IsPunct(child)) return true;
    if (relation == Deprel::kAclRelcl && is_pronoun) return false;
    if (relation == Deprel::kConj && IsOneName(tree, head, child)) return false;
    if (relation == Deprel::kCcPreconj && tree.lower(child) == "neither") return true;  // it negates the verb
    if (IsOutsidePhrase(relation) || relation == Deprel::kConj || relation == Deprel::kCc) return true;
    if (copula != kNoToken) {
      if (IsClausal(relation)) return true;
      if (static_cast<int>(child) < copula && relation != Deprel::kCcPreconj) return true;
      // "Among them is X": obliques of the clause; an adjective's own ones stay arguments.
      if (Universal(relation) == Deprel::kObl) return true;
      if (relation == Deprel::kAdvmod && (tree.lower(child) == "not" || tree.lower(child) == "n't"))
        return true;
    }
    if (tree.upos(head) == Upos::kAdj && Universal(relation) == Deprel::kObl) return !options.prepositions;
    if (relation == Deprel::kCase) {
      return !options.case_marker && !(child > head);  // the possessive 's stays with its noun
    }
    if (relation == Deprel::kMark && !options.case_marker) return true;
    if (Universal(relation) == Deprel::kNmod && relation != Deprel::kNmodPoss &&
        relation != Deprel::kNmodDesc && tree.HasChild(child, {Deprel::kCase})) {
      if (!options.prepositions) return true;
      const int marker = tree.Child(child, {Deprel::kCase});
      return options.only_of && tree.lower(marker) != "of";
    }
    if (relation == Deprel::kAcl) {
      return IsParticiple(tree, child) ? !options.participles : !options.infinitives;
    }
    return false;
  };
  TokenSet out{head};
  for (uint32_t child : tree.children(head)) {
    if (skip_top(child)) continue;
    const TokenSet part =
        tree.Yield(child, [&](uint32_t i) { return tree.IsPunct(i) || IsOutsidePhrase(tree.rel(i)); });
    out.insert(out.end(), part.begin(), part.end());
  }
  Normalize(&out);
  // The possessive marker belongs to the possessor only inside a larger phrase.
  if (!options.case_marker && tree.rel(head) == Deprel::kNmodPoss) {
    std::erase_if(out, [&](uint32_t i) {
      return tree.rel(i) == Deprel::kCase && tree.head(i) == static_cast<int>(head);
    });
  }
  AddInnerPunctuation(tree, &out);
  TrimPunctuation(tree, &out);
  return out;
}

TokenSet ClauseText(const Tree& tree, uint32_t head, bool drop_marker) {
  TokenSet out = tree.Yield(head, [&](uint32_t i) {
    const bool own = tree.head(i) == static_cast<int>(head);
    if (own && drop_marker && (tree.rel(i) == Deprel::kMark || tree.rel(i) == Deprel::kCc)) return true;
    return own && (tree.rel(i) == Deprel::kParataxis || tree.rel(i) == Deprel::kDiscourse ||
                   tree.rel(i) == Deprel::kVocative);
  });
  TrimPunctuation(tree, &out);
  return out;
}

namespace {

// "were peaceful, chanting slogans": a participle with an object, or a finite verb, is no second adjective.
bool IsVerbBesideAdjective(const Tree& tree, uint32_t head, uint32_t member) {
  if (tree.upos(head) != Upos::kAdj || tree.upos(member) != Upos::kVerb) return false;
  const std::string& tag = tree.token(member).xpos;
  return tag == "VBZ" || tag == "VBP" || (tag == "VBG" && tree.HasChild(member, {Deprel::kObj}));
}

// "he and his brother, Omar, 26, left": how old he is.
bool IsAge(const Tree& tree, uint32_t head, uint32_t member) {
  return tree.upos(member) == Upos::kNum && tree.upos(head) != Upos::kNum && member > 0 &&
         tree.children(member).size() <= 1 && tree.token(member - 1).form == "," &&
         member + 1 < tree.size() && tree.token(member + 1).form == ",";
}

}  // namespace

std::vector<uint32_t> Coordinated(const Tree& tree, uint32_t head) {
  std::vector<uint32_t> out{head};
  for (size_t k = 0; k < out.size(); ++k) {
    for (uint32_t child : tree.children(out[k])) {
      if (tree.rel(child) != Deprel::kConj) continue;
      // A clause coordinated with a noun or adjective is no member of its coordination.
      const bool is_clause = tree.HasChild(child, {Deprel::kNsubj, Deprel::kNsubjPass, Deprel::kCop,
                                                   Deprel::kAux, Deprel::kAuxPass}) ||
                             IsVerbBesideAdjective(tree, head, child) || IsAge(tree, head, child) ||
                             (tree.upos(child) == Upos::kVerb && tree.upos(head) != Upos::kVerb &&
                              tree.upos(head) != Upos::kAdj);
      // "Oslo rather than Kenya", "Oslo, not Kenya": the second is left out.
      const int link = tree.Child(child, {Deprel::kCc});
      const int adverb = tree.Child(child, {Deprel::kAdvmod});
      const bool is_excluded = (link != kNoToken && tree.lower(static_cast<uint32_t>(link)) == "rather") ||
                               (adverb != kNoToken && adverb < static_cast<int>(child) &&
                                tree.lower(static_cast<uint32_t>(adverb)) == "not" && tree.IsNominal(head));
      if (!is_clause && !is_excluded && !IsOneName(tree, head, child)) out.push_back(child);
    }
  }
  std::sort(out.begin(), out.end());
  // "Paul Hahn, Norway's envoy, said": a list without "and" is an apposition that the parser took for
  // coordination.
  bool has_conjunction = tree.sentence().is_headline || out.size() == 1;
  for (uint32_t member : out) {
    for (uint32_t child : tree.children(member)) {
      has_conjunction |= tree.rel(child) == Deprel::kCc || tree.token(child).form == "/";
    }
  }
  return has_conjunction ? out : std::vector<uint32_t>{head};
}

std::vector<Slot> SplitSlots(const Tree& tree, uint32_t head, const PhraseOptions& options) {
  std::vector<Slot> out;
  const std::vector<uint32_t> heads = Coordinated(tree, head);
  for (uint32_t member : heads) {
    if (!tree.IsNominal(member) && tree.IsNominal(head)) continue;
    Slot slot;
    slot.head = static_cast<int>(member);
    slot.tokens = NounPhrase(tree, member, options);
    if (member != head && member == heads.back() && options.prepositions) {
      for (uint32_t child : tree.children(head)) {
        if (tree.rel(child) == Deprel::kNmod && child > member)
          slot.tokens = Union(slot.tokens, tree.Yield(child));
      }
    }
    if (!slot.tokens.empty()) out.push_back(std::move(slot));
  }
  return out;
}

Slot WholeSlot(const Tree& tree, uint32_t head, const PhraseOptions& options) {
  Slot slot;
  slot.head = static_cast<int>(head);
  const std::vector<uint32_t> heads = Coordinated(tree, head);
  if (heads.size() > 1) slot.members = heads;
  for (uint32_t member : heads) {
    slot.tokens = Union(slot.tokens, NounPhrase(tree, member, options));
    for (uint32_t child : tree.children(member)) {
      if (tree.rel(child) == Deprel::kCc && heads.size() > 1) slot.tokens = Union(slot.tokens, {child});
    }
  }
  AddInnerPunctuation(tree, &slot.tokens);
  return slot;
}

TokenSet CaseMarker(const Tree& tree, uint32_t head) {
  TokenSet out;
  for (uint32_t child : tree.children(head)) {
    if (tree.rel(child) != Deprel::kCase || child > head) continue;
    if (!out.empty() && child > out.back() + 2) break;
    const TokenSet part = tree.Yield(child, [&](uint32_t i) { return tree.IsPunct(i); });
    out.insert(out.end(), part.begin(), part.end());
  }
  Normalize(&out);
  return out;
}

std::string MarkerText(const Tree& tree, const TokenSet& marker) {
  std::string out;
  for (uint32_t i : marker) {
    if (!out.empty()) out += ' ';
    out += tree.lower(i);
  }
  return out;
}

bool IsRelativePronoun(const Tree& tree, uint32_t i) {
  if (tree.HasFeature(i, "PronType=Rel")) return tree.lower(i) != "whose" && tree.upos(i) == Upos::kPron;
  const std::string& xpos = tree.token(i).xpos;
  return (xpos == "WDT" || xpos == "WP") && (tree.lower(i) == "who" || tree.lower(i) == "which" ||
                                             tree.lower(i) == "that" || tree.lower(i) == "whom");
}

namespace {

// ""We will fight," Berg said, the daily reported": the second report of one quotation, hung on the first as
// if it were said.
bool IsOuterReport(const Tree& tree, const Lexicon& lexicon, uint32_t verb) {
  if (tree.rel(verb) != Deprel::kCcomp || tree.head(verb) == kNoToken) return false;
  const auto inner = static_cast<uint32_t>(tree.head(verb));
  if (verb < inner || lexicon.StanceOf(tree.lemma(inner)) == Stance::kNone) return false;
  if (tree.HasChild(verb, {Deprel::kMark})) return false;
  bool has_content = false;
  for (uint32_t child : tree.children(inner))
    has_content |= tree.rel(child) == Deprel::kCcomp && child < inner;
  const TokenSet words = tree.Yield(verb);
  return has_content && !words.empty() &&
         (tree.IsPunct(words.front()) || (words.front() > 0 && tree.IsPunct(words.front() - 1)));
}

}  // namespace

bool IsParenthetical(const Tree& tree, const Lexicon& lexicon, uint32_t verb) {
  const Deprel relation = tree.rel(verb);
  const bool beside =
      relation == Deprel::kParataxis ||
      ((relation == Deprel::kConj || relation == Deprel::kDep) && !tree.HasChild(verb, {Deprel::kCc})) ||
      IsOuterReport(tree, lexicon, verb);
  if (!beside || tree.head(verb) == kNoToken || tree.upos(verb) != Upos::kVerb) return false;
  if (lexicon.StanceOf(tree.lemma(verb)) == Stance::kNone || !tree.HasChild(verb, {Deprel::kNsubj}))
    return false;
  return !tree.HasChild(verb, {Deprel::kCcomp, Deprel::kObj, Deprel::kXcomp});
}

bool IsPersonName(const Tree& tree, uint32_t i) {
  const auto& names = tree.sentence().names;
  return std::any_of(names.begin(), names.end(), [&](const NameSpan& span) {
    return span.begin <= i && i < span.end && span.type == NameType::kPerson;
  });
}

bool IsTitledName(const Tree& tree, uint32_t title, uint32_t name) {
  if (title >= name || tree.head(title) != tree.head(name) || tree.upos(name) != Upos::kPropn) return false;
  if (!IsPersonName(tree, name)) return false;
  const TokenSet left = tree.Yield(title), right = tree.Yield(name);
  return !left.empty() && !right.empty() && left.back() + 1 == right.front();
}

bool IsOrdinal(const Tree& tree, uint32_t noun) {
  const int word = tree.Child(noun, {Deprel::kAmod});
  if (word == kNoToken) return false;
  const auto i = static_cast<uint32_t>(word);
  return tree.HasFeature(i, "NumType=Ord") || tree.lemma(i) == "only" || tree.lemma(i) == "last";
}

bool IsTime(const Tree& tree, const Lexicon& lexicon, uint32_t head) {
  for (const NameSpan& name : tree.sentence().names) {
    if (name.type == NameType::kDate && name.begin <= head && head < name.end) return true;
  }
  const std::string& form = tree.token(head).form;
  // "urged supporters to march": no month.
  const bool is_month =
      tree.lower(head) == "march" || tree.lower(head) == "may" || tree.lower(head) == "august";
  if (is_month && form == tree.lower(head)) return false;
  if (lexicon.time_words.contains(tree.lemma(head)) || lexicon.time_words.contains(tree.lower(head)))
    return true;
  return tree.upos(head) == Upos::kNum && form.size() == 4 &&
         (form.starts_with("1") || form.starts_with("20")) &&
         form.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace whowhom::extract::statements
