// Where mentions stand in the trees, and which earlier ones a mention may mean.
#include <algorithm>
#include <map>

#include "actors/coref_model.h"

namespace whowhom::extract::actors {
namespace {

constexpr uint32_t kMaxPronounDistance = 5;   // sentences looked back at
constexpr int32_t kMaxNominalLookBack = 250;  // mentions

bool Within(const MentionInfo& outer, const MentionInfo& inner) {
  return outer.place.sentence == inner.place.sentence && outer.place.full_begin <= inner.place.begin &&
         inner.place.end <= outer.place.full_end;
}

// "those who left", "that which happened": said there, not before.
bool HasRelativeClause(const AnalyzedArticle& article, const MentionInfo& mention) {
  const std::vector<Token>& tokens = article.sentences[mention.place.sentence].tokens;
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    return token.head == static_cast<int32_t>(mention.place.head) && token.deprel == Deprel::kAclRelcl;
  });
}

char RoleOf(Deprel deprel) {
  switch (deprel) {
    case Deprel::kNsubj:
    case Deprel::kNsubjOuter:
    case Deprel::kCsubj:
      return 's';
    case Deprel::kNsubjPass:
      return 'p';
    case Deprel::kObj:
    case Deprel::kIobj:
      return 'o';
    case Deprel::kObl:
    case Deprel::kOblAgent:
    case Deprel::kOblUnmarked:
      return 'b';
    case Deprel::kNmodPoss:
      return 'g';
    case Deprel::kNmod:
    case Deprel::kNmodUnmarked:
      return 'n';
    case Deprel::kCompound:
    case Deprel::kFlat:
    case Deprel::kNmodDesc:
      return 'm';
    case Deprel::kRoot:
      return 'r';
    default:
      return 'x';
  }
}

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return !item.empty() && std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

CorefFeatureMaker::CorefFeatureMaker(const AnalyzedArticle& article, const Clusters& clusters)
    : article_(article), clusters_(clusters) {
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  places_.reserve(mentions.size());
  opens_.assign(mentions.size(), false);
  uint32_t opened = UINT32_MAX;
  size_t first = 0;
  for (size_t m = 0; m < mentions.size(); ++m) {
    const MentionInfo& mention = mentions[m];
    if (mention.place.sentence != mentions[first].place.sentence) first = m;
    places_.push_back(PlaceOf(mention));
    if (opened != mention.place.sentence && !mention.is_relative &&
        (mention.place.kind == MentionKind::kName || mention.is_person)) {
      opened = mention.place.sentence;
      opens_[m] = true;
    }
  }
  CountClauses();
  names_inside_.assign(mentions.size(), -1);
  for (size_t m = 0; m < mentions.size(); ++m) {
    const EntityMention& phrase = mentions[m].place;
    for (size_t n = m + 1; n < mentions.size() && mentions[n].place.sentence == phrase.sentence; ++n) {
      const EntityMention& inner = mentions[n].place;
      if (inner.begin >= phrase.head) break;
      const bool is_before_head = inner.kind == MentionKind::kName && inner.end <= phrase.head;
      if (is_before_head && names_inside_[m] < 0) names_inside_[m] = static_cast<int32_t>(n);
    }
  }
  FindSubjects();
}

// Whom a verb without a subject is said of: "Ada asked [Bob] to leave", "called on [Norland] to stop"; -1 if
// it is the subject above ("Ada promised to leave").
int32_t CorefFeatureMaker::ControllerOf(size_t first, uint32_t above, uint32_t verb) const {
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  const uint32_t s = mentions[first].place.sentence;
  const std::vector<Token>& tokens = article_.sentences[s].tokens;
  for (size_t m = first; m < mentions.size() && mentions[m].place.sentence == s; ++m) {
    const ClausePlace& place = places_[m];
    if (place.governor != static_cast<int32_t>(above) || mentions[m].place.head > verb) continue;
    if (mentions[m].is_coordination) continue;
    if (place.role == 'o') return tokens[above].lemma == "promise" ? -1 : static_cast<int32_t>(m);
    if (place.role != 'b' || tokens[above].lemma != "call") continue;
    const bool is_called_on = std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
      return token.head == static_cast<int32_t>(mentions[m].place.head) && token.deprel == Deprel::kCase &&
             (token.lemma == "on" || token.lemma == "upon" || token.lemma == "for");
    });
    if (is_called_on) return static_cast<int32_t>(m);
  }
  return -1;
}

