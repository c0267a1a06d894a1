#include "actors/gazetteer.h"

#include <algorithm>

#include "whowhom/core/utf8.h"

namespace whowhom::extract::actors {

std::string Squeeze(std::string_view normalized) {
  std::string out;
  out.reserve(normalized.size());
  for (char c : normalized) {
    if (c != ' ' && c != '\'' && c != '"' && c != ',' && c != '(' && c != ')') out.push_back(c);
  }
  return out;
}

std::string NameKey(std::string_view name) { return Squeeze(NormalizeName(name)); }

std::vector<std::string> SplitList(std::string_view text, char separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin <= text.size()) {
    size_t end = text.find(separator, begin);
    if (end == std::string_view::npos) end = text.size();
    std::string_view part = text.substr(begin, end - begin);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    begin = end + 1;
  }
  return parts;
}

std::optional<Day> ParseLooseDay(std::string_view text, bool last) {
  if (text.empty()) return last ? kEndOfTime : kBeginningOfTime;
  int fields[3] = {0, 0, 0};
  const std::vector<std::string> parts = SplitList(text, '-');
  if (parts.empty() || parts.size() > 3 || parts[0].size() != 4) return std::nullopt;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && parts[i].size() != 2) return std::nullopt;
    for (char c : parts[i]) {
      if (c < '0' || c > '9') return std::nullopt;
      fields[i] = fields[i] * 10 + (c - '0');
    }
  }
  if (parts.size() < 2) fields[1] = last ? 12 : 1;
  if (fields[1] < 1 || fields[1] > 12) return std::nullopt;
  if (parts.size() < 3) fields[2] = last ? DaysInMonth(fields[0], fields[1]) : 1;
  return MakeDay(fields[0], fields[1], fields[2]);
}

std::string RegularPlural(const std::string& phrase) {
  if (phrase.empty()) return phrase;
  const auto ends = [&](std::string_view tail) { return phrase.ends_with(tail); };
  if (phrase == "man" || ends(" man") || ends("woman") || ends("sman") || ends("eman"))
    return phrase.substr(0, phrase.size() - 2) + "en";
  if (ends("s") || ends("x") || ends("ch") || ends("sh") || ends("z")) return phrase + "es";
  const char before = phrase.size() > 1 ? phrase[phrase.size() - 2] : 'a';
  const bool vowel_before = std::string_view("aeiou").find(before) != std::string_view::npos;
  if (ends("y") && !vowel_before) return phrase.substr(0, phrase.size() - 1) + "ies";
  return phrase + "s";
}

namespace {

// Written in capitals, with or without periods and digits: "U.S.", "G20", "MEK".
bool LooksLikeAcronym(std::string_view name) {
  size_t upper = 0;
  for (size_t i = 0; i < name.size();) {
    const CodePoint point = DecodeUtf8(name, i);
    if (IsLower(point.value)) return false;
    if (point.value == ' ') return false;
    if (IsUpper(point.value)) ++upper;
    i += point.length;
  }
  return upper >= 2 || (upper == 1 && name.size() <= 3);
}

size_t CountWords(std::string_view text) {
  return 1 + static_cast<size_t>(
                 std::count_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '-'; }));
}

}  // namespace

const std::vector<NameEntry>& Gazetteer::Find(const std::string& key) const {
  static const std::vector<NameEntry> kNone;
  const auto found = names_.find(key);
  return found == names_.end() ? kNone : found->second;
}

const Agent* Gazetteer::FindAgent(const std::string& phrase) const {
  const auto found = agents_.find(phrase);
  return found == agents_.end() ? nullptr : &found->second;
}

const Gazetteer::Title* Gazetteer::FindTitle(const std::string& word) const {
  const auto found = titles_.find(word);
  return found == titles_.end() ? nullptr : &found->second;
}

const Gazetteer::PronounInfo* Gazetteer::FindPronoun(const std::string& word) const {
  const auto found = pronouns_.find(word);
  return found == pronouns_.end() ? nullptr : &found->second;
}

bool Gazetteer::Is(WordClass word_class, const std::string& word) const {
  const auto found = words_.find(word);
  return found != words_.end() &&
         std::find(found->second.begin(), found->second.end(), word_class) != found->second.end();
}

char Gazetteer::GenderOf(const std::string& given_name) const {
  const auto found = given_names_.find(given_name);
  return found == given_names_.end() ? 0 : found->second;
}

std::string Gazetteer::RoleOf(const std::string& phrase, const std::string& country) const {
  std::string general;
  const auto [begin, end] = roles_.equal_range(phrase);
  for (auto it = begin; it != end; ++it) {
    const auto& [role, countries] = it->second;
    if (countries.empty()) {
      general = role;
    } else if (!country.empty() && countries.find(country) != std::string::npos) {
      return role;
    }
  }
  return general;
}

