#include <graphviz/cgraph.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "check_problems.h"
#include "whowhom/core/date.h"
#include "whowhom/core/utf8.h"

namespace whowhom::exports {

bool IsNumber(const std::string& text, bool is_whole) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0' && std::isfinite(value) && (!is_whole || value == std::floor(value));
}

bool FitsType(const std::string& type, const std::string& value) {
  if (type == "integer" || type == "int" || type == "long") return IsNumber(value, true);
  if (type == "double" || type == "float") return IsNumber(value, false);
  if (type == "boolean") return value == "true" || value == "false";
  return true;
}

void CheckText(std::string_view text, Problems* problems) {
  if (!IsValidUtf8(text)) problems->Add("invalid-utf8", "file", "bytes that are not UTF-8");
  const bool has_control = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  if (has_control) problems->Add("control-character", "file", "a control character that loaders refuse");
}

void CheckDays(const std::string& first, const std::string& last, const std::string& where,
               Problems* problems) {
  const auto from = ParseDay(first.substr(0, 10));
  const auto to = ParseDay(last.substr(0, 10));
  if (!first.empty() && !from) problems->Add("bad-date", where, "\"" + first.substr(0, 40) + "\" is no day");
  if (!last.empty() && !to) problems->Add("bad-date", where, "\"" + last.substr(0, 40) + "\" is no day");
  if (from && to && *to < *from) problems->Add("end-before-start", where, first + " > " + last);
}

void CheckWeight(const std::string& weight, const std::string& where, Problems* problems) {
  if (!weight.empty() && (!IsNumber(weight, false) || std::strtod(weight.c_str(), nullptr) <= 0))
    problems->Add("bad-weight", where, weight.substr(0, 40) + " is not above 0");
}

namespace {

// What our own Turtle says line by line: subjects that are declared, those that edges name, days and counts.
class TurtleFacts {
 public:
  explicit TurtleFacts(Problems* problems) : problems_(problems) {}

  void Read(std::string_view line) {
    if (line.starts_with("<urn:whowhom:")) {
      EndSubject();
      const size_t end = line.find('>');
      subject_ = std::string(line.substr(0, std::min(end, line.size()) + 1));
      const bool is_node = subject_.starts_with("<urn:whowhom:node:");
      const bool is_edge = subject_.starts_with("<urn:whowhom:edge:");
      if ((is_node || is_edge) && !subjects_.insert(subject_).second)
        problems_->Add("duplicate-id", subject_, "described twice");
    }
    for (const std::string_view end : {"rdf:subject ", "rdf:object "}) {
      if (const size_t at = line.find(end); at == 2)
        ends_.emplace_back(subject_, Value(line, end.size() + 2));
    }
    if (line.starts_with("  ww:from ")) first_ = Quoted(line);
    if (line.starts_with("  ww:to ")) last_ = Quoted(line);
    for (const std::string_view count : {"  ww:sources ", "  ww:statements ", "  ww:mentions "}) {
      if (!line.starts_with(count)) continue;
      const std::string value = Value(line, count.size());
      if (!IsNumber(value, true)) problems_->Add("wrong-type", subject_, value + " is no whole number");
      if (count == "  ww:sources ") CheckWeight(value, subject_, problems_);
    }
  }

  void Finish() {
    EndSubject();
    for (const auto& [edge, node] : ends_) {
      if (!subjects_.contains(node)) problems_->Add("missing-end-point", edge, node);
    }
  }

 private:
  static std::string Value(std::string_view line, size_t begin) {
    return std::string(line.substr(begin, line.find(' ', begin) - begin));
  }
  static std::string Quoted(std::string_view line) {
    const size_t begin = line.find('"');
    if (begin == std::string_view::npos) return std::string(line);
    return std::string(line.substr(begin + 1, line.find('"', begin + 1) - begin - 1));
  }
  void EndSubject() {
    CheckDays(first_, last_, subject_, problems_);
    first_.clear();
    last_.clear();
  }

  Problems* problems_;
  std::string subject_, first_, last_;
  std::set<std::string> subjects_;
  std::vector<std::pair<std::string, std::string>> ends_;
};

}  // namespace

// Balance of strings, IRIs and brackets, and that every statement ends.
void CheckTurtle(std::string_view text, Problems* problems) {
  CheckText(text, problems);
  int depth = 0;
  char last = '.';
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '<') {
      const char closing = c == '"' ? '"' : '>';
      size_t end = i + 1;
      while (end < text.size() && text[end] != closing && text[end] != '\n')
        end += c == '"' && text[end] == '\\' ? 2 : 1;
      if (end >= text.size() || text[end] != closing) {
        problems->Add("open-string", "byte " + std::to_string(i), "a string or IRI does not end on its line");
        return;
      }
      i = end;
      last = closing;
      continue;
    }
    if (c == '[' || c == '(') ++depth;
    if (c == ']' || c == ')') --depth;
    if (c != ' ' && c != '\n' && c != '\t') last = c;
  }
  TurtleFacts facts(problems);
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    facts.Read(text.substr(begin, end - begin));
    begin = end + 1;
  }
  facts.Finish();
  if (depth != 0) problems->Add("unbalanced", "file", "brackets do not match");
  if (last != '.') problems->Add("truncated", "file", "the last statement has no full stop");
}

void CheckDot(std::string_view text, Problems* problems) {
  CheckText(text, problems);
  constexpr size_t kLongestString = 16384;  // of Graphviz' reader
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end - begin >= kLongestString)
      problems->Add("long-string", "byte " + std::to_string(begin), "Graphviz does not read so long a line");
    begin = end + 1;
  }
  agseterr(AGMAX);  // what it would print is said here
  Agraph_t* graph = agmemread(std::string(text).c_str());
  if (graph == nullptr) return problems->Add("not-dot", "file", "Graphviz does not read it");
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    const char* shape = agget(node, const_cast<char*>("shape"));
    if (shape == nullptr || *shape == '\0')
      problems->Add("missing-end-point", std::string("node ") + agnameof(node),
                    "an arrow's end is not declared");
    for (Agedge_t* edge = agfstout(graph, node); edge != nullptr; edge = agnxtout(graph, edge)) {
      const char* width = agget(edge, const_cast<char*>("penwidth"));
      CheckWeight(width == nullptr ? "" : width, std::string("arrow from ") + agnameof(node), problems);
    }
  }
  agclose(graph);
}

}  // namespace whowhom::exports
