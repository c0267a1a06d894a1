// What each stage adds to an article: the value that flows through the pipeline.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/extract/article.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// A phrase that refers to somebody or something, with what identity within the article says about it.
struct EntityMention {
  uint32_t sentence = 0;
  uint32_t begin =
      0;  // half-open token range of the mention (maximal name or noun phrase without relative clause)
  uint32_t end = 0;
  uint32_t head = 0;  // head token
  MentionKind kind = MentionKind::kName;
  EntityType type = EntityType::kThing;
  int32_t cluster = -1;          // coreference cluster; -1 = singleton
  ActorRef actor;                // name empty = not an actor (a thing, a place as such ...)
  std::vector<int32_t> members;  // for plural or coordinated antecedents: the clusters it stands for
  std::string role;              // role it plays by title or apposition: "secretary of state", else empty
  // The whole noun phrase with possessive ending, apposition and relative clause: what coreference corpora
  // annotate.
  uint32_t full_begin = 0;
  uint32_t full_end = 0;
  bool markable =
      true;  // false: relative pronouns and appositions, which coreference corpora do not count apart
};

struct AnalyzedArticle {
  Article article;
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::vector<EntityMention> mentions;  // by (sentence, begin, -end)
};

// Where the shipped data and models lie. Read-only after loading.
struct ResourcePaths {
  std::string data_dir;    // holds *.tsv
  std::string models_dir;  // holds *.model
};

// $WHOWHOM_DATA (a folder with data/ and models/), else ../share/whowhom beside the program, else the nearest
// folder above the program that holds data/ and models/. kNotFound says what was tried.
Result<ResourcePaths> FindResources();

}  // namespace whowhom::extract
