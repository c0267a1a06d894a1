// Input made to crash, hang or exhaust a reader. Each case runs in a child process that may use five seconds
// of CPU and 512 MB, and must say what was wrong.
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "unit/extract/read/archive_testing.h"
#include "unit/extract/read/read_testing.h"

namespace whowhom::extract {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxSeconds = 5;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kMaxKilobytes = 4L << 20;  // sanitizers keep freed memory
#else
constexpr long kMaxKilobytes = 512L << 10;
#endif

// Runs `check` in a child under the limits; it returns an empty string if all is well, else what was wrong.
void ExpectBounded(const std::function<std::string()>& check) {
  TestReader();  // loaded once, not part of the case
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const rlimit limit{kMaxSeconds, kMaxSeconds + 1};
    ::setrlimit(RLIMIT_CPU, &limit);
    const std::string problem = check();
    const ssize_t written = ::write(pipe_ends[1], problem.data(), problem.size());
    ::_exit(problem.empty() && written == 0 ? 0 : 1);
  }
  ::close(pipe_ends[1]);
  char buffer[4096];
  const ssize_t got = ::read(pipe_ends[0], buffer, sizeof(buffer));
  ::close(pipe_ends[0]);
  int status = 0;
  rusage usage{};
  ASSERT_EQ(::wait4(child, &status, 0, &usage), child);
  EXPECT_TRUE(WIFEXITED(status)) << "killed by signal " << WTERMSIG(status);
  EXPECT_EQ(std::string(buffer, static_cast<size_t>(std::max<ssize_t>(got, 0))), "");
  EXPECT_LT(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec, kMaxSeconds);
  EXPECT_LT(usage.ru_maxrss, kMaxKilobytes);
}

std::string Repeat(std::string_view part, size_t count) {
  std::string out;
  out.reserve(part.size() * count);
  for (size_t i = 0; i < count; ++i) out.append(part);
  return out;
}

// Reads `bytes`; the problem if it did not give a failure whose reason holds `reason`.
std::string ExpectReason(std::string_view bytes, const std::string& name, std::string_view reason) {
  const KeepingSink sink = ReadAll(bytes, name);
  for (const ReadFailure& failure : sink.failures) {
    if (failure.reason.find(reason) != std::string::npos) return {};
  }
  return sink.failures.empty() ? "no failure was reported" : "unexpected reason: " + sink.failures[0].reason;
}

constexpr std::string_view kStory =
    "<p>The harbour council voted on Monday to close the old ferry terminal, and the union went to court.</p>"
    "<p>The mayor met the union in the town hall on Tuesday and promised to publish the report in full.</p>";

// Reads a page that must still give the story.
std::string ExpectStory(const std::string& page) {
  const KeepingSink sink = ReadAll(page, "page.html");
  if (sink.articles.size() != 1) {
    return sink.failures.empty() ? "no article" : "no article: " + sink.failures[0].reason;
  }
  const std::string& text = sink.articles[0].article.text;
  return text.find("promised to publish the report") != std::string::npos ? "" : "the story was lost";
}

TEST(HostileJson, AMillionOpenBracketsAreRefused) {
  ExpectBounded([] { return ExpectReason(Repeat("[", 1000000), "a.json", "nested deeper"); });
  ExpectBounded([] { return ExpectReason(Repeat("{\"a\":", 1000000), "a.json", "nested deeper"); });
  ExpectBounded([] {
    return ExpectReason("{\"text\":\"x\",\"y\":" + Repeat("[", 1000000) + "\n", "a.jsonl", "nested deeper");
  });
}

TEST(HostileJson, ABrokenLineDoesNotHurtTheNext) {
  const std::string good = "{\"text\":\"The mayor met the union.\"}\n";
  const KeepingSink sink =
      ReadAll(good + Repeat("[", 1000) + "\n{\"text\":\n" + "{\"text\": \"a\x01\"}\n" + good, "a.jsonl");
  EXPECT_GE(sink.articles.size(), 2U);
  EXPECT_GE(sink.failures.size(), 2U);
  EXPECT_EQ(sink.articles.back().article.text, "The mayor met the union.");
}

