// The whowhom program: finds the command, runs it, turns errors into messages and exit codes.
#include <csignal>
#include <map>
#include <string>
#include <vector>

#include "commands/commands.h"

namespace whowhom::cli {
namespace {

const std::map<std::string_view, CommandFunction>& Functions() {
  static const std::map<std::string_view, CommandFunction> kFunctions = {
      {"add", RunAdd},
      {"extract", RunExtract},
      {"merge", RunMerge},
      {"refresh", RunRefresh},
      {"clean", RunClean},
      {"parse", RunParse},
      {"mentions", RunMentions},
      {"identify", RunIdentify},
      {"explain", RunExplain},
      {"ask", RunAsk},
      {"why", RunWhy},
      {"near", RunNear},
      {"path", RunPath},
      {"timeline", RunTimeline},
      {"events", RunEvents},
      {"changes", RunChanges},
      {"contradictions", RunContradictions},
      {"actors", RunActors},
      {"actor", RunActor},
      {"rank", RunRank},
      {"resolve", RunResolve},
      {"same", RunSame},
      {"differ", RunDiffer},
      {"rename", RunRename},
      {"retype", RunRetype},
      {"reject", RunReject},
      {"accept", RunAccept},
      {"undo", RunUndo},
      {"history", RunHistory},
      {"knowledge", RunKnowledge},
      {"docs", RunDocs},
      {"stats", RunStats},
      {"retract", RunRetract},
      {"verify", RunVerify},
      {"compact", RunCompact},
      {"backup", RunBackup},
      {"restore", RunRestore},
      {"render", RunRender},
      {"export", RunExport},
      {"check-export", RunCheckExport},
      {"eval", RunEval},
      {"schema", RunSchema},
      {"doctor", RunDoctor},
      {"completion", RunCompletion},
      {"help", RunHelp},
      {"version", RunVersion}};
  return kFunctions;
}

void OnSignal(int) { g_interrupted = true; }

int Main(const std::vector<std::string>& arguments) {
  std::signal(SIGINT, OnSignal);
  std::signal(SIGTERM, OnSignal);
  std::signal(SIGPIPE, SIG_IGN);
  auto invocation = Invocation::Parse(arguments);
  if (!invocation.ok()) {
    Context::Complain(invocation.error().message);
    return kUsage;
  }
  Context context(*invocation);
  if (invocation->Has("--help")) {
    context.Write(HelpFor(invocation->command()));
    return context.Finish().ok() ? kDone : kSomeInputsFailed;
  }
  const Result<int> code = Functions().at(invocation->command().name)(context);
  if (!code.ok()) {
    Context::Complain(code.error().message);
    return context.store_failed() ? kStoreProblem : ExitFor(code.error());
  }
  if (const Status written = context.Finish(); !written.ok()) {
    Context::Complain(written.error().message);
    return kSomeInputsFailed;
  }
  return *code;
}

}  // namespace
}  // namespace whowhom::cli

int main(int count, char** values) {
  return whowhom::cli::Main(std::vector<std::string>(values + 1, values + std::max(count, 1)));
}
