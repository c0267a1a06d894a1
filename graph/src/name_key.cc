#include "name_key.h"

#include <algorithm>
#include <array>

#include "whowhom/core/utf8.h"

namespace whowhom::graph {
namespace {

constexpr size_t kMaxNameBytes = 1000;

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

// Spellings of one sound made one: doubled letters, q/k/kh, ou/oo/u, ei/ai/ey, y/i, ph/f, apostrophes.
std::string FoldStrict(std::string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size(); ++i) {
    char c = word[i];
    char next = i + 1 < word.size() ? word[i + 1] : '\0';
    if (c == '\'') continue;
    if (c == 'q' || (c == 'c' && next == 'k')) c = 'k';
    if (c == 'p' && next == 'h') c = 'f', ++i;
    if ((c == 'k' || c == 'g') && next == 'h') ++i;
    if (c == 'y') c = 'i';
    if (c == 'w') c = 'v';
    if (c == 'o' && (next == 'u' || next == 'o')) c = 'u', ++i;
    if (c == 'e' && next == 'e') c = 'i', ++i;
    if (c == 'o') c = 'u';
    if ((c == 'e' || c == 'a') && (next == 'i' || next == 'y')) c = 'e', ++i;
    if (!out.empty() && out.back() == c) continue;
    out.push_back(c);
  }
  return out;
}

std::string FoldLoose(std::string_view strict) {
  std::string out;
  for (size_t i = 0; i < strict.size(); ++i) {
    if (i == 0 || !IsVowel(strict[i])) {
      if (out.empty() || out.back() != strict[i]) out.push_back(strict[i]);
    }
  }
  return out;
}

// Words that hang on to the next one in names from Arabic, Hebrew and Persian.
bool IsArticle(std::string_view word) {
  constexpr std::array<std::string_view, 5> kArticles = {"al", "el", "ul", "the", "ad"};
  return std::find(kArticles.begin(), kArticles.end(), word) != kArticles.end();
}
bool IsSmallWord(std::string_view word) {
  constexpr std::array<std::string_view, 5> kSmall = {"of", "the", "and", "for", "in"};
  return std::find(kSmall.begin(), kSmall.end(), word) != kSmall.end();
}

bool LooksLikeAcronym(std::string_view name) {
  size_t letters = 0;
  for (char c : name) {
    if (c >= 'A' && c <= 'Z') {
      ++letters;
    } else if (c != '.' && c != '-' && !(c >= '0' && c <= '9')) {
      return false;
    }
  }
  return letters >= 2 && letters <= 8;
}

bool IsInitialOf(std::string_view initial, std::string_view word) {
  return initial.size() == 1 && !word.empty() && initial[0] == word[0];
}

enum class WordMatch : uint8_t { kNo, kLoose, kInitial, kStrict, kEqual };

WordMatch MatchWord(const NameKey& a, size_t i, const NameKey& b, size_t j) {
  if (a.words[i] == b.words[j]) return WordMatch::kEqual;
  if (a.strict[i] == b.strict[j]) return WordMatch::kStrict;
  if (IsInitialOf(a.words[i], b.words[j]) || IsInitialOf(b.words[j], a.words[i])) return WordMatch::kInitial;
  if (a.loose[i] == b.loose[j] && a.strict[i].size() >= 5 && b.strict[j].size() >= 5 &&
      EditDistance(a.strict[i], b.strict[j], 2) <= 2) {
    return WordMatch::kLoose;
  }
  return WordMatch::kNo;
}

// "George W. Bush" and "George H. W. Bush": both give initials between their names, and not the same ones.
bool HaveOtherInitials(const NameKey& a, const NameKey& b) {
  const auto initials_of = [](const NameKey& key) {
    std::string out;
    for (size_t i = 1; i + 1 < key.words.size(); ++i) {
      if (key.words[i].size() == 1) out += key.words[i];
    }
    return out;
  };
  const std::string left = initials_of(a), right = initials_of(b);
  return !left.empty() && !right.empty() && left != right;
}

// Every word of the shorter name, in order, in the longer one; the given name and the surname both matched.
NameRelation CompareFullNames(const NameKey& a, const NameKey& b) {
  WordMatch last = MatchWord(a, a.words.size() - 1, b, b.words.size() - 1);
  WordMatch first = MatchWord(a, 0, b, 0);
  if (last == WordMatch::kNo) return NameRelation::kDifferent;
  if (first == WordMatch::kNo) {
    bool shared_prefix = a.strict[0].size() >= 3 && b.strict[0].size() >= 3 &&
                         a.strict[0].substr(0, 3) == b.strict[0].substr(0, 3);
    return shared_prefix && last >= WordMatch::kStrict ? NameRelation::kPossible : NameRelation::kConflict;
  }
  const NameKey& shorter = a.words.size() <= b.words.size() ? a : b;
  const NameKey& longer = a.words.size() <= b.words.size() ? b : a;
  size_t j = 0, strict_matches = 0;
  bool equal = a.words.size() == b.words.size(), loose = false, initial = false;
  for (size_t i = 0; i < shorter.words.size(); ++i, ++j) {
    WordMatch match = WordMatch::kNo;
    while (j < longer.words.size() && (match = MatchWord(shorter, i, longer, j)) == WordMatch::kNo) ++j;
    if (match == WordMatch::kNo) return NameRelation::kConflict;  // "George W. Bush", "George H. Bush"
    if (match != WordMatch::kEqual) equal = false;
    if (match >= WordMatch::kStrict) ++strict_matches;
    if (match == WordMatch::kLoose) loose = true;
    if (match == WordMatch::kInitial) initial = true;
  }
  if (equal) return NameRelation::kSame;
  if (HaveOtherInitials(a, b)) return NameRelation::kConflict;
  if (initial && first == WordMatch::kInitial) return NameRelation::kPossible;
  if (loose && strict_matches == 0) return NameRelation::kPossible;
  return NameRelation::kVariant;
}

}  // namespace

