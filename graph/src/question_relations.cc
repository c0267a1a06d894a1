// The plan put together: verbs to relations, phrases to nodes and conditions.
#include <algorithm>
#include <set>
#include <utility>

#include "question_grammar.h"
#include "whowhom/core/edge.h"

namespace whowhom::graph {
namespace {

bool IsWhere(const std::string& prep) {
  return prep == "in" || prep == "at" || prep == "near" || prep == "inside" || prep == "outside";
}

}  // namespace

void QuestionGrammar::AddStems(const std::vector<std::string>& stems, std::vector<std::string>* to) {
  for (const std::string& stem : stems) {
    std::string all = options_.exact ? stem : lexicon_.NounStems(stem);
    if (const std::string iso = lexicon_.CountryOf(stem);
        !iso.empty() && !options_.exact) {  // "Iraqi": "Iraq"
      for (const std::string& name : lexicon_.NamesOfCountry(iso)) {
        if (name.find(' ') == std::string::npos && name != stem) all += "|" + name;
      }
    }
    const auto offer = [&](const std::string& form) {
      if (form.size() > 3 && !form.starts_with(stem) && all.find(form) == std::string::npos)
        all += "|" + form;
    };
    const std::vector<std::string> lemmas =
        options_.exact ? std::vector<std::string>() : lexicon_.LemmasOf(stem);
    for (const std::string& lemma : lemmas) {
      for (const std::string& form : lexicon_.IrregularForms(lemma)) offer(form);  // "taking": "took"
      for (const std::string& verb : lexicon_.VerbsOf(lemma))  // "interference": "interfering"
        offer(verb.ends_with('e') ? verb.substr(0, verb.size() - 1) : verb);
    }
    if (std::find(to->begin(), to->end(), all) != to->end()) continue;
    to->push_back(all);
    if (const std::string wider = lexicon_.WiderStems(stem); wider != all) out_.wider_words[all] = wider;
  }
}

bool Interpretation::has_unknown() const {
  return std::any_of(proposals.begin(), proposals.end(), [](const Proposal& p) { return p.unknown; });
}

bool QuestionGrammar::IsSpeech(const Verb& verb) const {
  for (const std::string& lemma : verb.lemmas) {
    for (const QuestionLexicon::Group* group : lexicon_.GroupsOf(lemma)) {
      if (group->name == "say") return true;
    }
  }
  return false;
}

bool QuestionGrammar::IsSymmetric(const Verb& verb) const {
  for (const std::string& lemma : verb.lemmas) {
    for (const QuestionLexicon::Group* group : lexicon_.GroupsOf(lemma)) {
      if (group->symmetric) return true;
    }
  }
  return false;
}

std::vector<EventClass> QuestionGrammar::ClassesOf(
    const Verb& verb, const std::vector<storage::RelationInfo>& relations) const {
  for (const std::string& lemma : verb.lemmas) {
    for (const QuestionLexicon::Group* group : lexicon_.GroupsOf(lemma)) {
      if (group->event_class != EventClass::kNone) return {group->event_class};
    }
    extract::EventFrame frame;
    frame.verb = lemma;
    frame.subject_is_actor = frame.object_is_actor = true;
    if (events_ == nullptr) continue;
    EventClass coded = events_->Code(frame).event_class;
    if (coded != EventClass::kNone) return {coded};
  }
  storage::ClassCount best;
  for (const storage::RelationInfo& relation : relations) {
    for (const storage::ClassCount& count : relation.classes) {
      if (count.event_class != EventClass::kNone && count.count > best.count) best = count;
    }
  }
  return best.count > 0 ? std::vector<EventClass>{best.event_class} : std::vector<EventClass>{};
}

Status QuestionGrammar::AddRelation(const std::string& label, MatchTier tier,
                                    std::map<RelationId, MatchTier>* found) {
  RelationId id = ToRelationId(ComputeRelationHash(label));
  WHOWHOM_TRY(auto relation, view_.snapshot().FindRelation(id));
  if (!relation) return {};
  auto [it, is_new] = found->try_emplace(id, tier);
  if (!is_new) it->second = std::min(it->second, tier);
  return {};
}

Result<PlanEdge> QuestionGrammar::RelationsOf(const Clause& clause) {
  PlanEdge edge;
  const Verb& verb = clause.verb;
  bool general = verb.lemmas.empty() || (verb.lemmas.size() == 1 && verb.lemmas[0] == "do");
  if (general) {
    edge.classes = options_.classes;
    for (uint8_t c = static_cast<uint8_t>(EventClass::kAgree); happened_ && edge.classes.size() < 16; ++c) {
      edge.classes.push_back(static_cast<EventClass>(c));
    }
    edge.either_direction = verb.lemmas.empty() && clause.subject.kind == Operand::Kind::kBound;
    return edge;
  }
  edge.any_relation = false;
  edge.either_direction = IsSymmetric(verb);
  std::map<RelationId, MatchTier> found;
  std::vector<storage::RelationInfo> known;
  auto offer = [&](const std::string& lemma, const storage::RelationInfo& relation) {
    std::string rest = relation.label.size() > lemma.size() ? relation.label.substr(lemma.size() + 1) : "";
    bool fits = clause.any_target || rest == clause.prep ||
                (edge.either_direction && clause.prep.empty() && rest == "with");
    MatchTier tier = fits ? MatchTier::kLemma : MatchTier::kPreposition;
    auto [it, is_new] = found.try_emplace(relation.id, tier);
    if (!is_new) it->second = std::min(it->second, tier);
  };
  std::vector<std::string> lemmas = verb.lemmas;
  if (!clause.prep.empty()) {  // "call on": the particle may belong to the lemma
    for (const std::string& lemma : verb.lemmas) lemmas.push_back(lemma + " " + clause.prep);
  }
  for (const std::string& lemma : lemmas) {
    WHOWHOM_TRY(auto relations, view_.snapshot().RelationsOfLemma(lemma));
    for (const storage::RelationInfo& relation : relations) {
      known.push_back(relation);
      bool particle = lemma.find(' ') != std::string::npos;
      if (particle && relation.label == lemma) {
        found[relation.id] = MatchTier::kLemma;
      } else {
        offer(lemma, relation);
      }
    }
  }
  // "warn": "issue warning to", whatever the preposition.
  for (const std::string& lemma : options_.exact ? std::vector<std::string>() : verb.lemmas) {
    for (const std::string& form : lexicon_.LightForms(lemma)) {
      WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(form));
      for (const storage::RelationInfo& relation : relations)
        found.try_emplace(relation.id, MatchTier::kSynonym);
    }
  }
  // "what did X start": "start war in".
  if (clause.any_target && !options_.exact && lexicon_.IsLight(verb.lemmas)) {
    for (const std::string& lemma : verb.lemmas) {
      for (const std::string& noun : lexicon_.ActionNouns()) {
        WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(lemma + " " + noun));
        for (const storage::RelationInfo& relation : relations)
          found.try_emplace(relation.id, MatchTier::kLemma);
      }
    }
  }
  // "close": "order closure of".
  std::set<std::string> closing;  // the verb and what means the same
  for (const std::string& lemma : options_.exact ? std::vector<std::string>() : verb.lemmas) {
    closing.insert(lemma);
    for (const QuestionLexicon::Group* group : lexicon_.GroupsOf(lemma))
      closing.insert(group->verbs.begin(), group->verbs.end());
  }
  for (const std::string& lemma : closing) {
    for (const std::string& noun : lexicon_.NounsOf(lemma)) {
      for (const std::string& cause : lexicon_.WordsWith("causes")) {
        WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma(cause));
        for (const storage::RelationInfo& relation : relations) {
          const std::string start = cause + " " + noun + " ";
          if (relation.label.starts_with(start)) found.try_emplace(relation.id, MatchTier::kSynonym);
        }
      }
    }
  }
  std::string suffix = clause.prep.empty() ? "" : " " + clause.prep;
  for (const std::string& lemma : verb.lemmas) {
    if (clause.prep.empty()) continue;
    // "speak to": one of those who tell, whatever "speak" alone is.
    for (const QuestionLexicon::Group* group : lexicon_.GroupsOf(lemma + suffix)) {
      for (const std::string& synonym : group->verbs)
        WHOWHOM_TRY_STATUS(AddRelation(synonym, MatchTier::kSynonym, &found));
      edge.either_direction = edge.either_direction || group->symmetric;
    }
  }
  for (const std::string& lemma : verb.lemmas) {
    WHOWHOM_TRY_STATUS(
        AddRelation(lemma + suffix, MatchTier::kLemma, &found));  // "set fire to" as a list has it
    for (const QuestionLexicon::Group* group : lexicon_.GroupsOf(lemma)) {
      for (const std::string& synonym : group->verbs) {
        if (std::find(verb.lemmas.begin(), verb.lemmas.end(), synonym) != verb.lemmas.end()) continue;
        if (clause.any_target) {
          WHOWHOM_TRY(auto relations, view_.snapshot().RelationsOfLemma(synonym));
          for (const storage::RelationInfo& relation : relations) {
            WHOWHOM_TRY_STATUS(AddRelation(relation.label, MatchTier::kSynonym, &found));
          }
        }
        WHOWHOM_TRY_STATUS(AddRelation(synonym + suffix, MatchTier::kSynonym, &found));
        if (clause.prep.empty() && group->symmetric) {
          WHOWHOM_TRY_STATUS(AddRelation(synonym + " with", MatchTier::kSynonym, &found));
        }
      }
    }
  }
  for (const auto& [id, tier] : found) edge.relations.push_back({id, tier});
  edge.classes = ClassesOf(verb, known);
  return edge;
}