TEST(HostileJson, AMillionDigitNumberIsNoProblem) {
  ExpectBounded([] {
    const std::string number = Repeat("9", 1000000);
    const KeepingSink sink = ReadAll(
        "{\"text\":\"The mayor met the union.\",\"n\":" + number + "}\n{\"text\":\"The end.\"}\n", "a.jsonl");
    if (sink.articles.empty()) return std::string("the good line was lost");
    return sink.articles.size() + sink.failures.size() == 2 ? std::string()
                                                            : std::string("a line went missing");
  });
}

TEST(HostileJson, ATenMegabyteLineIsRead) {
  ExpectBounded([] {
    const std::string text = Repeat("The mayor met the union. ", 400000);
    const KeepingSink sink = ReadAll("{\"text\":\"" + text + "\"}", "a.jsonl");
    return sink.articles.size() == 1 && sink.articles[0].article.text == text ? std::string()
                                                                              : std::string("not read");
  });
}

TEST(HostileJson, LonePairsAndInvalidBytesAreRepaired) {
  const KeepingSink sink = ReadAll(
      "{\"text\":\"a \\udc00 b\"}\n{\"text\":\"c \xFF\xC0 d\"}\n{\"text\":\"e \\u0000 f\"}\n", "a.jsonl");
  for (const ReadArticle& read : sink.articles) {
    EXPECT_EQ(read.article.text.find('\0'), std::string::npos);
    EXPECT_EQ(read.article.text.find('\xFF'), std::string::npos);
  }
  EXPECT_EQ(sink.articles.size() + sink.failures.size(), 3U);
}

TEST(HostileHtml, AMillionNestedElementsAreRead) {
  ExpectBounded([] { return ExpectStory("<html><body>" + Repeat("<div>", 1000000) + std::string(kStory)); });
  ExpectBounded(
      [] { return ExpectStory("<html><body>" + Repeat("<font size=1>", 1000000) + std::string(kStory)); });
  ExpectBounded([] {
    return ExpectStory("<html><body>" + Repeat("<div class=x><b><i><a href=y>", 250000) + "</a>" +
                       std::string(kStory));
  });
  ExpectBounded(
      [] { return ExpectStory("<html><body>" + Repeat("<table><tr><td>", 300000) + std::string(kStory)); });
}

TEST(HostileHtml, UnclosedMarkupTakesLinearTime) {
  for (const std::string_view part : {"<!--", "<title>", "<textarea>", "<a x=\"", "<a x='y\">", "<![CDATA[",
                                      "<", "</", "&#", "&amp", "</div>", "<p>", "<li>x"}) {
    ExpectBounded([part] {
      ReadAll("<html><body>" + std::string(kStory) + Repeat(part, 1500000 / part.size()), "page.html");
      return std::string();
    });
  }
}

TEST(HostileHtml, ScriptsAreNotText) {
  const ReadArticle read = ReadOne(
      "<html><body><script>var a = '<p>The mayor lied.</p>';</script>" + std::string(kStory) + "<script>",
      "a.html");
  EXPECT_EQ(read.article.text.find("lied"), std::string::npos);
}

TEST(HostileHtml, StructuredDataMayBeHostileToo) {
  ExpectBounded([] {
    return ExpectStory("<html><head><script type=\"application/ld+json\">" + Repeat("[", 1000000) +
                       "</script></head><body>" + std::string(kStory));
  });
}

TEST(HostileFeed, EntitiesAreNeitherExpandedNorFetched) {
  ExpectBounded([] {
    std::string feed =
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"ha ha ha\"><!ENTITY f SYSTEM "
        "\"file:///etc/passwd\">";
    for (int i = 1; i < 40; ++i) {
      const std::string before = "&a" + std::to_string(i - 1) + ";";
      feed += "<!ENTITY a" + std::to_string(i) + " \"" + Repeat(before, 10) + "\">";
    }
    feed +=
        "]><rss><channel><item><title>T</title><description>The mayor met the union &a39; and &f; in the "
        "hall.</description></item></channel></rss>";
    const KeepingSink sink = ReadAll(feed, "a.xml");
    if (sink.articles.size() != 1) return std::string("no article");
    const std::string& text = sink.articles[0].article.text;
    return text.find("root:") == std::string::npos && text.size() < 200 ? std::string()
                                                                        : "expanded: " + text.substr(0, 200);
  });
}

