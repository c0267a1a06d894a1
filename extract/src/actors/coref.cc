#include "actors/coref.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "actors/coref_model.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

constexpr size_t kMaxNominalWindow = 60;  // mentions looked back at for a nominal
constexpr size_t kMaxPronounSentences = 4;
constexpr uint32_t kMaxDescribedSentences = 2;  // looked back for the body that a description means
constexpr uint32_t kMaxSentencesAhead = 3;  // in which a person only meant by pronouns so far may be named
constexpr double kLinkBias = 0.5;           // in favour of linking; chosen on OntoGUM dev among 0 to 3
constexpr double kPronounBias = 2.0;        // the same for pronouns; chosen on OntoGUM dev and GAP validation

const Token& HeadToken(const AnalyzedArticle& article, const MentionInfo& mention) {
  return article.sentences[mention.place.sentence].tokens[mention.place.head];
}

bool IsSubject(const AnalyzedArticle& article, const MentionInfo& mention) {
  const Deprel deprel = HeadToken(article, mention).deprel;
  return deprel == Deprel::kNsubj || deprel == Deprel::kNsubjPass;
}

bool Contains(const MentionInfo& outer, const MentionInfo& inner) {
  return outer.place.sentence == inner.place.sentence && outer.place.begin <= inner.place.begin &&
         inner.place.end <= outer.place.end;
}

// Sectors of which a state has few bodies in one article: rebels, militias, parties, the opposition, media.
bool TellsApart(const std::string& sector) {
  return sector == "REB" || sector == "PRM" || sector == "UAF" || sector == "OPP" || sector == "PTY" ||
         sector == "JRN";
}

}  // namespace

// "the agreement known as the Harbour Accord", "a militia called Red Dawn": the head of the name; -1 none.
int32_t NameGivenTo(const Sentence& sentence, uint32_t noun) {
  const std::vector<Token>& tokens = sentence.tokens;
  for (uint32_t i = noun + 1; i < tokens.size(); ++i) {
    const Token& verb = tokens[i];
    const bool names =
        verb.head == static_cast<int32_t>(noun) && Universal(verb.deprel) == Deprel::kAcl &&
        verb.xpos == "VBN" &&
        (verb.lemma == "know" || verb.lemma == "call" || verb.lemma == "name" || verb.lemma == "dub");
    if (!names) continue;
    for (uint32_t k = i + 1; k < tokens.size(); ++k) {
      if (tokens[k].head != static_cast<int32_t>(i) || tokens[k].upos != Upos::kPropn) continue;
      const Deprel relation = Universal(tokens[k].deprel);
      if (relation == Deprel::kObl || relation == Deprel::kXcomp || relation == Deprel::kObj)
        return static_cast<int32_t>(k);
    }
  }
  return -1;
}

// "appointed Ada Holm [commander] of the fleet": the other object, who is made it; -1 none.
int32_t WhoIsMade(const Sentence& sentence, uint32_t office) {
  const Token& noun = sentence.tokens[office];
  if (noun.head < 0 || (noun.deprel != Deprel::kObj && noun.deprel != Deprel::kXcomp)) return -1;
  const std::string& verb = sentence.tokens[static_cast<size_t>(noun.head)].lemma;
  if (verb != "appoint" && verb != "name" && verb != "elect" && verb != "nominate") return -1;
  for (uint32_t i = 0; i < office; ++i) {
    const Token& token = sentence.tokens[i];
    const bool is_made = token.head == noun.head && token.upos == Upos::kPropn &&
                         (token.deprel == Deprel::kObj || token.deprel == Deprel::kIobj);
    if (is_made) return static_cast<int32_t>(i);
  }
  return -1;
}

