// Mends of the parse around verbs: subjects read as undergoers, conjuncts hung on the wrong verb, clauses
// read as participles.
#include <algorithm>

#include "statements/lexicon.h"
#include "statements/phrases.h"
#include "statements/tree.h"

namespace whowhom::extract::statements {

namespace {

bool IsPastForm(const std::string& tag) { return tag == "VBD" || tag == "VBN"; }

// "innocence", "decision": by its ending, a noun of no thing or body that could act.
bool IsAbstract(const std::string& noun) {
  static constexpr std::string_view kEndings[] = {"ness", "ence", "ance", "ity", "ism"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view ending) { return noun.ends_with(ending); });
}

}  // namespace

bool Tree::HasHelper(uint32_t verb, std::initializer_list<Deprel> relations) const {
  for (uint32_t i = 0; i < size(); ++i) {
    if (heads_[i] == static_cast<int>(verb) &&
        std::find(relations.begin(), relations.end(), rels_[i]) != relations.end())
      return true;
  }
  return false;
}

// "The coalition, led by Norway, called for talks" with the coalition read as called: without an auxiliary a
// main verb behind a comma, or in its past tense, is active. Headlines leave auxiliaries out.
void Tree::MendBarePassives() {
  if (sentence_->is_headline) return;
  for (uint32_t subject = 0; subject < size(); ++subject) {
    if (rels_[subject] != Deprel::kNsubjPass || heads_[subject] <= static_cast<int>(subject)) continue;
    const auto verb = static_cast<uint32_t>(heads_[subject]);
    const bool is_main = rels_[verb] == Deprel::kRoot || rels_[verb] == Deprel::kCcomp;
    if (!is_main || HasHelper(verb, {Deprel::kAuxPass, Deprel::kCop, Deprel::kAux, Deprel::kOblAgent}))
      continue;
    const bool is_past = token(verb).xpos == "VBD";
    const bool has_insert = token(verb).xpos == "VBN" && lowers_[verb - 1] == ",";
    if (is_past || has_insert) rels_[subject] = Deprel::kNsubj;
  }
}

// "was killed and another soldier injured": the second passive leaves its auxiliary out.
void Tree::MendGappedPassives() {
  for (uint32_t subject = 1; subject < size(); ++subject) {
    if (rels_[subject] != Deprel::kNsubj || heads_[subject] <= static_cast<int>(subject)) continue;
    const auto verb = static_cast<uint32_t>(heads_[subject]);
    if (rels_[verb] != Deprel::kConj || token(verb).xpos != "VBN" || heads_[verb] == kNoToken) continue;
    const bool has_own =
        HasHelper(verb, {Deprel::kAux, Deprel::kAuxPass, Deprel::kObj, Deprel::kCcomp, Deprel::kXcomp});
    if (!has_own && HasHelper(static_cast<uint32_t>(heads_[verb]), {Deprel::kAuxPass}))
      rels_[subject] = Deprel::kNsubjPass;
  }
}

// "said that Oslo should free them, and called on Berg": a past form does not go on with a modal; it belongs
// to the verb of saying.
void Tree::MendModalConjuncts(const Lexicon& lexicon) {
  for (uint32_t i = 2; i < size(); ++i) {
    if (rels_[i] != Deprel::kConj || heads_[i] == kNoToken || upos(i) != Upos::kVerb) continue;
    const auto first = static_cast<uint32_t>(heads_[i]);
    if (rels_[first] != Deprel::kCcomp || heads_[first] == kNoToken || first > i) continue;
    const auto outer = static_cast<uint32_t>(heads_[first]);
    if (outer > first || lexicon.StanceOf(lemmas_[outer]) == Stance::kNone || !IsFinite(outer)) continue;
    if (token(first).xpos != "VB" || !HasHelper(first, {Deprel::kAux}) || !IsPastForm(token(i).xpos))
      continue;
    const bool is_own = HasHelper(i, {Deprel::kAux, Deprel::kAuxPass, Deprel::kNsubj, Deprel::kNsubjPass});
    if (!is_own) heads_[i] = static_cast<int>(outer);
  }
}

