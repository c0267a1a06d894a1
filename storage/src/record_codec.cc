#include "record_codec.h"

#include <zstd.h>

#include <algorithm>
#include <cmath>

#include "coding.h"
#include "record_dictionary.h"
#include "values.h"

namespace whowhom::storage {
namespace {

constexpr size_t kMaxTextBytes = size_t{256} << 20;
// stored: never renumber. Records of format 1 share no dictionary, its texts are compressed one by one.
constexpr uint8_t kRecordFormat = 2;
constexpr double kMaxScore = 1e9;

class RecordWriter {
 public:
  RecordWriter(std::string_view text, Dictionary* dictionary) : text_(text), dictionary_(dictionary) {}

  void Byte(uint8_t value) { PutFixed8(value, &body_); }
  void Number(uint64_t value) { PutVarint(value, &body_); }
  void Signed(int64_t value) { PutSigned(value, &body_); }
  void String(std::string_view value) { Number(dictionary_->NumberOf(value)); }
  void Id(const Hash128& hash) { PutHash(hash, &body_); }
  void Score(double value) {
    const double bounded = std::isfinite(value) ? std::clamp(value, -kMaxScore, kMaxScore) : 0;
    Signed(std::llround(bounded * 100));
  }

  // Positions are relative to the last one written.
  void Span(const ByteSpan& span) {
    Signed(int64_t{span.begin} - position_);
    Signed(int64_t{span.end} - span.begin);
    position_ = span.begin;
  }
  void Spans(const std::vector<ByteSpan>& spans) {
    Number(spans.size());
    for (const ByteSpan& span : spans) Span(span);
  }
  // 1 = as the spans say, 0 = given here.
  void TextAt(std::string_view text, const std::vector<ByteSpan>& spans) {
    const bool is_slice = !spans.empty() && JoinSpans(text_, spans) == text;
    Byte(is_slice ? 1 : 0);
    if (!is_slice) String(text);
  }

  // 0 = none, 1 = one that is described here, from 2 on = one of the document's mentions.
  void Actor(const ActorRef& actor, bool is_mention = false) {
    if (actor == ActorRef{}) return Number(0);
    const ActorFields fields = dictionary_->FieldsOf(actor);
    const uint64_t known = dictionary_->ActorNumber(fields);
    if (known != 0) return Number(known + 1);
    Number(1);
    Number(fields.name);
    Byte(static_cast<uint8_t>(fields.type));
    Number(fields.country);
    Number(fields.sector);
    Number(fields.discriminator);
    if (is_mention) dictionary_->AddActor(fields, actor);
  }
  void Words(const Phrase& phrase) {
    Spans(phrase.spans);
    TextAt(phrase.text, phrase.spans);
    Actor(phrase.actor);
    String(phrase.head);
    Number(phrase.members.size());
    for (const ActorRef& member : phrase.members) Actor(member);
  }

  const std::string& body() const { return body_; }
  void ResetPosition() { position_ = 0; }
  void ClearBody() { body_.clear(); }

 private:
  std::string_view text_;
  std::string body_;
  Dictionary* dictionary_;
  int64_t position_ = 0;
};

class RecordReader {
 public:
  RecordReader(std::string_view text, Dictionary* dictionary, std::string_view body)
      : text_(text), dictionary_(dictionary), reader_(body) {}

  bool done() const { return reader_.done(); }
  ByteReader& reader() { return reader_; }
  uint8_t Byte() { return reader_.Fixed8(); }
  // A stored enum; fails above `last`.
  template <typename Enum>
  Enum Kind(Enum last) {
    const uint8_t value = Byte();
    if (value > static_cast<uint8_t>(last)) reader_.Fail();
    return reader_.ok() ? static_cast<Enum>(value) : static_cast<Enum>(0);
  }
  std::string String() {
    const uint64_t number = reader_.Varint();
    if (number == 0) return {};
    if (number > dictionary_->text_count()) {
      reader_.Fail();
      return {};
    }
    return std::string(dictionary_->TextOf(number));
  }
  double Score() { return static_cast<double>(reader_.Signed()) / 100.0; }
  Day DayNumber() {
    const int64_t number = reader_.Signed();
    if (number < INT32_MIN || number > INT32_MAX) reader_.Fail();
    return {static_cast<int32_t>(number)};
  }

