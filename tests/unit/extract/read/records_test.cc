// Article JSON, JSON Lines and tables.
#include <algorithm>

#include "unit/extract/read/archive_testing.h"
#include "unit/extract/read/read_testing.h"

namespace whowhom::extract {
namespace {

TEST(ArticleJson, KeepsTheTextAsGiven) {
  const ReadArticle read = ReadOne(
      "{\"id\":\"a1\",\"title\":\"T\",\"text\":\"By Ana.\\n\\tTwo  blanks\\u00a0here.\\r\\nShare "
      "this\",\"date\":\"2021-03-04\"}");
  EXPECT_EQ(read.article.text, "By Ana.\n\tTwo  blanks\xC2\xA0here.\r\nShare this");
  EXPECT_EQ(read.article.path, "a1");
  EXPECT_EQ(read.article.given_id, "a1");
  EXPECT_EQ(read.article.title, "T");
  EXPECT_EQ(DateOf(read), "2021-03-04");
}

TEST(ArticleJson, ControlCharactersBecomeBlanksOfTheSameLength) {
  EXPECT_EQ(ReadOne("{\"text\":\"The\\u0000mayor\\u0007met the union.\"}").article.text,
            "The mayor met the union.");
}

TEST(ArticleJson, GuessesFieldNames) {
  const ReadArticle read = ReadOne(
      "{\"headline\":\"T\",\"content\":\"The mayor met the "
      "union.\",\"publishedAt\":\"2021-03-04T10:00:00Z\",\"source\":{\"id\":1,\"name\":"
      "\"Harbour "
      "Post\"},\"authors\":[\"Ana\",\"Li\"],\"link\":\"https://h.example/"
      "x\",\"comments\":[{\"text\":\"no\"}]}");
  EXPECT_EQ(read.article.title, "T");
  EXPECT_EQ(read.article.outlet, "Harbour Post");
  EXPECT_EQ(read.article.author, "Ana, Li");
  EXPECT_EQ(read.article.url, "https://h.example/x");
  EXPECT_EQ(DateOf(read), "2021-03-04");
}

TEST(ArticleJson, TakesNamedFields) {
  ReadOptions options;
  options.field_text = "Payload";
  options.field_title = "label";
  const ReadArticle read = ReadOne(
      "{\"text\":\"wrong\",\"payload\":\"The mayor met the union.\",\"label\":\"T\"}", "a.json", options);
  EXPECT_EQ(read.article.text, "The mayor met the union.");
  EXPECT_EQ(read.article.title, "T");
}

TEST(ArticleJson, ReadsArraysAndWrappers) {
  const std::string one = "{\"text\":\"The mayor met the union.\"}";
  EXPECT_EQ(ReadAll("[" + one + ",\n" + one + "]").articles.size(), 2U);
  EXPECT_EQ(ReadAll("{\n\"status\":\"ok\",\"articles\":[" + one + "," + one + "]}").articles.size(), 2U);
  EXPECT_EQ(ReadAll("{\n\"hits\":{\"hits\":[{\"_source\":" + one + "}]}}").articles.size(), 1U);
  EXPECT_EQ(ReadAll("{\n\"text\":\"The mayor\"}\n{\n\"text\":\"The union\"}").articles.size(), 2U);
}

TEST(ArticleJson, ReadsMarkupInContentFields) {
  const ReadArticle read =
      ReadOne("{\"title\":\"T\",\"content\":\"<p>The mayor met the union.</p><p>It was long.</p>\"}");
  EXPECT_EQ(read.article.text, "T\n\nThe mayor met the union.\n\nIt was long.");
}

TEST(ArticleJson, NamesTheLineOfAFailure) {
  const KeepingSink sink = ReadAll("{\"text\":\"The mayor met the union.\"}\n{\"title\":\"x\"}\n", "f.jsonl");
  ASSERT_EQ(sink.failures.size(), 1U);
  EXPECT_EQ(sink.failures[0].path, "f.jsonl#2");
  EXPECT_EQ(sink.failures[0].offset, 36U);
  EXPECT_EQ(sink.failures[0].reason, "has no text field");
}

TEST(ArticleJson, ReadsUtf16) {
  std::string wide("\xFF\xFE", 2);
  for (const char c : std::string_view("{\"text\":\"The mayor met the union.\"}")) wide += {c, '\0'};
  EXPECT_EQ(ReadOne(wide, "a.json").article.text, "The mayor met the union.");
}

TEST(Table, ReadsQuotedCells) {
  const KeepingSink sink = ReadAll(
      "id,title,text,date\r\n1,\"A \"\"b\"\", c\",\"The mayor met\nthe union.\",2020-01-02\r\n2,B,The "
      "end.,\r\n3,C,,\r\n",
      "a.csv");
  ASSERT_EQ(sink.articles.size(), 2U);
  EXPECT_EQ(sink.articles[0].article.title, "A \"b\", c");
  EXPECT_EQ(sink.articles[0].article.text, "The mayor met\nthe union.");
  EXPECT_EQ(DateOf(sink.articles[0]), "2020-01-02");
  ASSERT_EQ(sink.failures.size(), 1U);
  EXPECT_TRUE(sink.failures[0].skipped);
}

TEST(Feed, TakesTheDayOfTheLastUpdateWhereNoOtherIsGiven) {
  const std::string rest =
      "<updated>2024-01-05T10:00:00Z</updated><content type=\"html\">&lt;p&gt;The mayor met the union in the "
      "hall.&lt;/p&gt;</content></entry></feed>";
  const std::string begin = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Y</title><entry>";
  const ReadArticle updated = ReadOne(begin + rest, "a.xml");
  EXPECT_EQ(DateOf(updated), "2024-01-05");
  EXPECT_EQ(std::count(updated.notes.begin(), updated.notes.end(), "the date is that of the last update"), 1);
  const ReadArticle both = ReadOne(begin + "<published>2024-01-02T10:00:00Z</published>" + rest, "a.xml");
  EXPECT_EQ(DateOf(both), "2024-01-02");
}

TEST(Table, IsRecognisedByItsHeader) {
  EXPECT_EQ(ReadAll("url\tbody\nhttps://h.example/1\tThe mayor met the union.\n", "noname").articles.size(),
            1U);
}

TEST(Table, SaysWhenNoColumnHoldsText) {
  const KeepingSink sink = ReadAll("a,b\n1,2\n", "a.csv");
  ASSERT_EQ(sink.failures.size(), 1U);
  EXPECT_NE(sink.failures[0].reason.find("no column"), std::string::npos);
}

TEST(Archive, ReadsEveryKindOfMember) {
  const std::string bytes = MakeArchive(
      "tar.gz", {{"a.txt", "The mayor met the union in the hall."},
                 {"d/b.jsonl", "{\"text\":\"The mayor met the union.\"}\n"},
                 {"c.zip", MakeArchive("zip", {{"x.txt", "The union met the mayor in the hall."}})}});
  const KeepingSink sink = ReadAll(bytes, "all.tgz");
  ASSERT_EQ(sink.articles.size(), 3U);
  EXPECT_EQ(sink.articles[0].article.path, "all.tgz!a.txt");
  EXPECT_EQ(sink.articles[1].article.path, "all.tgz!d/b.jsonl#1");
  EXPECT_EQ(sink.articles[2].article.path, "all.tgz!c.zip!x.txt");
}

TEST(Archive, ReadsASingleCompressedFile) {
  EXPECT_EQ(ReadOne(Gzip("{\"text\":\"The mayor met the union.\"}\n"), "a.jsonl.gz").article.text,
            "The mayor met the union.");
}

}  // namespace
}  // namespace whowhom::extract
