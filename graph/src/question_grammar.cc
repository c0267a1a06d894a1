// The shapes of questions.
#include "question_grammar.h"

#include <algorithm>
#include <set>

#include "view_impl.h"

namespace whowhom::graph {
namespace {

constexpr size_t kEventsShown = 20;
constexpr uint64_t kEventSteps = 20'000;  // edges and statements looked at for the day of an event
constexpr size_t kMaxKindWords = 3;       // "Iranian opposition groups"
constexpr std::string_view kHowToAsk =
    "ask for example: who accused whom; who did NAME accuse; what did NAME say about WORDS; when did NAME "
    "meet NAME";

bool IsOneOf(const std::string& word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

Error QuestionGrammar::Unclear(const std::string& what) const {
  std::string shown = question_.size() > 80 ? question_.substr(0, 80) + "..." : question_;
  return InvalidInput("reading the question \"" + shown + "\": " + what + "; " + std::string(kHowToAsk));
}

Result<Interpretation> QuestionGrammar::Read(std::string_view question) {
  question_ = std::string(question.substr(0, kMaxQuestionBytes));
  if (question.size() > kMaxQuestionBytes) {
    return Unclear("it has " + std::to_string(question.size()) + " bytes, at most " +
                   std::to_string(kMaxQuestionBytes) + " are read");
  }
  words_ = SplitQuestion(question);
  if (words_.empty()) return Unclear("it is empty");
  if (words_.size() > kMaxQuestionWords) {
    return Unclear("it has " + std::to_string(words_.size()) + " words, at most " +
                   std::to_string(kMaxQuestionWords) + " are read");
  }
  out_.people_words = lexicon_.PeopleWords();
  for (size_t i = 2; i < words_.size(); ++i) {
    const bool is_second = Is(i, "wh") && Lower(i - 1) == "and" && Is(0, "wh") && Lower(i) == Lower(0);
    if (is_second) return Unclear("it asks two things at once: ask them one after the other");
  }
  for (size_t i = 1; i < words_.size(); ++i) {
    if (!words_[i].capital) continue;
    for (const std::string& word : StemsOf(i, i + 1)) out_.name_words.insert(word);
  }
  is_headline_ = words_.size() > 2;
  for (size_t i = 1; i < words_.size(); ++i) {  // "Who is the US Secretary of State" is none
    const bool is_short = words_[i].text.size() <= 3 || words_[i].text[0] == '\'';
    is_headline_ = is_headline_ && (words_[i].capital || (is_short && !IsAux(i)));
  }
  PlanFilter& filter = out_.plan.filter;
  filter.facts_only = options_.facts_only;
  filter.claims_only = options_.claims_only;
  filter.min_sources = options_.min_sources;
  filter.days = options_.days;
  AskSpeaker();
  DropPolite();
  WHOWHOM_TRY_STATUS(DropAdverbs());
  WHOWHOM_TRY_STATUS(TakeTimes());
  if (!by_words_) WHOWHOM_TRY_STATUS(TakeEventTimes());
  WHOWHOM_TRY_STATUS(TakeAttribution());
  TakeRank();
  if (words_.empty()) return Unclear("it has no verb");
  std::vector<QuestionWord> second;
  WHOWHOM_TRY_STATUS(SplitDeeds(&second));
  WHOWHOM_TRY_STATUS(ReadShape());
  if (!second.empty()) WHOWHOM_TRY_STATUS(JoinDeed(std::move(second)));
  if (out_.shape == QuestionShape::kEdges) {
    filter.polarity = negated_ ? Polarity::kNegative : Polarity::kPositive;
    if (!future_) filter.modalities = {Modality::kAsserted};
  }
  return std::move(out_);
}

// "according to whom were 13 killed": who said that ...
void QuestionGrammar::AskSpeaker() {
  if (Lower(0) != "according" || Lower(1) != "to" || !Is(2, "wh")) return;
  words_.erase(words_.begin(), words_.begin() + 3);
  QuestionWord who, said, that;
  who.text = who.lower = "who";
  said.text = said.lower = "said";
  that.text = that.lower = "that";
  words_.insert(words_.begin(), {who, said, that});
}

// "who left the pact and sanctioned X": the words of the second deed, "who sanctioned X".
Status QuestionGrammar::SplitDeeds(std::vector<QuestionWord>* second) {
  if (!Is(0, "wh") || !Lower(0).starts_with("who") || IsAux(1)) return {};
  for (size_t i = 3; i + 1 < words_.size(); ++i) {
    const bool is_past = Lower(i + 1).ends_with("ed") || lexicon_.IsParticiple(Lower(i + 1));
    if (Lower(i) != "and" || words_[i + 1].capital || !is_past || Is(i + 1, "be")) continue;
    WHOWHOM_TRY(const bool is_verb, IsVerb(i + 1));
    if (!is_verb) continue;
    second->assign(words_.begin() + static_cast<ptrdiff_t>(i), words_.end());
    second->front() = words_.front();
    words_.resize(i);
    return {};
  }
  return {};
}

// The second deed as a further edge of the same "who"; its other words are conditions on its sentence.
Status QuestionGrammar::JoinDeed(std::vector<QuestionWord> second) {
  QuestionGrammar inner(lexicon_, events_, view_, options_, by_words_);
  inner.out_.people_words = out_.people_words;
  inner.words_ = std::move(second);
  inner.question_ = question_;
  WHOWHOM_TRY_STATUS(inner.ReadShape());
  Plan& plan = out_.plan;
  const Plan& more = inner.out_.plan;
  const bool fits = out_.shape == QuestionShape::kEdges && plan.edges.size() == 1 && more.edges.size() == 1 &&
                    plan.nodes[plan.edges[0].subject].any_of.empty() &&
                    more.nodes[more.edges[0].subject].any_of.empty();
  if (!fits) return Unclear("it asks two things at once: ask them one after the other");
  PlanEdge edge = more.edges[0];
  if (edge.object != kNoNode) {
    plan.nodes.push_back(more.nodes[edge.object]);
    edge.object = plan.nodes.size() - 1;
  }
  edge.subject = plan.edges[0].subject;
  for (const auto* stems : {&more.filter.about, &more.filter.place})
    edge.sentence.insert(edge.sentence.end(), stems->begin(), stems->end());
  plan.edges.push_back(std::move(edge));
  plan.aggregate = Aggregate::kRows;
  out_.notes.insert(out_.notes.end(), inner.out_.notes.begin(), inner.out_.notes.end());
  out_.proposals.insert(out_.proposals.end(), inner.out_.proposals.begin(), inner.out_.proposals.end());
  out_.understood += ", and " + inner.out_.understood;
  return {};
}

// "please tell me who ...", "list the groups that ...", "show me what ..."
void QuestionGrammar::DropPolite() {
  size_t at = 0;
  while (at < words_.size() && Is(at, "polite") && words_[at].quote == 0) ++at;
  if (at == 0 || at >= words_.size()) return;
  size_t begin = at;
  while (Is(begin, "det")) ++begin;
  size_t type = begin;  // "the Iranian opposition groups"
  const auto has_type = [this](size_t i) {
    return i < words_.size() && lexicon_.Value(Lower(i), "type") != nullptr;
  };
  while (type < begin + kMaxKindWords && type < words_.size() && !has_type(type) && !Is(type, "prep") &&
         !Is(type, "wh") && Lower(type) != "that")
    ++type;
  const bool typed = has_type(type);
  if (!typed && !Is(at, "wh")) return;
  words_.erase(words_.begin(), words_.begin() + static_cast<ptrdiff_t>(typed ? begin : at));
  if (!typed) return;
  QuestionWord which;
  which.text = which.lower = "which";
  words_.insert(words_.begin(), which);
  const size_t behind = type - begin + 2;
  if (behind >= words_.size() || !(Lower(behind) == "that" || Is(behind, "wh"))) return;
  // "the groups that the cable names": "which groups did the cable name"
  const bool has_subject =
      Is(behind + 1, "det") || (behind + 1 < words_.size() && words_[behind + 1].capital);
  if (has_subject) {
    words_[behind].text = words_[behind].lower = "did";
    for (size_t i = behind + 2; i < words_.size(); ++i) {  // "that X must avoid": "must X avoid"
      if (!IsModal(i)) continue;
      words_[behind] = words_[i];
      words_.erase(words_.begin() + static_cast<ptrdiff_t>(i));
      break;
    }
  } else {
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(behind));
  }
}

// "who verbally attacked X": how it was done is left out, and said.
Status QuestionGrammar::DropAdverbs() {
  for (size_t i = words_.size(); i-- > 1;) {
    const std::string& word = Lower(i);
    const bool is_adverb = word.size() > 4 && word.ends_with("ly") && !words_[i].capital &&
                           words_[i].quote == 0 && !Is(i, "skip") && !Is(i, "kept");
    if (!is_adverb) continue;
    WHOWHOM_TRY(const bool verb, IsVerb(i));
    if (verb) continue;
    out_.notes.push_back("\"" + word + "\" is left out");
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(i));
  }
  return {};
}

Status QuestionGrammar::TakeTimes() {
  std::optional<Day> today = options_.today;
  if (!today) {
    WHOWHOM_TRY(storage::StoreStats stats, view_.snapshot().Stats());
    if (stats.published) today = stats.published->to;
  }
  while (auto time = FindTime(words_, 0, lexicon_, today)) {
    std::optional<DayRange>& days = out_.plan.filter.days;
    if (days) {
      DayRange both{std::max(days->from, time->days.from), std::min(days->to, time->days.to)};
      if (both.to < both.from) return Unclear("its times contradict each other or --since and --until");
      days = both;
    } else {
      days = time->days;
    }
    out_.notes.push_back("\"" + JoinWords(words_, time->begin, time->end) + "\" is read as " +
                         FormatDay(time->days.from) + " to " + FormatDay(time->days.to));
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(time->begin),
                 words_.begin() + static_cast<ptrdiff_t>(time->end));
  }
  return {};
}

