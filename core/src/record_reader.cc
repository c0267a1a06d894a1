#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>

#include "whowhom/core/record_json.h"

namespace whowhom {
namespace {

using Value = rapidjson::Value;

// True if brackets outside strings nest deeper than `max_depth`. Linear; no recursion.
bool NestsDeeper(std::string_view json, int max_depth) {
  int depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > max_depth) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

// Reads the members of one object; remembers the first thing that is wrong.
class ObjectReader {
 public:
  ObjectReader(const Value& object, std::string where) : object_(object), where_(std::move(where)) {}

  std::string String(const char* key) {
    const Value* value = Find(key);
    if (value == nullptr) return {};
    if (!value->IsString()) return Fail(key, "a string"), std::string();
    return {value->GetString(), value->GetStringLength()};
  }
  uint32_t Uint(const char* key) {
    const Value* value = Find(key);
    if (value == nullptr) return 0;
    if (!value->IsUint()) return Fail(key, "a number from 0 to 4294967295"), 0;
    return value->GetUint();
  }
  bool Bool(const char* key) {
    const Value* value = Find(key);
    if (value == nullptr) return false;
    if (!value->IsBool()) return Fail(key, "true or false"), false;
    return value->GetBool();
  }
  std::optional<double> Number(const char* key) {
    const Value* value = Find(key);
    if (value == nullptr) return std::nullopt;
    if (!value->IsNumber() || !std::isfinite(value->GetDouble())) return Fail(key, "a number"), std::nullopt;
    return value->GetDouble();
  }
  std::optional<Day> Date(const char* key) {
    const std::string text = String(key);
    if (text.empty()) return std::nullopt;
    const std::optional<Day> day = ParseDay(text);
    if (!day) Fail(key, "a day as YYYY-MM-DD");
    return day;
  }
  std::optional<Hash128> Hash(const char* key) {
    const std::string text = String(key);
    if (text.empty()) return std::nullopt;
    const std::optional<Hash128> hash = ParseHash(text);
    if (!hash) Fail(key, "32 hex digits");
    return hash;
  }
  template <typename Enum, typename Parse>
  Enum Choice(const char* key, Enum fallback, Parse parse) {
    const std::string text = String(key);
    if (text.empty()) return fallback;
    const auto value = parse(text);
    if (!value) return Fail(key, "one of the known values, not \"" + text.substr(0, 40) + "\""), fallback;
    return *value;
  }
  const Value* Object(const char* key) {
    const Value* value = Find(key);
    if (value != nullptr && !value->IsObject()) return Fail(key, "an object"), nullptr;
    return value;
  }
  // The elements of an array; empty if missing.
  std::vector<const Value*> Array(const char* key, bool of_objects) {
    std::vector<const Value*> elements;
    const Value* value = Find(key);
    if (value == nullptr) return elements;
    if (!value->IsArray()) return Fail(key, "an array"), elements;
    for (const Value& element : value->GetArray()) {
      if (of_objects && !element.IsObject())
        return Fail(key, "an array of objects"), std::vector<const Value*>();
      elements.push_back(&element);
    }
    return elements;
  }
  void Fail(const char* key, const std::string& expected) {
    if (error_.empty()) error_ = where_ + "field \"" + key + "\": expected " + expected;
  }
  void Adopt(const ObjectReader& inner) {
    if (error_.empty()) error_ = inner.error_;
  }
  const std::string& error() const { return error_; }
  const Value& object() const { return object_; }

  // Missing and null are the same.
  const Value* Find(const char* key) {
    const auto member = object_.FindMember(key);
    if (member == object_.MemberEnd() || member->value.IsNull()) return nullptr;
    return &member->value;
  }

