#include "events/event_lexicon.h"

#include <algorithm>
#include <charconv>

#include "whowhom/core/tsv.h"

namespace whowhom::extract {
namespace {

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin <= text.size()) {
    size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string UnderscoreToBlank(std::string word) {
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

Error BadRow(const TsvTable& table, const TsvRow& row, const std::string& what) {
  return InvalidInput("reading " + table.path + ", line " + std::to_string(row.line) + ": " + what);
}

// A row with fields by column name; a column that the file lacks reads as empty.
class RowReader {
 public:
  RowReader(const TsvTable& table, const TsvRow& row) : table_(table), row_(row) {}
  std::string Get(std::string_view column) const {
    for (size_t i = 0; i < table_.columns.size() && i < row_.fields.size(); ++i) {
      if (table_.columns[i] == column) return row_.fields[i];
    }
    return {};
  }
  Error Bad(const std::string& what) const { return BadRow(table_, row_, what); }

 private:
  const TsvTable& table_;
  const TsvRow& row_;
};

Result<std::optional<double>> ParseScale(const RowReader& row) {
  std::string text = row.Get("scale");
  if (text.empty()) return std::optional<double>();
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return row.Bad("'" + text + "' is not a number in the column scale");
  }
  return std::optional<double>(value);
}

// "AID" or "-" (no event). The label stands in Act::entry for explain.
Result<Act> ParseAct(const RowReader& row, const std::string& label) {
  Act act;
  std::string name = row.Get("class");
  if (name != "-") {
    auto event_class = ParseEventClass(name);
    if (!event_class)
      return row.Bad("'" + name + "' is not an event class; write one of classes.tsv, or - for none");
    act.event_class = *event_class;
  }
  act.mode = row.Get("mode");
  act.cameo = row.Get("cameo");
  act.entry = label;
  return act;
}

int ScoreOf(const FrameCondition& condition) {
  using Test = FrameCondition::Test;
  using Subject = FrameCondition::Subject;
  if (condition.test == Test::kNegative || condition.test == Test::kPositive) return 3;
  if (condition.test == Test::kWords) {
    if (condition.subject == Subject::kArgument) return 13;
    return condition.subject == Subject::kObject || condition.subject == Subject::kContent ? 8 : 6;
  }
  if (condition.subject == Subject::kArgument) return 6;
  if (condition.test == Test::kPresent) return 1;
  return 2;
}

}  // namespace

bool IsCooperative(EventClass event_class) {
  return event_class >= EventClass::kAgree && event_class <= EventClass::kRetreat;
}

bool IsMaterialConflict(EventClass event_class) {
  return event_class >= EventClass::kProtest && event_class <= EventClass::kAssault;
}

Result<EventLexicon> EventLexicon::Load(const std::string& events_dir) {
  EventLexicon lexicon;
  WHOWHOM_TRY_STATUS(lexicon.LoadClasses(events_dir));
  WHOWHOM_TRY_STATUS(lexicon.LoadSets(events_dir + "/sets.tsv"));
  WHOWHOM_TRY_STATUS(lexicon.LoadVerbs(events_dir + "/frames.tsv", true));
  WHOWHOM_TRY_STATUS(lexicon.LoadVerbs(events_dir + "/verbs.tsv", false));
  WHOWHOM_TRY_STATUS(lexicon.LoadNouns(events_dir + "/nouns.tsv"));
  WHOWHOM_TRY_STATUS(lexicon.LoadGroups(events_dir + "/groups.tsv"));
  WHOWHOM_TRY_STATUS(lexicon.LoadCombinations(events_dir + "/combinations.tsv"));
  WHOWHOM_TRY(lexicon.lemmas_, VerbLemmas::Load(events_dir));
  for (const auto& [verb, entries] : lexicon.entries_) lexicon.lemmas_.AddKnown(verb);
  for (const auto& [verb, groups] : lexicon.groups_) lexicon.lemmas_.AddKnown(verb);
  return lexicon;
}

Status EventLexicon::LoadClasses(const std::string& dir) {
  WHOWHOM_TRY(TsvTable table, ReadTsv(dir + "/classes.tsv"));
  for (const TsvRow& fields : table.rows) {
    RowReader row(table, fields);
    ClassInfo info;
    auto event_class = ParseEventClass(row.Get("class"));
    if (!event_class) return row.Bad("'" + row.Get("class") + "' is not an event class");
    info.event_class = *event_class;
    info.cameo = row.Get("cameo");
    if (std::string quad = row.Get("quad"); !quad.empty()) {
      auto parsed = ParseQuad(quad);
      if (!parsed) return row.Bad("'" + quad + "' is not a quad class");
      info.quad = *parsed;
    }
    WHOWHOM_TRY(info.scale, ParseScale(row));
    info.definition = row.Get("definition");
    classes_.push_back(std::move(info));
  }
  WHOWHOM_TRY(TsvTable mode_table, ReadTsv(dir + "/modes.tsv"));
  for (const TsvRow& fields : mode_table.rows) {
    RowReader row(mode_table, fields);
    ModeInfo info;
    auto event_class = ParseEventClass(row.Get("class"));
    if (!event_class) return row.Bad("'" + row.Get("class") + "' is not an event class");
    info.event_class = *event_class;
    info.mode = row.Get("mode");
    info.cameo = row.Get("cameo");
    WHOWHOM_TRY(info.scale, ParseScale(row));
    info.definition = row.Get("definition");
    modes_.push_back(std::move(info));
  }
  return {};
}

Status EventLexicon::LoadSets(const std::string& path) {
  WHOWHOM_TRY(TsvTable table, ReadTsv(path));
  for (const TsvRow& fields : table.rows) {
    RowReader row(table, fields);
    for (std::string& word : Split(row.Get("words"), '|')) sets_[row.Get("set")].insert(std::move(word));
  }
  return {};
}

Result<FrameCondition> EventLexicon::ParseCondition(std::string_view text) const {
  using Subject = FrameCondition::Subject;
  using Test = FrameCondition::Test;
  FrameCondition condition;
  if (text == "not" || text == "pos") {
    condition.test = text == "not" ? Test::kNegative : Test::kPositive;
    return condition;
  }
  static constexpr std::pair<std::string_view, Subject> kSubjects[] = {
      {"o", Subject::kObject},         {"m", Subject::kModifier},     {"n", Subject::kObjectNoun},
      {"p", Subject::kArgument},       {"s", Subject::kSubject},      {"c", Subject::kContent},
      {"ss", Subject::kSubjectSector}, {"os", Subject::kObjectSector}};
  size_t name_end = text.find_first_of("=@*!-");
  std::string_view name = text.substr(0, std::min(name_end, text.size()));
  auto found = std::find_if(std::begin(kSubjects), std::end(kSubjects),
                            [&](const auto& s) { return s.first == name; });
  if (found == std::end(kSubjects)) return InvalidInput("'" + std::string(text) + "' is not a condition");
  condition.subject = found->second;
  if (name_end == std::string_view::npos) return condition;
  std::string_view rest = text.substr(name_end);
  if (condition.subject == Subject::kArgument && rest.front() == '=') {
    size_t preposition_end = std::min(rest.find_first_of(":@*"), rest.size());
    condition.preposition = UnderscoreToBlank(std::string(rest.substr(1, preposition_end - 1)));
    rest = rest.substr(preposition_end);
    if (rest.empty()) return condition;
  }
  if (rest == "-") condition.test = Test::kAbsent;
  if (rest == "*") condition.test = Test::kActor;
  if (rest == "!") condition.test = Test::kThing;
  if (rest == "-" || rest == "*" || rest == "!") return condition;
  condition.test = Test::kWords;
  if (rest.front() == '@') {
    std::vector<std::string> parts = Split(rest.substr(1), '|');
    for (size_t i = 0; i < parts.size(); ++i) {
      const WordSet* set = FindSet(parts[i]);
      if (set != nullptr) condition.words.insert(set->begin(), set->end());
      if (set == nullptr && i == 0) return InvalidInput("'" + parts[i] + "' is not a set of sets.tsv");
      if (set == nullptr) condition.words.insert(UnderscoreToBlank(std::move(parts[i])));
    }
  } else {
    for (std::string& word : Split(rest.substr(1), '|'))
      condition.words.insert(UnderscoreToBlank(std::move(word)));
  }
  return condition;
}

Status EventLexicon::LoadVerbs(const std::string& path, bool has_conditions) {
  WHOWHOM_TRY(TsvTable table, ReadTsv(path));
  for (const TsvRow& fields : table.rows) {
    RowReader row(table, fields);
    std::string when = has_conditions ? row.Get("when") : std::string();
    FrameEntry entry;
    for (const std::string& part : Split(when, ' ')) {
      auto condition = ParseCondition(part);
      if (!condition.ok()) return row.Bad(condition.error().message);
      entry.score += ScoreOf(*condition);
      entry.conditions.push_back(std::move(*condition));
    }
    for (const std::string& verb : Split(row.Get("verb"), '|')) {
      FrameEntry copy = entry;
      WHOWHOM_TRY(copy.act, ParseAct(row, when.empty() ? verb : verb + " [" + when + "]"));
      entries_[verb].push_back(std::move(copy));
      ++entry_count_;
    }
  }
  for (auto& [verb, list] : entries_) {
    std::stable_sort(list.begin(), list.end(),
                     [](const FrameEntry& a, const FrameEntry& b) { return a.score > b.score; });
  }
  return {};
}

Status EventLexicon::LoadNouns(const std::string& path) {
  WHOWHOM_TRY(TsvTable table, ReadTsv(path));
  for (const TsvRow& fields : table.rows) {
    RowReader row(table, fields);
    std::string noun = row.Get("noun");
    EventNoun entry;
    WHOWHOM_TRY(entry.act, ParseAct(row, noun));
    entry.verb = row.Get("verb");
    nouns_.emplace(std::move(noun), std::move(entry));
  }
  return {};
}

Status EventLexicon::LoadGroups(const std::string& path) {
  WHOWHOM_TRY(TsvTable table, ReadTsv(path));
  for (const TsvRow& fields : table.rows) {
    RowReader row(table, fields);
    for (const std::string& verb : Split(row.Get("verbs"), '|')) groups_[verb].push_back(row.Get("group"));
  }
  return {};
}

Status EventLexicon::LoadCombinations(const std::string& path) {
  WHOWHOM_TRY(TsvTable table, ReadTsv(path));
  for (const TsvRow& fields : table.rows) {
    RowReader row(table, fields);
    Combination combination;
    if (row.Get("class") == "=") {
      combination.passes = true;
    } else {
      WHOWHOM_TRY(combination.act, ParseAct(row, row.Get("group") + " + " + row.Get("part")));
      if (combination.act.mode == "=") {
        combination.act.mode.clear();
        combination.mode_from_part = true;
      }
    }
    for (const std::string& part : Split(row.Get("part"), '|')) {
      for (char kind : row.Get("kind"))
        combinations_[row.Get("group") + "/" + kind + "/" + part] = combination;
    }
  }
  return {};
}

const ClassInfo* EventLexicon::FindClass(EventClass event_class) const {
  for (const ClassInfo& info : classes_) {
    if (info.event_class == event_class) return &info;
  }
  return nullptr;
}

const ModeInfo* EventLexicon::FindMode(EventClass event_class, std::string_view mode) const {
  for (const ModeInfo& info : modes_) {
    if (info.event_class == event_class && info.mode == mode) return &info;
  }
  return nullptr;
}

const WordSet* EventLexicon::FindSet(std::string_view name) const {
  auto found = sets_.find(name);
  return found == sets_.end() ? nullptr : &found->second;
}

const std::vector<FrameEntry>* EventLexicon::FindEntries(const std::string& verb) const {
  auto found = entries_.find(verb);
  return found == entries_.end() ? nullptr : &found->second;
}

const std::vector<std::string>* EventLexicon::FindGroups(const std::string& verb) const {
  auto found = groups_.find(verb);
  return found == groups_.end() ? nullptr : &found->second;
}

const EventNoun* EventLexicon::FindNoun(const std::string& noun) const {
  auto found = nouns_.find(noun);
  return found == nouns_.end() ? nullptr : &found->second;
}

const Combination* EventLexicon::FindCombination(const std::string& group, char kind, const Act& part,
                                                 bool negative) const {
  std::string prefix = group + "/" + kind + "/" + (negative ? "not:" : "");
  auto find = [&](std::string_view label) -> const Combination* {
    auto found = combinations_.find(prefix + std::string(label));
    return found == combinations_.end() ? nullptr : &found->second;
  };
  if (part.empty()) return find("unknown");
  std::string name(ToString(part.event_class));
  if (!part.mode.empty()) {
    if (const Combination* found = find(name + "." + part.mode)) return found;
  }
  if (const Combination* found = find(name)) return found;
  if (IsCooperative(part.event_class)) {
    if (const Combination* found = find("coop")) return found;
  } else if (IsMaterialConflict(part.event_class)) {
    if (const Combination* found = find("conflict")) return found;
  }
  return find("any");
}

}  // namespace whowhom::extract
