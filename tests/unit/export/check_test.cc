#include "whowhom/export/check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sample_graph.h"
#include "whowhom/export/graph_files.h"
#include "whowhom/export/turtle.h"

namespace whowhom::exports {
namespace {

std::string SampleGexf() {
  std::string text;
  const auto output = IntoString(&text);
  EXPECT_TRUE(WriteGexf(MemorySource(SampleGraph("Iran", "A sentence.", "")), {}, output.get()).ok());
  return text;
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

bool Finds(const std::string& text, std::string_view kind, const std::string& rule) {
  const auto problems = CheckExportText(text, kind);
  return std::any_of(problems.begin(), problems.end(),
                     [&rule](const auto& problem) { return problem.rule == rule; });
}

TEST(CheckExport, AcceptsWhatWeWrite) { EXPECT_TRUE(CheckExportText(SampleGexf(), "gexf").empty()); }

TEST(CheckExport, FindsEachMutationOfGexf) {
  const std::string good = SampleGexf();
  const struct {
    const char* from;
    const char* to;
    const char* rule;
  } kMutations[] = {
      {"end=\"2019-04-17\"", "end=\"2001-01-01\"", "end-before-start"},
      {"start=\"2019-04-14\"", "start=\"2019-02-30\"", "bad-date"},
      {"weight=\"2.0\"", "weight=\"0\"", "bad-weight"},
      {"weight=\"2.0\"", "weight=\"NaN\"", "bad-weight"},
      {"type=\"integer\"", "type=\"anyURI\"", "unknown-type"},
      {"target=\"n0000000000000002\"", "target=\"n00000000000000ff\"", "missing-end-point"},
      {"id=\"n0000000000000002\"", "id=\"n0000000000000001\"", "duplicate-id"},
      {"edge id=\"e:000000000000000c\"", "edge id=\"e:000000000000000b\"", "duplicate-id"},
      {"for=\"mentions\" value=\"2\"", "for=\"mentions\" value=\"two\"", "wrong-type"},
      {"for=\"mentions\" value=\"2\"", "for=\"unheard\" value=\"2\"", "undeclared-attribute"},
      {" timeformat=\"date\"", "", "no-timeformat"},
      {"</gexf>", "", "not-xml"},
      {"label=\"Iran\"", "label=\"\"", "missing-label"},
      {"label=\"Iran\"", "label=\"Ir\x01n\"", "control-character"},
      {"label=\"Iran\"", "label=\"Ir\xFFn\"", "invalid-utf8"},
      {"<node id=\"n0000000000000001\"", "<node startopen=\"2019-01-01\" id=\"n0000000000000001\"",
       "open-interval"},
      {"<node id=\"n0000000000000001\"", "<node timestamp=\"2019-01-01\" id=\"n0000000000000001\"",
       "timestamp-in-interval-graph"},
  };
  for (const auto& mutation : kMutations) {
    EXPECT_TRUE(Finds(Replaced(good, mutation.from, mutation.to), "gexf", mutation.rule)) << mutation.rule;
  }
}

TEST(CheckExport, FindsRaggedAndDangerousCsv) {
  EXPECT_TRUE(Finds("Id,Label\nn1,a,b\n", "nodes-csv", "ragged-row"));
  EXPECT_TRUE(Finds("Id,Label\nn1,=1+1\n", "nodes-csv", "formula"));
  EXPECT_TRUE(Finds("Id,Label\nn1,a\nn1,b\n", "nodes-csv", "duplicate-id"));
  EXPECT_TRUE(Finds("Name\nx\n", "nodes-csv", "no-header"));
}

TEST(CheckExport, FindsTruncatedTurtle) {
  std::string text;
  const auto output = IntoString(&text);
  ASSERT_TRUE(
      WriteTurtle(MemorySource(SampleGraph("Iran", "A \"sentence\".", "https://x.example/")), output.get())
          .ok());
  EXPECT_TRUE(CheckExportText(text, "ttl").empty());
  EXPECT_FALSE(CheckExportText(text.substr(0, text.size() - 3), "ttl").empty());
  EXPECT_FALSE(CheckExportText(text.substr(0, text.find("oa:exact") + 12), "ttl").empty());
}

TEST(CheckExport, RefusesOtherFiles) { EXPECT_FALSE(CheckExport("/nonexistent.gexf").ok()); }

TEST(GraphFiles, AreTheSameBytesEachTime) { EXPECT_EQ(SampleGexf(), SampleGexf()); }

}  // namespace
}  // namespace whowhom::exports
