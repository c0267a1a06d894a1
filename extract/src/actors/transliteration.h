// Spellings of one name in different romanisations.
#pragma once

#include <string>
#include <string_view>

namespace whowhom::extract::actors {

// A word as it sounds in any romanisation: "mohandis" and "muhandis" give one form. REQUIRES: normalised
// (NormalizeName). Cost: linear.
std::string TransliterationKey(std::string_view word);

}  // namespace whowhom::extract::actors
