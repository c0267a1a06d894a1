#include <filesystem>

#include "commands/commands.h"
#include "whowhom/core/tsv.h"
#include "whowhom/extract/scoring.h"

namespace whowhom::cli {

Result<int> RunHelp(Context& context) {
  const auto& arguments = context.in().arguments();
  if (arguments.empty()) {
    context.Write(HelpOverview());
    return kDone;
  }
  if (arguments[0] == "man") {
    context.Write(ManPage());
    return kDone;
  }
  const Command* command = FindCommand(arguments[0]);
  if (command == nullptr)
    return InvalidInput("no command \"" + arguments[0].substr(0, 60) + "\" (see `whowhom help`)");
  context.Write(HelpFor(*command));
  return kDone;
}

Result<int> RunVersion(Context& context) {
  WHOWHOM_TRY(const auto pipeline, context.LoadPipeline());
  context.Write(pipeline->version() + "\nrecord schema 1\n");
  return kDone;
}

Result<int> RunCompletion(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const std::string text, Completion(context.in().arguments()[0]));
  context.Write(text);
  return kDone;
}

Result<int> RunSchema(Context& context) {
  WHOWHOM_TRY(const auto resources, extract::FindResources());
  WHOWHOM_TRY(const auto events, extract::EventCoder::Load(resources.data_dir));
  context.Write(events->Describe());
  return kDone;
}

Result<int> RunEval(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 3, 3));
  const auto& arguments = context.in().arguments();
  WHOWHOM_TRY(const std::string gold, ReadFile(arguments[1]));
  WHOWHOM_TRY(const std::string system, ReadFile(arguments[2]));
  const std::string& what = arguments[0];
  std::vector<extract::ScoreRow> rows;
  if (what == "parse") {
    WHOWHOM_TRY(rows, extract::ScoreParse(gold, system));
  } else if (what == "names") {
    WHOWHOM_TRY(rows, extract::ScoreNames(gold, system, {}));
  } else if (what == "coref") {
    WHOWHOM_TRY(rows, arguments[1].ends_with(".tsv") ? extract::ScoreGap(gold, system)
                                                     : extract::ScoreCoreference(gold, system, false));
  } else if (what == "statements") {
    WHOWHOM_TRY(rows, extract::ScoreStatements(gold, system));
  } else {
    return InvalidInput("`eval` measures parse, names, coref or statements, not \"" + what.substr(0, 40) +
                        "\"");
  }
  const std::string format = context.in().Get("--format", "table");
  context.Write(format == "json" ? extract::FormatScoresJson(rows) : extract::FormatScores(rows));
  return kDone;
}

Result<int> RunDoctor(Context& context) {
  Table table;
  table.columns = {"check", "result", "detail"};
  bool healthy = true;
  const auto row = [&](const std::string& check, bool ok, const std::string& detail) {
    table.rows.push_back({check, std::string(ok ? "ok" : "problem"), detail});
    healthy &= ok;
  };
  const auto resources = extract::FindResources();
  row("data and models", resources.ok(), resources.ok() ? resources->data_dir : resources.error().message);
  const auto pipeline = context.LoadPipeline();
  row("language pipeline", pipeline.ok(), pipeline.ok() ? (*pipeline)->version() : pipeline.error().message);
  std::error_code error;
  if (std::filesystem::exists(context.graph_path(), error)) {
    const auto store = context.OpenStore(storage::OpenMode::kReadOnly);
    row("graph", store.ok(), store.ok() ? context.graph_path() : store.error().message);
  } else {
    row("graph", true, "none yet at " + context.graph_path());
  }
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  return healthy ? kDone : kStoreProblem;
}

}  // namespace whowhom::cli
