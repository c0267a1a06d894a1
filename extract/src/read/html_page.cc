#include "read/html_page.h"

#include <algorithm>
#include <utility>

#include "read/html_scanner.h"
#include "read/normalize.h"
#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

constexpr size_t kMaxNodes = size_t{1} << 19;
constexpr size_t kMaxBlocks = size_t{1} << 19;
// A closing tag is matched within so many open elements; what is further up stays open.
constexpr size_t kMatchReach = 256;
constexpr size_t kMaxOpen = size_t{1} << 20;
constexpr size_t kMaxStructured = 16;
constexpr size_t kMaxClassBytes = 512;
constexpr size_t kMaxBlockBytes = size_t{4} << 20;

struct OpenElement {
  uint64_t name = 0;  // hash
  uint32_t node = 0;
  RawKind kind = RawKind::kParagraph;
  uint8_t level = 0;
};

uint64_t HashName(std::string_view name) { return std::hash<std::string_view>{}(name); }

class PageBuilder {
 public:
  PageBuilder(const Lexicon& lexicon, std::string_view html) : lexicon_(lexicon), scanner_(html) {
    page_.nodes.emplace_back();
    open_.push_back({});
  }

  HtmlPage Build() {
    for (HtmlToken token = scanner_.Next(); token != HtmlToken::kEnd; token = scanner_.Next()) {
      switch (token) {
        case HtmlToken::kText:
          AddText(scanner_.text());
          break;
        case HtmlToken::kOpen:
          Open();
          break;
        case HtmlToken::kClose:
          Close();
          break;
        case HtmlToken::kEnd:
          break;
      }
    }
    Flush();
    SumProse();
    return std::move(page_);
  }

 private:
  void AddText(std::string_view raw) {
    if (block_.size() > kMaxBlockBytes) Flush();
    const size_t before = block_.size();
    if (raw.find('&') == std::string_view::npos) {
      Collapse(raw);
    } else {
      decoded_.clear();
      AppendDecoded(lexicon_, raw, &decoded_);
      Collapse(decoded_);
    }
    if (in_link_) link_bytes_ += block_.size() - before;
  }

  // Appends with runs of blanks made one.
  void Collapse(std::string_view text) {
    size_t pos = 0;
    while (pos < text.size()) {
      if (IsBlank(text[pos])) {
        ++pos;
        if (!block_.empty() && block_.back() != ' ') block_.push_back(' ');
        continue;
      }
      size_t end = pos + 1;
      while (end < text.size() && !IsBlank(text[end])) ++end;
      block_.append(text.substr(pos, end - pos));
      pos = end;
    }
  }

  void Flush() {
    while (!block_.empty() && block_.back() == ' ') block_.pop_back();
    if (!block_.empty() && page_.blocks.size() < kMaxBlocks) {
      const OpenElement& top = open_.back();
      HtmlBlock block;
      block.raw.text = IsAscii(block_) && block_.find_first_of(kControls) == std::string::npos
                           ? block_
                           : CollapseBlanks(NormalizeText(block_));
      block.raw.kind = top.kind;
      block.raw.link_share =
          static_cast<float>(std::min(link_bytes_, block_.size())) / static_cast<float>(block_.size());
      block.raw.gap_before = !after_break_;
      block.node = top.node;
      block.level = top.level;
      if (!block.raw.text.empty()) Count(std::move(block));
    }
    block_.clear();
    link_bytes_ = 0;
    after_break_ = false;
  }

  void Count(HtmlBlock block) {
    HtmlNode& node = page_.nodes[block.node];
    const std::string& text = block.raw.text;
    const auto link = static_cast<uint32_t>(block.raw.link_share * static_cast<float>(text.size()));
    node.link_bytes += link;
    const char last = text.back();
    const bool ends = last == '.' || last == '?' || last == '!' || last == '"' || last == ')' ||
                      last == ':' || static_cast<unsigned char>(last) >= 0x80;
    const bool heading = block.raw.kind == RawKind::kHeading;
    if (!heading && block.raw.link_share < 0.5F && text.size() >= 40 && (ends || text.size() >= 160)) {
      node.prose_bytes += static_cast<uint32_t>(text.size()) - link;
    }
    if (heading && block.raw.link_share > 0.8F) {
      node.has_link_heading = true;
      page_.nodes[node.parent].has_link_heading = true;
    }
    page_.blocks.push_back(std::move(block));
  }

  void Open() {
    const std::string& name = scanner_.name();
    const Element* element = Lexicon::Find(lexicon_.elements, name);
    if (element == nullptr) {
      OpenInline(name);
      return;
    }
    switch (element->kind) {
      case ElementKind::kInline:
        OpenInline(name);
        break;
      case ElementKind::kVoid:
        OpenVoid(name);
        break;
      case ElementKind::kBreak:
        Break(name);
        break;
      case ElementKind::kRaw:
        OpenRaw(name);
        break;
      case ElementKind::kBlock:
      case ElementKind::kHeading:
      case ElementKind::kItem:
      case ElementKind::kQuote:
        OpenBlock(name, *element);
        break;
    }
  }

