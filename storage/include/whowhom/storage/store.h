// The persistent graph: RocksDB behind three types. Store opens, Snapshot reads, Writer writes.
//
//   WHOWHOM_TRY(auto store, Store::Open(path, {.mode = OpenMode::kReadWrite}));
//   WHOWHOM_TRY(auto writer, store->NewWriter());
//   writer->Add(document, statements);  writer->Commit();
//   auto snapshot = store->TakeSnapshot();
// Keys, values and families: docs/formats/keys.md.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/edge.h"
#include "whowhom/core/record.h"
#include "whowhom/core/result.h"

namespace whowhom::storage {

enum class OpenMode : uint8_t { kReadOnly, kReadWrite, kCreate };  // kCreate: read-write, made if missing

struct OpenOptions {
  OpenMode mode = OpenMode::kReadOnly;
  uint64_t min_free_bytes = uint64_t{64} << 20;  // refuse to write below this free space
};

// A node as stored.
struct NodeInfo {
  NodeId id;
  NodeRef ref;              // label, type, country, sector: most frequent among its mentions, ties by bytes
  uint64_t mentions = 0;    // mentions in all documents
  uint64_t statements = 0;  // statements as subject or object
  uint64_t documents = 0;
};

struct EdgeKey {
  NodeId subject;  // value 0 = no subject expressed
  RelationId relation;
  NodeId object;  // value 0 = no object
  Qualifier qualifier;
  friend auto operator<=>(const EdgeKey&, const EdgeKey&) = default;
};

struct ClassCount {
  EventClass event_class = EventClass::kNone;
  uint32_t count = 0;
};

// What all evidence of one edge adds up to.
struct EdgeSummary {
  EdgeKey key;
  uint32_t statements = 0;
  uint32_t documents = 0;
  std::optional<DayRange> days;     // first and last day
  std::vector<ClassCount> classes;  // by class
};

// Unset parts are free. relation and object/subject 0 are values, not wildcards.
struct EdgePattern {
  std::optional<NodeId> subject;
  std::optional<RelationId> relation;
  std::optional<NodeId> object;
};

struct EvidenceRef {
  EdgeKey edge;
  DocId doc;
  uint32_t sequence = 0;  // position among the statements of the document
};

struct RelationInfo {
  RelationId id;
  std::string label;  // "meet with"
  std::string lemma;  // "meet"
  std::vector<ClassCount> classes;
  uint64_t statements = 0;
};

struct AliasHit {
  NodeId node;
  std::string alias;   // as first seen (surface)
  uint64_t count = 0;  // mentions by this alias
};

// A judgement of the user, in the order made. Never deleted; undo is a judgement that names another.
enum class JudgementKind : uint8_t {  // stored: never renumber
  kSame = 1,
  kDiffer = 2,
  kRename = 3,
  kRetype = 4,
  kReject = 5,
  kAccept = 6,
  kUndo = 7,
  kKnowledgeAdd = 8,
  kKnowledgeRemove = 9
};
struct Judgement {
  uint64_t sequence = 0;  // 1, 2, ...
  JudgementKind kind = JudgementKind::kSame;
  std::vector<std::string> arguments;  // node ids as hex, names, statement ids, file hashes; by kind
  std::string why;                     // the user's note
  std::string date;                    // given by the caller, may be empty
  uint64_t undone_by = 0;              // 0 = in force
};

struct StoreStats {
  uint64_t documents = 0, statements = 0, nodes = 0, actors = 0, relations = 0, edges = 0, aliases = 0,
           judgements = 0;
  std::vector<std::pair<std::string, uint64_t>> extractors;  // version -> documents; several = mixed
  std::optional<DayRange> published;
  uint64_t disk_bytes = 0;
};

// A constant view of the store at one moment. Immutable, thread-safe; keeps the store's files alive.
// Callbacks return false to stop; every Scan checks the iterator's status at the end. Orders are by key
// bytes.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  virtual Result<std::optional<NodeInfo>> FindNode(NodeId id) const = 0;
  // Nodes whose normalised alias is exactly that of `name`; by falling count.
  virtual Result<std::vector<AliasHit>> FindAlias(std::string_view name) const = 0;
  // Nodes that have a word with this prefix in a name; at most `limit`, by falling weight.
  virtual Result<std::vector<AliasHit>> SearchTerm(std::string_view word_prefix, size_t limit) const = 0;
  virtual Result<std::vector<AliasHit>> AliasesOf(NodeId id) const = 0;
  virtual Status ScanNodes(const std::function<bool(const NodeInfo&)>& visit) const = 0;

  virtual Result<std::optional<RelationInfo>> FindRelation(RelationId id) const = 0;
  virtual Result<std::vector<RelationInfo>> RelationsOfLemma(std::string_view lemma) const = 0;
  virtual Result<std::vector<RelationInfo>> RelationsOfClass(EventClass event_class) const = 0;
  virtual Status ScanRelations(const std::function<bool(const RelationInfo&)>& visit) const = 0;

