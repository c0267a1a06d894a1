#include "values.h"

#include <algorithm>
#include <map>

#include "coding.h"

namespace whowhom::storage {
namespace {

constexpr uint8_t kHasDays = 1;

void PutDays(const std::optional<DayRange>& days, std::string* out) {
  PutFixed8(days ? kHasDays : 0, out);
  if (!days) return;
  PutSigned(days->from.number, out);
  PutSigned(int64_t{days->to.number} - days->from.number, out);
}

std::optional<DayRange> ReadDays(ByteReader* reader) {
  const uint8_t flags = reader->Fixed8();
  if (flags > kHasDays) reader->Fail();
  if (flags == 0 || !reader->ok()) return std::nullopt;
  const int64_t from = reader->Signed();
  const int64_t length = reader->Signed();
  if (from < INT32_MIN || from > INT32_MAX || length < -int64_t{UINT32_MAX} || length > int64_t{UINT32_MAX} ||
      from + length < INT32_MIN || from + length > INT32_MAX) {
    reader->Fail();
    return std::nullopt;
  }
  return DayRange{{static_cast<int32_t>(from)}, {static_cast<int32_t>(from + length)}};
}

void PutClasses(const std::vector<ClassCount>& classes, std::string* out) {
  PutVarint(classes.size(), out);
  for (const ClassCount& entry : classes) {
    PutFixed8(static_cast<uint8_t>(entry.event_class), out);
    PutVarint(entry.count, out);
  }
}

void ReadClasses(ByteReader* reader, std::vector<ClassCount>* classes) {
  classes->resize(reader->Count(2));
  for (ClassCount& entry : *classes) {
    entry.event_class = static_cast<EventClass>(reader->Fixed8());
    entry.count = reader->Varint32();
  }
}

std::string StartValue() { return std::string(1, static_cast<char>(kFormat)); }

// A reader behind the format byte; not ok() for any other format.
ByteReader OpenValue(std::string_view value) {
  ByteReader reader(value);
  if (reader.Fixed8() != kFormat) reader.Fail();
  return reader;
}

template <typename Row>
std::optional<Row> Finish(const ByteReader& reader, Row row) {
  if (!reader.done()) return std::nullopt;
  return row;
}

auto Identify(const ClassCount& entry) { return entry.event_class; }
auto Identify(const Spelling& entry) { return std::string_view(entry.surface); }
auto Identify(const LemmaCount& entry) { return std::string_view(entry.lemma); }
auto Identify(const NodeVariant& entry) {
  return std::tuple(std::string_view(entry.label), entry.type, std::string_view(entry.country),
                    std::string_view(entry.sector), entry.is_actor);
}

bool TakeAway(uint64_t share, uint64_t* value) {
  if (share > *value) return false;
  *value -= share;
  return true;
}
bool TakeAway(uint32_t share, uint32_t* value) {
  if (share > *value) return false;
  *value -= share;
  return true;
}

void Increase(const ClassCount& share, ClassCount* entry) { entry->count += share.count; }
void Increase(const LemmaCount& share, LemmaCount* entry) { entry->count += share.count; }
void Increase(const NodeVariant& share, NodeVariant* entry) { entry->count += share.count; }
void Increase(const Spelling& share, Spelling* entry) {
  entry->mentions += share.mentions;
  entry->labels += share.labels;
}
bool Decrease(const ClassCount& share, ClassCount* entry) { return TakeAway(share.count, &entry->count); }
bool Decrease(const LemmaCount& share, LemmaCount* entry) { return TakeAway(share.count, &entry->count); }
bool Decrease(const NodeVariant& share, NodeVariant* entry) { return TakeAway(share.count, &entry->count); }
bool Decrease(const Spelling& share, Spelling* entry) {
  return TakeAway(share.mentions, &entry->mentions) && TakeAway(share.labels, &entry->labels);
}
bool IsZero(const ClassCount& entry) { return entry.count == 0; }
bool IsZero(const LemmaCount& entry) { return entry.count == 0; }
bool IsZero(const NodeVariant& entry) { return entry.count == 0; }
bool IsZero(const Spelling& entry) { return entry.mentions == 0 && entry.labels == 0; }

// Multisets as sorted vectors.
template <typename Entry>
typename std::vector<Entry>::iterator Lower(const Entry& share, std::vector<Entry>* entries) {
  return std::lower_bound(entries->begin(), entries->end(), share,
                          [](const Entry& a, const Entry& b) { return Identify(a) < Identify(b); });
}

template <typename Entry>
void AddAll(const std::vector<Entry>& shares, std::vector<Entry>* entries) {
  for (const Entry& share : shares) {
    auto place = Lower(share, entries);
    if (place != entries->end() && Identify(*place) == Identify(share)) {
      Increase(share, &*place);
    } else {
      entries->insert(place, share);
    }
  }
}

template <typename Entry>
SumOutcome SubtractAll(const std::vector<Entry>& shares, std::vector<Entry>* entries) {
  for (const Entry& share : shares) {
    auto place = Lower(share, entries);
    if (place == entries->end() || Identify(*place) != Identify(share) || !Decrease(share, &*place)) {
      return SumOutcome::kUnderflow;
    }
    if (IsZero(*place)) entries->erase(place);
  }
  return SumOutcome::kOk;
}

// The value with the highest count; the smallest among equals.
template <typename Value>
Value MostFrequent(const std::map<Value, uint64_t>& counts, Value none) {
  Value best = none;
  uint64_t best_count = 0;
  for (const auto& [value, count] : counts) {
    if (count > best_count) {
      best = value;
      best_count = count;
    }
  }
  return best;
}

template <typename Row>
std::optional<SumResult> SumTyped(std::string_view row_bytes, std::string_view share_bytes, bool subtract) {
  std::optional<Row> share = Decode<Row>(share_bytes);
  std::optional<Row> row = row_bytes.empty() ? Row{} : Decode<Row>(row_bytes);
  if (!share || !row) return std::nullopt;
  SumResult result;
  result.outcome = subtract ? Subtract(*share, &*row) : Add(*share, &*row);
  if (!row->empty()) result.value = Encode(*row);
  return result;
}

}  // namespace

void Widen(const DayRange& more, std::optional<DayRange>* days) {
  if (!*days) {
    *days = more;
    return;
  }
  (*days)->from = std::min((*days)->from, more.from);
  (*days)->to = std::max((*days)->to, more.to);
}

std::string EmptyValue() { return StartValue(); }

std::string Encode(const CountRow& row) {
  std::string value = StartValue();
  PutVarint(row.count, &value);
  PutVarint(row.uses, &value);
  return value;
}

std::string Encode(const EdgeRow& row) {
  std::string value = StartValue();
  PutVarint(row.statements, &value);
  PutVarint(row.documents, &value);
  PutDays(row.days, &value);
  PutClasses(row.classes, &value);
  return value;
}

std::string Encode(const NodeRow& row) {
  std::string value = StartValue();
  PutFixed64(row.hash_low, &value);
  PutVarint(row.mentions, &value);
  PutVarint(row.statements, &value);
  PutVarint(row.documents, &value);
  PutVarint(row.variants.size(), &value);
  for (const NodeVariant& variant : row.variants) {
    PutString(variant.label, &value);
    PutFixed8(static_cast<uint8_t>(variant.type), &value);
    PutString(variant.country, &value);
    PutString(variant.sector, &value);
    PutFixed8(variant.is_actor ? 1 : 0, &value);
    PutVarint(variant.count, &value);
  }
  return value;
}

std::string Encode(const AliasRow& row) {
  std::string value = StartValue();
  PutVarint(row.spellings.size(), &value);
  for (const Spelling& spelling : row.spellings) {
    PutString(spelling.surface, &value);
    PutVarint(spelling.mentions, &value);
    PutVarint(spelling.labels, &value);
  }
  return value;
}

std::string Encode(const RelationRow& row) {
  std::string value = StartValue();
  PutFixed64(row.hash_low, &value);
  PutString(row.label, &value);
  PutVarint(row.statements, &value);
  PutVarint(row.lemmas.size(), &value);
  for (const LemmaCount& lemma : row.lemmas) {
    PutString(lemma.lemma, &value);
    PutVarint(lemma.count, &value);
  }
  PutClasses(row.classes, &value);
  return value;
}

std::string Encode(const EvidenceRow& row) {
  std::string value = StartValue();
  PutFixed8(static_cast<uint8_t>(row.event_class), &value);
  PutDays(row.days, &value);
  return value;
}

template <>
std::optional<CountRow> Decode(std::string_view value) {
  ByteReader reader = OpenValue(value);
  CountRow row;
  row.count = reader.Varint();
  row.uses = reader.Varint();
  return Finish(reader, row);
}

bool DecodeInto(std::string_view value, EdgeRow* row) {
  ByteReader reader = OpenValue(value);
  row->statements = reader.Varint32();
  row->documents = reader.Varint32();
  row->days = ReadDays(&reader);
  ReadClasses(&reader, &row->classes);
  return reader.done();
}

template <>
std::optional<EdgeRow> Decode(std::string_view value) {
  EdgeRow row;
  if (!DecodeInto(value, &row)) return std::nullopt;
  return row;
}

template <>
std::optional<NodeRow> Decode(std::string_view value) {
  ByteReader reader = OpenValue(value);
  NodeRow row;
  row.hash_low = reader.Fixed64();
  row.mentions = reader.Varint();
  row.statements = reader.Varint();
  row.documents = reader.Varint();
  row.variants.resize(reader.Count(6));
  for (NodeVariant& variant : row.variants) {
    variant.label = reader.String();
    variant.type = static_cast<EntityType>(reader.Fixed8());
    variant.country = reader.String();
    variant.sector = reader.String();
    variant.is_actor = reader.Fixed8() != 0;
    variant.count = reader.Varint();
  }
  return Finish(reader, std::move(row));
}

template <>
std::optional<AliasRow> Decode(std::string_view value) {
  ByteReader reader = OpenValue(value);
  AliasRow row;
  row.spellings.resize(reader.Count(3));
  for (Spelling& spelling : row.spellings) {
    spelling.surface = reader.String();
    spelling.mentions = reader.Varint();
    spelling.labels = reader.Varint();
  }
  return Finish(reader, std::move(row));
}

template <>
std::optional<RelationRow> Decode(std::string_view value) {
  ByteReader reader = OpenValue(value);
  RelationRow row;
  row.hash_low = reader.Fixed64();
  row.label = reader.String();
  row.statements = reader.Varint();
  row.lemmas.resize(reader.Count(2));
  for (LemmaCount& lemma : row.lemmas) {
    lemma.lemma = reader.String();
    lemma.count = reader.Varint();
  }
  ReadClasses(&reader, &row.classes);
  return Finish(reader, std::move(row));
}

template <>
std::optional<EvidenceRow> Decode(std::string_view value) {
  ByteReader reader = OpenValue(value);
  EvidenceRow row;
  row.event_class = static_cast<EventClass>(reader.Fixed8());
  row.days = ReadDays(&reader);
  return Finish(reader, row);
}

bool NodeRow::is_actor() const {
  uint64_t as_actor = 0;
  uint64_t as_thing = 0;
  for (const NodeVariant& variant : variants) (variant.is_actor ? as_actor : as_thing) += variant.count;
  return as_actor > 0 && as_actor >= as_thing;
}

NodeInfo NodeRow::Describe(NodeId id) const {
  std::map<std::string, uint64_t> labels, countries, sectors;
  std::map<EntityType, uint64_t> types;
  for (const NodeVariant& variant : variants) {
    labels[variant.label] += variant.count;
    types[variant.type] += variant.count;
    if (!variant.country.empty()) countries[variant.country] += variant.count;
    if (!variant.sector.empty()) sectors[variant.sector] += variant.count;
  }
  NodeInfo info;
  info.id = id;
  info.ref.hash = {id.value, hash_low};
  info.ref.label = MostFrequent<std::string>(labels, "");
  info.ref.type = MostFrequent(types, EntityType::kThing);
  info.ref.country = MostFrequent<std::string>(countries, "");
  info.ref.sector = MostFrequent<std::string>(sectors, "");
  info.ref.is_actor = is_actor();
  info.mentions = mentions;
  info.statements = statements;
  info.documents = documents;
  return info;
}

AliasHit AliasRow::Describe(NodeId node) const {
  AliasHit hit;
  hit.node = node;
  std::pair<uint64_t, uint64_t> best{0, 0};
  for (const Spelling& spelling : spellings) {
    hit.count += spelling.mentions;
    const std::pair<uint64_t, uint64_t> weight{spelling.mentions, spelling.labels};
    if (weight > best) {
      best = weight;
      hit.alias = spelling.surface;
    }
  }
  return hit;
}

RelationInfo RelationRow::Describe(RelationId id) const {
  std::map<std::string, uint64_t> counts;
  for (const LemmaCount& entry : lemmas) counts[entry.lemma] += entry.count;
  return {id, label, MostFrequent<std::string>(counts, ""), classes, statements};
}

SumOutcome Add(const CountRow& share, CountRow* row) {
  row->count += share.count;
  row->uses += share.uses;
  return SumOutcome::kOk;
}

SumOutcome Subtract(const CountRow& share, CountRow* row) {
  const bool enough = TakeAway(share.count, &row->count) && TakeAway(share.uses, &row->uses);
  return enough ? SumOutcome::kOk : SumOutcome::kUnderflow;
}

SumOutcome Add(const EdgeRow& share, EdgeRow* row) {
  row->statements += share.statements;
  row->documents += share.documents;
  if (share.days) Widen(*share.days, &row->days);
  AddAll(share.classes, &row->classes);
  return SumOutcome::kOk;
}

SumOutcome Subtract(const EdgeRow& share, EdgeRow* row) {
  if (!TakeAway(share.statements, &row->statements) || !TakeAway(share.documents, &row->documents)) {
    return SumOutcome::kUnderflow;
  }
  const SumOutcome classes = SubtractAll(share.classes, &row->classes);
  if (classes != SumOutcome::kOk) return classes;
  if (row->empty() || !share.days) return SumOutcome::kOk;
  if (!row->days) return SumOutcome::kUnderflow;
  const bool was_border = share.days->from <= row->days->from || share.days->to >= row->days->to;
  return was_border ? SumOutcome::kDaysUnknown : SumOutcome::kOk;
}

SumOutcome Add(const NodeRow& share, NodeRow* row) {
  if (row->empty()) row->hash_low = share.hash_low;
  if (row->hash_low != share.hash_low) return SumOutcome::kHashMismatch;
  row->mentions += share.mentions;
  row->statements += share.statements;
  row->documents += share.documents;
  AddAll(share.variants, &row->variants);
  return SumOutcome::kOk;
}

SumOutcome Subtract(const NodeRow& share, NodeRow* row) {
  if (row->hash_low != share.hash_low) return SumOutcome::kHashMismatch;
  const bool enough = TakeAway(share.mentions, &row->mentions) &&
                      TakeAway(share.statements, &row->statements) &&
                      TakeAway(share.documents, &row->documents);
  return enough ? SubtractAll(share.variants, &row->variants) : SumOutcome::kUnderflow;
}

SumOutcome Add(const AliasRow& share, AliasRow* row) {
  AddAll(share.spellings, &row->spellings);
  return SumOutcome::kOk;
}
SumOutcome Subtract(const AliasRow& share, AliasRow* row) {
  return SubtractAll(share.spellings, &row->spellings);
}

SumOutcome Add(const RelationRow& share, RelationRow* row) {
  if (row->empty()) {
    row->hash_low = share.hash_low;
    row->label = share.label;
  }
  if (row->hash_low != share.hash_low) return SumOutcome::kHashMismatch;
  row->statements += share.statements;
  AddAll(share.lemmas, &row->lemmas);
  AddAll(share.classes, &row->classes);
  return SumOutcome::kOk;
}

SumOutcome Subtract(const RelationRow& share, RelationRow* row) {
  if (row->hash_low != share.hash_low) return SumOutcome::kHashMismatch;
  if (!TakeAway(share.statements, &row->statements)) return SumOutcome::kUnderflow;
  const SumOutcome lemmas = SubtractAll(share.lemmas, &row->lemmas);
  return lemmas == SumOutcome::kOk ? SubtractAll(share.classes, &row->classes) : lemmas;
}

RowKind KindOf(uint8_t family_tag) {
  switch (static_cast<Family>(family_tag)) {
    case Family::kPublished:
    case Family::kExtractor:
    case Family::kAliasOf:
    case Family::kTerm:
    case Family::kLemma:
    case Family::kClass:
    case Family::kTime:
    case Family::kTimeline:
      return RowKind::kCount;
    case Family::kSpo:
    case Family::kPos:
    case Family::kOsp:
      return RowKind::kEdge;
    case Family::kNode:
      return RowKind::kNode;
    case Family::kAlias:
      return RowKind::kAlias;
    case Family::kRelation:
      return RowKind::kRelation;
    default:
      return RowKind::kUnique;
  }
}

bool RowSum::Start(uint8_t family_tag, std::string_view value) {
  const auto decode = [&]<typename Row>(Row) {
    std::optional<Row> row = Decode<Row>(value);
    if (row) row_ = std::move(*row);
    return row.has_value();
  };
  switch (KindOf(family_tag)) {
    case RowKind::kCount:
      return decode(CountRow());
    case RowKind::kEdge:
      return decode(EdgeRow());
    case RowKind::kNode:
      return decode(NodeRow());
    case RowKind::kAlias:
      return decode(AliasRow());
    case RowKind::kRelation:
      return decode(RelationRow());
    case RowKind::kUnique:
      break;
  }
  return false;
}

std::optional<SumOutcome> RowSum::Add(std::string_view value) {
  return std::visit(
      [&]<typename Row>(Row& row) -> std::optional<SumOutcome> {
        const std::optional<Row> share = Decode<Row>(value);
        if (!share) return std::nullopt;
        return storage::Add(*share, &row);
      },
      row_);
}

std::string RowSum::Encode() const {
  return std::visit([](const auto& row) { return storage::Encode(row); }, row_);
}

std::optional<SumResult> SumRows(uint8_t family_tag, std::string_view row, std::string_view share,
                                 bool subtract) {
  switch (KindOf(family_tag)) {
    case RowKind::kCount:
      return SumTyped<CountRow>(row, share, subtract);
    case RowKind::kEdge:
      return SumTyped<EdgeRow>(row, share, subtract);
    case RowKind::kNode:
      return SumTyped<NodeRow>(row, share, subtract);
    case RowKind::kAlias:
      return SumTyped<AliasRow>(row, share, subtract);
    case RowKind::kRelation:
      return SumTyped<RelationRow>(row, share, subtract);
    case RowKind::kUnique:
      break;
  }
  return std::nullopt;
}

}  // namespace whowhom::storage
