#include "flags.h"

#include <gtest/gtest.h>

#include <set>

namespace whowhom::cli {
namespace {

TEST(Invocation, ReadsFlagsAnywhereAndInEveryForm) {
  const auto in =
      Invocation::Parse({"-g", "x.db", "ask", "who accused whom", "--limit=5", "-fjson", "--", "--odd"});
  ASSERT_TRUE(in.ok());
  EXPECT_EQ(in->command().name, "ask");
  EXPECT_EQ(in->Get("--graph"), "x.db");
  EXPECT_EQ(*in->Number("--limit", 1, 1, 10), 5u);
  EXPECT_EQ(in->Get("--format"), "json");
  EXPECT_EQ(in->arguments(), (std::vector<std::string>{"who accused whom", "--odd"}));
}

TEST(Invocation, ProposesWhatWasMeant) {
  EXPECT_NE(Invocation::Parse({"aks"}).error().message.find("\"ask\""), std::string::npos);
  EXPECT_NE(Invocation::Parse({"ask", "--sinse", "x"}).error().message.find("--since"), std::string::npos);
}

TEST(Invocation, RefusesFlagsOfOtherCommandsAndMissingValues) {
  EXPECT_FALSE(Invocation::Parse({"stats", "--bulk"}).ok());
  EXPECT_FALSE(Invocation::Parse({"ask", "q", "--limit"}).ok());
  EXPECT_FALSE(Invocation::Parse({"ask", "q", "--exact=yes"}).ok());
  EXPECT_FALSE(Invocation::Parse({"ask", "-qn", "3"}).ok());
}

TEST(Invocation, RefusesNumbersAndDaysOutOfRange) {
  const auto in = Invocation::Parse({"ask", "q", "-n", "12x", "--since", "2021-02-29"});
  ASSERT_TRUE(in.ok());
  EXPECT_FALSE(in->Number("--limit", 1, 1, 100).ok());
  EXPECT_FALSE(in->Date("--since").ok());
}

TEST(Invocation, WithoutACommandShowsHelp) {
  const auto in = Invocation::Parse({});
  ASSERT_TRUE(in.ok());
  EXPECT_EQ(in->command().name, "help");
}

TEST(FlagTable, NamesOnlyKnownFlagsOnce) {
  std::set<std::string_view> names;
  std::set<char> shorts;
  for (const Flag& flag : AllFlags()) {
    EXPECT_TRUE(names.insert(flag.name).second) << flag.name;
    if (flag.short_name != 0) {
      EXPECT_TRUE(shorts.insert(flag.short_name).second) << flag.name;
    }
  }
  for (const Command& command : AllCommands()) {
    for (const auto flag : command.flags) EXPECT_NE(FindFlag(flag), nullptr) << flag;
    EXPECT_FALSE(command.summary.empty()) << command.name;
    EXPECT_TRUE(command.example.starts_with("whowhom")) << command.name;
  }
}

TEST(FlagTable, EveryCommandStandsInHelpManPageAndCompletions) {
  for (const Command& command : AllCommands()) {
    EXPECT_NE(HelpOverview().find("\n  " + std::string(command.name) + " "), std::string::npos)
        << command.name;
    for (const char* shell : {"bash", "zsh", "fish"}) {
      EXPECT_NE(Completion(shell)->find(command.name), std::string::npos) << command.name;
    }
  }
  EXPECT_NE(ManPage().find(".B check\\-export"), std::string::npos);
  EXPECT_FALSE(Completion("tcsh").ok());
}

}  // namespace
}  // namespace whowhom::cli
