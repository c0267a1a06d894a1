#include "whowhom/extract/time_normalizer.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace whowhom::extract {
namespace {

const TimeNormalizer& Normalizer() {
  static const std::unique_ptr<TimeNormalizer> normalizer = [] {
    auto loaded = TimeNormalizer::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data");
    if (!loaded.ok()) ADD_FAILURE() << loaded.error().message;
    return loaded.ok() ? std::move(loaded).value() : nullptr;
  }();
  return *normalizer;
}

// Tokens separated by blanks; no tags, as if the tagger had nothing to say.
Sentence Tokens(const std::string& text) {
  Sentence sentence;
  std::istringstream stream(text);
  for (std::string form; stream >> form;) {
    Token token;
    token.form = form;
    token.upos =
        form.size() == 1 && std::ispunct(static_cast<unsigned char>(form[0])) ? Upos::kPunct : Upos::kX;
    sentence.tokens.push_back(token);
  }
  return sentence;
}

// "Friday: 2018-09-07..2018-09-07 day; ..." for all matches.
std::string Show(const Sentence& sentence, std::optional<Day> published) {
  std::string shown;
  for (const TimeMatch& match : Normalizer().Find(sentence, published)) {
    if (!shown.empty()) shown += "; ";
    for (uint32_t i = match.begin; i < match.end; ++i)
      shown += (i > match.begin ? " " : "") + sentence.tokens[i].form;
    shown += ": ";
    if (match.is_duration) {
      shown += "duration";
    } else if (!match.days) {
      shown += "?";
    } else {
      shown += FormatDay(match.days->from);
      if (match.days->to != match.days->from) shown += ".." + FormatDay(match.days->to);
      if (match.grain != TimeGrain::kDay) shown += " " + std::string(ToString(match.grain));
    }
    if (match.is_future) shown += " future";
  }
  return shown;
}

struct Case {
  const char* text;
  const char* published;  // "" = unknown
  const char* expected;
};

class Times : public testing::TestWithParam<Case> {};

TEST_P(Times, ArePlacedInTheCalendar) {
  const Case& test = GetParam();
  EXPECT_EQ(Show(Tokens(test.text), ParseDay(test.published)), test.expected)
      << test.text << " published " << test.published;
}

// 2018-09-12 is a Wednesday, 2020-01-08 too.
INSTANTIATE_TEST_SUITE_P(
    Weekdays, Times,
    testing::Values(
        Case{"They met on Friday .", "2018-09-12", "Friday: 2018-09-07"},
        Case{"They met on Wednesday .", "2018-09-12", "Wednesday: 2018-09-12"},
        Case{"They met on Thursday .", "2018-09-12", "Thursday: 2018-09-06"},
        Case{"They met last Friday .", "2018-09-12", "last Friday: 2018-09-07"},
        Case{"They met last Wednesday .", "2018-09-12", "last Wednesday: 2018-09-05"},
        Case{"They will meet on Friday .", "2018-09-12", "Friday: 2018-09-14 future"},
        Case{"They will meet on Wednesday .", "2018-09-12", "Wednesday: 2018-09-12"},
        Case{"They meet next Friday .", "2018-09-12", "next Friday: 2018-09-14 future"},
        Case{"They meet next Wednesday .", "2018-09-12", "next Wednesday: 2018-09-19 future"},
        Case{"They meet this Friday .", "2018-09-12", "this Friday: 2018-09-14 future"},
        Case{"He said on Monday that they will meet .", "2018-09-12", "Monday: 2018-09-10"},
        Case{"On Friday , they will meet .", "2018-09-12", "Friday: 2018-09-14 future"},
        Case{"The talks are scheduled for Sunday .", "2018-09-12", "Sunday: 2018-09-16 future"},
        Case{"Talks are due on Thursday .", "2018-09-12", "Thursday: 2018-09-13 future"},
        Case{"They met Friday night .", "2018-09-12", "Friday night: 2018-09-07"},
        Case{"They met late on Friday .", "2018-09-12", "late on Friday: 2018-09-07"},
        Case{"They met early Friday morning .", "2018-09-12", "early Friday morning: 2018-09-07"},
        Case{"They met on Friday last week .", "2018-09-12", "Friday last week: 2018-09-07"},
        Case{"They met on Monday of last week .", "2018-09-12", "Monday of last week: 2018-09-03"},
        Case{"They met on Monday and Tuesday .", "2018-09-12", "Monday: 2018-09-10; Tuesday: 2018-09-11"},
        Case{"They met since Friday .", "2018-09-12", "Friday: 2018-09-07..2018-09-12"},
        Case{"They will stay until Friday .", "2018-09-12", "Friday: 2018-09-12..2018-09-14 future"},
        Case{"It was from Monday to Wednesday .", "2018-09-14",
             "Monday to Wednesday: 2018-09-10..2018-09-12"},
        Case{"They met on Friday .", "2020-01-02", "Friday: 2019-12-27"},
        Case{"They met on Friday .", "2020-03-02", "Friday: 2020-02-28"},
        Case{"They met on Saturday .", "2020-03-01", "Saturday: 2020-02-29"},
        Case{"They met on Sept. 7 ( Fri. ) .", "2018-09-12", "Sept. 7: 2018-09-07; Fri.: 2018-09-07"},
        Case{"He likes the sun and the sat nav .", "2018-09-12", ""},
        Case{"They met on Friday .", "", "Friday: ?"}));

INSTANTIATE_TEST_SUITE_P(
    Dates, Times,
    testing::Values(
        Case{"They met on Sept. 7 .", "2018-09-12", "Sept. 7: 2018-09-07"},
        Case{"They met on Sept . 7 .", "2018-09-12", "Sept . 7: 2018-09-07"},
        Case{"They met on September 7 , 2018 .", "", "September 7 , 2018: 2018-09-07"},
        Case{"They met on September 7 , 2018 , in Rome .", "2020-01-08", "September 7 , 2018: 2018-09-07"},
        Case{"They met on 7 September .", "2018-09-12", "7 September: 2018-09-07"},
        Case{"They met on 7 September 2017 .", "2018-09-12", "7 September 2017: 2017-09-07"},
        Case{"They met on the 7th of September .", "2018-09-12", "the 7th of September: 2018-09-07"},
        Case{"They met on September 7th .", "2018-09-12", "September 7th: 2018-09-07"},
        Case{"They met on the seventh of May 1999 .", "", "the seventh of May 1999: 1999-05-07"},
        Case{"They met on Dec. 30 .", "2020-01-02", "Dec. 30: 2019-12-30"},
        Case{"They will meet on Jan. 3 .", "2019-12-30", "Jan. 3: 2020-01-03 future"},
        Case{"They will meet on Dec. 3 .", "2019-12-30", "Dec. 3: 2020-12-03 future"},
        Case{"The vote is on Sept. 20 .", "2018-09-12", "Sept. 20: 2018-09-20 future"},
        Case{"They met on Jan 7-9 .", "2018-09-12", "Jan 7-9: 2018-01-07..2018-01-09"},
        Case{"They met on Jan 7 - 9 .", "2018-09-12", "Jan 7 - 9: 2018-01-07..2018-01-09"},
        Case{"They met from May 30 to June 2 , 2018 .", "",
             "May 30 to June 2 , 2018: 2018-05-30..2018-06-02"},
        Case{"They met on 7-9 January 2018 .", "", "7-9 January 2018: 2018-01-07..2018-01-09"},
        Case{"It ran from December 30 to January 2 , 2018 .", "2018-02-01",
             "December 30 to January 2 , 2018: 2018-12-30..2019-01-02 future"},
        Case{"They met on 2018-09-07 .", "", "2018-09-07: 2018-09-07"},
        Case{"They met on 9/7/2018 .", "", "9/7/2018: 2018-09-07"},
        Case{"They met on 27/9/2018 .", "", "27/9/2018: 2018-09-27"},
        Case{"They met on 27.9.2018 .", "", "27.9.2018: 2018-09-27"},
        Case{"They met on Friday , Sept. 7 .", "2018-09-12", "Friday , Sept. 7: 2018-09-07"},
        Case{"They met on Friday , September 7 , 2018 .", "", "Friday , September 7 , 2018: 2018-09-07"},
        Case{"They met on February 29 , 2020 .", "", "February 29 , 2020: 2020-02-29"},
        Case{"They met on February 29 , 2019 .", "", "February 29 , 2019: ?"},
        Case{"They met on Feb. 29 .", "2021-03-01", "Feb. 29: 2020-02-29"},
        Case{"They met on April 31 .", "2018-09-12", "April 31: ?"},
        Case{"They met on 2019-02-30 .", "2018-09-12", ""},
        Case{"They met on 13/13/2018 .", "2018-09-12", ""},
        Case{"They met on the 7th .", "2018-09-12", "the 7th: 2018-09-07"},
        Case{"They met on the 20th .", "2018-09-12", "the 20th: 2018-08-20"},
        Case{"They met on the 31st .", "2018-03-12", "the 31st: ?"},
        Case{"They met on the 7th floor .", "2018-09-12", ""},
        Case{"They met on Christmas Eve .", "2020-01-02", "Christmas Eve: 2019-12-24"},
        Case{"They met on New Year 's Day .", "2020-01-02", "New Year 's Day: 2020-01-01"},
        Case{"They met on Sept. 7 .", "", "Sept. 7: ?"}));

INSTANTIATE_TEST_SUITE_P(
    Months, Times,
    testing::Values(
        Case{"They met in September .", "2018-09-12", "September: 2018-09-01..2018-09-30 month"},
        Case{"They met in October .", "2018-09-12", "October: 2017-10-01..2017-10-31 month"},
        Case{"They will meet in October .", "2018-09-12", "October: 2018-10-01..2018-10-31 month future"},
        Case{"They met last May .", "2018-09-12", "last May: 2018-05-01..2018-05-31 month"},
        Case{"They met last October .", "2018-09-12", "last October: 2017-10-01..2017-10-31 month"},
        Case{"They met last September .", "2018-09-12", "last September: 2017-09-01..2017-09-30 month"},
        Case{"They meet next March .", "2018-09-12", "next March: 2019-03-01..2019-03-31 month future"},
        Case{"They met this June .", "2018-09-12", "this June: 2018-06-01..2018-06-30 month"},
        Case{"They met in May last year .", "2018-09-12", "May last year: 2017-05-01..2017-05-31 month"},
        Case{"They met in January of this year .", "2018-09-12",
             "January of this year: 2018-01-01..2018-01-31 month"},
        Case{"They met in February 2016 .", "", "February 2016: 2016-02-01..2016-02-29 month"},
        Case{"They met in February of 1900 .", "", "February of 1900: 1900-02-01..1900-02-28 month"},
        Case{"They met in mid-January .", "2018-09-12", "mid-January: 2018-01-11..2018-01-21 month"},
        Case{"They met in early June .", "2018-09-12", "early June: 2018-06-01..2018-06-10 month"},
        Case{"They met in late June 2017 .", "", "late June 2017: 2017-06-21..2017-06-30 month"},
        Case{"They met in December .", "2020-01-08", "December: 2019-12-01..2019-12-31 month"},
        Case{"It may rain .", "2018-09-12", ""}, Case{"May said so .", "2018-09-12", ""},
        Case{"They march on .", "2018-09-12", ""},
        Case{"They met in May .", "2018-09-12", "May: 2018-05-01..2018-05-31 month"},
        Case{"They met at the end of June .", "2018-09-12", "the end of June: 2018-06-24..2018-06-30 month"},
        Case{"They met at the beginning of March 2018 .", "",
             "the beginning of March 2018: 2018-03-01..2018-03-07 month"},
        Case{"They fought between March and June 2018 .", "2018-09-12",
             "March and June 2018: 2018-03-01..2018-06-30 month"}));

INSTANTIATE_TEST_SUITE_P(
    YearsAndLonger, Times,
    testing::Values(
        Case{"They met in 2015 .", "", "2015: 2015-01-01..2015-12-31 year"},
        Case{"They met in 2015 .", "2018-09-12", "2015: 2015-01-01..2015-12-31 year"},
        Case{"They fought since 2015 .", "2018-09-12", "2015: 2015-01-01..2018-09-12 year"},
        Case{"They fought between 2010 and 2012 .", "2018-09-12",
             "2010 and 2012: 2010-01-01..2012-12-31 year"},
        Case{"They fought from 2010 to 2012 .", "", "2010 to 2012: 2010-01-01..2012-12-31 year"},
        Case{"They fought in 2010-2012 .", "", "2010-2012: 2010-01-01..2012-12-31 year"},
        Case{"They fought in 2010-12 .", "", "2010-12: 2010-01-01..2012-12-31 year"},
        Case{"They met in early 2015 .", "", "early 2015: 2015-01-01..2015-05-01 year"},
        Case{"They met in late 2015 .", "", "late 2015: 2015-09-02..2015-12-31 year"},
        Case{"They met in the 1990s .", "", "the 1990s: 1990-01-01..1999-12-31 decade"},
        Case{"They met in the early 1990s .", "", "the early 1990s: 1990-01-01..1993-05-01 decade"},
        Case{"They met in the '90s .", "", "the '90s: 1990-01-01..1999-12-31 decade"},
        Case{"They met in the nineties .", "", "the nineties: 1990-01-01..1999-12-31 decade"},
        Case{"They met in the 19th century .", "", "the 19th century: 1801-01-01..1900-12-31 decade"},
        Case{"They met last year .", "2018-09-12", "last year: 2017-01-01..2017-12-31 year"},
        Case{"They meet next year .", "2018-09-12", "next year: 2019-01-01..2019-12-31 year future"},
        Case{"They met this year .", "2018-09-12", "this year: 2018-01-01..2018-12-31 year"},
        Case{"They met earlier this year .", "2018-09-12", "earlier this year: 2018-01-01..2018-09-12 year"},
        Case{"They meet later this year .", "2018-09-12", "later this year: 2018-09-12..2018-12-31 year"},
        Case{"They met late last year .", "2018-09-12", "late last year: 2017-09-02..2017-12-31 year"},
        Case{"They met in the third quarter of 2018 .", "",
             "the third quarter of 2018: 2018-07-01..2018-09-30 quarter"},
        Case{"They met in Q3 2018 .", "", "Q3 2018: 2018-07-01..2018-09-30 quarter"},
        Case{"They met in Q2 .", "2018-09-12", "Q2: 2018-04-01..2018-06-30 quarter"},
        Case{"They met in the first half of 2018 .", "",
             "the first half of 2018: 2018-01-01..2018-06-30 quarter"},
        Case{"They met last summer .", "2018-03-12", "last summer: 2017-06-01..2017-08-31 quarter"},
        Case{"They met in the spring of 2018 .", "", "the spring of 2018: 2018-03-01..2018-05-31 quarter"},
        Case{"They met in the winter of 2018 .", "", "the winter of 2018: 2018-12-01..2019-02-28 quarter"},
        Case{"Prices fall .", "2018-09-12", ""}, Case{"They killed 2015 sheep .", "2018-09-12", ""},
        Case{"It is due by the end of the year .", "2018-09-12",
             "the end of the year: 2018-09-12..2018-12-31 year future"},
        Case{"They met last year .", "", "last year: ?"}));

INSTANTIATE_TEST_SUITE_P(
    Relative, Times,
    testing::Values(
        Case{"They met yesterday .", "2018-09-12", "yesterday: 2018-09-11"},
        Case{"They met today .", "2018-09-12", "today: 2018-09-12"},
        Case{"They meet tomorrow .", "2018-09-12", "tomorrow: 2018-09-13 future"},
        Case{"They met yesterday .", "2020-03-01", "yesterday: 2020-02-29"},
        Case{"They met yesterday .", "2019-03-01", "yesterday: 2019-02-28"},
        Case{"They met yesterday .", "2019-01-01", "yesterday: 2018-12-31"},
        Case{"They met the day before yesterday .", "2018-09-12", "the day before yesterday: 2018-09-10"},
        Case{"They met last night .", "2018-09-12", "last night: 2018-09-11"},
        Case{"They met this morning .", "2018-09-12", "this morning: 2018-09-12"},
        Case{"It burned overnight .", "2018-09-12", "overnight: 2018-09-11..2018-09-12"},
        Case{"They met three weeks ago .", "2018-09-12", "three weeks ago: 2018-08-19..2018-08-25 week"},
        Case{"They met two days ago .", "2018-09-12", "two days ago: 2018-09-10"},
        Case{"They met a day ago .", "2018-09-12", "a day ago: 2018-09-11"},
        Case{"They met two hours ago .", "2018-09-12", "two hours ago: 2018-09-12"},
        Case{"They met five months ago .", "2018-09-12", "five months ago: 2018-04-01..2018-04-30 month"},
        Case{"They met nine months ago .", "2018-09-12", "nine months ago: 2017-12-01..2017-12-31 month"},
        Case{"They met about 10 years ago .", "2018-09-12",
             "about 10 years ago: 2008-01-01..2008-12-31 year"},
        Case{"They met a decade ago .", "2018-09-12", "a decade ago: 2000-01-01..2009-12-31 decade"},
        Case{"They met a couple of days ago .", "2018-09-12", "a couple of days ago: 2018-09-10"},
        Case{"They met a few days ago .", "2018-09-12", "a few days ago: ?"},
        Case{"They met years ago .", "2018-09-12", "years ago: ?"},
        Case{"They met earlier this week .", "2018-09-12", "earlier this week: 2018-09-10..2018-09-12 week"},
        Case{"They met last week .", "2018-09-12", "last week: 2018-09-03..2018-09-09 week"},
        Case{"They meet next week .", "2018-09-12", "next week: 2018-09-17..2018-09-23 week future"},
        Case{"They met this month .", "2018-09-12", "this month: 2018-09-01..2018-09-30 month"},
        Case{"They met last month .", "2018-01-12", "last month: 2017-12-01..2017-12-31 month"},
        Case{"They meet next month .", "2018-12-12", "next month: 2019-01-01..2019-01-31 month future"},
        Case{"They met in the past 24 hours .", "2018-09-12", "the past 24 hours: 2018-09-11..2018-09-12"},
        Case{"They met in the last three days .", "2018-09-12",
             "the last three days: 2018-09-09..2018-09-12"},
        Case{"They met over the past week .", "2018-09-12", "the past week: 2018-09-05..2018-09-12 week"},
        Case{"They met in the past two years .", "2020-02-29",
             "the past two years: 2018-02-28..2020-02-29 year"},
        Case{"They meet in the next two months .", "2018-12-31",
             "the next two months: 2018-12-31..2019-02-28 month"},
        Case{"They meet in the coming weeks .", "2018-09-12", "the coming weeks: ? future"},
        Case{"They will meet in two weeks .", "2018-09-12", "two weeks: 2018-09-23..2018-09-29 week future"},
        Case{"They meet in three days ' time .", "2018-09-12", "three days ' time: 2018-09-15 future"},
        Case{"They met over the weekend .", "2018-09-12", "the weekend: 2018-09-08..2018-09-09"},
        Case{"They met last weekend .", "2018-09-09", "last weekend: 2018-09-01..2018-09-02"},
        Case{"They meet next weekend .", "2018-09-12", "next weekend: 2018-09-15..2018-09-16 future"},
        Case{"They met recently .", "2018-09-12", "recently: ?"},
        Case{"They meet soon .", "2018-09-12", "soon: ? future"},
        Case{"They met two days earlier .", "2018-09-12", "two days earlier: ?"},
        Case{"They met three weeks ago .", "", "three weeks ago: ?"}));

INSTANTIATE_TEST_SUITE_P(
    ClocksAndDurations, Times,
    testing::Values(Case{"They met at 8 a.m. Tuesday .", "2018-09-12", "8 a.m. Tuesday: 2018-09-11"},
                    Case{"They met at 10:30 on Tuesday .", "2018-09-12", "10:30 on Tuesday: 2018-09-11"},
                    Case{"They met on Tuesday at 8 p.m. .", "2018-09-12", "Tuesday at 8 p.m.: 2018-09-11"},
                    Case{"They met at 8:15 a.m. GMT on Sept. 7 .", "2018-09-12",
                         "8:15 a.m. GMT on Sept. 7: 2018-09-07"},
                    Case{"They met at 8 a.m. .", "2018-09-12", "8 a.m.: ?"},
                    Case{"They talked for nearly five hours .", "2018-09-12", "nearly five hours: duration"},
                    Case{"They talked for three days .", "2018-09-12", "three days: duration"},
                    Case{"They fought for a decade .", "2018-09-12", "a decade: duration"},
                    Case{"They took the town in three days .", "2018-09-12", "three days: duration"},
                    Case{"He is 35 years old .", "2018-09-12", ""},
                    Case{"They meet once a day .", "2018-09-12", ""}));

TEST(TimeNormalizer, TagsTellACountFromAYear) {
  Sentence sentence = Tokens("In 2018 elections");
  sentence.tokens[2].upos = Upos::kNoun;
  EXPECT_EQ(Show(sentence, std::nullopt), "");
}

TEST(TimeNormalizer, NamesOfPersonsAreNoMonths) {
  Sentence sentence = Tokens("talks with Theresa May 7 times");
  sentence.names.push_back({2, 4, NameType::kPerson});
  EXPECT_EQ(Show(sentence, ParseDay("2018-09-12")), "");
}

TEST(TimeNormalizer, InfinitivesAndTagsDecideTheTense) {
  Sentence sentence = Tokens("Talks to resume Friday");
  sentence.tokens[2].xpos = "VB";
  EXPECT_EQ(Show(sentence, ParseDay("2018-09-12")), "Friday: 2018-09-14 future");
  sentence = Tokens("Talks resumed Friday");
  sentence.tokens[1].xpos = "VBD";
  EXPECT_EQ(Show(sentence, ParseDay("2018-09-12")), "Friday: 2018-09-07");
}

TEST(TimeNormalizer, MatchesAreDisjointAndInOrder) {
  Sentence sentence =
      Tokens("On Monday and on 7 September 2018 at 8 a.m. last year for two days in the 1990s since Friday");
  uint32_t end = 0;
  for (const TimeMatch& match : Normalizer().Find(sentence, ParseDay("2018-09-12"))) {
    EXPECT_GE(match.begin, end);
    EXPECT_GT(match.end, match.begin);
    end = match.end;
  }
  EXPECT_LE(end, sentence.tokens.size());
}

TEST(TimeNormalizer, HostileInputGivesNothingAndDoesNotCrash) {
  EXPECT_TRUE(Normalizer().Find(Sentence(), ParseDay("2018-09-12")).empty());
  for (const char* text : {"99999999999999999999 years ago", "9999999 years ago", "in 0000",
                           "the past 9999999 centuries", "\xff\xfe\xe2\x80 May", "mid-", "- - - -", "' s s s",
                           "Jan. . . 99", "the 0th of May", "May 0 , 2000", "0/0/0000", "the 99th century"}) {
    for (const TimeMatch& match : Normalizer().Find(Tokens(text), ParseDay("2018-09-12"))) {
      EXPECT_TRUE(!match.days || match.days->from <= match.days->to) << text;
    }
  }
}

TEST(TimeNormalizer, EdgesOfTheCalendarGiveNoDays) {
  EXPECT_EQ(Show(Tokens("They met yesterday ."), MakeDay(1, 1, 1)), "yesterday: ?");
  EXPECT_EQ(Show(Tokens("They meet next year ."), MakeDay(9999, 12, 31)), "next year: ? future");
  EXPECT_EQ(Show(Tokens("They met 3000 years ago ."), ParseDay("2018-09-12")), "3000 years ago: ?");
}

TEST(TimeNormalizer, LongSentencesAreLinear) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "the last early mid May 7 , ";
  EXPECT_FALSE(Normalizer().Find(Tokens(text), ParseDay("2018-09-12")).empty());
}

TEST(TimeNormalizer, RefusesAMissingFolderByName) {
  auto loaded = TimeNormalizer::Load("/nonexistent");
  ASSERT_FALSE(loaded.ok());
  EXPECT_NE(loaded.error().message.find("/nonexistent/time"), std::string::npos);
}

}  // namespace
}  // namespace whowhom::extract
