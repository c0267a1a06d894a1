#include "whowhom/core/record_json.h"

#include <gtest/gtest.h>

#include <random>

namespace whowhom {
namespace {

// Random records for the round-trip property; every field is sometimes set.
class RecordMaker {
 public:
  explicit RecordMaker(uint32_t seed) : random_(seed) {}

  Document MakeDocument() {
    Document document;
    document.path = Text();
    document.title = Text();
    document.url = Maybe() ? Text() : "";
    document.outlet = Maybe() ? Text() : "";
    document.author = Maybe() ? Text() : "";
    if (Maybe()) document.date = Day{static_cast<int>(Number(40000)) - 10000};
    document.language = "en";
    document.text = Text() + Text();
    document.extractor = Maybe() ? Text() : "";
    document.given_id = Maybe() ? Text() : "";
    for (uint32_t i = Number(4); i > 0; --i) {
      Mention mention;
      mention.span = Span();
      mention.actor = Actor();
      mention.kind = static_cast<MentionKind>(Number(3));
      if (Maybe()) mention.cluster = static_cast<int>(Number(9));
      document.mentions.push_back(mention);
    }
    document.unknown = Maybe() ? R"("later":{"a":[1,2]},"more":"x")" : "";
    document.id = ComputeDocId(document);
    return document;
  }

  Statement MakeStatement() {
    Statement statement;
    statement.doc = DocId{HashBytes(Text())};
    statement.path = Text();
    statement.sentence = Number(100);
    statement.span = Span();
    statement.text = Text();
    if (Maybe()) statement.subject = MakePhrase();
    statement.predicate = {Text(), Text() + "x", Maybe() ? Text() : "", Spans()};
    if (Maybe()) statement.object = MakePhrase();
    for (uint32_t i = Number(3); i > 0; --i) statement.arguments.push_back({Text(), MakePhrase()});
    statement.polarity = static_cast<Polarity>(Number(2));
    statement.modality = static_cast<Modality>(Number(7));
    for (uint32_t i = Number(3); i > 0; --i)
      statement.attribution.push_back({Actor(), Text(), Span(), Text()});
    for (uint32_t i = Number(3); i > 0; --i) statement.content.push_back({HashBytes(Text())});
    statement.event_class = static_cast<EventClass>(Number(18));
    statement.mode = Maybe() ? Text() : "";
    statement.cameo = Maybe() ? "11" : "";
    statement.quad = static_cast<Quad>(Number(5));
    if (Maybe()) statement.scale = (static_cast<double>(Number(200)) - 100) / 10;
    if (Maybe())
      statement.time = TimeExpression{Day{100}, Day{107}, static_cast<TimeGrain>(Number(6)), Text(), Span()};
    if (Maybe()) statement.place = Actor();
    if (Maybe()) statement.published = Day{18000};
    statement.implicit = Maybe();
    statement.symmetric = Maybe();
    for (uint32_t i = Number(3); i > 0; --i) statement.rules.push_back(Text());
    statement.confidence = static_cast<double>(Number(101)) / 100;
    statement.id = ComputeStatementId(statement);
    return statement;
  }

 private:
  bool Maybe() { return Number(2) == 1; }
  uint32_t Number(uint32_t below) { return static_cast<uint32_t>(random_() % below); }
  ByteSpan Span() {
    const uint32_t begin = Number(1000);
    return {begin, begin + 1 + Number(50)};
  }
  std::vector<ByteSpan> Spans() {
    std::vector<ByteSpan> spans = {Span()};
    while (Number(3) == 0) spans.push_back({spans.back().end + 1, spans.back().end + 5});
    return spans;
  }
  std::string Text() {
    static const std::string kParts[] = {
        "Iran",      "\"quoted\"",         "\\",          "\n", "\t", "\xE2\x80\x99", "\xF0\x9F\x98\x80", " ",
        "</script>", std::string("\0", 1), "\xE2\x80\xA8"};
    std::string text = "t";
    for (uint32_t i = Number(6); i > 0; --i) text += kParts[Number(11)];
    return text;
  }
  ActorRef Actor() {
    ActorRef actor;
    if (Maybe()) actor.name = Text();
    actor.type = static_cast<EntityType>(Number(7));
    actor.country = Maybe() ? "IRN" : "";
    actor.sector = Maybe() ? "GOV" : "";
    actor.discriminator = Maybe() ? "2" : "";
    return actor;
  }
  Phrase MakePhrase() {
    Phrase phrase{Text(), Spans(), Actor(), Maybe() ? Text() : "", {}};
    while (Number(3) == 0) phrase.members.push_back(Actor());
    return phrase;
  }

