// Statements by time, and events that were reported several times as one.
#include <algorithm>
#include <map>
#include <set>

#include "edge_filter.h"

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

// Edges at the actors: of one, all; of several, those between two of them.
Status EdgesOfActors(const View& view, const std::vector<NodeId>& actors, const EdgeFilter& filter,
                     bool between, const std::function<bool(const FoldedEdge&)>& visit) {
  std::set<uint64_t> seen;
  std::set<NodeId> survivors;
  for (NodeId actor : actors) survivors.insert(view.identity().SurvivorOf(actor));
  auto offer = [&](const FoldedEdge& edge) {
    if (!PassesFilter(filter, edge)) return true;
    bool inside = survivors.contains(edge.key.subject) && survivors.contains(edge.key.object);
    if (between && survivors.size() > 1 && !inside) return true;
    return !seen.insert(edge.id).second || visit(edge);
  };
  for (NodeId actor : survivors) {
    WHOWHOM_TRY_STATUS(view.ScanEdges({actor, std::nullopt, std::nullopt}, offer));
    WHOWHOM_TRY_STATUS(view.ScanEdges({std::nullopt, std::nullopt, actor}, offer));
  }
  return {};
}

bool InDays(const EdgeFilter& filter, Day day) {
  return !filter.days || (filter.days->from <= day && day <= filter.days->to);
}

bool HasClass(const EdgeFilter& filter, EventClass event_class) {
  return filter.classes.empty() ||
         std::find(filter.classes.begin(), filter.classes.end(), event_class) != filter.classes.end();
}

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

Result<std::vector<EventRow>> Events(const View& view, const std::vector<NodeId>& actors,
                                     const EdgeFilter& filter) {
  using Key = std::tuple<Day, NodeId, NodeId, EventClass>;
  struct Collected {
    EventRow row;
    std::vector<DocId> documents;
    std::set<std::pair<DocId, uint32_t>> statements;
  };
  std::map<Key, Collected> events;
  Status problem;
  auto add = [&](const FoldedEdge& edge) -> Status {
    bool any = std::any_of(edge.classes.begin(), edge.classes.end(),
                           [](const storage::ClassCount& c) { return c.event_class != EventClass::kNone; });
    if (!any) return {};
    WHOWHOM_TRY(auto refs, view.EvidenceOf(edge));
    for (const storage::EvidenceRef& ref : refs) {
      WHOWHOM_TRY(Statement statement, view.snapshot().LoadStatement(ref));
      std::optional<DayRange> days = DaysOf(statement);
      bool counts = days && statement.event_class != EventClass::kNone && InDays(filter, days->from) &&
                    HasClass(filter, statement.event_class);
      if (!counts) continue;
      Collected& event = events[{days->from, edge.key.subject, edge.key.object, statement.event_class}];
      if (event.documents.empty()) {
        event.row = {days->from,
                     edge.key.subject,
                     edge.key.object,
                     statement.event_class,
                     QuadOf(statement.event_class),
                     statement.scale ? statement.scale : ScaleOf(statement.event_class),
                     {},
                     0,
                     0,
                     edge.id};
        WHOWHOM_TRY(event.row.relation, view.RelationLabel(edge.key.relation));
      }
      if (!event.statements.insert({ref.doc, ref.sequence}).second) continue;
      ++event.row.reports;
      event.documents.push_back(ref.doc);
    }
    return {};
  };
  auto visit = [&](const FoldedEdge& edge) {
    if (PassesFilter(filter, edge)) problem = add(edge);
    return problem.ok();
  };
  if (actors.empty()) {
    WHOWHOM_TRY_STATUS(view.ScanEdges({}, visit));
  } else {
    WHOWHOM_TRY_STATUS(EdgesOfActors(view, actors, filter, false, visit));
  }
  WHOWHOM_TRY_STATUS(problem);
  std::vector<EventRow> rows;
  for (auto& [key, event] : events) {
    event.row.independent_sources = view.IndependentSources(event.documents);
    rows.push_back(std::move(event.row));
  }
  return rows;
}

}  // namespace whowhom::graph
