#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "article_runner.h"
#include "commands/commands.h"
#include "knowledge.h"
#include "whowhom/core/record_json.h"
#include "whowhom/extract/surface.h"

namespace whowhom::cli {
namespace {

constexpr uint64_t kArticlesPerCommit = 64;  // group commit: one fsync for so many articles

Result<int> CodeOf(const RunSummary& summary) {
  if (summary.interrupted) return kInterrupted;
  return summary.failed > 0 ? kSomeInputsFailed : kDone;
}

// The id the article will have, so that known articles are not extracted again.
DocId IdOf(const extract::Article& article) {
  Document document;
  document.text = article.text;
  document.date = article.date;
  document.url = article.url;
  document.given_id = article.given_id;
  return ComputeDocId(document);
}

Status RequireInput(const Context& context) {
  if (!context.in().arguments().empty() || context.in().Get("--input") == "jsonl") return {};
  return InvalidInput("`" + std::string(context.in().command().name) +
                      "` needs files or folders, or - for standard input");
}

// Adds articles through the writer, committing in groups.
Result<RunSummary> AddDirectly(const Context& context, const extract::Pipeline& pipeline,
                               const extract::Reader& reader) {
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kCreate));
  WHOWHOM_TRY(const auto writer, store->NewWriter());
  const auto before = store->TakeSnapshot();
  RunHandlers handlers;
  handlers.is_known = [&](const extract::Article& article) {
    const auto known = before->FindDocument(IdOf(article), false);
    return known.ok() && known->has_value() && (*known)->extractor == pipeline.version();
  };
  uint64_t pending = 0;
  handlers.on_records = [&](extract::ArticleRecords records) -> Status {
    WHOWHOM_TRY([[maybe_unused]] const auto added, writer->Add(records.document, records.statements));
    if (++pending % kArticlesPerCommit == 0) return writer->Commit();
    return {};
  };
  auto summary = RunArticles(context, pipeline, reader, handlers);
  WHOWHOM_TRY_STATUS(writer->Commit());  // what was added before an error stays
  return summary;
}

Result<RunSummary> AddInBulk(const Context& context, const extract::Pipeline& pipeline,
                             const extract::Reader& reader) {
  WHOWHOM_TRY(const auto loader, storage::BulkLoader::Create(context.graph_path(), {}));
  RunHandlers handlers;
  handlers.on_records = [&](extract::ArticleRecords records) {
    return loader->Add(records.document, records.statements);
  };
  WHOWHOM_TRY(const RunSummary summary, RunArticles(context, pipeline, reader, handlers));
  WHOWHOM_TRY_STATUS(loader->Finish());
  return summary;
}

// `extract --sentences`: lines `id<TAB>tokens` -> triples or statement records.
Result<int> ExtractSentences(Context& context) {
  WHOWHOM_TRY(const auto pipeline, context.LoadPipeline());
  const std::string path = context.in().Get("--sentences");
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) return IoError("opening " + path + ": cannot be read");
  }
  std::istream& lines = path == "-" ? std::cin : file;
  const bool as_tsv = context.in().Get("--format") == "tsv";
  bool failed = false;
  size_t number = 0;
  for (std::string line; std::getline(lines, line) && !g_interrupted;) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const auto sentence = extract::ParseSentenceLine(line);
    if (!sentence.ok()) {
      Context::Complain(path + ", line " + std::to_string(number) + ": " + sentence.error().message);
      failed = true;
      continue;
    }
    const auto analyzed = pipeline->ParseTokens(sentence->article, {sentence->sentence});
    Document document;
    document.path = sentence->article.path;
    document.text = sentence->article.text;
    document.given_id = sentence->article.given_id;
    document.id = ComputeDocId(document);
    const auto statements = pipeline->Statements(analyzed, document.id, nullptr);
    if (!as_tsv) {
      for (const Statement& statement : statements) context.Write(ToJson(statement) + "\n");
      continue;
    }
    for (const auto& triple : pipeline->SurfaceTriples(analyzed)) {
      context.Write(extract::ToTsv(sentence->article.given_id, triple) + "\n");
    }
  }
  if (g_interrupted) return kInterrupted;
  return failed ? kSomeInputsFailed : kDone;
}

// Documents and statements of one merge, matched by document id.
class MergeInput {
 public:
  Status Read(std::istream& lines, const std::string& name) {
    size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      auto record = ParseRecord(line);
      if (!record.ok()) {
        if (record.error().code == ErrorCode::kNewerVersion) return record.error();
        Context::Complain(name + ", line " + std::to_string(number) + ": " + record.error().message);
        ++failed;
        continue;
      }
      if (auto* document = std::get_if<Document>(&*record)) {
        documents.insert_or_assign(document->id, std::move(*document));
      } else {
        auto& statement = std::get<Statement>(*record);
        statements[statement.doc].push_back(std::move(statement));
      }
    }
    return {};
  }
  std::map<DocId, Document> documents;
  std::map<DocId, std::vector<Statement>> statements;
  uint64_t failed = 0;
};

}  // namespace

