#include "statements/build.h"

#include <algorithm>

#include "events/frame_builder.h"
#include "statements/phrases.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::statements {

ActorFinder::ActorFinder(const AnalyzedArticle& article) : article_(article) {
  first_.assign(article.sentences.size() + 1, 0);
  size_t at = 0;
  for (size_t s = 0; s < article.sentences.size(); ++s) {
    while (at < article.mentions.size() && article.mentions[at].sentence < s) ++at;
    first_[s] = at;
  }
  first_[article.sentences.size()] = article.mentions.size();
  int32_t clusters = -1;
  for (const EntityMention& mention : article.mentions) clusters = std::max(clusters, mention.cluster);
  cluster_actor_.assign(static_cast<size_t>(clusters + 1), nullptr);
  for (const EntityMention& mention : article.mentions) {
    if (mention.cluster < 0 || mention.actor.name.empty()) continue;
    if (cluster_actor_[mention.cluster] == nullptr) cluster_actor_[mention.cluster] = &mention.actor;
  }
}

const EntityMention* ActorFinder::Find(uint32_t sentence, uint32_t head) const {
  const EntityMention* best = nullptr;
  const EntityMention* around = nullptr;
  for (size_t k = first_[sentence]; k < article_.mentions.size() && article_.mentions[k].sentence == sentence;
       ++k) {
    const EntityMention& mention = article_.mentions[k];
    if (mention.head == head && (best == nullptr || best->actor.name.empty())) best = &mention;
    const bool holds = mention.begin <= head && head < mention.end && mention.kind == MentionKind::kName;
    if (holds && (around == nullptr || mention.end - mention.begin < around->end - around->begin))
      around = &mention;
  }
  return best != nullptr ? best : around;
}

const ActorRef* ActorFinder::Named(const std::string& word) const {
  for (const EntityMention& mention : article_.mentions) {
    if (mention.kind != MentionKind::kName || mention.actor.name.empty() || mention.end == 0) continue;
    const std::vector<Token>& tokens = article_.sentences[mention.sentence].tokens;
    if (mention.end <= tokens.size() && tokens[mention.end - 1].form == word) return &mention.actor;
  }
  return nullptr;
}

std::string ActorFinder::FirstCountry(uint32_t sentence, const std::vector<ByteSpan>& spans,
                                      const Lexicon& lexicon) const {
  const std::vector<Token>& tokens = article_.sentences[sentence].tokens;
  auto is_inside = [&spans](const ByteSpan& place) {
    return std::any_of(spans.begin(), spans.end(), [&place](const ByteSpan& span) {
      return span.begin <= place.begin && place.end <= span.end;
    });
  };
  size_t first = tokens.size();
  std::string country;
  for (size_t k = first_[sentence]; k < first_[sentence + 1]; ++k) {
    const EntityMention& mention = article_.mentions[k];
    if (mention.actor.country.empty() || mention.begin >= first || mention.begin >= mention.end) continue;
    if (mention.end > tokens.size()) continue;
    if (!is_inside(Hull(tokens[mention.begin].span, tokens[mention.end - 1].span))) continue;
    first = mention.begin;
    country = mention.actor.country;
  }
  for (size_t i = 0; i < first; ++i) {
    if (!is_inside(tokens[i].span) || ToLower(tokens[i].form) == tokens[i].form) continue;
    const std::string word = ToLower(tokens[i].form);
    const std::string* found = nullptr;
    if (i + 1 < tokens.size())
      found = statements::Find(lexicon.country_words, word + " " + ToLower(tokens[i + 1].form));
    if (found == nullptr) found = statements::Find(lexicon.country_words, word);
    if (found != nullptr && !found->empty()) return *found;
  }
  return country;
}

std::vector<ActorRef> ActorFinder::MembersOf(const EntityMention& mention) const {
  std::vector<ActorRef> out;
  for (int32_t cluster : mention.members) {
    const bool known = cluster >= 0 && static_cast<size_t>(cluster) < cluster_actor_.size();
    if (known && cluster_actor_[cluster] != nullptr) out.push_back(*cluster_actor_[cluster]);
  }
  return out;
}

