#include "text/attachments.h"

#include <gtest/gtest.h>

namespace whowhom::extract {
namespace {

Token Word(const std::string& form, const std::string& lemma, const std::string& xpos, int32_t head,
           Deprel deprel) {
  Token token;
  token.form = form;
  token.lemma = lemma;
  token.xpos = xpos;
  token.head = head;
  token.deprel = deprel;
  return token;
}

// "He VERB states PREP changing rules", with the deed hung on the object.
Sentence Accusation(const std::string& verb, const std::string& preposition) {
  Sentence sentence;
  sentence.tokens = {Word("He", "he", "PRP", 1, Deprel::kNsubj),
                     Word("v", verb, "VBD", -1, Deprel::kRoot),
                     Word("states", "state", "NNS", 1, Deprel::kObj),
                     Word(preposition, preposition, "IN", 4, Deprel::kMark),
                     Word("changing", "change", "VBG", 2, Deprel::kAcl),
                     Word("rules", "rule", "NNS", 4, Deprel::kObj)};
  return sentence;
}

class AttachmentRepairTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = AttachmentRepair::Load(WHOWHOM_SOURCE_DIR "/data");
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    repair_ = std::move(loaded).value();
  }
  AttachmentRepair repair_;
};

TEST_F(AttachmentRepairTest, GivesTheDeedToTheAccusingVerb) {
  Sentence sentence = Accusation("accuse", "of");
  repair_.Repair(&sentence);
  EXPECT_EQ(sentence.tokens[4].head, 1);
  EXPECT_EQ(sentence.tokens[4].deprel, Deprel::kAdvcl);
}

TEST_F(AttachmentRepairTest, LooksThroughTheNounPhraseOfTheAccused) {
  Sentence sentence = Accusation("accuse", "of");
  sentence.tokens.insert(sentence.tokens.begin() + 3, Word("Iran", "Iran", "NNP", 2, Deprel::kNmod));
  for (Token& token : sentence.tokens) token.head += token.head >= 3 ? 1 : 0;
  sentence.tokens[5].head = 3;
  repair_.Repair(&sentence);
  EXPECT_EQ(sentence.tokens[5].head, 1);
}

TEST_F(AttachmentRepairTest, LeavesOtherVerbsAndPrepositionsAlone) {
  for (const auto& [verb, preposition] : {std::pair("reject", "of"), std::pair("accuse", "by")}) {
    Sentence sentence = Accusation(verb, preposition);
    repair_.Repair(&sentence);
    EXPECT_EQ(sentence.tokens[4].head, 2) << verb << " " << preposition;
  }
}

TEST_F(AttachmentRepairTest, GivesADeedThatIsANounToTheAccusingVerb) {
  Sentence named;  // "He accused Norland of piracy"
  named.tokens = {Word("He", "he", "PRP", 1, Deprel::kNsubj), Word("v", "accuse", "VBD", -1, Deprel::kRoot),
                  Word("Norland", "Norland", "NNP", 1, Deprel::kObj),
                  Word("of", "of", "IN", 4, Deprel::kCase), Word("piracy", "piracy", "NN", 2, Deprel::kNmod)};
  named.names = {{2, 3, NameType::kGpe}};
  Sentence nominal = named;  // "accused the leader of the party"
  nominal.names.clear();
  Sentence whole = named;  // "accused the Bank of England"
  whole.names = {{2, 5, NameType::kOrg}};
  Sentence other = named;
  other.tokens[1].lemma = "reject";
  for (Sentence* sentence : {&named, &nominal, &whole, &other}) repair_.Repair(sentence);
  EXPECT_EQ(named.tokens[4].head, 1);
  EXPECT_EQ(named.tokens[4].deprel, Deprel::kObl);
  EXPECT_EQ(nominal.tokens[4].head, 2);
  EXPECT_EQ(whole.tokens[4].head, 2);
  EXPECT_EQ(other.tokens[4].head, 2);
}

