// The graph opened for reading: store, snapshot and view together, and what commands do with them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "context.h"
#include "whowhom/export/picture.h"
#include "whowhom/graph/view.h"

namespace whowhom::cli {

struct GraphSession {
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<graph::View> view;
};

Result<GraphSession> OpenGraph(const Context& context);

// The filter that --around, --depth, --class, --since, --until, --min-sources, --facts, --claims, --top and
// --actors-only ask for.
Result<graph::SubgraphFilter> FilterOf(const Context& context, const graph::View& view);

// The classes of --class; kInvalidInput names the nearest one.
Result<std::vector<EventClass>> ClassesOf(const Context& context);
// --since and --until as one range; empty if neither is given.
Result<std::optional<DayRange>> DaysOf(const Context& context);

// The actor a name means. kNotFound proposes near names; a name that fits several is taken as the best, said
// on standard error.
Result<graph::GraphNode> FindActor(const Context& context, const graph::View& view, const std::string& name);

// "2020-01-03", or "2020-01-03..2020-01-08".
std::string ShowDays(const std::optional<DayRange>& days);
// "fact", "claim", "not", "planned" ...: what an edge's qualifier says, in words.
std::string ShowQualifier(Qualifier qualifier);

// Prints the sentences behind something, spans marked.
void PrintEvidence(const std::vector<graph::EdgeEvidence>& evidence, size_t limit, Context* context);

Result<exports::PictureOptions> PictureOptionsOf(const Context& context);

// --render FILE: a picture of these edges and their actors, titled unless --title is given.
Status DrawEdges(const Context& context, const graph::View& view, std::vector<graph::GraphEdge> edges,
                 const std::string& title);

}  // namespace whowhom::cli
