// The normal form of a word: what the vectors, the embeddings and the trainers call "the same word".
#pragma once

#include <string>
#include <string_view>

namespace whowhom::extract::neural {

// Lower case, digits as '0' (at most four in a row), typographic quotes, dashes and ellipses as ASCII.
// Invalid UTF-8 bytes are kept as they are. Pure; cost: linear.
//   NormForm("1,200") == "0,000"; NormForm("Don’t") == "don't"
std::string NormForm(std::string_view form);

// The pattern of letter kinds, runs longer than three cut: "X" upper, "x" lower, "d" digit, other ASCII as
// written, "o" for letters without case. ShapeOf("McDonald's") == "XxXxxx'x"
std::string ShapeOf(std::string_view form);

// Whether the first letter is upper case.
bool StartsUpper(std::string_view form);

}  // namespace whowhom::extract::neural
