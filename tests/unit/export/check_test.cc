#include "whowhom/export/check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sample_graph.h"
#include "whowhom/core/record_json.h"
#include "whowhom/export/events.h"
#include "whowhom/export/graph_files.h"
#include "whowhom/export/picture.h"
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

struct Mutation {
  const char* from;
  const char* to;
  const char* rule;
};

void ExpectFound(const std::string& good, std::string_view kind, const std::vector<Mutation>& mutations) {
  for (const auto& problem : CheckExportText(good, kind))
    ADD_FAILURE() << problem.rule << " " << problem.where << " " << problem.what;
  for (const Mutation& mutation : mutations)
    EXPECT_TRUE(Finds(Replaced(good, mutation.from, mutation.to), kind, mutation.rule)) << mutation.rule;
}

MemorySource Dated() {
  graph::Subgraph part = SampleGraph("Iran", "A sentence.", "");
  part.edges[0].days = DayRange{*ParseDay("2020-01-03"), *ParseDay("2020-01-08")};
  return MemorySource(part);
}

std::string Written(const std::function<Status(Output*)>& write) {
  std::string text;
  EXPECT_TRUE(write(IntoString(&text).get()).ok());
  return text;
}

TEST(CheckExport, FindsEachDefectInGraphml) {
  const auto text =
      Written([](Output* output) { return WriteGraphml(Dated(), GraphmlDialect::kStandard, output); });
  ExpectFound(
      text, "graphml",
      {{"<data key=\"e_first_seen\">2020-01-03", "<data key=\"e_first_seen\">2021-01-03", "end-before-start"},
       {"<data key=\"e_last_seen\">2020-01-08", "<data key=\"e_last_seen\">2020-13-08", "bad-date"},
       {"<data key=\"e_weight\">", "<data key=\"e_weight\">-", "bad-weight"},
       {"<data key=\"n_mentions\">", "<data key=\"n_mentions\">x", "wrong-type"},
       {"<node id=\"n0000000000000002\"", "<node id=\"n0000000000000001\"", "duplicate-id"},
       {"target=\"n", "target=\"m", "missing-end-point"},
       {">Iran<", ">Ir<an<", "not-xml"},
       {">Iran<", ">Ir\x02n<", "control-character"}});
}

TEST(CheckExport, FindsEachDefectInCsv) {
  const auto text = Written([](Output* output) { return WriteEdgesCsv(Dated(), output); });
  ExpectFound(text, "edges-csv",
              {{"2020-01-03,2020-01-08", "2020-01-09,2020-01-08", "end-before-start"},
               {"2020-01-03,2020-01-08", "2020-01-33,2020-01-08", "bad-date"},
               {",Directed,", ",Directed,-", "bad-weight"},
               {"A sentence.", "A \xFF sentence.", "invalid-utf8"},
               {"A sentence.", "\"A sentence.", "open-quote"},
               {"false", "perhaps", "wrong-type"}});
}

TEST(CheckExport, FindsEachDefectInTurtle) {
  const auto text = Written([](Output* output) { return WriteTurtle(Dated(), output); });
  ExpectFound(
      text, "ttl",
      {{"ww:from \"2020-01-03", "ww:from \"2021-01-03", "end-before-start"},
       {"ww:from \"2020-01-03", "ww:from \"Friday", "bad-date"},
       {"ww:sources ", "ww:sources -", "bad-weight"},
       {"ww:statements ", "ww:statements x", "wrong-type"},
       {"<urn:whowhom:node:0000000000000002> a", "<urn:whowhom:node:0000000000000001> a", "duplicate-id"},
       {"<urn:whowhom:node:0000000000000002> a", "<urn:whowhom:node:0000000000000009> a",
        "missing-end-point"},
       {"\"A sentence.", "\"A \" sentence.", "open-string"}});
}