TEST_F(AttachmentRepairTest, ReadsACapitalisedModalBeforeAPastTenseAsAName) {
  Sentence sentence;
  sentence.tokens = {Word("May", "may", "MD", 1, Deprel::kAux),
                     Word("accused", "accuse", "VBD", -1, Deprel::kRoot),
                     Word("Russia", "Russia", "NNP", 1, Deprel::kObj)};
  sentence.tokens[0].upos = Upos::kAux;
  sentence.tokens[1].upos = Upos::kVerb;
  Sentence question = sentence;
  question.tokens[1].xpos = "VB";
  repair_.Repair(&sentence);
  EXPECT_EQ(sentence.tokens[0].upos, Upos::kPropn);
  EXPECT_EQ(sentence.tokens[0].deprel, Deprel::kNsubj);
  EXPECT_EQ(sentence.names, (std::vector<NameSpan>{{0, 1, NameType::kPerson}}));
  repair_.Repair(&question);
  EXPECT_EQ(question.tokens[0].upos, Upos::kAux);
}

TEST_F(AttachmentRepairTest, ACapitalisedModalBehindAGivenNameIsTheSurname) {
  Sentence sentence;
  sentence.tokens = {Word("Theresa", "Theresa", "NNP", 2, Deprel::kNsubj),
                     Word("May", "may", "MD", 2, Deprel::kAux),
                     Word("told", "tell", "VBD", -1, Deprel::kRoot)};
  sentence.tokens[0].upos = Upos::kPropn;
  sentence.tokens[1].upos = Upos::kAux;
  sentence.tokens[2].upos = Upos::kVerb;
  sentence.names = {{0, 1, NameType::kPerson}};
  repair_.Repair(&sentence);
  EXPECT_EQ(sentence.tokens[1].head, 0);
  EXPECT_EQ(sentence.tokens[1].deprel, Deprel::kFlat);
  EXPECT_EQ(sentence.names, (std::vector<NameSpan>{{0, 2, NameType::kPerson}}));
}

TEST_F(AttachmentRepairTest, TheWordsOfAPersonsNameAreOneSubject) {
  Sentence sentence;  // "Lena Hart left" with "Lena" read as a verb
  sentence.tokens = {Word("Lena", "len", "NNP", 2, Deprel::kNsubj),
                     Word("Hart", "Hart", "NNP", 2, Deprel::kNsubj),
                     Word("left", "leave", "VBD", -1, Deprel::kRoot)};
  sentence.tokens[0].upos = Upos::kVerb;
  sentence.tokens[1].upos = Upos::kPropn;
  sentence.tokens[2].upos = Upos::kVerb;
  Sentence two = sentence;  // two names beside each other stay two
  sentence.names = {{0, 2, NameType::kPerson}};
  two.names = {{0, 1, NameType::kPerson}, {1, 2, NameType::kPerson}};
  repair_.Repair(&sentence);
  repair_.Repair(&two);
  EXPECT_EQ(sentence.tokens[1].head, 0);
  EXPECT_EQ(sentence.tokens[1].deprel, Deprel::kFlat);
  EXPECT_EQ(sentence.tokens[0].upos, Upos::kPropn);
  EXPECT_EQ(sentence.tokens[0].lemma, "Lena");
  EXPECT_EQ(two.tokens[1].head, 2);
}

// "Hart told reporters he VERB her"
Sentence Told(const std::string& verb) {
  Sentence sentence;
  sentence.tokens = {
      Word("Hart", "Hart", "NNP", 1, Deprel::kNsubj),        Word("v", verb, "VBD", -1, Deprel::kRoot),
      Word("reporters", "reporter", "NNS", 1, Deprel::kObj), Word("he", "he", "PRP", 4, Deprel::kNsubj),
      Word("warned", "warn", "VBD", 2, Deprel::kAclRelcl),   Word("her", "she", "PRP", 4, Deprel::kObj)};
  return sentence;
}

