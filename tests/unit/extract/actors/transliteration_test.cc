#include "actors/transliteration.h"

#include <gtest/gtest.h>

namespace whowhom::extract::actors {
namespace {

TEST(Transliteration, SpellingsOfOneNameGiveOneForm) {
  EXPECT_EQ(TransliterationKey("mohandis"), TransliterationKey("muhandis"));
  EXPECT_EQ(TransliterationKey("soleimani"), TransliterationKey("suleimani"));
  EXPECT_EQ(TransliterationKey("khamenei"), TransliterationKey("khamene'i"));
  EXPECT_EQ(TransliterationKey("qassem"), TransliterationKey("kasem"));
}

TEST(Transliteration, DifferentNamesStayDifferent) {
  EXPECT_NE(TransliterationKey("hajizadeh"), TransliterationKey("abedzadeh"));
  EXPECT_NE(TransliterationKey("khan"), TransliterationKey("khalid"));
  EXPECT_EQ(TransliterationKey(""), "");
}

}  // namespace
}  // namespace whowhom::extract::actors
