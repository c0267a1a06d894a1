// A quick look whether text is English.
#pragma once

#include <string_view>

namespace whowhom::extract::read {

// True unless the text is clearly in another language: judged by the share of the commonest English function
// words and of Latin letters in the first 4 kB. Short texts (under 20 words) count as English.
bool GuessEnglish(std::string_view text);

}  // namespace whowhom::extract::read