TEST_F(AttachmentRepairTest, AClauseThatLacksNothingIsWhatSomebodyIsTold) {
  Sentence told = Told("tell");
  Sentence other = Told("hire");
  Sentence lacking = Told("tell");  // "told the man he loved": whom he loved
  lacking.tokens.pop_back();
  Sentence relative = Told("tell");  // "told reporters who warned her"
  relative.tokens[3].xpos = "WP";
  for (Sentence* sentence : {&told, &other, &lacking, &relative}) repair_.Repair(sentence);
  EXPECT_EQ(told.tokens[4].head, 1);
  EXPECT_EQ(told.tokens[4].deprel, Deprel::kCcomp);
  EXPECT_EQ(other.tokens[4].head, 2);
  EXPECT_EQ(lacking.tokens[4].head, 2);
  EXPECT_EQ(relative.tokens[4].head, 2);
}

TEST_F(AttachmentRepairTest, AClauseRightBehindADayTellsOfTheDay) {
  Sentence day;  // "escaped a raid on the day she returned"
  day.tokens = {Word("escaped", "escape", "VBD", -1, Deprel::kRoot),
                Word("a", "a", "DT", 2, Deprel::kDet),
                Word("raid", "raid", "NN", 0, Deprel::kObj),
                Word("on", "on", "IN", 5, Deprel::kCase),
                Word("the", "the", "DT", 5, Deprel::kDet),
                Word("day", "day", "NN", 0, Deprel::kObl),
                Word("she", "she", "PRP", 7, Deprel::kNsubj),
                Word("returned", "return", "VBD", 2, Deprel::kAclRelcl)};
  Sentence pronoun = day;  // "a raid on the day which shook Norland" is of the raid or the day
  pronoun.tokens[6].xpos = "WDT";
  Sentence ship = day;
  ship.tokens[5] = Word("ship", "ship", "NN", 0, Deprel::kObl);
  for (Sentence* sentence : {&day, &pronoun, &ship}) repair_.Repair(sentence);
  EXPECT_EQ(day.tokens[7].head, 5);
  EXPECT_EQ(pronoun.tokens[7].head, 2);
  EXPECT_EQ(ship.tokens[7].head, 2);
}

TEST_F(AttachmentRepairTest, ADayBehindANameDatesTheVerb) {
  Sentence as_head;
  as_head.tokens = {Word("Norland", "Norland", "NNP", 1, Deprel::kCompound),
                    Word("Friday", "Friday", "NNP", 2, Deprel::kNsubj),
                    Word("closed", "close", "VBD", -1, Deprel::kRoot)};
  as_head.tokens[0].upos = as_head.tokens[1].upos = Upos::kPropn;
  as_head.tokens[2].upos = Upos::kVerb;
  Sentence as_part = as_head;
  as_part.tokens[0] = Word("Norland", "Norland", "NNP", 2, Deprel::kNsubj);
  as_part.tokens[1] = Word("Friday", "Friday", "NNP", 0, Deprel::kFlat);
  for (Sentence* sentence : {&as_head, &as_part}) {
    repair_.Repair(sentence);
    EXPECT_EQ(sentence->tokens[0].head, 2);
    EXPECT_EQ(sentence->tokens[0].deprel, Deprel::kNsubj);
    EXPECT_EQ(sentence->tokens[1].head, 2);
    EXPECT_EQ(sentence->tokens[1].deprel, Deprel::kOblUnmarked);
  }
  Sentence newspaper = as_part;  // "the Norland Friday" with no verb behind it stays a name
  newspaper.tokens[1] = Word("Friday", "Friday", "NNP", 0, Deprel::kFlat);
  newspaper.tokens[2].upos = Upos::kNoun;
  repair_.Repair(&newspaper);
  EXPECT_EQ(newspaper.tokens[1].head, 0);
}

// "Norland and Sudland VERBED talks": names 0-2, participle 3, root 4.
Sentence Verbless() {
  Sentence sentence;
  sentence.tokens = {Word("Norland", "Norland", "NNP", 4, Deprel::kCompound),
                     Word("and", "and", "CC", 2, Deprel::kCc),
                     Word("Sudland", "Sudland", "NNP", 0, Deprel::kConj),
                     Word("proposed", "propose", "VBN", 4, Deprel::kAmod),
                     Word("talks", "talk", "NNS", -1, Deprel::kRoot),
                     Word(".", ".", ".", 4, Deprel::kPunct)};
  sentence.tokens[0].upos = sentence.tokens[2].upos = Upos::kPropn;
  sentence.tokens[3].upos = Upos::kVerb;
  sentence.tokens[4].upos = Upos::kNoun;
  return sentence;
}

