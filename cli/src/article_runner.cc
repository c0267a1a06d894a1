#include "article_runner.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>

#include "whowhom/core/record_json.h"

namespace whowhom::cli {
namespace {

using Clock = std::chrono::steady_clock;

// An article on its way: waiting, or extracted.
struct Job {
  uint64_t sequence = 0;
  extract::Article article;
};

uint64_t CountWords(const std::string& text) {
  uint64_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    words += !blank && !inside ? 1 : 0;
    inside = !blank;
  }
  return words;
}

// The queues between the reading thread, the extracting threads and the consumer. At most kWindow articles
// are on their way, so memory is bounded by the largest articles, not by their number.
class Conveyor {
 public:
  static constexpr uint64_t kWindow = 64;

  // False if the run was stopped.
  bool Push(extract::Article article) {
    std::unique_lock lock(mutex_);
    space_.wait(lock, [this] { return stopped_ || pushed_ - taken_ < kWindow; });
    if (stopped_) return false;
    waiting_.push_back({pushed_++, std::move(article)});
    work_.notify_one();
    return true;
  }
  void EndOfInput() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    work_.notify_all();
    ready_.notify_all();
  }
  // Empty at the end.
  std::optional<Job> Next() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [this] { return stopped_ || ended_ || !waiting_.empty(); });
    if (stopped_ || waiting_.empty()) return std::nullopt;
    Job job = std::move(waiting_.front());
    waiting_.pop_front();
    return job;
  }
  void Done(uint64_t sequence, extract::ArticleRecords records) {
    const std::lock_guard lock(mutex_);
    finished_.emplace(sequence, std::move(records));
    ready_.notify_all();
  }
  // The next records in input order; empty at the end.
  std::optional<extract::ArticleRecords> Take() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [this] {
      return (!finished_.empty() && finished_.begin()->first == taken_) || (ended_ && taken_ == pushed_);
    });
    if (finished_.empty() || finished_.begin()->first != taken_) return std::nullopt;
    auto records = std::move(finished_.begin()->second);
    finished_.erase(finished_.begin());
    ++taken_;
    space_.notify_one();
    return records;
  }
  void Stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    work_.notify_all();
    space_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable space_, work_, ready_;
  std::deque<Job> waiting_;
  std::map<uint64_t, extract::ArticleRecords> finished_;
  uint64_t pushed_ = 0;
  uint64_t taken_ = 0;
  bool ended_ = false;
  bool stopped_ = false;
};

// Receives what the reader finds; runs on the reading thread.
class RunnerSink : public extract::ArticleSink {
 public:
  RunnerSink(const Context& context, const RunHandlers& handlers, Conveyor* conveyor)
      : context_(context), handlers_(handlers), conveyor_(conveyor) {
    if (context.in().Has("--errors")) errors_.open(context.in().Get("--errors"));
  }

  bool OnArticle(extract::ReadArticle read) override {
    if (g_interrupted) return false;
    ++articles_;
    words_ += CountWords(read.article.text);
    if (handlers_.is_known && handlers_.is_known(read.article)) {
      ++unchanged_;
      return true;
    }
    return conveyor_->Push(std::move(read.article));
  }

  bool reports_failures() const { return errors_.is_open(); }

  void OnFailure(const extract::ReadFailure& failure) override {
    (failure.skipped ? skipped_ : failed_) += 1;
    if (!context_.quiet() && (!failure.skipped || context_.verbose())) {
      Context::Complain(failure.path +
                        (failure.offset > 0 ? " (at " + std::to_string(failure.offset) + ")" : "") + ": " +
                        failure.reason);
    }
    if (errors_.is_open()) {
      errors_ << "{\"path\":" << JsonQuote(failure.path) << ",\"offset\":" << failure.offset
              << ",\"reason\":" << JsonQuote(failure.reason)
              << ",\"skipped\":" << (failure.skipped ? "true" : "false") << "}\n";
    }
  }

  std::atomic<uint64_t> articles_{0}, unchanged_{0}, words_{0}, failed_{0}, skipped_{0};
  std::atomic<uint64_t> bytes_total_{0}, bytes_read_{0};  // of the files; 0 = not known

 private:
  const Context& context_;
  const RunHandlers& handlers_;
  Conveyor* conveyor_;
  std::ofstream errors_;
};

// Whether `file` is written by this run itself: the store, the failure report or the output. Such files may
// lie inside the folder that is read.
bool IsOwnFile(const Context& context, const std::string& file) {
  std::error_code error;
  for (const char* flag : {"--errors", "--output"}) {
    if (context.in().Has(flag) && std::filesystem::equivalent(file, context.in().Get(flag), error))
      return true;
  }
  for (auto folder = std::filesystem::absolute(file, error).parent_path(); folder != folder.root_path();
       folder = folder.parent_path()) {
    if (std::filesystem::equivalent(folder, context.graph_path(), error)) return true;
  }
  return false;
}

