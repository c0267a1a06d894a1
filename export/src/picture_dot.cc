#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>

#include "attributes.h"
#include "text_escape.h"
#include "whowhom/export/picture.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::GraphNode;
using graph::Subgraph;

// Edges between the same two actors that look alike: one arrow with a list of relations.
struct Bundle {
  std::map<std::string, uint32_t> relations;  // label -> independent sources
  std::optional<DayRange> days;
  uint32_t sources = 0;
  const GraphEdge* best = nullptr;
};
using BundleKey = std::tuple<NodeId, NodeId, int, bool>;  // source, target, leaning, is a claim

// -1 conflict, 0 neither, 1 cooperation.
int Leaning(const GraphEdge& edge) {
  switch (edge.quad) {
    case Quad::kVerbalConflict:
    case Quad::kMaterialConflict:
      return -1;
    case Quad::kVerbalCooperation:
    case Quad::kMaterialCooperation:
      return 1;
    case Quad::kNone:
      break;
  }
  return 0;
}

struct Palette {
  const char* background;
  const char* text;
  const char* conflict;
  const char* cooperation;
  const char* neutral;
};

Palette PaletteOf(Theme theme) {
  switch (theme) {
    case Theme::kDark:
      return {"#1B1F24", "#F0F0F0", "#F0884A", "#6BB8F2", "#9AA0A6"};
    case Theme::kPrint:
      return {"#FFFFFF", "#000000", "#000000", "#000000", "#777777"};
    case Theme::kLight:
      break;
  }
  return {"#FFFFFF", "#222222", "#C8500A", "#0072B2", "#8A8A8A"};
}

const char* ColorOf(int leaning, const Palette& palette) {
  return leaning < 0 ? palette.conflict : leaning > 0 ? palette.cooperation : palette.neutral;
}

std::string Hex(Color color) {
  char buffer[8];
  std::snprintf(buffer, sizeof(buffer), "#%02X%02X%02X", color.red, color.green, color.blue);
  return buffer;
}

// Dark letters stand on it: mixed with white behind it, pure on a dark background.
std::string FillOf(EntityType type, Theme theme) {
  if (theme == Theme::kPrint) return "#FFFFFF";
  return Hex(NodeColor(type)) + (theme == Theme::kDark ? "" : "99");
}

const char* ShapeOf(EntityType type) {
  switch (type) {
    case EntityType::kPerson:
      return "ellipse";
    case EntityType::kGpe:
      return "box";
    case EntityType::kOrg:
      return "hexagon";
    case EntityType::kGroup:
      return "octagon";
    case EntityType::kPlace:
      return "house";
    case EntityType::kEvent:
      return "diamond";
    case EntityType::kThing:
      break;
  }
  return "note";
}

// Long names break at a blank near the middle of the line.
std::string Wrap(const std::string& text, size_t width) {
  std::string out;
  size_t line = 0;
  for (const char c : text) {
    if (c == ' ' && line >= width) {
      out.push_back('\n');
      line = 0;
      continue;
    }
    out.push_back(c);
    ++line;
  }
  return out;
}

// A DOT label: quoted, its line breaks centred.
std::string Label(const std::string& text) {
  std::string out = "\"";
  std::string line;
  const auto flush = [&] {
    const std::string quoted = QuoteDot(line, 200);
    out.append(quoted, 1, quoted.size() - 2);
    line.clear();
  };
  for (const char c : text) {
    if (c == '\n') {
      flush();
      out += "\\n";
    } else {
      line.push_back(c);
    }
  }
  flush();
  return out + "\"";
}

std::map<BundleKey, Bundle> BundlesOf(const Subgraph& subgraph) {
  std::map<BundleKey, Bundle> bundles;
  for (const GraphEdge& edge : subgraph.edges) {
    if (!HasBothEnds(edge) || edge.source == edge.target) continue;
    Bundle& bundle = bundles[{edge.source, edge.target, Leaning(edge), !edge.qualifier.is_fact()}];
    const std::string verb =
        edge.qualifier.polarity() == Polarity::kNegative ? "not " + edge.relation : edge.relation;
    const uint32_t sources = std::max<uint32_t>(1, edge.independent_sources);
    bundle.relations[verb] += sources;
    bundle.sources = std::max(bundle.sources, sources);
    if (bundle.best == nullptr || sources > std::max<uint32_t>(1, bundle.best->independent_sources))
      bundle.best = &edge;
    if (edge.days) {
      bundle.days = bundle.days ? DayRange{std::min(bundle.days->from, edge.days->from),
                                           std::max(bundle.days->to, edge.days->to)}
                                : *edge.days;
    }
  }
  return bundles;
}