  void OpenInline(const std::string& name) {
    if (name == "a") {
      in_link_ = true;
      link_depth_ = open_.size();
    } else if (name == "time") {
      const std::string_view day = FindAttribute(scanner_.attributes(), "datetime");
      // The first time with a machine-readable value, trusted less than what is named.
      if (!day.empty()) page_.meta.Set({FieldRole::kDate, 60}, day);
      TakeItemProperty();
    } else if (name == "span") {
      TakeItemProperty();
    }
  }

  // itemprop="datePublished" content="..."
  void TakeItemProperty() {
    const std::string_view attributes = scanner_.attributes();
    const std::string_view property = FindAttribute(attributes, "itemprop");
    if (property.empty()) return;
    std::string_view value = FindAttribute(attributes, "content");
    if (value.empty()) value = FindAttribute(attributes, "datetime");
    SetMeta(property, value);
  }

  void SetMeta(std::string_view name, std::string_view value) {
    if (name.empty() || value.empty() || name.size() > 64 || value.size() > 4096) return;
    const FieldName* field = Lexicon::Find(lexicon_.meta, LowerAscii(name));
    if (field == nullptr) return;
    const std::string text = CollapseBlanks(NormalizeText(DecodeEntities(lexicon_, value)));
    // Profiles of authors and handles are no names.
    const bool link = text.find("://") != std::string::npos || text.starts_with("@");
    if (link && (field->role == FieldRole::kAuthor || field->role == FieldRole::kOutlet)) return;
    page_.meta.Set(*field, text);
  }

  void OpenVoid(const std::string& name) {
    const std::string_view attributes = scanner_.attributes();
    if (name == "meta") {
      std::string_view key = FindAttribute(attributes, "property");
      if (key.empty()) key = FindAttribute(attributes, "name");
      if (key.empty()) key = FindAttribute(attributes, "itemprop");
      if (key.empty()) key = FindAttribute(attributes, "http-equiv");
      SetMeta(key, FindAttribute(attributes, "content"));
    } else if (name == "link" && EqualsNoCase(FindAttribute(attributes, "rel"), "canonical")) {
      SetMeta("canonical", FindAttribute(attributes, "href"));
    }
  }

  // One <br> ends a line of a long text, two end a paragraph; in short lines one is a blank.
  void Break(const std::string& name) {
    constexpr size_t kLongLine = 90;
    while (!block_.empty() && block_.back() == ' ') block_.pop_back();
    if (name == "hr" || block_.size() >= kLongLine || last_break_ == block_.size()) {
      Flush();
      after_break_ = name != "hr";
      last_break_ = std::string::npos;
      return;
    }
    if (!block_.empty()) block_.push_back(' ');
    last_break_ = block_.size() - (block_.empty() ? 0 : 1);
  }

  void OpenRaw(const std::string& name) {
    const bool structured = name == "script" && FindNoCase(FindAttribute(scanner_.attributes(), "type"),
                                                           "ld+json") != std::string_view::npos;
    const bool title = name == "title" && page_.title_tag.empty() && open_.size() < 64;
    const std::string_view content = scanner_.TakeRaw();
    if (structured && page_.structured.size() < kMaxStructured) page_.structured.emplace_back(content);
    if (title)
      page_.title_tag = CollapseBlanks(NormalizeText(DecodeEntities(lexicon_, content.substr(0, 2000))));
  }

  void OpenBlock(const std::string& name, const Element& element) {
    Flush();
    const std::string_view attributes = scanner_.attributes();
    if (name == "html") {
      page_.meta.Set({FieldRole::kLanguage, 50}, FindAttribute(attributes, "lang"));
    }
    const uint64_t hash = HashName(name);
    // <p>, <li> and cells need not be closed; a second one closes the first.
    if (open_.back().name == paragraph_ || (open_.back().name == hash && element.kind == ElementKind::kItem))
      Pop();
    if (open_.size() >= kMaxOpen) return;
    OpenElement next = open_.back();
    next.name = hash;
    next.level = 0;
    switch (element.kind) {
      case ElementKind::kHeading:
        next.kind = RawKind::kHeading;
        next.level = static_cast<uint8_t>(name[1] - '0');
        break;
      case ElementKind::kItem:
        next.kind = RawKind::kListItem;
        break;
      case ElementKind::kQuote:
        next.kind = RawKind::kQuote;
        break;
      default:
        if (next.kind == RawKind::kHeading) next.kind = RawKind::kParagraph;
        break;
    }
    if (element.kind == ElementKind::kBlock && name != "p") next.kind = RawKind::kParagraph;
    // Paragraphs and headings without attributes need no node of their own.
    const bool plain = attributes.empty() && (hash == paragraph_ || element.kind != ElementKind::kBlock);
    if (!plain && page_.nodes.size() < kMaxNodes) next.node = AddNode(name, element, attributes);
    open_.push_back(next);
  }