// Subjects by verb, then handed to verbs that share them and to possessors in their other phrases.
void CorefFeatureMaker::FindSubjects() {
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  for (size_t begin = 0; begin < mentions.size();) {
    size_t end = begin;
    const uint32_t s = mentions[begin].place.sentence;
    while (end < mentions.size() && mentions[end].place.sentence == s) ++end;
    const std::vector<Token>& tokens = article_.sentences[s].tokens;
    std::vector<int32_t> subject(tokens.size(), -1);
    for (size_t m = begin; m < end; ++m) {
      const ClausePlace& place = places_[m];
      if ((place.role == 's' || place.role == 'p') && place.governor >= 0 && !mentions[m].is_relative &&
          subject[static_cast<size_t>(place.governor)] < 0) {
        subject[static_cast<size_t>(place.governor)] = static_cast<int32_t>(m);
      }
    }
    for (size_t m = begin; m < end; ++m) {
      int32_t verb = places_[m].governor;
      const bool is_owner = places_[m].role == 'g';
      for (int step = 0; verb >= 0 && step < 6; ++step) {
        const Token& token = tokens[static_cast<size_t>(verb)];
        if (subject[static_cast<size_t>(verb)] >= 0) {
          places_[m].subject_mention = subject[static_cast<size_t>(verb)];
          break;
        }
        const bool is_in_phrase = is_owner && (token.deprel == Deprel::kObj || token.deprel == Deprel::kObl ||
                                               token.deprel == Deprel::kNmod);
        const bool shares =
            token.deprel == Deprel::kXcomp || token.deprel == Deprel::kConj || token.deprel == Deprel::kAdvcl;
        if (!shares && !is_in_phrase) break;
        const bool is_told = token.head >= 0 && !is_in_phrase && token.deprel != Deprel::kConj &&
                             token.upos == Upos::kVerb && token.xpos == "VB";
        const int32_t controller =
            is_told ? ControllerOf(begin, static_cast<uint32_t>(token.head), static_cast<uint32_t>(verb))
                    : -1;
        const bool counts = token.deprel == Deprel::kXcomp ||
                            (token.head >= 0 && tokens[static_cast<size_t>(token.head)].lemma == "call");
        if (controller >= 0 && counts && static_cast<size_t>(controller) != m) {
          places_[m].subject_mention = controller;
          places_[m].is_controlled = true;
          break;
        }
        verb = token.head;
      }
    }
    begin = end;
  }
}

ClausePlace CorefFeatureMaker::PlaceOf(const MentionInfo& mention) const {
  const std::vector<Token>& tokens = article_.sentences[mention.place.sentence].tokens;
  ClausePlace place;
  int32_t at = static_cast<int32_t>(mention.place.head);
  for (int step = 0; step < 6 && at >= 0; ++step) {  // a coordinated noun has the role of the first
    const Token& token = tokens[static_cast<size_t>(at)];
    if (token.deprel != Deprel::kConj && token.deprel != Deprel::kAppos) break;
    at = token.head;
  }
  if (at < 0) return place;
  const Token& token = tokens[static_cast<size_t>(at)];
  place.governor = token.head;
  place.role = RoleOf(token.deprel);
  const bool is_in_phrase = place.role == 'g' || place.role == 'n' || place.role == 'm';
  if (is_in_phrase && token.head >= 0)
    place.owner_role = RoleOf(tokens[static_cast<size_t>(token.head)].deprel);
  for (int step = 0; step < 40 && at >= 0; ++step) {
    const Token& above = tokens[static_cast<size_t>(at)];
    if (above.deprel == Deprel::kCcomp || above.deprel == Deprel::kAdvcl ||
        above.deprel == Deprel::kAclRelcl || above.deprel == Deprel::kAcl || above.deprel == Deprel::kXcomp)
      ++place.depth;
    at = above.head;
  }
  return place;
}