// "before the attack on the base": the day of the best reported event whose sentence has these words, if any
// has. Words that follow a time are left in peace where the graph has no such event.
Status QuestionGrammar::TakeEventTimes() {
  for (size_t i = 1; i + 1 < words_.size(); ++i) {
    const std::string& prep = Lower(i);
    if (!IsOneOf(prep, {"before", "after", "since"}) || words_[i].capital) continue;
    const size_t begin = i + 1;
    const size_t end = words_.size();
    const std::vector<std::string> stems = StemsOf(begin, end);
    if (stems.empty() || out_.plan.filter.days) return {};
    Plan plan;
    plan.nodes = {{.name = "who"}, {.name = "whom"}};
    PlanEdge deed;
    deed.object = 1;
    for (uint8_t c = static_cast<uint8_t>(EventClass::kAgree); deed.classes.size() < 16; ++c)
      deed.classes.push_back(static_cast<EventClass>(c));
    plan.edges = {deed};
    AddStems(stems, &plan.filter.about);
    plan.filter.topic_scope = TopicScope::kSentence;
    plan.filter.polarity = Polarity::kPositive;
    plan.filter.modalities = {Modality::kAsserted};
    plan.aggregate = Aggregate::kTimes;
    RunOptions options;
    options.limit = kEventsShown;
    options.max_steps = kEventSteps;
    options.with_evidence = false;
    WHOWHOM_TRY(const Answer answer, RunPlan(plan, view_, options));
    const AnswerRow* best = nullptr;  // one whose time is told, before one of the day of its article
    for (const AnswerRow& row : answer.rows) {
      const bool is_told = !row.values.front().ends_with(")");
      if (row.days && (best == nullptr || (is_told && best->values.front().ends_with(")")))) best = &row;
    }
    if (best == nullptr) return {};
    const DayRange event = *best->days;
    const Day first = *MakeDay(1, 1, 1), last = *MakeDay(9999, 12, 31);
    out_.plan.filter.days =
        prep == "before" ? DayRange{first, Day{event.from.number - 1}} : DayRange{event.from, last};
    out_.notes.push_back("\"" + JoinWords(words_, i, end) + "\" is read as " + prep + " " +
                         FormatDay(event.from) + ", when " + best->subject + " - " + best->relation + " - " +
                         best->object + " (" + FormatEdgeId(best->edges.front()) + ")");
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(i), words_.end());
    return {};
  }
  return {};
}

