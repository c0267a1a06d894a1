#include "store_snapshot.h"

#include <algorithm>
#include <filesystem>

#include "article_reader.h"
#include "coding.h"
#include "journal.h"
#include "judgement_codec.h"
#include "keys.h"
#include "layout.h"
#include "time_scan.h"
#include "values.h"
#include "whowhom/core/utf8.h"
#include "writer.h"

namespace whowhom::storage {
namespace {

Error DamagedRow(std::string_view key) {
  return Corruption("reading a row of " + std::string(FamilyName(static_cast<uint8_t>(key.front()))) +
                    ": it does not decode; run `verify --repair`");
}

// The first and last key that an id prefix in hex can stand for, as numbers of 64 bits (the rest is compared
// as text).
struct HexBounds {
  uint64_t first = 0;
  uint64_t last = 0;
};
std::optional<HexBounds> BoundsOf(std::string_view hex) {
  if (hex.size() > 32) return std::nullopt;
  std::string low(hex);
  std::string high(hex);
  low.resize(32, '0');
  high.resize(32, 'f');
  const std::optional<Hash128> first = ParseHash(low);
  const std::optional<Hash128> last = ParseHash(high);
  if (!first || !last) return std::nullopt;
  return HexBounds{first->high, last->high};
}

bool HasPrefix(const Hash128& hash, std::string_view hex) { return ToHex(hash).starts_with(hex); }

uint64_t FolderBytes(const std::string& folder) {
  uint64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    std::error_code entry_error;
    if (entry.is_regular_file(entry_error)) bytes += entry.file_size(entry_error);
  }
  return bytes;
}

EdgeSummary Summarise(const EdgeKey& key, EdgeRow row) {
  return {key, row.statements, row.documents, row.days, std::move(row.classes)};
}

bool Falling(const AliasHit& a, const AliasHit& b) {
  if (a.count != b.count) return a.count > b.count;
  return std::tie(a.node, a.alias) < std::tie(b.node, b.alias);
}

class StoreSnapshot : public Snapshot {
 public:
  StoreSnapshot(std::shared_ptr<Database> database, std::string store_path)
      : view_(std::move(database)), store_path_(std::move(store_path)) {
    getter_ = [this](const std::string& key) { return view_.Get(key); };
    const Result<std::optional<std::string>> row = view_.Get(FamilyPrefix(Family::kCommit));
    if (row.ok() && *row) watermark_ = DecodeCommitMark(**row).value_or(CommitMark{}).chain;
  }

  Result<std::optional<NodeInfo>> FindNode(NodeId id) const override {
    WHOWHOM_TRY(const std::optional<NodeRow> row, Find<NodeRow>(NodeKey(id)));
    if (!row) return std::optional<NodeInfo>();
    return std::optional<NodeInfo>(row->Describe(id));
  }

  Result<std::vector<AliasHit>> FindAlias(std::string_view name) const override {
    const std::string normalised = KeyName(NormalizeName(name));
    if (normalised.empty()) return std::vector<AliasHit>();
    std::vector<AliasHit> hits;
    WHOWHOM_TRY_STATUS(
        ScanRows<AliasRow>(AliasPrefix(normalised), [&](std::string_view key, const AliasRow& row) {
          const std::optional<NamedNode> named = ReadAliasKey(key);
          // A name may itself be longer than the one asked for; only the exact one counts.
          if (named && named->name == normalised) hits.push_back(row.Describe(named->node));
          return true;
        }));
    std::sort(hits.begin(), hits.end(), Falling);
    return hits;
  }

  Result<std::vector<AliasHit>> SearchTerm(std::string_view word_prefix, size_t limit) const override {
    const std::string normalised = KeyName(NormalizeName(word_prefix));
    std::map<NodeId, uint64_t> weights;
    WHOWHOM_TRY_STATUS(
        ScanRows<CountRow>(TermPrefix(normalised), [&](std::string_view key, const CountRow& row) {
          const std::optional<NamedNode> named = ReadTermKey(key);
          if (!named) return true;
          uint64_t& weight = weights[named->node];
          weight = std::max(weight, row.count);
          return true;
        }));
    std::vector<AliasHit> hits;
    for (const auto& [node, weight] : weights) hits.push_back({node, "", weight});
    const size_t kept = std::min(limit, hits.size());
    std::partial_sort(hits.begin(), hits.begin() + static_cast<ptrdiff_t>(kept), hits.end(), Falling);
    hits.resize(kept);
    for (AliasHit& hit : hits) {
      WHOWHOM_TRY(const std::optional<NodeInfo> node, FindNode(hit.node));
      if (node) hit.alias = node->ref.label;
    }
    return hits;
  }

