// Questions from end to end: read, run, widen, and say what was done.
#include <algorithm>
#include <set>

#include "question_grammar.h"
#include "whowhom/graph/question.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxProposals = 3;

class GrammarReader : public QuestionReader {
 public:
  GrammarReader(QuestionLexicon lexicon, const extract::EventCoder* events)
      : lexicon_(std::move(lexicon)), events_(events) {}

  Result<Interpretation> Read(std::string_view question, const View& view, const QuestionOptions& options,
                              bool by_words) const override {
    WHOWHOM_TRY(Interpretation read,
                QuestionGrammar(lexicon_, events_, view, options, by_words).Read(question));
    for (Proposal& proposal : read.proposals) {
      if (!proposal.unknown) continue;
      WHOWHOM_TRY(auto near, view.FindActors(proposal.asked, kMaxProposals));
      for (const ActorMatch& match : near) proposal.instead.push_back(match.node.label);
    }
    return read;
  }

 private:
  QuestionLexicon lexicon_;
  const extract::EventCoder* events_;
};

// One way to look further when nothing was found. False if it does not apply.
using Widening = bool (*)(Plan*, std::string* note);

bool WidenPreposition(Plan* plan, std::string* note) {
  if (plan->widest >= MatchTier::kPreposition) return false;
  plan->widest = MatchTier::kPreposition;
  *note = "nothing found by the verb alone: other prepositions are taken in";
  return true;
}
bool WidenSentence(Plan* plan, std::string* note) {
  if (plan->filter.about.empty() || plan->filter.about_in_sentence) return false;
  plan->filter.about_in_sentence = true;
  *note = "nothing found with these words in what was said or done: they may stand anywhere in the sentence";
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

bool Found(const Answer& answer) { return !answer.rows.empty(); }

}  // namespace

Result<std::unique_ptr<QuestionReader>> QuestionReader::Load(const std::string& data_dir,
                                                             const extract::EventCoder* events) {
  WHOWHOM_TRY(QuestionLexicon lexicon, QuestionLexicon::Load(data_dir));
  return std::unique_ptr<QuestionReader>(std::make_unique<GrammarReader>(std::move(lexicon), events));
}

namespace {

// Runs the plan, and wider ones while nothing is found.
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
    if (!widen(&wider, &note)) continue;
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

// A plan that was given a common noun of the question as one thing.
bool BindsThing(const View& view, const Plan& plan) {
  return std::any_of(plan.nodes.begin(), plan.nodes.end(), [&](const PlanNode& node) {
    if (node.any_of.empty()) return false;
    const auto found = view.FindNode(node.any_of.front());
    return found.ok() && found->has_value() && !(*found)->is_actor;
  });
}

// Rows of `more` about other edges than the answer's, behind them.
void AppendNew(Answer more, size_t limit, Answer* answer) {
  if (more.columns != answer->columns) return;
  std::set<uint64_t> known;
  for (const AnswerRow& row : answer->rows) known.insert(row.edges.begin(), row.edges.end());
  for (AnswerRow& row : more.rows) {
    const bool is_new =
        std::none_of(row.edges.begin(), row.edges.end(), [&](uint64_t id) { return known.contains(id); });
    if (!is_new) continue;
    ++answer->total;
    if (limit == 0 || answer->rows.size() < limit) answer->rows.push_back(std::move(row));
  }
}

}  // namespace

Result<Reply> Ask(const QuestionReader& reader, const View& view, std::string_view question,
                  const QuestionOptions& question_options, const RunOptions& run_options) {
  Reply reply;
  WHOWHOM_TRY(reply.interpretation, reader.Read(question, view, question_options));
  Interpretation& read = reply.interpretation;
  if (read.has_unknown() || read.shape == QuestionShape::kPath) {
    reply.searched = read.understood;
    return reply;
  }
  WHOWHOM_TRY_STATUS(RunWidening(view, question_options, run_options, &reply));
  const bool names_thing =
      reply.interpretation.plan.aggregate == Aggregate::kRows && BindsThing(view, reply.interpretation.plan);
  if (Found(reply.answer) && names_thing && !question_options.exact) {
    // "who condemned the attack": those who condemned the missile attack, too.
    Result<Interpretation> by_words = reader.Read(question, view, question_options, true);
    if (by_words.ok() && !by_words->has_unknown()) {
      WHOWHOM_TRY(Answer more, RunPlan(by_words->plan, view, run_options));
      AppendNew(std::move(more), run_options.limit, &reply.answer);
    }
  }
  if (!Found(reply.answer) && !question_options.exact) {
    Reply second;
    Result<Interpretation> by_words = reader.Read(question, view, question_options, true);
    if (by_words.ok() && !by_words->has_unknown()) {
      second.interpretation = std::move(*by_words);
      WHOWHOM_TRY_STATUS(RunWidening(view, question_options, run_options, &second));
      if (Found(second.answer)) {
        second.interpretation.notes.emplace_back("common nouns are looked for by their words");
        return second;
      }
    }
  }
  if (!Found(reply.answer)) reply.searched = read.understood;
  return reply;
}

}  // namespace whowhom::graph
