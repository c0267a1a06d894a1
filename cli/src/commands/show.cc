#include <sys/stat.h>

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "commands/commands.h"
#include "graph_session.h"
#include "whowhom/core/record_json.h"
#include "whowhom/core/utf8.h"
#include "whowhom/export/check.h"
#include "whowhom/export/events.h"
#include "whowhom/export/explorer.h"
#include "whowhom/export/graph_files.h"
#include "whowhom/export/picture.h"
#include "whowhom/export/turtle.h"

namespace whowhom::cli {
namespace {

constexpr size_t kDefaultTop = 40;  // actors drawn unless asked otherwise: what a page holds

constexpr size_t kSpellStatements = 20;  // of an edge in GEXF: those of more have one span from first to last

constexpr size_t kPageSentences = 5;  // of an edge in `export html`; `why` shows the others

bool IsWhole(const graph::SubgraphFilter& filter) {
  return filter.around.empty() && filter.classes.empty() && !filter.days && filter.min_sources == 0 &&
         !filter.facts_only && !filter.claims_only && !filter.actors_only && !filter.max_nodes;
}

// The statements that the edges of a part rest on, sorted.
Result<std::vector<StatementId>> StatementsBehind(const graph::View& view, graph::SubgraphFilter filter) {
  filter.evidence_per_edge = std::numeric_limits<size_t>::max();
  std::vector<StatementId> ids;
  WHOWHOM_TRY_STATUS(view.Select(filter)->ForEachEdge([&ids](const graph::GraphEdge& edge) {
    for (const auto& evidence : edge.evidence) ids.push_back(evidence.statement);
    return true;
  }));
  std::sort(ids.begin(), ids.end());
  return ids;
}

// Records, documents by id, their statements in order. Unfiltered it is the whole store, and `merge` gives
// the same store back; filtered it is what the selected edges rest on, with their documents.
Status ExportRecords(const graph::View& view, const graph::SubgraphFilter& filter, exports::Output* output) {
  const storage::Snapshot& snapshot = view.snapshot();
  const bool is_whole = IsWhole(filter);
  std::vector<StatementId> wanted;
  if (!is_whole) {
    WHOWHOM_TRY(wanted, StatementsBehind(view, filter));
  }
  const auto is_wanted = [&](const Statement& statement) {
    if (is_whole) return true;
    if (!std::binary_search(wanted.begin(), wanted.end(), statement.id)) return false;
    const auto days = graph::DaysOf(statement);
    return !filter.days || (days && filter.days->from <= days->to && days->from <= filter.days->to);
  };
  std::vector<DocId> ids;
  WHOWHOM_TRY_STATUS(snapshot.ScanDocuments([&ids](const Document& document) {
    ids.push_back(document.id);
    return true;
  }));
  for (const DocId& id : ids) {
    WHOWHOM_TRY(auto statements, snapshot.StatementsOf(id));
    std::erase_if(statements, [&](const Statement& statement) { return !is_wanted(statement); });
    if (statements.empty() && !is_whole) continue;
    WHOWHOM_TRY(const auto document, snapshot.FindDocument(id, true));
    if (document) output->Write(ToJson(*document) + "\n");
    for (const Statement& statement : statements) output->Write(ToJson(statement) + "\n");
  }
  return {};
}

Status ExportCsv(const graph::GraphSource& source, const std::string& path, const Context& context) {
  if (path == "-") {
    const auto edges = exports::OpenFile(path);
    WHOWHOM_TRY_STATUS(exports::WriteEdgesCsv(source, edges.get()));
    WHOWHOM_TRY_STATUS(edges->Finish());
    context.Note("the edges; -o NAME.csv writes the actors, too");
    return {};
  }
  std::string stem = path;
  if (stem.ends_with(".csv")) stem.resize(stem.size() - 4);
  const auto nodes = exports::OpenFile(stem + ".nodes.csv");
  WHOWHOM_TRY_STATUS(exports::WriteNodesCsv(source, nodes.get()));
  const auto edges = exports::OpenFile(stem + ".edges.csv");
  WHOWHOM_TRY_STATUS(exports::WriteEdgesCsv(source, edges.get()));
  WHOWHOM_TRY_STATUS(nodes->Finish());
  WHOWHOM_TRY_STATUS(edges->Finish());
  context.Note(stem + ".nodes.csv, " + stem + ".edges.csv");
  return {};
}

// The actors of a part of the graph; nothing where the part is everything.
Result<std::optional<std::unordered_set<NodeId>>> ActorsOf(const graph::View& view,
                                                           const graph::SubgraphFilter& filter) {
  std::optional<std::unordered_set<NodeId>> nodes;
  if (filter.around.empty() && !filter.max_nodes && !filter.actors_only) return nodes;
  nodes.emplace();
  WHOWHOM_TRY_STATUS(view.Select(filter)->ForEachNode([&nodes](const graph::GraphNode& node) {
    nodes->insert(node.id);
    return true;
  }));
  return nodes;
}

// The events between the actors of a part of the graph, with enough independent sources each.
Status ExportEvents(const Context& context, const graph::View& view, const graph::SubgraphFilter& filter,
                    exports::Output* output) {
  const std::string dyads = context.in().Get("--dyads");
  if (!dyads.empty() && dyads != "month") return InvalidInput("option --dyads: expected month");
  WHOWHOM_TRY(const auto nodes, ActorsOf(view, filter));
  const auto belongs = [&](NodeId id) {
    return !nodes || (id.value == 0 ? !filter.actors_only : nodes->contains(id));
  };
  graph::EdgeFilter events;
  events.classes = filter.classes;
  events.days = filter.days;
  events.facts_only = filter.facts_only;
  events.claims_only = filter.claims_only;
  exports::EventDescriber describer(view);
  exports::DyadMonths months;
  if (dyads.empty()) exports::WriteEventHeader(output);
  Status problem;
  WHOWHOM_TRY_STATUS(graph::ForEachEvent(view, events, [&](const auto& row, const auto& report) {
    if (row.independent_sources < filter.min_sources || !belongs(row.source) || !belongs(row.target))
      return true;
    const auto line = describer.Describe(row, report);
    if (!line.ok()) {
      problem = line.error();
    } else if (dyads.empty()) {
      exports::WriteEvent(*line, output);
    } else {
      months.Add(*line);
    }
    return problem.ok();
  }));
  if (!dyads.empty()) months.Write(output);
  return problem;
}

// "Around Iran and Mike Pompeo"; of a picture of everything, what it holds.
std::string TitleOf(const graph::Subgraph& part, const graph::SubgraphFilter& filter) {
  const std::vector<NodeId>& around = filter.around;
  if (around.empty()) return "Who did what to whom: the most connected actors";
  std::string names;
  for (size_t i = 0; i < around.size(); ++i) {
    const auto node = std::find_if(part.nodes.begin(), part.nodes.end(),
                                   [&](const graph::GraphNode& n) { return n.id == around[i]; });
    names += (i == 0                   ? ""
              : i + 1 == around.size() ? " and "
                                       : ", ") +
             (node == part.nodes.end() ? std::string("?") : node->label);
  }
  return (filter.depth == 0 ? "Between " : "Around ") + names;
}

// `render --parse`: the dependency trees of a sentence, one picture.
Result<int> DrawParse(const Context& context, const std::string& path) {
  WHOWHOM_TRY(const auto pipeline, context.LoadPipeline());
  extract::Article article;
  article.text = RepairUtf8(context.in().Get("--parse")).text;
  const auto analyzed = pipeline->Parse(article);
  std::vector<exports::TreeWord> words;
  for (const auto& sentence : analyzed.sentences) {
    const int offset = static_cast<int>(words.size());
    for (const auto& token : sentence.tokens) {
      words.push_back({token.form, std::string(extract::ToString(token.upos)),
                       std::string(extract::ToString(token.deprel)),
                       token.head < 0 ? -1 : token.head + offset});
    }
  }
  constexpr size_t kMaxWords = 200;
  if (words.empty() || words.size() > kMaxWords)
    return InvalidInput("`render --parse` draws a sentence of 1 to 200 words");
  WHOWHOM_TRY_STATUS(
      exports::DrawDot(exports::TreeToDot(words), "dot", exports::PictureOptions().timeout_seconds, path));
  return kDone;
}

}  // namespace

Result<int> RunRender(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 20));
  const std::string path = context.TakeOutputPath("");
  if (path.empty())
    return InvalidInput("`render` needs -o FILE: a name that ends in .svg, .png, .pdf or .dot");
  WHOWHOM_TRY(exports::PictureOptions options, PictureOptionsOf(context));
  if (context.in().Has("--parse")) return DrawParse(context, path);
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  WHOWHOM_TRY(graph::SubgraphFilter filter, FilterOf(context, *session.view));
  for (const std::string& name : context.in().arguments()) {
    WHOWHOM_TRY(const graph::GraphNode node, FindActor(context, *session.view, name));
    filter.around.push_back(node.id);
  }
  filter.actors_only = !context.in().Has("--things");
  if (!filter.max_nodes) filter.max_nodes = kDefaultTop;
  WHOWHOM_TRY(graph::Subgraph part, graph::Collect(*session.view->Select(filter)));
  if (!context.in().Has("--roles")) part = exports::EventsOnly(part);
  if (options.title.empty()) options.title = TitleOf(part, filter);
  if (part.edges.empty()) {
    context.Note("no result: nothing to draw");
    return kNoResult;
  }
  WHOWHOM_TRY_STATUS(exports::DrawPicture(part, options, path));
  return kDone;
}