Result<int> RunAdd(Context& context) {
  WHOWHOM_TRY_STATUS(RequireInput(context));
  WHOWHOM_TRY(const auto reader, context.LoadReader());
  WHOWHOM_TRY(const auto pipeline, LoadGraphPipeline(context));
  if (context.in().Has("--dry-run")) {
    RunHandlers handlers;
    handlers.on_records = [](const extract::ArticleRecords&) { return Status(); };
    WHOWHOM_TRY(const RunSummary summary, RunArticles(context, *pipeline, *reader, handlers));
    context.Note("dry run: " + Describe(summary));
    return CodeOf(summary);
  }
  WHOWHOM_TRY(const RunSummary summary, context.in().Has("--bulk")
                                            ? AddInBulk(context, *pipeline, *reader)
                                            : AddDirectly(context, *pipeline, *reader));
  context.Note(context.graph_path() + ": " + Describe(summary));
  return CodeOf(summary);
}

Result<int> RunExtract(Context& context) {
  if (context.in().Has("--sentences")) return ExtractSentences(context);
  WHOWHOM_TRY_STATUS(RequireInput(context));
  WHOWHOM_TRY(const Format format, context.format(Format::kJsonl));
  if (format != Format::kJsonl) return InvalidInput("`extract` prints records as JSON Lines (-f jsonl) only");
  WHOWHOM_TRY(const auto reader, context.LoadReader());
  WHOWHOM_TRY(const auto pipeline, context.LoadPipeline());
  const bool documents = !context.in().Has("--no-documents");
  RunHandlers handlers;
  handlers.on_records = [&](const extract::ArticleRecords& records) {
    if (documents) context.Write(ToJson(records.document) + "\n");
    for (const Statement& statement : records.statements) context.Write(ToJson(statement) + "\n");
    return context.output_failed() ? context.Finish() : Status();  // nobody reads on
  };
  WHOWHOM_TRY(const RunSummary summary, RunArticles(context, *pipeline, *reader, handlers));
  if (context.verbose()) {
    context.Note(Describe(summary));
  } else if (summary.skipped > 0) {
    context.Note(std::to_string(summary.skipped) + " skipped; -v says why");
  }
  return CodeOf(summary);
}

Result<int> RunMerge(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1000000));
  MergeInput input;
  for (const std::string& path : context.in().arguments()) {
    if (path == "-") {
      WHOWHOM_TRY_STATUS(input.Read(std::cin, "standard input"));
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) return IoError("opening " + path + ": cannot be read");
    WHOWHOM_TRY_STATUS(input.Read(file, path));
  }
  uint64_t statements = 0;
  uint64_t bare = 0;
  if (context.in().Has("--bulk")) {
    WHOWHOM_TRY(const auto loader, storage::BulkLoader::Create(context.graph_path(), {}));
    for (const auto& [id, document] : input.documents) {
      WHOWHOM_TRY_STATUS(loader->Add(document, input.statements[id]));
      statements += input.statements[id].size();
    }
    WHOWHOM_TRY_STATUS(loader->Finish());
  }
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kCreate));
  WHOWHOM_TRY(const auto writer, store->NewWriter());
  uint64_t pending = 0;
  if (!context.in().Has("--bulk")) {
    for (const auto& [id, document] : input.documents) {
      const auto& found = input.statements[id];
      WHOWHOM_TRY([[maybe_unused]] const auto added, writer->Add(document, found));
      statements += found.size();
      if (++pending % kArticlesPerCommit == 0) WHOWHOM_TRY_STATUS(writer->Commit());
    }
  }
  for (const auto& [id, found] : input.statements) {
    if (input.documents.contains(id)) continue;
    for (const Statement& statement : found) {
      WHOWHOM_TRY([[maybe_unused]] const auto added, writer->AddBare(statement));
      ++bare;
    }
  }
  WHOWHOM_TRY_STATUS(writer->Commit());
  std::string note = context.graph_path() + ": merged " + std::to_string(input.documents.size()) +
                     " documents, " + std::to_string(statements + bare) + " statements";
  if (bare > 0) note += " (" + std::to_string(bare) + " without their document)";
  if (input.failed > 0) note += ", " + std::to_string(input.failed) + " lines failed";
  context.Note(note);
  return input.failed > 0 ? kSomeInputsFailed : kDone;
}

Result<int> RunRefresh(Context& context) {
  WHOWHOM_TRY(const auto pipeline, LoadGraphPipeline(context));
  WHOWHOM_TRY(const auto store, context.OpenStore(storage::OpenMode::kReadWrite));
  const auto snapshot = store->TakeSnapshot();
  std::vector<DocId> stale;
  WHOWHOM_TRY_STATUS(snapshot->ScanDocuments([&](const Document& document) {
    if (document.extractor != pipeline->version()) stale.push_back(document.id);
    return true;
  }));
  WHOWHOM_TRY(const auto writer, store->NewWriter());
  uint64_t done = 0;
  for (const DocId& id : stale) {
    if (g_interrupted) break;
    WHOWHOM_TRY(const auto document, snapshot->FindDocument(id, true));
    if (!document || document->text.empty()) continue;
    extract::Article article;
    article.path = document->path;
    article.given_id = document->given_id;
    article.title = document->title;
    article.text = document->text;
    article.url = document->url;
    article.outlet = document->outlet;
    article.author = document->author;
    article.language = document->language;
    article.date = document->date;
    const auto records = pipeline->Extract(article);
    WHOWHOM_TRY([[maybe_unused]] const auto added, writer->Add(records.document, records.statements));
    if (++done % kArticlesPerCommit == 0) WHOWHOM_TRY_STATUS(writer->Commit());
  }
  WHOWHOM_TRY_STATUS(writer->Commit());
  context.Note(context.graph_path() + ": " + std::to_string(done) + " of " + std::to_string(stale.size()) +
               " articles extracted again");
  return g_interrupted ? kInterrupted : kDone;
}

}  // namespace whowhom::cli