size_t QuestionGrammar::AddNode(const Operand& operand, const std::string& fallback, bool may_be_missing) {
  PlanNode node = operand.node;
  if (operand.kind == Operand::Kind::kBound) node.stems = operand.stems;
  if (operand.kind == Operand::Kind::kUnknown) {
    bool listed = std::any_of(out_.proposals.begin(), out_.proposals.end(),
                              [&](const Proposal& p) { return p.unknown && p.asked == operand.text; });
    if (!listed) out_.proposals.push_back({operand.text, {}, true});
  }
  if (operand.kind != Operand::Kind::kBound && operand.kind != Operand::Kind::kVariable) {
    node = PlanNode{};
    node.actors_only = !may_be_missing;
  }
  if (node.name.empty()) node.name = fallback;
  out_.plan.nodes.push_back(std::move(node));
  return out_.plan.nodes.size() - 1;
}

// Decides which phrase is the object of the edge; the others stay in the groups.
Status QuestionGrammar::ChooseTarget(Clause* clause, const Operand& asked) {
  if (clause->object.kind != Operand::Kind::kNone) return {};
  std::vector<PrepGroup>& groups = clause->groups;
  auto is_actor = [](const Operand& operand) {
    return operand.kind == Operand::Kind::kBound || operand.kind == Operand::Kind::kVariable ||
           operand.kind == Operand::Kind::kUnknown;
  };
  auto take = [&](size_t i) {
    clause->object = groups[i].operand;
    clause->prep = groups[i].prep;
    groups.erase(groups.begin() + static_cast<ptrdiff_t>(i));
  };
  if (!groups.empty() && groups[0].prep.empty()) {
    if (is_actor(groups[0].operand)) {
      take(0);
      if (!clause->prep.empty()) return {};
      return {};
    }
    // "imposed sanctions on Iran": the actor behind the preposition is the target, the noun a condition.
    for (size_t i = 1; i < groups.size(); ++i) {
      bool target = is_actor(groups[i].operand) && !groups[i].operand.is_thing &&
                    !(groups[i].operand.is_place && IsWhere(groups[i].prep));
      if (!target || groups[i].prep == "of" || groups[i].prep == "by") continue;
      take(i);
      return {};
    }
    return {};
  }
  bool speech = IsSpeech(clause->verb) && asked.kind == Operand::Kind::kVariable && !asked.node.actors_only;
  for (size_t i = 0; i < groups.size() && !speech; ++i) {
    const std::string& prep = groups[i].prep;
    bool unknown = groups[i].operand.kind == Operand::Kind::kUnknown;
    bool where = (groups[i].operand.is_place || unknown) && IsWhere(prep);
    if (!is_actor(groups[i].operand) || prep == "that" || prep == "about" || (where && groups.size() > 1))
      continue;
    if (where && (clause->passive || happened_)) continue;
    take(i);
    return {};
  }
  return {};
}