std::string HeadPhrase(const Tree& tree, const Lexicon& lexicon, uint32_t head) {
  TokenSet keep{head};
  for (uint32_t child : tree.children(head)) {
    const Deprel relation = tree.rel(child);
    const bool names = relation == Deprel::kCompound || relation == Deprel::kFlat ||
                       relation == Deprel::kAmod || relation == Deprel::kCompoundPrt ||
                       relation == Deprel::kNmodDesc || relation == Deprel::kNummod;
    const bool negates =
        Universal(relation) == Deprel::kDet && lexicon.IsOperator(tree.lower(child), "negative");
    // "protesters [angry about the ban]" are protesters.
    const bool is_aside = relation == Deprel::kAmod && child > head;
    if ((!names && !negates) || is_aside) continue;
    for (uint32_t i : tree.Yield(child)) {
      if (tree.upos(i) != Upos::kPunct || tree.lower(i) == "-") keep.push_back(i);
    }
  }
  Normalize(&keep);
  std::string out;
  for (size_t k = 0; k < keep.size(); ++k) {
    const uint32_t i = keep[k];
    // "Trump-ordered": one word as written
    const bool is_joined = k > 0 && keep[k - 1] + 1 == i && !tree.token(i - 1).space_after;
    if (!out.empty() && !is_joined) out += ' ';
    const bool is_name = tree.upos(i) == Upos::kPropn ||
                         (tree.upos(i) == Upos::kAdj && i > 0 && tree.token(i).form != tree.lower(i));
    out += is_name ? tree.token(i).form : i == head ? tree.lemma(i) : tree.lower(i);
  }
  // An action or a relation is told apart by what it is of: "closure of the consulate".
  const bool wants_of = lexicon.nominals.contains(tree.lemma(head)) ||
                        lexicon.relational_nouns.contains(tree.lemma(head)) ||
                        tree.upos(head) == Upos::kNum || tree.upos(head) == Upos::kPron;
  if (wants_of) {
    for (uint32_t child : tree.children(head)) {
      if (tree.rel(child) != Deprel::kNmod || child < head) continue;
      const TokenSet marker = CaseMarker(tree, child);
      if (MarkerText(tree, marker) != "of") continue;
      TokenSet whole = NounPhrase(tree, child, {.prepositions = false, .infinitives = false});
      std::erase_if(whole, [&](uint32_t i) { return tree.urel(i) == Deprel::kDet; });
      return out + " of " + TextOf(tree, whole);
    }
  }
  return out;
}

std::vector<ByteSpan> StatementBuilder::Spans(const Tree& tree, const TokenSet& tokens) const {
  std::vector<ByteSpan> spans;
  for (size_t k = 0; k < tokens.size(); ++k) {
    const ByteSpan span = tree.token(tokens[k]).span;
    if (k > 0 && tokens[k] == tokens[k - 1] + 1) {
      spans.back() = Hull(spans.back(), span);
    } else {
      spans.push_back(span);
    }
  }
  return spans;
}

std::string StatementBuilder::Text(const std::vector<ByteSpan>& spans) const {
  std::string out;
  const std::string& text = article_.article.text;
  for (const ByteSpan& span : spans) {
    if (!out.empty()) out += ' ';
    if (span.end <= text.size() && span.begin <= span.end) out += text.substr(span.begin, span.size());
  }
  return out;
}

Phrase StatementBuilder::MakePhrase(const Tree& tree, uint32_t sentence, const Slot& slot) const {
  Phrase phrase;
  phrase.spans = Spans(tree, slot.tokens);
  phrase.text = Text(phrase.spans);
  if (slot.head == kNoToken || slot.is_clause) {
    phrase.head = phrase.text;
    return phrase;
  }
  for (uint32_t member : slot.members) {
    const EntityMention* mention = actors_.Find(sentence, member);
    if (mention != nullptr && !mention->actor.name.empty()) phrase.members.push_back(mention->actor);
  }
  if (phrase.members.size() == 1) phrase.members.clear();
  const uint32_t head = static_cast<uint32_t>(slot.head);
  if (phrase.members.empty()) {
    if (const EntityMention* mention = actors_.Find(sentence, head)) {
      std::vector<ActorRef> members = actors_.MembersOf(*mention);
      if (members.size() > 1) {
        phrase.members = std::move(members);
      } else if (!mention->actor.name.empty()) {
        phrase.actor = mention->actor;
      } else {
        phrase.actor.type = mention->type;
      }
    }
  }
  if (phrase.actor.type == EntityType::kGroup && phrase.actor.country.empty() && phrase.members.empty())
    phrase.actor.country = CountryBehind(tree, sentence, slot);
  // A name that only the mended tree sees ("Berg orders envoys to leave"): the actor whom the article calls
  // so.
  const bool is_new_name = tree.upos(head) == Upos::kPropn && tree.token(head).upos != Upos::kPropn;
  if (is_new_name && phrase.actor.name.empty() && phrase.members.empty()) {
    if (const ActorRef* actor = actors_.Named(tree.token(head).form)) phrase.actor = *actor;
  }
  if (phrase.members.empty()) AddSharers(tree, sentence, head, &phrase);
  if (phrase.members.empty()) AddInstances(tree, sentence, slot, &phrase);
  phrase.head = HeadPhrase(tree, lexicon_, head);
  return phrase;
}

