#include "whowhom/export/output.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "whowhom/export/picture.h"

namespace whowhom::exports {
namespace {

class OutputTest : public ::testing::Test {
 protected:
  OutputTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "whowhom-output-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~OutputTest() override { std::filesystem::remove_all(folder_); }
  std::string At(const std::string& name) const { return folder_ + "/" + name; }
  static std::string ContentOf(const std::string& path) {
    std::ostringstream content;
    content << std::ifstream(path).rdbuf();
    return content.str();
  }
  std::string folder_;
};

TEST_F(OutputTest, AFileThatIsThereStaysWholeWhenTheWriterIsKilled) {
  const std::string path = At("graph.gexf");
  std::ofstream(path) << "the old one";
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto output = OpenFile(path);
    output->Write(std::string(5'000'000, 'x'));
    const ssize_t written = ::write(ready[1], "1", 1);
    ::pause();
    ::_exit(written == 1 ? 0 : 1);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_EQ(ContentOf(path), "the old one");
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(ContentOf(path), "the old one");
  // What the killed one left does not hinder the next.
  const auto output = OpenFile(path);
  output->Write("the new one");
  ASSERT_TRUE(output->Finish().ok());
  EXPECT_EQ(ContentOf(path), "the new one");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(OutputTest, WithoutFinishNothingIsLeft) {
  OpenFile(At("graph.csv"))->Write("half");
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(OutputTest, SaysWhatCannotBeWritten) {
  const auto output = OpenFile(At("no/such/folder/graph.csv"));
  output->Write("text");
  const Status status = output->Finish();
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("no/such/folder/graph.csv"), std::string::npos);
}

TEST_F(OutputTest, ALayoutThatTakesTooLongIsEndedAndLeavesNoFile) {
  // Every node with every other: dot takes minutes for it.
  std::string dot = "digraph g {\n";
  for (int a = 0; a < 90; ++a) {
    for (int b = 0; b < a; ++b)
      dot += "n" + std::to_string(a) + " -> n" + std::to_string(b) + " [label=\"accused\"];\n";
  }
  const Status status = DrawDot(dot + "}\n", "dot", 1, At("graph.svg"));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kResourceLimit);
  EXPECT_NE(status.error().message.find("more than 1 s"), std::string::npos) << status.error().message;
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

}  // namespace
}  // namespace whowhom::exports
