// Names that users type -> actors: exact, then by words, then near spellings.
#include <algorithm>
#include <map>

#include "name_key.h"
#include "view_impl.h"
#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxNameBytes = 400;
constexpr size_t kMaxWordHits = 200;
constexpr double kWords = 0.8;  // all words of the query stand in one alias
constexpr double kNear = 0.6;   // a spelling away, times the similarity

std::vector<std::string> Words(std::string_view normalized) {
  std::vector<std::string> words;
  for (size_t i = 0; i < normalized.size();) {
    size_t end = std::min(normalized.find(' ', i), normalized.size());
    if (end > i) words.emplace_back(normalized.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

bool HasAllWords(std::string_view alias, const std::vector<std::string>& words) {
  std::string padded = " " + NormalizeName(alias);
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return padded.find(" " + word) != std::string::npos; });
}

struct Candidate {
  std::string alias;
  double score = 0;
  uint64_t count = 0;
};

void Offer(NodeId id, const std::string& alias, double score, uint64_t count,
           std::map<NodeId, Candidate>* found) {
  Candidate& candidate = (*found)[id];
  if (score > candidate.score) candidate.alias = alias, candidate.score = score;
  candidate.count += count;
}

// 1 = equal; below that by the share of the letters that have to change.
double Similarity(std::string_view a, std::string_view b) {
  size_t longest = std::max(a.size(), b.size());
  if (longest == 0) return 0;
  size_t limit = std::max<size_t>(1, longest / 4);
  size_t distance = EditDistance(a, b, limit);
  return distance > limit ? 0 : 1.0 - static_cast<double>(distance) / static_cast<double>(longest);
}

}  // namespace

Result<std::vector<ActorMatch>> ViewImpl::FindActors(std::string_view name, size_t limit) const {
  std::vector<ActorMatch> matches;
  std::string normalized = name.size() > kMaxNameBytes ? std::string() : NormalizeName(name);
  if (normalized.empty() || limit == 0) return matches;
  std::map<NodeId, Candidate> found;
  WHOWHOM_TRY(auto exact, snapshot_->FindAlias(name));
  for (const storage::AliasHit& hit : exact)
    Offer(identity_.SurvivorOf(hit.node), hit.alias, 1, hit.count, &found);
  for (const auto& [node, label] : judgements_.names) {
    if (NormalizeName(label) == normalized) Offer(identity_.SurvivorOf(node), label, 1, 1, &found);
  }
  for (const auto& [node, split] : overlay_.splits()) {
    if (NormalizeName(split.node.label) == normalized)
      Offer(identity_.SurvivorOf(node), split.node.label, 1, 1, &found);
  }
  std::vector<std::string> words = Words(normalized);
  std::string longest;
  for (const std::string& word : words) {
    if (word.size() > longest.size()) longest = word;
  }
  if (found.empty() && longest.size() >= 2) {
    WHOWHOM_TRY(auto hits, snapshot_->SearchTerm(longest, kMaxWordHits));
    for (const storage::AliasHit& hit : hits) {
      if (HasAllWords(hit.alias, words))
        Offer(identity_.SurvivorOf(hit.node), hit.alias, kWords, hit.count, &found);
    }
  }
  if (found.empty() && longest.size() >= 3) {
    for (size_t letters : {size_t{3}, size_t{1}}) {
      WHOWHOM_TRY(auto hits, snapshot_->SearchTerm(longest.substr(0, letters), kMaxWordHits));
      for (const storage::AliasHit& hit : hits) {
        std::string alias = NormalizeName(hit.alias);
        double similarity = Similarity(alias, normalized);
        for (const std::string& word : Words(alias))
          similarity = std::max(similarity, Similarity(word, longest) * 0.9);
        if (similarity > 0.6)
          Offer(identity_.SurvivorOf(hit.node), hit.alias, kNear * similarity, hit.count, &found);
      }
      if (!found.empty()) break;
    }
  }
  std::vector<std::pair<NodeId, Candidate>> order(found.begin(), found.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::tie(b.second.score, b.second.count) < std::tie(a.second.score, a.second.count);
  });
  for (const auto& [id, candidate] : order) {
    if (matches.size() >= limit) break;
    WHOWHOM_TRY(auto node, FindNode(id));
    if (node) matches.push_back({std::move(*node), candidate.alias, candidate.score});
  }
  return matches;
}

}  // namespace whowhom::graph
