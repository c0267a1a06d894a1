// Several networks in one file: joined without loss, averaged, refused where they do not fit.
#include "neural/ensemble.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "neural/model_join.h"
#include "neural/tree_decoder.h"
#include "tiny_model.h"
#include "whowhom/core/hash.h"
#include "whowhom/extract/language_model.h"

namespace whowhom::extract::neural {
namespace {

std::unique_ptr<ModelFile> Map(const TemporaryFile& file) {
  auto mapped = ModelFile::Open(file.path(), FeatureFingerprint());
  EXPECT_TRUE(mapped.ok()) << mapped.error().message;
  return std::move(*mapped);
}

std::string Joined(const std::vector<std::string>& models) {
  std::vector<std::unique_ptr<ModelFile>> files;
  std::vector<const ModelFile*> pointers;
  for (const std::string& bytes : models) {
    TemporaryFile file(bytes);
    files.push_back(Map(file));
    pointers.push_back(files.back().get());
  }
  auto joined = JoinModels(pointers);
  EXPECT_TRUE(joined.ok()) << joined.error().message;
  return joined.ok() ? *joined : "";
}

std::vector<Sentence> Sentences(size_t count) {
  static const std::vector<std::string> words = {"armies", "Towns", "besieged", "three", "the", ".", "U.N."};
  std::mt19937 random(11);
  std::vector<Sentence> sentences(count);
  for (Sentence& sentence : sentences) {
    sentence.tokens.resize(1 + random() % 30);
    for (Token& token : sentence.tokens) token.form = words[random() % words.size()];
  }
  return sentences;
}

std::string Describe(const std::vector<Sentence>& sentences) {
  std::string text;
  for (const Sentence& sentence : sentences) {
    for (const Token& token : sentence.tokens) {
      text += std::string(ToString(token.upos)) + "/" + token.xpos + "/" + token.feats + "/" + token.lemma +
              "/" + std::to_string(token.head) + "/" + std::string(ToString(token.deprel)) + "/" +
              std::to_string(token.margin) + " ";
    }
    for (const NameSpan& name : sentence.names)
      text += std::to_string(name.begin) + "-" + std::to_string(name.end) + ":" +
              std::string(ToString(name.type)) + " ";
    text += "\n";
  }
  return text;
}

std::string Annotated(const std::string& model_bytes, std::vector<Sentence> sentences, size_t batch,
                      std::string_view kernels = "best") {
  TemporaryFile file(model_bytes);
  auto model = LanguageModel::Load(file.path(), kernels);
  EXPECT_TRUE(model.ok()) << model.error().message;
  if (!model.ok()) return "";
  std::span<Sentence> all(sentences);
  for (size_t at = 0; at < all.size(); at += batch)
    (*model)->Annotate(all.subspan(at, std::min(batch, all.size() - at)));
  return Describe(sentences);
}

TEST(JoinModels, TwoEqualNetworksAnswerAsOne) {
  std::string one = TinyModelBuilder(4).Finish();
  EXPECT_EQ(Annotated(Joined({one, one}), Sentences(60), 60), Annotated(one, Sentences(60), 60));
}

TEST(JoinModels, StoresOnceWhatIsTheSame) {
  std::string one = TinyModelBuilder(4).Finish();
  TemporaryFile file(Joined({one, one}));
  EXPECT_EQ(Map(file)->networks(), 1U) << "nothing differs: nothing is left of the second";
  std::string other = TinyModelBuilder(5).Finish();
  TemporaryFile two(Joined({one, other}));
  auto mapped = Map(two);
  EXPECT_EQ(mapped->networks(), 2U);
  int keys = 0;
  for (const Tensor& tensor : mapped->tensors()) keys += tensor.name == "word.keys" ? 1 : 0;
  EXPECT_EQ(keys, 1);
}

TEST(JoinModels, RefusesDifferentLabelsAndJoinedFiles) {
  TemporaryFile first(TinyModelBuilder(1).Finish());
  TemporaryFile other(TinyModelBuilder(2, "NOUN\nADJ\nPUNCT\n").Finish());
  auto a = Map(first);
  auto b = Map(other);
  std::vector<const ModelFile*> differ{a.get(), b.get()};
  auto joined = JoinModels(differ);
  ASSERT_FALSE(joined.ok());
  EXPECT_NE(joined.error().message.find("labels.upos"), std::string::npos);
  EXPECT_FALSE(JoinModels(std::span(differ).subspan(0, 1)).ok());
  TemporaryFile both(Joined({TinyModelBuilder(1).Finish(), TinyModelBuilder(2).Finish()}));
  auto c = Map(both);
  std::vector<const ModelFile*> nested{a.get(), c.get()};
  EXPECT_FALSE(JoinModels(nested).ok());
}

TEST(Ensemble, AveragesTheScoresOfItsNetworks) {
  std::vector<std::string> models{TinyModelBuilder(1).Finish(), TinyModelBuilder(2).Finish(),
                                  TinyModelBuilder(3).Finish()};
  std::vector<std::string_view> forms = {"armies", "besieged", "towns", "."};
  std::vector<uint32_t> rows = {0, 1, 2, 3};
  std::vector<int32_t> heads = {1, -1, 1, 1};
  Layout layout = MakeLayout({4});
  std::vector<float> tags(12, 0), arcs(20, 0), labels(5, 0);
  for (const std::string& bytes : models) {
    TemporaryFile file(bytes);
    auto network = Network::Load(Map(file), BestKernels());
    ASSERT_TRUE(network.ok());
    Outputs outputs = (*network)->Run(layout, (*network)->FormInputs(forms), rows);
    std::vector<float> own = (*network)->ArcScoresOf(layout, outputs, 0);
    Matrix own_labels = (*network)->LabelScoresOf(layout, outputs, 0, heads);
    for (size_t i = 0; i < tags.size(); ++i) tags[i] += outputs.tags.Row(2)[i] / 3;
    for (size_t i = 0; i < arcs.size(); ++i) arcs[i] += own[i] / 3;
    for (size_t i = 0; i < labels.size(); ++i) labels[i] += own_labels.Row(2)[i] / 3;
  }
  TemporaryFile file(Joined(models));
  auto ensemble = Ensemble::Load(Map(file), BestKernels());
  ASSERT_TRUE(ensemble.ok()) << ensemble.error().message;
  std::vector<Outputs> outputs = (*ensemble)->Run(layout, (*ensemble)->FormInputs(forms), rows);
  std::vector<float> averaged = (*ensemble)->ArcScoresOf(layout, outputs, 0);
  Matrix averaged_labels = (*ensemble)->LabelScoresOf(layout, outputs, 0, heads);
  for (size_t i = 0; i < tags.size(); ++i) EXPECT_NEAR(outputs[0].tags.Row(2)[i], tags[i], 1e-5);
  for (size_t i = 0; i < arcs.size(); ++i) EXPECT_NEAR(averaged[i], arcs[i], 1e-5);
  for (size_t i = 0; i < labels.size(); ++i) EXPECT_NEAR(averaged_labels.Row(2)[i], labels[i], 1e-5);
}

TEST(Ensemble, DoesNotDependOnTheBatchOrOnFusedInstructionSets) {
  std::string joined = Joined({TinyModelBuilder(1).Finish(), TinyModelBuilder(2).Finish()});
  std::string expected = Annotated(joined, Sentences(90), 90);
  for (size_t batch : {1, 7, 48}) EXPECT_EQ(Annotated(joined, Sentences(90), batch), expected) << batch;
  if (KernelsFor(InstructionSet::kAvx512) != nullptr && KernelsFor(InstructionSet::kAvx2) != nullptr) {
    EXPECT_EQ(Annotated(joined, Sentences(90), 90, "avx2"), Annotated(joined, Sentences(90), 90, "avx512"));
  }
}

// Changes bytes of the directory and makes the checksum right again.
TEST(Ensemble, SurvivesForgedDirectories) {
  const std::string good = Joined({TinyModelBuilder(1).Finish(), TinyModelBuilder(2).Finish()});
  uint32_t tensors = 0;
  std::memcpy(&tensors, good.data() + 12, sizeof(tensors));
  TemporaryFile file(good);
  std::mt19937 random(6);
  int loaded = 0;
  for (int round = 0; round < 200; ++round) {
    std::string bytes = good;
    // Name, type, network number and shape; offsets and sizes are mostly refused at once.
    bytes[128 + random() % tensors * 64 + random() % 48] = static_cast<char>(random() % 10);
    Hash128 sum = HashBytes(std::string_view(bytes).substr(128));
    std::memcpy(bytes.data() + 56, &sum.high, sizeof(sum.high));
    std::memcpy(bytes.data() + 64, &sum.low, sizeof(sum.low));
    file.Write(bytes);
    auto model = LanguageModel::Load(file.path());
    if (!model.ok()) continue;
    ++loaded;
    std::vector<Sentence> sentences = Sentences(3);
    (*model)->Annotate(sentences);
    for (const Sentence& sentence : sentences) {
      std::vector<int32_t> heads;
      for (const Token& token : sentence.tokens) heads.push_back(token.head);
      EXPECT_TRUE(IsSingleRootTree(heads));
    }
  }
  EXPECT_GT(loaded, 10) << "the test should reach the networks";
}

}  // namespace
}  // namespace whowhom::extract::neural
