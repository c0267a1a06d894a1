// Mends of the parse where words stand in an unusual order: inverted conditions and passives, "is to",
// judgements of a deed ("it is hard for X to"), second passives that share an auxiliary.
#include <algorithm>

#include "statements/lexicon.h"
#include "statements/phrases.h"
#include "statements/tree.h"

namespace whowhom::extract::statements {

// The first word of the sentence that is no mark; size() if there is none.
uint32_t Tree::FirstWord() const {
  uint32_t first = 0;
  while (first < size() && IsPunct(first)) ++first;
  return first;
}

// The verb of a condition that opens with "should", "had" or "were"; kNoToken if there is none.
int Tree::InvertedVerb(uint32_t opener, uint32_t comma) const {
  int verb = kNoToken;
  for (uint32_t i = opener + 1; i < comma && verb == kNoToken; ++i) {
    const std::string& tag = token(i).xpos;
    const bool fits = lowers_[opener] == "had" ? tag == "VBN" || (tag == "VBD" && upos(i) == Upos::kVerb)
                                               : tag == "VB" && upos(i) == Upos::kVerb;
    if (fits) verb = static_cast<int>(i);
  }
  return verb;
}

// "Should Oslo attack, ...", "Had Oslo attacked, ...", "Were Oslo to attack, ...": conditions without "if".
void Tree::MendInvertedConditions() {
  const uint32_t opener = FirstWord();
  if (opener + 2 >= size() || !IsOneOf(lowers_[opener], {"should", "had", "were"})) return;
  uint32_t comma = opener;
  while (comma < size() && lowers_[comma] != ",") ++comma;
  const int found = comma < size() ? InvertedVerb(opener, comma) : kNoToken;
  if (found == kNoToken || found < static_cast<int>(opener) + 2) return;
  const auto verb = static_cast<uint32_t>(found);
  // The main clause has a modal and a subject behind the comma; a question has none.
  int main = kNoToken;
  for (uint32_t i = comma + 1; i < size() && main == kNoToken; ++i) {
    if (lowers_[i] == "?") return;
    if (token(i).xpos == "MD" && rels_[i] == Deprel::kAux) main = heads_[i];
  }
  if (main == kNoToken || main < static_cast<int>(comma)) return;
  int subject = kNoToken;
  for (uint32_t i = opener + 1; i < verb; ++i) {
    const bool is_word = IsNominal(i) && !IsPunct(i) && rels_[i] != Deprel::kDet;
    const bool is_top = heads_[i] <= static_cast<int>(opener) || heads_[i] >= static_cast<int>(verb);
    if (is_word && is_top && rels_[i] != Deprel::kObl) subject = static_cast<int>(i);
  }
  if (subject == kNoToken) return;
  const auto main_verb = static_cast<uint32_t>(main);
  if (heads_[main_verb] == static_cast<int>(opener)) {  // "had" read as the main verb
    heads_[main_verb] = heads_[opener];
    rels_[main_verb] = rels_[opener];
  }
  // "Had Norland used gas": the gas read as what Norland had, "used" as its adjective.
  const int object = heads_[verb];
  const bool is_adjective = object > static_cast<int>(verb) && object < static_cast<int>(comma);
  for (uint32_t i = 0; i < comma; ++i) {
    if (heads_[i] == static_cast<int>(opener) && i != verb)
      heads_[i] = static_cast<int>(i < verb ? verb : main_verb);
  }
  if (is_adjective) {
    heads_[object] = found;
    rels_[object] = Deprel::kObj;
    uposes_[verb] = Upos::kVerb;
  }
  heads_[verb] = main;
  rels_[verb] = Deprel::kAdvcl;
  heads_[subject] = found;
  const bool is_passive = HasHelper(verb, {Deprel::kAuxPass});
  rels_[subject] = is_passive ? Deprel::kNsubjPass : Deprel::kNsubj;
  for (uint32_t i = opener + 1; i < verb; ++i) {
    if (lowers_[i] == "to" && rels_[i] == Deprel::kMark && heads_[i] == found) rels_[i] = Deprel::kDiscourse;
  }
  heads_[opener] = found;
  rels_[opener] = Deprel::kMark;
  uposes_[opener] = Upos::kSconj;
  lowers_[opener] = "if";
}

// "Killed in the attack were two soldiers", "Among those killed was Berg": the participle in front is what
// was done to the noun behind.
void Tree::MendInvertedPassives() {
  uint32_t verb = FirstWord();
  if (verb < size() && lowers_[verb] == "also") ++verb;
  const bool is_among = verb + 2 < size() && lowers_[verb] == "among" && lowers_[verb + 1] == "those";
  if (is_among) verb += 2;
  if (verb + 2 >= size() || token(verb).xpos != "VBN") return;
  uint32_t copula = verb + 1;
  while (copula < size() && rels_[copula] != Deprel::kCop && !IsPunct(copula)) ++copula;
  if (copula + 1 >= size() || !IsOneOf(lowers_[copula], {"was", "were"}) || heads_[copula] == kNoToken)
    return;
  const auto noun = static_cast<uint32_t>(heads_[copula]);
  if (noun < copula || !IsNominal(noun)) return;
  const bool fits = is_among ? rels_[verb] == Deprel::kAcl && heads_[verb] == static_cast<int>(verb) - 1
                             : rels_[verb] == Deprel::kCsubj && heads_[verb] == static_cast<int>(noun);
  if (!fits) return;
  const uint32_t those = verb - 1;
  heads_[verb] = heads_[noun];
  rels_[verb] = rels_[noun];
  for (uint32_t i = 0; i < size(); ++i) {
    if (i != verb && heads_[i] == static_cast<int>(noun) && IsPunct(i)) heads_[i] = static_cast<int>(verb);
  }
  heads_[noun] = static_cast<int>(verb);
  rels_[noun] = Deprel::kNsubjPass;
  heads_[copula] = static_cast<int>(verb);
  rels_[copula] = Deprel::kAuxPass;
  if (!is_among) return;
  heads_[those] = static_cast<int>(verb);
  rels_[those] = Deprel::kObl;
}

// "Hart is to visit Oslo": an auxiliary of what is yet to come, no copula. Not "the aim is to win".
void Tree::MendIsTo() {
  for (uint32_t to = 1; to + 1 < size(); ++to) {
    if (lowers_[to] != "to" || rels_[to] != Deprel::kMark || heads_[to] == kNoToken) continue;
    const auto verb = static_cast<uint32_t>(heads_[to]);
    uint32_t be = to - 1;
    while (be > 0 && rels_[be] == Deprel::kAdvmod) --be;
    const bool is_copula = rels_[be] == Deprel::kCop && heads_[be] == static_cast<int>(verb);
    if (!is_copula || upos(verb) != Upos::kVerb || verb < to) continue;
    bool is_person = false;
    for (uint32_t i = 0; i < be; ++i) {
      const bool is_subject = heads_[i] == static_cast<int>(verb) &&
                              (rels_[i] == Deprel::kNsubj || rels_[i] == Deprel::kNsubjPass);
      is_person |= is_subject && (upos(i) == Upos::kPropn || upos(i) == Upos::kPron ||
                                  token(verb - 1).xpos == "VB" || rels_[i] == Deprel::kNsubjPass);
    }
    if (!is_person) continue;
    rels_[be] = Deprel::kAux;
    rels_[to] = Deprel::kAux;
  }
}

// "it is hard for Oslo to leave", "it takes years to build": "it" stands for the deed, and whoever it is hard
// for would do it.
void Tree::MendJudgedDeeds(const Lexicon& lexicon) {
  for (uint32_t act = 3; act < size(); ++act) {
    const bool is_below =
        rels_[act] == Deprel::kAdvcl || rels_[act] == Deprel::kCsubj || rels_[act] == Deprel::kCcomp;
    if (!is_below || upos(act) != Upos::kVerb || heads_[act] == kNoToken) continue;
    const auto word = static_cast<uint32_t>(heads_[act]);
    int to = kNoToken, it = kNoToken, whose = kNoToken;
    for (uint32_t i = 0; i < act; ++i) {
      if (heads_[i] == static_cast<int>(act) && lowers_[i] == "to") to = static_cast<int>(i);
      if (heads_[i] != static_cast<int>(word)) continue;
      const bool is_filler = rels_[i] == Deprel::kNsubj || rels_[i] == Deprel::kExpl;
      if (lowers_[i] == "it" && is_filler) it = static_cast<int>(i);
      const int marker = rels_[i] == Deprel::kObl && i > word ? CaseOf(i) : kNoToken;
      if (marker != kNoToken && lowers_[marker] == "for") whose = static_cast<int>(i);
    }
    const bool is_judged = lexicon.IsHappening(lemmas_[word], "judgement");
    const bool is_spent = lemmas_[word] == "take";
    // "it was concerning the army had left"
    const bool is_told = rels_[act] == Deprel::kCcomp && FindChild(act, {Deprel::kNsubj}) != kNoToken;
    if (to == kNoToken && it != kNoToken && word < act && is_judged && is_told) rels_[it] = Deprel::kExpl;
    if (to == kNoToken || it == kNoToken || word > act || (!is_judged && !is_spent)) continue;
    rels_[it] = Deprel::kExpl;
    rels_[act] = Deprel::kCsubj;
    if (whose == kNoToken || FindChild(act, {Deprel::kNsubj}) != kNoToken) continue;
    const int marker = CaseOf(static_cast<uint32_t>(whose));
    heads_[marker] = static_cast<int>(act);
    rels_[marker] = Deprel::kMark;
    heads_[whose] = static_cast<int>(act);
    rels_[whose] = HasHelper(act, {Deprel::kAuxPass}) ? Deprel::kNsubjPass : Deprel::kNsubj;
  }
}

// "Men have been beaten and property damaged" with the property coordinated with "beaten".
void Tree::MendSecondPassives() {
  for (uint32_t noun = 3; noun + 1 < size(); ++noun) {
    const uint32_t verb = noun + 1;
    if (rels_[noun] != Deprel::kConj || rels_[verb] != Deprel::kConj || heads_[noun] == kNoToken) continue;
    if (heads_[noun] != heads_[verb] || upos(noun) != Upos::kNoun || token(verb).xpos != "VBN") continue;
    const bool is_bare = !HasHelper(verb, {Deprel::kNsubj, Deprel::kNsubjPass, Deprel::kObj, Deprel::kCc});
    const bool is_passive = HasHelper(static_cast<uint32_t>(heads_[noun]), {Deprel::kAuxPass});
    if (!is_bare || !is_passive || FindChild(noun, {Deprel::kCc}) == kNoToken) continue;
    heads_[FindChild(noun, {Deprel::kCc})] = static_cast<int>(verb);
    heads_[noun] = static_cast<int>(verb);
    rels_[noun] = Deprel::kNsubjPass;
  }
}

// "the guards accused by Oslo of attacking civilians" with the attack hung on Oslo.
void Tree::MendAccusedByOf(const Lexicon& lexicon) {
  for (uint32_t act = 4; act + 1 < size(); ++act) {
    if (token(act).xpos != "VBG" || heads_[act] == kNoToken) continue;
    // "attacking" below the noun it attacks, or the other way round.
    const bool is_inside = rels_[act] == Deprel::kAmod;
    const auto top = is_inside ? static_cast<uint32_t>(heads_[act]) : act;
    if (heads_[top] == kNoToken || (rels_[top] != Deprel::kNmod && rels_[top] != Deprel::kAcl)) continue;
    const auto accuser = static_cast<uint32_t>(heads_[top]);
    if (rels_[accuser] != Deprel::kOblAgent || accuser > act || heads_[accuser] == kNoToken) continue;
    const auto verb = static_cast<uint32_t>(heads_[accuser]);
    const uint32_t marker = act - 1;
    const auto* frames = Find(lexicon.accusations, lemmas_[verb]);
    const bool fits =
        frames != nullptr && std::any_of(frames->begin(), frames->end(), [&](const AccusationFrame& frame) {
          return frame.target == "obj" && frame.act == lowers_[marker];
        });
    if (!fits || (heads_[marker] != static_cast<int>(top) && heads_[marker] != static_cast<int>(act)))
      continue;
    heads_[act] = static_cast<int>(verb);
    rels_[act] = Deprel::kAdvcl;
    uposes_[act] = Upos::kVerb;
    heads_[marker] = static_cast<int>(act);
    rels_[marker] = Deprel::kMark;
    if (!is_inside) continue;
    heads_[top] = static_cast<int>(act);
    rels_[top] = Deprel::kObj;
  }
}

// "Two men were found who had been hurt" with the relative clause read as what was found.
void Tree::MendFarRelatives() {
  for (uint32_t verb = 3; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kCcomp || heads_[verb] == kNoToken) continue;
    const auto main = static_cast<uint32_t>(heads_[verb]);
    if (main > verb || !HasHelper(main, {Deprel::kAuxPass})) continue;
    const int who = FindChild(verb, {Deprel::kNsubj});
    const int noun = FindChild(main, {Deprel::kNsubj});
    const bool is_who = who > static_cast<int>(main) && lowers_[who] == "who";
    if (!is_who || noun == kNoToken || rels_[noun] != Deprel::kNsubjPass || token(noun).xpos == "PRP")
      continue;
    heads_[verb] = noun;
    rels_[verb] = Deprel::kAclRelcl;
  }
}

