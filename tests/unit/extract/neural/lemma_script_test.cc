// Lemma edit scripts.
#include "neural/lemma_script.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace whowhom::extract::neural {
namespace {

TEST(LemmaScript, NamesTheShortestEdit) {
  EXPECT_EQ(LemmaScript("forces", "force"), "K1|");
  EXPECT_EQ(LemmaScript("Forces", "force"), "L1|");
  EXPECT_EQ(LemmaScript("studies", "study"), "K3|y");
  EXPECT_EQ(LemmaScript("went", "go"), "K4|go");
  EXPECT_EQ(LemmaScript("PARIS", "Paris"), "T0|");
}

TEST(LemmaScript, RoundTrips) {
  const std::pair<const char*, const char*> pairs[] = {{"is", "be"},
                                                       {"Was", "be"},
                                                       {"BETTER", "good"},
                                                       {"U.S.", "U.S."},
                                                       {"caf\u00E9s", "caf\u00E9"},
                                                       {"\u00C9tats", "\u00E9tat"},
                                                       {"n't", "not"},
                                                       {"\u2019s", "'s"},
                                                       {"", "x"},
                                                       {"McDonalds", "McDonald"}};
  for (const auto& [form, lemma] : pairs)
    EXPECT_EQ(ApplyLemmaScript(form, LemmaScript(form, lemma)), lemma) << form;
}

TEST(ApplyLemmaScript, GeneralisesToOtherWords) {
  EXPECT_EQ(ApplyLemmaScript("parties", LemmaScript("studies", "study")), "party");
}

TEST(ApplyLemmaScript, KeepsTheFormWhereTheScriptDoesNotFit) {
  EXPECT_EQ(ApplyLemmaScript("a", "K3|y"), "a");
  EXPECT_EQ(ApplyLemmaScript("ab", "K2|"), "ab");
  for (const char* bad : {"", "K", "K|", "Kx|y", "K1", "|", "K99999999999999999999|"})
    EXPECT_EQ(ApplyLemmaScript("form", bad), "form") << bad;
}

TEST(ApplyLemmaScript, StripsWholeCharacters) { EXPECT_EQ(ApplyLemmaScript("caf\u00E9", "K1|e"), "cafe"); }

}  // namespace
}  // namespace whowhom::extract::neural
