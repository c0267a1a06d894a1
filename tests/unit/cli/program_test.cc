// The program as its users meet it: commands, exit codes, messages, files. Runs the real binary on samples/.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "unit/cli/program_testing.h"
#include "whowhom/core/tsv.h"

namespace whowhom {
namespace {

namespace fs = std::filesystem;
using testing::FolderTest;
using testing::Outcome;
using testing::Slurp;

class ProgramTest : public FolderTest {
 protected:
  // Runs `whowhom ARGUMENTS` through the shell inside the test's folder.
  Outcome Run(const std::string& arguments, const std::string& before = "") {
    const std::string command = "cd '" + folder_.string() + "' && " + before + " '" WHOWHOM_BINARY "' " +
                                arguments + " > .out 2> .err";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, Slurp(folder_ / ".out"), Slurp(folder_ / ".err")};
  }
  static std::string Sample(const std::string& name) {
    return "'" WHOWHOM_SOURCE_DIR "/samples/" + name + "'";
  }
};

TEST_F(ProgramTest, MessagesCarryNoControlCharactersOfNames) {
  const Outcome outcome = Run("extract -", "printf '\\033[31mred.txt\\n' |");
  EXPECT_NE(outcome.code, 0);
  EXPECT_NE(outcome.err.find("?[31mred.txt"), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
}

TEST_F(ProgramTest, FindsTitleDateOutletAndAuthorOfEverySample) {
  const auto gold = ReadTsv(WHOWHOM_SOURCE_DIR "/tests/gold/articles.tsv");
  ASSERT_TRUE(gold.ok()) << gold.error().message;
  ASSERT_EQ(gold->rows.size(), 12U);
  for (const TsvRow& row : gold->rows) {
    const Outcome cleaned = Run("clean " + Sample(row.fields[0]));
    ASSERT_EQ(cleaned.code, 0) << cleaned.err;
    const char* names[] = {"", "title", "date", "outlet", "author"};
    for (size_t i = 1; i < 5; ++i) {
      const std::string value = i < row.fields.size() ? row.fields[i] : "";
      const std::string expected =
          "\"" + std::string(names[i]) + "\":" + (value.empty() ? "null" : "\"" + value + "\"");
      EXPECT_NE(cleaned.out.find(expected), std::string::npos) << row.fields[0] << ": " << expected;
    }
  }
}

TEST_F(ProgramTest, AnswersWhoAccusedWhomWithProof) {
  ASSERT_EQ(Run("-g s.db add " + Sample("07-aramco-attack.txt")).code, 0);
  const Outcome answer = Run("-g s.db ask 'who accused whom' -f tsv");
  ASSERT_EQ(answer.code, 0) << answer.err;
  EXPECT_NE(answer.out.find("Mike Pompeo"), std::string::npos) << answer.out;
  const size_t id = answer.out.find("e:");
  ASSERT_NE(id, std::string::npos) << answer.out;
  const Outcome proof = Run("-g s.db why " + answer.out.substr(id, 18));
  EXPECT_EQ(proof.code, 0) << proof.err;
  EXPECT_NE(proof.out.find("accused"), std::string::npos) << proof.out;
}

TEST_F(ProgramTest, GivesTheSameBytesForAnyOrderAnyThreadsAndAnyRepeats) {
  const std::string a = Sample("07-aramco-attack.txt");
  const std::string b = Sample("05-hong-kong.html");
  const std::string c = Sample("06-election-court.json");
  ASSERT_EQ(Run("-g one.db -j 1 add " + a + " " + b + " " + c).code, 0);
  ASSERT_EQ(Run("-g two.db -j 2 add " + c + " " + a + " " + b).code, 0);
  ASSERT_EQ(Run("-g two.db -j 2 add " + b + " " + c + " " + a).code, 0);
  ASSERT_EQ(Run("extract " + b + " " + a + " " + c + " -o r.jsonl").code, 0);
  ASSERT_EQ(Run("-g three.db merge r.jsonl").code, 0);
  ASSERT_EQ(Run("-g one.db export jsonl -o one.jsonl").code, 0);
  ASSERT_EQ(Run("-g two.db export jsonl -o two.jsonl").code, 0);
  ASSERT_EQ(Run("-g three.db export jsonl -o three.jsonl").code, 0);
  const std::string first = Slurp(folder_ / "one.jsonl");
  EXPECT_GT(first.size(), 1000u);
  EXPECT_EQ(first, Slurp(folder_ / "two.jsonl"));
  EXPECT_EQ(first, Slurp(folder_ / "three.jsonl"));
}

TEST_F(ProgramTest, RetractsExactlyWhatAnArticleSupported) {
  ASSERT_EQ(Run("-g s.db add " + Sample("07-aramco-attack.txt")).code, 0);
  ASSERT_EQ(Run("-g s.db export jsonl -o before.jsonl").code, 0);
  ASSERT_EQ(Run("-g s.db add " + Sample("10-world-court.txt")).code, 0);
  const Outcome docs = Run("-g s.db docs -f tsv");
  ASSERT_EQ(docs.code, 0) << docs.err;
  std::istringstream lines(docs.out);
  std::string id;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("10-world-court") != std::string::npos) id = line.substr(line.find("d:"), 14);
  }
  ASSERT_FALSE(id.empty()) << docs.out;
  ASSERT_EQ(Run("-g s.db retract " + id).code, 0);
  ASSERT_EQ(Run("-g s.db export jsonl -o after.jsonl").code, 0);
  EXPECT_EQ(Slurp(folder_ / "before.jsonl"), Slurp(folder_ / "after.jsonl"));
  EXPECT_EQ(Run("-g s.db verify").code, 0);
  EXPECT_EQ(Run("-g s.db retract d:ffffffffffff").code, 1);
}

