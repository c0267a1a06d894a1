// Trains models/coref.model: a log-linear ranking of antecedents (latent: any correct one will do), AdaGrad.
//
//   train_coref DATA_DIR MODELS_DIR OUT.model EPOCHS FILE...
//
// FILE: *.conllu with Entity= annotation (OntoGUM); *.conll in the LitBank format, of which only "he" and
// "she" are learnt (it annotates some kinds of mention only); *.tsv in the GAP format. All are parsed anew
// with the models of MODELS_DIR, so that the trainer meets the trees and names that it will meet in use. A
// coref.model there is not needed and must not be of another feature set.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <tuple>

#include "actors/coref_model.h"
#include "whowhom/core/tsv.h"
#include "whowhom/extract/conllu.h"
#include "whowhom/extract/pipeline.h"

namespace {

using namespace whowhom;
using namespace whowhom::extract;
using namespace whowhom::extract::actors;

constexpr uint32_t kTrainings = 7;
// Chosen on OntoGUM dev and GAP validation: a cautious first step and features left out at random keep the
// model from learning single texts by heart.
constexpr float kFirstSquare = 0.3f;  // of AdaGrad: rare features move slowly
constexpr float kLeftOut = 0.3f;      // share of the features of each decision
constexpr float kGapWeight = 2.0f;    // of a GAP pronoun against another decision

// Gold clusters of a document: (sentence, begin, end) -> cluster.
using GoldSpans = std::map<std::tuple<uint32_t, uint32_t, uint32_t>, std::string>;

GoldSpans ReadGold(const ConlluDocument& document) {
  GoldSpans gold;
  std::map<std::string, std::vector<std::pair<uint32_t, uint32_t>>> open;
  for (uint32_t s = 0; s < document.sentences.size(); ++s) {
    const Sentence& sentence = document.sentences[s];
    for (uint32_t t = 0; t < sentence.tokens.size(); ++t) {
      const std::string& misc = sentence.tokens[t].misc;
      size_t at = misc.find("Entity=");
      if (at == std::string::npos) continue;
      at += 7;
      const std::string value = misc.substr(at, misc.find('|', at) - at);
      for (size_t i = 0; i < value.size();) {
        const bool opens = value[i] == '(';
        size_t end = opens ? i + 1 : i;
        while (end < value.size() && value[end] != '(' && value[end] != ')') ++end;
        const std::string id = value.substr(
            opens ? i + 1 : i, value.find_first_of("-()", opens ? i + 1 : i) - (opens ? i + 1 : i));
        const bool closes = end < value.size() && value[end] == ')';
        if (opens && closes) {
          gold[{s, t, t + 1}] = id;
        } else if (opens) {
          open[id].push_back({s, t});
        } else if (closes && !open[id].empty()) {
          const auto [from, token] = open[id].back();
          open[id].pop_back();
          if (from == s) gold[{s, token, t + 1}] = id;
        }
        i = end + (closes ? 1 : 0);
        if (!opens && !closes) break;
      }
    }
  }
  return gold;
}

// The gold cluster of each mention; by exact span, else by head.
std::vector<std::string> Align(const std::vector<MentionInfo>& mentions, const AnalyzedArticle& article,
                               const GoldSpans& gold) {
  std::map<std::pair<uint32_t, uint32_t>, std::string> by_head;
  for (const auto& [span, id] : gold) {
    const auto [s, begin, end] = span;
    if (s >= article.sentences.size() || end > article.sentences[s].tokens.size()) continue;
    for (uint32_t t = begin; t < end; ++t) {
      const int32_t above = article.sentences[s].tokens[t].head;
      if (above < static_cast<int32_t>(begin) || above >= static_cast<int32_t>(end)) {
        by_head.emplace(std::pair(s, t), id);
        break;
      }
    }
  }
  std::vector<std::string> ids(mentions.size());
  for (const MentionInfo& mention : mentions) {
    const auto exact = gold.find({mention.place.sentence, mention.place.full_begin, mention.place.full_end});
    if (exact != gold.end()) {
      ids[mention.order] = exact->second;
    } else if (!mention.is_coordination && !mention.is_apposition && !mention.is_relative) {
      const auto head = by_head.find({mention.place.sentence, mention.place.head});
      if (head != by_head.end()) ids[mention.order] = head->second;
    }
  }
  return ids;
}

enum class Source { kFull, kPronounsOnly, kGap };

struct Item {
  Source source = Source::kFull;
  AnalyzedArticle article;
  std::vector<MentionInfo> mentions;
  std::vector<std::string> gold;
  int32_t pronoun = -1;                            // GAP: the pronoun,
  std::vector<std::pair<int32_t, bool>> verdicts;  // names and whether it means them
};

// LitBank: sentences of `number form coref` lines, documents between "#begin" and "#end"; as CoNLL-U.
std::string LitBankToConllu(const std::string& bytes) {
  std::istringstream in(bytes);
  std::string out, line;
  int index = 0;
  while (std::getline(in, line)) {
    if (line.starts_with("#begin")) {
      out += "# newdoc id = litbank\n";
      index = 0;
    } else if (line.empty() || line.starts_with("#end")) {
      if (index > 0) out += '\n';
      index = 0;
    } else {
      const size_t tab = line.find('\t');
      const size_t second = line.find('\t', tab + 1);
      if (tab == std::string::npos || second == std::string::npos) continue;
      std::string coref = line.substr(second + 1);
      std::erase(coref, '|');
      out += std::to_string(++index) + '\t' + line.substr(tab + 1, second - tab - 1) +
             "\t_\t_\t_\t_\t_\t_\t_\t" + (coref.empty() || coref == "_" ? "_" : "Entity=" + coref) + '\n';
    }
  }
  return out + '\n';
}

uint32_t ByteOf(const std::string& text, long code_points) {
  size_t at = 0;
  for (; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && code_points-- == 0) break;
  }
  return static_cast<uint32_t>(at);
}

