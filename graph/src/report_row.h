// What a statement says of an edge, as bytes that can be sorted outside of memory.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "view_impl.h"

namespace whowhom::graph {

// One statement behind an edge, with all that exports tell of it.
struct Report {
  EventClass event_class = EventClass::kNone;
  Quad quad = Quad::kNone;
  std::optional<double> scale;
  double worth = 0;  // how well it stands for the edge
  std::string cameo;
  std::string place, place_country;
  uint32_t sentence_number = 0;  // from 1
  EdgeEvidence evidence;
};

std::string EncodeReport(const Report& report);
// Empty for bytes that EncodeReport did not write.
std::optional<Report> DecodeReport(std::string_view bytes);

// Big-endian, so that bytes order as numbers do.
void AppendOrdered(uint64_t value, std::string* key);
void AppendOrdered32(uint32_t value, std::string* key);
uint64_t ReadOrdered(std::string_view key, size_t at);
uint32_t ReadOrdered32(std::string_view key, size_t at);

// A statement behind an edge that is seen, with the edge in terms of survivors.
struct Occurrence {
  const Statement& statement;
  uint32_t sequence;  // in its document
  storage::EdgeKey key;
};
// Every edge of every visible statement, a document at a time, each read once; `document` is null for bare
// statements. An edge comes once for a statement, also where the statement names two members of an actor.
using OccurrenceVisitor = std::function<Status(const Occurrence&, const Document* document)>;
Status ForEachOccurrence(const ViewImpl& view, const OccurrenceVisitor& visit);

Report ReportOf(const Occurrence& occurrence, const Document* document);

}  // namespace whowhom::graph