// "rebels in Chad", "rebels based in Chad", "Chadian-led rebels" are of Chad, where nothing else is known of
// them; "Chad-backed rebels" are not.
std::string StatementBuilder::CountryBehind(const Tree& tree, uint32_t sentence, const Slot& slot) const {
  static constexpr std::string_view kPlaces[] = {"in", "of", "from", "across", "throughout"};
  const auto head = static_cast<uint32_t>(slot.head);
  if (tree.HasChild(head, {Deprel::kNmodPoss})) return "";  // "our staff in Chad"
  for (uint32_t i = 2; i < head; ++i) {
    if (tree.lower(i) != "led" || tree.lower(i - 1) != "-" || !Contains(slot.tokens, i - 2)) continue;
    const std::string* country = statements::Find(lexicon_.country_words, tree.lower(i - 2));
    if (country != nullptr) return *country;
  }
  std::vector<uint32_t> places = tree.children(head);
  for (uint32_t child : tree.children(head)) {
    const bool stays = tree.rel(child) == Deprel::kAcl && lexicon_.IsHappening(tree.lemma(child), "stays");
    if (stays) places.insert(places.end(), tree.children(child).begin(), tree.children(child).end());
  }
  for (uint32_t child : places) {
    const bool is_phrase = tree.urel(child) == Deprel::kNmod || tree.urel(child) == Deprel::kObl;
    if (!is_phrase || child < head || !Contains(slot.tokens, child)) continue;
    const std::string marker = MarkerText(tree, CaseMarker(tree, child));
    if (std::find(std::begin(kPlaces), std::end(kPlaces), marker) == std::end(kPlaces)) continue;
    std::string country = actors_.FirstCountry(sentence, Spans(tree, NounPhrase(tree, child)), lexicon_);
    if (!country.empty()) return country;
  }
  return "";
}

// "Danish and Swedish envoys": one noun shared by those of two states.
void StatementBuilder::AddSharers(const Tree& tree, uint32_t sentence, uint32_t head, Phrase* phrase) const {
  const bool is_plural = tree.token(head).xpos == "NNS" || tree.HasFeature(head, "Number=Plur");
  if (tree.upos(head) != Upos::kNoun || !is_plural) return;
  for (uint32_t child : tree.children(head)) {
    if (tree.rel(child) != Deprel::kAmod && tree.rel(child) != Deprel::kCompound) continue;
    const std::vector<uint32_t> adjectives = Coordinated(tree, child);
    if (adjectives.size() < 2 || adjectives.back() + 1 != head) continue;
    std::vector<ActorRef> sharers;
    for (const uint32_t adjective : adjectives) {
      const std::string* country = statements::Find(lexicon_.country_words, tree.lower(adjective));
      const EntityMention* name = actors_.Find(sentence, adjective);
      if (country == nullptr && name != nullptr && name->kind == MentionKind::kName &&
          name->type == EntityType::kGpe)
        country = &name->actor.country;
      if (country == nullptr || country->empty()) return;
      ActorRef sharer;
      sharer.name = tree.token(adjective).form + " " + tree.lower(head);
      sharer.type = EntityType::kGroup;
      sharer.country = *country;
      sharer.sector = phrase->actor.sector;
      sharers.push_back(std::move(sharer));
    }
    phrase->actor = {};
    phrase->members = std::move(sharers);
    return;
  }
}

