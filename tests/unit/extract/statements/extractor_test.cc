#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "support/golden_case.h"
#include "whowhom/extract/statements.h"

namespace whowhom::extract {
namespace {

const StatementExtractor& Shared() {
  static const auto extractor =
      StatementExtractor::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data", "", nullptr, nullptr);
  return **extractor;
}

AnalyzedArticle ArticleOf(const std::string& conllu) {
  AnalyzedArticle article;
  article.sentences = whowhom::testing::SentencesFromConllu(conllu, &article.article.text);
  return article;
}

// A sentence of `count` tokens whose heads and labels follow a fixed pseudo-random sequence: broken in every
// way.
AnalyzedArticle Scrambled(uint32_t seed, int count) {
  AnalyzedArticle article;
  Sentence sentence;
  auto next = [&seed] { return seed = seed * 1664525u + 1013904223u, seed >> 8; };
  static constexpr const char* kWords[] = {"said",   "Iran", "to",     "of",  "\"",  "accuse",
                                           "attack", "-",    "backed", "not", "who", "."};
  for (int i = 0; i < count; ++i) {
    Token token;
    token.form = kWords[next() % std::size(kWords)];
    token.lemma = token.form;
    token.upos = static_cast<Upos>(next() % 17);
    token.deprel = static_cast<Deprel>(next() % (static_cast<uint32_t>(Deprel::kXcomp) + 1));
    token.head = static_cast<int32_t>(next() % (count + 4)) - 2;
    whowhom::testing::AppendToken(&sentence, &article.article.text, std::move(token));
  }
  article.sentences.push_back(std::move(sentence));
  return article;
}

TEST(StatementExtractor, GivesNothingForNothing) {
  EXPECT_TRUE(Shared().Extract({}, {}, {}, nullptr).empty());
  AnalyzedArticle empty_sentence;
  empty_sentence.sentences.emplace_back();
  EXPECT_TRUE(Shared().Extract(empty_sentence, {}, {}, nullptr).empty());
}

TEST(StatementExtractor, SurvivesBrokenTrees) {
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    const AnalyzedArticle article = Scrambled(seed, 1 + static_cast<int>(seed % 60));
    for (const Statement& statement : Shared().Extract(article, {}, {}, nullptr)) {
      ASSERT_FALSE(statement.predicate.spans.empty()) << "seed " << seed;
      for (const ByteSpan& span : statement.predicate.spans) ASSERT_LE(span.end, article.article.text.size());
    }
    Shared().SurfaceTriples(article.sentences.front());
  }
}

TEST(StatementExtractor, SurvivesSentencesOfFourHundredTokensInOneChain) {
  AnalyzedArticle article;
  Sentence sentence;
  for (int i = 0; i < 400; ++i) {
    Token token;
    token.form = i % 2 ? "said" : "he";
    token.lemma = i % 2 ? "say" : "he";
    token.upos = i % 2 ? Upos::kVerb : Upos::kPron;
    token.deprel = i % 2 ? Deprel::kCcomp : Deprel::kNsubj;
    token.head = i % 2 ? i - 2 : i + 1;
    whowhom::testing::AppendToken(&sentence, &article.article.text, std::move(token));
  }
  article.sentences.push_back(std::move(sentence));
  EXPECT_FALSE(Shared().Extract(article, {}, {}, nullptr).empty());
}

TEST(StatementExtractor, IsAPureFunction) {
  const AnalyzedArticle article = Scrambled(7, 50);
  const auto first = Shared().Extract(article, {}, {}, nullptr);
  const auto second = Shared().Extract(article, {}, {}, nullptr);
  ASSERT_EQ(first.size(), second.size());
  for (size_t k = 0; k < first.size(); ++k) EXPECT_EQ(first[k].id, second[k].id);
}

TEST(StatementExtractor, NamesOnlyRulesThatTheFileDescribes) {
  std::set<std::string> known;
  for (const RuleDescription& rule : Shared().rules()) known.insert(rule.id);
  const std::string root = std::string(WHOWHOM_SOURCE_DIR) + "/tests/golden";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() != ".case") continue;
    for (const auto& golden : whowhom::testing::LoadCases(entry.path().string())) {
      for (const Statement& statement : Shared().Extract(golden.article, {}, {}, nullptr)) {
        for (const std::string& rule : statement.rules)
          EXPECT_TRUE(known.contains(rule)) << rule << " in " << golden.name;
      }
    }
  }
}