// "served as [minister]", "as [minister], Ada Holm said", "installed her as [minister]": who is it there; -1
// none.
int32_t WhoServesAs(const Sentence& sentence, uint32_t office) {
  const std::vector<Token>& tokens = sentence.tokens;
  const bool is_as = std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    return token.head == static_cast<int32_t>(office) && token.deprel == Deprel::kCase && token.lemma == "as";
  });
  const bool is_one = office > 0 && (tokens[office - 1].form == "as" || tokens[office - 1].form == "As");
  if (!is_as || !is_one) return -1;  // "as ministers", "as the next minister": others may be meant
  int32_t verb = tokens[office].head;
  for (int step = 0; verb >= 0 && step < 6; ++step) {
    int32_t subject = -1;
    for (size_t i = 0; i < tokens.size(); ++i) {
      const bool is_someone = tokens[i].upos == Upos::kPropn || tokens[i].upos == Upos::kPron;
      if (tokens[i].head != verb || !is_someone) continue;
      if (tokens[i].deprel == Deprel::kObj) return static_cast<int32_t>(i);
      if (tokens[i].deprel == Deprel::kNsubj || tokens[i].deprel == Deprel::kNsubjPass)
        subject = static_cast<int32_t>(i);
    }
    if (subject >= 0) return subject;
    verb = tokens[static_cast<size_t>(verb)].head;
  }
  return -1;
}

void CorefResolver::LinkGrammar(const AnalyzedArticle& article, std::vector<MentionInfo>* mentions) const {
  std::unordered_map<uint64_t, int32_t> by_head;
  const auto key = [](uint32_t sentence, uint32_t head) {
    return (static_cast<uint64_t>(sentence) << 32) | head;
  };
  for (const MentionInfo& mention : *mentions) {
    if (mention.is_coordination) continue;
    by_head.emplace(key(mention.place.sentence, mention.place.head), static_cast<int32_t>(mention.order));
  }
  const auto mention_at = [&](uint32_t sentence, int32_t head) -> int32_t {
    if (head < 0) return -1;
    const auto found = by_head.find(key(sentence, static_cast<uint32_t>(head)));
    return found == by_head.end() ? -1 : found->second;
  };
  for (MentionInfo& mention : *mentions) {
    const Sentence& sentence = article.sentences[mention.place.sentence];
    const Token& head = sentence.tokens[mention.place.head];
    if (mention.is_coordination) {
      const int32_t at = static_cast<int32_t>(mention.place.head);
      if (const int32_t first = mention_at(mention.place.sentence, at); first >= 0)
        mention.parts.push_back(first);
      for (uint32_t i = mention.place.head + 1; i < mention.place.end; ++i) {
        if (sentence.tokens[i].head != at || sentence.tokens[i].deprel != Deprel::kConj) continue;
        if (const int32_t part = mention_at(mention.place.sentence, static_cast<int32_t>(i)); part >= 0)
          mention.parts.push_back(part);
      }
      for (const int32_t part : mention.parts) {
        const MentionInfo& member = (*mentions)[static_cast<size_t>(part)];
        mention.is_person = mention.is_person || member.is_person;
        if (member.place.type != EntityType::kThing) mention.place.type = EntityType::kGroup;
      }
      continue;
    }
    if (mention.is_relative) {
      int32_t at = static_cast<int32_t>(mention.place.head);
      for (int depth = 0; depth < 8 && at >= 0; ++depth) {
        const Token& token = sentence.tokens[static_cast<size_t>(at)];
        if (token.deprel == Deprel::kAclRelcl) {
          mention.antecedent = mention_at(mention.place.sentence, token.head);
          break;
        }
        at = token.head;
      }
    } else if (mention.is_apposition) {
      // "the contact group – Norway, Sweden and Denmark": none of them is the group.
      const int32_t at = static_cast<int32_t>(mention.place.head);
      const bool is_first_of_several =
          std::any_of(sentence.tokens.begin(), sentence.tokens.end(), [at](const Token& token) {
            return token.head == at && token.deprel == Deprel::kConj && token.upos == Upos::kPropn;
          });
      if (head.upos != Upos::kPropn || !is_first_of_several)
        mention.antecedent = mention_at(mention.place.sentence, head.head);
    }
    if (SaysAnOffice(mention, *gazetteer_) && mention.antecedent < 0)
      mention.antecedent = mention_at(mention.place.sentence, WhoIsMade(sentence, mention.place.head));
    if (SaysAnOffice(mention, *gazetteer_) && mention.antecedent < 0)
      mention.antecedent = mention_at(mention.place.sentence, WhoServesAs(sentence, mention.place.head));
    if (mention.place.kind == MentionKind::kNominal)
      mention.called = mention_at(mention.place.sentence, NameGivenTo(sentence, mention.place.head));
    if (mention.is_predicate) {
      for (uint32_t i = 0; i < sentence.tokens.size(); ++i) {
        if (sentence.tokens[i].head == static_cast<int32_t>(mention.place.head) &&
            sentence.tokens[i].deprel == Deprel::kNsubj) {
          mention.subject_of = mention_at(mention.place.sentence, static_cast<int32_t>(i));
        }
      }
    }
  }
}