// What is left becomes conditions: places, topics, words.
Status QuestionGrammar::AddGroups(const Clause& clause) {
  PlanFilter& filter = out_.plan.filter;
  for (const PrepGroup& group : clause.groups) {
    const Operand& operand = group.operand;
    if (operand.kind == Operand::Kind::kVariable || operand.kind == Operand::Kind::kBack)
      continue;  // "... whom of what"
    bool named_place =
        operand.kind == Operand::Kind::kBound ? operand.is_place : operand.kind == Operand::Kind::kUnknown;
    if (IsWhere(group.prep) && named_place) {
      AddStems(operand.stems, &filter.place);
    } else {
      AddStems(operand.stems, &filter.about);
    }
  }
  return {};
}

// "a country that sanctioned him": a second edge.
Status QuestionGrammar::AddJoin(size_t subject_node, size_t typed_node) {
  auto [begin, end] = *join_;
  join_.reset();
  size_t at = begin;
  bool negated = false;
  bool be = false;
  for (; at < end && (IsAux(at) || Is(at, "not") || Is(at, "skip")); ++at) {
    negated = negated || Is(at, "not");
    be = Is(at, "be");
  }
  if (negated) out_.notes.emplace_back("\"not\" in the second part is left out");
  // "that sanctioned him": the country does it; "that Norland sanctioned": it is done to the country.
  size_t verb_at = at;
  WHOWHOM_TRY(bool is_verb, IsVerb(verb_at));
  while (!is_verb && ++verb_at < end) {
    WHOWHOM_TRY(is_verb, IsVerb(verb_at));
  }
  if (!is_verb || verb_at >= end) return Unclear("the part behind \"that\" has no verb");
  Clause second;
  WHOWHOM_TRY(second.verb, ReadVerb(verb_at));
  // "that was ordered to leave": it is done to the country, by whomever.
  const bool is_passive = be && verb_at == at && lexicon_.IsParticiple(Lower(verb_at));
  bool reversed = verb_at > at || is_passive;
  size_t phrase = reversed && !is_passive ? at : verb_at + 1;
  size_t phrase_end = reversed && !is_passive ? verb_at : end;
  if ((!reversed || is_passive) && Is(phrase, "prep")) second.prep = Lower(phrase++);
  const bool by_whom = is_passive && second.prep == "by";
  if (is_passive) second.prep.clear();
  Operand other;
  std::vector<std::string> inner;
  if (is_passive && !by_whom) {
    other.text = JoinWords(words_, phrase, phrase_end);
    other.stems = StemsOf(phrase, phrase_end);
  } else {
    const PlanFilter before = out_.plan.filter;
    WHOWHOM_TRY(other, ReadPhrase(phrase, phrase_end));
    // What the phrase says of a place or topic is of this part.
    for (const auto* stems : {&out_.plan.filter.about, &out_.plan.filter.place}) {
      const size_t known = stems == &out_.plan.filter.about ? before.about.size() : before.place.size();
      inner.insert(inner.end(), stems->begin() + static_cast<ptrdiff_t>(known), stems->end());
    }
    out_.plan.filter = before;
  }
  if (join_) return Unclear("it nests more than two parts");
  const bool is_words = other.kind == Operand::Kind::kWords || (is_passive && !by_whom);
  if (is_words) second.any_target = true;
  WHOWHOM_TRY(PlanEdge edge, RelationsOf(second));
  size_t other_node = kNoNode;
  edge.sentence = std::move(inner);
  if (is_words) {
    AddStems(other.stems, &edge.sentence);
    if (reversed) other_node = AddNode(Operand{}, "somebody", true);
  } else if (other.kind == Operand::Kind::kBack) {
    other_node = subject_node;
  } else if (other.kind != Operand::Kind::kNone) {
    other_node = AddNode(other, "whom", false);
  }
  edge.subject = reversed ? other_node : typed_node;
  edge.object = reversed ? typed_node : other_node;
  if (edge.subject == kNoNode) return Unclear("the part behind \"that\" has no subject");
  out_.plan.edges.push_back(std::move(edge));
  std::string name = other.kind == Operand::Kind::kBack ? "the same"
                     : other.text.empty()               ? "anything"
                                                        : other.text;
  const std::string& typed = out_.plan.nodes[typed_node].name;
  out_.understood += ", where " + (reversed ? name : typed) + " - " + second.verb.lemmas[0] + " - " +
                     (reversed ? typed : name);
  return {};
}

