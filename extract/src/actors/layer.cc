#include "actors/layer.h"

#include <algorithm>

#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

constexpr size_t kMaxLayerBytes = size_t{64} << 20;

Error Complain(const TsvTable& table, const TsvRow& row, const std::string& what) {
  return InvalidInput(table.path + ":" + std::to_string(row.line) + ": " + what);
}

// The field of a column that need not exist.
std::string FieldOf(const TsvTable& table, const TsvRow& row, std::string_view column) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i] == column) return row.fields[i];
  }
  return "";
}

Status ReadCommon(const TsvTable& table, const TsvRow& row, LayerActor* actor) {
  const std::string type = FieldOf(table, row, "type");
  if (!type.empty()) {
    actor->type = ParseEntityType(type);
    if (!actor->type)
      return Complain(table, row, "expected a type such as PERSON, ORG, GPE or GROUP, found '" + type + "'");
  }
  actor->country = FieldOf(table, row, "country");
  if (!actor->country.empty() && actor->country.size() != 3)
    return Complain(table, row, "expected a country of three letters, found '" + actor->country + "'");
  actor->sector = FieldOf(table, row, "sector");
  if (!actor->sector.empty() && actor->sector.size() != 3)
    return Complain(table, row, "expected a sector of three letters, found '" + actor->sector + "'");
  const std::string gender = FieldOf(table, row, "gender");
  if (!gender.empty() && gender != "m" && gender != "f")
    return Complain(table, row, "expected gender m or f, found '" + gender + "'");
  actor->gender = gender.empty() ? '\0' : gender[0];
  actor->line = row.line;
  return {};
}

}  // namespace

std::string_view ToString(LayerKind kind) {
  switch (kind) {
    case LayerKind::kAliases:
      return "aliases";
    case LayerKind::kRoles:
      return "roles";
    case LayerKind::kPetrarchActors:
      return "petrarch-actors";
    case LayerKind::kPetrarchAgents:
      return "petrarch-agents";
    case LayerKind::kDiscards:
      return "discards";
  }
  return "aliases";
}

Result<Layer> ParseAliasTable(std::string_view content, const std::string& path) {
  WHOWHOM_TRY(const TsvTable table, ParseTsv(content, path));
  WHOWHOM_TRY(const size_t name_column, table.Column("name"));
  WHOWHOM_TRY(const size_t alias_column, table.Column("alias"));
  Layer layer;
  layer.kind = LayerKind::kAliases;
  for (const TsvRow& row : table.rows) {
    LayerActor actor;
    actor.name = row.fields[name_column];
    if (NameKey(actor.name).empty()) return Complain(table, row, "expected a name in column name");
    actor.names = SplitList(row.fields[alias_column], '|');
    actor.whole_word.assign(actor.names.size() + 1, true);
    WHOWHOM_TRY_STATUS(ReadCommon(table, row, &actor));
    layer.actors.push_back(std::move(actor));
  }
  return layer;
}

Result<Layer> ParseRoleTable(std::string_view content, const std::string& path) {
  WHOWHOM_TRY(const TsvTable table, ParseTsv(content, path));
  WHOWHOM_TRY(const size_t name_column, table.Column("name"));
  WHOWHOM_TRY(const size_t role_column, table.Column("role"));
  Layer layer;
  layer.kind = LayerKind::kRoles;
  for (const TsvRow& row : table.rows) {
    LayerActor actor;
    actor.name = row.fields[name_column];
    if (NameKey(actor.name).empty()) return Complain(table, row, "expected a name in column name");
    actor.names = SplitList(FieldOf(table, row, "aliases"), '|');
    actor.whole_word.assign(actor.names.size() + 1, true);
    WHOWHOM_TRY_STATUS(ReadCommon(table, row, &actor));
    if (!actor.type) actor.type = EntityType::kPerson;
    Tenure tenure;
    tenure.role = row.fields[role_column];
    tenure.country = actor.country;
    tenure.sector = actor.sector;
    const auto from = ParseLooseDay(FieldOf(table, row, "from"), false);
    const auto to = ParseLooseDay(FieldOf(table, row, "to"), true);
    if (!from || !to)
      return Complain(table, row, "expected a date YYYY, YYYY-MM or YYYY-MM-DD in columns from and to");
    if (*to < *from) return Complain(table, row, "the role ends before it begins");
    tenure.from = *from;
    tenure.to = *to;
    actor.tenures.push_back(std::move(tenure));
    layer.actors.push_back(std::move(actor));
  }
  return layer;
}

