#include <gtest/gtest.h>

#include "whowhom/core/date.h"
#include "whowhom/core/hash.h"
#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom {
namespace {

TEST(Date, RoundTripsEveryDayOfFourCenturies) {
  const int first = MakeDay(1800, 1, 1)->number;
  const int last = MakeDay(2200, 12, 31)->number;
  for (int number = first; number <= last; ++number) {
    const CivilDate date = ToCivil(Day{number});
    ASSERT_EQ(MakeDay(date.year, date.month, date.day), Day{number});
  }
}

TEST(Date, KnowsWeekdays) {
  EXPECT_EQ(Weekday(*MakeDay(1970, 1, 1)), 3);
  EXPECT_EQ(Weekday(*MakeDay(2020, 1, 8)), 2);
  EXPECT_EQ(Weekday(*MakeDay(1969, 12, 28)), 6);
}

TEST(Date, RefusesDaysThatDoNotExist) {
  EXPECT_FALSE(MakeDay(2021, 2, 29));
  EXPECT_TRUE(MakeDay(2020, 2, 29));
  EXPECT_FALSE(MakeDay(1900, 2, 29));
  EXPECT_FALSE(MakeDay(2020, 13, 1));
  EXPECT_FALSE(ParseDay("2020-1-8"));
  EXPECT_FALSE(ParseDay("2020-01-08T"));
  EXPECT_EQ(FormatDay(*ParseDay("0999-01-08")), "0999-01-08");
}

TEST(Hash, HexRoundTrips) {
  const Hash128 hash = HashBytes("who accused whom");
  EXPECT_EQ(ParseHash(ToHex(hash)), hash);
  EXPECT_FALSE(ParseHash("xyz"));
  EXPECT_FALSE(ParseHash(ToHex(hash).substr(1) + "G"));
}

TEST(Hash, KeepsFieldBordersApart) {
  EXPECT_NE(Hasher().Add("ab").Add("c").Finish(), Hasher().Add("a").Add("bc").Finish());
  EXPECT_NE(Hasher().Add("").Finish(), Hasher().Finish());
}

TEST(Utf8, ReplacesInvalidBytesAndCountsThem) {
  const RepairedText repaired = RepairUtf8(
      "a\xFF"
      "b\xE2\x82"
      "c\xC0\xAF");
  EXPECT_EQ(repaired.text,
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD"
            "c\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(repaired.replaced, 4u);
  EXPECT_TRUE(IsValidUtf8(repaired.text));
}

TEST(Utf8, RefusesSurrogatesAndOverlongForms) {
  EXPECT_FALSE(IsValidUtf8("\xED\xA0\x80"));
  EXPECT_FALSE(IsValidUtf8("\xC1\xBF"));
  EXPECT_FALSE(IsValidUtf8("\xF4\x90\x80\x80"));
  EXPECT_TRUE(IsValidUtf8("\xF0\x9F\x98\x80"));
}

// A soft hyphen is ignored, but takes a name off the short way for ASCII.
TEST(NormalizeName, TreatsAsciiAsItTreatsOtherText) {
  for (char c = 0; c >= 0 && c < 0x7f; ++c) {
    for (const std::string& name : {std::string("Ab") + c + "Cd", std::string(1, c) + "1" + c + "2" + c}) {
      EXPECT_EQ(NormalizeName(name), NormalizeName(name + "\xC2\xAD")) << static_cast<int>(c);
    }
  }
}

TEST(Utf8, NormalizesNamesForComparison) {
  EXPECT_EQ(NormalizeName("U.S."), "us");
  EXPECT_EQ(NormalizeName("Khamene\xE2\x80\x99i"), "khamene'i");
  EXPECT_EQ(NormalizeName("Iran\xE2\x80\x99s"), "iran");
  EXPECT_EQ(NormalizeName("  Al-Qaeda, "), "al qaeda");
  EXPECT_EQ(NormalizeName("Se\xC3\xA1n"), "sean");
  EXPECT_EQ(NormalizeName("(IRGC)"), "irgc");
  EXPECT_EQ(NormalizeName(""), "");
}

TEST(Tsv, ReadsHeaderCommentsAndMissingFields) {
  const auto table = ParseTsv("# source: own\nname\tcode\nIran\tIRN\nIraq\n", "x.tsv");
  ASSERT_TRUE(table.ok());
  ASSERT_EQ(table->rows.size(), 2u);
  EXPECT_EQ(table->rows[1].fields[1], "");
  EXPECT_EQ(table->rows[1].line, 4u);
  EXPECT_FALSE(table->Column("other").ok());
}

TEST(Tsv, NamesTheLineWithTooManyFields) {
  const auto table = ParseTsv("name\nIran\tIRN\n", "x.tsv");
  ASSERT_FALSE(table.ok());
  EXPECT_NE(table.error().message.find("x.tsv, line 2"), std::string::npos);
}

TEST(Utf8, BreaksBehindALineElseAWordElseACharacter) {
  EXPECT_EQ(BreakBefore("one two\nthree four five", 12), 7U);
  EXPECT_EQ(BreakBefore("one two three four five", 13), 13U);
  EXPECT_EQ(BreakBefore("a\nbcdefghijklmnop", 10), 10U);  // the line ends too early
  EXPECT_EQ(BreakBefore("abcd\xC3\xA9"
                        "fgh",
                        5),
            4U);
}

}  // namespace
}  // namespace whowhom
