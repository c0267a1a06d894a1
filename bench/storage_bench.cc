// Measures the store: storage_bench STATEMENTS FOLDER [load]
// "load" ends after the bulk load, for profiles.
// FOLDER must not exist; the store is left there. Figures: docs/figures/store.md.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "storage_world.h"
#include "whowhom/storage/store.h"

namespace whowhom::bench {
namespace {

using storage::BulkLoader;
using storage::EdgePattern;
using storage::EdgeSummary;
using storage::OpenMode;
using storage::Snapshot;
using storage::Store;

template <typename T>
T Need(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}
void Need(const Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.error().message.c_str());
  std::exit(1);
}

void Print(const char* what, const Times& times, double count, const char* unit) {
  std::printf("%-44s %10.3f us cpu %10.3f us wall  per %s\n", what, times.cpu * 1e6 / count,
              times.wall * 1e6 / count, unit);
}

NodeId NodeOf(uint64_t number) { return ToNodeId(ComputeActorHash(World::ActorName(number), "")); }
RelationId RelationOf(int relation) { return ToRelationId(ComputeRelationHash(World::Verb(relation))); }

void Load(const std::string& path, uint64_t statements) {
  World world(statements, 1);
  Times spent;
  auto loader = Need(BulkLoader::Create(path, {}));
  uint64_t made = 0;
  uint64_t text_bytes = 0;
  while (made < statements) {
    std::vector<WorldArticle> chunk;
    for (int i = 0; i < 500 && made < statements; ++i, made += 15) chunk.push_back(world.Make());
    const Times begin = Now();
    for (const WorldArticle& article : chunk) Need(loader->Add(article.document, article.statements));
    spent += Now() - begin;
    for (const WorldArticle& article : chunk) text_bytes += article.document.text.size();
  }
  const Times begin = Now();
  Need(loader->Finish());
  spent += Now() - begin;
  loader.reset();
  const auto store = Need(Store::Open(path, {.mode = OpenMode::kReadOnly}));
  const auto stats = Need(store->TakeSnapshot()->Stats());
  const auto count = static_cast<double>(stats.statements);
  Print("bulk load", spent, count, "statement");
  std::printf("%-44s %10.1f bytes on disk, %.1f of raw text  per statement\n", "size",
              static_cast<double>(stats.disk_bytes) / count, static_cast<double>(text_bytes) / count);
  std::printf("statements %llu edges %llu nodes %llu documents %llu\n",
              static_cast<unsigned long long>(stats.statements), static_cast<unsigned long long>(stats.edges),
              static_cast<unsigned long long>(stats.nodes), static_cast<unsigned long long>(stats.documents));
}

void Families(const Store& store) {
  std::map<std::string, std::pair<uint64_t, uint64_t>> sizes;
  Need(store.Dump([&](std::string_view family, std::string_view key, std::string_view value) {
    auto& size = sizes[std::string(family)];
    ++size.first;
    size.second += key.size() + value.size();
  }));
  for (const auto& [family, size] : sizes) {
    std::printf("  %-10s %12llu rows %14llu bytes before compression\n", family.c_str(),
                static_cast<unsigned long long>(size.first), static_cast<unsigned long long>(size.second));
  }
}

void Reads(const std::string& path, uint64_t statements) {
  std::vector<double> opens;
  for (int i = 0; i < 11; ++i) {
    const Times begin = Now();
    const auto store = Need(Store::Open(path, {.mode = OpenMode::kReadOnly}));
    opens.push_back((Now() - begin).wall);
  }
  std::sort(opens.begin(), opens.end());
  std::printf("%-44s %10.1f ms wall (median of 11), %.1f first\n", "open for reading", opens[5] * 1e3,
              opens[10] * 1e3);
  const auto store = Need(Store::Open(path, {.mode = OpenMode::kReadOnly}));
  const auto snapshot = store->TakeSnapshot();
  World world(statements, 77);
  std::vector<NodeId> nodes;
  for (int i = 0; i < 1000; ++i) nodes.push_back(NodeOf(world.random()() % world.actors()));
  for (const char* name : {"1,000 neighbour look-ups, first", "1,000 neighbour look-ups, again"}) {
    uint64_t edges = 0;
    const Times begin = Now();
    for (NodeId node : nodes) {
      EdgePattern pattern;
      pattern.subject = node;
      Need(snapshot->ScanEdges(pattern, [&](const EdgeSummary&) { return ++edges > 0; }));
    }
    Print(name, Now() - begin, 1, ("run; edges " + std::to_string(edges)).c_str());
  }
  for (int relation : {0, 20}) {
    uint64_t edges = 0;
    const Times begin = Now();
    EdgePattern pattern;
    pattern.relation = RelationOf(relation);
    Need(snapshot->ScanEdges(pattern, [&](const EdgeSummary&) { return ++edges > 0; }));
    Print(relation == 0 ? "all edges of the most frequent relation" : "all edges of relation 20",
          Now() - begin, 1, ("run; edges " + std::to_string(edges)).c_str());
  }
  for (int round = 0; round < 2; ++round) {
    const Times begin = Now();
    const auto top = Need(snapshot->TopOfRelation(RelationOf(0), 20));
    Print(round == 0 ? "top 20 of the most frequent relation, first" : "top 20, again", Now() - begin, 1,
          ("run; best " + std::to_string(top.front().statements)).c_str());
  }
  uint64_t rows = 0;
  const Times begin = Now();
  Need(snapshot->ScanTimeline(NodeOf(0), {{0}, {40000}},
                              [&](Day, const storage::EdgeKey&) { return ++rows > 0; }));
  Print("timeline of the busiest actor", Now() - begin, 1, ("run; rows " + std::to_string(rows)).c_str());
}

void Writes(const std::string& path, uint64_t statements) {
  const auto store = Need(Store::Open(path, {.mode = OpenMode::kReadWrite}));
  World world(statements, 99);
  std::vector<WorldArticle> articles;
  for (int i = 0; i < 3000; ++i) articles.push_back(world.Make());
  {
    const auto writer = Need(store->NewWriter());
    const Times begin = Now();
    for (const WorldArticle& article : articles) Need(writer->Add(article.document, article.statements));
    Need(writer->Commit());
    const Times spent = Now() - begin;
    Print("durable add, group commit", spent, 3000, "article");
    std::printf("%-44s %10.0f articles/s cpu %8.0f articles/s wall\n", "", 3000 / spent.cpu,
                3000 / spent.wall);
  }
  std::vector<WorldArticle> long_articles;
  for (int i = 0; i < 200; ++i) long_articles.push_back(world.Make(20));
  const auto writer = Need(store->NewWriter());
  Times begin = Now();
  for (const WorldArticle& article : long_articles) {
    Need(writer->Add(article.document, article.statements));
    Need(writer->Commit());
  }
  Print("durable add, each committed", Now() - begin, 200, "article of 20 statements");
  begin = Now();
  for (const WorldArticle& article : long_articles) {
    Need(writer->Retract(article.document.id));
    Need(writer->Commit());
  }
  Print("retract, each committed", Now() - begin, 200, "article of 20 statements");
}

}  // namespace
}  // namespace whowhom::bench

int main(int argc, char** argv) {
  const bool is_load_only = argc == 4 && std::string_view(argv[3]) == "load";
  if (argc != 3 && !is_load_only) {
    std::fprintf(stderr, "usage: storage_bench STATEMENTS FOLDER [load]\n");
    return 2;
  }
  const uint64_t statements = std::strtoull(argv[1], nullptr, 10);
  const std::string path = argv[2];
  if (std::filesystem::exists(path)) {
    std::fprintf(stderr, "%s exists\n", path.c_str());
    return 2;
  }
  whowhom::bench::Load(path, statements);
  if (is_load_only) return 0;
  whowhom::bench::Reads(path, statements);
  whowhom::bench::Families(*whowhom::bench::Need(whowhom::storage::Store::Open(path, {})));
  whowhom::bench::Writes(path, statements);
  return 0;
}
