// JSON-LD of news pages (schema.org) -> fields.
#include <rapidjson/reader.h>

#include <climits>
#include <string>
#include <vector>

#include "read/html_page.h"
#include "read/html_scanner.h"
#include "read/normalize.h"
#include "read/strings.h"
#include "whowhom/core/utf8.h"

namespace whowhom::extract::read {
namespace {

constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxBytes = size_t{4} << 20;

// Takes the fields of the object whose @type names an article; if no object does, nothing.
class StructuredHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, StructuredHandler> {
 public:
  StructuredHandler(const Lexicon& lexicon, ArticleFields* meta) : lexicon_(lexicon), meta_(meta) {}

  bool Default() { return true; }
  bool String(const char* data, rapidjson::SizeType length, bool) {
    if (frames_.empty()) return true;
    Frame& frame = frames_.back();
    const std::string_view text(data, length);
    if (frame.key == "@type") {
      const std::string lower = LowerAscii(text.substr(0, 64));
      frame.is_article =
          frame.is_article || lower.ends_with("article") || lower.ends_with("posting") || lower == "report";
      return true;
    }
    const FieldName* field = Lexicon::Find(lexicon_.meta, frame.key);
    if (field != nullptr) {
      frame.values.push_back({*field, std::string(text)});
    } else if (frame.key == "name" || frame.key == "@id") {
      frame.name = frame.key == "name" || frame.name.empty() ? std::string(text) : frame.name;
    }
    if (frame.key == "name") frame.name = std::string(text);
    return true;
  }
  bool Key(const char* data, rapidjson::SizeType length, bool) {
    frames_.back().key = LowerAscii(std::string_view(data, std::min<size_t>(length, 64)));
    return true;
  }
  bool StartObject() { return Push(); }
  bool StartArray() {
    // An array stands for its members: they see the key of the array.
    if (frames_.size() >= kMaxDepth) return false;
    Frame frame;
    frame.key = frames_.empty() ? std::string() : frames_.back().key;
    frame.is_array = true;
    frames_.push_back(std::move(frame));
    return true;
  }
  bool EndArray(rapidjson::SizeType) {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frames_.empty()) return true;
    for (Value& value : frame.values) frames_.back().values.push_back(std::move(value));
    frames_.back().is_article = frames_.back().is_article || frame.is_article;
    return true;
  }
  bool EndObject(rapidjson::SizeType) {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.is_article) {
      for (const Value& value : frame.values) Take(value);
      return true;
    }
    // {"author": {"name": "X"}}: the name is the value.
    if (!frames_.empty() && !frame.name.empty()) {
      if (const FieldName* field = Lexicon::Find(lexicon_.meta, frames_.back().key)) {
        frames_.back().values.push_back({*field, std::move(frame.name)});
      }
    }
    return true;
  }

 private:
  struct Value {
    FieldName field;
    std::string text;
  };
  struct Frame {
    std::string key;
    std::string name;
    std::vector<Value> values;
    bool is_article = false;
    bool is_array = false;
  };

  bool Push() {
    if (frames_.size() >= kMaxDepth) return false;
    frames_.emplace_back();
    return true;
  }

  void Take(const Value& value) {
    std::string text = value.text;
    if (!IsValidUtf8(text)) text = RepairUtf8(text).text;
    text = DecodeEntities(lexicon_, text);
    if (value.field.role != FieldRole::kText) text = CollapseBlanks(NormalizeText(text));
    const bool link = text.find("://") != std::string::npos;
    if (link && value.field.role != FieldRole::kUrl && value.field.role != FieldRole::kText) return;
    if (value.field.role == FieldRole::kAuthor) {
      meta_->Append(value.field, text, ", ");
    } else {
      meta_->Set(value.field, text);
    }
  }

  const Lexicon& lexicon_;
  ArticleFields* meta_;
  std::vector<Frame> frames_;
};

}  // namespace

void ReadStructuredData(const Lexicon& lexicon, std::string_view json, ArticleFields* meta) {
  if (json.size() > kMaxBytes) return;
  const std::string copy(json);
  rapidjson::StringStream stream(copy.c_str());
  StructuredHandler handler(lexicon, meta);
  rapidjson::Reader reader;
  // A broken script says nothing; what was complete before the break counts.
  reader.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseStopWhenDoneFlag>(stream, handler);
}

}  // namespace whowhom::extract::read
