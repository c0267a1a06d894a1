#include "graph_session.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "whowhom/core/utf8.h"

namespace whowhom::cli {
namespace {

bool UsesColor(const Context& context) {
  const std::string when = context.in().Get("--color", "auto");
  if (when == "always") return true;
  const char* no_color = std::getenv("NO_COLOR");
  return when == "auto" && (no_color == nullptr || *no_color == '\0') && ::isatty(1) != 0 &&
         !context.in().Has("--output");
}

// The sentence with its marked spans: bold on a terminal, [brackets] elsewhere.
std::string MarkSentence(const graph::EdgeEvidence& evidence, bool color) {
  std::vector<ByteSpan> marks = evidence.marks;
  std::sort(marks.begin(), marks.end());
  std::string out;
  uint32_t at = evidence.span.begin;
  const auto append = [&](uint32_t end) {
    const uint32_t from = at - evidence.span.begin;
    if (end > at && from < evidence.sentence.size())
      out += WithoutControls(std::string_view(evidence.sentence).substr(from, end - at), ' ');
    at = std::max(at, end);
  };
  for (const ByteSpan& mark : marks) {
    if (mark.begin < at || mark.end > evidence.span.end) continue;
    append(mark.begin);
    out += color ? "\033[1m" : "[";
    append(mark.end);
    out += color ? "\033[0m" : "]";
  }
  append(evidence.span.end);
  return out;
}

}  // namespace

Result<GraphSession> OpenGraph(const Context& context) {
  GraphSession session;
  WHOWHOM_TRY(session.store, context.OpenStore(storage::OpenMode::kReadOnly));
  graph::ViewOptions options;
  options.cache_dir = context.graph_path() + "/cache";
  WHOWHOM_TRY(session.view, graph::View::Build(session.store->TakeSnapshot(), options));
  return session;
}

Result<std::vector<EventClass>> ClassesOf(const Context& context) {
  std::vector<EventClass> classes;
  for (const std::string& name : context.in().GetAll("--class")) {
    std::string upper = name;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const auto event_class = ParseEventClass(upper);
    if (!event_class || *event_class == EventClass::kNone) {
      std::vector<std::string_view> known;
      for (int i = 1; i <= static_cast<int>(EventClass::kAssault); ++i)
        known.push_back(ToString(static_cast<EventClass>(i)));
      const std::string near = Nearest(upper, known);
      return InvalidInput("no event class \"" + name.substr(0, 40) + "\"" +
                          (near.empty() ? "" : "; did you mean " + near + "?") + " (see `whowhom schema`)");
    }
    classes.push_back(*event_class);
  }
  return classes;
}

Result<std::optional<DayRange>> DaysOf(const Context& context) {
  WHOWHOM_TRY(const auto since, context.in().Date("--since"));
  WHOWHOM_TRY(const auto until, context.in().Date("--until"));
  if (!since && !until) return std::optional<DayRange>();
  const DayRange days{since.value_or(*MakeDay(1, 1, 1)), until.value_or(*MakeDay(9999, 12, 31))};
  if (days.to < days.from) return InvalidInput("--since is later than --until");
  return std::optional<DayRange>(days);
}

Result<graph::GraphNode> FindActor(const Context& context, const graph::View& view, const std::string& name) {
  if (name.size() == 18 && name.starts_with("a:")) {
    const auto hash = ParseHash(name.substr(2) + std::string(16, '0'));
    WHOWHOM_TRY(const auto node, view.FindNode(NodeId{hash ? hash->high : 0}));
    if (node) return *node;
    return NotFound("no actor " + name + " in this graph");
  }
  WHOWHOM_TRY(const auto matches, view.FindActors(name, 4));
  if (matches.empty() || matches[0].score < 0.75) {
    std::string message = "nobody called \"" + name.substr(0, 100) + "\" in this graph";
    for (size_t i = 0; i < matches.size(); ++i)
      message += (i == 0 ? "; nearest: " : ", ") + matches[i].node.label;
    return NotFound(message);
  }
  const bool is_ambiguous = matches.size() > 1 && matches[1].score >= matches[0].score;
  if (is_ambiguous && !context.quiet()) {
    Context::Complain("\"" + name + "\" is read as " + matches[0].node.label + " " +
                      graph::FormatNodeId(matches[0].node.id) + " (others: " + matches[1].node.label + " " +
                      graph::FormatNodeId(matches[1].node.id) + ")");
  }
  return matches[0].node;
}

Result<graph::SubgraphFilter> FilterOf(const Context& context, const graph::View& view) {
  graph::SubgraphFilter filter;
  for (const std::string& name : context.in().GetAll("--around")) {
    WHOWHOM_TRY(const graph::GraphNode node, FindActor(context, view, name));
    filter.around.push_back(node.id);
  }
  WHOWHOM_TRY(const size_t depth, context.in().Number("--depth", 1, 0, 10));
  filter.depth = static_cast<int>(depth);
  WHOWHOM_TRY(filter.classes, ClassesOf(context));
  WHOWHOM_TRY(filter.days, DaysOf(context));
  WHOWHOM_TRY(const size_t sources, context.in().Number("--min-sources", 0, 0, 1000000));
  filter.min_sources = static_cast<uint32_t>(sources);
  filter.facts_only = context.in().Has("--facts");
  filter.claims_only = context.in().Has("--claims");
  if (filter.facts_only && filter.claims_only) return InvalidInput("--facts and --claims exclude each other");
  filter.actors_only = context.in().Has("--actors-only");
  if (context.in().Has("--top")) {
    WHOWHOM_TRY(filter.max_nodes, context.in().Number("--top", 40, 1, 100000000));
  }
  return filter;
}

std::string ShowDays(const std::optional<DayRange>& days) {
  if (!days) return {};
  return FormatDay(days->from) + (days->to == days->from ? "" : ".." + FormatDay(days->to));
}

std::string ShowQualifier(Qualifier qualifier) {
  if (qualifier.is_fact()) return qualifier.polarity() == Polarity::kNegative ? "fact, negative" : "fact";
  std::string text = qualifier.attributed() ? "claim" : "";
  if (qualifier.modality() != Modality::kAsserted) {
    text += (text.empty() ? "" : ", ") + std::string(ToString(qualifier.modality()));
  }
  return text + (qualifier.polarity() == Polarity::kNegative ? ", negative" : "");
}

void PrintEvidence(const std::vector<graph::EdgeEvidence>& evidence, size_t limit, Context* context) {
  const bool color = UsesColor(*context);
  for (size_t i = 0; i < std::min(limit, evidence.size()); ++i) {
    const auto& item = evidence[i];
    context->Write("  " + MarkSentence(item, color) + "\n");
    std::string source = item.outlet.empty() ? "" : WithoutControls(item.outlet, ' ') + ", ";
    source += WithoutControls(item.path, ' ');
    if (item.published) source += ", " + FormatDay(*item.published);
    if (!item.title.empty()) source += ", \"" + WithoutControls(item.title, ' ') + "\"";
    if (!item.url.empty()) source += ", " + WithoutControls(item.url, ' ');
    context->Write("    " + source + "\n");
    char confidence[16];
    std::snprintf(confidence, sizeof(confidence), "%.2f", item.confidence);
    context->Write("    " +
                   (item.speaker.empty() ? "" : "said by " + WithoutControls(item.speaker, ' ') + "; ") +
                   "s:" + ToHex(item.statement.hash) + ", bytes " + std::to_string(item.span.begin) + "-" +
                   std::to_string(item.span.end) + ", confidence " + confidence + "\n");
  }
  if (evidence.size() > limit)
    context->Write("  ... and " + std::to_string(evidence.size() - limit) + " more (-n)\n");
}

Status DrawEdges(const Context& context, const graph::View& view, std::vector<graph::GraphEdge> edges,
                 const std::string& title) {
  graph::Subgraph part;
  std::set<NodeId> nodes;
  std::set<uint64_t> seen;  // an edge may stand in several rows or paths
  for (graph::GraphEdge& edge : edges) {
    if (!seen.insert(edge.id).second) continue;
    nodes.insert({edge.source, edge.target});
    part.edges.push_back(std::move(edge));
  }
  for (const NodeId id : nodes) {
    WHOWHOM_TRY(const auto node, view.FindNode(id));
    if (node) part.nodes.push_back(*node);
  }
  WHOWHOM_TRY(exports::PictureOptions options, PictureOptionsOf(context));
  if (options.title.empty()) options.title = title;
  if (!options.title.empty() && options.title[0] >= 'a' && options.title[0] <= 'z')
    options.title[0] = static_cast<char>(options.title[0] - 32);
  return exports::DrawPicture(part, options, context.in().Get("--render"));
}

Result<exports::PictureOptions> PictureOptionsOf(const Context& context) {
  exports::PictureOptions options;
  options.title = context.in().Get("--title");
  options.show_times = context.in().Has("--times");
  options.show_ids = context.in().Has("--ids");
  options.force = context.in().Has("--force");
  options.page = context.in().Get("--page");
  const bool is_link = std::all_of(options.page.begin(), options.page.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 &&
           std::string_view("\"'<>\\`#").find(c) == std::string_view::npos;
  });
  const size_t colon = options.page.find(':');
  const bool is_web = options.page.starts_with("https://") || options.page.starts_with("http://");
  if (!is_link || (colon != std::string::npos && !is_web))
    return InvalidInput("option --page: expected a file name or a web address of a page of `export html`");
  const std::string theme = context.in().Get("--theme", "light");
  if (theme == "dark") {
    options.theme = exports::Theme::kDark;
  } else if (theme == "print") {
    options.theme = exports::Theme::kPrint;
  } else if (theme != "light") {
    return InvalidInput("option --theme: expected light, dark or print, not \"" + theme.substr(0, 40) + "\"");
  }
  return options;
}

}  // namespace whowhom::cli