std::string BundleLabel(const Bundle& bundle, bool show_times) {
  std::vector<std::pair<std::string, uint32_t>> relations(bundle.relations.begin(), bundle.relations.end());
  std::stable_sort(relations.begin(), relations.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  constexpr size_t kShown = 3;
  std::string text;
  for (size_t i = 0; i < std::min(kShown, relations.size()); ++i) {
    if (i > 0) text += "\n";
    text += relations[i].first;
    if (relations[i].second > 1) text += " \xC3\x97" + std::to_string(relations[i].second);
  }
  if (relations.size() > kShown) text += "\n+" + std::to_string(relations.size() - kShown) + " more";
  if (show_times && bundle.days) {
    text += "\n" + FormatDay(bundle.days->from);
    if (bundle.days->to != bundle.days->from) text += " \xE2\x80\x93 " + FormatDay(bundle.days->to);
  }
  return text;
}

std::string Tooltip(const Bundle& bundle) {
  const GraphEdge& edge = *bundle.best;
  std::string text = EdgeKey(edge);
  if (edge.evidence.empty()) return text;
  const auto& evidence = edge.evidence.front();
  text += ": " + evidence.sentence;
  if (!evidence.speaker.empty()) text += " [" + evidence.speaker + "]";
  text += " (" + (evidence.outlet.empty() ? evidence.path : evidence.outlet);
  if (evidence.published) text += ", " + FormatDay(*evidence.published);
  return text + ")";
}

// The graph's own label: title, dates, and what shapes and lines mean. Built of constants and escaped text
// only.
std::string Caption(const Subgraph& subgraph, const PictureOptions& options, const Palette& palette) {
  std::optional<DayRange> days;
  for (const GraphEdge& edge : subgraph.edges) {
    if (!edge.days) continue;
    days = days ? DayRange{std::min(days->from, edge.days->from), std::max(days->to, edge.days->to)}
                : *edge.days;
  }
  std::string dates;
  if (days)
    dates = FormatDay(days->from) + (days->to == days->from ? "" : " \xE2\x80\x93 " + FormatDay(days->to));
  std::string html = "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"4\">";
  if (!options.title.empty()) {
    html += "<TR><TD ALIGN=\"CENTER\"><FONT POINT-SIZE=\"22\"><B>" +
            EscapeXml(PlainText(CutUtf8(options.title, 200))) + "</B></FONT></TD></TR>";
  }
  if (!dates.empty())
    html += "<TR><TD ALIGN=\"CENTER\"><FONT POINT-SIZE=\"13\">" + dates + "</FONT></TD></TR>";
  html += "<TR><TD ALIGN=\"CENTER\"><FONT POINT-SIZE=\"13\"><FONT COLOR=\"" + std::string(palette.conflict) +
          "\">\xE2\x94\x81\xE2\x94\x81 conflict</FONT>   <FONT COLOR=\"" + palette.cooperation +
          "\">\xE2\x94\x81\xE2\x94\x81 cooperation</FONT>   <FONT COLOR=\"" + palette.neutral +
          "\">\xE2\x94\x81\xE2\x94\x81 other</FONT>   solid: reported as fact   dashed: claimed, planned or "
          "denied</FONT></TD></TR>";
  html += "<TR><TD ALIGN=\"CENTER\"><FONT POINT-SIZE=\"13\">";
  static constexpr std::pair<EntityType, const char*> kKinds[] = {{EntityType::kPerson, "person"},
                                                                  {EntityType::kGpe, "state or place"},
                                                                  {EntityType::kOrg, "organisation"},
                                                                  {EntityType::kGroup, "group"}};
  for (const auto& [type, name] : kKinds) {
    html += "<FONT COLOR=\"" + Hex(NodeColor(type)) + "\">\xE2\x97\x8F</FONT> " + name + "   ";
  }
  return html + "</FONT></TD></TR></TABLE>>";
}

}  // namespace

