#include <graphviz/gvc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <set>
#include <vector>

#include "attributes.h"
#include "layout_child.h"
#include "text_escape.h"
#include "whowhom/export/output.h"
#include "whowhom/export/picture.h"

namespace whowhom::exports {
namespace {

std::string EndingOf(const std::string& path) {
  if (path == "-") return "svg";
  const size_t dot = path.rfind('.');
  return dot == std::string::npos ? "" : path.substr(dot + 1);
}

// Where straight lines meet, sfdp puts the labels of arrows on top of each other and of actors: here each
// goes to the first place along its own line that is free. A label without such a place is not drawn; its
// words stay in the tooltip.
void PlaceLabels(Agraph_t* graph) {
  std::vector<boxf> taken;
  const auto overlaps = [&taken](const boxf& box) {
    return std::any_of(taken.begin(), taken.end(), [&box](const boxf& other) {
      return box.LL.x < other.UR.x && other.LL.x < box.UR.x && box.LL.y < other.UR.y && other.LL.y < box.UR.y;
    });
  };
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    const pointf at = ND_coord(node);
    taken.push_back(
        {{at.x - ND_lw(node), at.y - ND_ht(node) / 2}, {at.x + ND_rw(node), at.y + ND_ht(node) / 2}});
  }
  constexpr double kPlaces[] = {0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.2, 0.8};
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    for (Agedge_t* edge = agfstout(graph, node); edge != nullptr; edge = agnxtout(graph, edge)) {
      textlabel_t* label = ED_label(edge);
      if (label == nullptr) continue;
      const pointf from = ND_coord(agtail(edge));
      const pointf to = ND_coord(aghead(edge));
      label->set = FALSE;
      for (const double t : kPlaces) {
        const pointf at{from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)};
        const boxf box{{at.x - label->dimen.x / 2, at.y - label->dimen.y / 2},
                       {at.x + label->dimen.x / 2, at.y + label->dimen.y / 2}};
        if (overlaps(box)) continue;
        taken.push_back(box);
        label->pos = at;
        label->set = TRUE;
        break;
      }
    }
  }
}

// Runs in the child: lays out and renders; never returns to the program.
[[noreturn]] void LayOutInChild(const std::string& dot, const std::string& engine, const std::string& format,
                                uint32_t timeout_seconds, const std::string& target) {
  const LaidOutGraph laid_out = LayOutLimited(dot, engine, timeout_seconds);
  if (engine == "sfdp") PlaceLabels(laid_out.graph);
  ::_exit(gvRenderFilename(laid_out.context, laid_out.graph, format.c_str(), target.c_str()) == 0 ? 0 : 5);
}

Status WaitFor(pid_t child, uint32_t timeout_seconds) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return IoError(std::string("waiting for the layout: ") + std::strerror(errno));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) {
    return ResourceLimit("drawing the graph: the layout took more than " + std::to_string(timeout_seconds) +
                         " s; draw less (--top, --around, --since, --min-sources)");
  }
  return ResourceLimit(
      "drawing the graph: Graphviz gave up; draw less (--top, --around, --since) or export dot");
}

}  // namespace

Status DrawDot(const std::string& dot, const std::string& engine, uint32_t timeout_seconds,
               const std::string& path) {
  const std::string format = EndingOf(path);
  if (format == "dot" || format == "gv") {
    const auto output = OpenFile(path);
    output->Write(dot);
    return output->Finish();
  }
  if (format != "svg" && format != "png" && format != "pdf") {
    return InvalidInput("drawing to " + path + ": expected a file that ends in .svg, .png, .pdf or .dot");
  }
  const std::string target = path == "-" ? "/dev/stdout" : path + ".part";
  const std::string gv_format = format == "png" ? "png:cairo" : format;
  const pid_t child = ::fork();
  if (child < 0) return IoError(std::string("starting the layout: ") + std::strerror(errno));
  if (child == 0) LayOutInChild(dot, engine, gv_format, timeout_seconds, target);
  const Status drawn = WaitFor(child, timeout_seconds);
  if (path == "-") return drawn;
  if (drawn.ok() && ::rename(target.c_str(), path.c_str()) != 0) {
    return IoError("writing " + path + ": " + std::strerror(errno));
  }
  if (!drawn.ok()) ::unlink(target.c_str());
  return drawn;
}

Status DrawPicture(const graph::Subgraph& subgraph, const PictureOptions& options, const std::string& path) {
  std::set<NodeId> drawn;
  for (const auto& edge : subgraph.edges) {
    if (HasBothEnds(edge)) drawn.insert({edge.source, edge.target});
  }
  if (drawn.size() > kMaxDrawnNodes && !options.force && EndingOf(path) != "dot" && EndingOf(path) != "gv") {
    return ResourceLimit("drawing " + std::to_string(drawn.size()) +
                         " actors: nobody could read it; draw less (--top 50, --around NAME, "
                         "--since DAY) or pass --force");
  }
  PictureOptions used = options;
  used.plain_labels = EndingOf(path) == "dot" || EndingOf(path) == "gv";
  return DrawDot(ToDot(subgraph, used), EngineOf(subgraph), options.timeout_seconds, path);
}

}  // namespace whowhom::exports