  Result<std::vector<AliasHit>> AliasesOf(NodeId id) const override {
    std::vector<std::string> names;
    WHOWHOM_TRY_STATUS(view_.ScanPrefix(AliasOfPrefix(id), [&](std::string_view key, std::string_view) {
      if (const std::optional<NamedNode> named = ReadAliasOfKey(key)) names.emplace_back(named->name);
      return true;
    }));
    std::vector<AliasHit> hits;
    for (const std::string& name : names) {
      WHOWHOM_TRY(const std::optional<AliasRow> row, Find<AliasRow>(AliasKey(name, id)));
      if (row) hits.push_back(row->Describe(id));
    }
    std::sort(hits.begin(), hits.end(), Falling);
    return hits;
  }

  Status ScanNodes(const std::function<bool(const NodeInfo&)>& visit) const override {
    return ScanRows<NodeRow>(FamilyPrefix(Family::kNode), [&](std::string_view key, const NodeRow& row) {
      const std::optional<NodeId> id = ReadNodeKey(key);
      return !id || visit(row.Describe(*id));
    });
  }

  Result<std::optional<RelationInfo>> FindRelation(RelationId id) const override {
    WHOWHOM_TRY(const std::optional<RelationRow> row, Find<RelationRow>(RelationKey(id)));
    if (!row) return std::optional<RelationInfo>();
    return std::optional<RelationInfo>(row->Describe(id));
  }

  Result<std::vector<RelationInfo>> RelationsOfLemma(std::string_view lemma) const override {
    return RelationsUnder(LemmaPrefix(lemma));
  }
  Result<std::vector<RelationInfo>> RelationsOfClass(EventClass event_class) const override {
    return RelationsUnder(ClassPrefix(event_class));
  }

  Status ScanRelations(const std::function<bool(const RelationInfo&)>& visit) const override {
    return ScanRows<RelationRow>(FamilyPrefix(Family::kRelation),
                                 [&](std::string_view key, const RelationRow& row) {
                                   const std::optional<RelationId> id = ReadRelationKey(key);
                                   return !id || visit(row.Describe(*id));
                                 });
  }

  Status ScanEdges(const EdgePattern& pattern,
                   const std::function<bool(const EdgeSummary&)>& visit) const override {
    const std::string prefix = EdgePrefix(pattern);
    EdgeSummary summary;
    EdgeRow row;
    RowCursor cursor(view_, prefix, PrefixEnd(prefix));
    for (; cursor.valid(); cursor.Next()) {
      const std::optional<EdgeKey> edge = ReadEdgeKey(cursor.key());
      if (!edge || !DecodeInto(cursor.value(), &row)) return DamagedRow(prefix);
      summary.key = *edge;
      summary.statements = row.statements;
      summary.documents = row.documents;
      summary.days = row.days;
      // Both keep their memory for the next edge.
      std::swap(summary.classes, row.classes);
      if (!visit(summary)) break;
    }
    return cursor.status();
  }

  Result<std::optional<EdgeSummary>> FindEdge(const EdgeKey& key) const override {
    WHOWHOM_TRY(std::optional<EdgeRow> row, Find<EdgeRow>(SpoKey(key)));
    if (!row) return std::optional<EdgeSummary>();
    return std::optional<EdgeSummary>(Summarise(key, std::move(*row)));
  }

  Status ScanEvidence(const EdgeKey& key,
                      const std::function<bool(const EvidenceRef&)>& visit) const override {
    bool is_damaged = false;
    WHOWHOM_TRY_STATUS(view_.ScanPrefix(EvidencePrefix(key), [&](std::string_view row_key, std::string_view) {
      const std::optional<EvidenceRef> ref = ReadEvidenceKey(row_key);
      is_damaged = !ref;
      return ref && visit(*ref);
    }));
    if (is_damaged) return DamagedRow(FamilyPrefix(Family::kEvidence));
    return {};
  }

  Result<Statement> LoadStatement(const EvidenceRef& ref) const override {
    WHOWHOM_TRY(std::optional<StoredStatements> stored, ReadStatements(getter_, ref.doc, ref.sequence));
    if (!stored || stored->statements.empty()) {
      return Corruption("reading the statement " + std::to_string(ref.sequence) +
                        " of d:" + ToHex(ref.doc.hash) +
                        ": the evidence names it, but it is not there; run `verify --repair`");
    }
    return std::move(stored->statements.front());
  }