// "according to CNN" anywhere, and --said-by.
Status QuestionGrammar::TakeAttribution() {
  auto add = [&](const Operand& speaker, const std::string& text) {
    if (speaker.kind == Operand::Kind::kBound) {
      out_.plan.filter.said_by = speaker.node.any_of;
    } else {
      out_.proposals.push_back({text, {}, true});
    }
  };
  for (size_t i = 0; i + 2 < words_.size(); ++i) {
    if (Lower(i) != "according" || Lower(i + 1) != "to") continue;
    WHOWHOM_TRY(size_t end, PhraseEnd(i + 2));
    if (size_t comma = i + 3; Is(i + 2, "back") || end < comma) end = std::min(words_.size(), comma);
    // At the start the question follows at once: the name ends where a question word begins.
    for (size_t k = i + 3; k < end; ++k) {
      if (Is(k, "wh")) end = k;
    }
    WHOWHOM_TRY(Operand speaker, ReadPhrase(i + 2, end));
    add(speaker, JoinWords(words_, i + 2, end));
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(i), words_.begin() + static_cast<ptrdiff_t>(end));
    break;
  }
  if (!options_.said_by.empty()) {
    std::vector<QuestionWord> kept;
    kept.swap(words_);
    words_ = SplitQuestion(options_.said_by);
    for (QuestionWord& word : words_) word.capital = true;
    Result<Operand> speaker = ReadPhrase(0, words_.size());
    words_.swap(kept);
    if (!speaker.ok()) return speaker.error();
    add(*speaker, options_.said_by);
  }
  return {};
}

