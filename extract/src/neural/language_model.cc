#include "whowhom/extract/language_model.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "neural/ensemble.h"
#include "neural/features.h"
#include "neural/kernels.h"
#include "neural/lemma_script.h"
#include "neural/model_file.h"
#include "neural/name_decoder.h"
#include "neural/tree_decoder.h"

namespace whowhom::extract {
namespace {

using neural::Layout;
using neural::Matrix;
using neural::Outputs;

// Longer sentences are analysed in pieces: keeps the n x n scores small whatever comes in.
constexpr uint32_t kMaxPiece = 400;
// Rows of a batch (measured with bench/parse_speed: more does not help, less starves the kernels).
constexpr size_t kMaxBatchSentences = 48;
constexpr size_t kMaxBatchTokens = 2048;

// Tokens [begin, end) of a sentence.
struct Piece {
  uint32_t sentence = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
};

std::vector<Piece> PiecesOf(std::span<const Sentence> sentences) {
  std::vector<Piece> pieces;
  for (uint32_t s = 0; s < sentences.size(); ++s) {
    const auto n = static_cast<uint32_t>(sentences[s].tokens.size());
    for (uint32_t begin = 0; begin < n; begin += kMaxPiece)
      pieces.push_back({s, begin, std::min(n, begin + kMaxPiece)});
  }
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.size() > b.size(); });
  return pieces;
}

// The distinct forms of some sentences, numbered in order of appearance.
struct Forms {
  std::vector<std::string_view> forms;
  std::vector<std::vector<uint32_t>> ids;  // by sentence and token
};

Forms FormsOf(std::span<const Sentence> sentences) {
  Forms result;
  std::unordered_map<std::string_view, uint32_t> index;
  for (const Sentence& sentence : sentences) {
    std::vector<uint32_t>& ids = result.ids.emplace_back();
    ids.reserve(sentence.tokens.size());
    for (const Token& token : sentence.tokens) {
      auto [it, is_new] = index.try_emplace(token.form, static_cast<uint32_t>(result.forms.size()));
      if (is_new) result.forms.push_back(token.form);
      ids.push_back(it->second);
    }
  }
  return result;
}

size_t ArgMax(const float* scores, size_t count) {
  return static_cast<size_t>(std::max_element(scores, scores + count) - scores);
}

// The best class among those seen with the tag in training; among all if none was.
size_t ArgMaxSeen(const float* scores, std::span<const unsigned char> seen) {
  size_t best = seen.size();
  for (size_t i = 0; i < seen.size(); ++i) {
    if (seen[i] != 0 && (best == seen.size() || scores[i] > scores[best])) best = i;
  }
  return best < seen.size() ? best : ArgMax(scores, seen.size());
}

class NeuralLanguageModel final : public LanguageModel {
 public:
  NeuralLanguageModel(std::unique_ptr<neural::Ensemble> networks, std::vector<Upos> upos,
                      std::vector<Deprel> deprels, std::string version)
      : networks_(std::move(networks)),
        upos_(std::move(upos)),
        deprels_(std::move(deprels)),
        version_(std::move(version)) {}

  const std::string& version() const override { return version_; }

  void Annotate(std::span<Sentence> sentences) const override {
    // A window bounds the memory of the form inputs and outputs; form inputs are shared within it.
    constexpr size_t kWindowTokens = 32768;
    size_t begin = 0;
    size_t tokens = 0;
    for (size_t s = 0; s < sentences.size(); ++s) {
      tokens += sentences[s].tokens.size();
      if (tokens < kWindowTokens && s + 1 < sentences.size()) continue;
      AnnotateWindow(sentences.subspan(begin, s + 1 - begin));
      begin = s + 1;
      tokens = 0;
    }
  }

