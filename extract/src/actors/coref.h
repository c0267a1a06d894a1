// Which mentions of an article speak of the same: precise rules first, then ranking of antecedents.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/mention.h"

namespace whowhom::extract::actors {

class CorefModel;

// What is known of a cluster so far.
struct Cluster {
  std::vector<int32_t> mentions;  // in text order
  ActorId actor = kNoActor;
  EntityType type = EntityType::kThing;
  char gender = 0;
  char number = 0;
  bool is_person = false;
  bool has_name = false;
  bool is_seat = false;                              // a capital as a city
  std::string longest;                               // key of the most complete name
  std::vector<std::string> names;                    // keys of all names
  std::vector<std::string> person_words;             // of the names that are people's
  std::vector<std::vector<std::string>> full_names;  // of people, two words and more, as they sound
  std::vector<std::string> lemmas;                   // heads of its nominals, and roles it was said to play
  int32_t last = -1;                                 // latest mention
};

// Whether a mention says an office or a job and names nobody, however the name tagger took it.
bool SaysAnOffice(const MentionInfo& mention, const Gazetteer& gazetteer);

// The mentions of one sentence, of an article's in text order. Cost: logarithmic.
std::span<const MentionInfo> MentionsIn(const std::vector<MentionInfo>& mentions, uint32_t sentence);

// Union-find over mentions with what each cluster knows. Thread-compatible; one per article.
class Clusters {
 public:
  Clusters(const Gazetteer* gazetteer, const std::vector<MentionInfo>& mentions);
  int32_t Find(int32_t mention) const;
  const Cluster& Of(int32_t mention) const { return clusters_[static_cast<size_t>(Find(mention))]; }
  // Whether joining contradicts gender, number or known actors.
  bool Compatible(int32_t a, int32_t b) const;
  void Join(int32_t a, int32_t b);
  // A surname that was read as a known person's means somebody else here.
  void ForgetActor(int32_t mention);
  void AddRole(int32_t mention, const std::string& lemma);
  const std::vector<MentionInfo>& mentions() const { return mentions_; }
  const Gazetteer& gazetteer() const { return *gazetteer_; }

 private:
  const Gazetteer* gazetteer_;
  const std::vector<MentionInfo>& mentions_;
  mutable std::vector<int32_t> parent_;
  std::vector<Cluster> clusters_;
};

// Rules and ranking. Immutable; thread-safe.
class CorefResolver {
 public:
  // The order in which mentions are decided: what stands inside a noun phrase before the phrase.
  static std::vector<int32_t> DecisionOrder(const std::vector<MentionInfo>& mentions);

  CorefResolver(const Gazetteer* gazetteer, const CorefModel* model) : gazetteer_(gazetteer), model_(model) {}

  // Fills grammar links of the mentions (antecedent, subject_of, parts) and joins what belongs together.
  void Resolve(const AnalyzedArticle& article, std::vector<MentionInfo>* mentions, Clusters* clusters) const;
  // The rules alone, before any ranking: what the trainer starts from.
  void ResolveByRules(const AnalyzedArticle& article, std::vector<MentionInfo>* mentions,
                      Clusters* clusters) const;

 private:
  void LinkGrammar(const AnalyzedArticle& article, std::vector<MentionInfo>* mentions) const;
  void JoinNames(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                 Clusters* clusters) const;
  void JoinGrammar(const std::vector<MentionInfo>& mentions, Clusters* clusters) const;
  void JoinNeighbours(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                      Clusters* clusters) const;
  void JoinQuotes(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                  Clusters* clusters) const;
  void JoinVoices(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                  Clusters* clusters) const;
  void JoinDescriptions(const std::vector<MentionInfo>& mentions, Clusters* clusters) const;
  void JoinBareBodies(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                      Clusters* clusters) const;
  void JoinSpeakers(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                    Clusters* clusters) const;
  void JoinReported(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                    Clusters* clusters) const;
  void JoinCounted(const std::vector<MentionInfo>& mentions, Clusters* clusters) const;
  void JoinOwners(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                  Clusters* clusters) const;
  void JoinRest(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                Clusters* clusters) const;
  void JoinByModel(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                   Clusters* clusters) const;
  void NamePronouns(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                    Clusters* clusters) const;
  double RuleScore(const AnalyzedArticle& article, const Clusters& clusters, const MentionInfo& antecedent,
                   const MentionInfo& anaphor) const;

  const Gazetteer* gazetteer_;
  const CorefModel* model_;  // may be null: rules alone
};

// The mention of the speaker of a quoted token; -1 if none is named nearby.
int32_t SpeakerOf(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                  const MentionInfo& quoted);

// Whom "he" or "she" in a whole quote cannot mean: who speaks it and would say "I". -1 if that is unknown.
int32_t WhoSaysI(const AnalyzedArticle& article, const std::vector<MentionInfo>& mentions,
                 const MentionInfo& quoted);

}  // namespace whowhom::extract::actors