Result<Layer> ParseLayer(std::string_view content, const std::string& path) {
  if (content.size() > kMaxLayerBytes) return Error{ErrorCode::kResourceLimit, path + ": larger than 64 MB"};
  if (!IsValidUtf8(content))
    return InvalidInput(path + ": not UTF-8; convert it first (iconv -f latin1 -t utf8)");
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  // The kind by the first lines that say something.
  size_t tilde = 0;
  size_t brackets = 0;
  size_t lines = 0;
  for (size_t begin = 0; begin < content.size();) {
    size_t end = content.find('\n', begin);
    if (end == std::string_view::npos) end = content.size();
    const std::string_view line = content.substr(begin, end - begin);
    begin = end + 1;
    const size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line[first] == '#' || line[first] == ';') continue;
    if (lines == 0 && line.find('\t') != std::string_view::npos && line.find('[') == std::string_view::npos) {
      const std::vector<std::string> columns = SplitList(line, '\t');
      const auto has = [&](std::string_view name) {
        return std::find(columns.begin(), columns.end(), name) != columns.end();
      };
      if (has("name") && has("alias")) return ParseAliasTable(content, path);
      if (has("name") && has("role")) return ParseRoleTable(content, path);
      return InvalidInput(path + ":1: expected a table with the columns name and alias, or name and role");
    }
    ++lines;
    if (line.find('[') != std::string_view::npos) ++brackets;
    if (line.find("[~") != std::string_view::npos || line.find("~]") != std::string_view::npos ||
        line.find("= ") != std::string_view::npos)
      ++tilde;
  }
  if (lines == 0) return InvalidInput(path + ": empty; expected a table or a PETRARCH dictionary");
  if (tilde > 0) return ParsePetrarchAgents(content, path);
  if (brackets > 0) return ParsePetrarchActors(content, path);
  if (path.find("iscard") != std::string::npos) return ParseDiscards(content, path);
  return InvalidInput(path +
                      ": no line holds a [CODE] and the first is no header; expected an actor or agent "
                      "dictionary, a table, or a file with 'discard' in its name");
}

CodeMeaning MeaningOfCode(const std::string& code, const Gazetteer& gazetteer) {
  static constexpr std::pair<std::string_view, std::string_view> kSectors[] = {
      {"GOV", "GOV"}, {"MIL", "MIL"}, {"COP", "COP"}, {"JUD", "JUD"}, {"LEG", "LEG"}, {"REB", "REB"},
      {"OPP", "OPP"}, {"PTY", "PTY"}, {"CVL", "CVL"}, {"PPL", "CVL"}, {"BUS", "BUS"}, {"MNC", "BUS"},
      {"EDU", "EDU"}, {"MED", "JRN"}, {"JRN", "JRN"}, {"HLH", "MED"}, {"REL", "REL"}, {"REF", "REF"},
      {"SPY", "SPY"}, {"UAF", "UAF"}, {"CRM", "CRM"}, {"LAB", "LAB"}, {"AGR", "AGR"}, {"ELI", "ELI"},
      {"INS", "REB"}, {"SEP", "REB"}, {"RAD", "REB"}, {"HRI", "SOC"}, {"DEV", "SOC"}, {"ENV", "SOC"},
      {"NGM", "SOC"}, {"SOC", "SOC"}, {"PRM", "PRM"}, {"SET", "CVL"}, {"PRE", "PRE"}};
  CodeMeaning meaning;
  for (size_t at = 0; at + 3 <= code.size(); at += 3) {
    const std::string group = code.substr(at, 3);
    const bool body = group == "IGO" || group == "NGO" || group == "IMG" || group == "UNO" || group == "EUR";
    std::string_view sector;
    for (const auto& [from, to] : kSectors) {
      if (group == from) sector = to;
    }
    if (at == 0 && group != "---" && (sector.empty() || gazetteer.StateOf(group) != kNoActor || body)) {
      meaning.country = group;
    } else if (!sector.empty()) {
      meaning.sector = sector;
    }
  }
  return meaning;
}

