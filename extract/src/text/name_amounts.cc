// PERCENT, MONEY and QUANTITY: a number with what it counts.
#include <algorithm>
#include <string>

#include "text/chars.h"
#include "text/name_rules.h"

namespace whowhom::extract::text {
namespace {

bool IsFigure(std::string_view form) {
  if (form.empty() || (!IsAsciiDigit(form[0]) && !(form[0] == '.' && form.size() > 1))) return false;
  return std::all_of(form.begin(), form.end(),
                     [](char c) { return IsAsciiDigit(c) || c == ',' || c == '.'; });
}

struct Number {
  uint32_t end = 0;  // 0 = none
  bool has_magnitude = false;
};

class AmountRules {
 public:
  AmountRules(const NameLexicon& lexicon, NameBoard* board) : lexicon_(lexicon), board_(board) {}

  void Run() {
    for (uint32_t i = 0; i < board_->size();) {
      const uint32_t end = At(i);
      i = end > i ? end : i + 1;
    }
  }

 private:
  std::optional<NumberWord> WordOf(uint32_t i) const {
    if (i >= board_->size()) return std::nullopt;
    auto found = lexicon_.numbers.Find(board_->form(i));
    if (!found) found = lexicon_.numbers.Find(AsciiLower(board_->form(i)));
    if (!found) return std::nullopt;
    return static_cast<NumberWord>(*found);
  }
  bool Is(uint32_t i, std::string_view form) const { return board_->form(i) == form; }
  bool IsNumberStart(uint32_t i) const {
    return i < board_->size() && (IsFigure(board_->form(i)) || WordOf(i) == NumberWord::kNumber ||
                                  WordOf(i) == NumberWord::kMagnitude);
  }

  // "3.5 million", "twenty-five", "two hundred and five", "a million", "half a million", "10 - 20".
  Number NumberAt(uint32_t at) const {
    uint32_t i = at;
    Number number;
    if (Is(i, "a") || Is(i, "an") || Is(i, "A")) {
      if (WordOf(i + 1) != NumberWord::kMagnitude) return number;
      ++i;
    } else if (!IsFigure(board_->form(i)) && WordOf(i) != NumberWord::kNumber) {
      return number;
    }
    bool previous_is_figure = false;
    while (i < board_->size()) {
      const bool figure = IsFigure(board_->form(i));
      const auto word = WordOf(i);
      if (figure && (i == at || !previous_is_figure)) {
        previous_is_figure = true;
      } else if (word == NumberWord::kNumber || word == NumberWord::kMagnitude) {
        // "in" letters like "m" count only right after a figure
        if (word == NumberWord::kMagnitude && board_->form(i).size() <= 2 && !previous_is_figure) break;
        number.has_magnitude = number.has_magnitude || word == NumberWord::kMagnitude;
        previous_is_figure = false;
      } else if ((Is(i, "and") || Is(i, "a") || Is(i, "-") || Is(i, "to") || Is(i, "\u2013")) &&
                 number.end != 0 && IsNumberStart(i + 1)) {
        // joined parts; a range keeps both ends
        const bool range = Is(i, "-") || Is(i, "to") || Is(i, "\u2013");
        if (!range && !number.has_magnitude && !Is(i - 1, "half")) break;
        if (range) previous_is_figure = false;
        ++i;
        continue;
      } else {
        break;
      }
      number.end = ++i;
    }
    return number;
  }

  // "hundreds of millions of": the end after the last "of".
  uint32_t VagueAt(uint32_t at) const {
    uint32_t i = at;
    while (WordOf(i) == NumberWord::kVague && Is(i + 1, "of")) i += 2;
    return i;
  }

  uint32_t At(uint32_t i) {
    if (const uint32_t end = SymbolMoney(i); end != 0) return Mark(i, end, NameType::kMoney);
    if (const uint32_t vague = VagueAt(i); vague != i) {
      const auto money = lexicon_.money.Longest(board_->sentence(), std::min(vague, board_->size() - 1));
      if (vague < board_->size() && money.end != 0 &&
          static_cast<MoneyWord>(money.value) == MoneyWord::kWord) {
        return Mark(i, money.end, NameType::kMoney);
      }
      return vague;
    }
    const Number number = NumberAt(i);
    if (number.end == 0) return CodeMoney(i);
    return Counted(i, number);
  }

  // What follows the number decides.
  uint32_t Counted(uint32_t begin, const Number& number) {
    uint32_t at = number.end;
    if (at < board_->size() && Is(at, "-") && board_->IsJoint(at)) ++at;  // "five-mile"
    if (at >= board_->size()) return number.end;
    const auto unit = UnitAt(at);
    if (unit.end != 0 && unit.value == 1) return Mark(begin, unit.end, NameType::kPercent);
    // "two million Canadian dollars"
    const auto nation = lexicon_.groups.Longest(board_->sentence(), at);
    const uint32_t word = nation.end != 0 ? nation.end : at;
    if (word < board_->size()) {
      const auto money = lexicon_.money.Longest(board_->sentence(), word);
      const auto kind = static_cast<MoneyWord>(money.value);
      const bool fits =
          money.end != 0 && (kind == MoneyWord::kWord || (kind == MoneyWord::kCode && nation.end == 0) ||
                             (kind == MoneyWord::kSymbol && nation.end == 0 && number.end == at) ||
                             (kind == MoneyWord::kWeak && (number.has_magnitude || nation.end != 0)));
      if (fits) return Mark(begin, money.end, NameType::kMoney);
    }
    if (unit.end != 0) return Mark(begin, unit.end, NameType::kQuantity);
    if (board_->form(at) == "pounds" || board_->form(at) == "pound")
      return Mark(begin, at + 1, NameType::kQuantity);
    return number.end;
  }

  PhraseTable::Match UnitAt(uint32_t at) const { return lexicon_.units.Longest(board_->sentence(), at); }

  // "$ 40 million", "US$ 3 - 4 bn".
  uint32_t SymbolMoney(uint32_t i) const {
    const auto symbol = lexicon_.money.Find(board_->form(i));
    if (!symbol || static_cast<MoneyWord>(*symbol) != MoneyWord::kSymbol || i + 1 >= board_->size()) return 0;
    const Number number = NumberAt(i + 1);
    if (number.end == 0) return 0;
    uint32_t end = number.end;
    // "$5 - $10 million"
    if (end + 2 < board_->size() && (Is(end, "-") || Is(end, "to") || Is(end, "\u2013")) &&
        board_->form(end + 1) == board_->form(i)) {
      if (const Number upper = NumberAt(end + 2); upper.end != 0) end = upper.end;
    }
    if (end < board_->size()) {
      const auto code = lexicon_.money.Find(board_->form(end));
      if (code && static_cast<MoneyWord>(*code) == MoneyWord::kCode) ++end;
    }
    return end;
  }

  // "USD 40 million"
  uint32_t CodeMoney(uint32_t i) {
    const auto code = lexicon_.money.Find(board_->form(i));
    if (!code || static_cast<MoneyWord>(*code) != MoneyWord::kCode || i + 1 >= board_->size()) return i;
    const Number number = NumberAt(i + 1);
    return number.end == 0 ? i : Mark(i, number.end, NameType::kMoney);
  }

  uint32_t Mark(uint32_t begin, uint32_t end, NameType type) {
    if (board_->IsFree(begin, end)) board_->Add(begin, end, type);
    return end;
  }

  const NameLexicon& lexicon_;
  NameBoard* board_;
};

}  // namespace

void FindAmounts(const NameLexicon& lexicon, NameBoard* board) { AmountRules(lexicon, board).Run(); }

}  // namespace whowhom::extract::text
