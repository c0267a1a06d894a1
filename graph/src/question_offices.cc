// Offices: "the Iraqi prime minister", "the head of the agency", "who is president of Iran".
#include <algorithm>

#include "question_grammar.h"
#include "statement_filter.h"
#include "view_impl.h"
#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxOfficeEdges =
    300;                           // read of one wording: an office has that many holders in a large store
constexpr size_t kMaxHolders = 4;  // more: the description names nobody
constexpr uint32_t kClearly = 2;   // an office without owner is the one held twice as often as the next
constexpr size_t kMaxOwnerWords = 3;

}  // namespace

// Cuts "Iraqi prime minister", "Iraq's prime minister", "head of the agency" into the office and its owner.
Result<std::optional<QuestionGrammar::Office>> QuestionGrammar::OfficeParts(size_t begin, size_t end) {
  std::optional<Office> none;
  while (begin < end && Is(begin, "det")) ++begin;
  size_t role_begin = begin, role_end = end, owner_begin = begin, owner_end = begin;
  auto is_office = [&](size_t from, size_t to) { return to > from && lexicon_.IsOfficeNoun(Lower(to - 1)); };
  const std::vector<std::string> known = lexicon_.OfficeWordings(LowerWords(begin, end), "");
  for (size_t stop = begin + 1; stop < end && owner_begin == owner_end; ++stop) {  // "US secretary of state"
    const std::string iso = lexicon_.CountryOf(LowerWords(begin, stop));
    const bool is_whole =
        !iso.empty() && Lower(stop) != "'s" && lexicon_.OfficeWordings(LowerWords(stop, end), iso).size() > 1;
    if (is_whole) owner_begin = begin, owner_end = stop, role_begin = stop;
  }
  for (size_t i = begin; i < end && owner_begin == owner_end; ++i) {
    if (Is(i, "wh") || IsAux(i)) return none;
    if (Lower(i) == "'s" && i > begin) {
      owner_begin = begin, owner_end = i, role_begin = i + 1;
    } else if ((Lower(i) == "of" || Lower(i) == "for") && known.size() == 1 && is_office(begin, i)) {
      owner_begin = i + 1, owner_end = end, role_end = i;
    }
  }
  for (size_t stop = std::min(end, begin + kMaxOwnerWords + 1);
       stop-- > begin + 1 && owner_begin == owner_end;) {
    const bool is_state = !lexicon_.CountryOf(LowerWords(begin, stop)).empty();
    bool is_name = false;
    if (!is_state && words_[stop - 1].capital && !is_office(begin, stop)) {
      WHOWHOM_TRY(const auto hits, view_.snapshot().FindAlias(JoinWords(words_, begin, stop)));
      is_name = !hits.empty();
    }
    if (is_state || is_name) owner_begin = begin, owner_end = stop, role_begin = stop;
  }
  const size_t of = std::find_if(words_.begin() + static_cast<ptrdiff_t>(role_begin),
                                 words_.begin() + static_cast<ptrdiff_t>(role_end),
                                 [](const QuestionWord& word) { return word.lower == "of"; }) -
                    words_.begin();
  if (role_begin >= role_end || !is_office(role_begin, of)) return none;
  Office office;
  while (owner_begin < owner_end && Is(owner_begin, "det")) ++owner_begin;
  office.owner_stems = StemsOf(owner_begin, owner_end);
  if (owner_begin < owner_end) {
    office.iso = lexicon_.CountryOf(LowerWords(owner_begin, owner_end));
    const std::vector<std::string> notes = out_.notes;
    const std::vector<Proposal> proposals = out_.proposals;
    WHOWHOM_TRY(const bool named, BindNames(owner_begin, owner_end, &office.owner));
    out_.notes = notes, out_.proposals = proposals;
    if (named && office.iso.empty()) {
      WHOWHOM_TRY(const auto node, view_.FindNode(office.owner.node.any_of.front()));
      if (node && node->type == EntityType::kGpe) office.iso = node->country;
    }
    if (!named && office.iso.empty() && office.owner_stems.empty()) return none;
  }
  office.begin = role_begin, office.end = role_end;
  office.wordings = lexicon_.OfficeWordings(LowerWords(role_begin, role_end), office.iso);
  return std::optional(std::move(office));
}

// Whether a statement that somebody is something says that he holds this office, now and in full.
Result<bool> QuestionGrammar::SaysOffice(const Office& office, const FoldedEdge& edge, bool is_owned) const {
  WHOWHOM_TRY(const auto person, Impl(view_).FindNodeBrief(edge.key.subject));
  if (!person || person->type != EntityType::kPerson) return false;
  WHOWHOM_TRY(const auto refs, view_.EvidenceOf(edge));
  if (refs.empty()) return false;
  WHOWHOM_TRY(const Statement statement, view_.snapshot().LoadStatement(refs.front()));
  const std::string said =
      statement.predicate.lemma + " " + (statement.object ? statement.object->text : std::string());
  const auto is_said = [&](const std::string& wording) {
    return HasStems(said, {wording}) &&
           std::none_of(lesser_.begin(), lesser_.end(), [&](const std::string& word) {
             return HasStems(said, {word}) && !HasStems(wording, {word});
           });
  };
  if (std::none_of(office.wordings.begin(), office.wordings.end(), is_said)) return false;
  if (is_owned || (office.iso.empty() && office.owner_stems.empty())) return true;
  if (!office.iso.empty() && person->country == office.iso) return true;
  return !office.owner_stems.empty() && HasStems(said, office.owner_stems);
}

