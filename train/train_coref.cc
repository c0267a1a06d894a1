// Trains models/coref.model: an averaged perceptron that ranks antecedents (latent: any correct one will do).
//
//   train_coref DATA_DIR OUT.model EPOCHS GOLD.conllu PARSED.conllu [GOLD PARSED]...
//
// GOLD holds the Entity= annotation (OntoGUM, GUM); PARSED the same tokens as `whowhom parse --input conllu`
// writes them, so that the model meets the trees and names it will meet in use.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <tuple>

#include "actors/coref_model.h"
#include "whowhom/core/tsv.h"
#include "whowhom/extract/conllu.h"

namespace {

using namespace whowhom;
using namespace whowhom::extract;
using namespace whowhom::extract::actors;

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

struct Item {
  AnalyzedArticle article;
  std::vector<MentionInfo> mentions;
  std::vector<std::string> gold;
};

struct Averaged {
  std::vector<float> weights = std::vector<float>(size_t{1} << kCorefBits, 0.0f);
  std::vector<double> totals = std::vector<double>(size_t{1} << kCorefBits, 0.0);
  double step = 1;
  double Score(const CorefFeatures& features) const {
    double sum = 0;
    for (const uint32_t index : features) sum += weights[index];
    return sum;
  }
  void Update(const CorefFeatures& features, float by) {
    for (const uint32_t index : features) {
      weights[index] += by;
      totals[index] += step * by;
    }
  }
  std::vector<float> Average() const {
    std::vector<float> out(weights.size());
    for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(weights[i] - totals[i] / step);
    return out;
  }
};

constexpr double kMargin = 1.0;
constexpr double kFalseLink = 1.0;   // extra margin against joining what stands alone
constexpr double kMissedLink = 1.4;  // against leaving alone what should join

// One pass over a document; returns (right, all) decisions.
std::pair<int, int> TrainOn(const Gazetteer& gazetteer, Item* item, Averaged* model) {
  Clusters clusters(&gazetteer, item->mentions);
  CorefResolver rules(&gazetteer, nullptr);
  rules.ResolveByRules(item->article, &item->mentions, &clusters);
  const CorefFeatureMaker maker(gazetteer, item->article, clusters);
  int right = 0;
  int all = 0;
  for (const MentionInfo& mention : item->mentions) {
    const int32_t self = static_cast<int32_t>(mention.order);
    if (clusters.Of(self).mentions.front() != self) continue;
    const std::vector<int32_t> candidates = maker.Candidates(mention);
    if (candidates.empty()) continue;
    const std::string& id = item->gold[mention.order];
    bool has_correct = false;
    for (const int32_t c : candidates)
      has_correct = has_correct || (!id.empty() && item->gold[static_cast<size_t>(c)] == id);
    CorefFeatures none;
    maker.None(mention, &none);
    const double none_score = model->Score(none);
    CorefFeatures best_right = none, best_any = none;
    double right_score = has_correct ? -1e18 : none_score;
    double any_score = none_score + (has_correct ? kMargin * kMissedLink : 0);
    double plain_best = none_score;
    int32_t chosen = -1, right_link = -1;
    bool any_right = !has_correct;
    int rank = 0;
    CorefFeatures features;
    for (const int32_t c : candidates) {
      features.clear();
      maker.Pair(item->mentions[static_cast<size_t>(c)], mention, rank++, &features);
      const double score = model->Score(features);
      const bool correct = !id.empty() && item->gold[static_cast<size_t>(c)] == id;
      if (correct && score > right_score) right_score = score, best_right = features, right_link = c;
      const double cost = correct ? 0 : (has_correct ? kMargin : kMargin * kFalseLink);
      if (score + cost > any_score) any_score = score + cost, best_any = features, any_right = correct;
      if (score > plain_best) plain_best = score, chosen = c;
    }
    ++all;
    right +=
        (has_correct ? chosen >= 0 && item->gold[static_cast<size_t>(chosen)] == id : chosen < 0) ? 1 : 0;
    if (!any_right) {
      model->Update(best_right, 1);
      model->Update(best_any, -1);
    }
    model->step += 1;
    if (right_link >= 0) clusters.Join(right_link, self);  // later decisions see true clusters
  }
  return {right, all};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::fprintf(stderr, "usage: train_coref DATA_DIR OUT.model EPOCHS GOLD PARSED [GOLD PARSED]...\n");
    return 2;
  }
  auto gazetteer = Gazetteer::Load(argv[1]);
  if (!gazetteer.ok()) return std::fprintf(stderr, "%s\n", gazetteer.error().message.c_str()), 1;
  const PhraseReader reader(&*gazetteer);
  const MentionFinder finder(&*gazetteer, &reader);
  std::vector<Item> items;
  for (int i = 4; i + 1 < argc; i += 2) {
    auto gold_bytes = ReadFile(argv[i]);
    auto parsed_bytes = ReadFile(argv[i + 1]);
    if (!gold_bytes.ok() || !parsed_bytes.ok())
      return std::fprintf(stderr, "cannot read %s or %s\n", argv[i], argv[i + 1]), 1;
    auto gold = ReadConllu(*gold_bytes, argv[i], {});
    auto parsed = ReadConllu(*parsed_bytes, argv[i + 1], {});
    if (!gold.ok() || !parsed.ok() || gold->size() != parsed->size())
      return std::fprintf(stderr, "%s and %s do not fit\n", argv[i], argv[i + 1]), 1;
    for (size_t d = 0; d < gold->size(); ++d) {
      Item item;
      item.article.article.text = (*parsed)[d].text;
      item.article.sentences = (*parsed)[d].sentences;
      item.mentions = finder.Find(item.article);
      item.gold = Align(item.mentions, item.article, ReadGold((*gold)[d]));
      items.push_back(std::move(item));
    }
  }
  Averaged model;
  std::mt19937 random(1);
  std::vector<size_t> order(items.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (int epoch = 0; epoch < std::atoi(argv[3]); ++epoch) {
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    int right = 0, all = 0;
    for (const size_t i : order) {
      const auto [r, a] = TrainOn(*gazetteer, &items[i], &model);
      right += r;
      all += a;
    }
    std::printf("epoch %d: %.2f %% of %d decisions right\n", epoch + 1, 100.0 * right / std::max(1, all),
                all);
    std::fflush(stdout);
    std::ofstream(argv[2], std::ios::binary) << CorefModel(model.Average()).Serialize();
  }
  return 0;
}