  ByteSpan Span() {
    const int64_t begin = position_ + Step();
    const int64_t end = begin + Step();
    if (begin < 0 || begin > UINT32_MAX || end < 0 || end > UINT32_MAX) reader_.Fail();
    if (!reader_.ok()) return {};
    position_ = begin;
    return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
  std::vector<ByteSpan> Spans() {
    std::vector<ByteSpan> spans(reader_.Count(2));
    for (ByteSpan& span : spans) span = Span();
    return spans;
  }
  std::string TextAt(const std::vector<ByteSpan>& spans) {
    if (Byte() == 0) return String();
    std::optional<std::string> joined = JoinSpans(text_, spans);
    if (!joined) reader_.Fail();
    return joined.value_or("");
  }
  ActorRef Actor(bool is_mention = false) {
    ActorRef actor;
    const uint64_t number = reader_.Varint();
    if (number > dictionary_->actors().size() + 1) reader_.Fail();
    if (number == 0 || !reader_.ok()) return actor;
    if (number > 1) return dictionary_->actors()[static_cast<size_t>(number - 2)];
    actor.name = String();
    actor.type = Kind(EntityType::kEvent);
    actor.country = String();
    actor.sector = String();
    actor.discriminator = String();
    if (is_mention) dictionary_->AppendActor(actor);
    return actor;
  }
  Phrase Words() {
    Phrase phrase;
    phrase.spans = Spans();
    phrase.text = TextAt(phrase.spans);
    phrase.actor = Actor();
    phrase.head = String();
    phrase.members.resize(reader_.Count());
    for (ActorRef& member : phrase.members) member = Actor();
    return phrase;
  }

 private:
  int64_t Step() {
    const int64_t step = reader_.Signed();
    if (step < -int64_t{UINT32_MAX} || step > int64_t{UINT32_MAX}) reader_.Fail();
    return reader_.ok() ? step : 0;
  }

  std::string_view text_;
  Dictionary* dictionary_;
  ByteReader reader_;
  int64_t position_ = 0;
};

// What a statement has beyond its fixed part. stored: never renumber
enum Flag : uint32_t {
  kIdComputed = 1,
  kPathOfDocument = 2,
  kHasObject = 4,
  kHasScale = 8,
  kHasTime = 16,
  kHasPlace = 32,
  kHasPublished = 64,
  kImplicit = 128,
  kSymmetric = 256,
  kBare = 512,
  kHasUnknown = 1024,
  kPublishedOfDocument = 2048
};

uint32_t FlagsOf(const Statement& statement, const Document* document, bool is_bare) {
  uint32_t flags = 0;
  if (ComputeStatementId(statement) == statement.id) flags |= kIdComputed;
  if (document != nullptr && document->path == statement.path) flags |= kPathOfDocument;
  if (statement.object) flags |= kHasObject;
  if (statement.scale) flags |= kHasScale;
  if (statement.time) flags |= kHasTime;
  if (statement.place) flags |= kHasPlace;
  if (statement.published) flags |= kHasPublished;
  if (statement.published && document != nullptr && document->date == statement.published)
    flags |= kPublishedOfDocument;
  if (statement.implicit) flags |= kImplicit;
  if (statement.symmetric) flags |= kSymmetric;
  if (is_bare) flags |= kBare;
  if (!statement.unknown.empty()) flags |= kHasUnknown;
  return flags;
}

void WriteTail(const Statement& statement, uint32_t flags, RecordWriter* out) {
  out->Number(statement.attribution.size());
  for (const Attribution& voice : statement.attribution) {
    out->Actor(voice.actor);
    out->Span(voice.span);
    out->TextAt(voice.text, {voice.span});
    out->String(voice.verb);
  }
  out->Number(statement.content.size());
  for (const StatementId& id : statement.content) out->Id(id.hash);
  out->Byte(static_cast<uint8_t>(statement.event_class));
  out->String(statement.mode);
  out->String(statement.cameo);
  out->Byte(static_cast<uint8_t>(statement.quad));
  if ((flags & kHasScale) != 0) out->Score(*statement.scale);
  if ((flags & kHasTime) != 0) {
    out->Signed(statement.time->from.number);
    out->Signed(int64_t{statement.time->to.number} - statement.time->from.number);
    out->Byte(static_cast<uint8_t>(statement.time->grain));
    out->Span(statement.time->span);
    out->TextAt(statement.time->text, {statement.time->span});
  }
  if ((flags & kHasPlace) != 0) out->Actor(*statement.place);
  if ((flags & kHasPublished) != 0 && (flags & kPublishedOfDocument) == 0)
    out->Signed(statement.published->number);
  out->Number(statement.rules.size());
  for (const std::string& rule : statement.rules) out->String(rule);
  out->Score(statement.confidence);
  if ((flags & kHasUnknown) != 0) out->String(statement.unknown);
}

void WriteStatement(const Statement& statement, const Document* document, bool is_bare, RecordWriter* out) {
  const uint32_t flags = FlagsOf(statement, document, is_bare);
  out->ResetPosition();
  out->Number(flags);
  if ((flags & kIdComputed) == 0) out->Id(statement.id.hash);
  if ((flags & kPathOfDocument) == 0) out->String(statement.path);
  out->Number(statement.sentence);
  out->Span(statement.span);
  out->TextAt(statement.text, {statement.span});
  out->Words(statement.subject);
  out->Spans(statement.predicate.spans);
  out->TextAt(statement.predicate.text, statement.predicate.spans);
  out->String(statement.predicate.lemma);
  out->String(statement.predicate.shown);
  if ((flags & kHasObject) != 0) out->Words(*statement.object);
  out->Number(statement.arguments.size());
  for (const Argument& argument : statement.arguments) {
    out->String(argument.role);
    out->Words(argument.phrase);
  }
  out->Byte(static_cast<uint8_t>(static_cast<uint8_t>(statement.polarity) |
                                 static_cast<uint8_t>(statement.modality) << 1));
  WriteTail(statement, flags, out);
}

void ReadTail(uint32_t flags, const Document* document, RecordReader* in, Statement* statement) {
  statement->attribution.resize(in->reader().Count(4));
  for (Attribution& voice : statement->attribution) {
    voice.actor = in->Actor();
    voice.span = in->Span();
    voice.text = in->TextAt({voice.span});
    voice.verb = in->String();
  }
  statement->content.resize(in->reader().Count(16));
  for (StatementId& id : statement->content) id.hash = in->reader().Hash();
  statement->event_class = in->Kind(EventClass::kAssault);
  statement->mode = in->String();
  statement->cameo = in->String();
  statement->quad = in->Kind(Quad::kMaterialConflict);
  if ((flags & kHasScale) != 0) statement->scale = in->Score();
  if ((flags & kHasTime) != 0) {
    TimeExpression time;
    const int64_t from = in->DayNumber().number;
    const int64_t length = in->reader().Signed();
    if (length < -int64_t{UINT32_MAX} || length > int64_t{UINT32_MAX} || from + length < INT32_MIN ||
        from + length > INT32_MAX) {
      in->reader().Fail();
    } else {
      time.from.number = static_cast<int32_t>(from);
      time.to.number = static_cast<int32_t>(from + length);
    }
    time.grain = in->Kind(TimeGrain::kDecade);
    time.span = in->Span();
    time.text = in->TextAt({time.span});
    statement->time = time;
  }
  if ((flags & kHasPlace) != 0) statement->place = in->Actor();
  if ((flags & kPublishedOfDocument) != 0) {
    if (document == nullptr || !document->date) in->reader().Fail();
    if (document != nullptr) statement->published = document->date;
  } else if ((flags & kHasPublished) != 0) {
    statement->published = in->DayNumber();
  }
  statement->rules.resize(in->reader().Count());
  for (std::string& rule : statement->rules) rule = in->String();
  statement->confidence = in->Score();
  if ((flags & kHasUnknown) != 0) statement->unknown = in->String();
}

// Empty when damaged.
std::optional<Statement> ReadStatement(const DocId& id, const Document* document, RecordReader* in,
                                       bool* is_bare) {
  Statement statement;
  statement.doc = id;
  const uint32_t flags = in->reader().Varint32();
  if ((flags & kIdComputed) == 0) statement.id.hash = in->reader().Hash();
  if ((flags & kPathOfDocument) == 0) {
    statement.path = in->String();
  } else if (document != nullptr) {
    statement.path = document->path;
  } else {
    return std::nullopt;
  }
  statement.sentence = in->reader().Varint32();
  statement.span = in->Span();
  statement.text = in->TextAt({statement.span});
  statement.subject = in->Words();
  statement.predicate.spans = in->Spans();
  statement.predicate.text = in->TextAt(statement.predicate.spans);
  statement.predicate.lemma = in->String();
  statement.predicate.shown = in->String();
  if ((flags & kHasObject) != 0) statement.object = in->Words();
  statement.arguments.resize(in->reader().Count(2));
  for (Argument& argument : statement.arguments) {
    argument.role = in->String();
    argument.phrase = in->Words();
  }
  const uint8_t bits = in->Byte();
  if ((bits >> 1) > static_cast<uint8_t>(Modality::kQuestioned)) return std::nullopt;
  statement.polarity = static_cast<Polarity>(bits & 1);
  statement.modality = static_cast<Modality>(bits >> 1);
  ReadTail(flags, document, in, &statement);
  statement.implicit = (flags & kImplicit) != 0;
  statement.symmetric = (flags & kSymmetric) != 0;
  *is_bare = (flags & kBare) != 0;
  if (!in->done()) return std::nullopt;
  if ((flags & kIdComputed) != 0) statement.id = ComputeStatementId(statement);
  return statement;
}

// `known` strings need not be stored.
std::string Assemble(const Dictionary& dictionary, size_t known, std::string_view body) {
  std::string value(1, static_cast<char>(kRecordFormat));
  dictionary.AppendTo(known, &value);
  value.append(body);
  return value;
}

// Adds the strings that stand before the records; false when damaged. What follows is left in the reader.
bool ReadTexts(ByteReader* reader, Dictionary* dictionary) {
  const size_t count = reader->Count();
  for (size_t i = 0; i < count; ++i) dictionary->AppendText(reader->String());
  return reader->ok();
}

void WriteDocument(const Document& document, RecordWriter* out) {
  out->String(document.path);
  out->String(document.title);
  out->String(document.url);
  out->String(document.outlet);
  out->String(document.author);
  out->Byte(document.date ? 1 : 0);
  if (document.date) out->Signed(document.date->number);
  out->String(document.language);
  out->String(document.signature);
  out->String(document.extractor);
  out->String(document.given_id);
  out->String(document.unknown);
  out->Number(document.mentions.size());
  for (const Mention& mention : document.mentions) {
    out->Span(mention.span);
    out->Actor(mention.actor, /*is_mention=*/true);
    out->Byte(static_cast<uint8_t>(mention.kind));
    out->Number(mention.cluster ? static_cast<uint64_t>(static_cast<uint32_t>(*mention.cluster)) + 1 : 0);
  }
}

// What the statements of an article need not say: the document's strings and actors, numbered as in its row.
void LearnDocument(const Document& document, Dictionary* dictionary) {
  RecordWriter writer("", dictionary);
  WriteDocument(document, &writer);
}

// REQUIRES: the dictionary has learned the document.
std::string WriteStatements(const Article& article, Dictionary* dictionary) {
  const Document* document = article.document ? &*article.document : nullptr;
  const size_t known = dictionary->text_count();
  RecordWriter out(document != nullptr ? std::string_view(document->text) : std::string_view(), dictionary);
  std::string rows;
  PutVarint(article.statements.size(), &rows);
  for (size_t i = 0; i < article.statements.size(); ++i) {
    WriteStatement(article.statements[i], document, article.is_bare[i], &out);
    PutString(out.body(), &rows);
    out.ClearBody();
  }
  return Assemble(*dictionary, known, rows);
}

uint32_t PredicateBegin(const Statement& statement) {
  return statement.predicate.spans.empty() ? 0 : statement.predicate.spans.front().begin;
}

auto PlaceOf(const Statement& s) { return std::tuple(s.sentence, s.span, PredicateBegin(s), s.id); }

// As Canonicalise leaves them; so do extractors.
bool IsCanonical(const std::vector<Statement>& statements) {
  std::vector<StatementId> ids;
  ids.reserve(statements.size());
  for (size_t i = 0; i < statements.size(); ++i) {
    if (i > 0 && !(PlaceOf(statements[i - 1]) < PlaceOf(statements[i]))) return false;
    ids.push_back(statements[i].id);
  }
  std::sort(ids.begin(), ids.end());
  return std::adjacent_find(ids.begin(), ids.end()) == ids.end();
}

}  // namespace

std::optional<std::string> JoinSpans(std::string_view text, const std::vector<ByteSpan>& spans) {
  std::string joined;
  for (const ByteSpan& span : spans) {
    if (span.begin > span.end || span.end > text.size()) return std::nullopt;
    if (!joined.empty()) joined.push_back(' ');
    joined.append(text.substr(span.begin, span.size()));
  }
  return joined;
}

void Canonicalise(Article* article) {
  const Document* document = article->document ? &*article->document : nullptr;
  if (IsCanonical(article->statements)) return;
  struct Entry {
    Statement statement;
    bool is_bare;
  };
  std::vector<Entry> entries;
  for (size_t i = 0; i < article->statements.size(); ++i) {
    entries.push_back({std::move(article->statements[i]), article->is_bare[i]});
  }
  auto bytes_of = [&](const Entry& entry) {
    Dictionary dictionary;
    RecordWriter writer("", &dictionary);
    WriteStatement(entry.statement, document, entry.is_bare, &writer);
    return Assemble(dictionary, 0, writer.body());
  };
  // One record for each id first, then the order of the text.
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    if (a.statement.id != b.statement.id) return a.statement.id < b.statement.id;
    if (a.is_bare != b.is_bare) return b.is_bare;
    return bytes_of(a) < bytes_of(b);
  });
  const auto same_id = [](const Entry& a, const Entry& b) { return a.statement.id == b.statement.id; };
  entries.erase(std::unique(entries.begin(), entries.end(), same_id), entries.end());
  std::sort(entries.begin(), entries.end(),
            [&](const Entry& a, const Entry& b) { return PlaceOf(a.statement) < PlaceOf(b.statement); });
  article->statements.clear();
  article->is_bare.clear();
  for (Entry& entry : entries) {
    article->statements.push_back(std::move(entry.statement));
    article->is_bare.push_back(entry.is_bare);
  }
}