TEST(HostileFeed, DeepNestingIsRead) {
  ExpectBounded([] {
    ReadAll("<rss><channel><item><description>" + Repeat("<a>", 1000000), "a.xml");
    return std::string();
  });
}

TEST(HostileFeed, ItemsBeforeABreakAreKept) {
  const KeepingSink sink = ReadAll(
      "<rss><channel><item><title>One</title><description>The mayor met the union in the "
      "hall.</description></item><item><title>Two</tit",
      "a.xml");
  EXPECT_GE(sink.articles.size(), 1U);
  EXPECT_FALSE(sink.failures.empty());
}

TEST(HostileText, ATenMegabyteLineIsRead) {
  ExpectBounded([] {
    const KeepingSink sink = ReadAll(Repeat("The mayor met the union in the hall and ", 250000), "a.txt");
    return sink.articles.size() == 1 ? std::string() : std::string("not read");
  });
}

TEST(HostileText, ManyShortLinesTakeLinearTime) {
  for (const std::string_view line :
       {"Related\n\n", "a b c d e f g h i j\n", "* x\n", "Comments\n\n", "By Ana Souza | 1\n",
        "The mayor met the union in the hall of the town on Monday.\n\n"}) {
    ExpectBounded([line] {
      ReadAll(Repeat(line, 1500000 / line.size()), "a.txt");
      return std::string();
    });
  }
}

TEST(HostileText, ZerosBecomeBlanks) {
  const ReadArticle read =
      ReadOne(std::string_view("The mayor met\0 the union in the hall of the town.", 49));
  EXPECT_EQ(read.article.text, "The mayor met the union in the hall of the town.");
}

TEST(HostileText, BinaryFilesAreNamed) {
  EXPECT_EQ(ExpectReason(std::string("\x7F"
                                     "ELF\0\0\0",
                                     7),
                         "a", "is a program"),
            "");
  EXPECT_EQ(ExpectReason("%PDF-1.4 x", "a.txt", "is a PDF"), "");
  EXPECT_EQ(ExpectReason(std::string(1000, '\x02'), "a.txt", "binary data"), "");
}

TEST(HostileText, BrokenUtf16IsRead) {
  std::string bytes("\xFF\xFE", 2);
  for (const char c : std::string_view("The mayor met the union.")) bytes += {c, '\0'};
  bytes += std::string("\x00\xDC\x00\xD8x", 5);  // lone surrogates, half a character
  const ReadArticle read = ReadOne(bytes);
  EXPECT_TRUE(read.article.text.starts_with("The mayor met the union."));
  EXPECT_NE(read.notes.at(0).find("invalid bytes"), std::string::npos);
}

TEST(HostileArchive, GzipBombsAreStopped) {
  ExpectBounded(
      [] { return ExpectReason(Gzip(std::string(1 << 20, 'a'), 40), "bomb.gz", "times its size"); });
  ExpectBounded([] {
    return ExpectReason(Gzip("{\"text\":\"" + std::string(1 << 20, 'a'), 40), "bomb.jsonl.gz",
                        "times its size");
  });
}

TEST(HostileArchive, BombsAreStoppedAndWhatCameBeforeIsKept) {
  for (const std::string format : {"zip", "tar.gz"}) {
    for (const char fill : {'a', '\x02', ' '}) {
      ExpectBounded([&format, fill] {
        const std::string bytes =
            MakeArchive(format, {{"a.txt", "The mayor met the union in the hall of the town."},
                                 {"b.txt", std::string(1 << 20, fill), "", 40}});
        const KeepingSink sink = ReadAll(bytes, "bomb." + format);
        if (sink.articles.size() != 1) return std::string("the good member was lost");
        return sink.failures.empty() ? std::string("no reason was given") : std::string();
      });
    }
  }
}

TEST(HostileArchive, ArchivesInArchivesEnd) {
  std::string bytes = "The mayor met the union in the hall of the town.";
  for (int i = 0; i < 6; ++i) bytes = MakeArchive("zip", {{"a", bytes}});
  EXPECT_EQ(ExpectReason(bytes, "deep.zip", "nested deeper"), "");
}

