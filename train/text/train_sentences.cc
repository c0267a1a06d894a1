// Trains models/sentences.model: a logistic model of where sentences end, on the raw text of treebanks.
//
//   train_sentences DATA_DIR OUT.model TRAIN.conllu... -- DEV.conllu...
//
// The features are those of the runtime (extract/src/text/sentence_model.h). AdaGrad, fixed order and seed:
// the same files give the same model. Prints token and sentence F1 on each dev file.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <set>

#include "text/lexicon.h"
#include "text/scanner.h"
#include "text/sentence_model.h"
#include "whowhom/core/tsv.h"
#include "whowhom/extract/conllu.h"

using namespace whowhom;
using namespace whowhom::extract;

namespace {

constexpr size_t kWeights = size_t{1} << text::kSentenceFeatureBits;

struct Example {
  std::vector<uint32_t> features;
  bool ends = false;
};

struct Corpus {
  std::string path;
  std::vector<ConlluDocument> documents;
};

Result<Corpus> LoadCorpus(const std::string& path) {
  WHOWHOM_TRY(const std::string bytes, ReadFile(path));
  Corpus corpus{path, {}};
  WHOWHOM_TRY(corpus.documents, ReadConllu(bytes, path, {}));
  return corpus;
}

// The gaps of a corpus that are candidates, with whether a gold sentence ends there.
void AddExamples(const Corpus& corpus, const text::Lexicon& lexicon, std::vector<Example>* examples) {
  for (const ConlluDocument& document : corpus.documents) {
    std::set<uint32_t> ends;
    for (const Sentence& sentence : document.sentences) ends.insert(sentence.span.end);
    for (const Block& block : document.blocks) {
      std::vector<text::SurfaceToken> tokens;
      text::ScanTokens(document.text, block.span.begin, block.span.end, lexicon, &tokens);
      const text::GapReader reader(document.text, tokens);
      for (size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (!reader.IsCandidate(i)) continue;
        text::GapFeatures features;
        reader.Read(i, &features);
        examples->push_back(
            {{features.index, features.index + features.count}, ends.contains(tokens[i].end)});
      }
    }
  }
}

struct Trained {
  std::vector<float> weights = std::vector<float>(kWeights, 0.0f);
  float bias = 0;
};

// Logistic regression by AdaGrad with L2; the average of the last half of the epochs.
Trained Train(const std::vector<Example>& examples, int epochs, float rate, float l2) {
  Trained model, average;
  std::vector<float> squares(kWeights, 1e-3f);
  std::vector<uint32_t> order(examples.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  uint64_t state = 20240607;
  int averaged = 0;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (size_t i = order.size(); i > 1; --i) {
      state = state * 6364136223846793005ull + 1442695040888963407ull;
      std::swap(order[i - 1], order[(state >> 33) % i]);
    }
    for (const uint32_t index : order) {
      const Example& example = examples[index];
      float sum = 0;
      for (const uint32_t f : example.features) sum += model.weights[f];
      const float gradient = 1.0f / (1.0f + std::exp(-sum)) - (example.ends ? 1.0f : 0.0f);
      if (std::fabs(gradient) < 1e-4f) continue;
      for (const uint32_t f : example.features) {
        const float g = gradient + l2 * model.weights[f];
        squares[f] += g * g;
        model.weights[f] -= rate * g / std::sqrt(squares[f]);
      }
    }
    if (epoch * 2 >= epochs) {
      for (size_t f = 0; f < kWeights; ++f) average.weights[f] += model.weights[f];
      ++averaged;
    }
  }
  for (float& weight : average.weights) weight /= static_cast<float>(std::max(1, averaged));
  return average;
}

text::SentenceModel Quantize(const Trained& trained) {
  float largest = 1e-6f;
  for (const float weight : trained.weights) largest = std::max(largest, std::fabs(weight));
  const float scale = largest / 127.0f;
  std::vector<int8_t> weights(kWeights);
  for (size_t f = 0; f < kWeights; ++f)
    weights[f] = static_cast<int8_t>(std::lround(trained.weights[f] / scale));
  return text::SentenceModel::FromWeights(std::move(weights), scale, trained.bias);
}

struct F1 {
  size_t right = 0, gold = 0, system = 0;
  double value() const {
    return 200.0 * static_cast<double>(right) / static_cast<double>(std::max<size_t>(1, gold + system));
  }
};

// Spans of surface tokens of gold sentences.
std::set<std::pair<uint32_t, uint32_t>> GoldTokens(const ConlluDocument& document) {
  std::set<std::pair<uint32_t, uint32_t>> spans;
  for (const Sentence& sentence : document.sentences) {
    size_t range = 0;
    for (uint32_t i = 0; i < sentence.tokens.size(); ++i) {
      if (range < sentence.multiword.size() && sentence.multiword[range].begin == i) {
        const MultiwordToken& multiword = sentence.multiword[range++];
        spans.insert({sentence.tokens[i].span.begin, sentence.tokens[multiword.end - 1].span.end});
        i = multiword.end - 1;
      } else {
        spans.insert({sentence.tokens[i].span.begin, sentence.tokens[i].span.end});
      }
    }
  }
  return spans;
}

void Evaluate(const Corpus& corpus, const text::Lexicon& lexicon, const text::SentenceModel& model,
              bool show) {
  F1 token_score, sentence_score, rule_score;
  std::map<std::string, int> missed;
  size_t lost = 0;
  const text::SentenceModel rules;
  for (const ConlluDocument& document : corpus.documents) {
    const auto gold_tokens = GoldTokens(document);
    std::set<std::pair<uint32_t, uint32_t>> gold_sentences;
    std::set<uint32_t> ends;
    for (const Sentence& s : document.sentences)
      gold_sentences.insert({s.span.begin, s.span.end}), ends.insert(s.span.end);
    token_score.gold += gold_tokens.size();
    sentence_score.gold += gold_sentences.size();
    rule_score.gold += gold_sentences.size();
    for (const Block& block : document.blocks) {
      std::vector<text::SurfaceToken> tokens;
      text::ScanTokens(document.text, block.span.begin, block.span.end, lexicon, &tokens);
      const text::GapReader reader(document.text, tokens);
      for (const auto& token : tokens) {
        ++token_score.system;
        if (gold_tokens.contains({token.begin, token.end})) {
          ++token_score.right;
        } else if (show) {
          const uint32_t from = token.begin > 12 ? token.begin - 12 : 0;
          std::string key = document.text.substr(token.begin, token.end - token.begin) + "   in   " +
                            document.text.substr(from, 36);
          ++missed[key];
        }
      }
      for (const bool with_rules : {false, true}) {
        F1& score = with_rules ? rule_score : sentence_score;
        uint32_t start = tokens.empty() ? 0 : tokens[0].begin;
        for (size_t i = 0; i < tokens.size(); ++i) {
          const bool last = i + 1 == tokens.size();
          const double value =
              !last && reader.IsCandidate(i) ? (with_rules ? rules : model).Score(reader, i) : -1;
          const bool gold_end = ends.contains(tokens[i].end);
          if (!with_rules && !last && gold_end && !reader.IsCandidate(i)) ++lost;
          if (show && !with_rules && !last && (value > 0) != gold_end) {
            const uint32_t from = tokens[i].end > 40 ? tokens[i].end - 40 : 0;
            std::printf("%s %5.1f %s | %s\n", gold_end ? "MISS" : "FALSE", value,
                        document.text.substr(from, tokens[i].end - from).c_str(),
                        document.text.substr(tokens[i].end, 40).c_str());
          }
          if (!last && !(value > 0)) continue;
          ++score.system;
          score.right += gold_sentences.contains({start, tokens[i].end});
          if (!last) start = tokens[i + 1].begin;
        }
      }
    }
  }
  for (const auto& [key, count] : missed) std::printf("TOKEN %d %s\n", count, key.c_str());
  std::printf("%s\ttokens %.2f\tsentences %.2f\trules only %.2f\tgold ends that are no candidates %zu\n",
              corpus.path.c_str(), token_score.value(), sentence_score.value(), rule_score.value(), lost);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr,
                 "usage: train_sentences DATA_DIR OUT.model TRAIN.conllu... -- DEV.conllu... [--show]\n");
    return 2;
  }
  auto lexicon = text::Lexicon::Load(argv[1]);
  if (!lexicon.ok()) return std::fprintf(stderr, "%s\n", lexicon.error().message.c_str()), 2;
  std::vector<Example> examples;
  std::vector<Corpus> dev;
  bool is_dev = false, show = false;
  for (int i = 3; i < argc; ++i) {
    if (std::strcmp(argv[i], "--") == 0) {
      is_dev = true;
      continue;
    }
    if (std::strcmp(argv[i], "--show") == 0) {
      show = true;
      continue;
    }
    auto corpus = LoadCorpus(argv[i]);
    if (!corpus.ok()) return std::fprintf(stderr, "%s\n", corpus.error().message.c_str()), 2;
    if (is_dev) {
      dev.push_back(std::move(corpus).value());
    } else {
      AddExamples(corpus.value(), lexicon.value(), &examples);
    }
  }
  const text::SentenceModel model = Quantize(Train(examples, 20, 0.05f, 1e-4f));
  const std::string bytes = model.Serialize();
  std::ofstream(argv[2], std::ios::binary) << bytes;
  std::printf("%zu gaps, model of %zu bytes\n", examples.size(), bytes.size());
  for (const Corpus& corpus : dev) Evaluate(corpus, lexicon.value(), model, show);
  return 0;
}
