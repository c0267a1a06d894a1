#include "whowhom/extract/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace whowhom::extract {
namespace {

using ::testing::ElementsAre;

class TokenizerTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string root = WHOWHOM_SOURCE_DIR;
    auto with_model = Tokenizer::Load(root + "/data", root + "/models");
    ASSERT_TRUE(with_model.ok()) << with_model.error().message;
    tokenizer_ = std::move(with_model).value().release();
    auto rules = Tokenizer::Load(root + "/data", "");
    ASSERT_TRUE(rules.ok()) << rules.error().message;
    rules_ = std::move(rules).value().release();
  }
  static void TearDownTestSuite() {
    delete tokenizer_;
    delete rules_;
  }

  static std::vector<Sentence> Split(const std::string& text, const Tokenizer* tokenizer = tokenizer_) {
    return tokenizer->Split(text, {{{0, static_cast<uint32_t>(text.size())}, BlockKind::kParagraph}});
  }
  static std::vector<std::string> Words(const std::string& text) {
    std::vector<std::string> words;
    for (const Sentence& sentence : Split(text)) {
      for (const Token& token : sentence.tokens) words.push_back(token.form);
    }
    return words;
  }
  static std::vector<std::string> Sentences(const std::string& text,
                                            const Tokenizer* tokenizer = tokenizer_) {
    std::vector<std::string> sentences;
    for (const Sentence& s : Split(text, tokenizer))
      sentences.push_back(text.substr(s.span.begin, s.span.size()));
    return sentences;
  }
  // Every token's span spells its form, tokens are in order, sentences below the cap.
  static void CheckSpans(const std::string& text, const std::vector<Sentence>& sentences) {
    uint32_t at = 0;
    for (const Sentence& sentence : sentences) {
      ASSERT_FALSE(sentence.tokens.empty());
      ASSERT_LE(sentence.tokens.size(), Tokenizer::kMaxSentenceTokens);
      ASSERT_EQ(sentence.span.begin, sentence.tokens.front().span.begin);
      ASSERT_EQ(sentence.span.end, sentence.tokens.back().span.end);
      for (const Token& token : sentence.tokens) {
        ASSERT_GE(token.span.begin, at);
        ASSERT_GT(token.span.end, token.span.begin);
        ASSERT_LE(token.span.end, text.size());
        const std::string written = text.substr(token.span.begin, token.span.size());
        ASSERT_EQ(token.misc.empty() ? token.form : token.misc.substr(8), written);  // "Written=[w]e"
        at = token.span.end;
      }
    }
  }

  static const Tokenizer* tokenizer_;
  static const Tokenizer* rules_;
};
const Tokenizer* TokenizerTest::tokenizer_ = nullptr;
const Tokenizer* TokenizerTest::rules_ = nullptr;

TEST_F(TokenizerTest, AWordWhoseFirstLetterTheWriterChangedIsOneWord) {
  EXPECT_THAT(Words("\"[w]e left [...] him\""), ElementsAre("\"", "we", "left", "[...]", "him", "\""));
  EXPECT_THAT(Words("[T]hat is [he] or [a] b"),
              ElementsAre("That", "is", "[", "he", "]", "or", "[", "a", "]", "b"));
  const std::string text = "[Y]ou";
  const std::vector<Sentence> sentences = Split(text);
  CheckSpans(text, sentences);
  EXPECT_EQ(sentences[0].tokens[0].misc, "Written=[Y]ou");
}

TEST_F(TokenizerTest, SplitsMarksFromWords) {
  EXPECT_THAT(Words("Yes, he left (again)."), ElementsAre("Yes", ",", "he", "left", "(", "again", ")", "."));
}

TEST_F(TokenizerTest, SplitsContractionsAsMultiwordTokens) {
  const auto sentences = Split("They don't know Anna's plan; he cannot.");
  EXPECT_THAT(Words("They don't know Anna's plan; he cannot."),
              ElementsAre("They", "do", "n't", "know", "Anna", "'s", "plan", ";", "he", "can", "not", "."));
  ASSERT_EQ(sentences.front().multiword.size(), 3u);
  EXPECT_EQ(sentences.front().multiword[0].form, "don't");
  EXPECT_EQ(sentences.front().multiword[0].begin, 1u);
  EXPECT_EQ(sentences.front().multiword[0].end, 3u);
}

