#include "pending_rows.h"

#include <algorithm>

#include "values.h"

namespace whowhom::storage {
namespace {

constexpr uint64_t kRowOverheadBytes = 96;

std::string NameOf(const std::string& key) {
  return std::string(FamilyName(static_cast<uint8_t>(key.front()))) + " row " + ToHex(HashBytes(key).high);
}

bool IsActorRow(const std::optional<std::string>& value) {
  if (!value) return false;
  const std::optional<NodeRow> row = Decode<NodeRow>(*value);
  return row && row->is_actor();
}

}  // namespace

Result<std::optional<std::string>> PendingRows::Get(const std::string& key) {
  if (const auto place = dirty_.find(key); place != dirty_.end()) return place->second;
  return database_->Get(key, nullptr);
}

void PendingRows::Set(const std::string& key, RowValue value) {
  bytes_ += key.size() + (value ? value->size() : 0) + kRowOverheadBytes;
  dirty_.insert_or_assign(key, std::move(value));
}

void PendingRows::Put(const std::string& key, std::string value) { Set(key, std::move(value)); }
void PendingRows::Delete(const std::string& key) { Set(key, std::nullopt); }

Result<std::vector<PendingRows::RowValue>> PendingRows::GetAll(const std::vector<Row>& rows) const {
  std::vector<RowValue> values(rows.size());
  std::vector<size_t> missing;
  std::vector<std::string_view> keys;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (const auto place = dirty_.find(rows[i].key); place != dirty_.end()) {
      values[i] = place->second;
    } else {
      missing.push_back(i);
      keys.push_back(rows[i].key);
    }
  }
  std::vector<RowValue> found;
  WHOWHOM_TRY_STATUS(database_->MultiGet(keys, &found));
  for (size_t i = 0; i < missing.size(); ++i) values[missing[i]] = std::move(found[i]);
  return values;
}

Result<std::optional<DayRange>> PendingRows::DaysWithout(const EdgeKey& edge, const DocId& doc) const {
  WHOWHOM_CHECK(dirty_.empty(), "the evidence is read from the database");
  const ReadView view(database_->shared_from_this());
  std::optional<DayRange> days;
  bool is_damaged = false;
  WHOWHOM_TRY_STATUS(view.ScanPrefix(EvidencePrefix(edge), [&](std::string_view key, std::string_view value) {
    const std::optional<EvidenceRef> ref = ReadEvidenceKey(key);
    const std::optional<EvidenceRow> row = Decode<EvidenceRow>(value);
    is_damaged = !ref || !row;
    if (is_damaged) return false;
    if (ref->doc != doc && row->days) Widen(*row->days, &days);
    return true;
  }));
  if (is_damaged)
    return Corruption("reading the evidence of an edge: a row does not decode; run `verify --repair`");
  return days;
}

Result<std::vector<PendingRows::Change>> PendingRows::SumShares(const Article& article,
                                                                const std::vector<Row>& shares,
                                                                bool take_away) {
  WHOWHOM_TRY(std::vector<RowValue> values, GetAll(shares));
  std::vector<Change> changes;
  changes.reserve(shares.size());
  for (size_t i = 0; i < shares.size(); ++i) {
    const Row& share = shares[i];
    RowValue& before = values[i];
    const auto tag = static_cast<uint8_t>(share.key.front());
    std::optional<SumResult> sum = SumRows(tag, before ? *before : "", share.value, take_away);
    if (!sum || sum->outcome == SumOutcome::kUnderflow) {
      return Corruption("changing the " + NameOf(share.key) +
                        ": it does not hold what its articles put there; run `verify --repair`");
    }
    if (sum->outcome == SumOutcome::kHashMismatch) {
      return Corruption(
          "changing the " + NameOf(share.key) +
          ": another name has the same first 8 bytes of its hash; the article cannot be stored");
    }
    if (sum->outcome == SumOutcome::kDaysUnknown) {
      std::optional<EdgeRow> row = Decode<EdgeRow>(sum->value);
      WHOWHOM_TRY(row->days, DaysWithout(*ReadEdgeKey(share.key), article.id));
      sum->value = Encode(*row);
    }
    RowValue after;
    if (!sum->value.empty()) after = std::move(sum->value);
    changes.push_back({share.key, std::move(before), std::move(after)});
  }
  return changes;
}

void PendingRows::CountChange(const Change& change) {
  const auto step =
      static_cast<uint64_t>(int64_t{change.after.has_value()} - int64_t{change.before.has_value()});
  switch (static_cast<Family>(change.key.front())) {
    case Family::kNode:
      totals_.nodes += step;
      totals_.actors +=
          static_cast<uint64_t>(int64_t{IsActorRow(change.after)} - int64_t{IsActorRow(change.before)});
      break;
    case Family::kRelation:
      totals_.relations += step;
      break;
    case Family::kSpo:
      totals_.edges += step;
      break;
    case Family::kAlias:
      totals_.aliases += step;
      break;
    default:
      break;
  }
}

void PendingRows::SetEdge(const Change& change) {
  const std::optional<EdgeKey> edge = ReadEdgeKey(change.key);
  Set(PosKey(*edge), change.after);
  Set(OspKey(*edge), change.after);
  const auto statements_of = [](const RowValue& value) {
    const std::optional<EdgeRow> row = value ? Decode<EdgeRow>(*value) : std::nullopt;
    return row ? row->statements : 0;
  };
  const uint32_t before = statements_of(change.before);
  const uint32_t after = statements_of(change.after);
  if (before == after) return;
  if (before >= kTopStatements) Delete(TopKey(*edge, before));
  if (after >= kTopStatements) Put(TopKey(*edge, after), EmptyValue());
}

Status PendingRows::Apply(const Article& article, const ArticleRows& rows, bool take_away) {
  WHOWHOM_TRY(std::vector<Change> changes, SumShares(article, rows.shares, take_away));
  for (Change& change : changes) {
    CountChange(change);
    if (static_cast<Family>(change.key.front()) == Family::kSpo) SetEdge(change);
    Set(change.key, std::move(change.after));
  }
  for (const Row& row : rows.own) Set(row.key, take_away ? RowValue() : RowValue(row.value));
  const uint64_t documents = article.document ? 1 : 0;
  const uint64_t statements = article.statements.size();
  totals_.documents += take_away ? 0 - documents : documents;
  totals_.statements += take_away ? 0 - statements : statements;
  return {};
}

void PendingRows::FillBatch(rocksdb::WriteBatch* batch) const {
  std::vector<const std::pair<const std::string, RowValue>*> rows;
  rows.reserve(dirty_.size());
  for (const auto& row : dirty_) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
  for (const auto* row : rows) {
    if (row->second) {
      batch->Put(ToSlice(row->first), ToSlice(*row->second));
    } else {
      batch->Delete(ToSlice(row->first));
    }
  }
}

void PendingRows::MarkWritten() {
  // A new map: emptying one walks over the buckets of the largest group there ever was.
  dirty_ = {};
  bytes_ = 0;
}

void PendingRows::Reset(const Totals& totals) {
  MarkWritten();
  totals_ = totals;
}

}  // namespace whowhom::storage
