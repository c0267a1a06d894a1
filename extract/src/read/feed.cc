// RSS 0.9-2.0, RDF and Atom.
//
// pugixml: it knows no document type, so entities are never expanded and nothing outside is ever opened, its
// parser does not recurse, and of a feed that breaks off it keeps what came before.
#include <cstring>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "read/dates.h"
#include "read/encoding.h"
#include "read/formats.h"
#include "read/html_scanner.h"
#include "read/normalize.h"
#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

constexpr size_t kMaxSearchDepth = 4;  // rss/channel/item, rdf/item, feed/entry
constexpr size_t kMaxContent = size_t{8} << 20;

// "content:encoded" -> "encoded"
std::string_view LocalName(const char* name) {
  const char* colon = std::strrchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

bool IsNamed(const pugi::xml_node& node, std::string_view name) {
  return EqualsNoCase(LocalName(node.name()), name);
}

// The text of an element: its character data, or the markup inside it (Atom's xhtml).
std::string ContentOf(const pugi::xml_node& node) {
  struct StringWriter : pugi::xml_writer {
    void write(const void* data, size_t size) override {
      if (out.size() < kMaxContent) out.append(static_cast<const char*>(data), size);
    }
    std::string out;
  };
  StringWriter writer;
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      writer.out.append(child.value());
    } else if (child.type() == pugi::node_element) {
      child.print(writer, "", pugi::format_raw | pugi::format_no_declaration);
    }
    if (writer.out.size() >= kMaxContent) break;
  }
  return std::move(writer.out);
}

std::string PlainText(const Lexicon& lexicon, std::string_view text) {
  return CollapseBlanks(NormalizeText(DecodeEntities(lexicon, text)));
}

struct FeedMeta {
  std::string outlet;
  std::string language;
};

class FeedReader {
 public:
  FeedReader(const std::string& path, ReadContext* context) : path_(path), context_(context) {}

  size_t items() const { return items_; }

  // Items below `node`; those of channels and feeds take their name from it.
  void Read(const pugi::xml_node& node, FeedMeta meta, size_t depth) {
    for (const pugi::xml_node child : node.children()) {
      if (IsNamed(child, "title") && depth > 0)
        meta.outlet = PlainText(context_->lexicon, child.child_value());
      if (IsNamed(child, "language")) meta.language = PlainText(context_->lexicon, child.child_value());
    }
    if (meta.language.empty()) meta.language = node.attribute("xml:lang").value();
    for (const pugi::xml_node child : node.children()) {
      if (context_->stopped()) return;
      if (IsNamed(child, "item") || IsNamed(child, "entry")) {
        ReadItem(child, meta);
      } else if (depth < kMaxSearchDepth && (IsNamed(child, "rss") || IsNamed(child, "channel") ||
                                             IsNamed(child, "feed") || IsNamed(child, "RDF"))) {
        // A feed's items that follow its channel (RSS 1.0) get the channel's name too.
        if (IsNamed(child, "channel")) {
          for (const pugi::xml_node name : child.children("title"))
            meta.outlet = PlainText(context_->lexicon, name.child_value());
        }
        Read(child, meta, depth + 1);
      }
    }
  }

 private:
  void ReadItem(const pugi::xml_node& item, const FeedMeta& meta) {
    ++items_;
    RawArticle raw;
    raw.outlet = meta.outlet;
    raw.language = meta.language;
    std::string content;
    std::string summary;
    std::string published;
    std::string updated;
    std::string guid;
    for (const pugi::xml_node child : item.children()) {
      const std::string_view name = LocalName(child.name());
      if (name == "title" && raw.title.empty()) raw.title = PlainText(context_->lexicon, ContentOf(child));
      if (name == "encoded" || (name == "content" && std::strchr(child.name(), ':') == nullptr))
        content = ContentOf(child);
      if (name == "description" || name == "summary") summary = ContentOf(child);
      if (name == "pubDate" || name == "published" || name == "issued" || name == "date")
        published = child.child_value();
      if (name == "updated" || name == "modified") updated = child.child_value();
      if (name == "guid" || name == "id") guid = Trim(child.child_value());
      if (name == "creator" || name == "author") ReadAuthor(child, &raw);
      if (name == "link") ReadLink(child, &raw);
      if (name == "source") raw.outlet = PlainText(context_->lexicon, SourceName(child));
    }
    if (raw.url.empty() && guid.find("://") != std::string::npos) raw.url = guid;
    raw.path = path_ + "#" + std::to_string(items_);
    // Atom demands the day of the last change only.
    const bool is_update = published.empty() && !updated.empty();
    if (is_update) published = updated;
    if (const std::optional<FoundDate> date = ParseDateField(context_->lexicon, published)) {
      raw.date = date->day;
      if (date->day && is_update) raw.notes.emplace_back("the date is that of the last update");
      if (date->day) {
        raw.date_source = "metadata";
      } else {
        raw.notes.push_back("date \"" + published.substr(0, 60) + "\": " + date->problem);
      }
    }
    if (content.size() < summary.size()) content = std::move(summary);
    AddHtmlFragment(content, context_->lexicon, &raw);
    context_->EmitPage(std::move(raw), items_);
  }

  void ReadAuthor(const pugi::xml_node& node, RawArticle* raw) {
    const pugi::xml_node name = node.child("name");
    const std::string text = PlainText(context_->lexicon, name ? name.child_value() : node.child_value());
    if (text.find('@') != std::string::npos) {
      // RSS: "mail@example.org (Ana Souza)"
      const size_t open = text.find('(');
      const size_t close = text.rfind(')');
      if (open == std::string::npos || close == std::string::npos || close < open) return;
      raw->author = text.substr(open + 1, close - open - 1);
      return;
    }
    if (!text.empty()) raw->author += (raw->author.empty() ? "" : ", ") + text;
  }

  static void ReadLink(const pugi::xml_node& node, RawArticle* raw) {
    const std::string_view relation = node.attribute("rel").value();
    if (!relation.empty() && relation != "alternate") return;
    const std::string_view href = node.attribute("href").value();
    if (raw->url.empty()) raw->url = std::string(Trim(href.empty() ? node.child_value() : href));
  }

  static std::string SourceName(const pugi::xml_node& node) {
    const pugi::xml_node title = node.child("title");
    return title ? title.child_value() : node.child_value();
  }

  const std::string& path_;
  ReadContext* context_;
  size_t items_ = 0;
};

}  // namespace

void ReadFeed(std::string_view bytes, const std::string& path, ReadContext* context) {
  Decoded decoded = DecodeBytes(bytes, DeclaredCharset(bytes));
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer_inplace(
      decoded.text.data(), decoded.text.size(), pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol,
      pugi::encoding_utf8);
  FeedReader reader(path, context);
  reader.Read(document, {}, 0);
  if (!result) {
    context->Fail(path, static_cast<uint64_t>(result.offset),
                  std::string("the feed is not well-formed XML (") + result.description() +
                      "); items before that were read");
  } else if (reader.items() == 0) {
    context->Fail(path, 0, "the feed has no items", true);
  }
}

}  // namespace whowhom::extract::read