 private:
  void AnnotateWindow(std::span<Sentence> sentences) const {
    for (Sentence& sentence : sentences) sentence.names.clear();
    Forms forms = FormsOf(sentences);
    std::vector<Matrix> inputs = networks_->FormInputs(forms.forms);
    std::vector<Piece> pieces = PiecesOf(sentences);
    for (size_t begin = 0; begin < pieces.size();) {
      size_t end = begin;
      size_t tokens = 0;
      while (end < pieces.size() && end - begin < kMaxBatchSentences &&
             (end == begin || tokens + pieces[end].size() <= kMaxBatchTokens)) {
        tokens += pieces[end++].size();
      }
      RunBatch(std::span(pieces).subspan(begin, end - begin), forms, inputs, sentences);
      begin = end;
    }
    for (Sentence& sentence : sentences) {
      if (sentence.tokens.size() > kMaxPiece) JoinPieces(&sentence);
    }
  }

  void RunBatch(std::span<const Piece> pieces, const Forms& forms, std::span<const Matrix> inputs,
                std::span<Sentence> sentences) const {
    std::vector<uint32_t> lengths;
    for (const Piece& piece : pieces) lengths.push_back(piece.size());
    Layout layout = neural::MakeLayout(std::move(lengths));
    std::vector<uint32_t> rows(layout.total);
    for (size_t p = 0; p < pieces.size(); ++p) {
      for (uint32_t w = 0; w < pieces[p].size(); ++w)
        rows[layout.RowOf(p, w)] = forms.ids[pieces[p].sentence][pieces[p].begin + w];
    }
    std::vector<Outputs> outputs = networks_->Run(layout, inputs, rows);
    for (size_t p = 0; p < pieces.size(); ++p) {
      Sentence& sentence = sentences[pieces[p].sentence];
      SetTags(layout, outputs[0], p, pieces[p], &sentence);
      SetTree(layout, outputs, p, pieces[p], &sentence);
      SetNames(layout, outputs[0], p, pieces[p], &sentence);
    }
  }

  void SetTags(const Layout& layout, const Outputs& outputs, size_t p, const Piece& piece,
               Sentence* sentence) const {
    const neural::Network::Labels& labels = networks_->labels();
    for (uint32_t w = 0; w < piece.size(); ++w) {
      Token& token = sentence->tokens[piece.begin + w];
      const float* scores = outputs.tags.Row(layout.RowOf(p, w));
      size_t upos = ArgMax(scores, labels.upos.size());
      scores += labels.upos.size();
      size_t xpos =
          ArgMaxSeen(scores, labels.seen_xpos.subspan(upos * labels.xpos.size(), labels.xpos.size()));
      scores += labels.xpos.size();
      size_t feats =
          ArgMaxSeen(scores, labels.seen_feats.subspan(upos * labels.feats.size(), labels.feats.size()));
      scores += labels.feats.size();
      size_t script = networks_->KnownScript(token.form, labels.xpos[xpos]);
      if (script >= labels.scripts.size()) script = ArgMax(scores, labels.scripts.size());
      token.upos = upos_[upos];
      token.xpos = labels.xpos[xpos];
      token.feats = labels.feats[feats];
      token.lemma = neural::ApplyLemmaScript(token.form, labels.scripts[script]);
    }
  }

  void SetTree(const Layout& layout, std::span<const Outputs> outputs, size_t p, const Piece& piece,
               Sentence* sentence) const {
    const uint32_t n = piece.size();
    std::vector<float> scores = networks_->ArcScoresOf(layout, outputs, p);
    neural::ArcScores arcs{scores, n};
    std::vector<int32_t> heads = neural::DecodeTree(arcs);
    Matrix label_scores = networks_->LabelScoresOf(layout, outputs, p, heads);
    for (uint32_t w = 0; w < n; ++w) {
      Token& token = sentence->tokens[piece.begin + w];
      const bool is_root = heads[w] < 0;
      token.head = is_root ? -1 : heads[w] + static_cast<int32_t>(piece.begin);
      token.deprel = BestDeprel(label_scores.Row(w), is_root);
      token.margin = 0;
      const auto chosen = static_cast<uint32_t>(heads[w] + 1);
      bool any = false;
      float second = 0;
      for (uint32_t column = 0; column <= n; ++column) {
        if (column == chosen || column == w + 1) continue;
        float score = arcs.At(w, column);
        if (!any || score > second) second = score;
        any = true;
      }
      if (any) token.margin = arcs.At(w, chosen) - second;
    }
  }

