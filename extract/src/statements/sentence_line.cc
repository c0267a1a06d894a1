// `extract --sentences`: lines in, triples out.
#include <algorithm>

#include "whowhom/core/utf8.h"
#include "whowhom/extract/surface.h"

namespace whowhom::extract {

namespace {
constexpr size_t kMaxTokens = 2000;
}

Result<SentenceLine> ParseSentenceLine(std::string_view line) {
  const size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return InvalidInput("expected `id<TAB>tokens joined by blanks`, found no tab");
  SentenceLine out;
  out.article.given_id = std::string(line.substr(0, tab));
  out.article.path = out.article.given_id;
  const std::string content = RepairUtf8(line.substr(tab + 1)).text;
  std::string& text = out.article.text;
  size_t at = 0;
  while (at < content.size()) {
    const size_t end = std::min(content.find_first_of(" \t\r", at), content.size());
    if (end > at) {
      if (out.sentence.tokens.size() == kMaxTokens) return ResourceLimit("more than 2,000 tokens in one sentence");
      if (!text.empty()) text += ' ';
      Token token;
      token.form = content.substr(at, end - at);
      token.span.begin = static_cast<uint32_t>(text.size());
      text += token.form;
      token.span.end = static_cast<uint32_t>(text.size());
      out.sentence.tokens.push_back(std::move(token));
    }
    at = end + 1;
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
