#include "article_rows.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "values.h"
#include "whowhom/core/utf8.h"

namespace whowhom::storage {
namespace {

DayRange InOrder(const DayRange& days) { return {days.from, std::max(days.from, days.to)}; }

// Node ids are hashes already.
struct HashAlias {
  template <typename Form>
  size_t operator()(const std::pair<uint64_t, const Form*>& alias) const {
    return alias.first ^ (reinterpret_cast<uintptr_t>(alias.second) >> 4);
  }
};

// One entry for each number, the first.
template <typename Value>
void KeepFirst(std::vector<std::pair<uint64_t, Value>>* entries) {
  std::stable_sort(entries->begin(), entries->end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  entries->erase(std::unique(entries->begin(), entries->end(),
                             [](const auto& a, const auto& b) { return a.first == b.first; }),
                 entries->end());
}

class RowCollector {
 public:
  explicit RowCollector(const Article& article) : article_(article) {
    // Enough for most articles.
    const size_t statements = article.statements.size();
    rows_.own.reserve(3 + 3 * statements);
    rows_.shares.reserve(16 + 16 * statements);
  }

  Result<ArticleRows> Collect() {
    CollectDocument();
    for (size_t i = 0; i < article_.statements.size(); ++i) {
      CollectStatement(article_.statements[i], static_cast<uint32_t>(i));
    }
    if (!clash_.empty()) {
      return Corruption("reading " + clash_ +
                        ": another name of this article shares the first 8 bytes of its hash");
    }
    ArticleRecords records = EncodeRecords(article_);
    if (article_.document) {
      rows_.own.push_back({DocKey(Family::kDoc, article_.id), std::move(records.document)});
    }
    if (!article_.statements.empty()) {
      rows_.own.push_back({DocKey(Family::kDocEvidence, article_.id), std::move(records.statements)});
    }
    Emit();
    return std::move(rows_);
  }

 private:
  using NormalForm = std::pair<const std::string, std::string>;  // surface, its normal form

  void CollectDocument() {
    if (!article_.document) return;
    const Document& document = *article_.document;
    rows_.own.push_back({DocKey(Family::kText, article_.id), EncodeText(document.text)});
    if (document.date) Count(PublishedKey(*document.date));
    Count(ExtractorKey(document.extractor));
    for (const Mention& mention : document.mentions) {
      if (mention.actor.name.empty()) continue;
      const NodeRef& node = ActorNodeOf(mention.actor);
      NodeOf(node).mentions += 1;
      const bool is_inside =
          mention.span.begin < mention.span.end && mention.span.end <= document.text.size();
      if (mention.kind != MentionKind::kName || !is_inside) continue;
      AddAlias(document.text.substr(mention.span.begin, mention.span.size()), node.id(),
               {.count = 1, .uses = 0});
    }
  }

  // As ActorNode; hashing a name costs more than the rest of a mention.
  const NodeRef& ActorNodeOf(const ActorRef& actor) {
    const auto [place, is_new] = actors_.try_emplace(actor.name + '\0' + actor.discriminator);
    if (is_new) place->second = ActorNode(actor);
    place->second.label = actor.name;
    place->second.type = actor.type;
    place->second.country = actor.country;
    place->second.sector = actor.sector;
    return place->second;
  }

  // The row of a node, with one more reference to it.
  NodeRow& NodeOf(const NodeRef& ref) {
    NodeRow& row = nodes_[ref.id().value];
    if (row.documents != 0 && row.hash_low != ref.hash.low) clash_ = ref.label;
    row.hash_low = ref.hash.low;
    row.documents = 1;
    const auto same = [&](const NodeVariant& v) {
      return v.label == ref.label && v.type == ref.type && v.country == ref.country &&
             v.sector == ref.sector && v.is_actor == ref.is_actor;
    };
    auto place = std::find_if(row.variants.begin(), row.variants.end(), same);
    if (place != row.variants.end()) {
      ++place->count;
    } else {
      row.variants.push_back({ref.label, ref.type, ref.country, ref.sector, ref.is_actor, 1});
    }
    if (ref.is_actor) AddAlias(ref.label, ref.id(), {.count = 0, .uses = 1});
    return row;
  }

  const NormalForm& NormalFormOf(const std::string& surface) {
    const auto [place, is_new] = normal_forms_.try_emplace(surface);
    if (is_new) place->second = KeyName(NormalizeName(surface));
    return *place;
  }

  void AddAlias(const std::string& surface, NodeId node, CountRow times) {
    const auto& form = NormalFormOf(surface);
    if (form.second.empty()) return;
    Spelling& spelling = aliases_[{node.value, &form}];
    spelling.mentions += times.count;
    spelling.labels += times.uses;
  }

  // Rows of one key may come several times: finding that out costs more than summing them later.
  void Count(std::string key, const CountRow& times = {.count = 1, .uses = 0}) {
    rows_.shares.push_back({std::move(key), Encode(times)});
  }

  void CollectStatement(const Statement& statement, uint32_t sequence) {
    rows_.own.push_back({StatementKey(statement.id, article_.id, sequence), EmptyValue()});
    const std::vector<StatementEdge> edges = EdgesOf(statement);
    std::vector<std::pair<uint64_t, const NodeRef*>> ends;
    std::vector<std::pair<uint64_t, std::pair<Hash128, const std::string*>>> relations;
    for (const StatementEdge& edge : edges) {
      const Hash128 relation_hash = ComputeRelationHash(edge.relation);
      EdgeKey key{edge.subject.id(), ToRelationId(relation_hash), edge.object.id(), edge.qualifier};
      if (key.subject.value != 0) ends.emplace_back(key.subject.value, &edge.subject);
      if (key.object.value != 0) ends.emplace_back(key.object.value, &edge.object);
      relations.push_back({key.relation.value, {relation_hash, &edge.relation}});
      CollectEdge(edge, key, sequence);
    }
    KeepFirst(&ends);
    KeepFirst(&relations);
    for (const auto& [id, ref] : ends) NodeOf(*ref).statements += 1;
    for (const auto& [id, relation] : relations) {
      CollectRelation({id}, relation.first, *relation.second, statement);
    }
    for (const Attribution& voice : statement.attribution) {
      if (!voice.actor.name.empty()) NodeOf(ActorNodeOf(voice.actor));
    }
    if (statement.place && !statement.place->name.empty()) NodeOf(ActorNodeOf(*statement.place));
  }

  void CollectEdge(const StatementEdge& edge, const EdgeKey& key, uint32_t sequence) {
    std::optional<DayRange> days;
    if (edge.days) days = InOrder(*edge.days);
    rows_.own.push_back(
        {EvidenceKey({key, article_.id, sequence}), Encode(EvidenceRow{edge.event_class, days})});
    EdgeRow& row = edges_[key];
    edge_share_.days = days;
    edge_share_.classes.front().event_class = edge.event_class;
    storage::Add(edge_share_, &row);
    row.documents = 1;
    if (!days) return;
    const TimeRow time{*days, key};
    Count(TimeKey(time));
    if (key.subject.value != 0) Count(TimelineKey(key.subject, true, time));
    if (key.object.value != 0) Count(TimelineKey(key.object, false, time));
  }

  void CollectRelation(RelationId id, const Hash128& hash, const std::string& label,
                       const Statement& statement) {
    RelationRow& row = relations_[id.value];
    if (row.statements != 0 && row.hash_low != hash.low) clash_ = label;
    relation_share_.hash_low = hash.low;
    relation_share_.label = label;
    relation_share_.lemmas.front().lemma = statement.predicate.lemma;
    relation_share_.classes.front().event_class = statement.event_class;
    storage::Add(relation_share_, &row);
    Count(LemmaKey(statement.predicate.lemma, id));
    if (statement.event_class != EventClass::kNone) Count(ClassKey(statement.event_class, id));
  }

  void EmitAliases() {
    struct Use {
      uint64_t node;
      const NormalForm* form;
      const Spelling* spelling;
    };
    std::vector<Use> uses;
    uses.reserve(aliases_.size());
    for (const auto& [key, spelling] : aliases_) uses.push_back({key.first, key.second, &spelling});
    std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
      return std::tie(a.node, a.form->second, a.form->first) <
             std::tie(b.node, b.form->second, b.form->first);
    });
    for (size_t i = 0; i < uses.size();) {
      const NodeId node{uses[i].node};
      const std::string& name = uses[i].form->second;
      AliasRow row;
      CountRow total;
      for (; i < uses.size() && uses[i].node == node.value && uses[i].form->second == name; ++i) {
        const Spelling& spelling = *uses[i].spelling;
        row.spellings.push_back({uses[i].form->first, spelling.mentions, spelling.labels});
        total.count += spelling.mentions;
        total.uses += spelling.labels;
      }
      EmitAlias(node, name, row, total);
    }
  }

