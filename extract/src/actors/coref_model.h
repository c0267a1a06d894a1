// The mention-ranking model: which earlier mention a mention speaks of, or none.
//
// A linear model over hashed features of the pair, the anaphor and the candidate's cluster, trained by
// train/train_coref (maximum likelihood of any correct antecedent). The features are computed here for
// training and running alike.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "actors/coref.h"

namespace whowhom::extract::actors {

inline constexpr uint32_t kCorefFeatureSet = 4;  // raise when the features change: older models are refused
inline constexpr uint32_t kCorefBits = 17;

using CorefFeatures = std::vector<uint32_t>;  // indices of the features that fire

// Where a mention stands in the clauses of its sentence.
struct ClausePlace {
  char role = 'x';        // s subject, p passive subject, o object, b oblique, g possessor, n noun modifier,
                          // m part of a name or compound, r root, x other
  int32_t governor = -1;  // token it depends on, past coordination; -1 none
  int32_t subject_mention =
      -1;  // of the governor, also where the verb shares it with another ("came and [saw]")
  bool is_controlled = false;  // that subject is the object of a verb above: "asked [Ada] to [leave]"
  uint8_t depth = 0;           // clauses above its own
  char owner_role = 0;         // of the noun that a possessor or modifier belongs to; 0 for others
  int32_t clause = 0;          // clauses of the article up to its own
};

// A candidate among the others for the same mention.
struct Standing {
  int rank = 0;           // fitting candidates between the two; -1 where the candidate follows
  int cluster_rank = 0;   // the same, of clusters: those that stand between the two
  int subject_rank = -1;  // subjects of other clusters between the two; -1 for what is no subject
  int clusters = 0;       // that fit
  int type_rank = 0;      // clusters of the candidate's type between the two
  bool is_topic = false;  // no other that fits was spoken of more often
};

// What a pair of mentions looks like in its article. Thread-compatible.
class CorefFeatureMaker {
 public:
  CorefFeatureMaker(const AnalyzedArticle& article, const Clusters& clusters);

  // "Speaks of nothing before it".
  void None(const MentionInfo& anaphor, CorefFeatures* out) const;
  void Pair(const MentionInfo& candidate, const MentionInfo& anaphor, const Standing& standing,
            CorefFeatures* out) const;
  // Of each of the candidates of a mention, in their order.
  std::vector<Standing> Compare(const MentionInfo& anaphor, const std::vector<int32_t>& candidates) const;
  // Candidates of a mention, latest first, and at last a subject that follows a pronoun ("After [her] return,
  // [Ada]
  // ..."); empty if it is not to be resolved by the model.
  std::vector<int32_t> Candidates(const MentionInfo& anaphor) const;

 private:
  std::string ClassOf(const MentionInfo& mention) const;
  ClausePlace PlaceOf(const MentionInfo& mention) const;
  bool MayMean(const MentionInfo& candidate, const MentionInfo& anaphor) const;
  bool AreOfOthers(const MentionInfo& candidate, const MentionInfo& anaphor) const;
  bool AreOfOtherStates(const MentionInfo& candidate, const MentionInfo& anaphor) const;
  bool IsBoundApart(const Cluster& cluster, const MentionInfo& anaphor) const;
  bool IsOfAnotherState(const MentionInfo& candidate, const MentionInfo& anaphor) const;
  bool IsNoRuler(const Cluster& cluster, const MentionInfo& anaphor) const;
  bool IsNoActor(const Cluster& cluster, const MentionInfo& anaphor) const;
  bool IsRoleTaken(const MentionInfo& mention) const;
  void FindSubjects();
  int32_t ControllerOf(size_t first, uint32_t above, uint32_t verb) const;
  bool IsPlaceOfAnotherKind(const MentionInfo& candidate, const MentionInfo& anaphor) const;
  bool HoldsMemberOf(const MentionInfo& anaphor, int32_t candidate) const;
  int32_t SubjectAhead(const MentionInfo& anaphor) const;
  int32_t OwnerOf(const MentionInfo& mention) const;
  bool BoundApart(const MentionInfo& candidate, const MentionInfo& anaphor) const;
  std::string_view PathUp(const MentionInfo& candidate, const MentionInfo& anaphor) const;
  void CountClauses();
  std::string_view RelationInside(const MentionInfo& candidate, const MentionInfo& anaphor) const;
  std::string_view MarkerAbove(const MentionInfo& anaphor) const;
  void PronounPair(const MentionInfo& candidate, const MentionInfo& anaphor, const Standing& standing,
                   const std::string& kind, CorefFeatures* out) const;
  void PronounContext(const MentionInfo& candidate, const MentionInfo& anaphor, const Standing& standing,
                      const std::string& who, CorefFeatures* out) const;
  void NominalPair(const MentionInfo& candidate, const MentionInfo& anaphor, const std::string& kind,
                   const std::string& other, CorefFeatures* out) const;
  const AnalyzedArticle& article_;
  const Clusters& clusters_;
  std::vector<ClausePlace> places_;    // by mention
  std::vector<int32_t> names_inside_;  // by mention: the name before its head, "[Holm] government"; -1 none
  std::vector<bool> opens_;            // mention is the first actor or person of its sentence
};

// Immutable after loading; thread-safe.
class CorefModel {
 public:
  CorefModel() : weights_(size_t{1} << kCorefBits, 0.0f) {}
  explicit CorefModel(std::vector<float> weights) : weights_(std::move(weights)) {}
  // kNotFound, kCorruption (truncated, damaged), kNewerVersion, kInvalidInput (another feature set).
  static Result<CorefModel> Load(const std::string& path);
  std::string Serialize() const;

  double Score(const CorefFeatures& features) const {
    double sum = 0;
    for (const uint32_t index : features) sum += weights_[index];
    return sum;
  }
  std::vector<float>* mutable_weights() { return &weights_; }

 private:
  std::vector<float> weights_;
};

}  // namespace whowhom::extract::actors
