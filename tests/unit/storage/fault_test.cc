// Damage and death: what a crash, a torn log, a flipped byte, a full disk or a lost permission may do, and
// may not.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>

#include "database.h"
#include "keys.h"
#include "layout.h"
#include "migrations.h"
#include "store_fixture.h"
#include "whowhom/core/tsv.h"

namespace whowhom::storage {
namespace {

constexpr uint64_t kCrashSeed = 4242;

std::vector<SampleArticle> CrashArticles(int count) {
  SampleMaker maker(kCrashSeed);
  std::vector<SampleArticle> articles;
  for (int i = 0; i < count; ++i) articles.push_back(maker.Make());
  return articles;
}

void Say(const std::string& line) {
  const std::string text = line + "\n";
  if (write(STDOUT_FILENO, text.data(), text.size()) < 0) _exit(9);
}

// --- the process that is killed
// -------------------------------------------------------------------------------------

// Adds article after article from `from` on; says each number when it is committed.
int ChildAdds(const std::string& path, int from) {
  auto store = Store::Open(path, {.mode = OpenMode::kCreate});
  if (!store.ok()) return 1;
  auto writer = (*store)->NewWriter();
  if (!writer.ok()) return 1;
  const std::vector<SampleArticle> articles = CrashArticles(400);
  Say("ready");
  for (int i = from; i < 400; ++i) {
    const SampleArticle& article = articles[static_cast<size_t>(i)];
    if (!(*writer)->Add(article.document, article.statements).ok()) return 1;
    if (i % 3 != 0) continue;
    if (!(*writer)->Commit().ok()) return 1;
    Say(std::to_string(i + 1));
  }
  return 0;
}

int ChildBulk(const std::string& path, int from) {
  BulkOptions options;
  options.memory_bytes = 1 << 18;
  auto loader = BulkLoader::Create(path, options);
  if (!loader.ok()) return 1;
  Say("ready");
  const std::vector<SampleArticle> articles = CrashArticles(from + 150);
  for (size_t i = static_cast<size_t>(from); i < articles.size(); ++i) {
    if (!(*loader)->Add(articles[i].document, articles[i].statements).ok()) return 1;
  }
  if (!(*loader)->Finish().ok()) return 1;
  Say(std::to_string(articles.size()));
  return 0;
}

int ChildMaintains(const std::string& path, bool backup) {
  auto store = Store::Open(path, {.mode = OpenMode::kCreate});
  if (!store.ok()) return 1;
  Say("ready");
  for (int i = 0; i < 50; ++i) {
    const Status status = backup ? (*store)->Backup(path + ".backup") : (*store)->Compact();
    if (!status.ok()) return 1;
  }
  return 0;
}

// Opens the store as nobody.
int ChildWithoutPermission(const std::string& path) {
  if (setgid(65534) != 0 || setuid(65534) != 0) return 7;
  const auto store = Store::Open(path, {.mode = OpenMode::kReadWrite});
  if (store.ok()) return 1;
  Say(store.error().message);
  return store.error().code == ErrorCode::kIo ? 0 : 2;
}

// Not a test of its own: the body of the processes that the tests below start and kill.
TEST(FaultChild, Runs) {
  const char* task = std::getenv("WHOWHOM_FAULT_CHILD");
  if (task == nullptr) GTEST_SKIP() << "started by the fault tests only";
  const std::string path = std::getenv("WHOWHOM_FAULT_STORE");
  const int from = std::atoi(std::getenv("WHOWHOM_FAULT_FROM"));
  const std::string name = task;
  int code = 8;
  if (name == "add") code = ChildAdds(path, from);
  if (name == "bulk") code = ChildBulk(path, from);
  if (name == "compact") code = ChildMaintains(path, false);
  if (name == "backup") code = ChildMaintains(path, true);
  if (name == "nobody") code = ChildWithoutPermission(path);
  std::_Exit(code);
}

// --- the tests
// ------------------------------------------------------------------------------------------------------

class FaultTest : public StoreFixture {
 protected:
  struct Child {
    pid_t pid = -1;
    int output = -1;
  };

