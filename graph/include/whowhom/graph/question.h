// English questions -> plans -> answers.
//
//   WHOWHOM_TRY(auto reader, QuestionReader::Load("data", nullptr));
//   WHOWHOM_TRY(Reply reply, Ask(*reader, *view, "who accused Iran of supporting Al Qaeda?", {}));
//   for (const AnswerRow& row : reply.answer.rows) ...
//
// The grammar works on words: question words, verbs by their forms, names by the longest alias that the store
// knows. It needs no trained model, so a question means the same whatever model read the articles. What it
// cannot place is said in `notes`; a name nobody bears gives proposals and no rows. Nothing is ever guessed
// into an answer.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/extract/event_coder.h"
#include "whowhom/graph/plan.h"
#include "whowhom/graph/view.h"

namespace whowhom::graph {

struct QuestionOptions {
  std::optional<DayRange> days = {};     // as --since, --until; a time in the question narrows it
  std::vector<EventClass> classes = {};  // as --class: edges must have one of these
  std::string said_by = {};              // as --said-by; empty = anybody
  bool facts_only = false;
  bool claims_only = false;
  uint32_t min_sources = 0;
  bool exact = false;    // the verb itself only, no synonyms or classes
  bool related = false;  // with nothing found: other verbs of the same event class too
  std::optional<Day> today =
      {};  // what "last week" counts from; empty = the latest publication day of the store
};

// A name of the question that nobody bears, or several do.
struct Proposal {
  std::string asked;                 // as written in the question
  std::vector<std::string> instead;  // labels, best first; empty = nothing near
  bool unknown = true;               // false: it was read as the first one, the others are possible too
};

enum class QuestionShape : uint8_t { kEdges, kPath };

struct Interpretation {
  QuestionShape shape = QuestionShape::kEdges;
  Plan plan;                              // kEdges
  NodeId from, to;                        // kPath: "how is A connected to B"
  std::string understood;                 // the question in plain words: "who - accuse - Iran"
  std::vector<std::string> notes;         // what was read in how far: "Johnson is read as Boris Johnson"
  std::vector<std::string> people_words;  // nouns that a "who" without a name may be: "protesters", "police"
  std::vector<std::string> kind_words;    // nouns of the kind asked for: "states" of "which countries"
  // For looking further: topic stems with those that mean nearly the same, and the stems that begin names.
  // "who is X": nothing but what somebody is said to be tells it.
  bool is_identity = false;
  // "who died": the same as done to them ("was killed"), for where the first edge finds nothing.
  std::optional<PlanEdge> suffered;
  bool is_speech = false;
  bool is_accusation = false;
  std::map<std::string, std::string> wider_words;
  std::set<std::string> name_words;
  std::vector<Proposal> proposals;  // any with unknown = true: the plan finds nothing
  bool has_unknown() const;
};

// Immutable after loading; thread-safe.
class QuestionReader {
 public:
  // Reads data_dir/questions/*.tsv. `events` (may be null; must outlive the reader) gives the class of verbs
  // that the store has not seen.
  static Result<std::unique_ptr<QuestionReader>> Load(const std::string& data_dir,
                                                      const extract::EventCoder* events);
  virtual ~QuestionReader() = default;

  // `by_words`: common nouns ("diplomats", "the attack") are looked for by their words in the statements
  // instead of as nodes. kInvalidInput, with what was understood and how to ask, for a question that is
  // empty, too long (2000 bytes, 60 words) or has no verb. Cost: one alias look-up per run of words.
  virtual Result<Interpretation> Read(std::string_view question, const View& view,
                                      const QuestionOptions& options, bool by_words = false) const = 0;
  // The lemmas that questions take for `verb`, itself among them. Sorted.
  virtual std::vector<std::string> VerbsLike(std::string_view verb) const = 0;
};

struct Reply {
  Interpretation interpretation;
  Answer answer;
  std::string searched;  // with no rows: what was looked for, in words
  Answer closest;        // with no rows: the same actors under other verbs of the class; never an answer
};

// Reads, runs, and widens step by step only while nothing is found: the verb and its synonyms; other
// prepositions; the words of the topic anywhere in the sentence; planned and possible deeds; the verb's event
// class; then, over at most 20,000 statements, near-synonyms of the topic's words, most of them, and the
// sentences before. Each step taken is said in `notes`. kPath questions come back without rows: see
// traversal.h.
Result<Reply> Ask(const QuestionReader& reader, const View& view, std::string_view question,
                  const QuestionOptions& question_options, const RunOptions& run_options);

}  // namespace whowhom::graph