TEST_F(TokenizerTest, TakesCurlyApostrophesLikeStraightOnes) {
  EXPECT_THAT(Words("He didn’t take Anna’s."), ElementsAre("He", "did", "n’t", "take", "Anna", "’s", "."));
  EXPECT_THAT(Words("It shouldn't've gone."), ElementsAre("It", "should", "n't", "'ve", "gone", "."));
}

TEST_F(TokenizerTest, TellsPossessiveFromClosingQuote) {
  EXPECT_THAT(Words("the miners' strike"), ElementsAre("the", "miners", "'", "strike"));
  EXPECT_EQ(Split("the miners' strike").front().multiword.size(), 1u);
  EXPECT_THAT(Words("the so-called 'rebels' fled"),
              ElementsAre("the", "so", "-", "called", "'", "rebels", "'", "fled"));
  EXPECT_TRUE(Split("the so-called 'rebels' fled").front().multiword.empty());
}

TEST_F(TokenizerTest, SplitsHyphensButKeepsPrefixes) {
  EXPECT_THAT(Words("Abdul al-Hakim's non-stop five-day tour"),
              ElementsAre("Abdul", "al", "-", "Hakim", "'s", "non-stop", "five", "-", "day", "tour"));
  EXPECT_THAT(Words("a U.S.-led force"), ElementsAre("a", "U.S.", "-", "led", "force"));
}

TEST_F(TokenizerTest, KeepsAbbreviationsAndInitials) {
  EXPECT_THAT(Words("Gen. R. J. Okoro of Delta Corp. met Dr. Lind at 5 p.m. on Jan. 7."),
              ElementsAre("Gen.", "R.", "J.", "Okoro", "of", "Delta", "Corp.", "met", "Dr.", "Lind", "at",
                          "5", "p.m.", "on", "Jan.", "7", "."));
}

TEST_F(TokenizerTest, KeepsNumbersDatesAndTimes) {
  EXPECT_THAT(Words("It cost $3,500.25 (about 12%) at 7:30pm on 11/28/2019."),
              ElementsAre("It", "cost", "$", "3,500.25", "(", "about", "12", "%", ")", "at", "7:30", "pm",
                          "on", "11/28/2019", "."));
  EXPECT_THAT(Words("Call 555-123-4567, 1990-1995, 5kg, 3rd, 1980s."),
              ElementsAre("Call", "555-123-4567", ",", "1990", "-", "1995", ",", "5", "kg", ",", "3rd", ",",
                          "1980s", "."));
  EXPECT_THAT(Words("US$40m and €5bn"), ElementsAre("US$", "40", "m", "and", "€", "5", "bn"));
}

TEST_F(TokenizerTest, KeepsAddresses) {
  EXPECT_THAT(Words("See https://example.org/a?b=1, www.example.com or mail j.doe@example.net."),
              ElementsAre("See", "https://example.org/a?b=1", ",", "www.example.com", "or", "mail",
                          "j.doe@example.net", "."));
  EXPECT_THAT(Words("He went home.Then he slept"),
              ElementsAre("He", "went", "home", ".", "Then", "he", "slept"));
}

TEST_F(TokenizerTest, SplitsDashesSlashesAndEllipses) {
  EXPECT_THAT(
      Words("war—and peace–or both... and/or none…"),
      ElementsAre("war", "—", "and", "peace", "–", "or", "both", "...", "and", "/", "or", "none", "…"));
  EXPECT_THAT(Words("Stop -- now!!!"), ElementsAre("Stop", "--", "now", "!!!"));
}

TEST_F(TokenizerTest, KeepsNamesWithApostrophesAndAmpersands) {
  EXPECT_THAT(Words("O'Brien of AT&T"), ElementsAre("O'Brien", "of", "AT&T"));
}

TEST_F(TokenizerTest, KeepsTagsEmoticonsAndEmoji) {
  EXPECT_THAT(Words("@mayor #StormWatch :) \U0001F600 #1"),
              ElementsAre("@mayor", "#StormWatch", ":)", "\U0001F600", "#", "1"));
}

TEST_F(TokenizerTest, SplitsSentencesOfNews) {
  EXPECT_THAT(Sentences("The minister left on Monday. Gen. Okoro stayed until Jan. 7. \"We will wait,\" he "
                        "said. \"Nobody knows.\" "
                        "The U.S. Senate met at 5 p.m. It voted."),
              ElementsAre("The minister left on Monday.", "Gen. Okoro stayed until Jan. 7.",
                          "\"We will wait,\" he said.", "\"Nobody knows.\"", "The U.S. Senate met at 5 p.m.",
                          "It voted."));
}

