#include "whowhom/core/record_json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>

namespace whowhom {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void Key(std::string_view key, Writer* w) {
  w->Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}
void String(std::string_view text, Writer* w) {
  w->String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}
void StringOrNull(std::string_view text, Writer* w) {
  if (text.empty()) {
    w->Null();
  } else {
    String(text, w);
  }
}
void Field(std::string_view key, std::string_view text, Writer* w) {
  Key(key, w);
  String(text, w);
}
void FieldOrNull(std::string_view key, std::string_view text, Writer* w) {
  Key(key, w);
  StringOrNull(text, w);
}
void Field(std::string_view key, uint32_t number, Writer* w) {
  Key(key, w);
  w->Uint(number);
}
void DateField(std::string_view key, const std::optional<Day>& day, Writer* w) {
  FieldOrNull(key, day ? FormatDay(*day) : std::string(), w);
}

// Two digits, written as short as possible: 0.9, 0.91, 1.0.
void TwoDigits(double value, Writer* w) {
  w->SetMaxDecimalPlaces(2);
  w->Double(std::round(value * 100) / 100);
  w->SetMaxDecimalPlaces(Writer::kDefaultMaxDecimalPlaces);
}

void Spans(const std::vector<ByteSpan>& spans, Writer* w) {
  if (spans.empty()) return;
  const ByteSpan hull = Hull(spans.front(), spans.back());
  Field("begin", hull.begin, w);
  Field("end", hull.end, w);
  if (spans.size() < 2) return;
  Key("spans", w);
  w->StartArray();
  for (const ByteSpan& span : spans) {
    w->StartArray();
    w->Uint(span.begin);
    w->Uint(span.end);
    w->EndArray();
  }
  w->EndArray();
}

void ActorFields(const ActorRef& actor, Writer* w) {
  FieldOrNull("actor", actor.name, w);
  Field("type", ToString(actor.type), w);
  FieldOrNull("country", actor.country, w);
  FieldOrNull("sector", actor.sector, w);
  if (!actor.discriminator.empty()) Field("discriminator", actor.discriminator, w);
}

void WritePhrase(const Phrase& phrase, Writer* w) {
  w->StartObject();
  Field("text", phrase.text, w);
  Spans(phrase.spans, w);
  ActorFields(phrase.actor, w);
  if (!phrase.head.empty()) Field("head", phrase.head, w);
  if (!phrase.members.empty()) {
    Key("members", w);
    w->StartArray();
    for (const ActorRef& member : phrase.members) {
      w->StartObject();
      ActorFields(member, w);
      w->EndObject();
    }
    w->EndArray();
  }
  w->EndObject();
}

void WritePredicate(const Predicate& predicate, Writer* w) {
  w->StartObject();
  Field("text", predicate.text, w);
  Field("lemma", predicate.lemma, w);
  if (!predicate.shown.empty()) Field("shown", predicate.shown, w);
  Spans(predicate.spans, w);
  w->EndObject();
}

void WriteArguments(const std::vector<Argument>& arguments, Writer* w) {
  w->StartArray();
  for (const Argument& argument : arguments) {
    w->StartObject();
    Field("role", argument.role, w);
    Field("text", argument.phrase.text, w);
    Spans(argument.phrase.spans, w);
    ActorFields(argument.phrase.actor, w);
    if (!argument.phrase.head.empty()) Field("head", argument.phrase.head, w);
    if (!argument.phrase.members.empty()) {
      Key("members", w);
      w->StartArray();
      for (const ActorRef& member : argument.phrase.members) {
        w->StartObject();
        ActorFields(member, w);
        w->EndObject();
      }
      w->EndArray();
    }
    w->EndObject();
  }
  w->EndArray();
}

void WriteAttribution(const std::vector<Attribution>& attribution, Writer* w) {
  w->StartArray();
  for (const Attribution& speaker : attribution) {
    w->StartObject();
    FieldOrNull("actor", speaker.actor.name, w);
    Field("type", ToString(speaker.actor.type), w);
    FieldOrNull("country", speaker.actor.country, w);
    FieldOrNull("sector", speaker.actor.sector, w);
    if (!speaker.actor.discriminator.empty()) Field("discriminator", speaker.actor.discriminator, w);
    Field("text", speaker.text, w);
    Field("begin", speaker.span.begin, w);
    Field("end", speaker.span.end, w);
    Field("verb", speaker.verb, w);
    w->EndObject();
  }
  w->EndArray();
}

void WriteTime(const std::optional<TimeExpression>& time, Writer* w) {
  if (!time) {
    w->Null();
    return;
  }
  w->StartObject();
  Field("from", FormatDay(time->from), w);
  Field("to", FormatDay(time->to), w);
  Field("grain", ToString(time->grain), w);
  Field("text", time->text, w);
  Field("begin", time->span.begin, w);
  Field("end", time->span.end, w);
  w->EndObject();
}

void WritePlace(const std::optional<ActorRef>& place, Writer* w) {
  if (!place) {
    w->Null();
    return;
  }
  w->StartObject();
  ActorFields(*place, w);
  w->EndObject();
}

// Appends the kept unknown members before the closing brace.
std::string Close(const rapidjson::StringBuffer& buffer, const std::string& unknown) {
  std::string json(buffer.GetString(), buffer.GetSize());
  if (!unknown.empty()) {
    json.pop_back();
    json.append(",").append(unknown).append("}");
  }
  return json;
}

}  // namespace