  // root exactly for the root.
  Deprel BestDeprel(const float* scores, bool is_root) const {
    if (is_root) return Deprel::kRoot;
    Deprel best = Deprel::kDep;
    float best_score = 0;
    bool any = false;
    for (size_t l = 0; l < deprels_.size(); ++l) {
      if (deprels_[l] == Deprel::kRoot || (any && scores[l] <= best_score)) continue;
      best = deprels_[l];
      best_score = scores[l];
      any = true;
    }
    return best;
  }

  void SetNames(const Layout& layout, const Outputs& outputs, size_t p, const Piece& piece,
                Sentence* sentence) const {
    std::vector<float> emissions(size_t{piece.size()} * neural::kNameLabels);
    for (uint32_t w = 0; w < piece.size(); ++w) {
      std::copy_n(outputs.names.Row(layout.RowOf(p, w)), neural::kNameLabels,
                  emissions.begin() + static_cast<std::ptrdiff_t>(w * neural::kNameLabels));
    }
    std::vector<uint8_t> labels =
        neural::DecodeNames(emissions, networks_->name_transitions(), networks_->name_first());
    for (NameSpan span : neural::SpansOf(labels)) {
      span.begin += piece.begin;
      span.end += piece.begin;
      sentence->names.push_back(span);
    }
  }

  // One tree of the trees of the pieces: later roots hang on the first. Pieces were analysed in any order.
  static void JoinPieces(Sentence* sentence) {
    int32_t root = -1;
    for (size_t i = 0; i < sentence->tokens.size(); ++i) {
      Token& token = sentence->tokens[i];
      if (token.head >= 0) continue;
      if (root < 0) {
        root = static_cast<int32_t>(i);
      } else {
        token.head = root;
        token.deprel = Deprel::kParataxis;
      }
    }
    std::sort(sentence->names.begin(), sentence->names.end(),
              [](const NameSpan& a, const NameSpan& b) { return a.begin < b.begin; });
  }

  std::unique_ptr<neural::Ensemble> networks_;
  std::vector<Upos> upos_;
  std::vector<Deprel> deprels_;
  std::string version_;
};

}  // namespace

Result<std::unique_ptr<LanguageModel>> LanguageModel::Load(const std::string& path,
                                                           std::string_view kernels) {
  const neural::Kernels* chosen = neural::KernelsByName(std::string(kernels).c_str());
  if (chosen == nullptr) {
    return Error{ErrorCode::kUnsupported, "no kernels named '" + std::string(kernels) +
                                              "' on this processor; use best, avx512, avx2 or generic"};
  }
  WHOWHOM_TRY(auto opened, neural::ModelFile::Open(path, neural::FeatureFingerprint()));
  std::shared_ptr<const neural::ModelFile> file = std::move(opened);
  WHOWHOM_TRY(auto networks, neural::Ensemble::Load(file, *chosen));
  const neural::Network::Labels& labels = networks->labels();
  std::vector<Upos> upos;
  for (const std::string& label : labels.upos) {
    std::optional<Upos> parsed = ParseUpos(label);
    if (!parsed)
      return Corruption("the model " + path + " has an unknown tag '" + label + "'; install it anew");
    upos.push_back(*parsed);
  }
  std::vector<Deprel> deprels;
  for (const std::string& label : labels.deprels) {
    std::optional<Deprel> parsed = ParseDeprel(label);
    if (!parsed)
      return Corruption("the model " + path + " has an unknown relation '" + label + "'; install it anew");
    deprels.push_back(*parsed);
  }
  size_t slash = path.find_last_of('/');
  std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
  name = name.substr(0, name.find('.'));
  std::string version = name + " " + ToHex(file->checksum().high);
  return std::unique_ptr<LanguageModel>(
      new NeuralLanguageModel(std::move(networks), std::move(upos), std::move(deprels), std::move(version)));
}

}  // namespace whowhom::extract
