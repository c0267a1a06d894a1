#include "whowhom/core/edge.h"

#include <algorithm>

#include "whowhom/core/utf8.h"

namespace whowhom {
namespace {

// The actors a phrase names: its coordinated members, or itself; a thing node if it names none.
std::vector<NodeRef> NodesOf(const Phrase& phrase) {
  std::vector<NodeRef> nodes;
  for (const ActorRef& member : phrase.members) {
    if (!member.name.empty()) nodes.push_back(ActorNode(member));
  }
  if (!nodes.empty()) return nodes;
  if (!phrase.actor.name.empty()) return {ActorNode(phrase.actor)};
  if (phrase.spans.empty() && phrase.text.empty()) return {};
  return {ThingNode(phrase)};
}

bool NamesActor(const Phrase& phrase) {
  return !phrase.actor.name.empty() || std::any_of(phrase.members.begin(), phrase.members.end(),
                                                   [](const ActorRef& m) { return !m.name.empty(); });
}

// Roles that are no prepositions never make a relation.
bool IsPrepositional(std::string_view role) {
  static constexpr std::string_view kOther[] = {"time",      "place", "content", "purpose",
                                                "condition", "cause", "manner"};
  return !role.empty() && std::find(std::begin(kOther), std::end(kOther), role) == std::end(kOther);
}

class EdgeCollector {
 public:
  explicit EdgeCollector(const Statement& statement) : statement_(statement) {
    qualifier_ = Qualifier::Of(statement.polarity, statement.modality, !statement.attribution.empty());
    if (statement.time) {
      days_ = DayRange{statement.time->from, statement.time->to};
    } else if (statement.published) {
      days_ = DayRange{*statement.published, *statement.published};
    }
  }

  void Add(const NodeRef& subject, const std::string& relation, const NodeRef& object) {
    const bool is_loop = subject.hash == object.hash && subject.hash != Hash128{};
    if (is_loop && statement_.symmetric) return;
    for (const StatementEdge& edge : edges_) {
      if (edge.subject.hash == subject.hash && edge.object.hash == object.hash && edge.relation == relation)
        return;
    }
    edges_.push_back({subject, relation, object, qualifier_, statement_.event_class, days_});
  }

  std::vector<StatementEdge> Take() { return std::move(edges_); }

 private:
  const Statement& statement_;
  Qualifier qualifier_;
  std::optional<DayRange> days_;
  std::vector<StatementEdge> edges_;
};

}  // namespace

Qualifier Qualifier::Of(Polarity polarity, Modality modality, bool attributed) {
  return {static_cast<uint8_t>(static_cast<uint8_t>(polarity) | static_cast<uint8_t>(modality) << 1 |
                               (attributed ? 16 : 0))};
}

NodeRef ActorNode(const ActorRef& actor) {
  NodeRef node;
  node.hash = ComputeActorHash(actor.name, actor.discriminator);
  node.label = actor.name;
  node.type = actor.type;
  node.country = actor.country;
  node.sector = actor.sector;
  node.is_actor = true;
  return node;
}

NodeRef ThingNode(const Phrase& phrase) {
  NodeRef node;
  node.label = phrase.head.empty() ? phrase.text : phrase.head;
  node.hash = ComputeThingHash(node.label);
  return node;
}

std::vector<StatementEdge> EdgesOf(const Statement& statement) {
  EdgeCollector edges(statement);
  std::vector<NodeRef> subjects = NodesOf(statement.subject);
  const bool has_subject = !subjects.empty();
  if (!has_subject) subjects.emplace_back();
  const std::string& lemma = statement.predicate.lemma;
  if (statement.symmetric) {
    for (size_t i = 0; i < subjects.size(); ++i) {
      for (size_t j = i + 1; j < subjects.size(); ++j) edges.Add(subjects[i], lemma, subjects[j]);
    }
  }
  for (const NodeRef& subject : subjects) {
    bool has_target = statement.symmetric && subjects.size() > 1;
    if (statement.object) {
      for (const NodeRef& object : NodesOf(*statement.object)) edges.Add(subject, lemma, object);
      has_target = true;
    }
    for (const Argument& argument : statement.arguments) {
      if (!IsPrepositional(argument.role)) continue;
      if (has_target && !NamesActor(argument.phrase)) continue;
      for (const NodeRef& object : NodesOf(argument.phrase)) {
        edges.Add(subject, argument.role == "target" ? lemma : lemma + " " + argument.role, object);
      }
      has_target = true;
    }
    if (!has_target && has_subject) edges.Add(subject, lemma, NodeRef{});
  }
  return edges.Take();
}

}  // namespace whowhom
