// WEAPON, FACILITY and GROUP: gazetteers with rules for their surroundings.
#include <algorithm>
#include <string>

#include "text/chars.h"
#include "text/name_rules.h"

namespace whowhom::extract::text {
namespace {

std::optional<WeaponWord> WeaponAt(const NameLexicon& lexicon, std::string_view word) {
  const auto found = lexicon.weapons.Find(word);
  if (!found) return std::nullopt;
  return static_cast<WeaponWord>(*found);
}

// A weapon noun within the next three words: "Chinook transport helicopters".
bool NounFollows(const NameLexicon& lexicon, const NameBoard& board, uint32_t from) {
  for (uint32_t k = from; k < from + 3 && k < board.size(); ++k) {
    if (WeaponAt(lexicon, AsciiLower(board.form(k))) == WeaponWord::kNoun) return true;
  }
  return false;
}

// "F - 16", "AK-47" as three tokens; 0 = none.
uint32_t DesignatorEnd(const NameLexicon& lexicon, const NameBoard& board, uint32_t i) {
  if (i + 2 >= board.size() || !board.IsJoint(i + 1) || !IsAsciiDigit(board.form(i + 2)[0]) ||
      board.form(i + 2).size() > 4)
    return 0;
  const auto word = WeaponAt(lexicon, std::string(board.form(i)) + "-");
  if (word != WeaponWord::kDesignator && word != WeaponWord::kWeak) return 0;
  const uint32_t end = i + 3;
  if (word == WeaponWord::kDesignator) return end;
  return NounFollows(lexicon, board, end) ? end : 0;
}

// A name of the gazetteer, with a number after it ("Rodong-1"); 0 = none.
uint32_t WeaponNameEnd(const NameLexicon& lexicon, const NameBoard& board, uint32_t i) {
  const auto match = lexicon.weapons.Longest(board.sentence(), i);
  if (match.end == 0) return 0;
  const auto word = static_cast<WeaponWord>(match.value);
  if (word == WeaponWord::kWeak && !NounFollows(lexicon, board, match.end)) return 0;
  if (word != WeaponWord::kName && word != WeaponWord::kWeak) return 0;
  const bool numbered =
      match.end + 1 < board.size() && board.IsJoint(match.end) && IsAsciiDigit(board.form(match.end + 1)[0]);
  return numbered ? match.end + 2 : match.end;
}

// "M16", "T72", "AK47": letters and figures in one token.
bool IsJoinedDesignator(const NameLexicon& lexicon, const NameBoard& board, uint32_t i) {
  if (i > 0 && board.IsJoint(i - 1)) return false;
  const std::string_view form = board.form(i);
  size_t letters = 0;
  while (letters < form.size() && IsAsciiLetter(form[letters])) ++letters;
  if (letters == 0 || letters > 4 || letters == form.size() || form.size() - letters > 4) return false;
  if (!std::all_of(form.begin() + static_cast<ptrdiff_t>(letters), form.end(),
                   [](char c) { return IsAsciiDigit(c) || c == 's'; }))
    return false;
  const auto word = WeaponAt(lexicon, std::string(form.substr(0, letters)) + "-");
  if (word == WeaponWord::kDesignator && letters >= 2) return true;
  if (word != WeaponWord::kDesignator && word != WeaponWord::kWeak) return false;
  return i + 1 < board.size() && WeaponAt(lexicon, AsciiLower(board.form(i + 1))) == WeaponWord::kNoun;
}

std::optional<FacilityWord> FacilityOf(const PhraseTable::Match& match) {
  if (match.end == 0) return std::nullopt;
  return static_cast<FacilityWord>(match.value);
}

class FacilityRules {
 public:
  FacilityRules(const NameLexicon& lexicon, NameBoard* board) : lexicon_(lexicon), board_(board) {}

  void Run() {
    for (uint32_t i = 0; i < board_->size(); ++i) {
      const auto match = lexicon_.facilities.Longest(board_->sentence(), i);
      const auto word = FacilityOf(match);
      if (!word) continue;
      switch (*word) {
        case FacilityWord::kName:
          Take(i, match.end, true);
          break;
        case FacilityWord::kStrong:
        case FacilityWord::kHead:
          Head(i, match.end, *word == FacilityWord::kStrong);
          break;
        case FacilityWord::kSmall:
          SmallHead(i, match.end);
          break;
        case FacilityWord::kStart:
        case FacilityWord::kNot:
          break;
      }
    }
    Starts();
    board_->Reindex();
  }

