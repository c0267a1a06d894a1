#include "statements/implicit.h"

#include <algorithm>

namespace whowhom::extract::statements {

namespace {

bool IsUpperInitial(const std::string& form) { return !form.empty() && form[0] >= 'A' && form[0] <= 'Z'; }

bool Has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool ImplicitReader::IsName(uint32_t i) const { return tree_.upos(i) == Upos::kPropn; }

bool ImplicitReader::IsPlaceName(uint32_t i) const {
  for (const NameSpan& name : tree_.sentence().names) {
    if (name.begin <= i && i < name.end) {
      return name.type == NameType::kGpe || name.type == NameType::kPlace || name.type == NameType::kOrg;
    }
  }
  return false;
}

// A date of two words or more: "January 7", not "Friday".
bool ImplicitReader::IsDate(uint32_t i) const {
  for (const NameSpan& name : tree_.sentence().names) {
    if (name.begin <= i && i < name.end) return name.type == NameType::kDate && name.end - name.begin > 1;
  }
  return false;
}

// "secretary of state" with the "of" that the parser hung elsewhere.
TokenSet ImplicitReader::WithOf(const TokenSet& words) const {
  TokenSet out = words;
  for (size_t k = 0; k + 1 < words.size(); ++k) {
    if (words[k] + 2 == words[k + 1] && tree_.lower(words[k] + 1) == "of") out = Union(out, {words[k] + 1});
  }
  return out;
}

Slot ImplicitReader::NounSlot(uint32_t head, bool prepositions) const {
  Slot slot;
  slot.head = static_cast<int>(head);
  slot.tokens = NounPhrase(tree_, head, {.prepositions = prepositions});
  // "its reporter last Friday", "January 7 reporter": the day belongs to the sentence.
  for (uint32_t child : tree_.children(head)) {
    const Deprel relation = tree_.urel(child);
    const bool is_case = relation == Deprel::kNmod || relation == Deprel::kObl || relation == Deprel::kDep;
    const bool is_day = relation == Deprel::kCompound && IsDate(child);
    if (tree_.rel(child) == Deprel::kNmodPoss || tree_.HasChild(child, {Deprel::kCase})) continue;
    if (!is_day && !(is_case && IsTime(tree_, lexicon_, child))) continue;
    std::erase_if(slot.tokens, [&](uint32_t i) { return tree_.Below(i, child); });
  }
  return slot;
}

bool ImplicitReader::IsPerson(uint32_t i) const { return IsPersonName(tree_, i); }

// The name alone, without titles and possessors before it.
Slot ImplicitReader::NameSlot(uint32_t head) const {
  Slot slot;
  slot.head = static_cast<int>(head);
  slot.tokens = tree_.Yield(head, [&](uint32_t child) {
    if (tree_.head(child) != static_cast<int>(head)) return tree_.IsPunct(child);
    const Deprel relation = tree_.rel(child);
    return relation != Deprel::kFlat &&
           !(relation == Deprel::kCompound && IsName(child) && child + 1 <= head);
  });
  return slot;
}

Fact ImplicitReader::Make(uint32_t clause, TokenSet trigger, std::string shown, std::string lemma,
                          std::string_view rule) const {
  Fact fact;
  fact.clause = clause;
  fact.predicate = std::move(trigger);
  fact.shown = std::move(shown);
  fact.event_verb = lemma;
  fact.lemma = std::move(lemma);
  fact.is_implicit = true;
  fact.rules.push_back(rule);
  return fact;
}

std::string ImplicitReader::Past(const std::string& phrase) const {
  const size_t blank = phrase.find(' ');
  const std::string verb = phrase.substr(0, blank);
  const std::string rest = blank == std::string::npos ? "" : phrase.substr(blank);
  if (const std::string* past = Find(lexicon_.irregular_past, verb)) return *past + rest;
  if (verb.ends_with("e")) return verb + "d" + rest;
  const bool consonant_y = verb.size() > 1 && verb.ends_with("y") &&
                           std::string_view("aeiou").find(verb[verb.size() - 2]) == std::string_view::npos;
  if (consonant_y) return verb.substr(0, verb.size() - 1) + "ied" + rest;
  return verb + "ed" + rest;
}

int ImplicitReader::FieldOwner(uint32_t field) const {
  if (tree_.upos(field) != Upos::kNoun || tree_.HasChild(field, {Deprel::kDet, Deprel::kNmodPoss}))
    return kNoToken;
  for (uint32_t child : tree_.children(field)) {
    const bool is_of =
        tree_.rel(child) == Deprel::kNmod && MarkerText(tree_, CaseMarker(tree_, child)) == "of";
    if (is_of && IsPlaceName(child)) return static_cast<int>(child);
  }
  return kNoToken;
}

void ImplicitReader::RoleOf(const Slot& holder, uint32_t role, std::string_view rule,
                            std::vector<Fact>* facts) const {
  if (!lexicon_.relational_nouns.contains(tree_.lemma(role))) return;
  auto add = [&](const Slot& whole, const std::string& preposition, const TokenSet& marker) {
    if (whole.empty()) return;
    TokenSet trigger =
        NounPhrase(tree_, role, {.prepositions = marker.empty(), .only_of = true, .infinitives = false});
    auto outside = [&](uint32_t i) { return Contains(whole.tokens, i) || Contains(holder.tokens, i); };
    std::erase_if(trigger, [&](uint32_t i) {
      const bool opens = tree_.rel(i) == Deprel::kCase && (i < role || outside(tree_.head(i)));
      return outside(i) || opens || tree_.urel(i) == Deprel::kDet || tree_.IsPunct(i);
    });
    // "secretary of state of": fixed parts of the office stay in the relation.
    for (uint32_t child : tree_.children(role)) {
      if (IsDate(child)) std::erase_if(trigger, [&](uint32_t i) { return tree_.Below(i, child); });
    }
    if (trigger.empty()) return;
    trigger = WithOf(Union(trigger, marker));
    TokenSet words = trigger;
    std::string name = TokenText(tree_, words);
    if (marker.empty()) name += " " + preposition;
    std::string lemma = "be";
    for (uint32_t i : words) lemma += " " + (tree_.upos(i) == Upos::kNoun ? tree_.lemma(i) : tree_.lower(i));
    if (marker.empty()) lemma += " " + preposition;
    Fact fact = Make(role, trigger, "is " + name, lemma, rule);
    fact.subject = holder;
    fact.object = whole;
    facts->push_back(std::move(fact));
  };
  for (uint32_t child : tree_.children(role)) {
    const Deprel relation = tree_.rel(child);
    if (relation == Deprel::kNmod && child > role) {
      const TokenSet marker = CaseMarker(tree_, child);
      const std::string preposition = MarkerText(tree_, marker);
      if (preposition != "of" && preposition != "for" && preposition != "to" && preposition != "at" &&
          preposition != "in") {
        continue;
      }
      // "Secretary of State": what is no place or body by name is the field of the office.
      const bool is_field =
          preposition == "of" && IsName(child) && !IsPlaceName(child) && tree_.lemma(role) != "member";
      if (rule == "title" || is_field) continue;
      // "secretary of state of Norway": a bare noun with an owner of its own is the field, too.
      const int field_of = preposition == "of" ? FieldOwner(child) : kNoToken;
      if (field_of != kNoToken) {
        const auto owner = static_cast<uint32_t>(field_of);
        TokenSet office = Union(Union(marker, {child}), CaseMarker(tree_, owner));
        for (const Slot& slot : SplitSlots(tree_, owner)) add(slot, "of", office);
        continue;
      }
      for (const Slot& slot : SplitSlots(tree_, child)) {
        if (!Contains(holder.tokens, static_cast<uint32_t>(slot.head))) add(slot, preposition, marker);
      }
    } else if (relation == Deprel::kNmodPoss && tree_.upos(child) != Upos::kPron) {
      for (const Slot& slot : SplitSlots(tree_, child)) add(slot, "of", {});
    } else if ((relation == Deprel::kCompound || relation == Deprel::kNmodUnmarked) && IsName(child) &&
               IsPlaceName(child)) {
      add(NounSlot(child), "of", {});
    }
  }
}

// "set fire to the offices, an attack that drew blame": the apposition is of the clause, not of its last
// noun.
bool ImplicitReader::SumsUp(uint32_t noun, uint32_t apposed) const {
  auto is_deed = [&](uint32_t i) {
    return lexicon_.nominals.contains(tree_.lemma(i)) || lexicon_.IsHappening(tree_.lemma(i), "event") ||
           lexicon_.IsHappening(tree_.lemma(i), "summary");
  };
  const int article = tree_.Child(apposed, {Deprel::kDet});
  const bool is_indefinite = article != kNoToken && (tree_.lower(static_cast<uint32_t>(article)) == "a" ||
                                                     tree_.lower(static_cast<uint32_t>(article)) == "an");
  // "running a campaign, a claim that": what was said, not what was run.
  const auto says = [&](uint32_t i) {
    const NominalAction* action = Find(lexicon_.nominals, tree_.lemma(i));
    return action != nullptr && lexicon_.StanceOf(action->verb) != Stance::kNone;
  };
  return is_indefinite && is_deed(apposed) && (!is_deed(noun) || (says(apposed) && !says(noun)));
}

// "the mayor, the bishop, and the judge" read as an apposition: a comma before "and" makes a list.
bool ImplicitReader::IsListed(uint32_t apposed) const {
  for (uint32_t child : tree_.children(apposed)) {
    if (tree_.rel(child) != Deprel::kConj) continue;
    const int conjunction = tree_.Child(child, {Deprel::kCc});
    if (conjunction > 0 && tree_.token(static_cast<uint32_t>(conjunction) - 1).form == ",") return true;
  }
  return false;
}

// "members of the club - Berg, Dahl and Hart -": each of the named ones is one of them.
bool ImplicitReader::IsOneOfMany(uint32_t named, uint32_t kind, std::vector<Fact>* facts) const {
  const std::vector<uint32_t> names = Coordinated(tree_, named);
  if (names.size() < 2) return false;
  for (uint32_t name : names) {
    if (!IsName(name)) return false;
  }
  for (uint32_t name : names) {
    Fact fact = Make(name, {kind}, "is one of", "be one of", "instance");
    fact.subject = NounSlot(name);
    fact.object = NounSlot(kind);
    fact.is_copular = true;
    fact.object_is_attribute = true;
    if (fact.subject.empty() || fact.object.empty()) continue;
    const Slot holder = fact.subject;
    facts->push_back(std::move(fact));
    if (tree_.lemma(kind) == "member") RoleOf(holder, kind, "role-of", facts);
  }
  return true;
}

// "the mayor of Bosnia and Herzegovina, Lena Hart": a person is no place, so the noun above.
uint32_t ImplicitReader::HolderOf(uint32_t noun, uint32_t apposed) const {
  // "the mission in the country, Monuc": a body is no country either.
  const bool is_site = !IsName(noun) && lexicon_.IsHappening(tree_.lemma(noun), "site");
  const bool is_body =
      IsName(apposed) &&
      std::any_of(tree_.sentence().names.begin(), tree_.sentence().names.end(), [&](const NameSpan& name) {
        return name.type == NameType::kOrg && name.begin <= apposed && apposed < name.end;
      });
  if (is_site && (IsPerson(apposed) || is_body) && tree_.urel(noun) == Deprel::kNmod &&
      tree_.head(noun) != kNoToken && tree_.upos(static_cast<uint32_t>(tree_.head(noun))) == Upos::kNoun)
    return static_cast<uint32_t>(tree_.head(noun));
  // "a group claimed responsibility, an organisation from Norland": a body is no thing, so who did it.
  const auto is_whole = [&](uint32_t i) { return lexicon_.IsHappening(tree_.lemma(i), "whole"); };
  if (tree_.rel(noun) == Deprel::kObj && !IsName(noun) && !is_whole(noun) && !IsName(apposed) &&
      is_whole(apposed) && tree_.head(noun) != kNoToken) {
    const int subject = tree_.Child(static_cast<uint32_t>(tree_.head(noun)), {Deprel::kNsubj});
    if (subject != kNoToken && is_whole(static_cast<uint32_t>(subject)))
      return static_cast<uint32_t>(subject);
  }
  // "another associate of Berg, Marek Dahl": two persons are two, so the noun above.
  if (IsPerson(apposed) && IsPerson(noun) && tree_.urel(noun) == Deprel::kNmod &&
      tree_.head(noun) != kNoToken && tree_.upos(static_cast<uint32_t>(tree_.head(noun))) == Upos::kNoun)
    return static_cast<uint32_t>(tree_.head(noun));
  if (!IsPerson(apposed) || !IsPlaceName(noun)) return noun;
  uint32_t at = noun;
  for (int step = 0; step < 4 && IsPlaceName(at); ++step) {
    const Deprel relation = tree_.urel(at);
    const bool climbs = relation == Deprel::kConj || relation == Deprel::kNmod || relation == Deprel::kFlat;
    if (!climbs || tree_.head(at) == kNoToken) return noun;
    at = static_cast<uint32_t>(tree_.head(at));
  }
  return tree_.upos(at) == Upos::kNoun || (IsName(at) && !IsPerson(at)) ? at : noun;
}

// The head of the organisation or place by name that ends before the comma before `apposed`.
int ImplicitReader::NameBefore(uint32_t apposed) const {
  const TokenSet words = tree_.Yield(apposed);
  uint32_t comma = words.empty() ? apposed : words.front();
  while (comma > 0 && tree_.token(comma).form != ",") --comma;
  for (uint32_t at = comma; at-- > 0 && comma - at < 4;) {
    if (tree_.IsPunct(at)) continue;
    for (const NameSpan& name : tree_.sentence().names) {
      if (name.begin > at || at >= name.end || (name.type != NameType::kOrg && name.type != NameType::kGpe))
        continue;
      int head = static_cast<int>(at);
      while (tree_.head(static_cast<uint32_t>(head)) >= static_cast<int>(name.begin) &&
             tree_.head(static_cast<uint32_t>(head)) < static_cast<int>(name.end))
        head = tree_.head(static_cast<uint32_t>(head));
      // "(MDC)": the short form of the name before.
      if (tree_.rel(static_cast<uint32_t>(head)) == Deprel::kAppos &&
          tree_.head(static_cast<uint32_t>(head)) != kNoToken)
        head = tree_.head(static_cast<uint32_t>(head));
      return head;
    }
  }
  return kNoToken;
}

void ImplicitReader::Apposition(uint32_t noun, uint32_t apposed, std::vector<Fact>* facts) const {
  noun = HolderOf(noun, apposed);
  // "appointed the head of police in the city, Marek Dahl": no town.
  if (IsPerson(apposed) && !IsName(noun) && lexicon_.IsHappening(tree_.lemma(noun), "site")) return;
  if (!tree_.IsNominal(apposed) || !tree_.IsNominal(noun) || tree_.upos(apposed) == Upos::kNum) return;
  if (IsTime(tree_, lexicon_, apposed) || tree_.upos(noun) == Upos::kPron) return;
  // "last Friday, a ruling that": of what was said, not of the day.
  const int described = tree_.Child(apposed, {Deprel::kDet});
  if (IsTime(tree_, lexicon_, noun) && !IsName(apposed) && described != kNoToken &&
      tree_.lower(static_cast<uint32_t>(described)) == "a" && tree_.HasChild(apposed, {Deprel::kAclRelcl}))
    return;
  // "250,000 are trapped in the fighting, a figure that": of what is counted.
  if (lexicon_.IsHappening(tree_.lemma(apposed), "measure") && !tree_.HasChild(noun, {Deprel::kNummod}))
    return;
  // "the Union of Teachers (UT)": a short form, nothing said of the thing.
  if (apposed > 0 && tree_.token(apposed - 1).form == "(" && IsName(apposed) && apposed + 1 < tree_.size() &&
      tree_.token(apposed + 1).form == ")") {
    return;
  }
  // "42 lb (19 kg)": one measure in two units.
  if (apposed > 0 && tree_.HasChild(apposed, {Deprel::kNummod}) && tree_.HasChild(noun, {Deprel::kNummod}))
    return;
  // "after speeches; speeches made by": said again, nothing new.
  if (tree_.lemma(apposed) == tree_.lemma(noun)) return;
  // "its number one enemy": cut through by the parser.
  if (tree_.lemma(apposed) == "number" || tree_.lemma(noun) == "number") return;
  // "Oslo, not Kenya": no name of the same.
  for (uint32_t child : tree_.children(apposed)) {
    if (tree_.rel(child) == Deprel::kAdvmod && tree_.lower(child) == "not") return;
  }
  if (SumsUp(noun, apposed) || IsListed(apposed)) return;
  // "Lancaster, Pa.": the second place holds the first.
  if (IsPlaceName(noun) && IsPlaceName(apposed) && tree_.children(apposed).size() <= 2) {
    Place(noun, apposed, facts);
    return;
  }
  const bool swap = IsName(apposed) && (!IsName(noun) || (IsPerson(apposed) && !IsPerson(noun)));
  const uint32_t name = swap ? apposed : noun;
  const uint32_t what = swap ? noun : apposed;
  // "leader Anna Berg" with both names hung on the title: one person.
  // "Dahl and Berg, a leader of the party": the apposition is of the one right before it.
  uint32_t last = name;
  for (uint32_t member : swap ? std::vector<uint32_t>{} : Coordinated(tree_, noun)) {
    if (member < apposed) last = std::max(last, member);
  }
  if (last != name && tree_.HasFeature(apposed, "Number=Plur")) last = name;
  if (swap && tree_.token(what).xpos == "NNS" && IsOneOfMany(apposed, what, facts)) return;
  // "Lena Hart, the leader of the LP, the largest party": a person is no party.
  if (!swap && IsPerson(last) && lexicon_.IsHappening(tree_.lemma(apposed), "whole")) {
    const int near = NameBefore(apposed);
    if (near == kNoToken) return;
    last = static_cast<uint32_t>(near);
  }
  Slot holder = NounSlot(last);
  for (const NameSpan& span : tree_.sentence().names) {
    if (!swap || name < span.begin || name >= span.end) continue;
    for (uint32_t i = span.begin; i < span.end; ++i) {
      if (i < name && tree_.rel(i) == Deprel::kAppos && tree_.head(i) == static_cast<int>(noun)) return;
      if (tree_.head(i) == static_cast<int>(noun)) holder.tokens = Union(holder.tokens, NounPhrase(tree_, i));
    }
  }
  for (uint32_t member : Coordinated(tree_, what)) {
    // "the mayor, Lena Hart, and the judge": she is no judge.
    if (swap && member > apposed) continue;
    // "the minister and the prosecutor, Marek Dahl": he is the second.
    const std::vector<uint32_t> all = Coordinated(tree_, what);
    const bool has_second = std::any_of(all.begin(), all.end(), [&](uint32_t other) {
      return other > member && other < apposed && tree_.HasChild(other, {Deprel::kDet});
    });
    if (swap && has_second && !tree_.HasFeature(apposed, "Number=Plur")) continue;
    Fact fact = Make(what, {member}, "is", "be", "apposition");
    fact.subject = holder;
    fact.object = NounSlot(member);
    fact.is_copular = true;
    fact.object_is_attribute = true;
    if (fact.subject.empty() || fact.object.empty()) continue;
    facts->push_back(std::move(fact));
    RoleOf(holder, member, "role-of", facts);
  }
}

void ImplicitReader::Title(uint32_t name, uint32_t title, std::vector<Fact>* facts) const {
  if (IsHonorific(title) || !IsName(name)) return;
  Slot holder = NameSlot(name);
  Slot office = NounSlot(title);
  // "Attorney General Anna Berg": both words hang on the name.
  uint32_t first = title;
  while (first > 0 && tree_.rel(first - 1) == Deprel::kNmodDesc &&
         tree_.head(first - 1) == tree_.head(title)) {
    --first;
    office.tokens = Union(office.tokens, NounPhrase(tree_, first));
  }
  std::erase_if(office.tokens,
                [&](uint32_t i) { return Contains(holder.tokens, i) || (title < name && i > name); });
  if (holder.empty() || office.empty()) return;
  Fact fact = Make(title, {title}, "is", "be", "title");
  fact.subject = holder;
  fact.object = office;
  fact.is_copular = true;
  fact.object_is_attribute = true;
  facts->push_back(std::move(fact));
  if (first == title) RoleOf(holder, title, "role-of", facts);
  // The country stands before the title but hangs on the name: "US Secretary of State Mike Pompeo".
  for (uint32_t child : tree_.children(name)) {
    const bool owns = tree_.rel(child) == Deprel::kNmodPoss ||
                      (tree_.rel(child) == Deprel::kCompound && IsPlaceName(child));
    if (!owns || child > title || tree_.upos(child) == Upos::kPron) continue;
    if (!lexicon_.relational_nouns.contains(tree_.lemma(title))) continue;
    TokenSet words = NounPhrase(tree_, title);
    std::erase_if(words, [&](uint32_t i) { return Contains(holder.tokens, i) || tree_.Below(i, child); });
    words = WithOf(words);
    Fact of = Make(title, words, "is " + TokenText(tree_, words) + " of", "be", "possessive-role");
    for (uint32_t i : words) of.lemma += " " + tree_.lower(i);
    of.lemma += " of";
    of.event_verb = "be";
    of.subject = holder;
    of.object = NounSlot(child);
    facts->push_back(std::move(of));
  }
}

void ImplicitReader::Possessive(uint32_t noun, uint32_t owner, std::vector<Fact>* facts) const {
  if (tree_.upos(owner) == Upos::kPron || IsTime(tree_, lexicon_, owner)) return;
  if (lexicon_.nominals.contains(tree_.lemma(noun))) return;
  if (tree_.HasFeature(noun, "VerbForm=Ger")) return;
  // "the world's largest producers": where they are the largest, not what the world has.
  for (uint32_t child : tree_.children(noun)) {
    if (tree_.rel(child) == Deprel::kAmod && tree_.HasFeature(child, "Degree=Sup")) return;
  }
  // "the People's Party": one name.
  for (const NameSpan& name : tree_.sentence().names) {
    if (name.begin <= owner && owner < name.end && name.begin <= noun && noun < name.end) return;
  }
  // "Norway's envoy Lena Hart": no possession of the person.
  if (tree_.HasChild(noun, {Deprel::kNmodDesc, Deprel::kFlat}) || tree_.rel(noun) == Deprel::kNmodDesc)
    return;
  for (const Slot& slot : SplitSlots(tree_, owner)) {
    Slot thing = NounSlot(noun);
    std::erase_if(thing.tokens, [&](uint32_t i) { return tree_.Below(i, owner); });
    Slot possessor = slot;
    std::erase_if(possessor.tokens, [&](uint32_t i) {
      if (tree_.head(i) != possessor.head) return false;
      const bool is_ending = tree_.rel(i) == Deprel::kCase && static_cast<int>(i) > possessor.head;
      // "not just Oslo's ships"
      const bool is_adverb = tree_.rel(i) == Deprel::kAdvmod || tree_.rel(i) == Deprel::kCcPreconj;
      return is_ending || (is_adverb && tree_.children(i).empty());
    });
    TokenSet trigger;
    for (uint32_t child : tree_.children(owner)) {
      if (tree_.rel(child) == Deprel::kCase && child > owner) trigger = {child};
    }
    if (trigger.empty()) trigger = {noun};
    if (thing.empty() || possessor.empty()) continue;
    Fact fact = Make(noun, trigger, "has", "have", "possessive");
    fact.subject = possessor;
    fact.object = thing;
    facts->push_back(std::move(fact));
  }
}

void ImplicitReader::Place(uint32_t noun, uint32_t place, std::vector<Fact>* facts) const {
  TokenSet marker = CaseMarker(tree_, place);
  const std::string preposition = MarkerText(tree_, marker);
  const bool is_site = preposition == "in" || preposition == "near" || preposition == "at";
  const bool comes_from = preposition == "from" && IsPerson(noun);
  if (!marker.empty() && !is_site && !comes_from) return;
  if (!IsPlaceName(place) && !(IsName(place) && preposition == "in")) return;
  if (marker.empty()) marker = {place};
  const std::string word = preposition.empty() ? "in" : preposition;
  Fact fact = Make(noun, marker, "is " + word, "be " + word, "noun-place");
  fact.subject = NounSlot(noun, false);
  fact.object = NounSlot(place);
  std::erase_if(fact.subject.tokens, [&](uint32_t i) { return tree_.Below(i, place); });
  // "the Association in of Teachers": a hole in the text.
  if (!fact.object.empty() && tree_.upos(fact.object.tokens.front()) == Upos::kAdp) return;
  if (!fact.subject.empty() && !fact.object.empty()) facts->push_back(std::move(fact));
}

std::vector<Slot> ImplicitReader::Accused(uint32_t noun, Voice* voice) const {
  const int governor = tree_.head(noun);
  if (governor == kNoToken) return {};
  const uint32_t verb = static_cast<uint32_t>(governor);
  const auto* frames = Find(lexicon_.accusations, tree_.lemma(verb));
  if (frames == nullptr || tree_.upos(verb) != Upos::kVerb) return {};
  const bool is_object = tree_.rel(noun) == Deprel::kObj;
  const std::string preposition = is_object ? "obj" : MarkerText(tree_, CaseMarker(tree_, noun));
  for (const AccusationFrame& frame : *frames) {
    if (frame.act != preposition) continue;
    std::vector<Slot> accused;
    for (uint32_t child : tree_.children(verb)) {
      const bool is_target = frame.target == "obj"
                                 ? tree_.rel(child) == Deprel::kObj || tree_.rel(child) == Deprel::kNsubjPass
                                 : tree_.urel(child) == Deprel::kObl &&
                                       MarkerText(tree_, CaseMarker(tree_, child)) == frame.target;
      if (is_target && child != noun) accused = SplitSlots(tree_, child);
    }
    if (accused.empty()) continue;
    if (frame.is_claim) {
      voice->verb = tree_.lemma(verb);
      const ClauseReader::Subject subject = clauses_.SubjectOf(verb);
      if (!subject.is_patient && !subject.slots.empty()) voice->speaker = subject.slots.front();
    }
    return accused;
  }
  return {};
}

std::vector<Slot> ImplicitReader::Receiver(uint32_t noun) const {
  const int governor = tree_.head(noun);
  if (governor == kNoToken || tree_.rel(noun) != Deprel::kObj) return {};
  const std::string* direction = Find(lexicon_.light_verbs, tree_.lemma(static_cast<uint32_t>(governor)));
  if (direction == nullptr || *direction != "receives") return {};
  const ClauseReader::Subject subject = clauses_.SubjectOf(static_cast<uint32_t>(governor));
  return subject.is_patient ? std::vector<Slot>{} : subject.slots;
}

// "networks such as Nile News": the named ones are of that kind (Hearst 1992, MinIE).
void ImplicitReader::Instances(uint32_t noun, uint32_t child, std::vector<Fact>* facts) const {
  const TokenSet marker = CaseMarker(tree_, child);
  const std::string words = MarkerText(tree_, marker);
  if ((words != "such as" && words != "including") || tree_.upos(noun) != Upos::kNoun) return;
  // "people including Anna Berg": nothing said of her.
  static constexpr std::string_view kEmpty[] = {"people", "person", "thing", "other", "one"};
  if (std::find(std::begin(kEmpty), std::end(kEmpty), tree_.lemma(noun)) != std::end(kEmpty)) return;
  // "the error, including Berg": only of many, or of what has parts, one is named.
  const bool is_single = tree_.token(noun).xpos == "NN" && !lexicon_.IsHappening(tree_.lemma(noun), "whole");
  if (is_single && !tree_.HasChild(noun, {Deprel::kNummod})) return;
  for (const Slot& slot : SplitSlots(tree_, child)) {
    if (slot.head == kNoToken || !IsName(static_cast<uint32_t>(slot.head))) continue;
    Fact fact = Make(noun, marker, "is", "be", "instance");
    fact.subject = slot;
    fact.object = NounSlot(noun, false);
    fact.is_copular = true;
    fact.object_is_attribute = true;
    if (!fact.object.empty()) facts->push_back(std::move(fact));
  }
}

void ImplicitReader::Nominal(uint32_t noun, std::vector<Fact>* facts) const {
  const NominalAction* action = Find(lexicon_.nominals, tree_.lemma(noun));
  if (action == nullptr || tree_.upos(noun) == Upos::kVerb) return;
  std::vector<Slot> doers, undergoers;
  TokenSet trigger{noun};
  std::vector<Slot> owners;
  std::vector<ArgSlot> times;
  for (uint32_t child : tree_.children(noun)) {
    const Deprel relation = tree_.rel(child);
    const bool is_time = tree_.urel(child) == Deprel::kNmod && relation != Deprel::kNmodPoss &&
                         child > noun && IsTime(tree_, lexicon_, child);
    if (is_time) {  // "his resignation on Friday"
      ArgSlot time;
      time.kind = ArgKind::kTime;
      time.role = "time";
      time.marker = CaseMarker(tree_, child);
      time.phrase = NounSlot(child);
      times.push_back(std::move(time));
    }
    if (relation == Deprel::kNmodPoss) {
      // "last week's arrest of ten": when it was, not who did it.
      if (IsTime(tree_, lexicon_, child)) continue;
      owners = SplitSlots(tree_, child);
    } else if (relation == Deprel::kNmod) {
      const TokenSet marker = CaseMarker(tree_, child);
      const std::string preposition = MarkerText(tree_, marker);
      if (IsTime(tree_, lexicon_, child)) continue;
      if (Has(action->undergoer, preposition) && undergoers.empty()) {
        undergoers = SplitSlots(tree_, child);
        trigger = Union(trigger, marker);
      } else if ((Has(action->doer, preposition) || preposition == "by") && doers.empty()) {
        doers = SplitSlots(tree_, child);
      }
    } else if ((relation == Deprel::kCompound && IsName(child) && !IsTime(tree_, lexicon_, child)) ||
               (relation == Deprel::kAmod && tree_.upos(child) == Upos::kAdj &&
                (child > 0 ? IsUpperInitial(tree_.token(child).form)
                           : lexicon_.country_words.contains(tree_.lower(child)))) ||
               (relation == Deprel::kAmod && IsName(child))) {
      if (owners.empty()) owners = {NounSlot(child)};
    }
  }
  for (Slot& owner : owners) {
    std::erase_if(owner.tokens, [&](uint32_t i) {
      return tree_.rel(i) == Deprel::kCase && tree_.head(i) == owner.head && static_cast<int>(i) > owner.head;
    });
  }
  if (!owners.empty()) {
    const bool is_doer = action->possessive_is_doer || !undergoers.empty();
    std::vector<Slot>& place = is_doer ? doers : undergoers;
    if (place.empty()) place = owners;
  }
  Voice voice;
  if (doers.empty()) doers = Accused(noun, &voice);
  if (undergoers.empty()) undergoers = Receiver(noun);
  if (doers.empty() || undergoers.empty()) return;
  for (const Slot& doer : doers) {
    for (const Slot& undergoer : undergoers) {
      Fact fact = Make(noun, trigger, Past(action->verb), action->verb, "nominal");
      fact.subject = doer;
      fact.object = undergoer;
      fact.args = times;
      if (!voice.verb.empty()) {
        fact.voices.push_back(voice);
        fact.rules.push_back("accusation");
      }
      facts->push_back(std::move(fact));
    }
  }
}

void ImplicitReader::CompoundParticiple(uint32_t participle, std::vector<Fact>* facts) const {
  if (participle < 2 || tree_.lower(participle - 1) != "-") return;
  const statements::CompoundParticiple* entry = Find(lexicon_.compound_participles, tree_.lower(participle));
  if (entry == nullptr) return;
  const uint32_t name = participle - 2;
  if (!IsName(name) && !IsUpperInitial(tree_.token(name).form)) return;
  int head = tree_.head(participle);
  if (head == kNoToken || head < static_cast<int>(participle)) return;
  Slot agent = NounSlot(name);
  std::erase_if(agent.tokens, [&](uint32_t i) { return i > name; });
  Slot thing = NounSlot(static_cast<uint32_t>(head), false);
  if (agent.empty() || thing.empty()) return;
  const bool is_agent = entry->reading == "agent";
  Fact fact = Make(static_cast<uint32_t>(head), {participle},
                   is_agent ? tree_.lower(participle)
                            : "is " + tree_.lower(participle) +
                                  entry->lemma.substr(std::min(entry->lemma.size(), entry->lemma.find(' '))),
                   entry->lemma, "compound-participle");
  std::erase_if(thing.tokens, [&](uint32_t i) { return i <= participle; });
  if (thing.empty()) return;
  fact.subject = is_agent ? agent : thing;
  fact.object = is_agent ? thing : agent;
  facts->push_back(std::move(fact));
}

void ImplicitReader::Read(std::vector<Fact>* facts) {
  for (uint32_t i = 0; i < tree_.size(); ++i) {
    CompoundParticiple(i, facts);
    if (!tree_.IsNominal(i)) continue;
    Nominal(i, facts);
    if (tree_.urel(i) == Deprel::kNsubj && tree_.head(i) != kNoToken) {
      for (uint32_t other : tree_.children(static_cast<uint32_t>(tree_.head(i)))) {
        if (tree_.urel(other) == Deprel::kNsubj && IsTitledName(tree_, other, i)) Title(i, other, facts);
      }
    }
    for (uint32_t child : tree_.children(i)) {
      switch (tree_.rel(child)) {
        case Deprel::kAppos:
          Apposition(i, child, facts);
          break;
        case Deprel::kNmodDesc: {
          const bool goes_on = child + 1 < tree_.size() && tree_.rel(child + 1) == Deprel::kNmodDesc &&
                               tree_.head(child + 1) == static_cast<int>(i);
          if (!goes_on) Title(i, child, facts);
          break;
        }
        case Deprel::kNmodPoss:
          Possessive(i, child, facts);
          break;
        case Deprel::kNmod:
          if (IsName(i)) Place(i, child, facts);
          Instances(i, child, facts);
          break;
        case Deprel::kCompound:
          // "lawmaker Lena Hart": a common noun right before a person's name is her title.
          if (IsPerson(i) && tree_.upos(child) == Upos::kNoun && child + 1 == i && !IsPerson(child))
            Title(i, child, facts);
          break;
        default:
          break;
      }
    }
  }
}

}  // namespace whowhom::extract::statements
