#include <algorithm>
#include <string>
#include <utility>

#include "whowhom/core/record_json.h"
#include "whowhom/extract/conllu.h"

namespace whowhom::extract {
namespace {

std::string_view OrUnderscore(std::string_view text) { return text.empty() ? "_" : text; }

// Tabs and line ends would break the format; input from CoNLL-U and our own tokens hold none.
void AppendField(std::string_view text, std::string* out) {
  for (const char c : text) *out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

// The parts of a MISC column that are not written anew. Coreference of the input (Entity=) goes where ours is
// written: whoever scores the output would else measure the input.
void AppendKeptMisc(std::string_view misc, bool without_coreference, std::string* out) {
  while (!misc.empty()) {
    const size_t bar = misc.find('|');
    const std::string_view part = misc.substr(0, bar);
    const bool anew = part.starts_with("NER=") || part.starts_with("Coref=") ||
                      part.starts_with("SpaceAfter=") || (without_coreference && part.starts_with("Entity="));
    if (!anew && !part.empty() && part != "_") {
      if (!out->empty()) *out += '|';
      AppendField(part, out);
    }
    if (bar == std::string_view::npos) return;
    misc.remove_prefix(bar + 1);
  }
}

void AppendMisc(std::string_view key, std::string_view value, std::string* out) {
  if (!out->empty()) *out += '|';
  out->append(key).append("=").append(value);
}

// Per token: the NER tag and the clusters of the mentions that hold it.
struct Layers {
  std::vector<std::string> names;
  std::vector<std::string> clusters;
};

Layers MakeLayers(const Sentence& sentence, size_t index, const ConlluOptions& options) {
  Layers layers;
  layers.names.resize(sentence.tokens.size());
  layers.clusters.resize(sentence.tokens.size());
  if (options.write_names) {
    for (const NameSpan& name : sentence.names) {
      for (uint32_t i = name.begin; i < name.end && i < sentence.tokens.size(); ++i) {
        layers.names[i] = (i == name.begin ? "B-" : "I-") + std::string(ToString(name.type));
      }
    }
  }
  const auto first = std::lower_bound(options.mentions.begin(), options.mentions.end(), index,
                                      [](const EntityMention& m, size_t s) { return m.sentence < s; });
  for (auto m = first; m != options.mentions.end() && m->sentence == index; ++m) {
    if (m->cluster < 0 || !m->markable) continue;
    const bool has_full = m->full_end > m->full_begin;  // coreference corpora annotate the whole noun phrase
    const uint32_t end = has_full ? m->full_end : m->end;
    for (uint32_t i = has_full ? m->full_begin : m->begin; i < end && i < sentence.tokens.size(); ++i) {
      std::string& clusters = layers.clusters[i];
      if (!clusters.empty()) clusters += ',';
      clusters += "c" + std::to_string(m->cluster);
    }
  }
  return layers;
}

void AppendWord(const Sentence& sentence, uint32_t i, bool no_space, bool without_coreference,
                const Layers& layers, std::string* out) {
  const Token& token = sentence.tokens[i];
  std::string misc;
  AppendKeptMisc(token.misc, without_coreference, &misc);
  if (!layers.names[i].empty()) AppendMisc("NER", layers.names[i], &misc);
  if (!layers.clusters[i].empty()) AppendMisc("Coref", layers.clusters[i], &misc);
  if (no_space) AppendMisc("SpaceAfter", "No", &misc);
  *out += std::to_string(i + 1);
  *out += '\t';
  AppendField(OrUnderscore(token.form), out);
  *out += '\t';
  AppendField(OrUnderscore(token.lemma), out);
  *out += '\t';
  out->append(ToString(token.upos));
  *out += '\t';
  AppendField(OrUnderscore(token.xpos), out);
  *out += '\t';
  AppendField(OrUnderscore(token.feats), out);
  *out += '\t';
  *out += std::to_string(token.head + 1);
  *out += '\t';
  out->append(token.head < 0 ? "root" : ToString(token.deprel));
  out->append("\t_\t");
  out->append(OrUnderscore(misc));
  *out += '\n';
}

void AppendSentence(const Sentence& sentence, size_t index, const ConlluOptions& options, std::string* out) {
  for (const std::string& comment : sentence.comments) {
    AppendField(comment, out);
    *out += '\n';
  }
  *out += "# sent_id = ";
  AppendField(sentence.id.empty() ? std::to_string(index + 1) : sentence.id, out);
  *out += '\n';
  if (options.write_text) {
    *out += "# text = ";
    AppendField(SurfaceText(sentence), out);
    *out += '\n';
  }
  const Layers layers = MakeLayers(sentence, index, options);
  size_t range = 0;
  for (uint32_t i = 0; i < sentence.tokens.size(); ++i) {
    if (range < sentence.multiword.size() && sentence.multiword[range].begin == i) {
      const MultiwordToken& multiword = sentence.multiword[range];
      const bool space = multiword.end > 0 && multiword.end <= sentence.tokens.size() &&
                         sentence.tokens[multiword.end - 1].space_after;
      *out += std::to_string(multiword.begin + 1) + '-' + std::to_string(multiword.end) + '\t';
      AppendField(OrUnderscore(multiword.form), out);
      *out += "\t_\t_\t_\t_\t_\t_\t_\t";
      *out += space ? "_\n" : "SpaceAfter=No\n";
    }
    while (range < sentence.multiword.size() && sentence.multiword[range].end <= i) ++range;
    const bool inside = range < sentence.multiword.size() && sentence.multiword[range].begin <= i;
    AppendWord(sentence, i, !inside && !sentence.tokens[i].space_after, !options.mentions.empty(), layers,
               out);
    if (inside && sentence.multiword[range].end == i + 1) ++range;
  }
  *out += '\n';
}

void AppendPair(std::string_view key, std::string_view value, std::string* out) {
  if (out->back() != '{') *out += ',';
  *out += JsonQuote(key);
  *out += ':';
  *out += JsonQuote(value);
}

void AppendPair(std::string_view key, uint64_t value, std::string* out) {
  if (out->back() != '{') *out += ',';
  *out += JsonQuote(key);
  *out += ':' + std::to_string(value);
}

void AppendTokenJson(const Token& token, uint32_t index, std::string* out) {
  *out += '{';
  AppendPair("id", index + 1, out);
  AppendPair("form", token.form, out);
  AppendPair("lemma", token.lemma, out);
  AppendPair("upos", ToString(token.upos), out);
  AppendPair("xpos", token.xpos, out);
  AppendPair("feats", token.feats, out);
  AppendPair("head", static_cast<uint64_t>(token.head + 1), out);
  AppendPair("deprel", token.head < 0 ? "root" : ToString(token.deprel), out);
  AppendPair("begin", token.span.begin, out);
  AppendPair("end", token.span.end, out);
  *out += token.space_after ? ",\"spaceAfter\":true}" : ",\"spaceAfter\":false}";
}

void AppendNameJson(const Sentence& sentence, const NameSpan& name, std::string* out) {
  if (name.begin >= name.end || name.end > sentence.tokens.size()) return;
  std::string text;
  for (uint32_t i = name.begin; i < name.end; ++i) {
    text += sentence.tokens[i].form;
    if (i + 1 < name.end && sentence.tokens[i].space_after) text += ' ';
  }
  *out += '{';
  AppendPair("begin", sentence.tokens[name.begin].span.begin, out);
  AppendPair("end", sentence.tokens[name.end - 1].span.end, out);
  AppendPair("text", text, out);
  AppendPair("type", ToString(name.type), out);
  *out += '}';
}

template <typename Items, typename Append>
void AppendArray(std::string_view key, const Items& items, std::string* out, Append append) {
  *out += ',';
  *out += JsonQuote(key);
  *out += ":[";
  bool first = true;
  for (const auto& item : items) {
    if (!first) *out += ',';
    first = false;
    append(item);
  }
  *out += ']';
}

}  // namespace

std::string SurfaceText(const Sentence& sentence) {
  std::string text;
  size_t range = 0;
  for (uint32_t i = 0; i < sentence.tokens.size();) {
    uint32_t next = i + 1;
    if (range < sentence.multiword.size() && sentence.multiword[range].begin == i &&
        sentence.multiword[range].end > i && sentence.multiword[range].end <= sentence.tokens.size()) {
      text += sentence.multiword[range].form;
      next = sentence.multiword[range++].end;
    } else {
      text += sentence.tokens[i].form;
    }
    if (next < sentence.tokens.size() && sentence.tokens[next - 1].space_after) text += ' ';
    i = next;
  }
  return text;
}

std::string WriteConllu(std::span<const Sentence> sentences, const ConlluOptions& options) {
  std::string out;
  if (!options.document_id.empty()) {
    out += "# newdoc id = ";
    AppendField(options.document_id, &out);
    out += '\n';
  }
  for (size_t i = 0; i < sentences.size(); ++i) {
    if (sentences[i].tokens.empty()) continue;
    if (i > 0 && sentences[i].block != sentences[i - 1].block) out += "# newpar\n";
    AppendSentence(sentences[i], i, options, &out);
  }
  return out;
}

std::string WriteParseJson(std::span<const Sentence> sentences) {
  std::string out = "[";
  for (size_t i = 0; i < sentences.size(); ++i) {
    const Sentence& sentence = sentences[i];
    if (i > 0) out += ",\n";
    out += '{';
    AppendPair("id", sentence.id.empty() ? std::to_string(i + 1) : sentence.id, &out);
    AppendPair("begin", sentence.span.begin, &out);
    AppendPair("end", sentence.span.end, &out);
    AppendPair("text", SurfaceText(sentence), &out);
    out += sentence.is_headline ? ",\"headline\":true" : ",\"headline\":false";
    uint32_t index = 0;
    AppendArray("tokens", sentence.tokens, &out,
                [&](const Token& token) { AppendTokenJson(token, index++, &out); });
    AppendArray("names", sentence.names, &out,
                [&](const NameSpan& name) { AppendNameJson(sentence, name, &out); });
    out += '}';
  }
  return out + "]\n";
}

}  // namespace whowhom::extract
