#include <deque>
#include <fstream>
#include <future>
#include <iostream>
#include <sstream>

#include "article_runner.h"
#include "commands/commands.h"
#include "knowledge.h"
#include "whowhom/core/record_json.h"
#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"
#include "whowhom/extract/conllu.h"

namespace whowhom::cli {
namespace {

// Hands on what a reader finds, one article after another.
class Visitor : public extract::ArticleSink {
 public:
  using Visit = std::function<void(const extract::ReadArticle&)>;
  Visitor(const Context& context, Visit visit) : context_(context), visit_(std::move(visit)) {}
  bool OnArticle(extract::ReadArticle read) override {
    visit_(read);
    return !stopped();
  }
  void OnFailure(const extract::ReadFailure& failure) override {
    failed |= !failure.skipped;
    if (!context_.quiet()) Context::Complain(failure.path + ": " + failure.reason);
  }
  // Interrupted, or nobody reads what is written.
  bool stopped() const { return g_interrupted || context_.output_failed(); }
  bool failed = false;

 private:
  const Context& context_;
  Visit visit_;
};

Result<std::string> ReadAllOf(const std::string& path) {
  if (path != "-") return ReadFile(path);
  std::ostringstream all;
  all << std::cin.rdbuf();
  return std::move(all).str();
}

// max_kept_bytes: of a longer text (extract/reader.h).
Status VisitArticles(const Context& context, bool explain, size_t max_kept_bytes, Visitor* visitor) {
  WHOWHOM_TRY(const auto reader, context.LoadReader());
  WHOWHOM_TRY(extract::ReadOptions options, context.read_options());
  options.max_kept_bytes = max_kept_bytes;
  const auto& paths = context.in().arguments();
  if (paths.empty() || (paths.size() == 1 && paths[0] == "-")) {
    if (context.in().Get("--input") == "jsonl") {
      reader->ReadJsonLines(0, options, visitor);
      return {};
    }
    WHOWHOM_TRY(const std::string bytes, ReadAllOf("-"));
    reader->ReadBytes(bytes, "-", options, explain, visitor);
    return {};
  }
  const auto list = extract::ListFiles(paths);
  for (const auto& failure : list.failures) visitor->OnFailure(failure);
  for (const auto& file : list.files) {
    if (visitor->stopped()) break;
    reader->ReadPath(file, options, explain, visitor);
  }
  return {};
}

std::string ArticleJson(const extract::ReadArticle& read, bool explain) {
  const extract::Article& article = read.article;
  const auto field = [](std::string_view name, const std::string& value) {
    return "," + JsonQuote(name) + ":" + (value.empty() ? "null" : JsonQuote(value));
  };
  std::string json = "{\"path\":" + JsonQuote(article.path);
  json += field("id", article.given_id) + field("title", article.title) + field("url", article.url) +
          field("outlet", article.outlet) + field("author", article.author) +
          field("date", article.date ? FormatDay(*article.date) : "") +
          field("date_source", article.date_source) + field("lang", article.language) +
          ",\"text\":" + JsonQuote(article.text);
  if (explain) {
    json += ",\"dropped\":[";
    for (size_t i = 0; i < read.dropped.size(); ++i) {
      json += (i > 0 ? "," : "") + std::string("{\"reason\":") + JsonQuote(read.dropped[i].reason) +
              ",\"text\":" + JsonQuote(read.dropped[i].text) + "}";
    }
    json += "]";
  }
  return json + "}";
}

void PrintExplained(const extract::ReadArticle& read, Context* context) {
  const extract::Article& article = read.article;
  context->Write("== " + article.path + "\n");
  context->Write("title: " + article.title + "\ndate: " +
                 (article.date ? FormatDay(*article.date) + " (" + article.date_source + ")" : "none found") +
                 "\n");
  if (!article.outlet.empty()) context->Write("outlet: " + article.outlet + "\n");
  if (!article.author.empty()) context->Write("author: " + article.author + "\n");
  for (const auto& dropped : read.dropped)
    context->Write("dropped [" + dropped.reason + "] " + dropped.text + "\n");
  context->Write("\n" + article.text + "\n");
}

// A part of an article with its sentences.
struct Piece {
  extract::AnalyzedArticle analyzed;
  bool is_first = true, is_last = true;  // of its article
};

// Makes pieces on several threads and uses them on this one, in the order in which they were asked for.
class InOrder {
 public:
  InOrder(size_t jobs, std::function<void(Piece)> use) : jobs_(jobs), use_(std::move(use)) {}
  void Add(std::function<Piece()> make) {
    if (jobs_ == 1) return use_(make());
    running_.push_back(std::async(std::launch::async, std::move(make)));
    if (running_.size() > jobs_) UseFirst();
  }
  void Finish() {
    while (!running_.empty()) UseFirst();
  }

