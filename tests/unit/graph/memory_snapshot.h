// A snapshot in memory, made from records, by the shortest code that can be checked by eye: what unit tests
// of the graph read instead of a store, and what the typed plans are compared with.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "whowhom/core/edge.h"
#include "whowhom/core/record.h"
#include "whowhom/core/utf8.h"
#include "whowhom/storage/store.h"

namespace whowhom::graph::testing {

class MemorySnapshot : public storage::Snapshot {
 public:
  void Add(const Document& document, const std::vector<Statement>& statements) {
    if (!documents_.emplace(document.id, document).second) return;
    statements_[document.id] = statements;
    Rebuild();
  }
  // Many at once, indexed once.
  void AddAll(const std::vector<std::pair<Document, std::vector<Statement>>>& records) {
    for (const auto& [document, statements] : records) {
      if (documents_.emplace(document.id, document).second) statements_[document.id] = statements;
    }
    Rebuild();
  }
  void Retract(DocId id) {
    documents_.erase(id);
    statements_.erase(id);
    Rebuild();
  }
  uint64_t Append(storage::Judgement judgement) {
    judgement.sequence = judgements_.size() + 1;
    if (judgement.kind == storage::JudgementKind::kUndo) {
      for (storage::Judgement& other : judgements_) {
        if (std::to_string(other.sequence) == judgement.arguments.at(0)) other.undone_by = judgement.sequence;
      }
    }
    judgements_.push_back(std::move(judgement));
    ++watermark_;
    return judgements_.size();
  }

  Result<std::optional<storage::NodeInfo>> FindNode(NodeId id) const override {
    auto it = nodes_.find(id);
    return it == nodes_.end() ? std::optional<storage::NodeInfo>() : std::optional(it->second);
  }
  Result<std::vector<storage::AliasHit>> FindAlias(std::string_view name) const override {
    std::vector<storage::AliasHit> hits;
    auto it = by_alias_.find(NormalizeName(name));
    if (it == by_alias_.end()) return hits;
    for (NodeId id : it->second) {
      storage::AliasHit hit{id, {}, 0};
      for (const auto& [alias, count] : aliases_.at(id)) {
        if (NormalizeName(alias) != it->first) continue;
        hit.count += count;
        if (hit.alias.empty()) hit.alias = alias;
      }
      hits.push_back(std::move(hit));
    }
    SortHits(&hits);
    return hits;
  }
  Result<std::vector<storage::AliasHit>> SearchTerm(std::string_view word_prefix,
                                                    size_t limit) const override {
    std::string prefix = NormalizeName(word_prefix);
    std::vector<storage::AliasHit> hits;
    for (const auto& [id, names] : aliases_) {
      for (const auto& [alias, count] : names) {
        std::string key = " " + NormalizeName(alias);
        if (key.find(" " + prefix) != std::string::npos) {
          hits.push_back({id, alias, count});
          break;
        }
      }
    }
    SortHits(&hits);
    if (hits.size() > limit) hits.resize(limit);
    return hits;
  }
  Result<std::vector<storage::AliasHit>> AliasesOf(NodeId id) const override {
    std::vector<storage::AliasHit> hits;
    auto it = aliases_.find(id);
    if (it == aliases_.end()) return hits;
    for (const auto& [alias, count] : it->second) hits.push_back({id, alias, count});
    SortHits(&hits);
    return hits;
  }
  Status ScanNodes(const std::function<bool(const storage::NodeInfo&)>& visit) const override {
    for (const auto& [id, info] : nodes_) {
      if (!visit(info)) break;
    }
    return {};
  }

  Result<std::optional<storage::RelationInfo>> FindRelation(RelationId id) const override {
    auto it = relations_.find(id);
    return it == relations_.end() ? std::optional<storage::RelationInfo>() : std::optional(it->second);
  }
  Result<std::vector<storage::RelationInfo>> RelationsOfLemma(std::string_view lemma) const override {
    std::vector<storage::RelationInfo> found;
    for (const auto& [id, info] : relations_) {
      if (info.lemma == lemma) found.push_back(info);
    }
    return found;
  }
  Result<std::vector<storage::RelationInfo>> RelationsOfClass(EventClass event_class) const override {
    std::vector<storage::RelationInfo> found;
    for (const auto& [id, info] : relations_) {
      for (const storage::ClassCount& count : info.classes) {
        if (count.event_class == event_class) found.push_back(info);
      }
    }
    return found;
  }
  Status ScanRelations(const std::function<bool(const storage::RelationInfo&)>& visit) const override {
    for (const auto& [id, info] : relations_) {
      if (!visit(info)) break;
    }
    return {};
  }

