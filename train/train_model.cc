// Trains the language model.
//
//   train_model --treebank DIR --ner DIR [--vectors FILE] [--gpe FILE] [--places FILE] --out FILE [--epochs
//   N] [--hidden N] ...
//
// One thread; the same seed, data and libtorch give the same model.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "evaluate.h"
#include "export.h"
#include "import.h"
#include "network.h"

namespace {

using namespace whowhom::train;  // NOLINT: a program of one file

struct Options {
  CorpusPaths paths;
  NetworkSize size;
  std::string out;
  std::string resume;
  std::string start;
  uint32_t start_network = 0;
  bool only_names = false;
  std::string name_source = "none";
  int epochs = 20;
  int batch_tokens = 900;
  int evaluate_every = 2;
  double rate = 2e-3;
  double name_share = 0.3;
  int64_t seed = 1;
  double seconds = 0;
};

// Batches of similar length. Sentences with trees and sentences with names alone are kept apart.
std::vector<Batch> EpochBatches(const Corpus& corpus, const Options& options, std::mt19937& random) {
  std::vector<std::vector<const GoldSentence*>> groups(2);
  for (const GoldSentence& sentence : corpus.trees) {
    if (!sentence.tokens.empty() && sentence.tokens.size() <= 120) groups[0].push_back(&sentence);
  }
  std::uniform_real_distribution<double> draw(0, 1);
  for (const auto& source : corpus.names) {
    // Tweets are far from news: half the share.
    double share = options.name_share;
    if (!source.empty() && source[0].name_source == corpus.sources.Find("btc")) share *= 0.4;
    if (!source.empty() &&
        corpus.sources.names[static_cast<size_t>(source[0].name_source)].rfind("crossner", 0) == 0)
      share *= 2;
    for (const GoldSentence& sentence : source) {
      if (!sentence.tokens.empty() && sentence.tokens.size() <= 120 && draw(random) < share)
        groups[1].push_back(&sentence);
    }
  }
  std::vector<std::vector<const GoldSentence*>> lists;
  for (auto& group : groups) {
    std::vector<std::pair<double, const GoldSentence*>> order;
    for (const GoldSentence* sentence : group)
      order.emplace_back(
          static_cast<double>(sentence->tokens.size()) * (1 + 0.2 * draw(random)) + draw(random), sentence);
    std::sort(order.begin(), order.end());
    std::vector<const GoldSentence*> list;
    size_t longest = 0;
    for (const auto& [key, sentence] : order) {
      size_t next = std::max(longest, sentence->tokens.size());
      if (!list.empty() && next * (list.size() + 1) > static_cast<size_t>(options.batch_tokens)) {
        lists.push_back(std::move(list));
        list.clear();
        next = sentence->tokens.size();
      }
      longest = next;
      list.push_back(sentence);
    }
    if (!list.empty()) lists.push_back(std::move(list));
  }
  std::shuffle(lists.begin(), lists.end(), random);
  std::vector<Batch> batches;
  batches.reserve(lists.size());
  for (auto& list : lists) batches.push_back(MakeBatch(std::move(list)));
  return batches;
}

// Running average of the weights; swapped in for scoring and saving.
class Average {
 public:
  explicit Average(Network& network) : parameters_(network->parameters()) {
    for (const auto& p : parameters_) shadow_.push_back(p.detach().clone());
  }
  void Update(int64_t step) {
    torch::NoGradGuard guard;
    double decay = std::min(0.998, (1.0 + static_cast<double>(step)) / (10.0 + static_cast<double>(step)));
    for (size_t i = 0; i < parameters_.size(); ++i)
      shadow_[i].mul_(decay).add_(parameters_[i].detach(), 1 - decay);
  }
  void Swap() {
    torch::NoGradGuard guard;
    for (size_t i = 0; i < parameters_.size(); ++i) {
      torch::Tensor keep = parameters_[i].detach().clone();
      parameters_[i].data().copy_(shadow_[i]);
      shadow_[i].copy_(keep);
    }
  }

