#include <algorithm>
#include <map>
#include <tuple>

#include "actors/mention.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

// What is longer is no name: bounds the work on lines without blanks and on lists that parse as one phrase.
constexpr uint32_t kMaxMentionReach = 30;  // tokens on either side of the head
constexpr size_t kMaxNameWordBytes = 80;
constexpr uint32_t kMaxNameTail = 7;  // tokens of a known name behind what the tagger saw of it

bool IsNominal(const Token& token) {
  return token.upos == Upos::kNoun || token.upos == Upos::kPropn || token.upos == Upos::kPron;
}

bool IsInnerRelation(Deprel deprel) {
  return deprel == Deprel::kFlat || deprel == Deprel::kCompound || deprel == Deprel::kFixed ||
         deprel == Deprel::kGoeswith || deprel == Deprel::kNmodDesc || deprel == Deprel::kCase ||
         deprel == Deprel::kMark || deprel == Deprel::kCc;
}

// Children that do not belong to the noun phrase of their head.
bool LeavesPhrase(const Token& child, bool head_is_predicate) {
  switch (child.deprel) {
    case Deprel::kAclRelcl:
    case Deprel::kAppos:
    case Deprel::kParataxis:
    case Deprel::kConj:
    case Deprel::kCc:
    case Deprel::kCcPreconj:
    case Deprel::kCase:
    case Deprel::kMark:
    case Deprel::kDiscourse:
    case Deprel::kVocative:
    case Deprel::kDislocated:
    case Deprel::kReparandum:
    case Deprel::kList:
      return true;
    case Deprel::kPunct:
      return false;  // trimmed at the edges
    case Deprel::kNsubj:
    case Deprel::kNsubjPass:
    case Deprel::kNsubjOuter:
    case Deprel::kCsubj:
    case Deprel::kCop:
    case Deprel::kAux:
    case Deprel::kAdvcl:
    case Deprel::kExpl:
    case Deprel::kOrphan:
      return true;
    case Deprel::kAdvmod:
    case Deprel::kObl:
    case Deprel::kCcomp:
      return head_is_predicate;
    default:
      return false;
  }
}

bool IsQuoteMark(const std::string& form) {
  return form == "\"" || form == "“" || form == "”" || form == "``" || form == "''";
}

}  // namespace

std::vector<bool> QuotedTokens(const Sentence& sentence, bool* open) {
  std::vector<bool> inside(sentence.tokens.size(), false);
  for (size_t i = 0; i < sentence.tokens.size(); ++i) {
    const std::string& form = sentence.tokens[i].form;
    if (form == "“" || form == "``") {
      *open = true;
    } else if (form == "”" || form == "''") {
      *open = false;
    } else if (form == "\"") {
      *open = !*open;
    }
    inside[i] = *open;
  }
  return inside;
}

struct MentionFinder::Tree {
  const Sentence& sentence;
  std::vector<std::vector<uint32_t>> children;
  explicit Tree(const Sentence& s) : sentence(s), children(ChildrenOf(s)) {}

  // Behind the head only "of" phrases, possessives and parts of names are close: "a driver [from the north]"
  // is not.
  bool IsCloseModifier(uint32_t child) const {
    const Token& token = sentence.tokens[child];
    if (token.deprel != Deprel::kNmod && token.deprel != Deprel::kAcl && token.deprel != Deprel::kObl)
      return true;
    if (token.deprel != Deprel::kNmod) return false;
    for (uint32_t below : children[child]) {
      if (sentence.tokens[below].deprel == Deprel::kCase) return sentence.tokens[below].form == "of";
    }
    return true;
  }

