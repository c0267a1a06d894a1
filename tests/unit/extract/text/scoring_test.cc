#include "whowhom/extract/scoring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "whowhom/core/record_json.h"

namespace whowhom::extract {
namespace {

using ::testing::HasSubstr;

Agreement Row(const Result<std::vector<ScoreRow>>& rows, const std::string& name) {
  EXPECT_TRUE(rows.ok()) << (rows.ok() ? "" : rows.error().message);
  if (!rows.ok()) return {};
  for (const ScoreRow& row : rows.value()) {
    if (row.name == name) return row.agreement;
  }
  ADD_FAILURE() << "no row " << name;
  return {};
}

double Value(const Result<std::vector<ScoreRow>>& rows, const std::string& name) {
  if (rows.ok()) {
    for (const ScoreRow& row : rows.value()) {
      if (row.name == name) return row.value;
    }
  }
  ADD_FAILURE() << "no row " << name;
  return -1;
}

std::string Line(int id, const std::string& form, const std::string& upos, int head,
                 const std::string& deprel, const std::string& misc = "_") {
  return std::to_string(id) + "\t" + form + "\t" + form + "\t" + upos + "\t" + upos + "\t_\t" +
         std::to_string(head) + "\t" + deprel + "\t_\t" + misc + "\n";
}
std::string Range(const std::string& id, const std::string& form) {
  return id + "\t" + form + "\t_\t_\t_\t_\t_\t_\t_\t_\n";
}

// "He cannot go" with a multiword token.
std::string Gold() {
  return Line(1, "He", "PRON", 4, "nsubj") + Range("2-3", "cannot") + Line(2, "can", "AUX", 4, "aux") +
         Line(3, "not", "PART", 4, "advmod") + Line(4, "go", "VERB", 0, "root") + "\n";
}

TEST(ScoreParse, GoldAgainstItselfIsPerfect) {
  const auto rows = ScoreParse(Gold(), Gold());
  ASSERT_TRUE(rows.ok());
  for (const ScoreRow& row : rows.value()) EXPECT_DOUBLE_EQ(row.agreement.f1(), 1.0) << row.name;
}

TEST(ScoreParse, CountsWrongTagsHeadsAndRelations) {
  const std::string system = Line(1, "He", "PROPN", 2, "nsubj") + Range("2-3", "cannot") +
                             Line(2, "can", "AUX", 4, "dep") + Line(3, "not", "PART", 4, "advmod") +
                             Line(4, "go", "VERB", 0, "root") + "\n";
  const auto rows = ScoreParse(Gold(), system);
  EXPECT_DOUBLE_EQ(Row(rows, "UPOS").f1(), 0.75);
  EXPECT_DOUBLE_EQ(Row(rows, "UAS").f1(), 0.75);
  EXPECT_DOUBLE_EQ(Row(rows, "LAS").f1(), 0.5);
  EXPECT_DOUBLE_EQ(Row(rows, "Words").f1(), 1.0);
  // content words: gold He, not, go; system He, can, not, go; right not, go
  EXPECT_DOUBLE_EQ(Row(rows, "CLAS").recall(), 2.0 / 3);
  EXPECT_DOUBLE_EQ(Row(rows, "CLAS").precision(), 0.5);
}

TEST(ScoreParse, AlignsWordsOfAnUnsplitMultiwordToken) {
  const std::string system = Line(1, "He", "PRON", 3, "nsubj") + Line(2, "cannot", "AUX", 3, "aux") +
                             Line(3, "go", "VERB", 0, "root") + "\n";
  const auto rows = ScoreParse(Gold(), system);
  EXPECT_DOUBLE_EQ(Row(rows, "Tokens").f1(), 1.0);
  EXPECT_DOUBLE_EQ(Row(rows, "Words").correct, 2);
  EXPECT_DOUBLE_EQ(Row(rows, "Words").recall(), 0.5);
  EXPECT_DOUBLE_EQ(Row(rows, "LAS").correct, 2);
}

TEST(ScoreParse, CountsSentencesAndSplitTokens) {
  const std::string gold = Line(1, "a-b", "NOUN", 0, "root") + "\n" + Line(1, "c", "NOUN", 0, "root") + "\n";
  const std::string system = Line(1, "a", "NOUN", 0, "root", "SpaceAfter=No") +
                             Line(2, "-", "PUNCT", 1, "punct", "SpaceAfter=No") +
                             Line(3, "b", "NOUN", 1, "dep") + Line(4, "c", "NOUN", 1, "dep") + "\n";
  const auto rows = ScoreParse(gold, system);
  EXPECT_DOUBLE_EQ(Row(rows, "Tokens").correct, 1);
  EXPECT_DOUBLE_EQ(Row(rows, "Tokens").system, 4);
  EXPECT_DOUBLE_EQ(Row(rows, "Sentences").correct, 0);
  EXPECT_DOUBLE_EQ(Row(rows, "UAS").correct, 0);
}

TEST(ScoreParse, ComparesUniversalRelationsOnly) {
  const std::string gold = Line(1, "He", "PRON", 2, "nsubj:pass") + Line(2, "went", "VERB", 0, "root") + "\n";
  const std::string system = Line(1, "He", "PRON", 2, "nsubj") + Line(2, "went", "VERB", 0, "root") + "\n";
  EXPECT_DOUBLE_EQ(Row(ScoreParse(gold, system), "LAS").f1(), 1.0);
}

TEST(ScoreParse, RefusesDifferentTextAndBrokenFiles) {
  const auto different = ScoreParse(Gold(), Line(1, "She", "PRON", 0, "root") + "\n");
  ASSERT_FALSE(different.ok());
  EXPECT_THAT(different.error().message, HasSubstr("different text"));
  EXPECT_FALSE(ScoreParse(Gold(), "x\ty\n").ok());
  EXPECT_TRUE(ScoreParse("", "").ok());
}

TEST(ScoreNames, CountsStrictSpansAndTypes) {
  const std::string gold =
      "1\tAda\tB-PER\tB-PERSON\n2\tLind\tI-PER\tI-PERSON\n3\tin\tO\tO\n4\tOrsk\tB-LOC\tB-GPE\n\n";
  const std::string system = "1\tAda\tB-PER\tO\n2\tLind\tI-PER\tO\n3\tin\tO\tO\n4\tOrsk\tB-ORG\tO\n";
  const auto rows = ScoreNames(gold, system, {});
  EXPECT_DOUBLE_EQ(Row(rows, "PER").f1(), 1.0);
  EXPECT_DOUBLE_EQ(Row(rows, "LOC").f1(), 0.0);
  EXPECT_DOUBLE_EQ(Row(rows, "all").f1(), 0.5);
  EXPECT_DOUBLE_EQ(Row(rows, "spans").f1(), 1.0);
}

TEST(ScoreNames, ReadsConlluAndRenamesTypes) {
  const std::string gold = "1\tOrsk\tB-LOC\tB-GPE\n2\tfell\tO\tO\n";
  const std::string system = Line(1, "Orsk", "PROPN", 2, "nsubj", "NER=B-GPE") +
                             Line(2, "fell", "VERB", 0, "root", "NER=B-DATE") + "\n";
  NameScoring options;
  options.rename = {{"GPE", "LOC"}, {"DATE", ""}};
  EXPECT_DOUBLE_EQ(Row(ScoreNames(gold, system, options), "all").f1(), 1.0);
}

TEST(ScoreNames, CallsOurTypesAsCoarseGoldDoes) {
  const std::string gold = "1\tAda\tB-PER\tO\n2\tsaw\tO\tO\n3\tOrsk\tB-LOC\tO\n4\tQuay\tB-MISC\tO\n";
  const std::string system = "1\tAda\tB-PERSON\tO\n2\tsaw\tB-DATE\tO\n3\tOrsk\tB-GPE\tO\n4\tQuay\tO\tO\n";
  const auto rows = ScoreNames(gold, system, {});
  EXPECT_DOUBLE_EQ(Row(rows, "PER").f1(), 1.0);
  EXPECT_DOUBLE_EQ(Row(rows, "all").f1(), 1.0);
  const auto fine = ScoreNames("1\tOrsk\tB-GPE\tO\n", "1\tOrsk\tB-PLACE\tO\n", {});
  EXPECT_DOUBLE_EQ(Row(fine, "all").f1(), 0.0) << "gold of our own types is taken as it is";
}

TEST(ScoreNames, RefusesDifferentTokens) {
  EXPECT_FALSE(ScoreNames("1\ta\tO\tO\n", "1\tb\tO\tO\n", {}).ok());
  EXPECT_FALSE(ScoreNames("1\ta\tO\tO\n", "1\ta\tO\tO\n\n1\tb\tO\tO\n", {}).ok());
  EXPECT_FALSE(ScoreNames("a b\n", "a b\n", {}).ok());
}

// One token a line; `clusters[i]` in the last column.
std::string Columns(const std::vector<std::string>& clusters) {
  std::string out = "#begin document (d); part 0\n";
  for (size_t i = 0; i < clusters.size(); ++i) out += std::to_string(i) + "\tw\t" + clusters[i] + "\n";
  return out + "#end document\n";
}

// The worked example of Pradhan et al. 2014: key {a,b,c} {d,e,f,g}, response {a,b} {c,d} {f,g,h,i}.
TEST(ScoreCoreference, AgreesWithTheWorkedExample) {
  const auto rows =
      ScoreCoreference(Columns({"(1)", "(1)", "(1)", "(2)", "(2)", "(2)", "(2)", "_", "_"}),
                       Columns({"(5)", "(5)", "(6)", "(6)", "_", "(7)", "(7)", "(7)", "(7)"}), true);
  EXPECT_NEAR(Row(rows, "MUC").recall(), 0.40, 0.005);
  EXPECT_NEAR(Row(rows, "MUC").precision(), 0.40, 0.005);
  EXPECT_NEAR(Row(rows, "B3").recall(), 0.42, 0.005);
  EXPECT_NEAR(Row(rows, "B3").precision(), 0.50, 0.005);
  EXPECT_NEAR(Row(rows, "CEAF-e").recall(), 0.65, 0.005);
  EXPECT_NEAR(Row(rows, "CEAF-e").precision(), 0.43, 0.005);
  EXPECT_NEAR(Row(rows, "LEA").recall(), (3.0 / 3 + 4.0 / 6) / 7, 1e-9);
  EXPECT_NEAR(Row(rows, "LEA").precision(), (2.0 + 4.0 / 6) / 8, 1e-9);
  EXPECT_NEAR(Row(rows, "mentions").recall(), 6.0 / 7, 1e-9);
}

TEST(ScoreCoreference, ReadsAllThreeFormats) {
  const std::string columns = Columns({"(0|(1)", "0)", "(1)"});
  const std::string entity =
      "# newdoc id = d\n" + Line(1, "w", "X", 0, "root", "Entity=(0-person-new(1-person-new)") +
      Line(2, "w", "X", 1, "dep", "Entity=0)") + Line(3, "w", "X", 1, "dep", "Entity=(1-person-giv)") + "\n";
  const std::string coref = Line(1, "w", "X", 0, "root", "Coref=c0,c1") +
                            Line(2, "w", "X", 1, "dep", "Coref=c0") +
                            Line(3, "w", "X", 1, "dep", "Coref=c1") + "\n";
  for (const std::string& system : {columns, entity, coref}) {
    EXPECT_DOUBLE_EQ(Row(ScoreCoreference(columns, system, true), "mentions").f1(), 1.0) << system;
    EXPECT_DOUBLE_EQ(Row(ScoreCoreference(columns, system, true), "LEA").f1(), 1.0) << system;
    EXPECT_DOUBLE_EQ(Row(ScoreCoreference(columns, system, false), "mentions").gold, 2) << system;
  }
}

TEST(ScoreCoreference, MatchesClustersOneToOneAtBest) {
  // greedy matching would take the pair of the largest overlap and lose the better sum
  const auto rows = ScoreCoreference(Columns({"(1)", "(1)", "(1)", "(2)", "(2)", "(2)"}),
                                     Columns({"(9)", "(9)", "(8)", "(9)", "(9)", "_"}), true);
  const double kept = 2.0 * 2 / (3 + 4) + 2.0 * 1 / (3 + 1);  // {a,b,c}-{c}, {d,e,f}-{a,b,d,e}
  EXPECT_NEAR(Row(rows, "CEAF-e").correct, kept, 1e-9);
}

TEST(ScoreCoreference, RefusesDifferentTokensAndSurvivesUnbalancedBrackets) {
  EXPECT_FALSE(ScoreCoreference(Columns({"_"}), Columns({"_", "_"}), true).ok());
  EXPECT_FALSE(ScoreCoreference("a b\n", "a b\n", true).ok());
  EXPECT_TRUE(
      ScoreCoreference(Columns({"(1", "2)", "((", "))", "|)"}), Columns({"_", "_", "(", ")", "()"}), true)
          .ok());
}

TEST(ScoreGap, CountsByGender) {
  const std::string gold =
      "ID\tText\tPronoun\tA-coref\tB-coref\nx1\t..\tshe\tTRUE\tFALSE\nx2\t..\this\tFALSE\tTRUE\n";
  const auto rows = ScoreGap(gold, "x1\tTRUE\tFALSE\nx2\tTRUE\tTRUE\n");
  EXPECT_DOUBLE_EQ(Row(rows, "feminine").f1(), 1.0);
  EXPECT_DOUBLE_EQ(Row(rows, "masculine").precision(), 0.5);
  EXPECT_DOUBLE_EQ(Row(rows, "overall").recall(), 1.0);
  EXPECT_FALSE(ScoreGap(gold, "x1\tTRUE\tFALSE\n").ok());
  EXPECT_FALSE(ScoreGap("ID\tText\n", "").ok());
}

Statement MakeStatement(ByteSpan subject, ByteSpan predicate, ByteSpan object) {
  Statement statement;
  statement.path = "a.txt";
  statement.span = {0, 100};
  statement.text = "...";
  statement.subject.text = "s";
  statement.subject.spans = {subject};
  statement.predicate.text = "p";
  statement.predicate.lemma = "p";
  statement.predicate.spans = {predicate};
  if (!object.empty()) {
    statement.object.emplace();
    statement.object->text = "o";
    statement.object->spans = {object};
  }
  return statement;
}

TEST(ScoreStatements, MatchesByOverlapAndScoresAttributes) {
  Statement system = MakeStatement({4, 9}, {10, 17}, {18, 30});
  system.polarity = Polarity::kNegative;
  const std::string gold = ToJson(MakeStatement({0, 9}, {10, 17}, {18, 30})) + "\n" +
                           ToJson(MakeStatement({40, 45}, {46, 50}, {})) + "\n";
  const auto rows = ScoreStatements(gold, ToJson(system) + "\n");
  EXPECT_DOUBLE_EQ(Row(rows, "who-whom lenient").precision(), 1.0);
  EXPECT_DOUBLE_EQ(Row(rows, "who-whom lenient").recall(), 0.5);
  EXPECT_DOUBLE_EQ(Row(rows, "who-whom tight").correct, 1);
  EXPECT_DOUBLE_EQ(Value(rows, "polarity"), 0.0);
  EXPECT_DOUBLE_EQ(Value(rows, "modality"), 1.0);
  EXPECT_DOUBLE_EQ(Value(rows, "speaker"), 1.0);
}

TEST(ScoreStatements, UsesEachStatementOnceAndKeepsMissingObjectsApart) {
  const std::string one = ToJson(MakeStatement({0, 9}, {10, 17}, {18, 30})) + "\n";
  const std::string without = ToJson(MakeStatement({0, 9}, {10, 17}, {})) + "\n";
  EXPECT_DOUBLE_EQ(Row(ScoreStatements(one, one + one), "who-whom lenient").correct, 1);
  EXPECT_DOUBLE_EQ(Row(ScoreStatements(one, without), "who-whom lenient").correct, 0);
  EXPECT_FALSE(ScoreStatements(one, "{broken").ok());
}

TEST(FormatScores, PrintsPercentages) {
  Agreement half;
  half.gold = half.system = 2;
  half.Count(1);
  const std::vector<ScoreRow> rows = {{"LAS", half, true, 0}, {"bias", {}, false, 0.9}};
  EXPECT_THAT(FormatScores(rows), HasSubstr("50.00   50.00   50.00"));
  EXPECT_THAT(FormatScores(rows), HasSubstr("90.00"));
  EXPECT_THAT(FormatScoresJson(rows), HasSubstr("\"f1\":0.5000"));
}

}  // namespace
}  // namespace whowhom::extract
