#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "commands/commands.h"
#include "graph_session.h"

namespace whowhom::cli {
namespace {

std::string Short(const Hash128& hash) { return ToHex(hash).substr(0, 12); }

std::string DayText(const std::optional<Day>& day) { return day ? FormatDay(*day) : std::string(); }

// A number for each document, by the view's own clusters: copies of one story share it. Numbers count up in
// order of documents.
Result<std::vector<int64_t>> StoriesOf(const Context& context, const std::vector<Document>& documents) {
  WHOWHOM_TRY(const GraphSession session, OpenGraph(context));
  std::vector<int64_t> numbers;
  std::unordered_map<DocId, int64_t> seen;
  for (const Document& document : documents) {
    const DocId story = session.view->StoryOf(document.id);
    numbers.push_back(seen.try_emplace(story, static_cast<int64_t>(seen.size()) + 1).first->second);
  }
  return numbers;
}

// The user's knowledge files lie beside the tables and go where they go.
Status CopyKnowledge(const std::string& from, const std::string& to) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::exists(from + "/knowledge", error)) return {};
  fs::copy(from + "/knowledge", to + "/knowledge",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
  if (error) return IoError("copying " + from + "/knowledge to " + to + ": " + error.message());
  return {};
}

}  // namespace

Status ExpectArguments(const Context& context, size_t minimum, size_t maximum) {
  const size_t count = context.in().arguments().size();
  if (count >= minimum && count <= maximum) return {};
  const Command& command = context.in().command();
  return InvalidInput("`" + std::string(command.name) + "` " +
                      (count < minimum ? "needs more arguments" : "takes fewer arguments") + ": whowhom " +
                      std::string(command.name) + " " + std::string(command.arguments));
}

Result<DocId> FindDocumentId(const storage::Snapshot& snapshot, const std::string& text) {
  const std::string prefix = text.starts_with("d:") ? text.substr(2) : text;
  const bool is_hex = !prefix.empty() && prefix.size() <= 32 &&
                      prefix.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (is_hex) {
    WHOWHOM_TRY(const auto found, snapshot.DocumentsByPrefix(prefix, 2));
    if (found.size() == 1) return found[0];
    if (found.size() > 1)
      return InvalidInput("several articles have ids that start with \"" + prefix + "\": write more of it");
  }
  std::optional<DocId> by_path;
  WHOWHOM_TRY_STATUS(snapshot.ScanDocuments([&](const Document& document) {
    if (document.path == text) by_path = document.id;
    return !by_path.has_value();
  }));
  if (by_path) return *by_path;
  return NotFound("no article with the id or path \"" + text.substr(0, 200) + "\" (see `whowhom docs`)");
}

Result<int> RunStats(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 0));
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kReadOnly));
  WHOWHOM_TRY(const storage::StoreStats stats, store->TakeSnapshot()->Stats());
  Table table;
  table.columns = {"what", "value"};
  const auto row = [&table](const std::string& name, uint64_t value) {
    table.rows.push_back({name, static_cast<int64_t>(value)});
  };
  row("documents", stats.documents);
  row("statements", stats.statements);
  row("actors", stats.actors);
  row("nodes", stats.nodes);
  row("relations", stats.relations);
  row("edges", stats.edges);
  row("aliases", stats.aliases);
  row("judgements", stats.judgements);
  row("disk bytes", stats.disk_bytes);
  if (stats.published) {
    table.rows.push_back({std::string("first day"), FormatDay(stats.published->from)});
    table.rows.push_back({std::string("last day"), FormatDay(stats.published->to)});
  }
  for (const auto& [version, count] : stats.extractors) row("extracted by " + version, count);
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  if (stats.extractors.size() > 1) {
    Context::Complain(
        "warning: articles were extracted by different versions; `whowhom refresh` brings all to one");
  }
  return kDone;
}