  Result<std::optional<Statement>> FindStatement(StatementId id) const override {
    std::optional<Statement> found;
    WHOWHOM_TRY_STATUS(VisitStatements(id.hash.high, id.hash.high, [&](Statement statement) {
      if (statement.id == id) found = std::move(statement);
      return !found;
    }));
    return found;
  }

  Result<std::vector<StatementId>> StatementsByPrefix(std::string_view hex_prefix,
                                                      size_t limit) const override {
    std::vector<StatementId> ids;
    const std::optional<HexBounds> bounds = BoundsOf(hex_prefix);
    if (!bounds || limit == 0) return ids;
    WHOWHOM_TRY_STATUS(VisitStatements(bounds->first, bounds->last, [&](const Statement& statement) {
      const bool is_new = std::find(ids.begin(), ids.end(), statement.id) == ids.end();
      if (is_new && HasPrefix(statement.id.hash, hex_prefix)) ids.push_back(statement.id);
      return ids.size() < limit;
    }));
    return ids;
  }

  Result<std::optional<Document>> FindDocument(DocId id, bool with_text) const override {
    return ReadDocument(getter_, id, with_text);
  }

  Result<std::vector<DocId>> DocumentsByPrefix(std::string_view hex_prefix, size_t limit) const override {
    std::vector<DocId> ids;
    const std::optional<HexBounds> bounds = BoundsOf(hex_prefix);
    if (!bounds || limit == 0) return ids;
    const std::string first = DocKey(Family::kDoc, {{bounds->first, 0}});
    const std::string end = PrefixEnd(DocKey(Family::kDoc, {{bounds->last, UINT64_MAX}}));
    WHOWHOM_TRY_STATUS(view_.ScanRange(first, end, [&](std::string_view key, std::string_view) {
      const std::optional<DocId> id = ReadDocKey(key);
      if (id && HasPrefix(id->hash, hex_prefix)) ids.push_back(*id);
      return ids.size() < limit;
    }));
    return ids;
  }

  Result<std::vector<Statement>> StatementsOf(DocId id) const override {
    WHOWHOM_TRY(std::optional<StoredStatements> stored, ReadStatements(getter_, id, std::nullopt));
    if (!stored) return std::vector<Statement>();
    return std::move(stored->statements);
  }

  Status ScanArticles(const ArticleVisitor& visit) const override {
    Status problem;
    WHOWHOM_TRY_STATUS(view_.ScanPrefix(
        FamilyPrefix(Family::kDocEvidence), [&](std::string_view key, std::string_view value) {
          const std::optional<DocId> id = ReadDocKey(key);
          if (!id) {
            problem = DamagedRow(FamilyPrefix(Family::kDocEvidence));
            return false;
          }
          const Result<std::optional<Document>> document = ReadDocument(getter_, *id, /*with_text=*/true);
          if (!document.ok()) {
            problem = document.error();
            return false;
          }
          const Document* known = *document ? &**document : nullptr;
          const std::optional<StoredStatements> stored = DecodeStatements(*id, known, value);
          if (!stored) problem = DamagedRow(FamilyPrefix(Family::kDocEvidence));
          return stored && visit(*id, known, stored->statements);
        }));
    return problem;
  }

  Status ScanDocuments(const std::function<bool(const Document&)>& visit) const override {
    bool is_damaged = false;
    WHOWHOM_TRY_STATUS(
        view_.ScanPrefix(FamilyPrefix(Family::kDoc), [&](std::string_view key, std::string_view value) {
          const std::optional<DocId> id = ReadDocKey(key);
          const std::optional<Document> document = id ? DecodeDocument(*id, value) : std::nullopt;
          is_damaged = !document;
          return document && visit(*document);
        }));
    if (is_damaged) return DamagedRow(FamilyPrefix(Family::kDoc));
    return {};
  }

  Status ScanTime(DayRange days, const std::function<bool(Day, const EdgeKey&)>& visit) const override {
    const TimeFamily family{[](int level, std::optional<Day> from) { return TimePrefix(level, from); },
                            ReadTimeKey};
    return ScanPeriods(view_, family, days,
                       [&](const TimeRow& row) { return visit(row.days.from, row.edge); });
  }

  Status ScanTimeline(NodeId node, DayRange days,
                      const std::function<bool(Day, const EdgeKey&)>& visit) const override {
    const TimeFamily family{
        [node](int level, std::optional<Day> from) { return TimelinePrefix(node, level, from); },
        ReadTimelineKey};
    return ScanPeriods(view_, family, days,
                       [&](const TimeRow& row) { return visit(row.days.from, row.edge); });
  }