// "the killing of Ada Holm, which ...": "which" is never a person.
bool IsOfPeople(const MentionInfo& relative, const MentionInfo& head) {
  return relative.tokens.front().lower == "which" && head.place.kind == MentionKind::kName &&
         head.place.type == EntityType::kPerson;
}

// "threats from the government, the Northern Fleet and others", taken as if the fleet were the threats.
bool IsOneBesideThings(const MentionInfo& name, const MentionInfo& noun) {
  const bool is_actor = name.place.type == EntityType::kPerson || name.place.type == EntityType::kOrg ||
                        name.place.type == EntityType::kGpe;
  return name.place.kind == MentionKind::kName && is_actor && noun.place.kind == MentionKind::kNominal &&
         noun.place.type == EntityType::kThing && noun.number == 'p';
}

// "Norland, the latest company to leave": a state is no company, and none of "any country".
bool IsNoneOfIt(const MentionInfo& mention, const MentionInfo& other) {
  if (mention.is_quantified || other.is_quantified) return true;
  const auto is_body = [](const MentionInfo& m) {
    return m.place.kind == MentionKind::kNominal && m.reading.agent != nullptr &&
           m.reading.agent->kind == AgentKind::kGroup && m.reading.agent->sector == "BUS";
  };
  const auto is_state = [](const MentionInfo& m) {
    return m.place.kind == MentionKind::kName && m.place.type == EntityType::kGpe;
  };
  return (is_body(mention) && is_state(other)) || (is_state(mention) && is_body(other));
}

// "Paris, France", "Durham University, Norland": the larger place that a name is in.
bool IsPlaceBehindName(const MentionInfo& mention, const MentionInfo& other) {
  const bool is_place = mention.place.type == EntityType::kGpe || mention.place.type == EntityType::kPlace;
  const bool is_plain = mention.reading.agent == nullptr && mention.tokens.front().lower != "the";
  return mention.place.kind == MentionKind::kName && other.place.kind == MentionKind::kName && is_place &&
         is_plain && mention.key != other.key &&
         (mention.reading.actor == kNoActor || mention.reading.actor != other.reading.actor);
}

// "The answer included the statement: "First, Mr. Holm, ..."": who is spoken to in a quote is not the
// statement.
bool IsAcrossQuote(const MentionInfo& mention, const MentionInfo& other) {
  return mention.in_quote != other.in_quote && other.place.type == EntityType::kThing;
}

void CorefResolver::JoinGrammar(const std::vector<MentionInfo>& mentions, Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    const int32_t self = static_cast<int32_t>(mention.order);
    if (mention.antecedent >= 0) {
      const MentionInfo& other = mentions[static_cast<size_t>(mention.antecedent)];
      const bool things = mention.place.type == EntityType::kThing && other.place.type != EntityType::kThing;
      const bool is_apart = mention.is_relative
                                ? IsOfPeople(mention, other)
                                : things || IsOneBesideThings(mention, other) ||
                                      IsPlaceBehindName(mention, other) || IsNoneOfIt(mention, other) ||
                                      IsAcrossQuote(mention, other) ||
                                      !clusters->Compatible(mention.antecedent, self);
      if (!is_apart) {
        clusters->Join(mention.antecedent, self);
      }
    }
    const bool is_named =
        mention.called >= 0 && mentions[static_cast<size_t>(mention.called)].place.kind == MentionKind::kName;
    if (is_named && clusters->Compatible(mention.called, self)) clusters->Join(mention.called, self);
    if (mention.subject_of >= 0 && mention.place.kind == MentionKind::kNominal) {
      clusters->AddRole(mention.subject_of, mention.head_lemma);
      clusters->AddRole(mention.subject_of, mention.reading.role);
    }
  }
}

