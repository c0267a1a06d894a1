// The user's own knowledge: files laid over the shipped gazetteers (docs/formats/knowledge.md).
//
// A file is read as a whole before anything is applied: one broken line refuses the file, with its name, the
// line and what was expected there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "actors/gazetteer.h"

namespace whowhom::extract::actors {

enum class LayerKind : uint8_t { kAliases, kRoles, kPetrarchActors, kPetrarchAgents, kDiscards };
std::string_view ToString(LayerKind kind);  // "aliases", "petrarch-actors"

// An actor of a layer: its names, and its roles or codes by date.
struct LayerActor {
  std::string name;
  std::vector<std::string> names;  // further names
  std::vector<bool>
      whole_word;  // per name (the canonical one first): false = a stem ("AUSTRALIA" finds "Australian")
  std::optional<EntityType> type;
  std::string country;
  std::string sector;
  char gender = 0;
  std::vector<Tenure> tenures;
  size_t line = 0;
};

struct LayerAgent {
  Agent agent;
  std::string plural;  // empty = none
};

struct Layer {
  LayerKind kind = LayerKind::kAliases;
  std::vector<LayerActor> actors;
  std::vector<LayerAgent> agents;
  std::vector<std::string> discards;        // phrases that name no actor
  std::vector<std::string> story_discards;  // phrases that take the whole article out
  size_t entries() const { return actors.size() + agents.size() + discards.size() + story_discards.size(); }
};

// kInvalidInput with "path:line: ..." for the first broken line. `path` is for messages and for telling the
// kind where the content leaves it open. Cost: linear. Capped at 64 MB.
Result<Layer> ParseLayer(std::string_view content, const std::string& path);
// The parts of ParseLayer, by format.
Result<Layer> ParseAliasTable(std::string_view content, const std::string& path);
Result<Layer> ParseRoleTable(std::string_view content, const std::string& path);
Result<Layer> ParsePetrarchActors(std::string_view content, const std::string& path);
Result<Layer> ParsePetrarchAgents(std::string_view content, const std::string& path);
Result<Layer> ParseDiscards(std::string_view content, const std::string& path);

// Lays `layer` over what the gazetteer knows. Finish() the gazetteer afterwards.
void ApplyLayer(const Layer& layer, Gazetteer* gazetteer);

// "USAGOVMIL" -> country USA, sector MIL (the last one PLOVER knows); CAMEO's MED is PLOVER's JRN, HLH is
// MED.
struct CodeMeaning {
  std::string country;
  std::string sector;
};
CodeMeaning MeaningOfCode(const std::string& code, const Gazetteer& gazetteer);

}  // namespace whowhom::extract::actors
