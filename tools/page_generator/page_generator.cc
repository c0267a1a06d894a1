#include "page_generator.h"

#include <algorithm>
#include <filesystem>

#include "random.h"
#include "whowhom/core/date.h"
#include "whowhom/core/tsv.h"

namespace whowhom::tools {
namespace {

using Words = std::map<std::string, std::vector<std::string>>;

const std::string& Pick(const Words& words, const std::string& kind, Random* random) {
  const std::vector<std::string>& list = words.at(kind);
  return list[random->Below(list.size())];
}

std::string Capital(std::string text) {
  size_t first = text.starts_with("\xE2\x80\x9C") ? 3 : text.starts_with("\"") ? 1 : 0;
  if (first < text.size() && text[first] >= 'a' && text[first] <= 'z')
    text[first] = static_cast<char>(text[first] - 'a' + 'A');
  return text;
}

std::string Person(const Words& words, Random* random) {
  return Pick(words, "first", random) + " " + Pick(words, "last", random);
}

// A pattern with its slots filled.
std::string Fill(const Words& words, const std::string& kind, Random* random) {
  static constexpr const char* kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
  std::string out;
  const std::string& pattern = Pick(words, kind, random);
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{' || i + 2 >= pattern.size()) {
      out.push_back(pattern[i]);
      continue;
    }
    switch (pattern[i + 1]) {
      case 'p':
        out += Person(words, random);
        break;
      case 'o':
        out += Pick(words, "organisation", random);
        break;
      case 'g':
        out += Pick(words, "place", random);
        break;
      case 'n':
        out += Pick(words, "noun", random);
        break;
      default:
        out += kDays[random->Below(5)];
        break;
    }
    i += 2;
  }
  return Capital(out);
}

std::string Escape(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

bool IsSubheading(const std::string& paragraph) {
  return paragraph.size() < 40 && paragraph.back() != '.' && paragraph.back() != '"';
}

std::string Wrapped(const std::string& text) {
  std::string out;
  size_t column = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    if (column > 0 && column + 1 + (end - begin) > 78) {
      out.push_back('\n');
      column = 0;
    } else if (column > 0) {
      out.push_back(' ');
      ++column;
    }
    out.append(text, begin, end - begin);
    column += end - begin;
    begin = end + 1;
  }
  return out;
}

// The body in the way the template asks for; `extra` stands in the middle.
std::string Body(const GeneratedPage& page, const std::string& style, const std::string& extra) {
  std::string out;
  for (size_t i = 0; i < page.paragraphs.size(); ++i) {
    const std::string& text = page.paragraphs[i];
    const bool sub = IsSubheading(text);
    if (i == page.paragraphs.size() / 2) out += extra;
    if (style == "text") {
      out += (i > 0 ? "\n\n" : "") + text;
    } else if (style == "wrapped") {
      out += (i > 0 ? "\n\n" : "") + Wrapped(text);
    } else if (style == "indented") {
      out += (i > 0 ? "\n    " : "    ") + Wrapped(text);  // paragraphs begin with an indent, no blank lines
    } else if (style == "dateline") {
      out += (i > 0 ? "\n\n" : "PORT ELLIN (Coast Wire) \xE2\x80\x94 ") + text;
    } else if (style == "br") {
      out += (i > 0 ? "<br><br>\n" : "") + (sub ? "<b>" + Escape(text) + "</b>" : Escape(text));
    } else if (style == "div") {
      out += "<div class=\"line\">" + Escape(text) + "</div>\n";
    } else if (style == "span") {
      out += "<p><span>" + Escape(text) + "</span></p>";
    } else if (style == "p") {
      out += "<p>" + Escape(text) + "\n";  // never closed
    } else if (style == "sections") {
      out += "<div class=\"group\"><p>" + Escape(text) + "</p></div>";
    } else if (sub) {
      out += "<h2>" + Escape(text) + "</h2>\n";
    } else {
      out += "<p>" + Escape(text) + "</p>\n";
    }
  }
  return out;
}

std::string LongDate(Day day, size_t style) {
  static constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};
  const CivilDate civil = ToCivil(day);
  const std::string month = kMonths[civil.month - 1];
  const std::string year = std::to_string(civil.year);
  if (style == 0) return month + " " + std::to_string(civil.day) + ", " + year;
  if (style == 1) return std::to_string(civil.day) + " " + month + " " + year;
  return month.substr(0, 3) + ". " + std::to_string(civil.day) + ", " + year;
}

}  // namespace

