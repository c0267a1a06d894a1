// Article JSON: one object, an array of them, an object that holds such an array, or one object per line.
//
// RapidJSON's SAX reader, iterative (its default one recurses and dies of a million brackets), with a cap on
// depth; no DOM is made. Lines are parsed in place; documents are streamed.
#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#endif
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <cstring>
#include <string>
#include <vector>

#include "read/article_fields.h"
#include "read/encoding.h"
#include "read/formats.h"
#include "read/normalize.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

constexpr size_t kMaxDepth = 256;
// Text grows when it is escaped ("\u00e9"); six bytes for one is the worst.
constexpr size_t kEscapeGrowth = 6;

// Collects articles from SAX events.
class ArticleHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, ArticleHandler> {
 public:
  ArticleHandler(const FieldNames& names, ReadContext* context) : names_(names), context_(context) {}

  // Before each top-level value.
  void Begin(const std::string* place, uint64_t offset) {
    place_ = place;
    offset_ = offset;
    frames_.clear();
    problem_.clear();
    ignored_ = 0;
    found_ = 0;
  }
  // Why parsing was stopped by us; empty if it was not.
  const std::string& problem() const { return problem_; }
  // Articles found in the current top-level value.
  size_t found() const { return found_; }
  // Where a stream stands; set by the reader so that articles of an array know their offset.
  void set_offset(uint64_t offset) { offset_ = offset; }

  bool Default() { return true; }  // null, booleans
  bool Int(int value) { return Number(std::to_string(value)); }
  bool Uint(unsigned value) { return Number(std::to_string(value)); }
  bool Int64(int64_t value) { return Number(std::to_string(value)); }
  bool Uint64(uint64_t value) { return Number(std::to_string(value)); }
  bool Double(double value) { return Number(std::to_string(value)); }

  bool String(const char* data, rapidjson::SizeType length, bool) {
    if (ignored_ > 0 || frames_.empty()) return true;
    Frame& frame = frames_.back();
    const std::string_view text(data, length);
    switch (frame.kind) {
      case FrameKind::kList:
        break;
      case FrameKind::kArticle:
        if (frame.key.role != FieldRole::kList) fields().Set(frame.key, text);
        break;
      case FrameKind::kValueArray:
        fields().Append(frame.value, text, Separator(frame.value));
        break;
      case FrameKind::kValueObject:
        // {"source": {"id": .., "name": "X"}}, {"content": {"rendered": ".."}}
        if (frame.key.rank != INT_MAX &&
            (frame.key.role == FieldRole::kTitle || frame.key.role == FieldRole::kText)) {
          fields().Append(frame.value, text, Separator(frame.value));
        }
        break;
    }
    return true;
  }

  bool Key(const char* data, rapidjson::SizeType length, bool) {
    if (ignored_ == 0 && !frames_.empty()) frames_.back().key = names_.Find({data, length});
    return true;
  }

  bool StartObject() { return Start(false); }
  bool StartArray() { return Start(true); }

