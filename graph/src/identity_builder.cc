#include "identity_builder.h"

#include <algorithm>
#include <cstdio>

#include "name_key.h"
#include "union_find.h"

namespace whowhom::graph {
namespace {

constexpr double kJoin = 0.7;      // joined without asking
constexpr double kPropose = 0.35;  // shown by `resolve`
// A block of more names is cut into finer ones, and at last compared in a window of its sorted names only.
constexpr size_t kMaxBlock = 64;
constexpr size_t kWindow = 12;
constexpr size_t kMaxNeighbours = 300;
constexpr size_t kMaxShortCandidates = 8;
constexpr size_t kMinMisspelt = 5;  // letters of a surname that may be a letter off

bool IsOrganisation(EntityType type) { return type == EntityType::kOrg || type == EntityType::kGroup; }

struct Entry {
  NodeId id;
  std::string label, country, sector;
  EntityType type;
  uint64_t mentions = 0, documents = 0;
  NameKey key;
};

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

class Builder {
 public:
  Builder(const storage::Snapshot& snapshot, const JudgementState& judgements, const ViewOptions& options)
      : snapshot_(snapshot), judgements_(judgements), options_(options) {}

  Result<IdentityPlan> Run() {
    WHOWHOM_TRY_STATUS(Read());
    if (options_.automatic_identity) {
      ComparePeople();
      WHOWHOM_TRY_STATUS(CompareShortNames());
      WHOWHOM_TRY_STATUS(CompareMisspelt());
      CompareOrganisations();
      WHOWHOM_TRY_STATUS(CompareAcronyms());
    }
    Join();
    return std::move(plan_);
  }

 private:
  Status Read() {
    WHOWHOM_TRY_STATUS(snapshot_.ScanNodes([&](const storage::NodeInfo& info) {
      if (!info.ref.is_actor) return true;
      Entry entry{info.id,       info.ref.label, info.ref.country, info.ref.sector,
                  info.ref.type, info.mentions,  info.documents,   {}};
      if (auto it = judgements_.names.find(info.id); it != judgements_.names.end()) entry.label = it->second;
      if (auto it = judgements_.types.find(info.id); it != judgements_.types.end()) {
        entry.type = it->second.type;
        if (it->second.country) entry.country = *it->second.country;
        if (it->second.sector) entry.sector = *it->second.sector;
      }
      // A name with a discriminator is one of several: only the user joins it.
      const bool is_one_of_several = info.ref.hash != ComputeActorHash(info.ref.label, "");
      if (options_.automatic_identity && !is_one_of_several) entry.key = MakeNameKey(entry.label, entry.type);
      entries_.push_back(std::move(entry));
      return true;
    }));
    for (const JudgementState::Split& split : judgements_.splits) {
      WHOWHOM_TRY(auto info, snapshot_.FindNode(split.node));
      if (!info) continue;
      NodeRef ref = SplitNode(info->ref, split.name);
      entries_.push_back({ref.id(), "", ref.country, ref.sector, ref.type, 0, split.documents.size(), {}});
    }
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.id < b.id; });
    auto same_id = [](const Entry& a, const Entry& b) { return a.id == b.id; };
    entries_.erase(std::unique(entries_.begin(), entries_.end(), same_id), entries_.end());
    return {};
  }

  std::optional<uint32_t> IndexOf(NodeId id) const {
    auto it = std::lower_bound(entries_.begin(), entries_.end(), id,
                               [](const Entry& e, NodeId i) { return e.id < i; });
    if (it == entries_.end() || it->id != id) return std::nullopt;
    return static_cast<uint32_t>(it - entries_.begin());
  }

  // Country and sector, for and against. Returns what they add to the score.
  static double WeighCodes(const Entry& a, const Entry& b, IdentityPair* pair) {
    if (!a.country.empty() && !b.country.empty()) {
      if (a.country != b.country) {
        pair->reasons_against.push_back("countries " + a.country + " and " + b.country);
        return -0.5;
      }
      pair->reasons_for.push_back("country " + a.country);
      return a.sector == b.sector && !a.sector.empty() ? 0.25 : 0.2;
    }
    return 0;
  }

  IdentityPair* NewPair(uint32_t a, uint32_t b) {
    if (entries_[b].id < entries_[a].id) std::swap(a, b);
    pairs_.push_back({entries_[a].id, entries_[b].id, 0, {}, {}});
    return &pairs_.back();
  }