ActorId Gazetteer::HolderOf(const std::string& country, const std::string& role, Day day) const {
  const auto found = holders_.find(country + "|" + role);
  if (found == holders_.end()) return kNoActor;
  ActorId best = kNoActor;
  for (const Holder& holder : found->second) {  // by from: the last that fits is the later one
    if (holder.from <= day && day <= holder.to) best = holder.actor;
  }
  return best;
}

ActorId Gazetteer::StateOf(const std::string& iso3) const {
  const auto found = states_.find(iso3);
  return found == states_.end() ? kNoActor : found->second;
}

std::string Gazetteer::AdjectiveOf(const std::string& iso3) const {
  const auto found = adjectives_.find(iso3);
  return found == adjectives_.end() ? std::string() : found->second;
}

ActorId Gazetteer::FindByCanonicalName(const std::string& name) const {
  const auto found = by_canonical_.find(NameKey(name));
  return found == by_canonical_.end() ? kNoActor : found->second;
}

ActorId Gazetteer::AddActor(const KnownActor& actor) {
  const std::string key = NameKey(actor.name);
  const auto found = by_canonical_.find(key);
  if (found != by_canonical_.end()) return found->second;
  const ActorId id = static_cast<ActorId>(actors_.size());
  actors_.push_back(actor);
  by_canonical_.emplace(key, id);
  return id;
}

void Gazetteer::AddName(std::string_view name, ActorId actor, NameUse use) {
  const std::string key = NameKey(name);
  if (key.empty()) return;
  longest_name_ = std::max(longest_name_, CountWords(name));
  std::vector<NameEntry>& entries = names_[key];
  const bool acronym = LooksLikeAcronym(name);
  for (NameEntry& entry : entries) {
    if (entry.actor == actor && entry.use == use) {
      entry.acronym = entry.acronym && acronym;
      return;
    }
  }
  entries.push_back({actor, use, acronym});
}

void Gazetteer::OverrideName(std::string_view name, ActorId actor, NameUse use, bool any_case) {
  RemoveName(name);
  AddName(name, actor, use);
  if (!any_case || NameKey(name).size() <= 3) return;
  for (NameEntry& entry : names_[NameKey(name)]) entry.acronym = false;
}

void Gazetteer::RemoveName(std::string_view name) { names_.erase(NameKey(name)); }

void Gazetteer::SetStem(std::string_view name, bool is_stem) {
  if (is_stem) stems_.insert(NameKey(name));
}

void Gazetteer::Discard(const std::string& phrase, bool story) {
  if (story) {
    story_discards_.push_back(NormalizeName(phrase));
  } else {
    discards_.insert(NameKey(phrase));
    RemoveName(phrase);
  }
}

const std::vector<NameEntry>& Gazetteer::FindStem(const std::string& key, size_t last_word) const {
  const std::vector<NameEntry>& whole = Find(key);
  if (!whole.empty() || stems_.empty()) return whole;
  constexpr size_t kMaxEnding = 6;
  constexpr size_t kMinStem = 3;
  for (size_t cut = 1; cut <= kMaxEnding && cut + kMinStem <= last_word; ++cut) {
    const std::string stem = key.substr(0, key.size() - cut);
    if (stems_.count(stem) != 0) return Find(stem);
  }
  return whole;
}

void Gazetteer::AddTenure(ActorId actor, const Tenure& tenure) { actors_[actor].tenures.push_back(tenure); }

void Gazetteer::AddAgent(const Agent& agent, const std::string& plural, bool override_existing) {
  const auto put = [&](const std::string& phrase, bool is_plural) {
    if (phrase.empty()) return;
    Agent entry = agent;
    entry.plural = is_plural;
    longest_agent_ = std::max(longest_agent_, CountWords(phrase));
    if (override_existing) {
      agents_[phrase] = entry;
    } else {
      agents_.emplace(phrase, entry);
    }
  };
  put(agent.phrase, false);
  if (plural != agent.phrase) put(plural, true);
}

void Gazetteer::Finish() {
  holders_.clear();
  for (ActorId id = 0; id < actors_.size(); ++id) {
    std::vector<Tenure>& tenures = actors_[id].tenures;
    std::stable_sort(tenures.begin(), tenures.end(), [](const Tenure& a, const Tenure& b) {
      return a.from != b.from ? a.from < b.from : a.to < b.to;
    });
    for (const Tenure& tenure : tenures) {
      has_codes_ = has_codes_ || !tenure.code.empty();
      if (tenure.role.empty()) continue;
      holders_[tenure.country + "|" + tenure.role].push_back({tenure.from, tenure.to, id});
    }
  }
  for (auto& [key, list] : holders_) {
    std::stable_sort(list.begin(), list.end(),
                     [](const Holder& a, const Holder& b) { return a.from < b.from; });
  }
}

}  // namespace whowhom::extract::actors
