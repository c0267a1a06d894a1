#include "story_generator.h"

#include <algorithm>
#include <set>

#include "whowhom/core/tsv.h"

namespace whowhom::tools {
namespace {

constexpr size_t kVocabulary = 40000;
constexpr size_t kTopicWords = 60;
constexpr double kTopicShare = 0.4;  // of the words of a story are its topic's

std::string Capital(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

}  // namespace

const char* ToString(Edit edit) {
  static constexpr const char* kNames[] = {"cut by 20 to 40 %", "re-headed, new lead, closing line",
                                           "every tenth sentence replaced", "every tenth word changed",
                                           "updated: new title, paragraph, words, end cut"};
  return kNames[static_cast<size_t>(edit)];
}

std::string Story::Text() const {
  std::string text = title;
  for (const auto& paragraph : paragraphs) {
    text += "\n";
    for (const std::string& sentence : paragraph) text += "\n" + sentence;
  }
  return text;
}

Result<StoryGenerator> StoryGenerator::Load(const std::string& folder) {
  StoryGenerator generator;
  WHOWHOM_TRY(const TsvTable table, ReadTsv(folder + "/story_patterns.tsv"));
  for (const TsvRow& row : table.rows) generator.patterns_[row.fields[0]].push_back(row.fields[1]);
  const std::vector<std::string>& syllables = generator.patterns_["syllable"];
  Random random(1);
  std::set<std::string> known;
  double sum = 0;
  while (generator.words_.size() < kVocabulary) {
    std::string word;
    for (size_t n = 2 + random.Below(3); n > 0; --n) word += syllables[random.Below(syllables.size())];
    if (!known.insert(word).second) continue;
    generator.words_.push_back(word);
    sum += 1.0 / static_cast<double>(generator.words_.size() + 5);
    generator.cumulated_.push_back(sum);
  }
  return generator;
}

std::string StoryGenerator::Word(Random* random) const {
  const double at = random->Unit() * cumulated_.back();
  const auto found = std::lower_bound(cumulated_.begin(), cumulated_.end(), at);
  return words_[std::min(static_cast<size_t>(found - cumulated_.begin()), words_.size() - 1)];
}

std::string StoryGenerator::Name(Random* random, size_t words) const {
  std::string name;
  for (size_t i = 0; i < words; ++i)
    name += (i > 0 ? " " : "") + Capital(words_[random->Below(words_.size())]);
  return name;
}

Topic StoryGenerator::MakeTopic(uint64_t seed) const {
  Random random(seed ^ 0x7091C);
  Topic topic;
  for (size_t i = 0; i < 5; ++i) topic.fillers['P'].push_back(Name(&random, 2));
  for (size_t i = 0; i < 4; ++i) topic.fillers['O'].push_back("the " + Name(&random, 2));
  for (size_t i = 0; i < 3; ++i) topic.fillers['G'].push_back(Name(&random, 1));
  for (const char kind : {'N', 'V', 'A'}) {
    for (size_t i = 0; i < kTopicWords; ++i) topic.fillers[kind].push_back(Word(&random));
  }
  topic.background = Paragraph(topic, &random);
  return topic;
}

std::string StoryGenerator::Fill(const Topic& topic, const std::string& kind, Random* random) const {
  static constexpr const char* kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
  const std::vector<std::string>& patterns = patterns_.at(kind);
  const std::string& pattern = patterns[random->Below(patterns.size())];
  std::string out;
  for (size_t begin = 0; begin < pattern.size();) {
    const size_t end = std::min(pattern.find(' ', begin), pattern.size());
    std::string word = pattern.substr(begin, end - begin);
    begin = end + 1;
    const char slot = word.size() == 1 ? word[0] : '\0';
    if (const auto found = topic.fillers.find(slot); found != topic.fillers.end()) {
      const bool name = slot == 'P' || slot == 'O' || slot == 'G';
      word = name || random->Unit() < kTopicShare ? found->second[random->Below(found->second.size())]
                                                  : Word(random);
    } else if (slot == 'D') {
      word = kDays[random->Below(5)];
    } else if (slot == 'Q') {
      word = std::to_string(random->Below(5000));
    }
    out += (out.empty() ? "" : " ") + word;
  }
  return Capital(out);
}

std::vector<std::string> StoryGenerator::Paragraph(const Topic& topic, Random* random) const {
  std::vector<std::string> sentences;
  for (size_t n = 1 + random->Below(4); n > 0; --n) sentences.push_back(Fill(topic, "sentence", random));
  return sentences;
}

Story StoryGenerator::MakeStory(const Topic& topic, uint64_t seed, bool has_background) const {
  Random random(seed ^ 0x5709A);
  Story story;
  story.title = Fill(topic, "headline", &random);
  for (size_t n = 6 + random.Below(9); n > 0; --n) story.paragraphs.push_back(Paragraph(topic, &random));
  if (has_background) story.paragraphs.insert(story.paragraphs.end() - 1, topic.background);
  return story;
}

std::string StoryGenerator::ChangeWords(const std::string& text, double share, Random* random) const {
  std::string out;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    out += random->Unit() < share ? Word(random) : text.substr(begin, end - begin);
    out.push_back(' ');
    begin = end + 1;
  }
  return out;
}

std::string StoryGenerator::MakeCopy(const Topic& topic, Story story, Edit edit, uint64_t seed) const {
  Random random(seed ^ 0xC0B1E5);
  auto& paragraphs = story.paragraphs;
  const auto cut = [&](double share) {
    const auto kept = static_cast<size_t>(static_cast<double>(paragraphs.size()) * (1 - share) + 0.5);
    paragraphs.resize(std::max<size_t>(1, kept));
  };
  switch (edit) {
    case Edit::kCut:
      cut(0.2 + 0.2 * random.Unit());
      break;
    case Edit::kReheaded:
      story.title = Fill(topic, "headline", &random);
      paragraphs.front() = {Fill(topic, "sentence", &random), Fill(topic, "sentence", &random)};
      paragraphs.push_back({Fill(topic, "sentence", &random)});
      break;
    case Edit::kSentencesReplaced:
      for (auto& paragraph : paragraphs) {
        for (std::string& sentence : paragraph) {
          if (random.Below(10) == 0) sentence = Fill(topic, "sentence", &random);
        }
      }
      break;
    case Edit::kWordsChanged:
      return ChangeWords(story.Text(), 0.1, &random);
    case Edit::kUpdated:
      story.title = Fill(topic, "headline", &random);
      cut(0.1);
      paragraphs.insert(paragraphs.begin() + 1, Paragraph(topic, &random));
      return ChangeWords(story.Text(), 1.0 / 30, &random);
  }
  return story.Text();
}

}  // namespace whowhom::tools
