// Coded events as tables for R, pandas and spreadsheets: one line per event in the columns of ICEWS, and
// counts of country pairs by month.
//
//   WHOWHOM_TRY(auto rows, graph::Events(*view, {}, filter));
//   WHOWHOM_TRY(auto lines, DescribeEvents(*view, rows));
//   WriteEvents(lines, output.get());
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"
#include "whowhom/export/output.h"
#include "whowhom/graph/traversal.h"

namespace whowhom::exports {

struct EventActor {
  std::string name, sector, country;  // country: ISO 3166 alpha-3; all empty = not expressed
};

// An event with all that a table tells of it.
struct EventLine {
  uint64_t id = 0;  // of (day, source, target, class): the same event keeps it
  Day day;
  EventActor source, target;
  std::string relation;
  EventClass event_class = EventClass::kNone;
  Quad quad = Quad::kNone;
  std::optional<double> scale;
  uint32_t reports = 0, sources = 0;
  uint64_t edge = 0;
  // The report that stands best for it; empty document: none is stored.
  std::string cameo;  // root code, "11"
  std::string document, statement, sentence, publisher, place, place_country;
  uint32_t sentence_number = 0;  // from 1; 0 = unknown
};

// Adds names, sentences and codes. Cost: one scan of the edges, a look-up per report of the edges named.
Result<std::vector<EventLine>> DescribeEvents(const graph::View& view,
                                              const std::vector<graph::EventRow>& rows);

// Tab-separated with a header: Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text,
// CAMEO Code, Intensity, Target Name, Target Sectors, Target Country, Story ID, Sentence Number, Publisher,
// City, District, Province, Country, Latitude, Longitude; then Class, Quad, Reports, Independent Sources,
// Edge ID, Statement ID, Place, Sentence. Cells hold no tab, line end or quote mark's special meaning: read
// without quoting. Places are not geocoded: City to Longitude but for Country stay empty, Place has the name.
void WriteEvents(const std::vector<EventLine>& lines, Output* output);

// Tab-separated with a header, by (month, source country, target country): Month, Source Country, Target
// Country, Events, Verbal Cooperation, Material Cooperation, Verbal Conflict, Material Conflict, Reports,
// Mean Intensity. Events of one country with itself count; those without two countries do not.
void WriteDyadsByMonth(const std::vector<EventLine>& lines, Output* output);

}  // namespace whowhom::exports