// "questioned four and anyone found guilty will be jailed" with "found" coordinated and "jailed" beside or
// below it without a subject: the conjunction stands before the noun, which is the subject of the last verb.
void Tree::MendSharedSubjects() {
  auto has_subject = [&](uint32_t verb) { return HasHelper(verb, {Deprel::kNsubj, Deprel::kNsubjPass}); };
  for (uint32_t other = 2; other < size(); ++other) {
    if (rels_[other] != Deprel::kConj || heads_[other] == kNoToken || !IsPastForm(token(other).xpos))
      continue;
    const int noun = FindChild(other, {Deprel::kNsubj});
    if (noun == kNoToken || noun + 1 != static_cast<int>(other) || upos(noun) == Upos::kPropn ||
        HasHelper(other, {Deprel::kAux, Deprel::kAuxPass}))
      continue;
    for (uint32_t verb = other + 1; verb < size(); ++verb) {
      const bool is_beside = rels_[verb] == Deprel::kConj && heads_[verb] == heads_[other];
      const bool is_below = (rels_[verb] == Deprel::kCcomp || rels_[verb] == Deprel::kXcomp) &&
                            heads_[verb] == static_cast<int>(other);
      // "mortars launched by rebels killed six": by whom tells the participle from the verb.
      const bool has_helper = HasHelper(verb, {Deprel::kAux, Deprel::kAuxPass}) ||
                              (IsFinite(verb) && HasHelper(other, {Deprel::kOblAgent}));
      const bool is_finite = has_helper && !HasHelper(verb, {Deprel::kMark}) && !has_subject(verb);
      int link = FindChild(verb, {Deprel::kCc});
      if (link == kNoToken) link = FindChild(other, {Deprel::kCc});
      if ((!is_beside && !is_below) || !is_finite || link == kNoToken || link > noun) continue;
      heads_[verb] = heads_[other];
      rels_[verb] = Deprel::kConj;
      heads_[link] = static_cast<int>(verb);
      heads_[noun] = static_cast<int>(verb);
      rels_[noun] = HasHelper(verb, {Deprel::kAuxPass}) ? Deprel::kNsubjPass : Deprel::kNsubj;
      heads_[other] = noun;
      rels_[other] = Deprel::kAcl;
      break;
    }
  }
}

// "said the clash erupted when" with "erupted" read as a participle of the clash: what is said has no other
// object.
void Tree::MendSaidClauses(const Lexicon& lexicon) {
  for (uint32_t verb = 2; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kAcl || !IsPastForm(token(verb).xpos) || heads_[verb] == kNoToken) continue;
    const auto noun = static_cast<uint32_t>(heads_[verb]);
    if (noun > verb || heads_[noun] == kNoToken || heads_[noun] > static_cast<int>(noun)) continue;
    const auto outer = static_cast<uint32_t>(heads_[noun]);
    const Stance stance = lexicon.StanceOf(lemmas_[outer]);
    bool has_speaker = false;
    for (uint32_t i = 0; i < outer; ++i) {
      has_speaker |= heads_[i] == static_cast<int>(outer) && rels_[i] == Deprel::kNsubj;
    }
    const bool is_second = rels_[noun] == Deprel::kNsubj && has_speaker && stance != Stance::kNone;
    const bool is_said = rels_[noun] == Deprel::kObj && lemmas_[outer] == "say" && has_speaker;
    if (!is_second && !is_said) continue;
    if (FindChild(outer, {Deprel::kCcomp}) != kNoToken || HasHelper(verb, {Deprel::kOblAgent, Deprel::kMark}))
      continue;
    heads_[verb] = static_cast<int>(outer);
    rels_[verb] = Deprel::kCcomp;
    heads_[noun] = static_cast<int>(verb);
    rels_[noun] = Deprel::kNsubj;
  }
}

