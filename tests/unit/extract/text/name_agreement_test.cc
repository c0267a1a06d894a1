#include "text/name_agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace whowhom::extract::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "Ruth_P Vale_P spoke": `_P` a proper noun, other words nouns. Names are given by token numbers.
Sentence Of(const std::string& words, std::vector<NameSpan> names = {}) {
  Sentence sentence;
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    Token token;
    token.upos = Upos::kNoun;
    if (word.ends_with("_P")) {
      token.upos = Upos::kPropn;
      word.resize(word.size() - 2);
    }
    token.form = word;
    token.space_after = true;
    sentence.tokens.push_back(token);
  }
  sentence.names = std::move(names);
  return sentence;
}

class NameAgreementTest : public ::testing::Test {
 protected:
  NameAgreementTest() { lexicon_.places.Add("Jordan", static_cast<uint8_t>(PlaceWord::kCountry)); }
  void Agree(std::vector<Sentence>* sentences) const { AgreeNames(lexicon_, *sentences); }
  NameLexicon lexicon_;
};

TEST_F(NameAgreementTest, ALoneSurnameIsThePersonNamedInFull) {
  std::vector<Sentence> article = {Of("Ruth_P Vale_P spoke", {{0, 2, NameType::kPerson}}),
                                   Of("later Vale_P left", {{1, 2, NameType::kGpe}}),
                                   Of("the aides of Vale_P stayed")};
  Agree(&article);
  EXPECT_THAT(article[1].names, ElementsAre(NameSpan{1, 2, NameType::kPerson}));
  EXPECT_THAT(article[2].names, ElementsAre(NameSpan{3, 4, NameType::kPerson}));
}

TEST_F(NameAgreementTest, CountriesStayCountries) {
  std::vector<Sentence> article = {Of("Milo_P Jordan_P spoke", {{0, 2, NameType::kPerson}}),
                                   Of("he left Jordan_P", {{2, 3, NameType::kGpe}})};
  Agree(&article);
  EXPECT_EQ(article[1].names[0].type, NameType::kGpe);
}

TEST_F(NameAgreementTest, PartsOfLongerNamesAreNoSurnames) {
  std::vector<Sentence> article = {Of("Ruth_P Vale_P spoke", {{0, 2, NameType::kPerson}}),
                                   Of("on Vale_P Street_P she fell"), Of("in a vale she rested")};
  Agree(&article);
  EXPECT_THAT(article[1].names, IsEmpty());
  EXPECT_THAT(article[2].names, IsEmpty());
}

TEST_F(NameAgreementTest, MostMentionsDecideTheType) {
  std::vector<Sentence> article = {Of("Orvell_P rose", {{0, 1, NameType::kOrg}}),
                                   Of("Orvell_P fell", {{0, 1, NameType::kOrg}}),
                                   Of("in Orvell_P", {{1, 2, NameType::kPlace}}), Of("Orvell_P rules")};
  Agree(&article);
  EXPECT_EQ(article[2].names[0].type, NameType::kOrg);
  EXPECT_THAT(article[3].names, ElementsAre(NameSpan{0, 1, NameType::kOrg}));
}

TEST_F(NameAgreementTest, ATieOrASingleMentionDecidesNothing) {
  std::vector<Sentence> article = {Of("Orvell_P rose", {{0, 1, NameType::kOrg}}),
                                   Of("in Orvell_P", {{1, 2, NameType::kPlace}}), Of("Orvell_P rules"),
                                   Of("Tarn_P rose", {{0, 1, NameType::kOrg}}), Of("Tarn_P rules")};
  Agree(&article);
  EXPECT_EQ(article[0].names[0].type, NameType::kOrg);
  EXPECT_EQ(article[1].names[0].type, NameType::kPlace);
  EXPECT_THAT(article[2].names, IsEmpty());
  EXPECT_THAT(article[4].names, IsEmpty());
}

TEST_F(NameAgreementTest, DatesAndGroupsDoNotTakePart) {
  std::vector<Sentence> article = {Of("Marchers_P came", {{0, 1, NameType::kGroup}}),
                                   Of("Marchers_P left", {{0, 1, NameType::kGroup}}), Of("Marchers_P sang")};
  Agree(&article);
  EXPECT_THAT(article[2].names, IsEmpty());
}

TEST_F(NameAgreementTest, TakesNothingAndSpansBehindTheEnd) {
  AgreeNames(lexicon_, {});
  std::vector<Sentence> article = {Of(""), Of("Vale_P", {{0, 9, NameType::kPerson}})};
  Agree(&article);
  EXPECT_THAT(article[1].names, IsEmpty());
}

}  // namespace
}  // namespace whowhom::extract::text