  // The token range of the noun phrase of `head`; iterative. full: with possessive ending, apposition,
  // relative clause; group: with the noun phrases coordinated with it.
  std::pair<uint32_t, uint32_t> Range(uint32_t head, bool full, bool group) const {
    uint32_t begin = head;
    uint32_t end = head + 1;
    bool predicate = false;
    for (uint32_t child : children[head])
      predicate = predicate || sentence.tokens[child].deprel == Deprel::kCop;
    const auto stays = [&](uint32_t child) {
      const Token& token = sentence.tokens[child];
      if (full &&
          (token.deprel == Deprel::kAclRelcl || token.deprel == Deprel::kAppos || token.xpos == "POS"))
        return true;
      if (group && token.deprel == Deprel::kConj && IsNominal(token)) return true;
      if (!full && child > head && !IsCloseModifier(child)) return false;
      // "the court, which is the highest court": the comma is not of the second.
      if (predicate && child < head && token.deprel == Deprel::kPunct) return false;
      return !LeavesPhrase(token, predicate);
    };
    std::vector<uint32_t> stack;
    for (uint32_t child : children[head]) {
      if (stays(child)) stack.push_back(child);
    }
    while (!stack.empty()) {
      const uint32_t token = stack.back();
      stack.pop_back();
      if (sentence.tokens[token].deprel == Deprel::kPunct && children[token].empty() && token > head)
        continue;
      begin = std::min(begin, token);
      end = std::max(end, token + 1);
      for (uint32_t child : children[token]) stack.push_back(child);
    }
    const auto is_edge = [&](uint32_t i) {
      return i != head && (sentence.tokens[i].upos == Upos::kPunct || IsQuoteMark(sentence.tokens[i].form));
    };
    const auto leads_in = [&](uint32_t i) {  // "according to", "including"
      const Token& token = sentence.tokens[i];
      return is_edge(i) || token.upos == Upos::kAdp || token.upos == Upos::kSconj ||
             token.upos == Upos::kCconj || token.deprel == Deprel::kCase || token.deprel == Deprel::kMark ||
             token.deprel == Deprel::kCc;
    };
    while (begin < head && leads_in(begin)) ++begin;
    while (end > head + 1 && is_edge(end - 1)) --end;
    return {begin, end};
  }
};

namespace {

EntityType TypeOfName(NameType type) {
  switch (type) {
    case NameType::kPerson:
      return EntityType::kPerson;
    case NameType::kOrg:
      return EntityType::kOrg;
    case NameType::kGpe:
      return EntityType::kGpe;
    case NameType::kPlace:
    case NameType::kFacility:
      return EntityType::kPlace;
    case NameType::kEvent:
      return EntityType::kEvent;
    case NameType::kGroup:
      return EntityType::kGroup;
    default:
      return EntityType::kThing;
  }
}

const NameSpan* NameCovering(const Sentence& sentence, uint32_t token) {
  for (const NameSpan& name : sentence.names) {
    if (name.begin <= token && token < name.end) return &name;
  }
  return nullptr;
}

bool IsValueName(NameType type) {
  return type == NameType::kDate || type == NameType::kMoney || type == NameType::kQuantity ||
         type == NameType::kPercent;
}

}  // namespace

void MentionFinder::DescribePronoun(const Sentence& sentence, MentionInfo* mention) const {
  const Token& head = sentence.tokens[mention->place.head];
  mention->pronoun = gazetteer_->FindPronoun(ToLower(head.form));
  if (mention->pronoun == nullptr) return;
  mention->place.kind = MentionKind::kPronoun;
  mention->person = mention->pronoun->person;
  mention->number = mention->pronoun->number;
  mention->gender = mention->pronoun->gender;
  mention->is_person = mention->person != 3 || mention->gender == 'm' || mention->gender == 'f';
  // "that which happened": no relative pronoun, and one thing.
  const bool points = mention->pronoun->kind == "relative" && head.xpos == "DT";
  if (points) mention->number = 's', mention->gender = 'n';
  mention->is_relative = mention->pronoun->kind == "relative" && !points;
  mention->is_demonstrative = mention->pronoun->kind == "demonstrative" || points;
  if (mention->is_person) mention->place.type = EntityType::kPerson;
  if (mention->number == 'p' && mention->person != 3) mention->place.type = EntityType::kGroup;
}

