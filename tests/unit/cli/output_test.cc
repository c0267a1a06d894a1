#include "output.h"

#include <gtest/gtest.h>

namespace whowhom::cli {
namespace {

Table Sample() {
  Table table;
  table.columns = {"who", "count", "sentence"};
  table.rows = {{std::string("Iran"), int64_t{12}, std::string("a \"b\"\n|c<")},
                {std::string("=cmd()"), int64_t{3}, std::monostate()}};
  return table;
}

TEST(Render, AlignsTablesAndKeepsRowsOnOneLine) {
  EXPECT_EQ(Render(Sample(), Format::kTable, 0),
            "who     count  sentence\nIran       12  a \"b\" |c<\n=cmd()      3\n");
}

TEST(Render, CutsOnlyTheShrinkableColumnOnANarrowTerminal) {
  Table table;
  table.columns = {"id", "sentence"};
  table.rows = {{std::string("e:0123456789"), std::string(200, 'x')}};
  const std::string text = Render(table, Format::kTable, 40);
  EXPECT_NE(text.find("e:0123456789  xxx"), std::string::npos);
  for (size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) {
    EXPECT_LE(DisplayWidth(text.substr(begin, text.find('\n', begin) - begin)), 40u);
  }
}

TEST(Render, WritesJsonThatKeepsTypes) {
  EXPECT_EQ(Render(Sample(), Format::kJsonl, 0),
            "{\"who\":\"Iran\",\"count\":12,\"sentence\":\"a "
            "\\\"b\\\"\\n|c<\"}\n{\"who\":\"=cmd()\",\"count\":3,\"sentence\":null}\n");
}

TEST(Render, DefusesSpreadsheetFormulasInCsv) {
  EXPECT_EQ(Render(Sample(), Format::kCsv, 0),
            "who,count,sentence\nIran,12,\"a \"\"b\"\"\n|c<\"\n'=cmd(),3,\n");
}

TEST(Render, KeepsDashesAndNegativeNumbersInCsv) {
  Table table;
  table.columns = {"a", "b", "c", "d"};
  table.rows = {{std::string("-"), std::string("-1.00"), std::string("-1+cmd()"), std::string("-x")}};
  EXPECT_EQ(Render(table, Format::kCsv, 0), "a,b,c,d\n-,-1.00,'-1+cmd(),'-x\n");
}

TEST(Render, KeepsTsvRowsWhole) {
  EXPECT_EQ(Render(Sample(), Format::kTsv, 0), "who\tcount\tsentence\nIran\t12\ta \"b\" |c<\n=cmd()\t3\t\n");
}

TEST(Render, EscapesMarkdown) {
  EXPECT_NE(Render(Sample(), Format::kMarkdown, 0).find("a \"b\" \\|c\\<"), std::string::npos);
}

TEST(DisplayWidth, CountsWideAndCombiningCharacters) {
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("\xE6\xBC\xA2"), 2u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);
}

TEST(ParseFormat, KnowsItsNames) {
  EXPECT_TRUE(ParseFormat("md").ok());
  EXPECT_FALSE(ParseFormat("yaml").ok());
}

}  // namespace
}  // namespace whowhom::cli
