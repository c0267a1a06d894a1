// Measures the finding of near duplicates on generated stories: recall by kind of copy, precision, and how
// similar the pairs are.
//
//   measure_duplicates <repository folder> [articles = 100000]
//
// Of ten articles three are copies, two tell of the same matter as others (same names, other sentences, and a
// background paragraph word for word), five stand alone. Prints Markdown (docs/figures/read.md).
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <vector>

#include "near_duplicates.h"
#include "story_generator.h"
#include "whowhom/extract/minhash.h"

namespace {

using namespace whowhom;
using namespace whowhom::tools;
using extract::SignatureValues;

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
size_t PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<size_t>(usage.ru_maxrss) / 1024;
}

struct Corpus {
  std::vector<SignatureValues> signatures;
  std::vector<uint32_t> story;        // which story the article tells
  std::vector<uint32_t> topic;        // which matter it is about
  std::vector<int> edit;              // -1 = an original
  std::vector<uint32_t> original_of;  // index of the original
};

constexpr size_t kStoriesPerTopic = 4;  // of a matter that has several

Corpus MakeCorpus(const StoryGenerator& generator, size_t articles) {
  Corpus corpus;
  uint32_t topic_number = 0;
  const auto add = [&](const std::string& text, uint32_t story, int edit, uint32_t original) {
    const auto values = extract::ParseSignature(extract::MinHashSignature(text));
    if (!values) return;
    corpus.signatures.push_back(*values);
    corpus.story.push_back(story);
    corpus.topic.push_back(topic_number);
    corpus.edit.push_back(edit);
    corpus.original_of.push_back(original);
  };
  uint32_t story_number = 0;
  size_t copies = 0;
  while (corpus.signatures.size() < articles) {
    const Topic topic = generator.MakeTopic(++topic_number);
    const bool several = topic_number % 12 == 0;
    for (size_t i = 0; i < (several ? kStoriesPerTopic : 1); ++i) {
      const Story story = generator.MakeStory(topic, ++story_number, several);
      const auto original = static_cast<uint32_t>(corpus.signatures.size());
      add(story.Text(), story_number, -1, original);
      for (size_t c = story_number % 5 < 2 ? 1 + story_number % 3 : 0; c > 0; --c) {
        const Edit edit = static_cast<Edit>(copies++ % kEdits);
        add(generator.MakeCopy(topic, story, edit, copies), story_number, static_cast<int>(edit), original);
      }
    }
  }
  return corpus;
}

void ReportSimilarity(const Corpus& corpus) {
  std::array<std::vector<double>, kEdits> by_edit;
  std::vector<double> same_topic;
  for (size_t i = 0; i < corpus.signatures.size(); ++i) {
    if (corpus.edit[i] >= 0) {
      by_edit[static_cast<size_t>(corpus.edit[i])].push_back(
          extract::SignatureSimilarity(corpus.signatures[i], corpus.signatures[corpus.original_of[i]]));
    }
    for (size_t j = i + 1; j < corpus.signatures.size() && corpus.topic[j] == corpus.topic[i]; ++j) {
      if (corpus.story[i] != corpus.story[j])
        same_topic.push_back(extract::SignatureSimilarity(corpus.signatures[i], corpus.signatures[j]));
    }
  }
  const auto row = [](const char* name, std::vector<double> values) {
    if (values.empty()) return;
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
      return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
    };
    std::printf("| %s | %zu | %.2f | %.2f | %.2f | %.2f | %.2f |\n", name, values.size(), values.front(),
                at(0.01), at(0.5), at(0.99), values.back());
  };
  std::printf(
      "| similarity | pairs | least | 1 %% | median | 99 %% | most |\n|---|---|---|---|---|---|---|\n");
  for (size_t i = 0; i < kEdits; ++i) row(ToString(static_cast<Edit>(i)), by_edit[i]);
  row("same matter, other story", same_topic);
}

void ReportClusters(const Corpus& corpus, double generated_s) {
  const double start = CpuSeconds();
  const std::vector<uint32_t> leader = graph::ClusterNearDuplicates(corpus.signatures);
  const double clustered_s = CpuSeconds() - start;
  std::array<size_t, kEdits> all{}, found{};
  for (size_t i = 0; i < leader.size(); ++i) {
    if (corpus.edit[i] < 0) continue;
    ++all[static_cast<size_t>(corpus.edit[i])];
    found[static_cast<size_t>(corpus.edit[i])] += leader[i] == leader[corpus.original_of[i]] ? 1 : 0;
  }
  // Pairs of articles in one cluster, and pairs of one story.
  std::map<uint32_t, size_t> clusters, stories;
  std::map<std::pair<uint32_t, uint32_t>, size_t> both;
  for (size_t i = 0; i < leader.size(); ++i) {
    ++clusters[leader[i]];
    ++stories[corpus.story[i]];
    ++both[{leader[i], corpus.story[i]}];
  }
  const auto pairs = [](const auto& sizes) {
    size_t sum = 0;
    for (const auto& [key, n] : sizes) sum += n * (n - 1) / 2;
    return sum;
  };
  const double right = static_cast<double>(pairs(both));
  std::printf("\n| copies | of | found |\n|---|---|---|\n");
  for (size_t i = 0; i < kEdits; ++i) {
    std::printf("| %s | %zu | %.2f %% |\n", ToString(static_cast<Edit>(i)), all[i],
                100.0 * static_cast<double>(found[i]) / static_cast<double>(std::max<size_t>(1, all[i])));
  }
  std::printf(
      "\n| articles | pairs of copies | recall | precision | CPU s signatures | CPU s clusters | peak MB "
      "|\n|---|---|---|---|---|---|---|\n");
  std::printf("| %zu | %zu | %.2f %% | %.2f %% | %.1f | %.1f | %zu |\n", leader.size(), pairs(stories),
              100.0 * right / static_cast<double>(pairs(stories)),
              100.0 * right / static_cast<double>(std::max<size_t>(1, pairs(clusters))), generated_s,
              clustered_s, PeakMegabytes());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: measure_duplicates FOLDER [ARTICLES]\n");
    return 2;
  }
  const auto generator = StoryGenerator::Load(std::string(argv[1]) + "/tools/page_generator");
  if (!generator.ok()) {
    std::fprintf(stderr, "%s\n", generator.error().message.c_str());
    return 2;
  }
  const double start = CpuSeconds();
  const Corpus corpus = MakeCorpus(*generator, argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 100000);
  const double generated_s = CpuSeconds() - start;
  ReportSimilarity(corpus);
  ReportClusters(corpus, generated_s);
  return 0;
}
