// The explorer's page, style and script as they lie in explorer/, put into the program at build time.
#pragma once

#include <string_view>

namespace whowhom::exports::embedded {

extern const std::string_view k_index_html, k_explorer_css, k_explorer_js;
// SHA-256, 64 hex digits.
extern const std::string_view k_explorer_css_sha256, k_explorer_js_sha256;

}  // namespace whowhom::exports::embedded