  bool EndObject(rapidjson::SizeType) {
    if (Leave()) return true;
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.kind == FrameKind::kArticle) Finish();
    return !context_->stopped();
  }
  bool EndArray(rapidjson::SizeType) {
    if (!Leave()) frames_.pop_back();
    return true;
  }

 private:
  enum class FrameKind : uint8_t { kList, kArticle, kValueArray, kValueObject };
  struct Frame {
    FrameKind kind;
    FieldName key{FieldRole::kText, INT_MAX};    // the latest key
    FieldName value{FieldRole::kText, INT_MAX};  // of a value frame: whose value it is
  };

  static std::string_view Separator(FieldName name) { return name.role == FieldRole::kText ? "\n\n" : ", "; }

  ArticleFields& fields() { return articles_[depth_ - 1]; }

  bool Number(const std::string& digits) {
    return String(digits.data(), static_cast<rapidjson::SizeType>(digits.size()), true);
  }

  bool Start(bool is_array) {
    if (ignored_ > 0 || frames_.size() >= kMaxDepth) {
      ++ignored_;
      if (ignored_ + frames_.size() <= kMaxDepth) return true;
      problem_ = "is nested deeper than " + std::to_string(kMaxDepth) + " levels";
      return false;
    }
    if (frames_.empty() || frames_.back().kind == FrameKind::kList ||
        (frames_.back().kind == FrameKind::kArticle && frames_.back().key.role == FieldRole::kList &&
         frames_.back().key.rank != INT_MAX)) {
      frames_.push_back({is_array ? FrameKind::kList : FrameKind::kArticle, {}, {}});
      frames_.back().key.rank = INT_MAX;
      if (!is_array) Open();
      return true;
    }
    const Frame& parent = frames_.back();
    const FieldName value = parent.kind == FrameKind::kArticle ? parent.key : parent.value;
    if (value.rank == INT_MAX || value.role == FieldRole::kList) {
      ++ignored_;
      return true;
    }
    Frame frame{is_array ? FrameKind::kValueArray : FrameKind::kValueObject, {}, value};
    frame.key.rank = INT_MAX;
    frames_.push_back(frame);
    return true;
  }

  // True if what ends was ignored.
  bool Leave() {
    if (ignored_ == 0) return false;
    --ignored_;
    return true;
  }

  void Open() {
    ++depth_;
    if (articles_.size() < depth_) articles_.emplace_back();
    fields().Clear();
    found_before_.push_back(found_);
  }

  void Finish() {
    const size_t before = found_before_.back();
    found_before_.pop_back();
    if (fields().has_text()) {
      ++found_;
      fields().Emit(Place(), offset_, context_);
    } else if (found_ == before && !ParentHasText()) {
      context_->Fail(Place(), offset_, "has no text field");
      ++found_;
    }
    --depth_;
  }

  // Lists inside an article hold no articles; what they lack is no failure.
  bool ParentHasText() const {
    for (size_t i = 0; i + 1 < depth_; ++i) {
      if (articles_[i].has_text()) return true;
    }
    return false;
  }

  std::string Place() const {
    // Articles of one array are told apart by their number.
    return frames_.empty() ? *place_ : *place_ + "#" + std::to_string(found_);
  }

  const FieldNames& names_;
  ReadContext* context_;
  const std::string* place_ = nullptr;
  uint64_t offset_ = 0;
  std::vector<Frame> frames_;
  std::vector<ArticleFields> articles_;  // by nesting of articles; reused
  std::vector<size_t> found_before_;
  size_t depth_ = 0;
  size_t ignored_ = 0;  // open brackets of a subtree that says nothing
  size_t found_ = 0;
  std::string problem_;

 public:
  void Reset() {
    depth_ = 0;
    found_before_.clear();
  }
};

using Reader = rapidjson::GenericReader<rapidjson::UTF8<>, rapidjson::UTF8<>>;

// RapidJSON's view of a BufferedSource, read by chunks. Ends early when `budget` bytes were read without an
// article.
class SourceStream {
 public:
  using Ch = char;
  SourceStream(BufferedSource* source, size_t budget) : source_(source), budget_(budget) { Refill(); }

  Ch Peek() const { return pos_ < chunk_.size() ? chunk_[pos_] : '\0'; }
  Ch Take() {
    if (pos_ >= chunk_.size()) return '\0';
    const Ch c = chunk_[pos_++];
    if (pos_ == chunk_.size()) Refill();
    return c;
  }
  size_t Tell() const { return base_ + pos_; }
  bool AtEnd() const { return chunk_.empty(); }
  bool over_budget() const { return over_budget_; }
  void Renew() { spent_from_ = Tell(); }

  // Not for reading.
  Ch* PutBegin() { return nullptr; }
  void Put(Ch) {}
  void Flush() {}
  size_t PutEnd(Ch*) { return 0; }

 private:
  void Refill() {
    base_ += chunk_.size();
    pos_ = 0;
    over_budget_ = base_ - spent_from_ > budget_;
    chunk_ = over_budget_ ? std::string_view{} : source_->Take(size_t{1} << 16);
  }

  BufferedSource* source_;
  size_t budget_;
  std::string_view chunk_;
  size_t pos_ = 0;
  size_t base_ = 0;
  size_t spent_from_ = 0;
  bool over_budget_ = false;
};