std::string JsonQuote(std::string_view text) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  String(text, &writer);
  std::string quoted(buffer.GetString(), buffer.GetSize());
  // U+2028 and U+2029 end lines in JavaScript: escape them so that JSON may stand in scripts.
  for (size_t at = quoted.find("\xE2\x80"); at != std::string::npos; at = quoted.find("\xE2\x80", at + 1)) {
    if (at + 2 < quoted.size() && (quoted[at + 2] == '\xA8' || quoted[at + 2] == '\xA9')) {
      quoted.replace(at, 3, quoted[at + 2] == '\xA8' ? "\\u2028" : "\\u2029");
    }
  }
  return quoted;
}

std::string ToJson(const Document& document) {
  rapidjson::StringBuffer buffer;
  Writer w(buffer);
  w.StartObject();
  Field("schema", 1, &w);
  Field("kind", "document", &w);
  Field("id", ToHex(document.id.hash), &w);
  Field("path", document.path, &w);
  Field("title", document.title, &w);
  FieldOrNull("url", document.url, &w);
  FieldOrNull("outlet", document.outlet, &w);
  FieldOrNull("author", document.author, &w);
  DateField("date", document.date, &w);
  FieldOrNull("lang", document.language, &w);
  Field("text", document.text, &w);
  FieldOrNull("signature", document.signature, &w);
  FieldOrNull("extractor", document.extractor, &w);
  if (!document.given_id.empty()) Field("given_id", document.given_id, &w);
  Key("mentions", &w);
  w.StartArray();
  for (const Mention& mention : document.mentions) {
    w.StartObject();
    Field("begin", mention.span.begin, &w);
    Field("end", mention.span.end, &w);
    FieldOrNull("actor", mention.actor.name, &w);
    Field("type", ToString(mention.actor.type), &w);
    Field("kind", ToString(mention.kind), &w);
    FieldOrNull("country", mention.actor.country, &w);
    FieldOrNull("sector", mention.actor.sector, &w);
    if (!mention.actor.discriminator.empty()) Field("discriminator", mention.actor.discriminator, &w);
    if (mention.cluster) Field("cluster", static_cast<uint32_t>(*mention.cluster), &w);
    w.EndObject();
  }
  w.EndArray();
  w.EndObject();
  return Close(buffer, document.unknown);
}

std::string ToJson(const Statement& statement) {
  rapidjson::StringBuffer buffer;
  Writer w(buffer);
  w.StartObject();
  Field("schema", 1, &w);
  Field("kind", "statement", &w);
  Field("id", ToHex(statement.id.hash), &w);
  Field("doc", ToHex(statement.doc.hash), &w);
  Field("path", statement.path, &w);
  Field("sentence", statement.sentence, &w);
  Field("begin", statement.span.begin, &w);
  Field("end", statement.span.end, &w);
  Field("text", statement.text, &w);
  Key("subject", &w);
  if (statement.subject.spans.empty() && statement.subject.text.empty()) {
    w.Null();
  } else {
    WritePhrase(statement.subject, &w);
  }
  Key("predicate", &w);
  WritePredicate(statement.predicate, &w);
  Key("object", &w);
  if (statement.object) {
    WritePhrase(*statement.object, &w);
  } else {
    w.Null();
  }
  Key("arguments", &w);
  WriteArguments(statement.arguments, &w);
  Field("polarity", ToString(statement.polarity), &w);
  Field("modality", ToString(statement.modality), &w);
  Key("attribution", &w);
  WriteAttribution(statement.attribution, &w);
  Key("content", &w);
  w.StartArray();
  for (const StatementId& id : statement.content) String(ToHex(id.hash), &w);
  w.EndArray();
  FieldOrNull("class", ToString(statement.event_class), &w);
  FieldOrNull("mode", statement.mode, &w);
  FieldOrNull("cameo", statement.cameo, &w);
  FieldOrNull("quad", ToString(statement.quad), &w);
  Key("scale", &w);
  if (statement.scale) {
    TwoDigits(*statement.scale, &w);
  } else {
    w.Null();
  }
  Key("time", &w);
  WriteTime(statement.time, &w);
  Key("place", &w);
  WritePlace(statement.place, &w);
  DateField("published", statement.published, &w);
  Key("implicit", &w);
  w.Bool(statement.implicit);
  if (statement.symmetric) {
    Key("symmetric", &w);
    w.Bool(true);
  }
  Key("rules", &w);
  w.StartArray();
  for (const std::string& rule : statement.rules) String(rule, &w);
  w.EndArray();
  Key("confidence", &w);
  TwoDigits(statement.confidence, &w);
  w.EndObject();
  return Close(buffer, statement.unknown);
}

}  // namespace whowhom
