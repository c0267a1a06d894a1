// Whatever articles contain, every file still parses in a strict parser of its kind and runs nothing.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "sample_graph.h"
#include "text_escape.h"
#include "whowhom/core/utf8.h"
#include "whowhom/export/check.h"
#include "whowhom/export/graph_files.h"
#include "whowhom/export/picture.h"
#include "whowhom/export/turtle.h"

namespace whowhom::exports {
namespace {

MemorySource Hostile() {
  return MemorySource(
      SampleGraph(HostileText(), HostileText() + std::string(20000, 'x'), "javascript:alert(1)"));
}

std::string Text(const std::function<Status(Output*)>& write) {
  std::string text;
  const auto output = IntoString(&text);
  EXPECT_TRUE(write(output.get()).ok());
  return text;
}

void ExpectClean(const std::string& text, std::string_view kind) {
  EXPECT_TRUE(IsValidUtf8(text));
  EXPECT_EQ(text.find("javascript:"), std::string::npos);
  EXPECT_EQ(text.find('\0'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos) << "bidi override";
  for (const auto& problem : CheckExportText(text, kind))
    ADD_FAILURE() << problem.rule << " " << problem.where << " " << problem.what;
}

TEST(HostileContent, GexfStaysWellFormedAndKeepsTheText) {
  for (const GexfVersion version : {GexfVersion::k13, GexfVersion::k12}) {
    GexfOptions options;
    options.version = version;
    options.title = HostileText();
    const std::string text = Text([&](Output* output) { return WriteGexf(Hostile(), options, output); });
    ExpectClean(text, "gexf");
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(text.c_str()));
    const std::string label =
        document.child("gexf").child("graph").child("nodes").child("node").attribute("label").value();
    EXPECT_NE(label.find("<script>alert('x')</script> ]]> -- & \\N"), std::string::npos) << label;
  }
}

TEST(HostileContent, GraphmlStaysWellFormed) {
  for (const GraphmlDialect dialect : {GraphmlDialect::kStandard, GraphmlDialect::kYed}) {
    ExpectClean(Text([&](Output* output) { return WriteGraphml(Hostile(), dialect, output); }), "graphml");
  }
}

TEST(HostileContent, CsvCellsRunNothing) {
  const std::string nodes = Text([](Output* output) { return WriteNodesCsv(Hostile(), output); });
  ExpectClean(nodes, "nodes-csv");
  EXPECT_NE(nodes.find("\"'=cmd|"), std::string::npos);
  ExpectClean(Text([](Output* output) { return WriteEdgesCsv(Hostile(), output); }), "edges-csv");
}

TEST(HostileContent, TurtleStringsEndWhereTheyShould) {
  ExpectClean(Text([](Output* output) { return WriteTurtle(Hostile(), output); }), "ttl");
}

TEST(HostileContent, PicturesAreWellFormedAndHoldNoScript) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("whowhom-picture-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  PictureOptions options;
  options.title = HostileText();
  const std::string path = (folder / "x.svg").string();
  const Status drawn = DrawPicture(Hostile().part(), options, path);
  ASSERT_TRUE(drawn.ok()) << drawn.error().message;
  std::ifstream file(path);
  std::ostringstream svg;
  svg << file.rdbuf();
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(svg.str().c_str()));
  EXPECT_EQ(svg.str().find("<script"), std::string::npos);
  EXPECT_EQ(svg.str().find("javascript:"), std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST(HostileContent, AnAddressWithParametersKeepsThePictureWellFormed) {
  const auto path =
      std::filesystem::temp_directory_path() / ("whowhom-url-" + std::to_string(::getpid()) + ".svg");
  const auto part = SampleGraph("Ann", "Ann accused Bob.", "https://news.example/a?b=1&c=2");
  ASSERT_TRUE(DrawPicture(part, {}, path.string()).ok());
  pugi::xml_document document;
  ASSERT_TRUE(document.load_file(path.c_str(), pugi::parse_full | pugi::parse_escapes));
  std::ifstream file(path);
  std::ostringstream svg;
  svg << file.rdbuf();
  EXPECT_NE(svg.str().find("https://news.example/a?b=1&amp;c=2"), std::string::npos);
  EXPECT_EQ(svg.str().find("b=1&c"), std::string::npos);
  std::filesystem::remove(path);
}

TEST(HostileContent, DotTextReadsBackUnderTheStringLimit) {
  const std::string dot = Text([](Output* output) { return WriteDot(Hostile(), {}, output); });
  EXPECT_TRUE(IsValidUtf8(dot));
  EXPECT_EQ(dot.find("\\N"),
            dot.find("\\\\N") == std::string::npos ? std::string::npos : dot.find("\\\\N") + 1);
  size_t longest = 0;
  for (size_t begin = 0; begin < dot.size();) {
    const size_t end = std::min(dot.find('\n', begin), dot.size());
    longest = std::max(longest, end - begin);
    begin = end + 1;
  }
  EXPECT_LT(longest, 16384u);
}

TEST(TextEscape, QuotesDotSoThatNothingEscapes) {
  EXPECT_EQ(QuoteDot("a\"b\\"), "\"a\\\"b\\\\\"");
  EXPECT_EQ(QuoteDot("\xE6\xBC\xA2\xE6\xBC\xA2", 4), "\"\xE6\xBC\xA2\"");
}

TEST(TextEscape, LetsOnlyPlainWebLinksThrough) {
  EXPECT_EQ(SafeUrl("https://x.example/a?b=1&c=2"), "https://x.example/a?b=1&c=2");
  for (const char* bad : {"javascript:alert(1)", "data:text/html,x", "https://x\" onclick=\"y", "http://x y",
                          " https://x", "HTTPS://x<"}) {
    EXPECT_EQ(SafeUrl(bad), "") << bad;
  }
}

}  // namespace
}  // namespace whowhom::exports
