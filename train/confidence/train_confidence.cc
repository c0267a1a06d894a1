// Trains the confidence of statements: logistic regression with soft labels, full-batch, deterministic.
//
//   train_confidence features fast.model data/ sentences.tsv > triples.tsv     # id, subject, predicate,
//   object, features tools/label_triples.py CaRB-scorer triples.tsv > labelled.tsv              # label, id,
//   features train_confidence fit labelled.tsv confidence.model                         # prints a 5-fold
//   reliability table
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "statements/extractor_parts.h"
#include "whowhom/extract/language_model.h"
#include "whowhom/extract/surface.h"

namespace {

using namespace whowhom;           // NOLINT: a program
using namespace whowhom::extract;  // NOLINT

int Fail(const std::string& message) {
  std::fprintf(stderr, "train_confidence: %s\n", message.c_str());
  return 1;
}

int WriteFeatures(const std::string& model_path, const std::string& data_dir, const std::string& input) {
  auto model = LanguageModel::Load(model_path);
  if (!model.ok()) return Fail(model.error().message);
  auto lexicon = statements::Lexicon::Load(data_dir);
  if (!lexicon.ok()) return Fail(lexicon.error().message);
  std::ifstream lines(input);
  if (!lines) return Fail("opening " + input + ": cannot be read");
  std::vector<SentenceLine> sentences;
  for (std::string line; std::getline(lines, line);) {
    auto sentence = ParseSentenceLine(line);
    if (sentence.ok()) sentences.push_back(std::move(*sentence));
  }
  std::vector<Sentence> parsed;
  for (const SentenceLine& line : sentences) parsed.push_back(line.sentence);
  (*model)->Annotate(parsed);
  for (size_t s = 0; s < parsed.size(); ++s) {
    std::vector<SurfaceTriple> triples;
    std::vector<std::vector<std::string>> features;
    statements::TriplesOf(parsed[s], **lexicon, {}, &triples, &features);
    for (size_t k = 0; k < triples.size(); ++k) {
      std::cout << ToTsv(sentences[s].article.given_id, triples[k]) << "\t#";
      for (const std::string& feature : features[k]) std::cout << ' ' << feature;
      std::cout << '\n';
    }
  }
  return 0;
}

struct Row {
  double label = 0;
  std::string group;  // sentence id: folds never cut a sentence
  std::vector<size_t> features;
};

struct Corpus {
  std::vector<std::string> names{"bias"};
  std::vector<Row> rows;
};

bool ReadLabelled(const std::string& path, Corpus* corpus) {
  std::ifstream in(path);
  std::map<std::string, size_t> index;
  std::map<std::string, int> counts;
  std::vector<std::pair<Row, std::vector<std::string>>> read;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    Row row;
    if (!(fields >> row.label >> row.group)) return false;
    std::vector<std::string> names;
    for (std::string name; fields >> name;) {
      ++counts[name];
      names.push_back(name);
    }
    read.emplace_back(std::move(row), std::move(names));
  }
  for (auto& [row, names] : read) {
    row.features.push_back(0);
    for (const std::string& name : names) {
      if (counts[name] < 8) continue;  // too rare to learn from
      auto [it, added] = index.try_emplace(name, corpus->names.size());
      if (added) corpus->names.push_back(name);
      row.features.push_back(it->second);
    }
    corpus->rows.push_back(std::move(row));
  }
  return !corpus->rows.empty();
}

double Predict(const std::vector<double>& weights, const Row& row) {
  double sum = 0;
  for (size_t feature : row.features) sum += weights[feature];
  return 1.0 / (1.0 + std::exp(-sum));
}

// Gradient descent with momentum; L2 = 2 on all but the bias, chosen by the log loss of the folds.
std::vector<double> Fit(const Corpus& corpus, const std::vector<const Row*>& rows) {
  constexpr int kSteps = 1500;
  constexpr double kRate = 0.8, kMomentum = 0.9, kPenalty = 2.0;
  std::vector<double> weights(corpus.names.size(), 0), velocity(weights.size(), 0), gradient(weights.size());
  for (int step = 0; step < kSteps; ++step) {
    std::fill(gradient.begin(), gradient.end(), 0);
    for (const Row* row : rows) {
      const double error = Predict(weights, *row) - row->label;
      for (size_t feature : row->features) gradient[feature] += error;
    }
    for (size_t k = 0; k < weights.size(); ++k) {
      const double slope =
          (gradient[k] + (k == 0 ? 0 : kPenalty * weights[k])) / static_cast<double>(rows.size());
      velocity[k] = kMomentum * velocity[k] - kRate * slope;
      weights[k] += velocity[k];
    }
  }
  return weights;
}

void PrintReliability(const Corpus& corpus) {
  constexpr int kFolds = 5;
  std::map<std::string, int> fold_of;
  for (const Row& row : corpus.rows)
    fold_of.try_emplace(row.group, static_cast<int>(fold_of.size()) % kFolds);
  double said[10] = {}, held[10] = {}, loss = 0;
  int count[10] = {};
  for (int fold = 0; fold < kFolds; ++fold) {
    std::vector<const Row*> train;
    for (const Row& row : corpus.rows) {
      if (fold_of[row.group] != fold) train.push_back(&row);
    }
    const std::vector<double> weights = Fit(corpus, train);
    for (const Row& row : corpus.rows) {
      if (fold_of[row.group] != fold) continue;
      const double p = std::clamp(Predict(weights, row), 0.01, 0.99);
      const int bin = std::min(9, static_cast<int>(p * 10));
      said[bin] += p;
      held[bin] += row.label;
      ++count[bin];
      loss -= row.label * std::log(p) + (1 - row.label) * std::log(1 - p);
    }
  }
  std::printf("| confidence | triples | said | held |\n|---|---|---|---|\n");
  double error = 0;
  for (int bin = 0; bin < 10; ++bin) {
    if (count[bin] == 0) continue;
    std::printf("| %.1f-%.1f | %d | %.3f | %.3f |\n", bin / 10.0, (bin + 1) / 10.0, count[bin],
                said[bin] / count[bin], held[bin] / count[bin]);
    error += std::fabs(said[bin] - held[bin]);
  }
  const double n = static_cast<double>(corpus.rows.size());
  std::printf("\nlog loss %.4f, expected calibration error %.4f, %zu triples, 5 folds by sentence\n",
              loss / n, error / n, corpus.rows.size());
}

int FitModel(const std::string& input, const std::string& output) {
  Corpus corpus;
  if (!ReadLabelled(input, &corpus)) return Fail("reading " + input + ": expected label, id, features");
  PrintReliability(corpus);
  std::vector<const Row*> rows;
  for (const Row& row : corpus.rows) rows.push_back(&row);
  const std::vector<double> weights = Fit(corpus, rows);
  std::ofstream out(output);
  out << "whowhom-confidence 1\n# " << corpus.rows.size() << " triples, " << corpus.names.size()
      << " features\n";
  std::map<std::string, double> sorted;
  for (size_t k = 0; k < weights.size(); ++k) sorted[corpus.names[k]] = weights[k];
  for (const auto& [name, weight] : sorted) {
    char number[32];
    std::snprintf(number, sizeof number, "%.4f", weight);
    out << name << '\t' << number << '\n';
  }
  return out ? 0 : Fail("writing " + output + ": the disk refused");
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() == 4 && args[0] == "features") return WriteFeatures(args[1], args[2], args[3]);
  if (args.size() == 3 && args[0] == "fit") return FitModel(args[1], args[2]);
  return Fail("expected: features MODEL DATA SENTENCES | fit LABELLED MODEL");
}
