#include "actors/phrase.h"

#include <algorithm>
#include <unordered_set>

#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {
namespace {

constexpr size_t kMaxPhraseTokens = 400;  // a longer "phrase" is read by its beginning

bool IsSplitMark(char32_t c) {
  return c == ',' || c == '(' || c == ')' || c == ';' || c == ':' || c == '"' || c == 0x201C || c == 0x201D;
}

// Whether a name written so may be read from an entry: acronyms need their capitals.
bool SurfaceAllows(const NameEntry& entry, std::string_view surface) {
  bool has_upper = false;
  bool has_lower = false;
  for (size_t i = 0; i < surface.size();) {
    const CodePoint point = DecodeUtf8(surface, i);
    if (IsUpper(point.value)) has_upper = true;
    if (IsLower(point.value)) has_lower = true;
    i += point.length;
  }
  if (entry.acronym) return !has_lower && has_upper;
  return has_upper || surface.size() >= 5;
}

// Rank of a use when a name has several: states and full names before cities, surnames last.
int UseRank(const KnownActor& actor, NameUse use) {
  if (use == NameUse::kShort) return 0;
  if (use == NameUse::kCapital) return 2;
  if (use == NameUse::kDemonym) return 3;
  if (use == NameUse::kAdjective) return 4;
  if (actor.is_place) return 1;
  return actor.is_state ? 6 : 5;
}

}  // namespace

PhraseToken PhraseReader::MakeToken(std::string_view text) const {
  PhraseToken token;
  token.text = std::string(text);
  token.lower = NormalizeName(text);
  bool first = true;
  for (size_t i = 0; i < text.size();) {
    const CodePoint point = DecodeUtf8(text, i);
    if (IsUpper(point.value)) {
      if (first) token.capital = true;
      token.all_lower = false;
    }
    if (IsLetter(point.value)) first = false;
    i += point.length;
  }
  return token;
}

std::vector<PhraseToken> PhraseReader::Split(std::string_view phrase) const {
  std::vector<PhraseToken> tokens;
  std::string word;
  const auto flush = [&] {
    if (word.empty() || tokens.size() >= kMaxPhraseTokens) {
      word.clear();
      return;
    }
    const size_t hyphen = word.rfind('-');
    if (hyphen != std::string::npos && hyphen > 0) {
      const std::string tail = NormalizeName(std::string_view(word).substr(hyphen + 1));
      if (gazetteer_->Is(WordClass::kDependence, tail) || gazetteer_->Is(WordClass::kBase, tail)) {
        tokens.push_back(MakeToken(std::string_view(word).substr(0, hyphen)));
        tokens.push_back(MakeToken("-"));
        tokens.push_back(MakeToken(std::string_view(word).substr(hyphen + 1)));
        word.clear();
        return;
      }
    }
    for (const std::string_view ending : {"'s", "’s", "'", "’"}) {
      if (word.size() > ending.size() && word.ends_with(ending)) {
        tokens.push_back(MakeToken(std::string_view(word).substr(0, word.size() - ending.size())));
        tokens.push_back(MakeToken("'s"));
        word.clear();
        return;
      }
    }
    tokens.push_back(MakeToken(word));
    word.clear();
  };
  for (size_t i = 0; i < phrase.size();) {
    const CodePoint point = DecodeUtf8(phrase, i);
    if (IsSpace(point.value)) {
      flush();
    } else if (IsSplitMark(point.value)) {
      flush();
      if (tokens.size() < kMaxPhraseTokens) tokens.push_back(MakeToken(phrase.substr(i, point.length)));
    } else {
      word.append(phrase.substr(i, point.length));
    }
    i += point.length;
  }
  flush();
  return tokens;
}

namespace {

// Of a state, a government, its foreign affairs or an international body: known by the surname alone.
bool Leads(const Tenure& tenure) {
  static const std::unordered_set<std::string> kRoles = {"president",
                                                         "prime minister",
                                                         "supreme leader",
                                                         "king",
                                                         "queen",
                                                         "emperor",
                                                         "emir",
                                                         "sultan",
                                                         "pope",
                                                         "crown prince",
                                                         "vice president",
                                                         "foreign minister",
                                                         "secretary-general"};
  return kRoles.contains(tenure.role);
}

}  // namespace