  uint32_t AddNode(const std::string& name, const Element& element, std::string_view attributes) {
    HtmlNode node;
    node.parent = open_.back().node;
    node.body_hint = page_.nodes[node.parent].body_hint;
    node.article = name == "article" || name == "main";
    if (!element.reason.empty()) node.reason = &element.reason;
    if (!attributes.empty() && name != "html" && name != "body") {
      JudgeClasses(FindAttribute(attributes, "class"), &node);
      JudgeClasses(FindAttribute(attributes, "id"), &node);
      if (EqualsNoCase(FindAttribute(attributes, "itemprop"), "articlebody")) node.body_hint = true;
      if (FindNoCase(attributes, "display:none") != std::string_view::npos ||
          FindAttribute(attributes, "hidden") == "hidden") {
        node.reason = &hidden_;
      }
    }
    page_.nodes.push_back(node);
    return static_cast<uint32_t>(page_.nodes.size() - 1);
  }

  // Whole class names first ("article-body"), then their parts ("share" of "post-share-bar").
  void JudgeClasses(std::string_view classes, HtmlNode* node) {
    classes = classes.substr(0, kMaxClassBytes);
    for (const std::string_view word : SplitWords(classes)) {
      const std::string lower = LowerAscii(word);
      const ClassWord* whole = Lexicon::Find(lexicon_.classes, lower);
      if (whole != nullptr) {
        Apply(*whole, node);
        continue;
      }
      JudgeParts(word, lower, node);
    }
  }

  void JudgeParts(std::string_view word, const std::string& lower, HtmlNode* node) {
    size_t begin = 0;
    for (size_t i = 0; i <= word.size(); ++i) {
      const bool border = i == word.size() || !IsAsciiLetter(word[i]);
      const bool hump = !border && i > begin && IsAsciiUpper(word[i]) && IsAsciiLower(word[i - 1]);
      if (!border && !hump) continue;
      if (i > begin) {
        const std::string_view part = std::string_view(lower).substr(begin, i - begin);
        // A hint may span two parts ("article-body" in "c-article-body").
        if (const ClassWord* tail = Lexicon::Find(lexicon_.classes, std::string_view(lower).substr(begin));
            tail != nullptr && tail->verdict == ClassVerdict::kBody) {
          Apply(*tail, node);
          return;
        }
        if (const ClassWord* found = Lexicon::Find(lexicon_.classes, part)) Apply(*found, node);
      }
      begin = border ? i + 1 : i;
    }
  }

  void Apply(const ClassWord& word, HtmlNode* node) {
    if (word.verdict == ClassVerdict::kBody) {
      node->body_hint = true;
      node->reason = nullptr;
    } else if (node->reason == nullptr) {
      node->reason = &word.reason;
    }
  }

  void Close() {
    const std::string& name = scanner_.name();
    if (name == "a") {
      in_link_ = false;
      return;
    }
    const Element* element = Lexicon::Find(lexicon_.elements, name);
    if (element == nullptr || element->kind == ElementKind::kVoid || element->kind == ElementKind::kRaw ||
        element->kind == ElementKind::kInline) {
      return;
    }
    if (element->kind == ElementKind::kBreak) {
      Break(name);
      return;
    }
    Flush();
    const uint64_t hash = HashName(name);
    const size_t floor = open_.size() > kMatchReach ? open_.size() - kMatchReach : 1;
    for (size_t i = open_.size(); i-- > floor;) {
      if (open_[i].name != hash) continue;
      while (open_.size() > i) Pop();
      return;
    }
  }

  void Pop() {
    if (open_.size() > 1) open_.pop_back();
    if (open_.size() < link_depth_) in_link_ = false;
  }

  void SumProse() {
    for (size_t i = page_.nodes.size(); i-- > 0;) {
      HtmlNode& node = page_.nodes[i];
      node.prose_total += node.prose_bytes;
      if (i > 0) page_.nodes[node.parent].prose_total += node.prose_total;
    }
  }

  static constexpr std::string_view kControls{"\x01\x02\x03\x04\x05\x06\x07\x08\x0B\x0E\x0F\x10\x1B\x7F\0",
                                              15};

  const Lexicon& lexicon_;
  HtmlScanner scanner_;
  HtmlPage page_;
  std::vector<OpenElement> open_;
  std::string block_;
  std::string decoded_;
  size_t link_bytes_ = 0;
  size_t link_depth_ = 0;
  size_t last_break_ = std::string::npos;
  bool in_link_ = false;
  bool after_break_ = false;
  const uint64_t paragraph_ = HashName("p");
  // Must outlive the page: nodes point to it.
  static const std::string hidden_;
};

const std::string PageBuilder::hidden_ = "hidden";

}  // namespace

HtmlPage ParseHtmlPage(const Lexicon& lexicon, std::string_view html) {
  HtmlPage page = PageBuilder(lexicon, html).Build();
  for (const std::string& json : page.structured) ReadStructuredData(lexicon, json, &page.meta);
  return page;
}

}  // namespace whowhom::extract::read
