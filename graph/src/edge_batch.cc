// Many edges with their sentences at once: in the order of the articles, each read once.
#include <algorithm>
#include <tuple>

#include "evidence.h"
#include "view_impl.h"

namespace whowhom::graph {
namespace {

// A statement that may stand for an edge.
struct Candidate {
  storage::EvidenceRef ref;
  uint32_t edge = 0;  // index
  uint32_t rank = 0;  // among the evidence of the edge
};

// The best so far, best first; of equals the earlier one.
struct Chosen {
  double worth = 0;
  uint32_t rank = 0;
  Statement statement;
};

void Offer(const Statement& statement, uint32_t rank, size_t limit, std::vector<Chosen>* best) {
  const double worth = WorthOf(statement);
  const auto at = std::find_if(best->begin(), best->end(), [&](const Chosen& other) {
    return other.worth < worth || (other.worth == worth && other.rank > rank);
  });
  if (at == best->end() && best->size() >= limit) return;
  best->insert(at, {worth, rank, statement});
  if (best->size() > limit) best->pop_back();
}

// Documents come in order.
void AddDocument(DocId document, std::vector<DocId>* documents) {
  if (documents->empty() || documents->back() != document) documents->push_back(document);
}

}  // namespace

Result<std::vector<GraphEdge>> ViewImpl::CompleteAll(const std::vector<FoldedEdge>& edges, size_t evidence,
                                                     const std::optional<DayRange>& days) const {
  std::vector<GraphEdge> complete;
  std::vector<Sentences> sentences(edges.size());
  std::vector<Candidate> candidates;
  complete.reserve(edges.size());
  for (uint32_t e = 0; e < edges.size(); ++e) {
    WHOWHOM_TRY(GraphEdge edge, WithoutEvidence(edges[e]));
    complete.push_back(std::move(edge));
    if (!NeedsEvidence(edges[e], evidence)) continue;
    WHOWHOM_TRY(const auto refs, EvidenceOf(edges[e]));
    // Which statements lie within the days is known when they are read.
    const size_t read = days ? refs.size() : CandidatesOf(refs.size(), evidence);
    for (uint32_t i = 0; i < refs.size(); ++i) {
      if (!days) AddDocument(refs[i].doc, &sentences[e].documents);
      if (i < read) candidates.push_back({refs[i], e, i});
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.ref.doc, a.ref.sequence, a.edge) < std::tie(b.ref.doc, b.ref.sequence, b.edge);
  });
  std::vector<std::vector<Chosen>> best(edges.size());
  std::vector<size_t> offered(edges.size());
  for (size_t begin = 0; begin < candidates.size();) {
    size_t end = begin;
    while (end < candidates.size() && candidates[end].ref.doc == candidates[begin].ref.doc) ++end;
    WHOWHOM_TRY(const std::vector<Statement> statements, snapshot_->StatementsOf(candidates[begin].ref.doc));
    for (size_t i = begin; i < end; ++i) {
      const Candidate& candidate = candidates[i];
      if (candidate.ref.sequence >= statements.size()) {
        return Corruption("reading the statement " + std::to_string(candidate.ref.sequence) +
                          " of d:" + ToHex(candidate.ref.doc.hash) +
                          ": the evidence names it, but it is not there; run `verify --repair`");
      }
      const Statement& statement = statements[candidate.ref.sequence];
      if (days) {
        if (!Overlaps(DaysOf(statement), *days)) continue;
        AddDocument(candidate.ref.doc, &sentences[candidate.edge].documents);
      }
      const size_t number = ++offered[candidate.edge];
      if (number > CandidatesOf(number, evidence)) continue;
      Offer(statement, candidate.rank, evidence, &best[candidate.edge]);
    }
    begin = end;
  }
  candidates = {};
  // Once more by article, for its title, outlet and address.
  std::vector<std::tuple<DocId, uint32_t, uint32_t>> places;  // article, edge, rank among the chosen
  for (uint32_t e = 0; e < edges.size(); ++e) {
    if (!best[e].empty()) {
      sentences[e].scale = best[e][0].statement.scale;
      sentences[e].quad = best[e][0].statement.quad;
      sentences[e].best.resize(best[e].size());
    }
    for (uint32_t i = 0; i < best[e].size(); ++i) places.emplace_back(best[e][i].statement.doc, e, i);
  }
  std::sort(places.begin(), places.end());
  std::optional<Document> document;
  for (size_t i = 0; i < places.size(); ++i) {
    const auto [doc, e, rank] = places[i];
    if (i == 0 || std::get<0>(places[i - 1]) != doc) {
      WHOWHOM_TRY(document, snapshot_->FindDocument(doc, false));
    }
    sentences[e].best[rank] = DescribeIn(best[e][rank].statement, document ? &*document : nullptr);
  }
  for (uint32_t e = 0; e < edges.size(); ++e) {
    if (NeedsEvidence(edges[e], evidence)) Take(std::move(sentences[e]), &complete[e]);
  }
  return complete;
}

}  // namespace whowhom::graph
