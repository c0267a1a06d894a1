// Replays the fuzzing corpora: inputs that once were, or nearly were, trouble.
#include <algorithm>
#include <filesystem>

#include "fuzz/read_fuzz.h"
#include "unit/extract/read/read_testing.h"
#include "whowhom/core/tsv.h"

namespace whowhom::extract {
namespace {

TEST(FuzzCorpus, EveryInputOfTheReadersKeepsItsPromises) {
  const std::string folder = std::string(WHOWHOM_SOURCE_DIR) + "/tests/fuzz/corpus";
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().string().find("/read_") != std::string::npos)
      files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  EXPECT_GE(files.size(), 15U);
  for (const std::string& file : files) {
    const Result<std::string> bytes = ReadFile(file);
    ASSERT_TRUE(bytes.ok());
    const auto* data = reinterpret_cast<const uint8_t*>(bytes->data());
    // Every input under every name: the name is only a hint.
    for (const char* name : {"page", "a.html", "a.txt", "a.json", "a.csv"})
      FuzzReader(data, bytes->size(), name);
    // And cut short at each of its first bytes.
    for (size_t size = 0; size < std::min<size_t>(bytes->size(), 200); ++size) FuzzReader(data, size, "page");
  }
}

}  // namespace
}  // namespace whowhom::extract
