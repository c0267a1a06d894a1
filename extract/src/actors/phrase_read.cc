// Reading a phrase as a whole: head, country, sector.
#include <algorithm>

#include "actors/phrase.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

bool Covers(const PhraseHit& hit, size_t token) { return hit.begin <= token && token < hit.end; }

const PhraseHit* HitAt(const std::vector<PhraseHit>& hits, size_t token) {
  for (const PhraseHit& hit : hits) {
    if (Covers(hit, token)) return &hit;
  }
  return nullptr;
}

}  // namespace

// Cuts at prepositions, commas, brackets and subordinators that stand outside known names.
std::vector<PhraseReader::Part> PhraseReader::SplitParts(const std::vector<PhraseToken>& tokens,
                                                         const std::vector<PhraseHit>& names) const {
  std::vector<Part> parts(1);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const PhraseToken& token = tokens[i];
    if (HitAt(names, i) != nullptr) continue;
    const bool punctuation = token.lower.empty() && token.text != "-" && token.text != "'s";
    // "National Bank of Egypt", "men and women": nouns that hold such words stay whole.
    bool inside_agent = false;
    for (size_t end = i + 2; !punctuation && end <= tokens.size() && end <= i + 4; ++end) {
      const PhraseHit hit = AgentEndingAt(tokens, parts.back().begin, end);
      if (hit.agent != nullptr && hit.begin < i) inside_agent = true;
    }
    // "native-like apps": part of a compound.
    const bool compounded = i > parts.back().begin && tokens[i - 1].text == "-";
    if (inside_agent || compounded) continue;
    if (punctuation || (!token.capital && (gazetteer_->Is(WordClass::kPreposition, token.lower) ||
                                           gazetteer_->Is(WordClass::kSubordinator, token.lower)))) {
      parts.back().end = i;
      parts.push_back({i + 1, i + 1, punctuation ? "," : token.lower});
    }
  }
  parts.back().end = tokens.size();
  return parts;
}

std::string PhraseReader::CountryIn(const std::vector<PhraseToken>& tokens,
                                    const std::vector<PhraseHit>& names, const Part& part) const {
  std::string from_name;
  for (const PhraseHit& hit : names) {
    if (hit.begin < part.begin || hit.end > part.end) continue;
    const bool dependent = hit.end + 1 < tokens.size() && tokens[hit.end].text == "-" &&
                           gazetteer_->Is(WordClass::kDependence, tokens[hit.end + 1].lower);
    if (dependent) continue;
    const KnownActor& actor = gazetteer_->actor(hit.actor);
    if (hit.use == NameUse::kShort) continue;
    if (actor.type == EntityType::kGpe && !actor.country.empty()) return actor.country;
    if (from_name.empty()) from_name = actor.country;
  }
  return from_name;
}

std::string PhraseReader::SectorIn(const std::vector<PhraseToken>& tokens,
                                   const std::vector<PhraseHit>& names, const Part& part,
                                   std::optional<Day> date) const {
  for (size_t end = part.end; end > part.begin; --end) {
    const PhraseHit* name = HitAt(names, end - 1);
    if (name != nullptr && name->end <= part.end) {
      if (name->use == NameUse::kName || name->use == NameUse::kShort) {
        const Standing standing = StandingOf(name->actor, date);
        if (!standing.sector.empty()) return standing.sector;
      }
      end = name->begin + 1;
      continue;
    }
    const PhraseHit hit = AgentEndingAt(tokens, part.begin, end);
    if (hit.agent == nullptr) continue;
    if (hit.agent->kind != AgentKind::kPlace && hit.agent->sector != "UNK" && !hit.agent->sector.empty()) {
      return hit.agent->sector;
    }
    end = hit.begin + 1;
  }
  return "";
}

void PhraseReader::ReadAgent(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names,
                             const Part& part, const PhraseHit& agent, PhraseReading* reading) const {
  reading->agent = agent.agent;
  reading->plural = agent.agent->plural;
  reading->gender = agent.agent->gender;
  reading->person = agent.agent->kind == AgentKind::kPerson && !agent.agent->plural;
  reading->sector = agent.agent->sector;
  reading->role = agent.agent->phrase;
  reading->confidence = 0.7;
  if (!agent.agent->relational) return;
  const Part before{part.begin, agent.begin, ""};
  const std::string sector = SectorIn(tokens, names, before, std::nullopt);
  if (!sector.empty() && (sector != "GOV" || reading->sector == "UNK")) reading->sector = sector;
}

// "Ada Page", "Kent Page": not the one who is known as Page. A title, an office or a nationality before the
// surname names nobody else.
bool PhraseReader::EndsAnothersName(const std::vector<PhraseToken>& tokens,
                                    const std::vector<PhraseHit>& names, const Part& part) const {
  if (part.end < part.begin + 2) return false;
  const PhraseHit* last = HitAt(names, part.end - 1);
  if (last == nullptr || last->use != NameUse::kShort || last->begin + 1 != last->end) return false;
  const size_t before = part.end - 2;
  const PhraseHit* first = HitAt(names, before);
  if (first != nullptr && (first->use == NameUse::kAdjective || first->use == NameUse::kDemonym))
    return false;
  return tokens[before].capital && !tokens[before].lower.empty() &&
         gazetteer_->FindTitle(tokens[before].lower) == nullptr &&
         AgentEndingAt(tokens, part.begin, before + 1).agent == nullptr;
}

