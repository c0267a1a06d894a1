#include "text/phrase_table.h"

#include <algorithm>

#include "text/chars.h"

namespace whowhom::extract::text {
namespace {

bool IsHyphen(std::string_view form) { return form == "-" || form == "\u2010" || form == "\u2011"; }

}  // namespace

std::string PhraseTable::Key(std::string_view text) const {
  std::string key = fold_ ? AsciiLower(text) : std::string(text);
  // A hyphen between words reads as a blank; a curly apostrophe as a straight one.
  for (size_t i = 1; i + 1 < key.size(); ++i) {
    if (key[i] == '-') key[i] = ' ';
  }
  for (size_t at = key.find("\u2019"); at != std::string::npos; at = key.find("\u2019", at))
    key.replace(at, 3, "'");
  return key;
}

void PhraseTable::Add(std::string_view phrase, uint8_t value) {
  if (phrase.empty()) return;
  const std::string key = Key(phrase);
  const auto words = static_cast<uint8_t>(std::count(key.begin(), key.end(), ' ') + 1);
  if (words > kMaxWords) return;
  phrases_.emplace(key, value);
  uint8_t& longest = longest_[key.substr(0, key.find(' '))];
  longest = std::max(longest, words);
}

PhraseTable::Match PhraseTable::Longest(const Sentence& sentence, uint32_t at) const {
  Match best;
  std::string key = Key(sentence.tokens[at].form);
  const auto first = longest_.find(std::string_view(key).substr(0, key.find(' ')));
  if (first == longest_.end()) return best;
  uint32_t words = 1;
  for (uint32_t i = at;;) {
    if (const auto found = phrases_.find(key); found != phrases_.end()) best = {i + 1, found->second};
    ++i;
    if (i >= sentence.tokens.size() || ++words > first->second + 1u) break;
    const bool hyphen = IsHyphen(sentence.tokens[i].form) && !sentence.tokens[i - 1].space_after &&
                        !sentence.tokens[i].space_after;
    if (hyphen && ++i >= sentence.tokens.size()) break;
    key += ' ';
    key += Key(sentence.tokens[i].form);
  }
  return best;
}

std::optional<uint8_t> PhraseTable::Find(std::string_view word) const {
  const auto found = phrases_.find(Key(word));
  if (found == phrases_.end()) return std::nullopt;
  return found->second;
}

}  // namespace whowhom::extract::text