// An object cannot be its own clause's subject unless reflexive, a subject not another argument of its verb.
bool CorefFeatureMaker::BoundApart(const MentionInfo& c, const MentionInfo& m) const {
  if (c.place.sentence != m.place.sentence) return false;
  const ClausePlace& there = places_[c.order];
  const ClausePlace& here = places_[m.order];
  const auto argument = [](char role) { return role == 's' || role == 'p' || role == 'o' || role == 'b'; };
  if (!argument(here.role)) return false;
  if (argument(there.role) && there.governor >= 0 && there.governor == here.governor) return true;
  const bool subject = here.role == 's' || here.role == 'p';
  if (subject || here.subject_mention < 0) return false;
  const int32_t self = static_cast<int32_t>(c.order);
  const std::vector<int32_t>& parts = clusters_.mentions()[static_cast<size_t>(here.subject_mention)].parts;
  return here.subject_mention == self || std::find(parts.begin(), parts.end(), self) != parts.end();
}

// How the anaphor hangs below the clause of which the candidate is an argument: "ccomp" in "[Ada] said [she]
// ...".
std::string_view CorefFeatureMaker::PathUp(const MentionInfo& c, const MentionInfo& m) const {
  if (c.place.sentence != m.place.sentence) return "far";
  const std::vector<Token>& tokens = article_.sentences[m.place.sentence].tokens;
  const int32_t goal = places_[c.order].governor;
  int32_t at = static_cast<int32_t>(m.place.head);
  for (int step = 0; step < 40 && at >= 0; ++step) {
    const Token& token = tokens[static_cast<size_t>(at)];
    if (token.head == goal && goal >= 0) return whowhom::extract::ToString(token.deprel);
    at = token.head;
  }
  return "aside";
}

// Whether the noun phrase of the anaphor speaks of the candidate's cluster inside: "[her sister]" is not
// "her".
bool CorefFeatureMaker::HoldsMemberOf(const MentionInfo& anaphor, int32_t candidate) const {
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  const int32_t root = clusters_.Find(candidate);
  for (size_t m = anaphor.order + 1; m < mentions.size(); ++m) {
    const EntityMention& inner = mentions[m].place;
    if (inner.sentence != anaphor.place.sentence || inner.begin >= anaphor.place.end) break;
    if (inner.end <= anaphor.place.end && !mentions[m].is_relative &&
        clusters_.Find(static_cast<int32_t>(m)) == root)
      return true;
  }
  return false;
}

// "the Holm government" is not "the Dahl government", nor anything that was called so.
bool CorefFeatureMaker::AreOfOthers(const MentionInfo& candidate, const MentionInfo& anaphor) const {
  const int32_t own = names_inside_[anaphor.order];
  if (own < 0 || anaphor.place.kind != MentionKind::kNominal) return false;
  const Cluster& cluster = clusters_.Of(static_cast<int32_t>(candidate.order));
  const auto is_body = [](EntityType type) { return type == EntityType::kOrg || type == EntityType::kGroup; };
  const bool is_named_body = cluster.has_name && is_body(cluster.type);
  // "the Front party" is the Front, or nothing that has another name.
  if (is_named_body && is_body(clusters_.Of(own).type) &&
      clusters_.Find(own) != clusters_.Find(static_cast<int32_t>(candidate.order)))
    return true;
  for (const int32_t member : cluster.mentions) {
    const int32_t other = names_inside_[static_cast<size_t>(member)];
    const bool is_nominal =
        clusters_.mentions()[static_cast<size_t>(member)].place.kind == MentionKind::kNominal;
    if (other >= 0 && is_nominal && clusters_.Find(other) != clusters_.Find(own)) return true;
  }
  return false;
}