// "Hezbollah ... the Lebanese armed group": a body that is described by state and kind is the known one of
// that state and kind that was just named, if only one was.
void CorefResolver::JoinDescriptions(const std::vector<MentionInfo>& mentions, Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    const PhraseReading& reading = mention.reading;
    const bool describes = mention.place.kind == MentionKind::kNominal && mention.is_definite &&
                           mention.number == 's' && !reading.country.empty() && reading.agent != nullptr &&
                           reading.agent->kind == AgentKind::kGroup && TellsApart(reading.sector);
    if (!describes) continue;
    const int32_t self = static_cast<int32_t>(mention.order);
    int32_t named = -1;
    bool is_only = true;
    for (int32_t other = self - 1; other >= 0; --other) {
      const MentionInfo& before = mentions[static_cast<size_t>(other)];
      if (mention.place.sentence - before.place.sentence > kMaxDescribedSentences) break;
      const ActorId actor = clusters->Of(other).actor;
      if (before.place.kind != MentionKind::kName || actor == kNoActor) continue;
      const KnownActor& known = gazetteer_->actor(actor);
      if (known.country != reading.country || !TellsApart(known.sector)) continue;
      is_only = is_only && (named < 0 || clusters->Find(named) == clusters->Find(other));
      named = named < 0 ? other : named;
    }
    if (named >= 0 && is_only && clusters->Compatible(named, self)) clusters->Join(named, self);
  }
}

// "The Front has many friends. ... The group wants peace.": a bare word for a body is the one that was last
// spoken of as a subject.
void CorefResolver::JoinBareBodies(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                                   Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    const bool is_bare =
        mention.place.kind == MentionKind::kNominal && mention.is_definite && mention.number == 's' &&
        mention.words.size() == 1 && mention.reading.agent != nullptr &&
        mention.reading.agent->kind == AgentKind::kGroup &&
        (mention.reading.sector.empty() || mention.reading.sector == "UNK") && IsSubject(article, mention);
    if (!is_bare) continue;
    const int32_t self = static_cast<int32_t>(mention.order);
    for (int32_t other = self - 1; other >= 0; --other) {
      const MentionInfo& before = mentions[static_cast<size_t>(other)];
      if (mention.place.sentence - before.place.sentence > kMaxDescribedSentences) break;
      const bool is_body = before.place.type == EntityType::kOrg || before.place.type == EntityType::kGroup;
      const bool is_named_subject = before.place.kind == MentionKind::kName && is_body &&
                                    before.place.sentence < mention.place.sentence &&
                                    IsSubject(article, before);
      if (!is_named_subject) continue;
      if (clusters->Compatible(other, self)) clusters->Join(other, self);
      break;
    }
  }
}

double CorefResolver::RuleScore(const AnalyzedArticle& article, const Clusters& clusters,
                                const MentionInfo& antecedent, const MentionInfo& anaphor) const {
  const Cluster& cluster = clusters.Of(static_cast<int32_t>(antecedent.order));
  const int32_t distance =
      static_cast<int32_t>(anaphor.place.sentence) - static_cast<int32_t>(antecedent.place.sentence);
  double score = -0.9 * distance;
  if (IsSubject(article, antecedent)) score += 0.7;
  if (antecedent.is_modifier) score -= 0.6;
  if (antecedent.place.kind == MentionKind::kPronoun) score += 0.3;
  if (cluster.has_name) score += 0.3;
  score += 0.5 * std::log2(1.0 + static_cast<double>(cluster.mentions.size()));
  if (HeadToken(article, antecedent).deprel == HeadToken(article, anaphor).deprel) score += 0.3;
  score -= 0.01 * static_cast<double>(anaphor.order - antecedent.order);
  return score;
}

