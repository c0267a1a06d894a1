// Golden cases of statements: text files with trees written by hand, mentions, what must come out and what
// must not. The format is described in tests/golden/README.md.
#pragma once

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/conllu_text.h"
#include "whowhom/core/record.h"
#include "whowhom/extract/analysis.h"

namespace whowhom::testing {

struct GoldenCase {
  std::string file;
  std::string name;
  extract::AnalyzedArticle article;
  std::vector<std::string> expect;  // lines that some statement must match
  std::vector<std::string> refuse;  // lines that no statement may match
  std::vector<std::string>
      exactly;  // if not empty: every statement matches one of these, and each is matched
  std::vector<std::string> triples;  // surface triples that must come out: "subject ; predicate ; object"
  std::vector<std::string> no_triples;
  std::string error;  // what is wrong with the file
};

inline std::string Trim(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// "0 1-3 2 name PERSON c1 Mike Pompeo": sentence, tokens (half-open), head, kind, type, cluster (c- = none),
// actor.
inline bool ParseMention(const std::string& line, extract::EntityMention* mention) {
  std::istringstream in(line);
  std::string range, kind, type, cluster, name;
  if (!(in >> mention->sentence >> range >> mention->head >> kind >> type >> cluster)) return false;
  std::getline(in, name);
  const size_t dash = range.find('-');
  if (dash == std::string::npos) return false;
  mention->begin = static_cast<uint32_t>(std::atoi(range.substr(0, dash).c_str()));
  mention->end = static_cast<uint32_t>(std::atoi(range.substr(dash + 1).c_str()));
  const auto parsed_kind = ParseMentionKind(kind);
  const auto parsed_type = ParseEntityType(type);
  if (!parsed_kind || !parsed_type) return false;
  mention->kind = *parsed_kind;
  mention->type = *parsed_type;
  mention->cluster = cluster == "c-" ? -1 : std::atoi(cluster.c_str() + 1);
  name = Trim(name);
  if (!name.empty()) {
    mention->actor.name = name;
    mention->actor.type = *parsed_type;
  }
  return true;
}

// A sentence of a golden tree joins its tokens by blanks; a line "## headline" before it makes it a headline,
// "## block" opens a new paragraph.
inline void ParseTrees(const std::string& content, GoldenCase* out) {
  std::istringstream in(content);
  std::string rows;
  uint32_t block = 0;
  bool headline = false;
  auto flush = [&] {
    if (rows.empty()) return;
    std::vector<extract::Sentence> sentences = SentencesFromConllu(rows, &out->article.article.text);
    for (extract::Sentence& sentence : sentences) {
      sentence.block = block;
      sentence.is_headline = headline;
      out->article.sentences.push_back(std::move(sentence));
    }
    rows.clear();
    headline = false;
  };
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ") || Trim(line).empty()) flush();
    if (line == "## headline") headline = true;
    if (line == "## block") ++block;
    if (!line.starts_with("#") && !Trim(line).empty()) rows += line + "\n";
  }
  flush();
}

// A file holds several cases, each opened by "=== name".
inline std::vector<GoldenCase> LoadCases(const std::string& path) {
  std::vector<GoldenCase> out;
  std::ifstream in(path);
  std::string section, content;
  auto close = [&] {
    if (out.empty()) return;
    GoldenCase& last = out.back();
    if (section == "tree") ParseTrees(content, &last);
    std::istringstream lines(content);
    for (std::string line; section != "tree" && std::getline(lines, line);) {
      line = Trim(line);
      if (line.empty() || line[0] == '#') continue;
      if (section == "mentions") {
        extract::EntityMention mention;
        if (!ParseMention(line, &mention)) last.error = "unreadable mention: " + line;
        last.article.mentions.push_back(std::move(mention));
      } else if (section == "names") {
        std::istringstream fields(line);
        size_t sentence = 0;
        extract::NameSpan name;
        std::string type;
        fields >> sentence >> name.begin >> name.end >> type;
        name.type = extract::ParseNameType(type).value_or(extract::NameType::kPerson);
        if (sentence < last.article.sentences.size()) last.article.sentences[sentence].names.push_back(name);
      } else if (section == "expect") {
        last.expect.push_back(line);
      } else if (section == "refuse") {
        last.refuse.push_back(line);
      } else if (section == "exactly") {
        last.exactly.push_back(line);
      } else if (section == "triples") {
        last.triples.push_back(line);
      } else if (section == "no-triples") {
        last.no_triples.push_back(line);
      } else if (!section.empty()) {
        last.error = "unknown section " + section;
      }
    }
    content.clear();
  };
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("=== ")) {
      close();
      section.clear();
      out.emplace_back();
      out.back().file = path;
      out.back().name = Trim(line.substr(4));
    } else if (line.starts_with("--- ")) {
      close();
      section = Trim(line.substr(4));
    } else {
      content += line + "\n";
    }
  }
  close();
  return out;
}