void QuestionGrammar::Describe(const Clause& clause, Aggregate aggregate) {
  auto name = [](const Operand& operand, const char* missing) {
    if (operand.kind == Operand::Kind::kNone || operand.kind == Operand::Kind::kWords)
      return std::string(missing);
    return operand.node.name.empty() ? operand.text : operand.node.name;
  };
  std::string verb = clause.verb.lemmas.empty() ? "anything" : clause.verb.lemmas[0];
  if (!clause.prep.empty()) verb += " " + clause.prep;
  out_.understood = name(clause.subject, "anybody") + " - " + (negated_ ? "not " : "") + verb + " - " +
                    name(clause.object, "anything");
  for (const PrepGroup& group : clause.groups) {
    if (!group.operand.stems.empty())
      out_.understood += "; " + (group.prep.empty() ? "with" : group.prep) + ": " + group.operand.text;
  }
  if (aggregate != Aggregate::kRows && aggregate != Aggregate::kContents)
    out_.understood += " (" + std::string(ToString(aggregate)) + ")";
}

Status QuestionGrammar::Assemble(Clause clause, const Operand& asked, Aggregate aggregate) {
  Plan& plan = out_.plan;
  WHOWHOM_TRY_STATUS(TakeLightNoun(&clause));
  // "whom did X issue a warning to": the noun is of the verb, so that the preposition is free.
  const bool is_stranded = asked.kind == Operand::Kind::kVariable && !clause.prep.empty() &&
                           clause.object.kind == Operand::Kind::kNone && clause.groups.empty() &&
                           clause.subject.node.name != asked.node.name;
  if (is_stranded) clause.object = asked;
  // "with whom did X discuss Y": Y is a topic.
  const bool asks_behind = asked.kind == Operand::Kind::kVariable && asked.node.actors_only &&
                           !clause.prep.empty() && clause.object.kind == Operand::Kind::kNone &&
                           !clause.groups.empty() && clause.groups[0].prep.empty() &&
                           clause.subject.node.name != asked.node.name;
  if (asks_behind) {
    clause.groups[0].prep = "about";
    clause.object = asked;
  }
  WHOWHOM_TRY_STATUS(ChooseTarget(&clause, asked));
  // "who is president": not any person, but the word.
  bool is_be = clause.verb.lemmas.size() == 1 && clause.verb.lemmas[0] == "be";
  bool is_kind = clause.object.kind == Operand::Kind::kVariable && clause.object.node.name != asked.node.name;
  if (is_be && is_kind) clause.object.kind = Operand::Kind::kWords;
  bool asks_content = aggregate == Aggregate::kContents;
  bool object_is_asked =
      clause.object.kind == Operand::Kind::kVariable && clause.object.node.name == asked.node.name;
  if (asks_content && object_is_asked && !asked.node.actors_only && clause.prep.empty()) {
    clause.object = Operand{};  // "what did X order": what it was, whatever the grammar made of it
    clause.any_target = true;
  }
  out_.kind_words = asked.kind_words;
  out_.is_speech = IsSpeech(clause.verb);
  for (const std::string& lemma : clause.verb.lemmas) {
    for (const QuestionLexicon::Group* group : lexicon_.GroupsOf(lemma))
      out_.is_accusation = out_.is_accusation || group->name == "accuse";
  }
  if (out_.is_speech &&
      (clause.object.kind == Operand::Kind::kNone || clause.object.kind == Operand::Kind::kWords)) {
    clause.any_target = true;
    if (asked.kind == Operand::Kind::kVariable && aggregate == Aggregate::kRows && !asked.node.actors_only) {
      aggregate = Aggregate::kContents;
    }
  }
  bool no_object = clause.object.kind == Operand::Kind::kNone || clause.object.kind == Operand::Kind::kWords;
  if (no_object && clause.prep.empty()) clause.any_target = true;
  // "what do Hart's supporters demand": those who are called so.
  if (clause.subject.kind == Operand::Kind::kWords && !clause.passive && !by_words_) {
    PlanNode& node = clause.subject.node;
    clause.subject.kind = Operand::Kind::kVariable;
    node.name = clause.subject.text;
    node.stems = clause.subject.stems;
    AddStems(clause.subject.stems, &node.label_stems);
  }
  Describe(clause, aggregate);
  WHOWHOM_TRY(PlanEdge edge, RelationsOf(clause));
  bool subject_missing =
      clause.subject.kind == Operand::Kind::kNone || clause.subject.kind == Operand::Kind::kWords;
  if (clause.subject.kind == Operand::Kind::kWords) AddStems(clause.subject.stems, &plan.filter.about);
  edge.subject = AddNode(clause.subject, subject_missing ? "somebody" : "who", subject_missing);
  if (clause.object.kind == Operand::Kind::kWords) AddStems(clause.object.stems, &plan.filter.about);
  if (!no_object) edge.object = AddNode(clause.object, "whom", false);
  if (!options_.classes.empty() && !edge.any_relation) edge.classes = options_.classes;
  if (happened_ && by_words_ && edge.object != kNoNode) {  // "escaped", "resigned": what X did or suffered
    edge.either_direction = true;
    edge.classes.clear();
    const std::string& whom = clause.object.node.name;
    out_.notes.push_back("nothing found that was done to " + whom + ": what " + whom + " did is shown");
  }
  plan.edges.push_back(std::move(edge));
  // "how many died": those who were killed.
  const std::vector<std::string>& verbs = clause.verb.lemmas;
  if (std::find(verbs.begin(), verbs.end(), "die") != verbs.end() && no_object && !subject_missing) {
    Clause killed;
    killed.verb.lemmas = {"kill"};
    WHOWHOM_TRY(PlanEdge suffered, RelationsOf(killed));
    suffered.object = plan.edges.front().subject;
    suffered.subject = AddNode(Operand{}, "somebody", true);
    out_.suffered = std::move(suffered);
  }
  WHOWHOM_TRY_STATUS(AddGroups(clause));
  size_t typed = plan.edges[0].object;
  if (join_ && typed != kNoNode) WHOWHOM_TRY_STATUS(AddJoin(plan.edges[0].subject, typed));
  for (size_t i = 0; i < plan.nodes.size(); ++i) {
    bool variable = plan.nodes[i].any_of.empty() || plan.nodes[i].is_choice;
    bool is_asked =
        asked.kind != Operand::Kind::kVariable || plan.nodes[i].name == asked.node.name || asks_content;
    bool end = i == plan.edges[0].subject || i == plan.edges[0].object;
    if (variable && end && (is_asked || plan.nodes[i].actors_only)) plan.select.push_back(i);
  }
  std::stable_sort(plan.select.begin(), plan.select.end(), [&](size_t a, size_t b) {
    return (plan.nodes[a].name == asked.node.name) > (plan.nodes[b].name == asked.node.name);
  });
  const bool is_text = aggregate == Aggregate::kContents || aggregate == Aggregate::kTimes ||
                       aggregate == Aggregate::kPlaces || aggregate == Aggregate::kNumbers;
  if (is_text) plan.select.clear();
  if (rank_ && aggregate == Aggregate::kRows && !plan.select.empty()) aggregate = Aggregate::kRank;
  plan.aggregate = aggregate;
  plan.widest = options_.exact ? MatchTier::kLemma : MatchTier::kSynonym;
  if (!clause.verb.lemmas.empty() && !clause.verb.known && clause.verb.lemmas[0] != "do") {
    out_.notes.push_back("the verb \"" + clause.verb.text + "\" is in no article and no list");
  }
  return {};
}

}  // namespace whowhom::graph