void CorefResolver::JoinRest(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                             Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    const int32_t self = static_cast<int32_t>(mention.order);
    const bool pronoun = mention.place.kind == MentionKind::kPronoun && mention.pronoun != nullptr &&
                         mention.person == 3 && !mention.is_relative && !mention.is_demonstrative &&
                         mention.pronoun->kind != "indefinite";
    const bool nominal = mention.place.kind == MentionKind::kNominal && mention.is_definite &&
                         !mention.is_predicate && mention.antecedent < 0;
    if (!pronoun && !nominal) continue;
    int32_t best = -1;
    double best_score = pronoun ? -4.0 : -1e9;
    for (int32_t other = self - 1, seen = 0; other >= 0; --other, ++seen) {
      const MentionInfo& candidate = mentions[static_cast<size_t>(other)];
      const uint32_t distance = mention.place.sentence - candidate.place.sentence;
      if (pronoun && distance > kMaxPronounSentences) break;
      if (nominal && static_cast<size_t>(seen) > kMaxNominalWindow * 4) break;
      if (candidate.is_relative || candidate.is_predicate || Contains(candidate, mention)) continue;
      if (candidate.pronoun != nullptr && candidate.person != 3) continue;
      if (candidate.place.kind == MentionKind::kPronoun && candidate.pronoun == nullptr) continue;
      if (!clusters->Compatible(other, self)) continue;
      const Cluster& cluster = clusters->Of(other);
      if (pronoun) {
        const Token& token = HeadToken(article, mention);
        const Token& there = HeadToken(article, candidate);
        const bool same_clause =
            distance == 0 && token.head == there.head && mention.pronoun->kind == "personal";
        if (same_clause) continue;
        const bool he_or_she = mention.gender == 'm' || mention.gender == 'f';
        if (he_or_she && !cluster.is_person && cluster.type != EntityType::kPerson) continue;
        if (mention.gender == 'n' && (cluster.is_person || cluster.number == 'p')) continue;
        if (mention.number == 'p' && cluster.number == 's' && cluster.type != EntityType::kOrg &&
            cluster.type != EntityType::kGroup && cluster.type != EntityType::kGpe)
          continue;
        const double score = RuleScore(article, *clusters, candidate, mention);
        if (score > best_score) best_score = score, best = other;
      } else {
        if (!cluster.has_name && candidate.place.kind == MentionKind::kPronoun) continue;
        bool match = false;
        for (const std::string& lemma : cluster.lemmas) {
          match = match || lemma == mention.head_lemma || (lemma == mention.reading.role && !lemma.empty());
        }
        const bool number_ok = cluster.number == mention.number || cluster.number == 0;
        if (!match || !number_ok) continue;
        // The words of the later phrase must not bring a new name or country.
        if (!mention.reading.country.empty() && cluster.actor != kNoActor &&
            gazetteer_->actor(cluster.actor).country != mention.reading.country)
          continue;
        if (!mention.reading.country.empty() && !candidate.reading.country.empty() &&
            candidate.reading.country != mention.reading.country)
          continue;
        bool new_words = false;
        if (candidate.place.kind == MentionKind::kNominal) {
          for (const std::string& word : mention.words) {
            if (std::find(candidate.words.begin(), candidate.words.end(), word) == candidate.words.end() &&
                word != mention.head_lemma)
              new_words = true;
          }
        } else {
          new_words = mention.words.size() > 2;
        }
        if (new_words) continue;
        const double score = -static_cast<double>(seen);
        if (score > best_score) best_score = score, best = other;
      }
    }
    if (best >= 0) clusters->Join(best, self);
  }
}

std::vector<int32_t> CorefResolver::DecisionOrder(const std::vector<MentionInfo>& mentions) {
  std::vector<int32_t> order;
  for (const MentionInfo& mention : mentions) order.push_back(static_cast<int32_t>(mention.order));
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    const EntityMention& one = mentions[static_cast<size_t>(a)].place;
    const EntityMention& two = mentions[static_cast<size_t>(b)].place;
    return std::tuple(one.sentence, one.end, two.begin) < std::tuple(two.sentence, two.end, one.begin);
  });
  return order;
}