  void CompareFull(uint32_t i, uint32_t j) {
    ++plan_.compared;
    const Entry& a = entries_[i];
    const Entry& b = entries_[j];
    NameRelation relation = CompareNames(a.key, b.key, a.type);
    if (relation < NameRelation::kPossible || relation == NameRelation::kShort) return;
    IdentityPair* pair = NewPair(i, j);
    pair->score = relation == NameRelation::kSame ? 0.95 : relation == NameRelation::kVariant ? 0.85 : 0.45;
    pair->reasons_for.push_back("names " + Quoted(a.label) + " and " + Quoted(b.label) +
                                (relation == NameRelation::kSame      ? " are the same but for titles"
                                 : relation == NameRelation::kVariant ? " are spellings of one"
                                                                      : " are close"));
    pair->score = std::min(0.99, pair->score + WeighCodes(a, b, pair));
  }

  // Compares within blocks given by sorted (key, index); large ones through `finer` keys, then in a window.
  template <typename Finer>
  void CompareBlocks(std::vector<std::pair<std::string, uint32_t>> keys, const Finer& finer, int level) {
    std::sort(keys.begin(), keys.end());
    for (size_t begin = 0; begin < keys.size();) {
      size_t end = begin;
      while (end < keys.size() && keys[end].first == keys[begin].first) ++end;
      if (end - begin > kMaxBlock && level == 0) {
        std::vector<std::pair<std::string, uint32_t>> block;
        for (size_t i = begin; i < end; ++i) block.emplace_back(finer(keys[i].second), keys[i].second);
        CompareBlocks(std::move(block), finer, 1);
      } else {
        size_t window = end - begin > kMaxBlock ? kWindow : end - begin;
        std::sort(keys.begin() + static_cast<ptrdiff_t>(begin), keys.begin() + static_cast<ptrdiff_t>(end),
                  [&](const auto& x, const auto& y) {
                    return std::tie(entries_[x.second].key.strict, x.second) <
                           std::tie(entries_[y.second].key.strict, y.second);
                  });
        for (size_t i = begin; i < end; ++i) {
          for (size_t j = i + 1; j < end && j - i < window; ++j) CompareFull(keys[i].second, keys[j].second);
        }
      }
      begin = end;
    }
  }

