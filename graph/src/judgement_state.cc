#include <algorithm>
#include <charconv>

#include "identity_builder.h"

namespace whowhom::graph {
namespace {

std::optional<NodeId> ParseNode(std::string_view hex) {
  uint64_t value = 0;
  auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  if (error != std::errc() || end != hex.data() + hex.size() || value == 0) return std::nullopt;
  return NodeId{value};
}

std::pair<NodeId, NodeId> Ordered(NodeId a, NodeId b) { return a < b ? std::pair(a, b) : std::pair(b, a); }

void DecodePair(const storage::Judgement& judgement, JudgementState* state) {
  if (judgement.arguments.size() < 2) return;
  std::optional<NodeId> a = ParseNode(judgement.arguments[0]), b = ParseNode(judgement.arguments[1]);
  if (!a || !b || *a == *b) return;
  std::pair<NodeId, NodeId> pair = Ordered(*a, *b);
  std::erase(state->same, pair);
  state->differ.erase(pair);
  if (judgement.kind == storage::JudgementKind::kSame) {
    state->same.push_back(pair);
  } else {
    state->differ.insert(pair);
  }
}

// ["split", node, name, document...]
void DecodeSplit(const storage::Judgement& judgement, JudgementState* state) {
  if (judgement.arguments.size() < 4) return;
  std::optional<NodeId> node = ParseNode(judgement.arguments[1]);
  if (!node) return;
  JudgementState::Split split{*node, judgement.arguments[2], {}};
  for (size_t i = 3; i < judgement.arguments.size(); ++i) {
    if (auto hash = ParseHash(judgement.arguments[i])) split.documents.push_back(DocId{*hash});
  }
  if (!split.documents.empty()) state->splits.push_back(std::move(split));
}

void DecodeRetype(const storage::Judgement& judgement, JudgementState* state) {
  if (judgement.arguments.size() < 2) return;
  std::optional<NodeId> node = ParseNode(judgement.arguments[0]);
  std::optional<EntityType> type = ParseEntityType(judgement.arguments[1]);
  if (!node || !type) return;
  JudgementState::Retype& retype = state->types[*node];
  retype = {*type, std::nullopt, std::nullopt};
  if (judgement.arguments.size() > 2) retype.country = judgement.arguments[2];
  if (judgement.arguments.size() > 3) retype.sector = judgement.arguments[3];
}

}  // namespace

JudgementState DecodeJudgements(const std::vector<storage::Judgement>& judgements) {
  JudgementState state;
  for (const storage::Judgement& judgement : judgements) {
    if (judgement.undone_by != 0 || judgement.arguments.empty()) continue;
    switch (judgement.kind) {
      case storage::JudgementKind::kSame:
        DecodePair(judgement, &state);
        break;
      case storage::JudgementKind::kDiffer:
        judgement.arguments[0] == "split" ? DecodeSplit(judgement, &state) : DecodePair(judgement, &state);
        break;
      case storage::JudgementKind::kRename:
        if (auto node = ParseNode(judgement.arguments[0]); node && judgement.arguments.size() > 1) {
          state.names[*node] = judgement.arguments[1];
        }
        break;
      case storage::JudgementKind::kRetype:
        DecodeRetype(judgement, &state);
        break;
      case storage::JudgementKind::kReject:
        if (auto hash = ParseHash(judgement.arguments[0])) state.rejected.insert(StatementId{*hash});
        break;
      case storage::JudgementKind::kAccept:
        if (auto hash = ParseHash(judgement.arguments[0])) state.rejected.erase(StatementId{*hash});
        break;
      case storage::JudgementKind::kUndo:
      case storage::JudgementKind::kKnowledgeAdd:
      case storage::JudgementKind::kKnowledgeRemove:
        break;
    }
  }
  return state;
}

NodeRef SplitNode(const NodeRef& node, const std::string& name) {
  NodeRef split = node;
  split.hash = Hasher().Add("split").Add(ToHex(node.hash)).Add(name).Finish();
  split.label = name;
  return split;
}

RedirectIdentity::RedirectIdentity(std::vector<std::pair<NodeId, NodeId>> redirects)
    : redirects_(std::move(redirects)) {
  for (const auto& [base, survivor] : redirects_) {
    survivor_.emplace(base, survivor);
    std::vector<NodeId>& members = members_[survivor];
    if (members.empty()) members.push_back(survivor);
    members.push_back(base);
  }
  for (auto& [survivor, members] : members_) std::sort(members.begin(), members.end());
}

NodeId RedirectIdentity::SurvivorOf(NodeId base) const {
  auto it = survivor_.find(base);
  return it == survivor_.end() ? base : it->second;
}

std::vector<NodeId> RedirectIdentity::MembersOf(NodeId survivor) const {
  auto it = members_.find(survivor);
  return it == members_.end() ? std::vector<NodeId>{survivor} : it->second;
}

}  // namespace whowhom::graph
