// `extract --sentences`: lines in, triples out.
#include <algorithm>

#include "whowhom/core/utf8.h"
#include "whowhom/extract/surface.h"

namespace whowhom::extract {

namespace {

constexpr size_t kMaxTokens = 2000;

bool IsMark(std::string_view text, size_t at, size_t* length) {
  static constexpr std::string_view kMarks[] = {"\"", ",", ";", ":", "!", "?", "(",
                                                ")",  "[", "]", "“", "”", "‘"};
  for (std::string_view mark : kMarks) {
    if (text.substr(at).starts_with(mark)) {
      *length = mark.size();
      return true;
    }
  }
  return false;
}

// Plain text rather than tokens: some word ends in a comma, or the last one in a full stop of its own.
bool IsPlainText(const std::vector<std::string_view>& words) {
  for (std::string_view word : words) {
    if (word.size() > 1 && (word.ends_with(",") || word.ends_with("”") || word.ends_with(";"))) return true;
  }
  const std::string_view last = words.empty() ? std::string_view() : words.back();
  return last.size() > 2 && last.ends_with(".") && words.size() > 1 && last.find('.') + 1 == last.size();
}

// Marks around a word, a closing full stop and a possessive become tokens of their own.
void SplitWord(std::string_view word, bool is_last, std::vector<std::string_view>* out) {
  size_t length = 0;
  while (!word.empty() && IsMark(word, 0, &length) && length < word.size()) {
    out->push_back(word.substr(0, length));
    word.remove_prefix(length);
  }
  std::vector<std::string_view> tail;
  for (bool again = true; again && !word.empty();) {
    again = false;
    for (size_t back : {size_t{1}, size_t{3}}) {
      if (word.size() <= back || !IsMark(word, word.size() - back, &length) || length != back) continue;
      tail.push_back(word.substr(word.size() - back));
      word.remove_suffix(back);
      again = true;
      break;
    }
    const bool stop = is_last && word.size() > 1 && word.ends_with(".") && tail.size() < 2;
    if (stop && (tail.empty() || tail.back() != ".")) {
      tail.push_back(word.substr(word.size() - 1));
      word.remove_suffix(1);
      again = true;
    }
  }
  for (std::string_view possessive : {std::string_view("'s"), std::string_view("’s")}) {
    if (word.size() > possessive.size() && word.ends_with(possessive)) {
      tail.push_back(word.substr(word.size() - possessive.size()));
      word.remove_suffix(possessive.size());
    }
  }
  if (!word.empty()) out->push_back(word);
  out->insert(out->end(), tail.rbegin(), tail.rend());
}

}  // namespace

Result<SentenceLine> ParseSentenceLine(std::string_view line) {
  const size_t tab = line.find('\t');
  if (tab == std::string_view::npos)
    return InvalidInput("expected `id<TAB>tokens joined by blanks`, found no tab");
  SentenceLine out;
  out.article.given_id = std::string(line.substr(0, tab));
  out.article.path = out.article.given_id;
  const std::string content = RepairUtf8(line.substr(tab + 1)).text;
  std::string& text = out.article.text;
  std::vector<std::string_view> words;
  for (size_t at = 0; at < content.size();) {
    const size_t end = std::min(content.find_first_of(" \t\r", at), content.size());
    if (end > at) words.push_back(std::string_view(content).substr(at, end - at));
    at = end + 1;
  }
  std::vector<std::string_view> tokens;
  if (IsPlainText(words)) {
    for (size_t k = 0; k < words.size(); ++k) SplitWord(words[k], k + 1 == words.size(), &tokens);
  } else {
    tokens = words;
  }
  if (tokens.size() > kMaxTokens) return ResourceLimit("more than 2,000 tokens in one sentence");
  for (std::string_view form : tokens) {
    if (!text.empty()) text += ' ';
    Token token;
    token.form = std::string(form);
    token.span.begin = static_cast<uint32_t>(text.size());
    text += token.form;
    token.span.end = static_cast<uint32_t>(text.size());
    out.sentence.tokens.push_back(std::move(token));
  }
  if (out.sentence.tokens.empty()) return InvalidInput("expected tokens after the tab, found none");
  out.sentence.span = {0, static_cast<uint32_t>(text.size())};
  return out;
}

std::string ToTsv(std::string_view id, const SurfaceTriple& triple) {
  std::string out(id);
  out += '\t' + triple.subject + '\t' + triple.predicate + '\t' + triple.object.value_or("\\N") + '\t';
  const int hundredths = static_cast<int>(triple.confidence * 100 + 0.5);
  out += std::to_string(hundredths / 100) + '.' + static_cast<char>('0' + hundredths / 10 % 10) +
         static_cast<char>('0' + hundredths % 10);
  for (const std::string& argument : triple.further) out += '\t' + argument;
  return out;
}

}  // namespace whowhom::extract
