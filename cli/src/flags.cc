#include "flags.h"

#include <algorithm>
#include <charconv>

namespace whowhom::cli {
namespace {

// Edits and swaps of neighbours (optimal string alignment).
size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> cost(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      cost[i][j] = std::min(
          {cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::string Proposal(std::string_view nearest) {
  return nearest.empty() ? std::string() : "; did you mean \"" + std::string(nearest) + "\"?";
}

const Flag* FindShort(char name) {
  for (const Flag& flag : AllFlags()) {
    if (flag.short_name == name) return &flag;
  }
  return nullptr;
}

bool Accepts(const Command& command, std::string_view flag) {
  const auto& global = GlobalFlags();
  return std::find(global.begin(), global.end(), flag) != global.end() ||
         std::find(command.flags.begin(), command.flags.end(), flag) != command.flags.end();
}

std::string FlagColumn(const Flag& flag) {
  std::string text = flag.short_name != 0 ? std::string("-") + flag.short_name + ", " : "    ";
  text += flag.name;
  if (!flag.value.empty()) text.append(" ").append(flag.value);
  return text;
}

std::string FlagLines(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    const Flag* flag = FindFlag(name);
    if (flag == nullptr) continue;
    std::string column = FlagColumn(*flag);
    if (column.size() < 26) column.resize(26, ' ');
    text += "  " + column + "  " + std::string(flag->help) + "\n";
  }
  return text;
}

std::string Roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '-') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

}  // namespace

const Flag* FindFlag(std::string_view name) {
  for (const Flag& flag : AllFlags()) {
    if (flag.name == name) return &flag;
  }
  return nullptr;
}

const Command* FindCommand(std::string_view name) {
  for (const Command& command : AllCommands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

std::string Nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string best;
  size_t best_distance = 4;
  if (word.size() > 64) return best;
  for (const std::string_view candidate : candidates) {
    const size_t distance = EditDistance(word, candidate);
    if (distance < best_distance && distance < candidate.size()) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

Result<Invocation> Invocation::Parse(const std::vector<std::string>& arguments) {
  Invocation invocation;
  bool only_arguments = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (only_arguments || word.size() < 2 || word[0] != '-') {
      if (invocation.command_ != nullptr) {
        invocation.arguments_.push_back(word);
        continue;
      }
      invocation.command_ = FindCommand(word);
      if (invocation.command_ == nullptr) {
        std::vector<std::string_view> names;
        for (const Command& command : AllCommands()) names.push_back(command.name);
        return InvalidInput("no command \"" + word + "\"" + Proposal(Nearest(word, names)) +
                            " (see `whowhom help`)");
      }
      continue;
    }
    if (word == "--") {
      only_arguments = true;
      continue;
    }
    std::string name = word;
    std::optional<std::string> value;
    const Flag* flag = nullptr;
    if (word[1] == '-') {
      if (const size_t equals = word.find('='); equals != std::string::npos) {
        name = word.substr(0, equals);
        value = word.substr(equals + 1);
      }
      flag = FindFlag(name);
    } else {
      flag = FindShort(word[1]);
      name = word.substr(0, 2);
      if (flag != nullptr && word.size() > 2) {
        if (flag->value.empty()) {
          flag = nullptr;
        } else {
          value = word.substr(word[2] == '=' ? 3 : 2);
        }
      }
    }
    if (flag == nullptr) {
      std::vector<std::string_view> names;
      for (const Flag& known : AllFlags()) names.push_back(known.name);
      return InvalidInput("no option \"" + word + "\"" + Proposal(Nearest(name, names)));
    }
    if (flag->value.empty() && value) return InvalidInput("option " + name + " takes no value");
    if (!flag->value.empty() && !value) {
      if (i + 1 >= arguments.size())
        return InvalidInput("option " + name + " needs a value: " + std::string(flag->value));
      value = arguments[++i];
    }
    invocation.values_.emplace_back(flag->name, value.value_or(""));
  }
  if (invocation.command_ == nullptr) {
    invocation.command_ = FindCommand("help");
    return invocation;
  }
  for (const auto& [name, value] : invocation.values_) {
    if (!Accepts(*invocation.command_, name)) {
      return InvalidInput("option " + std::string(name) + " does not go with `" +
                          std::string(invocation.command_->name) + "` (see `whowhom help " +
                          std::string(invocation.command_->name) + "`)");
    }
  }
  return invocation;
}

bool Invocation::Has(std::string_view flag) const {
  return std::any_of(values_.begin(), values_.end(),
                     [flag](const auto& value) { return value.first == flag; });
}

std::string Invocation::Get(std::string_view flag, std::string_view fallback) const {
  for (auto it = values_.rbegin(); it != values_.rend(); ++it) {
    if (it->first == flag) return it->second;
  }
  return std::string(fallback);
}

std::vector<std::string> Invocation::GetAll(std::string_view flag) const {
  std::vector<std::string> all;
  for (const auto& [name, value] : values_) {
    if (name == flag) all.push_back(value);
  }
  return all;
}

Result<size_t> Invocation::Number(std::string_view flag, size_t fallback, size_t minimum,
                                  size_t maximum) const {
  if (!Has(flag)) return fallback;
  const std::string text = Get(flag);
  size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < minimum || value > maximum) {
    return InvalidInput("option " + std::string(flag) + ": expected a whole number from " +
                        std::to_string(minimum) + " to " + std::to_string(maximum) + ", not \"" +
                        text.substr(0, 40) + "\"");
  }
  return value;
}

Result<std::optional<Day>> Invocation::Date(std::string_view flag) const {
  if (!Has(flag)) return std::optional<Day>();
  const std::string text = Get(flag);
  const std::optional<Day> day = ParseDay(text);
  if (!day) {
    return InvalidInput("option " + std::string(flag) + ": expected a day as YYYY-MM-DD, not \"" +
                        text.substr(0, 40) + "\"");
  }
  return day;
}

std::string HelpOverview() {
  std::string text =
      "whowhom reads news articles and builds an evidence-backed graph of who did what to whom.\n\n"
      "usage: whowhom COMMAND [ARGUMENT...] [OPTION...]\n\n"
      "  whowhom add articles/                  read a folder of articles\n"
      "  whowhom ask \"who accused whom\"         ask\n"
      "  whowhom why e:1f3a                     read the sentences behind an edge\n"
      "  whowhom render -o picture.svg          draw\n"
      "  whowhom export gexf -o graph.gexf      take it to Gephi\n\nCommands:\n";
  for (const Command& command : AllCommands()) {
    std::string name(command.name);
    name.resize(std::max<size_t>(16, name.size() + 1), ' ');
    text += "  " + name + std::string(command.summary) + "\n";
  }
  text += "\nOptions of every command:\n" + FlagLines(GlobalFlags());
  text +=
      "\nExit codes: 0 done or found, 1 no result, 2 usage, 3 some inputs failed, 4 graph missing, locked, "
      "corrupt or newer,\n"
      "5 verification failed, 130 interrupted.\n";
  return text;
}

std::string HelpFor(const Command& command) {
  std::string text = "usage: whowhom " + std::string(command.name);
  if (!command.arguments.empty()) text += " " + std::string(command.arguments);
  text += " [OPTION...]\n\n" + std::string(command.summary) + "\n";
  if (!command.details.empty()) text += "\n" + std::string(command.details) + "\n";
  if (!command.flags.empty()) text += "\nOptions:\n" + FlagLines(command.flags);
  text += "\nOptions of every command:\n" + FlagLines(GlobalFlags());
  text += "\nexample: " + std::string(command.example) + "\n";
  return text;
}

std::string ManPage() {
  std::string text =
      ".TH WHOWHOM 1\n.SH NAME\nwhowhom \\- an evidence\\-backed graph of who did what to whom\n"
      ".SH SYNOPSIS\n.B whowhom\nCOMMAND [ARGUMENT...] [OPTION...]\n.SH COMMANDS\n";
  for (const Command& command : AllCommands()) {
    text += ".TP\n.B " + Roff(command.name) + " " + Roff(command.arguments) + "\n" + Roff(command.summary) +
            ". " + Roff(command.details) + "\n";
  }
  text += ".SH OPTIONS\n";
  for (const Flag& flag : AllFlags())
    text += ".TP\n.B " + Roff(FlagColumn(flag)) + "\n" + Roff(flag.help) + "\n";
  text +=
      ".SH EXIT STATUS\n0 done or found, 1 no result, 2 usage, 3 some inputs failed, 4 graph missing, "
      "locked, corrupt or newer, "
      "5 verification failed, 130 interrupted.\n";
  return text;
}

Result<std::string> Completion(std::string_view shell) {
  std::string commands;
  std::string flags;
  for (const Command& command : AllCommands()) commands += std::string(command.name) + " ";
  for (const Flag& flag : AllFlags()) flags += std::string(flag.name) + " ";
  if (shell == "bash") {
    return "_whowhom() {\n  local word=${COMP_WORDS[COMP_CWORD]}\n  if [ \"$COMP_CWORD\" = 1 ]; then "
           "COMPREPLY=($(compgen -W \"" +
           commands + "\" -- \"$word\"))\n  elif [[ $word == -* ]]; then COMPREPLY=($(compgen -W \"" + flags +
           "\" -- \"$word\"))\n  else COMPREPLY=($(compgen -f -- \"$word\")); fi\n}\ncomplete -o filenames "
           "-F _whowhom whowhom\n";
  }
  if (shell == "zsh") {
    return "#compdef whowhom\n_arguments '1:command:(" + commands + ")' '*:file:_files' && return\n";
  }
  if (shell == "fish") {
    std::string text;
    for (const Command& command : AllCommands()) {
      text += "complete -c whowhom -n __fish_use_subcommand -a " + std::string(command.name) + "\n";
    }
    for (const Flag& flag : AllFlags())
      text += "complete -c whowhom -l " + std::string(flag.name.substr(2)) + "\n";
    return text;
  }
  return InvalidInput("no completions for \"" + std::string(shell) + "\"; expected bash, zsh or fish");
}

}  // namespace whowhom::cli
