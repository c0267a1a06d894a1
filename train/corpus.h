// Training data of the language model: treebanks (CoNLL-U), names with partial labels (.ner), static vectors.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "neural/features.h"

namespace whowhom::train {

// A token as the trainer sees it. -1: not annotated, or the class is too rare to be one.
struct GoldToken {
  uint32_t type = 0;  // index of the form in Corpus::types
  int32_t upos = -1;
  int32_t xpos = -1;
  int32_t feats = -1;
  int32_t script = -1;  // lemma edit script
  int32_t head = -1;    // index of the head word, -1 = root
  int32_t deprel = -1;
  uint32_t names = 0;  // bit set of the name labels that the annotation allows; 0 = no annotation
};

struct GoldSentence {
  std::string id;
  std::vector<GoldToken> tokens;
  std::vector<std::string> lemmas;  // gold lemmas, for scoring
  std::vector<std::string> feats;   // gold features, for scoring
  bool has_tree = false;
  int32_t name_source = -1;  // which .ner file annotated the names, -1 = none
};

struct Type {
  std::string form;
  extract::neural::WordFeatures features;
  uint32_t word_row = 0;    // row in the trained word table, 0 = unknown
  uint32_t static_row = 0;  // row in the static vectors, 0 = unknown
  uint32_t count = 0;       // in the training data
};

// A list of class names with their index; frozen after the training data are read.
struct Labels {
  std::vector<std::string> names;
  std::unordered_map<std::string, int32_t> index;
  int32_t Find(const std::string& name) const {
    auto it = index.find(name);
    return it == index.end() ? -1 : it->second;
  }
};

struct StaticVectors {
  std::vector<uint64_t> keys;  // sorted
  uint32_t dimensions = 0;
  std::vector<float> values;  // (keys.size() + 1) x dimensions; row 0 is zero
};

// A word known to be a place of one kind, for the split of LOC into GPE and PLACE.
struct PlaceLists {
  std::unordered_map<std::string, int> gpe;          // normalised names of countries, provinces, cities
  std::unordered_map<std::string, int> place_words;  // "river", "mount", "airport"
};

struct Corpus {
  std::vector<Type> types;
  std::unordered_map<std::string, uint32_t> type_index;
  std::vector<uint64_t> word_keys;  // sorted
  Labels upos, xpos, feats, scripts, deprels, sources;
  std::vector<GoldSentence> trees;               // training sentences with trees (some with names)
  std::vector<std::vector<GoldSentence>> names;  // by source: training sentences with names alone
  std::map<std::string, std::vector<GoldSentence>> dev_trees;
  std::map<std::string, std::vector<GoldSentence>> dev_names;
  StaticVectors vectors;
  std::string content_hash_input;  // name and hash of each training file, in order
};

struct CorpusPaths {
  std::string treebank_dir;
  std::string ner_dir;
  std::string vectors;   // empty = none
  std::string gpe_list;  // one name a line; empty = none
  std::string place_list;
  std::string silver;  // CoNLL-U parsed by another model, empty = none
};

// Reads everything. Prints to stderr and exits on a file that cannot be read: this is a tool for its authors.
Corpus ReadCorpus(const CorpusPaths& paths);

}  // namespace whowhom::train