  Result<std::vector<EdgeSummary>> TopOfRelation(RelationId relation, size_t limit) const override {
    std::vector<EdgeSummary> top;
    if (limit == 0) return top;
    std::vector<EdgeKey> keys;
    bool is_damaged = false;
    WHOWHOM_TRY_STATUS(view_.ScanPrefix(TopPrefix(relation), [&](std::string_view key, std::string_view) {
      const std::optional<TopRow> row = ReadTopKey(key);
      is_damaged = !row;
      if (row) keys.push_back(row->edge);
      return row && keys.size() < limit;
    }));
    if (is_damaged) return DamagedRow(FamilyPrefix(Family::kTop));
    for (const EdgeKey& key : keys) {
      WHOWHOM_TRY(std::optional<EdgeSummary> summary, FindEdge(key));
      if (!summary) return DamagedRow(FamilyPrefix(Family::kTop));
      top.push_back(std::move(*summary));
    }
    if (top.size() == limit) return top;
    // What is left has one statement each: any order of keys is right.
    EdgePattern pattern;
    pattern.relation = relation;
    WHOWHOM_TRY_STATUS(ScanEdges(pattern, [&](const EdgeSummary& summary) {
      if (summary.statements < kTopStatements) top.push_back(summary);
      return top.size() < limit;
    }));
    return top;
  }

  Result<std::vector<Judgement>> Judgements() const override {
    std::vector<Judgement> judgements;
    bool is_damaged = false;
    WHOWHOM_TRY_STATUS(
        view_.ScanPrefix(FamilyPrefix(Family::kJudgement), [&](std::string_view key, std::string_view value) {
          const std::optional<uint64_t> sequence = ReadJudgementKey(key);
          std::optional<Judgement> judgement = sequence ? DecodeJudgement(*sequence, value) : std::nullopt;
          is_damaged = !judgement;
          if (judgement) judgements.push_back(std::move(*judgement));
          return !is_damaged;
        }));
    if (is_damaged) return DamagedRow(FamilyPrefix(Family::kJudgement));
    MarkUndone(&judgements);
    return judgements;
  }

  Result<StoreStats> Stats() const override {
    WHOWHOM_TRY(const std::optional<std::string> row, view_.Get(MetaKey(kTotalsRow)));
    const std::optional<Totals> totals = row ? DecodeTotals(*row) : Totals{};
    if (!totals) return DamagedRow(FamilyPrefix(Family::kMeta));
    StoreStats stats;
    stats.documents = totals->documents;
    stats.statements = totals->statements;
    stats.nodes = totals->nodes;
    stats.actors = totals->actors;
    stats.relations = totals->relations;
    stats.edges = totals->edges;
    stats.aliases = totals->aliases;
    WHOWHOM_TRY_STATUS(
        view_.ScanPrefix(FamilyPrefix(Family::kJudgement), [&](std::string_view, std::string_view) {
          ++stats.judgements;
          return true;
        }));
    WHOWHOM_TRY_STATUS(ScanRows<CountRow>(
        FamilyPrefix(Family::kExtractor), [&](std::string_view key, const CountRow& count) {
          stats.extractors.emplace_back(ReadExtractorKey(key).value_or(""), count.count);
          return true;
        }));
    WHOWHOM_TRY_STATUS(
        view_.ScanPrefix(FamilyPrefix(Family::kPublished), [&](std::string_view key, std::string_view) {
          if (const std::optional<Day> day = ReadPublishedKey(key)) Widen({*day, *day}, &stats.published);
          return true;
        }));
    stats.disk_bytes = FolderBytes(store_path_);
    return stats;
  }

  uint64_t watermark() const override { return watermark_; }

 private:
  template <typename Row>
  Result<std::optional<Row>> Find(const std::string& key) const {
    WHOWHOM_TRY(const std::optional<std::string> value, view_.Get(key));
    if (!value) return std::optional<Row>();
    std::optional<Row> row = Decode<Row>(*value);
    if (!row) return DamagedRow(key);
    return row;
  }

  template <typename Row, typename Visit>
  Status ScanRows(const std::string& prefix, const Visit& visit) const {
    bool is_damaged = false;
    WHOWHOM_TRY_STATUS(view_.ScanPrefix(prefix, [&](std::string_view key, std::string_view value) {
      std::optional<Row> row = Decode<Row>(value);
      is_damaged = !row || (KindOf(static_cast<uint8_t>(key.front())) == RowKind::kEdge && !ReadEdgeKey(key));
      return !is_damaged && visit(key, std::move(*row));
    }));
    if (is_damaged) return DamagedRow(prefix);
    return {};
  }