size_t EditDistance(std::string_view a, std::string_view b, size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit || b.size() > 256) return limit + 1;
  std::vector<size_t> row(a.size() + 1);
  for (size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (size_t j = 1; j <= b.size(); ++j) {
    size_t diagonal = row[0];
    row[0] = j;
    size_t best = row[0];
    for (size_t i = 1; i <= a.size(); ++i) {
      size_t next = std::min({row[i] + 1, row[i - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = row[i];
      row[i] = next;
      best = std::min(best, next);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(row[a.size()], limit + 1);
}

NameKey MakeNameKey(std::string_view name, EntityType type) {
  NameKey key;
  if (name.size() > kMaxNameBytes) return key;
  std::string normalized = NormalizeName(name);
  if (LooksLikeAcronym(name)) {
    for (char c : normalized) {
      if (c != ' ') key.acronym.push_back(c);
    }
  }
  std::vector<std::string> words;
  for (size_t i = 0; i < normalized.size();) {
    size_t end = std::min(normalized.find(' ', i), normalized.size());
    if (end > i) words.push_back(normalized.substr(i, end - i));
    i = end + 1;
  }
  for (size_t i = 0; i < words.size(); ++i) {
    bool drop = IsArticle(words[i]) && words.size() > 1 && (type == EntityType::kPerson || words[i] == "the");
    if (drop) continue;
    std::string word = words[i];
    while (!word.empty() && word.back() == '.') word.pop_back();
    if (word.empty()) continue;
    if (!IsSmallWord(word)) key.initials.push_back(word[0]);
    key.strict.push_back(FoldStrict(word));
    key.loose.push_back(FoldLoose(key.strict.back()));
    key.words.push_back(std::move(word));
  }
  if (key.initials.size() < 2) key.initials.clear();
  return key;
}

NameRelation CompareNames(const NameKey& a, const NameKey& b, EntityType type) {
  if (a.empty() || b.empty()) return NameRelation::kDifferent;
  if (a.words == b.words) return NameRelation::kSame;
  if (type == EntityType::kPerson) {
    bool a_short = a.words.size() == 1, b_short = b.words.size() == 1;
    if (a_short && b_short) {
      if (a.strict[0] == b.strict[0] && a.strict[0].size() >= 4) return NameRelation::kVariant;
      return MatchWord(a, 0, b, 0) == WordMatch::kLoose ? NameRelation::kPossible : NameRelation::kDifferent;
    }
    if (a_short || b_short) {
      WordMatch match =
          a_short ? MatchWord(a, 0, b, b.words.size() - 1) : MatchWord(b, 0, a, a.words.size() - 1);
      return match >= WordMatch::kStrict ? NameRelation::kShort : NameRelation::kDifferent;
    }
    return CompareFullNames(a, b);
  }
  if (a.strict == b.strict) return a.words.size() > 1 ? NameRelation::kVariant : NameRelation::kPossible;
  if (!a.acronym.empty() && a.acronym == b.initials) return NameRelation::kPossible;
  if (!b.acronym.empty() && b.acronym == a.initials) return NameRelation::kPossible;
  return NameRelation::kDifferent;
}

}  // namespace whowhom::graph