// "the country" is no city and "the region" no state.
bool CorefFeatureMaker::IsPlaceOfAnotherKind(const MentionInfo& candidate, const MentionInfo& anaphor) const {
  if (anaphor.place.kind != MentionKind::kNominal || !anaphor.is_definite) return false;
  const Cluster& cluster = clusters_.Of(static_cast<int32_t>(candidate.order));
  const std::string& noun = anaphor.head_lemma;
  const bool is_country = noun == "country" || noun == "nation";
  if (cluster.actor == kNoActor)
    return is_country && (Has(cluster.lemmas, "city") || Has(cluster.lemmas, "town"));
  const KnownActor& known = clusters_.gazetteer().actor(cluster.actor);
  if (known.type != EntityType::kGpe) return false;
  return is_country ? !known.is_state : noun == "region" && known.is_state;
}

// "this region", "the latest conflict": a noun for no kind of actor is no body or person that is known.
bool CorefFeatureMaker::IsNoActor(const Cluster& cluster, const MentionInfo& anaphor) const {
  if (cluster.actor == kNoActor || anaphor.place.kind != MentionKind::kNominal) return false;
  const EntityType type = clusters_.gazetteer().actor(cluster.actor).type;
  const Agent* agent = anaphor.reading.agent;
  const bool is_none = agent == nullptr || agent->kind == AgentKind::kPlace;
  return type != EntityType::kGpe && is_none && anaphor.reading.actor == kNoActor;
}

// Whether the anaphor is an argument beside any mention of the cluster: "the group wants to replace [it]" is
// not the group, whichever of its mentions is looked at.
bool CorefFeatureMaker::IsBoundApart(const Cluster& cluster, const MentionInfo& anaphor) const {
  const std::vector<int32_t>& members = cluster.mentions;
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  const auto before = [&](int32_t member, uint32_t sentence) {
    return mentions[static_cast<size_t>(member)].place.sentence < sentence;
  };
  for (auto it = std::lower_bound(members.begin(), members.end(), anaphor.place.sentence, before);
       it != members.end(); ++it) {
    const MentionInfo& member = mentions[static_cast<size_t>(*it)];
    if (member.place.sentence != anaphor.place.sentence) break;
    if (!member.is_relative && member.order != anaphor.order && BoundApart(member, anaphor)) return true;
  }
  return false;
}

// "his country" is the state of whom "his" means; "his government" is that of one who governs.
bool CorefFeatureMaker::IsOfAnotherState(const MentionInfo& candidate, const MentionInfo& anaphor) const {
  const std::string& noun = anaphor.head_lemma;
  if (anaphor.number == 'p' || (noun != "country" && noun != "nation" && noun != "homeland")) return false;
  const int32_t owner = OwnerOf(anaphor);
  if (owner < 0) return false;
  const ActorId person = clusters_.Of(owner).actor;
  const ActorId state = clusters_.Of(static_cast<int32_t>(candidate.order)).actor;
  if (person == kNoActor || state == kNoActor) return false;
  const Gazetteer& gazetteer = clusters_.gazetteer();
  if (gazetteer.actor(person).type != EntityType::kPerson || !gazetteer.actor(state).is_state) return false;
  const ActorId home = gazetteer.StateOf(gazetteer.actor(person).country);
  return home != kNoActor && home != state;
}

// "his administration": only of one who has or had a public office.
bool CorefFeatureMaker::IsNoRuler(const Cluster& cluster, const MentionInfo& anaphor) const {
  if (places_[anaphor.order].role != 'g' || places_[anaphor.order].governor < 0) return false;
  const std::vector<Token>& tokens = article_.sentences[anaphor.place.sentence].tokens;
  const std::string& owned = tokens[static_cast<size_t>(places_[anaphor.order].governor)].lemma;
  if (owned != "administration" && owned != "government" && owned != "cabinet" && owned != "presidency")
    return false;
  if (cluster.actor == kNoActor) return false;
  const KnownActor& known = clusters_.gazetteer().actor(cluster.actor);
  if (known.type != EntityType::kPerson || known.tenures.empty()) return false;
  return std::none_of(known.tenures.begin(), known.tenures.end(), [](const Tenure& tenure) {
    return tenure.sector == "GOV" || tenure.sector == "ELI" || tenure.sector == "LEG";
  });
}