  void EmitAlias(NodeId node, const std::string& name, const AliasRow& row, const CountRow& total) {
    rows_.shares.push_back({AliasKey(name, node), Encode(row)});
    rows_.shares.push_back({AliasOfKey(node, name), Encode(CountRow{0, 1})});
    std::set<std::string_view> words;
    for (size_t begin = 0; begin <= name.size();) {
      const size_t end = std::min(name.find(' ', begin), name.size());
      if (end > begin) words.insert(std::string_view(name).substr(begin, end - begin));
      begin = end + 1;
    }
    for (std::string_view word : words) Count(TermKey(word, node), total);
  }

  void Emit() {
    EmitAliases();
    for (const auto& [id, row] : nodes_) {
      if (row.variants.size() == 1) {
        rows_.shares.push_back({NodeKey({id}), Encode(row)});
        continue;
      }
      NodeRow sorted;
      // Sorted by adding to an empty row.
      storage::Add(row, &sorted);
      rows_.shares.push_back({NodeKey({id}), Encode(sorted)});
    }
    for (const auto& [id, row] : relations_) rows_.shares.push_back({RelationKey({id}), Encode(row)});
    for (const auto& [key, row] : edges_) rows_.shares.push_back({SpoKey(key), Encode(row)});
  }

  const Article& article_;
  ArticleRows rows_;
  std::string clash_;
  // What one statement adds; their memory is used again.
  EdgeRow edge_share_{1, 0, {}, {{EventClass::kNone, 1}}};
  RelationRow relation_share_{0, "", 1, {{"", 1}}, {{EventClass::kNone, 1}}};
  std::unordered_map<uint64_t, NodeRow> nodes_;
  std::unordered_map<uint64_t, RelationRow> relations_;
  std::map<EdgeKey, EdgeRow> edges_;
  std::unordered_map<std::string, std::string> normal_forms_;
  // By node and surface (its place in normal_forms_): how often; the spelling's own text stays empty.
  std::unordered_map<std::pair<uint64_t, const NormalForm*>, Spelling, HashAlias> aliases_;
  std::unordered_map<std::string, NodeRef> actors_;
};

}  // namespace

Result<ArticleRows> RowsOf(const Article& article) { return RowCollector(article).Collect(); }

void SortAndSum(std::vector<Row>* rows) {
  std::sort(rows->begin(), rows->end(), [](const Row& a, const Row& b) { return a.key < b.key; });
  size_t kept = 0;
  for (size_t i = 1; i < rows->size(); ++i) {
    Row& last = (*rows)[kept];
    Row& row = (*rows)[i];
    if (row.key != last.key) {
      if (++kept != i) (*rows)[kept] = std::move(row);
      continue;
    }
    std::optional<SumResult> sum =
        SumRows(static_cast<uint8_t>(row.key.front()), last.value, row.value, /*subtract=*/false);
    WHOWHOM_CHECK(sum && sum->outcome == SumOutcome::kOk, "an article counts what it counts twice");
    last.value = std::move(sum->value);
  }
  rows->resize(std::min(rows->size(), kept + 1));
}

}  // namespace whowhom::storage
