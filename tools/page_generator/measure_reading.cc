// Measures the reader on generated pages: furniture kept, body lost, title, date and outlet found; speed;
// near duplicates.
//
//   measure_reading <repository folder> [pages per template = 50] [stories for near duplicates = 0]
//
// Prints Markdown tables (docs/figures/read.md).
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "page_generator.h"
#include "whowhom/core/date.h"
#include "whowhom/extract/minhash.h"
#include "whowhom/extract/reader.h"

namespace {

using whowhom::FormatDay;
using whowhom::extract::Article;
using whowhom::extract::ArticleSink;
using whowhom::extract::MinHashSignature;
using whowhom::extract::ReadArticle;
using whowhom::extract::Reader;
using whowhom::extract::ReadFailure;
using whowhom::extract::SignatureBandKeys;
using whowhom::extract::SignatureSimilarity;
using whowhom::tools::GeneratedPage;
using whowhom::tools::PageGenerator;

double CpuSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class LastArticle : public ArticleSink {
 public:
  bool OnArticle(ReadArticle article) override {
    articles.push_back(std::move(article));
    return true;
  }
  void OnFailure(const ReadFailure& failure) override { problem = failure.reason; }
  std::vector<ReadArticle> articles;
  std::string problem;
};

size_t CountWords(const std::string& text) {
  size_t words = 1;
  for (const char c : text) words += c == ' ' ? 1 : 0;
  return words;
}

std::vector<std::string> Paragraphs(const std::string& text) {
  std::vector<std::string> out;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find("\n\n", begin), text.size());
    out.push_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
  return out;
}

struct Tally {
  size_t pages = 0, body_words = 0, lost_words = 0, furniture = 0, wrong_title = 0, wrong_date = 0;
  std::map<std::string, size_t> examples;
};

void Judge(const GeneratedPage& page, const LastArticle& sink, bool has_date, Tally* tally) {
  ++tally->pages;
  std::set<std::string> kept;
  if (!sink.articles.empty()) {
    for (const std::string& paragraph : Paragraphs(sink.articles[0].article.text)) kept.insert(paragraph);
  }
  for (const std::string& paragraph : page.paragraphs) {
    tally->body_words += CountWords(paragraph);
    if (kept.count(paragraph) == 0) {
      tally->lost_words += CountWords(paragraph);
      ++tally->examples["lost: " + paragraph.substr(0, 70)];
    }
  }
  const std::set<std::string> body(page.paragraphs.begin(), page.paragraphs.end());
  for (const std::string& paragraph : kept) {
    if (body.count(paragraph) > 0 || paragraph == page.title) continue;
    ++tally->furniture;
    ++tally->examples["kept: " + paragraph.substr(0, 70)];
  }
  const bool title = !sink.articles.empty() && sink.articles[0].article.title == page.title;
  if (!title) {
    ++tally->wrong_title;
    ++tally->examples["title: " + (sink.articles.empty() ? sink.problem : sink.articles[0].article.title)];
  }
  const bool date = !sink.articles.empty() && sink.articles[0].article.date &&
                    FormatDay(*sink.articles[0].article.date) == page.date;
  if (has_date && !date) ++tally->wrong_date;
}

void MeasureFurniture(const PageGenerator& generator, const Reader& reader, size_t pages) {
  std::printf(
      "| template | pages | furniture paragraphs kept | body words lost | wrong title | wrong date "
      "|\n|---|---|---|---|---|---|\n");
  Tally seen, unseen;
  for (const auto& [name, text] : generator.templates()) {
    Tally tally;
    const bool has_date =
        text.find("{{iso}}") != std::string::npos || text.find("{{date}}") != std::string::npos;
    for (size_t i = 0; i < pages; ++i) {
      const GeneratedPage page = generator.Make(name, i * 7919 + 13);
      LastArticle sink;
      reader.ReadBytes(page.bytes, name, {}, false, &sink);
      Judge(page, sink, has_date, &tally);
    }
    std::printf("| %s | %zu | %zu | %zu of %zu | %zu | %zu |\n", name.c_str(), tally.pages, tally.furniture,
                tally.lost_words, tally.body_words, tally.wrong_title, tally.wrong_date);
    if (std::getenv("EXAMPLES") != nullptr) {
      size_t shown = 0;
      for (const auto& [example, count] : tally.examples) {
        if (++shown <= 6) std::printf("    %zu x %s\n", count, example.c_str());
      }
    }
    Tally& sum = name.starts_with("unseen") ? unseen : seen;
    sum.pages += tally.pages;
    sum.furniture += tally.furniture;
    sum.lost_words += tally.lost_words;
    sum.body_words += tally.body_words;
    sum.wrong_title += tally.wrong_title;
    sum.wrong_date += tally.wrong_date;
  }
  for (const auto& [name, t] : {std::pair<const char*, Tally&>{"all seen", seen}, {"all unseen", unseen}}) {
    std::printf("| **%s** | %zu | %zu | %.2f %% | %zu | %zu |\n", name, t.pages, t.furniture,
                100.0 * static_cast<double>(t.lost_words) / static_cast<double>(t.body_words), t.wrong_title,
                t.wrong_date);
  }
}

