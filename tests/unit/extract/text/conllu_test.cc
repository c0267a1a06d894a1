#include "whowhom/extract/conllu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace whowhom::extract {
namespace {

using ::testing::HasSubstr;

constexpr char kTwoSentences[] =
    "# newdoc id = d1\n"
    "# sent_id = s1\n"
    "# text = She didn't go.\n"
    "# speaker = 3\n"
    "1\tShe\tshe\tPRON\tPRP\tCase=Nom\t4\tnsubj\t4:nsubj\tNER=B-PERSON|Keep=1\n"
    "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_\n"
    "3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n"
    "3.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
    "5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n"
    "\n"
    "# newpar\n"
    "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No\n"
    "2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_\n"
    "\n";

std::vector<ConlluDocument> Read(std::string_view bytes) {
  auto documents = ReadConllu(bytes, "x.conllu", {});
  EXPECT_TRUE(documents.ok()) << documents.error().message;
  return documents.ok() ? std::move(documents).value() : std::vector<ConlluDocument>{};
}

std::string ErrorOf(std::string_view bytes, const ConlluLimits& limits = {}) {
  auto documents = ReadConllu(bytes, "x.conllu", limits);
  return documents.ok() ? "ok" : documents.error().message;
}

TEST(ReadConllu, RebuildsTextSpansAndParagraphs) {
  const auto documents = Read(kTwoSentences);
  ASSERT_EQ(documents.size(), 1u);
  EXPECT_EQ(documents[0].id, "d1");
  EXPECT_EQ(documents[0].text.substr(0, 21), "She didn't go.\n\nYes! ");
  ASSERT_EQ(documents[0].sentences.size(), 2u);
  ASSERT_EQ(documents[0].blocks.size(), 2u);
  const Sentence& sentence = documents[0].sentences[0];
  ASSERT_EQ(sentence.tokens.size(), 5u);
  for (const Token& token : sentence.tokens) {
    EXPECT_EQ(documents[0].text.substr(token.span.begin, token.span.size()), token.form);
  }
  EXPECT_EQ(sentence.tokens[2].deprel, Deprel::kAdvmod);
  EXPECT_EQ(sentence.tokens[3].head, -1);
  EXPECT_EQ(sentence.tokens[0].head, 3);
  EXPECT_EQ(documents[0].sentences[1].block, 1u);
  ASSERT_EQ(sentence.names.size(), 1u);
  EXPECT_EQ(sentence.names[0], (NameSpan{0, 1, NameType::kPerson}));
}

TEST(ReadConllu, SurvivesCarriageReturnsAndAMissingLastLineEnd) {
  const auto documents =
      Read("1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\r\n2\tnow\tnow\tADV\tRB\t_\t1\tadvmod\t_\t_");
  ASSERT_EQ(documents.size(), 1u);
  EXPECT_EQ(documents[0].sentences[0].tokens.size(), 2u);
  EXPECT_TRUE(Read("").empty());
  EXPECT_TRUE(Read("\n\n# only a comment\n").empty());
}

TEST(ReadConllu, NamesTheLineOfAnError) {
  EXPECT_THAT(ErrorOf("1\tGo\n"), HasSubstr("x.conllu:1"));
  EXPECT_THAT(ErrorOf("1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n3\tx\tx\tX\t_\t_\t1\tdep\t_\t_\n"),
              HasSubstr("x.conllu:2"));
  EXPECT_THAT(ErrorOf("1\tGo\tgo\tVERB\tVB\t_\tzero\troot\t_\t_\n"), HasSubstr("HEAD"));
  EXPECT_THAT(ErrorOf("1\tGo\tgo\tVERB\tVB\t_\t7\tdep\t_\t_\n"), HasSubstr("HEAD 7"));
  EXPECT_THAT(ErrorOf("1\ta\ta\tX\t_\t_\t2\tdep\t_\t_\n2\tb\tb\tX\t_\t_\t1\tdep\t_\t_\n"),
              HasSubstr("cycle"));
  EXPECT_THAT(ErrorOf("1-9\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n"),
              HasSubstr("range"));
  EXPECT_THAT(ErrorOf("1\t\ta\tX\t_\t_\t0\troot\t_\t_\n"), HasSubstr("empty FORM"));
  EXPECT_THAT(ErrorOf("1\ta\ta\tX\t_\t_\t4294967295\troot\t_\t_\n"), HasSubstr("HEAD"));
}

TEST(ReadConllu, RefusesWhatIsAboveTheCaps) {
  ConlluLimits limits;
  limits.max_sentence_tokens = 1;
  EXPECT_THAT(ErrorOf(kTwoSentences, limits), HasSubstr("more than 1 words"));
  limits = {};
  limits.max_line_bytes = 10;
  EXPECT_THAT(ErrorOf(kTwoSentences, limits), HasSubstr("line of"));
  limits = {};
  limits.max_bytes = 10;
  EXPECT_THAT(ErrorOf(kTwoSentences, limits), HasSubstr("cap"));
}

TEST(ReadConllu, NeverCrashesOnTruncatedInput) {
  const std::string_view whole = kTwoSentences;
  for (size_t size = 0; size < whole.size(); ++size) (void)ReadConllu(whole.substr(0, size), "x", {});
}

TEST(WriteConllu, WritesWhatItRead) {
  const auto first = Read(kTwoSentences);
  const std::string written = WriteConllu(first[0].sentences, {});
  const auto second = Read(written);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].text, first[0].text);
  EXPECT_EQ(WriteConllu(second[0].sentences, {}), written);
  EXPECT_THAT(written, HasSubstr("2-3\tdidn't\t_"));
  EXPECT_THAT(written, HasSubstr("# text = She didn't go.\n"));
  EXPECT_THAT(written, HasSubstr("# speaker = 3\n"));
  EXPECT_THAT(written, HasSubstr("Keep=1|NER=B-PERSON\n"));
  EXPECT_THAT(written, HasSubstr("# newpar\n"));
}

