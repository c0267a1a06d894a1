#include "keys.h"

#include <algorithm>
#include <climits>

#include "coding.h"

namespace whowhom::storage {
namespace {

constexpr size_t kMaxNameBytes = 256;
constexpr size_t kEdgeBytes = 25;

std::string Start(Family family, size_t bytes = 0) {
  std::string key;
  key.reserve(1 + bytes);
  key.push_back(static_cast<char>(family));
  return key;
}

bool Is(std::string_view key, Family family) {
  return !key.empty() && static_cast<uint8_t>(key.front()) == static_cast<uint8_t>(family);
}

void PutName(std::string_view name, std::string* key) {
  key->append(name);
  key->push_back('\0');
}

void PutTriple(uint64_t a, uint64_t b, uint64_t c, Qualifier qualifier, std::string* key) {
  PutFixed64(a, key);
  PutFixed64(b, key);
  PutFixed64(c, key);
  PutFixed8(qualifier.bits, key);
}

EdgeKey ReadSpo(ByteReader* reader) {
  EdgeKey edge;
  edge.subject.value = reader->Fixed64();
  edge.relation.value = reader->Fixed64();
  edge.object.value = reader->Fixed64();
  edge.qualifier.bits = reader->Fixed8();
  return edge;
}

// [tag] name 00 node
std::optional<NamedNode> ReadNameThenNode(std::string_view key, Family family) {
  if (!Is(key, family) || key.size() < 10 || key[key.size() - 9] != '\0') return std::nullopt;
  ByteReader node(key.substr(key.size() - 8));
  return NamedNode{key.substr(1, key.size() - 10), NodeId{node.Fixed64()}};
}

void PutPeriod(const TimeRow& row, std::string* key) {
  PutFixed8(static_cast<uint8_t>(row.level()), key);
  PutDay(row.days.from.number, key);
  // Orders as the last day does and, unlike it, is the same in most keys.
  PutFixed32(static_cast<uint32_t>(row.days.to.number) - static_cast<uint32_t>(row.days.from.number), key);
}

std::optional<DayRange> ReadPeriod(ByteReader* reader) {
  const int32_t from = reader->DayNumber();
  const int64_t to = int64_t{from} + reader->Fixed32();
  if (to > INT32_MAX) return std::nullopt;
  return DayRange{{from}, {static_cast<int32_t>(to)}};
}

}  // namespace

std::string_view FamilyName(uint8_t tag) {
  switch (static_cast<Family>(tag)) {
    case Family::kMeta:
      return "meta";
    case Family::kDoc:
      return "doc";
    case Family::kText:
      return "text";
    case Family::kDocEvidence:
      return "doc_ev";
    case Family::kPublished:
      return "published";
    case Family::kExtractor:
      return "extractor";
    case Family::kNode:
      return "node";
    case Family::kAlias:
      return "alias";
    case Family::kAliasOf:
      return "alias_of";
    case Family::kTerm:
      return "term";
    case Family::kRelation:
      return "relation";
    case Family::kLemma:
      return "lemma";
    case Family::kClass:
      return "class";
    case Family::kSpo:
      return "spo";
    case Family::kPos:
      return "pos";
    case Family::kOsp:
      return "osp";
    case Family::kTop:
      return "top";
    case Family::kEvidence:
      return "ev";
    case Family::kStatement:
      return "statement";
    case Family::kTime:
      return "time";
    case Family::kTimeline:
      return "timeline";
    case Family::kJudgement:
      return "judgement";
    case Family::kCommit:
      return "commit";
  }
  return "?";
}

std::string FamilyPrefix(Family family) { return Start(family); }

std::string PrefixEnd(std::string_view prefix) {
  while (!prefix.empty() && static_cast<uint8_t>(prefix.back()) == 0xff) prefix.remove_suffix(1);
  std::string end(prefix);
  if (!end.empty()) end.back() = static_cast<char>(static_cast<uint8_t>(end.back()) + 1);
  return end;
}

std::string KeyName(std::string_view normalised) {
  std::string name(normalised.substr(0, normalised.find('\0')));
  if (name.size() <= kMaxNameBytes) return name;
  size_t end = kMaxNameBytes;
  while (end > 0 && (static_cast<uint8_t>(name[end]) & 0xc0) == 0x80) --end;
  name.resize(end);
  return name;
}

std::string MetaKey(std::string_view name) { return Start(Family::kMeta).append(name); }

std::string DocKey(Family family, const DocId& id) {
  std::string key = Start(family, 16);
  PutHash(id.hash, &key);
  return key;
}

std::string PublishedKey(Day day) {
  std::string key = Start(Family::kPublished, 4);
  PutDay(day.number, &key);
  return key;
}

std::string ExtractorKey(std::string_view version) {
  std::string key = Start(Family::kExtractor);
  PutName(KeyName(version), &key);
  return key;
}

std::string NodeKey(NodeId id) {
  std::string key = Start(Family::kNode, 8);
  PutFixed64(id.value, &key);
  return key;
}

std::string AliasPrefix(std::string_view normalised) {
  std::string key = Start(Family::kAlias, normalised.size() + 9);
  PutName(normalised, &key);
  return key;
}

std::string AliasKey(std::string_view normalised, NodeId id) {
  std::string key = AliasPrefix(normalised);
  PutFixed64(id.value, &key);
  return key;
}

std::string AliasOfPrefix(NodeId id) {
  std::string key = Start(Family::kAliasOf, 8);
  PutFixed64(id.value, &key);
  return key;
}

std::string AliasOfKey(NodeId id, std::string_view normalised) {
  std::string key = AliasOfPrefix(id);
  PutName(normalised, &key);
  return key;
}

std::string TermPrefix(std::string_view word_prefix) {
  return Start(Family::kTerm, word_prefix.size()).append(word_prefix);
}

std::string TermKey(std::string_view word, NodeId id) {
  std::string key = TermPrefix(word);
  key.push_back('\0');
  PutFixed64(id.value, &key);
  return key;
}

std::string RelationKey(RelationId id) {
  std::string key = Start(Family::kRelation, 8);
  PutFixed64(id.value, &key);
  return key;
}

std::string LemmaPrefix(std::string_view lemma) {
  std::string key = Start(Family::kLemma);
  PutName(KeyName(lemma), &key);
  return key;
}

std::string LemmaKey(std::string_view lemma, RelationId id) {
  std::string key = LemmaPrefix(lemma);
  PutFixed64(id.value, &key);
  return key;
}

std::string ClassPrefix(EventClass event_class) {
  std::string key = Start(Family::kClass, 9);
  PutFixed8(static_cast<uint8_t>(event_class), &key);
  return key;
}

std::string ClassKey(EventClass event_class, RelationId id) {
  std::string key = ClassPrefix(event_class);
  PutFixed64(id.value, &key);
  return key;
}

std::string SpoKey(const EdgeKey& edge) {
  std::string key = Start(Family::kSpo, kEdgeBytes);
  PutTriple(edge.subject.value, edge.relation.value, edge.object.value, edge.qualifier, &key);
  return key;
}

std::string PosKey(const EdgeKey& edge) {
  std::string key = Start(Family::kPos, kEdgeBytes);
  PutTriple(edge.relation.value, edge.object.value, edge.subject.value, edge.qualifier, &key);
  return key;
}

std::string OspKey(const EdgeKey& edge) {
  std::string key = Start(Family::kOsp, kEdgeBytes);
  PutTriple(edge.object.value, edge.subject.value, edge.relation.value, edge.qualifier, &key);
  return key;
}

std::string_view PosOfSpo(std::string_view spo, std::string* key) {
  key->assign(1, static_cast<char>(Family::kPos));
  key->append(spo.substr(9, 16)).append(spo.substr(1, 8)).append(spo.substr(25));
  return *key;
}

std::string_view OspOfSpo(std::string_view spo, std::string* key) {
  key->assign(1, static_cast<char>(Family::kOsp));
  key->append(spo.substr(17, 8)).append(spo.substr(1, 16)).append(spo.substr(25));
  return *key;
}

std::string TopPrefix(RelationId relation) {
  std::string key = Start(Family::kTop, kEdgeBytes + 4);
  PutFixed64(relation.value, &key);
  return key;
}

std::string TopKey(const EdgeKey& edge, uint32_t statements) {
  std::string key = TopPrefix(edge.relation);
  PutFixed32(~statements, &key);
  PutFixed64(edge.object.value, &key);
  PutFixed64(edge.subject.value, &key);
  PutFixed8(edge.qualifier.bits, &key);
  return key;
}

std::string EvidencePrefix(const EdgeKey& edge) {
  std::string key = Start(Family::kEvidence, kEdgeBytes + 20);
  PutTriple(edge.subject.value, edge.relation.value, edge.object.value, edge.qualifier, &key);
  return key;
}

std::string EvidenceKey(const EvidenceRef& ref) {
  std::string key = EvidencePrefix(ref.edge);
  PutHash(ref.doc.hash, &key);
  PutFixed32(ref.sequence, &key);
  return key;
}

std::string StatementKey(const StatementId& id, const DocId& doc, uint32_t sequence) {
  std::string key = Start(Family::kStatement, 20);
  PutFixed64(id.hash.high, &key);
  PutFixed64(doc.hash.high, &key);
  PutFixed32(sequence, &key);
  return key;
}

std::string JudgementKey(uint64_t sequence) {
  std::string key = Start(Family::kJudgement, 8);
  PutFixed64(sequence, &key);
  return key;
}

int32_t LongestOfLevel(int level) {
  // a day, a week, a month, a quarter, a year, a decade, anything
  static constexpr int32_t kLongest[kTimeLevels] = {1, 7, 31, 92, 366, 3653, INT32_MAX};
  return kLongest[level];
}

int TimeLevel(const DayRange& days) {
  const int64_t length = int64_t{days.to.number} - days.from.number + 1;
  for (int level = 0; level < kTimeLevels - 1; ++level) {
    if (length <= LongestOfLevel(level)) return level;
  }
  return kTimeLevels - 1;
}

std::string TimeKey(const TimeRow& row) {
  std::string key = Start(Family::kTime, kEdgeBytes + 9);
  PutPeriod(row, &key);
  PutTriple(row.edge.relation.value, row.edge.subject.value, row.edge.object.value, row.edge.qualifier, &key);
  return key;
}

std::string TimePrefix(int level, std::optional<Day> from) {
  std::string key = Start(Family::kTime, 5);
  PutFixed8(static_cast<uint8_t>(level), &key);
  if (from) PutDay(from->number, &key);
  return key;
}

std::string TimelinePrefix(NodeId node, std::optional<int> level, std::optional<Day> from) {
  std::string key = Start(Family::kTimeline, kEdgeBytes + 9);
  PutFixed64(node.value, &key);
  if (level) PutFixed8(static_cast<uint8_t>(*level), &key);
  if (level && from) PutDay(from->number, &key);
  return key;
}

std::string TimelineKey(NodeId node, bool node_is_subject, const TimeRow& row) {
  std::string key = TimelinePrefix(node, std::nullopt, std::nullopt);
  PutPeriod(row, &key);
  PutFixed64(row.edge.relation.value, &key);
  PutFixed64(node_is_subject ? row.edge.object.value : row.edge.subject.value, &key);
  PutFixed8(static_cast<uint8_t>(row.edge.qualifier.bits | (node_is_subject ? 0 : 0x80)), &key);
  return key;
}

std::optional<DocId> ReadDocKey(std::string_view key) {
  if (key.size() != 17) return std::nullopt;
  if (!Is(key, Family::kDoc) && !Is(key, Family::kText) && !Is(key, Family::kDocEvidence))
    return std::nullopt;
  ByteReader reader(key.substr(1));
  return DocId{reader.Hash()};
}

std::optional<Day> ReadPublishedKey(std::string_view key) {
  if (!Is(key, Family::kPublished) || key.size() != 5) return std::nullopt;
  return Day{ByteReader(key.substr(1)).DayNumber()};
}

std::optional<std::string_view> ReadExtractorKey(std::string_view key) {
  if (!Is(key, Family::kExtractor) || key.size() < 2 || key.back() != '\0') return std::nullopt;
  return key.substr(1, key.size() - 2);
}

std::optional<NodeId> ReadNodeKey(std::string_view key) {
  if (!Is(key, Family::kNode) || key.size() != 9) return std::nullopt;
  return NodeId{ByteReader(key.substr(1)).Fixed64()};
}

std::optional<NamedNode> ReadAliasKey(std::string_view key) { return ReadNameThenNode(key, Family::kAlias); }
std::optional<NamedNode> ReadTermKey(std::string_view key) { return ReadNameThenNode(key, Family::kTerm); }

std::optional<NamedNode> ReadAliasOfKey(std::string_view key) {
  if (!Is(key, Family::kAliasOf) || key.size() < 10 || key.back() != '\0') return std::nullopt;
  return NamedNode{key.substr(9, key.size() - 10), NodeId{ByteReader(key.substr(1)).Fixed64()}};
}

std::optional<RelationId> ReadRelationKey(std::string_view key) {
  if (!Is(key, Family::kRelation) || key.size() != 9) return std::nullopt;
  return RelationId{ByteReader(key.substr(1)).Fixed64()};
}

std::optional<RelationId> ReadRelationAtEnd(std::string_view key) {
  if (key.size() < 10 || (!Is(key, Family::kLemma) && !Is(key, Family::kClass))) return std::nullopt;
  return RelationId{ByteReader(key.substr(key.size() - 8)).Fixed64()};
}

std::optional<EdgeKey> ReadEdgeKey(std::string_view key) {
  if (key.size() != 1 + kEdgeBytes) return std::nullopt;
  ByteReader reader(key.substr(1));
  const uint64_t a = reader.Fixed64();
  const uint64_t b = reader.Fixed64();
  const uint64_t c = reader.Fixed64();
  const Qualifier qualifier{reader.Fixed8()};
  if (Is(key, Family::kSpo)) return EdgeKey{{a}, {b}, {c}, qualifier};
  if (Is(key, Family::kPos)) return EdgeKey{{c}, {a}, {b}, qualifier};
  if (Is(key, Family::kOsp)) return EdgeKey{{b}, {c}, {a}, qualifier};
  return std::nullopt;
}

std::optional<TopRow> ReadTopKey(std::string_view key) {
  if (!Is(key, Family::kTop) || key.size() != 1 + kEdgeBytes + 4) return std::nullopt;
  ByteReader reader(key.substr(1));
  TopRow row;
  row.edge.relation.value = reader.Fixed64();
  row.statements = ~reader.Fixed32();
  row.edge.object.value = reader.Fixed64();
  row.edge.subject.value = reader.Fixed64();
  row.edge.qualifier.bits = reader.Fixed8();
  return row;
}

std::optional<EvidenceRef> ReadEvidenceKey(std::string_view key) {
  if (!Is(key, Family::kEvidence) || key.size() != 1 + kEdgeBytes + 20) return std::nullopt;
  ByteReader reader(key.substr(1));
  EvidenceRef ref;
  ref.edge = ReadSpo(&reader);
  ref.doc.hash = reader.Hash();
  ref.sequence = reader.Fixed32();
  return ref;
}

std::optional<StatementRow> ReadStatementKey(std::string_view key) {
  if (!Is(key, Family::kStatement) || key.size() != 21) return std::nullopt;
  ByteReader reader(key.substr(1));
  StatementRow row;
  row.id_prefix = reader.Fixed64();
  row.doc_prefix = reader.Fixed64();
  row.sequence = reader.Fixed32();
  return row;
}

std::optional<TimeRow> ReadTimeKey(std::string_view key) {
  if (!Is(key, Family::kTime) || key.size() != 1 + 9 + kEdgeBytes) return std::nullopt;
  ByteReader reader(key.substr(2));
  const std::optional<DayRange> days = ReadPeriod(&reader);
  if (!days) return std::nullopt;
  TimeRow row;
  row.days = *days;
  row.edge.relation.value = reader.Fixed64();
  row.edge.subject.value = reader.Fixed64();
  row.edge.object.value = reader.Fixed64();
  row.edge.qualifier.bits = reader.Fixed8();
  return row;
}

std::optional<TimeRow> ReadTimelineKey(std::string_view key) {
  if (!Is(key, Family::kTimeline) || key.size() != 1 + 9 + kEdgeBytes) return std::nullopt;
  ByteReader reader(key.substr(1));
  TimeRow row;
  const NodeId node{reader.Fixed64()};
  reader.Fixed8();
  const std::optional<DayRange> days = ReadPeriod(&reader);
  if (!days) return std::nullopt;
  row.days = *days;
  row.edge.relation.value = reader.Fixed64();
  const NodeId other{reader.Fixed64()};
  const uint8_t bits = reader.Fixed8();
  const bool node_is_subject = (bits & 0x80) == 0;
  row.edge.subject = node_is_subject ? node : other;
  row.edge.object = node_is_subject ? other : node;
  row.edge.qualifier.bits = bits & 0x7f;
  return row;
}

std::optional<uint64_t> ReadJudgementKey(std::string_view key) {
  if (!Is(key, Family::kJudgement) || key.size() != 9) return std::nullopt;
  return ByteReader(key.substr(1)).Fixed64();
}

}  // namespace whowhom::storage