  Child Start(const std::string& task, const std::string& path, int from) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const pid_t pid = fork();
    if (pid == 0) {
      dup2(ends[1], STDOUT_FILENO);
      setenv("WHOWHOM_FAULT_CHILD", task.c_str(), 1);
      setenv("WHOWHOM_FAULT_STORE", path.c_str(), 1);
      setenv("WHOWHOM_FAULT_FROM", std::to_string(from).c_str(), 1);
      execl("/proc/self/exe", "storage_test", "--gtest_filter=FaultChild.Runs", "--gtest_brief=1", nullptr);
      _exit(6);
    }
    close(ends[1]);
    return {pid, ends[0]};
  }

  static bool WaitForOutput(const Child& child, int timeout_ms) {
    pollfd waiting{child.output, POLLIN, 0};
    return poll(&waiting, 1, timeout_ms) > 0;
  }

  // Everything the child said; it is dead afterwards.
  static std::string Reap(const Child& child, int* status) {
    std::string text;
    char buffer[4096];
    for (ssize_t got = 0; (got = read(child.output, buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<size_t>(got));
    }
    close(child.output);
    waitpid(child.pid, status, 0);
    return text;
  }

  // The last number said: that many articles are acknowledged.
  static int LastNumber(const std::string& text) {
    int last = 0;
    size_t begin = 0;
    while (begin < text.size()) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      if (end < text.size()) last = std::max(last, std::atoi(text.substr(begin, end - begin).c_str()));
      begin = end + 1;
    }
    return last;
  }

  // The store holds at least the acknowledged articles and nothing is wrong with it; returns how many it
  // holds.
  int ExpectSound(const std::string& path, int acknowledged) {
    const auto store = OpenAt(path);
    if (store == nullptr) return acknowledged;
    EXPECT_TRUE(store->warnings().empty()) << store->warnings().front();
    const auto report = store->Verify(false);
    EXPECT_OK(report);
    EXPECT_EQ(report->issue_count, 0U) << report->issues.front().what << ": " << report->issues.front().found;
    const int held = static_cast<int>(report->checked_documents);
    EXPECT_GE(held, acknowledged);
    return held;
  }
};

int CrashRounds() {
  const char* rounds = std::getenv("WHOWHOM_CRASH_ROUNDS");
  return rounds != nullptr ? std::atoi(rounds) : 12;
}

TEST_F(FaultTest, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
  const int wanted = CrashRounds();
  std::mt19937_64 random(1);
  const char* tasks[] = {"add", "bulk", "add", "compact", "add", "backup"};
  int held = 0;
  int kills = 0;
  int generation = 0;
  int round = 0;
  // A process that was done before the signal does not count.
  for (; kills < wanted && round < 4 * wanted; ++round) {
    const std::string task = tasks[round % 6];
    const std::string path = PathOf("crash" + std::to_string(generation));
    const Child child = Start(task, path, held);
    WaitForOutput(child, 20000);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 120000));
    kill(child.pid, SIGKILL);
    int status = 0;
    const std::string said = Reap(child, &status);
    kills += WIFSIGNALED(status) ? 1 : 0;
    ASSERT_NE(said.find("ready"), std::string::npos) << task;
    held = ExpectSound(path, std::max(held, LastNumber(said)));
    if (held < 250) continue;
    const std::vector<SampleArticle> all = CrashArticles(held);
    const DumpMap expected = DumpOfFresh(all);
    const DumpMap found = DumpOf(*OpenAt(path));
    ASSERT_TRUE(expected == found) << Difference(expected, found);
    std::filesystem::remove_all(path);
    ++generation;
    held = 0;
  }
  std::cout << "processes " << round << ", killed in the middle of work " << kills << "\n";
  EXPECT_EQ(kills, wanted);
}

// Where records of RocksDB's log end: blocks of 32 KiB, a head of 7 bytes with the length at 4.
std::vector<size_t> RecordBorders(const std::string& log) {
  constexpr size_t kBlock = 32768;
  std::vector<size_t> borders{0};
  size_t at = 0;
  while (at + 7 <= log.size()) {
    if (kBlock - at % kBlock < 7) {
      at += kBlock - at % kBlock;
      continue;
    }
    const size_t length =
        static_cast<uint8_t>(log[at + 4]) | static_cast<size_t>(static_cast<uint8_t>(log[at + 5])) << 8;
    if (length == 0) break;
    at += 7 + length;
    if (at <= log.size()) borders.push_back(at);
  }
  return borders;
}

