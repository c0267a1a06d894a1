// Status and Result<T>: how every module reports what went wrong without exceptions.
//
//   Result<Day> day = ParseDay("2020-01-08");
//   if (!day.ok()) return day.error();
//   WHOWHOM_TRY(auto text, ReadFile(path));     // returns the error to the caller
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace whowhom {

// What kind of thing went wrong. Few and stable: the exit code of the program follows from it.
enum class ErrorCode : uint8_t {
  kNotFound,       // the thing asked for does not exist
  kInvalidInput,   // a document, record, question or argument that cannot be read
  kIo,             // the file system refused
  kCorruption,     // stored bytes do not decode or contradict each other
  kLocked,         // another process writes this store
  kNewerVersion,   // written by a newer version of this program
  kResourceLimit,  // a cap on size, depth, time or free space was met
  kCancelled,      // the user interrupted
  kUnsupported,    // understood, but not done by this build
};

// An error with its message: what was being done, on what, what was found, what to do.
struct Error {
  ErrorCode code = ErrorCode::kInvalidInput;
  std::string message;
};

// Success or an Error. Immutable; cheap when ok.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT: implicit by design
  bool ok() const { return ok_; }
  // REQUIRES: !ok().
  const Error& error() const { return error_; }

 private:
  Error error_;
  bool ok_ = true;
};

// A value or an Error.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::move(error)) {}  // NOLINT: implicit by design
  bool ok() const { return state_.index() == 0; }
  // REQUIRES: ok().
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  // REQUIRES: !ok().
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

inline const Error& ErrorOf(const Status& status) { return status.error(); }
template <typename T>
const Error& ErrorOf(const Result<T>& result) {
  return result.error();
}

inline Error NotFound(std::string message) { return {ErrorCode::kNotFound, std::move(message)}; }
inline Error InvalidInput(std::string message) { return {ErrorCode::kInvalidInput, std::move(message)}; }
inline Error IoError(std::string message) { return {ErrorCode::kIo, std::move(message)}; }
inline Error Corruption(std::string message) { return {ErrorCode::kCorruption, std::move(message)}; }
inline Error ResourceLimit(std::string message) { return {ErrorCode::kResourceLimit, std::move(message)}; }

[[noreturn]] inline void CheckFailed(const char* file, int line, const char* condition, const char* reason) {
  std::fprintf(stderr, "%s:%d: broken invariant: %s (%s)\n", file, line, condition, reason);
  std::abort();
}

}  // namespace whowhom

#define WHOWHOM_CONCAT_INNER(a, b) a##b
#define WHOWHOM_CONCAT(a, b) WHOWHOM_CONCAT_INNER(a, b)

// Evaluates a Result expression; on error returns the Error from the enclosing function.
#define WHOWHOM_TRY(declaration, expression) \
  WHOWHOM_TRY_IMPL(WHOWHOM_CONCAT(whowhom_result_, __LINE__), declaration, expression)
#define WHOWHOM_TRY_IMPL(name, declaration, expression)  \
  auto name = (expression);                              \
  if (!name.ok()) return ::whowhom::Error(name.error()); \
  declaration = std::move(name).value()

// Evaluates a Status expression; on error returns it from the enclosing function.
#define WHOWHOM_TRY_STATUS(expression)                              \
  do {                                                              \
    if (auto whowhom_status = (expression); !whowhom_status.ok()) { \
      return ::whowhom::Error(whowhom_status.error());              \
    }                                                               \
  } while (false)

// For broken invariants of ours, never for input.
#define WHOWHOM_CHECK(condition, reason)                                              \
  do {                                                                                \
    if (!(condition)) ::whowhom::CheckFailed(__FILE__, __LINE__, #condition, reason); \
  } while (false)
