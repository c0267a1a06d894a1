#include "whowhom/extract/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "whowhom/extract/tokenizer.h"

namespace whowhom::extract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NamesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string data = std::string(WHOWHOM_SOURCE_DIR) + "/data";
    auto tokenizer = Tokenizer::Load(data, "");
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().message;
    tokenizer_ = std::move(tokenizer).value().release();
    auto finder = NameFinder::Load(data);
    ASSERT_TRUE(finder.ok()) << finder.error().message;
    finder_ = std::move(finder).value().release();
  }
  static void TearDownTestSuite() {
    delete tokenizer_;
    delete finder_;
  }

  // A sentence tagged by a simple rule: capitalised words inside are PROPN, the rest NOUN.
  static Sentence Tagged(const std::string& text) {
    auto sentences =
        tokenizer_->Split(text, {{{0, static_cast<uint32_t>(text.size())}, BlockKind::kParagraph}});
    Sentence sentence = sentences.at(0);
    for (size_t i = 0; i < sentence.tokens.size(); ++i) {
      const char first = sentence.tokens[i].form[0];
      sentence.tokens[i].upos = first >= 'A' && first <= 'Z' && i > 0 ? Upos::kPropn : Upos::kNoun;
    }
    return sentence;
  }
  static NameSpan Span(const Sentence& sentence, const std::string& words, NameType type) {
    for (uint32_t b = 0; b < sentence.tokens.size(); ++b) {
      for (uint32_t e = b + 1; e <= sentence.tokens.size(); ++e) {
        if (Text(sentence, {b, e, type}) == words) return {b, e, type};
      }
    }
    ADD_FAILURE() << "no such words: " << words;
    return {};
  }
  static std::string Text(const Sentence& sentence, const NameSpan& name) {
    std::string text;
    for (uint32_t i = name.begin; i < name.end; ++i)
      text += (i > name.begin ? " " : "") + sentence.tokens[i].form;
    return text;
  }
  static std::vector<std::string> Names(Sentence sentence) {
    finder_->Annotate(&sentence);
    std::vector<std::string> names;
    uint32_t last = 0;
    for (const NameSpan& name : sentence.names) {
      EXPECT_GE(name.begin, last) << "names overlap or are out of order";
      last = name.end;
      names.push_back(std::string(ToString(name.type)) + ":" + Text(sentence, name));
    }
    return names;
  }
  static std::vector<std::string> Find(const std::string& text) { return Names(Tagged(text)); }

  static const Tokenizer* tokenizer_;
  static const NameFinder* finder_;
};
const Tokenizer* NamesTest::tokenizer_ = nullptr;
const NameFinder* NamesTest::finder_ = nullptr;

TEST_F(NamesTest, FindsDates) {
  EXPECT_THAT(Find("they met on Monday , January 7 , 2019 and left"),
              ElementsAre("DATE:Monday , January 7 , 2019"));
  EXPECT_THAT(Find("it fell on 3 March 1998 and in May 2001"),
              ElementsAre("DATE:3 March 1998", "DATE:May 2001"));
  EXPECT_THAT(Find("he left last week , three years ago and in 1987"),
              ElementsAre("DATE:last week", "DATE:three years ago", "DATE:1987"));
  EXPECT_THAT(Find("since the 1990s and late 2004"), ElementsAre("DATE:1990s", "DATE:late 2004"));
  EXPECT_THAT(Find("they may march in protest"), IsEmpty());
  EXPECT_THAT(Find("some 2000 soldiers came"), IsEmpty());
}

TEST_F(NamesTest, FindsMoney) {
  EXPECT_THAT(Find("they paid $40 million and US$3.5bn"),
              ElementsAre("MONEY:$ 40 million", "MONEY:US$ 3.5 bn"));
  EXPECT_THAT(Find("worth two million euros or five million Soviet roubles"),
              ElementsAre("MONEY:two million euros", "MONEY:five million Soviet roubles"));
  EXPECT_THAT(Find("it cost hundreds of millions of dollars"),
              ElementsAre("MONEY:hundreds of millions of dollars"));
}

TEST_F(NamesTest, FindsPercentagesAndQuantities) {
  EXPECT_THAT(Find("up 12% or 20 to 25 percent"), ElementsAre("PERCENT:12 %", "PERCENT:20 to 25 percent"));
  EXPECT_THAT(Find("a five-mile road of 300 square kilometres"),
              ElementsAre("QUANTITY:five - mile", "QUANTITY:300 square kilometres"));
  EXPECT_THAT(Find("it weighs 20 pounds and 5kg"), ElementsAre("QUANTITY:20 pounds", "QUANTITY:5 kg"));
  EXPECT_THAT(Find("12 people came"), IsEmpty());
}

TEST_F(NamesTest, FindsGroups) {
  EXPECT_THAT(Find("the Kurds and the Shiite clerics met Republicans"),
              ElementsAre("GROUP:Kurds", "GROUP:Shiite", "GROUP:Republicans"));
}

TEST_F(NamesTest, LeavesGroupWordsInsideLargerNames) {
  EXPECT_THAT(Find("the planes of Arab Horizon landed"), IsEmpty());
}