// "ten states including Chad and Niger": the named ones do it, or it is done to them.
void StatementBuilder::AddInstances(const Tree& tree, uint32_t sentence, const Slot& slot,
                                    Phrase* phrase) const {
  const auto head = static_cast<uint32_t>(slot.head);
  // Not of money and days ("gave millions, including").
  if (tree.upos(head) != Upos::kNoun || IsTime(tree, lexicon_, head)) return;
  for (const NameSpan& name : tree.sentence().names) {
    const bool is_amount = name.type == NameType::kMoney || name.type == NameType::kQuantity;
    if (is_amount && name.begin <= head && head < name.end) return;
  }
  std::vector<ActorRef> named;
  for (uint32_t child : tree.children(head)) {
    // "the members, Berg and Dahl,"
    const bool are_members = tree.rel(child) == Deprel::kAppos && child > head &&
                             tree.token(head).xpos == "NNS" && Coordinated(tree, child).size() > 1;
    const bool are_included = tree.urel(child) == Deprel::kNmod && Contains(slot.tokens, child) &&
                              MarkerText(tree, CaseMarker(tree, child)) == "including";
    if (!are_members && !are_included) continue;
    for (uint32_t member : Coordinated(tree, child)) {
      const EntityMention* mention = actors_.Find(sentence, member);
      if (mention == nullptr || mention->actor.name.empty() || mention->kind != MentionKind::kName) continue;
      named.push_back(mention->actor);
    }
  }
  if (named.empty()) return;
  phrase->actor = named.size() == 1 ? named.front() : ActorRef{};
  if (named.size() > 1) phrase->members = std::move(named);
}

// "prolonged sanctions against Syria": an action noun as object whose undergoer is an actor joins the
// relation ("prolong sanction against"), so that the edge leads to the one it is done to. Not with "of":
// there the noun phrase is the thing.
bool StatementBuilder::LeadsToActor(const Tree& tree, uint32_t sentence, const Fact& fact) const {
  if (fact.is_light || fact.object.empty() || fact.object.head == kNoToken || fact.object.is_clause)
    return false;
  if (fact.object_is_attribute || !fact.object.members.empty()) return false;
  // "blamed the raid on rebels": the accused takes the object's place instead.
  if (const auto* frames = statements::Find(lexicon_.accusations, fact.lemma)) {
    for (const AccusationFrame& frame : *frames) {
      const bool has_target = std::any_of(fact.args.begin(), fact.args.end(),
                                          [&](const ArgSlot& arg) { return arg.role == frame.target; });
      if (frame.act == "obj" && has_target) return false;
    }
  }
  const auto head = static_cast<uint32_t>(fact.object.head);
  const NominalAction* action = statements::Find(lexicon_.nominals, tree.lemma(head));
  const EntityMention* object = actors_.Find(sentence, head);
  if (action == nullptr || (object != nullptr && !object->actor.name.empty())) return false;
  return std::any_of(fact.args.begin(), fact.args.end(), [&](const ArgSlot& arg) {
    if (arg.owner != fact.object.head || arg.role == "of" || arg.phrase.head == kNoToken) return false;
    if (std::find(action->undergoer.begin(), action->undergoer.end(), arg.role) == action->undergoer.end())
      return false;
    const EntityMention* mention = actors_.Find(sentence, static_cast<uint32_t>(arg.phrase.head));
    return mention != nullptr && !mention->actor.name.empty();
  });
}

// "launched a crackdown": without anybody it is aimed at, the noun stays the object.
bool StatementBuilder::IsLight(const Fact& fact) {
  if (!fact.is_light || fact.object.empty()) return false;
  return !fact.receiver.empty() || std::any_of(fact.args.begin(), fact.args.end(), [&](const ArgSlot& arg) {
    return arg.kind == ArgKind::kPreposition && (arg.owner == kNoToken || arg.owner == fact.object.head);
  });
}

// "called on Kenya", "is behind the raid": the preposition belongs to the relation and what follows is its
// object.
void StatementBuilder::LiftPreposition(const Tree& tree, const Fact& fact, Statement* statement) const {
  if (statement->object || fact.is_passive || fact.is_symmetric || !fact.object.empty()) return;
  size_t index = 0;
  for (const ArgSlot& arg : fact.args) {
    if (arg.owner != kNoToken) continue;
    // "went ahead after the break": what stands between makes it another verb.
    const bool is_next = !arg.marker.empty() && arg.marker.front() == fact.predicate.back() + 1;
    const bool fits = (fact.is_copular || is_next) && arg.kind == ArgKind::kPreposition &&
                      !arg.marker.empty() && !arg.phrase.is_clause &&
                      (fact.is_copular || lexicon_.prepositional_verbs.contains(fact.lemma + " " + arg.role));
    if (!fits) {
      ++index;
      continue;
    }
    statement->object = std::move(statement->arguments[index].phrase);
    statement->arguments.erase(statement->arguments.begin() + static_cast<std::ptrdiff_t>(index));
    statement->predicate.lemma += " " + arg.role;
    statement->predicate.spans = Spans(tree, Union(fact.predicate, arg.marker));
    statement->predicate.text = Text(statement->predicate.spans);
    if (!fact.is_copular) statement->rules.emplace_back("prepositional-verb");
    return;
  }
}