EntityType MentionFinder::TypeOf(const Sentence& sentence, const MentionInfo& mention) const {
  const NameSpan* name = NameCovering(sentence, mention.place.head);
  const PhraseReading& reading = mention.reading;
  if (reading.actor != kNoActor && (reading.use == NameUse::kName || reading.use == NameUse::kCapital)) {
    return gazetteer_->actor(reading.actor).type;
  }
  if (reading.actor != kNoActor && reading.use == NameUse::kShort && name != nullptr &&
      name->type == NameType::kPerson) {
    return EntityType::kPerson;
  }
  if (reading.actor != kNoActor && (reading.use == NameUse::kDemonym || reading.use == NameUse::kAdjective) &&
      mention.place.kind != MentionKind::kName) {
    // "the Iranians", "Iranian officials", but not "Iranian programs".
    const bool is_head = mention.place.begin + reading.name_end > mention.place.head;
    return is_head || reading.agent != nullptr || mention.is_person ? EntityType::kGroup : EntityType::kThing;
  }
  if (name != nullptr) {
    const EntityType type = TypeOfName(name->type);
    if (reading.agent != nullptr && type == EntityType::kPerson && reading.agent->kind == AgentKind::kGroup &&
        !reading.titled) {
      return EntityType::kOrg;
    }
    return type;
  }
  if (reading.titled) return EntityType::kPerson;
  if (reading.agent != nullptr) {
    switch (reading.agent->kind) {
      case AgentKind::kPerson:
        return mention.number == 'p' ? EntityType::kGroup : EntityType::kPerson;
      case AgentKind::kGroup:
        return mention.number == 'p' ? EntityType::kGroup : EntityType::kOrg;
      case AgentKind::kVehicle:
        return EntityType::kThing;
      case AgentKind::kPlace:
        return EntityType::kPlace;
    }
  }
  return EntityType::kThing;
}

// "Latin America" is not America, nor the "National Security Council" the Security Council: a state or body
// whose name only ends another that the name tagger found.
void MentionFinder::ForgetPartOfName(const NameSpan& name, MentionInfo* mention) const {
  PhraseReading& reading = mention->reading;
  const bool is_named = reading.use == NameUse::kName || reading.use == NameUse::kCapital;
  if (reading.actor == kNoActor || !is_named || name.begin < mention->place.begin) return;
  if (gazetteer_->actor(reading.actor).type == EntityType::kPerson) return;
  const size_t at = name.begin - mention->place.begin;
  if (at >= reading.name_begin || reading.name_begin >= mention->tokens.size()) return;
  for (size_t i = at; i < reading.name_begin; ++i) {
    const PhraseToken& token = mention->tokens[i];
    const bool is_word =
        token.capital && token.lower.size() > 1 && !gazetteer_->Is(WordClass::kDeterminer, token.lower) &&
        gazetteer_->FindAgent(token.lower) == nullptr &&
        reader_->Choose(Squeeze(token.lower), token.text, std::nullopt, false).actor == kNoActor;
    if (!is_word) return;
  }
  const PhraseReading empty;
  reading = empty;
  reading.name_begin = at;
  reading.name_end = mention->tokens.size();
}