// "killed two people, one of them a guard, and wounded ten" with "wounded" coordinated with the guard: a verb
// goes on with the verb of its form above.
void Tree::MendNounConjuncts() {
  for (uint32_t verb = 3; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kConj || upos(verb) != Upos::kVerb || heads_[verb] == kNoToken) continue;
    if (!IsPastForm(token(verb).xpos) || HasHelper(verb, {Deprel::kNsubj, Deprel::kNsubjPass, Deprel::kAux}))
      continue;
    auto noun = static_cast<uint32_t>(heads_[verb]);
    const bool is_noun = upos(noun) == Upos::kNoun || upos(noun) == Upos::kPropn || upos(noun) == Upos::kPron;
    if (!is_noun || noun > verb || FindChild(noun, {Deprel::kCop, Deprel::kNsubj}) != kNoToken) continue;
    if (FindChild(verb, {Deprel::kObj, Deprel::kObl}) == kNoToken ||
        FindChild(verb, {Deprel::kCc}) == kNoToken)
      continue;
    for (int at = heads_[noun]; at != kNoToken; at = heads_[at]) {
      const auto above = static_cast<uint32_t>(at);
      if (upos(above) != Upos::kVerb) continue;
      const bool has_same_form =
          token(above).xpos == token(verb).xpos || (IsFinite(above) && token(above).xpos == "VBD");
      if (above < verb && has_same_form && !HasHelper(above, {Deprel::kAuxPass})) heads_[verb] = at;
      break;
    }
  }
}

// "UN Secretary-General Lena Hart" cut into words: the hyphen joins both into one title.
void Tree::MendHyphenTitles() {
  for (uint32_t i = 0; i + 3 < size(); ++i) {
    const uint32_t last = i + 2;
    const bool joins = lowers_[i + 1] == "-" && heads_[last] != kNoToken && heads_[i] == heads_[last];
    if (!joins || rels_[i] != Deprel::kNmodDesc || heads_[last] < static_cast<int>(last)) continue;
    if (rels_[last] != Deprel::kAmod && rels_[last] != Deprel::kCompound) continue;
    if (upos(last) != Upos::kPropn && upos(last) != Upos::kAdj && upos(last) != Upos::kNoun) continue;
    rels_[last] = Deprel::kNmodDesc;
    heads_[i + 1] = static_cast<int>(last);
    for (uint32_t k = 0; k < i; ++k) {
      if (heads_[k] == static_cast<int>(i)) heads_[k] = static_cast<int>(last);
    }
    heads_[i] = static_cast<int>(last);
    rels_[i] = Deprel::kCompound;
  }
}

// "Attorney-General Omar Dahl said" with the attorney as a subject of its own.
void Tree::MendHyphenSubjects() {
  for (uint32_t first = 0; first + 3 < size(); ++first) {
    const uint32_t last = first + 2;
    if (lowers_[first + 1] != "-" || rels_[first] != Deprel::kNsubj || rels_[last] != Deprel::kNmodDesc)
      continue;
    const int name = heads_[last];
    if (name != static_cast<int>(last) + 1 || heads_[name] != heads_[first]) continue;
    for (uint32_t i = 0; i < first; ++i) {
      if (heads_[i] == static_cast<int>(first)) heads_[i] = static_cast<int>(last);
    }
    heads_[first + 1] = heads_[first] = static_cast<int>(last);
    rels_[first] = Deprel::kCompound;
  }
}

// "accused the army of murder" with the murder hung on the army: where its preposition is that of the deed.
void Tree::MendAccusedDeeds(const Lexicon& lexicon) {
  for (uint32_t deed = 3; deed < size(); ++deed) {
    if (rels_[deed] != Deprel::kNmod || upos(deed) != Upos::kNoun || heads_[deed] == kNoToken) continue;
    const auto accused = static_cast<uint32_t>(heads_[deed]);
    if (rels_[accused] != Deprel::kObj || accused > deed || heads_[accused] == kNoToken) continue;
    const auto verb = static_cast<uint32_t>(heads_[accused]);
    const auto* frames = Find(lexicon.accusations, lemmas_[verb]);
    const int marker = CaseOf(deed);
    if (frames == nullptr || marker == kNoToken || verb > accused) continue;
    const bool fits = std::any_of(frames->begin(), frames->end(), [&](const AccusationFrame& frame) {
      return frame.target == "obj" && frame.act == lowers_[marker];
    });
    // "accused the leader of the party": what the accused is of.
    const bool is_of_accused = lexicon.relational_nouns.contains(lemmas_[accused]) ||
                               lexicon.nominals.contains(lemmas_[accused]) ||
                               FindChild(deed, {Deprel::kDet}) != kNoToken;
    if (!fits || is_of_accused) continue;
    heads_[deed] = static_cast<int>(verb);
    rels_[deed] = Deprel::kObl;
  }
}

