#include "whowhom/export/explorer.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <unordered_map>

#include "attributes.h"
#include "embedded_files.h"
#include "layout.h"
#include "text_escape.h"

namespace whowhom::exports {
namespace {

using graph::EdgeEvidence;
using graph::GraphEdge;
using graph::GraphNode;

// A JSON string that may stand inside <script type="application/json">: no `<`, `>` or `&` in it.
std::string Json(std::string_view text) {
  std::string out = "\"";
  for (const char c : CleanText(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20 || c == '<' || c == '>' || c == '&') {
      char buffer[8];
      std::snprintf(buffer, sizeof(buffer), "\\u%04x", byte);
      out += buffer;
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

std::string Field(std::string_view name, std::string_view value) {
  return "\"" + std::string(name) + "\":" + Json(value);
}
std::string Field(std::string_view name, uint64_t value) {
  return "\"" + std::string(name) + "\":" + std::to_string(value);
}
std::string Flag(std::string_view name, bool value) {
  return "\"" + std::string(name) + "\":" + (value ? "true" : "false");
}
std::string Days(const std::optional<DayRange>& days) {
  return Field("first", days ? FormatDay(days->from) : "") + "," +
         Field("last", days ? FormatDay(days->to) : "");
}

// [["Iran ",0],["accused",1],...]: the sentence in parts, those of the statement marked.
std::string MarkedSentence(const EdgeEvidence& evidence) {
  std::vector<bool> marked(evidence.sentence.size(), false);
  for (const ByteSpan& mark : evidence.marks) {
    for (uint32_t i = std::max(mark.begin, evidence.span.begin); i < mark.end; ++i) {
      const size_t at = i - evidence.span.begin;
      if (at >= marked.size()) break;
      marked[at] = true;
    }
  }
  std::string out = "[";
  for (size_t begin = 0; begin < marked.size();) {
    size_t end = begin + 1;
    while (end < marked.size() && marked[end] == marked[begin]) ++end;
    if (begin > 0) out += ",";
    out += "[" + Json(std::string_view(evidence.sentence).substr(begin, end - begin)) +
           (marked[begin] ? ",1]" : ",0]");
    begin = end;
  }
  return out + "]";
}

std::string Base64OfHex(std::string_view hex) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto nibble = [](char c) { return static_cast<uint32_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
  std::string out;
  for (size_t i = 0; i < hex.size(); i += 6) {
    const size_t bytes = std::min<size_t>(6, hex.size() - i) / 2;
    uint32_t value = 0;
    for (size_t k = 0; k < 3; ++k) {
      value <<= 8;
      if (k < bytes) value |= nibble(hex[i + 2 * k]) * 16 + nibble(hex[i + 2 * k + 1]);
    }
    for (size_t k = 0; k < 4; ++k) out.push_back(k <= bytes ? kDigits[(value >> (18 - 6 * k)) & 63] : '=');
  }
  return out;
}

std::string Policy() {
  return "default-src 'none'; script-src 'sha256-" + Base64OfHex(embedded::k_explorer_js_sha256) +
         "'; style-src 'sha256-" + Base64OfHex(embedded::k_explorer_css_sha256) +
         "'; img-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'";
}

// Collects the page's data.
class Page {
 public:
  explicit Page(const ExplorerOptions& options) : options_(options) {}

  Status Read(const graph::GraphSource& source) {
    bool is_too_large = false;
    WHOWHOM_TRY_STATUS(source.ForEachEdge([&](const GraphEdge& edge) {
      if (!HasBothEnds(edge)) return true;
      edges_.push_back(edge);
      ++degree_[edge.source];
      ++degree_[edge.target];
      is_too_large = edges_.size() > options_.max_edges || degree_.size() > options_.max_nodes;
      return !is_too_large;
    }));
    if (is_too_large) {
      return ResourceLimit("writing a page of more than " + std::to_string(options_.max_nodes) +
                           " actors or " + std::to_string(options_.max_edges) +
                           " edges: no browser would draw it well; export less (--top 500, --around NAME, "
                           "--since DAY, --min-sources 2, --actors-only) or a file for Gephi (export gexf)");
    }
    WHOWHOM_TRY_STATUS(source.ForEachNode([this](const GraphNode& node) {
      if (!degree_.contains(node.id)) return true;
      index_.emplace(node.id, static_cast<uint32_t>(nodes_.size()));
      nodes_.push_back(node);
      return true;
    }));
    std::erase_if(edges_, [this](const GraphEdge& edge) {
      return !index_.contains(edge.source) || !index_.contains(edge.target);
    });
    return {};
  }

  std::string Data() {
    std::string text = "{" + Field("title", options_.title) + ",\"nodes\":[";
    const std::vector<Point> points = Places();
    for (size_t i = 0; i < nodes_.size(); ++i)
      text += (i > 0 ? ",\n" : "\n") + NodeData(nodes_[i], points[i]);
    text += "],\"edges\":[";
    for (size_t i = 0; i < edges_.size(); ++i) text += (i > 0 ? ",\n" : "\n") + EdgeData(edges_[i]);
    return text + "],\"documents\":[" + documents_ + "]}";
  }

 private:
  // Actors and their events shape the picture, for they are what the page shows at first; where there are
  // none, all edges do. What is hidden at first lies beside its first neighbour.
  std::vector<Point> Places() const {
    std::vector<std::pair<uint32_t, uint32_t>> all;
    std::vector<std::pair<uint32_t, uint32_t>> shown;
    for (const GraphEdge& edge : edges_) {
      all.emplace_back(index_.at(edge.source), index_.at(edge.target));
      const auto [source, target] = all.back();
      const bool is_shown = nodes_[source].is_actor && nodes_[target].is_actor && source != target &&
                            edge.event_class != EventClass::kNone;
      if (is_shown) shown.push_back(all.back());
    }
    if (shown.empty()) return LayOut(nodes_.size(), all);
    std::vector<Point> points = LayOut(nodes_.size(), shown);
    std::vector<bool> is_placed(nodes_.size(), false);
    for (const auto& [source, target] : shown) is_placed[source] = is_placed[target] = true;
    const std::vector<bool> is_anchor = is_placed;
    std::vector<size_t> beside(nodes_.size(), 0);
    const auto put = [&](uint32_t node, uint32_t anchor) {
      if (is_placed[node] || !is_anchor[anchor]) return;
      const Point offset = SpiralPosition(3 + beside[anchor]++);
      points[node] = {points[anchor].x + offset.x, points[anchor].y + offset.y};
      is_placed[node] = true;
    };
    for (const auto& [source, target] : all) {
      put(target, source);
      put(source, target);
    }
    return points;
  }

  std::string NodeData(const GraphNode& node, const Point& point) const {
    char place[64];
    std::snprintf(place, sizeof(place), "\"x\":%.1f,\"y\":%.1f", point.x, point.y);
    std::string text = "{" + Field("id", NodeKey(node.id)) + "," + Field("label", node.label) + "," +
                       Field("type", ToString(node.type)) + "," + Field("country", node.country) + "," +
                       Field("sector", node.sector) + "," + Flag("actor", node.is_actor) + "," +
                       Field("mentions", node.mentions) + "," + Field("degree", degree_.at(node.id)) + "," +
                       Days(node.days) + "," + place + ",\"aliases\":[";
    for (size_t i = 0; i < node.aliases.size(); ++i) text += (i > 0 ? "," : "") + Json(node.aliases[i]);
    return text + "]}";
  }

  std::string EdgeData(const GraphEdge& edge) {
    std::string text = "{" + Field("id", EdgeKey(edge)) + "," + Field("s", index_.at(edge.source)) + "," +
                       Field("t", index_.at(edge.target)) + "," + Field("relation", edge.relation) + "," +
                       Field("class", ToString(edge.event_class)) + "," + Field("quad", ToString(edge.quad)) +
                       "," + Field("modality", ToString(edge.qualifier.modality())) + "," +
                       Flag("negative", edge.qualifier.polarity() == Polarity::kNegative) + "," +
                       Flag("claim", !edge.qualifier.is_fact()) + "," + Field("statements", edge.statements) +
                       "," + Field("documents", edge.documents) + "," +
                       Field("sources", edge.independent_sources) + "," + Days(edge.days) + ",\"evidence\":[";
    for (size_t i = 0; i < edge.evidence.size(); ++i) {
      const EdgeEvidence& evidence = edge.evidence[i];
      text += std::string(i > 0 ? "," : "") + "{" + Field("id", "s:" + ToHex(evidence.statement.hash)) + "," +
              Field("document", DocumentIndex(evidence)) + "," + Field("speaker", evidence.speaker) + "," +
              Field("published", evidence.published ? FormatDay(*evidence.published) : "") +
              ",\"sentence\":" + MarkedSentence(evidence) + "}";
    }
    return text + "]}";
  }

  uint64_t DocumentIndex(const EdgeEvidence& evidence) {
    const auto [found, is_new] = document_index_.emplace(evidence.doc, document_index_.size());
    if (is_new) {
      documents_ += (found->second > 0 ? ",\n{" : "\n{") + Field("title", evidence.title) + "," +
                    Field("outlet", evidence.outlet) + "," + Field("path", evidence.path) + "," +
                    Field("url", SafeUrl(evidence.url)) + "}";
    }
    return found->second;
  }

  const ExplorerOptions& options_;
  std::vector<GraphNode> nodes_;
  std::vector<GraphEdge> edges_;
  std::unordered_map<NodeId, uint32_t> index_;
  std::unordered_map<NodeId, uint64_t> degree_;
  std::map<DocId, uint64_t> document_index_;
  std::string documents_;
};

}  // namespace

Status WriteExplorer(const graph::GraphSource& source, const ExplorerOptions& options, Output* output) {
  Page page(options);
  WHOWHOM_TRY_STATUS(page.Read(source));
  const std::array<std::pair<std::string_view, std::string>, 5> parts = {
      {{"{{POLICY}}", Policy()},
       {"{{TITLE}}", EscapeXml(PlainText(options.title))},
       {"{{STYLE}}", std::string(embedded::k_explorer_css)},
       {"{{DATA}}", page.Data()},
       {"{{SCRIPT}}", std::string(embedded::k_explorer_js)}}};
  std::string_view rest = embedded::k_index_html;
  for (const auto& [mark, text] : parts) {  // in the order of the page
    const size_t at = rest.find(mark);
    WHOWHOM_CHECK(at != std::string_view::npos, "explorer/index.html holds each mark once, in this order");
    output->Write(rest.substr(0, at));
    output->Write(text);
    rest.remove_prefix(at + mark.size());
  }
  output->Write(rest);
  return {};
}

}  // namespace whowhom::exports
