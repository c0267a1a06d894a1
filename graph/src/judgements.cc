#include "whowhom/graph/judgements.h"

#include <algorithm>
#include <map>

#include "view_impl.h"
#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxNameBytes = 1000;

// One end of a pair decision, as the base node it is stored by.
Result<NodeId> Known(const View& view, NodeId node) {
  WHOWHOM_TRY(auto found, view.FindNode(node));
  if (!found) return NotFound("deciding on " + FormatNodeId(node) + ": the graph has no such actor");
  return node;
}

Result<uint64_t> Write(storage::Writer* writer, storage::JudgementKind kind,
                       std::vector<std::string> arguments, const JudgementNote& note) {
  storage::Judgement judgement;
  judgement.kind = kind;
  judgement.arguments = std::move(arguments);
  judgement.why = note.why;
  judgement.date = note.date;
  WHOWHOM_TRY(uint64_t number, writer->Append(std::move(judgement)));
  WHOWHOM_TRY_STATUS(writer->Commit());
  return number;
}

using PairOf = std::pair<std::string, std::string>;
PairOf Ordered(const std::string& a, const std::string& b) { return a < b ? PairOf(a, b) : PairOf(b, a); }

bool IsPair(const storage::Judgement& judgement, storage::JudgementKind kind) {
  return judgement.undone_by == 0 && judgement.kind == kind && judgement.arguments.size() == 2;
}

// What the user's own "same" decisions join, with one more.
class UserGroups {
 public:
  void Join(const std::string& a, const std::string& b) { parent_[Find(a)] = Find(b); }
  std::string Find(const std::string& a) {
    auto it = parent_.find(a);
    if (it == parent_.end() || it->second == a) return a;
    std::string root = Find(it->second);
    return parent_[a] = root;
  }

 private:
  std::map<std::string, std::string> parent_;
};

Result<uint64_t> JudgePair(const View& view, storage::Writer* writer, storage::JudgementKind kind, NodeId a,
                           NodeId b, const JudgementNote& note) {
  WHOWHOM_TRY(a, Known(view, a));
  WHOWHOM_TRY(b, Known(view, b));
  const bool same = kind == storage::JudgementKind::kSame;
  if (a == b) return InvalidInput("deciding on " + FormatNodeId(a) + ": a pair of two actors is needed");
  PairOf pair = Ordered(ToHex(a.value), ToHex(b.value));
  WHOWHOM_TRY(auto judgements, view.snapshot().Judgements());
  UserGroups groups;
  for (const storage::Judgement& judgement : judgements) {
    if (IsPair(judgement, storage::JudgementKind::kSame))
      groups.Join(judgement.arguments[0], judgement.arguments[1]);
  }
  if (same) groups.Join(pair.first, pair.second);
  for (const storage::Judgement& judgement : judgements) {
    bool repeats = IsPair(judgement, kind) && Ordered(judgement.arguments[0], judgement.arguments[1]) == pair;
    std::string number = std::to_string(judgement.sequence);
    if (repeats) return InvalidInput("this was decided before: decision " + number + " is in force");
    bool contradicts = same && IsPair(judgement, storage::JudgementKind::kDiffer) &&
                       groups.Find(judgement.arguments[0]) == groups.Find(judgement.arguments[1]);
    if (contradicts)
      return InvalidInput("decision " + number + " keeps them apart: undo " + number + " first");
  }
  if (!same && groups.Find(pair.first) == groups.Find(pair.second)) {
    return InvalidInput("earlier decisions make them one: see history, and undo one of them first");
  }
  return Write(writer, kind, {pair.first, pair.second}, note);
}

std::string LabelOf(const View& view, const std::string& hex) {
  NodeId id{static_cast<uint64_t>(std::strtoull(hex.c_str(), nullptr, 16))};
  Result<std::optional<GraphNode>> node = view.FindNode(id);
  // A merged node shows its survivor's label: its own is in the store.
  Result<std::optional<storage::NodeInfo>> own = view.snapshot().FindNode(id);
  if (own.ok() && *own) return (*own)->ref.label;
  return node.ok() && *node ? (*node)->label : FormatNodeId(id);
}

std::string_view NameOf(storage::JudgementKind kind) {
  switch (kind) {
    case storage::JudgementKind::kSame:
      return "same";
    case storage::JudgementKind::kDiffer:
      return "differ";
    case storage::JudgementKind::kRename:
      return "rename";
    case storage::JudgementKind::kRetype:
      return "retype";
    case storage::JudgementKind::kReject:
      return "reject";
    case storage::JudgementKind::kAccept:
      return "accept";
    case storage::JudgementKind::kUndo:
      return "undo";
    case storage::JudgementKind::kKnowledgeAdd:
      return "knowledge add";
    case storage::JudgementKind::kKnowledgeRemove:
      return "knowledge remove";
  }
  return "?";
}

std::string TextOf(const View& view, const storage::Judgement& judgement) {
  std::string text(NameOf(judgement.kind));
  const std::vector<std::string>& arguments = judgement.arguments;
  bool split =
      judgement.kind == storage::JudgementKind::kDiffer && !arguments.empty() && arguments[0] == "split";
  size_t nodes = 0;
  if (judgement.kind == storage::JudgementKind::kSame || judgement.kind == storage::JudgementKind::kDiffer)
    nodes = 2;
  if (judgement.kind == storage::JudgementKind::kRename || judgement.kind == storage::JudgementKind::kRetype)
    nodes = 1;
  for (size_t i = split ? 1 : 0; i < arguments.size(); ++i) {
    text += (i == (split ? 1U : 0U)) ? ": " : ", ";
    bool is_node = split ? i == 1 : i < nodes;
    if (split && i > 2) {
      text += "d:" + arguments[i].substr(0, 8);
    } else {
      text += is_node ? LabelOf(view, arguments[i]) : arguments[i];
    }
  }
  return text;
}

}  // namespace

