#include "context.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace whowhom::cli {

std::atomic<bool> g_interrupted{false};

Context::Context(const Invocation& invocation)
    : invocation_(invocation), output_path_(invocation.Get("--output")) {
  if (output_path_ == "-") output_path_.clear();
}

Context::~Context() {
  if (!temporary_path_.empty()) {
    ::close(descriptor_);
    ::unlink(temporary_path_.c_str());
  }
}

void Context::Write(std::string_view text) {
  buffer_.append(text);
  if (buffer_.size() >= (size_t{1} << 16)) Flush();
}

std::string Context::TakeOutputPath(std::string_view fallback) {
  std::string path = invocation_.Get("--output", fallback);
  output_path_.clear();
  return path;
}

void Context::Flush() {
  if (!output_path_.empty() && temporary_path_.empty() && !failed_) {
    temporary_path_ = output_path_ + ".part";
    descriptor_ = ::open(temporary_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor_ < 0) {
      failed_ = true;
      write_error_ = errno;
      temporary_path_.clear();
    }
  }
  size_t done = 0;
  while (!failed_ && done < buffer_.size()) {
    const ssize_t count = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      failed_ = true;
      write_error_ = errno;
      break;
    }
    done += static_cast<size_t>(count);
  }
  buffer_.clear();
}

Status Context::Finish() {
  if (!output_path_.empty() || !buffer_.empty()) Flush();
  const std::string target = output_path_.empty() ? "standard output" : output_path_;
  if (failed_) return IoError("writing " + target + ": " + std::strerror(write_error_));
  if (!temporary_path_.empty()) {
    const bool written = ::fsync(descriptor_) == 0 && ::close(descriptor_) == 0;
    if (!written || ::rename(temporary_path_.c_str(), output_path_.c_str()) != 0) {
      return IoError("writing " + target + ": " + std::strerror(errno));
    }
    temporary_path_.clear();
  }
  return {};
}

Result<Format> Context::format(Format fallback) const {
  if (!invocation_.Has("--format")) return fallback;
  return ParseFormat(invocation_.Get("--format"));
}

Status Context::WriteTable(const Table& table) {
  WHOWHOM_TRY(const Format chosen, format());
  size_t width = 0;
  winsize size{};
  if (output_path_.empty() && ::isatty(1) != 0 && ::ioctl(1, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  Write(Render(table, chosen, width));
  return {};
}

void Context::Note(const std::string& message) const {
  if (!quiet()) std::fprintf(stderr, "%s\n", WithoutControls(message, '?', "\n\t").c_str());
}

void Context::Complain(const std::string& message) {
  std::fprintf(stderr, "whowhom: %s\n", WithoutControls(message, '?', "\n\t").c_str());
}

std::string Context::graph_path() const {
  if (invocation_.Has("--graph")) return invocation_.Get("--graph");
  const char* given = std::getenv("WHOWHOM_GRAPH");
  return given != nullptr && *given != '\0' ? given : "whowhom.db";
}

Result<std::unique_ptr<storage::Store>> Context::OpenStore(storage::OpenMode mode) const {
  storage::OpenOptions options;
  options.mode = mode;
  auto opened = storage::Store::Open(graph_path(), options);
  store_failed_ = !opened.ok();
  WHOWHOM_TRY(auto store, std::move(opened));
  for (const std::string& warning : store->warnings()) Complain("warning: " + warning);
  return store;
}

Result<std::unique_ptr<extract::Pipeline>> Context::LoadPipeline(std::vector<std::string> user_layers) const {
  extract::PipelineOptions options;
  options.user_layers = std::move(user_layers);
  options.model = invocation_.Get("--model", "fast");
  if (options.model != "fast" && options.model != "accurate") {
    return InvalidInput("option --model: expected fast or accurate, not \"" + options.model.substr(0, 40) +
                        "\"");
  }
  const std::string confidence = invocation_.Get("--min-confidence", "0");
  char* end = nullptr;
  options.statements.min_confidence = std::strtod(confidence.c_str(), &end);
  if (end == confidence.c_str() || *end != '\0' ||
      !(options.statements.min_confidence >= 0 && options.statements.min_confidence <= 1)) {
    return InvalidInput("option --min-confidence: expected a number from 0 to 1, not \"" +
                        confidence.substr(0, 40) + "\"");
  }
  options.statements.surface_only = invocation_.Has("--sentences");
  WHOWHOM_TRY(const auto resources, extract::FindResources());
  return extract::Pipeline::Load(resources, options);
}

Result<std::unique_ptr<extract::Reader>> Context::LoadReader() const {
  WHOWHOM_TRY(const auto resources, extract::FindResources());
  return extract::Reader::Load(resources.data_dir);
}

Result<extract::ReadOptions> Context::read_options() const {
  extract::ReadOptions options;
  WHOWHOM_TRY(options.date, invocation_.Date("--date"));
  options.outlet = invocation_.Get("--outlet");
  options.force_language = invocation_.Has("--force");
  options.field_text = invocation_.Get("--field-text");
  options.field_title = invocation_.Get("--field-title");
  options.field_date = invocation_.Get("--field-date");
  options.field_url = invocation_.Get("--field-url");
  options.field_id = invocation_.Get("--field-id");
  options.field_outlet = invocation_.Get("--field-outlet");
  return options;
}

Result<size_t> Context::jobs() const {
  const size_t processors = std::max(1u, std::thread::hardware_concurrency());
  return invocation_.Number("--jobs", processors, 1, 256);
}

Result<size_t> Context::limit(size_t fallback) const {
  return invocation_.Number("--limit", fallback, 1, 1000000000);
}

bool Context::shows_progress() const {
  const std::string when = invocation_.Get("--progress", "auto");
  return !quiet() && (when == "always" || (when != "never" && ::isatty(2) != 0));
}

int ExitFor(const Error& error) {
  switch (error.code) {
    case ErrorCode::kNotFound:
      return kNoResult;
    case ErrorCode::kInvalidInput:
    case ErrorCode::kUnsupported:
      return kUsage;
    case ErrorCode::kIo:
      return kSomeInputsFailed;
    case ErrorCode::kCancelled:
      return kInterrupted;
    case ErrorCode::kCorruption:
    case ErrorCode::kLocked:
    case ErrorCode::kNewerVersion:
    case ErrorCode::kResourceLimit:
      return kStoreProblem;
  }
  return kUsage;
}

}  // namespace whowhom::cli