// "most often", "the most": rows are added up by actor.
void QuestionGrammar::TakeRank() {
  for (size_t i = 1; i < words_.size(); ++i) {
    if (!Is(i, "rank") || Lower(i) == "often" || Lower(i) == "frequently" || Lower(i) == "least") continue;
    bool superlative_of_number = i > 0 && Is(i - 1, "wh") && Lower(i - 1) == "how";
    // "who is the most powerful chief": said of him, not counted.
    const bool is_quality = Is(1, "be") && Lower(i) == "most" && i + 2 < words_.size() &&
                            !Is(i + 1, "prep") && !Is(i + 1, "rank") && !lexicon_.IsParticiple(Lower(i + 1));
    if (superlative_of_number || is_quality) continue;
    size_t begin = i > 0 && Lower(i - 1) == "the" ? i - 1 : i, end = i + 1;
    while (Is(end, "rank")) ++end;
    rank_ = true;
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(begin),
                 words_.begin() + static_cast<ptrdiff_t>(end));
    return;
  }
}

Status QuestionGrammar::ReadShape() {
  size_t at = 0;
  const std::string* kind =
      Lower(1) == "which" || Lower(1) == "what" ? lexicon_.Value(Lower(2), "type") : nullptr;
  if (Is(0, "where") && kind != nullptr && (*kind == "GPE" || *kind == "PLACE" || *kind == "GPE|PLACE") &&
      IsAux(3)) {
    words_.erase(words_.begin(), words_.begin() + 2);  // "in which countries does X ...": where
    words_[0].text = words_[0].lower = "where";
  }
  if (Is(0, "prep") && Is(1, "wh")) {  // "by whom was X accused", "with whom did X meet"
    std::string prep = Lower(0);
    words_.erase(words_.begin());
    QuestionWord last;
    last.text = last.lower = prep;
    words_.push_back(last);  // as if stranded: "whom did X meet with"
  }
  const std::string first = Lower(0);
  if (first == "how") return ReadHow(1);
  if (first == "where" && Is(1, "be")) {
    WHOWHOM_TRY(const bool is_place, ReadWhereIs(2));
    if (is_place) return {};
  }
  if (first == "when" || first == "where") {
    Aggregate aggregate = first == "when" ? Aggregate::kTimes : Aggregate::kPlaces;
    return ReadObjectClause(Operand{}, 1, aggregate);
  }
  if (first == "why") {
    out_.notes.emplace_back("reasons are not coded: the sentences are shown");
    return ReadObjectClause(Operand{}, 1, Aggregate::kRows);
  }
  if (first == "what" && Is(1, "be")) {
    size_t next = 2;
    while (Is(next, "det")) ++next;
    bool noun = IsOneOf(Lower(next), {"relation", "relations", "relationship", "connection", "link"});
    if (noun) ++next;
    if (Lower(next) == "between") return ReadRelationOfTwo(next + 1, false);
  }
  // "what is X's job", "what office does X hold": who X is
  const auto is_job = [this](size_t i) {
    return IsOneOf(Lower(i), {"job", "office", "position", "post", "role", "title", "function"});
  };
  const size_t count = words_.size();
  if (first == "what" && Is(1, "be") && count > 4 && is_job(count - 1) && Lower(count - 2) == "'s") {
    words_.resize(count - 2);
    words_[0].text = words_[0].lower = "who";
    return ReadShape();
  }
  if ((first == "what" || first == "which") && is_job(1) && Is(2, "do") && count > 4 &&
      IsOneOf(Lower(count - 1), {"hold", "have", "occupy"})) {
    words_.erase(words_.begin() + 1);
    words_.pop_back();
    words_[0].text = words_[0].lower = "who";
    words_[1].text = words_[1].lower = "is";
    return ReadShape();
  }
  // "what is going on between X and Y", "what happened between X and Y"
  for (size_t i = 2; first == "what" && i < std::min<size_t>(count, 5); ++i) {
    if (Lower(i) == "between") return ReadRelationOfTwo(i + 1, false);
  }
  if (first == "what" && IsOneOf(Lower(1), {"happened", "happens"})) return ReadHappened(2);
  if (first == "what" && IsOneOf(Lower(1), {"links", "connects", "ties", "joins", "relates"}))
    return ReadRelationOfTwo(2, true);
  if (Is(0, "wh")) {
    Operand variable;
    at = 1;
    if (first == "which" || first == "what" || first == "whose") {
      WHOWHOM_TRY(variable, ReadKind(&at));
    }
    if (variable.kind == Operand::Kind::kNone) {
      variable.kind = Operand::Kind::kVariable;
      variable.node.name = first;
      variable.node.actors_only = first.starts_with("who");
    }
    bool contents = first == "what" && variable.node.name == "what";
    return ReadAfterWh(std::move(variable), at, contents ? Aggregate::kContents : Aggregate::kRows);
  }
  if (IsAux(0)) return ReadObjectClause(Operand{}, 0, Aggregate::kExists);
  return ReadPlainClause(0);
}

