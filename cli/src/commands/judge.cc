#include <filesystem>
#include <fstream>

#include "commands/commands.h"
#include "graph_session.h"
#include "knowledge.h"
#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"
#include "whowhom/graph/judgements.h"

namespace whowhom::cli {
namespace {

// The graph opened for writing a judgement.
struct JudgementSession {
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<graph::View> view;
  std::unique_ptr<storage::Writer> writer;
  graph::JudgementNote note;
};

Result<JudgementSession> OpenForJudgement(const Context& context) {
  JudgementSession session;
  WHOWHOM_TRY(session.store, context.OpenStore(storage::OpenMode::kReadWrite));
  graph::ViewOptions options;
  options.cache_dir = context.graph_path() + "/cache";
  WHOWHOM_TRY(session.view, graph::View::Build(session.store->TakeSnapshot(), options));
  WHOWHOM_TRY(session.writer, session.store->NewWriter());
  session.note.why = context.in().Get("--why");
  return session;
}

void NoteJudgement(const Context& context, uint64_t number, const std::string& what) {
  context.Note(what + " (judgement " + std::to_string(number) + "; `whowhom undo " + std::to_string(number) +
               "` takes it back)");
}

using PairJudgement = Result<uint64_t> (*)(const graph::View&, storage::Writer*, NodeId, NodeId,
                                           const graph::JudgementNote&);

Result<int> JudgePair(Context& context, PairJudgement judge, const std::string& verb) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 2, 2));
  WHOWHOM_TRY(const JudgementSession session, OpenForJudgement(context));
  WHOWHOM_TRY(const graph::GraphNode a, FindActor(context, *session.view, context.in().arguments()[0]));
  WHOWHOM_TRY(const graph::GraphNode b, FindActor(context, *session.view, context.in().arguments()[1]));
  WHOWHOM_TRY(const uint64_t number, judge(*session.view, session.writer.get(), a.id, b.id, session.note));
  NoteJudgement(context, number, a.label + " and " + b.label + " " + verb);
  return kDone;
}

using StatementJudgement = Result<uint64_t> (*)(const graph::View&, storage::Writer*, StatementId,
                                                const graph::JudgementNote&);

Result<int> JudgeStatement(Context& context, StatementJudgement judge, const std::string& verb) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const JudgementSession session, OpenForJudgement(context));
  const std::string text = context.in().arguments()[0];
  WHOWHOM_TRY(const auto found,
              session.view->snapshot().StatementsByPrefix(text.starts_with("s:") ? text.substr(2) : text, 2));
  if (found.empty())
    return NotFound("no statement with the id \"" + text.substr(0, 80) + "\" (`whowhom why` shows them)");
  if (found.size() > 1)
    return InvalidInput("several statements have ids that start with \"" + text + "\": write more of it");
  WHOWHOM_TRY(const uint64_t number, judge(*session.view, session.writer.get(), found[0], session.note));
  NoteJudgement(context, number, "s:" + ToHex(found[0].hash).substr(0, 12) + " " + verb);
  return kDone;
}

}  // namespace

Result<int> RunSame(Context& context) { return JudgePair(context, graph::JudgeSame, "are one actor"); }
Result<int> RunDiffer(Context& context) { return JudgePair(context, graph::JudgeDiffer, "are two actors"); }
Result<int> RunReject(Context& context) { return JudgeStatement(context, graph::Reject, "is hidden"); }
Result<int> RunAccept(Context& context) { return JudgeStatement(context, graph::Accept, "is accepted"); }

Result<int> RunRename(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 2, 2));
  WHOWHOM_TRY(const JudgementSession session, OpenForJudgement(context));
  WHOWHOM_TRY(const graph::GraphNode node, FindActor(context, *session.view, context.in().arguments()[0]));
  const std::string name = RepairUtf8(context.in().arguments()[1]).text;
  if (name.empty() || name.size() > 500) return InvalidInput("a name has 1 to 500 bytes");
  WHOWHOM_TRY(const uint64_t number,
              graph::Rename(*session.view, session.writer.get(), node.id, name, session.note));
  NoteJudgement(context, number, node.label + " is shown as " + name);
  return kDone;
}