 private:
  std::vector<torch::Tensor> parameters_;
  std::vector<torch::Tensor> shadow_;
};

double Report(Network& network, const Corpus& corpus, int64_t source) {
  double sum = 0;
  for (const auto& [name, sentences] : corpus.dev_trees) {
    TreeFigures f = EvaluateTrees(network, corpus, sentences);
    std::printf("  %-11s UPOS %.2f XPOS %.2f FEATS %.2f lemma %.2f UAS %.2f LAS %.2f (subtypes %.2f)\n",
                name.c_str(), f.upos, f.xpos, f.feats, f.lemma, f.uas, f.las, f.las_subtypes);
    sum += f.las + 0.5 * f.upos;
  }
  for (const auto& [name, sentences] : corpus.dev_names) {
    double none = EvaluateNames(network, corpus, sentences, -1);
    double biased = EvaluateNames(network, corpus, sentences, 0);
    double own = EvaluateNames(network, corpus, sentences, corpus.sources.Find(name));
    std::printf("  %-18s names F1 %.2f, with source uner %.2f, with own source %.2f\n", name.c_str(), none,
                biased, own);
    if (name == "uner_ewt" || name == "crossner_politics") sum += 0.25 * (source >= 0 ? biased : none);
  }
  std::fflush(stdout);
  return sum;
}

Options Parse(int argc, char** argv) {
  Options o;
  CLI::App app("Trains the language model of whowhom.");
  app.add_option("--treebank", o.paths.treebank_dir)->required();
  app.add_option("--ner", o.paths.ner_dir)->required();
  app.add_option("--vectors", o.paths.vectors);
  app.add_option("--gpe", o.paths.gpe_list);
  app.add_option("--places", o.paths.place_list);
  app.add_option("--silver", o.paths.silver);
  app.add_option("--out", o.out)->required();
  app.add_option("--resume", o.resume);
  app.add_option("--start", o.start, "a model file to train on from");
  app.add_option("--start-network", o.start_network, "which network of it");
  app.add_flag("--only-names", o.only_names, "train the layers of names alone; trees stay as they are");
  app.add_option("--name-source", o.name_source);
  app.add_option("--epochs", o.epochs);
  app.add_option("--batch-tokens", o.batch_tokens);
  app.add_option("--evaluate-every", o.evaluate_every);
  app.add_option("--rate", o.rate);
  app.add_option("--name-share", o.name_share);
  app.add_option("--seed", o.seed);
  app.add_option("--seconds", o.seconds);
  app.add_option("--hidden", o.size.hidden);
  app.add_option("--layers", o.size.layers);
  app.add_option("--input", o.size.input);
  app.add_option("--arc", o.size.arc);
  app.add_option("--label", o.size.label);
  app.add_option("--word-dim", o.size.word_dim);
  app.add_option("--dropout", o.size.dropout);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  return o;
}

// Training proceeds over the greater of the shares of epochs and of time used.
void Train(const Options& options, const Corpus& corpus, Network& network, const std::string& card) {
  auto begin = std::chrono::steady_clock::now();
  auto used = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(); };
  std::mt19937 random(static_cast<uint32_t>(options.seed));
  std::vector<torch::Tensor> trained;
  for (const auto& parameter : network->named_parameters()) {
    const bool is_trained = !options.only_names || parameter.key().rfind("name_", 0) == 0;
    parameter.value().set_requires_grad(is_trained);
    if (is_trained) trained.push_back(parameter.value());
  }
  torch::optim::Adam adam(trained, torch::optim::AdamOptions(options.rate).betas({0.9, 0.97}).eps(1e-9));
  Average average(network);
  const int64_t source = corpus.sources.Find(options.name_source);
  double best = 0;
  int64_t step = 0;
  bool is_last = false;
  for (int epoch = 0; epoch < options.epochs && !is_last; ++epoch) {
    network->train();
    std::vector<Batch> batches = EpochBatches(corpus, options, random);
    double loss_sum = 0;
    size_t tokens = 0;
    double epoch_begin = used();
    for (size_t i = 0; i < batches.size() && !is_last; ++i, ++step) {
      double progress =
          (epoch + static_cast<double>(i) / static_cast<double>(batches.size())) / options.epochs;
      if (options.seconds > 0) progress = std::max(progress, used() / options.seconds);
      is_last = progress >= 1;
      double warmup = std::min(1.0, static_cast<double>(step + 1) / 200);
      double rate =
          options.rate * warmup * (0.02 + 0.98 * 0.5 * (1 + std::cos(M_PI * std::min(1.0, progress))));
      static_cast<torch::optim::AdamOptions&>(adam.param_groups()[0].options()).lr(rate);
      adam.zero_grad();
      torch::Tensor loss = network->Loss(batches[i], random);
      loss.backward();
      torch::nn::utils::clip_grad_norm_(trained, 5.0);
      adam.step();
      average.Update(step);
      loss_sum += loss.item<double>();
      for (const GoldSentence* sentence : batches[i].sentences) tokens += sentence->tokens.size();
    }
    double seconds = used() - epoch_begin;
    std::printf("epoch %d: loss %.4f, %.0f s, %.0f tokens/s, %.0f s in all\n", epoch + 1,
                loss_sum / static_cast<double>(batches.size()), seconds,
                static_cast<double>(tokens) / seconds, used());
    std::fflush(stdout);
    if (is_last || epoch + 1 == options.epochs || (epoch + 1) % options.evaluate_every == 0) {
      average.Swap();
      double score = Report(network, corpus, source);
      if (score > best) {
        best = score;
        SaveModel(options.out, network, corpus, source, card);
        torch::save(network, options.out + ".pt");
        std::printf("  saved %s (%.2f)\n", options.out.c_str(), score);
      }
      average.Swap();
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options = Parse(argc, argv);
  at::set_num_threads(1);
  at::globalContext().setFlushDenormal(true);
  torch::manual_seed(static_cast<uint64_t>(options.seed));
  Corpus corpus = ReadCorpus(options.paths);
  Network network(corpus, options.size);
  int64_t weights = 0;
  for (const auto& parameter : network->parameters()) weights += parameter.numel();
  std::printf("%lld weights\n", static_cast<long long>(weights));
  if (!options.resume.empty()) torch::load(network, options.resume);
  if (!options.start.empty()) LoadModel(options.start, options.start_network, corpus, network);
  std::string card = "seed " + std::to_string(options.seed) + ", epochs " + std::to_string(options.epochs);
  if (options.epochs == 0) {
    if (options.evaluate_every > 0) {
      Report(network, corpus, corpus.sources.Find(options.name_source));
    }
    SaveModel(options.out, network, corpus, corpus.sources.Find(options.name_source), card);
    return 0;
  }
  Train(options, corpus, network, card);
  return 0;
}