TEST_F(ProgramTest, SkipsBadFilesNamesThemAndKeepsTheRest) {
  WriteFile("empty.txt", "");
  WriteFile("binary.bin", std::string("\x7f"
                                      "ELF\0\0\1\2\3\0\0\0\0\0\0\0",
                                      16) +
                              std::string(2000, '\0'));
  WriteFile("latin1.txt",
            "Paris, 3 May 2019\n\nThe mayor of S\xe3o Paulo accused the governor of fraud on Friday. The "
            "governor denied the charge.\n");
  fs::create_directories(folder_ / "loop");
  fs::create_directory_symlink("..", folder_ / "loop" / "up");
  const Outcome outcome =
      Run("-g s.db add empty.txt binary.bin latin1.txt loop missing.txt " + Sample("10-world-court.txt"));
  EXPECT_EQ(outcome.code, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("missing.txt"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("binary.bin"), std::string::npos) << outcome.err;
  EXPECT_NE(Run("-g s.db docs").out.find("10-world-court"), std::string::npos);
}

TEST_F(ProgramTest, SaysThatArticlesWereSkipped) {
  WriteFile(
      "german.txt",
      "Der Rat der Stadt hat am Montag beschlossen, den alten Hafen zu schliessen, weil die Mauern nicht "
      "mehr sicher sind.\n");
  const Outcome outcome = Run("extract german.txt");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "1 skipped; -v says why\n");
  EXPECT_NE(Run("extract -v german.txt").err.find("is not in English"), std::string::npos);
}

TEST_F(ProgramTest, ReadsALineOfTenMegabytes) {
  WriteFile("long.txt", "Rome, 3 May 2019\n\n" + std::string(10 << 20, 'x') + "\n");
  const Outcome outcome = Run("-g s.db add long.txt");
  EXPECT_TRUE(outcome.code == 0 || outcome.code == 3) << outcome.err;
}

TEST_F(ProgramTest, ExplainsUsageErrors) {
  const Outcome unknown = Run("aks");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("did you mean \"ask\""), std::string::npos) << unknown.err;
  EXPECT_EQ(Run("ask").code, 2);
  EXPECT_EQ(Run("extract -f csv " + Sample("10-world-court.txt")).code, 2);
  EXPECT_EQ(Run("add").code, 2);
  EXPECT_EQ(Run("help").code, 0);
  EXPECT_EQ(Run("ask --help").code, 0);
}

TEST_F(ProgramTest, SaysWhatIsWrongWithTheStore) {
  const Outcome missing = Run("-g nowhere.db ask 'who accused whom'");
  EXPECT_EQ(missing.code, 4);
  EXPECT_NE(missing.err.find("nowhere.db"), std::string::npos) << missing.err;
  WriteFile("file.db", "not a store");
  EXPECT_EQ(Run("-g file.db stats").code, 4);
}

TEST_F(ProgramTest, PrintsRecordsThatMergeTakesFromAPipe) {
  EXPECT_EQ(
      Run("-g s.db merge -", "'" WHOWHOM_BINARY "' extract " + Sample("10-world-court.txt") + " |").code, 0);
  EXPECT_EQ(Run("-g s.db verify").code, 0);
  const Outcome bad = Run("-g s.db merge -", "echo '{\"kind\":\"edge\"}' |");
  EXPECT_EQ(bad.code, 3);
  EXPECT_NE(bad.err.find("line 1"), std::string::npos) << bad.err;
}