// Renews the stream's budget at each article.
class StreamHandler {
 public:
  using Ch = char;
  StreamHandler(ArticleHandler* inner, SourceStream* stream) : inner_(inner), stream_(stream) {}
  bool Null() { return true; }
  bool Bool(bool) { return true; }
  bool Int(int v) { return inner_->Int(v); }
  bool Uint(unsigned v) { return inner_->Uint(v); }
  bool Int64(int64_t v) { return inner_->Int64(v); }
  bool Uint64(uint64_t v) { return inner_->Uint64(v); }
  bool Double(double v) { return inner_->Double(v); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return true; }
  bool String(const char* s, rapidjson::SizeType n, bool copy) { return inner_->String(s, n, copy); }
  bool Key(const char* s, rapidjson::SizeType n, bool copy) { return inner_->Key(s, n, copy); }
  bool StartObject() { return inner_->StartObject(); }
  bool StartArray() { return inner_->StartArray(); }
  bool EndArray(rapidjson::SizeType n) { return inner_->EndArray(n); }
  bool EndObject(rapidjson::SizeType n) {
    const size_t before = inner_->found();
    inner_->set_offset(stream_->Tell());
    const bool go_on = inner_->EndObject(n);
    if (inner_->found() != before) stream_->Renew();
    return go_on;
  }

 private:
  ArticleHandler* inner_;
  SourceStream* stream_;
};

std::string ParseProblem(const rapidjson::ParseResult& result, const ArticleHandler& handler) {
  if (!handler.problem().empty()) return handler.problem();
  return std::string("is not JSON at byte ") + std::to_string(result.Offset()) + ": " +
         rapidjson::GetParseError_En(result.Code());
}

}  // namespace

void ReadJsonDocument(BufferedSource* source, const std::string& path, ReadContext* context) {
  const FieldNames names(context->lexicon, context->options);
  ArticleHandler handler(names, context);
  const std::string_view mark = source->Peek(3);
  if (mark == "\xEF\xBB\xBF") source->Take(3);
  SourceStream stream(source, context->options.max_article_bytes * kEscapeGrowth);
  size_t values = 0;
  while (!context->stopped()) {
    rapidjson::SkipWhitespace(stream);
    if (stream.AtEnd()) {
      if (stream.over_budget()) context->Fail(path, stream.Tell(), "an article is too large");
      return;
    }
    const std::string place = values == 0 ? path : path + "#" + std::to_string(values);
    handler.Reset();
    handler.Begin(&place, stream.Tell());
    StreamHandler streamed(&handler, &stream);
    Reader reader;
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                                rapidjson::kParseStopWhenDoneFlag;
    const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, streamed);
    if (!result) {
      if (context->stopped()) return;
      context->Fail(
          path, stream.Tell(),
          stream.over_budget() ? std::string("an article is too large") : ParseProblem(result, handler));
      return;
    }
    ++values;
  }
}

void ReadJsonLineStream(BufferedSource* source, const std::string& path, ReadContext* context) {
  constexpr size_t kPadding = 32;  // the vector code of RapidJSON reads up to 15 bytes past the end
  const FieldNames names(context->lexicon, context->options);
  ArticleHandler handler(names, context);
  const size_t max_line = context->options.max_article_bytes * 2;
  if (source->Peek(3) == "\xEF\xBB\xBF") source->Take(3);
  std::string buffer;
  std::string place;
  uint64_t number = 0;
  for (;;) {
    const uint64_t offset = source->offset();
    std::string_view line;
    bool truncated = false;
    if (context->stopped() || !source->NextLine(max_line, &line, &truncated)) return;
    ++number;
    place = path + "#" + std::to_string(number);
    if (truncated) {
      context->Fail(place, offset, "the line is longer than " + std::to_string(max_line) + " bytes");
      continue;
    }
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (IsAscii(line) || IsValidUtf8(line)) {
      buffer.assign(line);
    } else {
      buffer = DecodeBytes(line, {}).text;
    }
    buffer.append(kPadding, '\0');
    handler.Reset();
    handler.Begin(&place, offset);
    rapidjson::InsituStringStream stream(buffer.data());
    Reader reader;
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseInsituFlag;
    const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, handler);
    if (!result && !context->stopped()) context->Fail(place, offset, ParseProblem(result, handler));
  }
}

}  // namespace whowhom::extract::read
