#include "text/main_clauses.h"

#include <string>
#include <vector>

#include "whowhom/core/utf8.h"

namespace whowhom::extract::text {
namespace {

bool HasChild(const std::vector<Token>& tokens, int32_t head, std::initializer_list<Deprel> relations) {
  for (const Token& token : tokens) {
    if (token.head != head) continue;
    for (const Deprel relation : relations) {
      if (token.deprel == relation || Universal(token.deprel) == relation) return true;
    }
  }
  return false;
}

// The noun whose main verb "verb" is: its relative clause ends at the comma before the verb. -1 none.
int32_t SubjectLeft(const std::vector<Token>& tokens, size_t verb) {
  const Token& token = tokens[verb];
  if (token.head < 0) return -1;
  const Token& governor = tokens[static_cast<size_t>(token.head)];
  if (token.deprel == Deprel::kAclRelcl) {
    // "Norland, which borders Chad, deployed troops": hung on the relative clause.
    return governor.deprel == Deprel::kAclRelcl ? governor.head : -1;
  }
  if (token.deprel != Deprel::kAmod || token.head < static_cast<int32_t>(verb)) return -1;
  if (governor.deprel == Deprel::kRoot) {  // "The soldiers, whose base was hit, shelled villages"
    for (size_t i = 0; i < verb; ++i) {
      if (tokens[i].head == token.head && tokens[i].deprel == Deprel::kNsubj) return static_cast<int32_t>(i);
    }
    return -1;
  }
  if (governor.deprel != Deprel::kObj || governor.head < 0) return -1;
  const Token& relative = tokens[static_cast<size_t>(governor.head)];
  return relative.deprel == Deprel::kAclRelcl ? relative.head : -1;
}

}  // namespace

// "Norland and Sudland proposed talks" read as talks that Norland and Sudland proposed: several names with
// "and", then a participle, then a bare noun, and no finite verb anywhere, are a clause (Quirk et al. 1985,
// 17.98: a name is no premodifier of a participle without a hyphen).
void RepairVerblessClause(Sentence* sentence) {
  std::vector<Token>& tokens = sentence->tokens;
  int32_t root = -1;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].xpos == "VBD" || tokens[i].xpos == "VBZ" || tokens[i].xpos == "VBP" ||
        tokens[i].xpos == "MD")
      return;
    if (tokens[i].deprel == Deprel::kRoot) root = static_cast<int32_t>(i);
  }
  if (root < 2 || tokens[static_cast<size_t>(root)].upos != Upos::kNoun) return;
  const auto child_of_root = [&](size_t i, Deprel relation) {
    return tokens[i].head == root && tokens[i].deprel == relation;
  };
  const auto verb = static_cast<size_t>(root - 1);
  if (!child_of_root(verb, Deprel::kAmod) || tokens[verb].xpos != "VBN") return;
  int32_t subject = -1;
  bool has_and = false;
  for (size_t i = 0; i < verb; ++i) {
    if (tokens[i].upos != Upos::kPropn && tokens[i].deprel != Deprel::kCc) return;
    if (child_of_root(i, Deprel::kCompound) && subject < 0) subject = static_cast<int32_t>(i);
    has_and = has_and || ToLower(tokens[i].form) == "and";
  }
  if (subject < 0 || !has_and) return;
  Token& clause = tokens[verb];
  clause.xpos = "VBD";
  clause.feats = "Mood=Ind|Tense=Past|VerbForm=Fin";
  clause.deprel = Deprel::kRoot;
  clause.head = -1;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].deprel == Deprel::kPunct && tokens[i].head == root) tokens[i].head = root - 1;
    if (child_of_root(i, Deprel::kCompound)) {
      tokens[i].head = static_cast<int32_t>(i) == subject ? root - 1 : subject;
      tokens[i].deprel = static_cast<int32_t>(i) == subject ? Deprel::kNsubj : Deprel::kConj;
    }
  }
  tokens[static_cast<size_t>(root)].head = root - 1;
  tokens[static_cast<size_t>(root)].deprel = Deprel::kObj;
}

