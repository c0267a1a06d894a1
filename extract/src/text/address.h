// Pieces of text that are one token by their shape: Internet addresses, file names, numbers, dates, phone
// numbers.
#pragma once

#include <cstdint>
#include <string_view>

#include "text/lexicon.h"

namespace whowhom::extract::text {

// The end of the URL, e-mail address, domain, newsgroup or file name that starts at `at`, without the
// punctuation of the sentence; `at` if there is none. Cost: linear in the length of the address, constant
// otherwise.
uint32_t AddressEnd(std::string_view text, uint32_t at, uint32_t end, const Lexicon& lexicon);

// The end of the number that starts at `at` ("3,500.25", "7:30", "9/11", "713-853-3989", "11-20-2000", ".5").
// REQUIRES: a digit at `at`, or a period before one.
uint32_t NumberEnd(std::string_view text, uint32_t at, uint32_t end);

}  // namespace whowhom::extract::text