TEST_F(TokenizerTest, SplitsSentencesByRulesWithoutAModel) {
  EXPECT_THAT(Sentences("The minister left on Monday. Gen. Okoro stayed until Jan. 7. He slept! \"Nobody "
                        "knows.\" It voted.",
                        rules_),
              ElementsAre("The minister left on Monday.", "Gen. Okoro stayed until Jan. 7.", "He slept!",
                          "\"Nobody knows.\"", "It voted."));
}

TEST_F(TokenizerTest, NeverCrossesABlock) {
  const std::string text = "Minister resigns\n\nShe left";
  const auto sentences =
      tokenizer_->Split(text, {{{0, 16}, BlockKind::kHeadline}, {{18, 26}, BlockKind::kParagraph}});
  ASSERT_EQ(sentences.size(), 2u);
  EXPECT_TRUE(sentences[0].is_headline);
  EXPECT_FALSE(sentences[1].is_headline);
  EXPECT_EQ(sentences[1].block, 1u);
}

TEST_F(TokenizerTest, MarksSpaces) {
  const auto sentences = Split("It 's (not) so.");
  std::string pattern;
  for (const Token& token : sentences.front().tokens) pattern += token.space_after ? '1' : '0';
  EXPECT_EQ(pattern, "1100101");
}

TEST_F(TokenizerTest, CutsOverlongSentencesAtMarks) {
  std::string text;
  for (int i = 0; i < 1500; ++i) text += i % 50 == 49 ? "word; " : "word ";
  const auto sentences = Split(text);
  CheckSpans(text, sentences);
  ASSERT_GE(sentences.size(), 4u);
  EXPECT_EQ(sentences.front().tokens.back().form, ";");
}

TEST_F(TokenizerTest, EmptyAndBlankTextHaveNoSentences) {
  EXPECT_TRUE(Split("").empty());
  EXPECT_TRUE(Split(" \t\n ").empty());
  EXPECT_TRUE(Split(std::string(3, '\0')).empty());
  EXPECT_TRUE(tokenizer_->Split("abc", {}).empty());
  EXPECT_TRUE(
      tokenizer_->Split("abc", {{{2, 90}, BlockKind::kParagraph}}).empty());  // a block beyond the text
}

TEST_F(TokenizerTest, SpansSpellTheTextForAnyBytes) {
  uint64_t state = 88172645463325252ull;
  const std::string pieces[] = {"don't",
                                "U.S.",
                                "\xE2\x80\x99",
                                "\xE2\x80\x8F",
                                "\xFF",
                                "\xF0\x9F\x98\x80",
                                "$",
                                "...",
                                "\n",
                                " ",
                                "www.",
                                "a@b",
                                "'s",
                                "-",
                                "1,000",
                                "\xC3",
                                "(",
                                "\"",
                                "Mr.",
                                "\x00x"};
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      if (state % 3 == 0) {
        text += static_cast<char>(state >> 16);
      } else {
        text += pieces[(state >> 8) % std::size(pieces)];
      }
    }
    CheckSpans(text, Split(text));
    CheckSpans(text, Split(text, rules_));
  }
}

TEST_F(TokenizerTest, HugeLinesCostLinearTime) {
  const std::string units[] = {"x", "a ",           "a.",     "'",    "1,", "www.", "-",  "a-",
                               "(", "\xE2\x80\x99", "don't ", "non-", "a@", "\"",   ".)", "A. "};
  for (const std::string& unit : units) {
    std::string text;
    while (text.size() < (size_t{1} << 17)) text += unit;
    const auto start = std::chrono::steady_clock::now();
    CheckSpans(text, Split(text));
    const auto taken = std::chrono::steady_clock::now() - start;
    EXPECT_LT(std::chrono::duration<double>(taken).count(), 10.0)
        << unit;  // quadratic time would take minutes
  }
}

TEST_F(TokenizerTest, DamagedModelIsRefused) {
  const std::string dir = ::testing::TempDir();
  const std::string path = dir + "/sentences.model";
  FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  std::fputs("WWSENT broken", file);
  std::fclose(file);
  const auto loaded = Tokenizer::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data", dir);
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().code, ErrorCode::kCorruption);
  EXPECT_THAT(loaded.error().message, ::testing::HasSubstr("sentences.model"));
  std::remove(path.c_str());
}

}  // namespace
}  // namespace whowhom::extract