void StatementBuilder::AddArguments(const Tree& tree, uint32_t sentence, const Fact& fact, bool is_light,
                                    Statement* statement) const {
  if (!fact.receiver.empty()) {
    Phrase receiver = MakePhrase(tree, sentence, fact.receiver);
    if (!statement->object) {
      statement->object = std::move(receiver);
    } else {
      statement->arguments.push_back({"to", std::move(receiver)});
    }
  }
  for (const ArgSlot& arg : fact.args) {
    if (arg.owner != kNoToken && (!is_light || arg.owner != fact.object.head)) continue;
    Argument argument;
    argument.role = arg.role;
    Slot slot = arg.phrase;
    if (arg.kind == ArgKind::kTime) {
      argument.role = "time";
      if (!slot.is_clause) slot.tokens = Union(arg.marker, slot.tokens);
    } else if (arg.kind == ArgKind::kManner && arg.role.empty()) {
      argument.role = "manner";
    }
    argument.phrase = MakePhrase(tree, sentence, slot);
    if (argument.role == "time" && arg.kind == ArgKind::kTime) {  // a date is no actor
      argument.phrase.actor = {};
      argument.phrase.members.clear();
    }
    const EntityType type = argument.phrase.actor.type;
    const bool is_site = type == EntityType::kGpe || type == EntityType::kPlace;
    const bool is_locative = arg.role == "in" || arg.role == "at" || arg.role == "near" ||
                             arg.role == "inside" || arg.role == "outside";
    if (is_site && is_locative && !statement->place && !argument.phrase.actor.name.empty()) {
      statement->place = argument.phrase.actor;
    }
    statement->arguments.push_back(std::move(argument));
  }
}

// "blamed the raid on Iran": the accused becomes the object, the deed an argument.
void StatementBuilder::TurnBlame(const Tree& tree, uint32_t sentence, const Fact& fact,
                                 Statement* statement) const {
  const auto* frames = statements::Find(lexicon_.accusations, statement->predicate.lemma);
  if (frames == nullptr || !statement->object) return;
  for (const AccusationFrame& frame : *frames) {
    if (frame.act != "obj") continue;
    // The parser may hang the accused on the deed.
    for (const ArgSlot& arg : fact.args) {
      if (arg.owner == kNoToken || arg.owner != fact.object.head || arg.role != frame.target) continue;
      Slot deed = fact.object;
      std::erase_if(deed.tokens,
                    [&](uint32_t i) { return Contains(arg.phrase.tokens, i) || Contains(arg.marker, i); });
      statement->object = MakePhrase(tree, sentence, arg.phrase);
      statement->arguments.push_back({"for", MakePhrase(tree, sentence, deed)});
      statement->rules.emplace_back("blame-on");
      return;
    }
    for (Argument& argument : statement->arguments) {
      if (argument.role != frame.target) continue;
      std::swap(argument.phrase, *statement->object);
      argument.role = "for";
      statement->rules.emplace_back("blame-on");
      return;
    }
  }
}

// "Iran's leader" where the leader is known by name: he is the leader of Iran, rather than Iran having him.
void StatementBuilder::TurnHolder(const Tree& tree, const Fact& fact, Statement* statement) const {
  if (fact.rules.front() != "possessive" || !statement->object || fact.object.head == kNoToken) return;
  const uint32_t noun = static_cast<uint32_t>(fact.object.head);
  const bool is_person =
      statement->object->actor.type == EntityType::kPerson && !statement->object->actor.name.empty();
  if (!is_person || !lexicon_.relational_nouns.contains(tree.lemma(noun))) return;
  // Known by the office alone ("Norlander army chief"): nobody new.
  const std::string name = ToLower(statement->object->actor.name);
  if ((" " + name + " ").find(" " + tree.lower(noun) + " ") != std::string::npos) return;
  std::swap(statement->subject, *statement->object);
  statement->predicate.lemma = "be";
  for (uint32_t i : fact.object.tokens)
    statement->predicate.lemma += " " + (i == noun ? tree.lemma(i) : tree.lower(i));
  statement->predicate.lemma += " of";
  statement->predicate.shown = "is " + TextOf(tree, fact.object.tokens) + " of";
  statement->rules.emplace_back("possessive-role");
}

