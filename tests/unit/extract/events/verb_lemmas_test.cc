#include "events/verb_lemmas.h"

#include <gtest/gtest.h>

#include <string>

namespace whowhom::extract {
namespace {

VerbLemmas Lemmas() {
  auto loaded = VerbLemmas::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data/events");
  EXPECT_TRUE(loaded.ok());
  VerbLemmas lemmas = loaded.ok() ? std::move(loaded).value() : VerbLemmas();
  for (const char* verb :
       {"accuse", "stop", "deny", "blame", "visit", "push back", "refuse", "free", "begin"})
    lemmas.AddKnown(verb);
  return lemmas;
}

TEST(VerbLemmas, RegularFormsOfKnownVerbsAreUndone) {
  VerbLemmas lemmas = Lemmas();
  EXPECT_EQ(lemmas.LemmaOf("accused", "VBD", "accus"), "accuse");
  EXPECT_EQ(lemmas.LemmaOf("accusing", "VBG", "accus"), "accuse");
  EXPECT_EQ(lemmas.LemmaOf("stopped", "VBN", "stopp"), "stop");
  EXPECT_EQ(lemmas.LemmaOf("denies", "VBZ", "deni"), "deny");
  EXPECT_EQ(lemmas.LemmaOf("denied", "VBD", "deni"), "deny");
  EXPECT_EQ(lemmas.LemmaOf("visits", "VBZ", "visit"), "visit");
  EXPECT_EQ(lemmas.LemmaOf("freed", "VBD", "fre"), "free");
  EXPECT_EQ(lemmas.LemmaOf("pushed", "VBD", "push"), "push");
}

TEST(VerbLemmas, IrregularFormsComeFromTheTable) {
  VerbLemmas lemmas = Lemmas();
  EXPECT_EQ(lemmas.LemmaOf("met", "VBD", "m"), "meet");
  EXPECT_EQ(lemmas.LemmaOf("withdrew", "VBD", "withdre"), "withdraw");
  EXPECT_EQ(lemmas.LemmaOf("begun", "VBN", "beg"), "begin");
}

TEST(VerbLemmas, UnknownWordsAndOtherTagsKeepTheTaggersLemma) {
  VerbLemmas lemmas = Lemmas();
  EXPECT_EQ(lemmas.LemmaOf("zorbed", "VBD", "zorb"), "zorb");
  EXPECT_EQ(lemmas.LemmaOf("met", "NNP", "Met"), "Met");
  EXPECT_EQ(lemmas.LemmaOf("", "VBD", "x"), "x");
  EXPECT_EQ(lemmas.LemmaOf("s", "VBZ", "s"), "s");
}

TEST(SingularOf, UndoesRegularPluralsAndAFewIrregularOnes) {
  EXPECT_EQ(SingularOf("sanctions"), "sanction");
  EXPECT_EQ(SingularOf("allies"), "ally");
  EXPECT_EQ(SingularOf("clashes"), "clash");
  EXPECT_EQ(SingularOf("policewomen"), "policewoman");
  EXPECT_EQ(SingularOf("people"), "person");
  EXPECT_EQ(SingularOf("troops"), "troop");
  EXPECT_EQ(SingularOf("glass"), "glass");
  EXPECT_EQ(SingularOf("s"), "s");
  EXPECT_EQ(SingularOf(""), "");
}

}  // namespace
}  // namespace whowhom::extract
