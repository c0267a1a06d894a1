// Numbers inside words of time expressions.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace whowhom::extract {

inline bool IsDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

inline std::optional<int> ToInt(std::string_view text) {
  if (!IsDigits(text) || text.size() > 7) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// "7th" -> 7
inline std::optional<int> OrdinalDigits(std::string_view word) {
  if (word.size() < 3) return std::nullopt;
  std::string_view suffix = word.substr(word.size() - 2);
  if (suffix != "st" && suffix != "nd" && suffix != "rd" && suffix != "th") return std::nullopt;
  return ToInt(word.substr(0, word.size() - 2));
}

// "7-9" -> (7, 9); "2010-12" -> (2010, 12)
inline std::optional<std::pair<int, int>> NumberPair(std::string_view word) {
  size_t dash = word.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  auto first = ToInt(word.substr(0, dash));
  auto second = ToInt(word.substr(dash + 1));
  if (!first || !second) return std::nullopt;
  return std::pair(*first, *second);
}

inline bool IsYear(int value) { return value >= 1000 && value <= 2199; }

}  // namespace whowhom::extract