// The kind asked for: "which countries", "which Saudi official", "which defence secretary", "which airline";
// `at` goes behind it. kNone if the verb follows at once.
Result<Operand> QuestionGrammar::ReadKind(size_t* at) {
  size_t end = *at;
  while (end < words_.size() && !IsAux(end) && !Is(end, "skip") && !(Is(end, "wh") || Lower(end) == "that")) {
    WHOWHOM_TRY(const bool verb, IsVerb(end));
    // "which opposition groups did ...": a kind behind it, then its clause.
    const bool leads_to_kind =
        end + 2 < words_.size() && lexicon_.Is(Lower(end + 1), "type") && IsAux(end + 2);
    if (verb && end > *at && !leads_to_kind && !(end + 1 < words_.size() && IsAux(end + 1))) break;
    // "which accusations did X reject": no verb stands right before "did".
    const bool leads_to_do = end + 1 < words_.size() && (Is(end + 1, "do") || IsModal(end + 1));
    if (verb && end == *at && !leads_to_do && !lexicon_.Is(Lower(end), "type")) break;
    ++end;
  }
  Operand variable;
  const size_t begin = *at;
  if (end == begin || end >= words_.size()) return variable;
  size_t typed_end = begin;
  for (size_t i = begin; i < end && typed_end == begin; ++i) {
    if (Is(i, "prep")) break;
    const bool is_last = i + 1 == end || Is(i + 1, "prep");
    if (!is_last) continue;
    WHOWHOM_TRY(variable, OfficeVariable(begin, i + 1));
    if (variable.node.is_choice) {
      typed_end = i + 1;
      break;
    }
    variable = TypedVariable(i, &typed_end);
    if (variable.kind != Operand::Kind::kVariable) typed_end = begin;
    for (size_t k = begin; k < i && typed_end > begin; ++k) AddModifier(k, &variable);
  }
  if (typed_end == begin) {
    variable = Operand{};
    variable.kind = Operand::Kind::kVariable;
    size_t head = end - 1;
    for (size_t i = begin; i < end; ++i) {
      if (Is(i, "prep") && i > begin) {
        head = i - 1;
        break;
      }
    }
    variable.node.name = LowerWords(begin, head + 1);
    const std::vector<std::string> stems = StemsOf(head, head + 1);
    if (!stems.empty()) variable.node.label_stems = {lexicon_.NounStems(stems.back())};
    typed_end = head + 1;
  }
  *at = typed_end;
  return variable;
}

