// What the checks of the several kinds of files share.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/export/check.h"

namespace whowhom::exports {

// Collects problems, at most 1000.
class Problems {
 public:
  void Add(std::string rule, std::string where, std::string what) {
    if (list_.size() < kMax) list_.push_back({std::move(rule), std::move(where), std::move(what)});
  }
  std::vector<ExportProblem> Take() { return std::move(list_); }

 private:
  static constexpr size_t kMax = 1000;
  std::vector<ExportProblem> list_;
};

bool IsNumber(const std::string& text, bool is_whole);
// `type` as GEXF or GraphML name it; true for types that hold any text.
bool FitsType(const std::string& type, const std::string& value);
// UTF-8 without control characters.
void CheckText(std::string_view text, Problems* problems);
// Both empty or days, in order.
void CheckDays(const std::string& first, const std::string& last, const std::string& where,
               Problems* problems);
// Empty or a number above 0.
void CheckWeight(const std::string& weight, const std::string& where, Problems* problems);

// CSV of nodes or edges; returns the values of the first column. `nodes`: the ids that edges may name.
std::set<std::string> CheckCsv(std::string_view text, const std::string& kind,
                               const std::set<std::string>* nodes, Problems* problems);
// The table of `export events` or of `--dyads month`.
void CheckEventTable(std::string_view text, Problems* problems);
// Records as JSON Lines.
void CheckRecords(std::string_view text, Problems* problems);
void CheckTurtle(std::string_view text, Problems* problems);
// DOT text: read by Graphviz itself; every end of an arrow is declared.
void CheckDot(std::string_view text, Problems* problems);

}  // namespace whowhom::exports