TEST_F(NamesTest, FindsWeapons) {
  EXPECT_THAT(Find("an AK-47 , a MiG-29 and Katyusha rockets"),
              ElementsAre("WEAPON:AK - 47", "WEAPON:MiG - 29", "WEAPON:Katyusha rockets"));
  EXPECT_THAT(Find("two S-300 missile batteries"), ElementsAre("WEAPON:S - 300"));
  EXPECT_THAT(Find("seats in row S-30 were free"), IsEmpty());
}

TEST_F(NamesTest, FindsFacilities) {
  EXPECT_THAT(Find("troops took Lindale International Airport and the Orsk Bridge"),
              ElementsAre("FACILITY:Lindale International Airport", "FACILITY:Orsk Bridge"));
  EXPECT_THAT(Find("a fire at Lindale airport was out"), ElementsAre("FACILITY:Lindale airport"));
  EXPECT_THAT(Find("The Bridge was closed"), IsEmpty());
}

TEST_F(NamesTest, LeavesSeatsOfGovernmentsAndLongerNamesAlone) {
  EXPECT_THAT(Find("talks at the White House and on Wall Street failed"), IsEmpty());
  EXPECT_THAT(Find("they read the Orsk Bridge Courier"), IsEmpty());
  EXPECT_THAT(Find("the Speaker of the Lindale Palace spoke"), ElementsAre("FACILITY:Lindale Palace"));
}

TEST_F(NamesTest, TakesAmbiguousWeaponWordsOnlyBeforeAWeaponNoun) {
  EXPECT_THAT(Find("two Chinook helicopters flew over Chinook salmon"), ElementsAre("WEAPON:Chinook"));
}

TEST_F(NamesTest, RetypesWhatAModelCalledAPlace) {
  Sentence sentence = Tagged("troops took Lindale Bridge");
  sentence.names = {Span(sentence, "Lindale Bridge", NameType::kPlace)};
  EXPECT_THAT(Names(sentence), ElementsAre("FACILITY:Lindale Bridge"));
}

TEST_F(NamesTest, TrimsArticlesTitlesAndPossessives) {
  Sentence sentence = Tagged("he met Prime Minister Ada Lind's envoy to the Harbour Union");
  sentence.names = {Span(sentence, "Prime Minister Ada Lind 's", NameType::kPerson),
                    Span(sentence, "the Harbour Union", NameType::kOrg)};
  EXPECT_THAT(Names(sentence), ElementsAre("PERSON:Ada Lind", "ORG:Harbour Union"));
}

TEST_F(NamesTest, ExtendsNamesOverHyphensAndHeads) {
  Sentence sentence = Tagged("he met Omar al-Hakim of the Delta Security Council");
  sentence.names = {Span(sentence, "Hakim", NameType::kPerson), Span(sentence, "Delta", NameType::kOrg)};
  EXPECT_THAT(Names(sentence), ElementsAre("PERSON:al - Hakim", "ORG:Delta Security Council"));
}

TEST_F(NamesTest, GivesTheAcronymInBracketsTheTypeOfTheName) {
  Sentence sentence = Tagged("the Northern Fishers Union (NFU) met");
  sentence.names = {Span(sentence, "Northern Fishers Union", NameType::kOrg)};
  EXPECT_THAT(Names(sentence), ElementsAre("ORG:Northern Fishers Union", "ORG:NFU"));
}

TEST_F(NamesTest, AnHonorificMakesAPerson) {
  Sentence sentence = Tagged("there Ms Tarr met Mr Okon Bade near Elm Dr. Boston");
  sentence.names = {Span(sentence, "Ms Tarr", NameType::kOrg)};
  EXPECT_THAT(Names(sentence), ElementsAre("PERSON:Tarr", "PERSON:Okon Bade"));
  sentence = Tagged("they moved to Dr Oda Tarr Street");
  sentence.names = {Span(sentence, "Dr Oda Tarr Street", NameType::kPlace)};
  EXPECT_THAT(Names(sentence), ElementsAre("FACILITY:Dr Oda Tarr Street"));
}

TEST_F(NamesTest, GuessesNamesFromCapitalsWithoutATagger) {
  Sentence sentence =
      Tagged("Yesterday President Ada Lind met leaders of the Harbour Workers Union in Lindale");
  for (Token& token : sentence.tokens) token.upos = Upos::kX;
  EXPECT_THAT(Names(sentence),
              ElementsAre("DATE:Yesterday", "PERSON:Ada Lind", "ORG:Harbour Workers Union", "GPE:Lindale"));
}

TEST_F(NamesTest, SurvivesBrokenNamesAndEmptySentences) {
  Sentence sentence = Tagged("He left");
  sentence.names = {
      {5, 9, NameType::kOrg}, {1, 1, NameType::kOrg}, {0, 2, NameType::kOrg}, {1, 2, NameType::kPerson}};
  finder_->Annotate(&sentence);
  for (const NameSpan& name : sentence.names) EXPECT_LE(name.end, 2u);
  Sentence empty;
  finder_->Annotate(&empty);
  EXPECT_TRUE(empty.names.empty());
}

}  // namespace
}  // namespace whowhom::extract
