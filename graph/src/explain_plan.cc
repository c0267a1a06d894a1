// The plan in words.
#include "view_impl.h"
#include "whowhom/graph/plan.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxListed = 12;

std::string Node(const PlanNode& node) {
  if (!node.any_of.empty()) {
    std::string text = "[" + node.name;
    if (node.any_of.size() > 1) text += " and " + std::to_string(node.any_of.size() - 1) + " more";
    return text + " " + FormatNodeId(node.any_of[0]) + "]";
  }
  std::string text = "?" + node.name;
  std::string types;
  for (EntityType type : node.types) types += (types.empty() ? ":" : "|") + std::string(ToString(type));
  if (types.empty() && node.actors_only) types = ":actor";
  if (types.empty() && node.expressed) types = ":anybody or anything named";
  if (!node.country.empty()) types += ":" + node.country;
  for (const std::string& stem : node.label_stems) types += ":" + stem + "*";
  return text + types;
}

std::string Words(const std::vector<std::string>& stems) {
  std::string text;
  for (const std::string& stem : stems) text += " " + stem + "*";
  return text;
}

Result<std::string> Relations(const PlanEdge& edge, const View& view, MatchTier widest) {
  if (edge.any_relation && edge.classes.empty()) return std::string("any relation");
  std::string text;
  for (MatchTier tier : {MatchTier::kLemma, MatchTier::kSynonym, MatchTier::kPreposition}) {
    if (edge.any_relation || tier > widest) break;
    std::string labels;
    size_t count = 0;
    for (const PlanRelation& relation : edge.relations) {
      if (relation.tier != tier || ++count > kMaxListed) continue;
      WHOWHOM_TRY(std::string label, view.RelationLabel(relation.id));
      labels += (labels.empty() ? "" : ", ") + label;
    }
    if (count > kMaxListed) labels += " and " + std::to_string(count - kMaxListed) + " more";
    if (!labels.empty()) text += (text.empty() ? "" : "; ") + std::string(ToString(tier)) + ": " + labels;
  }
  if (!edge.classes.empty() && (edge.any_relation || widest >= MatchTier::kClass)) {
    std::string classes;
    for (EventClass event_class : edge.classes)
      classes += (classes.empty() ? "" : "|") + std::string(ToString(event_class));
    text += (text.empty() ? "class: " : "; class: ") + classes;
  }
  if (text.empty()) text = "no relation of the graph";
  for (const std::string& stem : edge.sentence) text += "; its sentence has " + stem + "*";
  return text;
}

std::string Where(TopicScope scope, const std::string& narrow) {
  switch (scope) {
    case TopicScope::kContent:
      return narrow + " has";
    case TopicScope::kSentence:
      return "sentence has";
    case TopicScope::kContext:
      return "sentence, or those before it, have";
  }
  return "";
}

std::string Filter(const PlanFilter& filter) {
  std::string text;
  auto line = [&](const std::string& what) { text += "  where " + what + "\n"; };
  if (filter.days) line("days " + FormatDay(filter.days->from) + " to " + FormatDay(filter.days->to));
  if (filter.facts_only) line("facts only");
  if (filter.claims_only) line("claims only");
  if (filter.polarity) line("polarity " + std::string(ToString(*filter.polarity)));
  if (!filter.modalities.empty()) {
    std::string names;
    for (Modality modality : filter.modalities) names += " " + std::string(ToString(modality));
    line("modality" + names);
  }
  if (filter.min_sources > 1) line("independent sources at least " + std::to_string(filter.min_sources));
  if (!filter.said_by.empty()) line("said by " + FormatNodeId(filter.said_by[0]));
  if (!filter.about.empty()) line(Where(filter.topic_scope, "content") + Words(filter.about));
  if (!filter.about_some.empty()) {
    line(Where(filter.topic_scope, "content") + " at least " + std::to_string(filter.about_some_at_least) +
         " of" + Words(filter.about_some));
  }
  if (!filter.place.empty()) line(Where(filter.place_scope, "place") + Words(filter.place));
  return text;
}

}  // namespace

Result<std::string> ExplainPlan(const Plan& plan, const View& view) {
  std::string text = std::string(ToString(plan.aggregate));
  for (size_t i = 0; i < plan.select.size(); ++i) {
    if (plan.select[i] < plan.nodes.size())
      text += (i == 0 ? " of ?" : ", ?") + plan.nodes[plan.select[i]].name;
  }
  text += "\n";
  for (const PlanEdge& edge : plan.edges) {
    if (edge.subject >= plan.nodes.size()) continue;
    WHOWHOM_TRY(std::string relations, Relations(edge, view, plan.widest));
    text += "  " + Node(plan.nodes[edge.subject]) + (edge.either_direction ? " <-(" : " -(") + relations +
            ")-> " + (edge.object < plan.nodes.size() ? Node(plan.nodes[edge.object]) : "anything") + "\n";
  }
  return text + Filter(plan.filter);
}

}  // namespace whowhom::graph
