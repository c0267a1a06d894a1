// Nouns that count those who were named side by side.
#include <algorithm>
#include <array>

#include "actors/coref.h"

namespace whowhom::extract::actors {
namespace {

constexpr uint32_t kMaxSentencesBack = 3;  // from "the four states" to the four

// How many a phrase says they are: "both leaders" 2, "the four states" 4; 0 if it does not say.
size_t CountOf(const MentionInfo& mention) {
  static constexpr std::array<std::string_view, 10> kNumbers = {"two",   "three", "four", "five", "six",
                                                                "seven", "eight", "nine", "ten",  "eleven"};
  for (size_t i = 0; i < mention.tokens.size() && i < 3; ++i) {
    const std::string& word = mention.tokens[i].lower;
    if (word == "both") return 2;
    const auto at = std::find(kNumbers.begin(), kNumbers.end(), word);
    if (at != kNumbers.end() && i > 0) return static_cast<size_t>(at - kNumbers.begin()) + 2;
  }
  return 0;
}

bool IsStateNoun(const std::string& lemma) {
  return lemma == "state" || lemma == "country" || lemma == "nation" || lemma == "government";
}

}  // namespace

// "sued Georgia, Michigan and Texas ... the three states", "Ada Holm and Eva Lund ... both leaders": as many
// were named side by side, and all are of the kind.
void CorefResolver::JoinCounted(const std::vector<MentionInfo>& mentions, Clusters* clusters) const {
  for (const MentionInfo& mention : mentions) {
    const bool is_counted = mention.place.kind == MentionKind::kNominal && mention.number == 'p' &&
                            !mention.is_coordination && !mention.is_predicate && !mention.tokens.empty();
    const size_t count = is_counted ? CountOf(mention) : 0;
    const std::string first = is_counted ? mention.tokens.front().lower : std::string();
    if (count == 0 || (first != "the" && first != "these" && first != "those" && first != "both")) continue;
    const bool are_people =
        mention.reading.agent != nullptr && mention.reading.agent->kind == AgentKind::kPerson;
    const bool are_bodies =
        mention.reading.agent != nullptr && mention.reading.agent->kind == AgentKind::kGroup;
    const bool are_states = IsStateNoun(mention.head_lemma);
    const auto fits = [&](int32_t part) {
      const MentionInfo& member = mentions[static_cast<size_t>(part)];
      const EntityType type = member.place.type;
      if (member.place.kind == MentionKind::kPronoun) return false;
      if (are_states) return type == EntityType::kGpe;
      if (are_people) return type == EntityType::kPerson;
      return are_bodies && (type == EntityType::kOrg || type == EntityType::kGroup);
    };
    for (size_t k = mention.order; k-- > 0;) {
      const MentionInfo& group = mentions[k];
      if (group.place.sentence + kMaxSentencesBack < mention.place.sentence) break;
      const bool is_before =
          group.place.sentence < mention.place.sentence || group.place.end <= mention.place.begin;
      if (!group.is_coordination || !is_before || group.parts.size() != count) continue;
      if (!std::all_of(group.parts.begin(), group.parts.end(), fits)) continue;
      const auto other = static_cast<int32_t>(group.order);
      const auto self = static_cast<int32_t>(mention.order);
      if (clusters->Compatible(other, self)) clusters->Join(other, self);
      break;
    }
  }
}

}  // namespace whowhom::extract::actors
