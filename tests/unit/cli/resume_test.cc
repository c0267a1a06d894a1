// `add` killed again and again: the store ends as if nothing had happened, and no stored article is extracted
// twice.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "unit/cli/program_testing.h"
#include "whowhom/storage/store.h"

namespace whowhom {
namespace {

namespace fs = std::filesystem;
using Rows = std::map<std::string, std::string>;

size_t FromEnvironment(const char* name, size_t fallback) {
  const char* value = std::getenv(name);
  return value == nullptr ? fallback : std::strtoul(value, nullptr, 10);
}

class ResumeTest : public testing::FolderTest {
 protected:
  void WriteArticles(size_t count) {
    static constexpr const char* kNames[] = {"Brandt", "Okafor", "Amsel", "Reyl", "Novotna"};
    static constexpr const char* kVerbs[] = {"accused", "praised", "sued", "warned", "met"};
    static constexpr const char* kPlaces[] = {"Marsk", "Oststad", "Veldoria", "Tarn Bay", "Port Ellin"};
    std::mt19937 random(5);
    const auto pick = [&random](const auto& list) { return std::string(list[random() % 5]); };
    std::ofstream file(folder_ / "articles.jsonl");
    for (size_t i = 0; i < count; ++i) {
      const std::string who = "Ana " + pick(kNames), whom = "Omar " + pick(kNames);
      file << R"({"id":")" << i << R"(","date":"2024-03-0)" << 1 + random() % 9 << R"(","text":")" << who
           << " " << pick(kVerbs) << " " << whom << " in " << pick(kPlaces) << " on Monday. The council of "
           << pick(kPlaces) << " said that " << whom << " had " << pick(kVerbs) << " the mayor " << i
           << R"( times."})"
           << "\n";
    }
  }

  struct Child {
    pid_t pid = -1;
    int errors = -1;  // its standard error
  };
  Child StartAdd(const std::string& graph) {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const std::string path = folder_ / graph, articles = folder_ / "articles.jsonl";
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::dup2(ends[1], STDERR_FILENO);
      ::execl(WHOWHOM_BINARY, "whowhom", "-g", path.c_str(), "-j", "2", "add", articles.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    return {pid, ends[0]};
  }
  // What it said; it has ended afterwards.
  static std::string Finish(const Child& child, int* status) {
    std::string text;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(child.errors, buffer, sizeof(buffer))) > 0;)
      text.append(buffer, static_cast<size_t>(got));
    ::close(child.errors);
    ::waitpid(child.pid, status, 0);
    return text;
  }
  // Killed after `after_ms` unless it ends before.
  void KillAdd(const std::string& graph, int after_ms) {
    const Child child = StartAdd(graph);
    pollfd waiting{child.errors, POLLIN, 0};
    ::poll(&waiting, 1, after_ms);  // it says nothing before its end
    ::kill(child.pid, SIGKILL);
    int status = 0;
    Finish(child, &status);
  }

  Rows DumpOf(const std::string& graph) {
    storage::OpenOptions options;
    options.mode = storage::OpenMode::kReadOnly;
    const auto store = storage::Store::Open(folder_ / graph, options);
    Rows rows;
    if (!store.ok()) return rows;
    const Status status =
        (*store)->Dump([&](std::string_view family, std::string_view key, std::string_view value) {
          rows[std::string(family) + ":" + std::string(key)] = value;
        });
    EXPECT_TRUE(status.ok());
    return rows;
  }
  size_t DocumentsIn(const std::string& graph) {
    storage::OpenOptions options;
    options.mode = storage::OpenMode::kReadOnly;
    const auto store = storage::Store::Open(folder_ / graph, options);
    size_t count = 0;
    if (!store.ok()) return 0;
    const Status status =
        (*store)->TakeSnapshot()->ScanDocuments([&](const Document&) { return ++count > 0; });
    EXPECT_TRUE(status.ok());
    return count;
  }
};

TEST_F(ResumeTest, KilledAtRandomPointsItEndsWithTheSameStore) {
  const size_t articles = FromEnvironment("WHOWHOM_RESUME_ARTICLES", 200);
  const size_t kills = FromEnvironment("WHOWHOM_RESUME_KILLS", 3);
  WriteArticles(articles);
  int status = 0;
  const auto start = std::chrono::steady_clock::now();
  const std::string told = Finish(StartAdd("whole"), &status);
  ASSERT_EQ(status, 0) << told;
  const auto whole_ms = static_cast<size_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
          .count());

  std::mt19937 random(9);
  size_t stored = 0;
  for (size_t i = 0; i < kills; ++i) {
    KillAdd("killed", static_cast<int>(random() % whole_ms));
    const size_t now = DocumentsIn("killed");
    EXPECT_GE(now, stored) << "what was stored stays";
    stored = now;
  }
  const std::string last = Finish(StartAdd("killed"), &status);
  ASSERT_EQ(status, 0) << last;
  if (stored > 0) {
    EXPECT_NE(last.find(std::to_string(stored) + " already there"), std::string::npos)
        << stored << " were stored, yet: " << last;
  }
  EXPECT_EQ(DocumentsIn("killed"), articles);
  EXPECT_TRUE(DumpOf("killed") == DumpOf("whole"));
  std::printf("%zu kills within %zu ms; %zu of %zu articles stored before the last run\n", kills, whole_ms,
              stored, articles);
}

}  // namespace
}  // namespace whowhom