class CountingSink : public ArticleSink {
 public:
  bool OnArticle(ReadArticle article) override {
    ++articles;
    bytes += article.article.text.size();
    return true;
  }
  void OnFailure(const ReadFailure&) override { ++failures; }
  size_t articles = 0, failures = 0, bytes = 0;
};

void MeasureSpeed(const PageGenerator& generator, const Reader& reader) {
  // A page as sites send it: scripts and style around the article.
  const std::string script =
      "<script>" + std::string(20000, 'x') + "</script><style>" + std::string(5000, 'y') + "</style>";
  std::string jsonl;
  size_t html_bytes = 0, text_bytes = 0;
  std::vector<std::string> plain, full, texts;
  for (size_t i = 0; i < 2000; ++i) {
    const GeneratedPage page = generator.Make("seen_01.html", i);
    plain.push_back(page.bytes);
    full.push_back(page.bytes + script);
    texts.push_back(generator.Make("seen_06.txt", i).bytes);
    std::string text;
    for (const std::string& paragraph : page.paragraphs) {
      if (!text.empty()) text += "\\n\\n";
      for (const char c : paragraph) {
        if (c == '"') text += '\\';
        text += c;
      }
    }
    jsonl += "{\"id\":\"" + std::to_string(i) + "\",\"title\":\"" + page.title + "\",\"date\":\"" +
             page.date + "\",\"text\":\"" + text + "\"}\n";
  }
  const auto run = [&reader](const char* name, const std::vector<std::string>& inputs, const char* file) {
    double best = 1e9;
    size_t bytes = 0, articles = 0;
    for (int round = 0; round < 5; ++round) {
      CountingSink sink;
      const double start = CpuSeconds();
      bytes = 0;
      for (const std::string& input : inputs) {
        reader.ReadBytes(input, file, {}, false, &sink);
        bytes += input.size();
      }
      best = std::min(best, CpuSeconds() - start);
      articles = sink.articles;
    }
    std::printf("| %s | %zu | %.1f | %.0f |\n", name, articles, static_cast<double>(bytes) / 1e6,
                static_cast<double>(bytes) / best / 1e6);
  };
  std::printf("\n| input | articles | MB | MB per CPU second |\n|---|---|---|---|\n");
  (void)html_bytes;
  (void)text_bytes;
  run("HTML without scripts", plain, "a.html");
  run("HTML with 25 kB of script and style", full, "a.html");
  run("plain text", texts, "a.txt");
  run("article JSON Lines", {jsonl}, "a.jsonl");
  double best = 1e9;
  size_t bytes = 0;
  for (int round = 0; round < 3; ++round) {
    const double start = CpuSeconds();
    bytes = 0;
    for (const std::string& text : texts) bytes += text.size() + 0 * MinHashSignature(text).size();
    best = std::min(best, CpuSeconds() - start);
  }
  std::printf("| MinHash signature | %zu | %.1f | %.0f |\n", texts.size(), static_cast<double>(bytes) / 1e6,
              static_cast<double>(bytes) / best / 1e6);
}

std::string Join(const GeneratedPage& page, size_t from, size_t to) {
  std::string text = page.title;
  for (size_t i = from; i < to; ++i) text += "\n\n" + page.paragraphs[i];
  return text;
}

