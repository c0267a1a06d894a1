#include <gtest/gtest.h>

#include <random>

#include "article_merge.h"
#include "coding.h"
#include "journal.h"
#include "judgement_codec.h"
#include "layout.h"
#include "record_codec.h"
#include "sample_articles.h"
#include "values.h"
#include "whowhom/core/record_json.h"

namespace whowhom::storage {
namespace {

TEST(ByteReader, ReadsWhatWasPut) {
  std::string bytes;
  PutVarint(0, &bytes);
  PutVarint(UINT64_MAX, &bytes);
  PutSigned(INT64_MIN, &bytes);
  PutSigned(-1, &bytes);
  PutString("abc", &bytes);
  PutDay(-5, &bytes);
  PutHash({1, UINT64_MAX}, &bytes);
  ByteReader reader(bytes);
  EXPECT_EQ(reader.Varint(), 0U);
  EXPECT_EQ(reader.Varint(), UINT64_MAX);
  EXPECT_EQ(reader.Signed(), INT64_MIN);
  EXPECT_EQ(reader.Signed(), -1);
  EXPECT_EQ(reader.String(), "abc");
  EXPECT_EQ(reader.DayNumber(), -5);
  EXPECT_EQ(reader.Hash(), (Hash128{1, UINT64_MAX}));
  EXPECT_TRUE(reader.done());
}

TEST(ByteReader, RefusesVarintsOfMoreThan64Bits) {
  ByteReader too_big("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02");
  EXPECT_EQ(too_big.Varint(), 0U);
  EXPECT_FALSE(too_big.ok());
  ByteReader too_long("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01");
  too_long.Varint();
  EXPECT_FALSE(too_long.ok());
  ByteReader above_32("\x80\x80\x80\x80\x10");
  above_32.Varint32();
  EXPECT_FALSE(above_32.ok());
}

TEST(ByteReader, RefusesCountsAndLengthsBeyondItsEnd) {
  ByteReader count("\xff\xff\xff\xff\x0f");
  EXPECT_EQ(count.Count(), 0U);
  EXPECT_FALSE(count.ok());
  ByteReader length("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
  EXPECT_EQ(length.String(), "");
  EXPECT_FALSE(length.ok());
}

std::vector<std::string> SampleValues() {
  NodeRow node{7, 3, 2, 1, {{"Ada", EntityType::kPerson, "FRA", "GOV", true, 4}}};
  RelationRow relation{9, "meet with", 4, {{"meet", 4}}, {{EventClass::kConsult, 4}}};
  return {Encode(CountRow{3, 300}),
          Encode(EdgeRow{2, 1, DayRange{{-3}, {18000}}, {{EventClass::kAccuse, 2}}}),
          Encode(node),
          Encode(AliasRow{{{"Ada", 3, 1}}}),
          Encode(relation),
          Encode(EvidenceRow{EventClass::kAid, DayRange{{1}, {2}}})};
}

// Whether any decoder of a value takes these bytes. Every decoder sees them.
int Decoders(std::string_view bytes) {
  int taken = 0;
  taken += Decode<CountRow>(bytes).has_value() ? 1 : 0;
  taken += Decode<EdgeRow>(bytes).has_value() ? 1 : 0;
  taken += Decode<NodeRow>(bytes).has_value() ? 1 : 0;
  taken += Decode<AliasRow>(bytes).has_value() ? 1 : 0;
  taken += Decode<RelationRow>(bytes).has_value() ? 1 : 0;
  taken += Decode<EvidenceRow>(bytes).has_value() ? 1 : 0;
  return taken;
}

TEST(Values, DecodeToWhatWasEncoded) {
  const std::vector<std::string> values = SampleValues();
  EXPECT_EQ(Encode(*Decode<CountRow>(values[0])), values[0]);
  EXPECT_EQ(Encode(*Decode<EdgeRow>(values[1])), values[1]);
  EXPECT_EQ(Encode(*Decode<NodeRow>(values[2])), values[2]);
  EXPECT_EQ(Encode(*Decode<AliasRow>(values[3])), values[3]);
  EXPECT_EQ(Encode(*Decode<RelationRow>(values[4])), values[4]);
  EXPECT_EQ(Encode(*Decode<EvidenceRow>(values[5])), values[5]);
}

TEST(Values, OfAnUnknownFormatAreRefused) {
  for (std::string value : SampleValues()) {
    value[0] = 2;
    EXPECT_EQ(Decoders(value), 0);
  }
}

TEST(Values, TruncatedOrLengthenedAreRefusedByTheirDecoder) {
  const std::vector<std::string> values = SampleValues();
  for (size_t size = 0; size < values[2].size(); ++size)
    EXPECT_FALSE(Decode<NodeRow>(values[2].substr(0, size)));
  EXPECT_FALSE(Decode<NodeRow>(values[2] + "x"));
  for (size_t size = 0; size < values[1].size(); ++size)
    EXPECT_FALSE(Decode<EdgeRow>(values[1].substr(0, size)));
  for (size_t size = 0; size < values[4].size(); ++size)
    EXPECT_FALSE(Decode<RelationRow>(values[4].substr(0, size)));
  for (size_t size = 0; size < values[3].size(); ++size)
    EXPECT_FALSE(Decode<AliasRow>(values[3].substr(0, size)));
  for (size_t size = 0; size < values[5].size(); ++size)
    EXPECT_FALSE(Decode<EvidenceRow>(values[5].substr(0, size)));
}

TEST(Values, AddingAndSubtractingAShareGivesTheRowBack) {
  NodeRow row{7, 3, 2, 1, {{"Ada", EntityType::kPerson, "", "", true, 4}}};
  const std::string before = Encode(row);
  const NodeRow share{
      7,
      2,
      1,
      1,
      {{"ADA", EntityType::kPerson, "FRA", "", true, 2}, {"Ada", EntityType::kPerson, "", "", true, 1}}};
  EXPECT_EQ(Add(share, &row), SumOutcome::kOk);
  EXPECT_EQ(row.variants.size(), 2U);
  EXPECT_EQ(Subtract(share, &row), SumOutcome::kOk);
  EXPECT_EQ(Encode(row), before);
}

TEST(Values, SubtractingMoreThanThereIsIsNoticed) {
  CountRow count{1, 0};
  EXPECT_EQ(Subtract(CountRow{2, 0}, &count), SumOutcome::kUnderflow);
  AliasRow alias{{{"Ada", 1, 0}}};
  EXPECT_EQ(Subtract(AliasRow{{{"Bob", 1, 0}}}, &alias), SumOutcome::kUnderflow);
}

TEST(Values, TwoNamesWithOneShortHashAreNoticed) {
  NodeRow row{7, 1, 0, 1, {}};
  EXPECT_EQ(Add(NodeRow{8, 1, 0, 1, {}}, &row), SumOutcome::kHashMismatch);
}

TEST(Values, TheDaysOfAnEdgeAreUnknownOnlyWhenABorderIsTakenAway) {
  const EdgeRow row{3, 3, DayRange{{10}, {30}}, {{EventClass::kAid, 3}}};
  EdgeRow inner = row;
  EXPECT_EQ(Subtract(EdgeRow{1, 1, DayRange{{15}, {20}}, {{EventClass::kAid, 1}}}, &inner), SumOutcome::kOk);
  EdgeRow border = row;
  EXPECT_EQ(Subtract(EdgeRow{1, 1, DayRange{{10}, {20}}, {{EventClass::kAid, 1}}}, &border),
            SumOutcome::kDaysUnknown);
}

TEST(NodeRow, DescribesByTheMostFrequentAndTheSmallestBytesAmongEquals) {
  NodeRow row{7, 6, 0, 2, {}};
  Add(NodeRow{7,
              0,
              0,
              0,
              {{"Beta", EntityType::kOrg, "", "", true, 2},
               {"Alpha", EntityType::kPerson, "FRA", "", true, 2}}},
      &row);
  const NodeInfo info = row.Describe({1});
  EXPECT_EQ(info.ref.label, "Alpha");
  EXPECT_EQ(info.ref.type, EntityType::kPerson);
  EXPECT_EQ(info.ref.country, "FRA");
  EXPECT_EQ(info.ref.hash, (Hash128{1, 7}));
}

TEST(RecordCodec, ADocumentComesBackWhole) {
  SampleMaker maker(1);
  SampleArticle sample = maker.Make();
  sample.document.unknown = "\"extra\":1";
  sample.document.url = "https://example.org/a";
  sample.document.mentions.front().cluster = -3;
  const auto decoded = DecodeDocument(sample.document.id, EncodeDocument(sample.document));
  ASSERT_TRUE(decoded);
  Document expected = sample.document;
  expected.text.clear();
  EXPECT_EQ(ToJson(*decoded), ToJson(expected));
  EXPECT_EQ(decoded->mentions.front().cluster, -3);
}

TEST(RecordCodec, StatementsComeBackWholeWithAndWithoutTheirDocument) {
  SampleMaker maker(2);
  for (int i = 0; i < 30; ++i) {
    const SampleArticle sample = maker.Make();
    const Article full = *MakeArticle(sample.document, sample.statements);
    const auto decoded = DecodeStatements(full.id, &*full.document, EncodeStatements(full));
    ASSERT_TRUE(decoded);
    ASSERT_EQ(decoded->statements.size(), full.statements.size());
    for (size_t k = 0; k < full.statements.size(); ++k) {
      EXPECT_EQ(ToJson(decoded->statements[k]), ToJson(full.statements[k]));
    }
    const Article bare = *MakeBareArticle(sample.statements.front());
    const auto decoded_bare = DecodeStatements(bare.id, nullptr, EncodeStatements(bare));
    ASSERT_TRUE(decoded_bare);
    EXPECT_EQ(ToJson(decoded_bare->statements.front()), ToJson(sample.statements.front()));
    EXPECT_TRUE(decoded_bare->is_bare.front());
  }
}

TEST(RecordCodec, GivesOneStatementByItsNumber) {
  const SampleArticle sample = SampleMaker(3, {.min_sentences = 4}).Make();
  const Article article = *MakeArticle(sample.document, sample.statements);
  const auto one = DecodeStatements(article.id, &*article.document, EncodeStatements(article), 2);
  ASSERT_TRUE(one);
  ASSERT_EQ(one->statements.size(), 1U);
  EXPECT_EQ(one->statements.front().id, article.statements[2].id);
}

TEST(RecordCodec, IsExactForNumbersThatAreNone) {
  SampleArticle sample = SampleMaker(4).Make();
  sample.statements.front().scale = std::numeric_limits<double>::quiet_NaN();
  sample.statements.front().confidence = std::numeric_limits<double>::infinity();
  const Article article = *MakeArticle(sample.document, sample.statements);
  const auto decoded = DecodeStatements(article.id, &*article.document, EncodeStatements(article));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->statements.front().scale, 0.0);
}

TEST(RecordCodec, TextComesBack) {
  for (const std::string& text :
       {std::string(), std::string("a"), std::string(100000, 'x'), std::string("\0\xff", 2)}) {
    EXPECT_EQ(DecodeText(EncodeText(text)), text);
  }
}

TEST(RecordCodec, TruncatedValuesAreRefused) {
  const SampleArticle sample = SampleMaker(5).Make();
  const Article article = *MakeArticle(sample.document, sample.statements);
  const std::string document = EncodeDocument(*article.document);
  for (size_t size = 0; size < document.size(); ++size) {
    EXPECT_FALSE(DecodeDocument(article.id, document.substr(0, size)));
  }
  const std::string statements = EncodeStatements(article);
  for (size_t size = 0; size < statements.size(); ++size) {
    EXPECT_FALSE(DecodeStatements(article.id, &*article.document, statements.substr(0, size)));
  }
  const std::string text = EncodeText(article.document->text);
  for (size_t size = 0; size < text.size(); ++size) EXPECT_FALSE(DecodeText(text.substr(0, size)));
}

TEST(RecordCodec, AStatementWhoseSpansLieOutsideOfTheTextIsRefused) {
  SampleArticle sample = SampleMaker(6).Make();
  sample.statements.front().predicate.spans.front().end = 1U << 30;
  const auto article = MakeArticle(sample.document, sample.statements);
  ASSERT_FALSE(article.ok());
  EXPECT_EQ(article.error().code, ErrorCode::kInvalidInput);
}

// Random and mutated bytes: every decoder must come back, and what it takes must encode again.
TEST(Decoders, SurviveRandomBytes) {
  std::mt19937_64 random(9);
  const SampleArticle sample = SampleMaker(10).Make();
  const Article article = *MakeArticle(sample.document, sample.statements);
  std::vector<std::string> seeds = SampleValues();
  seeds.push_back(EncodeDocument(*article.document));
  seeds.push_back(EncodeStatements(article));
  seeds.push_back(EncodeText(article.document->text));
  seeds.push_back(EncodeJudgement({1, JudgementKind::kRename, {"a", "b"}, "why", "2020-01-01", 0}));
  seeds.push_back(Encode(Totals{1, 2, 3, 4, 5, 6, 7}));
  int taken = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string bytes;
    if (i % 4 == 0) {
      bytes.resize(random() % 64);
      for (char& c : bytes) c = static_cast<char>(random());
      if (!bytes.empty()) bytes[0] = 1;
    } else {
      bytes = seeds[random() % seeds.size()];
      for (uint64_t k = random() % 4; k-- > 0;) bytes[random() % bytes.size()] = static_cast<char>(random());
      if (random() % 8 == 0) bytes.resize(random() % bytes.size());
    }
    taken += Decoders(bytes);
    taken += DecodeDocument(article.id, bytes).has_value() ? 1 : 0;
    taken += DecodeStatements(article.id, &*article.document, bytes).has_value() ? 1 : 0;
    taken += DecodeStatements(article.id, nullptr, bytes).has_value() ? 1 : 0;
    taken += DecodeText(bytes).has_value() ? 1 : 0;
    taken += DecodeJudgement(1, bytes).has_value() ? 1 : 0;
    taken += DecodeTotals(bytes).has_value() ? 1 : 0;
    taken += DecodeCommitMark(bytes).has_value() ? 1 : 0;
  }
  EXPECT_GT(taken, 0);
}

TEST(Judgements, ComeBackWhole) {
  const Judgement judgement{4, JudgementKind::kReject, {"s:1", "x"}, "a note", "2021-02-03", 0};
  const auto decoded = DecodeJudgement(4, EncodeJudgement(judgement));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->arguments, judgement.arguments);
  EXPECT_EQ(decoded->why, "a note");
  EXPECT_EQ(decoded->date, "2021-02-03");
}

}  // namespace
}  // namespace whowhom::storage