// "ten states including Chad", "a coalition including Chad": the named one is one of the kind, or part of the
// whole.
void StatementBuilder::TurnInstance(const Tree& tree, const Fact& fact, Statement* statement) {
  if (fact.rules.front() != "instance" || fact.object.head == kNoToken) return;
  const auto kind = static_cast<uint32_t>(fact.object.head);
  const bool is_whole = tree.token(kind).xpos == "NN" || tree.HasFeature(kind, "Number=Sing");
  if (statement->object) statement->object->members.clear();
  statement->predicate.lemma = is_whole ? "be part of" : "be one of";
  statement->predicate.shown = is_whole ? "is part of" : "is one of";
}

void StatementBuilder::AddTime(const Tree& tree, const Fact& fact, const std::vector<TimeMatch>& times,
                               Statement* statement) const {
  auto overlaps = [](const TimeMatch& match, const TokenSet& tokens) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [&](uint32_t i) { return match.begin <= i && i < match.end; });
  };
  // "an attack on Friday that killed": the time right before a relative clause is that of what it tells.
  const uint32_t opening = tree.rel(fact.clause) == Deprel::kAclRelcl ? tree.Yield(fact.clause).front() : 0;
  const TimeMatch* before = nullptr;
  for (const TimeMatch& match : times) {
    if (!match.days || match.is_duration) continue;
    if (opening > 0 && !tree.IsPunct(opening) && match.end == opening &&
        tree.head(fact.clause) < static_cast<int>(match.begin))
      before = &match;
    bool belongs = false;
    for (const ArgSlot& arg : fact.args) {
      const bool is_head = arg.phrase.head != kNoToken &&
                           match.begin <= static_cast<uint32_t>(arg.phrase.head) &&
                           static_cast<uint32_t>(arg.phrase.head) < match.end;
      belongs |= !arg.phrase.is_clause &&
                 (is_head || (arg.kind == ArgKind::kTime && overlaps(match, arg.phrase.tokens)));
    }
    if (!belongs) continue;
    before = &match;
    break;
  }
  if (before == nullptr) return;
  TimeExpression time;
  time.from = before->days->from;
  time.to = before->days->to;
  time.grain = before->grain;
  time.span = Hull(tree.token(before->begin).span, tree.token(before->end - 1).span);
  time.text = Text({time.span});
  statement->time = std::move(time);
}

void StatementBuilder::AddAttribution(const std::vector<const Tree*>& trees, const Fact& fact,
                                      Statement* statement) const {
  for (const Voice& voice : fact.voices) {
    Attribution attribution;
    attribution.verb = voice.verb;
    if (!voice.speaker.empty() && voice.sentence < trees.size() && trees[voice.sentence] != nullptr) {
      const Phrase phrase = MakePhrase(*trees[voice.sentence], voice.sentence, voice.speaker);
      attribution.text = phrase.text;
      attribution.span = phrase.hull();
      attribution.actor = phrase.actor;
      if (attribution.actor.name.empty() && !phrase.members.empty())
        attribution.actor = phrase.members.front();
    }
    statement->attribution.push_back(std::move(attribution));
  }
}

void StatementBuilder::AddEvent(const Tree& tree, const Fact& fact, const std::vector<Fact>& siblings,
                                Statement* statement) const {
  // "Oslo's insistence", "Oslo-backed rebels": a state, no deed.
  if (events_ == nullptr || fact.rules.front() == "possessive" || fact.rules.front() == "compound-participle")
    return;
  EventFrame frame = BuildEventFrame(tree, fact, siblings);
  auto actor_of = [](const Phrase& phrase) -> ActorRef {
    return phrase.actor.name.empty() && !phrase.members.empty() ? phrase.members.front() : phrase.actor;
  };
  const ActorRef subject = actor_of(statement->subject);
  const ActorRef target = statement->object ? actor_of(*statement->object) : ActorRef{};
  frame.subject_is_actor = !subject.name.empty();
  frame.object_is_actor = !target.name.empty();
  frame.subject_country = subject.country;
  frame.subject_sector = subject.sector;
  frame.object_country = target.country;
  frame.object_sector = target.sector;
  const EventCode code = events_->Code(frame);
  statement->event_class = code.event_class;
  statement->mode = code.mode;
  statement->cameo = code.cameo;
  statement->quad = code.quad;
  statement->scale = code.scale;
}