void RepairLostVerb(Sentence* sentence) {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t verb = 3; verb + 1 < tokens.size(); ++verb) {
    Token& token = tokens[verb];
    const bool is_past = token.upos == Upos::kVerb && (token.xpos == "VBD" || token.xpos == "VBN");
    if (!is_past || tokens[verb - 1].form != ",") continue;
    const int32_t subject = SubjectLeft(tokens, verb);
    if (subject < 0 || subject >= static_cast<int32_t>(verb)) continue;
    const auto at = static_cast<int32_t>(verb);
    Token& noun = tokens[static_cast<size_t>(subject)];
    const bool is_amod = token.deprel == Deprel::kAmod;
    const int32_t object = is_amod ? token.head : -1;
    const bool is_main = noun.deprel == Deprel::kRoot || (object >= 0 && noun.head == object);
    // "who left, tired and angry", "which fell, killing": a verb with nothing of its own or with a helper is
    // left alone.
    if (!is_main || !HasChild(tokens, subject, {Deprel::kAclRelcl}) ||
        HasChild(tokens, subject, {Deprel::kCop, Deprel::kNsubj}) ||
        HasChild(tokens, at, {Deprel::kNsubj, Deprel::kAux, Deprel::kCc, Deprel::kMark, Deprel::kConj}))
      continue;
    if (!is_amod && !HasChild(tokens, at, {Deprel::kObj})) continue;
    // "The man, who likes old, dented cars": the object's own words before the verb.
    bool is_first = true;
    for (size_t i = 0; i < verb && is_amod; ++i) {
      is_first = is_first && (tokens[i].head != object || static_cast<int32_t>(i) == subject ||
                              tokens[i].deprel == Deprel::kPunct);
    }
    if (!is_first) continue;
    token.head = -1;
    token.deprel = Deprel::kRoot;
    token.xpos = "VBD";
    token.feats = "Mood=Ind|Tense=Past|VerbForm=Fin";
    noun.head = at;
    noun.deprel = Deprel::kNsubj;
    if (is_amod) {
      tokens[static_cast<size_t>(object)].head = at;
      tokens[static_cast<size_t>(object)].deprel = Deprel::kObj;
    }
    for (size_t i = 0; i < tokens.size(); ++i) {  // the full stop
      const bool is_last = tokens[i].deprel == Deprel::kPunct && i > verb &&
                           (tokens[i].head == subject || tokens[i].head == object);
      if (is_last && i + 1 == tokens.size()) tokens[i].head = at;
    }
    return;
  }
}

void RepairDueTo(Sentence* sentence) {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t due = 1; due + 2 < tokens.size(); ++due) {
    const int32_t verb = tokens[due].head;
    const bool is_marker = tokens[due].form == "due" && tokens[due].deprel == Deprel::kMark &&
                           verb > static_cast<int32_t>(due) && tokens[due + 1].form == "to" &&
                           tokens[due + 1].head == static_cast<int32_t>(due);
    const bool is_base = is_marker && (tokens[static_cast<size_t>(verb)].xpos == "VB" ||
                                       HasChild(tokens, verb, {Deprel::kAuxPass}));  // "due to be tried"
    if (!is_base) continue;
    bool has_copula = false;
    for (size_t i = 0; i < due; ++i) {
      has_copula = has_copula || (tokens[i].head == verb && tokens[i].lemma == "be" &&
                                  (tokens[i].deprel == Deprel::kCop || tokens[i].deprel == Deprel::kAuxPass));
    }
    has_copula = has_copula || HasChild(tokens, static_cast<int32_t>(due), {Deprel::kCop});
    if (!has_copula) continue;
    const auto at = static_cast<int32_t>(due);
    Token& act = tokens[static_cast<size_t>(verb)];
    tokens[due].head = act.head;
    tokens[due].deprel = act.deprel;
    act.head = at;
    act.deprel = Deprel::kXcomp;
    tokens[due + 1].head = verb;
    tokens[due + 1].deprel = Deprel::kMark;
    for (size_t i = 0; i < tokens.size(); ++i) {
      const bool is_last = i + 1 == tokens.size() && tokens[i].deprel == Deprel::kPunct;
      if (tokens[i].head != verb || (i > due && !is_last)) continue;
      tokens[i].head = at;
      if (Universal(tokens[i].deprel) == Deprel::kNsubj) tokens[i].deprel = Deprel::kNsubj;
      if (tokens[i].deprel == Deprel::kAuxPass) tokens[i].deprel = Deprel::kCop;
    }
  }
}