  void ComparePeople() {
    std::vector<std::pair<std::string, uint32_t>> full, single;
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      const NameKey& key = entries_[i].key;
      if (entries_[i].type != EntityType::kPerson || key.empty()) continue;
      if (key.words.size() == 1) {
        single.emplace_back(key.loose[0], i);
      } else {
        full.emplace_back(key.loose.back() + "|" + key.strict[0].substr(0, 1), i);
        by_surname_.emplace_back(key.strict.back(), i);
      }
    }
    std::sort(by_surname_.begin(), by_surname_.end());
    CompareBlocks(
        std::move(full),
        [&](uint32_t i) { return entries_[i].key.loose.back() + "|" + entries_[i].key.loose[0]; }, 0);
    CompareBlocks(
        std::move(single), [&](uint32_t i) { return entries_[i].key.strict[0]; }, 0);
  }

  void CompareOrganisations() {
    std::vector<std::pair<std::string, uint32_t>> keys;
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      if (!IsOrganisation(entries_[i].type) || entries_[i].key.empty()) continue;
      std::string joined;
      for (const std::string& word : entries_[i].key.strict) joined += word + " ";
      keys.emplace_back(std::move(joined), i);
    }
    CompareBlocks(
        std::move(keys), [&](uint32_t i) { return entries_[i].label; }, 0);
  }

  Result<std::set<NodeId>> Neighbours(NodeId id) const {
    std::set<NodeId> found;
    auto visit = [&](const storage::EdgeSummary& edge) {
      NodeId other = edge.key.subject == id ? edge.key.object : edge.key.subject;
      if (other.value != 0) found.insert(other);
      return found.size() < kMaxNeighbours;
    };
    WHOWHOM_TRY_STATUS(snapshot_.ScanEdges({id, std::nullopt, std::nullopt}, visit));
    WHOWHOM_TRY_STATUS(snapshot_.ScanEdges({std::nullopt, std::nullopt, id}, visit));
    return found;
  }

  Result<bool> ShareNeighbour(uint32_t i, uint32_t j) const {
    WHOWHOM_TRY(auto left, Neighbours(entries_[i].id));
    WHOWHOM_TRY(auto right, Neighbours(entries_[j].id));
    for (NodeId id : left) {
      if (right.contains(id) && IndexOf(id)) return true;
    }
    return false;
  }

  // The articles of a node's statements; kMaxNeighbours at most.
  Result<std::set<DocId>> Articles(NodeId id) const {
    std::set<DocId> found;
    Status problem;
    auto visit = [&](const storage::EdgeSummary& edge) {
      problem = snapshot_.ScanEvidence(edge.key, [&](const storage::EvidenceRef& ref) {
        found.insert(ref.doc);
        return found.size() < kMaxNeighbours;
      });
      return problem.ok() && found.size() < kMaxNeighbours;
    };
    WHOWHOM_TRY_STATUS(snapshot_.ScanEdges({id, std::nullopt, std::nullopt}, visit));
    WHOWHOM_TRY_STATUS(problem);
    WHOWHOM_TRY_STATUS(snapshot_.ScanEdges({std::nullopt, std::nullopt, id}, visit));
    WHOWHOM_TRY_STATUS(problem);
    return found;
  }

  Result<bool> ShareArticle(uint32_t i, uint32_t j) const {
    WHOWHOM_TRY(auto left, Articles(entries_[i].id));
    WHOWHOM_TRY(auto right, Articles(entries_[j].id));
    return std::any_of(left.begin(), left.end(), [&](const DocId& id) { return right.contains(id); });
  }

  // The full names with a surname; one more than kMaxShortCandidates at most.
  std::vector<uint32_t> BearersOf(const std::string& surname) const {
    std::vector<uint32_t> bearers;
    auto it = std::lower_bound(by_surname_.begin(), by_surname_.end(), std::pair(surname, uint32_t{0}));
    for (; it != by_surname_.end() && it->first == surname && bearers.size() <= kMaxShortCandidates; ++it)
      bearers.push_back(it->second);
    return bearers;
  }

  // Surnames: joined to the one full name that bears them, where codes or company speak for it.
  Status CompareShortNames() {
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      const Entry& entry = entries_[i];
      if (entry.type != EntityType::kPerson || entry.key.words.size() != 1) continue;
      const std::vector<uint32_t> candidates = BearersOf(entry.key.strict[0]);
      if (candidates.empty() || candidates.size() > kMaxShortCandidates) continue;
      WHOWHOM_TRY_STATUS(WeighShortName(i, candidates));
    }
    return {};
  }

  // Candidates that are not spellings of one another are several persons.
  bool AllOnePerson(const std::vector<uint32_t>& candidates) const {
    for (uint32_t candidate : candidates) {
      NameRelation relation =
          CompareNames(entries_[candidates[0]].key, entries_[candidate].key, EntityType::kPerson);
      if (relation < NameRelation::kVariant) return false;
    }
    return true;
  }

  Status WeighShortName(uint32_t i, const std::vector<uint32_t>& candidates) {
    bool unique = AllOnePerson(candidates);
    for (uint32_t candidate : candidates) {
      ++plan_.compared;
      IdentityPair pair{entries_[i].id, entries_[candidate].id, 0, {}, {}};
      pair.reasons_for.push_back(Quoted(entries_[i].label) + " is the surname of " +
                                 Quoted(entries_[candidate].label));
      pair.score = unique ? 0.5 : 0.3;
      if (unique) {
        pair.reasons_for.push_back("no other full name bears it");
      } else {
        pair.reasons_against.push_back(std::to_string(candidates.size()) + " full names bear it");
      }
      pair.score += WeighCodes(entries_[i], entries_[candidate], &pair);
      WHOWHOM_TRY(bool shared, ShareNeighbour(i, candidate));
      if (shared) {
        pair.score += unique ? 0.2 : 0.1;
        pair.reasons_for.push_back("both stand in relation to a third actor");
      }
      if (entries_[candidate].documents >= 3) {
        pair.score += unique ? 0.1 : 0;
        pair.reasons_for.push_back(Quoted(entries_[candidate].label) + " stands in " +
                                   std::to_string(entries_[candidate].documents) + " articles");
      }
      if (!unique) pair.score = std::min(pair.score, kJoin - 0.05);
      if (pair.b < pair.a) std::swap(pair.a, pair.b);
      pairs_.push_back(std::move(pair));
    }
    return {};
  }

  // The word without one letter, each in turn, and the word itself: two words a letter apart share one.
  static std::vector<std::string> WithoutOne(const std::string& word) {
    std::vector<std::string> out = {word};
    for (size_t i = 0; i < word.size(); ++i) out.push_back(word.substr(0, i) + word.substr(i + 1));
    return out;
  }

  // "Zadari" beside "Asif Zardari": a surname that nobody bears, a letter from one that somebody does, where
  // both stand in one article or in relation to a third. Shown, never joined. Cost: linear in the letters of
  // surnames.
  Status CompareMisspelt() {
    std::unordered_map<std::string, std::vector<uint32_t>> alone;
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      const Entry& entry = entries_[i];
      const bool is_single = entry.type == EntityType::kPerson && entry.key.words.size() == 1;
      if (!is_single || entry.key.strict[0].size() < kMinMisspelt || !BearersOf(entry.key.strict[0]).empty())
        continue;
      for (std::string& variant : WithoutOne(entry.key.strict[0])) alone[std::move(variant)].push_back(i);
    }
    if (alone.empty()) return {};
    std::set<std::pair<uint32_t, uint32_t>> pairs;
    for (const auto& [surname, bearer] : by_surname_) {
      if (surname.size() < kMinMisspelt) continue;
      for (const std::string& variant : WithoutOne(surname)) {
        const auto found = alone.find(variant);
        if (found == alone.end() || found->second.size() > kMaxShortCandidates) continue;
        for (const uint32_t i : found->second) {
          if (EditDistance(entries_[i].key.strict[0], surname, 1) == 1) pairs.emplace(i, bearer);
        }
      }
    }
    for (const auto& [i, bearer] : pairs) {
      ++plan_.compared;
      WHOWHOM_TRY(const bool in_one, ShareArticle(i, bearer));
      WHOWHOM_TRY(const bool shared, ShareNeighbour(i, bearer));
      if (!in_one && !shared) continue;
      IdentityPair* pair = NewPair(i, bearer);
      pair->reasons_for.push_back(Quoted(entries_[i].label) + " is a letter from the surname of " +
                                  Quoted(entries_[bearer].label));
      if (in_one) pair->reasons_for.push_back("both stand in one article");
      if (shared) pair->reasons_for.push_back("both stand in relation to a third actor");
      pair->score = std::min(kJoin - 0.05, 0.4 + WeighCodes(entries_[i], entries_[bearer], pair));
    }
    return {};
  }

  // Acronyms: joined to the one organisation that is called so in some article, or whose initials they are.
  Status CompareAcronyms() {
    std::vector<std::pair<std::string, uint32_t>> by_initials;
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      const NameKey& key = entries_[i].key;
      if (IsOrganisation(entries_[i].type) && key.acronym.empty() && key.initials.size() >= 2) {
        by_initials.emplace_back(key.initials, i);
      }
    }
    std::sort(by_initials.begin(), by_initials.end());
    for (uint32_t i = 0; i < entries_.size(); ++i) {
      if (!IsOrganisation(entries_[i].type) || entries_[i].key.acronym.empty()) continue;
      std::set<uint32_t> called, spelled;
      WHOWHOM_TRY(auto hits, snapshot_.FindAlias(entries_[i].label));
      for (const storage::AliasHit& hit : hits) {
        std::optional<uint32_t> other = IndexOf(hit.node);
        if (other && *other != i && IsOrganisation(entries_[*other].type)) called.insert(*other);
      }
      auto it = std::lower_bound(by_initials.begin(), by_initials.end(),
                                 std::pair(entries_[i].key.acronym, uint32_t{0}));
      for (; it != by_initials.end() && it->first == entries_[i].key.acronym &&
             spelled.size() <= kMaxShortCandidates;
           ++it) {
        spelled.insert(it->second);
      }
      std::set<uint32_t> candidates = called;
      candidates.insert(spelled.begin(), spelled.end());
      if (candidates.size() > kMaxShortCandidates) continue;
      for (uint32_t candidate : candidates) WeighAcronym(i, candidate, called, spelled);
    }
    return {};
  }

  void WeighAcronym(uint32_t i, uint32_t candidate, const std::set<uint32_t>& called,
                    const std::set<uint32_t>& spelled) {
    ++plan_.compared;
    IdentityPair* pair = NewPair(i, candidate);
    if (called.contains(candidate)) {
      pair->score += called.size() == 1 ? 0.6 : 0.35;
      pair->reasons_for.push_back(Quoted(entries_[candidate].label) + " is called " +
                                  Quoted(entries_[i].label) + " in an article");
    }
    if (spelled.contains(candidate)) {
      pair->score += spelled.size() == 1 ? 0.45 : 0.25;
      pair->reasons_for.push_back("the initials agree");
    }
    if (called.size() + spelled.size() > 2) pair->reasons_against.push_back("other organisations fit too");
    pair->score = std::min(0.99, pair->score + WeighCodes(entries_[i], entries_[candidate], pair));
  }

  bool IsForbidden(NodeId a, NodeId b) const {
    return judgements_.differ.contains(a < b ? std::pair(a, b) : std::pair(b, a));
  }

  // True if joining the groups would join two that the user, or a conflict of full names, keeps apart.
  bool GroupsConflict(const std::vector<uint32_t>& left, const std::vector<uint32_t>& right) const {
    for (uint32_t a : left) {
      for (uint32_t b : right) {
        if (IsForbidden(entries_[a].id, entries_[b].id)) return true;
        if (entries_[a].type == EntityType::kPerson && entries_[b].type == EntityType::kPerson &&
            CompareNames(entries_[a].key, entries_[b].key, EntityType::kPerson) == NameRelation::kConflict) {
          return true;
        }
      }
    }
    return false;
  }

  void Join() {
    UnionFind sets(entries_.size());
    std::unordered_map<uint32_t, std::vector<uint32_t>> groups;
    auto group_of = [&](uint32_t i) {
      auto it = groups.find(sets.Find(i));
      return it == groups.end() ? std::vector<uint32_t>{i} : it->second;
    };
    auto join = [&](uint32_t a, uint32_t b) {
      std::vector<uint32_t> joined = group_of(a), other = group_of(b);
      joined.insert(joined.end(), other.begin(), other.end());
      groups.erase(sets.Find(a)), groups.erase(sets.Find(b));
      sets.Join(a, b);
      groups[sets.Find(a)] = std::move(joined);
    };
    for (const auto& [a, b] : judgements_.same) {
      std::optional<uint32_t> left = IndexOf(a), right = IndexOf(b);
      if (left && right && sets.Find(*left) != sets.Find(*right)) join(*left, *right);
    }
    std::sort(pairs_.begin(), pairs_.end(), [](const IdentityPair& x, const IdentityPair& y) {
      return std::tuple(-x.score, x.a, x.b) < std::tuple(-y.score, y.a, y.b);
    });
    for (IdentityPair& pair : pairs_) {
      uint32_t a = *IndexOf(pair.a), b = *IndexOf(pair.b);
      if (sets.Find(a) == sets.Find(b) || IsForbidden(pair.a, pair.b)) continue;
      bool conflict = GroupsConflict(group_of(a), group_of(b));
      if (pair.score >= kJoin && !conflict) {
        join(a, b);
      } else if (pair.score >= kPropose) {
        if (conflict) pair.reasons_against.push_back("each is already joined to names that contradict");
        plan_.proposals.push_back(std::move(pair));
      }
    }
    std::erase_if(plan_.proposals, [&](const IdentityPair& pair) {
      return sets.Find(*IndexOf(pair.a)) == sets.Find(*IndexOf(pair.b));
    });
    EmitRedirects(groups);
  }

  // The survivor is the member most often named; of equals the longest name, then the smallest id.
  void EmitRedirects(const std::unordered_map<uint32_t, std::vector<uint32_t>>& groups) {
    for (const auto& [root, members] : groups) {
      uint32_t best = members[0];
      for (uint32_t member : members) {
        const Entry& a = entries_[member];
        const Entry& b = entries_[best];
        bool full_a = a.key.words.size() > 1, full_b = b.key.words.size() > 1;
        auto rank = [](const Entry& e, bool full) {
          return std::tuple(full, e.mentions, e.label.size(), ~e.id.value);
        };
        if (rank(a, full_a) > rank(b, full_b)) best = member;
      }
      for (uint32_t member : members) {
        if (member != best) plan_.redirects.emplace_back(entries_[member].id, entries_[best].id);
      }
    }
    std::sort(plan_.redirects.begin(), plan_.redirects.end());
  }

  const storage::Snapshot& snapshot_;
  const JudgementState& judgements_;
  const ViewOptions& options_;
  std::vector<Entry> entries_;  // by id
  std::vector<std::pair<std::string, uint32_t>> by_surname_;
  std::vector<IdentityPair> pairs_;
  IdentityPlan plan_;
};

}  // namespace

Result<IdentityPlan> ComputeIdentity(const storage::Snapshot& snapshot, const JudgementState& judgements,
                                     const ViewOptions& options) {
  return Builder(snapshot, judgements, options).Run();
}

}  // namespace whowhom::graph