TEST(StatementExtractor, TraceSaysWhatWasDroppedAndWhy) {
  // "Stop the war ." has no subject.
  const AnalyzedArticle article =
      ArticleOf("Stop stop VERB 0 root\nthe the DET 3 det\nwar war NOUN 1 obj\n. . PUNCT 1 punct\n");
  ExtractionTrace trace;
  EXPECT_TRUE(Shared().Extract(article, {}, {}, &trace).empty());
  ASSERT_EQ(trace.steps.size(), 1u);
  EXPECT_TRUE(trace.steps.front().dropped);
  EXPECT_NE(trace.steps.front().detail.find("no subject"), std::string::npos);
}

TEST(StatementExtractor, LeavesOutWhatIsBelowTheConfidenceAskedFor) {
  const AnalyzedArticle article = ArticleOf("Kenya Kenya PROPN 2 nsubj\nleft leave VERB 0 root\n");
  StatementOptions options;
  EXPECT_EQ(Shared().Extract(article, {}, options, nullptr).size(), 1u);
  options.min_confidence = 1.0;
  EXPECT_TRUE(Shared().Extract(article, {}, options, nullptr).empty());
}

std::string CountryOfObject(const std::string& conllu, const std::vector<EntityMention>& mentions = {}) {
  AnalyzedArticle article = ArticleOf(conllu);
  article.mentions = mentions;
  const std::vector<Statement> found = Shared().Extract(article, {}, {}, nullptr);
  return found.size() != 1 || !found[0].object ? "no object" : found[0].object->actor.country;
}

constexpr const char* kMayorSaw = "The the DET 2 det\nmayor mayor NOUN 3 nsubj\nsaw see VERB 0 root\n";

TEST(StatementExtractor, AThingIsOfTheCountryThatItsWordsName) {
  const std::string saw = kMayorSaw;
  EXPECT_EQ(CountryOfObject(saw + "Danish Danish ADJ 5 amod\nports port NOUN 3 obj\n"), "DNK");
  EXPECT_EQ(CountryOfObject(saw + "North North PROPN 5 compound\nKorean korean ADJ 6 amod\n"
                                  "ports port NOUN 3 obj\n"),
            "PRK");
  EXPECT_EQ(CountryOfObject(saw + "big big ADJ 5 amod\nports port NOUN 3 obj\n"), "");
  EXPECT_EQ(CountryOfObject(saw + "polish polish NOUN 3 obj\n"), "") << "no name without a capital";
}

TEST(StatementExtractor, AGroupIsOfTheCountryItIsIn) {
  EntityMention rebels;
  rebels.begin = 3;
  rebels.end = 4;
  rebels.head = 3;
  rebels.type = EntityType::kGroup;
  rebels.actor.name = "rebels";
  rebels.actor.type = EntityType::kGroup;
  EntityMention chad;
  chad.begin = 5;
  chad.end = 6;
  chad.head = 5;
  chad.kind = MentionKind::kName;
  chad.actor.name = "Chad";
  chad.actor.country = "TCD";
  const std::string text =
      std::string(kMayorSaw) + "rebels rebel NOUN 3 obj\nin in ADP 6 case\nChad Chad PROPN 4 nmod\n";
  EXPECT_EQ(CountryOfObject(text, {rebels, chad}), "TCD");
  rebels.actor.country = "SDN";
  EXPECT_EQ(CountryOfObject(text, {rebels, chad}), "SDN") << "its own country goes first";
}

