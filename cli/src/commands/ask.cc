#include <algorithm>
#include <set>

#include "commands/commands.h"
#include "graph_session.h"
#include "whowhom/core/record_json.h"
#include "whowhom/graph/question.h"

namespace whowhom::cli {
namespace {

constexpr size_t kMaxClosest = 3;  // shown where there is no answer

void NoteReading(const Context& context, const graph::Interpretation& reading, bool verbose) {
  if (context.quiet()) return;
  if (verbose) Context::Complain("understood as: " + reading.understood);
  for (const std::string& note : reading.notes) Context::Complain(note);
  for (const auto& proposal : reading.proposals) {
    std::string message = proposal.unknown ? "nobody called \"" + proposal.asked + "\" in this graph"
                                           : "\"" + proposal.asked + "\" could also mean";
    for (size_t i = 0; i < proposal.instead.size(); ++i) {
      message += (i > 0 ? ", " : proposal.unknown ? "; did you mean " : " ") + proposal.instead[i];
    }
    Context::Complain(message);
  }
}

Table AnswerTable(const graph::Answer& answer) {
  Table table;
  table.columns = answer.columns;
  table.columns.insert(table.columns.end(),
                       {"relation", "count", "sources", "when", "kind", "id", "sentence"});
  for (const auto& row : answer.rows) {
    std::vector<Cell> cells;
    for (const std::string& value : row.values) cells.emplace_back(value);
    cells.resize(answer.columns.size(), std::string());
    cells.emplace_back(row.relation);
    cells.emplace_back(static_cast<int64_t>(row.statements));
    cells.emplace_back(static_cast<int64_t>(row.independent_sources));
    cells.emplace_back(ShowDays(row.days));
    cells.emplace_back(ShowQualifier(row.qualifier));
    cells.emplace_back(row.edges.empty() ? std::string() : graph::FormatEdgeId(row.edges.front()));
    cells.emplace_back(row.evidence ? row.evidence->sentence : std::string());
    table.rows.push_back(std::move(cells));
  }
  return table;
}

Status DrawAnswer(const Context& context, const graph::View& view, const graph::Answer& answer,
                  const std::string& question) {
  std::vector<graph::GraphEdge> edges;
  for (const auto& row : answer.rows) {
    for (const uint64_t id : row.edges) {
      WHOWHOM_TRY(const auto match, view.LookupId(graph::FormatEdgeId(id)));
      if (match.edge) edges.push_back(*match.edge);
    }
  }
  return DrawEdges(context, view, std::move(edges), question);
}

Result<graph::QuestionOptions> QuestionOptionsOf(const Context& context) {
  graph::QuestionOptions options;
  WHOWHOM_TRY(options.days, DaysOf(context));
  WHOWHOM_TRY(options.classes, ClassesOf(context));
  options.said_by = context.in().Get("--said-by");
  options.facts_only = context.in().Has("--facts");
  options.claims_only = context.in().Has("--claims");
  WHOWHOM_TRY(const size_t sources, context.in().Number("--min-sources", 0, 0, 1000000));
  options.min_sources = static_cast<uint32_t>(sources);
  options.exact = context.in().Has("--exact");
  options.related = context.in().Has("--related");
  return options;
}

}  // namespace

Result<int> RunAsk(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1000));
  std::string question;
  for (const std::string& word : context.in().arguments()) question += (question.empty() ? "" : " ") + word;
  WHOWHOM_TRY(const graph::QuestionOptions options, QuestionOptionsOf(context));
  WHOWHOM_TRY(const auto resources, extract::FindResources());
  WHOWHOM_TRY(const auto events, extract::EventCoder::Load(resources.data_dir));
  WHOWHOM_TRY(const auto reader, graph::QuestionReader::Load(resources.data_dir, events.get()));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  const graph::View& view = *session.view;
  graph::RunOptions run;
  WHOWHOM_TRY(run.limit, context.limit(20));
  run.cancelled = [] { return g_interrupted.load(); };
  WHOWHOM_TRY(const graph::Reply reply, graph::Ask(*reader, view, question, options, run));
  const bool explain = context.in().Has("--explain");
  NoteReading(context, reply.interpretation, explain || context.verbose());
  if (reply.interpretation.shape == graph::QuestionShape::kPath && !reply.interpretation.has_unknown()) {
    return PrintPath(context, view, reply.interpretation.from, reply.interpretation.to);
  }
  if (explain) {
    WHOWHOM_TRY(const std::string plan, graph::ExplainPlan(reply.interpretation.plan, view));
    context.Write(plan + (plan.ends_with("\n") ? "" : "\n"));
  }
  const graph::Answer& answer = reply.answer;
  if (answer.count || answer.yes) {
    Table table;
    table.columns = {answer.count ? "count" : "answer"};
    table.rows.push_back({answer.count ? Cell(static_cast<int64_t>(*answer.count))
                                       : Cell(std::string(*answer.yes ? "yes" : "no record of it"))});
    WHOWHOM_TRY_STATUS(context.WriteTable(table));
    if (answer.rows.empty()) return answer.count && *answer.count > 0 ? kDone : kNoResult;
  }
  if (answer.rows.empty()) {
    WHOWHOM_TRY(const Format format, context.format());
    if (format != Format::kTable) WHOWHOM_TRY_STATUS(context.WriteTable(AnswerTable(answer)));
    context.Note("no result" + (reply.searched.empty() ? "" : "; searched: " + reply.searched) +
                 (options.related || options.exact
                      ? ""
                      : " (--related takes in other verbs of the same event class)"));
    for (size_t i = 0; i < std::min(reply.closest.rows.size(), kMaxClosest); ++i) {
      const auto& row = reply.closest.rows[i];
      context.Note("closest: " + (row.subject.empty() ? "somebody" : row.subject) + " - " + row.relation +
                   " - " + row.object + "  " +
                   (row.edges.empty() ? "" : graph::FormatEdgeId(row.edges.front())));
    }
    return kNoResult;
  }
  WHOWHOM_TRY_STATUS(context.WriteTable(AnswerTable(answer)));
  if (answer.total > answer.rows.size()) {
    context.Note("(" + std::to_string(answer.rows.size()) + " of " + (answer.truncated ? "at least " : "") +
                 std::to_string(answer.total) + " rows; -n shows more)");
  }
  if (context.in().Has("--render")) WHOWHOM_TRY_STATUS(DrawAnswer(context, view, answer, question));
  return kDone;
}