// "150,000 NATO and US troops" with the troops coordinated with NATO: names are not counted, the noun is of
// both.
void Tree::MendCountedNames() {
  for (uint32_t noun = 3; noun < size(); ++noun) {
    if (rels_[noun] != Deprel::kConj || upos(noun) != Upos::kNoun || token(noun).xpos != "NNS") continue;
    const int first = heads_[noun];
    if (first == kNoToken || first + 3 != static_cast<int>(noun)) continue;
    const auto name = static_cast<uint32_t>(first);
    const uint32_t second = noun - 1;
    const bool is_pair = upos(name) == Upos::kPropn && upos(second) == Upos::kPropn &&
                         heads_[second] == static_cast<int>(noun) && lowers_[second - 1] == "and";
    if (!is_pair || FindChild(name, {Deprel::kNummod}) == kNoToken) continue;
    heads_[noun] = heads_[name];
    rels_[noun] = rels_[name];
    for (uint32_t i = 0; i < size(); ++i) {
      if (heads_[i] == first) heads_[i] = static_cast<int>(noun);
    }
    heads_[name] = static_cast<int>(noun);
    rels_[name] = Deprel::kCompound;
    heads_[second] = first;
    rels_[second] = Deprel::kConj;
    heads_[second - 1] = static_cast<int>(second);
  }
}

// "members of the group - Britain, France and China - met" with the list coordinated with the group: between
// dashes stand those that the noun in the plural counts.
void Tree::MendDashLists() {
  auto is_dash = [&](uint32_t i) {
    return lowers_[i] == "-" || lowers_[i] == "--" || lowers_[i] == "–" || lowers_[i] == "—";
  };
  for (uint32_t first = 3; first < size(); ++first) {
    if (rels_[first] != Deprel::kConj || upos(first) != Upos::kPropn || heads_[first] == kNoToken) continue;
    uint32_t begin = first;
    while (begin > 0 && heads_[begin - 1] == static_cast<int>(first) && !IsPunct(begin - 1)) --begin;
    if (begin == 0 || !is_dash(begin - 1)) continue;
    int noun = heads_[first];
    while (noun != kNoToken && rels_[noun] == Deprel::kNmod && token(noun).xpos != "NNS") noun = heads_[noun];
    if (noun == kNoToken || token(noun).xpos != "NNS" || noun > static_cast<int>(begin)) continue;
    if (FindChild(first, {Deprel::kConj}) == kNoToken) continue;
    heads_[first] = noun;
    rels_[first] = Deprel::kAppos;
  }
}

// "to extradite those who had been accused and try them" with "try" coordinated with "accused": an infinitive
// goes on with the infinitive above.
void Tree::MendInfinitiveConjuncts() {
  for (uint32_t verb = 3; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kConj || token(verb).xpos != "VB" || heads_[verb] == kNoToken) continue;
    const auto first = static_cast<uint32_t>(heads_[verb]);
    if (token(first).xpos != "VBN" || first > verb || !HasHelper(first, {Deprel::kAuxPass})) continue;
    if (HasHelper(verb, {Deprel::kAux, Deprel::kNsubj, Deprel::kMark})) continue;
    // "should be seized and sell": a slip of the pen, left alone.
    bool has_modal = false;
    for (uint32_t i = 0; i < first; ++i)
      has_modal |= heads_[i] == static_cast<int>(first) && token(i).xpos == "MD";
    for (int at = heads_[first]; at != kNoToken && !has_modal; at = heads_[at]) {
      if (upos(static_cast<uint32_t>(at)) != Upos::kVerb) continue;
      if (token(static_cast<uint32_t>(at)).xpos == "VB") heads_[verb] = at;
      break;
    }
  }
}

