// Readers of the shipped tables data/actors/*.tsv.
#include <algorithm>

#include "actors/gazetteer.h"
#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

// A table with access by column name.
class Table {
 public:
  static Result<Table> Read(const std::string& path, const std::vector<std::string>& columns) {
    WHOWHOM_TRY(TsvTable table, ReadTsv(path));
    Table out;
    for (const std::string& column : columns) {
      WHOWHOM_TRY(const size_t index, table.Column(column));
      out.index_.push_back(index);
    }
    out.table_ = std::move(table);
    return out;
  }
  size_t size() const { return table_.rows.size(); }
  // `column` counts in the order given to Read.
  const std::string& At(size_t row, size_t column) const { return table_.rows[row].fields[index_[column]]; }
  Error Complain(size_t row, const std::string& what) const {
    return InvalidInput(table_.path + ":" + std::to_string(table_.rows[row].line) + ": " + what);
  }

 private:
  TsvTable table_;
  std::vector<size_t> index_;
};

char GenderCode(const std::string& text) { return text.empty() ? '\0' : text[0]; }

Result<Tenure> MakeTenure(const Table& table, size_t row, size_t first_column) {
  Tenure tenure;
  tenure.role = table.At(row, first_column);
  tenure.sector = table.At(row, first_column + 1);
  const auto from = ParseLooseDay(table.At(row, first_column + 2), false);
  const auto to = ParseLooseDay(table.At(row, first_column + 3), true);
  if (!from || !to)
    return table.Complain(row, "expected a date YYYY, YYYY-MM or YYYY-MM-DD in columns from and to");
  if (*to < *from) return table.Complain(row, "the role ends before it begins");
  tenure.from = *from;
  tenure.to = *to;
  return tenure;
}

}  // namespace

Status Gazetteer::LoadStates(const std::string& path) {
  WHOWHOM_TRY(const Table table, Table::Read(path, {"iso3", "name", "adjective", "demonyms", "aliases",
                                                    "capital", "capital_aliases"}));
  for (size_t row = 0; row < table.size(); ++row) {
    KnownActor state;
    state.name = table.At(row, 1);
    state.type = EntityType::kGpe;
    state.country = table.At(row, 0);
    state.is_state = true;
    const ActorId id = AddActor(state);
    states_[state.country] = id;
    AddName(state.name, id, NameUse::kName);
    for (const std::string& alias : SplitList(table.At(row, 4), '|')) AddName(alias, id, NameUse::kName);
    const std::vector<std::string> adjectives = SplitList(table.At(row, 2), '|');
    if (!adjectives.empty()) adjectives_[state.country] = adjectives[0];
    for (const std::string& adjective : adjectives) AddName(adjective, id, NameUse::kAdjective);
    for (const std::string& demonym : SplitList(table.At(row, 3), '|'))
      AddName(demonym, id, NameUse::kDemonym);
    for (size_t column : {5, 6}) {
      for (const std::string& capital : SplitList(table.At(row, column), '|'))
        AddName(capital, id, NameUse::kCapital);
    }
  }
  return {};
}

Status Gazetteer::LoadOrganisations(const std::string& path) {
  WHOWHOM_TRY(const Table table,
              Table::Read(path, {"name", "type", "country", "aliases", "sector", "from", "to"}));
  for (size_t row = 0; row < table.size(); ++row) {
    KnownActor body;
    body.name = table.At(row, 0);
    const auto type = ParseEntityType(table.At(row, 1));
    if (!type)
      return table.Complain(row, "expected a type such as ORG or GROUP, found '" + table.At(row, 1) + "'");
    body.type = *type;
    body.country = table.At(row, 2);
    body.sector = table.At(row, 4);
    const ActorId id = AddActor(body);
    AddName(body.name, id, NameUse::kName);
    for (const std::string& alias : SplitList(table.At(row, 3), '|')) AddName(alias, id, NameUse::kName);
    if (table.At(row, 5).empty() && table.At(row, 6).empty()) continue;
    const auto from = ParseLooseDay(table.At(row, 5), false);
    const auto to = ParseLooseDay(table.At(row, 6), true);
    if (!from || !to)
      return table.Complain(row, "expected a date YYYY, YYYY-MM or YYYY-MM-DD in columns from and to");
    AddTenure(id, {"", body.country, body.sector, "", *from, *to});
  }
  return {};
}