// "Saudi" of "which Saudi officials" is a condition; other words before a kind are not checked, and said.
void QuestionGrammar::AddModifier(size_t at, Operand* variable) {
  if (Is(at, "det") || Is(at, "rank")) return;
  if (const std::string iso = lexicon_.CountryOf(Lower(at)); !iso.empty()) {
    variable->node.country = iso;
  } else {
    out_.notes.push_back("\"" + words_[at].text + "\" is left out");
  }
}

Status QuestionGrammar::ReadHow(size_t at) {
  if (Lower(at) == "often" || Lower(at) == "frequently")
    return ReadObjectClause(Operand{}, at + 1, Aggregate::kCountStatements);
  if (Lower(at) == "many" || Lower(at) == "much") {
    if (Lower(at + 1) == "times") return ReadObjectClause(Operand{}, at + 2, Aggregate::kCountStatements);
    size_t end = at + 1;
    Operand typed = TypedVariable(at + 1, &end);
    const bool counts_actors = by_words_ && typed.kind == Operand::Kind::kVariable;
    return counts_actors ? ReadAfterWh(std::move(typed), end, Aggregate::kCountValues) : ReadHowMany(at + 1);
  }
  for (size_t i = at; i < words_.size(); ++i) {
    if (!IsOneOf(Lower(i), {"connected", "related", "linked", "tied", "associated"})) continue;
    words_.erase(words_.begin() + static_cast<ptrdiff_t>(i));
    if (IsOneOf(Lower(i), {"to", "with"})) words_[i].text = words_[i].lower = "and";
    while (Is(at, "be")) ++at;
    return ReadRelationOfTwo(at, true);
  }
  return ReadObjectClause(Operand{}, at, Aggregate::kRows);
}

// "how many Russian diplomats did Britain expel": the number that the articles state.
Status QuestionGrammar::ReadHowMany(size_t at) {
  size_t end = at + 1;
  for (; end < words_.size() && !IsAux(end); ++end) {
    WHOWHOM_TRY(const bool verb, IsVerb(end));
    if (!verb) continue;
    // "how many states joined": a noun that could be a verb, before the verb.
    WHOWHOM_TRY(const bool is_noun, IsVerb(end + 1));
    if (!is_noun || Is(end + 1, "prep")) break;
  }
  PlanFilter& filter = out_.plan.filter;
  filter.counted = StemsOf(at, std::min(end, words_.size()));
  filter.number_words = lexicon_.WordsWith("number");
  if (filter.counted.empty() || end >= words_.size()) return Unclear("it does not say what is counted");
  if (Is(std::min(end, words_.size()) - 1, "money")) filter.money_words = lexicon_.WordsWith("currency");
  filter.counted.back() = lexicon_.NounStems(filter.counted.back());
  Operand variable;
  variable.kind = Operand::Kind::kVariable;
  variable.node.name = "how many " + JoinWords(words_, at, end);
  return ReadAfterWh(std::move(variable), end, Aggregate::kNumbers);
}

