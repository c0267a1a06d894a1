// What stands behind an edge: sentences, best first, and the ids that lead to them.
#include "evidence.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "csr_cache.h"
#include "view_impl.h"

namespace whowhom::graph {
namespace {

// A sentence of this size is read at a glance; longer and shorter ones are shown only if there is nothing
// else.
constexpr size_t kShortSentence = 40, kLongSentence = 260;

}  // namespace

double WorthOf(const Statement& statement) {
  double worth = statement.confidence;
  if (statement.implicit) worth -= 0.2;
  if (statement.text.size() > kLongSentence) worth -= 0.15;
  if (statement.text.size() < kShortSentence) worth -= 0.05;
  return worth;
}

void CountClass(EventClass event_class, std::vector<storage::ClassCount>* counts) {
  auto at = std::find_if(counts->begin(), counts->end(),
                         [&](const storage::ClassCount& c) { return c.event_class >= event_class; });
  if (at == counts->end() || at->event_class != event_class) at = counts->insert(at, {event_class, 0});
  ++at->count;
}

namespace {

std::string SpeakerOf(const Statement& statement) {
  std::string speaker;
  for (const Attribution& attribution : statement.attribution) {
    const std::string& name = attribution.actor.name.empty() ? attribution.text : attribution.actor.name;
    if (name.empty()) continue;
    speaker += (speaker.empty() ? "" : " citing ") + name;
  }
  if (speaker.empty() && !statement.attribution.empty()) speaker = "unnamed source";
  return speaker;
}

EventClass MostFrequent(const std::vector<storage::ClassCount>& classes) {
  EventClass best = EventClass::kNone;
  uint32_t count = 0;
  for (const storage::ClassCount& c : classes) {
    if (c.event_class != EventClass::kNone && c.count > count) best = c.event_class, count = c.count;
  }
  return best;
}

}  // namespace

Quad QuadOf(EventClass event_class) {
  switch (event_class) {
    case EventClass::kNone:
    case EventClass::kStatement:
      return Quad::kNone;
    case EventClass::kAgree:
    case EventClass::kConsult:
    case EventClass::kSupport:
    case EventClass::kConcede:
      return Quad::kVerbalCooperation;
    case EventClass::kCooperate:
    case EventClass::kAid:
    case EventClass::kRetreat:
      return Quad::kMaterialCooperation;
    case EventClass::kRequest:
    case EventClass::kAccuse:
    case EventClass::kReject:
    case EventClass::kThreaten:
      return Quad::kVerbalConflict;
    case EventClass::kProtest:
    case EventClass::kSanction:
    case EventClass::kMobilize:
    case EventClass::kCoerce:
    case EventClass::kAssault:
      return Quad::kMaterialConflict;
  }
  return Quad::kNone;
}

// Source: facts of the PLOVER 2.0 codebook, score table.
std::optional<double> ScaleOf(EventClass event_class) {
  switch (event_class) {
    case EventClass::kNone:
      return std::nullopt;
    case EventClass::kStatement:
      return 0;
    case EventClass::kAgree:
      return 2.5;
    case EventClass::kConsult:
      return 2.5;
    case EventClass::kSupport:
      return 5;
    case EventClass::kConcede:
      return 4.5;
    case EventClass::kCooperate:
      return 9.5;
    case EventClass::kAid:
      return 10;
    case EventClass::kRetreat:
      return 6.5;
    case EventClass::kRequest:
      return 0;
    case EventClass::kAccuse:
      return -3;
    case EventClass::kReject:
      return -2;
    case EventClass::kThreaten:
      return -3.5;
    case EventClass::kProtest:
      return -5;
    case EventClass::kSanction:
      return -6;
    case EventClass::kMobilize:
      return -5.5;
    case EventClass::kCoerce:
      return -7;
    case EventClass::kAssault:
      return -9;
  }
  return std::nullopt;
}

Result<EdgeEvidence> ViewImpl::Describe(const Statement& statement) const {
  WHOWHOM_TRY(const auto document, snapshot_->FindDocument(statement.doc, false));
  return DescribeIn(statement, document ? &*document : nullptr);
}

EdgeEvidence DescribeIn(const Statement& statement, const Document* document) {
  EdgeEvidence evidence;
  evidence.statement = statement.id;
  evidence.doc = statement.doc;
  evidence.sentence = statement.text;
  evidence.span = statement.span;
  evidence.marks = statement.subject.spans;
  evidence.marks.insert(evidence.marks.end(), statement.predicate.spans.begin(),
                        statement.predicate.spans.end());
  if (statement.object) {
    evidence.marks.insert(evidence.marks.end(), statement.object->spans.begin(),
                          statement.object->spans.end());
  }
  evidence.path = statement.path;
  evidence.published = statement.published;
  evidence.days = DaysOf(statement);
  evidence.speaker = SpeakerOf(statement);
  evidence.confidence = statement.confidence;
  if (document != nullptr) {
    evidence.title = document->title;
    evidence.outlet = document->outlet;
    evidence.path = document->path;
    evidence.url = document->url;
  }
  return evidence;
}

Result<ViewImpl::Sentences> ViewImpl::ChooseSentences(const std::vector<storage::EvidenceRef>& refs,
                                                      size_t limit) const {
  Sentences chosen;
  for (const storage::EvidenceRef& ref : refs) {
    if (chosen.documents.empty() || chosen.documents.back() != ref.doc) chosen.documents.push_back(ref.doc);
  }
  std::vector<std::pair<double, Statement>> statements;
  const size_t candidates = CandidatesOf(refs.size(), limit);
  for (size_t i = 0; i < candidates; ++i) {
    WHOWHOM_TRY(Statement statement, snapshot_->LoadStatement(refs[i]));
    double worth = WorthOf(statement);
    statements.emplace_back(worth, std::move(statement));
  }
  std::stable_sort(statements.begin(), statements.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  if (!statements.empty()) {
    chosen.scale = statements[0].second.scale;
    chosen.quad = statements[0].second.quad;
  }
  for (size_t i = 0; i < statements.size() && i < limit; ++i) {
    WHOWHOM_TRY(EdgeEvidence evidence, Describe(statements[i].second));
    chosen.best.push_back(std::move(evidence));
  }
  return chosen;
}

Result<GraphEdge> ViewImpl::WithoutEvidence(const FoldedEdge& edge) const {
  GraphEdge complete;
  complete.id = edge.id;
  complete.source = edge.key.subject;
  complete.target = edge.key.object;
  WHOWHOM_TRY(complete.relation, RelationLabel(edge.key.relation));
  complete.qualifier = edge.key.qualifier;
  complete.event_class = MostFrequent(edge.classes);
  complete.quad = QuadOf(complete.event_class);
  complete.scale = ScaleOf(complete.event_class);
  complete.statements = edge.statements;
  complete.documents = edge.documents;
  complete.days = edge.days;
  complete.independent_sources = edge.documents;
  return complete;
}

bool ViewImpl::NeedsEvidence(const FoldedEdge& edge, size_t evidence) const {
  const bool has_copies = !clusters_.leaders().empty();
  return evidence > 0 || (has_copies && edge.documents > 1);
}

void ViewImpl::Take(Sentences sentences, GraphEdge* edge) const {
  edge->evidence = std::move(sentences.best);
  edge->independent_sources = IndependentSources(sentences.documents);
  if (sentences.scale && sentences.quad == edge->quad) edge->scale = sentences.scale;
}

Result<GraphEdge> ViewImpl::CompleteWith(const FoldedEdge& edge, Sentences sentences) const {
  WHOWHOM_TRY(GraphEdge complete, WithoutEvidence(edge));
  Take(std::move(sentences), &complete);
  return complete;
}

Result<GraphEdge> ViewImpl::Complete(const FoldedEdge& edge, size_t evidence) const {
  WHOWHOM_TRY(GraphEdge complete, WithoutEvidence(edge));
  if (NeedsEvidence(edge, evidence)) {
    WHOWHOM_TRY(const auto refs, EvidenceOf(edge));
    WHOWHOM_TRY(Sentences sentences, ChooseSentences(refs, evidence));
    Take(std::move(sentences), &complete);
  }
  return complete;
}

Result<IdMatch> ViewImpl::StatementMatch(const std::vector<StatementId>& found) const {
  IdMatch match;
  if (found.size() > 1) {
    for (StatementId id : found) match.ambiguous.push_back(FormatStatementId(id));
    return match;
  }
  match.statement = found[0];
  WHOWHOM_TRY(auto statement, snapshot_->FindStatement(found[0]));
  if (!statement)
    return Corruption("looking up " + FormatStatementId(found[0]) +
                      ": the index names it, the store has it not");
  WHOWHOM_TRY(EdgeEvidence evidence, Describe(*statement));
  match.evidence.push_back(std::move(evidence));
  match.statement_record = std::move(*statement);
  return match;
}

Result<IdMatch> ViewImpl::EdgeMatch(std::string_view hex_prefix) const {
  std::vector<FoldedEdge> found;
  WHOWHOM_TRY(bool cached, FindCachedEdges(*this, hex_prefix, &found));
  if (!cached) {
    WHOWHOM_TRY_STATUS(ScanEdges({}, [&](const FoldedEdge& edge) {
      if (ToHex(edge.id).starts_with(hex_prefix)) found.push_back(edge);
      return found.size() < 10;
    }));
  }
  IdMatch match;
  if (found.size() > 1) {
    for (const FoldedEdge& edge : found) match.ambiguous.push_back(FormatEdgeId(edge.id));
    std::sort(match.ambiguous.begin(), match.ambiguous.end());
  } else if (found.size() == 1) {
    WHOWHOM_TRY(GraphEdge edge, Complete(found[0], SIZE_MAX));
    match.evidence = edge.evidence;
    match.edge = std::move(edge);
  }
  return match;
}

Result<IdMatch> ViewImpl::LookupId(std::string_view id) const {
  char kind = '\0';
  std::string_view hex = id;
  if (id.size() > 1 && id[1] == ':') kind = id[0], hex = id.substr(2);
  bool is_hex =
      !hex.empty() && hex.size() <= 32 && hex.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!is_hex || (kind != '\0' && kind != 's' && kind != 'e')) {
    return InvalidInput("looking up \"" + std::string(id.substr(0, 80)) +
                        "\": expected s: or e: and hexadecimal digits, as answers show them");
  }
  if (kind != 'e') {
    WHOWHOM_TRY(auto found, snapshot_->StatementsByPrefix(hex, 10));
    if (!found.empty()) return StatementMatch(found);
  }
  if (kind != 's' && hex.size() <= 16) {
    WHOWHOM_TRY(IdMatch match, EdgeMatch(hex));
    if (match.edge || !match.ambiguous.empty()) return match;
  }
  return NotFound("looking up " + std::string(id) + ": the graph has no such statement or edge");
}

}  // namespace whowhom::graph
