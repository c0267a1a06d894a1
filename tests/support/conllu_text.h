// CoNLL-U text -> sentences, for tests that bring their own trees. Strict about nothing: what is broken stays
// broken, so that tests can feed broken trees too. Columns: ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS
// MISC, or the short form of golden cases: FORM LEMMA UPOS HEAD DEPREL [FEATS], split at blanks.
#pragma once

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "whowhom/extract/sentence.h"

namespace whowhom::testing {

inline std::vector<std::string> SplitAt(const std::string& line, char separator) {
  std::vector<std::string> out;
  std::string part;
  std::istringstream in(line);
  while (std::getline(in, part, separator)) {
    if (separator != ' ' || !part.empty()) out.push_back(part);
  }
  return out;
}

// Appends a token whose span continues `text`; tokens are joined by one blank.
inline void AppendToken(extract::Sentence* sentence, std::string* text, extract::Token token) {
  if (!text->empty()) *text += ' ';
  token.span.begin = static_cast<uint32_t>(text->size());
  *text += token.form;
  token.span.end = static_cast<uint32_t>(text->size());
  if (sentence->tokens.empty()) sentence->span.begin = token.span.begin;
  sentence->span.end = token.span.end;
  sentence->tokens.push_back(std::move(token));
}

// One row; false if it is no token row.
inline bool ParseTokenRow(const std::string& line, extract::Token* token) {
  std::vector<std::string> f = SplitAt(line, line.find('\t') != std::string::npos ? '\t' : ' ');
  if (f.size() >= 8 && f[0].find_first_not_of("0123456789") == std::string::npos) {
    token->form = f[1];
    token->lemma = f[2];
    token->upos = extract::ParseUpos(f[3]).value_or(extract::Upos::kX);
    token->xpos = f[4] == "_" ? "" : f[4];
    token->feats = f[5] == "_" ? "" : f[5];
    token->head = std::atoi(f[6].c_str()) - 1;
    token->deprel = extract::ParseDeprel(f[7]).value_or(extract::Deprel::kDep);
    return true;
  }
  if (f.size() < 5 || f.size() > 6) return false;
  token->form = f[0];
  token->lemma = f[1];
  token->upos = extract::ParseUpos(f[2]).value_or(extract::Upos::kX);
  token->head = std::atoi(f[3].c_str()) - 1;
  token->deprel = extract::ParseDeprel(f[4]).value_or(extract::Deprel::kDep);
  if (f.size() > 5) token->feats = f[5];
  return true;
}

// Sentences separated by blank lines; `text` receives the tokens joined by blanks (of all sentences).
inline std::vector<extract::Sentence> SentencesFromConllu(const std::string& content, std::string* text) {
  std::vector<extract::Sentence> out;
  extract::Sentence current;
  std::istringstream in(content);
  auto flush = [&] {
    if (!current.tokens.empty()) out.push_back(std::move(current));
    current = {};
  };
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
      flush();
      continue;
    }
    extract::Token token;
    if (line[0] != '#' && ParseTokenRow(line, &token)) AppendToken(&current, text, std::move(token));
  }
  flush();
  return out;
}

}  // namespace whowhom::testing
