// Noun phrases and verbs of a question, resolved against the graph.
#include <algorithm>

#include "question_grammar.h"
#include "view_impl.h"
#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxNameWords = 8;
constexpr size_t kQuotedWords = 3;   // from here on a quotation is something said, no name
constexpr size_t kMaxCrowds = 1000;  // of one name, looked at
constexpr size_t kMaxProposals = 5;
constexpr size_t kMinSpelling = 5;  // letters of a word that may be misspelt
// From this score on a match by words is taken as meant (find_actors.cc: all words stand in one alias).
constexpr double kMeant = 0.8;
// A second bearer of the name is worth a note if it is named at least a tenth as often.
constexpr uint64_t kRival = 10;

bool IsActorLike(const GraphNode& node) { return node.is_actor; }

std::vector<std::string> WordsOf(const std::string& text) {
  std::vector<std::string> words;
  for (size_t i = 0; i < text.size();) {
    const size_t end = std::min(text.find(' ', i), text.size());
    if (end > i) words.push_back(text.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

// Equal, or one letter put in, left out, changed or swapped with its neighbour in a word of at least five.
bool IsNearSpelling(const std::string& a, const std::string& b) {
  if (a == b) return true;
  if (std::min(a.size(), b.size()) < kMinSpelling || a.front() != b.front()) return false;
  size_t head = 0, tail = 0;
  while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
  while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  const size_t left_a = a.size() - head - tail, left_b = b.size() - head - tail;
  const bool is_swap = left_a == 2 && left_b == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
  return is_swap || std::max(left_a, left_b) <= 1;
}

}  // namespace

const std::string& QuestionGrammar::Lower(size_t i) const {
  static const std::string kEmpty;
  return i < words_.size() ? words_[i].lower : kEmpty;
}

std::string QuestionGrammar::LowerWords(size_t begin, size_t end) const {
  std::string text;
  for (size_t i = begin; i < end; ++i) text += (i > begin ? " " : "") + Lower(i);
  return text;
}

std::vector<std::string> QuestionGrammar::StemsOf(size_t begin, size_t end) const {
  std::vector<std::string> stems;
  for (size_t i = begin; i < end && i < words_.size(); ++i) {
    if (lexicon_.IsFunctionWord(words_[i].lower) && !(words_[i].capital && i > 0)) continue;
    if (words_[i].lower == "'s") continue;
    std::string normalized = NormalizeName(words_[i].text);
    for (size_t at = 0; at < normalized.size();) {
      size_t stop = std::min(normalized.find(' ', at), normalized.size());
      std::string word = normalized.substr(at, stop - at);
      std::string stem = word;
      if (!words_[i].capital) {
        for (const std::string& lemma : lexicon_.LemmasOf(word)) {
          if (lemma.size() >= 4 && lemma.size() < stem.size() && word.starts_with(lemma)) stem = lemma;
        }
      }
      if (!stem.empty()) stems.push_back(stem);
      at = stop + 1;
    }
  }
  return stems;
}

Result<std::vector<ActorMatch>> QuestionGrammar::Lookup(const std::string& name) {
  auto it = lookups_.find(name);
  if (it != lookups_.end()) return it->second;
  std::vector<ActorMatch> matches;
  WHOWHOM_TRY(auto hits, view_.snapshot().FindAlias(name));
  bool exact = !hits.empty();
  WHOWHOM_TRY(auto found, view_.FindActors(name, kMaxProposals));
  for (ActorMatch& match : found) {
    if (IsActorLike(match.node)) matches.push_back(std::move(match));
  }
  if (exact) {
    std::stable_sort(matches.begin(), matches.end(), [](const ActorMatch& a, const ActorMatch& b) {
      return a.score != b.score ? a.score > b.score : a.node.mentions > b.node.mentions;
    });
  }
  return lookups_[name] = std::move(matches);
}

// "protesters": those of every article, each of which is an actor of its own. False for other names.
Result<bool> QuestionGrammar::AddCrowds(const std::string& name, const GraphNode& best, Operand* operand) {
  const auto is_crowd = [](NodeId id, const std::string& label) {
    return id != ToNodeId(ComputeActorHash(label, ""));
  };
  if (best.type != EntityType::kGroup || !is_crowd(best.id, best.label)) return false;
  WHOWHOM_TRY(const auto hits, view_.snapshot().FindAlias(name));
  bool found = false;
  for (size_t i = 0; i < hits.size() && i < kMaxCrowds; ++i) {
    const NodeId id = view_.identity().SurvivorOf(hits[i].node);
    WHOWHOM_TRY(const auto node, view_.FindNodeBrief(id));
    if (!node || NormalizeName(node->label) != NormalizeName(best.label) || !is_crowd(id, node->label))
      continue;
    operand->node.any_of.push_back(id);
    found = true;
  }
  return found;
}

// Binds one name; `near`: also by words and near spellings, which leave a note or a proposal.
Result<bool> QuestionGrammar::BindName(size_t begin, size_t end, bool near, Operand* operand) {
  std::string name = JoinWords(words_, begin, end);
  std::vector<ActorMatch> matches;
  if (near) {
    WHOWHOM_TRY(matches, Lookup(name));
  } else {
    WHOWHOM_TRY(auto hits, view_.snapshot().FindAlias(name));
    bool renamed =
        !hits.empty() || !Impl(view_).judgements().names.empty() || !Impl(view_).judgements().splits.empty();
    if (!renamed) return false;
    WHOWHOM_TRY(matches, Lookup(name));
    std::erase_if(matches, [](const ActorMatch& match) { return match.score < 1; });
  }
  if (matches.empty() || matches[0].score < kMeant) return false;
  const GraphNode& best = matches[0].node;
  operand->kind = Operand::Kind::kBound;
  operand->node.any_of.push_back(best.id);
  WHOWHOM_TRY(const bool is_crowd, AddCrowds(name, best, operand));
  if (operand->node.name.empty()) operand->node.name = best.label;
  operand->is_place = best.type == EntityType::kGpe || best.type == EntityType::kPlace;
  if (NormalizeName(best.label) != NormalizeName(name))
    out_.notes.push_back("\"" + name + "\" is read as " + best.label);
  Proposal rivals{name, {best.label}, false};
  for (size_t i = 1; i < matches.size() && !is_crowd; ++i) {
    if (matches[i].score == matches[0].score && matches[i].node.mentions * kRival >= best.mentions) {
      rivals.instead.push_back(matches[i].node.label);
    }
  }
  if (rivals.instead.size() > 1) out_.proposals.push_back(std::move(rivals));
  return true;
}

// Names joined by "and": each word must belong to one.
Result<bool> QuestionGrammar::BindNames(size_t begin, size_t end, Operand* operand) {
  size_t at = begin;
  Operand bound;
  bool is_list = false;  // "Macron, Merkel and May": the commas are gone
  for (size_t i = begin; i < end; ++i) is_list = is_list || Is(i, "and");
  while (at < end) {
    if (at > begin) {
      if (Is(at, "and")) {
        ++at;
      } else if (!is_list) {
        return false;
      }
      if (Is(at, "back")) break;  // "Skripal and his daughter"
    }
    while (at < end && Is(at, "det")) ++at;
    size_t stop = std::min(end, at + kMaxNameWords);
    for (; stop > at; --stop) {
      bool lone_function_word =
          stop == at + 1 && !words_[at].capital && lexicon_.IsFunctionWord(words_[at].lower);
      if (lone_function_word) continue;
      const bool is_near = is_list && stop == at + 1 && words_[at].capital;  // "Macron, Merkel and May"
      WHOWHOM_TRY(bool found, BindName(at, stop, is_near, &bound));
      if (found) break;
    }
    if (stop == at && is_list && words_[at].capital) {  // "Brussels and Britain", only one of them known
      out_.notes.push_back("nobody called \"" + words_[at].text + "\" in this graph: left out");
      stop = at + 1;
    }
    if (stop == at) return false;
    at = stop;
  }
  if (bound.kind != Operand::Kind::kBound) return false;
  std::sort(bound.node.any_of.begin(), bound.node.any_of.end());
  bound.node.any_of.erase(std::unique(bound.node.any_of.begin(), bound.node.any_of.end()),
                          bound.node.any_of.end());
  bound.text = JoinWords(words_, begin, end);
  bound.stems = StemsOf(begin, end);
  *operand = std::move(bound);
  return true;
}

// "the cable", "sanctions": a thing of the graph by its head phrase.
Result<bool> QuestionGrammar::BindThing(size_t begin, size_t end, Operand* operand) {
  while (begin < end && Is(begin, "det")) ++begin;
  if (begin >= end) return false;
  std::vector<std::string> heads;
  for (const std::string& last : lexicon_.LemmasOf(Lower(end - 1))) {
    if (!Lower(end - 1).starts_with(last.substr(0, 2))) continue;
    std::string phrase;
    for (size_t i = begin; i + 1 < end; ++i) phrase += Lower(i) + " ";
    heads.push_back(phrase + last);
  }
  for (const std::string& head : heads) {
    NodeId id = ToNodeId(ComputeThingHash(head));
    WHOWHOM_TRY(auto node, view_.FindNode(id));
    if (!node) continue;
    operand->kind = Operand::Kind::kBound;
    operand->node.any_of.push_back(node->id);
    operand->node.name = node->label;
  }
  std::sort(operand->node.any_of.begin(), operand->node.any_of.end());
  operand->is_thing = operand->kind == Operand::Kind::kBound;
  return operand->is_thing;
}

Operand QuestionGrammar::TypedVariable(size_t begin, size_t* end) const {
  Operand operand;
  size_t at = begin;
  while (Is(at, "det") || Is(at, "rank")) ++at;
  const std::string* types = at < words_.size() ? lexicon_.Value(Lower(at), "type") : nullptr;
  *end = begin;
  if (types == nullptr) return operand;
  operand.kind = Operand::Kind::kVariable;
  operand.node.name = Lower(at);
  if (*types != "thing") operand.node.actors_only = true;
  for (size_t i = 0; *types != "thing" && *types != "actor" && i <= types->size();) {
    size_t stop = std::min(types->find('|', i), types->size());
    if (auto type = ParseEntityType(std::string_view(*types).substr(i, stop - i)))
      operand.node.types.push_back(*type);
    i = stop + 1;
  }
  for (const std::string& word : lexicon_.WordsWith("type")) {
    if (*lexicon_.Value(word, "type") == *types) operand.kind_words.push_back(word);
  }
  operand.text = JoinWords(words_, begin, at + 1);
  operand.stems = {Lower(at)};
  *end = at + 1;
  return operand;
}

Result<Operand> QuestionGrammar::ReadPhrase(size_t begin, size_t end) {
  Operand operand;
  operand.text = JoinWords(words_, begin, end);
  operand.stems = StemsOf(begin, end);
  if (begin >= end) return operand;
  if (Is(begin, "wh")) {
    size_t typed_end = begin + 1;
    if (Lower(begin) == "which" || Lower(begin) == "what") {
      Operand typed = TypedVariable(begin + 1, &typed_end);
      if (typed.kind != Operand::Kind::kNone && typed_end == end) return typed;
    }
    operand.kind = Operand::Kind::kVariable;
    operand.node.name = Lower(begin);
    operand.node.actors_only = Lower(begin).starts_with("who");
    return operand;
  }
  if (end - begin == 1 && Is(begin, "back") && !words_[begin].capital) {
    operand.kind = Operand::Kind::kBack;
    return operand;
  }
  // A name ends in a name: "Iraqi bases" are words, "Yahya Sariya" is somebody.
  const bool is_name = words_[end - 1].capital || words_[end - 1].quote != 0;
  const bool as_words = by_words_ && !is_name;
  if (!as_words) {
    WHOWHOM_TRY(const bool named, BindNames(begin, end, &operand));
    Operand holders;
    const bool may_be_office = !named || !is_name;
    if (may_be_office) {
      WHOWHOM_TRY(const bool is_office, BindOffice(begin, end, &holders));
      if (is_office && !named) return holders;
    }
    if (holders.kind == Operand::Kind::kBound) {  // "the Venezuelan leader" is an actor of his own, too
      operand.node.any_of.insert(operand.node.any_of.end(), holders.node.any_of.begin(),
                                 holders.node.any_of.end());
      std::sort(operand.node.any_of.begin(), operand.node.any_of.end());
      const auto end_of_unique = std::unique(operand.node.any_of.begin(), operand.node.any_of.end());
      operand.node.any_of.erase(end_of_unique, operand.node.any_of.end());
    }
    if (named) return operand;
  }
  size_t typed_end = begin;
  Operand typed = TypedVariable(begin, &typed_end);
  const bool is_asked = !as_words || (Is(begin, "det") && Lower(begin) != "the");  // "a country", "any group"
  if (typed.kind == Operand::Kind::kVariable && is_asked) {
    if (typed_end == end) return typed;
    bool relative = Lower(typed_end) == "that" || (Is(typed_end, "wh") && Lower(typed_end) != "what");
    if (relative && typed_end + 1 < end) {
      join_ = {typed_end + 1, end};
      return typed;
    }
  }
  operand.kind = Operand::Kind::kWords;
  if (as_words) return operand;
  std::vector<std::string> stems = operand.stems;
  operand.kind = Operand::Kind::kNone;
  WHOWHOM_TRY(bool thing, BindThing(begin, end, &operand));
  if (thing) return operand;
  size_t first = begin;
  while (first < end && Is(first, "det")) ++first;
  WHOWHOM_TRY(bool near, BindName(first, end, true, &operand));
  if (near) return operand;
  // "who said \"we will fight\"": words.
  const bool is_quotation = words_[first].quote != 0 && words_[end - 1].quote != 0 &&
                            (end - first >= kQuotedWords ||
                             std::count(words_[first].text.begin(), words_[first].text.end(), ' ') + 1 >=
                                 static_cast<ptrdiff_t>(kQuotedWords));
  if (is_quotation) {
    operand.kind = Operand::Kind::kWords;
    operand.stems = std::move(stems);
    return operand;
  }
  const auto bind_whole = [&](const std::string& name) -> Result<bool> {
    WHOWHOM_TRY(const auto matches, view_.FindActors(name, 1));
    if (matches.empty() || matches[0].score < 1) return false;
    operand.kind = Operand::Kind::kBound;
    operand.node.any_of = {matches[0].node.id};
    operand.node.name = matches[0].node.label;
    operand.stems = stems;
    return true;
  };
  // "Norland's foreign ministry": "the Norlandish foreign ministry"
  for (size_t i = first + 1; i + 1 < end && i <= first + 3; ++i) {
    if (Lower(i) != "'s") continue;
    const std::string iso = lexicon_.CountryOf(LowerWords(first, i));
    for (const std::string& name : iso.empty() ? std::vector<std::string>() : lexicon_.NamesOfCountry(iso)) {
      WHOWHOM_TRY(const bool found, bind_whole(name + " " + LowerWords(i + 1, end)));
      if (found) return operand;
    }
    break;
  }
  // "police in Harborough": the police, where it is said of Harborough.
  for (size_t i = first + 1; is_name && i + 1 < end; ++i) {
    if (!Is(i, "prep") || words_[i - 1].capital || words_[i - 1].quote != 0) continue;
    WHOWHOM_TRY(Operand head, ReadPhrase(first, i));
    if (head.kind != Operand::Kind::kBound && head.kind != Operand::Kind::kWords) break;
    const bool is_where = Is(i, "where");
    AddStems(StemsOf(i + 1, end), is_where ? &out_.plan.filter.place : &out_.plan.filter.about);
    return head;
  }
  // "Washington" where no article names it: the state.
  if (const std::string state = is_name ? lexicon_.StateSeatedIn(LowerWords(first, end)) : "";
      !state.empty()) {
    WHOWHOM_TRY(const bool found, bind_whole(state));
    if (found) {
      out_.notes.push_back("nobody is called \"" + JoinWords(words_, first, end) +
                           "\" in this graph: read as " + operand.node.name);
      return operand;
    }
  }
  if (is_name) {
    WHOWHOM_TRY(const bool spelled, BindSpelling(JoinWords(words_, first, end), &operand));
    if (spelled) return operand;
  }
  operand.kind = is_name ? Operand::Kind::kUnknown : Operand::Kind::kWords;
  operand.stems = std::move(stems);
  return operand;
}

// A name that nobody bears, one letter from the name of exactly one person in each of its words. States are
// too alike for this (Gambia, Zambia).
Result<bool> QuestionGrammar::BindSpelling(const std::string& name, Operand* operand) {
  const std::vector<std::string> asked = WordsOf(NormalizeName(name));
  WHOWHOM_TRY(const auto matches, view_.FindActors(name, kMaxProposals));
  const GraphNode* found = nullptr;
  for (const ActorMatch& match : matches) {
    const std::vector<std::string> words = WordsOf(NormalizeName(match.node.label));
    const bool is_near = std::all_of(asked.begin(), asked.end(), [&](const std::string& word) {
      return std::any_of(words.begin(), words.end(),
                         [&](const std::string& other) { return IsNearSpelling(word, other); });
    });
    if (!is_near || match.node.type != EntityType::kPerson) continue;
    if (found != nullptr) return false;
    found = &match.node;
  }
  if (found == nullptr) return false;
  operand->kind = Operand::Kind::kBound;
  operand->node.any_of = {found->id};
  operand->node.name = found->label;
  operand->is_place = found->type == EntityType::kGpe || found->type == EntityType::kPlace;
  out_.notes.push_back("nobody is called \"" + name + "\": read as the nearest spelling, " + found->label);
  return true;
}

// Where the noun phrase that begins here ends: before the next preposition that is not inside a name, or
// "that".
Result<size_t> QuestionGrammar::PhraseEnd(size_t begin) {
  size_t at = begin;
  while (at < words_.size()) {
    if (at > begin && (Is(at, "prep") || (Is(at, "not") && !words_[at].capital))) return at;
    size_t typed_end = begin;
    if (at > begin && (Lower(at) == "that" || Is(at, "wh"))) {
      TypedVariable(begin, &typed_end);
      return typed_end == at ? words_.size() : at;  // "a country that ..." runs to the end
    }
    // A known name swallows its own prepositions: "Ministry of Foreign Affairs".
    size_t longest = at;
    for (size_t stop = std::min(words_.size(), at + kMaxNameWords); stop > at + 1; --stop) {
      if (lexicon_.IsFunctionWord(Lower(stop - 1)) && !words_[stop - 1].capital) continue;
      if (lexicon_.IsFunctionWord(Lower(at)) && !words_[at].capital) continue;
      WHOWHOM_TRY(auto hits, view_.snapshot().FindAlias(JoinWords(words_, at, stop)));
      if (!hits.empty()) {
        longest = stop;
        break;
      }
    }
    at = longest > at ? longest : at + 1;
  }
  return words_.size();
}

Result<size_t> QuestionGrammar::NameEnd(size_t at) {
  size_t begin = at;
  while (begin < words_.size() && Is(begin, "det")) ++begin;
  for (size_t stop = std::min(words_.size(), begin + kMaxNameWords); stop > begin + 1; --stop) {
    if (lexicon_.IsFunctionWord(Lower(stop - 1)) && !words_[stop - 1].capital) continue;
    WHOWHOM_TRY(auto hits, view_.snapshot().FindAlias(JoinWords(words_, begin, stop)));
    if (!hits.empty()) return stop;
  }
  return at + 1;
}

Result<std::vector<PrepGroup>> QuestionGrammar::ReadGroups(size_t begin) {
  std::vector<PrepGroup> groups;
  size_t at = begin;
  while (at < words_.size()) {
    PrepGroup group;
    bool clause = Lower(at) == "that" || Is(at, "wh");
    if (Is(at, "prep") || (clause && Lower(at) == "that")) group.prep = Lower(at++);
    while (Is(at, "prep") && !group.prep.empty()) group.prep += " " + Lower(at++);
    group.begin = at;
    const bool is_open = at < words_.size() && (Lower(at) == "whether" || Lower(at) == "if");
    bool whole = group.prep == "that" || is_open ||
                 (group.prep == "to" && at < words_.size() && !words_[at].capital && !Is(at, "det"));
    if (whole && group.prep == "to") {  // "to leave Iraq" is content, "to diplomats" is not
      WHOWHOM_TRY(bool verb, IsVerb(at));
      WHOWHOM_TRY(auto hits, view_.snapshot().FindAlias(words_[at].text));
      whole = verb && hits.empty();
    }
    // "of supporting Al Qaeda", "having taken part in ...": what was done, to the end.
    if (at < words_.size() && !words_[at].capital && Lower(at).ends_with("ing") && group.prep != "by") {
      WHOWHOM_TRY(const bool verb, IsVerb(at));
      whole = whole || verb || Is(at, "have");
    }
    if (whole) {
      group.end = words_.size();
      group.operand.kind = Operand::Kind::kWords;
      group.operand.stems = StemsOf(group.begin, group.end);
      group.operand.text = JoinWords(words_, group.begin, group.end);
    } else if (group.prep.empty() && Lower(at) == "no" && at + 1 < words_.size()) {  // "found no evidence"
      negated_ = true;
      WHOWHOM_TRY(group.end, PhraseEnd(++at));
      group.begin = at;
      group.operand.kind = Operand::Kind::kWords;
      group.operand.stems = StemsOf(at, group.end);
      group.operand.text = JoinWords(words_, at, group.end);
    } else {
      WHOWHOM_TRY(group.end, PhraseEnd(at));
      WHOWHOM_TRY(group.operand, ReadPhrase(at, group.end));
    }
    if (group.end == at && group.prep.empty()) break;
    at = group.end;
    groups.push_back(std::move(group));
  }
  return groups;
}

Result<bool> QuestionGrammar::IsVerb(size_t at) {
  if (at >= words_.size() || words_[at].quote != 0) return false;
  const bool is_name = at > 0 && words_[at].capital && !is_headline_;  // "the Popular Mobilization Forces"
  const bool is_noun = at > 0 && (Lower(at - 1) == "the" || Lower(at - 1) == "a" || Lower(at - 1) == "an");
  if (is_name || is_noun) return false;
  if (lexicon_.IsFunctionWord(Lower(at)) && !Is(at, "be") && !Is(at, "do") && !Is(at, "have") &&
      Lower(at) != "say" && Lower(at) != "show" && Lower(at) != "tell" && Lower(at) != "find" &&
      Lower(at) != "know" && Lower(at) != "give" && Lower(at) != "list" && Lower(at) != "name") {
    return false;
  }
  WHOWHOM_TRY(Verb verb, ReadVerb(at));
  return verb.known;
}

Result<Verb> QuestionGrammar::ReadVerb(size_t at) {
  const std::string& form = Lower(at);
  if (auto it = verbs_.find(form); it != verbs_.end()) return it->second;
  Verb verb;
  verb.text = form;
  std::vector<std::string> candidates = lexicon_.LemmasOf(form);
  std::vector<std::string> stored, listed;
  for (const std::string& lemma : candidates) {
    WHOWHOM_TRY(auto relations, view_.snapshot().RelationsOfLemma(lemma));
    if (!relations.empty()) stored.push_back(lemma);
    extract::EventFrame frame;
    frame.verb = lemma;
    frame.subject_is_actor = frame.object_is_actor = true;
    bool coded = events_ != nullptr && events_->Code(frame).event_class != EventClass::kNone;
    if (lexicon_.IsKnownVerb(lemma) || coded) listed.push_back(lemma);
  }
  // "accusing": the graph may know "accuse" and a noun-like "accusing"; what the lexicon knows too is the
  // verb.
  std::vector<std::string> both;
  for (const std::string& lemma : stored) {
    if (std::find(listed.begin(), listed.end(), lemma) != listed.end()) both.push_back(lemma);
  }
  if (Is(at, "be")) candidates = stored = {"be"};
  verb.known = !stored.empty() || !listed.empty();
  verb.lemmas = !both.empty() ? both : !listed.empty() ? listed : !stored.empty() ? stored : candidates;
  return verbs_[form] = verb;
}

}  // namespace whowhom::graph
