// Whom a possessive or reflexive pronoun means where grammar leaves one answer.
#include <algorithm>

#include "actors/coref.h"

namespace whowhom::extract::actors {
namespace {

const Sentence& SentenceOf(const AnalyzedArticle& article, const MentionInfo& mention) {
  return article.sentences[mention.place.sentence];
}

bool IsSubject(const Token& token) {
  return token.deprel == Deprel::kNsubj || token.deprel == Deprel::kNsubjPass;
}

// The first mention of a sentence with the head that is asked for; -1 none.
int32_t WithHead(const std::vector<MentionInfo>& mentions, uint32_t sentence, int32_t head) {
  if (head < 0) return -1;
  for (const MentionInfo& mention : MentionsIn(mentions, sentence)) {
    if (!mention.is_coordination && mention.place.head == static_cast<uint32_t>(head))
      return static_cast<int32_t>(mention.order);
  }
  return -1;
}

int32_t SubjectOf(const Sentence& sentence, int32_t verb) {
  for (size_t i = 0; i < sentence.tokens.size(); ++i)
    if (sentence.tokens[i].head == verb && IsSubject(sentence.tokens[i])) return static_cast<int32_t>(i);
  return -1;
}

// "[Norland] and its allies": the noun that is coordinated with what the pronoun owns; -1 none.
int32_t BesideOwned(const Sentence& sentence, int32_t owned) {
  const Token& noun = sentence.tokens[static_cast<size_t>(owned)];
  return noun.deprel == Deprel::kConj && noun.head >= 0 && noun.head < owned ? noun.head : -1;
}

// "[Norland]'s attempts to spread its influence": who has the noun below which the verb stands; -1 none.
int32_t OwnerOfPlan(const Sentence& sentence, int32_t owned) {
  const std::vector<Token>& tokens = sentence.tokens;
  const Token& noun = tokens[static_cast<size_t>(owned)];
  if (noun.head < 0 || (noun.deprel != Deprel::kObj && noun.deprel != Deprel::kObl)) return -1;
  const Token& verb = tokens[static_cast<size_t>(noun.head)];
  if (verb.xpos != "VB" || Universal(verb.deprel) != Deprel::kAcl || verb.deprel == Deprel::kAclRelcl)
    return -1;
  if (SubjectOf(sentence, noun.head) >= 0) return -1;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].head == verb.head && tokens[i].deprel == Deprel::kNmodPoss &&
        tokens[i].upos == Upos::kPropn)
      return static_cast<int32_t>(i);
  }
  return -1;
}

// "[The Northern Fleet] sank a ship, its spokesman said": the subject of what is reported; -1 none.
int32_t SubjectOfReport(const Sentence& sentence, int32_t owned) {
  const std::vector<Token>& tokens = sentence.tokens;
  const Token* subject = &tokens[static_cast<size_t>(owned)];
  if (subject->deprel == Deprel::kNmodDesc && subject->head >= 0)  // "its spokesman Ada Holm"
    subject = &tokens[static_cast<size_t>(subject->head)];
  const Token& noun = *subject;
  if (!IsSubject(noun) || noun.head < 0) return -1;
  const std::string& verb = tokens[static_cast<size_t>(noun.head)].lemma;
  if (verb != "say" && verb != "announce" && verb != "report" && verb != "claim") return -1;
  for (size_t i = 0; i < static_cast<size_t>(owned); ++i) {
    const bool is_reported = tokens[i].deprel == Deprel::kCcomp && tokens[i].head == noun.head;
    const bool reports_beside = tokens[static_cast<size_t>(noun.head)].deprel == Deprel::kParataxis &&
                                tokens[static_cast<size_t>(noun.head)].head == static_cast<int32_t>(i);
    if (is_reported || reports_beside) return SubjectOf(sentence, static_cast<int32_t>(i));
  }
  return -1;
}

}  // namespace

// A reflexive is the subject of its verb, a possessive whoever the patterns above give, if the two agree and
// the other is a name or known.
void CorefResolver::JoinOwners(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                               Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    if (mention.pronoun == nullptr || mention.person != 3 || mention.is_relative) continue;
    const Sentence& sentence = SentenceOf(article, mention);
    const Token& token = sentence.tokens[mention.place.head];
    const int32_t self = static_cast<int32_t>(mention.order);
    if (token.head < 0 || clusters->Of(self).mentions.front() != self) continue;
    int32_t owner = -1;
    const bool is_object = token.deprel == Deprel::kObj || token.deprel == Deprel::kIobj;
    if (mention.pronoun->kind == "reflexive" && is_object) {
      owner = WithHead(mentions, mention.place.sentence, SubjectOf(sentence, token.head));
    } else if (token.deprel == Deprel::kNmodPoss) {
      for (const auto& find : {BesideOwned, OwnerOfPlan, SubjectOfReport}) {
        const int32_t found = WithHead(mentions, mention.place.sentence, find(sentence, token.head));
        if (found < 0) continue;
        owner = found;
        break;
      }
      const bool is_one = owner >= 0 && (clusters->Of(owner).has_name || clusters->Of(owner).is_person ||
                                         mentions[static_cast<size_t>(owner)].reading.actor != kNoActor);
      if (!is_one) continue;
    }
    if (owner < 0 || owner == self || !clusters->Compatible(owner, self)) continue;
    const Cluster& cluster = clusters->Of(owner);
    // "Norland, the chief sponsor": still no person.
    const bool is_person = cluster.type == EntityType::kPerson || (cluster.is_person && !cluster.has_name);
    const bool fits = mention.gender == 'n'   ? !is_person
                      : mention.number == 's' ? is_person
                                              : cluster.number == 'p';
    if (fits) clusters->Join(owner, self);
  }
}

}  // namespace whowhom::extract::actors
