// Strong ids. A DocId is never mistaken for a StatementId, nor either for a number.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

#include "whowhom/core/hash.h"

namespace whowhom {

template <typename Tag>
struct HashId {
  Hash128 hash;
  friend auto operator<=>(const HashId&, const HashId&) = default;
};
template <typename Tag>
struct ShortId {
  uint64_t value = 0;  // first 8 bytes of a 128-bit hash; 0 = none
  friend auto operator<=>(const ShortId&, const ShortId&) = default;
};

// hash128(cleaned text, publication day, canonical URL or given id or empty); never the path.
using DocId = HashId<struct DocTag>;
// hash128(document, spans, polarity, modality, attribution); never actor, class, rules, confidence.
using StatementId = HashId<struct StatementTag>;
// A base actor or thing: a node of the store. On screen `a:` + hex.
using NodeId = ShortId<struct NodeTag>;
// A relation: lemma + particle + preposition ("meet with").
using RelationId = ShortId<struct RelationTag>;

}  // namespace whowhom

template <typename Tag>
struct std::hash<whowhom::HashId<Tag>> {
  size_t operator()(const whowhom::HashId<Tag>& id) const noexcept { return id.hash.low; }
};
template <typename Tag>
struct std::hash<whowhom::ShortId<Tag>> {
  size_t operator()(const whowhom::ShortId<Tag>& id) const noexcept { return id.value; }
};