Result<int> RunWhy(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  const graph::View& view = *session.view;
  WHOWHOM_TRY(const graph::IdMatch match, view.LookupId(context.in().arguments()[0]));
  if (!match.ambiguous.empty()) {
    std::string message = "several ids start like that:";
    for (const std::string& id : match.ambiguous) message += " " + id;
    return InvalidInput(message);
  }
  WHOWHOM_TRY(const size_t limit, context.limit(20));
  WHOWHOM_TRY(const Format format, context.format());
  if (format != Format::kTable) {
    Table table;
    table.columns = {"statement", "sentence", "begin", "end",       "speaker",   "path",
                     "title",     "outlet",   "url",   "published", "confidence"};
    for (const auto& item : match.evidence) {
      table.rows.push_back({"s:" + ToHex(item.statement.hash), item.sentence,
                            static_cast<int64_t>(item.span.begin), static_cast<int64_t>(item.span.end),
                            item.speaker, item.path, item.title, item.outlet, item.url,
                            item.published ? FormatDay(*item.published) : std::string(), item.confidence});
    }
    WHOWHOM_TRY_STATUS(context.WriteTable(table));
    return kDone;
  }
  if (match.edge) {
    const auto name = [&view](NodeId id) -> std::string {
      const auto node = view.FindNode(id);
      return node.ok() && node->has_value() ? (*node)->label : "-";
    };
    const auto& edge = *match.edge;
    context.Write(
        name(edge.source) + " \xE2\x86\x92 " + edge.relation + " \xE2\x86\x92 " + name(edge.target) + "   (" +
        ShowQualifier(edge.qualifier) + ", " + std::to_string(edge.statements) + " statements, " +
        std::to_string(edge.independent_sources) + " independent sources" +
        (edge.event_class == EventClass::kNone ? "" : ", " + std::string(ToString(edge.event_class))) +
        ")\n\n");
  }
  PrintEvidence(match.evidence, limit, &context);
  if (match.statement_record) {
    std::string rules;
    for (const std::string& rule : match.statement_record->rules) rules += " " + rule;
    context.Write("    rules:" + rules + "\n");
    if (context.verbose()) context.Write(ToJson(*match.statement_record) + "\n");
  }
  return match.evidence.empty() ? kNoResult : kDone;
}

}  // namespace whowhom::cli
