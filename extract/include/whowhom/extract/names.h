// Names by gazetteer and rule: GROUP, FACILITY, WEAPON, DATE, MONEY, QUANTITY, PERCENT, and repair of the
// model's names.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "whowhom/core/result.h"
#include "whowhom/extract/sentence.h"

namespace whowhom::extract {

// The steps, in order: repair (articles, titles, possessives and marks off the ends; whole hyphenated words;
// heads of organisations; the acronym in brackets after a name is a name of its own with the type of the
// name), PERCENT, MONEY, QUANTITY, DATE, WEAPON, FACILITY, GPE (states that the model missed), GROUP. Roads
// and buildings are FACILITY; seats that stand for a government are left as the model has them. Sentences
// without tags get PERSON, ORG and GPE guessed from capitals.
//
//   auto finder = NameFinder::Load("data");   // data/names/*.tsv, data/actors/countries.tsv where it exists
//   finder->Annotate(&sentence);
//
// Cost: linear in the tokens. Immutable after loading; thread-safe.
class NameFinder {
 public:
  static Result<std::unique_ptr<NameFinder>> Load(const std::string& data_dir);
  virtual ~NameFinder() = default;
  // REQUIRES: tokens are tagged. Adds to sentence.names what the model did not find; keeps them disjoint and
  // in order.
  virtual void Annotate(Sentence* sentence) const = 0;
  // Names of one article settle each other: a lone surname is the person named in full elsewhere, mentions of
  // one name get one type, and a name found twice is found where it was missed. Call once for each article,
  // after Annotate() of all its sentences.
  virtual void Agree(std::span<Sentence> sentences) const = 0;
  // One past the state or capital whose name starts at token `at`; 0 = none.
  virtual uint32_t PlaceEnd(const Sentence& sentence, uint32_t at) const = 0;
};

}  // namespace whowhom::extract