// One copy of a story: 0 cut by a fifth, 1 re-headed, 2 every tenth sentence replaced, 3 one word in fifty
// changed.
std::string Perturb(const PageGenerator& generator, GeneratedPage page, size_t how, uint64_t seed) {
  if (how == 0) return Join(page, 0, page.paragraphs.size() - (page.paragraphs.size() + 4) / 5);
  if (how == 1) {
    page.title = generator.MakeSentence("headline", seed * 31 + 7);
    page.paragraphs.insert(page.paragraphs.begin(), generator.MakeSentence("teaser", seed * 31 + 8));
  }
  if (how == 2) {
    for (size_t i = 4; i < page.paragraphs.size(); i += 10)
      page.paragraphs[i] = generator.MakeSentence("sentence", seed * 17 + i);
  }
  std::string text = Join(page, 0, page.paragraphs.size());
  if (how != 3) return text;
  std::string edited;
  size_t word = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    edited += ++word % 50 == 0 ? "changed" : text.substr(begin, end - begin);
    edited.push_back(' ');
    begin = end + 1;
  }
  return edited;
}

void MeasureDuplicates(const PageGenerator& generator, size_t stories) {
  const double start = CpuSeconds();
  std::vector<std::string> signatures;
  std::vector<size_t> story_of;
  for (size_t i = 0; i < stories; ++i) {
    const GeneratedPage page = generator.MakeStory(i + 1000003);
    signatures.push_back(MinHashSignature(Join(page, 0, page.paragraphs.size())));
    story_of.push_back(i);
    if (i % 2 == 0) {
      signatures.push_back(MinHashSignature(Perturb(generator, page, i / 2 % 4, i)));
      story_of.push_back(i);
    }
  }
  std::unordered_map<uint64_t, std::vector<size_t>> buckets;
  for (size_t i = 0; i < signatures.size(); ++i) {
    for (const uint64_t key : SignatureBandKeys(signatures[i])) buckets[key].push_back(i);
  }
  std::set<std::pair<size_t, size_t>> pairs;
  size_t candidates = 0;
  for (const auto& [key, members] : buckets) {
    for (size_t a = 0; a < members.size(); ++a) {
      for (size_t b = a + 1; b < members.size(); ++b) {
        ++candidates;
        if (SignatureSimilarity(signatures[members[a]], signatures[members[b]]) >=
            whowhom::extract::kNearDuplicateSimilarity) {
          pairs.emplace(members[a], members[b]);
        }
      }
    }
  }
  size_t right = 0;
  for (const auto& [a, b] : pairs) right += story_of[a] == story_of[b] ? 1 : 0;
  const size_t gold = (stories + 1) / 2;
  double wrong_best = 0, right_worst = 1;
  std::map<size_t, size_t> found_by;
  std::map<size_t, size_t> all_by;
  std::unordered_set<size_t> found;
  for (const auto& [a, b] : pairs) {
    if (story_of[a] == story_of[b]) found.insert(story_of[a]);
  }
  for (size_t i = 0; i < stories; i += 2) {
    ++all_by[i / 2 % 4];
    found_by[i / 2 % 4] += found.count(i);
  }
  (void)wrong_best;
  (void)right_worst;
  std::printf(
      "\n| articles | copies | recall | precision | candidates compared | CPU s "
      "|\n|---|---|---|---|---|---|\n");
  std::printf("| %zu | %zu | %.2f %% | %.2f %% | %zu | %.1f |\n", signatures.size(), gold,
              100.0 * static_cast<double>(right) / static_cast<double>(gold),
              100.0 * static_cast<double>(right) / static_cast<double>(std::max<size_t>(1, pairs.size())),
              candidates, CpuSeconds() - start);
  const char* kinds[] = {"cut by a fifth", "re-headed with a new lead", "every tenth paragraph replaced",
                         "one word in fifty changed"};
  for (const auto& [how, all] : all_by) {
    std::printf("- %s: %zu of %zu found\n", kinds[how], found_by[how], all);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: measure_reading FOLDER [PAGES] [STORIES]\n");
    return 2;
  }
  const std::string folder = argv[1];
  const auto generator = PageGenerator::Load(folder + "/tools/page_generator");
  const auto reader = Reader::Load(folder + "/data");
  if (!generator.ok() || !reader.ok()) {
    std::fprintf(stderr, "%s\n",
                 generator.ok() ? reader.error().message.c_str() : generator.error().message.c_str());
    return 2;
  }
  MeasureFurniture(generator.value(), *reader.value(), argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 50);
  MeasureSpeed(generator.value(), *reader.value());
  if (argc > 3) MeasureDuplicates(generator.value(), std::strtoul(argv[3], nullptr, 10));
  return 0;
}
