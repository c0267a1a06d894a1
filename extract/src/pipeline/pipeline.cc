#include "whowhom/extract/pipeline.h"

#include <utility>

#include "text/attachments.h"
#include "text/true_case.h"
#include "whowhom/extract/language_model.h"
#include "whowhom/extract/lemmas.h"
#include "whowhom/extract/minhash.h"
#include "whowhom/extract/names.h"
#include "whowhom/extract/tokenizer.h"

namespace whowhom::extract {
namespace {

constexpr const char* kProgramVersion = "whowhom 0.1.0";

std::vector<Mention> MentionsOf(const AnalyzedArticle& article) {
  std::vector<Mention> mentions;
  mentions.reserve(article.mentions.size());
  for (const EntityMention& found : article.mentions) {
    const Sentence& sentence = article.sentences[found.sentence];
    Mention mention;
    mention.span = {sentence.tokens[found.begin].span.begin, sentence.tokens[found.end - 1].span.end};
    mention.actor = found.actor;
    if (mention.actor.name.empty()) mention.actor.type = found.type;
    mention.kind = found.kind;
    if (found.cluster >= 0) mention.cluster = found.cluster;
    mentions.push_back(std::move(mention));
  }
  return mentions;
}

class PipelineImpl : public Pipeline {
 public:
  AnalyzedArticle Parse(const Article& article) const override {
    AnalyzedArticle analyzed;
    analyzed.article = article;
    analyzed.blocks = SplitBlocks(article.text, article.title);
    analyzed.sentences = tokenizer->Split(analyzed.article.text, analyzed.blocks);
    for (Sentence& sentence : analyzed.sentences) {
      sentence.is_headline = analyzed.blocks[sentence.block].kind == BlockKind::kHeadline;
    }
    Annotate(&analyzed);
    return analyzed;
  }

  AnalyzedArticle ParseTokens(const Article& article, std::vector<Sentence> sentences) const override {
    AnalyzedArticle analyzed;
    analyzed.article = article;
    analyzed.blocks = SplitBlocks(article.text, article.title);
    analyzed.sentences = std::move(sentences);
    Annotate(&analyzed);
    return analyzed;
  }

  AnalyzedArticle Analyze(const Article& article) const override {
    AnalyzedArticle analyzed = Parse(article);
    for (Sentence& sentence : analyzed.sentences) attachments.LiftCounted(&sentence);
    resolver->Resolve(&analyzed);
    return analyzed;
  }

  ArticleRecords Extract(const Article& article) const override {
    const AnalyzedArticle analyzed = Analyze(article);
    ArticleRecords records;
    Document& document = records.document;
    document.path = article.path;
    document.title = article.title;
    document.url = article.url;
    document.outlet = article.outlet;
    document.author = article.author;
    document.date = article.date;
    document.language = article.language;
    document.text = article.text;
    document.given_id = article.given_id;
    document.signature = MinHashSignature(article.text);
    document.extractor = version_string;
    document.mentions = MentionsOf(analyzed);
    document.id = ComputeDocId(document);
    records.statements = Statements(analyzed, document.id, nullptr);
    return records;
  }

  std::vector<Statement> Statements(const AnalyzedArticle& article, DocId doc,
                                    ExtractionTrace* trace) const override {
    return extractor->Extract(article, doc, statement_options, trace);
  }

  std::vector<SurfaceTriple> SurfaceTriples(const AnalyzedArticle& article) const override {
    std::vector<SurfaceTriple> triples;
    for (const Sentence& sentence : article.sentences) {
      for (SurfaceTriple& triple : extractor->SurfaceTriples(sentence, statement_options.min_confidence)) {
        triples.push_back(std::move(triple));
      }
    }
    return triples;
  }

  const ActorResolver& actors() const override { return *resolver; }
  const EventCoder& events() const override { return *coder; }
  const std::string& version() const override { return version_string; }

  std::unique_ptr<Tokenizer> tokenizer;
  std::unique_ptr<LanguageModel> model;
  std::unique_ptr<Lemmatizer> lemmas;
  AttachmentRepair attachments;
  std::unique_ptr<NameFinder> names;
  std::unique_ptr<ActorResolver> resolver;
  std::unique_ptr<EventCoder> coder;
  std::unique_ptr<TimeNormalizer> times;
  std::unique_ptr<StatementExtractor> extractor;
  StatementOptions statement_options;
  std::string version_string;

 private:
  void Annotate(AnalyzedArticle* analyzed) const {
    model->Annotate(analyzed->sentences);
    text::TrueCased headlines = text::TrueCasedHeadlines(*lemmas, *names, analyzed->sentences);
    model->Annotate(headlines.sentences);
    text::TakeTrees(headlines, analyzed->sentences);
    for (Sentence& sentence : analyzed->sentences) {
      lemmas->Correct(&sentence);
      attachments.Repair(&sentence);
      names->Annotate(&sentence);
    }
    names->Agree(analyzed->sentences);
  }
};

}  // namespace

Result<std::unique_ptr<Pipeline>> Pipeline::Load(const ResourcePaths& resources,
                                                 const PipelineOptions& options) {
  auto pipeline = std::make_unique<PipelineImpl>();
  const std::string& data = resources.data_dir;
  const std::string& models = resources.models_dir;
  WHOWHOM_TRY(pipeline->tokenizer, Tokenizer::Load(data, models));
  WHOWHOM_TRY(pipeline->model, LanguageModel::Load(models + "/" + options.model + ".model"));
  WHOWHOM_TRY(pipeline->lemmas, Lemmatizer::Load(data, models));
  WHOWHOM_TRY(pipeline->attachments, AttachmentRepair::Load(data));
  WHOWHOM_TRY(pipeline->names, NameFinder::Load(data));
  WHOWHOM_TRY(pipeline->resolver, ActorResolver::Load(data, models, options.user_layers));
  WHOWHOM_TRY(pipeline->coder, EventCoder::Load(data));
  WHOWHOM_TRY(pipeline->times, TimeNormalizer::Load(data));
  WHOWHOM_TRY(pipeline->extractor,
              StatementExtractor::Load(data, models, pipeline->coder.get(), pipeline->times.get()));
  pipeline->statement_options = options.statements;
  pipeline->version_string =
      std::string(kProgramVersion) + " " + pipeline->model->version() + " " + pipeline->resolver->version();
  return std::unique_ptr<Pipeline>(std::move(pipeline));
}

}  // namespace whowhom::extract
