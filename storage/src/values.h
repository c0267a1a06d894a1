// Values of the rows that add up over articles, and their sums (docs/formats/keys.md).
//
// Such a row is a sum of what each article contributes, so adding an article adds its share and retracting it
// takes the same share away: the row that is left is the row of a store that never saw the article. One
// exception: the first and last day of an edge cannot be subtracted; Subtract says when they must be read
// from the evidence again.
//
// Every Decode is empty for bytes that are damaged or of an unknown format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "keys.h"

namespace whowhom::storage {

// First byte of every value. stored: never renumber
inline constexpr uint8_t kFormat = 1;

// How often: term, lemma, class, time, timeline, published, extractor. `uses` keeps a row alive without
// counting.
struct CountRow {
  uint64_t count = 0;
  uint64_t uses = 0;
  bool empty() const { return count == 0 && uses == 0; }
};

// An edge: what spo, pos and osp hold.
struct EdgeRow {
  uint32_t statements = 0;
  uint32_t documents = 0;
  std::optional<DayRange> days;
  std::vector<ClassCount> classes;  // by class
  bool empty() const { return statements == 0 && documents == 0; }
};

// One way in which records describe a node, and how often.
struct NodeVariant {
  std::string label;
  EntityType type = EntityType::kThing;
  std::string country;
  std::string sector;
  bool is_actor = false;
  uint64_t count = 0;
};
struct NodeRow {
  uint64_t hash_low = 0;  // the half of the hash that is not in the key
  uint64_t mentions = 0;
  uint64_t statements = 0;
  uint64_t documents = 0;
  std::vector<NodeVariant> variants;  // sorted, unique
  bool empty() const { return documents == 0; }
  // Each attribute by itself: the most frequent value, the smallest bytes among equals; an unknown country or
  // sector never outvotes a known one.
  NodeInfo Describe(NodeId id) const;
  // That of Describe.
  bool is_actor() const;
};

// One spelling of an alias.
struct Spelling {
  std::string surface;
  uint64_t mentions = 0;  // as a name in the text
  uint64_t labels = 0;    // as the display name of a reference
};
struct AliasRow {
  std::vector<Spelling> spellings;  // sorted, unique
  bool empty() const { return spellings.empty(); }
  AliasHit Describe(NodeId node) const;
};

struct LemmaCount {
  std::string lemma;
  uint64_t count = 0;
};
struct RelationRow {
  uint64_t hash_low = 0;
  std::string label;
  uint64_t statements = 0;
  std::vector<LemmaCount> lemmas;   // sorted, unique
  std::vector<ClassCount> classes;  // by class
  bool empty() const { return statements == 0; }
  RelationInfo Describe(RelationId id) const;
};

// One piece of evidence of an edge.
struct EvidenceRow {
  EventClass event_class = EventClass::kNone;
  std::optional<DayRange> days;
};

std::string Encode(const CountRow& row);
std::string Encode(const EdgeRow& row);
std::string Encode(const NodeRow& row);
std::string Encode(const AliasRow& row);
std::string Encode(const RelationRow& row);
std::string Encode(const EvidenceRow& row);
// The value of rows that are all key.
std::string EmptyValue();

template <typename Row>
std::optional<Row> Decode(std::string_view value);
template <>
std::optional<CountRow> Decode(std::string_view value);
template <>
std::optional<EdgeRow> Decode(std::string_view value);
template <>
std::optional<NodeRow> Decode(std::string_view value);
template <>
std::optional<AliasRow> Decode(std::string_view value);
template <>
std::optional<RelationRow> Decode(std::string_view value);
template <>
std::optional<EvidenceRow> Decode(std::string_view value);

// As Decode, into a row whose memory is used again: for scans of many edges.
bool DecodeInto(std::string_view value, EdgeRow* row);

// What came of a sum.
enum class SumOutcome : uint8_t {
  kOk,
  kDaysUnknown,   // the edge's days must be read from its evidence again
  kHashMismatch,  // two different names share the first 8 bytes of their hash
  kUnderflow,     // more was taken away than there is: the row is damaged
};
SumOutcome Add(const CountRow& share, CountRow* row);
SumOutcome Add(const EdgeRow& share, EdgeRow* row);
SumOutcome Add(const NodeRow& share, NodeRow* row);
SumOutcome Add(const AliasRow& share, AliasRow* row);
SumOutcome Add(const RelationRow& share, RelationRow* row);
SumOutcome Subtract(const CountRow& share, CountRow* row);
SumOutcome Subtract(const EdgeRow& share, EdgeRow* row);
SumOutcome Subtract(const NodeRow& share, NodeRow* row);
SumOutcome Subtract(const AliasRow& share, AliasRow* row);
SumOutcome Subtract(const RelationRow& share, RelationRow* row);

// Widens `days` by `more`.
void Widen(const DayRange& more, std::optional<DayRange>* days);

// How the rows of a family come about.
enum class RowKind : uint8_t { kUnique, kCount, kEdge, kNode, kAlias, kRelation };
RowKind KindOf(uint8_t family_tag);

// A sum of many rows of one key: decodes each once and encodes once. REQUIRES: a family whose rows sum.
class RowSum {
 public:
  // False when the value does not decode.
  bool Start(uint8_t family_tag, std::string_view value);
  // Empty when the value does not decode. REQUIRES: started.
  std::optional<SumOutcome> Add(std::string_view value);
  std::string Encode() const;

 private:
  std::variant<CountRow, EdgeRow, NodeRow, AliasRow, RelationRow> row_;
};

// The encoded sum of an encoded row (empty string = no row) and an encoded share; an empty result means that
// the row vanishes. Empty when a value does not decode. REQUIRES: KindOf(family_tag) != kUnique.
struct SumResult {
  std::string value;
  SumOutcome outcome = SumOutcome::kOk;
};
std::optional<SumResult> SumRows(uint8_t family_tag, std::string_view row, std::string_view share,
                                 bool subtract);

}  // namespace whowhom::storage
