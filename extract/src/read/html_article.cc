// Which part of an HTML page is the article.
//
// Furniture by element and class is set aside unless it holds most of the page's prose; then the way down
// from the root that keeps nearly all prose ends at the article (a density descent in the manner of
// Readability and boilerpipe).
#include <algorithm>
#include <string>
#include <vector>

#include "read/dates.h"
#include "read/encoding.h"
#include "read/formats.h"
#include "read/html_page.h"
#include "read/normalize.h"
#include "read/strings.h"

namespace whowhom::extract::read {
namespace {

// An element holding this share of the prose is no furniture, whatever its class says (measured on generated
// pages).
constexpr double kSpareShare = 0.5;
// The descent goes on while one child keeps this share.
constexpr double kKeepShare = 0.75;
// Prose inside an element marked as the body counts this much more.
constexpr uint64_t kHintWeight = 4;
constexpr uint64_t kMaxTeaserProse = 600;

class ArticleFinder {
 public:
  explicit ArticleFinder(HtmlPage* page) : page_(*page), verdict_(page->nodes.size(), nullptr) {}

  // Sets verdicts: a node with a reason is not article.
  void Run() {
    MarkFurniture();
    Weigh();
    main_ = Descend();
    MarkOutside();
  }
  const std::string* verdict(uint32_t node) const { return verdict_[node]; }

 private:
  void MarkFurniture() {
    const uint64_t all = page_.nodes[0].prose_total;
    bool any_hint = false;
    for (const HtmlNode& node : page_.nodes) any_hint = any_hint || (node.body_hint && node.prose_bytes > 0);
    for (size_t i = 1; i < page_.nodes.size(); ++i) {
      const HtmlNode& node = page_.nodes[i];
      verdict_[i] = verdict_[node.parent];
      if (verdict_[i] != nullptr) continue;
      const bool spared = static_cast<double>(node.prose_total) >= kSpareShare * static_cast<double>(all) &&
                          node.prose_total > 200;
      if (node.reason != nullptr && !spared) verdict_[i] = node.reason;
      const bool teaser = node.has_link_heading && node.prose_total < kMaxTeaserProse && !node.body_hint;
      if (teaser && verdict_[i] == nullptr && node.prose_total * 3 < all) verdict_[i] = &related_;
    }
  }

  // Prose of what is left, with hints counting more.
  void Weigh() {
    weight_.assign(page_.nodes.size(), 0);
    for (size_t i = page_.nodes.size(); i-- > 0;) {
      const HtmlNode& node = page_.nodes[i];
      if (verdict_[i] == nullptr) weight_[i] += node.prose_bytes * (node.body_hint ? kHintWeight : 1);
      if (i > 0) weight_[node.parent] += weight_[i];
    }
  }

  uint32_t Descend() const {
    // The heaviest child of each node.
    std::vector<uint32_t> heaviest(page_.nodes.size(), 0);
    for (size_t i = 1; i < page_.nodes.size(); ++i) {
      uint32_t& best = heaviest[page_.nodes[i].parent];
      if (best == 0 || weight_[i] > weight_[best]) best = static_cast<uint32_t>(i);
    }
    uint32_t at = 0;
    while (heaviest[at] != 0 && weight_[at] > 0 &&
           static_cast<double>(weight_[heaviest[at]]) >= kKeepShare * static_cast<double>(weight_[at])) {
      const uint32_t next = heaviest[at];
      // A single long paragraph is not a container.
      if (heaviest[next] == 0 && weight_[next] < 400) break;
      at = next;
    }
    return at;
  }

  void MarkOutside() {
    std::vector<bool> inside(page_.nodes.size(), false);
    inside[main_] = true;
    uint64_t hinted = 0;
    for (size_t i = main_; i < page_.nodes.size(); ++i) {
      const HtmlNode& node = page_.nodes[i];
      if (i != main_ && inside[node.parent] && i > 0) inside[i] = true;
      if (inside[i] && verdict_[i] == nullptr && node.body_hint) hinted += node.prose_bytes;
    }
    // Where the page marks its body, what lies beside it is not article.
    const bool only_hinted = hinted * kHintWeight * 2 >= weight_[main_] && hinted >= 200;
    for (size_t i = 0; i < page_.nodes.size(); ++i) {
      if (verdict_[i] != nullptr) continue;
      if (!inside[i]) verdict_[i] = &outside_;
      if (only_hinted && !page_.nodes[i].body_hint) verdict_[i] = &outside_;
    }
  }