  Status ScanEdges(const storage::EdgePattern& pattern,
                   const std::function<bool(const storage::EdgeSummary&)>& visit) const override {
    for (const auto& [key, summary] : edges_) {
      if (pattern.subject && *pattern.subject != key.subject) continue;
      if (pattern.relation && *pattern.relation != key.relation) continue;
      if (pattern.object && *pattern.object != key.object) continue;
      if (!visit(summary)) break;
    }
    return {};
  }
  Result<std::optional<storage::EdgeSummary>> FindEdge(const storage::EdgeKey& key) const override {
    auto it = edges_.find(key);
    return it == edges_.end() ? std::optional<storage::EdgeSummary>() : std::optional(it->second);
  }
  Status ScanEvidence(const storage::EdgeKey& key,
                      const std::function<bool(const storage::EvidenceRef&)>& visit) const override {
    auto it = evidence_.find(key);
    if (it == evidence_.end()) return {};
    for (const storage::EvidenceRef& ref : it->second) {
      if (!visit(ref)) break;
    }
    return {};
  }
  Result<Statement> LoadStatement(const storage::EvidenceRef& ref) const override {
    auto it = statements_.find(ref.doc);
    if (it == statements_.end() || ref.sequence >= it->second.size())
      return Corruption("statement is missing");
    return it->second[ref.sequence];
  }
  Result<std::optional<Statement>> FindStatement(StatementId id) const override {
    auto it = by_id_.find(id);
    if (it == by_id_.end()) return std::optional<Statement>();
    return std::optional<Statement>(statements_.at(it->second.first)[it->second.second]);
  }
  Result<std::vector<StatementId>> StatementsByPrefix(std::string_view hex_prefix,
                                                      size_t limit) const override {
    std::vector<StatementId> found;
    for (const auto& [id, place] : by_id_) {
      if (ToHex(id.hash).starts_with(hex_prefix) && found.size() < limit) found.push_back(id);
    }
    return found;
  }

  Result<std::optional<Document>> FindDocument(DocId id, bool with_text) const override {
    auto it = documents_.find(id);
    if (it == documents_.end()) return std::optional<Document>();
    Document document = it->second;
    if (!with_text) document.text.clear();
    return std::optional<Document>(std::move(document));
  }
  Result<std::vector<DocId>> DocumentsByPrefix(std::string_view hex_prefix, size_t limit) const override {
    std::vector<DocId> found;
    for (const auto& [id, document] : documents_) {
      if (ToHex(id.hash).starts_with(hex_prefix) && found.size() < limit) found.push_back(id);
    }
    return found;
  }
  Result<std::vector<Statement>> StatementsOf(DocId id) const override {
    auto it = statements_.find(id);
    return it == statements_.end() ? std::vector<Statement>() : it->second;
  }
  Status ScanArticles(const ArticleVisitor& visit) const override {
    for (const auto& [id, statements] : statements_) {
      const auto document = documents_.find(id);
      if (statements.empty()) continue;
      if (!visit(id, document == documents_.end() ? nullptr : &document->second, statements)) break;
    }
    return {};
  }
  Status ScanDocuments(const std::function<bool(const Document&)>& visit) const override {
    for (const auto& [id, stored] : documents_) {
      Document document = stored;
      document.text.clear();
      if (!visit(document)) break;
    }
    return {};
  }

  Status ScanTime(DayRange days,
                  const std::function<bool(Day, const storage::EdgeKey&)>& visit) const override {
    for (const auto& [day, key] : by_day_) {
      if (day < days.from || days.to < day) continue;
      if (!visit(day, key)) break;
    }
    return {};
  }
  Status ScanTimeline(NodeId node, DayRange days,
                      const std::function<bool(Day, const storage::EdgeKey&)>& visit) const override {
    return ScanTime(days, [&](Day day, const storage::EdgeKey& key) {
      return key.subject == node || key.object == node ? visit(day, key) : true;
    });
  }
  Result<std::vector<storage::EdgeSummary>> TopOfRelation(RelationId relation, size_t limit) const override {
    std::vector<storage::EdgeSummary> top;
    for (const auto& [key, summary] : edges_) {
      if (key.relation == relation) top.push_back(summary);
    }
    std::stable_sort(top.begin(), top.end(),
                     [](const auto& a, const auto& b) { return a.statements > b.statements; });
    if (top.size() > limit) top.resize(limit);
    return top;
  }

  Result<std::vector<storage::Judgement>> Judgements() const override { return judgements_; }
  Result<storage::StoreStats> Stats() const override {
    storage::StoreStats stats;
    stats.documents = documents_.size();
    stats.statements = by_id_.size();
    stats.nodes = nodes_.size();
    stats.relations = relations_.size();
    stats.edges = edges_.size();
    for (const auto& [id, document] : documents_) {
      if (!document.date) continue;
      if (!stats.published) stats.published = DayRange{*document.date, *document.date};
      stats.published->from = std::min(stats.published->from, *document.date);
      stats.published->to = std::max(stats.published->to, *document.date);
    }
    return stats;
  }
  uint64_t watermark() const override { return watermark_; }

  const std::map<DocId, std::vector<Statement>>& all_statements() const { return statements_; }