Result<int> RunDocs(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 1));
  WHOWHOM_TRY(const auto since, context.in().Date("--since"));
  WHOWHOM_TRY(const auto until, context.in().Date("--until"));
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kReadOnly));
  const auto snapshot = store->TakeSnapshot();
  if (!context.in().arguments().empty()) {
    WHOWHOM_TRY(const DocId id, FindDocumentId(*snapshot, context.in().arguments()[0]));
    WHOWHOM_TRY(const auto document, snapshot->FindDocument(id, true));
    if (!document) return NotFound("no such article");
    context.Write("d:" + ToHex(document->id.hash) + "\n" + document->title + "\n" + DayText(document->date) +
                  " " + document->outlet + " " + document->path + "\n\n" + document->text + "\n");
    return kDone;
  }
  std::vector<Document> documents;
  WHOWHOM_TRY_STATUS(snapshot->ScanDocuments([&](const Document& document) {
    const bool dated = document.date.has_value();
    if ((!since || (dated && *document.date >= *since)) && (!until || (dated && *document.date <= *until)))
      documents.push_back(document);
    return true;
  }));
  std::vector<int64_t> cluster(documents.size(), 0);
  if (context.in().Has("--clusters")) {
    WHOWHOM_TRY(cluster, StoriesOf(context, documents));
    std::vector<size_t> order(documents.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return cluster[a] < cluster[b]; });
    std::vector<Document> sorted;
    std::vector<int64_t> numbers;
    for (const size_t i : order) {
      sorted.push_back(documents[i]);
      numbers.push_back(cluster[i]);
    }
    documents = std::move(sorted);
    cluster = std::move(numbers);
  } else {
    std::stable_sort(documents.begin(), documents.end(),
                     [](const Document& a, const Document& b) { return a.date < b.date; });
  }
  Table table;
  table.columns = {"id", "date", "outlet", "title", "path"};
  if (context.in().Has("--clusters")) table.columns.insert(table.columns.begin(), "story");
  WHOWHOM_TRY(const size_t limit, context.limit(1000));
  for (size_t i = 0; i < std::min(limit, documents.size()); ++i) {
    const Document& document = documents[i];
    std::vector<Cell> row = {"d:" + Short(document.id.hash), DayText(document.date), document.outlet,
                             document.title, document.path};
    if (context.in().Has("--clusters")) row.insert(row.begin(), cluster[i]);
    table.rows.push_back(std::move(row));
  }
  WHOWHOM_TRY_STATUS(context.WriteTable(table));
  return documents.empty() ? kNoResult : kDone;
}

Result<int> RunRetract(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kReadWrite));
  WHOWHOM_TRY(const DocId id, FindDocumentId(*store->TakeSnapshot(), context.in().arguments()[0]));
  WHOWHOM_TRY(const auto writer, store->NewWriter());
  WHOWHOM_TRY_STATUS(writer->Retract(id));
  WHOWHOM_TRY_STATUS(writer->Commit());
  context.Note("retracted d:" + Short(id.hash));
  return kDone;
}

Result<int> RunVerify(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 0));
  const bool repair = context.in().Has("--repair");
  WHOWHOM_TRY(const auto store,
              context.OpenStore(repair ? storage::OpenMode::kReadWrite : storage::OpenMode::kReadOnly));
  WHOWHOM_TRY(const storage::VerifyReport report, store->Verify(repair));
  Table table;
  table.columns = {"what", "found", "repaired"};
  for (const auto& issue : report.issues) table.rows.push_back({issue.what, issue.found, issue.repaired});
  if (!table.rows.empty()) WHOWHOM_TRY_STATUS(context.WriteTable(table));
  context.Note(
      "checked " + std::to_string(report.checked_documents) + " documents, " +
      std::to_string(report.checked_statements) + " statements, " + std::to_string(report.checked_edges) +
      " edges: " + (report.issue_count == 0 ? "whole" : std::to_string(report.issue_count) + " problems") +
      (report.without_text > 0 ? ", " + std::to_string(report.without_text) + " statements without text"
                               : ""));
  const bool all_repaired = std::all_of(report.issues.begin(), report.issues.end(),
                                        [](const auto& issue) { return issue.repaired; });
  if (report.issue_count == 0) return kDone;
  if (!repair)
    Context::Complain(
        "the graph is not whole; `whowhom verify --repair` rebuilds the indexes from the evidence");
  return repair && all_repaired ? kDone : kVerificationFailed;
}

Result<int> RunCompact(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 0, 0));
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kReadWrite));
  WHOWHOM_TRY_STATUS(store->Compact());
  return kDone;
}

Result<int> RunBackup(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kReadWrite));
  WHOWHOM_TRY_STATUS(store->Backup(context.in().arguments()[0]));
  WHOWHOM_TRY_STATUS(CopyKnowledge(context.graph_path(), context.in().arguments()[0]));
  context.Note("backed up to " + context.in().arguments()[0]);
  return kDone;
}

Result<int> RunRestore(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY_STATUS(storage::Store::Restore(context.in().arguments()[0], context.graph_path()));
  WHOWHOM_TRY_STATUS(CopyKnowledge(context.in().arguments()[0], context.graph_path()));
  context.Note("restored to " + context.graph_path());
  return kDone;
}

}  // namespace whowhom::cli