 private:
  void UseFirst() {
    Piece piece = running_.front().get();
    running_.pop_front();
    use_(std::move(piece));
  }
  size_t jobs_;
  std::function<void(Piece)> use_;
  std::deque<std::future<Piece>> running_;
};

constexpr size_t kPieceBytes = size_t{32} << 10;  // of a text that is parsed only

// A long text in pieces, so that memory does not grow with it and threads share it; places are those of the
// whole.
void AddPieces(const extract::Pipeline& pipeline, const extract::Article& article, InOrder* pieces) {
  for (size_t begin = 0; begin == 0 || begin < article.text.size();) {
    const std::string_view rest = std::string_view(article.text).substr(begin);
    size_t end = article.text.size();
    if (rest.size() > kPieceBytes) {
      const size_t at = BreakBefore(rest, kPieceBytes);
      end = begin + at + (rest[at] == '\n' || rest[at] == ' ' ? 1 : 0);
    }
    extract::Article part = article;
    part.text = article.text.substr(begin, end - begin);
    const bool is_last = end == article.text.size();
    pieces->Add([&pipeline, part = std::move(part), begin, is_last] {
      Piece piece{pipeline.Parse(part), begin == 0, is_last};
      const auto shift = [begin](ByteSpan* span) {
        span->begin += static_cast<uint32_t>(begin);
        span->end += static_cast<uint32_t>(begin);
      };
      for (extract::Sentence& sentence : piece.analyzed.sentences) {
        shift(&sentence.span);
        for (extract::Token& token : sentence.tokens) shift(&token.span);
      }
      return piece;
    });
    if (is_last) break;
    begin = end;
  }
}

// The sentences of the input, parsed: text through the reader, CoNLL-U as given.
Result<int> ForEachParsed(Context& context, bool with_mentions,
                          const std::function<void(const Piece&)>& visit) {
  const std::string input = context.in().Get("--input", "text");
  if (input != "text" && input != "conllu" && input != "jsonl") {
    return InvalidInput("option --input: expected text, conllu or jsonl, not \"" + input.substr(0, 40) +
                        "\"");
  }
  WHOWHOM_TRY_STATUS(ExpectArguments(context, input == "jsonl" ? 0 : 1, 1000000));
  WHOWHOM_TRY(const auto pipeline, LoadGraphPipeline(context));
  WHOWHOM_TRY(const size_t jobs, context.jobs());
  InOrder pieces(jobs, visit);
  if (input != "conllu") {
    Visitor visitor(context, [&](const extract::ReadArticle& read) {
      if (!with_mentions) return AddPieces(*pipeline, read.article, &pieces);
      pieces.Add([&pipeline, article = read.article] { return Piece{pipeline->Analyze(article)}; });
    });
    WHOWHOM_TRY_STATUS(VisitArticles(context, false, with_mentions ? kMaxAnalysedBytes : SIZE_MAX, &visitor));
    pieces.Finish();
    return visitor.failed ? kSomeInputsFailed : kDone;
  }
  for (const std::string& path : context.in().arguments()) {
    WHOWHOM_TRY(const std::string bytes, ReadAllOf(path));
    WHOWHOM_TRY(auto documents, extract::ReadConllu(bytes, path, {}));
    WHOWHOM_TRY(const auto date, context.in().Date("--date"));
    for (auto& document : documents) {
      extract::Article article;
      article.path = path;
      article.given_id = document.id;
      article.text = std::move(document.text);
      article.date = date;
      pieces.Add([&pipeline, with_mentions, article, sentences = std::move(document.sentences)]() mutable {
        Piece piece{pipeline->ParseTokens(article, std::move(sentences))};
        if (with_mentions) pipeline->actors().Resolve(&piece.analyzed);
        return piece;
      });
    }
  }
  pieces.Finish();
  return kDone;
}

std::string MentionJson(const extract::AnalyzedArticle& article, const extract::EntityMention& mention) {
  const auto& tokens = article.sentences[mention.sentence].tokens;
  const uint32_t begin = tokens[mention.begin].span.begin;
  const uint32_t end = tokens[mention.end - 1].span.end;
  const std::string& doc = article.article.given_id.empty() ? article.article.path : article.article.given_id;
  return "{\"doc\":" + JsonQuote(doc) + ",\"begin\":" + std::to_string(begin) +
         ",\"end\":" + std::to_string(end) +
         ",\"text\":" + JsonQuote(std::string_view(article.article.text).substr(begin, end - begin)) +
         ",\"type\":" + JsonQuote(ToString(mention.type)) + ",\"kind\":" + JsonQuote(ToString(mention.kind)) +
         ",\"cluster\":" + (mention.cluster >= 0 ? std::to_string(mention.cluster) : "null") +
         ",\"actor\":" + (mention.actor.name.empty() ? "null" : JsonQuote(mention.actor.name)) +
         ",\"country\":" + (mention.actor.country.empty() ? "null" : JsonQuote(mention.actor.country)) +
         ",\"sector\":" + (mention.actor.sector.empty() ? "null" : JsonQuote(mention.actor.sector)) + "}";
}

std::string Conllu(const extract::AnalyzedArticle& article) {
  extract::ConlluOptions options;
  options.mentions = article.mentions;
  return extract::WriteConllu(article.sentences, options);
}

std::vector<std::string> SplitTabs(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
  return fields;
}

std::string ShowStatement(const Statement& statement) {
  std::string text =
      "  " + (statement.subject.text.empty() ? "(somebody)" : statement.subject.text) + " | " +
      (statement.predicate.shown.empty() ? statement.predicate.text : "[" + statement.predicate.shown + "]") +
      " | " + (statement.object ? statement.object->text : "-");
  for (const auto& argument : statement.arguments)
    text += " | " + argument.role + ": " + argument.phrase.text;
  text += "\n      ";
  for (const auto& edge : EdgesOf(statement)) {
    text += (edge.subject.label.empty() ? "?" : edge.subject.label) + " -> " + edge.relation + " -> " +
            (edge.object.label.empty() ? "-" : edge.object.label) + "; ";
  }
  text += "\n      " + std::string(ToString(statement.polarity)) + ", " +
          std::string(ToString(statement.modality));
  if (statement.event_class != EventClass::kNone) {
    text += ", " + std::string(ToString(statement.event_class)) +
            (statement.mode.empty() ? "" : "/" + statement.mode);
  }
  for (const auto& speaker : statement.attribution) {
    text += ", " + speaker.verb + " by " + (speaker.actor.name.empty() ? speaker.text : speaker.actor.name);
  }
  if (statement.time) text += ", " + FormatDay(statement.time->from) + ".." + FormatDay(statement.time->to);
  text += ", confidence " + std::to_string(statement.confidence).substr(0, 4) + "\n      rules:";
  for (const auto& rule : statement.rules) text += " " + rule;
  return text + "\n";
}

}  // namespace

Result<int> RunClean(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1000000));
  const bool explain = context.in().Has("--explain");
  Visitor visitor(context, [&](const extract::ReadArticle& read) {
    if (explain && !context.in().Has("--format")) {
      PrintExplained(read, &context);
    } else {
      context.Write(ArticleJson(read, explain) + "\n");
    }
  });
  WHOWHOM_TRY_STATUS(VisitArticles(context, explain, SIZE_MAX, &visitor));
  return visitor.failed ? kSomeInputsFailed : kDone;
}

