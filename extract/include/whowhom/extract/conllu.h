// CoNLL-U: reads treebank files and our own output, writes parses with names and coreference in MISC.
//
//   auto documents = ReadConllu(bytes, "dev.conllu", {});
//   std::string text = WriteConllu(sentences, {});
//
// Names stand in MISC as `NER=B-PERSON` / `NER=I-PERSON`, coreference clusters as `Coref=c12`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/extract/analysis.h"
#include "whowhom/extract/article.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// One `# newdoc` of a file (the whole file if it has none). Spans point into `text`, which is rebuilt from
// the tokens and SpaceAfter; paragraphs (`# newpar`) are separated by a blank line, sentences by one blank.
struct ConlluDocument {
  std::string id;  // of `# newdoc id = ...`, else empty
  std::string text;
  std::vector<Block> blocks;  // one a paragraph
  std::vector<Sentence> sentences;
};

// Caps: what is larger is refused with kResourceLimit.
struct ConlluLimits {
  size_t max_bytes = size_t{1} << 30;
  size_t max_line_bytes = size_t{1} << 20;
  size_t max_sentence_tokens = 5000;
};

// Empty nodes ("8.1") are skipped; multiword ranges become Sentence.multiword. Columns that hold "_" stay at
// their defaults; an unknown UPOS is X, an unknown relation dep; a head outside the sentence or a cycle is
// kInvalidInput. kInvalidInput names file and line. Cost: linear. Thread-safe.
Result<std::vector<ConlluDocument>> ReadConllu(std::string_view bytes, const std::string& path,
                                               const ConlluLimits& limits);

struct ConlluOptions {
  bool write_names = true;  // NER= from Sentence.names
  std::span<const EntityMention> mentions =
      {};                   // Coref= on their tokens where they have a cluster; outermost first
  bool write_text = true;   // `# text`
  std::string document_id;  // `# newdoc id`; empty = none
};

// One sentence after another; `# newpar` where the block changes; `# sent_id` is Sentence.id, else counted
// from 1. MISC of the input is kept except for NER, Coref and SpaceAfter, which are written anew. Cost:
// linear.
std::string WriteConllu(std::span<const Sentence> sentences, const ConlluOptions& options);

// The same as JSON: an array of
// {"id","begin","end","text","headline","tokens":[{"id","form","lemma","upos","xpos",
// "feats","head","deprel","begin","end","spaceAfter"}],"names":[{"begin","end","text","type"}]}; offsets are
// bytes of the document's text, ids count from 1, head 0 is the root.
std::string WriteParseJson(std::span<const Sentence> sentences);

// The text of a sentence, rebuilt from forms, multiword forms and space_after.
std::string SurfaceText(const Sentence& sentence);

}  // namespace whowhom::extract
