#include "whowhom/core/record.h"

#include <array>

#include "whowhom/core/utf8.h"

namespace whowhom {
namespace {

constexpr std::array<std::string_view, 7> kEntityTypes = {"THING", "PERSON", "ORG",  "GPE",
                                                          "GROUP", "PLACE",  "EVENT"};
constexpr std::array<std::string_view, 3> kMentionKinds = {"name", "nominal", "pronoun"};
constexpr std::array<std::string_view, 2> kPolarities = {"positive", "negative"};
constexpr std::array<std::string_view, 7> kModalities = {"asserted",  "possible",    "planned",   "ordered",
                                                         "requested", "conditional", "questioned"};
constexpr std::array<std::string_view, 18> kEventClasses = {
    "",        "STATEMENT", "AGREE",  "CONSULT",  "SUPPORT", "CONCEDE",  "COOPERATE", "AID",    "RETREAT",
    "REQUEST", "ACCUSE",    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE",  "COERCE", "ASSAULT"};
constexpr std::array<std::string_view, 5> kQuads = {"", "verbal-cooperation", "material-cooperation",
                                                    "verbal-conflict", "material-conflict"};
constexpr std::array<std::string_view, 6> kGrains = {"day", "week", "month", "quarter", "year", "decade"};

template <typename Enum, size_t kSize>
std::string_view NameOf(const std::array<std::string_view, kSize>& names, Enum value) {
  const auto index = static_cast<size_t>(value);
  return index < kSize ? names[index] : std::string_view("");
}

template <typename Enum, size_t kSize>
std::optional<Enum> ValueOf(const std::array<std::string_view, kSize>& names, std::string_view text) {
  for (size_t i = 0; i < kSize; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

void AddSpans(const std::vector<ByteSpan>& spans, Hasher* hasher) {
  hasher->Add(static_cast<int64_t>(spans.size()));
  for (const ByteSpan& span : spans) {
    hasher->Add(static_cast<int64_t>(span.begin)).Add(static_cast<int64_t>(span.end));
  }
}

}  // namespace

std::string_view ToString(EntityType value) { return NameOf(kEntityTypes, value); }
std::string_view ToString(MentionKind value) { return NameOf(kMentionKinds, value); }
std::string_view ToString(Polarity value) { return NameOf(kPolarities, value); }
std::string_view ToString(Modality value) { return NameOf(kModalities, value); }
std::string_view ToString(EventClass value) { return NameOf(kEventClasses, value); }
std::string_view ToString(Quad value) { return NameOf(kQuads, value); }
std::string_view ToString(TimeGrain value) { return NameOf(kGrains, value); }

std::optional<EntityType> ParseEntityType(std::string_view text) {
  return ValueOf<EntityType>(kEntityTypes, text);
}
std::optional<MentionKind> ParseMentionKind(std::string_view text) {
  return ValueOf<MentionKind>(kMentionKinds, text);
}
std::optional<Polarity> ParsePolarity(std::string_view text) { return ValueOf<Polarity>(kPolarities, text); }
std::optional<Modality> ParseModality(std::string_view text) { return ValueOf<Modality>(kModalities, text); }
std::optional<EventClass> ParseEventClass(std::string_view text) {
  return ValueOf<EventClass>(kEventClasses, text);
}
std::optional<Quad> ParseQuad(std::string_view text) { return ValueOf<Quad>(kQuads, text); }
std::optional<TimeGrain> ParseTimeGrain(std::string_view text) { return ValueOf<TimeGrain>(kGrains, text); }

DocId ComputeDocId(const Document& document) {
  Hasher hasher;
  hasher.Add("document").Add(document.text);
  hasher.Add(document.date ? static_cast<int64_t>(document.date->number) : INT64_MIN);
  hasher.Add(!document.url.empty() ? document.url : document.given_id);
  return {hasher.Finish()};
}

StatementId ComputeStatementId(const Statement& statement) {
  Hasher hasher;
  hasher.Add("statement");
  hasher.Add(static_cast<int64_t>(statement.doc.hash.high)).Add(static_cast<int64_t>(statement.doc.hash.low));
  AddSpans(statement.subject.spans, &hasher);
  AddSpans(statement.predicate.spans, &hasher);
  AddSpans(statement.object ? statement.object->spans : std::vector<ByteSpan>(), &hasher);
  hasher.Add(static_cast<int64_t>(statement.arguments.size()));
  for (const Argument& argument : statement.arguments) {
    hasher.Add(argument.role);
    AddSpans(argument.phrase.spans, &hasher);
  }
  hasher.Add(static_cast<int64_t>(statement.polarity)).Add(static_cast<int64_t>(statement.modality));
  hasher.Add(static_cast<int64_t>(statement.attribution.size()));
  for (const Attribution& attribution : statement.attribution) {
    hasher.Add(static_cast<int64_t>(attribution.span.begin)).Add(static_cast<int64_t>(attribution.span.end));
    hasher.Add(attribution.verb);
  }
  return {hasher.Finish()};
}

Hash128 ComputeActorHash(std::string_view name, std::string_view discriminator) {
  return Hasher().Add("actor").Add(NormalizeName(name)).Add(discriminator).Finish();
}
Hash128 ComputeThingHash(std::string_view head) {
  return Hasher().Add("thing").Add(NormalizeName(head)).Finish();
}
Hash128 ComputeRelationHash(std::string_view label) { return Hasher().Add("relation").Add(label).Finish(); }

// 0 stands for "none" in keys; a hash that begins with 8 zero bytes is moved off it.
NodeId ToNodeId(const Hash128& hash) { return {hash == Hash128{} ? 0 : (hash.high == 0 ? 1 : hash.high)}; }
RelationId ToRelationId(const Hash128& hash) {
  return {hash == Hash128{} ? 0 : (hash.high == 0 ? 1 : hash.high)};
}

}  // namespace whowhom
