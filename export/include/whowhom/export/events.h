// Coded events as tables for R, pandas and spreadsheets: one line per event in the columns of ICEWS, and
// counts of country pairs by month.
//
//   EventDescriber describer(*view);
//   WriteEventHeader(output.get());
//   graph::ForEachEvent(*view, filter, [&](const auto& row, const auto& report) {
//     WriteEvent(*describer.Describe(row, report), output.get());
//     return true;
//   });
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

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
  Day day, until;   // first and last of the time told
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

// Adds names to events. Thread-compatible. Cost: a look-up per actor, those seen last are kept.
class EventDescriber {
 public:
  // `view` must outlive it.
  explicit EventDescriber(const graph::View& view) : view_(view) {}
  Result<EventLine> Describe(const graph::EventRow& row, const graph::EventReport& report);

 private:
  Result<EventActor> ActorOf(NodeId id);
  const graph::View& view_;
  std::map<NodeId, EventActor> actors_;
};

// Tab-separated with a header: Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text,
// CAMEO Code, Intensity, Target Name, Target Sectors, Target Country, Story ID, Sentence Number, Publisher,
// City, District, Province, Country, Latitude, Longitude; then Class, Quad, Reports, Independent Sources,
// Edge ID, Statement ID, Place, Last Date (of a time longer than a day), Sentence. Cells hold no tab, line
// end or quote mark's special meaning: read without quoting. Places are not geocoded: City to Longitude but
// for Country stay empty, Place has the name.
void WriteEventHeader(Output* output);
void WriteEvent(const EventLine& line, Output* output);

// Counts by (month, source country, target country). Events of one country with itself count; those without
// two countries do not. Memory: O(country pairs x months).
class DyadMonths {
 public:
  void Add(const EventLine& line);
  // Tab-separated with a header: Month, Source Country, Target Country, Events, Verbal Cooperation, Material
  // Cooperation, Verbal Conflict, Material Conflict, Reports, Mean Intensity.
  void Write(Output* output) const;

 private:
  struct Cell {
    std::array<uint32_t, 5> by_quad = {};
    uint32_t events = 0, reports = 0, scaled = 0;
    double scale_sum = 0;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Cell> cells_;
};

}  // namespace whowhom::exports
