#include <algorithm>
#include <map>
#include <string>

#include "whowhom/extract/scoring.h"

namespace whowhom::extract {
namespace {

std::vector<std::string> Columns(std::string_view line) {
  std::vector<std::string> columns;
  while (true) {
    const size_t tab = line.find('\t');
    columns.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos || columns.size() > 32) return columns;
    line.remove_prefix(tab + 1);
  }
}

template <typename Row>
void ForEachLine(std::string_view bytes, Row row) {
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) row(line);
  }
}

bool IsTrue(std::string_view text) { return text == "TRUE" || text == "True" || text == "true"; }

bool IsFeminine(std::string_view pronoun) {
  return pronoun.starts_with("she") || pronoun.starts_with("her") || pronoun.starts_with("She") ||
         pronoun.starts_with("Her");
}

}  // namespace

Result<std::vector<ScoreRow>> ScoreGap(std::string_view gold, std::string_view system) {
  std::map<std::string, std::pair<bool, bool>> answers;
  Status status;
  ForEachLine(system, [&](std::string_view line) {
    const auto columns = Columns(line);
    if (columns.size() != 3)
      status = InvalidInput("system: expected ID, A-coref, B-coref in \"" + std::string(line.substr(0, 40)) +
                            "\"");
    if (columns.size() == 3) answers[columns[0]] = {IsTrue(columns[1]), IsTrue(columns[2])};
  });
  WHOWHOM_TRY_STATUS(status);
  std::map<std::string, size_t> header;
  Agreement sides[2];  // masculine, feminine
  ForEachLine(gold, [&](std::string_view line) {
    const auto columns = Columns(line);
    if (header.empty()) {
      for (size_t c = 0; c < columns.size(); ++c) header.emplace(columns[c], c);
      for (const char* name : {"ID", "Pronoun", "A-coref", "B-coref"}) {
        if (!header.contains(name)) status = InvalidInput("gold: the header lacks " + std::string(name));
      }
      return;
    }
    if (!status.ok()) return;
    const size_t needed = std::max({header["ID"], header["Pronoun"], header["A-coref"], header["B-coref"]});
    if (columns.size() <= needed) {
      status = InvalidInput("gold: too few columns in \"" + std::string(line.substr(0, 40)) + "\"");
      return;
    }
    const auto found = answers.find(columns[header["ID"]]);
    if (found == answers.end()) {
      status = InvalidInput("system has no line for " + columns[header["ID"]]);
      return;
    }
    Agreement& side = sides[IsFeminine(columns[header["Pronoun"]])];
    const bool truth[2] = {IsTrue(columns[header["A-coref"]]), IsTrue(columns[header["B-coref"]])};
    const bool answer[2] = {found->second.first, found->second.second};
    for (int k = 0; k < 2; ++k) {
      side.gold += truth[k];
      side.system += answer[k];
      side.Count(truth[k] && answer[k] ? 1 : 0);
    }
  });
  WHOWHOM_TRY_STATUS(status);
  Agreement all = sides[0];
  all.gold += sides[1].gold;
  all.system += sides[1].system;
  all.Count(sides[1].correct);
  const double bias = sides[0].f1() == 0 ? 0 : sides[1].f1() / sides[0].f1();
  return std::vector<ScoreRow>{{"overall", all, true, 0},
                               {"masculine", sides[0], true, 0},
                               {"feminine", sides[1], true, 0},
                               {"bias", {}, false, bias}};
}

}  // namespace whowhom::extract
