// A question cut into words, and the times and names found in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "question_lexicon.h"
#include "whowhom/core/date.h"
#include "whowhom/graph/view.h"

namespace whowhom::graph {

struct QuestionWord {
  std::string text;
  std::string lower;
  bool capital = false;  // begins with an upper-case letter
  int quote = 0;         // the number of the quoted part it stands in; 0 = none
};

constexpr size_t kMaxQuestionBytes = 2000;
constexpr size_t kMaxQuestionWords = 60;

// Splits at blanks and punctuation; "didn't" gives "did", "not"; "Iran's" gives "Iran", "'s". Markup stays as
// words.
std::vector<QuestionWord> SplitQuestion(std::string_view question);

// "in January 2020", "since Friday", "before 2020-01-08", "last week", "between May and June 2019".
struct TimePhrase {
  size_t begin = 0, end = 0;  // words
  DayRange days;
};
// The first time phrase at or after `from`. `today`: what relative times count from; without it they are not
// found.
std::optional<TimePhrase> FindTime(const std::vector<QuestionWord>& words, size_t from,
                                   const QuestionLexicon& lexicon, std::optional<Day> today);

// Words [begin, end) joined by blanks.
std::string JoinWords(const std::vector<QuestionWord>& words, size_t begin, size_t end);

}  // namespace whowhom::graph
