// One function a command; each returns an exit code of the program or an error that becomes one.
#pragma once

#include "context.h"
#include "whowhom/graph/view.h"

namespace whowhom::cli {

using CommandFunction = Result<int> (*)(Context& context);

// Articles in: ingest.cc
Result<int> RunAdd(Context& context);
Result<int> RunExtract(Context& context);
Result<int> RunMerge(Context& context);
Result<int> RunRefresh(Context& context);
// One article or sentence looked at: inspect.cc
Result<int> RunClean(Context& context);
Result<int> RunParse(Context& context);
Result<int> RunMentions(Context& context);
Result<int> RunIdentify(Context& context);
Result<int> RunExplain(Context& context);
// Questions: ask.cc
Result<int> RunAsk(Context& context);
Result<int> RunWhy(Context& context);
// Walking and measuring the graph: traverse.cc
Result<int> RunNear(Context& context);
Result<int> RunPath(Context& context);
Result<int> RunTimeline(Context& context);
Result<int> RunEvents(Context& context);
Result<int> RunChanges(Context& context);
Result<int> RunContradictions(Context& context);
Result<int> RunActors(Context& context);
Result<int> RunActor(Context& context);
Result<int> RunRank(Context& context);
// The user's judgements and knowledge: judge.cc
Result<int> RunResolve(Context& context);
Result<int> RunSame(Context& context);
Result<int> RunDiffer(Context& context);
Result<int> RunRename(Context& context);
Result<int> RunRetype(Context& context);
Result<int> RunReject(Context& context);
Result<int> RunAccept(Context& context);
Result<int> RunUndo(Context& context);
Result<int> RunHistory(Context& context);
Result<int> RunKnowledge(Context& context);
// The store: store.cc
Result<int> RunDocs(Context& context);
Result<int> RunStats(Context& context);
Result<int> RunRetract(Context& context);
Result<int> RunVerify(Context& context);
Result<int> RunCompact(Context& context);
Result<int> RunBackup(Context& context);
Result<int> RunRestore(Context& context);
// Pictures and files: show.cc
Result<int> RunRender(Context& context);
Result<int> RunExport(Context& context);
Result<int> RunCheckExport(Context& context);
// About the program: about.cc
Result<int> RunEval(Context& context);
Result<int> RunSchema(Context& context);
Result<int> RunDoctor(Context& context);
Result<int> RunCompletion(Context& context);
Result<int> RunHelp(Context& context);
Result<int> RunVersion(Context& context);

// The number of arguments a command wants; kInvalidInput with its usage otherwise.
Status ExpectArguments(const Context& context, size_t minimum, size_t maximum);

// Prints how two actors are connected; kNoResult if they are not.
Result<int> PrintPath(Context& context, const graph::View& view, NodeId from, NodeId to);

// The document whose id starts with `text` ("d:7b1e", "7b1e") or whose path is `text`.
Result<DocId> FindDocumentId(const storage::Snapshot& snapshot, const std::string& text);

}  // namespace whowhom::cli