 private:
  const Value& object_;
  std::string where_;
  std::string error_;
};

ActorRef ReadActor(ObjectReader* in, const char* name_key = "actor") {
  ActorRef actor;
  actor.name = in->String(name_key);
  actor.type = in->Choice("type", EntityType::kThing, ParseEntityType);
  actor.country = in->String("country");
  actor.sector = in->String("sector");
  actor.discriminator = in->String("discriminator");
  return actor;
}

ByteSpan ReadSpan(ObjectReader* in) {
  const ByteSpan span{in->Uint("begin"), in->Uint("end")};
  if (span.begin > span.end) in->Fail("end", "a number not below \"begin\"");
  return span;
}

std::vector<ByteSpan> ReadSpans(ObjectReader* in) {
  std::vector<ByteSpan> spans;
  if (in->Find("spans") == nullptr) {
    if (in->Find("begin") == nullptr) return spans;
    return {ReadSpan(in)};
  }
  for (const Value* pair : in->Array("spans", false)) {
    const bool valid = pair->IsArray() && pair->Size() == 2 && (*pair)[0].IsUint() && (*pair)[1].IsUint() &&
                       (*pair)[0].GetUint() <= (*pair)[1].GetUint() &&
                       (spans.empty() || spans.back().end <= (*pair)[0].GetUint());
    if (!valid) return in->Fail("spans", "pairs [begin, end] in text order"), std::vector<ByteSpan>();
    spans.push_back({(*pair)[0].GetUint(), (*pair)[1].GetUint()});
  }
  return spans;
}

Phrase ReadPhrase(ObjectReader* in) {
  Phrase phrase;
  phrase.text = in->String("text");
  phrase.spans = ReadSpans(in);
  phrase.actor = ReadActor(in);
  phrase.head = in->String("head");
  for (const Value* value : in->Array("members", true)) {
    ObjectReader member(*value, "members: ");
    phrase.members.push_back(ReadActor(&member));
    in->Adopt(member);
  }
  return phrase;
}

Phrase ReadPhraseField(ObjectReader* in, const char* key) {
  const Value* value = in->Object(key);
  if (value == nullptr) return {};
  ObjectReader inner(*value, std::string(key) + ": ");
  Phrase phrase = ReadPhrase(&inner);
  in->Adopt(inner);
  return phrase;
}

Predicate ReadPredicate(ObjectReader* in) {
  Predicate predicate;
  const Value* value = in->Object("predicate");
  if (value == nullptr) return in->Fail("predicate", "an object"), predicate;
  ObjectReader inner(*value, "predicate: ");
  predicate.text = inner.String("text");
  predicate.lemma = inner.String("lemma");
  predicate.shown = inner.String("shown");
  predicate.spans = ReadSpans(&inner);
  if (predicate.spans.empty()) inner.Fail("begin", "the span of the trigger in the text");
  if (predicate.lemma.empty()) inner.Fail("lemma", "a word");
  in->Adopt(inner);
  return predicate;
}

void ReadAttribution(ObjectReader* in, Statement* statement) {
  for (const Value* value : in->Array("attribution", true)) {
    ObjectReader inner(*value, "attribution: ");
    Attribution attribution;
    attribution.actor = ReadActor(&inner);
    attribution.text = inner.String("text");
    attribution.span = ReadSpan(&inner);
    attribution.verb = inner.String("verb");
    statement->attribution.push_back(std::move(attribution));
    in->Adopt(inner);
  }
}

void ReadTime(ObjectReader* in, Statement* statement) {
  const Value* value = in->Object("time");
  if (value == nullptr) return;
  ObjectReader inner(*value, "time: ");
  TimeExpression time;
  const auto from = inner.Date("from");
  const auto to = inner.Date("to");
  if (!from || !to || *to < *from) {
    inner.Fail("from", "two days, the first not after the second");
  } else {
    time.from = *from;
    time.to = *to;
  }
  time.grain = inner.Choice("grain", TimeGrain::kDay, ParseTimeGrain);
  time.text = inner.String("text");
  time.span = ReadSpan(&inner);
  statement->time = time;
  in->Adopt(inner);
}

// The members that v1 does not name, as JSON without braces.
std::string UnknownMembers(const Value& object, std::initializer_list<std::string_view> known) {
  std::string out;
  for (const auto& member : object.GetObject()) {
    const std::string_view key(member.name.GetString(), member.name.GetStringLength());
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    member.value.Accept(writer);
    if (!out.empty()) out.push_back(',');
    out.append(JsonQuote(key)).append(":").append(buffer.GetString(), buffer.GetSize());
  }
  return out;
}

Document ReadDocument(ObjectReader* in) {
  Document document;
  document.path = in->String("path");
  document.title = in->String("title");
  document.url = in->String("url");
  document.outlet = in->String("outlet");
  document.author = in->String("author");
  document.date = in->Date("date");
  document.language = in->String("lang");
  document.text = in->String("text");
  document.signature = in->String("signature");
  document.extractor = in->String("extractor");
  document.given_id = in->String("given_id");
  for (const Value* value : in->Array("mentions", true)) {
    ObjectReader inner(*value, "mentions: ");
    Mention mention;
    mention.span = ReadSpan(&inner);
    mention.actor = ReadActor(&inner);
    mention.kind = inner.Choice("kind", MentionKind::kName, ParseMentionKind);
    if (inner.Find("cluster") != nullptr)
      mention.cluster = static_cast<int>(inner.Uint("cluster") & 0x7fffffff);
    document.mentions.push_back(std::move(mention));
    in->Adopt(inner);
  }
  const auto id = in->Hash("id");
  document.id = id ? DocId{*id} : ComputeDocId(document);
  document.unknown = UnknownMembers(
      in->object(), {"schema", "kind", "id", "path", "title", "url", "outlet", "author", "date", "lang",
                     "text", "signature", "extractor", "given_id", "mentions"});
  return document;
}

void ReadStatementEvent(ObjectReader* in, Statement* statement) {
  statement->event_class = in->Choice("class", EventClass::kNone, ParseEventClass);
  statement->mode = in->String("mode");
  statement->cameo = in->String("cameo");
  statement->quad = in->Choice("quad", Quad::kNone, ParseQuad);
  statement->scale = in->Number("scale");
  ReadTime(in, statement);
  if (const Value* value = in->Object("place")) {
    ObjectReader inner(*value, "place: ");
    statement->place = ReadActor(&inner);
    in->Adopt(inner);
  }
  statement->published = in->Date("published");
}

void ReadContent(ObjectReader* in, Statement* statement) {
  for (const Value* value : in->Array("content", false)) {
    const auto hash =
        value->IsString() ? ParseHash({value->GetString(), value->GetStringLength()}) : std::nullopt;
    if (!hash) return in->Fail("content", "statement ids of 32 hex digits");
    statement->content.push_back({*hash});
  }
}

void ReadRules(ObjectReader* in, Statement* statement) {
  for (const Value* value : in->Array("rules", false)) {
    if (!value->IsString()) return in->Fail("rules", "names of rules");
    statement->rules.emplace_back(value->GetString(), value->GetStringLength());
  }
}

Statement ReadStatement(ObjectReader* in) {
  Statement statement;
  const auto doc = in->Hash("doc");
  if (!doc) in->Fail("doc", "the id of the document, 32 hex digits");
  statement.doc = DocId{doc.value_or(Hash128{})};
  statement.path = in->String("path");
  statement.sentence = in->Uint("sentence");
  statement.span = ReadSpan(in);
  statement.text = in->String("text");
  statement.subject = ReadPhraseField(in, "subject");
  statement.predicate = ReadPredicate(in);
  if (in->Object("object") != nullptr) statement.object = ReadPhraseField(in, "object");
  for (const Value* value : in->Array("arguments", true)) {
    ObjectReader inner(*value, "arguments: ");
    Argument argument;
    argument.role = inner.String("role");
    argument.phrase = ReadPhrase(&inner);
    statement.arguments.push_back(std::move(argument));
    in->Adopt(inner);
  }
  statement.polarity = in->Choice("polarity", Polarity::kPositive, ParsePolarity);
  statement.modality = in->Choice("modality", Modality::kAsserted, ParseModality);
  ReadAttribution(in, &statement);
  ReadContent(in, &statement);
  ReadStatementEvent(in, &statement);
  statement.implicit = in->Bool("implicit");
  statement.symmetric = in->Bool("symmetric");
  ReadRules(in, &statement);
  statement.confidence = std::clamp(in->Number("confidence").value_or(1.0), 0.0, 1.0);
  const auto id = in->Hash("id");
  statement.id = id ? StatementId{*id} : ComputeStatementId(statement);
  statement.unknown = UnknownMembers(
      in->object(),
      {"schema",    "kind",     "id",        "doc",    "path",      "sentence", "begin",    "end",
       "text",      "subject",  "predicate", "object", "arguments", "polarity", "modality", "attribution",
       "content",   "class",    "mode",      "cameo",  "quad",      "scale",    "time",     "place",
       "published", "implicit", "symmetric", "rules",  "confidence"});
  return statement;
}

}  // namespace

Result<Record> ParseRecord(std::string_view line, const RecordLimits& limits) {
  if (line.size() > limits.max_bytes) {
    return ResourceLimit("reading a record: longer than " + std::to_string(limits.max_bytes) + " bytes");
  }
  if (NestsDeeper(line, limits.max_depth)) {
    return ResourceLimit("reading a record: nested deeper than " + std::to_string(limits.max_depth) +
                         " levels");
  }
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(line.data(),
                                                                                     line.size());
  if (json.HasParseError()) {
    return InvalidInput("reading a record: not JSON at byte " + std::to_string(json.GetErrorOffset()) + ": " +
                        rapidjson::GetParseError_En(json.GetParseError()));
  }
  if (!json.IsObject()) return InvalidInput("reading a record: expected a JSON object");
  ObjectReader in(json, "reading a record: ");
  const uint32_t schema = in.Uint("schema");
  if (in.error().empty() && schema > 1) {
    return Error{ErrorCode::kNewerVersion, "reading a record: schema " + std::to_string(schema) +
                                               " is newer than this program knows (1); use a newer program"};
  }
  const std::string kind = in.String("kind");
  std::optional<Record> record;
  if (in.error().empty() && kind == "document") {
    record = ReadDocument(&in);
  } else if (in.error().empty() && kind == "statement") {
    record = ReadStatement(&in);
  } else {
    in.Fail("kind", "\"document\" or \"statement\"");
  }
  if (!in.error().empty()) return InvalidInput(in.error());
  return *std::move(record);
}

}  // namespace whowhom
