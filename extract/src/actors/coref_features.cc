// What the ranking sees of a mention and a candidate: hashed features.
#include <algorithm>

#include "actors/coref_model.h"

namespace whowhom::extract::actors {
namespace {

constexpr int32_t kMaxNominalLookBack = 250;  // mentions

constexpr uint64_t kHashPrime = 1099511628211ull;

constexpr void Mix(std::string_view value, uint64_t* hash) {
  for (const char c : value) *hash = (*hash ^ static_cast<unsigned char>(c)) * kHashPrime;
  *hash = (*hash ^ 0xFF) * kHashPrime;
}

// The hash of a template's name, worked out by the compiler.
struct FeatureName {
  uint64_t hash = 14695981039346656037ull;
  template <size_t N>
  consteval FeatureName(const char (&name)[N]) {
    Mix(std::string_view(name, N - 1), &hash);
  }
};

// Collects hashed features: FNV-1a over the template and its values.
class Writer {
 public:
  explicit Writer(CorefFeatures* out) : out_(out) {}
  template <typename... Values>
  void Add(FeatureName name, const Values&... values) {
    uint64_t hash = name.hash;
    (Mix(values, &hash), ...);
    hash ^= hash >> 29;
    hash *= 0xBF58476D1CE4E5B9ull;
    hash ^= hash >> 32;
    out_->push_back(static_cast<uint32_t>(hash & ((uint64_t{1} << kCorefBits) - 1)));
  }

 private:
  static void Mix(std::string_view value, uint64_t* hash) { actors::Mix(value, hash); }
  static void Mix(int value, uint64_t* hash) {
    *hash = (*hash ^ static_cast<uint64_t>(value + 1000)) * kHashPrime;
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

bool Has(const std::vector<std::string>& list, const std::string& item) {
  return !item.empty() && std::find(list.begin(), list.end(), item) != list.end();
}

int Overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  int shared = 0;
  for (const std::string& word : a) shared += Has(b, word) ? 1 : 0;
  return shared;
}

}  // namespace

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

void CorefFeatureMaker::Pair(const MentionInfo& c, const MentionInfo& m, const Standing& standing,
                             CorefFeatures* out) const {
  Writer write(out);
  const std::string kind = ClassOf(m);
  const std::string other = ClassOf(c);
  const Cluster& cluster = clusters_.Of(static_cast<int32_t>(c.order));
  const int sentences = static_cast<int>(m.place.sentence - c.place.sentence);
  const bool ahead = c.order > m.order;
  const int apart = ahead ? -1 : Bucket(static_cast<int>(m.order - c.order));
  const int rank = standing.rank;
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
    PronounPair(c, m, standing, kind, out);
  } else {
    NominalPair(c, m, kind, other, out);
    const int of_type = std::min(standing.type_rank, 3);
    const char role = places_[c.order].role;
    write.Add("d:type-rank", kind, static_cast<int>(cluster.type), of_type, std::min(sentences, 3));
    write.Add("d:type-rank-head", m.head_lemma, static_cast<int>(cluster.type), of_type);
    write.Add("d:type-rank-role", kind, static_cast<int>(cluster.type), std::min(of_type, 2), role,
              std::min(sentences, 2));
    write.Add("d:topic", kind, static_cast<int>(cluster.type), standing.is_topic, std::min(of_type, 2));
  }
}

void CorefFeatureMaker::PronounPair(const MentionInfo& c, const MentionInfo& m, const Standing& standing,
                                    const std::string& kind, CorefFeatures* out) const {
  Writer write(out);
  const int rank = standing.rank;
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
  PronounContext(c, m, standing, who, out);
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
  const bool is_subject_chain =
      here.subject_mention >= 0 &&
      clusters_.Find(here.subject_mention) == clusters_.Find(static_cast<int32_t>(c.order));
  write.Add("p:control", kind, role, here.is_controlled, is_subject_chain, here.subject_mention >= 0);
  write.Add("p:control-rank", who, role, is_subject_chain, std::min(standing.cluster_rank, 3),
            sentences == 0);
  write.Add("p:type-rank", kind, static_cast<int>(cluster.type), std::min(standing.type_rank, 3));
  write.Add("p:type-rank-role", kind, std::min(standing.type_rank, 3), there.role, std::min(sentences, 2));
  if (role == 'g') {
    const std::string_view owned = LemmaOfGovernor(article_, m);
    write.Add("p:owned", owned, cluster.is_person, static_cast<int>(cluster.type));
  } else {
    write.Add("p:verb", LemmaOfGovernor(article_, m), role, cluster.is_person,
              static_cast<int>(cluster.type));
  }
}

// What the parse and the other candidates say of the two: clauses between, connectives, phrases around.
void CorefFeatureMaker::PronounContext(const MentionInfo& c, const MentionInfo& m, const Standing& standing,
                                       const std::string& who, CorefFeatures* out) const {
  Writer write(out);
  const ClausePlace& here = places_[m.order];
  const ClausePlace& there = places_[c.order];
  const Cluster& cluster = clusters_.Of(static_cast<int32_t>(c.order));
  const int sentences = std::min(static_cast<int>(m.place.sentence - c.place.sentence), 2);
  const char role = m.pronoun->kind == "personal" ? here.role : 'g';
  const int clauses = std::min(here.clause - there.clause, 7);
  const std::string_view path = PathUp(c, m);
  const bool fits = cluster.gender != 0 && cluster.gender == m.gender;
  write.Add("p:clauses", who, clauses, there.role);
  write.Add("p:clauses-role", who, std::min(clauses, 4), there.role, role);
  write.Add("p:cluster-rank", who, std::min(standing.cluster_rank, 4), std::min(standing.clusters, 5));
  write.Add("p:cluster-rank-role", who, std::min(standing.cluster_rank, 3), there.role, sentences);
  write.Add("p:subject-rank", who, std::min(standing.subject_rank, 3), std::min(standing.cluster_rank, 2),
            sentences);
  write.Add("p:topic", who, standing.is_topic, there.role, sentences);
  write.Add("p:topic-rank", who, standing.is_topic, std::min(standing.cluster_rank, 3));
  write.Add("p:fits", who, fits, std::min(standing.cluster_rank, 2), std::min(standing.clusters, 4));
  write.Add("p:owners", who, role, here.owner_role, there.role, there.owner_role, sentences);
  write.Add("p:owner-role", who, there.role, there.owner_role, sentences);
  write.Add("p:main", who, there.role, std::min<int>(there.depth, 2), sentences, role);
  write.Add("p:inside", who, RelationInside(c, m), role);
  if (sentences == 0) write.Add("p:marker", who, MarkerAbove(m), there.role, path);
  const Sentence& sentence = article_.sentences[c.place.sentence];
  if (there.role == 'b' || there.role == 'n') {
    for (uint32_t i = 0; i < sentence.tokens.size(); ++i) {
      const Token& token = sentence.tokens[i];
      if (token.head == static_cast<int32_t>(c.place.head) && Universal(token.deprel) == Deprel::kCase)
        write.Add("p:preposition", who, token.lemma, role, sentences);
    }
  }
  const int32_t owned = here.governor;
  const bool is_beside =
      sentences == 0 && role == 'g' && owned >= 0 &&
      sentence.tokens[static_cast<size_t>(owned)].head == static_cast<int32_t>(c.place.head);
  if (is_beside)
    write.Add("p:beside", who, whowhom::extract::ToString(sentence.tokens[static_cast<size_t>(owned)].deprel),
              there.role);
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

}  // namespace whowhom::extract::actors
