// The edges that a statement gives: the bridge between records and the graph (docs/formats/edges.md).
//
// One edge for the object; one per prepositional argument that names an actor, and for the first one if there
// is no object, with relation = lemma + particle + preposition. Coordinated actors give an edge each; a
// symmetric statement gives an edge per pair of its subjects (and each subject with each object actor). No
// object at all: object = none.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "whowhom/core/record.h"

namespace whowhom {

// Polarity, modality and whether somebody else's voice carries it, in one byte: bit 0 polarity, bits 1-3
// modality, bit 4 attributed. stored: never renumber
struct Qualifier {
  uint8_t bits = 0;
  static Qualifier Of(Polarity polarity, Modality modality, bool attributed);
  Polarity polarity() const { return static_cast<Polarity>(bits & 1); }
  Modality modality() const { return static_cast<Modality>((bits >> 1) & 7); }
  bool attributed() const { return (bits & 16) != 0; }
  // A fact: positive or negative, asserted, in the article's own voice.
  bool is_fact() const { return modality() == Modality::kAsserted && !attributed(); }
  friend auto operator<=>(const Qualifier&, const Qualifier&) = default;
};

// A node as a record names it.
struct NodeRef {
  Hash128 hash;       // full; NodeId is its first 8 bytes
  std::string label;  // display name or head phrase
  EntityType type = EntityType::kThing;
  std::string country;
  std::string sector;
  bool is_actor = false;
  NodeId id() const { return ToNodeId(hash); }
};

struct StatementEdge {
  NodeRef subject;
  std::string relation;  // "accuse", "meet with"
  NodeRef object;        // hash zero = no object
  Qualifier qualifier;
  EventClass event_class = EventClass::kNone;
  std::optional<DayRange> days;  // event time, else the publication day, else empty
};

// Deterministic; in the order subject x (object, arguments). Edges without a subject node (agentless) have
// subject hash zero. Never emits the same (s,p,o,q) twice for one statement. Cost: O(members).
std::vector<StatementEdge> EdgesOf(const Statement& statement);

NodeRef ActorNode(const ActorRef& actor);
NodeRef ThingNode(const Phrase& phrase);

}  // namespace whowhom
