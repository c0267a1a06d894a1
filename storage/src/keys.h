// Every key of the store is made and read here (docs/formats/keys.md).
//
// One ordered key space: the first byte of a key names its family, the rest is a tuple of fixed-width
// big-endian fields (names and words end with a zero byte), so that the order of bytes is the order of
// tuples.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "whowhom/storage/store.h"

namespace whowhom::storage {

// First byte of a key. stored: never renumber
enum class Family : uint8_t {
  kMeta = 0x01,         // name                        -> small values: schema, counters
  kDoc = 0x10,          // DocId                       -> metadata and mentions
  kText = 0x11,         // DocId                       -> the cleaned text
  kDocEvidence = 0x12,  // DocId                     -> all statements of the article
  kPublished = 0x13,    // day                         -> documents published on it
  kExtractor = 0x14,    // version 00                  -> documents it made
  kNode = 0x20,         // N                           -> name, type ... of an actor or thing
  kAlias = 0x21,        // normalised alias 00 N       -> spellings and counts
  kAliasOf = 0x22,      // N normalised alias 00       -> -
  kTerm = 0x23,         // word 00 N                   -> weight
  kRelation = 0x30,     // P                           -> label, lemmas, classes
  kLemma = 0x31,        // lemma 00 P                  -> count
  kClass = 0x32,        // class P                     -> count
  kSpo = 0x40,          // S P O Q                     -> edge summary
  kPos = 0x41,          // P O S Q                     -> edge summary
  kOsp = 0x42,          // O S P Q                     -> edge summary
  kTop = 0x43,          // P ~statements O S Q         -> -    (edges with two statements or more)
  kEvidence = 0x48,     // S P O Q DocId seq           -> class, days
  kStatement = 0x49,    // StatementId[8] DocId[8] seq -> -
  kTime = 0x50,         // level from length P S O Q   -> count
  kTimeline = 0x51,     // N level from length P other Q|direction -> count
  kJudgement = 0x70,    // seq                         -> judgement
  kCommit = 0x71,       // (none)                      -> number and chain of the last commit
};

// "spo"; "?" for a byte that is no family.
std::string_view FamilyName(uint8_t tag);
std::string FamilyPrefix(Family family);

// The smallest key above every key that starts with `prefix`; empty = there is none. Trailing FF bytes are
// dropped before the last byte is incremented.
std::string PrefixEnd(std::string_view prefix);

std::string MetaKey(std::string_view name);
std::string DocKey(Family family, const DocId& id);  // kDoc, kText, kDocEvidence
std::string PublishedKey(Day day);
std::string ExtractorKey(std::string_view version);
std::string NodeKey(NodeId id);
std::string AliasKey(std::string_view normalised, NodeId id);
std::string AliasPrefix(std::string_view normalised);
std::string AliasOfKey(NodeId id, std::string_view normalised);
std::string AliasOfPrefix(NodeId id);
std::string TermKey(std::string_view word, NodeId id);
std::string TermPrefix(std::string_view word_prefix);
std::string RelationKey(RelationId id);
std::string LemmaKey(std::string_view lemma, RelationId id);
std::string LemmaPrefix(std::string_view lemma);
std::string ClassKey(EventClass event_class, RelationId id);
std::string ClassPrefix(EventClass event_class);
std::string SpoKey(const EdgeKey& edge);
std::string PosKey(const EdgeKey& edge);
std::string OspKey(const EdgeKey& edge);
// The keys in the other orders; they lie in `key`. REQUIRES: a key of spo.
std::string_view PosOfSpo(std::string_view spo, std::string* key);
std::string_view OspOfSpo(std::string_view spo, std::string* key);
std::string TopKey(const EdgeKey& edge, uint32_t statements);
std::string TopPrefix(RelationId relation);
std::string EvidenceKey(const EvidenceRef& ref);
std::string EvidencePrefix(const EdgeKey& edge);
std::string StatementKey(const StatementId& id, const DocId& doc, uint32_t sequence);
std::string JudgementKey(uint64_t sequence);

// Time rows are grouped by how long a period they cover, so that a scan of an interval looks back no further
// than the longest period of the level. Level 0 is a single day.
inline constexpr int kTimeLevels = 7;
int TimeLevel(const DayRange& days);
// The longest period of a level in days; the last level has no limit (INT32_MAX).
int32_t LongestOfLevel(int level);
struct TimeRow {
  DayRange days;
  EdgeKey edge;
  int level() const { return TimeLevel(days); }
};
std::string TimeKey(const TimeRow& row);
std::string TimePrefix(int level, std::optional<Day> from);
// One row for the subject's history, one for the object's.
std::string TimelineKey(NodeId node, bool node_is_subject, const TimeRow& row);
std::string TimelinePrefix(NodeId node, std::optional<int> level, std::optional<Day> from);

// Readers: empty when the key is not of that family and length.
std::optional<DocId> ReadDocKey(std::string_view key);  // any of the three families
std::optional<Day> ReadPublishedKey(std::string_view key);
std::optional<std::string_view> ReadExtractorKey(std::string_view key);
std::optional<NodeId> ReadNodeKey(std::string_view key);
struct NamedNode {
  std::string_view name;  // into the key
  NodeId node;
};
std::optional<NamedNode> ReadAliasKey(std::string_view key);
std::optional<NamedNode> ReadAliasOfKey(std::string_view key);
std::optional<NamedNode> ReadTermKey(std::string_view key);
std::optional<RelationId> ReadRelationKey(std::string_view key);
// The relation that ends a lemma or class key.
std::optional<RelationId> ReadRelationAtEnd(std::string_view key);
std::optional<EdgeKey> ReadEdgeKey(std::string_view key);  // spo, pos, osp
struct TopRow {
  EdgeKey edge;
  uint32_t statements = 0;
};
std::optional<TopRow> ReadTopKey(std::string_view key);
std::optional<EvidenceRef> ReadEvidenceKey(std::string_view key);
struct StatementRow {
  uint64_t id_prefix = 0;   // first 8 bytes
  uint64_t doc_prefix = 0;  // first 8 bytes
  uint32_t sequence = 0;
};
std::optional<StatementRow> ReadStatementKey(std::string_view key);
std::optional<TimeRow> ReadTimeKey(std::string_view key);
std::optional<TimeRow> ReadTimelineKey(std::string_view key);
std::optional<uint64_t> ReadJudgementKey(std::string_view key);

// The part of a name that a key can hold: no zero bytes, at most 256 bytes, cut between characters.
std::string KeyName(std::string_view normalised);

}  // namespace whowhom::storage
