#include "actors/transliteration.h"

#include <utility>

namespace whowhom::extract::actors {

std::string TransliterationKey(std::string_view word) {
  // Pairs of letters that romanisations of Arabic, Persian, Slavic and Chinese names vary in. Longest first.
  static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"sch", "s"}, {"kh", "h"}, {"gh", "g"},  {"dh", "d"}, {"th", "t"}, {"ph", "f"},
      {"sh", "s"},  {"zh", "j"}, {"dj", "j"},  {"ck", "k"}, {"ou", "u"}, {"oo", "u"},
      {"ee", "i"},  {"ei", "i"}, {"ai", "i"},  {"ay", "i"}, {"ey", "i"}, {"yi", "i"},
      {"iy", "i"},  {"ii", "i"}, {"ya", "ia"}, {"ts", "s"}, {"tz", "s"}, {"w", "v"},
      {"q", "k"},   {"c", "k"},  {"z", "s"},   {"y", "i"},  {"o", "u"},  {"e", "i"}};
  std::string out;
  for (size_t i = 0; i < word.size();) {
    if (word[i] == '\'' || word[i] == ' ') {
      ++i;
      continue;
    }
    std::string_view piece = word.substr(i, 1);
    size_t used = 1;
    for (const auto& [from, to] : kPairs) {
      if (word.substr(i).starts_with(from)) {
        piece = to;
        used = from.size();
        break;
      }
    }
    for (char c : piece) {
      if (out.empty() || out.back() != c) out.push_back(c);
    }
    i += used;
  }
  return out;
}

}  // namespace whowhom::extract::actors
