#include "whowhom/extract/language.h"

#include <gtest/gtest.h>

namespace whowhom::extract {
namespace {

class LanguageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = LanguageDetector::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data");
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    detector_ = std::move(loaded).value();
  }
  std::unique_ptr<LanguageDetector> detector_;
};

TEST_F(LanguageTest, AcceptsEnglish) {
  EXPECT_TRUE(detector_->LooksEnglish(
      "The minister said on Monday that the talks with the union would go on until Friday."));
  EXPECT_EQ(detector_->Guess("The minister said that the talks would go on.").language, "en");
}

TEST_F(LanguageTest, RefusesOtherLanguagesInLatinLetters) {
  EXPECT_FALSE(detector_->LooksEnglish(
      "Der Minister sagte am Montag, dass die Gespräche mit der Gewerkschaft bis Freitag dauern."));
  EXPECT_FALSE(detector_->LooksEnglish(
      "Le ministre a dit lundi que les discussions avec le syndicat vont durer jusqu'à vendredi."));
  EXPECT_FALSE(detector_->LooksEnglish(
      "El ministro dijo el lunes que las conversaciones con el sindicato van a durar hasta el viernes."));
  EXPECT_EQ(
      detector_->Guess("O ministro disse que as conversas com o sindicato não vão durar muito.").language,
      "pt");
}

TEST_F(LanguageTest, RefusesOtherScripts) {
  EXPECT_FALSE(
      detector_->LooksEnglish("Министр заявил в понедельник, что переговоры продолжатся до пятницы."));
  EXPECT_FALSE(detector_->LooksEnglish("大臣は月曜日に会談が続くと述べた。"));
  EXPECT_EQ(detector_->Guess("Министр заявил").language, "und");
}

TEST_F(LanguageTest, GivesShortTextTheBenefitOfTheDoubt) {
  EXPECT_TRUE(detector_->LooksEnglish("Minister resigns"));
  EXPECT_TRUE(detector_->LooksEnglish("Storm kills 12, mayor blames canal operator"));
  EXPECT_FALSE(detector_->LooksEnglish(""));
  EXPECT_FALSE(detector_->LooksEnglish("123 ... 456"));
}

TEST_F(LanguageTest, KnowsAShortEnglishSentenceByItsArticle) {
  // "a" and "to" are words of other languages, too.
  EXPECT_TRUE(detector_->LooksEnglish("Brandt sent a letter to Okafor."));
  EXPECT_FALSE(detector_->LooksEnglish("A ministra falou com a imprensa."));
}

TEST_F(LanguageTest, KeepsASentenceOfNames) {
  // "met", "in" and "on" are words of other languages, too; "'s" is no word.
  EXPECT_TRUE(detector_->LooksEnglish("Norway met Kenya in Malta."));
  EXPECT_TRUE(
      detector_->LooksEnglish("Oslo's City Court fined Kenya's Harbour Bank on customs smuggling charges."));
  EXPECT_FALSE(detector_->LooksEnglish("De koning sprak met de president van Kenya in Oslo."));
  EXPECT_FALSE(detector_->LooksEnglish("On a dit que la France est avec nous."));
}

TEST_F(LanguageTest, SurvivesBrokenBytes) {
  EXPECT_FALSE(detector_->LooksEnglish("\xFF\xFE\x80\x80"));
  EXPECT_TRUE(
      detector_->LooksEnglish(std::string("The cat sat on the mat and \xC3 it was not for\0 the dog.", 54)));
}

}  // namespace
}  // namespace whowhom::extract