TEST(HostileArchive, NamesAndLinksDoNoHarm) {
  const std::string text = "The mayor met the union in the hall of the town.";
  const std::string tar = MakeArchive("tar", {{"../../../../tmp/whowhom_escaped.txt", text},
                                              {"/tmp/whowhom_absolute.txt", text},
                                              {"link", "", "/etc/passwd"},
                                              {"z.txt", text}});
  const KeepingSink sink = ReadAll(tar, "x.tar");
  EXPECT_EQ(sink.articles.size(), 3U);
  ASSERT_EQ(sink.failures.size(), 1U);
  EXPECT_NE(sink.failures[0].reason.find("link"), std::string::npos);
  EXPECT_FALSE(fs::exists("/tmp/whowhom_escaped.txt"));
  EXPECT_FALSE(fs::exists("/tmp/whowhom_absolute.txt"));
}

TEST(HostileArchive, TruncatedArchivesKeepWhatWasWhole) {
  const std::string text = "The mayor met the union in the hall of the town.";
  std::string noise;
  uint32_t state = 1;
  for (int i = 0; i < 400000; ++i)
    noise.push_back(static_cast<char>('a' + (state = state * 1664525 + 1013904223) % 26));
  for (const std::string format : {"zip", "tar", "tar.gz"}) {
    std::string bytes = MakeArchive(format, {{"a.txt", text}, {"b.txt", noise}});
    bytes.resize(bytes.size() * 2 / 3);
    const KeepingSink sink = ReadAll(bytes, "x." + format);
    EXPECT_GE(sink.articles.size(), 1U) << format;
    EXPECT_FALSE(sink.failures.empty()) << format;
  }
}

class HostileFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("whowhom_files_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  void Write(const std::string& name, std::string_view text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
  }
  fs::path folder_;
};

TEST_F(HostileFiles, LoopsOfLinksAreReportedOnce) {
  Write("a.txt", "x");
  fs::create_directories(Path("sub"));
  fs::create_directory_symlink(folder_, Path("sub/back"));
  fs::create_symlink(Path("self"), Path("self"));
  const FileList list = ListFiles({folder_.string()});
  ASSERT_EQ(list.files.size(), 1U);
  ASSERT_EQ(list.failures.size(), 2U);
  EXPECT_NE(list.failures[0].reason.find("link"), std::string::npos);
  EXPECT_NE(list.failures[1].reason.find("link"), std::string::npos);
}

TEST_F(HostileFiles, FilesAreListedInOrderAndOnce) {
  for (const char* name : {"b.txt", "a.txt", ".hidden", "c.html"}) Write(name, "x");
  const FileList list = ListFiles({folder_.string(), Path("*.txt"), Path("b.txt")});
  EXPECT_EQ(list.files, (std::vector<std::string>{Path("a.txt"), Path("b.txt"), Path("c.html")}));
}

TEST_F(HostileFiles, MissingAndUnreadableFilesAreReported) {
  KeepingSink sink;
  TestReader().ReadPath(Path("none.txt"), {}, false, &sink);
  TestReader().ReadPath(folder_.string(), {}, false, &sink);
  ASSERT_EQ(sink.failures.size(), 2U);
  EXPECT_NE(sink.failures[0].reason.find("cannot be opened"), std::string::npos);
  EXPECT_EQ(sink.failures[1].reason, "is a folder");
  const FileList list = ListFiles({Path("none.txt"), Path("*.nothing")});
  EXPECT_EQ(list.failures.size(), 2U);
}

TEST_F(HostileFiles, APipeThatClosesEarlyEndsTheInput) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string_view lines = "{\"text\":\"The mayor met the union.\"}\n{\"text\":\"The may";
  ASSERT_EQ(::write(ends[1], lines.data(), lines.size()), static_cast<ssize_t>(lines.size()));
  ::close(ends[1]);
  KeepingSink sink;
  TestReader().ReadJsonLines(ends[0], {}, &sink);
  ::close(ends[0]);
  EXPECT_EQ(sink.articles.size(), 1U);
  EXPECT_EQ(sink.failures.size(), 1U);
}

TEST_F(HostileFiles, ASinkThatHasEnoughStopsTheReader) {
  KeepingSink sink;
  sink.stop_after = 2;
  TestReader().ReadBytes(Repeat("{\"text\":\"The mayor met the union.\"}\n", 1000), "a.jsonl", {}, false,
                         &sink);
  EXPECT_EQ(sink.articles.size(), 2U);
}

}  // namespace
}  // namespace whowhom::extract
