// Stories with a wide vocabulary: what near duplicates are measured on.
//
// The words are made up; their frequencies follow Zipf's law over 40,000 of them, the sentences some fifty
// patterns, so unrelated stories share about as many runs of three words as unrelated news does.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "random.h"
#include "whowhom/core/result.h"

namespace whowhom::tools {

// The names and words that stories about one matter have in common.
struct Topic {
  std::map<char, std::vector<std::string>> fillers;  // P, O, G: names; N, V, A: words
  std::vector<std::string> background;               // one paragraph that follow-up stories repeat
};

struct Story {
  std::string title;
  std::vector<std::vector<std::string>> paragraphs;  // of sentences
  std::string Text() const;
};

// What is done to a copy.
enum class Edit : uint8_t { kCut, kReheaded, kSentencesReplaced, kWordsChanged, kUpdated };
inline constexpr size_t kEdits = 5;
const char* ToString(Edit edit);

// Immutable after loading.
class StoryGenerator {
 public:
  // folder/story_patterns.tsv.
  static Result<StoryGenerator> Load(const std::string& folder);

  Topic MakeTopic(uint64_t seed) const;
  // has_background: the topic's paragraph stands near the end, word for word.
  Story MakeStory(const Topic& topic, uint64_t seed, bool has_background) const;
  // kCut: loses 20-40 % at the end. kReheaded: other title, other lead, a closing line. kSentencesReplaced:
  // one sentence in ten. kWordsChanged: one word in ten, anywhere. kUpdated: other title, a new paragraph,
  // one word in thirty, the end cut off.
  std::string MakeCopy(const Topic& topic, Story story, Edit edit, uint64_t seed) const;

 private:
  std::string Word(Random* random) const;
  std::string Name(Random* random, size_t words) const;
  std::string Fill(const Topic& topic, const std::string& kind, Random* random) const;
  std::vector<std::string> Paragraph(const Topic& topic, Random* random) const;
  std::string ChangeWords(const std::string& text, double share, Random* random) const;

  std::map<std::string, std::vector<std::string>> patterns_;
  std::vector<std::string> words_;
  std::vector<double> cumulated_;  // of the words' frequencies
};

}  // namespace whowhom::tools
