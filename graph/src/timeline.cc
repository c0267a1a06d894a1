// Statements by time.
#include <algorithm>
#include <map>
#include <set>

#include "actor_edges.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxEdgesShown = 5;

DayRange PeriodOf(Day day, TimeGrain grain) {
  CivilDate date = ToCivil(day);
  auto month = [&](int first, int last) {
    return DayRange{*MakeDay(date.year, first, 1), *MakeDay(date.year, last, DaysInMonth(date.year, last))};
  };
  switch (grain) {
    case TimeGrain::kDay:
      return {day, day};
    case TimeGrain::kWeek: {
      Day monday{day.number - Weekday(day)};
      return {monday, Day{monday.number + 6}};
    }
    case TimeGrain::kMonth:
      return month(date.month, date.month);
    case TimeGrain::kQuarter:
      return month((date.month - 1) / 3 * 3 + 1, (date.month - 1) / 3 * 3 + 3);
    case TimeGrain::kYear:
    case TimeGrain::kDecade:
      return month(1, 12);
  }
  return {day, day};
}

bool IsCooperative(Quad quad) {
  return quad == Quad::kVerbalCooperation || quad == Quad::kMaterialCooperation;
}
bool IsConflict(Quad quad) { return quad == Quad::kVerbalConflict || quad == Quad::kMaterialConflict; }

}  // namespace

Result<std::vector<TimelineRow>> Timeline(const View& view, const std::vector<NodeId>& actors,
                                          const TimelineOptions& options) {
  struct Period {
    TimelineRow row;
    double scale_sum = 0;
    uint32_t scaled = 0;
    std::map<uint64_t, uint32_t> edges;
    std::set<std::pair<DocId, uint32_t>> statements;
  };
  std::map<Day, Period> periods;
  Status problem;
  auto add = [&](const FoldedEdge& edge) -> Status {
    WHOWHOM_TRY(auto refs, view.EvidenceOf(edge));
    for (const storage::EvidenceRef& ref : refs) {
      WHOWHOM_TRY(Statement statement, view.snapshot().LoadStatement(ref));
      std::optional<DayRange> days = DaysOf(statement);
      if (!days || !InDays(options.filter, days->from) || !HasClass(options.filter, statement.event_class))
        continue;
      DayRange range = PeriodOf(days->from, options.grain);
      Period& period = periods[range.from];
      period.row.from = range.from;
      period.row.to = range.to;
      ++period.edges[edge.id];
      if (!period.statements.insert({ref.doc, ref.sequence}).second) continue;
      ++period.row.statements;
      Quad quad = QuadOf(statement.event_class);
      period.row.cooperative += IsCooperative(quad);
      period.row.conflictual += IsConflict(quad);
      std::optional<double> scale = statement.scale ? statement.scale : ScaleOf(statement.event_class);
      if (scale) period.scale_sum += *scale, ++period.scaled;
    }
    return {};
  };
  WHOWHOM_TRY_STATUS(EdgesOfActors(view, actors, options.filter, true, [&](const FoldedEdge& edge) {
    problem = add(edge);
    return problem.ok();
  }));
  WHOWHOM_TRY_STATUS(problem);
  std::vector<TimelineRow> rows;
  for (auto& [from, period] : periods) {
    if (period.scaled > 0) period.row.scale = period.scale_sum / period.scaled;
    std::vector<std::pair<uint32_t, uint64_t>> order;
    for (const auto& [id, count] : period.edges) order.emplace_back(~count, id);
    std::sort(order.begin(), order.end());
    for (size_t i = 0; i < order.size() && i < kMaxEdgesShown; ++i)
      period.row.edges.push_back(order[i].second);
    rows.push_back(std::move(period.row));
  }
  return rows;
}

}  // namespace whowhom::graph