// "Berg's brother-in-law" cut into words: one noun.
void Tree::MendInLaws(const Lexicon& lexicon) {
  for (uint32_t i = 0; i + 4 < size(); ++i) {
    const bool is_cut =
        lowers_[i + 1] == "-" && lowers_[i + 2] == "in" && lowers_[i + 3] == "-" && lowers_[i + 4] == "law";
    if (!is_cut || !lexicon.relational_nouns.contains(lemmas_[i])) continue;
    for (uint32_t k = i + 1; k <= i + 4; ++k) {
      heads_[k] = static_cast<int>(i);
      rels_[k] = Deprel::kFlat;
    }
  }
}

// "ten men, most belonging to the party": most of them, with "most" read as an adverb.
void Tree::MendPartSubjects() {
  for (uint32_t part = 2; part + 1 < size(); ++part) {
    if (heads_[part] == kNoToken || lowers_[part - 1] != ",") continue;
    // "many", an adjective of the noun in front.
    const bool is_behind = rels_[part] == Deprel::kAmod && heads_[part] < static_cast<int>(part) &&
                           heads_[part + 1] == heads_[part];
    if (rels_[part] != Deprel::kAdvmod && !is_behind) continue;
    if (!IsOneOf(lowers_[part], {"most", "some", "many", "several", "all"})) continue;
    const auto verb = is_behind ? part + 1 : static_cast<uint32_t>(heads_[part]);
    const bool is_participle = token(verb).xpos == "VBG" || token(verb).xpos == "VBN";
    const bool is_below = rels_[verb] == Deprel::kAcl || rels_[verb] == Deprel::kAdvcl;
    if (verb < part || !is_participle || !is_below || HasHelper(verb, {Deprel::kNsubj, Deprel::kNsubjPass}))
      continue;
    heads_[part] = static_cast<int>(verb);
    rels_[part] = token(verb).xpos == "VBG" ? Deprel::kNsubj : Deprel::kNsubjPass;
    uposes_[part] = Upos::kPron;
  }
}