void PhraseReader::ReadHead(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names,
                            const Part& part, std::optional<Day> date, PhraseReading* reading) const {
  const bool is_other = EndsAnothersName(tokens, names, part);
  // 1. A known name that ends the part: titles and adjectives before it belong to it.
  for (const PhraseHit& hit : names) {
    if (hit.end != part.end || hit.begin < part.begin || is_other) continue;
    const KnownActor& actor = gazetteer_->actor(hit.actor);
    const bool alone =
        hit.use == NameUse::kName || hit.use == NameUse::kShort || hit.use == NameUse::kCapital;
    if (!alone && !(hit.use == NameUse::kDemonym || hit.begin == part.begin)) continue;
    // "Captain America" is not America.
    const bool is_titled_state = actor.type == EntityType::kGpe && hit.begin > part.begin &&
                                 gazetteer_->FindTitle(tokens[hit.begin - 1].lower) != nullptr;
    if (is_titled_state) continue;
    if (actor.type != EntityType::kPerson && actor.type != EntityType::kGpe) {
      // "Chile's Defense Department" is not the one of the United States.
      const std::string country = CountryIn(tokens, names, {part.begin, hit.begin, ""});
      if (!country.empty() && country != actor.country && gazetteer_->StateOf(actor.country) != kNoActor)
        continue;
    }
    reading->actor = hit.actor;
    reading->use = hit.use;
    reading->name_begin = hit.begin;
    reading->name_end = hit.end;
    reading->confidence = hit.use == NameUse::kShort ? 0.7 : 0.9;
    reading->person = actor.type == EntityType::kPerson;
    reading->gender = actor.gender;
    if (hit.use == NameUse::kDemonym || hit.use == NameUse::kAdjective) {
      reading->country = actor.country;
      if (part.begin != hit.begin) reading->sector = "CVL";
      return;
    }
    const PhraseHit title = AgentEndingAt(tokens, part.begin, hit.begin);
    reading->titled =
        title.agent != nullptr ||
        (hit.begin > part.begin && gazetteer_->FindTitle(tokens[hit.begin - 1].lower) != nullptr);
    const Standing standing = StandingOf(hit.actor, date);
    reading->country = standing.country;
    reading->sector = standing.sector;
    reading->role = standing.role;
    if (actor.is_state && hit.use == NameUse::kName) reading->sector = "";
    if (hit.use == NameUse::kCapital) reading->sector = "GOV";
    if (actor.type == EntityType::kPerson && title.agent != nullptr && !date &&
        title.agent->sector != "UNK") {
      reading->sector = title.agent->sector;
    }
    return;
  }
  // 2. A noun for a kind of actor.
  const PhraseHit agent = AgentEndingAt(tokens, part.begin, part.end);
  if (agent.agent != nullptr) {
    ReadAgent(tokens, names, part, agent, reading);
    return;
  }
  // 3. An unknown name behind a title or a noun: "Sen. Ada Example", "the rebel FDLR force".
  size_t name_begin = part.end;
  const auto is_known = [&](size_t i) {  // "Minister Holm Ada Berg": a surname before other names is none
    const PhraseHit* hit = HitAt(names, i);
    if (is_other && i + 2 >= part.end) return false;
    return hit != nullptr && (hit->use != NameUse::kShort || i + 1 == part.end);
  };
  while (name_begin > part.begin && tokens[name_begin - 1].capital && !tokens[name_begin - 1].lower.empty() &&
         !is_known(name_begin - 1) && AgentEndingAt(tokens, part.begin, name_begin).agent == nullptr &&
         gazetteer_->FindTitle(tokens[name_begin - 1].lower) == nullptr) {
    --name_begin;
  }
  if (name_begin < part.end && name_begin > part.begin) {
    const PhraseHit title = AgentEndingAt(tokens, part.begin, name_begin);
    const Gazetteer::Title* word = gazetteer_->FindTitle(tokens[name_begin - 1].lower);
    if (title.agent != nullptr) ReadAgent(tokens, names, part, title, reading);
    if (word != nullptr) {
      reading->titled = true;
      reading->person = true;
      if (word->gender != 0) reading->gender = word->gender;
      if (reading->sector.empty() || reading->sector == "UNK") reading->sector = word->sector;
      if (reading->role.empty()) reading->role = word->role;
      reading->confidence = std::max(reading->confidence, 0.5);
    }
  }
  reading->name_begin = name_begin;
  reading->name_end = part.end;
}