Result<int> RunExport(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  const std::string format = context.in().arguments()[0];
  const std::string path = context.TakeOutputPath("-");
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  WHOWHOM_TRY(graph::SubgraphFilter filter, FilterOf(context, *session.view));
  if (format == "html") filter.evidence_per_edge = kPageSentences;
  if (format == "gexf") filter.evidence_per_edge = kSpellStatements;
  const auto source = session.view->Select(filter);
  if (format == "csv") {
    WHOWHOM_TRY_STATUS(ExportCsv(*source, path, context));
    return kDone;
  }
  const auto output = exports::OpenFile(path);
  if (format == "gexf") {
    exports::GexfOptions options;
    const std::string version = context.in().Get("--gexf-version", "1.3");
    if (version != "1.3" && version != "1.2")
      return InvalidInput("option --gexf-version: expected 1.3 or 1.2");
    options.version = version == "1.2" ? exports::GexfVersion::k12 : exports::GexfVersion::k13;
    if (context.in().Has("--title")) options.title = context.in().Get("--title");
    WHOWHOM_TRY_STATUS(exports::WriteGexf(*source, options, output.get()));
  } else if (format == "graphml") {
    const std::string dialect = context.in().Get("--dialect");
    if (!dialect.empty() && dialect != "yed") return InvalidInput("option --dialect: expected yed");
    WHOWHOM_TRY_STATUS(exports::WriteGraphml(
        *source, dialect == "yed" ? exports::GraphmlDialect::kYed : exports::GraphmlDialect::kStandard,
        output.get()));
  } else if (format == "dot") {
    WHOWHOM_TRY(const exports::PictureOptions options, PictureOptionsOf(context));
    WHOWHOM_TRY_STATUS(exports::WriteDot(*source, options, output.get()));
  } else if (format == "jsonl") {
    WHOWHOM_TRY_STATUS(ExportRecords(*session.view, filter, output.get()));
  } else if (format == "events") {
    WHOWHOM_TRY_STATUS(ExportEvents(context, *session.view, filter, output.get()));
  } else if (format == "html") {
    exports::ExplorerOptions options;
    if (context.in().Has("--title")) options.title = context.in().Get("--title");
    WHOWHOM_TRY_STATUS(exports::WriteExplorer(*source, options, output.get()));
  } else if (format == "ttl") {
    WHOWHOM_TRY_STATUS(exports::WriteTurtle(*source, output.get()));
  } else {
    return InvalidInput("no export format \"" + format.substr(0, 40) +
                        "\"; expected gexf, graphml, dot, csv, events, ttl, jsonl or html");
  }
  WHOWHOM_TRY_STATUS(output->Finish());
  return kDone;
}

Result<int> RunCheckExport(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const auto problems, exports::CheckExport(context.in().arguments()[0]));
  if (problems.empty()) {
    context.Note("no problems found");
    return kDone;
  }
  Table table;
  table.columns = {"rule", "where", "what"};
  for (const auto& problem : problems) table.rows.push_back({problem.rule, problem.where, problem.what});
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  return kVerificationFailed;
}

}  // namespace whowhom::cli