PhraseReader::Choice PhraseReader::Choose(const std::string& key, std::string_view surface,
                                          std::optional<Day> date, bool short_names) const {
  Choice best;
  int best_rank = -1;
  std::pair<bool, Day> best_last(false, kBeginningOfTime);
  for (const NameEntry& entry : gazetteer_->Find(key)) {
    if (entry.use == NameUse::kShort && !short_names) continue;
    if (!SurfaceAllows(entry, surface)) continue;
    const KnownActor& actor = gazetteer_->actor(entry.actor);
    if (actor.is_place && ToLower(surface) == surface) continue;  // "the coast" is no province of that name
    int rank = UseRank(actor, entry.use) * 4;
    if (entry.use == NameUse::kShort) {
      const bool leads =
          date && std::any_of(actor.tenures.begin(), actor.tenures.end(), [&](const Tenure& tenure) {
            return Leads(tenure) && tenure.from <= *date && *date <= tenure.to;
          });
      if (!leads && gazetteer_->IsCommonSurname(key)) continue;
      if (leads) rank += 3;
    }
    if (!actor.tenures.empty()) {
      const Tenure& last = actor.tenures.back();
      const Day day = date.value_or(last.from);
      for (const Tenure& tenure : actor.tenures) {
        if (tenure.from <= day && day <= tenure.to) rank += rank % 4 == 0 ? 2 : 0;
      }
      if (entry.use == NameUse::kShort && date && rank % 4 == 0) {
        // A surname alone is read only near the time in office.
        const Day early{actor.tenures.front().from.number - 366};
        const bool near = early <= *date && date->number <= last.to.number + 366 * 12;
        if (!near) continue;
      }
    }
    // In an undated article who led a state is meant, and of two the later one.
    const bool has_led = std::any_of(actor.tenures.begin(), actor.tenures.end(), Leads);
    const std::pair last(has_led, actor.tenures.empty() ? kBeginningOfTime : actor.tenures.back().to);
    const bool is_later = rank == best_rank && !date && best_last < last;
    if (rank > best_rank || is_later) {
      best_rank = rank;
      best_last = last;
      best = {entry.actor, entry.use};
    }
  }
  return best;
}

// "Roger Clinton" is not the Clinton who is known, nor "William J. Fallon" the William: a surname alone that
// stands behind a given name, or a name alone before an initial.
bool PhraseReader::IsOfAnotherPerson(const std::vector<PhraseToken>& tokens, const PhraseHit& hit) const {
  if (hit.use != NameUse::kShort) return false;
  const auto is_initial = [](const PhraseToken& token) {
    return token.capital && (token.lower.size() == 1 || (token.lower.size() == 2 && token.lower[1] == '.'));
  };
  if (hit.end < tokens.size() && is_initial(tokens[hit.end])) return true;
  if (hit.begin == 0) return false;
  const PhraseToken& before = tokens[hit.begin - 1];
  if (!before.capital || (gazetteer_->GenderOf(before.lower) == 0 && !is_initial(before))) return false;
  // "Jim" may be short for "James": one first letter of a given name is enough.
  const std::string own = NormalizeName(gazetteer_->actor(hit.actor).name);
  const std::string given = " " + own.substr(0, own.rfind(' ') == std::string::npos ? 0 : own.rfind(' '));
  return given.find(" " + before.lower.substr(0, 1)) == std::string::npos;
}