// Whether grammar and what is known of both let the anaphor speak of the candidate.
bool CorefFeatureMaker::MayMean(const MentionInfo& candidate, const MentionInfo& anaphor) const {
  const int32_t other = static_cast<int32_t>(candidate.order);
  const bool pronoun = anaphor.place.kind == MentionKind::kPronoun;
  if (candidate.is_relative || candidate.is_apposition || candidate.is_predicate) return false;
  if (candidate.place.kind == MentionKind::kPronoun &&
      (candidate.pronoun == nullptr || candidate.person != 3))
    return false;
  if (Within(anaphor, candidate)) return false;
  if (IsRoleTaken(candidate) && clusters_.Of(other).mentions.size() == 1) return false;
  if (Within(candidate, anaphor) && RelationInside(candidate, anaphor).empty()) return false;
  if (candidate.is_coordination && anaphor.number == 's') return false;
  const Cluster& cluster = clusters_.Of(other);
  if ((!pronoun || anaphor.pronoun->kind == "personal") && IsBoundApart(cluster, anaphor)) return false;
  if (!pronoun && candidate.place.kind == MentionKind::kPronoun && cluster.mentions.size() < 2) return false;
  if (!clusters_.Compatible(other, static_cast<int32_t>(anaphor.order))) return false;
  const bool he_or_she = anaphor.gender == 'm' || anaphor.gender == 'f';
  if (pronoun && he_or_she && cluster.gender == 'n') return false;
  if (pronoun && anaphor.gender == 'n' && cluster.is_person) return false;
  if (pronoun && he_or_she && IsNoRuler(cluster, anaphor)) return false;
  // "discussing this": what was said or done, no state, body or person.
  const bool is_actor = cluster.actor != kNoActor || cluster.is_person;
  if (pronoun && anaphor.is_demonstrative && anaphor.number == 's' && is_actor) return false;
  if (IsNoActor(cluster, anaphor)) return false;
  return pronoun || (!HoldsMemberOf(anaphor, other) && !AreOfOthers(candidate, anaphor) &&
                     !IsPlaceOfAnotherKind(candidate, anaphor) && !AreOfOtherStates(candidate, anaphor) &&
                     !IsOfAnotherState(candidate, anaphor));
}

// "After [her] return, [Ada] ...": the subject of the clause that follows what it stands in; -1 if none.
int32_t CorefFeatureMaker::SubjectAhead(const MentionInfo& anaphor) const {
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  const std::vector<Token>& tokens = article_.sentences[anaphor.place.sentence].tokens;
  int32_t at = static_cast<int32_t>(anaphor.place.head);
  bool fronted = false;  // below an adverbial that precedes the subject
  for (int step = 0; step < 40 && at >= 0; ++step) {
    const Token& token = tokens[static_cast<size_t>(at)];
    if (fronted) {
      for (size_t m = anaphor.order + 1; m < mentions.size(); ++m) {
        if (mentions[m].place.sentence != anaphor.place.sentence) break;
        const ClausePlace& place = places_[m];
        if (place.governor == at && (place.role == 's' || place.role == 'p') &&
            !mentions[m].is_coordination && mentions[m].place.kind != MentionKind::kPronoun)
          return static_cast<int32_t>(m);
      }
    }
    if ((token.deprel == Deprel::kAdvcl || token.deprel == Deprel::kObl) && token.head > at) fronted = true;
    at = token.head;
  }
  return -1;
}

// "ran for [President]", "as [President]": the office itself, not who holds it.
bool CorefFeatureMaker::IsRoleTaken(const MentionInfo& mention) const {
  if (mention.place.kind == MentionKind::kPronoun || mention.number != 's') return false;
  const bool is_bare = mention.tokens.size() == 1 && mention.reading.agent != nullptr &&
                       mention.reading.agent->kind == AgentKind::kPerson;
  if (!is_bare) return false;
  const std::vector<Token>& tokens = article_.sentences[mention.place.sentence].tokens;
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    return token.head == static_cast<int32_t>(mention.place.head) && token.deprel == Deprel::kCase &&
           (token.lemma == "as" || token.lemma == "for");
  });
}

