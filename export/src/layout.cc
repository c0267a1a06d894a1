#include "layout.h"

#include <graphviz/gvc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>

#include "layout_child.h"

namespace whowhom::exports {
namespace {

constexpr uint32_t kSeconds = 20;

void WriteAll(int descriptor, const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t count = ::write(descriptor, text.data() + done, text.size() - done);
    if (count < 0 && errno != EINTR) return;
    if (count > 0) done += static_cast<size_t>(count);
  }
}

// In the child: lays out and writes "index x y" lines, complete only with the line "end".
[[noreturn]] void LayOutInChild(const std::string& dot, int descriptor) {
  Agraph_t* graph = LayOutLimited(dot, "sfdp", kSeconds).graph;
  std::string text;
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    char line[120];
    std::snprintf(line, sizeof(line), "%s %.1f %.1f\n", agnameof(node), ND_coord(node).x, ND_coord(node).y);
    text += line;
  }
  WriteAll(descriptor, text + "end\n");
  ::_exit(0);
}

// The child's answer; empty if it gave none or not all of it.
std::string RunChild(const std::string& dot) {
  int ends[2];
  if (::pipe(ends) != 0) return {};
  const pid_t child = ::fork();
  if (child < 0) {
    ::close(ends[0]);
    ::close(ends[1]);
    return {};
  }
  if (child == 0) {
    ::close(ends[0]);
    LayOutInChild(dot, ends[1]);
  }
  ::close(ends[1]);
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t count = ::read(ends[0], buffer, sizeof(buffer));
    if (count > 0) text.append(buffer, static_cast<size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) break;
  }
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const bool is_whole = WIFEXITED(status) && WEXITSTATUS(status) == 0 && text.ends_with("end\n");
  return is_whole ? text : std::string();
}

}  // namespace

Point SpiralPosition(size_t index) {
  const double radius = 30.0 * std::sqrt(static_cast<double>(index) + 0.5);
  const double angle = 2.399963229728653 * static_cast<double>(index);  // golden angle
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

std::vector<Point> LayOut(size_t count, const std::vector<std::pair<uint32_t, uint32_t>>& edges) {
  std::vector<Point> points(count);
  for (size_t i = 0; i < count; ++i) points[i] = SpiralPosition(i);
  if (count < 2 || count > kMaxLaidOutNodes || edges.size() > kMaxLaidOutEdges) return points;
  std::set<std::pair<uint32_t, uint32_t>> pairs;
  std::vector<bool> is_connected(count, false);
  for (const auto& [a, b] : edges) {
    if (a == b || a >= count || b >= count) continue;
    pairs.insert({std::min(a, b), std::max(a, b)});
    is_connected[a] = is_connected[b] = true;
  }
  // Room for a node and its name below it: 100 by 40 points.
  std::string dot =
      "graph g { graph [overlap=prism, sep=\"+6\", splines=none, K=1.0, start=7];"
      " node [shape=box, fixedsize=true, width=1.4, height=0.55, label=\"\"];\n";
  for (size_t i = 0; i < count; ++i) {
    if (is_connected[i]) dot += std::to_string(i) + ";\n";
  }
  for (const auto& [a, b] : pairs) dot += std::to_string(a) + "--" + std::to_string(b) + ";\n";
  const std::string answer = RunChild(dot + "}\n");
  if (answer.empty()) return points;
  double reach = 0;
  double sum_x = 0;
  double sum_y = 0;
  size_t placed = 0;
  for (size_t begin = 0; begin < answer.size(); begin = answer.find('\n', begin) + 1) {
    char* end = nullptr;
    const size_t index = std::strtoul(answer.c_str() + begin, &end, 10);
    if (end == answer.c_str() + begin || index >= count) break;
    points[index].x = std::strtod(end, &end);
    points[index].y = -std::strtod(end, &end);
    sum_x += points[index].x;
    sum_y += points[index].y;
    ++placed;
  }
  if (placed == 0) return points;
  for (size_t i = 0; i < count; ++i) {
    if (!is_connected[i]) continue;
    points[i].x -= sum_x / static_cast<double>(placed);
    points[i].y -= sum_y / static_cast<double>(placed);
    reach = std::max(reach, std::hypot(points[i].x, points[i].y));
  }
  // Nodes without edges go outside the rest: the spiral from where its radius exceeds that of the drawing.
  auto outside = static_cast<size_t>((reach / 30.0 + 2) * (reach / 30.0 + 2));
  for (size_t i = 0; i < count; ++i) {
    if (!is_connected[i]) points[i] = SpiralPosition(outside++);
  }
  return points;
}

}  // namespace whowhom::exports