// The smallest mention over a place of the text; -1 if none.
int32_t MentionAt(const Item& item, uint32_t begin, uint32_t end, bool pronoun) {
  int32_t best = -1;
  uint32_t best_length = UINT32_MAX;
  for (const MentionInfo& mention : item.mentions) {
    const auto& tokens = item.article.sentences[mention.place.sentence].tokens;
    const uint32_t from = tokens[mention.place.begin].span.begin;
    const uint32_t to = tokens[mention.place.end - 1].span.end;
    if ((mention.place.kind == MentionKind::kPronoun) != pronoun || from > begin || to < end) continue;
    if (mention.is_coordination || to - from >= best_length) continue;
    best = static_cast<int32_t>(mention.order);
    best_length = to - from;
  }
  return best;
}

void ReadGap(const std::string& bytes, const Pipeline& pipeline, const MentionFinder& finder,
             std::vector<Item>* items) {
  std::istringstream in(bytes);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() < 10) continue;
    Item item;
    item.source = Source::kGap;
    Article article;
    article.text = cells[1];
    item.article = pipeline.Parse(article);
    item.mentions = finder.Find(item.article);
    item.gold.resize(item.mentions.size());
    const uint32_t at = ByteOf(cells[1], std::atol(cells[3].c_str()));
    item.pronoun = MentionAt(item, at, at + static_cast<uint32_t>(cells[2].size()), true);
    for (const size_t column : {size_t{4}, size_t{7}}) {
      const uint32_t name = ByteOf(cells[1], std::atol(cells[column + 1].c_str()));
      const int32_t mention =
          MentionAt(item, name, name + static_cast<uint32_t>(cells[column].size()), false);
      const char verdict = cells[column + 2].empty() ? 'F' : cells[column + 2][0];
      if (mention >= 0) item.verdicts.emplace_back(mention, verdict == 'T' || verdict == 't');
    }
    if (item.pronoun >= 0 && !item.verdicts.empty()) items->push_back(std::move(item));
  }
}

// Log-linear model with AdaGrad steps and a pull to zero.
struct Learner {
  std::vector<float> weights = std::vector<float>(size_t{1} << kCorefBits, 0.0f);
  std::vector<float> squares = std::vector<float>(size_t{1} << kCorefBits, kFirstSquare);
  float rate = 0.1f;

  double Score(const CorefFeatures& features) const {
    double sum = 0;
    for (const uint32_t index : features) sum += weights[index];
    return sum;
  }
  void Step(const CorefFeatures& features, float gradient) {
    constexpr float kPull = 2e-5f;
    for (const uint32_t index : features) {
      const float g = gradient + kPull * weights[index];
      squares[index] += g * g;
      weights[index] -= rate * g / std::sqrt(squares[index]);
    }
  }
};

// What can be chosen for a mention: none (first) or one of its candidates.
struct Choice {
  int32_t candidate = -1;
  bool correct = false;
  CorefFeatures features;
  double score = 0;
};