TEST_F(ProgramTest, TakesNoPathFromAnActorToItself) {
  ASSERT_EQ(Run("-g s.db add " + Sample("07-aramco-attack.txt")).code, 0);
  const Outcome outcome = Run("-g s.db path Pompeo 'Mike Pompeo'");
  EXPECT_EQ(outcome.code, 2) << outcome.out;
  EXPECT_NE(outcome.err.find("both names are read as Mike Pompeo"), std::string::npos) << outcome.err;
}

TEST_F(ProgramTest, SamplesBetweennessWithItsError) {
  ASSERT_EQ(Run("-g s.db add " + Sample("07-aramco-attack.txt")).code, 0);
  const Outcome sampled = Run("-g s.db rank --by betweenness --samples 3");
  EXPECT_EQ(sampled.code, 0) << sampled.err;
  EXPECT_NE(sampled.err.find("sampled: +-"), std::string::npos) << sampled.err;
  EXPECT_EQ(Run("-g s.db rank --by betweenness").err.find("sampled"), std::string::npos);
  EXPECT_EQ(Run("-g s.db rank --by degree --samples 3").code, 2);
  EXPECT_EQ(Run("-g s.db rank --by betweenness --samples 0").code, 2);
}

TEST_F(ProgramTest, SaysNoResultWithExitCodeOne) {
  ASSERT_EQ(Run("-g s.db add " + Sample("10-world-court.txt")).code, 0);
  const Outcome answer = Run("-g s.db ask 'who married Angela Merkel'");
  EXPECT_EQ(answer.code, 1) << answer.out << answer.err;
}

TEST_F(ProgramTest, DrawsActorsPathsAndWhatIsBetweenThem) {
  ASSERT_EQ(Run("-g s.db add " + Sample("07-aramco-attack.txt")).code, 0);
  const auto picture = [&](const std::string& name) {
    std::ifstream file(folder_ / name);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  ASSERT_EQ(Run("-g s.db render Iran -o around.dot").code, 0);
  EXPECT_NE(picture("around.dot").find("Around Iran"), std::string::npos);
  ASSERT_EQ(Run("-g s.db render Pompeo Iran --depth 0 -o between.dot").code, 0);
  EXPECT_NE(picture("between.dot").find("Between Mike Pompeo and Iran"), std::string::npos);
  EXPECT_EQ(picture("between.dot").find("Houthi"), std::string::npos);
  ASSERT_EQ(Run("-g s.db path Pompeo Iran --by evidence --direction out --render path.dot").code, 0);
  EXPECT_NE(picture("path.dot").find("From Mike Pompeo to Iran"), std::string::npos);
  EXPECT_EQ(Run("-g s.db path Iran Pompeo --direction out").code, 1);
  EXPECT_EQ(Run("-g s.db path Pompeo Iran --by luck").code, 2);
  EXPECT_EQ(Run("-g s.db path Pompeo Iran --avoid-hubs 0").code, 2);
  ASSERT_EQ(Run("-g s.db near Iran --render near.dot").code, 0);
  EXPECT_NE(picture("near.dot").find("accuse"), std::string::npos);
}

TEST_F(ProgramTest, WritesPicturesAndExportsAtomically) {
  ASSERT_EQ(Run("-g s.db add " + Sample("07-aramco-attack.txt")).code, 0);
  for (const std::string name : {"x.svg", "x.dot"}) {
    EXPECT_EQ(Run("-g s.db render -o " + name).code, 0) << name;
    EXPECT_GT(fs::file_size(folder_ / name), 200u);
  }
  for (const std::string format : {"gexf", "graphml", "csv", "jsonl", "dot"}) {
    const Outcome outcome = Run("-g s.db export " + format + " -o x." + format);
    EXPECT_EQ(outcome.code, 0) << format << outcome.err;
  }
  EXPECT_EQ(Run("-g s.db check-export x.gexf").code, 0);
  EXPECT_NE(Run("-g s.db export gexf -o /nonexistent/x.gexf").code, 0);
  const auto leftovers =
      std::count_if(fs::directory_iterator(folder_), fs::directory_iterator(), [](const auto& entry) {
        return entry.path().extension() == ".part" || entry.path().extension() == ".tmp";
      });
  EXPECT_EQ(leftovers, 0);
}

}  // namespace
}  // namespace whowhom