  static std::string EdgePrefix(const EdgePattern& pattern) {
    std::string prefix;
    const auto start = [&](Family family) { prefix = FamilyPrefix(family); };
    const auto put = [&](uint64_t value) { PutFixed64(value, &prefix); };
    if (pattern.subject && (pattern.relation || !pattern.object)) {
      start(Family::kSpo);
      put(pattern.subject->value);
      if (pattern.relation) put(pattern.relation->value);
      if (pattern.relation && pattern.object) put(pattern.object->value);
    } else if (pattern.relation) {
      start(Family::kPos);
      put(pattern.relation->value);
      if (pattern.object) put(pattern.object->value);
    } else if (pattern.object) {
      start(Family::kOsp);
      put(pattern.object->value);
      if (pattern.subject) put(pattern.subject->value);
    } else {
      start(Family::kSpo);
    }
    return prefix;
  }

  Result<std::vector<RelationInfo>> RelationsUnder(const std::string& prefix) const {
    std::vector<RelationId> ids;
    WHOWHOM_TRY_STATUS(view_.ScanPrefix(prefix, [&](std::string_view key, std::string_view) {
      if (const std::optional<RelationId> id = ReadRelationAtEnd(key)) ids.push_back(*id);
      return true;
    }));
    std::vector<RelationInfo> relations;
    for (RelationId id : ids) {
      WHOWHOM_TRY(std::optional<RelationInfo> info, FindRelation(id));
      if (!info) return DamagedRow(prefix);
      relations.push_back(std::move(*info));
    }
    return relations;
  }

  // Loads the statements whose id starts with 8 bytes in [first, last].
  Status VisitStatements(uint64_t first, uint64_t last, const std::function<bool(Statement)>& visit) const {
    std::vector<StatementRow> rows;
    const std::string begin = StatementKey({{first, 0}}, {}, 0);
    const std::string end = PrefixEnd(StatementKey({{last, 0}}, {{UINT64_MAX, 0}}, UINT32_MAX));
    Status inner;
    WHOWHOM_TRY_STATUS(view_.ScanRange(begin, end, [&](std::string_view key, std::string_view) {
      const std::optional<StatementRow> row = ReadStatementKey(key);
      if (!row) {
        inner = DamagedRow(key);
        return false;
      }
      bool goes_on = true;
      inner = LoadByRow(*row, [&](Statement statement) { return goes_on = visit(std::move(statement)); });
      return inner.ok() && goes_on;
    }));
    return inner;
  }

  Status LoadByRow(const StatementRow& row, const std::function<bool(Statement)>& visit) const {
    const std::string first = DocKey(Family::kDocEvidence, {{row.doc_prefix, 0}});
    const std::string end = PrefixEnd(DocKey(Family::kDocEvidence, {{row.doc_prefix, UINT64_MAX}}));
    std::vector<DocId> docs;
    WHOWHOM_TRY_STATUS(view_.ScanRange(first, end, [&](std::string_view key, std::string_view) {
      if (const std::optional<DocId> id = ReadDocKey(key)) docs.push_back(*id);
      return true;
    }));
    for (const DocId& doc : docs) {
      WHOWHOM_TRY(std::optional<StoredStatements> stored, ReadStatements(getter_, doc, row.sequence));
      if (!stored || stored->statements.empty()) continue;
      if (stored->statements.front().id.hash.high != row.id_prefix) continue;
      if (!visit(std::move(stored->statements.front()))) break;
    }
    return {};
  }

  static void MarkUndone(std::vector<Judgement>* judgements) {
    // Backwards: an undo that is itself undone has no effect.
    for (size_t i = judgements->size(); i-- > 0;) {
      const Judgement& judgement = (*judgements)[i];
      if (judgement.kind != JudgementKind::kUndo || judgement.undone_by != 0 || judgement.arguments.empty())
        continue;
      for (Judgement& target : *judgements) {
        const bool is_named = std::to_string(target.sequence) == judgement.arguments.front();
        if (is_named && target.sequence < judgement.sequence) target.undone_by = judgement.sequence;
      }
    }
  }

  ReadView view_;
  std::string store_path_;
  RowGetter getter_;
  uint64_t watermark_ = 0;
};

}  // namespace

std::shared_ptr<const Snapshot> MakeSnapshot(std::shared_ptr<Database> database,
                                             const std::string& store_path) {
  return std::make_shared<const StoreSnapshot>(std::move(database), store_path);
}

}  // namespace whowhom::storage
