#include "record_codec.h"

#include <zstd.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "coding.h"
#include "values.h"

namespace whowhom::storage {
namespace {

constexpr size_t kMaxTextBytes = size_t{256} << 20;
constexpr int kTextLevel = 3;
constexpr double kMaxScore = 1e9;

class StringTable {
 public:
  // Numbers start at 1; 0 is the empty string.
  uint64_t NumberOf(std::string_view text) {
    if (text.empty()) return 0;
    const auto [place, is_new] = numbers_.try_emplace(std::string(text), numbers_.size() + 1);
    if (is_new) PutString(text, &bytes_);
    return place->second;
  }
  // The count, then the strings.
  void AppendTo(std::string* out) const {
    PutVarint(numbers_.size(), out);
    out->append(bytes_);
  }

 private:
  std::unordered_map<std::string, uint64_t> numbers_;
  std::string bytes_;
};

class RecordWriter {
 public:
  explicit RecordWriter(std::string_view text) : text_(text) {}

  void Byte(uint8_t value) { PutFixed8(value, &body_); }
  void Number(uint64_t value) { PutVarint(value, &body_); }
  void Signed(int64_t value) { PutSigned(value, &body_); }
  void String(std::string_view value) { Number(table_.NumberOf(value)); }
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

  void Actor(const ActorRef& actor) {
    const bool is_none = actor == ActorRef{};
    Byte(is_none ? 0 : 1);
    if (is_none) return;
    String(actor.name);
    Byte(static_cast<uint8_t>(actor.type));
    String(actor.country);
    String(actor.sector);
    String(actor.discriminator);
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
  const StringTable& table() const { return table_; }

 private:
  std::string_view text_;
  std::string body_;
  StringTable table_;
  int64_t position_ = 0;
};

class RecordReader {
 public:
  RecordReader(std::string_view text, const std::vector<std::string_view>* table, std::string_view body)
      : text_(text), table_(table), reader_(body) {}

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
    if (number > table_->size()) {
      reader_.Fail();
      return {};
    }
    return std::string((*table_)[static_cast<size_t>(number - 1)]);
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
  ActorRef Actor() {
    ActorRef actor;
    if (Byte() == 0) return actor;
    actor.name = String();
    actor.type = Kind(EntityType::kEvent);
    actor.country = String();
    actor.sector = String();
    actor.discriminator = String();
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
  const std::vector<std::string_view>* table_;
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

std::string Assemble(const StringTable& table, std::string_view body) {
  std::string value(1, static_cast<char>(kFormat));
  table.AppendTo(&value);
  value.append(body);
  return value;
}

// Format byte and string table; what follows is left in the reader.
std::optional<std::vector<std::string_view>> OpenTable(ByteReader* reader) {
  if (reader->Fixed8() != kFormat) return std::nullopt;
  std::vector<std::string_view> table(reader->Count());
  for (std::string_view& text : table) text = reader->String();
  if (!reader->ok()) return std::nullopt;
  return table;
}

uint32_t PredicateBegin(const Statement& statement) {
  return statement.predicate.spans.empty() ? 0 : statement.predicate.spans.front().begin;
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
  struct Entry {
    Statement statement;
    bool is_bare;
  };
  std::vector<Entry> entries;
  for (size_t i = 0; i < article->statements.size(); ++i) {
    entries.push_back({std::move(article->statements[i]), article->is_bare[i]});
  }
  auto bytes_of = [&](const Entry& entry) {
    RecordWriter writer("");
    WriteStatement(entry.statement, document, entry.is_bare, &writer);
    return Assemble(writer.table(), writer.body());
  };
  auto place_of = [](const Statement& s) { return std::tuple(s.sentence, s.span, PredicateBegin(s), s.id); };
  // One record for each id first, then the order of the text.
  std::sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    if (a.statement.id != b.statement.id) return a.statement.id < b.statement.id;
    if (a.is_bare != b.is_bare) return b.is_bare;
    return bytes_of(a) < bytes_of(b);
  });
  const auto same_id = [](const Entry& a, const Entry& b) { return a.statement.id == b.statement.id; };
  entries.erase(std::unique(entries.begin(), entries.end(), same_id), entries.end());
  std::sort(entries.begin(), entries.end(),
            [&](const Entry& a, const Entry& b) { return place_of(a.statement) < place_of(b.statement); });
  article->statements.clear();
  article->is_bare.clear();
  for (Entry& entry : entries) {
    article->statements.push_back(std::move(entry.statement));
    article->is_bare.push_back(entry.is_bare);
  }
}

std::string EncodeDocument(const Document& document) {
  RecordWriter out("");
  out.String(document.path);
  out.String(document.title);
  out.String(document.url);
  out.String(document.outlet);
  out.String(document.author);
  out.Byte(document.date ? 1 : 0);
  if (document.date) out.Signed(document.date->number);
  out.String(document.language);
  out.String(document.signature);
  out.String(document.extractor);
  out.String(document.given_id);
  out.String(document.unknown);
  out.Number(document.mentions.size());
  for (const Mention& mention : document.mentions) {
    out.Span(mention.span);
    out.Actor(mention.actor);
    out.Byte(static_cast<uint8_t>(mention.kind));
    out.Number(mention.cluster ? static_cast<uint64_t>(static_cast<uint32_t>(*mention.cluster)) + 1 : 0);
  }
  return Assemble(out.table(), out.body());
}

std::optional<Document> DecodeDocument(const DocId& id, std::string_view value) {
  ByteReader head(value);
  const auto table = OpenTable(&head);
  if (!table) return std::nullopt;
  RecordReader in("", &*table, head.rest());
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
    mention.actor = in.Actor();
    mention.kind = in.Kind(MentionKind::kPronoun);
    const uint64_t cluster = in.reader().Varint();
    if (cluster > uint64_t{UINT32_MAX} + 1) in.reader().Fail();
    if (cluster > 0) mention.cluster = static_cast<int>(static_cast<uint32_t>(cluster - 1));
  }
  if (!in.done()) return std::nullopt;
  return document;
}

std::string EncodeStatements(const Article& article) {
  const Document* document = article.document ? &*article.document : nullptr;
  RecordWriter out(document != nullptr ? std::string_view(document->text) : std::string_view());
  std::string rows;
  PutVarint(article.statements.size(), &rows);
  for (size_t i = 0; i < article.statements.size(); ++i) {
    WriteStatement(article.statements[i], document, article.is_bare[i], &out);
    PutString(out.body(), &rows);
    out.ClearBody();
  }
  return Assemble(out.table(), rows);
}

std::optional<StoredStatements> DecodeStatements(const DocId& id, const Document* document,
                                                 std::string_view value, std::optional<uint32_t> only) {
  ByteReader head(value);
  const auto table = OpenTable(&head);
  if (!table) return std::nullopt;
  const std::string_view text = document != nullptr ? std::string_view(document->text) : std::string_view();
  StoredStatements stored;
  const size_t count = head.Count();
  for (size_t i = 0; i < count; ++i) {
    const std::string_view body = head.String();
    if (!head.ok()) return std::nullopt;
    if (only && *only != i) continue;
    RecordReader in(text, &*table, body);
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
  std::string value(1, static_cast<char>(kFormat));
  PutVarint(text.size(), &value);
  const size_t head = value.size();
  value.resize(head + ZSTD_compressBound(text.size()));
  const size_t size =
      ZSTD_compress(value.data() + head, value.size() - head, text.data(), text.size(), kTextLevel);
  value.resize(head + (ZSTD_isError(size) != 0U ? 0 : size));
  return value;
}

std::optional<std::string> DecodeText(std::string_view value) {
  ByteReader reader(value);
  if (reader.Fixed8() != kFormat) return std::nullopt;
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
