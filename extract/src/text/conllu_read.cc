#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "whowhom/extract/conllu.h"

namespace whowhom::extract {
namespace {

constexpr size_t kColumns = 10;

std::optional<uint32_t> ParseNumber(std::string_view text) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

class Parser {
 public:
  Parser(std::string_view bytes, const std::string& path, const ConlluLimits& limits)
      : bytes_(bytes), path_(path), limits_(limits) {}

  Result<std::vector<ConlluDocument>> Run() {
    if (bytes_.size() > limits_.max_bytes || bytes_.size() > UINT32_MAX) {
      return ResourceLimit(path_ + ": " + std::to_string(bytes_.size()) +
                           " bytes are above the cap for CoNLL-U input");
    }
    size_t start = 0;
    while (start < bytes_.size()) {
      size_t end = bytes_.find('\n', start);
      if (end == std::string_view::npos) end = bytes_.size();
      std::string_view line = bytes_.substr(start, end - start);
      if (line.ends_with('\r')) line.remove_suffix(1);
      ++line_;
      WHOWHOM_TRY_STATUS(Line(line));
      start = end + 1;
    }
    WHOWHOM_TRY_STATUS(FinishSentence());
    return std::move(documents_);
  }

 private:
  Error Bad(const std::string& found) const {
    return InvalidInput(path_ + ":" + std::to_string(line_) + ": " + found);
  }

  Status Line(std::string_view line) {
    if (line.size() > limits_.max_line_bytes) {
      return ResourceLimit(path_ + ":" + std::to_string(line_) + ": line of " + std::to_string(line.size()) +
                           " bytes");
    }
    if (Trim(line).empty()) return FinishSentence();
    if (line.front() == '#') {
      Comment(line);
      return {};
    }
    return TokenLine(line);
  }

  void Comment(std::string_view line) {
    const std::string_view body = Trim(line.substr(1));
    const size_t equals = body.find('=');
    const std::string_view key = Trim(body.substr(0, equals));
    const std::string_view value = equals == std::string_view::npos ? "" : Trim(body.substr(equals + 1));
    if (key == "newdoc" || key == "newdoc id") {
      starts_document_ = true;
      document_id_ = value;
    } else if (key == "newpar" || key == "newpar id") {
      starts_paragraph_ = true;
    } else if (key == "sent_id") {
      sentence_.id = value;
    } else if (key != "text") {
      sentence_.comments.emplace_back(line);
    }
  }

  Status TokenLine(std::string_view line) {
    std::string_view columns[kColumns];
    size_t count = 0, start = 0;
    while (true) {
      const size_t tab = line.find('\t', start);
      if (count == kColumns) return Bad("more than 10 columns");
      columns[count++] = line.substr(start, tab == std::string_view::npos ? tab : tab - start);
      if (tab == std::string_view::npos) break;
      start = tab + 1;
    }
    if (count != kColumns) return Bad("found " + std::to_string(count) + " columns, expected 10");
    const std::string_view id = columns[0];
    if (columns[1].empty()) return Bad("empty FORM");
    if (id.find('.') != std::string_view::npos) return {};  // empty node of the enhanced graph
    if (const size_t dash = id.find('-'); dash != std::string_view::npos) return RangeLine(id, dash, columns);
    return WordLine(columns);
  }

  Status RangeLine(std::string_view id, size_t dash, const std::string_view* columns) {
    const auto first = ParseNumber(id.substr(0, dash)), last = ParseNumber(id.substr(dash + 1));
    const size_t next = sentence_.tokens.size() + 1;
    if (!first || !last || *first != next || *last < *first || *last - *first > 20) {
      return Bad("bad multiword range \"" + std::string(id) + "\", expected it to start at " +
                 std::to_string(next));
    }
    if (!sentence_.multiword.empty() && sentence_.multiword.back().end >= *first)
      return Bad("overlapping multiword ranges");
    sentence_.multiword.push_back({*first - 1, *last, std::string(columns[1])});
    range_spaces_.push_back(columns[9].find("SpaceAfter=No") == std::string_view::npos);
    return {};
  }

  Status WordLine(const std::string_view* columns) {
    const auto id = ParseNumber(columns[0]);
    if (!id || *id != sentence_.tokens.size() + 1) {
      return Bad("found ID \"" + std::string(columns[0].substr(0, 20)) + "\", expected " +
                 std::to_string(sentence_.tokens.size() + 1));
    }
    if (*id > limits_.max_sentence_tokens) {
      return ResourceLimit(path_ + ":" + std::to_string(line_) + ": sentence of more than " +
                           std::to_string(limits_.max_sentence_tokens) + " words");
    }
    Token token;
    token.form = columns[1];
    if (columns[2] != "_" || columns[1] == "_") token.lemma = columns[2];
    token.upos = ParseUpos(columns[3]).value_or(Upos::kX);
    if (columns[4] != "_") token.xpos = columns[4];
    if (columns[5] != "_") token.feats = columns[5];
    if (columns[6] != "_") {
      const auto head = ParseNumber(columns[6]);
      if (!head)
        return Bad("found HEAD \"" + std::string(columns[6].substr(0, 20)) + "\", expected a number");
      token.head = static_cast<int32_t>(std::min<uint32_t>(*head, INT32_MAX)) - 1;
    }
    if (columns[7] != "_") token.deprel = ParseDeprel(columns[7]).value_or(Deprel::kDep);
    token.space_after = columns[9].find("SpaceAfter=No") == std::string_view::npos;
    if (columns[9] != "_") token.misc = columns[9];
    sentence_.tokens.push_back(std::move(token));
    return {};
  }