Result<int> RunParse(Context& context) {
  const std::string format = context.in().Get("--format", "conllu");
  if (format != "conllu" && format != "json" && format != "table") {
    return InvalidInput("`parse` prints conllu or json, not \"" + format.substr(0, 40) + "\"");
  }
  size_t sentences = 0;  // of the article so far
  uint32_t blocks = 0;
  return ForEachParsed(context, false, [&](const Piece& piece) {
    if (piece.is_first) sentences = blocks = 0;
    extract::AnalyzedArticle article = piece.analyzed;
    uint32_t next_block = blocks;
    for (extract::Sentence& sentence : article.sentences) {
      ++sentences;
      if (sentence.id.empty()) sentence.id = std::to_string(sentences);
      sentence.block += blocks;
      next_block = std::max(next_block, sentence.block + 1);
    }
    blocks = next_block;
    if (format != "json") return context.Write(Conllu(article));
    std::string json = extract::WriteParseJson(article.sentences);  // one array an article
    const bool goes_on = sentences > article.sentences.size();
    if (!piece.is_first) json.replace(0, 1, goes_on && !article.sentences.empty() ? ",\n" : "");
    if (!piece.is_last) json.resize(json.rfind(']'));
    context.Write(json);
  });
}

Result<int> RunMentions(Context& context) {
  const bool as_conllu = context.in().Get("--input") == "conllu" && !context.in().Has("--format");
  return ForEachParsed(context, true, [&](const Piece& piece) {
    const extract::AnalyzedArticle& article = piece.analyzed;
    if (as_conllu) {
      context.Write(Conllu(article));
      return;
    }
    for (const auto& mention : article.mentions) context.Write(MentionJson(article, mention) + "\n");
  });
}

