#include "text/name_agreement.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "text/name_rules.h"

namespace whowhom::extract::text {
namespace {

constexpr size_t kTypes = 4;  // PERSON, ORG, GPE, PLACE: the first of NameType
constexpr uint32_t kLongest = 6;

bool IsShared(NameType type) { return static_cast<size_t>(type) < kTypes; }

std::string TextOf(const Sentence& sentence, uint32_t begin, uint32_t end) {
  std::string text;
  for (uint32_t i = begin; i < end; ++i) text.append(i == begin ? "" : " ").append(sentence.tokens[i].form);
  return text;
}

class Agreement {
 public:
  Agreement(const NameLexicon& lexicon, std::span<Sentence> sentences)
      : lexicon_(lexicon), sentences_(sentences) {}

  void Run() {
    Count();
    for (Sentence& sentence : sentences_) {
      NameBoard board(&sentence);
      if (!board.is_tagged()) continue;
      Retype(&board);
      AddMissed(&board);
      board.Finish();
    }
  }

 private:
  using Votes = std::array<int, kTypes>;

  void Count() {
    for (const Sentence& sentence : sentences_) {
      for (const NameSpan& name : sentence.names) {
        if (!IsShared(name.type) || name.begin >= name.end || name.end > sentence.tokens.size()) continue;
        ++votes_[TextOf(sentence, name.begin, name.end)][static_cast<size_t>(name.type)];
        if (name.type != NameType::kPerson || name.end - name.begin < 2) continue;
        const std::string& surname = sentence.tokens[name.end - 1].form;
        if (surname.size() > 2 && !lexicon_.places.Find(surname) && !lexicon_.persons.Find(surname))
          ++surnames_[surname];
      }
    }
  }

  // The type of most mentions; `least` mentions at least.
  bool Winner(const std::string& text, int least, NameType* type) const {
    const auto found = votes_.find(text);
    if (found == votes_.end()) return false;
    const Votes& votes = found->second;
    const size_t best = static_cast<size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
    int others = 0;
    for (size_t t = 0; t < kTypes; ++t) others += t == best ? 0 : votes[t];
    if (votes[best] < least || votes[best] <= others) return false;
    *type = static_cast<NameType>(best);
    return true;
  }

  void Retype(NameBoard* board) const {
    for (NameSpan& name : board->names()) {
      if (!IsShared(name.type)) continue;
      const std::string text = TextOf(board->sentence(), name.begin, name.end);
      if (name.end - name.begin == 1 && surnames_.contains(text)) {
        name.type = NameType::kPerson;
        continue;
      }
      NameType type = name.type;
      if (Winner(text, 2, &type)) name.type = type;
    }
  }

  bool IsLooseProper(const NameBoard& board, uint32_t i) const {
    return i < board.size() && board.NameAt(i) < 0 && board.token(i).upos == Upos::kPropn &&
           board.IsCapitalised(i);
  }

  void AddMissed(NameBoard* board) const {
    for (uint32_t begin = 0; begin < board->size(); ++begin) {
      if (!IsLooseProper(*board, begin)) continue;
      uint32_t end = begin + 1;
      while (IsLooseProper(*board, end)) ++end;  // the whole run of proper nouns, no part of it
      AddRun(board, begin, end);
      begin = end - 1;
    }
  }

  void AddRun(NameBoard* board, uint32_t begin, uint32_t end) const {
    if (end - begin > kLongest) return;
    const bool touches = (begin > 0 && board->NameAt(begin - 1) >= 0) || board->NameAt(end) >= 0 ||
                         board->IsJoint(end) || (begin > 0 && board->IsJoint(begin - 1));
    if (touches) return;
    const std::string text = TextOf(board->sentence(), begin, end);
    NameType type = NameType::kPerson;
    if ((end - begin == 1 && surnames_.contains(text)) || Winner(text, 2, &type))
      board->Add(begin, end, type);
  }

  const NameLexicon& lexicon_;
  std::span<Sentence> sentences_;
  std::unordered_map<std::string, Votes> votes_;
  std::unordered_map<std::string, int> surnames_;
};

}  // namespace

void AgreeNames(const NameLexicon& lexicon, std::span<Sentence> sentences) {
  Agreement(lexicon, sentences).Run();
}

}  // namespace whowhom::extract::text