// "the British government" is none of the bodies that were called Norwegian.
bool CorefFeatureMaker::AreOfOtherStates(const MentionInfo& candidate, const MentionInfo& anaphor) const {
  const auto is_body_of_state = [&](const MentionInfo& mention) {
    const PhraseReading& reading = mention.reading;
    if (mention.place.kind != MentionKind::kNominal || reading.country.empty()) return false;
    if (reading.agent != nullptr) return reading.agent->kind == AgentKind::kGroup;
    return reading.actor != kNoActor && clusters_.gazetteer().actor(reading.actor).type == EntityType::kOrg;
  };
  if (!is_body_of_state(anaphor)) return false;
  const std::vector<int32_t>& members = clusters_.Of(static_cast<int32_t>(candidate.order)).mentions;
  return std::any_of(members.begin(), members.end(), [&](int32_t member) {
    const MentionInfo& mention = clusters_.mentions()[static_cast<size_t>(member)];
    return is_body_of_state(mention) && mention.reading.country != anaphor.reading.country;
  });
}

std::vector<int32_t> CorefFeatureMaker::Candidates(const MentionInfo& anaphor) const {
  std::vector<int32_t> out;
  const int32_t self = static_cast<int32_t>(anaphor.order);
  if (anaphor.is_relative || anaphor.is_apposition || anaphor.is_predicate) return out;
  const bool pronoun = anaphor.place.kind == MentionKind::kPronoun;
  if (pronoun && (anaphor.pronoun == nullptr || anaphor.person != 3)) return out;
  if (pronoun && anaphor.is_demonstrative && HasRelativeClause(article_, anaphor)) return out;
  if (anaphor.is_quantified || IsRoleTaken(anaphor)) return out;
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  const int32_t speaker = pronoun ? WhoSaysI(article_, mentions, anaphor) : -1;
  for (int32_t other = self - 1; other >= 0 && self - other <= kMaxNominalLookBack; --other) {
    const MentionInfo& candidate = mentions[static_cast<size_t>(other)];
    if (pronoun && anaphor.place.sentence - candidate.place.sentence > kMaxPronounDistance) break;
    if (speaker >= 0 && clusters_.Find(other) == clusters_.Find(speaker)) continue;
    if (MayMean(candidate, anaphor)) out.push_back(other);
  }
  if (pronoun) {
    const int32_t ahead = SubjectAhead(anaphor);
    if (ahead >= 0 && MayMean(mentions[static_cast<size_t>(ahead)], anaphor)) out.push_back(ahead);
  }
  return out;
}

// Numbers the clauses of the article in the order of their verbs.
void CorefFeatureMaker::CountClauses() {
  const auto opens = [](Deprel deprel) {
    return deprel == Deprel::kRoot || deprel == Deprel::kCcomp || deprel == Deprel::kAdvcl ||
           deprel == Deprel::kAclRelcl || deprel == Deprel::kAcl || deprel == Deprel::kParataxis;
  };
  int32_t before = 0;  // in the sentences before
  size_t m = 0;
  for (uint32_t s = 0; s < article_.sentences.size(); ++s) {
    const std::vector<Token>& tokens = article_.sentences[s].tokens;
    std::vector<int32_t> number(tokens.size(), 0);
    int32_t count = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      const bool is_verb = tokens[i].upos == Upos::kVerb || opens(tokens[i].deprel);
      if (is_verb && (opens(tokens[i].deprel) || tokens[i].deprel == Deprel::kConj)) number[i] = ++count;
    }
    for (; m < places_.size() && clusters_.mentions()[m].place.sentence == s; ++m) {
      int32_t at = static_cast<int32_t>(clusters_.mentions()[m].place.head);
      for (int step = 0; step < 40 && at >= 0 && number[static_cast<size_t>(at)] == 0; ++step)
        at = tokens[static_cast<size_t>(at)].head;
      places_[m].clause = before + (at < 0 ? 1 : number[static_cast<size_t>(at)]);
    }
    before += std::max(count, 1);
  }
}