TEST(StatementExtractor, AnActorKeepsItsOwnCountry) {
  EntityMention mention;
  mention.begin = 3;
  mention.end = 5;
  mention.head = 4;
  mention.actor.name = "Danish Union";
  mention.actor.country = "SWE";
  const std::string text = std::string(kMayorSaw) + "Danish Danish ADJ 5 amod\nUnion Union PROPN 3 obj\n";
  EXPECT_EQ(CountryOfObject(text, {mention}), "SWE");
  mention.actor.country.clear();
  EXPECT_EQ(CountryOfObject(text, {mention}), "") << "nobody is a Dane by a word of his name";
}

// One who "condemned the raid" and a second sentence of the verb whose object is a pronoun.
std::string HeadOfSecondObject(const std::string& second_verb) {
  const AnalyzedArticle article = ArticleOf(
      "He he PRON 2 nsubj\ncondemned condemn VERB 0 root Tense=Past|VerbForm=Fin\nthe the DET 4 det\n"
      "raid raid NOUN 2 obj\n\n"
      "They they PRON 2 nsubj\n" +
      second_verb + " VERB 0 root Tense=Past|VerbForm=Fin\nit it PRON 2 obj\n");
  const std::vector<Statement> statements = Shared().Extract(article, {}, {}, nullptr);
  return statements.size() == 2 && statements[1].object ? statements[1].object->head : "";
}

TEST(StatementExtractor, APronounBehindTheSameVerbIsTheSameThing) {
  EXPECT_EQ(HeadOfSecondObject("condemned condemn"), "raid");
  EXPECT_EQ(HeadOfSecondObject("praised praise"), "it");
}

TEST(StatementExtractor, AQuotationOfSeveralSentencesIsTheContentOfTheOneThatTellsIt) {
  const AnalyzedArticle article = ArticleOf(
      "\" \" PUNCT 4 punct\nThe the DET 3 det\ndays day NOUN 4 nsubj\nend end VERB 0 root\n. . PUNCT 4 "
      "punct\n\n"
      "We we PRON 2 nsubj\nresist resist VERB 6 ccomp\n, , PUNCT 6 punct\n\" \" PUNCT 6 punct\n"
      "Marek Marek PROPN 6 nsubj\nsaid say VERB 0 root\n. . PUNCT 6 punct\n\n"
      "Berg Berg PROPN 2 nsubj\nleft leave VERB 0 root\n. . PUNCT 2 punct\n");
  std::map<std::string, const Statement*> by_verb;
  const std::vector<Statement> statements = Shared().Extract(article, {}, {}, nullptr);
  for (const Statement& statement : statements) by_verb[statement.predicate.lemma] = &statement;
  ASSERT_TRUE(by_verb.contains("say") && by_verb.contains("end") && by_verb.contains("resist"));
  const std::vector<StatementId>& content = by_verb["say"]->content;
  EXPECT_EQ(content.size(), 2u);
  EXPECT_NE(std::find(content.begin(), content.end(), by_verb["end"]->id), content.end());
  EXPECT_EQ(std::find(content.begin(), content.end(), by_verb["leave"]->id), content.end());
}

TEST(StatementExtractor, SaysWhichFileIsMissing) {
  const auto result = StatementExtractor::Load("/nonexistent", "", nullptr, nullptr);
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("/nonexistent/statements/"), std::string::npos);
}

TEST(StatementExtractor, RefusesADamagedConfidenceModel) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "whowhom_confidence_test";
  std::filesystem::create_directories(folder);
  auto load_with = [&](const std::string& content) {
    std::ofstream(folder / "confidence.model") << content;
    return StatementExtractor::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data", folder.string(), nullptr,
                                    nullptr);
  };
  EXPECT_EQ(load_with("something else\n").error().code, ErrorCode::kCorruption);
  EXPECT_EQ(load_with("whowhom-confidence 1\nbias\n").error().code, ErrorCode::kCorruption);
  EXPECT_EQ(load_with("whowhom-confidence 2\nbias\t1\n").error().code, ErrorCode::kNewerVersion);
  EXPECT_TRUE(load_with("whowhom-confidence 1\nbias\t0.5\n").ok());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace whowhom::extract
