// Repair of the names a model found: ends, hyphens, heads of organisations, acronyms in brackets.
#include <algorithm>
#include <string>

#include "text/chars.h"
#include "text/name_rules.h"

namespace whowhom::extract::text {
namespace {

class Repairer {
 public:
  Repairer(const NameLexicon& lexicon, NameBoard* board) : lexicon_(lexicon), board_(board) {}

  void Run() {
    for (NameSpan& name : board_->names()) TrimEnds(&name);
    board_->Reindex();
    for (size_t n = 0; n < board_->names().size(); ++n) Extend(n);
    board_->Reindex();
    AddAcronyms();
    board_->Reindex();
    NamePersonsByTitle();
    board_->Reindex();
  }

 private:
  bool IsPerson(uint32_t i, PersonWord word) const {
    if (i >= board_->size()) return false;
    std::string form(board_->form(i));
    if (form.size() > 2 && form.back() == '.' && IsTitle(word)) form.pop_back();
    const auto found = lexicon_.persons.Find(form);
    return found && static_cast<PersonWord>(*found) == word;
  }
  bool IsTitleAt(uint32_t i) const {
    return IsPerson(i, PersonWord::kTitle) || IsPerson(i, PersonWord::kHonorific);
  }

  bool IsLooseEnd(uint32_t i) const {
    const Token& token = board_->token(i);
    if (token.form == "'s" || token.form == "\u2019s" || token.form == "'" || token.form == "\u2019")
      return true;
    const Char c = CharAt(token.form, 0);
    const bool word = c.kind == CharClass::kLetter || c.kind == CharClass::kDigit;
    return !word && token.form != "'em" && token.form.size() <= 3 && c.kind != CharClass::kSymbol;
  }

  void TrimEnds(NameSpan* name) const {
    while (name->end > name->begin && IsLooseEnd(name->end - 1) && !ClosesInside(*name)) --name->end;
    while (name->begin < name->end && IsLooseEnd(name->begin)) ++name->begin;
    if (name->begin >= name->end) return;
    const std::string article = AsciiLower(board_->form(name->begin));
    if ((article == "the" || article == "a" || article == "an") && name->end - name->begin > 1 &&
        name->type != NameType::kWork) {
      const auto kept = lexicon_.persons.Longest(board_->sentence(), name->begin);
      const bool keeps = kept.end != 0 && static_cast<PersonWord>(kept.value) == PersonWord::kKeep;
      if (!keeps) ++name->begin;
    }
    if (name->type == NameType::kPerson) TrimTitles(name);
  }

  // A closing bracket whose partner is inside stays: "Corps (Reserve)".
  bool ClosesInside(const NameSpan& name) const {
    if (board_->form(name.end - 1) != ")") return false;
    for (uint32_t i = name.begin; i + 1 < name.end; ++i) {
      if (board_->form(i) == "(") return true;
    }
    return false;
  }

  void TrimTitles(NameSpan* name) const {
    while (name->end - name->begin > 1) {
      // "Prime Minister", "Gen.", "Secretary of State": as long as a capitalised word follows
      uint32_t end = 0;
      const auto match = lexicon_.persons.Longest(board_->sentence(), name->begin);
      if (match.end != 0 && IsTitle(static_cast<PersonWord>(match.value))) end = match.end;
      if (end == 0 && IsTitleAt(name->begin)) end = name->begin + 1;
      if (end == 0 || end >= name->end || !board_->IsCapitalised(end)) return;
      name->begin = end;
    }
  }

  bool IsOrganisationHead(uint32_t i) const {
    return i < board_->size() && lexicon_.organisations.Find(board_->form(i)).has_value();
  }

  // Moves the ends outwards; never into another name.
  void Extend(size_t n) {
    NameSpan& name = board_->names()[n];
    if (name.begin >= name.end) return;
    const auto taken = [&](uint32_t i) {
      return board_->NameAt(i) >= 0 && board_->NameAt(i) != static_cast<int>(n);
    };
    const bool whole_words = name.type == NameType::kPerson || name.type == NameType::kOrg;
    // "Kim Jong - un", "Al - Nusra"
    while (whole_words && name.end + 1 < board_->size() && board_->IsJoint(name.end) &&
           !taken(name.end + 1) &&
           (board_->IsCapitalised(name.end + 1) ||
            (name.type == NameType::kPerson && IsNamePart(name.end + 1)))) {
      name.end += 2;
    }
    while (name.begin >= 2 && board_->IsJoint(name.begin - 1) && !taken(name.begin - 2) &&
           name.type != NameType::kEvent &&
           (IsPerson(name.begin - 2, PersonWord::kParticle) ||
            (whole_words && board_->IsCapitalised(name.begin - 2)))) {
      name.begin -= 2;
    }
    if (name.type == NameType::kPerson && !taken(name.end)) {
      const bool comma =
          board_->form(name.end) == "," && IsPerson(name.end + 1, PersonWord::kAfter) && !taken(name.end + 1);
      if (comma && board_->form(name.end + 1).starts_with("J")) {
        name.end += 2;
      } else if (IsPerson(name.end, PersonWord::kAfter)) {
        ++name.end;
      }
    }
    ExtendOrganisation(n);
  }

