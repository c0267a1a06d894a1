// The language model on small random weights: always valid output, the same in any batch and on any thread.
#include "whowhom/extract/language_model.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "neural/network.h"
#include "neural/tree_decoder.h"
#include "tiny_model.h"
#include "whowhom/core/hash.h"

namespace whowhom::extract {
namespace {

Sentence Of(const std::vector<std::string>& forms) {
  Sentence sentence;
  for (const std::string& form : forms) {
    Token token;
    token.form = form;
    sentence.tokens.push_back(token);
  }
  return sentence;
}

std::vector<Sentence> RandomSentences(size_t count, size_t longest) {
  static const std::vector<std::string> words = {"armies", "Towns", "besieged", "three", "the",     ".",
                                                 ",",      "U.N.",  "Kofi",     "1999",  "\u2019s", ""};
  std::mt19937 random(3);
  std::vector<Sentence> sentences;
  for (size_t s = 0; s < count; ++s) {
    std::vector<std::string> forms;
    for (size_t n = random() % (longest + 1); n > 0; --n) forms.push_back(words[random() % words.size()]);
    sentences.push_back(Of(forms));
  }
  return sentences;
}

std::string Describe(const Sentence& sentence) {
  std::string text;
  for (const Token& token : sentence.tokens) {
    text += token.form + "/" + std::string(ToString(token.upos)) + "/" + token.xpos + "/" + token.feats +
            "/" + token.lemma + "/" + std::to_string(token.head) + "/" + std::string(ToString(token.deprel)) +
            "/" + std::to_string(token.margin) + " ";
  }
  for (const NameSpan& name : sentence.names)
    text += std::to_string(name.begin) + "-" + std::to_string(name.end) + ":" +
            std::string(ToString(name.type)) + " ";
  return text;
}

void ExpectValid(const Sentence& sentence) {
  std::vector<int32_t> heads;
  for (const Token& token : sentence.tokens) {
    heads.push_back(token.head);
    EXPECT_EQ(token.head < 0, token.deprel == Deprel::kRoot);
    EXPECT_FALSE(token.xpos.empty());
  }
  EXPECT_TRUE(heads.empty() || neural::IsSingleRootTree(heads));
  uint32_t end = 0;
  for (const NameSpan& name : sentence.names) {
    EXPECT_GE(name.begin, end);
    EXPECT_LT(name.begin, name.end);
    end = name.end;
  }
  EXPECT_LE(end, sentence.tokens.size());
}

class LanguageModelTest : public ::testing::Test {
 protected:
  LanguageModelTest() : file_(Bytes()) {
    auto model = LanguageModel::Load(file_.path());
    EXPECT_TRUE(model.ok()) << model.error().message;
    if (model.ok()) model_ = std::move(*model);
  }
  static const std::string& Bytes() {
    static const std::string bytes = neural::TinyModelBuilder().Finish();
    return bytes;
  }
  neural::TemporaryFile file_;
  std::unique_ptr<LanguageModel> model_;
};

TEST_F(LanguageModelTest, GivesValidTreesAndNames) {
  std::vector<Sentence> sentences = RandomSentences(120, 40);
  model_->Annotate(sentences);
  for (const Sentence& sentence : sentences) ExpectValid(sentence);
}

TEST_F(LanguageModelTest, DoesNotDependOnTheBatch) {
  std::vector<Sentence> together = RandomSentences(130, 60);
  std::vector<Sentence> alone = together;
  std::vector<Sentence> reversed(together.rbegin(), together.rend());
  model_->Annotate(together);
  for (Sentence& sentence : alone) model_->Annotate({&sentence, 1});
  model_->Annotate(reversed);
  for (size_t s = 0; s < together.size(); ++s) {
    EXPECT_EQ(Describe(together[s]), Describe(alone[s])) << s;
    EXPECT_EQ(Describe(together[s]), Describe(reversed[together.size() - 1 - s])) << s;
  }
}

TEST_F(LanguageModelTest, DoesNotDependOnThreadsOrOnWhatStoodThere) {
  std::vector<Sentence> first = RandomSentences(40, 30);
  model_->Annotate(first);
  std::vector<Sentence> second = first;  // annotated already
  std::vector<Sentence> third = RandomSentences(40, 30);
  std::thread other([&] { model_->Annotate(second); });
  model_->Annotate(third);
  other.join();
  for (size_t s = 0; s < first.size(); ++s) {
    EXPECT_EQ(Describe(first[s]), Describe(second[s]));
    EXPECT_EQ(Describe(first[s]), Describe(third[s]));
  }
}

TEST_F(LanguageModelTest, TakesNothingOneWordAndFarTooMuch) {
  model_->Annotate({});
  std::vector<Sentence> sentences = {Of({}), Of({"Towns"}), Of(std::vector<std::string>(900, "armies")),
                                     Of({std::string(100000, 'a')})};
  model_->Annotate(sentences);
  for (const Sentence& sentence : sentences) ExpectValid(sentence);
  EXPECT_EQ(sentences[1].tokens[0].head, -1);
}

TEST_F(LanguageModelTest, RefusesKernelsThatDoNotExist) {
  auto model = LanguageModel::Load(file_.path(), "abacus");
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kUnsupported);
  EXPECT_TRUE(LanguageModel::Load(file_.path(), "generic").ok());
}

TEST_F(LanguageModelTest, NamesItselfAfterFileAndContent) {
  EXPECT_EQ(model_->version().find("whowhom_model_"), 0U);
  EXPECT_GT(model_->version().size(), 17U);
}

TEST_F(LanguageModelTest, RefusesADamagedModel) {
  std::string bytes = Bytes();
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  file_.Write(bytes);
  auto damaged = LanguageModel::Load(file_.path());
  ASSERT_FALSE(damaged.ok());
  EXPECT_EQ(damaged.error().code, ErrorCode::kCorruption);
}

// Changes bytes behind the header and makes the checksum right again: what a hostile file could look like.
std::string Forged(std::string bytes, std::mt19937* random, size_t begin, size_t end) {
  constexpr size_t kHeader = 128;
  constexpr size_t kChecksumAt = 56;
  for (int changes = 1 + static_cast<int>((*random)() % 4); changes > 0; --changes) {
    bytes[begin + (*random)() % (end - begin)] = static_cast<char>((*random)());
  }
  Hash128 sum = HashBytes(std::string_view(bytes).substr(kHeader));
  std::memcpy(bytes.data() + kChecksumAt, &sum.high, sizeof(sum.high));
  std::memcpy(bytes.data() + kChecksumAt + 8, &sum.low, sizeof(sum.low));
  return bytes;
}

TEST_F(LanguageModelTest, SurvivesForgedDirectoriesAndWeights) {
  constexpr size_t kDirectoryEnd = 128 + 50 * 64;
  std::mt19937 random(5);
  int loaded = 0;
  for (int round = 0; round < 120; ++round) {
    bool in_directory = round % 2 == 0;
    file_.Write(Forged(Bytes(), &random, in_directory ? 128 : kDirectoryEnd,
                       in_directory ? kDirectoryEnd : Bytes().size()));
    auto model = LanguageModel::Load(file_.path());
    if (!model.ok()) continue;
    ++loaded;
    std::vector<Sentence> sentences = RandomSentences(3, 12);
    (*model)->Annotate(sentences);
    for (const Sentence& sentence : sentences) ExpectValid(sentence);
  }
  EXPECT_GT(loaded, 10) << "the test should reach the network";
}

TEST_F(LanguageModelTest, TakesTheLemmaOfAKnownFormFromTheLexicon) {
  auto mapped = neural::ModelFile::Open(file_.path(), neural::FeatureFingerprint());
  ASSERT_TRUE(mapped.ok());
  auto network = neural::Network::Load(std::move(*mapped), neural::BestKernels());
  ASSERT_TRUE(network.ok());
  EXPECT_EQ((*network)->KnownScript("besieged", "NN"), 2U);
  EXPECT_EQ((*network)->KnownScript("besieged", "VBD"), 3U) << "not seen: the number of scripts";
}

TEST(LanguageModel, RefusesAModelWithoutItsTensors) {
  neural::ModelFileWriter writer;
  writer.AddBytes("labels.upos", "NOUN\n");
  neural::TemporaryFile file(writer.Finish(neural::FeatureFingerprint(), {}));
  auto model = LanguageModel::Load(file.path());
  ASSERT_FALSE(model.ok());
  EXPECT_NE(model.error().message.find("labels.xpos"), std::string::npos);
}

// Scores with each instruction set from the same weights.
TEST(Network, AgreesAcrossInstructionSets) {
  neural::TemporaryFile file(neural::TinyModelBuilder().Finish());
  std::vector<std::vector<float>> arcs;
  std::vector<std::string> names;
  for (neural::InstructionSet set :
       {neural::InstructionSet::kGeneric, neural::InstructionSet::kAvx2, neural::InstructionSet::kAvx512}) {
    const neural::Kernels* kernels = neural::KernelsFor(set);
    if (kernels == nullptr) continue;
    auto mapped = neural::ModelFile::Open(file.path(), neural::FeatureFingerprint());
    ASSERT_TRUE(mapped.ok());
    auto network = neural::Network::Load(std::move(*mapped), *kernels);
    ASSERT_TRUE(network.ok());
    std::vector<std::string_view> forms = {"armies", "besieged", "towns", "."};
    std::vector<uint32_t> rows = {0, 1, 2, 3};
    neural::Layout layout = neural::MakeLayout({4});
    neural::Outputs outputs = (*network)->Run(layout, (*network)->FormInputs(forms), rows);
    arcs.push_back((*network)->ArcScoresOf(layout, outputs, 0));
    names.push_back(kernels->name);
  }
  for (size_t k = 1; k < arcs.size(); ++k) {
    for (size_t i = 0; i < arcs[0].size(); ++i) EXPECT_NEAR(arcs[k][i], arcs[0][i], 1e-4) << names[k];
  }
  if (arcs.size() == 3) {
    EXPECT_EQ(arcs[1], arcs[2]);
  }
}

TEST(MakeLayout, PutsThePositionsOfAllSentencesTogether) {
  neural::Layout layout = neural::MakeLayout({3, 2, 0});
  EXPECT_EQ(layout.total, 5U);
  EXPECT_EQ(layout.active, (std::vector<uint32_t>{2, 2, 1}));
  EXPECT_EQ(layout.RowOf(1, 1), 3U);
  EXPECT_EQ(layout.RowOf(0, 2), 4U);
}

// The shipped models, where they are there.
TEST(ShippedModel, ParsesASentenceOfNews) {
  for (const char* name : {"fast", "accurate"}) {
    std::string path = std::string(WHOWHOM_SOURCE_DIR) + "/models/" + name + ".model";
    if (!std::filesystem::exists(path)) continue;
    auto model = LanguageModel::Load(path);
    ASSERT_TRUE(model.ok()) << model.error().message;
    std::vector<Sentence> sentences = {
        Of({"Angela", "Merkel", "met", "French", "ministers", "in", "Berlin", "."})};
    (*model)->Annotate(sentences);
    const Sentence& s = sentences[0];
    ExpectValid(s);
    EXPECT_EQ(s.tokens[2].upos, Upos::kVerb);
    EXPECT_EQ(s.tokens[2].lemma, "meet");
    EXPECT_EQ(s.tokens[2].head, -1);
    EXPECT_EQ(s.tokens[0].deprel, Deprel::kNsubj);
    EXPECT_EQ(s.tokens[4].deprel, Deprel::kObj);
    ASSERT_EQ(s.names.size(), 2U);
    EXPECT_EQ(s.names[0], (NameSpan{0, 2, NameType::kPerson}));
    EXPECT_EQ(s.names[1], (NameSpan{6, 7, NameType::kGpe}));
  }
}

}  // namespace
}  // namespace whowhom::extract