Result<bool> QuestionGrammar::ReadWhereIs(size_t at) {
  size_t end = words_.size();
  while (end > at && Is(end - 1, "located")) --end;
  while (at < end && Is(at, "det")) ++at;
  if (at >= end) return false;
  const size_t head = end - 1;
  for (size_t i = at; i < end; ++i) {
    if (Is(i, "prep") || Is(i, "wh") || Is(i, "back") || IsAux(i)) return false;
  }
  const bool is_deed = !words_[head].capital && end == words_.size() && lexicon_.IsParticiple(Lower(head));
  if (is_deed) return false;
  PlanFilter& filter = out_.plan.filter;
  filter.located = StemsOf(at, end);
  if (filter.located.empty()) return false;
  filter.located.back() = lexicon_.NounStems(filter.located.back());
  AskOfWords(StemsOf(at, end), Aggregate::kPlaces);
  filter.locating_words = lexicon_.WordsWith("located");
  const std::vector<std::string> being = lexicon_.WordsWith("be");
  filter.locating_words.insert(filter.locating_words.end(), being.begin(), being.end());
  out_.understood = "where " + JoinWords(words_, at, end) + " is";
  return true;
}

void QuestionGrammar::AskOfWords(const std::vector<std::string>& stems, Aggregate aggregate) {
  AddStems(stems, &out_.plan.filter.about);
  out_.plan.filter.topic_scope = TopicScope::kSentence;
  PlanEdge edge;
  edge.subject = AddNode(Operand{}, "somebody", true);
  out_.plan.edges.push_back(std::move(edge));
  out_.plan.aggregate = aggregate;
}

// "A and B" from word `at` on.
Status QuestionGrammar::ReadRelationOfTwo(size_t at, bool path) {
  size_t middle = words_.size();
  for (size_t i = at + 1; i + 1 < words_.size(); ++i) {
    if (!Is(i, "and")) continue;
    WHOWHOM_TRY(Operand whole, ReadPhrase(at, i));
    middle = i;
    if (whole.kind == Operand::Kind::kBound) break;
  }
  if (middle == words_.size()) return Unclear("it relates two, but names only one");
  out_.notes.clear();
  out_.proposals.clear();
  WHOWHOM_TRY(Operand left, ReadPhrase(at, middle));
  WHOWHOM_TRY(Operand right, ReadPhrase(middle + 1, words_.size()));
  for (const Operand* side : {&left, &right}) {
    if (side->kind != Operand::Kind::kBound) out_.proposals.push_back({side->text, {}, true});
  }
  if (path && left.kind == Operand::Kind::kBound && right.kind == Operand::Kind::kBound) {
    out_.shape = QuestionShape::kPath;
    out_.from = left.node.any_of[0];
    out_.to = right.node.any_of[0];
    out_.understood = "how " + left.node.name + " is connected to " + right.node.name;
    return {};
  }
  Clause clause;
  clause.subject = left;
  clause.object = right;
  return Assemble(std::move(clause), Operand{}, Aggregate::kRows);
}

// "what happened in Baghdad", "what happened to the embassy"
Status QuestionGrammar::ReadHappened(size_t at) {
  Clause clause;
  happened_ = true;
  WHOWHOM_TRY(clause.groups, ReadGroups(at));
  for (size_t i = 0; i < clause.groups.size(); ++i) {
    if (clause.groups[i].prep != "to" && clause.groups[i].prep != "with") continue;
    clause.object = clause.groups[i].operand;
    clause.groups.erase(clause.groups.begin() + static_cast<ptrdiff_t>(i));
    break;
  }
  return Assemble(std::move(clause), Operand{}, Aggregate::kRows);
}

