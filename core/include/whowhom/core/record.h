// The record formats v1: what extraction writes, the store keeps and `merge` reads (docs/formats/records.md).
//
// A Document holds the cleaned text and the mentions; a Statement is one "who did what to whom" with the byte
// spans that prove it. All offsets are UTF-8 bytes into the document's text, half-open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/date.h"
#include "whowhom/core/id.h"
#include "whowhom/core/span.h"

namespace whowhom {

// stored: never renumber
enum class EntityType : uint8_t {
  kThing = 0,
  kPerson = 1,
  kOrg = 2,
  kGpe = 3,
  kGroup = 4,
  kPlace = 5,
  kEvent = 6
};
enum class MentionKind : uint8_t { kName = 0, kNominal = 1, kPronoun = 2 };
enum class Polarity : uint8_t { kPositive = 0, kNegative = 1 };
enum class Modality : uint8_t {
  kAsserted = 0,
  kPossible = 1,
  kPlanned = 2,
  kOrdered = 3,
  kRequested = 4,
  kConditional = 5,
  kQuestioned = 6
};
// PLOVER classes, and STATEMENT for plain saying.
enum class EventClass : uint8_t {
  kNone = 0,
  kStatement = 1,
  kAgree = 2,
  kConsult = 3,
  kSupport = 4,
  kConcede = 5,
  kCooperate = 6,
  kAid = 7,
  kRetreat = 8,
  kRequest = 9,
  kAccuse = 10,
  kReject = 11,
  kThreaten = 12,
  kProtest = 13,
  kSanction = 14,
  kMobilize = 15,
  kCoerce = 16,
  kAssault = 17
};
enum class Quad : uint8_t {
  kNone = 0,
  kVerbalCooperation = 1,
  kMaterialCooperation = 2,
  kVerbalConflict = 3,
  kMaterialConflict = 4
};
enum class TimeGrain : uint8_t { kDay = 0, kWeek = 1, kMonth = 2, kQuarter = 3, kYear = 4, kDecade = 5 };

// The names used in records: "PERSON", "nominal", "negative", "planned", "ACCUSE", "verbal-conflict", "day".
std::string_view ToString(EntityType value);
std::string_view ToString(MentionKind value);
std::string_view ToString(Polarity value);
std::string_view ToString(Modality value);
std::string_view ToString(EventClass value);  // "" for kNone
std::string_view ToString(Quad value);        // "" for kNone
std::string_view ToString(TimeGrain value);
std::optional<EntityType> ParseEntityType(std::string_view text);
std::optional<MentionKind> ParseMentionKind(std::string_view text);
std::optional<Polarity> ParsePolarity(std::string_view text);
std::optional<Modality> ParseModality(std::string_view text);
std::optional<EventClass> ParseEventClass(std::string_view text);
std::optional<Quad> ParseQuad(std::string_view text);
std::optional<TimeGrain> ParseTimeGrain(std::string_view text);

// What identity within the article says a phrase names.
struct ActorRef {
  std::string name;  // display name of the base actor, "Mike Pompeo"; empty = not an actor
  EntityType type = EntityType::kThing;
  std::string country;        // ISO 3166 alpha-3, or empty
  std::string sector;         // PLOVER sector, or empty
  std::string discriminator;  // tells apart two actors of one name within the sources; usually empty
  bool operator==(const ActorRef&) const = default;
};

// A phrase of the text. `text` is the parts joined by one blank.
struct Phrase {
  std::string text;
  std::vector<ByteSpan> spans;    // in text order, at least one; several for a discontinuous phrase
  ActorRef actor;                 // actor.name empty: a thing, type kThing
  std::string head;               // normalised head phrase (minimal, lemma of the head) of a thing node
  std::vector<ActorRef> members;  // coordinated actors held by the phrase ("Paris and Rome"), else empty
  ByteSpan hull() const { return Hull(spans.front(), spans.back()); }
};

struct Predicate {
  std::string text;             // surface: auxiliaries, negation, particles stay here
  std::string lemma;            // "order", "call on" with its particle; never auxiliaries or negation
  std::string shown;            // wording supplied for an implicit statement ("is", "attacked"), else empty
  std::vector<ByteSpan> spans;  // the trigger; at least one
  ByteSpan hull() const { return Hull(spans.front(), spans.back()); }
};

struct Argument {
  std::string role;  // a preposition ("to"), or time | place | content | purpose | condition | cause | manner
  Phrase phrase;
};

// Who says so; outermost speaker first.
struct Attribution {
  ActorRef actor;
  std::string text;  // the speaker as written; may be empty for "reportedly"
  ByteSpan span;
  std::string verb;  // lemma: say, report, claim
};

struct TimeExpression {
  Day from;
  Day to;  // closed
  TimeGrain grain = TimeGrain::kDay;
  std::string text;
  ByteSpan span;
};

struct Mention {
  ByteSpan span;
  ActorRef actor;
  MentionKind kind = MentionKind::kName;
  std::optional<int> cluster;  // coreference cluster within the article
};

struct Document {
  DocId id;
  std::string path;  // the path, or the id given in article JSON
  std::string title;
  std::string url;  // empty = unknown, likewise below
  std::string outlet;
  std::string author;
  std::optional<Day> date;
  std::string language = "en";
  std::string text;
  std::string signature;  // MinHash signature for near duplicates, hex; empty = not computed
  std::string extractor;  // name, version and model that made the record
  std::vector<Mention> mentions;
  std::string given_id;  // the id given in article JSON, part of the document id when there is no URL
  std::string unknown;   // unknown fields, kept: a JSON object's members without braces
};

struct Statement {
  StatementId id;
  DocId doc;
  std::string path;
  uint32_t sentence = 0;  // index within the document
  ByteSpan span;          // the sentence
  std::string text;       // the sentence
  Phrase subject;         // subject.spans empty: no subject expressed (agentless passive)
  Predicate predicate;
  std::optional<Phrase> object;
  std::vector<Argument> arguments;
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kAsserted;
  std::vector<Attribution> attribution;  // empty = the article's own voice
  std::vector<StatementId> content;      // statements that this one reports, orders, denies
  EventClass event_class = EventClass::kNone;
  std::string mode;   // PLOVER mode or empty
  std::string cameo;  // root code "11" or empty
  Quad quad = Quad::kNone;
  std::optional<double> scale;
  std::optional<TimeExpression> time;
  std::optional<ActorRef> place;
  std::optional<Day> published;
  bool implicit = false;           // a fact without a verb of its own
  bool symmetric = false;          // "met", "are allies": coordinated subjects make one edge per pair
  std::vector<std::string> rules;  // names of the rules that fired, in order
  double confidence = 1.0;         // 0..1, two digits
  std::string unknown;             // as in Document
};

// The ids are functions of the content. Cost: one hash.
DocId ComputeDocId(const Document& document);
// REQUIRES: statement.doc is set.
StatementId ComputeStatementId(const Statement& statement);
// hash of normalised name + discriminator; a thing lives in a space of its own.
Hash128 ComputeActorHash(std::string_view name, std::string_view discriminator);
Hash128 ComputeThingHash(std::string_view head);
Hash128 ComputeRelationHash(std::string_view label);
NodeId ToNodeId(const Hash128& hash);
RelationId ToRelationId(const Hash128& hash);

}  // namespace whowhom
