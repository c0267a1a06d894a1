// Mends of the parse between clauses: headlines, fronted phrases, what is said behind a phrase of time.
#include <algorithm>

#include "statements/lexicon.h"
#include "statements/phrases.h"
#include "statements/tree.h"

namespace whowhom::extract::statements {

// First child before or behind `head` with this relation, without the child lists, which are not built yet.
int Tree::FindChild(uint32_t head, std::initializer_list<Deprel> relations) const {
  for (uint32_t i = 0; i < size(); ++i) {
    if (heads_[i] != static_cast<int>(head)) continue;
    if (std::find(relations.begin(), relations.end(), Universal(rels_[i])) != relations.end())
      return static_cast<int>(i);
  }
  return kNoToken;
}

// First and last token at or below `top`.
std::pair<uint32_t, uint32_t> Tree::Extent(uint32_t top) const {
  uint32_t first = top, last = top;
  for (uint32_t i = 0; i < size(); ++i) {
    if (IsPunct(i)) continue;
    int at = static_cast<int>(i);
    while (at != kNoToken && at != static_cast<int>(top)) at = heads_[at];
    if (at == kNoToken) continue;
    first = std::min(first, i);
    last = std::max(last, i);
  }
  return {first, last};
}

bool Tree::IsFinite(uint32_t verb) const {
  const std::string& tag = token(verb).xpos;
  return upos(verb) == Upos::kVerb && (tag == "VBD" || tag == "VBZ" || tag == "VBP");
}

// "Berg orders envoys not to meet rebels" with "orders envoys" read as one noun: in a headline the plural of
// a verb of ordering before a noun with an infinitive is the verb.
void Tree::MendHeadlineVerbs(const Lexicon& lexicon) {
  for (uint32_t verb = 1; verb + 1 < size(); ++verb) {
    if (token(verb).xpos != "NNS" || upos(verb) != Upos::kNoun ||
        !lexicon.object_control.contains(lemmas_[verb]))
      continue;
    const int governor = heads_[verb];
    if (governor == kNoToken || governor <= static_cast<int>(verb) || heads_[governor] != kNoToken) continue;
    const auto noun = static_cast<uint32_t>(governor);
    const int act = FindChild(noun, {Deprel::kAcl, Deprel::kAdvcl, Deprel::kXcomp});
    if (act == kNoToken || act < governor || !IsNominal(noun) || upos(noun) == Upos::kVerb) continue;
    bool is_infinitive = false;
    for (uint32_t i = noun + 1; i < static_cast<uint32_t>(act); ++i)
      is_infinitive |= heads_[i] == act && lowers_[i] == "to";
    const std::string& first = token(Extent(verb).first).form;
    const bool is_name = !first.empty() && first[0] >= 'A' && first[0] <= 'Z';
    if (!is_infinitive || !is_name || Extent(verb).first == verb) continue;
    for (uint32_t i = 0; i < verb; ++i) {
      if (heads_[i] != static_cast<int>(verb)) continue;
      rels_[i] = Deprel::kNsubj;
      if (upos(i) == Upos::kVerb || upos(i) == Upos::kAdj) uposes_[i] = Upos::kPropn;
    }
    uposes_[verb] = Upos::kVerb;
    heads_[verb] = kNoToken;
    rels_[verb] = Deprel::kRoot;
    heads_[noun] = static_cast<int>(verb);
    rels_[noun] = Deprel::kObj;
    heads_[act] = static_cast<int>(verb);
    rels_[act] = Deprel::kXcomp;
    return;
  }
  // "Berg to visit Oslo" with the name taken for an adjective.
  for (uint32_t i = 0; i + 2 < size() && sentence_->is_headline; ++i) {
    const bool governs = heads_[i] == kNoToken && lowers_[i + 1] == "to" &&
                         heads_[i + 1] == static_cast<int>(i + 2) && heads_[i + 2] == static_cast<int>(i) &&
                         rels_[i + 2] == Deprel::kXcomp;
    const bool is_word = upos(i) == Upos::kAdj && FindChild(i, {Deprel::kNsubj, Deprel::kCop}) == kNoToken;
    if (!governs || !is_word || i > 2) continue;
    uposes_[i] = Upos::kPropn;
    rels_[i + 2] = Deprel::kAcl;
  }
}

// "comes days after Norland's leader, Lena Hart, accused Oslo" with "after" taken for a preposition and
// "accused" coordinated with "comes".
void Tree::MendSubordinators() {
  for (uint32_t noun = 1; noun < size(); ++noun) {
    if (rels_[noun] != Deprel::kObl || heads_[noun] == kNoToken) continue;
    const int marker = CaseOf(noun);
    if (marker == kNoToken || !IsOneOf(lowers_[marker], {"after", "before", "since", "until", "as"}))
      continue;
    const int main = heads_[noun];
    const uint32_t last = Extent(noun).second;
    uint32_t verb = last + 1;
    while (verb < size() && IsPunct(verb)) ++verb;
    if (main > static_cast<int>(noun) || verb >= size() || !IsFinite(verb) || heads_[verb] != main) continue;
    const bool is_beside = rels_[verb] == Deprel::kConj || rels_[verb] == Deprel::kParataxis;
    const bool is_own =
        FindChild(verb, {Deprel::kNsubj, Deprel::kCc, Deprel::kExpl, Deprel::kAux}) != kNoToken;
    if (!is_beside || is_own || FindChild(noun, {Deprel::kAppos}) == kNoToken) continue;
    rels_[verb] = Deprel::kAdvcl;
    heads_[noun] = static_cast<int>(verb);
    rels_[noun] = Deprel::kNsubj;
    heads_[marker] = static_cast<int>(verb);
    rels_[marker] = Deprel::kMark;
  }
}

// "after a Norlander raid killed General Berg" with the raid read as killed: a participle that has an object
// of its own is no passive, so "after" opens a clause and the noun before is its subject.
void Tree::MendActiveParticiples() {
  for (uint32_t verb = 2; verb < size(); ++verb) {
    const std::string& tag = token(verb).xpos;
    if (rels_[verb] != Deprel::kAcl || upos(verb) != Upos::kVerb || (tag != "VBN" && tag != "VBD")) continue;
    if (heads_[verb] == kNoToken || heads_[verb] > static_cast<int>(verb)) continue;
    const auto noun = static_cast<uint32_t>(heads_[verb]);
    const int marker = CaseOf(noun);
    const bool is_dated = rels_[noun] == Deprel::kObl && heads_[noun] != kNoToken && marker != kNoToken &&
                          IsOneOf(lowers_[marker], {"after", "before", "since", "until"});
    if (!is_dated || IsPunct(verb - 1) || FindChild(verb, {Deprel::kMark, Deprel::kNsubj}) != kNoToken)
      continue;
    int object = FindChild(verb, {Deprel::kObj, Deprel::kXcomp});
    if (object == kNoToken || object < static_cast<int>(verb) || !IsNominal(static_cast<uint32_t>(object)))
      continue;
    // "the man elected president": a bare noun says what he was made.
    const auto thing = static_cast<uint32_t>(object);
    const bool is_whole =
        upos(thing) == Upos::kPropn || FindChild(thing, {Deprel::kDet, Deprel::kNummod}) != kNoToken;
    if (!is_whole) continue;
    heads_[verb] = heads_[noun];
    rels_[verb] = Deprel::kAdvcl;
    heads_[noun] = static_cast<int>(verb);
    rels_[noun] = Deprel::kNsubj;
    heads_[marker] = static_cast<int>(verb);
    rels_[marker] = Deprel::kMark;
    rels_[thing] = Deprel::kObj;
  }
}

// "Under the law, the owners and the state share the costs" with the owners in apposition to the law.
void Tree::MendFrontedPhrases() {
  for (uint32_t subject = 2; subject < size(); ++subject) {
    if (rels_[subject] != Deprel::kAppos || heads_[subject] == kNoToken) continue;
    const auto noun = static_cast<uint32_t>(heads_[subject]);
    if (rels_[noun] != Deprel::kObl || noun > subject || CaseOf(noun) == kNoToken) continue;
    for (uint32_t i = 0; i < static_cast<uint32_t>(CaseOf(noun)); ++i) {
      if (!IsPunct(i)) return;
    }
    uint32_t verb = Extent(subject).second + 1;
    if (verb >= size() || upos(verb) != Upos::kVerb || FindChild(verb, {Deprel::kNsubj}) != kNoToken)
      continue;
    const bool is_main = heads_[noun] == static_cast<int>(verb) ||
                         (rels_[verb] == Deprel::kCcomp && heads_[verb] == heads_[noun]);
    if (!is_main) continue;
    heads_[subject] = static_cast<int>(verb);
    rels_[subject] = Deprel::kNsubj;
    heads_[noun] = static_cast<int>(verb);
    return;
  }
}

// "said after the raid that Oslo must leave", "warned Oslo that it would strike": a that-clause of its own
// subject hung on a noun that has no content belongs to the verb of saying.
void Tree::MendContents(const Lexicon& lexicon) {
  auto has_content = [&](uint32_t noun) {
    const NominalAction* action = Find(lexicon.nominals, lemmas_[noun]);
    return lexicon.content_nouns.contains(lemmas_[noun]) ||
           (action != nullptr && lexicon.StanceOf(action->verb) != Stance::kNone);
  };
  for (uint32_t clause = 3; clause < size(); ++clause) {
    if ((rels_[clause] != Deprel::kAcl && rels_[clause] != Deprel::kAclRelcl) || heads_[clause] == kNoToken)
      continue;
    const auto noun = static_cast<uint32_t>(heads_[clause]);
    // "no evidence that he fled" with the conjunction read as what he fled.
    for (uint32_t i = noun + 1; i < clause && has_content(noun); ++i) {
      if (heads_[i] != static_cast<int>(clause) || rels_[i] != Deprel::kObj || lowers_[i] != "that" ||
          upos(i) != Upos::kSconj)
        continue;
      rels_[i] = Deprel::kMark;
      rels_[clause] = Deprel::kAcl;
    }
    if (noun > clause || heads_[noun] == kNoToken || has_content(noun)) continue;
    const int marker = FindChild(clause, {Deprel::kMark});
    const int subject = FindChild(clause, {Deprel::kNsubj});
    const bool is_that = marker != kNoToken && lowers_[marker] == "that" && subject > marker;
    const auto verb = static_cast<uint32_t>(heads_[noun]);
    const Deprel relation = Universal(rels_[noun]);
    const bool is_argument =
        relation == Deprel::kObj || relation == Deprel::kIobj || relation == Deprel::kObl;
    if (!is_that || !is_argument || verb > noun || lexicon.StanceOf(lemmas_[verb]) == Stance::kNone) continue;
    if (FindChild(verb, {Deprel::kCcomp}) != kNoToken) continue;
    heads_[clause] = static_cast<int>(verb);
    rels_[clause] = Deprel::kCcomp;
  }
}

// "rather than shell the town": no coordination, what is not done.
void Tree::MendRatherThan() {
  for (uint32_t i = 0; i + 2 < size(); ++i) {
    if (lowers_[i] != "rather" || lowers_[i + 1] != "than" || rels_[i] != Deprel::kCc ||
        heads_[i] == kNoToken)
      continue;
    const auto verb = static_cast<uint32_t>(heads_[i]);
    if (upos(verb) != Upos::kVerb || (rels_[verb] != Deprel::kConj && rels_[verb] != Deprel::kAdvcl))
      continue;
    rels_[verb] = Deprel::kAdvcl;
    rels_[i] = Deprel::kMark;
  }
}

// "In a letter on May 7 city mayor Lena Hart said": the preposition of a date hung on the noun behind it.
void Tree::MendDates() {
  for (const NameSpan& name : sentence_->names) {
    if (name.type != NameType::kDate || name.begin == 0 || name.end >= size() || name.begin >= name.end)
      continue;
    const uint32_t marker = name.begin - 1;
    if (rels_[marker] != Deprel::kCase || heads_[marker] < static_cast<int>(name.end)) continue;
    auto top = static_cast<uint32_t>(heads_[marker]);
    for (int step = 0; step < 3 && (rels_[top] == Deprel::kNmodDesc || rels_[top] == Deprel::kCompound);
         ++step) {
      if (heads_[top] == kNoToken) break;
      top = static_cast<uint32_t>(heads_[top]);
    }
    if (rels_[top] != Deprel::kNsubj || heads_[top] == kNoToken) continue;
    const uint32_t date = name.end - 1;
    for (uint32_t i = name.begin; i < date; ++i) {
      if (heads_[i] == heads_[marker]) heads_[i] = static_cast<int>(date), rels_[i] = Deprel::kNmodUnmarked;
    }
    heads_[date] = heads_[top];
    rels_[date] = Deprel::kObl;
    heads_[marker] = static_cast<int>(date);
  }
}

// "threatened today to close the border" with the infinitive read as a purpose: what is promised, threatened,
// refused.
void Tree::MendChains(const Lexicon& lexicon) {
  for (uint32_t act = 2; act < size(); ++act) {
    if (rels_[act] != Deprel::kAdvcl || heads_[act] == kNoToken || heads_[act] > static_cast<int>(act))
      continue;
    const auto verb = static_cast<uint32_t>(heads_[act]);
    const ChainVerb* chain = Find(lexicon.chains, lemmas_[verb]);
    if (chain == nullptr || !chain->keep || upos(verb) != Upos::kVerb ||
        IsOneOf(lemmas_[verb], {"call", "apply"}))
      continue;
    const int marker = FindChild(act, {Deprel::kMark});
    if (marker == kNoToken || lowers_[marker] != "to" || lowers_[marker - 1] == "order") continue;
    if (FindChild(verb, {Deprel::kObj, Deprel::kIobj, Deprel::kXcomp, Deprel::kCcomp}) != kNoToken) continue;
    bool is_passive = false;
    for (uint32_t i = 0; i < verb; ++i)
      is_passive |= heads_[i] == static_cast<int>(verb) && rels_[i] == Deprel::kAuxPass;
    if (!is_passive) rels_[act] = Deprel::kXcomp;
  }
}

// "raised by two pounds the daily toll": a bare noun phrase behind another phrase is the object, put
// off.
void Tree::MendShiftedObjects(const Lexicon& lexicon) {
  for (uint32_t noun = 3; noun < size(); ++noun) {
    if ((rels_[noun] != Deprel::kObl && rels_[noun] != Deprel::kOblUnmarked) || heads_[noun] == kNoToken)
      continue;
    const auto verb = static_cast<uint32_t>(heads_[noun]);
    if (verb > noun || upos(verb) != Upos::kVerb || !IsNominal(noun) || upos(noun) == Upos::kNum) continue;
    if (FindChild(noun, {Deprel::kCase, Deprel::kMark}) != kNoToken || IsTime(*this, lexicon, noun)) continue;
    if (FindChild(verb, {Deprel::kObj, Deprel::kIobj, Deprel::kXcomp, Deprel::kCcomp}) != kNoToken) continue;
    bool is_passive =
        token(verb).xpos == "VBN" && FindChild(verb, {Deprel::kAux, Deprel::kNsubj}) == kNoToken;
    bool is_shifted = false;
    for (uint32_t i = 0; i < noun; ++i) {
      if (heads_[i] != static_cast<int>(verb)) continue;
      is_passive |= rels_[i] == Deprel::kAuxPass || rels_[i] == Deprel::kNsubjPass;
      is_shifted |= i > verb && Universal(rels_[i]) == Deprel::kObl;
    }
    const uint32_t first = Extent(noun).first;
    const bool is_phrase =
        upos(first) != Upos::kAdp && upos(first) != Upos::kPart && lowers_[first] != "over";
    if (!is_passive && is_shifted && is_phrase && !IsPunct(first - 1)) rels_[noun] = Deprel::kObj;
  }
}

// "fired to scatter the crowd, killing two": what follows from the deed, not from its purpose.
void Tree::MendResults() {
  for (uint32_t result = 3; result < size(); ++result) {
    if (rels_[result] != Deprel::kAdvcl || token(result).xpos != "VBG" || lowers_[result - 1] != ",")
      continue;
    if (heads_[result] == kNoToken || FindChild(result, {Deprel::kMark}) != kNoToken) continue;
    const auto purpose = static_cast<uint32_t>(heads_[result]);
    const int marker = FindChild(purpose, {Deprel::kMark});
    const bool is_purpose = rels_[purpose] == Deprel::kAdvcl && purpose < result && marker != kNoToken &&
                            lowers_[marker] == "to" && heads_[purpose] != kNoToken;
    if (is_purpose && heads_[purpose] < static_cast<int>(purpose)) heads_[result] = heads_[purpose];
  }
}

// "allow up to 900 refugees": a measure, neither a particle nor a preposition.
void Tree::MendUpTo() {
  for (uint32_t i = 1; i + 3 < size(); ++i) {
    if (lowers_[i] != "up" || lowers_[i + 1] != "to" || upos(i + 2) != Upos::kNum) continue;
    const int noun = heads_[i + 1];
    if (rels_[i] != Deprel::kCompoundPrt || noun == kNoToken || heads_[noun] != heads_[i]) continue;
    heads_[i] = static_cast<int>(i + 2);
    heads_[i + 1] = static_cast<int>(i + 2);
    rels_[i] = rels_[i + 1] = Deprel::kAdvmod;
    const bool has_object = FindChild(static_cast<uint32_t>(heads_[noun]), {Deprel::kObj}) != kNoToken;
    if (!has_object && rels_[noun] == Deprel::kObl) rels_[noun] = Deprel::kObj;
  }
}

// "said it is willing to leave" with "it" read as a filler: nobody is willing without a subject.
void Tree::MendFillers(const Lexicon& lexicon) {
  for (uint32_t i = 0; i < size(); ++i) {
    if (rels_[i] != Deprel::kExpl || lowers_[i] != "it" || heads_[i] == kNoToken) continue;
    const auto word = static_cast<uint32_t>(heads_[i]);
    if (!lexicon.IsHappening(lemmas_[word], "disposition") || FindChild(word, {Deprel::kXcomp}) == kNoToken)
      continue;
    if (FindChild(word, {Deprel::kNsubj, Deprel::kCsubj, Deprel::kCcomp}) == kNoToken)
      rels_[i] = Deprel::kNsubj;
  }
}

// "Danish and Swedish envoys" with the noun coordinated with the first adjective.
void Tree::MendSharedNouns(const Lexicon& lexicon) {
  for (uint32_t noun = 3; noun < size(); ++noun) {
    if (rels_[noun] != Deprel::kConj || upos(noun) != Upos::kNoun || token(noun).xpos != "NNS") continue;
    const int first = heads_[noun];
    const uint32_t second = noun - 1;
    if (first + 3 != static_cast<int>(noun) || lowers_[second - 1] != "and") continue;
    if (heads_[second] != static_cast<int>(noun) && heads_[second] != first) continue;
    const std::string* one = Find(lexicon.country_words, lowers_[first]);
    const std::string* other = Find(lexicon.country_words, lowers_[second]);
    if (one == nullptr || other == nullptr) continue;
    const auto adjective = static_cast<uint32_t>(first);
    heads_[noun] = heads_[adjective];
    rels_[noun] = rels_[adjective];
    for (uint32_t i = 0; i < size(); ++i) {
      if (heads_[i] == first) heads_[i] = static_cast<int>(noun);
    }
    heads_[adjective] = static_cast<int>(noun);
    rels_[adjective] = Deprel::kAmod;
    heads_[second] = first;
    rels_[second] = Deprel::kConj;
    heads_[second - 1] = static_cast<int>(second);
  }
}

// "rolled back tariffs" with the particle read as part of the object.
void Tree::MendParticles(const Lexicon& lexicon) {
  for (uint32_t i = 1; i + 1 < size(); ++i) {
    const uint32_t verb = i - 1;
    const bool is_beside = heads_[i] == static_cast<int>(verb) && rels_[i] == Deprel::kAdvmod;
    if (upos(verb) != Upos::kVerb || (heads_[i] <= static_cast<int>(i) && !is_beside)) continue;
    if (!lexicon.particle_verbs.contains(lemmas_[verb] + " " + lowers_[i])) continue;
    // "took over 200 ships": a measure; "pulled out of the deal": a preposition.
    if (upos(i + 1) == Upos::kNum || upos(i + 1) == Upos::kAdp || IsPunct(i + 1)) continue;
    if (is_beside) {
      if (FindChild(verb, {Deprel::kObj}) != kNoToken) rels_[i] = Deprel::kCompoundPrt;
      continue;
    }
    const auto noun = static_cast<uint32_t>(heads_[i]);
    int top = static_cast<int>(noun);
    for (int step = 0; step < 3 && top != kNoToken && heads_[top] != static_cast<int>(verb); ++step)
      top = heads_[top];
    if (top == kNoToken || top < static_cast<int>(i)) continue;
    const Deprel relation = Universal(rels_[top]);
    if (relation != Deprel::kObj && relation != Deprel::kObl) continue;
    if (relation == Deprel::kObl && FindChild(verb, {Deprel::kObj}) != kNoToken) continue;
    heads_[i] = static_cast<int>(verb);
    rels_[i] = Deprel::kCompoundPrt;
    rels_[top] = Deprel::kObj;
  }
}

// "ruled out attacking", "stopped short of attacking" with the second verb read as a clause beside the first.
void Tree::MendGerunds(const Lexicon& lexicon) {
  for (uint32_t act = 2; act < size(); ++act) {
    if (rels_[act] != Deprel::kAdvcl || token(act).xpos != "VBG" || heads_[act] == kNoToken) continue;
    const auto verb = static_cast<uint32_t>(heads_[act]);
    const bool is_linked = lowers_[act - 1] == "of" && heads_[act - 1] == static_cast<int>(act);
    const uint32_t last = is_linked ? act - 2 : act - 1;
    if (verb >= act || (last != verb && heads_[last] != static_cast<int>(verb))) continue;
    const std::string key = last == verb ? lemmas_[verb] : lemmas_[verb] + " " + lowers_[last];
    if (last == verb && is_linked) continue;
    if (lexicon.chains.contains(key)) rels_[act] = Deprel::kXcomp;
  }
}

// "called the deal a disaster", "elected him president" with two objects: the second says what the first is.
void Tree::MendNaming(const Lexicon& lexicon) {
  // "called reports that Dahl lied "nonsense"": the word in quotation marks, hung on the clause before it.
  for (uint32_t name = 4; name + 1 < size(); ++name) {
    const std::string& mark = token(name - 1).form;
    const bool opens = mark == "\"" || mark == "“" || mark == "``";
    const bool is_object = rels_[name] == Deprel::kObj || rels_[name] == Deprel::kObl;
    if (!opens || !is_object || heads_[name] == kNoToken) continue;
    const auto inner = static_cast<uint32_t>(heads_[name]);
    const bool is_clause = rels_[inner] == Deprel::kAcl || rels_[inner] == Deprel::kAclRelcl;
    if (!is_clause || heads_[inner] == kNoToken || inner > name) continue;
    const auto noun = static_cast<uint32_t>(heads_[inner]);
    const int verb = heads_[noun];
    const bool is_named = rels_[noun] == Deprel::kObj && verb != kNoToken && verb < heads_[inner] &&
                          lexicon.naming_verbs.contains(lemmas_[static_cast<size_t>(verb)]);
    if (!is_named) continue;
    heads_[name] = verb;
    rels_[name] = Deprel::kXcomp;
  }
  for (uint32_t named = 0; named + 1 < size(); ++named) {
    if ((rels_[named] != Deprel::kObj && rels_[named] != Deprel::kIobj) || heads_[named] == kNoToken)
      continue;
    const auto verb = static_cast<uint32_t>(heads_[named]);
    if (verb > named || upos(verb) != Upos::kVerb || !lexicon.naming_verbs.contains(lemmas_[verb])) continue;
    // "called the deal "a grave mistake"" with the mistake in apposition: none without a comma.
    for (uint32_t name = named + 2; name < size(); ++name) {
      const uint32_t before = rels_[name] == Deprel::kAppos ? Extent(name).first - 1 : 0;
      const bool is_quoted = before > named && heads_[name] == static_cast<int>(named) &&
                             IsClosingQuote(before) && lowers_[before - 1] != ",";
      if (!is_quoted) continue;
      heads_[name] = static_cast<int>(verb);
      rels_[name] = Deprel::kXcomp;
      break;
    }
    for (uint32_t name = named + 1; name < size(); ++name) {
      if (heads_[name] != heads_[named] || (rels_[name] != Deprel::kObj && rels_[name] != Deprel::kXcomp))
        continue;
      const bool is_title = rels_[name] == Deprel::kObj && IsNominal(name) && upos(name) != Upos::kPron &&
                            !IsTime(*this, lexicon, name) &&
                            (!IsPunct(Extent(name).first - 1) || IsClosingQuote(Extent(name).first - 1));
      if (is_title) {
        rels_[named] = Deprel::kObj;
        rels_[name] = Deprel::kXcomp;
      }
      break;
    }
  }
}

void Tree::MendClauses(const Lexicon& lexicon) {
  MendHeadlineVerbs(lexicon);
  MendSubordinators();
  MendActiveParticiples();
  MendRatherThan();
  MendFrontedPhrases();
  MendContents(lexicon);
  MendDates();
  MendChains(lexicon);
  MendParticles(lexicon);
  MendShiftedObjects(lexicon);
  MendResults();
  MendUpTo();
  MendFillers(lexicon);
  MendGerunds(lexicon);
  MendNaming(lexicon);
  MendSharedNouns(lexicon);
  MendHeads();
}

}  // namespace whowhom::extract::statements
