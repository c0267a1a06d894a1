// The ladder of wider plans.
#include "widen.h"

#include <algorithm>

namespace whowhom::graph {
namespace {

// Edges and statements looked at in each of the further steps: they read statements one by one.
constexpr uint64_t kFurtherSteps = 20'000;

// One way to look further when nothing was found. False if it does not apply.
using Widening = bool (*)(Plan*, std::string* note);

bool WidenPreposition(Plan* plan, std::string* note) {
  if (plan->widest >= MatchTier::kPreposition) return false;
  plan->widest = MatchTier::kPreposition;
  *note = "nothing found by the verb alone: other prepositions are taken in";
  return true;
}
bool WidenSentence(Plan* plan, std::string* note) {
  if (plan->filter.about.empty() || plan->filter.topic_scope != TopicScope::kContent) return false;
  plan->filter.topic_scope = TopicScope::kSentence;
  *note = "nothing found with these words in what was said or done: they may stand anywhere in the sentence";
  return true;
}
// The names among the topic's stems go first; where the common words begin.
std::vector<std::string>::iterator NamesFirst(const Interpretation& read, PlanFilter* filter) {
  return std::stable_partition(filter->about.begin(), filter->about.end(), [&](const std::string& stem) {
    return read.name_words.contains(stem.substr(0, stem.find('|')));
  });
}

// "who is the governor of Norland's bank": what he is must be said of him, whose bank it is anywhere in the
// sentence.
bool WidenNames(const Interpretation& read, Plan* plan, std::string* note) {
  PlanFilter& filter = plan->filter;
  if (filter.topic_scope != TopicScope::kContent) return false;
  const auto first_common = NamesFirst(read, &filter);
  if (first_common == filter.about.begin() || first_common == filter.about.end()) return false;
  std::vector<std::string>& sentence = plan->edges.front().sentence;
  sentence.insert(sentence.end(), filter.about.begin(), first_common);
  filter.about.erase(filter.about.begin(), first_common);
  *note =
      "nothing found with these words in what is said of somebody: names may stand anywhere in the sentence";
  return true;
}
bool WidenModality(Plan* plan, std::string* note) {
  if (plan->filter.modalities.empty() || plan->filter.facts_only) return false;
  plan->filter.modalities.clear();
  *note = "nothing found as done: planned, ordered, requested or possible deeds are taken in";
  return true;
}
bool WidenClass(Plan* plan, std::string* note) {
  bool has_class = std::any_of(plan->edges.begin(), plan->edges.end(),
                               [](const PlanEdge& e) { return !e.classes.empty(); });
  if (plan->widest >= MatchTier::kClass || !has_class) return false;
  plan->widest = MatchTier::kClass;
  *note = "nothing found by the verb and its synonyms: other verbs of the same event class are taken in";
  return true;
}

// "who stormed the parliament": protesters did, whom the graph does not hold as an actor.
bool WidenActors(const std::vector<std::string>& people, Plan* plan) {
  bool widened = false;
  for (PlanNode& node : plan->nodes) {
    if (!node.any_of.empty() || !node.actors_only || !node.types.empty() || !node.country.empty()) continue;
    node.actors_only = false;
    node.label_words = people;
    widened = true;
  }
  return widened;
}

// "which countries joined": "six Gulf states" did.
bool WidenKind(const std::vector<std::string>& nouns, Plan* plan) {
  if (nouns.empty()) return false;
  bool widened = false;
  for (PlanNode& node : plan->nodes) {
    if (!node.any_of.empty() || !node.actors_only || node.types.empty() || !node.country.empty()) continue;
    node.actors_only = false;
    node.label_words = nouns;
    widened = true;
  }
  return widened;
}

// "who killed X": an air strike did. Who is asked for is then what is said to have done it.
bool WidenToThings(Plan* plan) {
  bool widened = false;
  for (const PlanEdge& edge : plan->edges) {
    if (edge.any_relation) continue;
    PlanNode& node = plan->nodes[edge.subject];
    const bool is_who = node.any_of.empty() && node.actors_only && node.types.empty() &&
                        node.country.empty() && node.label_stems.empty();
    if (!is_who) continue;
    node.actors_only = false;
    node.label_words.clear();
    node.expressed = true;
    widened = true;
  }
  return widened;
}

// "what did Iran shoot down": its armed forces did.
Status WidenStates(const View& view, Plan* plan, bool* widened) {
  for (const PlanEdge& edge : plan->edges) {
    PlanNode& node = plan->nodes[edge.subject];
    if (node.any_of.size() != 1) continue;
    WHOWHOM_TRY(const auto state, view.FindNode(node.any_of.front()));
    if (!state || state->type != EntityType::kGpe || state->country.empty()) continue;
    node = PlanNode{.name = node.name,
                    .types = {EntityType::kOrg, EntityType::kGroup, EntityType::kGpe},
                    .country = state->country,
                    .sectors = {"GOV", "MIL"},
                    .actors_only = true};
    *widened = true;
  }
  return {};
}

// "who praised X": who praised X's decision. The actor's words must stand in what is named.
bool WidenObject(const Interpretation&, Plan* plan, std::string* note) {
  PlanEdge& edge = plan->edges.front();
  if (edge.object == kNoNode || edge.any_relation) return false;
  const PlanNode& object = plan->nodes[edge.object];
  if (object.any_of.empty() || object.stems.empty() || object.is_choice) return false;
  const bool is_used_again = std::any_of(plan->edges.begin() + 1, plan->edges.end(), [&](const PlanEdge& e) {
    return e.subject == edge.object || e.object == edge.object;
  });
  if (is_used_again) return false;
  for (const std::string& stem : object.stems) plan->filter.about.push_back(stem);
  edge.object = kNoNode;
  plan->filter.topic_scope = TopicScope::kContent;
  for (PlanRelation& relation : edge.relations) relation.tier = std::min(relation.tier, MatchTier::kSynonym);
  *note = "nothing found with \"" + object.name +
          "\" itself: what is said or done to something of the name is taken in";
  return true;
}
// "who accused X of supporting Y": who says or claims that X supports Y.
bool WidenAccusation(const Interpretation& read, Plan* plan, std::string* note) {
  PlanEdge& edge = plan->edges.front();
  const bool accuses = read.is_accusation && std::find(edge.classes.begin(), edge.classes.end(),
                                                       EventClass::kAccuse) != edge.classes.end();
  if (!accuses || plan->edges.size() != 1 || edge.object == kNoNode || plan->filter.about.empty())
    return false;
  const PlanNode& accused = plan->nodes[edge.object];
  if (accused.any_of.empty() || accused.stems.empty() || accused.is_choice) return false;
  for (std::string& stems : plan->filter.about) {
    const auto wider = read.wider_words.find(stems);
    if (wider != read.wider_words.end()) stems = wider->second;
  }
  plan->filter.about.insert(plan->filter.about.end(), accused.stems.begin(), accused.stems.end());
  plan->filter.topic_scope = TopicScope::kContent;
  *note = "nobody is said to have accused " + accused.name + " of it: those who say it of " + accused.name +
          " are shown";
  edge.object = kNoNode;
  edge.any_relation = true;
  edge.relations.clear();
  edge.classes = {EventClass::kStatement, EventClass::kAccuse};
  return true;
}
bool WidenWords(const Interpretation& read, Plan* plan, std::string* note) {
  bool widened = false;
  for (std::string& stems : plan->filter.about) {
    const auto wider = read.wider_words.find(stems);
    if (wider == read.wider_words.end()) continue;
    stems = wider->second;
    widened = true;
  }
  *note = "nothing found with these words: words that mean nearly the same are taken in";
  return widened;
}
// Three quarters of the common words of a topic; its names all.
bool WidenTopic(const Interpretation& read, Plan* plan, std::string* note) {
  PlanFilter& filter = plan->filter;
  const auto first_common = NamesFirst(read, &filter);
  const auto common = static_cast<size_t>(filter.about.end() - first_common);
  if (common < 4) return false;
  filter.about_some.assign(first_common, filter.about.end());
  filter.about.erase(first_common, filter.about.end());
  filter.about_some_at_least = (common * 3 + 3) / 4;
  *note = "nothing found with all the words of the topic: most of them are enough";
  return true;
}
bool WidenPlace(const Interpretation&, Plan* plan, std::string* note) {
  if (plan->filter.place.empty()) return false;
  plan->filter.place_scope = TopicScope::kContext;
  *note = "the place is named in the sentence or just before it";
  return true;
}
bool WidenContext(const Interpretation& read, Plan* plan, std::string* note) {
  if (read.is_identity) return false;
  if (plan->filter.about.empty() && plan->filter.about_some.empty()) return false;
  plan->filter.topic_scope = TopicScope::kContext;
  *note = "the words of the topic stand in the sentences just before";
  return true;
}
// "which airline lost ...": whoever did, whatever it is called.
bool WidenLabels(const Interpretation&, Plan* plan, std::string* note) {
  bool widened = false;
  for (PlanNode& node : plan->nodes) {
    widened = widened || !node.label_stems.empty();
    // Who was asked for by words: these must stand in the sentence.
    if (!node.stems.empty())
      plan->filter.about.insert(plan->filter.about.end(), node.label_stems.begin(), node.label_stems.end());
    node.label_stems.clear();
  }
  *note = "nothing found of that kind by name: whoever did it is shown";
  return widened;
}

// "what did X say about Y": X may have blamed, praised, denied or demanded it.
bool WidenSpeech(const Interpretation& read, Plan* plan, std::string* note) {
  const bool asks_words =
      read.is_speech && plan->aggregate == Aggregate::kContents && !plan->filter.about.empty();
  if (!asks_words) return false;
  plan->edges.front().any_relation = true;
  plan->edges.front().classes = {EventClass::kStatement, EventClass::kAccuse,  EventClass::kSupport,
                                 EventClass::kReject,    EventClass::kRequest, EventClass::kThreaten,
                                 EventClass::kConcede,   EventClass::kAgree};
  plan->filter.topic_scope = TopicScope::kContent;
  *note = "nothing found as said: what was praised, blamed, asked, refused or promised is taken in";
  return true;
}
// "how many died": those who were killed.
bool WidenToSuffered(const Interpretation& read, Plan* plan, std::string* note) {
  if (!read.suffered) return false;
  plan->edges.front() = *read.suffered;
  if (plan->filter.topic_scope == TopicScope::kContent) plan->filter.topic_scope = TopicScope::kSentence;
  *note = "nobody is said to have died so: those who were killed are shown";
  return true;
}
bool WidenSpeechSentence(const Interpretation& read, Plan* plan, std::string* note) {
  return !read.is_identity && WidenSentence(plan, note);
}

using FurtherWidening = bool (*)(const Interpretation&, Plan*, std::string* note);

}  // namespace

Status RunWidening(const View& view, const QuestionOptions& options, const RunOptions& run_options,
                   Reply* reply) {
  Interpretation& read = reply->interpretation;
  WHOWHOM_TRY(reply->answer, RunPlan(read.plan, view, run_options));
  if (options.exact) return {};
  for (Widening widen : {WidenPreposition, WidenSentence, WidenModality, WidenClass}) {
    if (widen == WidenClass && !options.related) continue;
    if (Found(reply->answer)) break;
    std::string note;
    Plan wider = read.plan;
    const bool by_names = widen == WidenSentence && read.is_identity;
    if (!(by_names ? WidenNames(read, &wider, &note) : widen(&wider, &note))) continue;
    read.plan = std::move(wider);
    WHOWHOM_TRY(reply->answer, RunPlan(read.plan, view, run_options));
    if (Found(reply->answer)) read.notes.push_back(note);
  }
  if (Found(reply->answer)) return {};
  if (Plan people = read.plan; WidenActors(read.people_words, &people)) {
    WHOWHOM_TRY(Answer answer, RunPlan(people, view, run_options));
    if (Found(answer)) {
      reply->answer = std::move(answer);
      read.plan = std::move(people);
      read.notes.emplace_back("no actor of the graph found: people without a name are taken in");
      return {};
    }
  }
  if (Plan kind = read.plan; WidenKind(read.kind_words, &kind)) {
    WHOWHOM_TRY(Answer answer, RunPlan(kind, view, run_options));
    if (Found(answer)) {
      reply->answer = std::move(answer);
      read.plan = std::move(kind);
      read.notes.emplace_back("no actor of that kind found: those without a name are taken in");
      return {};
    }
  }
  bool widened = false;
  Plan wider = read.plan;
  WHOWHOM_TRY_STATUS(WidenStates(view, &wider, &widened));
  if (!widened) return {};
  WHOWHOM_TRY(Answer answer, RunPlan(wider, view, run_options));
  if (!Found(answer)) return {};
  reply->answer = std::move(answer);
  read.plan = std::move(wider);
  read.notes.emplace_back(
      "nothing found of the state itself: its government, forces and bodies are taken in");
  return {};
}

Status RunThings(const View& view, const RunOptions& run_options, Reply* reply) {
  Interpretation& read = reply->interpretation;
  Plan things = read.plan;
  if (!WidenToThings(&things)) return {};
  WHOWHOM_TRY(Answer answer, RunPlan(things, view, run_options));
  if (!Found(answer)) return {};
  reply->answer = std::move(answer);
  read.plan = std::move(things);
  read.notes.emplace_back("nobody is named: what is said to have done it is shown");
  return {};
}

Status RunFurther(const View& view, const RunOptions& run_options, Reply* reply) {
  Interpretation& read = reply->interpretation;
  RunOptions bounded = run_options;
  bounded.max_steps = std::min(bounded.max_steps, kFurtherSteps);
  Plan plan = read.plan;
  std::vector<std::string> notes;
  for (const FurtherWidening widen :
       {WidenAccusation, WidenToSuffered, WidenLabels, WidenWords, WidenSpeech, WidenSpeechSentence,
        WidenObject, WidenTopic, WidenPlace, WidenContext}) {
    std::string note;
    Plan wider = plan;
    if (!widen(read, &wider, &note)) continue;
    WHOWHOM_TRY(Answer answer, RunPlan(wider, view, bounded));
    if (Found(answer)) {
      reply->answer = std::move(answer);
      read.plan = std::move(wider);
      notes.push_back(std::move(note));
      read.notes.insert(read.notes.end(), notes.begin(), notes.end());
      return {};
    }
    // With other steps these would find what is said of anything.
    if (widen == WidenObject || widen == WidenAccusation || widen == WidenToSuffered) continue;
    plan = std::move(wider);
    notes.push_back(std::move(note));
  }
  return {};
}

Result<Answer> RunClosest(const View& view, const RunOptions& run_options, const Plan& plan) {
  Plan wider = plan;
  std::string note;
  RunOptions bounded = run_options;
  bounded.max_steps = std::min(bounded.max_steps, kFurtherSteps);
  if (!WidenClass(&wider, &note)) return Answer{};
  return RunPlan(wider, view, bounded);
}

}  // namespace whowhom::graph
