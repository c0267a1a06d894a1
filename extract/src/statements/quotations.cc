// Direct speech across sentences and paragraphs.
#include <algorithm>

#include "statements/voices.h"

namespace whowhom::extract::statements {

namespace {

enum class Mark : uint8_t { kNone, kOpen, kClose, kEither };

Mark MarkOf(const std::string& form) {
  if (form == "“" || form == "``") return Mark::kOpen;
  if (form == "”" || form == "''") return Mark::kClose;
  if (form == "\"") return Mark::kEither;
  return Mark::kNone;
}

// Which tokens stand between quotation marks. `open` is carried over sentences of one paragraph.
std::vector<bool> QuotedTokens(const Sentence& sentence, bool* open) {
  std::vector<bool> quoted(sentence.tokens.size(), false);
  for (size_t i = 0; i < sentence.tokens.size(); ++i) {
    const Mark mark = MarkOf(sentence.tokens[i].form);
    if (mark == Mark::kOpen) {
      *open = true;
    } else if (mark == Mark::kClose) {
      *open = false;
    } else if (mark == Mark::kEither) {
      *open = !*open;
    } else {
      quoted[i] = *open;
    }
  }
  return quoted;
}

bool AllQuoted(const Sentence& sentence, const std::vector<bool>& quoted) {
  bool any = false;
  for (size_t i = 0; i < quoted.size(); ++i) {
    const Token& token = sentence.tokens[i];
    if (token.upos == Upos::kPunct || MarkOf(token.form) != Mark::kNone) continue;
    if (!quoted[i]) return false;
    any = true;
  }
  return any;
}

bool EndsWithColon(const Sentence& sentence) {
  return !sentence.tokens.empty() && sentence.tokens.back().form == ":";
}

class QuotationReader {
 public:
  QuotationReader(const Lexicon& lexicon, const AnalyzedArticle& article,
                  std::vector<SentenceFacts>* sentences)
      : lexicon_(lexicon), article_(article), sentences_(sentences) {}

  void Read() {
    size_t begin = 0;
    while (begin < sentences_->size()) {
      size_t end = begin;
      const uint32_t block = SentenceAt(begin).block;
      while (end < sentences_->size() && SentenceAt(end).block == block) ++end;
      ReadBlock(begin, end);
      begin = end;
    }
  }

 private:
  const Sentence& SentenceAt(size_t k) const { return article_.sentences[(*sentences_)[k].index]; }

  // The reporting clause outside the quotation, if the sentence has one.
  const Fact* Report(const SentenceFacts& sentence, const std::vector<bool>& quoted) const {
    const Fact* found = nullptr;
    for (const Fact& fact : sentence.facts) {
      if (!fact.is_reporting || fact.surface_only || fact.subject.empty() || fact.is_passive) continue;
      const Stance stance = lexicon_.StanceOf(sentence.tree->lemma(fact.clause));
      if (stance != Stance::kSay && stance != Stance::kClaim) continue;
      if (quoted[fact.clause]) continue;
      if (found == nullptr || sentence.tree->depth(fact.clause) < sentence.tree->depth(found->clause))
        found = &fact;
    }
    return found;
  }

  Voice VoiceOf(const SentenceFacts& sentence, const Fact& report) const {
    Voice voice;
    voice.sentence = sentence.index;
    voice.speaker = report.subject;
    voice.verb = sentence.tree->lemma(report.clause);
    return voice;
  }

  static bool HasVoice(const Fact& fact, const Voice& voice) {
    return std::any_of(fact.voices.begin(), fact.voices.end(), [&](const Voice& other) {
      return other.sentence == voice.sentence && other.speaker.head == voice.speaker.head;
    });
  }

  static void Give(const Voice& voice, const std::vector<bool>* quoted, SentenceFacts* sentence) {
    for (Fact& fact : sentence->facts) {
      if (quoted != nullptr && !(*quoted)[fact.predicate.front()]) continue;
      if (HasVoice(fact, voice)) continue;
      // "Dahl said he was glad and Hart said "I am sorry"": Hart's words, found by the parse.
      const bool has_own =
          quoted != nullptr && !fact.voices.empty() && !fact.voices.front().speaker.empty() &&
          fact.voices.front().sentence == sentence->index && fact.voices.front().speaker.head != kNoToken &&
          !(*quoted)[static_cast<uint32_t>(fact.voices.front().speaker.head)];
      if (has_own) continue;
      fact.voices.insert(fact.voices.begin(), voice);
      fact.rules.push_back("quotation");
    }
  }

  void ReadBlock(size_t begin, size_t end) {
    bool open = false;
    std::vector<std::vector<bool>> quoted;
    std::vector<std::optional<Voice>> reports;
    // A paragraph that opens with a mark while the last one was never closed continues the same speech.
    const bool continues = left_open_ && !SentenceAt(begin).tokens.empty() &&
                           MarkOf(SentenceAt(begin).tokens.front().form) != Mark::kNone;
    for (size_t k = begin; k < end; ++k) {
      quoted.push_back(QuotedTokens(SentenceAt(k), &open));
      const Fact* report = Report((*sentences_)[k], quoted.back());
      reports.push_back(report != nullptr ? std::optional<Voice>(VoiceOf((*sentences_)[k], *report))
                                          : std::nullopt);
    }
    // Of this paragraph: the first report that stands beside quoted words.
    std::optional<Voice> speaker = continues ? speaker_ : std::nullopt;
    for (size_t k = begin; k < end && !speaker; ++k) {
      const bool has_quote =
          std::find(quoted[k - begin].begin(), quoted[k - begin].end(), true) != quoted[k - begin].end();
      if (has_quote && reports[k - begin]) speaker = reports[k - begin];
    }
    const bool after_colon = colon_speaker_.has_value();
    for (size_t k = begin; k < end; ++k) {
      const size_t i = k - begin;
      SentenceFacts& sentence = (*sentences_)[k];
      const bool has_quote = std::find(quoted[i].begin(), quoted[i].end(), true) != quoted[i].end();
      if (has_quote && reports[i]) {
        speaker = reports[i];
        Give(*speaker, &quoted[i], &sentence);
      } else if (AllQuoted(SentenceAt(k), quoted[i]) && (speaker || speaker_ || last_report_)) {
        // "Berg said that talks go on. "They go on," ...": Berg, whose words the sentence before tells.
        if (!speaker) speaker = k == begin ? speaker_ : last_report_;
        if (speaker) Give(*speaker, nullptr, &sentence);
      } else if (after_colon && !reports[i] && !has_quote) {
        Give(*colon_speaker_, nullptr, &sentence);
      }
      if (reports[i] && !speaker) last_report_ = reports[i];
    }
    colon_speaker_.reset();
    if (EndsWithColon(SentenceAt(end - 1)) && reports.back()) colon_speaker_ = reports.back();
    left_open_ = open;
    if (speaker) speaker_ = speaker;
    if (!speaker && last_report_) speaker_ = last_report_;
    last_report_.reset();
  }

  const Lexicon& lexicon_;
  const AnalyzedArticle& article_;
  std::vector<SentenceFacts>* sentences_;
  std::optional<Voice> speaker_;  // of the last quotation
  std::optional<Voice> last_report_;
  std::optional<Voice> colon_speaker_;  // "He wrote:" closed the last paragraph
  bool left_open_ = false;
};

}  // namespace

void ApplyQuotations(const Lexicon& lexicon, const AnalyzedArticle& article,
                     std::vector<SentenceFacts>* sentences) {
  QuotationReader(lexicon, article, sentences).Read();
}

}  // namespace whowhom::extract::statements