std::vector<PhraseHit> PhraseReader::FindNames(const std::vector<PhraseToken>& tokens,
                                               std::optional<Day> date, bool short_names) const {
  std::vector<PhraseHit> hits;
  const size_t longest = std::min<size_t>(gazetteer_->longest_name() + 2, 12);
  for (size_t begin = 0; begin < tokens.size();) {
    PhraseHit best;
    std::string key;
    std::string surface;
    for (size_t end = begin + 1; end <= tokens.size() && end - begin <= longest; ++end) {
      const PhraseToken& token = tokens[end - 1];
      if (token.lower.empty() && token.text != "-" && token.text != "'s") break;
      key += token.text == "'s" ? "s" : Squeeze(token.lower);  // "the People's Republic"
      if (!surface.empty()) surface += ' ';
      surface += token.text;
      if (token.lower.empty() || (end - begin == 1 && tokens[begin].text == "'s")) continue;
      if (gazetteer_->FindStem(key, Squeeze(token.lower).size()).empty()) continue;
      Choice choice = Choose(key, surface, date, short_names);
      if (choice.actor == kNoActor && gazetteer_->Find(key).empty() && token.capital) {
        choice = {gazetteer_->FindStem(key, Squeeze(token.lower).size()).front().actor, NameUse::kName};
      }
      if (choice.actor != kNoActor) {
        best.begin = begin;
        best.end = end;
        best.actor = choice.actor;
        best.use = choice.use;
      }
    }
    if (best.actor != kNoActor && !tokens[begin].lower.empty()) {
      if (!IsOfAnotherPerson(tokens, best)) hits.push_back(best);
      begin = best.end;
    } else {
      ++begin;
    }
  }
  return hits;
}

PhraseHit PhraseReader::AgentEndingAt(const std::vector<PhraseToken>& tokens, size_t begin,
                                      size_t end) const {
  PhraseHit hit;
  std::string phrase;
  // "a soldier-like discipline", "a rebel-held town": neither a soldier nor a rebel.
  const bool depends = end + 1 < tokens.size() && tokens[end].text == "-" &&
                       gazetteer_->Is(WordClass::kDependence, tokens[end + 1].lower);
  if (depends) return hit;
  for (size_t start = end; start > begin && end - start <= gazetteer_->longest_agent(); --start) {
    const PhraseToken& token = tokens[start - 1];
    if (token.lower.empty() && token.text != "-" && token.text != "'s") break;
    if (token.text == "'s") {
      phrase = phrase.empty() ? "'s" : "'s " + phrase;
      continue;
    }
    if (token.lower.empty()) continue;
    if (phrase.starts_with("'s")) {
      phrase = token.lower + phrase;
    } else {
      phrase = phrase.empty() ? token.lower : token.lower + " " + phrase;
    }
    const Agent* agent = gazetteer_->FindAgent(phrase);
    if (agent != nullptr) {
      hit.begin = start - 1;
      hit.end = end;
      hit.agent = agent;
    }
  }
  return hit;
}

PhraseReader::Standing PhraseReader::StandingOf(ActorId id, std::optional<Day> date) const {
  const KnownActor& actor = gazetteer_->actor(id);
  Standing standing{actor.sector, actor.country, "", false};
  if (actor.tenures.empty()) return standing;
  if (!date) {
    const Tenure* latest = &actor.tenures.front();
    for (const Tenure& tenure : actor.tenures) {
      if (tenure.to >= latest->to) latest = &tenure;
    }
    return {latest->sector, latest->country, latest->role, false};
  }
  const Tenure* current = nullptr;
  bool held_before = false;
  for (const Tenure& tenure : actor.tenures) {
    if (tenure.from <= *date && *date <= tenure.to) current = &tenure;
    if (tenure.to < *date) held_before = true;
  }
  if (current != nullptr) return {current->sector, current->country, current->role, false};
  if (held_before && actor.type == EntityType::kPerson) {
    const Tenure* last = &actor.tenures.front();
    for (const Tenure& tenure : actor.tenures) {
      if (tenure.to < *date) last = &tenure;
    }
    const bool office = last->sector == "GOV" || last->sector == "LEG" || last->sector == "MIL" ||
                        last->sector == "SPY" || last->sector == "JUD";
    return {office ? "ELI" : last->sector, last->country, "", true};
  }
  return standing;
}

}  // namespace whowhom::extract::actors