  std::mt19937 random_;
};

TEST(RecordJson, RoundTripsRandomRecordsByteForByte) {
  RecordMaker make(7);
  for (int i = 0; i < 500; ++i) {
    const std::string document = ToJson(make.MakeDocument());
    auto read_document = ParseRecord(document);
    ASSERT_TRUE(read_document.ok()) << read_document.error().message << "\n" << document;
    EXPECT_EQ(ToJson(std::get<Document>(*read_document)), document);
    const Statement original = make.MakeStatement();
    const std::string statement = ToJson(original);
    auto read_statement = ParseRecord(statement);
    ASSERT_TRUE(read_statement.ok()) << read_statement.error().message << "\n" << statement;
    EXPECT_EQ(ToJson(std::get<Statement>(*read_statement)), statement);
    EXPECT_EQ(ComputeStatementId(std::get<Statement>(*read_statement)), original.id);
  }
}

TEST(RecordJson, KeepsUnknownFields) {
  const auto record = ParseRecord(R"({"schema":1,"kind":"document","text":"x","later":[{"a":null}]})");
  ASSERT_TRUE(record.ok());
  EXPECT_NE(ToJson(std::get<Document>(*record)).find(R"("later":[{"a":null}])"), std::string::npos);
}

TEST(RecordJson, ComputesMissingIds) {
  const auto record = ParseRecord(R"({"schema":1,"kind":"document","text":"x","date":"2020-01-08"})");
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(std::get<Document>(*record).id, ComputeDocId(std::get<Document>(*record)));
}

TEST(RecordJson, RefusesWithTheFieldAndWhatWasExpected) {
  const struct {
    const char* line;
    const char* message;
  } kCases[] = {
      {"", "not JSON"},
      {"[]", "expected a JSON object"},
      {R"({"kind":"edge"})", "\"document\" or \"statement\""},
      {R"({"kind":"document","text":5})", "\"text\": expected a string"},
      {R"({"kind":"document","date":"2021-02-29"})", "YYYY-MM-DD"},
      {R"({"kind":"statement","doc":"zz"})", "32 hex digits"},
      {R"({"kind":"document","mentions":[{"begin":5,"end":2}]})", "not below"},
      {R"({"kind":"document","text":"\ud800"})", "not JSON"},
      {"{\"kind\":\"document\",\"text\":\"\xFF\"}", "not JSON"},
  };
  for (const auto& test_case : kCases) {
    const auto record = ParseRecord(test_case.line);
    ASSERT_FALSE(record.ok()) << test_case.line;
    EXPECT_NE(record.error().message.find(test_case.message), std::string::npos) << record.error().message;
  }
}

TEST(RecordJson, RefusesANewerSchema) {
  const auto record = ParseRecord(R"({"schema":2,"kind":"document"})");
  ASSERT_FALSE(record.ok());
  EXPECT_EQ(record.error().code, ErrorCode::kNewerVersion);
}

TEST(RecordJson, RefusesAMillionBracketsAndLongLinesQuickly) {
  const auto deep = ParseRecord(std::string(1000000, '['));
  ASSERT_FALSE(deep.ok());
  EXPECT_EQ(deep.error().code, ErrorCode::kResourceLimit);
  RecordLimits limits;
  limits.max_bytes = 10;
  EXPECT_EQ(ParseRecord(R"({"kind":"document"})", limits).error().code, ErrorCode::kResourceLimit);
}

TEST(RecordJson, NeverCrashesOnMutatedRecords) {
  RecordMaker make(11);
  std::mt19937 random(3);
  for (int i = 0; i < 2000; ++i) {
    std::string line = ToJson(make.MakeStatement());
    for (int k = 0; k < 3; ++k) line[random() % line.size()] = static_cast<char>(random() % 256);
    line.resize(line.size() - random() % 5);
    const auto record = ParseRecord(line);
    EXPECT_TRUE(record.ok() || !record.error().message.empty());
  }
}

TEST(RecordJson, EscapesLineSeparatorsInQuotedText) {
  EXPECT_EQ(JsonQuote("a\xE2\x80\xA8"
                      "b\xE2\x80\xA9\""),
            "\"a\\u2028b\\u2029\\\"\"");
}

TEST(RecordId, DocumentIdIgnoresThePathAndPrefersTheUrl) {
  Document a;
  a.text = "text";
  a.path = "one";
  Document b = a;
  b.path = "two";
  EXPECT_EQ(ComputeDocId(a), ComputeDocId(b));
  b.given_id = "7";
  EXPECT_NE(ComputeDocId(a), ComputeDocId(b));
  a.url = b.url = "http://x";
  EXPECT_EQ(ComputeDocId(a), ComputeDocId(b));
}

}  // namespace
}  // namespace whowhom