void MentionFinder::Describe(const AnalyzedArticle& article, MentionInfo* mention) const {
  const Sentence& sentence = article.sentences[mention->place.sentence];
  const Token& head = sentence.tokens[mention->place.head];
  mention->head_lemma = ToLower(head.lemma.empty() || head.lemma == "_" ? head.form : head.lemma);
  for (uint32_t i = mention->place.begin; i < mention->place.end; ++i) {
    mention->tokens.push_back(reader_->MakeToken(sentence.tokens[i].form.substr(0, kMaxNameWordBytes)));
    if (sentence.tokens[i].xpos == "POS")
      mention->tokens.back().text = "'s", mention->tokens.back().lower.clear();
  }
  if (head.upos == Upos::kPron) DescribePronoun(sentence, mention);
  if (mention->place.kind == MentionKind::kPronoun) return;
  mention->number =
      head.xpos == "NNS" || head.xpos == "NNPS" || head.feats.find("Number=Plur") != std::string::npos ? 'p'
                                                                                                       : 's';
  if (head.upos == Upos::kPropn && mention->place.kind == MentionKind::kName) mention->number = 's';
  mention->reading = reader_->Read(mention->tokens, article.article.date, "");
  if (const NameSpan* name = NameCovering(sentence, mention->place.head); name != nullptr)
    ForgetPartOfName(*name, mention);
  if (mention->reading.use == NameUse::kCapital && mention->reading.actor != kNoActor &&
      IsPlaceOfSomething(sentence, *mention)) {
    mention->is_seat = true;
    mention->reading.actor = kNoActor;
  }
  const PhraseToken& first = mention->tokens.front();
  const std::string& det = first.lower;
  const bool possessor = [&] {
    for (uint32_t i = mention->place.begin; i < mention->place.head; ++i) {
      if (sentence.tokens[i].deprel == Deprel::kNmodPoss &&
          sentence.tokens[i].head == static_cast<int32_t>(mention->place.head))
        return true;
    }
    return false;
  }();
  mention->is_demonstrative = det == "this" || det == "that" || det == "these" || det == "those";
  mention->is_definite =
      det == "the" || mention->is_demonstrative || possessor || mention->place.kind == MentionKind::kName;
  mention->is_indefinite =
      det == "a" || det == "an" || det == "some" || det == "another" || det == "any" || det == "no";
  mention->is_quantified = gazetteer_->Is(WordClass::kNobodyInParticular, det);
  mention->is_generic = !mention->is_definite && !mention->is_indefinite && !possessor;
  mention->place.type = TypeOf(sentence, *mention);
  mention->is_person =
      mention->place.type == EntityType::kPerson ||
      (mention->reading.agent != nullptr && mention->reading.agent->kind == AgentKind::kPerson);
  mention->gender = mention->reading.gender;
  const NameSpan* name = NameCovering(sentence, mention->place.head);
  size_t from = 0;
  size_t to = mention->tokens.size();
  if (mention->place.kind == MentionKind::kName && name != nullptr) {
    from = name->begin > mention->place.begin ? name->begin - mention->place.begin : 0;
    to = std::min<size_t>(to, name->end - mention->place.begin);
  }
  while (mention->place.kind == MentionKind::kName && from + 1 < to &&
         gazetteer_->FindTitle(mention->tokens[from].lower) != nullptr) {
    ++from;
  }
  for (size_t i = from; i < to; ++i) {
    const PhraseToken& token = mention->tokens[i];
    if (token.lower.empty() || gazetteer_->Is(WordClass::kDeterminer, token.lower)) continue;
    mention->words.push_back(token.lower);
  }
  if (mention->place.kind == MentionKind::kName) {
    for (const std::string& word : mention->words) mention->key += Squeeze(word);
    if (mention->is_seat)
      mention->key += "(city)";  // another than the government that it stands for elsewhere
  }
  if (mention->place.type == EntityType::kPerson && mention->gender == 0 &&
      mention->place.kind == MentionKind::kName) {
    const size_t at = mention->reading.name_begin < mention->tokens.size() ? mention->reading.name_begin : 0;
    mention->gender = gazetteer_->GenderOf(mention->tokens[at].lower);
    for (const PhraseToken& token : mention->tokens) {
      const Gazetteer::Title* title = gazetteer_->FindTitle(token.lower);
      if (title != nullptr && title->gender != 0) mention->gender = title->gender;
    }
  }
  if (mention->gender == 0 && !mention->is_person && mention->number == 's' && IsSurelyNoPerson(*mention))
    mention->gender = 'n';
}

