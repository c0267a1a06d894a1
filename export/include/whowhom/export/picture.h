// Relationship diagrams: a subgraph as DOT text, and that text drawn by Graphviz in a limited child process.
//
//   WHOWHOM_TRY(Subgraph part, Collect(*view->Select(filter)));
//   WHOWHOM_TRY_STATUS(DrawPicture(part, {.title = "Who accused whom"}, "picture.svg"));
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/export/output.h"
#include "whowhom/graph/subgraph.h"

namespace whowhom::exports {

enum class Theme : uint8_t { kLight, kDark, kPrint };

struct PictureOptions {
  std::string title;  // empty = none
  Theme theme = Theme::kLight;
  bool show_times = false;        // days on the arrows
  bool show_ids = false;          // edge ids on the arrows, for `whowhom why`
  std::string page;               // of `export html`: arrows and actors link into it; empty = to the articles
  bool plain_labels = false;      // for other programs' eyes: no backgrounds behind the labels of arrows
  bool force = false;             // draw above the size limits
  uint32_t timeout_seconds = 30;  // of the layout
};

// What a diagram of relations shows of a part of the graph: without standing and roles (edges of no event
// class whose relation is "be ..." or "have ..."), without what only says where something was said or met
// ("meet in", "write on"), and without fragments of two actors beside a picture of ten or more. Nodes left
// without edges go. If nothing but roles is there, they stay. Cost: O(n log n).
graph::Subgraph EventsOnly(const graph::Subgraph& subgraph);

// Deterministic DOT text: ids n<hex>, everything quoted, parallel edges of one kind bundled with counts, a
// legend. What an arrow means never rests on its colour alone: conflict has a filled head, cooperation an
// open one. Edges without both ends and nodes without edges are left out. Cost: O(n log n).
std::string ToDot(const graph::Subgraph& subgraph, const PictureOptions& options);

// The same as text for other programs, streamed: every arrow labelled, labels plain. Three passes over the
// source; memory O(actors).
Status WriteDot(const graph::GraphSource& source, const PictureOptions& options, Output* output);

// The Graphviz engine that a picture is laid out with: dot in ranks while it can be read so, sfdp for dense
// and large graphs.
std::string EngineOf(const graph::Subgraph& subgraph);

// Draws to svg, png, pdf or dot by the ending of `path`; "-" is SVG to standard output. kResourceLimit (with
// advice) for more than kMaxDrawnNodes unless forced, or when the layout exceeds its time or memory;
// kInvalidInput for another ending.
Status DrawPicture(const graph::Subgraph& subgraph, const PictureOptions& options, const std::string& path);

// The same for DOT text made elsewhere in this module (dependency trees).
Status DrawDot(const std::string& dot, const std::string& engine, uint32_t timeout_seconds,
               const std::string& path);

// A word of a dependency tree: head is an index into the list, -1 the root.
struct TreeWord {
  std::string form;
  std::string tag;
  std::string relation;
  int head = -1;
};
// DOT text of a dependency tree, words in order from left to right.
std::string TreeToDot(const std::vector<TreeWord>& words);

inline constexpr size_t kMaxDotNodes = 150;     // above: sfdp instead of dot, without labels on edges
inline constexpr size_t kDenseNodes = 60;       // from here on, with 1.5 edges a node: sfdp with labels
inline constexpr size_t kMaxDrawnNodes = 2000;  // above: refused

}  // namespace whowhom::exports