TEST_F(FaultTest, ALogTornAnywhereLosesOnlyItsEndAndSaysWhatToAddAgain) {
  const std::vector<SampleArticle> articles = CrashArticles(8);
  Reopen();
  for (const SampleArticle& article : articles) AddAll(store_.get(), {article});
  std::filesystem::copy(PathOf("graph"), PathOf("torn"), std::filesystem::copy_options::recursive);
  store_.reset();
  std::string log_path;
  for (const auto& entry : std::filesystem::directory_iterator(PathOf("torn/tables"))) {
    if (entry.path().extension() == ".log" && entry.file_size() > 0) log_path = entry.path().filename();
  }
  ASSERT_FALSE(log_path.empty());
  const std::string log = *ReadFile(PathOf("torn/tables/") + log_path);
  const std::vector<size_t> borders = RecordBorders(log);
  ASSERT_GE(borders.size(), articles.size());
  int cuts = 0;
  for (size_t border : borders) {
    for (int step : {-1, 0, 1}) {
      const auto cut = static_cast<ptrdiff_t>(border) + step;
      // The first batch makes the store; without it there is none.
      if (cut < static_cast<ptrdiff_t>(borders[1]) || cut >= static_cast<ptrdiff_t>(log.size())) continue;
      const std::string path = PathOf("cut");
      std::filesystem::remove_all(path);
      std::filesystem::copy(PathOf("torn"), path, std::filesystem::copy_options::recursive);
      std::filesystem::resize_file(path + "/tables/" + log_path, static_cast<uintmax_t>(cut));
      auto store = OpenAt(path);
      ASSERT_NE(store, nullptr);
      ++cuts;
      const auto report = store->Verify(false);
      ASSERT_OK(report);
      EXPECT_EQ(report->issue_count, 0U);
      const size_t held = report->checked_documents;
      ASSERT_LT(held, articles.size());
      std::string told;
      for (const std::string& warning : store->warnings()) told += warning + "\n";
      for (size_t i = 0; i < articles.size(); ++i) {
        const bool is_told =
            told.find("add again: d:" + ToHex(articles[i].document.id.hash)) != std::string::npos;
        EXPECT_EQ(is_told, i >= held) << told;
      }
      // The warning stays until the articles are there again.
      store = nullptr;
      store = OpenAt(path);
      EXPECT_FALSE(store->warnings().empty());
      AddAll(store.get(), articles);
      store = nullptr;
      store = OpenAt(path);
      EXPECT_TRUE(store->warnings().empty()) << store->warnings().front();
    }
  }
  std::cout << "cuts " << cuts << "\n";
}

TEST_F(FaultTest, TablesThatAreGoneAreMissedEvenWhenTheStoreIsMadeAnew) {
  const std::vector<SampleArticle> articles = CrashArticles(2);
  Reopen();
  AddAll(store_.get(), articles);
  store_.reset();
  std::filesystem::remove_all(PathOf("graph/tables"));
  Reopen();
  ASSERT_EQ(store_->warnings().size(), 3U);
  EXPECT_NE(store_->warnings()[1].find(articles[0].document.path), std::string::npos);
}

TEST_F(FaultTest, AFlippedByteInAnyFileIsNeverSilent) {
  const std::vector<SampleArticle> articles = CrashArticles(12);
  Reopen();
  AddAll(store_.get(), {articles.begin(), articles.begin() + 6});
  ASSERT_OK(store_->Compact());
  for (size_t i = 6; i < articles.size(); ++i) AddAll(store_.get(), {articles[i]});
  const DumpMap sound = DumpOf(*store_);
  std::filesystem::copy(PathOf("graph"), PathOf("sound"), std::filesystem::copy_options::recursive);
  store_.reset();
  std::mt19937_64 random(2);
  int flips = 0;
  int refused = 0;
  int warned = 0;
  int found_by_verify = 0;
  int harmless = 0;
  std::vector<std::string> files = {"commits.log", "writer.lock"};
  for (const auto& entry : std::filesystem::directory_iterator(PathOf("sound/tables"))) {
    if (entry.file_size() > 0 && entry.path().filename() != "LOG")
      files.push_back("tables/" + entry.path().filename().string());
  }
  for (const std::string& file : files) {
    for (int round = 0; round < 5; ++round) {
      const std::string path = PathOf("flipped");
      std::filesystem::remove_all(path);
      std::filesystem::copy(PathOf("sound"), path, std::filesystem::copy_options::recursive);
      std::string bytes = *ReadFile(path + "/" + file);
      bytes[random() % bytes.size()] ^= 0x41;
      std::ofstream(path + "/" + file, std::ios::binary) << bytes;
      ++flips;
      const auto store = Store::Open(path, {.mode = OpenMode::kReadWrite});
      if (!store.ok()) {
        EXPECT_FALSE(store.error().message.empty());
        ++refused;
        continue;
      }
      const auto report = (*store)->Verify(false);
      ASSERT_OK(report);
      if (!(*store)->warnings().empty()) {
        ++warned;
      } else if (report->issue_count > 0) {
        ++found_by_verify;
      } else {
        EXPECT_TRUE(DumpOf(**store) == sound) << "a silent change in " << file;
        ++harmless;
      }
    }
  }
  std::cout << "flips " << flips << ": refused " << refused << ", warned " << warned << ", found by verify "
            << found_by_verify << ", without effect " << harmless << "\n";
}