// "in London", "near Paris and London", "London suburbs", "London, England": the city, not the government
// that "London said" means.
bool MentionFinder::IsPlaceOfSomething(const Sentence& sentence, const MentionInfo& mention) const {
  int32_t at = static_cast<int32_t>(mention.place.head);
  for (int step = 0; step < 6 && sentence.tokens[static_cast<size_t>(at)].deprel == Deprel::kConj; ++step)
    at = sentence.tokens[static_cast<size_t>(at)].head;
  const Token& head = sentence.tokens[static_cast<size_t>(at)];
  for (const Token& token : sentence.tokens) {
    const bool is_state_behind =
        token.head == static_cast<int32_t>(mention.place.head) && token.deprel == Deprel::kAppos &&
        reader_->Choose(NameKey(token.form), token.form, std::nullopt, false).actor != kNoActor;
    if (is_state_behind) return true;
  }
  if (head.deprel == Deprel::kCompound && head.head >= 0) {
    const std::string noun = ToLower(sentence.tokens[static_cast<size_t>(head.head)].lemma);
    return gazetteer_->FindAgent(noun) == nullptr;
  }
  const Deprel relation = Universal(head.deprel);
  if (relation != Deprel::kObl && relation != Deprel::kNmod) return false;
  return std::any_of(sentence.tokens.begin(), sentence.tokens.end(), [&](const Token& token) {
    return token.head == at && token.deprel == Deprel::kCase &&
           gazetteer_->Is(WordClass::kLocative, ToLower(token.form));
  });
}

// One unknown name alone may be a person whatever the name tagger says of it.
bool MentionFinder::IsSurelyNoPerson(const MentionInfo& mention) {
  const EntityType type = mention.place.type;
  if (type == EntityType::kThing || type == EntityType::kPerson) return false;
  return mention.place.kind != MentionKind::kName || mention.words.size() > 1 ||
         mention.reading.actor != kNoActor || mention.reading.agent != nullptr;
}

// "Ada and Bob" as one mention that stands for both.
void MentionFinder::AddGroup(uint32_t head, const Tree& tree, uint32_t index,
                             std::vector<MentionInfo>* out) const {
  MentionInfo group;
  group.place.sentence = index;
  group.place.head = head;
  std::tie(group.place.begin, group.place.end) = tree.Range(head, false, true);
  std::tie(group.place.full_begin, group.place.full_end) = tree.Range(head, true, true);
  group.place.kind = MentionKind::kNominal;
  group.place.type = EntityType::kThing;
  group.number = 'p';
  group.is_coordination = true;
  group.is_definite = false;
  group.head_lemma = "and";
  out->push_back(std::move(group));
}

// "as well [as Norway]", "especially [Norway]", "Secretary of State [Ada Holm]" where the tree gives "State"
// to the name: what stands before a name and is no part of it.
uint32_t MentionFinder::WithoutLeadIn(const Sentence& sentence, uint32_t begin, uint32_t name) const {
  uint32_t out = begin;
  for (; out < name; ++out) {
    const Token& token = sentence.tokens[out];
    const bool leads = token.upos == Upos::kAdv || token.upos == Upos::kPart || token.upos == Upos::kCconj ||
                       token.upos == Upos::kAdp || token.deprel == Deprel::kFixed || token.form == "[";
    if (!leads || token.xpos == "POS") break;
  }
  const Upos first = sentence.tokens[out].upos;  // "about 350 Norlanders" stays whole
  if (out != name && first != Upos::kPropn && first != Upos::kDet) return begin;
  return out < name && EndsAnOffice(sentence, out) ? name : out;
}