void ApplyLayer(const Layer& layer, Gazetteer* gazetteer) {
  const bool capitals = layer.kind == LayerKind::kPetrarchActors;
  for (const LayerActor& entry : layer.actors) {
    KnownActor actor;
    actor.name = entry.name;
    actor.type = entry.type.value_or(EntityType::kOrg);
    actor.country = entry.country;
    actor.sector = entry.sector;
    actor.gender = entry.gender;
    // An alias of a known actor joins it; otherwise the layer brings a new one.
    ActorId id = gazetteer->FindByCanonicalName(entry.name);
    if (id == kNoActor && layer.kind != LayerKind::kPetrarchActors) {
      for (const NameEntry& name : gazetteer->Find(NameKey(entry.name))) {
        if (name.use == NameUse::kName && id == kNoActor) id = name.actor;
      }
    }
    if (id == kNoActor) id = gazetteer->AddActor(actor);
    KnownActor* known = gazetteer->mutable_actor(id);
    if (entry.type) known->type = *entry.type;
    if (!entry.country.empty() && entry.tenures.empty()) known->country = entry.country;
    if (!entry.sector.empty() && entry.tenures.empty()) known->sector = entry.sector;
    if (entry.gender != 0) known->gender = entry.gender;
    if (known->country.empty()) known->country = entry.country;
    for (Tenure tenure : entry.tenures) {
      if (!tenure.code.empty()) {
        if (tenure.code == "###") continue;
        const CodeMeaning meaning = MeaningOfCode(tenure.code, *gazetteer);
        tenure.country = meaning.country;
        tenure.sector = meaning.sector;
        if (known->country.empty()) known->country = meaning.country;
      }
      known->tenures.push_back(tenure);
    }
    gazetteer->OverrideName(entry.name, id, NameUse::kName, capitals);
    gazetteer->SetStem(entry.name, !entry.whole_word.front());
    for (size_t i = 0; i < entry.names.size(); ++i) {
      gazetteer->OverrideName(entry.names[i], id, NameUse::kName, capitals);
      gazetteer->SetStem(entry.names[i], !entry.whole_word[i + 1]);
    }
  }
  for (const LayerAgent& entry : layer.agents) {
    Agent agent = entry.agent;
    const Agent* known = gazetteer->FindAgent(agent.phrase);
    if (known != nullptr) {
      agent.kind = known->kind;
      agent.gender = known->gender;
    } else {
      agent.kind = AgentKind::kGroup;
    }
    std::string letters;
    for (char c : agent.code) {
      if (c != '~') letters.push_back(c);
    }
    const CodeMeaning meaning = MeaningOfCode("---" + letters, *gazetteer);
    agent.sector = meaning.sector.empty() ? (known != nullptr ? known->sector : "UNK") : meaning.sector;
    gazetteer->AddAgent(agent, entry.plural.empty() ? agent.phrase : entry.plural, true);
  }
  for (const std::string& phrase : layer.discards) gazetteer->Discard(phrase, false);
  for (const std::string& phrase : layer.story_discards) gazetteer->Discard(phrase, true);
}

}  // namespace whowhom::extract::actors
