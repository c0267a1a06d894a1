// Edges with their sentences, in order, however many there are.
#include <algorithm>

#include "evidence.h"
#include "sorted_rows.h"

namespace whowhom::graph {
namespace {

// Where the parts of an edge's row stand in its key.
constexpr size_t kSubjectAt = 1, kObjectAt = 9, kRelationAt = 17, kQualifierAt = 25, kEdgeEnd = 26;

std::string EdgeRowKey(const Occurrence& occurrence) {
  std::string key(1, kRowTag);
  AppendOrdered(occurrence.key.subject.value, &key);
  AppendOrdered(occurrence.key.object.value, &key);
  AppendOrdered(occurrence.key.relation.value, &key);
  key.push_back(static_cast<char>(occurrence.key.qualifier.bits));
  AppendPlace(occurrence, &key);
  return key;
}

storage::EdgeKey EdgeOfRow(std::string_view key) {
  return {NodeId{ReadOrdered(key, kSubjectAt)}, RelationId{ReadOrdered(key, kRelationAt)},
          NodeId{ReadOrdered(key, kObjectAt)}, Qualifier{static_cast<uint8_t>(key[kQualifierAt])}};
}

// The rows of one edge, summed.
class EdgeSum {
 public:
  EdgeSum(const storage::EdgeKey& key, size_t evidence) : evidence_(evidence) {
    edge_.key = key;
    edge_.id = EdgeIdOf(key);
  }
  // In the order of documents.
  void Add(Report report) {
    ++edge_.statements;
    if (sentences_.documents.empty() || sentences_.documents.back() != report.evidence.doc)
      sentences_.documents.push_back(report.evidence.doc);
    CountClass(report.event_class, &edge_.classes);
    if (const std::optional<DayRange>& days = report.evidence.days) {
      if (!edge_.days) edge_.days = days;
      edge_.days->from = std::min(edge_.days->from, days->from);
      edge_.days->to = std::max(edge_.days->to, days->to);
    }
    if (edge_.statements > CandidatesOf(edge_.statements, evidence_)) return;
    const auto at = std::find_if(best_.begin(), best_.end(),
                                 [&](const Report& other) { return other.worth < report.worth; });
    if (at == best_.end() && best_.size() >= evidence_) return;
    best_.insert(at, std::move(report));
    if (best_.size() > evidence_) best_.pop_back();
  }
  Result<bool> Give(const EdgeStreamVisitor& visit) {
    edge_.documents = static_cast<uint32_t>(sentences_.documents.size());
    if (!best_.empty()) {
      sentences_.scale = best_.front().scale;
      sentences_.quad = best_.front().quad;
    }
    for (Report& report : best_) sentences_.best.push_back(std::move(report.evidence));
    return visit(edge_, std::move(sentences_));
  }

 private:
  size_t evidence_;
  FoldedEdge edge_;
  ViewImpl::Sentences sentences_;
  std::vector<Report> best_;  // best first; of equals the earlier one
};

}  // namespace

Status StreamEdges(const ViewImpl& view, const EdgeStreamOptions& options, const EdgeStreamVisitor& visit) {
  WHOWHOM_TRY(SortedRows rows, SortedRows::Make());
  const auto sort_in = [&](const Occurrence& occurrence, const Document* document) -> Status {
    if (options.days && !Overlaps(DaysOf(occurrence.statement), *options.days)) return {};
    WHOWHOM_TRY(const bool is_wanted, options.wanted(occurrence.key));
    return is_wanted ? rows.Add(EdgeRowKey(occurrence), ReportOf(occurrence, document)) : Status();
  };
  WHOWHOM_TRY_STATUS(ForEachOccurrence(view, sort_in));
  std::optional<EdgeSum> sum;
  std::string current;  // the edge's part of the key
  const auto give = [&]() -> Result<bool> {
    if (!sum) return true;
    EdgeSum whole = std::move(*sum);
    sum.reset();
    return whole.Give(visit);
  };
  const auto add = [&](std::string_view key, Report report) -> Result<bool> {
    if (key.substr(0, kEdgeEnd) != current) {
      WHOWHOM_TRY(const bool goes_on, give());
      if (!goes_on) return false;
      current = key.substr(0, kEdgeEnd);
      sum.emplace(EdgeOfRow(key), options.evidence);
    }
    sum->Add(std::move(report));
    return true;
  };
  WHOWHOM_TRY_STATUS(rows.ForEach(add));
  const Result<bool> last = give();
  return last.ok() ? Status() : Status(last.error());
}

}  // namespace whowhom::graph
