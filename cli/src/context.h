// What every command needs: the invocation, where output goes, the graph and the language pipeline.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flags.h"
#include "output.h"
#include "whowhom/core/result.h"
#include "whowhom/extract/pipeline.h"
#include "whowhom/extract/reader.h"
#include "whowhom/storage/store.h"

namespace whowhom::cli {

// Exit codes of the program (DESIGN of the command line): stable.
enum ExitCode : int {
  kDone = 0,
  kNoResult = 1,
  kUsage = 2,
  kSomeInputsFailed = 3,
  kStoreProblem = 4,
  kVerificationFailed = 5,
  kInterrupted = 130
};

// Thread-compatible.
class Context {
 public:
  explicit Context(const Invocation& invocation);
  ~Context();

  const Invocation& in() const { return invocation_; }

  // Standard output or the file of -o. Nothing reaches the file until Finish.
  void Write(std::string_view text);
  // The file of -o (or `fallback`), for a command that writes it itself; Write then goes to standard output.
  std::string TakeOutputPath(std::string_view fallback);
  // Prints a table in the format asked for.
  Status WriteTable(const Table& table);
  // Flushes; with -o renames the temporary file into place. kIo if the reader of a pipe is gone or the disk
  // is full.
  Status Finish();
  // Whether writing failed; what else is written is lost, so a command that writes much may stop.
  bool output_failed() const { return failed_; }
  Result<Format> format(Format fallback = Format::kTable) const;

  // Standard error, unless --quiet.
  void Note(const std::string& message) const;
  // Standard error, always: "whowhom: ...".
  static void Complain(const std::string& message);

  std::string graph_path() const;
  // A failure is remembered: whatever its code, the program then ends with kStoreProblem.
  Result<std::unique_ptr<storage::Store>> OpenStore(storage::OpenMode mode) const;
  bool store_failed() const { return store_failed_; }
  // `user_layers`: paths of knowledge files.
  Result<std::unique_ptr<extract::Pipeline>> LoadPipeline(std::vector<std::string> user_layers = {}) const;
  Result<std::unique_ptr<extract::Reader>> LoadReader() const;
  Result<extract::ReadOptions> read_options() const;
  Result<size_t> jobs() const;
  Result<size_t> limit(size_t fallback) const;
  bool quiet() const { return invocation_.Has("--quiet"); }
  bool verbose() const { return invocation_.Has("--verbose"); }
  bool shows_progress() const;

 private:
  const Invocation& invocation_;
  std::string output_path_;  // empty = standard output
  std::string temporary_path_;
  std::string buffer_;
  int descriptor_ = 1;
  bool failed_ = false;
  int write_error_ = 0;  // errno of the first failure
  mutable bool store_failed_ = false;
  void Flush();
};

// Set by SIGINT and SIGTERM; long commands look at it and stop cleanly.
extern std::atomic<bool> g_interrupted;  // the one global: a signal handler can reach nothing else

// The exit code for an error that is not about the store.
int ExitFor(const Error& error);

}  // namespace whowhom::cli