// "[al-Qaeda] in Iraq" is the name of one body: where a known name of a body that begins there ends; `end` if
// no longer one is known.
uint32_t MentionFinder::EndOfKnownName(const Sentence& sentence, uint32_t begin, uint32_t end) const {
  std::string key;
  std::string surface;
  uint32_t best = end;
  for (uint32_t i = begin; i < sentence.tokens.size() && i < end + kMaxNameTail; ++i) {
    const Token& token = sentence.tokens[i];
    if (token.upos == Upos::kPunct && token.form != "-") break;
    const PhraseToken word = reader_->MakeToken(token.form.substr(0, kMaxNameWordBytes));
    key += Squeeze(word.lower);
    surface += token.form;
    if (i < end || !word.capital) continue;
    const PhraseReader::Choice choice = reader_->Choose(key, surface, std::nullopt, false);
    const bool is_body = choice.actor != kNoActor && choice.use == NameUse::kName &&
                         (gazetteer_->actor(choice.actor).type == EntityType::kOrg ||
                          gazetteer_->actor(choice.actor).type == EntityType::kGroup);
    if (is_body) best = i + 1;
  }
  return best;
}

// "the Nation", "our Church", "the Agency": a noun for a body or a job that is written like a name and names
// none.
bool MentionFinder::IsCapitalisedNoun(const Sentence& sentence, uint32_t begin, uint32_t head,
                                      uint32_t end) const {
  if (head != begin + 1 || end != head + 1) return false;
  const Token& first = sentence.tokens[begin];
  if (first.upos != Upos::kDet && first.xpos != "PRP$") return false;
  const std::string& form = sentence.tokens[head].form;
  const std::string noun = NormalizeName(form.substr(0, kMaxNameWordBytes));
  const Agent* agent = gazetteer_->FindAgent(noun);
  if (agent == nullptr || agent->plural || agent->kind == AgentKind::kVehicle) return false;
  return reader_->Choose(Squeeze(noun), form, std::nullopt, false).actor == kNoActor &&
         reader_->Choose("the" + Squeeze(noun), form, std::nullopt, false).actor == kNoActor;
}

// "State" of "Secretary of State": a part of what the office is called, and no body.
bool MentionFinder::EndsAnOffice(const Sentence& sentence, uint32_t token) const {
  if (token < 2 || sentence.tokens[token - 1].form != "of") return false;
  std::string office = ToLower(sentence.tokens[token].form);
  for (uint32_t back = 1; back <= 2; ++back)
    office.insert(0, ToLower(sentence.tokens[token - back].form) + " ");
  return gazetteer_->FindAgent(office) != nullptr;
}

