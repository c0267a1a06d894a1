// What `add`, `extract`, `clean` and `parse` do with folders, pipes and files that behave badly. Runs the
// real binary.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "unit/cli/program_testing.h"
#include "unit/extract/read/archive_testing.h"

namespace whowhom {
namespace {

namespace fs = std::filesystem;
using testing::FolderTest;
using testing::Outcome;
using testing::Slurp;

std::string Story(size_t number) {
  return "The mayor of Marsk accused the ferry union of fraud on Monday. The union sued the mayor of "
         "Oststad " +
         std::to_string(number) + " days later.";
}

class ReadingTest : public FolderTest {
 protected:
  void SetUp() override {
    FolderTest::SetUp();
    fs::create_directories(folder_ / "in");
  }
  // Runs `whowhom ARGUMENTS` inside the test's folder; `behind` is a pipe or the like.
  Outcome Run(const std::string& arguments, const std::string& behind = "") {
    const std::string command = "cd '" + folder_.string() + "' && ( '" WHOWHOM_BINARY "' " + arguments +
                                " ; echo $? > code ) 2> err " + behind + " > out";
    EXPECT_EQ(std::system(command.c_str()), 0);
    return {std::atoi(Slurp(folder_ / "code").c_str()), Slurp(folder_ / "out"), Slurp(folder_ / "err")};
  }
};

TEST_F(ReadingTest, TheFailureReportMayLieInsideTheFolderThatIsRead) {
  WriteFile("in/a.txt", Story(3));
  WriteFile("in/b.txt", "");
  WriteFile("in/c.bin", std::string("\x7f"
                                    "ELF") +
                            std::string(200, '\0'));
  for (int round = 0; round < 2; ++round) {
    const Outcome outcome = Run("-g in/store add in --errors in/errors.jsonl");
    EXPECT_EQ(outcome.code, 3) << outcome.err;
    EXPECT_EQ(outcome.err.find("errors.jsonl"), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.err.find("in/store/"), std::string::npos) << outcome.err;
    const std::string report = Slurp(folder_ / "in/errors.jsonl");
    EXPECT_NE(report.find("{\"path\":\"in/c.bin\",\"offset\":0,\"reason\":\"is a program"), std::string::npos)
        << report;
    EXPECT_EQ(std::count(report.begin(), report.end(), '\n'), 2) << report;
  }
  EXPECT_NE(Run("-g in/store docs -f tsv").out.find("in/a.txt"), std::string::npos);
}

TEST_F(ReadingTest, TheOutputFileIsNotReadAsInput) {
  WriteFile("in/a.txt", Story(3));
  WriteFile("in/out.jsonl", "{\"text\":\"The council of Tarn Bay praised the mayor of Marsk on Friday.\"}\n");
  ASSERT_EQ(Run("extract in -o in/out.jsonl").code, 0);
  const std::string records = Slurp(folder_ / "in/out.jsonl");
  EXPECT_NE(records.find("ferry union"), std::string::npos);
  EXPECT_EQ(records.find("Tarn Bay"), std::string::npos);
}

TEST_F(ReadingTest, AFailureReportThatCannotBeWrittenIsSaid) {
  WriteFile("in/a.txt", Story(3));
  const Outcome outcome = Run("-g s add in --errors none/errors.jsonl");
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("none/errors.jsonl"), std::string::npos) << outcome.err;
}

TEST_F(ReadingTest, AnOutputPipeThatClosesEarlyEndsTheRun) {
  std::string lines;
  for (size_t i = 0; i < 20000; ++i) lines += "{\"text\":\"" + Story(i) + "\"}\n";
  WriteFile("in/many.jsonl", lines);
  // All of it takes far longer than the limit.
  for (const std::string command : {"extract", "parse", "mentions", "clean"}) {
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = Run(command + " in/many.jsonl", "| head -c 100");
    EXPECT_EQ(outcome.code, 3) << command << ": " << outcome.err;
    EXPECT_EQ(outcome.out.size(), 100U);
    EXPECT_NE(outcome.err.find("standard output"), std::string::npos) << outcome.err;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20)) << command;
  }
}