TEST_F(AttachmentRepairTest, NamesAParticipleAndANounAreAClause) {
  Sentence sentence = Verbless();
  repair_.Repair(&sentence);
  EXPECT_EQ(sentence.tokens[3].head, -1);
  EXPECT_EQ(sentence.tokens[0].head, 3);
  EXPECT_EQ(sentence.tokens[0].deprel, Deprel::kNsubj);
  EXPECT_EQ(sentence.tokens[4].head, 3);
  EXPECT_EQ(sentence.tokens[4].deprel, Deprel::kObj);
  EXPECT_EQ(sentence.tokens[5].head, 3);
}

TEST_F(AttachmentRepairTest, ANounPhraseWithAVerbElsewhereStaysOne) {
  Sentence finite = Verbless();  // "... talks failed."
  finite.tokens.insert(finite.tokens.begin() + 5, Word("failed", "fail", "VBD", 4, Deprel::kAcl));
  finite.tokens[6].head = 4;
  Sentence common = Verbless();  // "peace and Sudland proposed talks"
  common.tokens[0].upos = Upos::kNoun;
  for (Sentence* sentence : {&finite, &common}) {
    repair_.Repair(sentence);
    EXPECT_EQ(sentence->tokens[4].head, -1);
    EXPECT_EQ(sentence->tokens[3].deprel, Deprel::kAmod);
  }
}

// "It denied for days that it hit the jet"
Sentence Denial() {
  Sentence sentence;
  sentence.tokens = {
      Word("It", "it", "PRP", 1, Deprel::kNsubj),      Word("denied", "deny", "VBD", -1, Deprel::kRoot),
      Word("for", "for", "IN", 3, Deprel::kCase),      Word("days", "day", "NNS", 1, Deprel::kObl),
      Word("that", "that", "WDT", 6, Deprel::kObj),    Word("it", "it", "PRP", 6, Deprel::kNsubj),
      Word("hit", "hit", "VBD", 3, Deprel::kAclRelcl), Word("the", "the", "DT", 8, Deprel::kDet),
      Word("jet", "jet", "NN", 6, Deprel::kObj)};
  return sentence;
}

TEST_F(AttachmentRepairTest, AWholeClauseBehindATimeIsWhatIsSaid) {
  Sentence sentence = Denial();
  repair_.Repair(&sentence);
  EXPECT_EQ(sentence.tokens[6].head, 1);
  EXPECT_EQ(sentence.tokens[6].deprel, Deprel::kCcomp);
  EXPECT_EQ(sentence.tokens[4].deprel, Deprel::kMark);
}

TEST_F(AttachmentRepairTest, ARelativeClauseWithAGapStaysOne) {
  Sentence gap = Denial();  // "for days that it wasted"
  gap.tokens.resize(7);
  repair_.Repair(&gap);
  EXPECT_EQ(gap.tokens[6].head, 3);
  EXPECT_EQ(gap.tokens[6].deprel, Deprel::kAclRelcl);
}

TEST_F(AttachmentRepairTest, AWholeClauseBehindANounIsWhatIsTold) {
  Sentence sentence = Denial();  // "It told the council that it hit the jet"
  sentence.tokens[3] = Word("council", "council", "NN", 1, Deprel::kIobj);
  repair_.Repair(&sentence);
  EXPECT_EQ(sentence.tokens[6].head, 3);
  EXPECT_EQ(sentence.tokens[6].deprel, Deprel::kAcl);
  EXPECT_EQ(sentence.tokens[4].deprel, Deprel::kMark);
}

