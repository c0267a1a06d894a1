#include "actors/coref_model.h"

#include <algorithm>
#include <cstring>

#include "whowhom/core/hash.h"
#include "whowhom/core/tsv.h"

namespace whowhom::extract::actors {
namespace {

constexpr char kMagic[8] = {'W', 'W', 'C', 'O', 'R', 'E', 'F', '1'};
constexpr uint32_t kMaxPronounDistance = 5;   // sentences looked back at
constexpr int32_t kMaxNominalLookBack = 250;  // mentions

// Collects hashed features: FNV-1a over the template and its values.
class Writer {
 public:
  explicit Writer(CorefFeatures* out) : out_(out) {}
  template <typename... Values>
  void Add(std::string_view name, const Values&... values) {
    uint64_t hash = 14695981039346656037ull;
    Mix(name, &hash);
    (Mix(values, &hash), ...);
    hash ^= hash >> 29;
    hash *= 0xBF58476D1CE4E5B9ull;
    hash ^= hash >> 32;
    out_->push_back(static_cast<uint32_t>(hash & ((uint64_t{1} << kCorefBits) - 1)));
  }

 private:
  static void Mix(std::string_view value, uint64_t* hash) {
    for (const char c : value) *hash = (*hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    *hash = (*hash ^ 0xFF) * 1099511628211ull;
  }
  static void Mix(int value, uint64_t* hash) {
    *hash = (*hash ^ static_cast<uint64_t>(value + 1000)) * 1099511628211ull;
  }
  static void Mix(char value, uint64_t* hash) { Mix(static_cast<int>(value), hash); }
  static void Mix(bool value, uint64_t* hash) { Mix(static_cast<int>(value), hash); }
  CorefFeatures* out_;
};

int Bucket(int value) {
  if (value < 5) return value;
  if (value < 8) return 5;
  if (value < 16) return 6;
  if (value < 32) return 7;
  return value < 64 ? 8 : 9;
}

const Token& HeadOf(const AnalyzedArticle& article, const MentionInfo& mention) {
  return article.sentences[mention.place.sentence].tokens[mention.place.head];
}

std::string_view LemmaOfGovernor(const AnalyzedArticle& article, const MentionInfo& mention) {
  const Token& head = HeadOf(article, mention);
  if (head.head < 0) return "";
  return article.sentences[mention.place.sentence].tokens[static_cast<size_t>(head.head)].lemma;
}

bool Within(const MentionInfo& outer, const MentionInfo& inner) {
  return outer.place.sentence == inner.place.sentence && outer.place.full_begin <= inner.place.begin &&
         inner.place.end <= outer.place.full_end;
}

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return !item.empty() && std::find(list.begin(), list.end(), item) != list.end();
}

int Overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  int shared = 0;
  for (const std::string& word : a) shared += Has(b, word) ? 1 : 0;
  return shared;
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
  // Subjects by verb, then handed to verbs that share them.
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
      for (int step = 0; verb >= 0 && step < 4; ++step) {
        const Token& token = tokens[static_cast<size_t>(verb)];
        if (subject[static_cast<size_t>(verb)] >= 0) {
          places_[m].subject_mention = subject[static_cast<size_t>(verb)];
          break;
        }
        if (token.deprel != Deprel::kXcomp && token.deprel != Deprel::kConj && token.deprel != Deprel::kAdvcl)
          break;
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
  switch (token.deprel) {
    case Deprel::kNsubj:
    case Deprel::kNsubjOuter:
    case Deprel::kCsubj:
      place.role = 's';
      break;
    case Deprel::kNsubjPass:
      place.role = 'p';
      break;
    case Deprel::kObj:
    case Deprel::kIobj:
      place.role = 'o';
      break;
    case Deprel::kObl:
    case Deprel::kOblAgent:
    case Deprel::kOblUnmarked:
      place.role = 'b';
      break;
    case Deprel::kNmodPoss:
      place.role = 'g';
      break;
    case Deprel::kNmod:
    case Deprel::kNmodUnmarked:
      place.role = 'n';
      break;
    case Deprel::kCompound:
    case Deprel::kFlat:
    case Deprel::kNmodDesc:
      place.role = 'm';
      break;
    case Deprel::kRoot:
      place.role = 'r';
      break;
    default:
      break;
  }
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
  return !subject && here.subject_mention == static_cast<int32_t>(c.order);
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

std::string CorefFeatureMaker::ClassOf(const MentionInfo& mention) const {
  if (mention.place.kind == MentionKind::kPronoun) {
    return mention.pronoun == nullptr
               ? std::string("pron")
               : "p:" + mention.pronoun->kind.substr(0, 2) + mention.gender + mention.number;
  }
  if (mention.is_coordination) return "group";
  if (mention.place.kind == MentionKind::kName) return mention.is_modifier ? "name-in" : "name";
  if (mention.is_demonstrative) return "dem";
  if (mention.is_definite) return "def";
  return mention.is_indefinite ? "indef" : "bare";
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
  for (const int32_t member : cluster.mentions) {
    const int32_t other = names_inside_[static_cast<size_t>(member)];
    const bool is_nominal =
        clusters_.mentions()[static_cast<size_t>(member)].place.kind == MentionKind::kNominal;
    if (other >= 0 && is_nominal && clusters_.Find(other) != clusters_.Find(own)) return true;
  }
  return false;
}

// Whether grammar and what is known of both let the anaphor speak of the candidate.
bool CorefFeatureMaker::MayMean(const MentionInfo& candidate, const MentionInfo& anaphor) const {
  const int32_t other = static_cast<int32_t>(candidate.order);
  const bool pronoun = anaphor.place.kind == MentionKind::kPronoun;
  if (candidate.is_relative || candidate.is_apposition || candidate.is_predicate) return false;
  if (candidate.place.kind == MentionKind::kPronoun &&
      (candidate.pronoun == nullptr || candidate.person != 3))
    return false;
  if (Within(candidate, anaphor) || Within(anaphor, candidate)) return false;
  if (candidate.is_coordination && anaphor.number == 's') return false;
  if (pronoun ? anaphor.pronoun->kind == "personal" && BoundApart(candidate, anaphor)
              : BoundApart(candidate, anaphor))
    return false;
  const Cluster& cluster = clusters_.Of(other);
  if (!pronoun && candidate.place.kind == MentionKind::kPronoun && cluster.mentions.size() < 2) return false;
  if (!clusters_.Compatible(other, static_cast<int32_t>(anaphor.order))) return false;
  const bool he_or_she = anaphor.gender == 'm' || anaphor.gender == 'f';
  if (pronoun && he_or_she && cluster.gender == 'n') return false;
  if (pronoun && anaphor.gender == 'n' && cluster.is_person) return false;
  return pronoun || (!HoldsMemberOf(anaphor, other) && !AreOfOthers(candidate, anaphor));
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

std::vector<int32_t> CorefFeatureMaker::Candidates(const MentionInfo& anaphor) const {
  std::vector<int32_t> out;
  const int32_t self = static_cast<int32_t>(anaphor.order);
  if (anaphor.is_relative || anaphor.is_apposition || anaphor.is_predicate) return out;
  const bool pronoun = anaphor.place.kind == MentionKind::kPronoun;
  if (pronoun && (anaphor.pronoun == nullptr || anaphor.person != 3)) return out;
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  for (int32_t other = self - 1; other >= 0 && self - other <= kMaxNominalLookBack; --other) {
    const MentionInfo& candidate = mentions[static_cast<size_t>(other)];
    if (pronoun && anaphor.place.sentence - candidate.place.sentence > kMaxPronounDistance) break;
    if (MayMean(candidate, anaphor)) out.push_back(other);
  }
  if (pronoun) {
    const int32_t ahead = SubjectAhead(anaphor);
    if (ahead >= 0 && MayMean(mentions[static_cast<size_t>(ahead)], anaphor)) out.push_back(ahead);
  }
  return out;
}

void CorefFeatureMaker::None(const MentionInfo& anaphor, CorefFeatures* out) const {
  Writer write(out);
  const std::string kind = ClassOf(anaphor);
  bool seen_head = false;
  bool seen_words = false;
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  const int32_t self = static_cast<int32_t>(anaphor.order);
  for (int32_t other = self - 1; other >= 0 && self - other <= kMaxNominalLookBack; --other) {
    const MentionInfo& before = mentions[static_cast<size_t>(other)];
    seen_head =
        seen_head || (before.place.kind != MentionKind::kPronoun && before.head_lemma == anaphor.head_lemma);
    seen_words = seen_words || (before.place.kind != MentionKind::kPronoun && before.words == anaphor.words);
  }
  const int length = std::min<int>(4, static_cast<int>(anaphor.words.size()));
  const std::string deprel(whowhom::extract::ToString(HeadOf(article_, anaphor).deprel));
  const bool tail = anaphor.place.full_end > anaphor.place.head + 1;
  write.Add("n:kind", kind);
  write.Add("n:type", kind, static_cast<int>(anaphor.place.type), anaphor.number);
  write.Add("n:seen", kind, seen_head, seen_words);
  write.Add("n:length", kind, length, seen_head);
  write.Add("n:tail", kind, tail, seen_head);
  write.Add("n:deprel", kind, deprel);
  write.Add("n:lemma", anaphor.head_lemma);
  write.Add("n:lemma-kind", kind, anaphor.head_lemma);
  write.Add("n:first", kind, anaphor.place.sentence == 0);
  write.Add("n:governor", kind == "p:pens" ? std::string(LemmaOfGovernor(article_, anaphor)) : std::string());
  write.Add("n:quote", kind, anaphor.in_quote);
  write.Add("n:country", kind, !anaphor.reading.country.empty());
  write.Add("n:agent", kind, anaphor.reading.agent != nullptr);
}

void CorefFeatureMaker::Pair(const MentionInfo& c, const MentionInfo& m, int rank, CorefFeatures* out) const {
  Writer write(out);
  const std::string kind = ClassOf(m);
  const std::string other = ClassOf(c);
  const Cluster& cluster = clusters_.Of(static_cast<int32_t>(c.order));
  const int sentences = static_cast<int>(m.place.sentence - c.place.sentence);
  const bool ahead = c.order > m.order;
  const int apart = ahead ? -1 : Bucket(static_cast<int>(m.order - c.order));
  if (ahead) rank = -1;
  const std::string here(whowhom::extract::ToString(HeadOf(article_, m).deprel));
  const std::string there(whowhom::extract::ToString(HeadOf(article_, c).deprel));
  write.Add("kinds", kind, other);
  write.Add("sentences", kind, std::min(sentences, 9));
  write.Add("apart", kind, apart);
  write.Add("rank", kind, std::min(rank, 8));
  write.Add("rank-kind", kind, other, std::min(rank, 4));
  write.Add("gender", kind, m.gender, cluster.gender);
  write.Add("number", kind, m.number, cluster.number);
  write.Add("types", kind, static_cast<int>(m.place.type), static_cast<int>(cluster.type));
  write.Add("person", kind, m.is_person, cluster.is_person);
  write.Add("deprels", kind, here, there, sentences == 0);
  write.Add("there", kind, there, std::min(sentences, 3));
  write.Add("modifier", kind, c.is_modifier, m.is_modifier);
  write.Add("size", kind, Bucket(static_cast<int>(cluster.mentions.size())), cluster.has_name);
  const MentionInfo& last = clusters_.mentions()[static_cast<size_t>(
      cluster.last < static_cast<int32_t>(m.order) ? cluster.last : static_cast<int32_t>(c.order))];
  write.Add("last", kind, std::min<int>(static_cast<int>(m.place.sentence - last.place.sentence), 6));
  write.Add("quote", kind, m.in_quote, c.in_quote);
  write.Add("group", kind, c.is_coordination);
  write.Add("governors", kind, LemmaOfGovernor(article_, m) == LemmaOfGovernor(article_, c),
            std::min(sentences, 2));
  if (m.place.kind == MentionKind::kPronoun) {
    PronounPair(c, m, rank, kind, out);
  } else {
    NominalPair(c, m, kind, other, out);
  }
}

void CorefFeatureMaker::PronounPair(const MentionInfo& c, const MentionInfo& m, int rank,
                                    const std::string& kind, CorefFeatures* out) const {
  Writer write(out);
  const Cluster& cluster = clusters_.Of(static_cast<int32_t>(c.order));
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  const ClausePlace& here = places_[m.order];
  const ClausePlace& there = places_[c.order];
  const int sentences = std::min(static_cast<int>(m.place.sentence - c.place.sentence), 4);
  const bool human = m.gender == 'm' || m.gender == 'f';
  const std::string who = human ? "hs" : kind;  // he and she behave alike
  const char role = m.pronoun->kind == "personal" ? here.role : 'g';
  const std::string_view path = PathUp(c, m);
  const bool opens = opens_[c.order];
  const int size = Bucket(static_cast<int>(cluster.mentions.size()));
  int subjects = 0, recent = 0;
  for (const int32_t index : cluster.mentions) {
    if (index >= static_cast<int32_t>(m.order)) break;
    const MentionInfo& mention = mentions[static_cast<size_t>(index)];
    const char their = places_[static_cast<size_t>(index)].role;
    if (their == 's' || their == 'p') ++subjects;
    if (m.place.sentence - mention.place.sentence <= 2) ++recent;
  }
  const bool is_name = c.place.kind == MentionKind::kName;
  const bool is_pronoun = c.place.kind == MentionKind::kPronoun;
  write.Add("pronoun-head", kind, c.head_lemma);
  write.Add("pronoun-agent", kind, cluster.is_person, c.reading.agent != nullptr,
            static_cast<int>(cluster.type));
  if (c.order > m.order) {  // it follows: nothing of what is said of distance holds
    write.Add("p:ahead", who, role, path);
    write.Add("p:ahead-name", who, is_name, cluster.gender == m.gender);
    write.Add("p:ahead-depth", who, std::min<int>(here.depth, 3), cluster.is_person);
    return;
  }
  write.Add("p:roles", who, role, there.role, sentences);
  write.Add("p:path", who, role, path, there.role);
  write.Add("p:path-rank", who, path, std::min(rank, 3), there.role);
  write.Add("p:opens", who, opens, sentences, role);
  write.Add("p:opens-role", who, opens, there.role, sentences);
  write.Add("p:rank-role", who, std::min(rank, 5), there.role, sentences);
  write.Add("p:depth", who, std::min<int>(there.depth, 3), std::min<int>(here.depth, 3), sentences);
  write.Add("p:subjects", who, std::min(subjects, 5), sentences);
  write.Add("p:recent", who, std::min(recent, 5), sentences);
  write.Add("p:recent-subjects", who, std::min(recent, 3), std::min(subjects, 3), there.role);
  write.Add("p:size", who, size, sentences);
  write.Add("p:kind", who, is_name, is_pronoun, there.role, sentences);
  write.Add("p:same-word", who, is_pronoun && c.tokens.front().lower == m.tokens.front().lower, sentences,
            role);
  write.Add("p:first", who, cluster.mentions.front() < 3, cluster.has_name, sentences);
  write.Add("p:name-type", who, is_name, static_cast<int>(cluster.type), there.role, opens);
  write.Add("p:gender", who, cluster.gender == 0, cluster.is_person, is_name);
  write.Add("p:parallel", who, role == there.role, sentences, opens);
  write.Add("p:block", who,
            article_.sentences[m.place.sentence].block == article_.sentences[c.place.sentence].block,
            sentences);
  write.Add("p:quote", who, m.in_quote, c.in_quote, sentences == 0);
  write.Add("p:shared-subject", who, here.subject_mention == static_cast<int32_t>(c.order), role);
  write.Add("p:subject-chain", who, role,
            here.subject_mention >= 0 &&
                clusters_.Find(here.subject_mention) == clusters_.Find(static_cast<int32_t>(c.order)),
            m.pronoun->kind == "reflexive");
  if (role == 'g') {
    const std::string_view owned = LemmaOfGovernor(article_, m);
    write.Add("p:owned", owned, cluster.is_person, static_cast<int>(cluster.type));
  } else {
    write.Add("p:verb", LemmaOfGovernor(article_, m), role, cluster.is_person,
              static_cast<int>(cluster.type));
  }
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

void CorefFeatureMaker::NominalPair(const MentionInfo& c, const MentionInfo& m, const std::string& kind,
                                    const std::string& other, CorefFeatures* out) const {
  Writer write(out);
  const Cluster& cluster = clusters_.Of(static_cast<int32_t>(c.order));
  const int sentences = static_cast<int>(m.place.sentence - c.place.sentence);
  const bool same_head = c.head_lemma == m.head_lemma;
  const int shared = Overlap(m.words, c.words);
  const int fresh = static_cast<int>(m.words.size()) - shared;
  const int lost = static_cast<int>(c.words.size()) - shared;
  const bool same_words = m.words == c.words && !m.words.empty();
  const bool tail = m.place.full_end > m.place.head + 1;
  const bool their_tail = c.place.full_end > c.place.head + 1;
  write.Add("head", kind, other, same_head);
  write.Add("words", kind, same_words);
  write.Add("fresh", kind, same_head, std::min(fresh, 3));
  write.Add("lost", kind, same_head, std::min(lost, 3));
  write.Add("fresh-lost", kind, same_head, std::min(fresh, 2), std::min(lost, 2));
  write.Add("tails", kind, same_head, tail, their_tail);
  write.Add("tails-words", kind, same_words, tail, their_tail);
  write.Add("lemmas", kind, Has(cluster.lemmas, m.head_lemma), same_head);
  write.Add("role", kind, Has(cluster.lemmas, m.reading.role), cluster.has_name);
  write.Add("head-pair", c.head_lemma, m.head_lemma);
  if (same_head) write.Add("same-head-lemma", kind, m.head_lemma);
  const std::string& country = m.reading.country;
  const std::string& theirs = c.reading.country;
  const int fit = country.empty() || theirs.empty() ? (country.empty() ? 0 : 3) : (country == theirs ? 1 : 2);
  write.Add("country", kind, same_head, fit);
  const bool agents = m.reading.agent != nullptr && c.reading.agent != nullptr;
  write.Add("sector", kind, agents && m.reading.agent->sector == c.reading.agent->sector, same_head);
  write.Add("type-head", kind, static_cast<int>(cluster.type), m.head_lemma);
  const char here = places_[m.order].role;
  const char there = places_[c.order].role;
  write.Add("roles", kind, same_head, here, there);
  const int32_t owner = OwnerOf(m);
  const int32_t their_owner = OwnerOf(c);
  const int owners = owner < 0 || their_owner < 0
                         ? (owner < 0 ? 0 : 1) + (their_owner < 0 ? 0 : 2)
                         : (clusters_.Find(owner) == clusters_.Find(their_owner) ? 4 : 5);
  write.Add("owners", kind, same_head, owners);
  write.Add("owners-lemmas", Has(cluster.lemmas, m.head_lemma), owners);
  if (same_head) write.Add("same-head-distance", kind, other, std::min(sentences, 6));
  if (same_words) write.Add("same-words-distance", kind, std::min(sentences / 3, 6));
  if (same_words) write.Add("same-words-role", kind, here, there);
  if (same_words) write.Add("same-words-seen", kind, Bucket(static_cast<int>(cluster.mentions.size())));
  write.Add("determiners", kind, other, same_head, fresh == 0);
  write.Add("name-head", kind, cluster.has_name, static_cast<int>(cluster.type), opens_[c.order],
            std::min(sentences, 3));
}

Result<CorefModel> CorefModel::Load(const std::string& path) {
  WHOWHOM_TRY(const std::string bytes, ReadFile(path, size_t{64} << 20));
  constexpr size_t kHeader = sizeof(kMagic) + 8 + 16;
  if (bytes.size() < kHeader || std::memcmp(bytes.data(), kMagic, sizeof(kMagic)) != 0) {
    return Corruption(path + ": not a coreference model (its first bytes are not WWCOREF1)");
  }
  uint32_t fields[2];
  std::memcpy(fields, bytes.data() + sizeof(kMagic), sizeof(fields));
  if (fields[0] != kCorefFeatureSet) {
    return InvalidInput(path + ": made for feature set " + std::to_string(fields[0]) +
                        ", this program computes " + std::to_string(kCorefFeatureSet));
  }
  const size_t payload = (size_t{1} << kCorefBits) * sizeof(float);
  if (fields[1] != kCorefBits || bytes.size() != kHeader + payload)
    return Corruption(path + ": truncated or of another size than its header says");
  Hash128 stored;
  std::memcpy(&stored.high, bytes.data() + sizeof(kMagic) + 8, 8);
  std::memcpy(&stored.low, bytes.data() + sizeof(kMagic) + 16, 8);
  const std::string_view body = std::string_view(bytes).substr(kHeader);
  if (HashBytes(body) != stored) return Corruption(path + ": its checksum does not fit its content");
  std::vector<float> weights(size_t{1} << kCorefBits);
  std::memcpy(weights.data(), body.data(), payload);
  return CorefModel(std::move(weights));
}

std::string CorefModel::Serialize() const {
  const std::string body(reinterpret_cast<const char*>(weights_.data()), weights_.size() * sizeof(float));
  const Hash128 hash = HashBytes(body);
  const uint32_t fields[2] = {kCorefFeatureSet, kCorefBits};
  std::string out(kMagic, sizeof(kMagic));
  out.append(reinterpret_cast<const char*>(fields), sizeof(fields));
  out.append(reinterpret_cast<const char*>(&hash.high), 8);
  out.append(reinterpret_cast<const char*>(&hash.low), 8);
  return out + body;
}

}  // namespace whowhom::extract::actors
