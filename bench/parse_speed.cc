// Tokens a second of the language model, and its accuracy on a CoNLL-U file.
//
//   parse_speed MODEL FILE.conllu [ROUNDS [KERNELS]]
//
// Reads the sentences, annotates them ROUNDS times (default 3) on one thread and prints the best speed, the
// load time, and UPOS, XPOS, FEATS, lemma, UAS, LAS (universal parts) on the given tokens.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "whowhom/extract/language_model.h"

namespace {

using whowhom::extract::Deprel;
using whowhom::extract::Sentence;
using whowhom::extract::Token;

struct Gold {
  std::string upos, xpos, feats, lemma, deprel;
  int head = 0;
};

void ReadConllu(const char* path, std::vector<Sentence>* sentences, std::vector<std::vector<Gold>>* gold) {
  std::ifstream in(path);
  std::string line;
  Sentence sentence;
  std::vector<Gold> rows;
  auto finish = [&] {
    if (sentence.tokens.empty()) return;
    sentences->push_back(std::move(sentence));
    gold->push_back(std::move(rows));
    sentence = {};
    rows.clear();
  };
  while (std::getline(in, line)) {
    if (line.empty()) {
      finish();
      continue;
    }
    if (line[0] == '#') continue;
    std::vector<std::string> f;
    for (size_t begin = 0; begin <= line.size();) {
      size_t tab = std::min(line.find('\t', begin), line.size());
      f.push_back(line.substr(begin, tab - begin));
      begin = tab + 1;
    }
    if (f.size() < 8 || f[0].find_first_of("-.") != std::string::npos) continue;
    Token token;
    token.form = f[1];
    sentence.tokens.push_back(std::move(token));
    rows.push_back({f[3], f[4], f[5], f[2], f[7].substr(0, f[7].find(':')), std::atoi(f[6].c_str())});
  }
  finish();
}

double Seconds(std::chrono::steady_clock::time_point since) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

// Processor time of this program: what one core would need, also on a busy machine.
double ProcessorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: parse_speed MODEL FILE.conllu [ROUNDS [KERNELS]]\n");
    return 2;
  }
  auto begin = std::chrono::steady_clock::now();
  auto model = whowhom::extract::LanguageModel::Load(argv[1], argc > 4 ? argv[4] : "best");
  if (!model.ok()) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 1;
  }
  std::printf("%s loaded in %.1f ms\n", (*model)->version().c_str(), 1000 * Seconds(begin));
  std::vector<Sentence> sentences;
  std::vector<std::vector<Gold>> gold;
  ReadConllu(argv[2], &sentences, &gold);
  double best = 1e9;
  for (int round = 0; round < (argc > 3 ? std::atoi(argv[3]) : 3); ++round) {
    double start = ProcessorSeconds();
    (*model)->Annotate(sentences);
    best = std::min(best, ProcessorSeconds() - start);
  }
  double total = 0, upos = 0, xpos = 0, feats = 0, lemma = 0, uas = 0, las = 0;
  for (size_t s = 0; s < sentences.size(); ++s) {
    for (size_t t = 0; t < sentences[s].tokens.size(); ++t) {
      const Token& token = sentences[s].tokens[t];
      const Gold& g = gold[s][t];
      total += 1;
      upos += ToString(token.upos) == g.upos;
      xpos += token.xpos == g.xpos;
      feats += token.feats == g.feats || (token.feats.empty() && g.feats == "_");
      lemma += token.lemma == g.lemma;
      bool head = token.head + 1 == g.head;
      uas += head;
      las += head && ToString(Universal(token.deprel)) == g.deprel;
    }
  }
  std::printf("%.0f tokens, %.0f tokens/s\n", total, total / best);
  std::printf("UPOS %.2f XPOS %.2f FEATS %.2f lemma %.2f UAS %.2f LAS %.2f\n", 100 * upos / total,
              100 * xpos / total, 100 * feats / total, 100 * lemma / total, 100 * uas / total,
              100 * las / total);
  return 0;
}