  const HtmlPage& page_;
  std::vector<const std::string*> verdict_;
  std::vector<uint64_t> weight_;
  uint32_t main_ = 0;
  static const std::string outside_;
  static const std::string related_;
};

const std::string ArticleFinder::outside_ = "outside the article";
const std::string ArticleFinder::related_ = "related links";

// "Headline | Site" without the site: the last part if it is the outlet's name, or short beside what is left.
std::string StripSite(std::string_view title, std::string_view outlet) {
  for (const std::string_view separator : {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: "}) {
    const size_t at = title.rfind(separator);
    if (at == std::string_view::npos || at < 12) continue;
    const std::string_view site = title.substr(at + separator.size());
    const bool is_outlet = !outlet.empty() && FoldForCompare(site) == FoldForCompare(outlet);
    if (is_outlet || (CountWords(site) <= 4 && CountWords(title.substr(0, at)) >= 4))
      return std::string(Trim(title.substr(0, at)));
  }
  return std::string(title);
}

// The page's first heading of level 1 if the given title starts with it or contains it, else the title
// itself.
std::string ChooseTitle(const HtmlPage& page, const std::string& named, const std::string& outlet) {
  const std::string stripped = named.empty() ? StripSite(page.title_tag, outlet) : named;
  const std::string folded = FoldForCompare(named.empty() ? page.title_tag : named);
  const std::string* only = nullptr;
  for (const HtmlBlock& block : page.blocks) {
    if (block.level != 1) continue;
    const std::string heading = FoldForCompare(block.raw.text);
    if (heading.size() >= 8 && !folded.empty() &&
        (folded.find(heading) != std::string::npos || heading == FoldForCompare(stripped))) {
      return block.raw.text;
    }
    if (only == nullptr && CountWords(block.raw.text) >= 3) only = &block.raw.text;
  }
  if (!named.empty()) return StripSite(named, outlet);
  return only != nullptr ? *only : stripped;
}

void FillMeta(const Lexicon& lexicon, HtmlPage* page, RawArticle* raw) {
  const auto get = [page](FieldRole role) { return page->meta.Get(role); };
  raw->outlet = get(FieldRole::kOutlet);
  raw->author = get(FieldRole::kAuthor);
  if (StartsWithNoCase(raw->author, "by ")) raw->author.erase(0, 3);
  raw->url = get(FieldRole::kUrl);
  raw->language = get(FieldRole::kLanguage);
  raw->title = ChooseTitle(*page, get(FieldRole::kTitle), raw->outlet);
  const std::string date = get(FieldRole::kDate);
  if (const std::optional<FoundDate> found = ParseDateField(lexicon, date)) {
    if (found->day) {
      raw->date = found->day;
      raw->date_source = "metadata";
    } else {
      raw->notes.push_back("date \"" + date.substr(0, 60) + "\": " + found->problem);
    }
  }
}

// Prose found in the page against the text that its JSON-LD carries.
void AddStructuredBody(const std::string& body, RawArticle* raw) {
  size_t found = 0;
  for (const RawBlock& block : raw->blocks) found += block.text.size();
  if (body.size() < 200 || found * 2 >= body.size()) return;
  const std::string normalized = NormalizeText(body);  // the lines point into it
  for (const std::string_view line : SplitLines(normalized)) {
    const std::string text = CollapseBlanks(line);
    if (!text.empty()) raw->blocks.push_back({text, RawKind::kParagraph, 0, true});
  }
}

}  // namespace

void ReadHtmlPage(std::string_view bytes, const std::string& path, ReadContext* context) {
  const Decoded decoded = DecodeBytes(bytes, DeclaredCharset(bytes));
  HtmlPage page = ParseHtmlPage(context->lexicon, decoded.text);
  RawArticle raw;
  raw.path = path;
  if (decoded.replaced > 0) {
    raw.notes.push_back(std::to_string(decoded.replaced) + " invalid bytes were replaced (read as " +
                        decoded.encoding + ")");
  }
  FillMeta(context->lexicon, &page, &raw);
  ArticleFinder finder(&page);
  finder.Run();
  const std::string title = FoldForCompare(raw.title);
  for (HtmlBlock& block : page.blocks) {
    const std::string* reason = finder.verdict(block.node);
    if (block.level == 1 && FoldForCompare(block.raw.text) == title)
      continue;  // the cleaner puts the headline first
    if (reason == nullptr) {
      raw.blocks.push_back(std::move(block.raw));
    } else if (context->explain) {
      raw.dropped.push_back({std::move(block.raw.text), *reason});
    }
  }
  AddStructuredBody(page.meta.Get(FieldRole::kText), &raw);
  context->EmitPage(std::move(raw), 0);
}

void AddHtmlFragment(std::string_view html, const Lexicon& lexicon, RawArticle* raw) {
  HtmlPage page = ParseHtmlPage(lexicon, html);
  const uint64_t all = page.nodes[0].prose_total;
  std::vector<const std::string*> verdict(page.nodes.size(), nullptr);
  for (size_t i = 1; i < page.nodes.size(); ++i) {
    const HtmlNode& node = page.nodes[i];
    verdict[i] = verdict[node.parent];
    if (verdict[i] == nullptr && node.prose_total * 2 < all) verdict[i] = node.reason;
  }
  for (HtmlBlock& block : page.blocks) {
    if (verdict[block.node] == nullptr) {
      raw->blocks.push_back(std::move(block.raw));
    } else {
      raw->dropped.push_back({std::move(block.raw.text), *verdict[block.node]});
    }
  }
}

}  // namespace whowhom::extract::read