Result<int> RunRetype(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 2, 2));
  const auto type = ParseEntityType(ToUpper(context.in().arguments()[1]));
  if (!type)
    return InvalidInput("expected PERSON, ORG, GPE, GROUP, PLACE, EVENT or THING, not \"" +
                        context.in().arguments()[1].substr(0, 40) + "\"");
  WHOWHOM_TRY(const JudgementSession session, OpenForJudgement(context));
  WHOWHOM_TRY(const graph::GraphNode node, FindActor(context, *session.view, context.in().arguments()[0]));
  WHOWHOM_TRY(const uint64_t number, graph::Retype(*session.view, session.writer.get(), node.id, *type,
                                                   std::nullopt, std::nullopt, session.note));
  NoteJudgement(context, number, node.label + " is a " + std::string(ToString(*type)));
  return kDone;
}

Result<int> RunUndo(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  char* end = nullptr;
  const std::string& text = context.in().arguments()[0];
  const uint64_t number = std::strtoull(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || text[0] == '-')
    return InvalidInput("`undo` takes the number of a judgement (see `whowhom history`)");
  WHOWHOM_TRY(const JudgementSession session, OpenForJudgement(context));
  WHOWHOM_TRY(const uint64_t undo, graph::Undo(*session.view, session.writer.get(), number, session.note));
  context.Note("judgement " + std::to_string(number) + " is taken back (as " + std::to_string(undo) + ")");
  return kDone;
}

Result<int> RunHistory(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 0));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  WHOWHOM_TRY(const auto lines, graph::History(*session.view));
  Table table;
  table.columns = {"number", "judgement", "in force", "why"};
  for (const auto& line : lines) {
    table.rows.push_back(
        {static_cast<int64_t>(line.judgement.sequence), line.text, line.in_force, line.judgement.why});
  }
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  return lines.empty() ? kNoResult : kDone;
}

Result<int> RunResolve(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 0));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  WHOWHOM_TRY(const size_t limit, context.limit(30));
  WHOWHOM_TRY(const auto proposals, graph::ResolveProposals(*session.view, limit));
  Table table;
  table.columns = {"score", "a", "b", "for", "against"};
  const auto join = [](const std::vector<std::string>& reasons) {
    std::string text;
    for (const std::string& reason : reasons) text += (text.empty() ? "" : "; ") + reason;
    return text;
  };
  for (const auto& proposal : proposals) {
    char score[16];
    std::snprintf(score, sizeof(score), "%.2f", proposal.score);
    table.rows.push_back({std::string(score), proposal.a.label, proposal.b.label, join(proposal.reasons_for),
                          join(proposal.reasons_against)});
  }
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  if (proposals.empty()) context.Note("no doubtful pairs");
  return proposals.empty() ? kNoResult : kDone;
}

Result<int> RunKnowledge(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 2));
  const std::string action = context.in().arguments()[0];
  const bool has_file = context.in().arguments().size() == 2;
  if (action == "list" && !has_file) {
    WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kReadOnly));
    WHOWHOM_TRY(const auto layers, KnowledgeLayers(*store->TakeSnapshot(), context.graph_path()));
    Table table;
    table.columns = {"file", "hash"};
    for (const KnowledgeLayer& layer : layers) table.rows.push_back({layer.name, layer.hash});
    WHOWHOM_TRY_STATUS(context.WriteTable(table));
    return layers.empty() ? kNoResult : kDone;
  }
  if ((action != "add" && action != "remove") || !has_file)
    return InvalidInput("expected: whowhom knowledge add FILE, knowledge remove FILE or knowledge list");
  const std::string path = context.in().arguments()[1];
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kCreate));
  if (action == "remove") {
    WHOWHOM_TRY_STATUS(RemoveKnowledge(store.get(), context.graph_path(), path, context.in().Get("--why")));
    context.Note(path + " is no longer used; `whowhom refresh` extracts the articles again without it");
    return kDone;
  }
  WHOWHOM_TRY_STATUS(AddKnowledge(store.get(), context.graph_path(), path, context.in().Get("--why")));
  context.Note(path + " is used from now on; `whowhom refresh` extracts the articles again with it");
  return kDone;
}

}  // namespace whowhom::cli
