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

TEST(AttachmentRepair, NamesTheMissingFile) { EXPECT_FALSE(AttachmentRepair::Load("/nonexistent").ok()); }

}  // namespace
}  // namespace whowhom::extract
