#include "whowhom/extract/tokenizer.h"

#include <filesystem>
#include <utility>

#include "text/lexicon.h"
#include "text/scanner.h"
#include "text/sentence_model.h"
#include "whowhom/core/tsv.h"

namespace whowhom::extract {
namespace {

using text::SurfaceToken;

// A sentence above the cap is cut at the best gap of its last three quarters.
constexpr uint32_t kMinCutWords = Tokenizer::kMaxSentenceTokens / 4;

Token MakeToken(std::string_view text, uint32_t begin, uint32_t end, bool space_after) {
  Token token;
  token.span = {begin, end};
  token.form = std::string(text.substr(begin, end - begin));
  if (token.form.size() > 3 && token.form[0] == '[' && token.form[2] == ']') {  // "[w]e": "we"
    token.misc = "Written=" + token.form;
    token.form = token.form[1] + token.form.substr(3);
  }
  token.space_after = space_after;
  return token;
}

void AppendToken(std::string_view text, const SurfaceToken& surface, Sentence* sentence) {
  if (surface.cut == 0) {
    sentence->tokens.push_back(MakeToken(text, surface.begin, surface.end, surface.space_after));
    return;
  }
  MultiwordToken multiword;
  multiword.begin = static_cast<uint32_t>(sentence->tokens.size());
  multiword.end = multiword.begin + surface.words();
  multiword.form = std::string(text.substr(surface.begin, surface.end - surface.begin));
  sentence->multiword.push_back(std::move(multiword));
  uint32_t from = surface.begin;
  for (const uint32_t cut : {surface.cut, surface.second_cut, surface.end}) {
    if (cut == 0) continue;
    sentence->tokens.push_back(MakeToken(text, from, cut, cut == surface.end && surface.space_after));
    from = cut;
  }
}

class RuleTokenizer : public Tokenizer {
 public:
  RuleTokenizer(text::Lexicon lexicon, text::SentenceModel model)
      : lexicon_(std::move(lexicon)), model_(std::move(model)) {}

  std::vector<Sentence> Split(std::string_view text, const std::vector<Block>& blocks) const override {
    std::vector<Sentence> sentences;
    std::vector<SurfaceToken> tokens;
    for (uint32_t i = 0; i < blocks.size(); ++i) {
      const ByteSpan span = blocks[i].span;
      if (span.end > text.size() || span.begin >= span.end) continue;
      tokens.clear();
      text::ScanTokens(text, span.begin, span.end, lexicon_, &tokens);
      const size_t first = sentences.size();
      SplitBlock(text, tokens, &sentences);
      for (size_t s = first; s < sentences.size(); ++s) {
        sentences[s].block = i;
        sentences[s].is_headline = blocks[i].kind == BlockKind::kHeadline;
      }
    }
    return sentences;
  }

 private:
  void SplitBlock(std::string_view text, const std::vector<SurfaceToken>& tokens,
                  std::vector<Sentence>* sentences) const {
    if (tokens.empty()) return;
    const text::GapReader reader(text, tokens);
    size_t start = 0;    // first token of the open sentence
    uint32_t words = 0;  // words in it
    size_t best = 0;     // best gap to cut at, should the cap be met
    double best_score = 0;
    uint32_t words_at_best = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      words += tokens[i].words();
      const bool last = i + 1 == tokens.size();
      double score = -1e9;
      if (!last && reader.IsCandidate(i)) score = model_.Score(reader, i);
      if (last || score > 0) {
        Emit(text, tokens, start, i + 1, sentences);
        start = i + 1;
        words = 0;
        best = 0;
        continue;
      }
      if (words >= kMinCutWords && (best == 0 || score > best_score)) {
        best = i + 1;
        best_score = score;
        words_at_best = words;
      }
      if (words + 3 > kMaxSentenceTokens) {                           // the next token may bring three words
        if (best_score <= -1e9) best = i + 1, words_at_best = words;  // no gap is better than another: here
        Emit(text, tokens, start, best, sentences);
        start = best;
        words -= words_at_best;
        best = 0;
      }
    }
  }

  static void Emit(std::string_view text, const std::vector<SurfaceToken>& tokens, size_t begin, size_t end,
                   std::vector<Sentence>* sentences) {
    Sentence sentence;
    sentence.span = {tokens[begin].begin, tokens[end - 1].end};
    sentence.tokens.reserve(end - begin + 2);
    for (size_t i = begin; i < end; ++i) AppendToken(text, tokens[i], &sentence);
    sentences->push_back(std::move(sentence));
  }

  text::Lexicon lexicon_;
  text::SentenceModel model_;
};

}  // namespace

Result<std::unique_ptr<Tokenizer>> Tokenizer::Load(const std::string& data_dir,
                                                   const std::string& models_dir) {
  WHOWHOM_TRY(text::Lexicon lexicon, text::Lexicon::Load(data_dir));
  text::SentenceModel model;
  const std::string path = models_dir + "/sentences.model";
  std::error_code error;
  if (!models_dir.empty() && std::filesystem::exists(path, error)) {
    constexpr size_t kMaxModelBytes = size_t{4} << 20;
    WHOWHOM_TRY(const std::string bytes, ReadFile(path, kMaxModelBytes));
    WHOWHOM_TRY(model, text::SentenceModel::Parse(bytes, path));
  }
  return std::unique_ptr<Tokenizer>(std::make_unique<RuleTokenizer>(std::move(lexicon), std::move(model)));
}

}  // namespace whowhom::extract
