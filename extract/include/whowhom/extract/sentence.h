// What the language engine says about a sentence: tokens, tags, lemmas, dependencies, names. Universal
// Dependencies v2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/span.h"

namespace whowhom::extract {

// Universal part-of-speech tags, alphabetical as in the UD documentation.
enum class Upos : uint8_t {
  kAdj,
  kAdp,
  kAdv,
  kAux,
  kCconj,
  kDet,
  kIntj,
  kNoun,
  kNum,
  kPart,
  kPron,
  kPropn,
  kPunct,
  kSconj,
  kSym,
  kVerb,
  kX
};

// The dependency relations of English UD 2.16, subtypes included.
enum class Deprel : uint8_t {
  kAcl,
  kAclRelcl,
  kAdvcl,
  kAdvclRelcl,
  kAdvmod,
  kAmod,
  kAppos,
  kAux,
  kAuxPass,
  kCase,
  kCc,
  kCcPreconj,
  kCcomp,
  kCompound,
  kCompoundPrt,
  kConj,
  kCop,
  kCsubj,
  kCsubjOuter,
  kCsubjPass,
  kDep,
  kDet,
  kDetPredet,
  kDiscourse,
  kDislocated,
  kExpl,
  kFixed,
  kFlat,
  kGoeswith,
  kIobj,
  kList,
  kMark,
  kNmod,
  kNmodDesc,
  kNmodPoss,
  kNmodUnmarked,
  kNsubj,
  kNsubjOuter,
  kNsubjPass,
  kNummod,
  kObj,
  kObl,
  kOblAgent,
  kOblUnmarked,
  kOrphan,
  kParataxis,
  kPunct,
  kReparandum,
  kRoot,
  kVocative,
  kXcomp
};

std::string_view ToString(Upos upos);      // "PROPN"
std::string_view ToString(Deprel deprel);  // "nsubj:pass"
std::optional<Upos> ParseUpos(std::string_view text);
// Unknown subtypes fall back to their universal part ("obl:npmod" -> obl); empty if that is unknown too.
std::optional<Deprel> ParseDeprel(std::string_view text);
// The universal part: kNsubjPass -> kNsubj.
Deprel Universal(Deprel deprel);

// Names and other typed expressions.
enum class NameType : uint8_t {
  kPerson,
  kOrg,
  kGpe,
  kPlace,
  kEvent,
  kWork,
  kGroup,
  kFacility,
  kWeapon,
  kDate,
  kMoney,
  kQuantity,
  kPercent
};
std::string_view ToString(NameType type);  // "PERSON"
std::optional<NameType> ParseNameType(std::string_view text);

struct Token {
  ByteSpan span;     // of the token in the document's text
  std::string form;  // as written (in a multiword token: its own part, "n't"); "we" for "[w]e"
  std::string lemma;
  std::string xpos;   // Penn tag
  std::string feats;  // UD features "Mood=Ind|Tense=Past", "_" or empty for none
  Upos upos = Upos::kX;
  Deprel deprel = Deprel::kDep;
  int32_t head = -1;  // index within the sentence; -1 = root
  float margin = 0;   // head score minus the second best, 0 if unknown
  bool space_after = true;
  std::string misc;  // kept from CoNLL-U input, written back
};

// A range of tokens that is written as one word ("don't" = do + n't).
struct MultiwordToken {
  uint32_t begin = 0;
  uint32_t end = 0;  // half-open
  std::string form;
};

struct NameSpan {
  uint32_t begin = 0;
  uint32_t end = 0;  // half-open token range
  NameType type = NameType::kPerson;
  friend bool operator==(const NameSpan&, const NameSpan&) = default;
};

struct Sentence {
  ByteSpan span;       // from first to last token
  uint32_t block = 0;  // index of its block
  bool is_headline = false;
  std::vector<Token> tokens;
  std::vector<MultiwordToken> multiword;
  std::vector<NameSpan> names;        // disjoint, in order
  std::string id;                     // sent_id of CoNLL-U input, else empty
  std::vector<std::string> comments;  // other comment lines of CoNLL-U input, kept
};

// The children of each token, in order; index by head. Recompute after changing heads.
std::vector<std::vector<uint32_t>> ChildrenOf(const Sentence& sentence);

}  // namespace whowhom::extract