  Status CheckHeads() const {
    const auto count = static_cast<int32_t>(sentence_.tokens.size());
    // 0 = not seen, i + 1 = seen on the walk that began at token i
    std::vector<int32_t> seen(sentence_.tokens.size(), 0);
    for (int32_t i = 0; i < count; ++i) {
      int32_t at = i;
      while (at >= 0) {
        if (at >= count)
          return Bad("HEAD " + std::to_string(at + 1) + " in a sentence of " + std::to_string(count) +
                     " words");
        if (seen[static_cast<size_t>(at)] == i + 1)
          return Bad("the heads make a cycle at word " + std::to_string(at + 1));
        if (seen[static_cast<size_t>(at)] != 0) break;
        seen[static_cast<size_t>(at)] = i + 1;
        at = sentence_.tokens[static_cast<size_t>(at)].head;
      }
    }
    return {};
  }

  // Sets the names from NER= in MISC.
  void ReadNames() {
    for (uint32_t i = 0; i < sentence_.tokens.size(); ++i) {
      const std::string& misc = sentence_.tokens[i].misc;
      size_t at = misc.find("NER=");
      if (at == std::string::npos || (at != 0 && misc[at - 1] != '|')) continue;
      std::string_view tag = std::string_view(misc).substr(at + 4);
      tag = tag.substr(0, tag.find('|'));
      if (tag.size() < 3 || tag[1] != '-') continue;
      const auto type = ParseNameType(tag.substr(2));
      if (!type) continue;
      auto& names = sentence_.names;
      if (tag[0] == 'I' && !names.empty() && names.back().end == i && names.back().type == *type) {
        names.back().end = i + 1;
      } else {
        names.push_back({i, i + 1, *type});
      }
    }
  }

  void PlaceToken(uint32_t begin, std::string_view form, bool space_after, std::string* text) {
    Token& token = sentence_.tokens[begin];
    token.span.begin = static_cast<uint32_t>(text->size());
    text->append(form);
    token.span.end = static_cast<uint32_t>(text->size());
    if (space_after) *text += ' ';
  }

  // Parts of a multiword token that spell it get spans of their own; else each has the span of the whole.
  void PlaceMultiword(const MultiwordToken& multiword, std::string* text) {
    std::string joined;
    for (uint32_t i = multiword.begin; i < multiword.end; ++i) joined += sentence_.tokens[i].form;
    const auto begin = static_cast<uint32_t>(text->size());
    text->append(multiword.form);
    const auto end = static_cast<uint32_t>(text->size());
    uint32_t at = begin;
    for (uint32_t i = multiword.begin; i < multiword.end; ++i) {
      Token& token = sentence_.tokens[i];
      const auto size = static_cast<uint32_t>(token.form.size());
      token.span = joined == multiword.form ? ByteSpan{at, at + size} : ByteSpan{begin, end};
      at += size;
    }
  }

  Status FinishSentence() {
    if (sentence_.tokens.empty()) {
      if (!sentence_.multiword.empty()) return Bad("a multiword range without words");
      return {};
    }
    if (!sentence_.multiword.empty() && sentence_.multiword.back().end > sentence_.tokens.size()) {
      return Bad("a multiword range ends after the sentence");
    }
    WHOWHOM_TRY_STATUS(CheckHeads());
    ReadNames();
    if (starts_document_ || documents_.empty()) {
      documents_.emplace_back();
      documents_.back().id = std::exchange(document_id_, {});
      starts_paragraph_ = true;
    }
    ConlluDocument& document = documents_.back();
    if (starts_paragraph_ || document.blocks.empty()) StartParagraph(&document);
    PlaceSentence(&document);
    starts_document_ = starts_paragraph_ = false;
    sentence_ = Sentence();
    range_spaces_.clear();
    return {};
  }

  static void StartParagraph(ConlluDocument* document) {
    std::string& text = document->text;
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.pop_back();
    if (!text.empty()) text += "\n\n";
    const auto at = static_cast<uint32_t>(text.size());
    document->blocks.push_back({{at, at}, BlockKind::kParagraph});
  }

  void PlaceSentence(ConlluDocument* document) {
    std::string& text = document->text;
    size_t next_range = 0;
    for (uint32_t i = 0; i < sentence_.tokens.size();) {
      if (next_range < sentence_.multiword.size() && sentence_.multiword[next_range].begin == i) {
        const MultiwordToken& multiword = sentence_.multiword[next_range++];
        PlaceMultiword(multiword, &text);
        const bool space = range_spaces_[next_range - 1];
        for (uint32_t k = multiword.begin; k < multiword.end; ++k) sentence_.tokens[k].space_after = false;
        sentence_.tokens[multiword.end - 1].space_after = space;
        if (space) text += ' ';
        i = multiword.end;
      } else {
        PlaceToken(i, sentence_.tokens[i].form, sentence_.tokens[i].space_after, &text);
        ++i;
      }
    }
    sentence_.span = Hull(sentence_.tokens.front().span, sentence_.tokens.back().span);
    sentence_.block = static_cast<uint32_t>(document->blocks.size() - 1);
    document->blocks.back().span.end = sentence_.span.end;
    document->sentences.push_back(std::move(sentence_));
  }

  std::string_view bytes_;
  const std::string& path_;
  const ConlluLimits& limits_;
  size_t line_ = 0;
  Sentence sentence_;
  bool starts_document_ = false;
  bool starts_paragraph_ = false;
  std::vector<bool> range_spaces_;  // SpaceAfter of each multiword range of the open sentence
  std::string document_id_;
  std::vector<ConlluDocument> documents_;
};

}  // namespace

Result<std::vector<ConlluDocument>> ReadConllu(std::string_view bytes, const std::string& path,
                                               const ConlluLimits& limits) {
  return Parser(bytes, path, limits).Run();
}

}  // namespace whowhom::extract