TEST_F(FaultTest, AFullDiskEndsInAMessageAndKeepsWhatWasCommitted) {
  const std::string mount_point = PathOf("small");
  std::filesystem::create_directory(mount_point);
  if (mount("tmpfs", mount_point.c_str(), "tmpfs", 0, "size=24m") != 0) {
    GTEST_SKIP() << "mounting a small disk is not permitted here";
  }
  const std::string path = mount_point + "/graph";
  SampleMaker maker(9, {.actors = 5000, .min_sentences = 40, .max_sentences = 60});
  std::vector<DocId> committed;
  std::string refusal;
  {
    auto store = Store::Open(path, {.mode = OpenMode::kCreate, .min_free_bytes = 2 << 20});
    ASSERT_OK(store);
    auto writer = (*store)->NewWriter();
    ASSERT_OK(writer);
    for (int i = 0; i < 5000 && refusal.empty(); ++i) {
      const SampleArticle article = maker.Make();
      const auto added = (*writer)->Add(article.document, article.statements);
      const Status status = added.ok() ? (*writer)->Commit() : Status(added.error());
      if (status.ok()) {
        committed.push_back(article.document.id);
      } else {
        EXPECT_EQ(status.error().code, ErrorCode::kResourceLimit);
        refusal = status.error().message;
      }
    }
    // A merge in the background may give space back at any time: fill it, and again if that was too early.
    std::ofstream ballast(mount_point + "/ballast", std::ios::binary);
    const std::string block(size_t{64} << 10, 'x');
    const auto is_refused = [&](const std::function<Status()>& work) {
      for (int i = 0; i < 5; ++i) {
        while (std::filesystem::space(mount_point).available > (size_t{1} << 20) &&
               ballast.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
        }
        if (!work().ok()) return true;
      }
      return false;
    };
    EXPECT_TRUE(is_refused([&] { return (*store)->Compact(); }));
    EXPECT_TRUE(is_refused([&] {
      const auto backup = (*store)->Backup(mount_point + "/backup");
      return backup.ok() ? Status() : Status(backup.error());
    }));
  }
  EXPECT_NE(refusal.find("free"), std::string::npos) << refusal;
  EXPECT_FALSE(BulkLoader::Create(path, {}).ok());
  {
    const auto reader = OpenAt(path, OpenMode::kReadOnly);
    ASSERT_NE(reader, nullptr);
    const auto snapshot = reader->TakeSnapshot();
    for (const DocId& id : committed) EXPECT_TRUE(snapshot->FindDocument(id, true)->has_value());
    std::cout << "committed before the disk was full: " << committed.size() << "\n";
  }
  EXPECT_EQ(mount("tmpfs", mount_point.c_str(), "tmpfs", MS_REMOUNT, "size=512m"), 0);
  {
    const auto store = OpenAt(path);
    ASSERT_NE(store, nullptr);
    const auto report = store->Verify(false);
    EXPECT_OK(report);
    EXPECT_EQ(report->issue_count, 0U);
    EXPECT_EQ(report->checked_documents, committed.size());
  }
  umount2(mount_point.c_str(), MNT_DETACH);
}