 private:
  // Marks [begin, end) unless it would cut a name in two. Types that a model is right about more often stay.
  void Take(uint32_t begin, uint32_t end, bool is_strong) {
    const auto known = lexicon_.facilities.Longest(board_->sentence(), begin);
    if (FacilityOf(known) == FacilityWord::kNot && known.end == end) return;
    if (RunsOn(end)) return;
    for (uint32_t i = begin; i < end; ++i) {
      const int index = board_->NameAt(i);
      if (index < 0) continue;
      const NameSpan& name = board_->names()[static_cast<size_t>(index)];
      if (name.begin < begin || name.end > end) return;
      const bool whole = name.begin == begin && name.end == end;
      if (name.type == NameType::kWork || name.type == NameType::kEvent) return;
      if (whole && name.type == NameType::kFacility) return;
      if (whole && !is_strong && name.type != NameType::kPlace) return;
    }
    board_->Replace(begin, end, NameType::kFacility);
  }

  // The capitals go on: "Wall Street Journal", "Space Station Processing Facility".
  bool RunsOn(uint32_t end) const {
    return end < board_->size() && board_->token(end - 1).space_after && board_->IsCapitalised(end) &&
           !lexicon_.function_words.Find(board_->form(end)).has_value() &&
           (!board_->is_tagged() || board_->token(end).upos == Upos::kPropn) && !StartsName(end);
  }
  bool StartsName(uint32_t i) const {
    const int index = board_->NameAt(i);
    return index >= 0 && board_->names()[static_cast<size_t>(index)].begin == i;
  }

  bool IsInner(std::string_view form) const {
    const std::string lower = AsciiLower(form);
    return form == "-" || form == "&" || form == "'s" || form == "of" || form == "the" || form == "de" ||
           form == "al" || lower == "al";
  }

  bool IsGroup(uint32_t i) const { return lexicon_.groups.Find(board_->form(i)).has_value(); }

  // A capitalised head: the name begins with the capitalised words before it.
  void Head(uint32_t at, uint32_t end, bool is_strong) {
    uint32_t begin = at;
    while (begin > 0) {
      uint32_t left = begin - 1;
      bool has_of = false;
      while (left > 0 && IsInner(board_->form(left)) && begin - left < 3) {
        has_of =
            has_of || board_->form(left) == "of" || (board_->form(left) == "-" && !board_->IsJoint(left));
        --left;
      }
      if (!board_->IsCapitalised(left) || IsInner(board_->form(left))) break;
      if (has_of) break;  // "Speaker of the ... Palace"
      const bool starts_sentence = left == 0;
      if (starts_sentence && lexicon_.function_words.Find(board_->form(left)).has_value()) break;
      if (lexicon_.function_words.Find(AsciiLower(board_->form(left))).has_value() &&
          AsciiLower(board_->form(left)) != "new")
        break;
      begin = left;
    }
    if (begin == at) return;
    // titles and a sole demonym make no name, but "Russian Embassy" does
    if (begin + 1 == at && IsGroup(begin) && !is_strong) return;
    if (!is_strong && board_->is_tagged() && board_->token(at).upos != Upos::kPropn) return;
    Take(begin, end, is_strong);
  }

  // "Heathrow airport": a name, then the head in small letters.
  void SmallHead(uint32_t at, uint32_t end) {
    if (at == 0 || !board_->token(at - 1).space_after) return;
    const uint32_t last = at - 1;
    if (!board_->IsCapitalised(last) || IsGroup(last)) return;
    uint32_t begin = last;
    if (const int index = board_->NameAt(last); index >= 0) {
      const NameSpan& name = board_->names()[static_cast<size_t>(index)];
      const bool place =
          name.type == NameType::kGpe || name.type == NameType::kPlace || name.type == NameType::kPerson;
      if (!place || name.end != at) return;
      begin = name.begin;
    } else if (board_->is_tagged() && board_->token(last).upos != Upos::kPropn) {
      return;
    } else {
      while (begin > 0 && board_->IsCapitalised(begin - 1) && board_->NameAt(begin - 1) < 0 &&
             !IsGroup(begin - 1) && !lexicon_.function_words.Find(board_->form(begin - 1)).has_value()) {
        --begin;
      }
      if (begin == 0 && lexicon_.function_words.Find(board_->form(0)).has_value()) ++begin;
      if (begin >= at) return;
    }
    // "France hospital": a state is not part of the name
    const auto place = lexicon_.places.Longest(board_->sentence(), begin);
    if (place.end == at && static_cast<PlaceWord>(place.value) == PlaceWord::kCountry) return;
    Take(begin, end, true);
  }

