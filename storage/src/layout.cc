#include "layout.h"

#include "coding.h"
#include "values.h"

namespace whowhom::storage {

std::string Encode(const Totals& totals) {
  std::string value = EmptyValue();
  for (uint64_t number : {totals.documents, totals.statements, totals.nodes, totals.actors, totals.relations,
                          totals.edges, totals.aliases}) {
    PutVarint(number, &value);
  }
  return value;
}

std::optional<Totals> DecodeTotals(std::string_view value) {
  ByteReader reader(value);
  if (reader.Fixed8() != kFormat) return std::nullopt;
  Totals totals;
  for (uint64_t* number : {&totals.documents, &totals.statements, &totals.nodes, &totals.actors,
                           &totals.relations, &totals.edges, &totals.aliases}) {
    *number = reader.Varint();
  }
  if (!reader.done()) return std::nullopt;
  return totals;
}

std::string EncodeSchema(uint32_t version) {
  std::string value = EmptyValue();
  PutFixed32(version, &value);
  return value;
}

std::optional<uint32_t> DecodeSchema(std::string_view value) {
  ByteReader reader(value);
  reader.Fixed8();
  const uint32_t version = reader.Fixed32();
  if (!reader.ok()) return std::nullopt;
  return version;
}

}  // namespace whowhom::storage