void ReadAll(const Context& context, const extract::Reader& reader, const extract::ReadOptions& options,
             RunnerSink* sink) {
  std::vector<std::string> paths = context.in().arguments();
  const bool from_stdin = paths.size() == 1 && paths[0] == "-";
  if ((from_stdin || paths.empty()) && context.in().Get("--input") == "jsonl") {
    reader.ReadJsonLines(STDIN_FILENO, options, sink);
    return;
  }
  if (from_stdin) {
    paths.clear();
    for (std::string line; std::getline(std::cin, line);) {
      if (!line.empty()) paths.push_back(line);
    }
  }
  extract::FileList list = extract::ListFiles(paths);
  std::erase_if(list.files, [&context](const std::string& file) { return IsOwnFile(context, file); });
  uint64_t bytes = 0;
  for (const std::string& file : list.files) {
    std::error_code error;
    const uint64_t size = std::filesystem::file_size(file, error);
    bytes += error ? 0 : size;
  }
  sink->bytes_total_ = bytes;
  for (const auto& failure : list.failures) sink->OnFailure(failure);
  for (const std::string& file : list.files) {
    if (g_interrupted) return;
    reader.ReadPath(file, options, false, sink);
  }
}

// ", 3 min 20 s left", from the share of the files' bytes that was read; empty if that is not known.
std::string TimeLeft(double seconds, uint64_t read, uint64_t total) {
  if (read == 0 || read > total || seconds < 1) return {};
  const auto left =
      static_cast<uint64_t>(seconds * static_cast<double>(total - read) / static_cast<double>(read));
  std::string text = ", ";
  if (left >= 3600) text += std::to_string(left / 3600) + " h ";
  if (left >= 60) text += std::to_string(left / 60 % 60) + " min ";
  if (left < 3600) text += std::to_string(left % 60) + " s ";
  return text + "left";
}

class ProgressLine {
 public:
  explicit ProgressLine(bool shown) : shown_(shown), start_(Clock::now()), last_(start_) {}
  void Update(const RunnerSink& sink, uint64_t statements, uint64_t done) {
    if (!shown_) return;
    const auto now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const std::string left = TimeLeft(seconds, sink.bytes_read_, sink.bytes_total_);
    std::fprintf(stderr, "\r%llu articles, %llu statements, %.0f words/s, %llu failed%s   ",
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(statements),
                 static_cast<double>(sink.words_) / seconds, static_cast<unsigned long long>(sink.failed_),
                 left.c_str());
  }
  ~ProgressLine() {
    if (shown_) std::fprintf(stderr, "\r\033[K");
  }

 private:
  bool shown_;
  Clock::time_point start_, last_;
};

}  // namespace

Result<RunSummary> RunArticles(const Context& context, const extract::Pipeline& pipeline,
                               const extract::Reader& reader, const RunHandlers& handlers) {
  WHOWHOM_TRY(extract::ReadOptions options, context.read_options());
  WHOWHOM_TRY(const size_t jobs, context.jobs());
  Conveyor conveyor;
  RunnerSink sink(context, handlers, &conveyor);
  if (context.in().Has("--errors") && !sink.reports_failures()) {
    return IoError("opening " + context.in().Get("--errors") + ": cannot be written");
  }
  options.bytes_read = &sink.bytes_read_;
  options.max_kept_bytes = kMaxAnalysedBytes;
  const auto start = Clock::now();
  RunSummary summary;
  Status outcome;
  {
    std::vector<std::jthread> threads;
    threads.emplace_back([&] {
      ReadAll(context, reader, options, &sink);
      conveyor.EndOfInput();
    });
    for (size_t i = 0; i < jobs; ++i) {
      threads.emplace_back([&] {
        while (auto job = conveyor.Next()) conveyor.Done(job->sequence, pipeline.Extract(job->article));
      });
    }
    ProgressLine progress(context.shows_progress());
    uint64_t done = 0;
    while (auto records = conveyor.Take()) {
      summary.statements += records->statements.size();
      outcome = handlers.on_records(*std::move(records));
      if (!outcome.ok()) {
        conveyor.Stop();
        break;
      }
      progress.Update(sink, summary.statements, ++done);
    }
  }
  if (!outcome.ok()) return outcome.error();
  summary.articles = sink.articles_;
  summary.unchanged = sink.unchanged_;
  summary.words = sink.words_;
  summary.failed = sink.failed_;
  summary.skipped = sink.skipped_;
  summary.interrupted = g_interrupted;
  summary.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return summary;
}

std::string Describe(const RunSummary& summary) {
  std::string text = std::to_string(summary.articles) +
                     (summary.articles == 1 ? " article, " : " articles, ") +
                     std::to_string(summary.statements) + " new statements";
  if (summary.unchanged > 0) text += ", " + std::to_string(summary.unchanged) + " already there";
  if (summary.skipped > 0) text += ", " + std::to_string(summary.skipped) + " skipped";
  if (summary.failed > 0) text += ", " + std::to_string(summary.failed) + " failed";
  char speed[64];
  std::snprintf(speed, sizeof(speed), " (%.1f s, %.0f words/s)", summary.seconds,
                static_cast<double>(summary.words) / std::max(summary.seconds, 1e-3));
  return text + speed;
}

}  // namespace whowhom::cli
