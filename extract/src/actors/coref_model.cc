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

std::vector<int32_t> CorefFeatureMaker::Candidates(const MentionInfo& anaphor) const {
  std::vector<int32_t> out;
  const int32_t self = static_cast<int32_t>(anaphor.order);
  if (anaphor.is_relative || anaphor.is_apposition || anaphor.is_predicate) return out;
  const bool pronoun = anaphor.place.kind == MentionKind::kPronoun;
  if (pronoun && (anaphor.pronoun == nullptr || anaphor.person != 3)) return out;
  const std::vector<MentionInfo>& mentions = clusters_.mentions();
  const Token& head = HeadOf(article_, anaphor);
  for (int32_t other = self - 1; other >= 0 && self - other <= kMaxNominalLookBack; --other) {
    const MentionInfo& candidate = mentions[static_cast<size_t>(other)];
    const uint32_t distance = anaphor.place.sentence - candidate.place.sentence;
    if (pronoun && distance > kMaxPronounDistance) break;
    if (candidate.is_relative || candidate.is_apposition || candidate.is_predicate) continue;
    if (candidate.place.kind == MentionKind::kPronoun &&
        (candidate.pronoun == nullptr || candidate.person != 3))
      continue;
    if (Within(candidate, anaphor) || Within(anaphor, candidate)) continue;
    if (candidate.is_coordination && anaphor.number == 's') continue;
    if (pronoun) {
      const bool personal = anaphor.pronoun->kind == "personal";
      if (distance == 0 && personal && head.head == HeadOf(article_, candidate).head) continue;
    } else if (candidate.place.kind == MentionKind::kPronoun) {
      if (clusters_.Of(other).mentions.size() < 2) continue;
    }
    if (!clusters_.Compatible(other, self)) continue;
    const Cluster& cluster = clusters_.Of(other);
    const bool he_or_she = anaphor.gender == 'm' || anaphor.gender == 'f';
    if (pronoun && he_or_she && !cluster.is_person && cluster.has_name && cluster.type != EntityType::kPerson)
      continue;
    if (anaphor.gender == 'n' && pronoun && cluster.is_person) continue;
    out.push_back(other);
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
  const int apart = Bucket(static_cast<int>(m.order - c.order));
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
  write.Add("subject-first", kind, there == "nsubj" || there == "nsubj:pass", rank == 0);
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
    write.Add("pronoun-head", kind, c.head_lemma);
    write.Add("pronoun-agent", kind, cluster.is_person, c.reading.agent != nullptr,
              static_cast<int>(cluster.type));
    const bool next = sentences == 1 && here == "nsubj" && there == "nsubj";
    write.Add("carry", kind, next, rank == 0);
    return;
  }
  const bool same_head = c.head_lemma == m.head_lemma;
  const int shared = Overlap(m.words, c.words);
  const int fresh = static_cast<int>(m.words.size()) - shared;
  const int lost = static_cast<int>(c.words.size()) - shared;
  const bool same_words = m.words == c.words && !m.words.empty();
  write.Add("head", kind, other, same_head);
  write.Add("words", kind, same_words);
  write.Add("fresh", kind, same_head, std::min(fresh, 3));
  write.Add("lost", kind, same_head, std::min(lost, 3));
  write.Add("fresh-lost", kind, same_head, std::min(fresh, 2), std::min(lost, 2));
  write.Add("lemmas", kind, Has(cluster.lemmas, m.head_lemma), same_head);
  write.Add("role", kind, Has(cluster.lemmas, m.reading.role), cluster.has_name);
  write.Add("head-pair", c.head_lemma, m.head_lemma);
  const std::string& country = m.reading.country;
  const std::string& theirs = c.reading.country;
  const int fit = country.empty() || theirs.empty() ? (country.empty() ? 0 : 3) : (country == theirs ? 1 : 2);
  write.Add("country", kind, same_head, fit);
  const bool agents = m.reading.agent != nullptr && c.reading.agent != nullptr;
  write.Add("sector", kind, agents && m.reading.agent->sector == c.reading.agent->sector, same_head);
  write.Add("type-head", kind, static_cast<int>(cluster.type), m.head_lemma);
  if (same_head) write.Add("same-head-distance", kind, other, std::min(sentences, 6));
  if (same_words) write.Add("same-words-distance", kind, std::min(sentences / 3, 6));
  write.Add("determiners", kind, other, same_head, fresh == 0);
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