// Each mention that no rule has joined to an earlier one goes to its best candidate, or stays alone.
void CorefResolver::JoinByModel(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                                Clusters* clusters) const {
  const CorefFeatureMaker maker(article, *clusters);
  CorefFeatures features;
  for (const int32_t self : DecisionOrder(mentions)) {
    const MentionInfo& mention = mentions[static_cast<size_t>(self)];
    // What a rule has joined to one before it is decided, but "'I ...,' [he] said" still asks who he is.
    const std::vector<int32_t>& members = clusters->Of(self).mentions;
    const bool is_open = std::all_of(members.begin(), members.end(), [&](int32_t member) {
      return member >= self || mentions[static_cast<size_t>(member)].person == 1;
    });
    if (!is_open || (mention.person == 1 && members.front() != self)) continue;
    const std::vector<int32_t> candidates = maker.Candidates(mention);
    if (candidates.empty()) continue;
    features.clear();
    maker.None(mention, &features);
    double best_score =
        model_->Score(features) - (mention.place.kind == MentionKind::kPronoun ? kPronounBias : kLinkBias);
    int32_t best = -1;
    const std::vector<Standing> standings = maker.Compare(mention, candidates);
    for (size_t i = 0; i < candidates.size(); ++i) {
      features.clear();
      maker.Pair(mentions[static_cast<size_t>(candidates[i])], mention, standings[i], &features);
      const double score = model_->Score(features);
      if (score > best_score) best_score = score, best = candidates[i];
    }
    if (best >= 0) clusters->Join(best, self);
  }
}

// A chain of "she" and "her" alone takes the nearest named person before it, a subject first; else one that
// follows in its sentence ("When she left, Ada ...") or as the subject of one of the next.
void CorefResolver::NamePronouns(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                                 Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    if (mention.pronoun == nullptr || mention.person != 3 || (mention.gender != 'm' && mention.gender != 'f'))
      continue;
    const int32_t self = static_cast<int32_t>(mention.order);
    const Cluster& chain = clusters->Of(self);
    if (chain.has_name || chain.mentions.front() != self) continue;
    bool bare = true;
    for (const int32_t m : chain.mentions)
      bare = bare && mentions[static_cast<size_t>(m)].place.kind == MentionKind::kPronoun;
    if (!bare) continue;
    const int32_t speaker = WhoSaysI(article, mentions, mention);
    int32_t best = -1;
    double best_score = -1e9;
    for (const MentionInfo& candidate : mentions) {
      if (candidate.place.sentence > mention.place.sentence + kMaxSentencesAhead) break;
      const bool later = candidate.place.sentence > mention.place.sentence;
      const double sentences = later ? candidate.place.sentence - mention.place.sentence
                                     : mention.place.sentence - candidate.place.sentence;
      if (later && !IsSubject(article, candidate)) continue;
      if (sentences > kMaxPronounSentences || candidate.place.kind != MentionKind::kName) continue;
      const int32_t other = static_cast<int32_t>(candidate.order);
      if (speaker >= 0 && clusters->Find(other) == clusters->Find(speaker)) continue;
      if (clusters->Of(other).type != EntityType::kPerson || Contains(candidate, mention) ||
          !clusters->Compatible(other, self))
        continue;
      const bool personal = mention.pronoun->kind == "personal";
      if (sentences == 0 && personal &&
          HeadToken(article, mention).head == HeadToken(article, candidate).head)
        continue;
      double score =
          -sentences + (IsSubject(article, candidate) ? 0.8 : 0) - (candidate.is_modifier ? 0.5 : 0);
      if (candidate.order > mention.order) score -= 1.5;
      if (score >= best_score) best_score = score, best = other;
    }
    if (best >= 0) clusters->Join(best, self);
  }
}

void CorefResolver::ResolveByRules(const AnalyzedArticle& article, std::vector<MentionInfo>* mentions,
                                   Clusters* clusters) const {
  LinkGrammar(article, mentions);
  JoinNames(article, *mentions, clusters);
  JoinGrammar(*mentions, clusters);
  JoinNeighbours(article, *mentions, clusters);
  JoinDescriptions(*mentions, clusters);
  JoinBareBodies(article, *mentions, clusters);
  JoinQuotes(article, *mentions, clusters);
  JoinSpeakers(article, *mentions, clusters);
  JoinReported(article, *mentions, clusters);
  JoinOwners(article, *mentions, clusters);
  JoinCounted(*mentions, clusters);
}

void CorefResolver::Resolve(const AnalyzedArticle& article, std::vector<MentionInfo>* mentions,
                            Clusters* clusters) const {
  ResolveByRules(article, mentions, clusters);
  if (model_ != nullptr) {
    JoinByModel(article, *mentions, clusters);
    NamePronouns(article, *mentions, clusters);
  } else {
    JoinRest(article, *mentions, clusters);
  }
}

}  // namespace whowhom::extract::actors
