// What the records of one article share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "coding.h"
#include "whowhom/core/record.h"

namespace whowhom::storage {

// An actor by the numbers of its strings.
struct ActorFields {
  uint64_t name = 0, country = 0, sector = 0, discriminator = 0;
  EntityType type = EntityType::kThing;
  bool operator==(const ActorFields&) const = default;
};
struct HashActorFields {
  size_t operator()(const ActorFields& fields) const {
    constexpr uint64_t kOdd = 0x9e3779b97f4a7c15U;
    uint64_t hash = static_cast<uint64_t>(fields.type);
    for (uint64_t number : {fields.name, fields.country, fields.sector, fields.discriminator}) {
      hash = (hash ^ number) * kOdd;
      hash ^= hash >> 32;
    }
    return hash;
  }
};

// The strings and actors of an article. What the document names has a number in the statements too, so each
// name is stored once an article. Strings are not copied: they must outlive it. Thread-compatible.
class Dictionary {
 public:
  // Numbers start at 1; 0 is the empty string.
  uint64_t NumberOf(std::string_view text) {
    if (text.empty()) return 0;
    const auto [place, is_new] = numbers_.try_emplace(text, texts_.size() + 1);
    if (is_new) texts_.push_back(text);
    return place->second;
  }
  std::string_view TextOf(uint64_t number) const { return texts_[static_cast<size_t>(number - 1)]; }
  size_t text_count() const { return texts_.size(); }
  // Adds strings that have the next numbers whatever they are.
  void AppendText(std::string_view text) { texts_.push_back(text); }

  ActorFields FieldsOf(const ActorRef& actor) {
    ActorFields fields;
    fields.name = NumberOf(actor.name);
    fields.country = NumberOf(actor.country);
    fields.sector = NumberOf(actor.sector);
    fields.discriminator = NumberOf(actor.discriminator);
    fields.type = actor.type;
    return fields;
  }
  // The number of an actor of the document's mentions; 0 = it is none of them.
  uint64_t ActorNumber(const ActorFields& fields) const {
    const auto place = actor_numbers_.find(fields);
    return place == actor_numbers_.end() ? 0 : place->second;
  }
  void AddActor(const ActorFields& fields, const ActorRef& actor) {
    if (actor_numbers_.try_emplace(fields, actors_.size() + 1).second) actors_.push_back(actor);
  }
  void AppendActor(const ActorRef& actor) { actors_.push_back(actor); }
  const std::vector<ActorRef>& actors() const { return actors_; }

  // All strings but the first `known`, as they stand before the records.
  void AppendTo(size_t known, std::string* out) const {
    PutVarint(texts_.size() - known, out);
    for (size_t i = known; i < texts_.size(); ++i) PutString(texts_[i], out);
  }

 private:
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, uint64_t> numbers_;
  std::unordered_map<ActorFields, uint64_t, HashActorFields> actor_numbers_;
  std::vector<ActorRef> actors_;
};

}  // namespace whowhom::storage
