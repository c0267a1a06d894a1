#include "unit/extract/read/read_testing.h"

namespace whowhom::extract {
namespace {

const std::string kHead =
    "<html lang=\"en\"><head><title>Council closes terminal | Harbour Post</title>"
    "<meta property=\"og:site_name\" content=\"Harbour Post\"></head><body>";
const std::string kStory =
    "<p>The harbour council voted on Monday to close the old ferry terminal, ending a dispute.</p>"
    "<p>Councillor Ana Brandt said the terminal had become too costly to repair for the port.</p>"
    "<p>The ferry union accused the council of hiding the report and went to court over it.</p>";

TEST(Html, TakesHeadlineAuthorDateAndOutletFromStructuredData) {
  const ReadArticle read = ReadOne(
      "<html><head><script "
      "type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebPage\",\"name\":\"x\"},{\"@type\":"
      "\"NewsArticle\",\"headline\":\"Council closes &amp; "
      "sells\",\"datePublished\":\"2021-03-03T23:15:00-05:00\","
      "\"dateModified\":\"2022-01-01\",\"author\":[{\"name\":\"Lena Okafor\"},{\"name\":\"Tim "
      "Ro\"}],\"publisher\":{\"name\":"
      "\"Harbour Post\"}}]}</script><link rel=canonical href='https://h.example/1'></head><body>" +
      kStory);
  EXPECT_EQ(read.article.title, "Council closes & sells");
  EXPECT_EQ(read.article.author, "Lena Okafor, Tim Ro");
  EXPECT_EQ(read.article.outlet, "Harbour Post");
  EXPECT_EQ(read.article.url, "https://h.example/1");
  EXPECT_EQ(DateOf(read), "2021-03-03");
  EXPECT_EQ(read.article.date_source, "metadata");
}

TEST(Html, DoesNotTakeATimeOfModificationForADate) {
  const ReadArticle read = ReadOne(
      "<html><head><meta property=\"article:modified_time\" content=\"2021-03-03\"></head><body>" + kStory);
  EXPECT_FALSE(read.article.date.has_value());
}

TEST(Html, TakesTheDateOfTheAddressIfThereIsNoOther) {
  const ReadArticle read = ReadOne(
      "<html><head><meta property=\"og:url\" content=\"https://h.example/2021/03/04/x\"></head><body>" +
      kStory);
  EXPECT_EQ(DateOf(read), "2021-03-04");
  EXPECT_EQ(read.article.date_source, "url");
}

TEST(Html, SaysWhenTheDateDoesNotExist) {
  const ReadArticle read =
      ReadOne("<html><head><meta name=\"date\" content=\"2021-13-45\"></head><body>" + kStory);
  EXPECT_FALSE(read.article.date.has_value());
  EXPECT_NE(read.notes.at(0).find("there is no such day"), std::string::npos);
}

TEST(Html, KeepsHeadingsListsAndQuotesAsParagraphs) {
  const ReadArticle read =
      ReadOne(kHead + "<h1>Council closes terminal</h1>" + kStory +
              "<h2>What is next</h2><ul><li>The gates close on Friday.</li></ul>"
              "<blockquote>We will go to court, she said.</blockquote><p>A judge will hear it.</p></body>");
  EXPECT_TRUE(read.article.text.starts_with("Council closes terminal\n\nThe harbour"));
  EXPECT_TRUE(read.article.text.ends_with(
      "\n\nWhat is next\n\n\xE2\x80\xA2 The gates close on Friday.\n\nWe will go to court, she "
      "said.\n\nA judge will hear it."));
}

TEST(Html, DropsMenusCaptionsCommentsAndCookieNotes) {
  const ReadArticle read =
      ReadOne(kHead +
              "<nav><a href=/>Home</a></nav><div class=\"cookieBanner\"><p>We use cookies on this site to "
              "serve you well.</p></div>"
              "<div class=main>" +
              kStory +
              "<figure><figcaption>The terminal at night, seen from the pier.</figcaption></figure></div>"
              "<div id=comments><p>The mayor lied to us all and should go at once, I say.</p></div></body>");
  EXPECT_EQ(ReasonFor(read, "Home"), "navigation");
  EXPECT_EQ(ReasonFor(read, "We use cookies on this site to serve you well."), "cookie note");
  EXPECT_EQ(ReasonFor(read, "The terminal at night, seen from the pier."), "caption");
  EXPECT_EQ(ReasonFor(read, "The mayor lied to us all and should go at once, I say."), "comments");
  EXPECT_TRUE(read.article.text.ends_with("went to court over it."));
}

TEST(Html, AClassOfFurnitureOnTheWholePageIsIgnored) {
  const ReadArticle read =
      ReadOne(kHead + "<div class=\"share-sidebar-wrapper\">" + kStory + "</div></body>");
  EXPECT_TRUE(read.article.text.ends_with("went to court over it."));
}

TEST(Html, ParagraphsMayBeLineBreaks) {
  const ReadArticle read =
      ReadOne(kHead +
              "<td>The harbour council voted on Monday to close the terminal.<br><br>The union went to court "
              "over the vote<br>of the council on Monday.</td>");
  EXPECT_TRUE(read.article.text.ends_with(
      "to close the terminal.\n\nThe union went to court over the vote of the council on Monday."));
}

TEST(Html, DecodesEntitiesAndOldCharsets) {
  const ReadArticle read = ReadOne(
      "<html><head><meta charset=iso-8859-1></head><body><p>&#8220;Caf\xE9&nbsp;&amp;&#x20;bar,&#148; said "
      "the "
      "owner of the place &unknown; on Monday.</p></body>");
  EXPECT_EQ(read.article.text,
            "\xE2\x80\x9C"
            "Caf\xC3\xA9 & bar,\xE2\x80\x9D said the owner of the place &unknown; on Monday.");
}

TEST(Html, TakesTheBodyOfStructuredDataWhereThePageHasNone) {
  const std::string body(5, ' ');
  const ReadArticle read = ReadOne(
      "<html><head><script "
      "type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"T\",\"articleBody\":\"The harbour "
      "council voted "
      "on Monday to close the old ferry terminal, ending a dispute that began in the spring.\\n\\nThe union "
      "accused the council of "
      "hiding the report from the public, and it will go to court over the vote next "
      "week.\"}</script></head><body><div id=root></div></body>");
  EXPECT_TRUE(read.article.text.ends_with("over the vote next week."));
}

TEST(Feed, GivesAnArticleForEachItem) {
  const KeepingSink sink = ReadAll(
      "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Harbour "
      "Post</title><entry><title>One &amp; two</title>"
      "<link rel=\"alternate\" "
      "href=\"https://h.example/1\"/><published>2021-03-03T01:00:00Z</published><author><name>Lena "
      "Okafor</name>"
      "</author><content type=\"xhtml\"><div><p>The council met on Monday in the hall.</p><p>The union did "
      "not.</p></div></content></entry>"
      "<entry><title>Three</title><summary type=\"html\">&lt;p&gt;The mayor left the hall on "
      "Tuesday.&lt;/p&gt;</summary></entry></feed>",
      "feed.xml");
  ASSERT_EQ(sink.articles.size(), 2U);
  const Article& first = sink.articles[0].article;
  EXPECT_EQ(first.title, "One & two");
  EXPECT_EQ(first.outlet, "Harbour Post");
  EXPECT_EQ(first.author, "Lena Okafor");
  EXPECT_EQ(first.url, "https://h.example/1");
  EXPECT_EQ(first.text, "One & two\n\nThe council met on Monday in the hall.\n\nThe union did not.");
  EXPECT_EQ(DateOf(sink.articles[0]), "2021-03-03");
  EXPECT_EQ(sink.articles[1].article.text, "Three\n\nThe mayor left the hall on Tuesday.");
}

}  // namespace
}  // namespace whowhom::extract
