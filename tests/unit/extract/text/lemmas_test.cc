#include "whowhom/extract/lemmas.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace whowhom::extract {
namespace {

class LemmatizerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("whowhom-lemmas-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_ / "events");
    std::ofstream(folder_ / "lemmas.tsv")
        << "form\tupos\tlemma\nwent\tVERB\tgo\nsaw\tVERB\tsee\nsaw\tNOUN\tsaw\n";
    std::ofstream(folder_ / "verb_forms.tsv") << "form\tlemma\nfroze\tfreeze\nwent\tgo\n";
    std::ofstream(folder_ / "events" / "verbs.tsv")
        << "verb\tclass\naccuse\tACCUSE\nplot\tTHREATEN\ncall on\tREQUEST\nchange\t\nlie\t\n";
    auto loaded = Lemmatizer::Load(folder_.string(), folder_.string());
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    lemmatizer_ = std::move(loaded).value();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Lemma(const std::string& form, Upos upos, const std::string& xpos,
                    const std::string& proposed) {
    Sentence sentence;
    sentence.tokens.emplace_back();
    sentence.tokens[0].form = form;
    sentence.tokens[0].upos = upos;
    sentence.tokens[0].xpos = xpos;
    sentence.tokens[0].lemma = proposed;
    lemmatizer_->Correct(&sentence);
    return sentence.tokens[0].lemma;
  }

  std::filesystem::path folder_;
  std::unique_ptr<Lemmatizer> lemmatizer_;
};

TEST_F(LemmatizerTest, LooksFormsUpByTag) {
  EXPECT_EQ(Lemma("Went", Upos::kVerb, "VBD", "wend"), "go");
  EXPECT_EQ(Lemma("saw", Upos::kVerb, "VBD", "saw"), "see");
  EXPECT_EQ(Lemma("saw", Upos::kNoun, "NN", "see"), "saw");
}

TEST_F(LemmatizerTest, KnowsIrregularFormsThatTheTableLacks) {
  EXPECT_EQ(Lemma("froze", Upos::kVerb, "VBD", "froz"), "freeze");
}

TEST_F(LemmatizerTest, SpellsKnownVerbsRight) {
  EXPECT_EQ(Lemma("accused", Upos::kVerb, "VBD", "accus"), "accuse");
  EXPECT_EQ(Lemma("plotting", Upos::kVerb, "VBG", "plott"), "plot");
  EXPECT_EQ(Lemma("called", Upos::kVerb, "VBD", "calle"), "call");
  EXPECT_EQ(Lemma("changing", Upos::kVerb, "VBG", "chang"), "change");
  EXPECT_EQ(Lemma("lying", Upos::kVerb, "VBG", "ly"), "lie");
}

TEST_F(LemmatizerTest, SpellsUnknownVerbsByRule) {
  EXPECT_EQ(Lemma("jammed", Upos::kVerb, "VBD", "jamm"), "jam");
  EXPECT_EQ(Lemma("deceiving", Upos::kVerb, "VBG", "deceiv"), "deceive");
  EXPECT_EQ(Lemma("tarried", Upos::kVerb, "VBD", "tarri"), "tarry");
}

TEST_F(LemmatizerTest, LeavesNamesAndKnownLemmasAlone) {
  EXPECT_EQ(Lemma("Jones", Upos::kPropn, "NNP", "Jones"), "Jones");
  EXPECT_EQ(Lemma("changed", Upos::kVerb, "VBD", "change"), "change");
}

TEST(Lemmatizer, NamesTheMissingFile) {
  const auto loaded = Lemmatizer::Load("/nonexistent", "/nonexistent");
  ASSERT_FALSE(loaded.ok());
  EXPECT_NE(loaded.error().message.find("lemmas.tsv"), std::string::npos);
}

}  // namespace
}  // namespace whowhom::extract
