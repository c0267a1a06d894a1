// The CAMEO-style code of a phrase from the user's PETRARCH dictionaries: prefix agents, actor, suffix
// agents.
#include <algorithm>

#include "actors/phrase.h"

namespace whowhom::extract::actors {
namespace {

// Whether a code holds the three-letter group at a boundary of groups.
bool HoldsGroups(const std::string& code, const std::string& groups) {
  for (size_t at = 0; at + groups.size() <= code.size(); at += 3) {
    if (code.compare(at, groups.size(), groups) == 0) return true;
  }
  return false;
}

}  // namespace

std::string PhraseReader::CodeOf(ActorId id, std::optional<Day> date) const {
  std::string fallback;
  const Tenure* best = nullptr;
  for (const Tenure& tenure : gazetteer_->actor(id).tenures) {
    if (tenure.code.empty()) continue;
    const bool dated = tenure.from != kBeginningOfTime || tenure.to != kEndOfTime;
    if (!dated) {
      if (fallback.empty()) fallback = tenure.code;
    } else if (date && tenure.from <= *date && *date <= tenure.to) {
      // A period inside another one says more.
      const bool inside = best != nullptr && best->from <= tenure.from && tenure.to <= best->to;
      if (best == nullptr || inside) best = &tenure;
    }
  }
  return best != nullptr ? best->code : fallback;
}

// The longest name that begins here and has a code; names that only the shipped gazetteers know do not count.
PhraseHit PhraseReader::CodedNameAt(const std::vector<PhraseToken>& tokens, size_t begin,
                                    std::optional<Day> date) const {
  PhraseHit best;
  std::string key;
  if (tokens[begin].lower.empty()) return best;
  for (size_t end = begin + 1; end <= tokens.size() && end - begin <= gazetteer_->longest_name() + 2; ++end) {
    const std::string word = Squeeze(tokens[end - 1].lower);
    if (word.empty() && tokens[end - 1].text != "-") break;
    key += word;
    for (const NameEntry& entry : gazetteer_->FindStem(key, word.size())) {
      const bool shown = !entry.acronym || !tokens[begin].all_lower;
      if (!shown || entry.use == NameUse::kShort || CodeOf(entry.actor, date).empty()) continue;
      best.begin = begin;
      best.end = end;
      best.actor = entry.actor;
      break;
    }
  }
  return best;
}

std::string PhraseReader::Code(const std::vector<PhraseToken>& tokens, std::optional<Day> date) const {
  std::string actor;
  std::string before;
  std::vector<std::string> suffixes;  // of agents behind the actor, then of those before it
  size_t behind = 0;
  bool former = false;
  for (size_t i = 0; i < tokens.size();) {
    const PhraseHit name = CodedNameAt(tokens, i, date);
    if (name.actor != kNoActor) {
      if (actor.empty()) actor = CodeOf(name.actor, date);
      i = name.end;
      continue;
    }
    // The longest agent that begins here.
    PhraseHit best;
    for (size_t end = std::min(tokens.size(), i + gazetteer_->longest_agent() + 1);
         end > i && best.agent == nullptr; --end) {
      const PhraseHit hit = AgentEndingAt(tokens, i, end);
      if (hit.agent != nullptr && hit.begin == i && !hit.agent->code.empty()) best = hit;
    }
    former = former || tokens[i].lower == "former";
    if (best.agent == nullptr) {
      ++i;
      continue;
    }
    std::string code = best.agent->code;
    if (code.front() == '~') {
      const bool is_behind = !actor.empty();
      suffixes.insert(is_behind ? suffixes.begin() + static_cast<ptrdiff_t>(behind++) : suffixes.end(),
                      code.substr(1));
    } else {
      code.pop_back();
      if (!HoldsGroups(before, code)) before += code;
    }
    i = best.end;
  }
  if (actor.empty() && before.empty() && suffixes.empty()) return "";
  std::string out = actor.empty() ? (before.empty() ? "---" : "") : actor;
  if (!before.empty() && !HoldsGroups(out, before)) out = before + out;
  if (former && !suffixes.empty()) suffixes = {"ELI"};  // TABARI: "former" makes an official one of the elite
  for (const std::string& suffix : suffixes) {
    if (!HoldsGroups(out, suffix)) out += suffix;
  }
  return out;
}

}  // namespace whowhom::extract::actors