std::string EngineOf(const Subgraph& subgraph) {
  std::set<std::pair<NodeId, NodeId>> pairs;
  std::set<NodeId> nodes;
  for (const GraphEdge& edge : subgraph.edges) {
    if (!HasBothEnds(edge) || edge.source == edge.target) continue;
    pairs.insert({edge.source, edge.target});
    nodes.insert({edge.source, edge.target});
  }
  const bool is_dense = nodes.size() >= kDenseNodes && 2 * pairs.size() > 3 * nodes.size();
  return nodes.size() > kMaxDotNodes || is_dense ? "sfdp" : "dot";
}

std::string ToDot(const Subgraph& subgraph, const PictureOptions& options) {
  const Palette palette = PaletteOf(options.theme);
  const auto bundles = BundlesOf(subgraph);
  std::set<NodeId> drawn;
  for (const auto& [key, bundle] : bundles) {
    drawn.insert(std::get<0>(key));
    drawn.insert(std::get<1>(key));
  }
  const bool is_large = drawn.size() > kMaxDotNodes;
  const bool is_free = EngineOf(subgraph) == "sfdp";
  std::string dot = "digraph whowhom {\n  graph [charset=\"UTF-8\", bgcolor=\"" +
                    std::string(palette.background) + "\", fontname=\"DejaVu Sans\", fontcolor=\"" +
                    palette.text +
                    "\", labelloc=\"t\", pad=\"0.3\", rankdir=\"LR\", nodesep=\"0.25\", ranksep=\"0.7\"";
  // Straight lines behind the actors: curves around them take sfdp ten times as long.
  dot += is_free ? ", overlap=\"" + std::string(is_large ? "prism0" : "prism") +
                       "\", splines=\"line\", sep=\"+10\", K=\"1.2\", outputorder=\"edgesfirst\""
                 : ", splines=\"true\"";
  dot += ", label=" + Caption(subgraph, options, palette) + "];\n";
  dot +=
      "  node [style=\"filled\", fontname=\"DejaVu Sans\", fontsize=\"14\", fontcolor=\"#111111\", "
      "color=\"#555555\", margin=\"0.12,0.06\"];\n";
  dot += "  edge [fontname=\"DejaVu Sans\", fontsize=\"11\", arrowsize=\"0.7\"];\n";
  for (const GraphNode& node : subgraph.nodes) {
    if (!drawn.contains(node.id)) continue;
    std::string tooltip = node.label + " (" + std::string(ToString(node.type));
    if (!node.country.empty()) tooltip += ", " + node.country;
    dot += "  " + QuoteDot(NodeKey(node.id)) + " [label=" + Label(Wrap(PlainText(node.label), 16)) +
           ", shape=\"" + ShapeOf(node.type) + "\", fillcolor=\"" + FillOf(node.type, options.theme) +
           "\", tooltip=" + QuoteDot(tooltip + ")", 400) + "];\n";
  }
  for (const auto& [key, bundle] : bundles) {
    const auto& [source, target, leaning, is_claim] = key;
    char width[16];
    std::snprintf(width, sizeof(width), "%.1f",
                  std::min(5.0, 0.8 + 0.7 * std::log2(static_cast<double>(bundle.sources) + 1)));
    const std::string color = ColorOf(leaning, palette);
    dot += "  " + QuoteDot(NodeKey(source)) + " -> " + QuoteDot(NodeKey(target)) + " [";
    if (!is_large) dot += "label=" + Label(BundleLabel(bundle, options.show_times)) + ", ";
    dot += "style=\"" + std::string(is_claim ? "dashed" : "solid") + "\", penwidth=\"" + width +
           "\", color=\"" + color + "\", fontcolor=\"" + color +
           "\", edgetooltip=" + QuoteDot(Tooltip(bundle), 1000) +
           ", labeltooltip=" + QuoteDot(Tooltip(bundle), 1000);
    const std::string url = bundle.best->evidence.empty() ? "" : SafeUrl(bundle.best->evidence.front().url);
    if (!url.empty()) dot += ", URL=" + QuoteDot(url, 2000) + ", target=\"_blank\"";
    dot += "];\n";
  }
  return dot + "}\n";
}

}  // namespace whowhom::exports
