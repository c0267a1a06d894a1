// Questions from end to end: read, run, widen, and say what was done.
#include <algorithm>
#include <set>

#include "question_grammar.h"
#include "whowhom/graph/question.h"
#include "widen.h"

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

  std::vector<std::string> VerbsLike(std::string_view verb) const override {
    std::set<std::string> verbs = {std::string(verb)};
    if (const QuestionLexicon::Group* group = lexicon_.GroupNamed(verb))
      verbs.insert(group->verbs.begin(), group->verbs.end());
    return {verbs.begin(), verbs.end()};
  }

 private:
  QuestionLexicon lexicon_;
  const extract::EventCoder* events_;
};

}  // namespace

Result<std::unique_ptr<QuestionReader>> QuestionReader::Load(const std::string& data_dir,
                                                             const extract::EventCoder* events) {
  WHOWHOM_TRY(QuestionLexicon lexicon, QuestionLexicon::Load(data_dir));
  return std::unique_ptr<QuestionReader>(std::make_unique<GrammarReader>(std::move(lexicon), events));
}

namespace {

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
  if (Found(reply.answer) || question_options.exact) {
    if (!Found(reply.answer)) reply.searched = read.understood;
    return reply;
  }
  Reply second;
  Result<Interpretation> by_words = reader.Read(question, view, question_options, true);
  const bool has_words = by_words.ok() && !by_words->has_unknown();
  if (has_words) {
    second.interpretation = std::move(*by_words);
    WHOWHOM_TRY_STATUS(RunWidening(view, question_options, run_options, &second));
  }
  if (!Found(second.answer)) {
    WHOWHOM_TRY_STATUS(RunThings(view, run_options, &reply));
    if (Found(reply.answer)) return reply;
    if (has_words) WHOWHOM_TRY_STATUS(RunThings(view, run_options, &second));
  }
  if (!Found(second.answer)) {
    WHOWHOM_TRY_STATUS(RunFurther(view, run_options, &reply));
    if (Found(reply.answer)) return reply;
    if (has_words) WHOWHOM_TRY_STATUS(RunFurther(view, run_options, &second));
  }
  if (Found(second.answer)) {
    second.interpretation.notes.emplace_back("common nouns are looked for by their words");
    return second;
  }
  reply.searched = read.understood;
  WHOWHOM_TRY(reply.closest, RunClosest(view, run_options, read.plan));
  return reply;
}

}  // namespace whowhom::graph