  // Without a blank, a small syllable belongs to a name: "Jong - un".
  bool IsNamePart(uint32_t i) const {
    const Token& token = board_->token(i);
    return token.upos == Upos::kPropn && token.form.size() <= 6;
  }

  // "United Nations" + "Security Council"; "Russian" + "Foreign Ministry".
  void ExtendOrganisation(size_t n) {
    NameSpan& name = board_->names()[n];
    if (name.type != NameType::kOrg && name.type != NameType::kGpe) return;
    uint32_t end = name.end;
    uint32_t head_end = 0;
    while (end < board_->size() && end < name.end + 3 && board_->IsCapitalised(end) &&
           board_->token(end).upos != Upos::kVerb &&
           (board_->NameAt(end) < 0 ||
            board_->names()[static_cast<size_t>(board_->NameAt(end))].type == NameType::kOrg)) {
      ++end;
      if (IsOrganisationHead(end - 1)) head_end = end;
    }
    if (head_end != 0 && name.type == NameType::kOrg) {
      const int other = board_->NameAt(head_end - 1);
      if (other < 0 || board_->names()[static_cast<size_t>(other)].end <= head_end) {
        for (uint32_t i = name.end; i < head_end; ++i) {
          if (const int inner = board_->NameAt(i); inner >= 0 && inner != static_cast<int>(n)) {
            NameSpan& absorbed = board_->names()[static_cast<size_t>(inner)];
            absorbed.end = absorbed.begin;
          }
        }
        name.end = head_end;
      }
    }
    const bool nation_before = name.begin > 0 && board_->NameAt(name.begin - 1) < 0 &&
                               board_->IsCapitalised(name.begin - 1) &&
                               lexicon_.groups.Find(board_->form(name.begin - 1)).has_value();
    if (name.type == NameType::kOrg && nation_before && IsOrganisationHead(name.end - 1)) --name.begin;
  }

  // "Islamic Revolution Guards Corps (IRGC)": the acronym is a name of the same type.
  void AddAcronyms() {
    const size_t count = board_->names().size();
    for (size_t n = 0; n < count; ++n) {
      const NameSpan name = board_->names()[n];
      if (name.end + 2 >= board_->size() || board_->form(name.end) != "(" ||
          board_->form(name.end + 2) != ")")
        continue;
      const std::string_view acronym = board_->form(name.end + 1);
      if (acronym.size() < 2 || acronym.size() > 10 || !Spells(name, acronym)) continue;
      if (const int other = board_->NameAt(name.end + 1); other >= 0) {
        board_->names()[static_cast<size_t>(other)].type = name.type;
      } else {
        board_->Add(name.end + 1, name.end + 2, name.type);
      }
    }
  }

  // "Ms Tarr" is a person, whatever else the model took it for or if it missed it. Long names are not
  // touched: "Dr Oda Tarr Street".
  void NamePersonsByTitle() {
    for (uint32_t i = 0; i + 1 < board_->size(); ++i) {
      if (!IsPerson(i, PersonWord::kHonorific) || !board_->IsCapitalised(i)) continue;
      if (i > 0 && board_->IsCapitalised(i - 1)) continue;  // "Elm Dr. Boston"
      const int n = board_->NameAt(i) >= 0 ? board_->NameAt(i) : board_->NameAt(i + 1);
      if (n < 0) {
        AddTitled(i + 1);
        continue;
      }
      NameSpan& name = board_->names()[static_cast<size_t>(n)];
      const bool other =
          name.type == NameType::kOrg || name.type == NameType::kGpe || name.type == NameType::kPlace;
      if (!other || name.begin < i || name.end < i + 2 || name.end > i + 4) continue;
      name.begin = i + 1;
      name.type = NameType::kPerson;
    }
  }

  void AddTitled(uint32_t begin) {
    uint32_t end = begin;
    while (board_->NameAt(end) < 0 && board_->IsCapitalised(end) && !IsTitleAt(end) &&
           board_->token(end).upos == Upos::kPropn) {
      ++end;
    }
    const bool joined = board_->NameAt(end) >= 0 || board_->IsJoint(end);
    if (end > begin && end <= begin + 3 && !joined) board_->Add(begin, end, NameType::kPerson);
  }

  // Whether the capitals of the name begin with most letters of the acronym, in order.
  bool Spells(const NameSpan& name, std::string_view acronym) const {
    size_t at = 0;
    for (uint32_t i = name.begin; i < name.end && at < acronym.size(); ++i) {
      for (const char c : board_->form(i)) {
        if (at < acronym.size() && IsAsciiUpper(c) && c == acronym[at]) ++at;
      }
    }
    return at * 3 >= acronym.size() * 2 && at >= 2;
  }

  const NameLexicon& lexicon_;
  NameBoard* board_;
};

}  // namespace

void RepairNames(const NameLexicon& lexicon, NameBoard* board) { Repairer(lexicon, board).Run(); }

}  // namespace whowhom::extract::text