  // "Camp ...", "Fort ...", "Port of ...": the entries end in "..."
  void Starts() {
    for (uint32_t i = 0; i + 1 < board_->size(); ++i) {
      if (!board_->IsCapitalised(i)) continue;
      uint32_t next = i + 1;
      std::string key(board_->form(i));
      if (board_->form(next) == "of") {
        key += " of";
        ++next;
      }
      const auto found = lexicon_.facilities.Find(key + " ...");
      if (!found || static_cast<FacilityWord>(*found) != FacilityWord::kStart || !board_->IsCapitalised(next))
        continue;
      uint32_t end = next;
      while (board_->IsCapitalised(end) && end < next + 3) ++end;
      const int index = board_->NameAt(next);
      if (index >= 0) end = board_->names()[static_cast<size_t>(index)].end;
      Take(i, end, false);
    }
  }

  const NameLexicon& lexicon_;
  NameBoard* board_;
};

}  // namespace

void FindWeapons(const NameLexicon& lexicon, NameBoard* board) {
  for (uint32_t i = 0; i < board->size();) {
    uint32_t end = DesignatorEnd(lexicon, *board, i);
    if (end == 0) end = WeaponNameEnd(lexicon, *board, i);
    if (end == 0 && IsJoinedDesignator(lexicon, *board, i)) end = i + 1;
    if (end == 0) {
      ++i;
      continue;
    }
    const int index = board->NameAt(i);
    const bool whole = index >= 0 && board->names()[static_cast<size_t>(index)].begin == i &&
                       board->names()[static_cast<size_t>(index)].end == end;
    const bool is_person = whole && board->names()[static_cast<size_t>(index)].type == NameType::kPerson;
    if (whole && !is_person) {
      board->names()[static_cast<size_t>(index)].type = NameType::kWeapon;
    } else if (board->IsFree(i, end)) {
      board->Add(i, end, NameType::kWeapon);
    }
    i = end;
  }
}

void FindFacilities(const NameLexicon& lexicon, NameBoard* board) { FacilityRules(lexicon, board).Run(); }

namespace {

// Whether a capitalised proper noun that no name holds stands beside [begin, end): the phrase is part of a
// larger name.
bool IsPartOfLargerName(const NameBoard& board, uint32_t begin, uint32_t end) {
  const auto is_free_name = [&](uint32_t k) {
    return board.IsCapitalised(k) && board.NameAt(k) < 0 && board.token(k).upos == Upos::kPropn;
  };
  const bool left = begin > 0 && is_free_name(begin - 1) && board.token(begin - 1).space_after;
  const bool right = end < board.size() && is_free_name(end) && board.token(end - 1).space_after;
  return left || right;
}

}  // namespace

// States that the model missed.
void FindStates(const NameLexicon& lexicon, NameBoard* board) {
  if (!board->is_tagged()) return;
  for (uint32_t i = 0; i < board->size();) {
    const auto match = lexicon.places.Longest(board->sentence(), i);
    const uint32_t begin = i;
    i = std::max(i + 1, match.end);
    if (match.end == 0 || static_cast<PlaceWord>(match.value) != PlaceWord::kCountry) continue;
    if (!board->IsFree(begin, match.end) || board->token(match.end - 1).upos != Upos::kPropn) continue;
    if (!IsPartOfLargerName(*board, begin, match.end)) board->Add(begin, match.end, NameType::kGpe);
  }
}

// Nationalities and other groups. A word that is part of a larger name is not marked: "Islamic Jihad",
// "American Airlines".
void FindGroups(const NameLexicon& lexicon, NameBoard* board) {
  for (uint32_t i = 0; i < board->size();) {
    const auto match = lexicon.groups.Longest(board->sentence(), i);
    if (match.end == 0) {
      ++i;
      continue;
    }
    const uint32_t begin = i, end = match.end;
    i = end;
    const int index = board->NameAt(begin);
    if (index >= 0) {
      NameSpan& name = board->names()[static_cast<size_t>(index)];
      // the whole name is a demonym: what the model called it does not matter, but a person may be called so
      if (name.begin == begin && name.end == end && name.type != NameType::kPerson &&
          name.type != NameType::kWork && !lexicon.places.Find(board->form(begin)).has_value()) {
        name.type = NameType::kGroup;
      }
      continue;
    }
    if (!board->IsFree(begin, end)) continue;
    const bool is_common =
        board->token(end - 1).upos == Upos::kAdj || board->token(end - 1).upos == Upos::kNoun;
    if (!is_common && IsPartOfLargerName(*board, begin, end)) continue;
    board->Add(begin, end, NameType::kGroup);
  }
}

}  // namespace whowhom::extract::text
