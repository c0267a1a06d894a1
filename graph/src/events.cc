// Events that were reported several times as one.
#include <algorithm>
#include <set>

#include "actor_edges.h"
#include "sorted_rows.h"

namespace whowhom::graph {
namespace {

// Where the parts of an event stand in the key of its rows.
constexpr size_t kDayAt = 1, kSourceAt = 5, kTargetAt = 13, kClassAt = 21, kEventEnd = 22;
constexpr size_t kRelationAt = 22, kQualifierAt = 30;
constexpr uint32_t kSignBit = 0x80000000U;  // flipped, days before 1970 come first

std::string RowKey(const Occurrence& occurrence, Day day) {
  std::string key(1, kRowTag);
  AppendOrdered32(static_cast<uint32_t>(day.number) ^ kSignBit, &key);
  AppendOrdered(occurrence.key.subject.value, &key);
  AppendOrdered(occurrence.key.object.value, &key);
  key.push_back(static_cast<char>(occurrence.statement.event_class));
  AppendOrdered(occurrence.key.relation.value, &key);
  key.push_back(static_cast<char>(occurrence.key.qualifier.bits));
  AppendPlace(occurrence, &key);
  return key;
}

// The key of the row; empty for what is no event or is filtered.
std::string KeyOfEvent(const Occurrence& occurrence, const EdgeFilter& filter) {
  const std::optional<DayRange> days = DaysOf(occurrence.statement);
  const EventClass event_class = occurrence.statement.event_class;
  const bool counts = days && event_class != EventClass::kNone &&
                      PassesQualifier(filter, occurrence.key.qualifier) && InDays(filter, days->from) &&
                      HasClass(filter, event_class);
  return counts ? RowKey(occurrence, days->from) : std::string();
}

// The rows of one event, summed.
class EventSum {
 public:
  explicit EventSum(std::string_view key) {
    row_.day = Day{static_cast<int32_t>(ReadOrdered32(key, kDayAt) ^ kSignBit)};
    row_.source = NodeId{ReadOrdered(key, kSourceAt)};
    row_.target = NodeId{ReadOrdered(key, kTargetAt)};
    row_.event_class = static_cast<EventClass>(key[kClassAt]);
    row_.quad = QuadOf(row_.event_class);
  }

  void Add(std::string_view key, Report report) {
    if (!statements_.insert(report.evidence.statement).second) return;  // another relation of the same words
    documents_.push_back(report.evidence.doc);
    ++row_.reports;
    if (row_.reports > 1 && report.worth <= best_.worth) return;
    relation_ = RelationId{ReadOrdered(key, kRelationAt)};
    row_.edge =
        EdgeIdOf({row_.source, relation_, row_.target, Qualifier{static_cast<uint8_t>(key[kQualifierAt])}});
    best_ = std::move(report);
  }

  Result<bool> Give(const View& view, uint32_t min_documents, const EventVisitor& visit) {
    row_.independent_sources = view.IndependentSources(documents_);
    std::sort(documents_.begin(), documents_.end());
    documents_.erase(std::unique(documents_.begin(), documents_.end()), documents_.end());
    if (documents_.size() < min_documents) return true;
    row_.until = best_.evidence.days ? best_.evidence.days->to : row_.day;
    row_.scale = best_.scale ? best_.scale : ScaleOf(row_.event_class);
    WHOWHOM_TRY(row_.relation, view.RelationLabel(relation_));
    EventReport report;
    report.evidence = std::move(best_.evidence);
    report.cameo = std::move(best_.cameo);
    report.place = std::move(best_.place);
    report.place_country = std::move(best_.place_country);
    report.sentence_number = best_.sentence_number;
    return visit(row_, report);
  }

 private:
  EventRow row_;
  RelationId relation_;
  std::set<StatementId> statements_;
  std::vector<DocId> documents_;
  Report best_;
};

// Sums rows that come in order.
class EventSums {
 public:
  EventSums(const View& view, uint32_t min_documents, const EventVisitor& visit)
      : view_(view), min_documents_(min_documents), visit_(visit) {}
  // False: `visit` wants no more.
  Result<bool> Add(std::string_view key, Report report) {
    if (key.substr(0, kEventEnd) != event_) {
      WHOWHOM_TRY(const bool goes_on, Finish());
      if (!goes_on) return false;
      event_ = key.substr(0, kEventEnd);
      sum_.emplace(key);
    }
    sum_->Add(key, std::move(report));
    return true;
  }
  Result<bool> Finish() {
    if (!sum_) return true;
    EventSum sum = std::move(*sum_);
    sum_.reset();
    return sum.Give(view_, min_documents_, visit_);
  }

 private:
  const View& view_;
  uint32_t min_documents_;
  const EventVisitor& visit_;
  std::string event_;  // its part of the key
  std::optional<EventSum> sum_;
};

}  // namespace

Status ForEachEvent(const View& view, const EdgeFilter& filter, const EventVisitor& visit) {
  WHOWHOM_TRY(SortedRows rows, SortedRows::Make());
  const auto sort_in = [&](const Occurrence& occurrence, const Document* document) {
    const std::string key = KeyOfEvent(occurrence, filter);
    return key.empty() ? Status() : rows.Add(key, ReportOf(occurrence, document));
  };
  WHOWHOM_TRY_STATUS(ForEachOccurrence(Impl(view), sort_in));
  EventSums sums(view, filter.min_documents, visit);
  WHOWHOM_TRY_STATUS(
      rows.ForEach([&](std::string_view key, Report report) { return sums.Add(key, std::move(report)); }));
  const Result<bool> last = sums.Finish();
  return last.ok() ? Status() : Status(last.error());
}

Result<std::vector<EventRow>> Events(const View& view, const std::vector<NodeId>& actors,
                                     const EdgeFilter& filter) {
  std::vector<EventRow> events;
  const EventVisitor keep = [&events](const EventRow& row, const EventReport&) {
    events.push_back(row);
    return true;
  };
  if (actors.empty()) {
    WHOWHOM_TRY_STATUS(ForEachEvent(view, filter, keep));
    return events;
  }
  EdgeFilter edges = filter;
  edges.min_documents = 0;  // asked of the event
  std::vector<std::pair<std::string, Report>> rows;
  Status problem;
  const auto add = [&](const FoldedEdge& edge) -> Status {
    WHOWHOM_TRY(const auto refs, view.EvidenceOf(edge));
    for (const storage::EvidenceRef& ref : refs) {
      WHOWHOM_TRY(const Statement statement, view.snapshot().LoadStatement(ref));
      const Occurrence occurrence{statement, ref.sequence, edge.key};
      std::string key = KeyOfEvent(occurrence, filter);
      if (!key.empty()) rows.emplace_back(std::move(key), ReportOf(occurrence, nullptr));
    }
    return {};
  };
  WHOWHOM_TRY_STATUS(EdgesOfActors(view, actors, edges, false, [&](const FoldedEdge& edge) {
    problem = add(edge);
    return problem.ok();
  }));
  WHOWHOM_TRY_STATUS(problem);
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  EventSums sums(view, filter.min_documents, keep);
  for (auto& [key, report] : rows) {
    const Result<bool> added = sums.Add(key, std::move(report));
    if (!added.ok()) return added.error();
  }
  const Result<bool> last = sums.Finish();
  if (!last.ok()) return last.error();
  return events;
}

}  // namespace whowhom::graph