Result<uint64_t> JudgeSame(const View& view, storage::Writer* writer, NodeId a, NodeId b,
                           const JudgementNote& note) {
  return JudgePair(view, writer, storage::JudgementKind::kSame, a, b, note);
}

Result<uint64_t> JudgeDiffer(const View& view, storage::Writer* writer, NodeId a, NodeId b,
                             const JudgementNote& note) {
  return JudgePair(view, writer, storage::JudgementKind::kDiffer, a, b, note);
}

Result<uint64_t> JudgeSplit(const View& view, storage::Writer* writer, NodeId node, const std::string& name,
                            const std::vector<DocId>& documents, const JudgementNote& note) {
  WHOWHOM_TRY(node, Known(view, node));
  if (name.empty() || name.size() > kMaxNameBytes)
    return InvalidInput("splitting an actor: a name of 1 to 1000 bytes is needed");
  if (documents.empty()) return InvalidInput("splitting an actor: name at least one article");
  std::vector<std::string> arguments = {"split", ToHex(node.value), name};
  for (DocId doc : documents) {
    WHOWHOM_TRY(auto found, view.snapshot().FindDocument(doc, false));
    if (!found) return NotFound("splitting an actor: the graph has no article d:" + ToHex(doc.hash));
    arguments.push_back(ToHex(doc.hash));
  }
  return Write(writer, storage::JudgementKind::kDiffer, std::move(arguments), note);
}

Result<uint64_t> Rename(const View& view, storage::Writer* writer, NodeId node, const std::string& name,
                        const JudgementNote& note) {
  WHOWHOM_TRY(node, Known(view, node));
  if (NormalizeName(name).empty() || name.size() > kMaxNameBytes) {
    return InvalidInput("renaming an actor: a name of 1 to 1000 bytes with letters is needed");
  }
  return Write(writer, storage::JudgementKind::kRename, {ToHex(node.value), ToNfc(name)}, note);
}

Result<uint64_t> Retype(const View& view, storage::Writer* writer, NodeId node, EntityType type,
                        const std::optional<std::string>& country, const std::optional<std::string>& sector,
                        const JudgementNote& note) {
  WHOWHOM_TRY(node, Known(view, node));
  WHOWHOM_TRY(auto before, view.FindNode(node));
  std::vector<std::string> arguments = {ToHex(node.value), std::string(ToString(type))};
  if (country || sector) arguments.push_back(country.value_or(before->country));
  if (sector) arguments.push_back(*sector);
  return Write(writer, storage::JudgementKind::kRetype, std::move(arguments), note);
}

Result<uint64_t> Reject(const View& view, storage::Writer* writer, StatementId statement,
                        const JudgementNote& note) {
  WHOWHOM_TRY(auto found, view.snapshot().FindStatement(statement));
  if (!found)
    return NotFound("rejecting " + FormatStatementId(statement) + ": the graph has no such statement");
  if (Impl(view).judgements().rejected.contains(statement)) {
    return InvalidInput("rejecting " + FormatStatementId(statement) + ": it is rejected already");
  }
  return Write(writer, storage::JudgementKind::kReject, {ToHex(statement.hash)}, note);
}

Result<uint64_t> Accept(const View& view, storage::Writer* writer, StatementId statement,
                        const JudgementNote& note) {
  if (!Impl(view).judgements().rejected.contains(statement)) {
    return InvalidInput("accepting " + FormatStatementId(statement) + ": it is not rejected");
  }
  return Write(writer, storage::JudgementKind::kAccept, {ToHex(statement.hash)}, note);
}

Result<uint64_t> Undo(const View& view, storage::Writer* writer, uint64_t number, const JudgementNote& note) {
  WHOWHOM_TRY(auto judgements, view.snapshot().Judgements());
  for (const storage::Judgement& judgement : judgements) {
    if (judgement.sequence != number) continue;
    std::string name = "undoing decision " + std::to_string(number) + ": ";
    if (judgement.undone_by != 0)
      return InvalidInput(name + "decision " + std::to_string(judgement.undone_by) + " did so already");
    if (judgement.kind == storage::JudgementKind::kUndo)
      return InvalidInput(name + "it is an undo; make the decision again instead");
    return Write(writer, storage::JudgementKind::kUndo, {std::to_string(number)}, note);
  }
  return NotFound("undoing decision " + std::to_string(number) + ": there is none; see history");
}

Result<std::vector<HistoryLine>> History(const View& view) {
  WHOWHOM_TRY(auto judgements, view.snapshot().Judgements());
  std::vector<HistoryLine> lines;
  for (storage::Judgement& judgement : judgements) {
    HistoryLine line;
    line.text = TextOf(view, judgement);
    line.in_force = judgement.undone_by == 0;
    line.judgement = std::move(judgement);
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<ResolveProposal>> ResolveProposals(const View& view, size_t limit) {
  const ViewImpl& impl = Impl(view);
  WHOWHOM_TRY(IdentityPlan plan, ComputeIdentity(view.snapshot(), impl.judgements(), impl.options()));
  std::vector<ResolveProposal> proposals;
  for (const IdentityPair& pair : plan.proposals) {
    if (proposals.size() >= limit) break;
    WHOWHOM_TRY(auto a, view.FindNode(pair.a));
    WHOWHOM_TRY(auto b, view.FindNode(pair.b));
    if (!a || !b) continue;
    proposals.push_back({std::move(*a), std::move(*b), pair.score, pair.reasons_for, pair.reasons_against});
  }
  return proposals;
}

}  // namespace whowhom::graph