void MentionFinder::FindInSentence(const AnalyzedArticle& article, uint32_t index,
                                   std::vector<MentionInfo>* out) const {
  const Sentence& sentence = article.sentences[index];
  const Tree tree(sentence);
  std::vector<bool> name_done(sentence.names.size(), false);
  const auto add = [&](uint32_t head, uint32_t begin, uint32_t end, MentionKind kind) -> MentionInfo& {
    MentionInfo mention;
    mention.place.sentence = index;
    mention.place.begin = std::max(begin, head - std::min(head, kMaxMentionReach));
    mention.place.end = std::min(end, head + kMaxMentionReach);
    mention.place.head = head;
    mention.place.kind = kind;
    Describe(article, &mention);
    out->push_back(std::move(mention));
    return out->back();
  };
  std::vector<std::pair<uint32_t, uint32_t>> known;  // names that reach further than the tagger saw
  uint32_t inside_name = 0;                          // end of the known name that holds the names within it
  for (uint32_t i = 0; i < sentence.tokens.size(); ++i) {
    const Token& token = sentence.tokens[i];
    const bool argument = token.deprel == Deprel::kNsubj || token.deprel == Deprel::kObj ||
                          token.deprel == Deprel::kObl || token.deprel == Deprel::kNsubjPass;
    const bool headless =
        (token.upos == Upos::kAdj || token.upos == Upos::kDet || token.upos == Upos::kNum) && argument;
    if (!IsNominal(token) && !headless) continue;
    if (IsInnerRelation(token.deprel) || token.deprel == Deprel::kExpl) continue;
    const NameSpan* name = NameCovering(sentence, i);
    if (name != nullptr && IsValueName(name->type)) continue;
    auto [begin, end] = tree.Range(i, false, false);
    const bool proper = name != nullptr && TypeOfName(name->type) != EntityType::kThing;
    if (proper && name->end > i && name->end < end) end = name->end;  // what follows a name is no part of it
    if (proper && name->begin > begin) begin = WithoutLeadIn(sentence, begin, name->begin);
    if (i < inside_name) continue;
    if (proper && name->end >= end) {
      const uint32_t known_end = EndOfKnownName(sentence, name->begin, end);
      if (known_end > end) {
        inside_name = end = known_end;
        known.emplace_back(name->begin, known_end);
      }
    }
    if (name == nullptr && EndsAnOffice(sentence, i)) continue;
    if (name != nullptr) name_done[static_cast<size_t>(name - sentence.names.data())] = true;
    const bool is_name =
        (proper || token.upos == Upos::kPropn) && !IsCapitalisedNoun(sentence, begin, i, end);
    MentionInfo& mention = add(i, begin, end, is_name ? MentionKind::kName : MentionKind::kNominal);
    std::tie(mention.place.full_begin, mention.place.full_end) = tree.Range(i, true, false);
    mention.is_apposition = token.deprel == Deprel::kAppos;
    mention.place.markable = !mention.is_apposition && !mention.is_relative;
    bool leads_group = false;
    for (uint32_t child : tree.children[i]) {
      if (sentence.tokens[child].deprel == Deprel::kCop) mention.is_predicate = true;
      if (sentence.tokens[child].deprel == Deprel::kConj && IsNominal(sentence.tokens[child]))
        leads_group = true;
    }
    if (leads_group && !mention.is_predicate) AddGroup(i, tree, index, out);
  }
  for (size_t n = 0; n < sentence.names.size(); ++n) {  // names inside a noun phrase: "[U.S.] forces"
    const NameSpan& name = sentence.names[n];
    if (name_done[n] || TypeOfName(name.type) == EntityType::kThing) continue;
    const bool is_inside = std::any_of(known.begin(), known.end(), [&](const auto& range) {
      return range.first < name.begin && name.end <= range.second;
    });
    if (is_inside) continue;
    uint32_t head = name.begin;
    for (uint32_t i = name.begin; i < name.end; ++i) {
      const int32_t above = sentence.tokens[i].head;
      if (above < static_cast<int32_t>(name.begin) || above >= static_cast<int32_t>(name.end)) head = i;
    }
    if (sentence.tokens[head].upos == Upos::kAdj && name.end - name.begin == 1)
      continue;  // "Iranian": belongs to, is not
    if (name.end - name.begin == 1 && EndsAnOffice(sentence, head)) continue;
    MentionInfo& mention = add(head, name.begin, name.end, MentionKind::kName);
    mention.place.full_begin = name.begin;
    mention.place.full_end = name.end;
    mention.is_modifier = true;
  }
}

// One name has one type in an article: the type that most of its mentions have, of equals the one
// that comes first in the list of types.
void MentionFinder::AgreeOnTypes(std::vector<MentionInfo>* mentions) const {
  std::map<std::string, std::map<EntityType, size_t>> votes;
  const auto counts = [&](const MentionInfo& mention) {
    return mention.place.kind == MentionKind::kName && !mention.key.empty() &&
           mention.reading.actor == kNoActor && !mention.reading.titled;
  };
  for (const MentionInfo& mention : *mentions) {
    if (counts(mention)) ++votes[mention.key][mention.place.type];
  }
  for (MentionInfo& mention : *mentions) {
    if (!counts(mention)) continue;
    const std::map<EntityType, size_t>& types = votes[mention.key];
    EntityType best = mention.place.type;
    size_t most = 0;
    for (const auto& [type, count] : types) {
      if (count > most) most = count, best = type;
    }
    if (best == mention.place.type) continue;
    mention.place.type = best;
    mention.is_person = best == EntityType::kPerson;
    if (best == EntityType::kPerson) {
      if (mention.gender == 'n') mention.gender = 0;
    } else {
      mention.gender = IsSurelyNoPerson(mention) ? 'n' : 0;
    }
  }
}

