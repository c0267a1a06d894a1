#include "whowhom/export/events.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace whowhom::exports {
namespace {

EventLine Line(const char* day, const char* source, const char* target, Quad quad, double scale) {
  EventLine line;
  line.day = *ParseDay(day);
  line.source = {source, "GOV", source};
  line.target = {target, "MIL", target};
  line.relation = "accuse";
  line.event_class = EventClass::kAccuse;
  line.quad = quad;
  line.scale = scale;
  line.reports = 2;
  return line;
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(EventTable, HasTheSameNumberOfCellsInEveryLineWhateverTheTextHolds) {
  EventLine line = Line("2020-01-08", "IRN", "USA", Quad::kVerbalConflict, -3.5);
  line.sentence = "One\ttwo\nthree \"four\" \xFF\r five";
  line.source.name = "\t\n";
  std::string text;
  const auto output = IntoString(&text);
  WriteEventHeader(output.get());
  for (const EventLine& one : {line, EventLine()}) WriteEvent(one, output.get());
  const auto lines = LinesOf(text);
  ASSERT_EQ(lines.size(), 3u);
  for (const auto& one : lines) EXPECT_EQ(std::count(one.begin(), one.end(), '\t'), 28) << one;
  EXPECT_NE(lines[1].find("2020-01-08\t  \tGOV\tIRN\taccuse\t\t-3.50"), std::string::npos) << lines[1];
}

TEST(EventTable, CountsCountryPairsByMonth) {
  std::string text;
  DyadMonths months;
  for (const EventLine& line : {Line("2020-01-08", "IRN", "USA", Quad::kVerbalConflict, -3),
                                Line("2020-01-31", "IRN", "USA", Quad::kMaterialConflict, -9),
                                Line("2020-02-01", "IRN", "USA", Quad::kVerbalCooperation, 2),
                                Line("2020-01-09", "USA", "IRN", Quad::kMaterialCooperation, 6),
                                Line("2020-01-09", "", "IRN", Quad::kVerbalConflict, -1)}) {
    months.Add(line);
  }
  months.Write(IntoString(&text).get());
  const auto lines = LinesOf(text);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1], "2020-01\tIRN\tUSA\t2\t0\t0\t1\t1\t4\t-6.00");
  EXPECT_EQ(lines[2], "2020-01\tUSA\tIRN\t1\t0\t1\t0\t0\t2\t6.00");
  EXPECT_EQ(lines[3], "2020-02\tIRN\tUSA\t1\t1\t0\t0\t0\t2\t2.00");
}

}  // namespace
}  // namespace whowhom::exports
