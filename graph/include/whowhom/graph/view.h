// The graph as questions see it: a snapshot with identity across articles applied and rejected statements
// hidden.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/graph/subgraph.h"
#include "whowhom/storage/store.h"

namespace whowhom::graph {

// A name looked up among actors.
struct ActorMatch {
  GraphNode node;
  std::string matched;  // alias that matched
  double score = 0;     // 1 = exact
};

// Identity across articles: which base nodes are one actor. Derived from mentions and judgements,
// order-independent.
class Identity {
 public:
  virtual ~Identity() = default;
  virtual NodeId SurvivorOf(NodeId base) const = 0;
  virtual std::vector<NodeId> MembersOf(NodeId survivor) const = 0;  // sorted, with itself
};

// An edge between survivors: the base edges that identity makes one, without rejected and superseded
// evidence.
struct FoldedEdge {
  uint64_t id = 0;       // GraphEdge::id
  storage::EdgeKey key;  // subject and object are survivors; value 0 = none
  uint32_t statements = 0;
  uint32_t documents = 0;
  std::optional<DayRange> days;
  std::vector<storage::ClassCount> classes;  // by class
  std::vector<storage::EdgeKey> base;        // the stored edges it is made of, sorted
};

// What an id given on screen stands for: a statement (`s:`), an edge (`e:`), or nothing; unique prefixes are
// enough.
struct IdMatch {
  std::optional<StatementId> statement;
  std::optional<GraphEdge> edge;              // with its evidence
  std::optional<Statement> statement_record;  // with `statement`
  std::vector<EdgeEvidence> evidence;         // every sentence, best first
  std::vector<std::string> ambiguous;  // several ids have this prefix: the first ten; all else is empty then
};

struct ViewOptions {
  // Where identity, clusters and the CSR view are kept between runs, by watermark. Empty = nothing is kept.
  std::string cache_dir = {};
  // Counts copies of one story once (document signatures). Off: every document is its own source.
  bool cluster_documents = true;
  // Joins actors across articles by name. Off: only the user's judgements join.
  bool automatic_identity = true;
  // A selection of the whole graph with more edges than this sorts its sentences in temporary files instead
  // of looking them up.
  size_t max_edges_looked_up = 32'768;
};

// Immutable, thread-safe.
class View {
 public:
  // Reads judgements, superseded versions, document clusters and identity. Cost: one scan of nodes and
  // documents, or one small file when `cache_dir` holds what an earlier run made of this watermark.
  static Result<std::unique_ptr<View>> Build(std::shared_ptr<const storage::Snapshot> snapshot,
                                             const ViewOptions& options = {});
  virtual ~View() = default;
  virtual const storage::Snapshot& snapshot() const = 0;
  virtual const Identity& identity() const = 0;
  virtual const ViewOptions& options() const = 0;
  // Exact alias, then normalised, then words, then near spellings; best first. Empty = unknown.
  virtual Result<std::vector<ActorMatch>> FindActors(std::string_view name, size_t limit) const = 0;
  virtual Result<std::optional<GraphNode>> FindNode(NodeId id) const = 0;
  // The same without aliases: several times as fast.
  virtual Result<std::optional<GraphNode>> FindNodeBrief(NodeId id) const = 0;
  virtual std::unique_ptr<GraphSource> Select(const SubgraphFilter& filter) const = 0;

  // Edges that match, in terms of survivors; value 0 is "none", not a wildcard. With a free subject and a
  // free relation and object they come by (subject, relation, object, qualifier), a subject at a time;
  // otherwise sorted likewise after one read. Cost: one prefix scan per member of what is bound.
  virtual Status ScanEdges(const storage::EdgePattern& pattern,
                           const std::function<bool(const FoldedEdge&)>& visit) const = 0;
  // The visible evidence of an edge, a statement once, by (document, sequence).
  virtual Result<std::vector<storage::EvidenceRef>> EvidenceOf(const FoldedEdge& edge) const = 0;
  // What a statement proves, to be shown. Empty document fields if the document is not stored.
  virtual Result<EdgeEvidence> Describe(const Statement& statement) const = 0;
  // Everything a table or a picture shows of an edge, with at most `evidence` sentences, best first. Reads
  // all its evidence when `evidence` > 0 or the edge has several documents.
  virtual Result<GraphEdge> Complete(const FoldedEdge& edge, size_t evidence) const = 0;
  // The document that stands for all copies of this one's story; itself if it has none.
  virtual DocId StoryOf(DocId document) const = 0;
  // The number of near-duplicate clusters among the documents.
  virtual uint32_t IndependentSources(const std::vector<DocId>& documents) const = 0;
  virtual Result<std::string> RelationLabel(RelationId relation) const = 0;
  // True for a statement that the user rejected or that stands in a superseded version of its document.
  virtual bool IsHidden(const Statement& statement) const = 0;
  // `s:1f3a`, `e:07c2`, or the hex digits alone (statements first). kInvalidInput if it is no id; kNotFound.
  // Cost of an edge id: one look-up if the CSR view is cached, else a scan of all edges.
  virtual Result<IdMatch> LookupId(std::string_view id) const = 0;
};

// The ids on screen: `e:` + 16 hex digits; `s:`, `d:` + 32.
uint64_t EdgeIdOf(const storage::EdgeKey& key);
std::string FormatEdgeId(uint64_t id);
std::string FormatNodeId(NodeId id);
std::string FormatStatementId(StatementId id);
// The days a statement speaks of: its time, else the day of publication.
std::optional<DayRange> DaysOf(const Statement& statement);
// What PLOVER says of a class: quad class and scale.
Quad QuadOf(EventClass event_class);
std::optional<double> ScaleOf(EventClass event_class);

}  // namespace whowhom::graph
