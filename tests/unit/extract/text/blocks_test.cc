#include <gtest/gtest.h>

#include "whowhom/extract/article.h"

namespace whowhom::extract {
namespace {

std::vector<std::string> Texts(const std::string& text, const std::string& title = "") {
  std::vector<std::string> texts;
  for (const Block& block : SplitBlocks(text, title))
    texts.push_back(text.substr(block.span.begin, block.span.size()));
  return texts;
}

TEST(SplitBlocks, SplitsAtBlankLines) {
  EXPECT_EQ(Texts("One is here.\n\nTwo is there.\n \n\nThree."),
            (std::vector<std::string>{"One is here.", "Two is there.", "Three."}));
}

TEST(SplitBlocks, EmptyTextHasNoBlocks) {
  EXPECT_TRUE(Texts("").empty());
  EXPECT_TRUE(Texts(" \n\t\n  ").empty());
}

TEST(SplitBlocks, JoinsHardWrappedLines) {
  const std::string wrapped =
      "The minister of trade of the northern republic said\n"
      "that the talks with the southern republic had ended\n"
      "without a result.\n\nThe envoy left.";
  EXPECT_EQ(Texts(wrapped).size(), 2u);
}

TEST(SplitBlocks, TakesLongLinesAsParagraphs) {
  const std::string one = std::string(150, 'a') + ".", two = "B " + std::string(60, 'b') + ".";
  EXPECT_EQ(Texts(one + "\n" + two).size(), 2u);
}

TEST(SplitBlocks, TakesShortLinesAsParagraphs) {
  EXPECT_EQ(Texts("Minister resigns\nShe left on Monday."),
            (std::vector<std::string>{"Minister resigns", "She left on Monday."}));
}

TEST(SplitBlocks, MarksHeadlineSubheadingAndListItem) {
  const std::string text =
      "Minister resigns over canal\n\nThe minister of trade resigned on Monday.\n\nWhat comes next\n\n"
      "Parliament will meet on Friday to choose a successor.\n\n- The vote is secret.";
  const std::vector<Block> blocks = SplitBlocks(text, "Minister Resigns Over Canal | The Harbour Post");
  ASSERT_EQ(blocks.size(), 5u);
  EXPECT_EQ(blocks[0].kind, BlockKind::kHeadline);
  EXPECT_EQ(blocks[1].kind, BlockKind::kParagraph);
  EXPECT_EQ(blocks[2].kind, BlockKind::kSubheading);
  EXPECT_EQ(blocks[3].kind, BlockKind::kParagraph);
  EXPECT_EQ(blocks[4].kind, BlockKind::kListItem);
}

TEST(SplitBlocks, FirstSentenceIsNoHeadline) {
  const auto blocks = SplitBlocks("The minister resigned.\n\nShe left on Monday.", "");
  EXPECT_EQ(blocks[0].kind, BlockKind::kParagraph);
}

TEST(SplitBlocks, OneHugeLineIsLinear) {
  const std::string text(10 << 20, 'x');
  EXPECT_EQ(SplitBlocks(text, "").size(), 1u);
}

}  // namespace
}  // namespace whowhom::extract
