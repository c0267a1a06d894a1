#include "unit/extract/read/read_testing.h"

namespace whowhom::extract {
namespace {

constexpr char kBody[] =
    "The harbour council voted on Monday to close the old ferry terminal, ending a dispute that began in the "
    "spring.\n"
    "\n"
    "Councillor Ana Brandt said the terminal had become too costly to repair and that the port needs the "
    "land.\n"
    "\n"
    "The ferry union accused the council of hiding the report and promised to take the matter to court next "
    "week.\n";

constexpr char kClosing[] =
    "The mayor said that a new terminal would be built within two years if the state paid.";

std::string Page(const std::string& head, const std::string& tail) {
  return head + "\n" + kBody + "\n" + tail;
}

constexpr char kTitle[] = "Council Votes to Close Old Ferry Terminal";

TEST(PlainText, KeepsTheHeadlineAsFirstParagraph) {
  const ReadArticle read = ReadOne(Page(std::string(kTitle) + "\n", ""));
  EXPECT_EQ(read.article.title, kTitle);
  EXPECT_TRUE(read.article.text.starts_with(std::string(kTitle) + "\n\nThe harbour council"));
  EXPECT_TRUE(read.article.text.ends_with("next week."));
  EXPECT_TRUE(read.dropped.empty());
}

TEST(PlainText, StatesThatTheDateIsMissing) {
  const ReadArticle read = ReadOne(Page(kTitle, ""));
  EXPECT_FALSE(read.article.date.has_value());
  ASSERT_EQ(read.notes.size(), 1U);
  EXPECT_EQ(read.notes[0], "no publication date was found");
}

TEST(PlainText, TakesTheDateOfADateLine) {
  const ReadArticle read = ReadOne(Page(std::string(kTitle) + "\n\nMarch 3, 2021 - 08:15\n", ""));
  EXPECT_EQ(DateOf(read), "2021-03-03");
  EXPECT_EQ(read.article.date_source, "byline");
  EXPECT_EQ(ReasonFor(read, "March 3, 2021 - 08:15"), "date line");
}

TEST(PlainText, TakesAuthorAndDateOfAByline) {
  const ReadArticle read =
      ReadOne(Page(std::string(kTitle) + "\n\nBy Lena Okafor | June 9, 2019 | 4:30 PM BST\n", ""));
  EXPECT_EQ(read.article.author, "Lena Okafor");
  EXPECT_EQ(DateOf(read), "2019-06-09");
}

TEST(PlainText, KeepsASentenceThatStartsWithBy) {
  const std::string sentence = "By Tuesday the last boats had left the harbour and the gates were closed.";
  const ReadArticle read = ReadOne(Page(kTitle, sentence));
  EXPECT_TRUE(read.article.text.ends_with(sentence));
  EXPECT_EQ(read.article.author, "");
}

TEST(PlainText, DateOptionOverridesThePage) {
  ReadOptions options;
  options.date = MakeDay(2022, 1, 2);
  options.outlet = "Harbour Post";
  const ReadArticle read = ReadOne(Page(std::string(kTitle) + "\n\nMarch 3, 2021\n", ""), "page", options);
  EXPECT_EQ(DateOf(read), "2022-01-02");
  EXPECT_EQ(read.article.date_source, "option");
  EXPECT_EQ(read.article.outlet, "Harbour Post");
}

TEST(PlainText, SaysWhenANumericDateIsAmbiguous) {
  const ReadArticle read = ReadOne(Page(std::string(kTitle) + "\n\nPublished: 04/05/2021\n", ""));
  EXPECT_FALSE(read.article.date.has_value());
  ASSERT_FALSE(read.notes.empty());
  EXPECT_NE(read.notes[0].find("cannot be told apart"), std::string::npos);
}

TEST(PlainText, StripsTheDateline) {
  const ReadArticle read = ReadOne(std::string(kTitle) + "\n\nLISBON (Coast Wire) - " + kBody);
  EXPECT_TRUE(read.article.text.find("\n\nThe harbour council") != std::string::npos);
  EXPECT_EQ(read.article.outlet, "Coast Wire");
  EXPECT_EQ(read.dropped.at(0).reason, "dateline");
}

TEST(PlainText, TakesTheDateOfADateline) {
  const ReadArticle read = ReadOne(std::string(kTitle) + "\n\nLISBON, Feb. 4, 2020 \xE2\x80\x94 " + kBody);
  EXPECT_EQ(DateOf(read), "2020-02-04");
  EXPECT_EQ(read.article.date_source, "dateline");
}

TEST(PlainText, KeepsADashInTheFirstSentence) {
  const ReadArticle read = ReadOne(std::string(kTitle) + "\n\nThe terminal \xE2\x80\x94 " + kBody);
  EXPECT_NE(read.article.text.find("The terminal \xE2\x80\x94 The harbour"), std::string::npos);
}

TEST(PlainText, DropsTheBreadcrumbAndTheCaptionAboveTheHeadline) {
  const ReadArticle read =
      ReadOne(Page("Start / Region / " + std::string(kTitle) + "\nMayor Ruth Amsel\n\n" + kTitle + "\n", ""));
  EXPECT_EQ(read.article.title, kTitle);
  EXPECT_TRUE(read.article.text.starts_with(std::string(kTitle) + "\n\nThe harbour"));
  EXPECT_EQ(ReasonFor(read, "Mayor Ruth Amsel"), "section label");
}

TEST(PlainText, DropsCaptionsPrintedTwiceAndKeepsARepeatedHeadlineOnce) {
  const std::string caption = "Ruth Amsel, the mayor of the port, with dock workers at the old terminal.";
  const ReadArticle read =
      ReadOne(Page(std::string(kTitle) + "\n\n" + kTitle + "\n\n" + caption + "\n" + caption + "\n", ""));
  EXPECT_TRUE(read.article.text.starts_with(std::string(kTitle) + "\n\nThe harbour"));
  EXPECT_EQ(ReasonFor(read, caption), "caption printed twice");
  EXPECT_EQ(ReasonFor(read, kTitle), "repeated headline");
}

TEST(PlainText, DropsATeaserThatIsCutOffAndPrintedInFullBelow) {
  const std::string teaser =
      "The harbour council voted on Monday to close the old ferry terminal, ending a dispute that";
  const ReadArticle read = ReadOne(std::string(kTitle) + "\n\n" + teaser + "\n\n" + kBody);
  EXPECT_EQ(ReasonFor(read, teaser), "truncated teaser");
  EXPECT_TRUE(read.article.text.find("dispute that\n") == std::string::npos);
}

TEST(PlainText, DropsEverythingBehindTheCommentForm) {
  const ReadArticle read = ReadOne(Page(kTitle,
                                        "Post a comment\n\nYour e-mail is never shared. Required boxes are "
                                        "marked *\n\nI think the mayor lied to us all and should go.\n"));
  EXPECT_TRUE(read.article.text.ends_with("next week."));
  EXPECT_EQ(ReasonFor(read, "Post a comment"), "comment form");
}

TEST(PlainText, DropsTeasersBehindARelatedHeading) {
  const ReadArticle read = ReadOne(Page(kTitle,
                                        "See Also\n\nPort traffic falls for third year\n\nShips have turned "
                                        "to the northern harbour since spring, the \xE2\x80\xA6\n"));
  EXPECT_TRUE(read.article.text.ends_with("next week."));
}

TEST(PlainText, KeepsTheArticleBehindARelatedLinkInItsMiddle) {
  const std::string related = "Related: Port traffic falls for third year";
  const ReadArticle read = ReadOne(std::string(kTitle) + "\n\n" + kBody + "\n" + related + "\n\n" + kBody);
  EXPECT_EQ(ReasonFor(read, related), "related links");
  EXPECT_TRUE(read.article.text.ends_with("next week."));
}

TEST(PlainText, DropsSizeLettersAndShortCodes) {
  const ReadArticle read = ReadOne(Page(kTitle, "[adrotate_slot group=7]\n\nA\nB\nC\n"));
  EXPECT_TRUE(read.article.text.ends_with("next week."));
  EXPECT_EQ(ReasonFor(read, "[adrotate_slot group=7]"), "short-code");
  EXPECT_EQ(ReasonFor(read, "B"), "page controls");
}

TEST(PlainText, KeepsBracketsOfAnEditor) {
  const ReadArticle read =
      ReadOne(Page(kTitle, "\"They [the owners] knew of it for months,\" the union said in a letter."));
  EXPECT_TRUE(read.article.text.ends_with("in a letter."));
}

TEST(PlainText, TakesAuthorAndOutletOfTheBoxAtTheEnd) {
  const ReadArticle read =
      ReadOne(Page(kTitle, "Tomas Reyl\n\nTomas Reyl is a transport reporter at Coast Weekly.\n"));
  EXPECT_EQ(read.article.author, "Tomas Reyl");
  EXPECT_EQ(read.article.outlet, "Coast Weekly");
  EXPECT_TRUE(read.article.text.ends_with("next week."));
}

TEST(PlainText, KeepsALastParagraphAboutSomeoneInTheArticle) {
  const std::string last = "Ana Brandt is a former newspaper editor who has sat on the council since 2011.";
  const ReadArticle read = ReadOne(Page(kTitle, last));
  EXPECT_TRUE(read.article.text.ends_with(last));
}

TEST(PlainText, KeepsASentenceAboutACriticNearTheEnd) {
  const std::string last =
      "While Mr. Reyl has asked for talks, Ruth Amsel, a fierce critic of the plan, has warned the board "
      "about it.";
  const ReadArticle read =
      ReadOne(Page(kTitle, last + "\n\nTomas Reyl\n\nTomas Reyl is a transport reporter at Coast Weekly.\n"));
  EXPECT_TRUE(read.article.text.ends_with(last));
}

TEST(PlainText, TakesTheSourceLine) {
  const ReadArticle read = ReadOne(Page(kTitle, "Source: Northern Courier\n"));
  EXPECT_EQ(read.article.outlet, "Northern Courier");
  EXPECT_TRUE(read.article.text.ends_with("next week."));
}

TEST(PlainText, KeepsSummaryPointsAndSubheadings) {
  const ReadArticle read =
      ReadOne(std::string(kTitle) + "\n\n  \xE2\x80\xA2 The terminal closes in the autumn.\n\n" + kBody +
              "\nUnion Goes to Court\n\nThe union said it would ask a judge to stop the council.\n");
  EXPECT_NE(read.article.text.find("\n\n\xE2\x80\xA2 The terminal closes in the autumn.\n\n"),
            std::string::npos);
  EXPECT_NE(read.article.text.find("\n\nUnion Goes to Court"), std::string::npos);
}

TEST(PlainText, JoinsHardWrappedLines) {
  const ReadArticle read = ReadOne(
      "The harbour council voted on Monday to close the old ferry\n"
      "terminal, ending a dispute that began in the spring when the\n"
      "report about its walls and its roof became known to the union.\n");
  EXPECT_EQ(read.article.text,
            "The harbour council voted on Monday to close the old ferry terminal, ending a dispute that "
            "began in the spring "
            "when the report about its walls and its roof became known to the union.");
}

TEST(PlainText, DropsAPullQuoteThatRepeatsWordsOfTheBody) {
  const std::string quote = "Ana Brandt said the terminal had become too costly to repair";
  const ReadArticle read =
      ReadOne(std::string(kTitle) + "\n\n" + kBody + "\n\"" + quote + "\"\n\n" + kClosing);
  EXPECT_EQ(ReasonFor(read, "\"" + quote + "\""), "pull quote that repeats a sentence");
  EXPECT_NE(read.article.text.find(quote + " and that"), std::string::npos) << "the sentence itself stays";
}

TEST(PlainText, KeepsASentenceThatALongerOneRepeats) {
  const std::string sentence = "Ana Brandt said the terminal had become too costly to repair.";
  const ReadArticle read =
      ReadOne(std::string(kTitle) + "\n\n" + sentence + "\n\n" + kBody + "\n" + kClosing);
  EXPECT_NE(read.article.text.find("\n\n" + sentence + "\n\n"), std::string::npos);
}

TEST(PlainText, KeepsAQuoteThatStandsNowhereElse) {
  const std::string quote = "Councillor Ana Brandt said the terminal had become too dear.";
  const ReadArticle read = ReadOne(std::string(kTitle) + "\n\n" + quote + "\n\n" + kBody);
  EXPECT_NE(read.article.text.find("\n\n" + quote + "\n\n"), std::string::npos);
}

// Wrapped at 60 columns; paragraphs begin with an indent and no empty line; rules stand above and below.
TEST(PlainText, JoinsWrappedLinesAndSplitsAtIndents) {
  const ReadArticle read = ReadOne(
      "Council Votes to Close Old Ferry Terminal\n"
      "============================================================\n"
      "\n"
      "    The harbour council voted on Monday to close the old\n"
      "ferry terminal, ending a dispute that began in the spring\n"
      "and divided the town.\n"
      "    Councillor Ana Brandt said the terminal was too costly.\n"
      "    The ferry union accused the council of hiding a report\n"
      "and promised to take the matter to court next week, saying\n"
      "that nobody had been asked.\n"
      "------------------------------------------------------------\n");
  EXPECT_EQ(
      read.article.text,
      "Council Votes to Close Old Ferry Terminal\n\n"
      "The harbour council voted on Monday to close the old ferry terminal, ending a dispute that began in "
      "the "
      "spring and divided the town.\n\n"
      "Councillor Ana Brandt said the terminal was too costly.\n\n"
      "The ferry union accused the council of hiding a report and promised to take the matter to court next "
      "week, saying that nobody had been asked.");
}

TEST(PlainText, DropsRemarksOfTheSiteBehindTheArticle) {
  for (const std::string note :
       {"A version of this article appears in print on March 3, 2021, Section A, Page 9.",
        "This story was originally published by another paper and is printed here with its leave.",
        "(With inputs from agencies)",
        "Disclaimer: The views of readers are not those of the paper or its owners."}) {
    const ReadArticle read = ReadOne(Page(kTitle, note));
    EXPECT_EQ(ReasonFor(read, note), "page note") << note;
    EXPECT_TRUE(read.article.text.ends_with("next week.")) << note;
  }
}

TEST(PlainText, DropsCommentsBehindTeasers) {
  const std::string comment = "I live there and I can tell you that nobody ever asked the union about it.";
  const ReadArticle read = ReadOne(
      Page(kTitle, "You may also like\nSchools to Close Early\n\nComments (2)\n" + comment + "\n" + comment));
  EXPECT_TRUE(read.article.text.ends_with("next week.")) << read.article.text;
}

TEST(PlainText, DropsMoreFromTheSite) {
  const ReadArticle read =
      ReadOne(Page(kTitle, "More from The Marsk Courier\n\nSchools to Close Early\nMayor Meets Growers"));
  EXPECT_TRUE(read.article.text.ends_with("next week.")) << read.article.text;
}

TEST(PlainText, TakesALineOfTheSitesNameForNoHeadline) {
  const ReadArticle read =
      ReadOne(Page("The Harbour Courier\n\n" + std::string(kTitle) + "\nBy Ana Reyl\n", ""));
  EXPECT_EQ(read.article.title, kTitle);
}

TEST(PlainText, DropsNotesOnWhoContributed) {
  const std::string note = "Omar Reyl contributed reporting from Marsk.";
  EXPECT_EQ(ReasonFor(ReadOne(Page(kTitle, note)), note), "byline");
  const std::string own = "Lena Okafor reported from the harbour.";
  EXPECT_EQ(ReasonFor(ReadOne(Page(std::string(kTitle) + "\n\nBy Lena Okafor\n", own)), own), "byline");
}

TEST(PlainText, DropsACaptionWithACreditBehindABar) {
  const std::string caption = "People walk past the terminal on Friday | Photo Credit: Lena Okafor";
  EXPECT_EQ(ReasonFor(ReadOne(Page(std::string(kTitle) + "\n\n" + caption, "")), caption), "caption");
}

TEST(PlainText, EmptyAndBlankFilesAreSkippedWithAReason) {
  for (const std::string_view bytes : {"", "   \n\t\r\n", "***\n---\n"}) {
    const KeepingSink sink = ReadAll(bytes);
    EXPECT_TRUE(sink.articles.empty());
    ASSERT_EQ(sink.failures.size(), 1U);
    EXPECT_TRUE(sink.failures[0].skipped);
  }
}

TEST(PlainText, SkipsOtherLanguagesUnlessForced) {
  const std::string german =
      "Der Rat der Stadt hat am Montag beschlossen, den alten Hafen zu schliessen, weil die Mauern nicht "
      "mehr sicher sind "
      "und die Kosten zu hoch werden. Die Gewerkschaft will gegen den Beschluss klagen.";
  const KeepingSink sink = ReadAll(german);
  EXPECT_TRUE(sink.articles.empty());
  ASSERT_EQ(sink.failures.size(), 1U);
  EXPECT_EQ(sink.failures[0].reason, "is not in English");
  EXPECT_TRUE(sink.failures[0].skipped);
  ReadOptions options;
  options.force_language = true;
  EXPECT_EQ(ReadOne(german, "page", options).article.text, german);
}

TEST(PlainText, AShortSentenceIsAnArticle) {
  const std::string text = "Brandt sent a letter to Okafor.";
  EXPECT_EQ(ReadOne("{\"text\":\"" + text + "\"}\n", "a.jsonl").article.text, text);
}

TEST(PlainText, ABylineOfStaffNamesNobodyAndIsNoText) {
  const std::string body =
      "The harbour council voted on Friday to close the old ferry line, which has lost money for years.\n\n"
      "The union said that it would fight the decision in court and asked the mayor to step in.";
  const ReadArticle read =
      ReadOne("Council closes the ferry line\n\nBy Staff Writer | May 18, 2018\n\n" + body);
  EXPECT_EQ(read.article.author, "");
  EXPECT_EQ(DateOf(read), "2018-05-18");
  EXPECT_EQ(read.article.text.find("Staff Writer"), std::string::npos) << read.article.text;
  EXPECT_NE(read.article.text.find("The harbour council"), std::string::npos);
}

TEST(PlainText, RemovesInvisibleCharactersAndNamesReplacedBytes) {
  const ReadArticle read = ReadOne(
      "The har\xC2\xAD"
      "bour\xE2\x80\x8B council\xC2\xA0voted\xE2\x80\xAE to close the ferry caf"
      "e\xCC\x81.\r\nIt will go on.");
  EXPECT_EQ(read.article.text, "The harbour council voted to close the ferry caf\xC3\xA9.\n\nIt will go on.");
}

}  // namespace
}  // namespace whowhom::extract
