#include "text/main_clauses.h"

#include <gtest/gtest.h>

namespace whowhom::extract::text {
namespace {

Token Word(const std::string& form, const std::string& xpos, Upos upos, int32_t head, Deprel deprel) {
  Token token;
  token.form = token.lemma = form;
  token.xpos = xpos;
  token.upos = upos;
  token.head = head;
  token.deprel = deprel;
  return token;
}

// "Hart , who returned home , VERB voters .", the verb read as a part of what the relative clause governs.
Sentence LostBehindRelative() {
  Sentence sentence;
  sentence.tokens = {Word("Hart", "NNP", Upos::kPropn, -1, Deprel::kRoot),
                     Word(",", ",", Upos::kPunct, 3, Deprel::kPunct),
                     Word("who", "WP", Upos::kPron, 3, Deprel::kNsubj),
                     Word("returned", "VBD", Upos::kVerb, 0, Deprel::kAclRelcl),
                     Word("home", "RB", Upos::kAdv, 3, Deprel::kAdvmod),
                     Word(",", ",", Upos::kPunct, 3, Deprel::kPunct),
                     Word("addressed", "VBN", Upos::kVerb, 7, Deprel::kAmod),
                     Word("voters", "NNS", Upos::kNoun, 3, Deprel::kObj),
                     Word(".", ".", Upos::kPunct, 0, Deprel::kPunct)};
  return sentence;
}

TEST(MainClausesTest, AVerbBehindTheCommaOfARelativeClauseIsWhatTheNounDid) {
  Sentence sentence = LostBehindRelative();
  RepairLostVerb(&sentence);
  EXPECT_EQ(sentence.tokens[6].head, -1);
  EXPECT_EQ(sentence.tokens[6].deprel, Deprel::kRoot);
  EXPECT_EQ(sentence.tokens[6].xpos, "VBD");
  EXPECT_EQ(sentence.tokens[0].head, 6);
  EXPECT_EQ(sentence.tokens[0].deprel, Deprel::kNsubj);
  EXPECT_EQ(sentence.tokens[7].head, 6);
  EXPECT_EQ(sentence.tokens[7].deprel, Deprel::kObj);
  EXPECT_EQ(sentence.tokens[8].head, 6);
}

TEST(MainClausesTest, AVerbHungOnTheRelativeVerbIsWhatTheNounDid) {
  Sentence sentence = LostBehindRelative();  // "Norland, which borders Chad, deployed troops"
  sentence.tokens[6] = Word("deployed", "VBD", Upos::kVerb, 3, Deprel::kAclRelcl);
  sentence.tokens[7].head = 6;
  RepairLostVerb(&sentence);
  EXPECT_EQ(sentence.tokens[6].head, -1);
  EXPECT_EQ(sentence.tokens[0].head, 6);
  EXPECT_EQ(sentence.tokens[7].head, 6);
}

TEST(MainClausesTest, AVerbBeforeTheRootIsWhatItsSubjectDid) {
  Sentence sentence = LostBehindRelative();  // "The soldiers, whose base was hit, shelled villages"
  sentence.tokens[0].head = 7;
  sentence.tokens[0].deprel = Deprel::kNsubj;
  sentence.tokens[7].head = -1;
  sentence.tokens[7].deprel = Deprel::kRoot;
  RepairLostVerb(&sentence);
  EXPECT_EQ(sentence.tokens[6].head, -1);
  EXPECT_EQ(sentence.tokens[0].head, 6);
  EXPECT_EQ(sentence.tokens[7].deprel, Deprel::kObj);
}

TEST(MainClausesTest, ParticiplesThatBelongToANounStay) {
  Sentence no_comma = LostBehindRelative();  // "who returned to divided voters"
  no_comma.tokens[5] = Word("to", "IN", Upos::kAdp, 7, Deprel::kCase);
  Sentence qualified = LostBehindRelative();  // "who likes old, dented cars"
  qualified.tokens[4] = Word("old", "JJ", Upos::kAdj, 7, Deprel::kAmod);
  Sentence has_main = LostBehindRelative();  // the noun is a subject already
  has_main.tokens[0].deprel = Deprel::kNsubj;
  has_main.tokens[0].head = 8;
  for (Sentence* sentence : {&no_comma, &qualified, &has_main}) {
    RepairLostVerb(sentence);
    EXPECT_EQ(sentence->tokens[6].head, 7);
    EXPECT_EQ(sentence->tokens[6].deprel, Deprel::kAmod);
  }
}

TEST(MainClausesTest, WhatSomebodyIsDueToDoFollowsDue) {
  Sentence sentence;  // "Hart is due to meet Berg"
  sentence.tokens = {Word("Hart", "NNP", Upos::kPropn, 4, Deprel::kNsubjOuter),
                     Word("be", "VBZ", Upos::kAux, 2, Deprel::kCop),
                     Word("due", "JJ", Upos::kAdj, 4, Deprel::kMark),
                     Word("to", "TO", Upos::kPart, 2, Deprel::kFixed),
                     Word("meet", "VB", Upos::kVerb, -1, Deprel::kRoot),
                     Word("Berg", "NNP", Upos::kPropn, 4, Deprel::kObj)};
  Sentence cause = sentence;  // "left due to", without a copula
  cause.tokens[1] = Word("left", "VBD", Upos::kVerb, 4, Deprel::kAdvcl);
  RepairDueTo(&sentence);
  RepairDueTo(&cause);
  EXPECT_EQ(sentence.tokens[2].head, -1);
  EXPECT_EQ(sentence.tokens[2].deprel, Deprel::kRoot);
  EXPECT_EQ(sentence.tokens[4].head, 2);
  EXPECT_EQ(sentence.tokens[4].deprel, Deprel::kXcomp);
  EXPECT_EQ(sentence.tokens[0].head, 2);
  EXPECT_EQ(sentence.tokens[0].deprel, Deprel::kNsubj);
  EXPECT_EQ(sentence.tokens[5].head, 4);
  EXPECT_EQ(cause.tokens[2].head, 4);
}

TEST(MainClausesTest, AnOpeningParticipleIsNotWhatIsSaid) {
  Sentence sentence;  // "Asked twice , Hart said"
  sentence.tokens = {Word("Asked", "VBN", Upos::kVerb, 4, Deprel::kCcomp),
                     Word("twice", "RB", Upos::kAdv, 0, Deprel::kAdvmod),
                     Word(",", ",", Upos::kPunct, 0, Deprel::kPunct),
                     Word("Hart", "NNP", Upos::kPropn, 4, Deprel::kNsubj),
                     Word("said", "VBD", Upos::kVerb, -1, Deprel::kRoot)};
  Sentence quoted = sentence;  // "Norland asked , Hart said": a clause of its own
  quoted.tokens[1] = Word("Norland", "NNP", Upos::kPropn, 0, Deprel::kNsubj);
  RepairOpeningParticiple(&sentence);
  RepairOpeningParticiple(&quoted);
  EXPECT_EQ(sentence.tokens[0].deprel, Deprel::kAdvcl);
  EXPECT_EQ(quoted.tokens[0].deprel, Deprel::kCcomp);
}

// "Police guarded ports and roads HELPER sealed", the roads read as guarded.
Sentence SharedObject(const std::string& helper, const std::string& tag) {
  Sentence sentence;
  sentence.tokens = {Word("Police", "NNS", Upos::kNoun, 1, Deprel::kNsubj),
                     Word("guarded", "VBD", Upos::kVerb, -1, Deprel::kRoot),
                     Word("ports", "NNS", Upos::kNoun, 1, Deprel::kObj),
                     Word("and", "CC", Upos::kCconj, 4, Deprel::kCc),
                     Word("roads", tag, Upos::kNoun, 2, Deprel::kConj),
                     Word(helper, "VBD", Upos::kAux, 6, Deprel::kAuxPass),
                     Word("sealed", "VBN", Upos::kVerb, 1, Deprel::kConj)};
  return sentence;
}

TEST(MainClausesTest, APassiveWithoutASubjectTakesTheNounBeforeIt) {
  Sentence roads = SharedObject("were", "NNS");
  Sentence other = SharedObject("was", "NNS");  // "... and roads was sealed": does not agree
  RepairSharedObject(&roads);
  RepairSharedObject(&other);
  EXPECT_EQ(roads.tokens[4].head, 6);
  EXPECT_EQ(roads.tokens[4].deprel, Deprel::kNsubjPass);
  EXPECT_EQ(roads.tokens[3].head, 6);
  EXPECT_EQ(other.tokens[4].head, 2);
}

TEST(MainClausesTest, ByNoMeansIsNotWhatSomebodyIs) {
  Sentence sentence;  // "He is by no means guilty"
  sentence.tokens = {Word("He", "PRP", Upos::kPron, 4, Deprel::kNsubj),
                     Word("is", "VBZ", Upos::kAux, 4, Deprel::kCop),
                     Word("by", "IN", Upos::kAdp, 4, Deprel::kCase),
                     Word("no", "DT", Upos::kDet, 4, Deprel::kDet),
                     Word("means", "NNS", Upos::kNoun, -1, Deprel::kRoot),
                     Word("guilty", "JJ", Upos::kAdj, 4, Deprel::kAmod)};
  Sentence other = sentence;
  other.tokens[3].form = "such";
  RepairByNoMeans(&sentence);
  RepairByNoMeans(&other);
  EXPECT_EQ(sentence.tokens[5].head, -1);
  EXPECT_EQ(sentence.tokens[0].head, 5);
  EXPECT_EQ(sentence.tokens[1].head, 5);
  EXPECT_EQ(sentence.tokens[3].head, 4);
  EXPECT_EQ(sentence.tokens[4].head, 5);
  EXPECT_EQ(other.tokens[4].head, -1);
}

TEST(MainClausesTest, TooShortOrBrokenTreesAreLeftAlone) {
  Sentence empty;
  RepairLostVerb(&empty);
  RepairVerblessClause(&empty);
  Sentence loose = LostBehindRelative();
  for (Token& token : loose.tokens) token.head = -1;
  RepairLostVerb(&loose);
  EXPECT_EQ(loose.tokens[0].head, -1);
}

}  // namespace
}  // namespace whowhom::extract::text
