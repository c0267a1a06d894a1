#include "whowhom/export/events.h"

#include <array>
#include <cstdio>
#include <map>
#include <tuple>
#include <unordered_map>

#include "text_escape.h"

namespace whowhom::exports {
namespace {

constexpr size_t kReportsRead = 500;  // of an edge, to find the one of the day

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

class Describer {
 public:
  explicit Describer(const graph::View& view) : view_(view) {}

  // One line for each row, in their order; an edge's sentences are in memory only while its rows are made.
  Result<std::vector<EventLine>> Describe(const std::vector<graph::EventRow>& rows) {
    std::vector<EventLine> lines(rows.size());
    std::unordered_map<uint64_t, std::vector<uint32_t>> rows_of;
    for (size_t i = 0; i < rows.size(); ++i) {
      WHOWHOM_TRY_STATUS(Fill(rows[i], &lines[i]));
      rows_of[rows[i].edge].push_back(static_cast<uint32_t>(i));
    }
    graph::SubgraphFilter filter;
    filter.evidence_per_edge = kReportsRead;
    Status problem;
    WHOWHOM_TRY_STATUS(view_.Select(filter)->ForEachEdge([&](const graph::GraphEdge& edge) {
      const auto found = rows_of.find(edge.id);
      if (found == rows_of.end()) return true;
      for (const uint32_t row : found->second) {
        problem = AddReport(rows[row], edge.evidence, &lines[row]);
        if (!problem.ok()) return false;
      }
      return true;
    }));
    WHOWHOM_TRY_STATUS(problem);
    return lines;
  }

 private:
  Status Fill(const graph::EventRow& row, EventLine* line) {
    line->id = IdOf(row);
    line->day = row.day;
    WHOWHOM_TRY(line->source, ActorOf(row.source));
    WHOWHOM_TRY(line->target, ActorOf(row.target));
    line->relation = row.relation;
    line->event_class = row.event_class;
    line->quad = row.quad;
    line->scale = row.scale;
    line->reports = row.reports;
    line->sources = row.independent_sources;
    line->edge = row.edge;
    return {};
  }

  // The best report of the row's day and class.
  Status AddReport(const graph::EventRow& row, const std::vector<graph::EdgeEvidence>& reports,
                   EventLine* line) const {
    for (const graph::EdgeEvidence& evidence : reports) {
      WHOWHOM_TRY(const auto statement, view_.snapshot().FindStatement(evidence.statement));
      if (!statement || statement->event_class != row.event_class) continue;
      const auto days = graph::DaysOf(*statement);
      if (!days || days->from != row.day) continue;
      line->cameo = statement->cameo;
      line->document = "d:" + ToHex(evidence.doc.hash);
      line->statement = graph::FormatStatementId(evidence.statement);
      line->sentence = evidence.sentence;
      line->sentence_number = statement->sentence + 1;
      line->publisher = evidence.outlet;
      if (statement->place) {
        line->place = statement->place->name;
        line->place_country = statement->place->country;
      }
      break;
    }
    return {};
  }

  Result<EventActor> ActorOf(NodeId id) {
    if (id.value == 0) return EventActor{};
    const auto known = actors_.find(id);
    if (known != actors_.end()) return known->second;
    WHOWHOM_TRY(const auto node, view_.FindNode(id));
    EventActor actor;
    if (node) actor = {node->label, node->sector, node->country};
    return actors_.emplace(id, std::move(actor)).first->second;
  }

  const graph::View& view_;
  std::map<NodeId, EventActor> actors_;
};

void WriteRow(const std::vector<std::string>& cells, Output* output) {
  std::string text;
  for (const std::string& cell : cells) {
    if (!text.empty() || &cell != cells.data()) text.push_back('\t');
    text += PlainText(cell);
  }
  output->Write(text + "\n");
}

}  // namespace

Result<std::vector<EventLine>> DescribeEvents(const graph::View& view,
                                              const std::vector<graph::EventRow>& rows) {
  return Describer(view).Describe(rows);
}

void WriteEvents(const std::vector<EventLine>& lines, Output* output) {
  output->Write(
      "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
      "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\t"
      "Province\tCountry\tLatitude\tLongitude\tClass\tQuad\tReports\tIndependent Sources\tEdge ID\t"
      "Statement ID\tPlace\tSentence\n");
  for (const EventLine& line : lines) {
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
              line.sentence},
             output);
  }
}

void WriteDyadsByMonth(const std::vector<EventLine>& lines, Output* output) {
  struct Cell {
    std::array<uint32_t, 5> by_quad = {};
    uint32_t events = 0, reports = 0, scaled = 0;
    double scale_sum = 0;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Cell> cells;
  for (const EventLine& line : lines) {
    if (line.source.country.empty() || line.target.country.empty()) continue;
    Cell& cell = cells[{FormatDay(line.day).substr(0, 7), line.source.country, line.target.country}];
    ++cell.events;
    cell.reports += line.reports;
    ++cell.by_quad[static_cast<size_t>(line.quad)];
    if (line.scale) {
      cell.scale_sum += *line.scale;
      ++cell.scaled;
    }
  }
  output->Write(
      "Month\tSource Country\tTarget Country\tEvents\tVerbal Cooperation\tMaterial Cooperation\tVerbal "
      "Conflict\t"
      "Material Conflict\tReports\tMean Intensity\n");
  for (const auto& [key, cell] : cells) {
    const auto& [month, source, target] = key;
    WriteRow(
        {month, source, target, std::to_string(cell.events), std::to_string(cell.by_quad[1]),
         std::to_string(cell.by_quad[2]), std::to_string(cell.by_quad[3]), std::to_string(cell.by_quad[4]),
         std::to_string(cell.reports), cell.scaled > 0 ? TwoDigits(cell.scale_sum / cell.scaled) : ""},
        output);
  }
}

}  // namespace whowhom::exports