// Behind "who", "which groups": a clause of which the variable is the subject, or one that has its own.
Status QuestionGrammar::ReadAfterWh(Operand variable, size_t at, Aggregate aggregate) {
  size_t next = at;
  while (next < words_.size() && Is(next, "skip")) ++next;
  if (!IsAux(next)) return ReadSubjectClause(std::move(variable), next, aggregate);
  size_t after = next;
  while (after < words_.size() && (IsAux(after) || Is(after, "not") || Is(after, "skip"))) ++after;
  if (after >= words_.size())
    return ReadSubjectClause(std::move(variable), next, aggregate);  // "who did what" is not here
  WHOWHOM_TRY(bool verb, IsVerb(after));
  bool named = words_[after].capital || Is(after, "det") || Is(after, "back");
  if (!named && !Is(after, "prep")) {
    WHOWHOM_TRY(auto hits, view_.snapshot().FindAlias(words_[after].text));
    named = !verb || (!hits.empty() && !lexicon_.IsKnownVerb(Lower(after)));
  }
  // "who was X accused by" against "who was accused", "who is X", "who did not accuse X"
  if (named && after == next + 1) {
    if (Is(next, "be")) {
      WHOWHOM_TRY(const bool is_office, ReadWhoHolds(variable, after));
      if (is_office) return {};
      WHOWHOM_TRY(const bool is_role, ReadRole(variable, after));
      if (is_role) return {};
    }
    bool more_verbs = false;
    for (size_t i = after + 1; i < words_.size() && !more_verbs; ++i) {
      WHOWHOM_TRY(more_verbs, IsVerb(i));
      // "who was Norland's intelligence chief": behind "was" only "accused" or "looking" are verbs.
      more_verbs = more_verbs && (!Is(next, "be") || lexicon_.IsParticiple(Lower(i)));
      more_verbs = more_verbs || (Is(next, "be") && IsGoingOn(i));  // "what was X looking for"
    }
    if (!Is(next, "be") || more_verbs) return ReadObjectClause(std::move(variable), next, aggregate);
    return ReadWhoIs(std::move(variable), next, after);
  }
  return ReadSubjectClause(std::move(variable), next, aggregate);
}

Status QuestionGrammar::ReadWhoIs(Operand variable, size_t be, size_t at) {
  Clause clause;
  WHOWHOM_TRY(clause.subject, ReadPhrase(at, words_.size()));
  WHOWHOM_TRY(clause.verb, ReadVerb(be));
  clause.verb.lemmas = {"be"};
  clause.any_target = true;
  const bool is_known = clause.subject.kind == Operand::Kind::kBound;
  if (is_known) variable.node.actors_only = false;
  if (clause.subject.kind == Operand::Kind::kWords) {  // "who was the most powerful chief": whoever was that
    std::vector<std::string> stems = clause.subject.stems;
    for (const std::string& stem : by_words_ ? std::vector<std::string>{} : clause.subject.stems) {
      const std::string iso = lexicon_.CountryOf(stem);  // "the governor of Norland's bank": one of Norland
      if (iso.empty() || !variable.node.country.empty()) continue;
      variable.node.country = iso;
      std::erase(stems, stem);
    }
    AddStems(stems, &out_.plan.filter.about);
    clause.subject = variable;
    out_.is_identity = true;
    return Assemble(std::move(clause), variable, Aggregate::kRows);
  }
  for (const NodeId id : clause.subject.node.any_of) {  // offices too: "be foreign minister of"
    std::set<RelationId> relations;
    storage::EdgePattern pattern;
    pattern.subject = id;
    WHOWHOM_TRY_STATUS(view_.ScanEdges(pattern, [&](const FoldedEdge& edge) {
      relations.insert(edge.key.relation);
      return true;
    }));
    for (const RelationId relation : relations) {
      WHOWHOM_TRY(const std::string label, view_.RelationLabel(relation));
      if (label.starts_with("be ")) clause.verb.lemmas.push_back(label);
    }
  }
  return Assemble(std::move(clause), variable, is_known ? Aggregate::kContents : Aggregate::kRows);
}

}  // namespace whowhom::graph