// Those whom the graph says to hold the office, by how often it says so.
Result<std::vector<NodeId>> QuestionGrammar::HoldersOf(const Office& office) {
  std::map<NodeId, uint32_t> found;
  size_t left = kMaxOfficeEdges;
  Status problem;
  auto scan = [&](const storage::EdgePattern& pattern, bool is_owned) {
    return view_.ScanEdges(pattern, [&](const FoldedEdge& edge) {
      Result<bool> says = SaysOffice(office, edge, is_owned);
      if (!says.ok()) problem = says.error();
      if (says.ok() && *says) found[edge.key.subject] += edge.statements;
      if (left > 0) --left;
      return problem.ok() && left > 0;
    });
  };
  const RelationId be = ToRelationId(ComputeRelationHash("be"));
  std::set<std::string> labels;
  for (const std::string& wording : office.wordings) {
    labels.insert(wording);
    labels.insert(wording.substr(wording.rfind(' ') == std::string::npos ? 0 : wording.rfind(' ') + 1));
    if (!office.iso.empty()) {
      for (const std::string& name : lexicon_.NamesOfCountry(office.iso)) labels.insert(name + " " + wording);
    } else if (office.owner.kind == Operand::Kind::kBound) {
      labels.insert(NormalizeName(office.owner.text) + " " + wording);
    }
    for (const char* prep : {" of", " for"}) {
      WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma("be " + wording + prep));
      for (const storage::RelationInfo& relation : relations) {
        for (const NodeId owner : office.owner.node.any_of) {
          WHOWHOM_TRY_STATUS(scan({std::nullopt, relation.id, owner}, true));
        }
      }
    }
  }
  for (const std::string& label : labels) {
    const NodeId thing = ToNodeId(ComputeThingHash(label));
    left = kMaxOfficeEdges;
    WHOWHOM_TRY_STATUS(scan({std::nullopt, be, thing}, false));
    WHOWHOM_TRY_STATUS(problem);
  }
  std::vector<std::pair<uint32_t, NodeId>> order;
  for (const auto& [id, count] : found) order.emplace_back(count, id);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<NodeId> holders;
  for (const auto& [count, id] : order) holders.push_back(id);
  const bool has_owner = !office.iso.empty() || !office.owner_stems.empty();
  if (!has_owner && order.size() > 1 && order[0].first >= kClearly * order[1].first) holders.resize(1);
  return holders;
}

// "the Iraqi prime minister": whoever the graph says that is.
Result<bool> QuestionGrammar::BindOffice(size_t begin, size_t end, Operand* operand) {
  WHOWHOM_TRY(const auto office, OfficeParts(begin, end));
  if (!office) return false;
  WHOWHOM_TRY(auto holders, HoldersOf(*office));
  if (holders.empty() || holders.size() > kMaxHolders) return false;
  std::string names;
  for (const NodeId id : holders) {
    WHOWHOM_TRY(const auto node, view_.FindNode(id));
    names += (names.empty() ? "" : ", ") + (node ? node->label : FormatNodeId(id));
    if (operand->node.name.empty() && node) operand->node.name = node->label;
  }
  operand->kind = Operand::Kind::kBound;
  std::sort(holders.begin(), holders.end());
  operand->node.any_of = std::move(holders);
  operand->text = JoinWords(words_, begin, end);
  operand->stems = StemsOf(office->begin, office->end);
  out_.notes.push_back("\"" + operand->text + "\" is read as " + names);
  return true;
}

// "which defence secretary accused ...": one of those who hold the office, or any person.
Result<Operand> QuestionGrammar::OfficeVariable(size_t begin, size_t end) {
  Operand operand;
  WHOWHOM_TRY(const auto office, OfficeParts(begin, end));
  if (!office) return operand;
  WHOWHOM_TRY(auto holders, HoldersOf(*office));
  operand.kind = Operand::Kind::kVariable;
  operand.node.name = LowerWords(begin, end);
  operand.node.actors_only = true;
  operand.node.types = {EntityType::kPerson};
  std::sort(holders.begin(), holders.end());
  operand.node.is_choice = !holders.empty();
  operand.node.any_of = std::move(holders);
  operand.text = JoinWords(words_, begin, end);
  return operand;
}