// "Michigan, Texas and Georgia": beside two places of a country a state's name means that country's place of
// the name ("State of Georgia" of the gazetteer), and so in all of the article.
void MentionFinder::AgreeOnPlaces(std::vector<MentionInfo>* mentions) const {
  const auto place_of = [this](const MentionInfo& mention) -> const KnownActor* {
    const bool is_name = mention.place.kind == MentionKind::kName && mention.reading.actor != kNoActor;
    const KnownActor* actor = is_name ? &gazetteer_->actor(mention.reading.actor) : nullptr;
    return actor != nullptr && actor->type == EntityType::kGpe ? actor : nullptr;
  };
  std::map<uint32_t, std::map<std::string, size_t>>
      places;  // by sentence: places that are no states, by country
  for (const MentionInfo& mention : *mentions) {
    const KnownActor* actor = place_of(mention);
    if (actor != nullptr && !actor->is_state && !actor->country.empty())
      ++places[mention.place.sentence][actor->country];
  }
  std::map<ActorId, ActorId> meant;
  for (const MentionInfo& mention : *mentions) {
    const KnownActor* actor = place_of(mention);
    const auto around = places.find(mention.place.sentence);
    if (actor == nullptr || !actor->is_state || mention.reading.use != NameUse::kName ||
        around == places.end())
      continue;
    for (const NameEntry& entry : gazetteer_->Find(NameKey("State of " + actor->name))) {
      const KnownActor& other = gazetteer_->actor(entry.actor);
      const auto count = around->second.find(other.country);
      if (other.is_state || count == around->second.end() || count->second < 2) continue;
      meant.emplace(mention.reading.actor, entry.actor);
    }
  }
  for (MentionInfo& mention : *mentions) {
    const auto found = meant.find(mention.reading.actor);
    if (place_of(mention) == nullptr || found == meant.end() || mention.reading.use != NameUse::kName)
      continue;
    mention.reading.actor = found->second;
    mention.reading.country = gazetteer_->actor(found->second).country;
  }
}

std::vector<MentionInfo> MentionFinder::Find(const AnalyzedArticle& article) const {
  std::vector<MentionInfo> mentions;
  bool open_quote = false;
  uint32_t block = UINT32_MAX;
  for (uint32_t s = 0; s < article.sentences.size(); ++s) {
    if (article.sentences[s].block != block) {
      open_quote = false;
      block = article.sentences[s].block;
    }
    const std::vector<bool> quoted = QuotedTokens(article.sentences[s], &open_quote);
    const size_t first = mentions.size();
    FindInSentence(article, s, &mentions);
    for (size_t m = first; m < mentions.size(); ++m) mentions[m].in_quote = quoted[mentions[m].place.head];
    std::stable_sort(mentions.begin() + static_cast<long>(first), mentions.end(),
                     [](const MentionInfo& a, const MentionInfo& b) {
                       return a.place.begin != b.place.begin ? a.place.begin < b.place.begin
                                                             : a.place.end > b.place.end;
                     });
  }
  for (size_t m = 0; m < mentions.size(); ++m) mentions[m].order = static_cast<uint32_t>(m);
  AgreeOnTypes(&mentions);
  AgreeOnPlaces(&mentions);
  return mentions;
}

}  // namespace whowhom::extract::actors