TEST(WriteConllu, WritesClustersOfMentions) {
  const auto documents = Read(kTwoSentences);
  EntityMention mention;
  mention.sentence = 0;
  mention.begin = 0;
  mention.end = 1;
  mention.cluster = 12;
  const std::vector<EntityMention> mentions = {mention};
  ConlluOptions options;
  options.mentions = mentions;
  options.document_id = "a b";
  const std::string written = WriteConllu(documents[0].sentences, options);
  EXPECT_THAT(written, HasSubstr("NER=B-PERSON|Coref=c12"));
  EXPECT_THAT(written, ::testing::StartsWith("# newdoc id = a b\n"));
}

TEST(WriteConllu, LeavesOutTheInputsCoreferenceWhereOursIsWritten) {
  const auto documents = Read(
      "1\tAda\tAda\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(7-person)|Keep=1\n2\tleft\tleave\tVERB\tVBD\t_"
      "\t0\troot\t_\t_\n\n");
  EXPECT_THAT(WriteConllu(documents[0].sentences, {}), HasSubstr("Entity=(7-person)|Keep=1"));
  EntityMention mention;
  mention.begin = 0;
  mention.end = 1;
  mention.cluster = 0;
  const std::vector<EntityMention> mentions = {mention};
  ConlluOptions options;
  options.mentions = mentions;
  EXPECT_THAT(WriteConllu(documents[0].sentences, options), HasSubstr("\tKeep=1|Coref=c0\n"));
}

TEST(WriteParseJson, EscapesAndCountsFromOne) {
  const auto documents =
      Read("1\t\"\t\"\tPUNCT\t``\t_\t2\tpunct\t_\tSpaceAfter=No\n2\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n");
  const std::string json = WriteParseJson(documents[0].sentences);
  EXPECT_THAT(json, HasSubstr("\"form\":\"\\\"\""));
  EXPECT_THAT(json, HasSubstr("\"id\":2,\"form\":\"Go\",\"lemma\":\"go\""));
  EXPECT_THAT(json, HasSubstr("\"head\":0,\"deprel\":\"root\",\"begin\":1,\"end\":3"));
}

}  // namespace
}  // namespace whowhom::extract