// Fills country and sector from the other parts where the head leaves them open.
void PhraseReader::Complete(const std::vector<PhraseToken>& tokens, const std::vector<PhraseHit>& names,
                            const std::vector<Part>& parts, std::optional<Day> date, std::string_view context,
                            PhraseReading* reading) const {
  const bool open_sector = reading->sector.empty() || reading->sector == "UNK";
  const bool relational = reading->agent != nullptr && reading->agent->relational;
  const bool is_country =
      reading->actor != kNoActor && gazetteer_->actor(reading->actor).type == EntityType::kGpe;
  Part own = parts[0];
  if (EndsAnothersName(tokens, names, own)) own.end -= 2;  // "Kent Page" is not of Kent
  if (reading->country.empty()) reading->country = CountryIn(tokens, names, own);
  for (size_t i = 1; i < parts.size(); ++i) {
    const Part& part = parts[i];
    const std::string& preposition = part.preposition;
    const bool belongs = preposition == "of" || preposition == "in" || preposition == "from" ||
                         preposition == "at" || preposition == "for" || preposition == ",";
    if (!belongs) {
      if (preposition == "to" || preposition == "against" || preposition == "with") continue;
      if (gazetteer_->Is(WordClass::kSubordinator, preposition) && preposition != "and") break;
    }
    if (reading->country.empty() && (belongs || preposition == "and"))
      reading->country = CountryIn(tokens, names, part);
    const bool takes = preposition == "of" || preposition == "for" || preposition == "at" ||
                       preposition == "in" || preposition == ",";
    if (takes && !is_country &&
        (open_sector || (relational && i == 1 && preposition != "in" && preposition != ","))) {
      const std::string sector = SectorIn(tokens, names, part, date);
      if (!sector.empty() &&
          (open_sector ? reading->sector.empty() || reading->sector == "UNK" : sector != "GOV")) {
        reading->sector = sector;
      }
    }
  }
  if (reading->country.empty() && !context.empty()) {
    const std::vector<PhraseToken> around = Split(context);
    const std::vector<PhraseHit> hits = FindNames(around, date, false);
    reading->country = CountryIn(around, hits, {0, around.size(), ""});
    if (reading->sector.empty()) {
      for (size_t end = around.size(); end > 0 && reading->sector.empty(); --end) {
        const PhraseHit hit = AgentEndingAt(around, 0, end);
        if (hit.agent != nullptr && hit.agent->sector != "UNK") reading->sector = hit.agent->sector;
      }
    }
  }
}

PhraseReading PhraseReader::Read(const std::vector<PhraseToken>& given, std::optional<Day> date,
                                 std::string_view context) const {
  PhraseReading reading;
  std::vector<PhraseToken> tokens = given;
  size_t skip = 0;
  // Leading determiners and quantifiers say nothing of who it is.
  const auto is_filler = [&](const PhraseToken& token) {
    if (token.lower.empty()) return true;
    const bool digit = token.lower[0] >= '0' && token.lower[0] <= '9';
    return gazetteer_->Is(WordClass::kDeterminer, token.lower) ||
           gazetteer_->Is(WordClass::kQuantifier, token.lower) || digit;
  };
  const bool article_only = tokens.size() >= 2 && !FindNames(tokens, date, false).empty() &&
                            FindNames(tokens, date, false)[0].begin == 0 &&
                            FindNames(tokens, date, false)[0].end > 1;
  while (!article_only && skip + 1 < tokens.size() && is_filler(tokens[skip])) ++skip;
  // "several of the largest unions": the second noun counts.
  if (!article_only && skip + 1 < tokens.size() && skip > 0 && tokens[skip].lower == "of") {
    ++skip;
    while (skip + 1 < tokens.size() && is_filler(tokens[skip])) ++skip;
  }
  tokens.erase(tokens.begin(), tokens.begin() + static_cast<long>(skip));
  if (tokens.empty()) return reading;
  const std::vector<PhraseHit> names = FindNames(tokens, date, true);
  const std::vector<Part> parts = SplitParts(tokens, names);
  for (const PhraseToken& token : tokens) {
    if (gazetteer_->Is(WordClass::kFormer, token.lower)) reading.former = true;
  }
  size_t main = 0;
  while (main + 1 < parts.size() && parts[main].begin == parts[main].end) ++main;
  ReadHead(tokens, names, parts[main], date, &reading);
  if (main > 0) {
    std::vector<Part> rest(parts.begin() + static_cast<long>(main), parts.end());
    Complete(tokens, names, rest, date, context, &reading);
  } else {
    Complete(tokens, names, parts, date, context, &reading);
  }
  const bool office = reading.sector == "GOV" || reading.sector == "LEG" || reading.sector == "JUD";
  if (reading.former && office) reading.sector = "ELI";
  if (reading.name_begin < reading.name_end) {
    for (size_t i = reading.name_begin; i < reading.name_end; ++i) {
      if (!reading.name.empty()) reading.name += ' ';
      reading.name += tokens[i].text;
    }
  }
  reading.name_begin += skip;
  reading.name_end += skip;
  if (!reading.country.empty()) reading.confidence = std::min(0.95, reading.confidence + 0.1);
  return reading;
}

}  // namespace whowhom::extract::actors