Result<PageGenerator> PageGenerator::Load(const std::string& folder) {
  PageGenerator generator;
  WHOWHOM_TRY(const TsvTable table, ReadTsv(folder + "/words.tsv"));
  for (const TsvRow& row : table.rows) generator.words_[row.fields[0]].push_back(row.fields[1]);
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/templates")) {
    WHOWHOM_TRY(std::string text, ReadFile(entry.path().string()));
    generator.templates_[entry.path().filename().string()] = std::move(text);
  }
  return generator;
}

GeneratedPage PageGenerator::MakeStory(uint64_t seed) const {
  Random random(seed);
  GeneratedPage page;
  page.title = Fill(words_, "headline", &random);
  page.author = Person(words_, &random);
  page.site = "The " + Pick(words_, "place", &random) + " Courier";
  page.date = FormatDay(Day{static_cast<int32_t>(14000 + random.Below(6000))});
  const size_t count = 6 + random.Below(14);
  for (size_t i = 0; i < count; ++i) {
    if (i > 3 && i + 2 < count && random.Below(7) == 0)
      page.paragraphs.push_back(Fill(words_, "subhead", &random));
    std::string paragraph = Fill(words_, "sentence", &random);
    for (size_t more = random.Below(3); more > 0; --more)
      paragraph += " " + Fill(words_, "sentence", &random);
    page.paragraphs.push_back(paragraph);
  }
  return page;
}

GeneratedPage PageGenerator::Make(const std::string& name, uint64_t seed) const {
  GeneratedPage page = MakeStory(seed);
  Random random(seed ^ 0xF00D);
  const std::string& pattern = templates_.at(name);
  const bool html = name.ends_with(".html");
  const Day day = *ParseDay(page.date);
  const std::string date = LongDate(day, random.Below(3));
  const auto text = [html](const std::string& value) { return html ? Escape(value) : value; };
  // A caption that a page prints twice is the same both times.
  const std::string caption = Fill(words_, "caption", &random);
  for (size_t i = 0; i < pattern.size();) {
    const size_t open = std::min(pattern.find("{{", i), pattern.size());
    page.bytes.append(pattern, i, open - i);
    if (open >= pattern.size()) break;
    const size_t close = pattern.find("}}", open);
    const std::string slot = pattern.substr(open + 2, close - open - 2);
    i = close + 2;
    if (slot == "title") {
      page.bytes += text(page.title);
    } else if (slot == "author") {
      page.bytes += page.author;
    } else if (slot == "site") {
      page.bytes += page.site;
    } else if (slot == "date") {
      page.bytes += date;
    } else if (slot == "iso") {
      page.bytes += page.date;
    } else if (slot == "url") {
      page.bytes += "https://courier.example/story-" + std::to_string(seed);
    } else if (slot == "caption") {
      page.bytes += text(caption);
    } else if (slot == "standfirst") {
      page.standfirst = Fill(words_, "teaser", &random);
      page.bytes += text(page.standfirst);
    } else if (slot == "cut") {
      page.bytes += text(page.paragraphs[0].substr(0, page.paragraphs[0].rfind(' ')));
    } else if (slot.starts_with("body")) {
      const std::string style = slot.size() > 5 ? slot.substr(5) : "";
      const std::string related = "<div class=\"inline-related\"><h4>Related</h4><a href=\"/r\">" +
                                  text(Fill(words_, "headline", &random)) + "</a></div>";
      page.bytes += Body(page, style, style == "related" ? related : "");
    } else {
      page.bytes += text(Fill(words_, slot, &random));
    }
  }
  return page;
}

}  // namespace whowhom::tools