// "the Government of Iran" is the Iranian government, of every state that has an adjective.
void Gazetteer::AddGovernments() {
  const size_t known = actors_.size();
  for (size_t state = 0; state < known; ++state) {
    const std::string country = actors_[state].country;
    const std::string adjective = actors_[state].is_state ? AdjectiveOf(country) : "";
    if (adjective.empty()) continue;
    const std::string usual = adjective + " government";
    ActorId id = kNoActor;
    for (const NameEntry& entry : Find(NameKey(usual))) {
      if (entry.use == NameUse::kName && actors_[entry.actor].country == country) id = entry.actor;
    }
    if (id == kNoActor) {
      if (!Find(NameKey(usual)).empty()) continue;
      KnownActor government;
      government.name = usual;
      government.type = EntityType::kOrg;
      government.country = country;
      government.sector = "GOV";
      id = AddActor(government);
      AddName(usual, id, NameUse::kName);
    }
    for (const std::string of : {"Government of ", "Government of the "})
      AddName(of + actors_[state].name, id, NameUse::kName);
  }
}

Status Gazetteer::LoadPeople(const std::string& path) {
  WHOWHOM_TRY(const Table table, Table::Read(path, {"name", "aliases", "short", "gender", "country", "role",
                                                    "sector", "from", "to"}));
  for (size_t row = 0; row < table.size(); ++row) {
    KnownActor person;
    person.name = table.At(row, 0);
    person.type = EntityType::kPerson;
    person.country = table.At(row, 4);
    person.sector = table.At(row, 6);
    person.gender = GenderCode(table.At(row, 3));
    const ActorId id = AddActor(person);
    AddName(person.name, id, NameUse::kName);
    for (const std::string& alias : SplitList(table.At(row, 1), '|')) AddName(alias, id, NameUse::kName);
    if (!table.At(row, 3).empty()) actors_[id].gender = GenderCode(table.At(row, 3));
    std::vector<std::string> shorts = SplitList(table.At(row, 2), '|');
    if (shorts.empty()) {
      const size_t blank = person.name.rfind(' ');
      if (blank != std::string::npos) shorts.push_back(person.name.substr(blank + 1));
    }
    for (const std::string& name : shorts) AddName(name, id, NameUse::kShort);
    WHOWHOM_TRY(Tenure tenure, MakeTenure(table, row, 5));
    tenure.country = person.country;
    AddTenure(id, tenure);
  }
  return {};
}

Status Gazetteer::LoadPlaces(const std::string& path) {
  WHOWHOM_TRY(const Table table, Table::Read(path, {"name", "aliases", "country", "sector"}));
  for (size_t row = 0; row < table.size(); ++row) {
    if (!Find(NameKey(table.At(row, 0))).empty()) continue;  // a state or a capital is known already
    KnownActor place;
    place.name = table.At(row, 0);
    place.type = EntityType::kGpe;
    place.country = table.At(row, 2);
    place.sector = table.At(row, 3);
    place.is_place = true;
    const ActorId id = AddActor(place);
    AddName(place.name, id, NameUse::kName);
    for (const std::string& alias : SplitList(table.At(row, 1), '|')) {
      if (Find(NameKey(alias)).empty()) AddName(alias, id, NameUse::kName);
    }
  }
  return {};
}

Status Gazetteer::LoadAgents(const std::string& path) {
  WHOWHOM_TRY(const Table table,
              Table::Read(path, {"phrase", "sector", "kind", "plural", "gender", "relational"}));
  for (size_t row = 0; row < table.size(); ++row) {
    Agent agent;
    agent.phrase = NormalizeName(table.At(row, 0));
    agent.sector = table.At(row, 1);
    const std::string& kind = table.At(row, 2);
    if (kind == "person") {
      agent.kind = AgentKind::kPerson;
    } else if (kind == "group") {
      agent.kind = AgentKind::kGroup;
    } else if (kind == "vehicle") {
      agent.kind = AgentKind::kVehicle;
    } else if (kind == "place") {
      agent.kind = AgentKind::kPlace;
    } else {
      return table.Complain(row, "expected kind person, group, vehicle or place, found '" + kind + "'");
    }
    agent.gender = GenderCode(table.At(row, 4));
    agent.relational = table.At(row, 5) == "yes";
    const std::string plural =
        table.At(row, 3).empty() ? RegularPlural(agent.phrase) : NormalizeName(table.At(row, 3));
    AddAgent(agent, plural, false);
  }
  return {};
}

