#include "whowhom/extract/lemmas.h"

#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "whowhom/core/tsv.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract {
namespace {

bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool EndsDoubled(const std::string& stem) {
  const size_t n = stem.size();
  return n >= 3 && stem[n - 1] == stem[n - 2] && !IsVowel(stem[n - 1]);
}

// The base forms that English spelling allows for a form without its ending (Quirk et al. 1985, 3.5-3.9),
// likeliest first.
void AddBases(const std::string& stem, std::vector<std::string>* bases) {
  const size_t n = stem.size();
  if (n < 2) return;
  if (EndsDoubled(stem)) bases->push_back(stem.substr(0, n - 1));
  const char last = stem[n - 1];
  const bool wants_e = last == 'c' || last == 'v' || last == 'u' || last == 'z' ||
                       (last == 's' && stem[n - 2] != 's') ||
                       // "orchestrat-ed", "rekindl-ed"
                       (n >= 6 && stem.ends_with("at") && !IsVowel(stem[n - 3])) ||
                       (n >= 4 && last == 'l' && !IsVowel(stem[n - 2]) && stem[n - 2] != 'l' &&
                        stem[n - 2] != 'r' && stem[n - 2] != 'w') ||
                       (last == 'g' && stem[n - 2] == 'n') ||
                       (n >= 3 && !IsVowel(last) && last != 'w' && last != 'x' && last != 'y' &&
                        IsVowel(stem[n - 2]) && !IsVowel(stem[n - 3]) && n <= 4);
  if (wants_e) {
    bases->push_back(stem + "e");
    bases->push_back(stem);
  } else {
    bases->push_back(stem);
    bases->push_back(stem + "e");
  }
}

std::vector<std::string> VerbBases(const std::string& form) {
  std::vector<std::string> bases;
  const size_t n = form.size();
  if (n > 4 && form.ends_with("ying")) bases.push_back(form.substr(0, n - 4) + "ie");
  if (n > 4 && form.ends_with("ing")) AddBases(form.substr(0, n - 3), &bases);
  if (n > 4 && form.ends_with("ied")) bases.push_back(form.substr(0, n - 3) + "y");
  if (n > 3 && form.ends_with("ed")) AddBases(form.substr(0, n - 2), &bases);
  if (n > 4 && form.ends_with("ies")) bases.push_back(form.substr(0, n - 3) + "y");
  if (n > 3 && form.ends_with("es")) bases.push_back(form.substr(0, n - 2));
  if (n > 2 && form.ends_with("s")) bases.push_back(form.substr(0, n - 1));
  return bases;
}

class TableLemmatizer : public Lemmatizer {
 public:
  Status Read(const std::string& data_dir, const std::string& models_dir) {
    WHOWHOM_TRY(const TsvTable table, ReadTsv(models_dir + "/lemmas.tsv"));
    for (const TsvRow& row : table.rows) {
      if (row.fields.size() < 3) continue;
      const auto upos = ParseUpos(row.fields[1]);
      if (!upos)
        return InvalidInput("reading " + table.path + ", line " + std::to_string(row.line) + ": no tag " +
                            row.fields[1]);
      by_form_.emplace(Key(row.fields[0], *upos), row.fields[2]);
      if (*upos != Upos::kPropn) words_.insert(row.fields[0]);
      if (*upos == Upos::kVerb) verbs_.insert(row.fields[2]);
    }
    WHOWHOM_TRY(const TsvTable verbs, ReadTsv(data_dir + "/events/verbs.tsv"));
    for (const TsvRow& row : verbs.rows) {
      if (!row.fields[0].empty()) verbs_.insert(row.fields[0].substr(0, row.fields[0].find(' ')));
    }
    WHOWHOM_TRY(const TsvTable irregular, ReadTsv(data_dir + "/events/irregular_verbs.tsv"));
    for (const TsvRow& row : irregular.rows) {
      if (row.fields.size() < 2) continue;
      irregular_.emplace(row.fields[0], row.fields[1]);
      verbs_.insert(row.fields[1]);
    }
    return {};
  }

  bool IsCommonWord(const std::string& form) const override { return words_.contains(form); }

  void Correct(Sentence* sentence) const override {
    for (Token& token : sentence->tokens) {
      if (token.upos == Upos::kPropn || token.upos == Upos::kPunct) continue;
      const std::string form = ToLower(token.form);
      const bool inflected = token.upos == Upos::kVerb && token.xpos != "VB" && token.xpos != "VBP";
      // Before the table: treebanks hold a slip or two ("fled" as a form of "flead").
      if (const auto verb = irregular_.find(form); inflected && verb != irregular_.end()) {
        token.lemma = verb->second;
      } else if (const auto found = by_form_.find(Key(form, token.upos)); found != by_form_.end()) {
        token.lemma = found->second;
      } else if (inflected && !verbs_.contains(token.lemma)) {
        CorrectVerb(form, &token);
      }
    }
  }

 private:
  static std::string Key(const std::string& form, Upos upos) {
    return form + '\t' + static_cast<char>('A' + static_cast<int>(upos));
  }

  void CorrectVerb(const std::string& form, Token* token) const {
    const std::vector<std::string> bases = VerbBases(form);
    for (const std::string& base : bases) {
      if (verbs_.contains(base)) {
        token->lemma = base;
        return;
      }
    }
    if (!bases.empty()) token->lemma = bases.front();
  }

  std::unordered_map<std::string, std::string> by_form_;    // form + tag -> lemma
  std::unordered_map<std::string, std::string> irregular_;  // verb form -> lemma
  std::unordered_set<std::string> words_;                   // forms of the table that are no names
  std::unordered_set<std::string> verbs_;                   // known base forms
};

}  // namespace

Result<std::unique_ptr<Lemmatizer>> Lemmatizer::Load(const std::string& data_dir,
                                                     const std::string& models_dir) {
  auto lemmatizer = std::make_unique<TableLemmatizer>();
  WHOWHOM_TRY_STATUS(lemmatizer->Read(data_dir, models_dir));
  return std::unique_ptr<Lemmatizer>(std::move(lemmatizer));
}

}  // namespace whowhom::extract