std::vector<Choice> ChoicesOf(const Item& item, const MentionInfo& mention, const CorefFeatureMaker& maker,
                              const std::vector<int32_t>& candidates, const Learner& model,
                              std::mt19937* random) {
  std::vector<Choice> choices(1);
  maker.None(mention, &choices[0].features);
  const std::vector<Standing> standings = maker.Compare(mention, candidates);
  for (size_t i = 0; i < candidates.size(); ++i) {
    choices.emplace_back();
    choices.back().candidate = candidates[i];
    maker.Pair(item.mentions[static_cast<size_t>(candidates[i])], mention, standings[i],
               &choices.back().features);
  }
  const uint32_t salt = static_cast<uint32_t>((*random)());
  for (Choice& choice : choices) {  // the same ones of every choice
    std::erase_if(choice.features, [salt](uint32_t feature) {
      const uint64_t mixed = ((feature * uint64_t{2654435761}) ^ salt) * uint64_t{0x9E3779B97F4A7C15};
      return static_cast<float>(mixed >> 40) < kLeftOut * static_cast<float>(1 << 24);
    });
    choice.score = model.Score(choice.features);
  }
  return choices;
}

const Choice& Best(const std::vector<Choice>& choices) {
  return *std::max_element(choices.begin(), choices.end(),
                           [](const Choice& a, const Choice& b) { return a.score < b.score; });
}

// Gradient of -log P(any correct choice).
void Learn(const std::vector<Choice>& choices, float weight, Learner* model) {
  const double top = Best(choices).score;
  double all = 0, right = 0;
  for (const Choice& choice : choices) {
    const double mass = std::exp(choice.score - top);
    all += mass;
    if (choice.correct) right += mass;
  }
  if (right <= 0 || right >= all) return;
  for (const Choice& choice : choices) {
    const double mass = std::exp(choice.score - top);
    const double gradient = mass / all - (choice.correct ? mass / right : 0);
    if (std::fabs(gradient) > 1e-4) model->Step(choice.features, static_cast<float>(gradient) * weight);
  }
}

// GAP says of one pronoun whether it means two names.
void MarkGap(const Item& item, const Clusters& clusters, std::vector<Choice>* choices) {
  bool has_true = false;
  const auto means = [&](const Choice& choice, bool verdict) {
    for (const auto& [name, is_meant] : item.verdicts) {
      if (is_meant == verdict && choice.candidate >= 0 &&
          clusters.Find(name) == clusters.Find(choice.candidate))
        return true;
    }
    return false;
  };
  for (const auto& [name, is_meant] : item.verdicts) has_true = has_true || is_meant;
  for (Choice& choice : *choices) choice.correct = has_true ? means(choice, true) : !means(choice, false);
}

// One pass over a document; returns (right, all) decisions.
std::pair<int, int> TrainOn(const Gazetteer& gazetteer, Item* item, Learner* model, std::mt19937* random) {
  Clusters clusters(&gazetteer, item->mentions);
  CorefResolver rules(&gazetteer, nullptr);
  rules.ResolveByRules(item->article, &item->mentions, &clusters);
  const CorefFeatureMaker maker(item->article, clusters);
  int right = 0;
  int all = 0;
  for (const int32_t self : CorefResolver::DecisionOrder(item->mentions)) {
    const MentionInfo& mention = item->mentions[static_cast<size_t>(self)];
    if (clusters.Of(self).mentions.front() != self) continue;
    const std::vector<int32_t> candidates = maker.Candidates(mention);
    if (candidates.empty()) continue;
    const bool he_or_she = mention.pronoun != nullptr && (mention.gender == 'm' || mention.gender == 'f');
    const std::string& id = item->gold[mention.order];
    if (item->source == Source::kPronounsOnly && !he_or_she) {
      for (const int32_t c : candidates) {
        if (id.empty() || item->gold[static_cast<size_t>(c)] != id) continue;
        clusters.Join(c, self);
        break;
      }
      continue;
    }
    std::vector<Choice> choices = ChoicesOf(*item, mention, maker, candidates, *model, random);
    if (item->source == Source::kGap) {  // all up to the pronoun is decided as in use
      if (self != item->pronoun) {
        if (const Choice& best = Best(choices); best.candidate >= 0) clusters.Join(best.candidate, self);
        continue;
      }
      MarkGap(*item, clusters, &choices);
      ++all;
      right += Best(choices).correct ? 1 : 0;
      Learn(choices, kGapWeight, model);
      break;
    } else {
      for (Choice& choice : choices) {
        choice.correct =
            choice.candidate >= 0 && !id.empty() && item->gold[static_cast<size_t>(choice.candidate)] == id;
        choices[0].correct = false;
      }
      choices[0].correct =
          std::none_of(choices.begin(), choices.end(), [](const Choice& c) { return c.correct; });
      if (item->source == Source::kPronounsOnly && choices[0].correct) continue;
    }
    ++all;
    right += Best(choices).correct ? 1 : 0;
    Learn(choices, 1.0f, model);
    const Choice* link = nullptr;  // later decisions see true clusters
    for (const Choice& choice : choices) {
      if (choice.correct && choice.candidate >= 0 && (link == nullptr || choice.score > link->score))
        link = &choice;
    }
    if (link != nullptr) clusters.Join(link->candidate, self);
  }
  return {right, all};
}

