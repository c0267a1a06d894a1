// Lines that say who wrote an article, where and when.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "read/lexicon.h"

namespace whowhom::extract::read {

struct Byline {
  std::string author;  // "Ana Souza and Li Wei"; may be empty ("By staff")
  std::string rest;    // what stands behind: outlet, date, role
};

// "By Ana Souza | May 18, 2018", "Written by Ana Souza, Staff Writer". Empty for sentences that start with
// "By".
std::optional<Byline> ParseByline(const Lexicon& lexicon, std::string_view line);

// The dateline that starts an article's first paragraph: "TEHRAN — ", "PARIS (Agency) - ", "Rome, May 3 - ",
// "(Agency) – ".
struct Dateline {
  size_t length = 0;   // bytes up to the first word of the article
  std::string place;   // as written, may be empty
  std::string agency;  // in brackets, may be empty
  std::string date;    // the part that may hold a date, may be empty
};
std::optional<Dateline> ParseDateline(const Lexicon& lexicon, std::string_view paragraph);

}  // namespace whowhom::extract::read
