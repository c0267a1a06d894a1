#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "whowhom/extract/conllu.h"
#include "whowhom/extract/scoring.h"

namespace whowhom::extract {
namespace {

// The universal features and the content relations of the shared task's definition.
constexpr std::array<std::string_view, 21> kUniversalFeatures = {
    "Abbr",    "Animacy", "Aspect",   "Case",    "Definite", "Degree",   "Evident",
    "Foreign", "Gender",  "Mood",     "NumType", "Number",   "Person",   "Polarity",
    "Polite",  "Poss",    "PronType", "Reflex",  "Tense",    "VerbForm", "Voice"};
constexpr std::array<Deprel, 21> kContentRelations = {
    Deprel::kNsubj,  Deprel::kObj,    Deprel::kIobj,      Deprel::kCsubj, Deprel::kCcomp,
    Deprel::kXcomp,  Deprel::kObl,    Deprel::kVocative,  Deprel::kExpl,  Deprel::kDislocated,
    Deprel::kAdvcl,  Deprel::kAdvmod, Deprel::kDiscourse, Deprel::kNmod,  Deprel::kAppos,
    Deprel::kNummod, Deprel::kAcl,    Deprel::kAmod,      Deprel::kConj,  Deprel::kFixed,
    Deprel::kFlat};
// compound, list, parataxis, orphan, goeswith, reparandum, root, dep
constexpr std::array<Deprel, 8> kMoreContentRelations = {
    Deprel::kCompound, Deprel::kList,       Deprel::kParataxis, Deprel::kOrphan,
    Deprel::kGoeswith, Deprel::kReparandum, Deprel::kRoot,      Deprel::kDep};

struct Span {
  uint32_t begin = 0;  // characters without blanks, from the start of the file
  uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

struct Word {
  Span span;
  bool is_multiword = false;
  const Token* token = nullptr;
  int64_t parent = -1;  // index into words, -1 = root
  std::string feats;    // universal ones
  std::string form;     // small letters
};

struct Reading {
  std::string text;  // without blanks
  std::vector<Span> tokens;
  std::vector<Span> sentences;
  std::vector<Word> words;
};

bool IsContent(Deprel deprel) {
  return std::find(kContentRelations.begin(), kContentRelations.end(), deprel) != kContentRelations.end() ||
         std::find(kMoreContentRelations.begin(), kMoreContentRelations.end(), deprel) !=
             kMoreContentRelations.end();
}

std::string UniversalFeatures(std::string_view feats) {
  std::vector<std::string_view> kept;
  while (!feats.empty() && feats != "_") {
    const size_t bar = feats.find('|');
    const std::string_view feat = feats.substr(0, bar);
    if (std::binary_search(kUniversalFeatures.begin(), kUniversalFeatures.end(),
                           feat.substr(0, feat.find('='))))
      kept.push_back(feat);
    if (bar == std::string_view::npos) break;
    feats.remove_prefix(bar + 1);
  }
  std::sort(kept.begin(), kept.end());
  std::string joined;
  for (const std::string_view feat : kept) joined.append(feat).append("|");
  return joined;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

void AppendCharacters(std::string_view form, std::string* text) {
  for (size_t i = 0; i < form.size(); ++i) {
    if (form[i] == ' ') continue;
    if (form.substr(i, 2) == "\u00A0") {  // no-break space
      ++i;
      continue;
    }
    *text += form[i];
  }
}

void ReadSentence(const Sentence& sentence, Reading* reading) {
  const size_t first = reading->words.size();
  const auto begin = static_cast<uint32_t>(reading->text.size());
  size_t range = 0;
  for (uint32_t i = 0; i < sentence.tokens.size();) {
    Span span{static_cast<uint32_t>(reading->text.size()), 0};
    uint32_t end = i + 1;
    const bool multiword = range < sentence.multiword.size() && sentence.multiword[range].begin == i;
    if (multiword) {
      AppendCharacters(sentence.multiword[range].form, &reading->text);
      end = sentence.multiword[range++].end;
    } else {
      AppendCharacters(sentence.tokens[i].form, &reading->text);
    }
    span.end = static_cast<uint32_t>(reading->text.size());
    reading->tokens.push_back(span);
    for (; i < end; ++i) {
      const Token& token = sentence.tokens[i];
      const int64_t parent = token.head < 0 ? -1 : static_cast<int64_t>(first) + token.head;
      reading->words.push_back(
          {span, multiword, &token, parent, UniversalFeatures(token.feats), Lower(token.form)});
    }
  }
  reading->sentences.push_back({begin, static_cast<uint32_t>(reading->text.size())});
}

Reading Read(const std::vector<ConlluDocument>& documents) {
  Reading reading;
  for (const ConlluDocument& document : documents) {
    for (const Sentence& sentence : document.sentences) ReadSentence(sentence, &reading);
  }
  return reading;
}

Agreement CompareSpans(const std::vector<Span>& gold, const std::vector<Span>& system) {
  Agreement agreement;
  agreement.gold = static_cast<double>(gold.size());
  agreement.system = static_cast<double>(system.size());
  size_t g = 0, s = 0;
  while (g < gold.size() && s < system.size()) {
    if (gold[g] == system[s]) {
      agreement.Count(1);
      ++g, ++s;
    } else if (gold[g].begin < system[s].begin ||
               (gold[g].begin == system[s].begin && gold[g].end < system[s].end)) {
      ++g;
    } else {
      ++s;
    }
  }
  return agreement;
}

// Pairs of words that are the same, and for each gold word its partner (-1 = none).
struct Alignment {
  std::vector<std::pair<size_t, size_t>> pairs;
  std::vector<int64_t> partner;       // of gold words
  std::vector<int64_t> back_partner;  // of system words
  void Add(size_t gold, size_t system) {
    pairs.emplace_back(gold, system);
    partner[gold] = static_cast<int64_t>(system);
    back_partner[system] = static_cast<int64_t>(gold);
  }
};

// Aligns gold words [g, g_end) and system words [s, s_end) by longest common subsequence of their forms.
void AlignByForms(const Reading& gold, const Reading& system, size_t g, size_t g_end, size_t s, size_t s_end,
                  Alignment* alignment) {
  const size_t rows = g_end - g, columns = s_end - s;
  constexpr size_t kMaxCells = 1 << 20;  // hostile files can put everything into one multiword token
  if (rows * columns > kMaxCells) return;
  std::vector<std::vector<uint32_t>> length(rows + 1, std::vector<uint32_t>(columns + 1, 0));
  for (size_t i = rows; i-- > 0;) {
    for (size_t k = columns; k-- > 0;) {
      length[i][k] = gold.words[g + i].form == system.words[s + k].form
                         ? 1 + length[i + 1][k + 1]
                         : std::max(length[i + 1][k], length[i][k + 1]);
    }
  }
  for (size_t i = 0, k = 0; i < rows && k < columns;) {
    if (gold.words[g + i].form == system.words[s + k].form) {
      alignment->Add(g + i++, s + k++);
    } else if (length[i + 1][k] >= length[i][k + 1]) {
      ++i;
    } else {
      ++k;
    }
  }
}

Alignment Align(const Reading& gold, const Reading& system) {
  Alignment alignment;
  alignment.partner.assign(gold.words.size(), -1);
  alignment.back_partner.assign(system.words.size(), -1);
  size_t g = 0, s = 0;
  while (g < gold.words.size() && s < system.words.size()) {
    const Word &left = gold.words[g], &right = system.words[s];
    const bool overlap = left.span.begin < right.span.end && right.span.begin < left.span.end;
    if (overlap && (left.is_multiword || right.is_multiword)) {
      // Grow the region until both sides end together.
      size_t g_end = g, s_end = s;
      uint32_t end = std::max(left.span.end, right.span.end);
      while (true) {
        while (g_end < gold.words.size() && gold.words[g_end].span.begin < end)
          end = std::max(end, gold.words[g_end++].span.end);
        const size_t before = s_end;
        while (s_end < system.words.size() && system.words[s_end].span.begin < end)
          end = std::max(end, system.words[s_end++].span.end);
        if (s_end == before || g_end >= gold.words.size() || gold.words[g_end].span.begin >= end) break;
      }
      AlignByForms(gold, system, g, g_end, s, s_end, &alignment);
      g = g_end;
      s = s_end;
    } else if (left.span == right.span) {
      alignment.Add(g++, s++);
    } else if (left.span.begin <= right.span.begin) {
      ++g;
    } else {
      ++s;
    }
  }
  return alignment;
}

// Agreement of aligned words under `same`; `counts` says which words are asked.
template <typename Counts, typename Same>
Agreement CompareWords(const Reading& gold, const Reading& system, const Alignment& alignment, Counts counts,
                       Same same) {
  Agreement agreement;
  for (const Word& word : gold.words) agreement.gold += counts(word);
  for (const Word& word : system.words) agreement.system += counts(word);
  for (const auto& [g, s] : alignment.pairs) {
    if (counts(gold.words[g]) && same(gold.words[g], system.words[s])) agreement.Count(1);
  }
  return agreement;
}

Status CheckSameText(const Reading& gold, const Reading& system) {
  if (gold.text == system.text) return {};
  const auto [a, b] =
      std::mismatch(gold.text.begin(), gold.text.end(), system.text.begin(), system.text.end());
  const auto at = static_cast<size_t>(a - gold.text.begin());
  const size_t from = at > 20 ? at - 20 : 0;
  return InvalidInput("the two files hold different text: gold \"..." + gold.text.substr(from, 40) +
                      "\", system \"..." + system.text.substr(from, 40) + "\"");
}

}  // namespace

Result<std::vector<ScoreRow>> ScoreParse(std::string_view gold_bytes, std::string_view system_bytes) {
  WHOWHOM_TRY(const auto gold_documents, ReadConllu(gold_bytes, "gold", {}));
  WHOWHOM_TRY(const auto system_documents, ReadConllu(system_bytes, "system", {}));
  const Reading gold = Read(gold_documents), system = Read(system_documents);
  WHOWHOM_TRY_STATUS(CheckSameText(gold, system));
  const Alignment alignment = Align(gold, system);
  const auto all = [](const Word&) { return true; };
  const auto content = [](const Word& word) { return IsContent(Universal(word.token->deprel)); };
  const auto same_parent = [&](const Word& g, const Word& s) {
    if (g.parent < 0 || s.parent < 0) return g.parent < 0 && s.parent < 0;
    return alignment.partner[static_cast<size_t>(g.parent)] == s.parent;
  };
  const auto same_relation = [](const Word& g, const Word& s) {
    const bool root = g.parent < 0 && s.parent < 0;
    return root || Universal(g.token->deprel) == Universal(s.token->deprel);
  };
  const auto words = [&](std::string name, auto same) {
    return ScoreRow{std::move(name), CompareWords(gold, system, alignment, all, same), true, 0};
  };
  std::vector<ScoreRow> rows;
  rows.push_back({"Tokens", CompareSpans(gold.tokens, system.tokens), true, 0});
  rows.push_back({"Sentences", CompareSpans(gold.sentences, system.sentences), true, 0});
  rows.push_back(words("Words", [](const Word&, const Word&) { return true; }));
  rows.push_back(words("UPOS", [](const Word& g, const Word& s) { return g.token->upos == s.token->upos; }));
  rows.push_back(words("XPOS", [](const Word& g, const Word& s) { return g.token->xpos == s.token->xpos; }));
  rows.push_back(words("UFeats", [](const Word& g, const Word& s) { return g.feats == s.feats; }));
  rows.push_back(words("AllTags", [](const Word& g, const Word& s) {
    return g.token->upos == s.token->upos && g.token->xpos == s.token->xpos && g.feats == s.feats;
  }));
  rows.push_back(words("Lemmas", [](const Word& g, const Word& s) {
    return g.token->lemma.empty() || g.token->lemma == s.token->lemma;
  }));
  rows.push_back(words("UAS", same_parent));
  rows.push_back(
      words("LAS", [&](const Word& g, const Word& s) { return same_parent(g, s) && same_relation(g, s); }));
  const auto labelled = [&](const Word& g, const Word& s) {
    return same_parent(g, s) && same_relation(g, s);
  };
  rows.push_back({"CLAS", CompareWords(gold, system, alignment, content, labelled), true, 0});
  return rows;
}

std::string FormatScores(const std::vector<ScoreRow>& rows) {
  size_t width = 8;
  for (const ScoreRow& row : rows) width = std::max(width, row.name.size());
  std::string out = "measure" + std::string(width > 7 ? width - 7 : 0, ' ') +
                    "  precision  recall      F1    gold  system\n";
  char line[128];
  for (const ScoreRow& row : rows) {
    out += row.name + std::string(width - row.name.size(), ' ');
    if (row.has_counts) {
      std::snprintf(line, sizeof line, "  %9.2f %7.2f %7.2f %7.0f %7.0f\n", 100 * row.agreement.precision(),
                    100 * row.agreement.recall(), 100 * row.agreement.f1(), row.agreement.gold,
                    row.agreement.system);
    } else {
      std::snprintf(line, sizeof line, "  %9s %7s %7.2f\n", "", "", 100 * row.value);
    }
    out += line;
  }
  return out;
}

std::string FormatScoresJson(const std::vector<ScoreRow>& rows) {
  std::string out = "[";
  char line[256];
  for (const ScoreRow& row : rows) {
    if (out.size() > 1) out += ",\n";
    const double f1 = row.has_counts ? row.agreement.f1() : row.value;
    out += "{\"name\":\"" + row.name + "\",";
    if (row.has_counts) {
      std::snprintf(line, sizeof line, "\"precision\":%.4f,\"recall\":%.4f,\"gold\":%.0f,\"system\":%.0f,",
                    row.agreement.precision(), row.agreement.recall(), row.agreement.gold,
                    row.agreement.system);
      out += line;
    }
    std::snprintf(line, sizeof line, "\"f1\":%.4f}", f1);
    out += line;
  }
  return out + "]\n";
}

}  // namespace whowhom::extract