Status Gazetteer::LoadSmallTables(const std::string& dir) {
  WHOWHOM_TRY(const Table titles, Table::Read(dir + "titles.tsv", {"title", "gender", "sector", "role"}));
  for (size_t row = 0; row < titles.size(); ++row) {
    titles_[NormalizeName(titles.At(row, 0))] = {GenderCode(titles.At(row, 1)), titles.At(row, 2),
                                                 titles.At(row, 3)};
  }
  WHOWHOM_TRY(const Table pronouns,
              Table::Read(dir + "pronouns.tsv", {"form", "person", "number", "gender", "kind"}));
  for (size_t row = 0; row < pronouns.size(); ++row) {
    const std::string& person = pronouns.At(row, 1);
    if (person.size() != 1 || person[0] < '1' || person[0] > '3') {
      return pronouns.Complain(row, "expected person 1, 2 or 3");
    }
    pronouns_[pronouns.At(row, 0)] = {static_cast<uint8_t>(person[0] - '0'), GenderCode(pronouns.At(row, 2)),
                                      GenderCode(pronouns.At(row, 3)), pronouns.At(row, 4)};
  }
  static const std::map<std::string, WordClass> kClasses = {{"determiner", WordClass::kDeterminer},
                                                            {"quantifier", WordClass::kQuantifier},
                                                            {"statebody", WordClass::kStateBody},
                                                            {"former", WordClass::kFormer},
                                                            {"preposition", WordClass::kPreposition},
                                                            {"dependence", WordClass::kDependence},
                                                            {"base", WordClass::kBase},
                                                            {"subordinator", WordClass::kSubordinator},
                                                            {"kept", WordClass::kKeptModifier},
                                                            {"locative", WordClass::kLocative},
                                                            {"nobody", WordClass::kNobodyInParticular}};
  WHOWHOM_TRY(const Table words, Table::Read(dir + "phrase_words.tsv", {"word", "class"}));
  for (size_t row = 0; row < words.size(); ++row) {
    const auto found = kClasses.find(words.At(row, 1));
    if (found == kClasses.end()) return words.Complain(row, "unknown class '" + words.At(row, 1) + "'");
    words_[words.At(row, 0)].push_back(found->second);
  }
  WHOWHOM_TRY(const Table given, Table::Read(dir + "given_names.tsv", {"name", "gender"}));
  for (size_t row = 0; row < given.size(); ++row) {
    given_names_[NormalizeName(given.At(row, 0))] = GenderCode(given.At(row, 1));
  }
  WHOWHOM_TRY(const Table common, Table::Read(dir + "common_surnames.tsv", {"name"}));
  for (size_t row = 0; row < common.size(); ++row) common_surnames_.insert(NameKey(common.At(row, 0)));
  WHOWHOM_TRY(const Table roles, Table::Read(dir + "roles.tsv", {"phrase", "role", "countries"}));
  for (size_t row = 0; row < roles.size(); ++row) {
    roles_.emplace(roles.At(row, 0), std::pair(roles.At(row, 1), roles.At(row, 2)));
  }
  return {};
}

Result<Gazetteer> Gazetteer::Load(const std::string& data_dir) {
  const std::string dir = data_dir + "/actors/";
  Gazetteer gazetteer;
  WHOWHOM_TRY_STATUS(gazetteer.LoadStates(dir + "countries.tsv"));
  WHOWHOM_TRY_STATUS(gazetteer.LoadOrganisations(dir + "organisations.tsv"));
  gazetteer.AddGovernments();
  WHOWHOM_TRY_STATUS(gazetteer.LoadPeople(dir + "people.tsv"));
  WHOWHOM_TRY_STATUS(gazetteer.LoadPlaces(dir + "places.tsv"));
  WHOWHOM_TRY_STATUS(gazetteer.LoadAgents(dir + "agents.tsv"));
  WHOWHOM_TRY_STATUS(gazetteer.LoadSmallTables(dir));
  gazetteer.Finish();
  return gazetteer;
}

}  // namespace whowhom::extract::actors