void RepairOpeningParticiple(Sentence* sentence) {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t i = 0; i + 2 < tokens.size() && i < 2; ++i) {
    Token& token = tokens[i];
    const bool is_participle = token.deprel == Deprel::kCcomp && (token.xpos == "VBN" || token.xpos == "VBG");
    if (!is_participle || token.head <= static_cast<int32_t>(i)) continue;
    const auto at = static_cast<int32_t>(i);
    if (HasChild(tokens, at, {Deprel::kNsubj, Deprel::kAux, Deprel::kAuxPass, Deprel::kMark, Deprel::kCop}))
      continue;
    bool has_subject = false;  // of the verb, behind a comma
    bool has_comma = false;
    for (auto k = static_cast<int32_t>(i) + 1; k < token.head; ++k) {
      const Token& other = tokens[static_cast<size_t>(k)];
      has_comma = has_comma || other.form == ",";
      has_subject =
          has_subject || (has_comma && other.head == token.head && Universal(other.deprel) == Deprel::kNsubj);
    }
    if (has_subject) token.deprel = Deprel::kAdvcl;
  }
}

void RepairSharedObject(Sentence* sentence) {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t verb = 4; verb < tokens.size(); ++verb) {
    const auto at = static_cast<int32_t>(verb);
    const bool is_second = tokens[verb].deprel == Deprel::kConj || tokens[verb].deprel == Deprel::kParataxis;
    if (!is_second || tokens[verb].xpos != "VBN" || HasChild(tokens, at, {Deprel::kNsubj, Deprel::kExpl}))
      continue;
    size_t helper = verb;  // the first of "were", "have been"
    bool is_passive = false;
    for (size_t i = 0; i < verb; ++i) {
      const bool helps = tokens[i].deprel == Deprel::kAux || tokens[i].deprel == Deprel::kAuxPass;
      if (tokens[i].head != at || !helps) continue;
      helper = std::min(helper, i);
      is_passive = is_passive || tokens[i].deprel == Deprel::kAuxPass;
    }
    if (!is_passive || helper < 3 || helper == verb) continue;
    Token& noun = tokens[helper - 1];
    const std::string& form = tokens[helper].form;
    const bool is_many = noun.xpos == "NNS" || noun.xpos == "NNPS";
    const bool agrees = is_many ? form == "were" || form == "are" || form == "have"
                                : (noun.xpos == "NN" || noun.xpos == "NNP") &&
                                      (form == "was" || form == "is" || form == "has");
    if (!agrees || noun.deprel != Deprel::kConj || noun.head < 0 ||
        noun.head >= static_cast<int32_t>(helper) - 1)
      continue;
    const auto self = static_cast<int32_t>(helper) - 1;
    for (Token& other : tokens) {
      if (other.head == self && other.deprel == Deprel::kCc) other.head = at;
    }
    noun.head = at;
    noun.deprel = Deprel::kNsubjPass;
  }
}

void RepairByNoMeans(Sentence* sentence) {
  std::vector<Token>& tokens = sentence->tokens;
  for (size_t noun = 3; noun + 1 < tokens.size(); ++noun) {
    const bool is_phrase =
        tokens[noun - 1].form == "no" && tokens[noun - 2].form == "by" && tokens[noun].form == "means";
    Token& quality = tokens[noun + 1];
    const auto at = static_cast<int32_t>(noun);
    if (!is_phrase || quality.head != at || quality.deprel != Deprel::kAmod ||
        !HasChild(tokens, at, {Deprel::kCop}))
      continue;
    const auto next = at + 1;
    quality.head = tokens[noun].head;
    quality.deprel = tokens[noun].deprel;
    for (size_t i = 0; i < tokens.size(); ++i) {
      const bool is_inside = i == noun - 1 || i == noun - 2;
      if (tokens[i].head == at && !is_inside) tokens[i].head = next;
    }
    tokens[noun].head = next;
    tokens[noun].deprel = Deprel::kOblUnmarked;
  }
}

}  // namespace whowhom::extract::text
