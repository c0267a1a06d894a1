// The one table of commands and flags: parsing, help, man page and completions come from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/date.h"
#include "whowhom/core/result.h"

namespace whowhom::cli {

struct Flag {
  std::string_view name;   // "--format"
  char short_name = 0;     // 'f', or 0
  std::string_view value;  // "FORMAT"; empty = a switch
  std::string_view help;   // one line
};

struct Command {
  std::string_view name;
  std::string_view arguments;           // "PATH...|-"
  std::string_view summary;             // one line
  std::string_view details;             // paragraphs for help and the man page
  std::vector<std::string_view> flags;  // names of its own flags; global ones are always accepted
  std::string_view example;
};

const std::vector<Flag>& AllFlags();
const std::vector<std::string_view>& GlobalFlags();
const std::vector<Command>& AllCommands();
const Flag* FindFlag(std::string_view name);
const Command* FindCommand(std::string_view name);

// What the user typed, checked against the table.
class Invocation {
 public:
  // kInvalidInput with a proposal for what was meant.
  static Result<Invocation> Parse(const std::vector<std::string>& arguments);

  const Command& command() const { return *command_; }
  const std::vector<std::string>& arguments() const { return arguments_; }
  bool Has(std::string_view flag) const;
  std::string Get(std::string_view flag, std::string_view fallback = "") const;  // the last one given
  std::vector<std::string> GetAll(std::string_view flag) const;
  // kInvalidInput names the flag and what was expected.
  Result<size_t> Number(std::string_view flag, size_t fallback, size_t minimum, size_t maximum) const;
  Result<std::optional<Day>> Date(std::string_view flag) const;

 private:
  const Command* command_ = nullptr;
  std::vector<std::string> arguments_;
  std::vector<std::pair<std::string_view, std::string>> values_;
};

std::string HelpOverview();
std::string HelpFor(const Command& command);
std::string ManPage();
// bash, zsh or fish; kInvalidInput otherwise.
Result<std::string> Completion(std::string_view shell);

// The entry of `candidates` nearest to `word` by edit distance, if at most 3 away; empty otherwise.
std::string Nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace whowhom::cli
