// Do two names mean the same actor? What identity across articles asks for each pair of one block.
//
//   auto matcher = NameMatcher::Load(data_dir);
//   NameMatch match = (*matcher)->Match({"Qasem Soleimani", EntityType::kPerson, "IRN"},
//                                       {"Gen. Qassim Suleimani", EntityType::kPerson, ""});
//   // match.verdict == NameVerdict::kSame, match.reasons say why
//
// Names alone never prove much: kSame is given only where people would merge without reading the articles;
// kUnsure is for `resolve`, with its score.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "whowhom/core/record.h"
#include "whowhom/core/result.h"

namespace whowhom::extract {

struct NamedActor {
  std::string name;
  EntityType type = EntityType::kOrg;
  std::string country;  // ISO3 or empty
};

enum class NameVerdict : uint8_t { kDiffer, kUnsure, kSame };
std::string_view ToString(NameVerdict verdict);  // "same"

struct NameMatch {
  NameVerdict verdict = NameVerdict::kDiffer;
  double score = 0;                  // 0 .. 1: how likely the same
  std::vector<std::string> reasons;  // for and against, in the order they were found
};

// Immutable after loading; thread-safe.
class NameMatcher {
 public:
  // Reads data/actors/*.tsv.
  static Result<std::unique_ptr<NameMatcher>> Load(const std::string& data_dir);
  virtual ~NameMatcher() = default;

  // Symmetric and deterministic. Cost: O(length of the names), capped at 1,000 bytes each.
  virtual NameMatch Match(const NamedActor& a, const NamedActor& b) const = 0;

  // Keys of the blocks a name belongs to: two names that Match does not call kDiffer share at least one key.
  // Sorted, unique; at most 8.
  virtual std::vector<std::string> BlockingKeys(const NamedActor& actor) const = 0;

  // The canonical name of a known actor ("MKO" -> "People's Mujahedin of Iran"); empty if unknown.
  virtual std::string CanonicalName(std::string_view name, EntityType type) const = 0;
};

// A word as it sounds in any romanisation: "mohandis" and "muhandis" give one form. REQUIRES: normalised
// (NormalizeName).
std::string TransliterationKey(std::string_view word);

}  // namespace whowhom::extract
