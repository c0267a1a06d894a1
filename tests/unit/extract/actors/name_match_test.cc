#include "whowhom/extract/name_match.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace whowhom::extract {
namespace {

const NameMatcher& Matcher() {
  static const std::unique_ptr<NameMatcher> matcher = [] {
    auto loaded = NameMatcher::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data");
    EXPECT_TRUE(loaded.ok());
    return std::move(loaded).value();
  }();
  return *matcher;
}

NameVerdict People(const std::string& a, const std::string& b, const std::string& first = "",
                   const std::string& second = "") {
  return Matcher().Match({a, EntityType::kPerson, first}, {b, EntityType::kPerson, second}).verdict;
}
NameVerdict Bodies(const std::string& a, const std::string& b, const std::string& first = "",
                   const std::string& second = "") {
  return Matcher().Match({a, EntityType::kOrg, first}, {b, EntityType::kOrg, second}).verdict;
}

TEST(NameMatch, JoinsTransliterationsAndTitles) {
  EXPECT_EQ(People("Karim Mohandis", "Karim al-Muhandis"), NameVerdict::kSame);
  EXPECT_EQ(People("Dr. Nadia Khoury", "Nadia Khouri"), NameVerdict::kSame);
  EXPECT_EQ(People("Qasem Soleimani", "Gen. Qassim Suleimani"), NameVerdict::kSame);
}

TEST(NameMatch, LeavesSurnamesToJudgement) {
  EXPECT_EQ(People("Smith", "Smith"), NameVerdict::kUnsure);
  EXPECT_EQ(People("Anna Smith", "Smith"), NameVerdict::kUnsure);
  EXPECT_EQ(People("Anna Smith", "Peter Smith"), NameVerdict::kDiffer);
  EXPECT_EQ(People("Bill Clinton", "Hillary Clinton"), NameVerdict::kDiffer);
}

TEST(NameMatch, TellsGenerationsApart) {
  EXPECT_EQ(People("Otto Holm Jr.", "Otto Holm Sr."), NameVerdict::kDiffer);
  EXPECT_NE(People("Otto Holm Jr.", "Otto Holm"), NameVerdict::kSame);
}

TEST(NameMatch, ReadsInitials) {
  EXPECT_EQ(People("J. Example", "Jane Example"), NameVerdict::kUnsure);
  EXPECT_EQ(People("K. Example", "Jane Example"), NameVerdict::kDiffer);
}

TEST(NameMatch, ComparesBodiesByWordsAndCountry) {
  EXPECT_EQ(Bodies("Ministry of Fisheries", "Fisheries Ministry", "NOR", "NOR"), NameVerdict::kSame);
  EXPECT_NE(Bodies("Ministry of Fisheries", "Ministry of Fisheries", "NOR", "ISL"), NameVerdict::kSame);
  EXPECT_EQ(Bodies("Northern Harbour Guild", "NHG"), NameVerdict::kUnsure);
  EXPECT_EQ(Bodies("MEK", "People's Mujahedin"), NameVerdict::kSame);
  EXPECT_EQ(Bodies("Google", "Gazprom"), NameVerdict::kDiffer);
}

TEST(NameMatch, NeverJoinsAPersonAndABody) {
  EXPECT_NE(Matcher().Match({"Ford", EntityType::kPerson, ""}, {"Ford", EntityType::kOrg, ""}).verdict,
            NameVerdict::kSame);
}

TEST(NameMatch, DistrustsLettersOfTwoScripts) {
  const NameMatch match = Matcher().Match({"Ada \xD0\x95xample", EntityType::kPerson, ""},
                                          {"Ada Example", EntityType::kPerson, ""});
  EXPECT_NE(match.verdict, NameVerdict::kSame);
  EXPECT_FALSE(match.reasons.empty());
}

TEST(NameMatch, IsSymmetricAndSharesABlockWhereItDoesNotDiffer) {
  const std::vector<NamedActor> actors = {
      {"Qasem Soleimani", EntityType::kPerson, "IRN"},  {"Gen. Suleimani", EntityType::kPerson, ""},
      {"Treasury Department", EntityType::kOrg, "USA"}, {"Treasury", EntityType::kOrg, ""},
      {"Northern Harbour Guild", EntityType::kOrg, ""}, {"NHG", EntityType::kOrg, ""},
      {"J. Example", EntityType::kPerson, ""},          {"Jane Example", EntityType::kPerson, ""}};
  for (const NamedActor& a : actors) {
    for (const NamedActor& b : actors) {
      const NameMatch one = Matcher().Match(a, b);
      EXPECT_EQ(one.score, Matcher().Match(b, a).score) << a.name << " / " << b.name;
      if (one.verdict == NameVerdict::kDiffer) continue;
      const auto keys = Matcher().BlockingKeys(a);
      const auto others = Matcher().BlockingKeys(b);
      EXPECT_TRUE(std::any_of(
          keys.begin(), keys.end(),
          [&](const std::string& key) { return std::count(others.begin(), others.end(), key) > 0; }))
          << a.name << " / " << b.name;
    }
  }
}

TEST(NameMatch, TakesLongNames) {
  const std::string longest(10000, 'x');
  EXPECT_LE(
      Matcher().Match({longest, EntityType::kPerson, ""}, {longest + "y", EntityType::kPerson, ""}).score,
      1.0);
  EXPECT_LE(Matcher().BlockingKeys({longest, EntityType::kOrg, ""}).size(), 9u);
}

}  // namespace
}  // namespace whowhom::extract