  // Edges that match, by the best of the three orders. Cost: one prefix scan.
  virtual Status ScanEdges(const EdgePattern& pattern,
                           const std::function<bool(const EdgeSummary&)>& visit) const = 0;
  virtual Result<std::optional<EdgeSummary>> FindEdge(const EdgeKey& key) const = 0;
  virtual Status ScanEvidence(const EdgeKey& key,
                              const std::function<bool(const EvidenceRef&)>& visit) const = 0;
  // The statement behind a piece of evidence; kCorruption if it is missing.
  virtual Result<Statement> LoadStatement(const EvidenceRef& ref) const = 0;
  virtual Result<std::optional<Statement>> FindStatement(StatementId id) const = 0;
  // Statements and edges by id prefix (hex): at most `limit`.
  virtual Result<std::vector<StatementId>> StatementsByPrefix(std::string_view hex_prefix,
                                                              size_t limit) const = 0;

  virtual Result<std::optional<Document>> FindDocument(DocId id, bool with_text) const = 0;
  virtual Result<std::vector<DocId>> DocumentsByPrefix(std::string_view hex_prefix, size_t limit) const = 0;
  virtual Result<std::vector<Statement>> StatementsOf(DocId id) const = 0;  // by sequence
  // Every article that has statements, one read each, by document id. `document` (with its text) is null for
  // bare statements.
  using ArticleVisitor =
      std::function<bool(DocId id, const Document* document, const std::vector<Statement>& statements)>;
  virtual Status ScanArticles(const ArticleVisitor& visit) const = 0;
  virtual Status ScanDocuments(const std::function<bool(const Document&)>& visit) const = 0;  // without text

  // Edges with evidence on days in the range, and one node's edges by day.
  virtual Status ScanTime(DayRange days, const std::function<bool(Day, const EdgeKey&)>& visit) const = 0;
  virtual Status ScanTimeline(NodeId node, DayRange days,
                              const std::function<bool(Day, const EdgeKey&)>& visit) const = 0;
  // The pairs of a relation by falling count: the aggregate behind "who accused whom".
  virtual Result<std::vector<EdgeSummary>> TopOfRelation(RelationId relation, size_t limit) const = 0;

  virtual Result<std::vector<Judgement>> Judgements() const = 0;
  virtual Result<StoreStats> Stats() const = 0;
  // Changes with every commit; names caches.
  virtual uint64_t watermark() const = 0;
};

// The one writer. Thread-compatible.
class Writer {
 public:
  virtual ~Writer() = default;
  enum class Outcome : uint8_t { kAdded, kAlreadyThere, kReplaced };
  // One atomic batch. Same document id and same extractor: kAlreadyThere. Same id, other extractor: replaced
  // in one batch. kCorruption if a 64-bit id stands for another full hash. kResourceLimit when the disk is
  // too full: nothing is written.
  virtual Result<Outcome> Add(const Document& document, const std::vector<Statement>& statements) = 0;
  // Bare statements without their document (merge): kept, reported by verify as without text.
  virtual Result<Outcome> AddBare(const Statement& statement) = 0;
  // Removes exactly what Add put there. kNotFound.
  virtual Status Retract(DocId id) = 0;
  virtual Result<uint64_t> Append(Judgement judgement) = 0;  // returns its sequence number
  // Waits until everything is on disk and moves the watermark (group commit).
  virtual Status Commit() = 0;
};

struct VerifyIssue {
  std::string what;  // family and key, or document
  std::string found;
  bool repaired = false;
};
struct VerifyReport {
  std::vector<VerifyIssue> issues;  // the first 1000
  uint64_t issue_count = 0;
  uint64_t checked_documents = 0, checked_statements = 0, checked_edges = 0, without_text = 0;
};

// Thread-safe but for NewWriter (one at a time).
class Store {
 public:
  // kNotFound (with advice), kLocked (says who holds it where known), kNewerVersion, kCorruption.
  static Result<std::unique_ptr<Store>> Open(const std::string& path, const OpenOptions& options);
  virtual ~Store() = default;
  virtual std::shared_ptr<const Snapshot> TakeSnapshot() const = 0;
  virtual Result<std::unique_ptr<Writer>> NewWriter() = 0;
  // Messages about loss found at open (watermark ahead of the log), empty if none.
  virtual const std::vector<std::string>& warnings() const = 0;
  virtual Result<VerifyReport> Verify(bool repair) = 0;
  virtual Status Compact() = 0;
  // Incremental, checked. `folder` may hold earlier backups of the same store.
  virtual Status Backup(const std::string& folder) const = 0;
  static Status Restore(const std::string& folder, const std::string& path);
  // Sorted key/value dump of all families but judgement and watermark: "the same store" means the same dump.
  virtual Status Dump(const std::function<void(std::string_view family, std::string_view key,
                                               std::string_view value)>& visit) const = 0;
};

// Loads records into a new or existing store by external sort and SST ingestion; gives the same dump as
// Writer. Records come in any order, documents may repeat; of two extractors' versions of one document the
// one whose extractor name is greater stays. Memory is bounded by `memory_bytes`. The store changes in one
// atomic step in Finish, followed by the repeated documents; without Finish nothing happens. Holds the
// writer's lock.
struct BulkOptions {
  uint64_t memory_bytes = uint64_t{512} << 20;
  std::string temp_dir;  // empty = beside the store
};
class BulkLoader {
 public:
  static Result<std::unique_ptr<BulkLoader>> Create(const std::string& store_path,
                                                    const BulkOptions& options);
  virtual ~BulkLoader() = default;
  virtual Status Add(const Document& document, const std::vector<Statement>& statements) = 0;
  // A statement without its document, as Writer::AddBare.
  virtual Status AddBare(const Statement& statement) = 0;
  // To be called once.
  virtual Status Finish() = 0;
};

}  // namespace whowhom::storage
