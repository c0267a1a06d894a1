// Mentions, coreference and identity within the article; what an actor phrase means on a date.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/result.h"
#include "whowhom/extract/analysis.h"

namespace whowhom::extract {

// What a phrase means: country, sector, role, base actor.
struct ActorMeaning {
  std::string actor;  // canonical base name ("Mike Pompeo", "United States"); empty if not resolved
  EntityType type = EntityType::kThing;
  std::string country;  // ISO 3166 alpha-3 or empty
  std::string sector;   // PLOVER sector or empty
  std::string role;     // "secretary of state" or empty
  double confidence = 0;
  std::string code;  // of the user's PETRARCH dictionaries ("USAGOVMIL"); empty without them
};

// What a knowledge file of the user holds, for `knowledge add` to check before it is recorded.
struct KnowledgeSummary {
  std::string kind;  // aliases, roles, petrarch-actors, petrarch-agents, discards
  size_t entries = 0;
  std::string hash;  // of its content, 32 hex digits
};
// Reads the whole file and applies nothing. kInvalidInput: file, line, what was expected
// (docs/formats/knowledge.md).
Result<KnowledgeSummary> InspectKnowledge(const std::string& path);

// Immutable after loading; thread-safe.
class ActorResolver {
 public:
  // data/actors/*.tsv, models/coref.model where it exists, and the user's own layers (alias, role, PETRARCH
  // files).
  static Result<std::unique_ptr<ActorResolver>> Load(const std::string& data_dir,
                                                     const std::string& models_dir,
                                                     const std::vector<std::string>& user_layers);
  virtual ~ActorResolver() = default;

  // Fills article->mentions: every name, nominal and pronoun that refers to an actor, event or place, with
  // cluster, base actor, type, country, sector. A pure function of the article, its date and the loaded
  // gazetteers. REQUIRES: sentences are tokenised, parsed and have names.
  virtual void Resolve(AnalyzedArticle* article) const = 0;

  // `identify`: what an actor phrase means on a date. `context` may be empty.
  virtual ActorMeaning Identify(std::string_view phrase, std::optional<Day> date,
                                std::string_view context) const = 0;

  // Hash of all layers that were loaded; goes into Document.extractor.
  virtual const std::string& version() const = 0;
};

}  // namespace whowhom::extract