TEST_F(ReadingTest, AnInputPipeThatClosesEarlyKeepsWhatCame) {
  const std::string line = "{\"text\":\"" + Story(3) + "\"}\n";
  WriteFile("cut.jsonl", line + line.substr(0, 40));
  const Outcome outcome = Run("extract --input jsonl - < cut.jsonl");
  EXPECT_EQ(outcome.code, 3);
  EXPECT_NE(outcome.out.find("ferry union"), std::string::npos);
  EXPECT_NE(outcome.err.find(" (at "), std::string::npos) << outcome.err;
}

TEST_F(ReadingTest, UnreadableFilesAreNamedAndTheRestIsKept) {
  WriteFile("in/a.txt", Story(3));
  WriteFile("in/b.txt", Story(4));
  fs::permissions(folder_ / "in/b.txt", fs::perms::none);
  fs::create_symlink("nowhere", folder_ / "in/c.txt");
  const Outcome outcome = Run("-g s add in --errors e.jsonl");
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("in/c.txt: cannot be opened"), std::string::npos) << outcome.err;
  if (::geteuid() != 0) {  // root reads everything
    EXPECT_NE(outcome.err.find("in/b.txt: cannot be opened"), std::string::npos) << outcome.err;
  }
  EXPECT_NE(Slurp(folder_ / "e.jsonl").find("in/c.txt"), std::string::npos);
  EXPECT_NE(Run("-g s docs -f tsv").out.find("in/a.txt"), std::string::npos);
}

TEST_F(ReadingTest, TruncatedArchivesKeepWhatWasWhole) {
  std::string noise;
  uint32_t state = 1;
  for (int i = 0; i < 200000; ++i)
    noise.push_back(static_cast<char>('a' + (state = state * 1664525 + 1013904223) % 26));
  for (const std::string format : {"zip", "tar", "tar.gz"}) {
    std::string bytes = extract::MakeArchive(format, {{"a.txt", Story(3)}, {"b.txt", noise}});
    bytes.resize(bytes.size() * 2 / 3);
    WriteFile("cut." + format, bytes);
    const Outcome outcome = Run("-g s-" + format + " add cut." + format);
    EXPECT_EQ(outcome.code, 3) << format << ": " << outcome.err;
    EXPECT_NE(outcome.err.find("cut." + format), std::string::npos) << outcome.err;
    EXPECT_NE(Run("-g s-" + format + " docs -f tsv").out.find("a.txt"), std::string::npos) << format;
  }
}

// A line of ten megabytes: `clean` shows all of it, language analysis reads a stated part and says so.
TEST_F(ReadingTest, ALineOfTenMegabytesIsBounded) {
  std::string text;
  for (size_t i = 0; text.size() < (10U << 20); ++i) text += Story(i) + " ";
  WriteFile("long.txt", text + "\n");
  const Outcome outcome = Run("-j 1 -g s add long.txt");
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("only the first 262"), std::string::npos) << outcome.err;
  EXPECT_GT(Run("clean long.txt").out.size(), 10U << 20);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  rusage usage{};
  ASSERT_EQ(::getrusage(RUSAGE_CHILDREN, &usage), 0);
  EXPECT_LT(usage.ru_maxrss, 512L << 10);  // the largest of all these runs
#endif
}

// `parse` reads all of a long line, in pieces; numbers and places go on through them.
TEST_F(ReadingTest, ALongLineIsParsedInPieces) {
  std::string text;
  for (size_t i = 0; text.size() < (600U << 10); ++i) text += Story(i) + " ";
  text.pop_back();
  WriteFile("long.txt", text + "\n");
  const Outcome json = Run("-j 1 parse -f json long.txt");
  ASSERT_EQ(json.code, 0) << json.err;
  const size_t last = json.out.rfind("{\"id\":\"");
  ASSERT_NE(last, std::string::npos);
  EXPECT_NE(json.out.find("\"end\":" + std::to_string(text.size()) + ",\"text\"", last), std::string::npos)
      << json.out.substr(last, 300);
  EXPECT_EQ(std::count(json.out.begin(), json.out.end(), '\n'),
            std::atol(json.out.c_str() + last + 7))  // a sentence a line, numbered to the end
      << json.out.substr(last, 40);
  const Outcome conllu = Run("-j 1 parse long.txt");
  EXPECT_NE(
      conllu.out.find("# sent_id = " + json.out.substr(last + 7, json.out.find('"', last + 7) - last - 7)),
      std::string::npos);
}

}  // namespace
}  // namespace whowhom
