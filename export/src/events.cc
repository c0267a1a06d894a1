#include "whowhom/export/events.h"

#include <cstdio>

#include "text_escape.h"

namespace whowhom::exports {
namespace {

constexpr size_t kMaxActorsKept = 65'536;

std::string TwoDigits(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%.2f", value);
  return buffer;
}

uint64_t IdOf(const graph::EventRow& row) {
  return Hasher()
      .Add("event")
      .Add(int64_t{row.day.number})
      .Add(static_cast<int64_t>(row.source.value))
      .Add(static_cast<int64_t>(row.target.value))
      .Add(ToString(row.event_class))
      .Finish()
      .high;
}

void WriteRow(const std::vector<std::string>& cells, Output* output) {
  std::string text;
  for (const std::string& cell : cells) {
    if (!text.empty() || &cell != cells.data()) text.push_back('\t');
    text += PlainText(cell);
  }
  output->Write(text + "\n");
}

}  // namespace

Result<EventLine> EventDescriber::Describe(const graph::EventRow& row, const graph::EventReport& report) {
  EventLine line;
  line.id = IdOf(row);
  line.day = row.day;
  line.until = row.until;
  WHOWHOM_TRY(line.source, ActorOf(row.source));
  WHOWHOM_TRY(line.target, ActorOf(row.target));
  line.relation = row.relation;
  line.event_class = row.event_class;
  line.quad = row.quad;
  line.scale = row.scale;
  line.reports = row.reports;
  line.sources = row.independent_sources;
  line.edge = row.edge;
  line.cameo = report.cameo;
  line.document = "d:" + ToHex(report.evidence.doc.hash);
  line.statement = graph::FormatStatementId(report.evidence.statement);
  line.sentence = report.evidence.sentence;
  line.sentence_number = report.sentence_number;
  line.publisher = report.evidence.outlet;
  line.place = report.place;
  line.place_country = report.place_country;
  return line;
}

Result<EventActor> EventDescriber::ActorOf(NodeId id) {
  if (id.value == 0) return EventActor{};
  const auto known = actors_.find(id);
  if (known != actors_.end()) return known->second;
  WHOWHOM_TRY(const auto node, view_.FindNodeBrief(id));
  EventActor actor;
  if (node) actor = {node->label, node->sector, node->country};
  if (actors_.size() >= kMaxActorsKept) actors_.clear();
  return actors_.emplace(id, std::move(actor)).first->second;
}

void WriteEventHeader(Output* output) {
  output->Write(
      "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
      "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\t"
      "Province\tCountry\tLatitude\tLongitude\tClass\tQuad\tReports\tIndependent Sources\tEdge ID\t"
      "Statement ID\tPlace\tLast Date\tSentence\n");
}

void WriteEvent(const EventLine& line, Output* output) {
  const std::string number = line.sentence_number > 0 ? std::to_string(line.sentence_number) : "";
  WriteRow({ToHex(line.id),
            FormatDay(line.day),
            line.source.name,
            line.source.sector,
            line.source.country,
            line.relation,
            line.cameo,
            line.scale ? TwoDigits(*line.scale) : "",
            line.target.name,
            line.target.sector,
            line.target.country,
            line.document,
            number,
            line.publisher,
            "",
            "",
            "",
            line.place_country,
            "",
            "",
            std::string(ToString(line.event_class)),
            std::string(ToString(line.quad)),
            std::to_string(line.reports),
            std::to_string(line.sources),
            graph::FormatEdgeId(line.edge),
            line.statement,
            line.place,
            line.until > line.day ? FormatDay(line.until) : "",
            line.sentence},
           output);
}

void DyadMonths::Add(const EventLine& line) {
  if (line.source.country.empty() || line.target.country.empty()) return;
  Cell& cell = cells_[{FormatDay(line.day).substr(0, 7), line.source.country, line.target.country}];
  ++cell.events;
  cell.reports += line.reports;
  ++cell.by_quad[static_cast<size_t>(line.quad)];
  if (line.scale) {
    cell.scale_sum += *line.scale;
    ++cell.scaled;
  }
}

void DyadMonths::Write(Output* output) const {
  output->Write(
      "Month\tSource Country\tTarget Country\tEvents\tVerbal Cooperation\tMaterial Cooperation\tVerbal "
      "Conflict\t"
      "Material Conflict\tReports\tMean Intensity\n");
  for (const auto& [key, cell] : cells_) {
    const auto& [month, source, target] = key;
    WriteRow(
        {month, source, target, std::to_string(cell.events), std::to_string(cell.by_quad[1]),
         std::to_string(cell.by_quad[2]), std::to_string(cell.by_quad[3]), std::to_string(cell.by_quad[4]),
         std::to_string(cell.reports), cell.scaled > 0 ? TwoDigits(cell.scale_sum / cell.scaled) : ""},
        output);
  }
}

}  // namespace whowhom::exports