TEST_F(AttachmentRepairTest, ANounForPlacesExplainsThePlaceBeforeIt) {
  Sentence city;  // "consulate in Harborough , a city"
  city.tokens = {Word("consulate", "consulate", "NN", -1, Deprel::kRoot),
                 Word("in", "in", "IN", 2, Deprel::kCase),
                 Word("Harborough", "Harborough", "NNP", 0, Deprel::kNmod),
                 Word(",", ",", ",", 5, Deprel::kPunct),
                 Word("a", "a", "DT", 5, Deprel::kDet),
                 Word("city", "city", "NN", 0, Deprel::kAppos)};
  city.names = {{2, 3, NameType::kGpe}};
  Sentence post = city;  // "a post" explains the consulate
  post.tokens[5] = Word("post", "post", "NN", 0, Deprel::kAppos);
  Sentence person = city;
  person.names = {{2, 3, NameType::kPerson}};
  for (Sentence* sentence : {&city, &post, &person}) repair_.Repair(sentence);
  EXPECT_EQ(city.tokens[5].head, 2);
  EXPECT_EQ(post.tokens[5].head, 0);
  EXPECT_EQ(person.tokens[5].head, 0);
}

TEST_F(AttachmentRepairTest, WhatIsCountedHeadsThePhrase) {
  Sentence sentence;  // "by hundreds of students who left"
  sentence.tokens = {
      Word("seen", "see", "VBN", -1, Deprel::kRoot),        Word("by", "by", "IN", 2, Deprel::kCase),
      Word("hundreds", "hundred", "NNS", 0, Deprel::kObl),  Word("of", "of", "IN", 4, Deprel::kCase),
      Word("students", "student", "NNS", 2, Deprel::kNmod), Word("who", "who", "WP", 6, Deprel::kNsubj),
      Word("left", "leave", "VBD", 2, Deprel::kAclRelcl)};
  sentence.tokens[4].upos = Upos::kNoun;
  Sentence group = sentence;  // "by groups of students"
  group.tokens[2].form = "groups";
  Sentence the = sentence;  // "by the number of students"
  the.tokens[1] = Word("the", "the", "DT", 2, Deprel::kDet);
  the.tokens[2].form = "number";
  Sentence a = the;  // "a number of students"
  a.tokens[1].form = "a";
  for (Sentence* one : {&sentence, &group, &the, &a}) repair_.LiftCounted(one);
  EXPECT_EQ(sentence.tokens[4].head, 0);
  EXPECT_EQ(sentence.tokens[4].deprel, Deprel::kObl);
  EXPECT_EQ(sentence.tokens[2].head, 4);
  EXPECT_EQ(sentence.tokens[1].head, 4);
  EXPECT_EQ(sentence.tokens[6].head, 4);
  EXPECT_EQ(sentence.tokens[3].head, 2);
  EXPECT_EQ(group.tokens[4].head, 2);
  EXPECT_EQ(the.tokens[4].head, 2);
  EXPECT_EQ(a.tokens[4].head, 0);
  EXPECT_EQ(a.tokens[1].head, 2);  // its article stays with "number"
}

TEST_F(AttachmentRepairTest, SomebodyNamedIsOneOfThePeopleAndNoSum) {
  Sentence sum;  // "thousands to people including Hart"
  sum.tokens = {Word("thousands", "thousand", "NNS", -1, Deprel::kRoot),
                Word("to", "to", "IN", 2, Deprel::kCase), Word("people", "people", "NNS", 0, Deprel::kNmod),
                Word("including", "include", "VBG", 4, Deprel::kCase),
                Word("Hart", "Hart", "NNP", 0, Deprel::kNmod)};
  Sentence states = sum;  // "states in parts including Hart"
  states.tokens[0] = Word("states", "state", "NNS", -1, Deprel::kRoot);
  for (Sentence* sentence : {&sum, &states}) repair_.Repair(sentence);
  EXPECT_EQ(sum.tokens[4].head, 2);
  EXPECT_EQ(states.tokens[4].head, 0);
}

TEST(AttachmentRepair, NamesTheMissingFile) { EXPECT_FALSE(AttachmentRepair::Load("/nonexistent").ok()); }

}  // namespace
}  // namespace whowhom::extract