 private:
  static void SortHits(std::vector<storage::AliasHit>* hits) {
    std::stable_sort(hits->begin(), hits->end(), [](const auto& a, const auto& b) {
      return a.count != b.count ? a.count > b.count : a.node < b.node;
    });
  }
  void AddNode(const NodeRef& ref, const std::string& surface, DocId doc) {
    if (ref.hash == Hash128{}) return;
    storage::NodeInfo& info = nodes_[ref.id()];
    info.id = ref.id();
    info.ref = ref;
    ++info.statements;
    if (seen_.insert({ref.id(), doc}).second) ++info.documents;
    if (!surface.empty()) AddAlias(ref.id(), surface);
  }
  void AddAlias(NodeId id, const std::string& surface) {
    ++aliases_[id][surface];
    by_alias_[NormalizeName(surface)].insert(id);
  }
  void AddEdge(const StatementEdge& edge, DocId doc, uint32_t sequence) {
    RelationId relation = ToRelationId(ComputeRelationHash(edge.relation));
    storage::RelationInfo& info = relations_[relation];
    info.id = relation;
    info.label = edge.relation;
    ++info.statements;
    CountClass(edge.event_class, &info.classes);
    storage::EdgeKey key{edge.subject.id(), relation, edge.object.id(), edge.qualifier};
    storage::EdgeSummary& summary = edges_[key];
    summary.key = key;
    ++summary.statements;
    std::vector<storage::EvidenceRef>& refs = evidence_[key];
    bool new_doc = std::none_of(refs.begin(), refs.end(), [&](const auto& ref) { return ref.doc == doc; });
    if (new_doc) ++summary.documents;
    refs.push_back({key, doc, sequence});
    CountClass(edge.event_class, &summary.classes);
    if (!edge.days) return;
    if (!summary.days) summary.days = edge.days;
    summary.days->from = std::min(summary.days->from, edge.days->from);
    summary.days->to = std::max(summary.days->to, edge.days->to);
    by_day_.insert({edge.days->from, key});
  }
  static void CountClass(EventClass event_class, std::vector<storage::ClassCount>* classes) {
    auto it = std::find_if(classes->begin(), classes->end(),
                           [&](const auto& c) { return c.event_class >= event_class; });
    if (it == classes->end() || it->event_class != event_class) it = classes->insert(it, {event_class, 0});
    ++it->count;
  }
  void Rebuild() {
    nodes_.clear(), aliases_.clear(), by_alias_.clear(), relations_.clear(), edges_.clear(),
        evidence_.clear();
    by_id_.clear(), by_day_.clear(), seen_.clear();
    for (const auto& [doc, list] : statements_) {
      for (uint32_t sequence = 0; sequence < list.size(); ++sequence) {
        const Statement& statement = list[sequence];
        by_id_[statement.id] = {doc, sequence};
        for (const StatementEdge& edge : EdgesOf(statement)) {
          AddNode(edge.subject, "", doc);
          AddNode(edge.object, "", doc);
          AddEdge(edge, doc, sequence);
          relations_[ToRelationId(ComputeRelationHash(edge.relation))].lemma = statement.predicate.lemma;
        }
        NameAliases(statement);
      }
      const Document& document = documents_.at(doc);
      for (const Mention& mention : document.mentions) {
        if (mention.actor.name.empty()) continue;
        NodeRef ref = ActorNode(mention.actor);
        AddNode(ref, "", doc);
        ++nodes_[ref.id()].mentions;
        if (mention.kind == MentionKind::kName && mention.span.end <= document.text.size()) {
          AddAlias(ref.id(), document.text.substr(mention.span.begin, mention.span.size()));
        }
      }
    }
    ++watermark_;
  }
  void NameAliases(const Statement& statement) {
    auto add = [&](const ActorRef& actor) {
      if (!actor.name.empty()) AddAlias(ActorNode(actor).id(), actor.name);
    };
    add(statement.subject.actor);
    for (const ActorRef& member : statement.subject.members) add(member);
    if (statement.object) {
      add(statement.object->actor);
      for (const ActorRef& member : statement.object->members) add(member);
    }
    for (const Argument& argument : statement.arguments) add(argument.phrase.actor);
  }

  std::map<DocId, Document> documents_;
  std::map<DocId, std::vector<Statement>> statements_;
  std::vector<storage::Judgement> judgements_;
  uint64_t watermark_ = 0;
  std::map<NodeId, storage::NodeInfo> nodes_;
  std::map<NodeId, std::map<std::string, uint64_t>> aliases_;
  std::map<std::string, std::set<NodeId>> by_alias_;
  std::map<RelationId, storage::RelationInfo> relations_;
  std::map<storage::EdgeKey, storage::EdgeSummary> edges_;
  std::map<storage::EdgeKey, std::vector<storage::EvidenceRef>> evidence_;
  std::map<StatementId, std::pair<DocId, uint32_t>> by_id_;
  std::set<std::pair<Day, storage::EdgeKey>> by_day_;
  std::set<std::pair<NodeId, DocId>> seen_;
};

}  // namespace whowhom::graph::testing
