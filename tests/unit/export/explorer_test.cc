#include "whowhom/export/explorer.h"

#include <gtest/gtest.h>

#include "sample_graph.h"
#include "whowhom/core/utf8.h"

namespace whowhom::exports {
namespace {

std::string PageOf(const graph::GraphSource& source, const ExplorerOptions& options = {}) {
  std::string page;
  const auto output = IntoString(&page);
  EXPECT_TRUE(WriteExplorer(source, options, output.get()).ok());
  EXPECT_TRUE(output->Finish().ok());
  return page;
}

size_t Count(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Explorer, HoldsNamesEdgesAndMarkedSentences) {
  graph::Subgraph part = SampleGraph("Ann Archer", "Ann accused Bob.", "https://news.example/a");
  for (auto& edge : part.edges) edge.evidence.front().marks = {{0, 3}, {4, 11}, {12, 15}};
  const std::string page = PageOf(MemorySource(part), {.title = "Archer & co"});
  EXPECT_NE(page.find("\"label\":\"Ann Archer\""), std::string::npos);
  EXPECT_NE(page.find("[[\"Ann\",1],[\" \",0],[\"accused\",1],[\" \",0],[\"Bob\",1],[\".\",0]]"),
            std::string::npos);
  EXPECT_NE(page.find("\"url\":\"https://news.example/a\""), std::string::npos);
  EXPECT_NE(page.find("<title>Archer &amp; co</title>"), std::string::npos);
}

TEST(Explorer, LoadsNothingAndAllowsOnlyItsOwnScriptAndStyle) {
  const std::string page = PageOf(MemorySource(SampleGraph("Ann", "Ann left.", "")));
  EXPECT_NE(page.find("default-src 'none'; script-src 'sha256-"), std::string::npos);
  EXPECT_EQ(page.find("unsafe"), std::string::npos);
  EXPECT_EQ(page.find(" src="), std::string::npos);
  EXPECT_EQ(page.find("<link"), std::string::npos);
  EXPECT_EQ(page.find("innerHTML"), std::string::npos);
}

TEST(Explorer, KeepsMarkupOfArticlesAsText) {
  const std::string bad = "</script><script>alert(1)</script><!-- & \" \\ \xFF \xE2\x80\xAE";
  const std::string page = PageOf(MemorySource(SampleGraph(bad, bad, "javascript:alert(1)")), {.title = bad});
  EXPECT_TRUE(IsValidUtf8(page));
  EXPECT_EQ(Count(page, "<script"), 2u);  // the data and the program
  EXPECT_EQ(Count(page, "</script"), 2u);
  EXPECT_EQ(page.find("javascript:"), std::string::npos);
  EXPECT_EQ(page.find("<!-- "), std::string::npos);
}

TEST(Explorer, ClipsMarksThatLeaveTheSentence) {
  graph::Subgraph part = SampleGraph("Ann", "Ann left.", "");
  for (auto& edge : part.edges) edge.evidence.front().marks = {{4, 4000000000u}, {9, 2}};
  EXPECT_NE(PageOf(MemorySource(part)).find("[[\"Ann \",0],[\"left.\",1]]"), std::string::npos);
}

TEST(Explorer, RefusesMoreThanABrowserDrawsBeforeItWrites) {
  std::string page;
  const auto output = IntoString(&page);
  const Status status =
      WriteExplorer(MemorySource(SampleGraph("Ann", "Ann left.", "")), {.max_edges = 1}, output.get());
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kResourceLimit);
  EXPECT_NE(status.error().message.find("--top"), std::string::npos);
  EXPECT_TRUE(page.empty());
}

TEST(Explorer, SaysTheSameEachTime) {
  const MemorySource source(SampleGraph("Ann", "Ann left.", ""));
  EXPECT_EQ(PageOf(source), PageOf(source));
}

TEST(Explorer, OpensEmptyForAnEmptyGraph) {
  EXPECT_NE(PageOf(MemorySource({})).find("\"nodes\":[],\"edges\":[]"), std::string::npos);
}

}  // namespace
}  // namespace whowhom::exports
