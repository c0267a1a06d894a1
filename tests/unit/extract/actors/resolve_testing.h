// What the tests of identity within the article share: articles parsed by hand, and the actor of a mention.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "whowhom/extract/actors.h"
#include "whowhom/extract/conllu.h"

namespace whowhom::extract {

inline AnalyzedArticle Analyze(const std::string& conllu, const std::string& date) {
  static const std::unique_ptr<ActorResolver> resolver =
      std::move(ActorResolver::Load(std::string(WHOWHOM_SOURCE_DIR) + "/data",
                                    std::string(WHOWHOM_SOURCE_DIR) + "/models", {}))
          .value();
  auto documents = ReadConllu(conllu, "test", {});
  EXPECT_TRUE(documents.ok()) << documents.error().message;
  AnalyzedArticle article;
  if (!documents.ok()) return article;
  for (ConlluDocument& document : *documents) {
    article.article.text = document.text;
    article.article.date = ParseDay(date);
    article.blocks = document.blocks;
    article.sentences = document.sentences;
  }
  resolver->Resolve(&article);
  return article;
}

inline const EntityMention* At(const AnalyzedArticle& article, uint32_t sentence, uint32_t head) {
  for (const EntityMention& mention : article.mentions) {
    if (mention.sentence == sentence && mention.head == head) return &mention;
  }
  return nullptr;
}

inline std::string ActorAt(const AnalyzedArticle& article, uint32_t sentence, uint32_t head) {
  const EntityMention* mention = At(article, sentence, head);
  return mention == nullptr ? "(no mention)" : mention->actor.name;
}

// A document of sentences; a row is "FORM LEMMA UPOS XPOS FEATS HEAD DEPREL MISC", an empty row ends a
// sentence.
inline std::string DocumentOf(const std::vector<std::string>& rows) {
  std::string text = "# newdoc id = made\n# newpar\n";
  int token = 0;
  int sentence = 0;
  for (const std::string& row : rows) {
    if (token == 0) text += "# sent_id = " + std::to_string(++sentence) + "\n";
    if (row.empty()) {
      text += "\n";
      token = 0;
      continue;
    }
    std::vector<std::string> cells;
    for (size_t i = 0; i < row.size();) {
      const size_t end = std::min(row.find(' ', i), row.size());
      cells.push_back(row.substr(i, end - i));
      i = end + 1;
    }
    EXPECT_EQ(cells.size(), 8U) << row;
    text += std::to_string(++token);
    for (size_t i = 0; i < cells.size(); ++i) text += (i == 7 ? "\t_\t" : "\t") + cells[i];
    text += "\n";
  }
  return text + "\n";
}

inline std::string Document(std::initializer_list<const char*> rows) {
  return DocumentOf({rows.begin(), rows.end()});
}

}  // namespace whowhom::extract