// "are free to leave" with the leaving read as a purpose.
void Tree::MendDispositions(const Lexicon& lexicon) {
  for (uint32_t act = 3; act < size(); ++act) {
    const bool is_beside = rels_[act] == Deprel::kAdvcl || rels_[act] == Deprel::kCsubj;
    if (!is_beside || heads_[act] == kNoToken || upos(act) != Upos::kVerb) continue;
    const auto word = static_cast<uint32_t>(heads_[act]);
    const int to = FindChild(act, {Deprel::kMark});
    const bool is_next = to == static_cast<int>(word) + 1 && lowers_[to] == "to" && word < act;
    if (!is_next || upos(word) != Upos::kAdj || !HasHelper(word, {Deprel::kCop})) continue;
    if (lexicon.IsHappening(lemmas_[word], "disposition") && FindChild(word, {Deprel::kXcomp}) == kNoToken)
      rels_[act] = Deprel::kXcomp;
  }
}

void Tree::MendOrder(const Lexicon& lexicon) {
  MendInvertedConditions();
  MendInvertedPassives();
  MendIsTo();
  MendJudgedDeeds(lexicon);
  MendSecondPassives();
  MendAccusedByOf(lexicon);
  MendFarRelatives();
  MendInLaws(lexicon);
  MendPartSubjects();
  MendDispositions(lexicon);
  MendHeads();
}

}  // namespace whowhom::extract::statements