TEST(CheckExport, FindsEachDefectInDot) {
  const auto text = Written([](Output* output) { return WriteDot(Dated(), {}, output); });
  ExpectFound(text, "dot",
              {{"\"n0000000000000002\" [", "\"n0000000000000009\" [", "missing-end-point"},
               {"penwidth=\"", "penwidth=\"-", "bad-weight"},
               {"label=\"Iran\"", "label=\"Ir\"an\"", "not-dot"},
               {"label=\"Iran\"", "label=\"Ir\x02n\"", "control-character"}});
}

TEST(CheckExport, FindsEachDefectInEventTables) {
  EventLine line;
  line.day = *ParseDay("2020-01-08");
  line.id = 7;
  line.scale = -3.5;
  line.sentence = "Iran accused Iraq.";
  EventLine other = line;
  other.id = 8;
  std::string text;
  const auto output = IntoString(&text);
  WriteEventHeader(output.get());
  for (const EventLine& one : {line, other}) WriteEvent(one, output.get());
  ExpectFound(text, "events",
              {{"0000000000000008\t", "0000000000000007\t", "duplicate-id"},
               {"2020-01-08", "2020-01-99", "bad-date"},
               {"-3.50", "low", "wrong-type"},
               {"Iran accused", "Iran\taccused", "ragged-row"},
               {"Iran accused", "Iran\naccused", "ragged-row"}});
}

TEST(CheckExport, FindsEachDefectInRecords) {
  Document document;
  document.id = DocId{Hash128{1, 2}};
  document.text = "Iran accused Iraq.";
  Statement statement;
  statement.id = StatementId{Hash128{3, 4}};
  statement.doc = document.id;
  statement.span = {0, 18};
  statement.text = document.text;
  statement.predicate.text = "accused";
  statement.predicate.lemma = "accuse";
  statement.predicate.spans = {{5, 12}};
  const std::string first = ToJson(document) + "\n";
  const std::string second = ToJson(statement) + "\n";
  ExpectFound(first + second, "jsonl",
              {{"\"begin\":0,\"end\":18", "\"begin\":\"x\",\"end\":18", "wrong-type"}});
  EXPECT_TRUE(Finds(second, "jsonl", "missing-end-point"));
  EXPECT_TRUE(Finds(first + first, "jsonl", "duplicate-id"));
  EXPECT_TRUE(Finds(first + second + second, "jsonl", "duplicate-id"));
  EXPECT_TRUE(Finds(first + second.substr(0, second.size() / 2), "jsonl", "wrong-type"));
}

TEST(CheckExport, RefusesOtherFiles) { EXPECT_FALSE(CheckExport("/nonexistent.gexf").ok()); }

TEST(GraphFiles, HaveASpellForEachSeparateTime) {
  graph::Subgraph part = SampleGraph("Iran", "A sentence.", "");
  auto& edge = part.edges[0];
  const auto add = [&edge](const char* from, const char* to) {
    edge.evidence.push_back(edge.evidence[0]);
    edge.evidence.back().days = DayRange{*ParseDay(from), *ParseDay(to)};
  };
  add("2020-03-01", "2020-03-02");
  add("2020-01-03", "2020-01-04");
  add("2020-01-05", "2020-01-05");
  edge.evidence.erase(edge.evidence.begin());
  const auto text = Written([&](Output* output) { return WriteGexf(MemorySource(part), {}, output); });
  EXPECT_NE(text.find("<spells><spell start=\"2020-01-03\" end=\"2020-01-05\"/>"
                      "<spell start=\"2020-03-01\" end=\"2020-03-02\"/></spells>"),
            std::string::npos)
      << text;
  ExpectFound(text, "gexf",
              {{"<spell start=\"2020-03-01\"", "<spell start=\"2020-03-09\"", "end-before-start"}});
  edge.statements = 4;  // one is not given: when it was is not known
  EXPECT_EQ(
      Written([&](Output* output) { return WriteGexf(MemorySource(part), {}, output); }).find("<spells>"),
      std::string::npos);
}

TEST(GraphFiles, AreTheSameBytesEachTime) { EXPECT_EQ(SampleGexf(), SampleGexf()); }

}  // namespace
}  // namespace whowhom::exports
