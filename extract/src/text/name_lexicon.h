// The gazetteers of the name rules: data/names/*.tsv and, where it exists, data/actors/countries.tsv.
#pragma once

#include <string>

#include "text/phrase_table.h"
#include "whowhom/core/result.h"

namespace whowhom::extract::text {

enum class DateWord : uint8_t {
  kMonth,
  kWeakMonth,
  kWeekday,
  kRelative,
  kUnit,
  kPart,
  kSeason,
  kWhich,
  kShift,
  kEdge,
  kEra,
  kBeforeYear
};
enum class FacilityWord : uint8_t { kStrong, kHead, kSmall, kStart, kName, kNot };
enum class WeaponWord : uint8_t { kName, kDesignator, kWeak, kNoun };
enum class MoneyWord : uint8_t { kSymbol, kWord, kWeak, kCode };
enum class NumberWord : uint8_t { kNumber, kMagnitude, kVague, kAbout };
enum class PersonWord : uint8_t { kTitle, kAfter, kParticle, kKeep, kHonorific };
inline bool IsTitle(PersonWord word) { return word == PersonWord::kTitle || word == PersonWord::kHonorific; }
enum class PlaceWord : uint8_t { kCountry, kCapital };

// Immutable after loading.
struct NameLexicon {
  PhraseTable groups;                           // exact case
  PhraseTable places;                           // exact case; PlaceWord
  PhraseTable dates{false}, small_dates{true};  // capitalised words exactly, small ones in any case
  PhraseTable facilities;                       // exact case
  PhraseTable weapons;                          // exact case
  PhraseTable money, numbers, units;            // exact case, then in small letters
  PhraseTable persons{true};
  PhraseTable organisations;         // exact case; heads
  PhraseTable function_words{true};  // of data/language_words.tsv: words that start sentences, not names

  // kIo, kInvalidInput with file and line. data/actors/countries.tsv may be missing.
  static Result<NameLexicon> Load(const std::string& data_dir);
};

}  // namespace whowhom::extract::text