inline std::string NameOf(const Phrase& phrase) {
  if (!phrase.members.empty()) {
    std::string out;
    for (const ActorRef& member : phrase.members) out += (out.empty() ? "" : " + ") + member.name;
    return out;
  }
  return phrase.actor.name.empty() ? phrase.text : phrase.actor.name;
}

inline std::string SpeakersOf(const Statement& statement) {
  std::string out;
  for (const Attribution& voice : statement.attribution) {
    const std::string name = voice.actor.name.empty() ? voice.text : voice.actor.name;
    out += (out.empty() ? "" : " > ") + name + ":" + voice.verb;
  }
  return out;
}

// The wording in which expected lines are compared and failures shown.
inline std::string Describe(const Statement& statement) {
  std::string out = statement.subject.spans.empty() ? "-" : NameOf(statement.subject);
  out += " | " + statement.predicate.lemma + " | " + (statement.object ? NameOf(*statement.object) : "-");
  for (const Argument& argument : statement.arguments)
    out += " | " + argument.role + "=" + NameOf(argument.phrase);
  if (statement.time) out += " | when=" + statement.time->text;
  if (statement.polarity == Polarity::kNegative) out += " | negative";
  if (statement.modality != Modality::kAsserted) out += " | " + std::string(ToString(statement.modality));
  if (!statement.attribution.empty()) out += " | by=" + SpeakersOf(statement);
  if (statement.implicit) out += " | implicit";
  if (statement.symmetric) out += " | symmetric";
  if (statement.event_class != EventClass::kNone)
    out += " | class=" + std::string(ToString(statement.event_class));
  for (const std::string& rule : statement.rules) out += " | rule=" + rule;
  return out;
}

// The first three fields must agree; of the others each named one must be there, polarity, modality and
// speakers always.
inline bool Matches(const std::string& expected, const Statement& statement) {
  auto fields = [](const std::string& line) {
    std::vector<std::string> out;
    for (const std::string& field : SplitAt(line, '|')) out.push_back(Trim(field));
    return out;
  };
  const std::vector<std::string> want = fields(expected);
  const std::vector<std::string> have = fields(Describe(statement));
  if (want.size() < 3) return false;
  for (size_t k = 0; k < 3; ++k) {
    if (want[k] != "*" && want[k] != have[k]) return false;
  }
  auto holds = [](const std::vector<std::string>& all, const std::string& field) {
    return std::find(all.begin() + 3, all.end(), field) != all.end();
  };
  for (size_t k = 3; k < want.size(); ++k) {
    if (want[k] != "..." && !holds(have, want[k])) return false;
  }
  if (holds(want, "...")) return true;  // standing is not looked at
  for (size_t k = 3; k < have.size(); ++k) {
    const bool standing =
        have[k] == "negative" || ParseModality(have[k]).has_value() || have[k].starts_with("by=");
    if (standing && !holds(want, have[k])) return false;
  }
  return true;
}

}  // namespace whowhom::testing
