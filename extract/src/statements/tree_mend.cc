// Mends of the parse that need to know words: who did what an action noun names, terms that look like
// clauses, relative clauses that only a happening can govern.
#include <algorithm>

#include "statements/lexicon.h"
#include "statements/phrases.h"
#include "statements/tree.h"

namespace whowhom::extract::statements {

namespace {

constexpr int kMaxClimb = 4;  // noun phrases inside one another

bool IsSubject(Deprel relation) { return Universal(relation) == Deprel::kNsubj; }

}  // namespace

// The preposition right below `noun` and before it, kNoToken if there is none.
int Tree::CaseOf(uint32_t noun) const {
  for (uint32_t i = 0; i < noun; ++i) {
    if (heads_[i] == static_cast<int>(noun) && rels_[i] == Deprel::kCase && upos(i) == Upos::kAdp)
      return static_cast<int>(i);
  }
  return kNoToken;
}

// The action noun that is the subject of `verb` before `doer`, or the participle that says what was done to
// it
// ("the sanctions imposed on Oslo"); kNoToken if there is none or a comma stands between.
int Tree::DeedBefore(uint32_t doer, uint32_t verb, const Lexicon& lexicon) const {
  for (uint32_t s = 0; s < doer; ++s) {
    const bool is_deed =
        heads_[s] == static_cast<int>(verb) && IsSubject(rels_[s]) && lexicon.nominals.contains(lemmas_[s]);
    if (!is_deed || std::find(lowers_.begin() + s, lowers_.begin() + doer, ",") != lowers_.begin() + doer)
      continue;
    for (uint32_t i = s + 1; i < doer; ++i) {
      if (heads_[i] == static_cast<int>(s) && rels_[i] == Deprel::kAcl && token(i).xpos == "VBN")
        return static_cast<int>(i);
    }
    return static_cast<int>(s);
  }
  return kNoToken;
}

// `place` is a place by name below a passive verb that has no doer yet.
bool Tree::IsOfPassive(uint32_t place) const {
  if (Universal(rels_[place]) != Deprel::kObl || heads_[place] == kNoToken) return false;
  const bool is_place =
      std::any_of(sentence_->names.begin(), sentence_->names.end(), [&](const NameSpan& name) {
        return name.begin <= place && place < name.end &&
               (name.type == NameType::kGpe || name.type == NameType::kPlace ||
                name.type == NameType::kFacility);
      });
  const auto verb = static_cast<uint32_t>(heads_[place]);
  bool is_passive = rels_[verb] == Deprel::kAcl && token(verb).xpos == "VBN";
  for (uint32_t i = 0; i < size(); ++i) {
    if (heads_[i] != static_cast<int>(verb)) continue;
    if (rels_[i] == Deprel::kOblAgent) return false;
    is_passive |= rels_[i] == Deprel::kAuxPass || rels_[i] == Deprel::kNsubjPass;
  }
  return is_place && is_passive;
}

// "The arrest of Omar Dahl by Norland shocked Oslo": "by" before the verb, or hung on the one arrested, names
// the doer of the noun. Not where the noun in between is a deed itself ("the report of an attack by rebels").
void Tree::MendDoers(const Lexicon& lexicon) {
  for (uint32_t i = 2; i < size(); ++i) {
    const int marker = CaseOf(i);
    if (marker == kNoToken || lowers_[marker] != "by" || heads_[i] == kNoToken || !IsNominal(i)) continue;
    const auto governor = static_cast<uint32_t>(heads_[i]);
    if (Universal(rels_[i]) == Deprel::kObl && governor > i) {
      const int deed = DeedBefore(i, governor, lexicon);
      if (deed == kNoToken) continue;
      heads_[i] = deed;
      rels_[i] = upos(static_cast<uint32_t>(deed)) == Upos::kVerb ? Deprel::kOblAgent : Deprel::kNmod;
    } else if (rels_[i] == Deprel::kNmod && governor < i && IsOfPassive(governor)) {
      // "evacuated from Basra by the army" with the army hung on Basra.
      heads_[i] = heads_[governor];
      rels_[i] = Deprel::kOblAgent;
    } else if (rels_[i] == Deprel::kNmod && governor < i) {
      uint32_t at = governor;
      for (int step = 0; step < kMaxClimb; ++step) {
        const int outer = heads_[at];
        const Deprel relation = Universal(rels_[at]);
        const bool climbs = relation == Deprel::kNmod || relation == Deprel::kConj ||
                            relation == Deprel::kFlat || relation == Deprel::kAppos;
        if (!climbs || outer == kNoToken || lexicon.nominals.contains(lemmas_[at])) break;
        at = static_cast<uint32_t>(outer);
        if (!lexicon.nominals.contains(lemmas_[at]) || upos(at) == Upos::kVerb) continue;
        heads_[i] = static_cast<int>(at);
        break;
      }
    }
  }
  MendHeads();
}

// "sank off Crete" with the preposition below and the noun still taken for the object.
void Tree::MendObliques() {
  for (uint32_t i = 1; i < size(); ++i) {
    if (rels_[i] != Deprel::kObj || heads_[i] == kNoToken || heads_[i] > static_cast<int>(i)) continue;
    const int marker = CaseOf(i);
    if (marker != kNoToken && marker > heads_[i] && IsNominal(i)) rels_[i] = Deprel::kObl;
  }
}

// "resigned a day after Oslo left": a measure of time before "after" is no object, unless it is spent or
// given.
void Tree::MendTimeObjects(const Lexicon& lexicon) {
  // "escaped an attempt last October" with the month read into the object: it dates the verb.
  for (uint32_t time = 3; time < size(); ++time) {
    if (rels_[time] != Deprel::kNmodUnmarked || heads_[time] == kNoToken || !IsTime(*this, lexicon, time))
      continue;
    const auto noun = static_cast<uint32_t>(heads_[time]);
    const uint32_t first = Extent(time).first;
    const std::string& word = lowers_[first];
    const bool is_relative = first < time && (word == "last" || word == "next" || word == "this");
    const bool is_behind = first > noun && !IsPunct(first - 1) && !IsTime(*this, lexicon, noun);
    if (!is_relative || !is_behind || rels_[noun] != Deprel::kObj || heads_[noun] == kNoToken) continue;
    heads_[time] = heads_[noun];
    rels_[time] = Deprel::kOblUnmarked;
  }
  for (uint32_t i = 1; i + 1 < size(); ++i) {
    if (rels_[i] != Deprel::kObj || heads_[i] == kNoToken || !IsTime(*this, lexicon, i)) continue;
    const std::string& next = lowers_[i + 1];
    const bool dates = next == "after" || next == "before" || next == "since" || next == "ago";
    const std::string& verb = lemmas_[heads_[i]];
    const bool takes_time = verb == "spend" || verb == "take" || verb == "give" || verb == "have";
    const bool is_measure = next == "after" || next == "before" || next == "ago";
    if (dates && (lexicon.IsHappening(verb, "occurs") || (is_measure && !takes_time)))
      rels_[i] = Deprel::kOblUnmarked;
  }
}

// "The Norlander targeted killing of the general angered Oslo": a participle that makes one term with the
// noun behind it, taken for the verb. The noun is the subject of what the parser made a participle behind it.
void Tree::MendParticipleTerms(const Lexicon& lexicon) {
  for (uint32_t verb = 0; verb + 1 < size(); ++verb) {
    const uint32_t noun = verb + 1;
    if (upos(verb) != Upos::kVerb || heads_[noun] != static_cast<int>(verb)) continue;
    if (!lexicon.participle_terms.contains(lowers_[verb] + " " + lemmas_[noun]) &&
        !lexicon.participle_terms.contains(lowers_[verb] + " " + lowers_[noun]))
      continue;
    // The first past form behind the noun, below it, becomes the verb.
    uint32_t main = noun;
    for (uint32_t i = noun + 1; i < size() && main == noun; ++i) {
      int at = static_cast<int>(i);
      for (int step = 0; step < kMaxClimb && at != kNoToken && at != static_cast<int>(noun); ++step)
        at = heads_[at];
      const bool is_past = token(i).xpos == "VBN" || token(i).xpos == "VBD";
      if (upos(i) == Upos::kVerb && is_past && at == static_cast<int>(noun) && rels_[i] == Deprel::kAcl)
        main = i;
    }
    for (uint32_t i = 0; i < size(); ++i) {
      if (heads_[i] != static_cast<int>(verb) || i == noun) continue;
      heads_[i] = static_cast<int>(IsSubject(rels_[i]) ? noun : main);
      if (IsSubject(rels_[i])) rels_[i] = Deprel::kCompound;
    }
    heads_[main] = heads_[verb];
    rels_[main] = rels_[verb];
    if (main != noun) {
      heads_[noun] = static_cast<int>(main);
      rels_[noun] = Deprel::kNsubj;
      for (uint32_t i = main + 1; i < size(); ++i) {
        if (heads_[i] == static_cast<int>(main) && rels_[i] == Deprel::kXcomp && IsNominal(i))
          rels_[i] = Deprel::kObj;
      }
    }
    heads_[verb] = static_cast<int>(noun);
    rels_[verb] = Deprel::kAmod;
    uposes_[verb] = Upos::kAdj;
    uposes_[noun] = Upos::kNoun;
    lemmas_[noun] = lowers_[noun];
    // "after the targeted killing of": a phrase, no clause.
    if (rels_[noun] == Deprel::kAdvcl) rels_[noun] = Deprel::kObl;
    for (uint32_t i = 0; i < size(); ++i) {
      if (heads_[i] != static_cast<int>(noun)) continue;
      if (rels_[i] == Deprel::kMark) rels_[i] = Deprel::kCase, uposes_[i] = Upos::kAdp;
      if (rels_[i] == Deprel::kObl) rels_[i] = Deprel::kNmod;
    }
    MendHeads();
  }
}

// "the attack at the airport that killed ten": places kill nobody; the relative clause belongs to what
// happened there.
void Tree::MendEventRelatives(const Lexicon& lexicon) {
  static constexpr std::string_view kPlaces[] = {"at",     "in",     "on", "near", "outside",
                                                 "inside", "during", "of", "along"};
  auto is_event = [&](uint32_t i) {
    return upos(i) == Upos::kNoun &&
           (lexicon.nominals.contains(lemmas_[i]) || lexicon.IsHappening(lemmas_[i], "event"));
  };
  auto is_place = [&](uint32_t i) {
    for (const NameSpan& name : sentence_->names) {
      if (name.begin <= i && i < name.end)
        return name.type == NameType::kGpe || name.type == NameType::kPlace ||
               name.type == NameType::kFacility;
    }
    return lexicon.IsHappening(lemmas_[i], "place");
  };
  for (uint32_t verb = 1; verb < size(); ++verb) {
    if (rels_[verb] != Deprel::kAclRelcl || heads_[verb] == kNoToken) continue;
    if (!lexicon.IsHappening(lemmas_[verb], "deed")) continue;
    bool has_subject = false;
    for (uint32_t i = 0; i < verb; ++i) {
      has_subject |= heads_[i] == static_cast<int>(verb) && rels_[i] == Deprel::kNsubj &&
                     (lowers_[i] == "that" || lowers_[i] == "which");
    }
    if (!has_subject) continue;
    uint32_t at = static_cast<uint32_t>(heads_[verb]);
    for (int step = 0; step < kMaxClimb && !is_event(at) && (step > 0 || is_place(at)); ++step) {
      const int marker = CaseOf(at);
      const int outer = heads_[at];
      const bool is_site = marker != kNoToken && std::find(std::begin(kPlaces), std::end(kPlaces),
                                                           lowers_[marker]) != std::end(kPlaces);
      if (!is_site || outer == kNoToken) break;
      // The place may hang beside what happened there ("came in the aftermath of an attack at the airport").
      auto event = static_cast<uint32_t>(outer);
      for (uint32_t i = 0; i < at && !is_event(event); ++i) {
        if (heads_[i] != outer || !is_event(i)) continue;
        const bool fits =
            upos(event) == Upos::kVerb
                ? rels_[i] == Deprel::kObj || rels_[i] == Deprel::kNsubjPass || rels_[i] == Deprel::kObl
                : rels_[i] == Deprel::kNmod;
        if (fits) event = i;
      }
      if (event < at && is_event(event)) {
        heads_[verb] = static_cast<int>(event);
        break;
      }
      at = static_cast<uint32_t>(outer);
    }
  }
  MendHeads();
}

// "gave Norland military aid": a country right behind a verb of giving is the receiver, not a part of the
// gift.
void Tree::MendReceivers(const Lexicon& lexicon) {
  const auto is_money = [this](uint32_t i) {
    return std::any_of(sentence_->names.begin(), sentence_->names.end(), [i](const NameSpan& name) {
      return name.type == NameType::kMoney && name.begin <= i && i < name.end;
    });
  };
  // "gave rebels $3 million": no second name of the rebels.
  for (uint32_t sum = 2; sum < size(); ++sum) {
    if (rels_[sum] != Deprel::kAppos || heads_[sum] == kNoToken || !is_money(sum)) continue;
    const auto receiver = static_cast<uint32_t>(heads_[sum]);
    const int verb = heads_[receiver];
    const bool is_given = rels_[receiver] == Deprel::kObj && verb != kNoToken &&
                          lexicon.giving_verbs.contains(lemmas_[static_cast<size_t>(verb)]);
    if (!is_given || verb > heads_[sum] || IsPunct(Extent(sum).first - 1)) continue;
    rels_[receiver] = Deprel::kIobj;
    heads_[sum] = verb;
    rels_[sum] = Deprel::kObj;
  }
  for (const NameSpan& name : sentence_->names) {
    if (name.type != NameType::kGpe || name.begin == 0 || name.end >= size() || name.begin >= name.end)
      continue;
    const uint32_t verb = name.begin - 1;
    const uint32_t receiver = name.end - 1;
    if (upos(verb) != Upos::kVerb || !lexicon.giving_verbs.contains(lemmas_[verb])) continue;
    const bool describes = rels_[receiver] == Deprel::kCompound || rels_[receiver] == Deprel::kAmod;
    if (!describes || heads_[receiver] <= static_cast<int>(receiver)) continue;
    const auto gift = static_cast<uint32_t>(heads_[receiver]);
    // Not "gave Basra residents a choice": residents are no gift.
    const bool is_gift = is_money(gift) || lexicon.nominals.contains(lemmas_[gift]) ||
                         lexicon.light_nouns.contains(lemmas_[gift]) ||
                         lexicon.IsHappening(lemmas_[gift], "gift");
    if (!is_gift || rels_[gift] != Deprel::kObj || heads_[gift] != static_cast<int>(verb)) continue;
    heads_[receiver] = static_cast<int>(verb);
    rels_[receiver] = Deprel::kIobj;
  }
}

// "Fighting erupted": a gerund taken for the verb of which the finite verb behind it is the complement.
void Tree::MendGerundSubjects() {
  for (uint32_t i = 0; i + 1 < size(); ++i) {
    const uint32_t verb = i + 1;
    const bool is_past = token(verb).xpos == "VBN" || token(verb).xpos == "VBD";
    if (token(i).xpos != "VBG" || upos(i) != Upos::kVerb || !is_past || upos(verb) != Upos::kVerb) continue;
    if (rels_[i] != Deprel::kRoot || rels_[verb] != Deprel::kXcomp || heads_[verb] != static_cast<int>(i))
      continue;
    bool has_own = false;
    for (uint32_t k = 0; k < size(); ++k) {
      const Deprel relation = Universal(rels_[k]);
      has_own |= heads_[k] == static_cast<int>(i) &&
                 (relation == Deprel::kNsubj || relation == Deprel::kAux || relation == Deprel::kObj);
    }
    if (has_own) continue;
    heads_[verb] = heads_[i];
    rels_[verb] = rels_[i];
    for (uint32_t k = verb + 1; k < size(); ++k) {
      if (heads_[k] == static_cast<int>(i)) heads_[k] = static_cast<int>(verb);
    }
    heads_[i] = static_cast<int>(verb);
    rels_[i] = Deprel::kNsubj;
  }
}

void Tree::MendByWords(const Lexicon& lexicon) {
  MendOrder(lexicon);
  MendVerbs(lexicon);
  MendClauses(lexicon);
  MendParticipleTerms(lexicon);
  MendDoers(lexicon);
  MendReceivers(lexicon);
  MendTimeObjects(lexicon);
  MendEventRelatives(lexicon);
}

}  // namespace whowhom::extract::statements