// "the series of U.S. attacks" with "attacks" read as what the U.S. does: a finite verb is no participle, so
// the word is the noun.
void Tree::MendNounVerbs(const Lexicon& lexicon) {
  for (uint32_t word = 2; word < size(); ++word) {
    if (rels_[word] != Deprel::kAcl || token(word).xpos != "VBZ" ||
        heads_[word] != static_cast<int>(word) - 1)
      continue;
    const uint32_t name = word - 1;
    if (upos(name) != Upos::kPropn || !lexicon.nominals.contains(lemmas_[word])) continue;
    if (HasHelper(word, {Deprel::kNsubj, Deprel::kMark, Deprel::kObj})) continue;
    heads_[word] = heads_[name];
    rels_[word] = rels_[name];
    uposes_[word] = Upos::kNoun;
    for (uint32_t i = 0; i < size(); ++i) {
      if (heads_[i] == static_cast<int>(name) && rels_[i] == Deprel::kCase)
        heads_[i] = static_cast<int>(word);
      if (heads_[i] == static_cast<int>(word) && Universal(rels_[i]) == Deprel::kObl)
        rels_[i] = Deprel::kNmod;
    }
    heads_[name] = static_cast<int>(word);
    rels_[name] = Deprel::kCompound;
  }
}

// "went on to say" with the saying read as a purpose.
void Tree::MendGoingOn() {
  for (uint32_t act = 3; act < size(); ++act) {
    if (rels_[act] != Deprel::kAdvcl || heads_[act] == kNoToken) continue;
    const auto verb = static_cast<uint32_t>(heads_[act]);
    if (lemmas_[verb] != "go" || verb + 3 > act || lowers_[verb + 1] != "on" || lowers_[verb + 2] != "to")
      continue;
    if (heads_[verb + 1] != static_cast<int>(verb) || heads_[verb + 2] != static_cast<int>(act)) continue;
    rels_[act] = Deprel::kXcomp;
    rels_[verb + 1] = Deprel::kCompoundPrt;
  }
}

// "Berg said he was glad and Dahl said ..." with the second speaker in what the first one says.
void Tree::MendSecondSpeakers(const Lexicon& lexicon) {
  for (uint32_t verb = 4; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kConj || token(verb).xpos != "VBD" || heads_[verb] == kNoToken) continue;
    const auto first = static_cast<uint32_t>(heads_[verb]);
    if (rels_[first] != Deprel::kCcomp || heads_[first] == kNoToken || HasHelper(verb, {Deprel::kMark}))
      continue;
    const auto outer = static_cast<uint32_t>(heads_[first]);
    const int speaker = FindChild(verb, {Deprel::kNsubj});
    const bool both_say = lexicon.StanceOf(lemmas_[verb]) == Stance::kSay &&
                          lexicon.StanceOf(lemmas_[outer]) == Stance::kSay && token(outer).xpos == "VBD";
    if (!both_say || outer > first || speaker == kNoToken || upos(speaker) == Upos::kPron) continue;
    heads_[verb] = static_cast<int>(outer);
  }
}

// "will stop for the state to accept it" with "for the state" beside the clause: a name or what "the" opens
// right before the infinitive, not the price of something ("sold it for money to buy food").
void Tree::MendForToNoun(uint32_t verb, uint32_t to, const Lexicon& lexicon) {
  for (uint32_t noun = 1; noun < to; ++noun) {
    if (rels_[noun] != Deprel::kObl || rels_[verb] != Deprel::kAdvcl || IsTime(*this, lexicon, noun))
      continue;
    const int marker = CaseOf(noun);
    if (marker == kNoToken || lowers_[marker] != "for" || Extent(noun).second + 1 != to) continue;
    const int article = FindChild(noun, {Deprel::kDet});
    const bool is_somebody = upos(noun) == Upos::kPropn || (article != kNoToken && lowers_[article] == "the");
    // "called for the army to act" is read by its own rule.
    if (!is_somebody || heads_[noun] == marker - 1) continue;
    heads_[noun] = static_cast<int>(verb);
    rels_[noun] = HasHelper(verb, {Deprel::kAuxPass}) ? Deprel::kNsubjPass : Deprel::kNsubj;
    rels_[marker] = Deprel::kMark;
    heads_[marker] = static_cast<int>(verb);
    return;
  }
}