// "who is the Iraqi prime minister"; false if the graph names nobody.
Result<bool> QuestionGrammar::ReadWhoHolds(const Operand& variable, size_t at) {
  WHOWHOM_TRY(const auto office, OfficeParts(at, words_.size()));
  if (!office) return false;
  WHOWHOM_TRY(auto holders, HoldersOf(*office));
  if (holders.empty()) return false;
  Clause clause;
  clause.subject = variable;
  std::sort(holders.begin(), holders.end());
  clause.subject.node.any_of = std::move(holders);
  clause.subject.node.is_choice = true;
  clause.verb.text = "is";
  clause.verb.known = true;
  clause.verb.lemmas = {"be"};
  std::string said;
  for (const std::string& wording : office->wordings) {
    said += (said.empty() ? "" : "|") + wording;
    for (const char* prep : {" of", " for"}) clause.verb.lemmas.push_back("be " + wording + prep);
  }
  clause.any_target = true;
  out_.plan.filter.about = {said};
  out_.plan.filter.about_not = lesser_;
  for (const std::string& word : lesser_) {
    if (HasStems(said, {word})) std::erase(out_.plan.filter.about_not, word);
  }
  WHOWHOM_TRY_STATUS(Assemble(std::move(clause), variable, Aggregate::kRows));
  return true;
}

// The words of an office, and whose it is: "president of Iran", "Iran's president", "U.S. secretary of
// state".
Result<std::optional<QuestionGrammar::RoleWords>> QuestionGrammar::RoleParts(size_t at) {
  const std::vector<std::string> notes = out_.notes;
  const std::vector<Proposal> proposals = out_.proposals;
  auto bind = [&](RoleWords parts, size_t begin, size_t end) -> Result<std::optional<RoleWords>> {
    WHOWHOM_TRY(bool named, BindNames(begin, end, &parts.owner));
    if (!named) {  // "Norland's central bank"
      WHOWHOM_TRY(parts.owner, ReadPhrase(begin, end));
      named = parts.owner.kind == Operand::Kind::kBound && !parts.owner.is_thing;
    }
    while (parts.begin < parts.end && Is(parts.begin, "det")) ++parts.begin;
    if (named && parts.begin < parts.end) return std::optional(parts);
    out_.notes = notes;
    out_.proposals = proposals;
    return std::optional<RoleWords>();
  };
  for (size_t i = at + 1; i < words_.size(); ++i) {
    const bool is_owner = Lower(i) == "'s" || (words_[i - 1].capital && !words_[i].capital && !Is(i, "prep"));
    if (!is_owner) continue;
    WHOWHOM_TRY(auto found, bind({Lower(i) == "'s" ? i + 1 : i, words_.size(), {}}, at, i));
    if (found) return found;
    break;
  }
  for (size_t i = words_.size() - 1; i > at + 1; --i) {
    if (Lower(i - 1) != "of") continue;
    WHOWHOM_TRY(auto found, bind({at, i - 1, {}}, i, words_.size()));
    if (found) return found;
  }
  return std::optional<RoleWords>();
}

// An office and whose it is. First as the graph holds it ("be president of"); by words: people of that
// country who are called so.
Result<bool> QuestionGrammar::ReadRole(const Operand& variable, size_t at) {
  while (Is(at, "det")) ++at;
  WHOWHOM_TRY(const auto parts, RoleParts(at));
  if (!parts) return false;
  const auto& [role_begin, role_end, owner] = *parts;
  for (size_t i = role_begin; i < role_end; ++i) {  // "who was X accused of ...", "who is in charge of ..."
    if (lexicon_.IsParticiple(Lower(i)) || (Is(i, "prep") && Lower(i) != "of")) return false;
  }
  Clause clause;
  clause.subject = variable;
  clause.subject.node.actors_only = true;
  std::string role;
  for (size_t i = role_begin; i < role_end; ++i) role += Lower(i) + " ";
  clause.verb.text = "is";
  clause.verb.known = true;
  WHOWHOM_TRY(const auto relations, view_.snapshot().RelationsOfLemma("be " + role + "of"));
  if (!by_words_ && !relations.empty()) {
    clause.verb.lemmas = {"be " + role + "of"};
    clause.object = owner;
  } else {
    WHOWHOM_TRY(const auto node, view_.FindNode(owner.node.any_of.front()));
    if (!node || node->country.empty() || node->type != EntityType::kGpe) return false;
    clause.subject.node.country = node->country;
    clause.subject.node.types = {EntityType::kPerson};
    clause.verb.lemmas = {"be"};
    clause.any_target = true;
    out_.plan.filter.about = StemsOf(role_begin, role_end);
    for (const std::string& word : lesser_) {
      const auto& about = out_.plan.filter.about;
      if (std::find(about.begin(), about.end(), word) == about.end())
        out_.plan.filter.about_not.push_back(word);
    }
  }
  WHOWHOM_TRY_STATUS(Assemble(std::move(clause), variable, Aggregate::kRows));
  return true;
}

}  // namespace whowhom::graph
