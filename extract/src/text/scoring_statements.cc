#include <algorithm>
#include <map>
#include <string>
#include <variant>

#include "whowhom/core/record_json.h"
#include "whowhom/extract/scoring.h"

namespace whowhom::extract {
namespace {

// "the ", "an ": how far the begins of two phrases may lie apart in a tight match.
constexpr uint32_t kArticleBytes = 4;

using ByPath = std::map<std::string, std::vector<Statement>>;

Result<ByPath> ReadStatements(std::string_view bytes, const std::string& name) {
  ByPath statements;
  size_t number = 0;
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto record = ParseRecord(line);
    if (!record.ok())
      return Error{record.error().code, name + ":" + std::to_string(number) + ": " + record.error().message};
    if (auto* statement = std::get_if<Statement>(&record.value())) {
      if (statement->predicate.spans.empty())
        return InvalidInput(name + ":" + std::to_string(number) + ": statement without a trigger span");
      statements[statement->path].push_back(std::move(*statement));
    }
  }
  return statements;
}

double Overlap(const ByteSpan& a, const ByteSpan& b) {
  const uint32_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  if (begin >= end) return 0;
  return static_cast<double>(end - begin) / static_cast<double>(Hull(a, b).size());
}

bool Has(const Phrase& phrase) { return !phrase.spans.empty(); }
bool HasObject(const Statement& statement) { return statement.object.has_value() && Has(*statement.object); }

// How well two statements fit: 0 = trigger, subject or object do not overlap.
double Fit(const Statement& gold, const Statement& system) {
  const double trigger = Overlap(gold.predicate.hull(), system.predicate.hull());
  if (trigger == 0 || Has(gold.subject) != Has(system.subject) || HasObject(gold) != HasObject(system))
    return 0;
  double fit = trigger;
  if (Has(gold.subject)) {
    const double subject = Overlap(gold.subject.hull(), system.subject.hull());
    if (subject == 0) return 0;
    fit += subject;
  }
  if (HasObject(gold)) {
    const double object = Overlap(gold.object->hull(), system.object->hull());
    if (object == 0) return 0;
    fit += object;
  }
  return fit;
}

bool IsTight(const Phrase& gold, const Phrase& system) {
  if (!Has(gold) || !Has(system)) return Has(gold) == Has(system);
  const ByteSpan a = gold.hull(), b = system.hull();
  const uint32_t apart = a.begin > b.begin ? a.begin - b.begin : b.begin - a.begin;
  return a.end == b.end && apart <= kArticleBytes;
}

bool SameSpeaker(const Statement& gold, const Statement& system) {
  if (gold.attribution.empty() || system.attribution.empty())
    return gold.attribution.empty() == system.attribution.empty();
  const Attribution &a = gold.attribution.front(), &b = system.attribution.front();
  return (!a.actor.name.empty() && a.actor.name == b.actor.name) || a.span.Overlaps(b.span);
}

struct Pair {
  double fit = 0;
  size_t gold = 0;
  size_t system = 0;
};

// Pairs of one article, each statement used once, best fit first.
std::vector<Pair> Match(const std::vector<Statement>& gold, const std::vector<Statement>& system) {
  std::vector<size_t> order(system.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto begin_of = [&](size_t i) { return system[i].predicate.hull().begin; };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return begin_of(a) < begin_of(b); });
  uint32_t longest = 0;
  for (const Statement& statement : system) longest = std::max(longest, statement.predicate.hull().size());
  std::vector<Pair> pairs;
  for (size_t g = 0; g < gold.size(); ++g) {
    const ByteSpan trigger = gold[g].predicate.hull();
    const uint32_t from = trigger.begin > longest ? trigger.begin - longest : 0;
    auto at = std::lower_bound(order.begin(), order.end(), from,
                               [&](size_t i, uint32_t value) { return begin_of(i) < value; });
    for (; at != order.end() && begin_of(*at) < trigger.end; ++at) {
      const double fit = Fit(gold[g], system[*at]);
      if (fit > 0) pairs.push_back({fit, g, *at});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    if (a.fit != b.fit) return a.fit > b.fit;
    return a.gold != b.gold ? a.gold < b.gold : a.system < b.system;
  });
  std::vector<bool> gold_used(gold.size(), false), system_used(system.size(), false);
  std::erase_if(pairs, [&](const Pair& pair) {
    if (gold_used[pair.gold] || system_used[pair.system]) return true;
    gold_used[pair.gold] = system_used[pair.system] = true;
    return false;
  });
  return pairs;
}

}  // namespace

Result<std::vector<ScoreRow>> ScoreStatements(std::string_view gold_bytes, std::string_view system_bytes) {
  WHOWHOM_TRY(const ByPath gold, ReadStatements(gold_bytes, "gold"));
  WHOWHOM_TRY(ByPath system, ReadStatements(system_bytes, "system"));
  Agreement lenient, tight;
  size_t pairs = 0, polarity = 0, modality = 0, speaker = 0, event_class = 0;
  for (const auto& [path, statements] : system) lenient.system += static_cast<double>(statements.size());
  for (const auto& [path, statements] : gold) {
    lenient.gold += static_cast<double>(statements.size());
    const std::vector<Statement>& found = system[path];
    for (const Pair& pair : Match(statements, found)) {
      const Statement &g = statements[pair.gold], &s = found[pair.system];
      ++pairs;
      lenient.Count(1);
      const bool is_tight = IsTight(g.subject, s.subject) && (!HasObject(g) || IsTight(*g.object, *s.object));
      tight.Count(is_tight ? 1 : 0);
      polarity += g.polarity == s.polarity;
      modality += g.modality == s.modality;
      speaker += SameSpeaker(g, s);
      event_class += g.event_class == s.event_class;
    }
  }
  tight.gold = lenient.gold;
  tight.system = lenient.system;
  const auto share = [&](size_t right) {
    return pairs == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(pairs);
  };
  return std::vector<ScoreRow>{
      {"who-whom lenient", lenient, true, 0},   {"who-whom tight", tight, true, 0},
      {"polarity", {}, false, share(polarity)}, {"modality", {}, false, share(modality)},
      {"speaker", {}, false, share(speaker)},   {"class", {}, false, share(event_class)}};
}

}  // namespace whowhom::extract