// "silly for Berg to have left" with Berg beside the clause: between "for" and "to" stands who leaves.
void Tree::MendForTo(const Lexicon& lexicon) {
  for (uint32_t verb = 4; verb < size(); ++verb) {
    if (upos(verb) != Upos::kVerb || HasHelper(verb, {Deprel::kNsubj, Deprel::kNsubjPass})) continue;
    int opener = kNoToken, to = kNoToken;
    for (uint32_t i = 0; i < verb; ++i) {
      if (heads_[i] != static_cast<int>(verb) || rels_[i] != Deprel::kMark) continue;
      if (lowers_[i] == "for") opener = static_cast<int>(i);
      if (lowers_[i] == "to") to = static_cast<int>(i);
    }
    if (opener == kNoToken && to != kNoToken) MendForToNoun(verb, static_cast<uint32_t>(to), lexicon);
    if (opener == kNoToken || to < opener) continue;
    for (uint32_t i = static_cast<uint32_t>(opener) + 1; i < static_cast<uint32_t>(to); ++i) {
      if (heads_[i] != heads_[verb] || Universal(rels_[i]) != Deprel::kObl) continue;
      heads_[i] = static_cast<int>(verb);
      rels_[i] = HasHelper(verb, {Deprel::kAuxPass}) ? Deprel::kNsubjPass : Deprel::kNsubj;
      break;
    }
  }
}

// "explained its decision not to pay" with the infinitive read as the purpose of explaining: what somebody
// decides, plans, promises belongs to the noun.
void Tree::MendNounInfinitives(const Lexicon& lexicon) {
  for (uint32_t act = 3; act < size(); ++act) {
    if (rels_[act] != Deprel::kAdvcl || heads_[act] == kNoToken) continue;
    const int marker = FindChild(act, {Deprel::kMark});
    if (marker == kNoToken || lowers_[marker] != "to" || marker < 2) continue;
    const auto noun = static_cast<uint32_t>(lowers_[marker - 1] == "not" ? marker - 2 : marker - 1);
    if (upos(noun) != Upos::kNoun || heads_[noun] != heads_[act] || rels_[noun] != Deprel::kObj) continue;
    const NominalAction* action = Find(lexicon.nominals, lemmas_[noun]);
    const ChainVerb* chain = action != nullptr ? Find(lexicon.chains, action->verb) : nullptr;
    if (chain == nullptr || !chain->modality) continue;
    heads_[act] = static_cast<int>(noun);
    rels_[act] = Deprel::kAcl;
  }
}

// "by saying that the gap widens and calling for talks" with "calling" in what is said: it has the form of
// "saying".
void Tree::MendGerundConjuncts() {
  for (uint32_t verb = 4; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kConj || token(verb).xpos != "VBG" || heads_[verb] == kNoToken) continue;
    if (HasHelper(verb, {Deprel::kAux, Deprel::kNsubj, Deprel::kMark})) continue;
    const auto first = static_cast<uint32_t>(heads_[verb]);
    if (!IsFinite(first) || rels_[first] != Deprel::kCcomp || heads_[first] == kNoToken) continue;
    const auto outer = static_cast<uint32_t>(heads_[first]);
    if (token(outer).xpos == "VBG" && outer < first && upos(outer) == Upos::kVerb)
      heads_[verb] = heads_[first];
  }
}

