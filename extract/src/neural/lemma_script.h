// Lemmas as edit scripts: a class that turns a form into its lemma, so that a classifier can lemmatise unseen
// words.
#pragma once

#include <string>
#include <string_view>

namespace whowhom::extract::neural {

// The shortest script "<case><strip>|<append>" that makes `lemma` of `form`; case: K keeps, L lowers, T makes
// the first letter upper and the rest lower; then `strip` characters are dropped at the end and `append` is
// added.
//   LemmaScript("Forces", "force") == "L1|"; LemmaScript("went", "go") == "K4|go"
std::string LemmaScript(std::string_view form, std::string_view lemma);

// Applies a script. A script that strips more than there is, or is malformed, returns the form unchanged; so
// does one that would leave nothing. Never fails.
std::string ApplyLemmaScript(std::string_view form, std::string_view script);

}  // namespace whowhom::extract::neural