bool ReadItems(const std::string& path, const Pipeline& pipeline, const MentionFinder& finder,
               std::vector<Item>* items) {
  auto bytes = ReadFile(path);
  if (!bytes.ok()) return std::fprintf(stderr, "%s\n", bytes.error().message.c_str()), false;
  if (path.ends_with(".tsv")) return ReadGap(*bytes, pipeline, finder, items), true;
  const bool litbank = path.ends_with(".conll");
  auto gold = ReadConllu(litbank ? LitBankToConllu(*bytes) : *bytes, path, {});
  if (!gold.ok()) return std::fprintf(stderr, "%s\n", gold.error().message.c_str()), false;
  for (ConlluDocument& document : *gold) {
    Item item;
    item.source = litbank ? Source::kPronounsOnly : Source::kFull;
    const GoldSpans spans = ReadGold(document);
    Article article;
    article.text = document.text;
    item.article = pipeline.ParseTokens(article, std::move(document.sentences));
    item.mentions = finder.Find(item.article);
    item.gold = Align(item.mentions, item.article, spans);
    items->push_back(std::move(item));
  }
  return true;
}

Learner Train(const Gazetteer& gazetteer, int epochs, uint32_t seed, std::vector<Item>* items) {
  Learner model;
  std::mt19937 random(seed);
  std::vector<size_t> order(items->size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    model.rate = 0.1f * static_cast<float>(epochs - epoch) / static_cast<float>(epochs);
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    std::map<Source, std::pair<int, int>> counts;
    for (const size_t i : order) {
      const auto [r, a] = TrainOn(gazetteer, &(*items)[i], &model, &random);
      counts[(*items)[i].source].first += r;
      counts[(*items)[i].source].second += a;
    }
    for (const auto& [source, count] : counts) {
      std::printf("seed %u, epoch %d, source %d: %.2f %% of %d decisions right\n", seed, epoch + 1,
                  static_cast<int>(source), 100.0 * count.first / std::max(1, count.second), count.second);
    }
    std::fflush(stdout);
  }
  return model;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fprintf(stderr, "usage: train_coref DATA_DIR MODELS_DIR OUT.model EPOCHS FILE...\n");
    return 2;
  }
  auto gazetteer = Gazetteer::Load(argv[1]);
  if (!gazetteer.ok()) return std::fprintf(stderr, "%s\n", gazetteer.error().message.c_str()), 1;
  auto pipeline = Pipeline::Load({argv[1], argv[2]}, {});
  if (!pipeline.ok()) return std::fprintf(stderr, "%s\n", pipeline.error().message.c_str()), 1;
  const PhraseReader reader(&*gazetteer);
  const MentionFinder finder(&*gazetteer, &reader);
  std::vector<Item> items;
  for (int i = 5; i < argc; ++i) {
    if (!ReadItems(argv[i], **pipeline, finder, &items)) return 1;
  }
  // The mean of several trainings that differ in the order of documents: one alone moves by a point either
  // way.
  std::vector<float> mean(size_t{1} << kCorefBits, 0.0f);
  for (uint32_t seed = 1; seed <= kTrainings; ++seed) {
    const Learner model = Train(*gazetteer, std::atoi(argv[4]), seed, &items);
    for (size_t w = 0; w < mean.size(); ++w) mean[w] += model.weights[w] / kTrainings;
  }
  std::ofstream(argv[3], std::ios::binary) << CorefModel(std::move(mean)).Serialize();
  return 0;
}