std::string EncodeDocument(const Document& document) {
  Dictionary dictionary;
  RecordWriter out("", &dictionary);
  WriteDocument(document, &out);
  return Assemble(dictionary, 0, out.body());
}

std::optional<Document> DecodeDocument(const DocId& id, std::string_view value) {
  ByteReader head(value);
  const uint8_t format = head.Fixed8();
  Dictionary dictionary;
  if (format < kFormat || format > kRecordFormat || !ReadTexts(&head, &dictionary)) return std::nullopt;
  RecordReader in("", &dictionary, head.rest());
  Document document;
  document.id = id;
  document.path = in.String();
  document.title = in.String();
  document.url = in.String();
  document.outlet = in.String();
  document.author = in.String();
  if (in.Byte() != 0) document.date = in.DayNumber();
  document.language = in.String();
  document.signature = in.String();
  document.extractor = in.String();
  document.given_id = in.String();
  document.unknown = in.String();
  document.mentions.resize(in.reader().Count(5));
  for (Mention& mention : document.mentions) {
    mention.span = in.Span();
    mention.actor = in.Actor(/*is_mention=*/true);
    mention.kind = in.Kind(MentionKind::kPronoun);
    const uint64_t cluster = in.reader().Varint();
    if (cluster > uint64_t{UINT32_MAX} + 1) in.reader().Fail();
    if (cluster > 0) mention.cluster = static_cast<int>(static_cast<uint32_t>(cluster - 1));
  }
  if (!in.done()) return std::nullopt;
  return document;
}

