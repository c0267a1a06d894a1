// Makes news pages of known content from templates: what measuring the cleaner needs.
//
//   Result<PageGenerator> generator = PageGenerator::Load("tools/page_generator");
//   GeneratedPage page = generator.value().Make("seen_01.html", 42);
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "whowhom/core/result.h"

namespace whowhom::tools {

struct GeneratedPage {
  std::string bytes;  // the page with its furniture
  std::string title;
  std::string author;
  std::string site;
  std::string date;        // YYYY-MM-DD
  std::string standfirst;  // the sentence below the headline, if the template has one; may be kept
  std::vector<std::string> paragraphs;  // the body, subheadings included, in order
};

// Immutable after loading. The same seed gives the same page on every machine.
class PageGenerator {
 public:
  // folder/words.tsv and folder/templates/*.
  static Result<PageGenerator> Load(const std::string& folder);

  const std::map<std::string, std::string>& templates() const { return templates_; }
  // REQUIRES: `name` is a template.
  GeneratedPage Make(const std::string& name, uint64_t seed) const;
  // Only the article: title and paragraphs (`bytes` is empty).
  GeneratedPage MakeStory(uint64_t seed) const;

 private:
  std::map<std::string, std::vector<std::string>> words_;
  std::map<std::string, std::string> templates_;
};

}  // namespace whowhom::tools