// "Danish ports", "the road to Basra": a thing is of the first country that its words name. An actor has its
// own.
void StatementBuilder::AddCountry(uint32_t sentence, Phrase* phrase) const {
  if (!phrase->actor.name.empty() || !phrase->actor.country.empty()) return;
  if (!phrase->members.empty()) {
    const std::string& country = phrase->members.front().country;
    const bool is_shared = std::all_of(phrase->members.begin(), phrase->members.end(),
                                       [&](const ActorRef& member) { return member.country == country; });
    if (is_shared) phrase->actor.country = country;
    return;
  }
  phrase->actor.country = actors_.FirstCountry(sentence, phrase->spans, lexicon_);
}

std::optional<Statement> StatementBuilder::Build(const std::vector<const Tree*>& trees, uint32_t sentence,
                                                 const Fact& fact, const std::vector<TimeMatch>& times,
                                                 const std::vector<Fact>& siblings) const {
  if (fact.surface_only || fact.predicate.empty() || trees[sentence] == nullptr) return std::nullopt;
  if (fact.subject.empty() && fact.object.empty()) return std::nullopt;
  // "let's see": nobody of whom it is told.
  if (fact.subject.tokens.size() == 1 && trees[sentence]->lower(fact.subject.tokens[0]) == "'s")
    return std::nullopt;
  const Tree& tree = *trees[sentence];
  Statement statement;
  statement.doc = doc_;
  statement.path = article_.article.path;
  statement.sentence = sentence;
  statement.span = tree.sentence().span;
  statement.text = Text({statement.span});
  statement.published = article_.article.date;
  statement.predicate.lemma = fact.lemma;
  statement.predicate.shown = fact.shown;
  TokenSet trigger = fact.predicate;
  if (!fact.subject.empty()) statement.subject = MakePhrase(tree, sentence, fact.subject);
  const bool leads_to_actor = LeadsToActor(tree, sentence, fact);
  const bool light = leads_to_actor || IsLight(fact);
  if (light) {
    statement.predicate.lemma += " " + tree.lemma(static_cast<uint32_t>(fact.object.head));
    trigger = Union(trigger, NounPhrase(tree, static_cast<uint32_t>(fact.object.head),
                                        {.prepositions = false, .infinitives = false}));
  } else if (!fact.object.empty()) {
    statement.object = MakePhrase(tree, sentence, fact.object);
  }
  statement.predicate.spans = Spans(tree, trigger);
  statement.predicate.text = Text(statement.predicate.spans);
  // "Basra is a city": what it is said to be is no second actor.
  const bool is_same = statement.object && fact.object_is_attribute &&
                       !statement.object->actor.name.empty() &&
                       statement.object->actor.name == statement.subject.actor.name;
  if (is_same) statement.object->actor = {};
  AddArguments(tree, sentence, fact, light, &statement);
  AddTime(tree, fact, times, &statement);
  AddAttribution(trees, fact, &statement);
  statement.polarity = fact.polarity;
  statement.modality = fact.modality;
  statement.implicit = fact.is_implicit;
  statement.symmetric = fact.is_symmetric;
  for (std::string_view rule : fact.rules) {
    if (std::find(statement.rules.begin(), statement.rules.end(), rule) == statement.rules.end()) {
      statement.rules.emplace_back(rule);
    }
  }
  if (leads_to_actor) statement.rules.emplace_back("object-action");
  LiftPreposition(tree, fact, &statement);
  TurnBlame(tree, sentence, fact, &statement);
  TurnHolder(tree, fact, &statement);
  TurnInstance(tree, fact, &statement);
  AddEvent(tree, fact, siblings, &statement);
  AddTarget(tree, sentence, fact, &statement);
  AddCountry(sentence, &statement.subject);
  if (statement.object) AddCountry(sentence, &*statement.object);
  for (Argument& argument : statement.arguments) AddCountry(sentence, &argument.phrase);
  statement.id = ComputeStatementId(statement);
  return statement;
}

}  // namespace whowhom::extract::statements