std::string EncodeStatements(const Article& article) {
  Dictionary dictionary;
  if (article.document) LearnDocument(*article.document, &dictionary);
  return WriteStatements(article, &dictionary);
}

ArticleRecords EncodeRecords(const Article& article) {
  ArticleRecords records;
  Dictionary dictionary;
  if (article.document) {
    RecordWriter out("", &dictionary);
    WriteDocument(*article.document, &out);
    records.document = Assemble(dictionary, 0, out.body());
  }
  records.statements = WriteStatements(article, &dictionary);
  return records;
}

std::optional<StoredStatements> DecodeStatements(const DocId& id, const Document* document,
                                                 std::string_view value, std::optional<uint32_t> only) {
  ByteReader head(value);
  const uint8_t format = head.Fixed8();
  if (format < kFormat || format > kRecordFormat) return std::nullopt;
  Dictionary dictionary;
  if (format == kRecordFormat && document != nullptr) LearnDocument(*document, &dictionary);
  if (!ReadTexts(&head, &dictionary)) return std::nullopt;
  const std::string_view text = document != nullptr ? std::string_view(document->text) : std::string_view();
  StoredStatements stored;
  const size_t count = head.Count();
  for (size_t i = 0; i < count; ++i) {
    const std::string_view body = head.String();
    if (!head.ok()) return std::nullopt;
    if (only && *only != i) continue;
    RecordReader in(text, &dictionary, body);
    bool is_bare = false;
    std::optional<Statement> statement = ReadStatement(id, document, &in, &is_bare);
    if (!statement) return std::nullopt;
    stored.statements.push_back(std::move(*statement));
    stored.is_bare.push_back(is_bare);
  }
  if (!head.done()) return std::nullopt;
  return stored;
}

std::string EncodeText(std::string_view text) {
  // The tables compress whole blocks, which serves short texts better than a frame for each.
  std::string value(1, static_cast<char>(kRecordFormat));
  PutString(text, &value);
  return value;
}

std::optional<std::string> DecodeText(std::string_view value) {
  ByteReader reader(value);
  const uint8_t format = reader.Fixed8();
  if (format == kRecordFormat) {
    const std::string_view plain = reader.String();
    if (!reader.done()) return std::nullopt;
    return std::string(plain);
  }
  if (format != kFormat) return std::nullopt;
  const uint64_t size = reader.Varint();
  if (!reader.ok() || size > kMaxTextBytes) return std::nullopt;
  const std::string_view frame = reader.rest();
  // The frame says its size too: nothing is reserved on the word of a damaged head alone.
  if (ZSTD_getFrameContentSize(frame.data(), frame.size()) != size) return std::nullopt;
  std::string text(static_cast<size_t>(size), '\0');
  const size_t got = ZSTD_decompress(text.data(), text.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0U || got != size) return std::nullopt;
  return text;
}

}  // namespace whowhom::storage
