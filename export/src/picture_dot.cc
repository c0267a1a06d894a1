#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <unordered_set>

#include "attributes.h"
#include "text_escape.h"
#include "whowhom/export/picture.h"

namespace whowhom::exports {
namespace {

using graph::GraphEdge;
using graph::GraphNode;
using graph::Subgraph;

// Edges between the same two actors that look alike: one arrow with a list of relations.
struct Relation {
  uint32_t sources = 0;
  const GraphEdge* best = nullptr;
};
struct Bundle {
  std::map<std::string, Relation> relations;  // by label
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

const char* ArrowOf(int leaning) { return leaning < 0 ? "normal" : leaning > 0 ? "onormal" : "vee"; }

std::string Hex(Color color) {
  char buffer[8];
  std::snprintf(buffer, sizeof(buffer), "#%02X%02X%02X", color.red, color.green, color.blue);
  return buffer;
}

// Opaque, so that no line shows through an actor; pale on white, so that its name is read easily.
std::string FillOf(EntityType type, Theme theme) {
  if (theme == Theme::kPrint) return "#FFFFFF";
  Color color = NodeColor(type);
  if (theme == Theme::kDark) return Hex(color);
  for (uint8_t* part : {&color.red, &color.green, &color.blue})
    *part = static_cast<uint8_t>(102 + *part * 3 / 5);
  return Hex(color);
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
      return "box";  // with round corners
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

std::map<BundleKey, Bundle> BundlesOf(std::span<const GraphEdge> edges) {
  std::map<BundleKey, Bundle> bundles;
  for (const GraphEdge& edge : edges) {
    if (!HasBothEnds(edge) || edge.source == edge.target) continue;
    Bundle& bundle = bundles[{edge.source, edge.target, Leaning(edge), !edge.qualifier.is_fact()}];
    const std::string verb =
        edge.qualifier.polarity() == Polarity::kNegative ? "not " + edge.relation : edge.relation;
    const uint32_t sources = std::max<uint32_t>(1, edge.independent_sources);
    Relation& relation = bundle.relations[verb];
    if (relation.best == nullptr || sources > std::max<uint32_t>(1, relation.best->independent_sources))
      relation.best = &edge;
    relation.sources += sources;
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

// The lines of an arrow's label: verbs, most reported first, and dates.
std::string BundleLabel(const Bundle& bundle, const PictureOptions& options) {
  std::vector<std::pair<std::string, Relation>> relations(bundle.relations.begin(), bundle.relations.end());
  std::stable_sort(relations.begin(), relations.end(),
                   [](const auto& a, const auto& b) { return a.second.sources > b.second.sources; });
  constexpr size_t kShown = 3;
  std::string text;
  for (size_t i = 0; i < std::min(kShown, relations.size()); ++i) {
    if (i > 0) text += "\n";
    text += PlainText(CutUtf8(relations[i].first, 60));
    if (relations[i].second.sources > 1) text += " \xC3\x97" + std::to_string(relations[i].second.sources);
    if (options.show_ids) text += " " + EdgeKey(*relations[i].second.best).substr(0, 10);
  }
  if (relations.size() > kShown) text += "\n+" + std::to_string(relations.size() - kShown) + " more";
  if (options.show_times && bundle.days) {
    text += "\n" + FormatDay(bundle.days->from);
    if (bundle.days->to != bundle.days->from) text += " \xE2\x80\x93 " + FormatDay(bundle.days->to);
  }
  return text;
}

// The same on a ground that hides the lines behind it.
std::string GroundedLabel(const std::string& text, const char* background) {
  std::string html = "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"1\" CELLSPACING=\"0\" BGCOLOR=\"" +
                     std::string(background) + "\"><TR><TD>";
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (begin > 0) html += "<BR/>";
    html += EscapeXml(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return html + "</TD></TR></TABLE>>";
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

// What the caption and the choice of an engine need to know of all that is drawn.
struct Summary {
  std::unordered_set<NodeId> nodes;
  std::set<EntityType> types;
  std::set<int> leanings;
  std::optional<DayRange> days;
  size_t pairs = 0;  // of source and target
  bool has_fact = false, has_claim = false;

  // The bundles of whole pairs.
  void Add(const std::map<BundleKey, Bundle>& bundles) {
    const BundleKey* last = nullptr;
    for (const auto& [key, bundle] : bundles) {
      const auto& [source, target, leaning, is_claim] = key;
      if (last == nullptr || std::get<0>(*last) != source || std::get<1>(*last) != target) ++pairs;
      last = &key;
      nodes.insert(source);
      nodes.insert(target);
      leanings.insert(leaning);
      (is_claim ? has_claim : has_fact) = true;
      if (!bundle.days) continue;
      days = days ? DayRange{std::min(days->from, bundle.days->from), std::max(days->to, bundle.days->to)}
                  : *bundle.days;
    }
  }
  bool is_large() const { return nodes.size() > kMaxDotNodes; }
  bool is_free() const { return is_large() || (nodes.size() >= kDenseNodes && 2 * pairs > 3 * nodes.size()); }
};

struct Kind {
  EntityType type;
  const char* name;
  const char* sign;  // a character like the shape
};
constexpr Kind kKinds[] = {
    {EntityType::kPerson, "person", "\xE2\x97\x8F"},    {EntityType::kGpe, "state", "\xE2\x96\xA0"},
    {EntityType::kOrg, "organisation", "\xE2\xAC\xA3"}, {EntityType::kGroup, "group", "\xE2\x96\xA2"},
    {EntityType::kPlace, "place", "\xE2\x8C\x82"},      {EntityType::kEvent, "event", "\xE2\x97\x86"},
    {EntityType::kThing, "thing", "\xE2\x96\xA4"},
};

std::string CaptionRow(const std::string& cells) {
  return "<TR><TD ALIGN=\"CENTER\"><FONT POINT-SIZE=\"13\">" + cells + "</FONT></TD></TR>";
}

std::string Colored(const std::string& color, const std::string& text) {
  return "<FONT COLOR=\"" + color + "\">" + text + "</FONT>";
}

// The graph's own label: title, dates, and what those shapes and lines mean that are drawn. Built of
// constants and escaped text only.
std::string Caption(const Summary& summary, const PictureOptions& options, const Palette& palette) {
  std::string html = "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"4\">";
  if (!options.title.empty()) {
    html += "<TR><TD ALIGN=\"CENTER\"><FONT POINT-SIZE=\"22\"><B>" +
            EscapeXml(PlainText(CutUtf8(options.title, 200))) + "</B></FONT></TD></TR>";
  }
  if (summary.days) {
    html += CaptionRow(
        FormatDay(summary.days->from) +
        (summary.days->to == summary.days->from ? "" : " \xE2\x80\x93 " + FormatDay(summary.days->to)));
  }
  std::string lines;
  if (summary.leanings.contains(-1))
    lines += Colored(palette.conflict, "\xE2\x94\x81\xE2\x96\xB6 conflict") + "   ";
  if (summary.leanings.contains(1))
    lines += Colored(palette.cooperation, "\xE2\x94\x81\xE2\x96\xB7 cooperation") + "   ";
  if (summary.leanings.contains(0))
    lines += Colored(palette.neutral, "\xE2\x94\x81\xE2\x9E\xA4 other") + "   ";
  if (summary.has_fact) lines += "solid: reported as fact   ";
  if (summary.has_claim) lines += "dashed: claimed or planned   ";
  if (!lines.empty()) html += CaptionRow(lines.substr(0, lines.size() - 3));
  std::string kinds;
  for (const Kind& kind : kKinds) {
    if (!summary.types.contains(kind.type)) continue;
    const std::string color = options.theme == Theme::kPrint ? palette.text : Hex(NodeColor(kind.type));
    kinds += Colored(color, kind.sign) + " " + kind.name + "   ";
  }
  if (!kinds.empty()) html += CaptionRow(kinds.substr(0, kinds.size() - 3));
  if (options.show_ids) html += CaptionRow("sentences behind an arrow: whowhom why ID");
  return html + "</TABLE>>";
}

// Graphviz 2.43 copies addresses into SVG as they are; later versions leave an entity alone.
std::string QuoteUrl(const std::string& url) {
  std::string escaped;
  for (const char c : url) {
    if (c == '&') {
      escaped += "&amp;";
    } else {
      escaped.push_back(c);
    }
  }
  return QuoteDot(escaped, 4000);
}

// Where an arrow leads: into the page, else to the article.
std::string LinkOf(const Bundle& bundle, const PictureOptions& options) {
  if (!options.page.empty()) return options.page + "#" + EdgeKey(*bundle.best);
  return bundle.best->evidence.empty() ? "" : SafeUrl(bundle.best->evidence.front().url);
}

std::string Header(const Summary& summary, const PictureOptions& options, const Palette& palette) {
  std::string dot = "digraph whowhom {\n  graph [charset=\"UTF-8\", bgcolor=\"" +
                    std::string(palette.background) + "\", fontname=\"DejaVu Sans\", fontcolor=\"" +
                    palette.text +
                    "\", labelloc=\"t\", pad=\"0.3\", rankdir=\"LR\", nodesep=\"0.25\", ranksep=\"0.7\"";
  // Straight lines behind the actors: curves around them take sfdp ten times as long.
  dot += summary.is_free() ? ", overlap=\"" + std::string(summary.is_large() ? "prism0" : "prism") +
                                 "\", splines=\"line\", sep=\"+10\", K=\"1.2\", outputorder=\"edgesfirst\""
                           : ", splines=\"true\"";
  return dot + ", label=" + Caption(summary, options, palette) +
         "];\n  node [style=\"filled\", fontname=\"DejaVu Sans\", fontsize=\"14\", fontcolor=\"#111111\", "
         "color=\"#555555\", margin=\"0.12,0.06\"];\n"
         "  edge [fontname=\"DejaVu Sans\", fontsize=\"11\", arrowsize=\"0.8\"];\n";
}

std::string NodeLine(const GraphNode& node, const PictureOptions& options) {
  std::string tooltip = node.label + " (" + std::string(ToString(node.type));
  if (!node.country.empty()) tooltip += ", " + node.country;
  std::string dot =
      "  " + QuoteDot(NodeKey(node.id)) + " [label=" + Label(Wrap(PlainText(node.label), 16)) + ", shape=\"" +
      ShapeOf(node.type) + (node.type == EntityType::kGroup ? "\", style=\"filled,rounded" : "") +
      "\", fillcolor=\"" + FillOf(node.type, options.theme) + "\", tooltip=" + QuoteDot(tooltip + ")", 400);
  if (!options.page.empty())
    dot += ", URL=" + QuoteUrl(options.page + "#" + NodeKey(node.id)) + ", target=\"_blank\"";
  return dot + "];\n";
}

std::string BundleLine(const BundleKey& key, const Bundle& bundle, bool has_label,
                       const PictureOptions& options) {
  const Palette palette = PaletteOf(options.theme);
  const auto& [source, target, leaning, is_claim] = key;
  char width[16];
  std::snprintf(width, sizeof(width), "%.1f",
                std::min(5.0, 0.8 + 0.7 * std::log2(static_cast<double>(bundle.sources) + 1)));
  const std::string color = ColorOf(leaning, palette);
  std::string dot = "  " + QuoteDot(NodeKey(source)) + " -> " + QuoteDot(NodeKey(target)) + " [";
  if (has_label) {
    const std::string text = BundleLabel(bundle, options);
    dot += "label=" + (options.plain_labels ? Label(text) : GroundedLabel(text, palette.background)) + ", ";
  }
  dot += "style=\"" + std::string(is_claim ? "dashed" : "solid") + "\", penwidth=\"" + width +
         "\", arrowhead=\"" + ArrowOf(leaning) + "\", color=\"" + color + "\", fontcolor=\"" + color +
         "\", edgetooltip=" + QuoteDot(Tooltip(bundle), 1000) +
         ", labeltooltip=" + QuoteDot(Tooltip(bundle), 1000);
  const std::string url = LinkOf(bundle, options);
  if (!url.empty() && url.size() < 700) dot += ", URL=" + QuoteUrl(url) + ", target=\"_blank\"";
  return dot + "];\n";
}

// Calls `use` with the bundles of each pair of source and target; a pair at a time is in memory.
Status ForEachPair(const graph::GraphSource& source,
                   const std::function<void(const std::map<BundleKey, Bundle>&)>& use) {
  std::vector<GraphEdge> pair;
  WHOWHOM_TRY_STATUS(source.ForEachEdge([&](const GraphEdge& edge) {
    if (!pair.empty() && (pair[0].source != edge.source || pair[0].target != edge.target)) {
      use(BundlesOf(pair));
      pair.clear();
    }
    pair.push_back(edge);
    return true;
  }));
  use(BundlesOf(pair));
  return {};
}

}  // namespace

std::string EngineOf(const Subgraph& subgraph) {
  Summary summary;
  summary.Add(BundlesOf(subgraph.edges));
  return summary.is_free() ? "sfdp" : "dot";
}

std::string ToDot(const Subgraph& subgraph, const PictureOptions& options) {
  const auto bundles = BundlesOf(subgraph.edges);
  Summary summary;
  summary.Add(bundles);
  for (const GraphNode& node : subgraph.nodes) {
    if (summary.nodes.contains(node.id)) summary.types.insert(node.type);
  }
  std::string dot = Header(summary, options, PaletteOf(options.theme));
  for (const GraphNode& node : subgraph.nodes) {
    if (summary.nodes.contains(node.id)) dot += NodeLine(node, options);
  }
  for (const auto& [key, bundle] : bundles) dot += BundleLine(key, bundle, !summary.is_large(), options);
  return dot + "}\n";
}

Status WriteDot(const graph::GraphSource& source, const PictureOptions& options, Output* output) {
  PictureOptions plain = options;
  plain.plain_labels = true;
  Summary summary;
  WHOWHOM_TRY_STATUS(ForEachPair(source, [&summary](const auto& bundles) { summary.Add(bundles); }));
  WHOWHOM_TRY_STATUS(source.ForEachNode([&summary](const GraphNode& node) {
    if (summary.nodes.contains(node.id)) summary.types.insert(node.type);
    return true;
  }));
  output->Write(Header(summary, plain, PaletteOf(plain.theme)));
  WHOWHOM_TRY_STATUS(source.ForEachNode([&](const GraphNode& node) {
    if (summary.nodes.contains(node.id)) output->Write(NodeLine(node, plain));
    return true;
  }));
  WHOWHOM_TRY_STATUS(ForEachPair(source, [&](const auto& bundles) {
    for (const auto& [key, bundle] : bundles) output->Write(BundleLine(key, bundle, true, plain));
  }));
  output->Write("}\n");
  return {};
}

}  // namespace whowhom::exports