// "met the minister to air their grievances" with the minister airing them: only some verbs make their object
// act; behind others the infinitive is what the subject wants.
void Tree::MendPurposes(const Lexicon& lexicon) {
  for (uint32_t act = 3; act < size(); ++act) {
    if (rels_[act] != Deprel::kXcomp || token(act).xpos != "VB" || heads_[act] == kNoToken) continue;
    const auto verb = static_cast<uint32_t>(heads_[act]);
    const int marker = FindChild(act, {Deprel::kMark});
    if (marker == kNoToken || lowers_[marker] != "to" || verb > act || upos(verb) != Upos::kVerb) continue;
    int object = kNoToken;
    for (uint32_t i = verb + 1; i < static_cast<uint32_t>(marker); ++i) {
      if (heads_[i] == static_cast<int>(verb) && rels_[i] == Deprel::kObj) object = static_cast<int>(i);
    }
    const bool controls = lexicon.object_control.contains(lemmas_[verb]) ||
                          lexicon.chains.contains(lemmas_[verb]) ||
                          lexicon.StanceOf(lemmas_[verb]) != Stance::kNone;
    if (object == kNoToken || controls || HasHelper(act, {Deprel::kCop})) continue;
    if (lemmas_[verb] == "take" || IsTime(*this, lexicon, static_cast<uint32_t>(object))) continue;
    rels_[act] = Deprel::kAdvcl;
  }
}

// "dismissed the judge earlier in the day" with the time read into the judge.
void Tree::MendEarlier() {
  for (uint32_t time = 4; time < size(); ++time) {
    const bool is_time = rels_[time] == Deprel::kAdvmod && IsOneOf(lowers_[time], {"earlier", "later"});
    if (!is_time || heads_[time] == kNoToken || heads_[time] > static_cast<int>(time)) continue;
    if (!IsNominal(static_cast<uint32_t>(heads_[time]))) continue;
    int top = heads_[time];
    for (int step = 0; step < 4 && top != kNoToken && upos(static_cast<uint32_t>(top)) != Upos::kVerb; ++step)
      top = heads_[top];
    if (top != kNoToken) heads_[time] = top;
  }
}

// "Results show a lead, Berg reported" with the reporting read as what is shown.
void Tree::MendClosingReports(const Lexicon& lexicon) {
  for (uint32_t verb = 4; verb < size(); ++verb) {
    const bool says = rels_[verb] == Deprel::kCcomp && IsFinite(verb) && heads_[verb] != kNoToken &&
                      heads_[verb] < static_cast<int>(verb) &&
                      lexicon.StanceOf(lemmas_[verb]) == Stance::kSay;
    const int speaker = says ? FindChild(verb, {Deprel::kNsubj}) : kNoToken;
    if (speaker == kNoToken || speaker > static_cast<int>(verb)) continue;
    const uint32_t first = Extent(static_cast<uint32_t>(speaker)).first;
    bool is_last = first > 1 && lowers_[first - 1] == ",";
    for (uint32_t i = verb + 1; i < size() && is_last; ++i) is_last = IsPunct(i);
    const int main = heads_[verb];
    const bool has_subject =
        FindChild(static_cast<uint32_t>(main), {Deprel::kNsubj, Deprel::kNsubjPass}) != kNoToken;
    if (is_last && has_subject && !HasHelper(verb, {Deprel::kMark})) rels_[verb] = Deprel::kParataxis;
  }
}

// "said that it was lost, adding that": whoever said the first adds the second. Of other verbs of saying
// where the first is about what something is: "denied a fault was to blame, telling reporters that".
void Tree::MendAdding(const Lexicon& lexicon) {
  for (uint32_t verb = 3; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kAdvcl || token(verb).xpos != "VBG" || heads_[verb] == kNoToken) continue;
    const auto said = static_cast<uint32_t>(heads_[verb]);
    const bool adds = lowers_[verb] == "adding" || lowers_[verb] == "noting";
    const bool says = lexicon.StanceOf(lemmas_[verb]) == Stance::kSay && HasHelper(said, {Deprel::kCop});
    if ((!adds && !says) || FindChild(verb, {Deprel::kCcomp, Deprel::kObj}) == kNoToken) continue;
    if (rels_[said] != Deprel::kCcomp || heads_[said] == kNoToken || said > verb) continue;
    if (says && !IsPunct(Extent(verb).first - 1) && !IsPunct(Extent(verb).first)) continue;
    const auto outer = static_cast<uint32_t>(heads_[said]);
    if (outer < said && lexicon.StanceOf(lemmas_[outer]) != Stance::kNone) heads_[verb] = heads_[said];
  }
}

