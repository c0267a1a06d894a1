// Measures the reader on generated pages: furniture kept, body lost, title, date and outlet found; speed.
//
//   measure_reading <repository folder> [pages per template = 50]
//   measure_reading <repository folder> page TEMPLATE NUMBER            prints one page
//
// Prints Markdown tables (docs/figures/read.md).
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <set>

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
    if (body.count(paragraph) > 0 || paragraph == page.title || paragraph == page.standfirst) continue;
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

uint64_t SeedOf(size_t page) { return page * 7919 + 13; }

void MeasureFurniture(const PageGenerator& generator, const Reader& reader, size_t pages) {
  std::printf(
      "| template | pages | furniture paragraphs kept | body words lost | wrong title | wrong date "
      "|\n|---|---|---|---|---|---|\n");
  std::map<std::string, Tally> sums;  // by the first word of the template's name
  for (const auto& [name, text] : generator.templates()) {
    Tally tally;
    const bool has_date =
        text.find("{{iso}}") != std::string::npos || text.find("{{date}}") != std::string::npos;
    for (size_t i = 0; i < pages; ++i) {
      const GeneratedPage page = generator.Make(name, SeedOf(i));
      LastArticle sink;
      reader.ReadBytes(page.bytes, name, {}, false, &sink);
      Judge(page, sink, has_date, &tally);
    }
    std::printf("| %s | %zu | %zu | %zu of %zu | %zu | %zu |\n", name.c_str(), tally.pages, tally.furniture,
                tally.lost_words, tally.body_words, tally.wrong_title, tally.wrong_date);
    if (std::getenv("EXAMPLES") != nullptr) {
      size_t shown = 0;
      for (const auto& [example, count] : tally.examples) {
        if (++shown <= 60) std::printf("    %zu x %s\n", count, example.c_str());
      }
    }
    Tally& sum = sums[name.substr(0, name.find('_'))];
    sum.pages += tally.pages;
    sum.furniture += tally.furniture;
    sum.lost_words += tally.lost_words;
    sum.body_words += tally.body_words;
    sum.wrong_title += tally.wrong_title;
    sum.wrong_date += tally.wrong_date;
  }
  for (const auto& [name, t] : sums) {
    std::printf("| **all %s** | %zu | %zu | %.2f %% | %zu | %zu |\n", name.c_str(), t.pages, t.furniture,
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

}  // namespace

int main(int argc, char** argv) {
  if (argc == 5) {
    const auto generator = PageGenerator::Load(std::string(argv[1]) + "/tools/page_generator");
    if (!generator.ok() || !generator->templates().contains(argv[3])) return 2;
    std::fputs(generator->Make(argv[3], SeedOf(std::strtoul(argv[4], nullptr, 10))).bytes.c_str(), stdout);
    return 0;
  }
  if (argc < 2) {
    std::fprintf(stderr, "usage: measure_reading FOLDER [PAGES]\n");
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
  return 0;
}