// How a pronoun hangs inside the noun phrase of a candidate that it may mean: "Ada, who lost [her] case",
// "Ada in [her] first year"; empty if it cannot: "[her] sister".
std::string_view CorefFeatureMaker::RelationInside(const MentionInfo& c, const MentionInfo& m) const {
  if (m.place.kind != MentionKind::kPronoun || c.is_coordination || !Within(c, m)) return "";
  const std::vector<Token>& tokens = article_.sentences[m.place.sentence].tokens;
  int32_t at = static_cast<int32_t>(m.place.head);
  for (int step = 0; step < 40 && at >= 0; ++step) {
    const Token& token = tokens[static_cast<size_t>(at)];
    const bool is_clause = token.deprel == Deprel::kAclRelcl || token.deprel == Deprel::kAcl ||
                           token.deprel == Deprel::kAppos || token.deprel == Deprel::kParataxis;
    if (is_clause) return whowhom::extract::ToString(token.deprel);
    if (token.head == static_cast<int32_t>(c.place.head)) {
      const bool is_behind_name = c.place.kind == MentionKind::kName &&
                                  static_cast<uint32_t>(at) >= c.place.end && m.pronoun != nullptr &&
                                  m.pronoun->kind != "personal" && at != static_cast<int32_t>(m.place.head);
      return is_behind_name ? whowhom::extract::ToString(token.deprel) : "";
    }
    at = token.head;
  }
  return "";
}

// "because" of "... because [she] left"; empty where the clause has none.
std::string_view CorefFeatureMaker::MarkerAbove(const MentionInfo& m) const {
  const std::vector<Token>& tokens = article_.sentences[m.place.sentence].tokens;
  int32_t at = static_cast<int32_t>(m.place.head);
  for (int step = 0; step < 40 && at >= 0; ++step) {
    const Token& token = tokens[static_cast<size_t>(at)];
    if (token.deprel == Deprel::kAdvcl || token.deprel == Deprel::kCcomp) {
      for (const Token& child : tokens)
        if (child.head == at && child.deprel == Deprel::kMark) return child.lemma;
      return "none";
    }
    at = token.head;
  }
  return "";
}

std::vector<Standing> CorefFeatureMaker::Compare(const MentionInfo& m,
                                                 const std::vector<int32_t>& candidates) const {
  std::vector<Standing> out(candidates.size());
  std::vector<int32_t> seen, subjects;  // clusters, latest first
  const auto place_in = [](std::vector<int32_t>* list, int32_t cluster) {
    const auto found = std::find(list->begin(), list->end(), cluster);
    const int place = static_cast<int>(found - list->begin());
    if (found == list->end()) list->push_back(cluster);
    return place;
  };
  size_t most = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const int32_t c = candidates[i];
    const int32_t cluster = clusters_.Find(c);
    const char role = places_[static_cast<size_t>(c)].role;
    out[i].rank = c > static_cast<int32_t>(m.order) ? -1 : static_cast<int>(i);
    out[i].cluster_rank = place_in(&seen, cluster);
    if (role == 's' || role == 'p') out[i].subject_rank = place_in(&subjects, cluster);
    most = std::max(most, clusters_.Of(c).mentions.size());
  }
  std::map<EntityType, std::vector<int32_t>> of_type;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const int32_t cluster = clusters_.Find(candidates[i]);
    out[i].type_rank = place_in(&of_type[clusters_.Of(cluster).type], cluster);
  }
  for (size_t i = 0; i < candidates.size(); ++i) {
    out[i].clusters = static_cast<int>(seen.size());
    out[i].is_topic = clusters_.Of(candidates[i]).mentions.size() == most;
  }
  return out;
}

// The mention that a noun phrase says it belongs to: "[her] death", "[Ada]'s death"; -1 if none.
int32_t CorefFeatureMaker::OwnerOf(const MentionInfo& mention) const {
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  for (size_t m = mention.order; m < mentions.size(); ++m) {
    if (mentions[m].place.sentence != mention.place.sentence || mentions[m].place.begin > mention.place.head)
      break;
    if (places_[m].role == 'g' && places_[m].governor == static_cast<int32_t>(mention.place.head))
      return static_cast<int32_t>(m);
  }
  return -1;
}

}  // namespace whowhom::extract::actors