// "from neighboring Lebanon" with a deed read into it: nobody neighbours anything; it describes the place.
void Tree::MendNeighbours() {
  for (uint32_t word = 1; word + 1 < size(); ++word) {
    const bool describes =
        lowers_[word] == "neighboring" || lowers_[word] == "neighbouring" || lowers_[word] == "surrounding";
    if (!describes || upos(word) != Upos::kVerb || Universal(rels_[word]) == Deprel::kAmod) continue;
    const int object = FindChild(word, {Deprel::kObj});
    if (object == kNoToken || object < static_cast<int>(word)) continue;
    const int marker = FindChild(word, {Deprel::kMark, Deprel::kCase});
    if (marker == kNoToken || marker + 1 != static_cast<int>(word)) continue;
    const auto place = static_cast<uint32_t>(object);
    heads_[place] = heads_[word];
    const bool is_noun = heads_[word] != kNoToken && IsNominal(static_cast<uint32_t>(heads_[word]));
    rels_[place] = is_noun ? Deprel::kNmod : Deprel::kObl;
    rels_[marker] = Deprel::kCase;
    uposes_[marker] = Upos::kAdp;
    for (uint32_t i = 0; i < size(); ++i) {
      if (heads_[i] == static_cast<int>(word)) heads_[i] = object;
    }
    heads_[word] = object;
    rels_[word] = Deprel::kAmod;
    uposes_[word] = Upos::kAdj;
  }
}

// "condemned the attack posting a statement": an attack says nothing; whoever condemned it does.
void Tree::MendSpeakingParticiples(const Lexicon& lexicon) {
  for (uint32_t verb = 2; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kAcl || token(verb).xpos != "VBG" || heads_[verb] == kNoToken) continue;
    const auto noun = static_cast<uint32_t>(heads_[verb]);
    if (rels_[noun] != Deprel::kObj || heads_[noun] == kNoToken || noun > verb) continue;
    const NominalAction* action = Find(lexicon.nominals, lemmas_[noun]);
    const bool is_deed =
        (action != nullptr ? lexicon.StanceOf(action->verb) == Stance::kNone : IsAbstract(lemmas_[noun])) &&
        !lexicon.IsHappening(lemmas_[noun], "message");
    const int object = FindChild(verb, {Deprel::kObj});
    const bool issues = object != kNoToken && lexicon.IsHappening(lemmas_[object], "message");
    const bool says = lexicon.StanceOf(lemmas_[verb]) == Stance::kSay &&
                      FindChild(verb, {Deprel::kCcomp, Deprel::kObj}) != kNoToken;
    if (!is_deed || (!issues && !says) || HasHelper(verb, {Deprel::kMark})) continue;
    heads_[verb] = heads_[noun];
    rels_[verb] = Deprel::kAdvcl;
  }
}

void Tree::MendVerbs(const Lexicon& lexicon) {
  MendBarePassives();
  MendGappedPassives();
  MendModalConjuncts(lexicon);
  MendSharedSubjects();
  MendSaidClauses(lexicon);
  MendNounConjuncts();
  MendHyphenTitles();
  MendHyphenSubjects();
  MendAccusedDeeds(lexicon);
  MendCountedNames();
  MendDashLists();
  MendInfinitiveConjuncts();
  MendNounVerbs(lexicon);
  MendGoingOn();
  MendSecondSpeakers(lexicon);
  MendForTo(lexicon);
  MendNounInfinitives(lexicon);
  MendGerundConjuncts();
  MendNeighbours();
  MendPurposes(lexicon);
  MendAdding(lexicon);
  MendEarlier();
  MendClosingReports(lexicon);
  MendSpeakingParticiples(lexicon);
  MendHeads();
}

}  // namespace whowhom::extract::statements