Result<int> RunIdentify(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const std::string bytes, ReadAllOf(context.in().arguments()[0]));
  WHOWHOM_TRY(const auto resources, extract::FindResources());
  WHOWHOM_TRY(const auto layers, GraphKnowledge(context));
  WHOWHOM_TRY(const auto actors,
              extract::ActorResolver::Load(resources.data_dir, resources.models_dir, layers));
  std::istringstream lines(RepairUtf8(bytes).text);
  size_t number = 0;
  bool failed = false;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    const auto fields = SplitTabs(line);
    std::optional<Day> date;
    if (fields.size() > 2 && !fields[2].empty()) date = ParseDay(fields[2]);
    if (fields.size() < 2 || (fields.size() > 2 && !fields[2].empty() && !date)) {
      Context::Complain("line " + std::to_string(number) +
                        ": expected id<TAB>phrase[<TAB>YYYY-MM-DD[<TAB>context]]");
      failed = true;
      continue;
    }
    const auto meaning = actors->Identify(fields[1], date, fields.size() > 3 ? fields[3] : "");
    const auto text = [](const std::string& value) { return value.empty() ? "null" : JsonQuote(value); };
    char confidence[16];
    std::snprintf(confidence, sizeof(confidence), "%.2f", meaning.confidence);
    context.Write("{\"id\":" + JsonQuote(fields[0]) + ",\"actor\":" + text(meaning.actor) +
                  ",\"type\":" + JsonQuote(ToString(meaning.type)) + ",\"country\":" + text(meaning.country) +
                  ",\"sector\":" + text(meaning.sector) + ",\"role\":" + text(meaning.role) +
                  ",\"confidence\":" + confidence +
                  (meaning.code.empty() ? "" : ",\"code\":" + JsonQuote(meaning.code)) + "}\n");
  }
  return failed ? kSomeInputsFailed : kDone;
}

Result<int> RunExplain(Context& context) {
  WHOWHOM_TRY_STATUS(ExpectArguments(context, 1, 1));
  WHOWHOM_TRY(const auto pipeline, LoadGraphPipeline(context));
  extract::Article article;
  article.path = "sentence";
  article.text = RepairUtf8(context.in().arguments()[0]).text;
  WHOWHOM_TRY(article.date, context.in().Date("--date"));
  if (article.text.size() > (size_t{1} << 20))
    return InvalidInput("`explain` takes a sentence, not a megabyte");
  const auto analyzed = pipeline->Analyze(article);
  extract::ExtractionTrace trace;
  const auto statements = pipeline->Statements(analyzed, DocId{}, &trace);
  const std::string format = context.in().Get("--format", "table");
  if (format == "json" || format == "jsonl") {
    std::string json = "{\"parse\":" + extract::WriteParseJson(analyzed.sentences) + ",\"statements\":[";
    for (size_t i = 0; i < statements.size(); ++i) json += (i > 0 ? "," : "") + ToJson(statements[i]);
    json += "],\"trace\":[";
    for (size_t i = 0; i < trace.steps.size(); ++i) {
      const auto& step = trace.steps[i];
      json += (i > 0 ? "," : "") + std::string("{\"sentence\":") + std::to_string(step.sentence) +
              ",\"rule\":" + JsonQuote(step.rule) + ",\"detail\":" + JsonQuote(step.detail) +
              ",\"dropped\":" + (step.dropped ? "true" : "false") + "}";
    }
    context.Write(json + "]}\n");
    return statements.empty() ? kNoResult : kDone;
  }
  context.Write(Conllu(analyzed));
  context.Write("mentions:\n");
  for (const auto& mention : analyzed.mentions) {
    const auto& tokens = analyzed.sentences[mention.sentence].tokens;
    const uint32_t begin = tokens[mention.begin].span.begin;
    context.Write("  " + article.text.substr(begin, tokens[mention.end - 1].span.end - begin) + "  " +
                  std::string(ToString(mention.type)) + "  " +
                  (mention.actor.name.empty() ? "-" : mention.actor.name) + "\n");
  }
  context.Write("statements:\n");
  for (const auto& statement : statements) context.Write(ShowStatement(statement));
  bool any_dropped = false;
  for (const auto& step : trace.steps) any_dropped |= step.dropped;
  if (any_dropped) context.Write("dropped:\n");
  for (const auto& step : trace.steps) {
    if (step.dropped) context.Write("  " + step.rule + ": " + step.detail + "\n");
  }
  return statements.empty() ? kNoResult : kDone;
}

}  // namespace whowhom::cli