TEST_F(FaultTest, ALostPermissionIsSaid) {
  if (geteuid() != 0) GTEST_SKIP() << "needs to change the user";
  Reopen();
  AddAll(store_.get(), CrashArticles(3));
  store_.reset();
  chmod(folder_.c_str(), 0755);
  const Child child = Start("nobody", PathOf("graph"), 0);
  int status = 0;
  const std::string said = Reap(child, &status);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0) << said;
  EXPECT_NE(said.find("ermission"), std::string::npos) << said;
  ExpectSound(PathOf("graph"), 3);
}

TEST_F(FaultTest, AStoreOfANewerVersionIsRefused) {
  Reopen();
  store_.reset();
  {
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(MakeOptions(), TablesFolder(PathOf("graph")), &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    db->Put({}, MetaKey(kSchemaRow), EncodeSchema(kSchemaVersion + 1));
  }
  for (OpenMode mode : {OpenMode::kReadOnly, OpenMode::kReadWrite, OpenMode::kCreate}) {
    const auto store = Store::Open(PathOf("graph"), {.mode = mode});
    ASSERT_FALSE(store.ok());
    EXPECT_EQ(store.error().code, ErrorCode::kNewerVersion);
  }
}

TEST_F(FaultTest, MigrationsRunStepByStepAndGoOnAfterAnInterruption) {
  Reopen();
  store_.reset();
  const auto database = Database::Open(TablesFolder(PathOf("graph")), OpenMode::kReadWrite);
  ASSERT_OK(database);
  (*database)->db()->Put({}, MetaKey(kSchemaRow), EncodeSchema(1));
  std::vector<int> ran;
  bool fails = true;
  std::vector<MigrationStep> steps;
  steps.push_back({1, [&](const auto&) -> Status { return ran.push_back(1), Status(); }});
  steps.push_back({2, [&](const auto&) -> Status {
                     if (fails) return IoError("interrupted");
                     return ran.push_back(2), Status();
                   }});
  EXPECT_FALSE(Migrate({*database, PathOf("graph")}, steps, 3).ok());
  fails = false;
  EXPECT_OK(Migrate({*database, PathOf("graph")}, steps, 3));
  EXPECT_EQ(ran, (std::vector<int>{1, 2}));
  EXPECT_EQ(*ReadSchemaVersion(**database, "graph", 3), 3U);
  const Status gap = Migrate({*database, PathOf("graph")}, steps, 5);
  ASSERT_FALSE(gap.ok());
  EXPECT_EQ(gap.error().code, ErrorCode::kUnsupported);
}

TEST_F(FaultTest, ReadersSeeOneMomentWhileArticlesComeAndGo) {
  const std::vector<SampleArticle> articles = CrashArticles(30);
  Reopen();
  AddAll(store_.get(), articles);
  std::atomic<bool> is_done{false};
  std::atomic<int> reads{0};
  const auto read = [&] {
    while (!is_done) {
      const auto snapshot = store_->TakeSnapshot();
      const auto stats = snapshot->Stats();
      uint64_t edges = 0;
      uint64_t evidence = 0;
      uint64_t statements = 0;
      EXPECT_OK(snapshot->ScanEdges({}, [&](const EdgeSummary& edge) {
        ++edges;
        statements += edge.statements;
        EXPECT_OK(snapshot->ScanEvidence(edge.key, [&](const EvidenceRef& ref) {
          ++evidence;
          EXPECT_OK(snapshot->LoadStatement(ref));
          return true;
        }));
        return true;
      }));
      EXPECT_EQ(edges, stats->edges);
      EXPECT_EQ(evidence, statements);
      ++reads;
    }
  };
  std::thread first(read);
  std::thread second(read);
  {
    auto writer = store_->NewWriter();
    ASSERT_OK(writer);
    for (int round = 0; round < 3 || reads < 4; ++round) {
      for (size_t i = 0; i < articles.size(); i += 3) ASSERT_OK((*writer)->Retract(articles[i].document.id));
      ASSERT_OK((*writer)->Commit());
      for (size_t i = 0; i < articles.size(); i += 3) {
        ASSERT_OK((*writer)->Add(articles[i].document, articles[i].statements));
      }
      ASSERT_OK((*writer)->Commit());
    }
  }
  is_done = true;
  first.join();
  second.join();
}

}  // namespace
}  // namespace whowhom::storage
