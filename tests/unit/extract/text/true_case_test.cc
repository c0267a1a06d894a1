#include "text/true_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <unordered_set>
#include <vector>

namespace whowhom::extract::text {
namespace {

class FewWords : public Lemmatizer {
 public:
  void Correct(Sentence*) const override {}
  bool IsCommonWord(const std::string& form) const override { return words_.contains(form); }

 private:
  std::unordered_set<std::string> words_{"meets", "miners", "stone", "after"};
};

class OneState : public NameFinder {
 public:
  void Annotate(Sentence*) const override {}
  void Agree(std::span<Sentence>) const override {}
  uint32_t PlaceEnd(const Sentence& sentence, uint32_t at) const override {
    const bool here = at + 1 < sentence.tokens.size() && sentence.tokens[at].form == "Stone" &&
                      sentence.tokens[at + 1].form == "Isles";
    return here ? at + 2 : 0;
  }
};

Sentence Of(const std::string& words) {
  Sentence sentence;
  std::istringstream in(words);
  for (std::string word; in >> word;) sentence.tokens.emplace_back().form = word;
  return sentence;
}

std::string Text(const Sentence& sentence) {
  std::string text;
  for (const Token& token : sentence.tokens) text += (text.empty() ? "" : " ") + token.form;
  return text;
}

std::string Seen(const std::vector<std::string>& article) {
  std::vector<Sentence> sentences;
  for (const std::string& words : article) sentences.push_back(Of(words));
  const TrueCased headlines = TrueCasedHeadlines(FewWords(), OneState(), sentences);
  EXPECT_EQ(Text(sentences[0]), article[0]) << "the article is not touched";
  return headlines.at.empty() ? "none" : Text(headlines.sentences[0]);
}

TEST(TrueCasedHeadlines, WritesCommonWordsOfHeadlinesSmall) {
  EXPECT_EQ(Seen({"Orvell Meets Miners of UNTR After Strike"}), "Orvell meets miners of UNTR after Strike");
}

TEST(TrueCasedHeadlines, TheArticleKnowsBetterThanTheTable) {
  EXPECT_EQ(Seen({"Orvell Meets Stone After Strike", "Then Ada Stone spoke .", "The strike went on ."}),
            "Orvell meets Stone after strike");
}

TEST(TrueCasedHeadlines, StatesKeepTheirCapitals) {
  EXPECT_EQ(Seen({"Orvell Meets Stone Isles After Strike"}), "Orvell meets Stone Isles after Strike");
}

TEST(TakeTrees, TakesAllButTheFormAndTheNames) {
  std::vector<Sentence> article{Of("Stay ."), Of("Orvell Meets")};
  article[1].names = {{0, 1, NameType::kOrg}};
  TrueCased headlines{{1}, {Of("Orvell meets")}};
  headlines.sentences[0].tokens[1].upos = Upos::kVerb;
  headlines.sentences[0].tokens[1].lemma = "meet";
  headlines.sentences[0].tokens[0].head = 1;
  TakeTrees(headlines, article);
  EXPECT_EQ(Text(article[1]), "Orvell Meets");
  EXPECT_EQ(article[1].tokens[1].upos, Upos::kVerb);
  EXPECT_EQ(article[1].tokens[1].lemma, "meet");
  EXPECT_EQ(article[1].tokens[0].head, 1);
  EXPECT_EQ(article[1].names.size(), 1U);
}

TEST(TakeTrees, WantsAVerbAmongTheSmallWords) {
  std::vector<Sentence> article{Of("Orvell Daily Miners Service")};
  TrueCased headlines{{0}, {Of("Orvell Daily miners Service")}};
  headlines.sentences[0].tokens[2].upos = Upos::kNoun;
  TakeTrees(headlines, article);
  EXPECT_EQ(article[0].tokens[2].upos, Upos::kX);
}

TEST(TrueCasedHeadlines, LeavesSentencesAndShortLinesAlone) {
  for (const char* text :
       {"Orvell Meets Miners of UNTR After Strike .", "Orvell Meets Miners",
        "Orvell meets miners after a long strike", "ORVELL MEETS MINERS AFTER STRIKE", ""}) {
    EXPECT_EQ(Seen({text}), "none") << text;
  }
}

}  // namespace
}  // namespace whowhom::extract::text
