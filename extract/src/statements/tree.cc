#include "statements/tree.h"

#include <algorithm>

#include "statements/lexicon.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::statements {

void Normalize(TokenSet* tokens) {
  std::sort(tokens->begin(), tokens->end());
  tokens->erase(std::unique(tokens->begin(), tokens->end()), tokens->end());
}

TokenSet Union(const TokenSet& a, const TokenSet& b) {
  TokenSet out;
  out.reserve(a.size() + b.size());
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

bool Contains(const TokenSet& tokens, uint32_t index) {
  return std::binary_search(tokens.begin(), tokens.end(), index);
}

namespace {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string Lower(std::string_view text) {
  if (!IsAscii(text)) return ToLower(text);
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Tree::Tree(const Sentence& sentence, const Lexicon* lexicon) : sentence_(&sentence) {
  const uint32_t count = size();
  heads_.resize(count);
  rels_.resize(count);
  uposes_.resize(count);
  children_.resize(count);
  depths_.assign(count, 0);
  lemmas_.reserve(count);
  lowers_.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    const Token& tok = token(i);
    const bool valid =
        tok.head >= 0 && tok.head < static_cast<int32_t>(count) && tok.head != static_cast<int32_t>(i);
    heads_[i] = valid ? tok.head : kNoToken;
    rels_[i] = tok.deprel;
    uposes_[i] = tok.upos;
    lowers_.push_back(Lower(tok.form));
    lemmas_.push_back(tok.lemma.empty() || tok.lemma == "_" ? lowers_.back() : Lower(tok.lemma));
  }
  MendHeads();
  MendAccordingTo();
  MendTitles(lexicon);
  MendBareTitles();
  MendFiniteConjuncts();
  MendDateline();
  MendObliques();
  MendGerundSubjects();
  if (lexicon != nullptr) MendByWords(*lexicon);
  for (uint32_t i = 0; i < count; ++i) {
    depths_[i] = 0;
    for (int at = heads_[i]; at != kNoToken; at = heads_[at]) ++depths_[i];
    if (heads_[i] != kNoToken) children_[heads_[i]].push_back(i);
  }
}

// Cuts cycles: follows each chain; a token met twice on the way loses its head.
void Tree::MendHeads() {
  const uint32_t count = size();
  std::vector<uint8_t> state(count, 0);  // 0 = new, 1 = on the way, 2 = done
  std::vector<uint32_t> path;
  for (uint32_t start = 0; start < count; ++start) {
    path.clear();
    int at = static_cast<int>(start);
    while (at != kNoToken && state[at] == 0) {
      state[at] = 1;
      path.push_back(at);
      at = heads_[at];
    }
    if (at != kNoToken && state[at] == 1) heads_[path.back()] = kNoToken;
    for (uint32_t i : path) state[i] = 2;
  }
}

// "JERUSALEM (AP) -- The army says": the dateline is no subject; the noun behind the dash that the parser
// hung on it, or beside it, is.
void Tree::MendDateline() {
  constexpr uint32_t kLongest = 12;  // tokens: "THE HAGUE , Netherlands , May 3 ( AP ) --"
  // "UNITED NATIONS": words in capitals are names whatever the tagger says.
  auto is_capital = [&](uint32_t i) {
    const std::string& form = token(i).form;
    return form.size() > 1 &&
           std::all_of(form.begin(), form.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  auto opens_sentence = [&](uint32_t i) { return i < size() && lowers_[i] != token(i).form; };
  uint32_t dash = 0;
  bool are_capitals = true, are_names = true;
  for (uint32_t i = 1; i < size() && i < kLongest && dash == 0; ++i) {
    are_capitals = are_capitals && is_capital(i - 1);
    // A hyphen only behind the agency or capitals: "OSLO (AP) - ", "NEW OSLO - The".
    // "OSLO, Norland - The", "NEW OSLO: The".
    const bool is_place = is_capital(0) && token(0).form.size() > 3;
    are_names = are_names && (upos(i - 1) == Upos::kPropn || lowers_[i - 1] == "," || is_capital(i - 1));
    const bool is_hyphen =
        lowers_[i] == "-" && (lowers_[i - 1] == ")" || (are_names && is_place && opens_sentence(i + 1)));
    const bool is_colon = lowers_[i] == ":" && are_capitals && is_place && opens_sentence(i + 1);
    // "Oslo, May 3 (AP) Berg said": the agency alone.
    const bool is_agency = lowers_[i] == ")" && i > 3 && is_capital(i - 1) && lowers_[i - 2] == "(" &&
                           upos(i - 3) == Upos::kNum && opens_sentence(i + 1);
    if (is_agency || is_colon || lowers_[i] == "--" || lowers_[i] == "—" || lowers_[i] == "–" || is_hyphen)
      dash = i;
  }
  if (dash == 0 || (upos(0) != Upos::kPropn && !is_capital(0))) return;
  for (uint32_t i = 0; i < dash; ++i) {
    if (is_capital(i)) continue;
    if (upos(i) == Upos::kVerb || upos(i) == Upos::kAux || upos(i) == Upos::kPron || upos(i) == Upos::kDet)
      return;
  }
  int verb = kNoToken;
  std::vector<uint32_t> tops;
  for (uint32_t i = 0; i < dash; ++i) {
    if (heads_[i] == kNoToken || heads_[i] > static_cast<int>(dash)) tops.push_back(i);
  }
  for (uint32_t top : tops) {
    if (rels_[top] != Deprel::kNsubj || heads_[top] == kNoToken) continue;
    verb = heads_[top];
    rels_[top] = Deprel::kDislocated;
  }
  if (verb == kNoToken) return;
  bool has_subject = false;
  for (uint32_t i = dash + 1; i < size(); ++i) {
    has_subject |= heads_[i] == verb && Universal(rels_[i]) == Deprel::kNsubj;
  }
  for (uint32_t i = dash + 1; i < static_cast<uint32_t>(verb) && !has_subject; ++i) {
    const bool hangs = heads_[i] != kNoToken && heads_[i] < static_cast<int>(dash);
    const bool is_noun = upos(i) == Upos::kNoun || upos(i) == Upos::kPropn || upos(i) == Upos::kPron;
    if (!hangs || !is_noun) continue;
    heads_[i] = verb;
    rels_[i] = Deprel::kNsubj;
    has_subject = true;
  }
  MendHeads();
}

// "Secretary of State Mike Pompeo" with the name hung on "State", or "State" on the name: the name is the
// head, the office its title.
void Tree::MendTitles(const Lexicon* lexicon) {
  for (const NameSpan& name : sentence_->names) {
    if (name.type != NameType::kPerson || name.begin < 3 || name.end > size() || name.begin >= name.end)
      continue;
    const uint32_t field = name.begin - 1;
    const uint32_t office = name.begin - 3;
    if (lowers_[field - 1] != "of") continue;
    int top = kNoToken;
    for (uint32_t i = name.begin; i < name.end; ++i) {
      const int outer = heads_[i];
      if (outer == kNoToken || outer < static_cast<int>(name.begin) || outer >= static_cast<int>(name.end)) {
        top = static_cast<int>(i);
        break;
      }
    }
    if (top == kNoToken) continue;
    const bool is_noun = upos(office) == Upos::kNoun || upos(office) == Upos::kPropn;
    // "the murder of President Lena Hart": no office.
    if (lexicon != nullptr && !lexicon->relational_nouns.contains(lemmas_[office])) continue;
    const bool joined = heads_[top] == static_cast<int>(field) || heads_[field] == top;
    const int outer = heads_[office];
    if (!is_noun || !joined || outer == top || outer == static_cast<int>(field)) continue;
    heads_[top] = outer;
    rels_[top] = rels_[office];
    heads_[office] = top;
    rels_[office] = Deprel::kNmodDesc;
    heads_[field] = static_cast<int>(office);
    rels_[field] = Deprel::kNmod;
    heads_[field - 1] = static_cast<int>(field);
    rels_[field - 1] = Deprel::kCase;
    MendHeads();
  }
}

// "army chief Anna Berg" with the name in apposition to the office, no comma between: the name is the head,
// the office its title, and whatever else hung on the office hangs on the name.
void Tree::MendBareTitles() {
  for (const NameSpan& name : sentence_->names) {
    if (name.type != NameType::kPerson || name.begin == 0 || name.end > size() || name.begin >= name.end)
      continue;
    int top = kNoToken;
    for (uint32_t i = name.begin; i < name.end && top == kNoToken; ++i) {
      const int outer = heads_[i];
      const bool inside = outer >= static_cast<int>(name.begin) && outer < static_cast<int>(name.end);
      if (!inside) top = static_cast<int>(i);
    }
    if (top == kNoToken || rels_[top] != Deprel::kAppos || heads_[top] == kNoToken) continue;
    const auto office = static_cast<uint32_t>(heads_[top]);
    if (office >= name.begin || (upos(office) != Upos::kNoun && upos(office) != Upos::kPropn)) continue;
    bool is_apart = false;
    for (uint32_t i = office + 1; i < name.begin; ++i) is_apart |= upos(i) == Upos::kPunct;
    for (const NameSpan& other : sentence_->names) {
      is_apart |= other.type == NameType::kPerson && other.begin <= office && office < other.end;
    }
    if (is_apart) continue;
    heads_[top] = heads_[office];
    rels_[top] = rels_[office];
    for (uint32_t i = 0; i < size(); ++i) {
      if (heads_[i] != static_cast<int>(office)) continue;
      const Deprel relation = Universal(rels_[i]);
      const bool describes = relation == Deprel::kDet || relation == Deprel::kAmod ||
                             relation == Deprel::kCompound || relation == Deprel::kNmod ||
                             relation == Deprel::kFlat || relation == Deprel::kNummod;
      if (i > name.begin || !describes) heads_[i] = top;
    }
    heads_[office] = top;
    rels_[office] = Deprel::kNmodDesc;
    MendHeads();
  }
}

// "warned Oslo not to strike back and threatened Berg": a finite verb goes on with the finite one, not with
// the infinitive.
void Tree::MendFiniteConjuncts() {
  for (uint32_t i = 0; i < size(); ++i) {
    if (rels_[i] != Deprel::kConj || heads_[i] == kNoToken || upos(i) != Upos::kVerb) continue;
    const auto first = static_cast<uint32_t>(heads_[i]);
    if (rels_[first] != Deprel::kXcomp || heads_[first] == kNoToken) continue;
    const auto outer = static_cast<uint32_t>(heads_[first]);
    const bool is_finite = HasFeature(i, "VerbForm=Fin") && HasFeature(i, "Tense=Past");
    if (is_finite && HasFeature(first, "VerbForm=Inf") && HasFeature(outer, "VerbForm=Fin"))
      heads_[i] = heads_[first];
  }
}

// "according" parsed as a verb with its own oblique becomes the preposition of the source.
void Tree::MendAccordingTo() {
  for (uint32_t i = 0; i + 1 < size(); ++i) {
    if (lowers_[i] != "according" || lowers_[i + 1] != "to" || rels_[i] == Deprel::kCase) continue;
    const int source = heads_[i + 1];
    if (source == kNoToken || source == static_cast<int>(i) || source < static_cast<int>(i)) continue;
    const int outer = heads_[i];
    // The source hangs on "according" or beside it; either way it takes its place.
    if (heads_[source] == static_cast<int>(i)) {
      if (outer == kNoToken) continue;
      heads_[source] = outer;
    }
    for (int at = heads_[source]; at != kNoToken; at = heads_[at]) {
      if (at == static_cast<int>(i)) return;  // would make a cycle
    }
    rels_[source] = Deprel::kObl;
    heads_[i] = source;
    rels_[i] = Deprel::kCase;
    heads_[i + 1] = static_cast<int>(i);
    rels_[i + 1] = Deprel::kFixed;
  }
}

int Tree::Child(uint32_t i, std::initializer_list<Deprel> relations) const {
  for (uint32_t child : children_[i]) {
    for (Deprel relation : relations) {
      if (rel(child) == relation) return static_cast<int>(child);
    }
  }
  return kNoToken;
}

bool Tree::HasFeature(uint32_t i, std::string_view feature) const {
  const std::string& feats = token(i).feats;
  size_t at = feats.find(feature);
  while (at != std::string::npos) {
    const bool starts = at == 0 || feats[at - 1] == '|';
    const size_t end = at + feature.size();
    if (starts && (end == feats.size() || feats[end] == '|')) return true;
    at = feats.find(feature, end);
  }
  return false;
}

bool Tree::IsNominal(uint32_t i) const {
  switch (upos(i)) {
    case Upos::kNoun:
    case Upos::kPropn:
    case Upos::kPron:
    case Upos::kNum:
    case Upos::kSym:
    case Upos::kX:
      return true;
    case Upos::kDet:
      return Universal(rel(i)) != Deprel::kDet;
    case Upos::kAdj:
      return HasChild(i, {Deprel::kDet});
    default:
      return false;
  }
}

bool Tree::Below(uint32_t i, uint32_t ancestor) const {
  int at = static_cast<int>(i);
  while (at != kNoToken && depths_[at] >= depths_[ancestor]) {
    if (at == static_cast<int>(ancestor)) return true;
    at = heads_[at];
  }
  return false;
}

TokenSet Tree::Yield(uint32_t i, const std::function<bool(uint32_t)>& skip) const {
  TokenSet out;
  std::vector<uint32_t> stack{i};
  while (!stack.empty()) {
    const uint32_t at = stack.back();
    stack.pop_back();
    out.push_back(at);
    for (uint32_t child : children_[at]) {
      if (!skip || !skip(child)) stack.push_back(child);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

TokenSet Tree::Yield(uint32_t i) const { return Yield(i, nullptr); }

void TrimPunctuation(const Tree& tree, TokenSet* tokens) {
  auto is_edge = [&](uint32_t i) { return tree.IsPunct(i) && tree.upos(i) != Upos::kSym; };
  auto pairs = [&](const std::string& open, const std::string& close) {
    return (open == "\"" && close == "\"") || (open == "``" && close == "''") ||
           (open == "“" && close == "”") || (open == "(" && close == ")");
  };
  while (tokens->size() > 1) {
    const bool front = is_edge(tokens->front());
    const bool back = is_edge(tokens->back());
    if (!front && !back) return;
    if (front && back && tokens->size() > 2 &&
        pairs(tree.token(tokens->front()).form, tree.token(tokens->back()).form)) {
      return;
    }
    // A quote opened inside and closed at the end belongs to the phrase ("the so-called "militia"").
    if (back && !front) {
      const std::string& close = tree.token(tokens->back()).form;
      bool opened = false;
      for (size_t k = 0; k + 1 < tokens->size(); ++k) opened |= pairs(tree.token((*tokens)[k]).form, close);
      if (opened) return;
    }
    if (back) tokens->pop_back();
    if (front) tokens->erase(tokens->begin());
  }
  if (tokens->size() == 1 && is_edge(tokens->front())) tokens->clear();
}

std::string TextOf(const Tree& tree, const TokenSet& tokens) {
  std::string out;
  for (size_t k = 0; k < tokens.size(); ++k) {
    if (k > 0 && (tokens[k] != tokens[k - 1] + 1 || tree.token(tokens[k - 1]).space_after)) out += ' ';
    out += tree.token(tokens[k]).form;
  }
  return out;
}

std::string TokenText(const Tree& tree, const TokenSet& tokens) {
  std::string out;
  for (size_t k = 0; k < tokens.size(); ++k) {
    if (k > 0) out += ' ';
    out += tree.token(tokens[k]).form;
  }
  return out;
}

}  // namespace whowhom::extract::statements
